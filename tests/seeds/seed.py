"""A real policy's text, and what of it has been put into blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
Value = TypeVar("Value")


@dataclass
class Seed:
    """``text`` with single spaces. ``stated`` collects the values that were taken from it, ``cited`` their places."""

    text: str
    stated: list[object] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, number: int) -> Seed:
        (path,) = SEEDS.glob(f"{number:03d}_*.txt")
        return cls(" ".join(path.read_text().split()))

    def says(self, words: str, value: Value) -> Value:
        """``value``, which the text states with ``words``; raises if the text lacks them."""
        if words.casefold() not in self.text.casefold():
            msg = f"Expected the words {words!r} in the text, found nothing like them."
            raise AssertionError(msg)
        self.stated.append(value)
        self.cited.append(words)
        return value

    def found(self, pattern: str) -> str:
        """What ``pattern``'s one group finds: names and addresses are read here, so that none is written down."""
        match = re.search(pattern, self.text)
        if match is None:
            msg = f"Expected {pattern!r} to be found in the text."
            raise AssertionError(msg)
        return self.says(match[1], match[1])
