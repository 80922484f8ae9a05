"""What a site's settings lack is said before it bites: the value that was found, and the line to add."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from wagtail_privacy import checks
from wagtail_privacy.checks import check_apps, check_untranslated_copies


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Any:
    def leave_out(app: str) -> None:
        monkeypatch.setattr(checks, "apps", SimpleNamespace(is_installed=lambda name: name != app))

    return leave_out


def test_the_tests_own_settings_are_fine() -> None:
    assert check_untranslated_copies() == []
    assert check_apps() == []


def test_publishing_untranslated_copies_is_warned_of(settings: Any) -> None:
    settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = True
    (warning,) = check_untranslated_copies()
    assert warning.id == "wagtail_privacy.W004"
    assert "True" in warning.msg
    assert "= False" in warning.hint
    del settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE
    assert check_untranslated_copies() == [warning]


def test_a_site_without_routable_pages_is_told(without: Any) -> None:
    without("wagtail.contrib.routable_page")
    assert [message.id for message in check_apps()] == ["wagtail_privacy.E005"]


def test_postgresql_without_its_app_is_warned_of(without: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    without("django.contrib.postgres")
    engine = "django.db.backends.postgresql"
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES={"default": {"ENGINE": engine}}))
    (warning,) = check_apps()
    assert warning.id == "wagtail_privacy.W006"
    assert engine in warning.msg
