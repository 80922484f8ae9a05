"""The content of a page inside the site's base template, rendered on its own first, so that variables of the site's
template cannot override ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from wagtail_privacy.conf import conf
from wagtail_privacy.reader.headers import with_headers
from wagtail_privacy.reader.relations import Relation, relations
from wagtail_privacy.reader.visit import Visit

#: Between the blocks in ``part.html``; no HTML document may hold this character.
SEPARATOR = "\x1f"


@dataclass(frozen=True)
class PageContent:
    """What goes into the frame's blocks, the relations of the address, and what it is in a sentence."""

    title: SafeString
    description: SafeString
    head: SafeString
    content: SafeString
    relations: tuple[Relation, ...]


def render_content(
    template: str, context: dict[str, Any], related: tuple[Relation, ...], request: HttpRequest | None = None
) -> PageContent:
    """``template`` with ``context``, without a frame. Without ``request``, what one reader is shown holds for all."""
    frame = {"base_template": "wagtail_privacy/part.html", "separator": SEPARATOR, "relations": related}
    html = render_to_string(f"wagtail_privacy/{template}", {**context, **frame}, request)
    title, description, head, content = (mark_safe(block) for block in html.split(SEPARATOR, 3))  # noqa: S308
    title, description = (mark_safe(" ".join(block.split())) for block in (title, description))  # noqa: S308
    return PageContent(title, description, head, content, related)


def render_page(
    visit: Visit,
    template: str,
    context: dict[str, Any],
    *,
    index: bool = False,
    before: int | None = None,
    after: int | None = None,
) -> HttpResponse:
    """``template`` with ``context`` in the site's frame, rendered now, while the page's language is active.

    ``before`` and ``after`` are the numbers of the versions beside the one that is shown.
    """
    site = visit.page.get_context(visit.request)
    related = tuple(relations(visit, before=before, after=after))
    values = {**site, "visit": visit, "is_indexed": index, **context}
    part = render_content(template, values, related, visit.request)
    return framed(visit, part, index=index)


def framed(visit: Visit, part: PageContent, *, index: bool = False) -> HttpResponse:
    """``part`` in the site's frame."""
    frame = {"base_template": conf.BASE_TEMPLATE, "visit": visit, "privacy_part": part}
    with override(visit.language):
        whole = {**visit.page.get_context(visit.request), **frame}
        response = render(visit.request, "wagtail_privacy/policy/ready.html", whole)
    return with_headers(visit, response, part.relations, index=index)
