"""What the rules of this project say of a pair."""

from __future__ import annotations

from typing import Any

from benchmarks.materiality.pairs import Pair
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.materiality import highest, weigh
from wagtail_privacy.imports.plain_text import read_text
from wagtail_privacy.policy.kinds import KINDS
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot

#: Sections that stand inside a purpose.
_INSIDE = ("retention", "legal_basis", "recipient", "data_category")


def program(pair: Pair) -> str:
    """A class; "asked" where it is material only until an editor has answered; "none" where nothing is recorded."""
    return verdict(snapshot(pair, "old"), snapshot(pair, "new"))


def verdict(old: Snapshot, new: Snapshot) -> str:
    """The class of the weightiest change, "asked" or "none"."""
    changes = weigh(compare(old, new), old, new)
    found = highest(changes)
    if found is None:
        return "none"
    # Verdicts are recorded of versions of the program, too, that knew no doubt.
    doubts = [getattr(change, "doubt", False) for change in changes if change.materiality is found]
    return "asked" if found.value == "material" and all(doubts) else found.value


def snapshot(pair: Pair, side: str) -> Snapshot:
    """The ``side`` "old" or "new" as a policy that says nothing else."""
    text = getattr(pair, side)
    if pair.form == "field":
        return Snapshot(pair.language, "P", (_section(text),))
    return read_text(text if pair.form == "document" else f"# Policy\n\n## 1. A\n\n{text}\n", pair.language)


def _section(field: dict[str, Any]) -> Section:
    kind, values = field["kind"], {**field["with"], field["field"]: field["value"]}
    texts = {known.name for known in KINDS[kind].fields if known.is_text}
    facts = {name: value for name, value in values.items() if name not in texts}
    section = Section(kind, "x", facts, {name: value for name, value in values.items() if name in texts})
    if kind not in _INSIDE:
        return section
    return Section("purpose", "p", {}, {"title": "T", "description": "<p>D</p>"}, (section,))
