"""The headers of public pages: for search engines (robots), the language, and links for programs.

They stand in headers since the site's own template need not say them.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse

from wagtail_privacy.reader.relations import Relation, relations
from wagtail_privacy.reader.visit import Visit


def with_headers(
    visit: Visit, response: HttpResponse, related: Iterable[Relation] | None = None, *, index: bool = False
) -> HttpResponse:
    """``response`` with its headers; without ``index``, search engines leave it out."""
    response["Content-Language"] = visit.language
    response["Link"] = ", ".join(relation.header for relation in related or relations(visit))
    if not index:
        response["X-Robots-Tag"] = "noindex"
    return response
