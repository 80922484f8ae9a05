"""The command that tells what changed between two policies."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from tests.desk.policies import body, draft, reloaded
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot

OLD = "# Policy\n\n## Loggar\n\nVi sparar loggar i 30 dagar.\n"
NEW = "# Policy\n\n## Loggar\n\nVi sparar loggar i 60 dagar.\n"


def run(old: Path | str, new: Path | str, *arguments: str) -> str:
    out = StringIO()
    call_command("privacy_compare", str(old), str(new), *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    return old, new


def test_it_prints_sentences_classes_and_rules(files: tuple[Path, Path]) -> None:
    lines = run(*files, "--language", "sv").splitlines()
    assert lines[0] == "Viktig ändring: Texten ”Loggar” har ändrats."
    assert lines[1].startswith("    text-guarded: Ändringen rör siffror")
    assert lines[-1] == "= material (1)"


def test_it_prints_json(files: tuple[Path, Path]) -> None:
    assert json.loads(run(*files, "--language", "en", "--json")) == {
        "materiality": "material",
        "changes": [
            {
                "kind": "changed",
                "section": "Loggar",
                "field": "body",
                "materiality": "material",
                "rule": "text-guarded",
                "sentence": "The text “Loggar” has been changed.",
            }
        ],
    }


def test_equal_files_have_no_class(files: tuple[Path, Path]) -> None:
    assert json.loads(run(files[0], files[0], "--json")) == {"materiality": None, "changes": []}


def test_it_reads_snapshots(tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    period = Section("retention", "r", {"duration": "P24M"}, {"applies_to": "Kunduppgifter"})
    old.write_text(json.dumps(Snapshot("sv", "P", (period,)).to_json()), encoding="utf-8")
    period = Section("retention", "r", {"duration": "P36M"}, {"applies_to": "Kunduppgifter"})
    new.write_text(json.dumps(Snapshot("sv", "P", (period,)).to_json()), encoding="utf-8")
    assert "Lagringstiden för kunduppgifter ändras från 24 månader till 36 månader." in run(old, new, "--language=sv")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(b"\xff\xfe\x00", "UTF-8"), (b"{", "snapshot"), (b'{"format": 99}', "format 1"), (b"[]", "snapshot")],
)
def test_a_broken_file_gets_a_clear_error(tmp_path: Path, content: bytes, complaint: str) -> None:
    broken = tmp_path / "broken.json"
    broken.write_bytes(content)
    with pytest.raises(CommandError, match=complaint):
        run(broken, broken)


def test_a_missing_file_gets_a_clear_error() -> None:
    with pytest.raises(CommandError, match="Expected a file or a version such as 1:3"):
        run("nowhere.md", "nowhere.md")


def test_a_missing_version_gets_a_clear_error(db: None) -> None:
    with pytest.raises(CommandError, match="Expected version 3 of policy 1"):
        run("1:3", "1:4")


def test_it_reads_published_versions(root: Page) -> None:
    page = draft(root)
    page.save_revision().publish()
    newest = reloaded(page)
    newest.body = body("P36M")
    newest.save_revision().publish()
    policy = reloaded(page).policy
    assert policy is not None
    told = run(f"{policy.pk}:1", f"{policy.pk}:2", "--language", "sv")
    assert "ändras från 24 månader till 36 månader." in told
    assert told.endswith("= material (1)\n")
