"""Which model pages have: ``wagtailcore.Page``, or since Wagtail 8 the one that ``WAGTAIL_PAGE_MODEL`` names."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import migrations
from wagtail import VERSION

WAGTAILS = "wagtailcore.Page"
PAGE_MODEL: str = getattr(settings, "WAGTAIL_PAGE_MODEL", WAGTAILS) if VERSION >= (8,) else WAGTAILS

#: Whether the site has a page model of its own in place of Wagtail's. There is no ``PolicyPage`` then: the site's own
#: page class mixes the behaviour in.
IS_SWAPPED = PAGE_MODEL.lower() != WAGTAILS.lower()


def page_model() -> Any:
    """The class of pages; not while models load."""
    return apps.get_model(PAGE_MODEL)


def migrations_of_pages() -> list[Any]:
    """What a migration depends on that points at pages."""
    dependency: list[Any] = [("wagtailcore", "0094_alter_page_locale")]
    if IS_SWAPPED:
        dependency.append(migrations.swappable_dependency(PAGE_MODEL))
    return dependency


def of_policy_page(*operations: Any) -> list[Any]:
    """The ``operations`` of a migration on ``PolicyPage``; none where there is no such model."""
    return [] if IS_SWAPPED else list(operations)


def for_search_engines(page: Any) -> tuple[str, str]:
    """The title and the description that an editor wrote for search engines; a page model of the site's need not ask
    for them."""
    return getattr(page, "seo_title", ""), getattr(page, "search_description", "")
