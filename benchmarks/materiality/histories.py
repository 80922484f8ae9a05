"""The changes of whole policies, or of some of their sentences, that the tests hold: labelled by one reader."""

from __future__ import annotations

from pathlib import Path

from benchmarks.materiality.measures import Judged
from benchmarks.materiality.pairs import Pair
from benchmarks.materiality.program import verdict
from tests.changes.histories import PAIRS, language_of, snapshot


def there(policies: Path) -> bool:
    """Whether ``policies`` holds the copies that they name; a clone doesn't do."""
    return all((policies / row[side]).is_file() for row in PAIRS for side in ("old", "new"))


def judged(policies: Path) -> Judged:
    return [(_pair(row), _verdict(row, policies)) for row in PAIRS]


def _pair(row: dict[str, str]) -> Pair:
    name = " ".join((row["old"], row["new"], row.get("about", "")))
    kind = "sentences" if "about" in row else "whole policy"
    return Pair(
        name, language_of(row["new"]), kind, "document", "", "", (row["expected"],), row["why"], "", "histories"
    )


def _verdict(row: dict[str, str], policies: Path) -> str:
    old, new = (snapshot(policies, row[side], row.get("about", "")) for side in ("old", "new"))
    return verdict(old, new)
