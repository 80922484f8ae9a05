"""What any release has stored is read for ever: one file for each format, never edited, with every kind and change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from wagtail_privacy.changes.change import Change
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.sentences import lines
from wagtail_privacy.policy.kinds import KINDS
from wagtail_privacy.policy.section import anchor_of
from wagtail_privacy.policy.snapshot import FORMAT, Snapshot
from wagtail_privacy.reader.rendering import render_snapshot

OWN_KINDS = frozenset(KINDS)  # as long as no test has registered another
FORMATS = {path.stem: path for path in sorted(Path(__file__).with_name("formats").glob("*.json"))}


def stored(format: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FORMATS[format].read_text(encoding="utf-8"))
    return found


def test_each_format_has_a_file() -> None:
    assert set(FORMATS) == {str(number) for number in range(1, FORMAT + 1)}


def test_the_newest_file_has_every_kind_that_can_be_stored() -> None:
    sections = Snapshot.from_json(stored(str(FORMAT))["snapshot_json"]).walk()
    assert {section.kind for section in sections} == OWN_KINDS, "A new kind: add a section of it as an editor would."


@pytest.mark.parametrize("format", FORMATS)
def test_a_stored_text_is_read_with_the_digest_that_was_stored(format: str) -> None:
    found = stored(format)
    snapshot = Snapshot.from_json(found["snapshot_json"])
    assert (snapshot.digest, snapshot.facts_digest) == (found["digest"], found["facts_digest"])
    assert Snapshot.from_json(snapshot.to_json()) == snapshot


@pytest.mark.parametrize("format", FORMATS)
def test_a_stored_text_is_shown_whole(format: str) -> None:
    snapshot = Snapshot.from_json(stored(format)["snapshot_json"])
    readable = render_snapshot(snapshot, {})
    shown = readable.body + readable.earlier
    missing = [s.kind for s in snapshot.sections if f'id="{anchor_of(s.id)}"' not in shown]
    assert missing == []


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_stored_changes_are_worded_and_are_what_comparing_finds(format: str, language: str) -> None:
    found = stored(format)
    changes = [Change.from_json(change) for change in found["changes_json"]]
    assert {change.kind for change in changes} == {"added", "removed", "changed", "moved"}
    assert [change.to_json() for change in changes] == found["changes_json"]
    with override(language):
        assert len(list(lines(changes))) >= 4
    snapshot = Snapshot.from_json(found["snapshot_json"])
    assert list(compare(snapshot, snapshot)) == []
