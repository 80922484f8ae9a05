"""Links in rich text: stored by the id of what they lead to, shown with its address."""

from __future__ import annotations

import logging
import re

from django.db import transaction
from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.rich_text import expand_db_html

from wagtail_privacy.page_model import page_model
from wagtail_privacy.policy.sanitise import sanitise

logger = logging.getLogger("wagtail_privacy")

# No text holds this character: HTML forbids it, so it can stand between texts.
_BETWEEN = "\0"
_LINK = re.compile(r"<a\b[^>]*>")
_PAGE_LINK = re.compile(r'<a\b(?=[^>]*\slinktype="page")[^>]*\sid="([0-9]{1,18})"[^>]*>')
# No page has an id but a number, and no database looks for one of more than 18 digits (2 to the power of 63).
_BROKEN = re.compile(
    r'<a\b(?:(?=[^>]*\slinktype="page")(?![^>]*\sid="[0-9]{1,18}")|(?=[^>]*\slinktype=)(?=[^>]*\sid="[0-9]{19,}"))[^>]*>'
)


def resolve_links(texts: list[str]) -> list[str]:
    """``texts`` (sanitised rich text) with addresses in their links, in few queries however many links there are.

    A link to a page leads to its translation into the active language where that is live. One whose address can't be
    found is no link: what a script wrote must not stop a publication.
    """
    joined = without_broken_links(_BETWEEN.join(texts))
    urls = _page_urls({int(id) for id in _PAGE_LINK.findall(joined)})
    joined = _PAGE_LINK.sub(lambda link: _opening_tag(urls.get(int(link[1]))), joined)
    return [sanitise(text) for text in _expanded(joined).split(_BETWEEN)] if texts else []


def without_broken_links(html: str) -> str:
    """``html`` with ``<a>`` in place of each link by an id that nothing can have."""
    return _BROKEN.sub("<a>", html)


def _expanded(html: str) -> str:
    """``html`` with what Wagtail and the site make of its links; of one that they fail at, nothing."""
    if "linktype=" not in html:
        return str(expand_db_html(html))
    return _try_to_expand(html) or _LINK.sub(lambda link: _try_to_expand(link[0]) or "<a>", html)


def _try_to_expand(html: str) -> str:
    try:
        with transaction.atomic():  # a query that fails would end the publication's own transaction
            return str(expand_db_html(html))
    except Exception:
        logger.exception("Links in the rich text of a policy could not be resolved.")
        return ""


def _opening_tag(url: str | None) -> str:
    return f'<a href="{escape(url)}">' if url else "<a>"


def _page_urls(ids: set[int]) -> dict[int, str | None]:
    if not ids:
        return {}
    linked = {page.id: page for page in page_model().objects.filter(id__in=ids)}
    keys = {page.translation_key for page in linked.values()}
    here = page_model().objects.live().filter(translation_key__in=keys, locale__language_code=get_language())
    translated = {page.translation_key: page for page in here}
    return {id: translated.get(page.translation_key, page).url for id, page in linked.items()}
