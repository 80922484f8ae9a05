"""Who says what is material: this program, this program as it was, and the baselines."""

from __future__ import annotations

import json

from benchmarks.materiality.baselines import (
    System,
    always_material,
    edit_distance,
    fitted_edit_distance,
    fitted_likeness,
    likeness,
    word_list,
)
from benchmarks.materiality.pairs import HERE, Pair, ours
from benchmarks.materiality.program import program

_BEFORE: dict[str, str] = json.loads((HERE / "before.json").read_text(encoding="utf-8"))["verdicts"]


def systems() -> dict[str, System]:
    """By name. Both thresholds are those that do best on our own pairs, so that they are flattered there."""
    pairs = ours()
    words, alike = fitted_edit_distance(pairs), fitted_likeness(pairs)
    return {
        "program": program,
        "program before prose was read": recorded,
        "always material": always_material,
        f"edit distance: {words} words or more": edit_distance(words),
        f"likeness below {alike:.2f}": likeness(alike),
        "word list": word_list,
    }


def recorded(pair: Pair) -> str:
    """What ``before.json`` holds."""
    return _BEFORE[pair.id]
