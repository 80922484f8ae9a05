"""What most tests start from: a Swedish site with English beside it, and an editor."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from hypothesis import settings as hypothesis_settings
from wagtail.models import Locale, Page, Site
from wagtail.signal_handlers import reference_index_auto_update_disabled

from tests.cheaper import cheaper
from tests.databases import copied

# A busy machine makes a test slow, not wrong.
hypothesis_settings.register_profile("no deadline", deadline=None)
hypothesis_settings.load_profile("no deadline")


def unavailable(what: str) -> None:
    """Skip for want of a service or a browser, except in CI, where nothing is skipped."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must provide {what}.")
    pytest.skip(f"needs {what}")


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """pytest-django's, but for the migrations: they run once for all processes and are kept (tests/databases.py)."""
    folder = request.config.cache.mkdir("databases")
    with django_db_blocker.unblock(), copied(folder, anew=request.config.getvalue("create_db")):
        yield


@pytest.fixture(scope="session", autouse=True)
def quick(django_test_environment: None) -> Iterator[None]:
    with cheaper():
        yield


@pytest.fixture(autouse=True)
def no_reference_index() -> None:
    """Where an image or a document is used, Wagtail notes at each save; no test asks it. Said for each test anew: some
    of Wagtail's own commands take it back."""
    reference_index_auto_update_disabled.value = True


def home_page() -> Page:
    # Looked up or made: a test with real transactions empties every table behind itself.
    locale, _ = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if home := Page.objects.filter(depth=2, locale=locale).first():
        return home
    top = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root", locale=locale)
    return top.add_child(title="Hem", slug="hem", locale=locale)


def default_site(root: Page) -> Site:
    site, _ = Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": root}
    )
    return site


@pytest.fixture
def root(db: None) -> Page:
    """The site's home page, in Swedish: policies are added below it."""
    return home_page()


@pytest.fixture
def site(root: Page) -> Site:
    return default_site(root)


@pytest.fixture
def locale_en(db: None) -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


@pytest.fixture
def editor(db: None) -> Any:
    """May do everything in the admin; reads Swedish."""
    return get_user_model().objects.create_superuser("editor", "editor@example.org", "editor")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Whatever lies in tests/browser, tests/mails and tests/packaging bears the folder's mark."""
    if item.path.parent.name in ("browser", "mails", "packaging"):
        item.add_marker(item.path.parent.name)


LONG = ("packaging", "browser", "slow")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where several processes run tests, what takes longest begins first."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    return next((turn for turn, mark in enumerate(LONG) if item.get_closest_marker(mark)), len(LONG))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Each file is run by one process, for its tests share what is costly to make."""
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return "tests/browser" if file in SERVED else file

    config.option.loadscopereorder = False
    return Scheduling(config, log)


#: The demo is served to these, once.
SERVED = tuple(f"tests/browser/test_{name}.py" for name in ("main_job", "languages", "as_live"))
