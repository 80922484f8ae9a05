"""A real browser: Chromium, found on the PATH or named by CHROMIUM."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from django.test.utils import override_settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.demo import demo, patience
from tests.conftest import unavailable
from tests.reader.test_six_languages import SITE

__all__ = ["demo", "patience"]

#: The headless build alone takes a quarter less time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        unavailable("Chromium on the PATH, or its path in CHROMIUM")
    # Playwright's synchronous interface runs an event loop, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def seven_languages() -> Iterator[None]:
    """The site has the six languages of tests/reader/test_six_languages.py, and Arabic."""
    with override_settings(LANGUAGES=SITE, WAGTAIL_CONTENT_LANGUAGES=SITE):
        yield


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A Swedish visitor's page; a script error on it fails the test."""
    context = chromium.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []
