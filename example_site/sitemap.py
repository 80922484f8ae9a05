"""Which pages search engines are told of: those for everybody, in every language (docs/data.md, *Search engines*)."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page


class EveryLanguage(Sitemap):
    """Wagtail's own has the pages below the site's root page, and so those of one language."""

    def items(self) -> Any:
        roots = self.get_wagtail_site().root_page.get_translations(inclusive=True)
        below = reduce(or_, (Q(path__startswith=root.path) for root in roots))
        return Page.objects.filter(below).live().public().order_by("path").defer_streamfields().specific()
