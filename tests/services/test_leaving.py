"""Leaving to its end, on each database: the tables go, and Wagtail's explorer shows what is left."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.databases import of_its_own
from tests.settings import ROOT


@pytest.fixture
def database(db: None, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with of_its_own(request.config.cache.mkdir("databases"), tmp_path) as name:
        yield name


@pytest.mark.slow
@pytest.mark.each_database
def test_after_leaving_one_can_migrate_to_zero_and_explore_what_is_left(database: str, tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "tests.services.leaver", database, tmp_path / "history"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    left = json.loads(done.stdout.splitlines()[-1])
    assert "privacy_leave" in left["refused"]
    assert left["tables"] == []
    assert set(left["shown"].values()) == {200}, left["shown"]
    assert [path.suffix for path in sorted((tmp_path / "history").iterdir())] == [".html", ".json"]
    assert connection.introspection.table_names(), "It was not the tests' own database."
