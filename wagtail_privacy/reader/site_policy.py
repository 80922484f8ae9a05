"""Which policy page a site's own footer leads to."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Site

from wagtail_privacy.records.content import policy_page_models


def site_policy(request: HttpRequest) -> Any:
    """The live policy page of the site that ``request`` is to, in the active language, else in any; or ``None``.

    Of several it is the one nearest to the home page, and of those the first in the page tree.
    """
    site = Site.find_for_request(request)
    if site is None:
        return None
    homes = site.root_page.get_translations(inclusive=True)
    below = reduce(or_, (Q(path__startswith=path) for path in homes.values_list("path", flat=True)))
    found = [page for model in policy_page_models() for page in _first(model, below)]
    language = get_language() or ""
    ours = [page for page in found if page.locale.language_code.split("-")[0] == language.split("-")[0]]
    return min(ours or found, key=lambda page: (page.depth, page.path), default=None)


def _first(model: Any, below: Q) -> Any:
    """The pages of one class that may be meant: few, and without what they say."""
    pages = model.objects.live().exact_type(model).filter(below)
    return pages.select_related("locale").defer("body").order_by("depth", "path")[:20]
