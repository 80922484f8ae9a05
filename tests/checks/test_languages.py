"""The checks report what a site with several languages lacks, with the line to add."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import CheckMessage
from django.core.management import call_command
from wagtail.models import Locale

from wagtail_privacy.checks import languages as language_checks
from wagtail_privacy.checks.languages import (
    check_content_languages,
    check_i18n,
    check_locale_app,
    check_locales,
)
from wagtail_privacy.localized import fallbacks, sync_locales


def said(messages: list[CheckMessage]) -> list[str]:
    return [str(message.id).removeprefix("wagtail_privacy.") for message in messages]


def test_the_tests_own_settings_are_fine() -> None:
    assert check_content_languages() == check_i18n() == check_locale_app() == []


def test_the_site_s_language_must_be_one_of_its_content(settings: Any) -> None:
    settings.LANGUAGE_CODE = "fi"
    (error,) = check_content_languages()
    assert said([error]) == ["E020"]
    assert 'LANGUAGE_CODE = "sv"' in str(error.hint)
    settings.LANGUAGE_CODE = "en-us"
    assert check_content_languages() == []


def test_modeltranslation_must_have_the_languages_of_the_content(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MODELTRANSLATION_LANGUAGES = ["sv"]
    monkeypatch.setattr(language_checks.modeltranslation, "AVAILABLE_LANGUAGES", ["sv"])
    (error,) = check_content_languages()
    assert said([error]) == ["E021"]
    assert "lacks en" in error.msg


def test_modeltranslation_s_default_must_be_a_language_of_the_content(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_checks.modeltranslation, "DEFAULT_LANGUAGE", "da")
    (warning,) = check_content_languages()
    assert said([warning]) == ["W022"]
    assert 'MODELTRANSLATION_DEFAULT_LANGUAGE = "sv"' in str(warning.hint)


@pytest.mark.parametrize("name", ["USE_I18N", "WAGTAIL_I18N_ENABLED"])
def test_several_languages_need_internationalisation(settings: Any, name: str) -> None:
    setattr(settings, name, False)
    (error,) = check_i18n()
    assert said([error]) == ["E023"]
    assert error.hint == f"Add to the settings: {name} = True"
    settings.WAGTAIL_CONTENT_LANGUAGES = [("sv", "svenska")]
    assert check_i18n() == []


def test_each_language_needs_addresses_of_its_own(settings: Any) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "Locale" not in name]
    settings.ROOT_URLCONF = "wagtail.urls"
    messages = check_i18n()
    assert said(messages) == ["W024", "W025"]
    assert all(f'SILENCED_SYSTEM_CHECKS = ["{message.id}"]' in str(message.hint) for message in messages)
    assert "i18n_patterns(path(" in str(messages[1].hint)


@pytest.mark.parametrize(
    ("code", "default_too", "expected"), [("sv", False, []), ("sv-se", False, ["W048"]), ("sv-se", True, [])]
)
def test_the_site_s_language_is_one_of_its_content_s_letter_by_letter(
    settings: Any, monkeypatch: pytest.MonkeyPatch, code: str, default_too: bool, expected: list[str]
) -> None:
    settings.LANGUAGE_CODE = code
    monkeypatch.setattr(language_checks, "is_language_prefix_patterns_used", lambda urlconf: (True, default_too))
    messages = check_i18n()
    assert said(messages) == expected
    assert all('LANGUAGE_CODE = "sv"' in str(message.hint) and "/sv/" in message.msg for message in messages)


def test_wagtail_s_own_screen_for_languages_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = SimpleNamespace(is_installed=lambda name: name != "wagtail_localize.locales")
    monkeypatch.setattr(language_checks, "apps", installed)
    (warning,) = check_locale_app()
    assert said([warning]) == ["W026"]
    assert 'in place of "wagtail.locales"' in str(warning.hint)


@pytest.mark.django_db
def test_a_language_without_a_locale_is_warned_of_and_gets_one(capsys: pytest.CaptureFixture[str]) -> None:
    Locale.objects.filter(language_code="en").delete()
    (warning,) = check_locales(databases=["default"])
    assert said([warning]) == ["W027"]
    assert "no locale for en" in warning.msg
    sync_locales(using="default", apps=apps)
    assert "Added locales for the site's content languages: en" in capsys.readouterr().out
    assert check_locales(databases=["default"]) == []
    assert check_locales() == []


@pytest.mark.django_db
def test_a_command_gives_the_locale_too(capsys: pytest.CaptureFixture[str]) -> None:
    Locale.objects.filter(language_code="en").delete()
    call_command("privacy_sync_languages")
    assert "Locales: en" in capsys.readouterr().out
    assert Locale.objects.filter(language_code="en").exists()


@pytest.mark.django_db
def test_a_site_in_one_language_gets_no_locale(settings: Any) -> None:
    Locale.objects.filter(language_code="en").delete()
    settings.WAGTAIL_I18N_ENABLED = False
    sync_locales(using="default", apps=apps)
    assert not Locale.objects.filter(language_code="en").exists()


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("sv", ("sv", "sv-fi", "en", "pt-br")),
        ("sv-fi", ("sv-fi", "sv", "en", "pt-br")),
        ("en", ("en", "sv", "sv-fi", "pt-br")),
        ("pt", ("pt-br", "sv", "sv-fi", "en")),
    ],
)
def test_a_text_is_looked_for_in_the_language_its_kin_and_the_site_s_order(
    monkeypatch: pytest.MonkeyPatch, language: str, order: tuple[str, ...]
) -> None:
    monkeypatch.setattr("wagtail_privacy.localized.content_languages", lambda: ("sv", "sv-fi", "en", "pt-br"))
    assert fallbacks(language) == order
