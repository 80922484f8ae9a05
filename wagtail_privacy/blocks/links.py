"""Links in rich text: stored by the id of what they lead to, shown with its address."""

from __future__ import annotations

import re

from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from wagtail_privacy.policy.sanitise import sanitise

# No text holds this character: HTML forbids it, so it can stand between texts.
_BETWEEN = "\0"
_PAGE_LINK = re.compile(r'<a\b(?=[^>]*\blinktype="page")[^>]*\bid="(\d+)"[^>]*>')


def resolve_links(texts: list[str]) -> list[str]:
    """``texts`` (sanitised rich text) with addresses in their links, in few queries however many links there are.

    A link to a page leads to its translation into the active language where that is live.
    """
    joined = _BETWEEN.join(texts)
    urls = _page_urls({int(id) for id in _PAGE_LINK.findall(joined)})
    joined = _PAGE_LINK.sub(lambda link: _opening_tag(urls.get(int(link[1]))), joined)
    return [sanitise(text) for text in expand_db_html(joined).split(_BETWEEN)] if texts else []


def _opening_tag(url: str | None) -> str:
    return f'<a href="{escape(url)}">' if url else "<a>"


def _page_urls(ids: set[int]) -> dict[int, str | None]:
    if not ids:
        return {}
    linked = {page.id: page for page in Page.objects.filter(id__in=ids)}
    keys = {page.translation_key for page in linked.values()}
    here = Page.objects.live().filter(translation_key__in=keys, locale__language_code=get_language())
    translated = {page.translation_key: page for page in here}
    return {id: translated.get(page.translation_key, page).url for id, page in linked.items()}
