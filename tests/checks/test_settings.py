"""The checks of a site's settings report the value found and the line to add."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.services.mailer import use
from wagtail_privacy.checks import settings as checks
from wagtail_privacy.checks.settings import (
    check_form_fields,
    check_postgres,
    check_settings,
    check_time_zone,
    check_timeout,
)


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Any:
    def leave_out(app: str) -> None:
        monkeypatch.setattr(checks, "apps", SimpleNamespace(is_installed=lambda name: name != app))

    return leave_out


def test_the_tests_own_settings_are_fine() -> None:
    assert check_postgres() == []
    assert check_settings() == []
    assert check_time_zone() == []
    assert check_form_fields() == []


def test_a_site_without_time_zones_is_told_the_line_to_change(settings: Any) -> None:
    settings.USE_TZ = False
    (error,) = check_time_zone()
    assert error.id == "wagtail_privacy.E028"
    assert error.is_serious()
    assert error.hint.endswith("USE_TZ = True")


def test_a_limit_that_a_long_policy_exceeds_is_warned_of(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
    (warning,) = check_form_fields()
    assert warning.id == "wagtail_privacy.W029"
    assert "1000" in warning.msg
    assert warning.hint.endswith("DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000")
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = None
    assert check_form_fields() == []


def test_postgresql_without_its_app_is_warned_of(without: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    without("django.contrib.postgres")
    engine = "django.db.backends.postgresql"
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES={"default": {"ENGINE": engine}}))
    (warning,) = check_postgres()
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
        ("LAW_ADDITIONS", "digital_omnibus", "E007"),
        ("LAW_ADDITIONS", ["no/such.toml"], "E007"),
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


@pytest.mark.parametrize(
    "words",
    ["no = toml =", 'code = "own"\nbuilds_on = "XX"', 'builds_on = "EU"', 'code = "own"\n[rules]\n"text.vauge" = {}'],
)
def test_a_law_of_the_site_s_own_that_cannot_be_read_is_said_before_a_policy_is_judged(
    settings: Any, tmp_path: Path, words: str
) -> None:
    (tmp_path / "own.toml").write_text(words)
    settings.WAGTAIL_PRIVACY_LAW_ADDITIONS = [str(tmp_path / "own.toml")]
    (found,) = check_settings()
    assert found.id == "wagtail_privacy.E007"
    assert "WAGTAIL_PRIVACY_LAW_ADDITIONS" in found.msg
    assert "Expected" in found.msg
