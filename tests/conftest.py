"""What most tests start from: a Swedish site with English beside it, and an editor."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from hypothesis import settings as hypothesis_settings
from wagtail.models import Locale, Page, Site

# A busy machine makes a test slow, not wrong.
hypothesis_settings.register_profile("no deadline", deadline=None)
hypothesis_settings.load_profile("no deadline")


def unavailable(what: str) -> None:
    """Skip for want of a service or a browser, except in CI, where nothing is skipped."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must provide {what}.")
    pytest.skip(f"needs {what}")


@pytest.fixture
def root(db: None) -> Page:
    """The site's home page, in Swedish: policies are added below it."""
    # Looked up or made: a test with real transactions empties every table behind itself.
    locale, _ = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if home := Page.objects.filter(depth=2, locale=locale).first():
        return home
    top = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root", locale=locale)
    return top.add_child(title="Hem", slug="hem", locale=locale)


@pytest.fixture
def site(root: Page) -> Site:
    site, _ = Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": root}
    )
    return site


@pytest.fixture
def locale_en(db: None) -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


@pytest.fixture
def editor(db: None) -> Any:
    """May do everything in the admin; reads Swedish."""
    return get_user_model().objects.create_superuser("editor", "editor@example.org", "editor")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in tests/browser, tests/mails and tests/packaging bears the folder's mark."""
    for item in items:
        if item.path.parent.name in ("browser", "mails", "packaging"):
            item.add_marker(item.path.parent.name)
