"""Django's cache middleware before the policy's pages, as docs/caching.md says: nothing out of date is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, PageViewRestriction

from tests.reader import cached_site
from tests.reader.site import (
    APRIL,
    FIRST_OF_JUNE,
    JUNE,
    MARCH,
    MAY,
    announce,
    draft,
    publish,
    purpose,
    text,
    translate,
    visible,
)
from wagtail_privacy.actions.correct import correct_summary
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.clock import at, start_of
from wagtail_privacy.models import PolicyPage, Version

pytestmark = pytest.mark.usefixtures("site")
MAX_AGE = 600
ABOUT = ("Om oss", "<p>Vi säljer cyklar.</p>")


@pytest.fixture(autouse=True)
def cached(settings: Any) -> Iterator[None]:
    settings.WAGTAIL_PRIVACY_MAX_AGE = MAX_AGE
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"},
    }
    settings.CACHE_MIDDLEWARE_ALIAS = "pages"
    settings.MIDDLEWARE = [
        "django.middleware.cache.UpdateCacheMiddleware",
        *settings.MIDDLEWARE,
        "django.middleware.cache.FetchFromCacheMiddleware",
    ]
    cached_site.connect()
    yield
    cached_site.disconnect()
    caches["pages"].clear()


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """In force since 2 March; announced on 1 April, from 1 June."""
    page = publish(draft(root, purpose(), text(*ABOUT)), moment=MARCH)
    return announce(page, purpose(duration="P36M"), text(*ABOUT), moment=APRIL, on=FIRST_OF_JUNE, summary="Längre.")


def read(client: Client, url: str, moment: datetime = MAY) -> Any:
    """The answer at ``moment``, by the clock of the cache, too."""
    with at(moment), patch("django.core.cache.backends.locmem.time.time", moment.timestamp):
        return client.get(url)


def statements(client: Client, url: str, moment: datetime = MAY) -> int:
    with CaptureQueriesContext(connection) as queries:
        read(client, url, moment)
    return len(queries)


def announced() -> Version:
    return Version.objects.get(number=2)


def _publish(page: PolicyPage) -> None:
    announce(page, purpose(duration="P48M"), text(*ABOUT), moment=MAY, on=FIRST_OF_JUNE, summary="Ännu längre.")


def _withdraw(page: PolicyPage) -> None:
    with at(MAY):
        withdraw(announced(), reason="test")


def _postpone(page: PolicyPage) -> None:
    with at(MAY):
        change_day(announced(), FIRST_OF_JUNE + timedelta(days=9), reason="test")


def _correct(page: PolicyPage) -> None:
    with at(MAY):
        correct_summary(announced(), "sv", "Vi sparar längre.", reason="test")


def _unpublish(page: PolicyPage) -> None:
    page.unpublish()


def _restrict(page: PolicyPage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.parametrize("happens", [_publish, _withdraw, _postpone, _correct, _unpublish, _restrict])
@pytest.mark.parametrize("route", ["", "history/", "versions/2/", "upcoming/", "history/feed/", "data/json/"])
def test_whatever_happens_shows_once_the_cache_was_told(
    client: Client,
    page: PolicyPage,
    route: str,
    happens: Callable[[PolicyPage], None],
    django_capture_on_commit_callbacks: Any,
) -> None:
    url = page.url + route
    before = read(client, url)
    assert statements(client, url) == 0, "kept"
    with django_capture_on_commit_callbacks(execute=True):
        happens(page)
    after = read(Client(), url)
    assert (after.status_code, after.content) != (before.status_code, before.content)


@pytest.mark.parametrize("route", ["", "history/", "versions/1/", "upcoming/", "data/json/"])
def test_a_day_that_is_reached_shows_though_nobody_tells_the_cache(
    client: Client, page: PolicyPage, route: str
) -> None:
    url, effect = page.url + route, start_of(FIRST_OF_JUNE)
    before = read(client, url, effect - timedelta(seconds=90))
    assert statements(client, url, effect - timedelta(seconds=1)) == 0, "kept"
    after = read(client, url, effect + timedelta(seconds=1))
    assert after.content != before.content


def test_without_being_told_it_shows_after_the_seconds_that_were_chosen(client: Client, page: PolicyPage) -> None:
    cached_site.disconnect()
    before = read(client, page.url).content
    _withdraw(page)
    assert read(client, page.url, MAY + timedelta(seconds=MAX_AGE - 1)).content == before
    assert read(client, page.url, MAY + timedelta(seconds=MAX_AGE + 1)).content != before


@pytest.mark.parametrize("route", ["on/2026-05-04/", "compare/1/2/", "history/?page=1"])
def test_addresses_that_nobody_could_name_are_not_kept(client: Client, page: PolicyPage, route: str) -> None:
    read(client, page.url + route)
    assert statements(client, page.url + route) > 0


def test_each_language_is_kept_apart(client: Client, page: PolicyPage, locale_en: Locale) -> None:
    english = translate(page, locale_en, purpose(title="Deliver"), title="Privacy policy", moment=APRIL)
    for _ in range(2):
        for accepted in ("sv", "en"):
            for each, title in ((page, "Integritetspolicy"), (english, "Privacy policy")):
                with at(JUNE):
                    response = client.get(each.url, headers={"accept-language": accepted})
                assert f"<h1>{title}</h1>" in response.content.decode()


def test_what_who_is_logged_in_reads_is_kept_for_nobody(client: Client, page: PolicyPage) -> None:
    read(client, page.url)
    client.force_login(get_user_model().objects.create_user("anna", "anna@example.org", "x"))
    response = read(client, page.url)
    assert "private" in response["Cache-Control"]
    assert statements(client, page.url) > 0


def test_who_gave_the_password_lends_it_to_nobody(client: Client, page: PolicyPage) -> None:
    kept = PageViewRestriction.objects.create(page=page, restriction_type="password", password="hemligt")
    session = client.session
    session[PageViewRestriction.passed_view_restrictions_session_key] = [kept.pk]
    session.save()
    for _ in range(2):
        assert "Integritetspolicy" in visible(read(client, page.url))
        assert "24 månader" not in visible(read(Client(), page.url))


def test_the_docs_name_every_signal() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "caching.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(from django.core.cache.*?)```", docs, re.DOTALL)
    assert code
    named = re.findall(r"^@receiver\((\w+)(?:, sender=\"?([\w.]+)\"?)?\)", code[1], re.MULTILINE)
    said = {(name, sender) for name, sender in named}
    signals = {"page_published", "page_unpublished", "post_page_move", "post_save", "post_delete"}
    assert {name for name, _ in said} == signals
    assert len(said) == len(cached_site.SIGNALS)
