"""What a site's settings lack is said before it bites: the value that was found, and the line to add."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.services.mailer import use
from wagtail_privacy import checks
from wagtail_privacy.checks import check_apps, check_settings, check_timeout, check_untranslated_copies


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Any:
    def leave_out(app: str) -> None:
        monkeypatch.setattr(checks, "apps", SimpleNamespace(is_installed=lambda name: name != app))

    return leave_out


def test_the_tests_own_settings_are_fine() -> None:
    assert check_untranslated_copies() == []
    assert check_apps() == []
    assert check_settings() == []


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


@pytest.mark.parametrize(
    ("name", "value", "id"),
    [
        ("NOTICE_DAYS", "thirty", "E007"),
        ("NOTICE_DAYS", -1, "E007"),
        ("MAX_AGE", None, "E007"),
        ("AUDIENCE", "shop.audience.Nobody", "E007"),
        ("IN_DOUBT", "forget", "E007"),
        ("FLOOR_DAYS", 31, "E009"),
        ("BASE_TEMPLATE", "no/such.html", "E010"),
        ("NOTISE_DAYS", 30, "W008"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_its_value(settings: Any, name: str, value: Any, id: str) -> None:
    setattr(settings, f"WAGTAIL_PRIVACY_{name}", value)
    (found,) = check_settings()
    assert found.id == f"wagtail_privacy.{id}"
    assert f"WAGTAIL_PRIVACY_{name}" in found.msg
    assert found.hint


@pytest.mark.parametrize(("timeout", "ids"), [(None, []), (120, []), (121, ["wagtail_privacy.W011"])])
def test_a_mail_server_may_not_be_waited_for_longer_than_a_claim_lasts(
    settings: Any, timeout: int | None, ids: list[str]
) -> None:
    use(settings, 25, timeout=timeout)
    assert [message.id for message in check_timeout()] == ids


def test_a_misspelt_setting_is_told_how_it_is_spelt(settings: Any) -> None:
    settings.WAGTAIL_PRIVACY_NOTISE_DAYS = 60
    (found,) = check_settings()
    assert "WAGTAIL_PRIVACY_NOTICE_DAYS" in found.hint
