"""Adding a content language to a site takes ``migrate`` and nothing else, on every database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.db import connection

# On every database: columns come and go.
pytestmark = [pytest.mark.slow, pytest.mark.each_database]
ROOT = Path(__file__).resolve().parents[2]
FAILED = 1


class Result(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


Command = tuple[str, ...]
Manage = Callable[..., list[Result]]
CHECK = ("makemigrations", "--check", "wagtail_privacy")
# The register's own migration alone: it depends on nothing and is quick.
MIGRATE = ("migrate", "wagtail_privacy", "0001")
SYNC = ("privacy_sync_languages",)
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
    """Runs commands, one after the other in one process, on a site that has ``languages``."""

    def run(languages: str, *commands: Command, content: str = "") -> list[Result]:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.records.languages_settings",
            "LANGUAGES": languages,
            "CONTENT": content or languages,
            "LANGUAGES_DB": database,
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.manage"],
            input=json.dumps(commands),
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return [Result(**json.loads(line)) for line in done.stdout.splitlines()]

    return run


def columns(result: Result) -> set[str]:
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
    made, unchanged = manage("sv en", MIGRATE, CHECK)
    assert made.returncode == 0, made.stderr
    assert not columns(made)
    assert "No changes" in unchanged.stdout

    # More languages, regional ones among them: no migration is wanted, but a check says what is missing.
    check = ("check", "--database", "default", "--fail-level", "WARNING")
    use = ("shell", "-c", READ_AND_WRITE.format(language="pt-br"))
    unchanged, warned, migrated, checked, used = manage("sv en nb pt-br sv-fi", CHECK, check, MIGRATE, check, use)
    assert "No changes" in unchanged.stdout
    assert warned.returncode == FAILED
    assert "wagtail_privacy.W002" in warned.stderr
    assert "name_pt_br" in warned.stderr
    assert columns(migrated) == expected("nb", "pt_br", "sv_fi")
    assert "wagtail_privacy.W002" not in checked.stderr
    assert "shown: Namn" in used.stdout, used.stderr
    assert "kept: Namn" in used.stdout

    # A language goes, and the default changes: the columns stay and nobody misses them.
    fewer, unchanged = manage("en sv", ("shell", "-c", READ_AND_WRITE.format(language="en")), CHECK)
    assert "kept: Namn" in fewer.stdout, fewer.stderr
    assert "No changes" in unchanged.stdout

    # Where migrate cannot run, a command does the same.
    synced, again = manage("sv en fi", SYNC, SYNC)
    assert columns(synced) == expected("fi")
    assert "No column is missing." in again.stdout


def test_only_content_languages_have_columns(manage: Manage) -> None:
    """The interface may speak more languages than the content."""
    unchanged, synced = manage("sv en da nb", CHECK, SYNC, content="sv en")
    assert "No changes" in unchanged.stdout, unchanged.stderr
    assert columns(synced) == set()


def test_a_site_with_several_languages_is_told_to_name_them(manage: Manage) -> None:
    """Else there is an address in each of Django's hundred languages."""
    (result,) = manage("", ("check",), content="sv en")
    assert result.returncode == FAILED
    assert "wagtail_privacy.E001" in result.stderr
    assert "WAGTAIL_CONTENT_LANGUAGES = LANGUAGES" in result.stderr


def test_a_site_in_one_language_need_not_name_it(manage: Manage) -> None:
    unchanged, checked = manage("", CHECK, ("check",))
    assert "No changes" in unchanged.stdout, unchanged.stderr
    assert checked.returncode == 0, checked.stderr
    assert "wagtail_privacy.E001" not in checked.stderr
