"""Adding a content language to a site takes ``migrate`` and nothing else, on every database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
FAILED = 1
Manage = Callable[..., subprocess.CompletedProcess[str]]

READ_AND_WRITE = """
from django.utils.translation import override
from wagtail_privacy.models import DataCategory
with override("sv"):
    DataCategory.objects.create(name="Namn")
with override({language!r}):
    entry = DataCategory.objects.order_by("pk").last()
    print("shown:", entry.name)
    entry.name = "Translated"
    entry.save()
with override("sv"):
    print("kept:", DataCategory.objects.get(pk=entry.pk).name)
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of this module's own."""
    if connection.vendor == "sqlite":
        yield str(tmp_path_factory.mktemp("languages") / "db.sqlite3")
        return
    name = f"{settings.DATABASES['default']['NAME']}_languages"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
        yield name
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")


@pytest.fixture
def manage(database: str) -> Manage:
    def run(languages: str, *command: str, content: str = "") -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.languages_settings",
            "LANGUAGES": languages,
            "CONTENT": content or languages,
            "LANGUAGES_DB": database,
        }
        arguments = [sys.executable, "-m", "django", *command]
        return subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    return run


def columns(result: subprocess.CompletedProcess[str]) -> set[str]:
    line = next((line for line in result.stdout.splitlines() if "Added" in line), "")
    return set(line.partition(": ")[2].split(", ")) - {""}


def expected(*languages: str) -> set[str]:
    fields = {
        "datacategory": ("name", "description"),
        "recipient": ("category", "data", "purpose", "condition"),
        "retentionrule": ("applies_to", "starts", "criteria", "reason"),
    }
    return {
        f"wagtail_privacy_{table}.{name}_{language}"
        for table, names in fields.items()
        for name in names
        for language in languages
    }


def test_languages_come_and_go_with_migrate_alone(manage: Manage) -> None:
    """One story, since each step needs the database that the one before left."""
    # The register's own migration alone: it depends on nothing and is quick.
    migrate = ("migrate", "wagtail_privacy", "0001")
    made = manage("sv en", *migrate)
    assert made.returncode == 0, made.stderr
    assert not columns(made)
    assert "No changes" in manage("sv en", "makemigrations", "--check", "wagtail_privacy").stdout

    # More languages, regional ones among them: no migration is wanted, but a check says what is missing.
    more = "sv en nb pt-br sv-fi"
    assert "No changes" in manage(more, "makemigrations", "--check", "wagtail_privacy").stdout
    warned = manage(more, "check", "--database", "default", "--fail-level", "WARNING")
    assert warned.returncode == FAILED
    assert "wagtail_privacy.W002" in warned.stderr
    assert "name_pt_br" in warned.stderr

    migrated = manage(more, *migrate)
    assert columns(migrated) == expected("nb", "pt_br", "sv_fi")
    assert "wagtail_privacy" not in manage(more, "check", "--database", "default").stderr
    used = manage(more, "shell", "-c", READ_AND_WRITE.format(language="pt-br"))
    assert "shown: Namn" in used.stdout, used.stderr
    assert "kept: Namn" in used.stdout

    # A language goes, and the default changes: the columns stay and nobody misses them.
    fewer = manage("en sv", "shell", "-c", READ_AND_WRITE.format(language="en"))
    assert "kept: Namn" in fewer.stdout, fewer.stderr
    assert "No changes" in manage("en sv", "makemigrations", "--check", "wagtail_privacy").stdout

    # Where migrate cannot run, a command does the same.
    assert columns(manage("sv en fi", "privacy_sync_languages")) == expected("fi")
    assert "No column is missing." in manage("sv en fi", "privacy_sync_languages").stdout


def test_only_content_languages_have_columns(manage: Manage) -> None:
    """The interface may speak more languages than the content."""
    result = manage("sv en da nb", "makemigrations", "--check", "wagtail_privacy", content="sv en")
    assert "No changes" in result.stdout, result.stderr
    assert columns(manage("sv en da nb", "privacy_sync_languages", content="sv en")) == set()


def test_a_site_without_languages_is_told_what_to_add(manage: Manage) -> None:
    result = manage("", "check")
    assert result.returncode == FAILED
    assert "wagtail_privacy.E001" in result.stderr
    assert "WAGTAIL_CONTENT_LANGUAGES = LANGUAGES" in result.stderr
