"""The pairs: an old and a new text of a privacy policy, and the classes that a careful lawyer could defend."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
#: From the weightiest down. "none" is no class of a change: that there is nothing to record.
CLASSES = ("material", "minor", "benefit", "editorial")


@dataclass(frozen=True, slots=True)
class Pair:
    """``old`` and ``new`` by ``form``: "sentence" is plain text; "document", Markdown; "field", the value of one
    field of a section (``{"kind", "with", "field", "value"}``). ``classes`` are in the order of how well they can be
    defended. ``source`` is the article of the law or the paragraph of WP260 rev.01 that ``reason`` rests on. ``set`` is
    where the pair comes from.
    """

    id: str
    language: str
    kind: str
    form: str
    old: Any
    new: Any
    classes: tuple[str, ...]
    reason: str
    source: str
    set: str

    def text(self, side: str) -> str:
        """What is written on the ``side`` "old" or "new", without what only this program needs."""
        value = getattr(self, side)
        return unescape(re.sub(r"<[^>]*>", " ", value["value"])) if self.form == "field" else value

    @property
    def label(self) -> str:
        """The one class to count by: the best of those that can be defended."""
        return next(name for name in self.classes if name in CLASSES)


def ours() -> list[Pair]:
    """The pairs of ``pairs.jsonl``: our own sentences."""
    lines = (HERE / "pairs.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n")
    return [Pair(**{**row, "classes": tuple(row["classes"])}) for row in map(json.loads, lines)]
