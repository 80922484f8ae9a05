"""The project as a whole: its migrations and its set-up are as its models and Django want them."""

from __future__ import annotations

import re
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

import wagtail_privacy
from scripts.messages import KEYWORDS, extract_template

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    out = StringIO()
    try:
        call_command("makemigrations", "wagtail_privacy", check=True, dry_run=True, stdout=out)
    except SystemExit:
        pytest.fail(out.getvalue())


def test_migrations_run_on_the_oldest_supported_wagtail() -> None:
    for migration in (ROOT / "wagtail_privacy" / "migrations").glob("0*.py"):
        text = migration.read_text(encoding="utf-8")
        newest = max(map(int, re.findall(r'\("wagtailcore", "(\d{4})_', text)), default=0)
        assert newest <= 94, f"{migration.name} depends on a migration that Wagtail 7.4 lacks: {newest:04}"
        assert "WAGTAIL_PAGE_MODEL" not in text, f"{migration.name} names a setting that Wagtail 7.4 lacks"


@pytest.mark.django_db
@pytest.mark.urls("tests.reader.permanent_urls")
def test_checks_find_nothing() -> None:
    """Nothing beside what other packages' models get warned of, as on MariaDB for their conditional constraints."""
    found = run_checks(databases=["default"])
    assert [message for message in found if _app(message.obj) in (None, "wagtail_privacy")] == []


def _app(checked: Any) -> str | None:
    return getattr(getattr(checked, "_meta", None), "app_label", None)


def test_the_changelog_names_the_version() -> None:
    assert f"## {wagtail_privacy.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_messages_are_extracted_from_templates() -> None:
    template = """{% load i18n %}
      {# Translators: a greeting #}
        <p title="{% translate "Hello" %}">{% translate "May" context "month" %}</p>
    {% blocktranslate trimmed count counter=n with name=person.name %}
      {{ name }} has {{ counter }} change
    {% plural %}
      {{ name }} has {{ counter }} changes
    {% endblocktranslate %}{% translate "It's 50%" %} {{ value|default:_("none") }}"""
    found = list(extract_template(BytesIO(template.encode()), KEYWORDS, ["Translators:"], {}))
    assert [(function, message) for _line, function, message, _comments in found] == [
        ("gettext", "Hello"),
        ("pgettext", ("month", "May")),
        ("ngettext", ("%(name)s has %(counter)s change", "%(name)s has %(counter)s changes", None)),
        ("gettext", "It's 50%%"),
        ("_", "none"),
    ]
