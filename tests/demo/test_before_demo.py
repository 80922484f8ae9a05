"""The shortcuts that the load of the demo takes make no difference to what is recorded.

Runs before the tests that have the whole demo loaded: files run by name.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from example_site.demo.load import load
from example_site.demo.policies import STORIES
from tests.demo.conftest import AS_IN_THE_EXAMPLE, undone
from wagtail_privacy.models import PolicyPage, Text

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ROOT = Path(__file__).resolve().parents[2]


def test_a_version_says_the_same_whether_wagtail_localize_translated_it_or_not() -> None:
    story = min(STORIES, key=lambda story: len(story.first))
    newest = recorded(replace(story, later=story.later[:2]))
    followed = recorded(replace(story, later=story.later[:3]))

    assert max(newest) < max(followed)
    assert {key: row for key, row in followed.items() if key in newest} == newest


def recorded(story: Any) -> dict[tuple[int, str], tuple[Any, ...]]:
    """What each version says in each language, and each page's name, from a load that is undone again."""
    with override_settings(**AS_IN_THE_EXAMPLE), undone():
        load([story], report=lambda line: None)
        pages = PolicyPage.objects.values_list("locale__language_code", "url_path")
        return {
            (text.version.number, text.language): (
                text.digest,
                text.title,
                text.summary,
                text.carried_over,
                text.recorded_at,
                dict(pages)[text.language],
            )
            for text in Text.objects.select_related("version")
        }


def test_the_demo_s_own_settings_pass_every_check(tmp_path: Path) -> None:
    """As ``make demo`` meets them: a new database, the task worker's backend."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "example_site.settings", "PYTHONPATH": str(ROOT)}
    environment["DEMO_DATABASE"] = str(tmp_path / "demo.sqlite3")
    command = [sys.executable, "-m", "django", "check", "--fail-level", "WARNING", "--database", "default"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
