"""Twenty kinds of material changes and twenty of harmless ones, in six languages: ours, labelled before they were run.

A line of ``kinds.txt`` is ``language | material or harmless | kind | half | old → new``. Kinds *kept back*, drawn
by lot, were looked at once, when rules had been mended by the other half (docs/prose.md has the counts).
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.changes.prose import compare_prose

LINES = Path(__file__).with_name("kinds.txt").read_text(encoding="utf-8").splitlines()


def outcomes() -> Counter[tuple[str, str]]:
    """How many of each label were told, asked about or left to the history."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in LINES:
        language, label, _kind, _half, texts = line.split(" | ")
        old, new = (text if text.startswith("<") else f"<p>{text}</p>" for text in texts.split(" → "))
        verdict = compare_prose(old, new, language).verdict
        is_told = verdict.materiality is Materiality.MATERIAL
        counts[label, "asked" if is_told and verdict.doubt else "told" if is_told else "history"] += 1
    return counts


def test_kinds_of_changes_hold_the_bars() -> None:
    counts = outcomes()
    assert sum(counts.values()) == 240
    assert counts["material", "history"] == 0, counts
    assert counts["material", "asked"] <= 0.25 * 120, counts
    assert counts["harmless", "told"] <= 0.04 * 120, counts
    assert counts["harmless", "asked"] <= 0.15 * 120, counts
