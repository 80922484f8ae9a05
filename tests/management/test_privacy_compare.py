"""The command that tells what changed between two policies."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from tests.policies import body, draft, reloaded
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot

OLD = "# Policy\n\n## Loggar\n\nVi sparar loggar i 30 dagar.\n"
NEW = "# Policy\n\n## Loggar\n\nVi sparar loggar i 60 dagar.\n"


def run(old: Path | str, new: Path | str, *arguments: str) -> str:
    out = StringIO()
    call_command("privacy_compare", str(old), str(new), *arguments, stdout=out)
    return out.getvalue()


SENTENCE = "Texten ”Loggar” säger nu 60 dagar i stället för 30 dagar: ”Vi sparar loggar i 60 dagar.”"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    return old, new


def test_it_prints_sentences_classes_and_rules(files: tuple[Path, Path]) -> None:
    lines = run(*files, "--language", "sv").splitlines()
    assert lines[0] == "Viktig ändring: " + SENTENCE
    assert lines[1].startswith("    prose-longer: En tid är längre.")
    assert lines[-1] == "= material (1)"


def test_it_prints_json(files: tuple[Path, Path]) -> None:
    assert json.loads(run(*files, "--language", "sv", "--json")) == {
        "materiality": "material",
        "changes": [
            {
                "kind": "changed",
                "section": "Loggar",
                "field": "body",
                "materiality": "material",
                "rule": "prose-longer",
                "sentence": SENTENCE,
            }
        ],
    }


def test_it_says_where_the_text_cannot_be_read(files: tuple[Path, Path]) -> None:
    """These files are Swedish."""
    (change,) = json.loads(run(*files, "--language", "en", "--json"))["changes"]
    assert (change["materiality"], change["doubt"]) == ("material", True)
    assert change["question"]


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


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("policy.docx", b"PK\x03\x04", "ZIP"),
        (
            "policy.html",
            b"<div id=root></div><script src=app.js></script>",
            "Found an empty page. If a script",
        ),
        ("policy.docx", b"PK", "found a Word document that is damaged."),
        ("policy.md", b"Vi, {{ namn }}, delar inget.", "found a template .Jinja or Liquid."),
        ("policy.pdf", b"%PDF-1.7", "found a PDF."),
    ],
)
def test_what_is_not_read_is_refused(tmp_path: Path, name: str, content: bytes, complaint: str) -> None:
    """Nobody is told of changes in what was misread."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError, match=complaint):
        run(tmp_path / name, tmp_path / name)


SAYS = {"md": "# Policy\n\n## Lagring\n\nVi sparar uppgifterna i {} månader.\n"}
SAYS["html"] = "<html><body><h1>Policy</h1><h2>Lagring</h2><p>Vi sparar uppgifterna i {} månader.</p></body></html>"
SAYS["txt"] = "Lagring\n\nVi sparar uppgifterna i {} månader.\n"
SAYS["csv"] = "Uppgift;Lagring\nLoggar;{} månader\n"


@pytest.mark.parametrize("ending", SAYS)
def test_documents_are_compared_in_every_format(tmp_path: Path, ending: str) -> None:
    old, new = tmp_path / f"old.{ending}", tmp_path / f"new.{ending}"
    old.write_text(SAYS[ending].format(24), encoding="cp1252")
    new.write_text(SAYS[ending].format(36), encoding="utf-16")
    found = json.loads(run(old, new, "--language", "sv", "--json"))
    assert len(found["changes"]) == 1
    assert "36" in found["changes"][0]["sentence"]


def test_one_text_in_two_formats_is_no_change(tmp_path: Path) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new.html"
    old.write_text(SAYS["md"].format(24), encoding="utf-8")
    new.write_text(SAYS["html"].format(24), encoding="utf-8")
    assert json.loads(run(old, new, "--language", "sv", "--json"))["changes"] == []
