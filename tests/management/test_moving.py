"""What docs/moving.md has one do when a site moves to another database, command by command: the chain arrives whole."""

from __future__ import annotations

import re
import shlex
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from tests.policies import body, draft, reloaded
from tests.settings import ROOT
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.models import Event, Policy, PolicyPage, Text

pytestmark = pytest.mark.django_db(transaction=True)


def commands(heading: str) -> list[list[str]]:
    """The words of each ``python manage.py …`` in a section."""
    text = (ROOT / "docs/moving.md").read_text(encoding="utf-8")
    (section,) = re.findall(rf"^## {heading}\n(.*?)(?=^## )", text, re.MULTILINE | re.DOTALL)
    return [shlex.split(line) for line in re.findall(r"^ +python manage\.py (.+)$", section, re.MULTILINE)]


def run(words: list[str]) -> str:
    out = StringIO()
    with override("en"):
        call_command(*words, stdout=out, stderr=out)
    return out.getvalue()


def rows() -> list[Any]:
    kept = [list(model.objects.order_by("pk").values()) for model in (Policy, Text, Event)]
    return [*kept, list(Page.objects.order_by("pk").values_list("pk", "path", "content_type__model", "live"))]


def test_the_steps_to_another_database_bring_the_history_there(
    root: Page, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: Any
) -> None:
    """The new database is the old one, emptied: between two servers it was tried by hand."""
    monkeypatch.chdir(tmp_path)
    page = draft(root)
    publish_policy(page)
    before, emptied = rows(), False
    for words in commands("To another database"):
        said = run(words)
        ContentType.objects.clear_cache()
        if words[0] == "shell":
            emptied = not (Page.objects.exists() or Locale.objects.exists() or ContentType.objects.exists())
        if words[:2] == ["privacy_history", "--verify"]:
            assert "as they were recorded" in said
    assert emptied
    assert rows() == before
    Site.clear_site_root_paths_cache()
    assert client.get(PolicyPage.objects.get().get_url_parts()[2]).status_code == 200
    page = reloaded(page)
    page.body = body("P12M")
    assert publish_policy(page).number == 2
    assert "as they were recorded" in run(["privacy_history", "--verify"])


def test_after_restoring_one_looks_at_the_chain() -> None:
    for words in commands("Back up and restore"):
        run(words)
