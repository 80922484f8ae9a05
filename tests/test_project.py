"""The project as a whole: its migrations and its set-up are as its models and Django want them."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

import wagtail_privacy

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    out = StringIO()
    try:
        call_command("makemigrations", "wagtail_privacy", check=True, dry_run=True, stdout=out)
    except SystemExit:
        pytest.fail(out.getvalue())


@pytest.mark.django_db
def test_migrations_run_on_the_oldest_supported_wagtail() -> None:
    for migration in (ROOT / "wagtail_privacy" / "migrations").glob("0*.py"):
        text = migration.read_text(encoding="utf-8")
        newest = max(map(int, re.findall(r'\("wagtailcore", "(\d{4})_', text)), default=0)
        assert newest <= 94, f"{migration.name} depends on a migration that Wagtail 7.4 lacks: {newest:04}"
        assert "WAGTAIL_PAGE_MODEL" not in text, f"{migration.name} names a setting that Wagtail 7.4 lacks"


@pytest.mark.django_db
def test_checks_find_nothing() -> None:
    assert run_checks(include_deployment_checks=False, databases=["default"]) == []


def test_the_changelog_names_the_version() -> None:
    assert f"## {wagtail_privacy.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
