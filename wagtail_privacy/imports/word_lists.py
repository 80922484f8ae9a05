"""The numbers before a Word file's headings and items: they stand nowhere in its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from wagtail_privacy.imports.word_package import Attributes, read_xml

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
BULLET = "•"


@dataclass
class _Level:
    kind: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class WordNumbering:
    """How the lists of a Word file count (numbering.xml), and how far they have come."""

    kinds: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    overridden: dict[str, dict[int, _Level]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, content: bytes) -> WordNumbering:
        numbering = cls()
        reader = _NumberingReader(numbering)
        read_xml(content, reader.start)
        return numbering

    def mark(self, list_id: str, depth: int) -> str:
        """The next mark of the list ``list_id`` at ``depth`` from 0; "" where it has none."""
        kind = self.lists.get(list_id, "")
        levels = {**self.kinds.get(kind, {}), **self.overridden.get(list_id, {})}
        level = levels.get(depth)
        if level is None:
            return BULLET
        counts = self.counts.setdefault(list_id if list_id in self.overridden else f"kind {kind}", {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        if level.kind == "bullet":
            return BULLET
        if level.kind == "none":
            return ""

        def number(match: re.Match[str]) -> str:
            place = int(match.group(1)) - 1
            outer = levels.get(place, _Level())
            return in_numerals(counts.get(place, outer.start), outer.kind)

        return " ".join(re.sub(r"%(\d)", number, level.text).split())


@dataclass
class _NumberingReader:
    numbering: WordNumbering
    levels: dict[int, _Level] = field(default_factory=dict)
    level: _Level = field(default_factory=_Level)
    list_id: str = ""
    depth: int = 0

    def start(self, name: str, attributes: Attributes) -> None:
        value = attributes.get("w:val", "")
        if name == "w:abstractNum":
            self.levels = self.numbering.kinds.setdefault(attributes.get("w:abstractNumId", ""), {})
        elif name == "w:num":
            self.list_id = attributes.get("w:numId", "")
            self.levels = {}
        elif name == "w:abstractNumId":
            self.numbering.lists[self.list_id] = value
        elif name == "w:lvlOverride":
            self.depth = _whole(attributes.get("w:ilvl", ""))
            kind = self.numbering.kinds.get(self.numbering.lists.get(self.list_id, ""), {})
            base = kind.get(self.depth, _Level())
            self.levels = self.numbering.overridden.setdefault(self.list_id, {})
            self.level = self.levels[self.depth] = _Level(base.kind, base.text, base.start)
        elif name == "w:lvl":
            self.level = self.levels[_whole(attributes.get("w:ilvl", ""))] = _Level()
        elif name == "w:numFmt":
            self.level.kind = value
        elif name == "w:lvlText":
            self.level.text = value
        elif name in ("w:start", "w:startOverride"):
            self.level.start = _whole(value, 1)


def _whole(value: str, otherwise: int = 0) -> int:
    return int(value) if re.fullmatch(r"\d{1,6}", value) else otherwise


def in_numerals(number: int, kind: str) -> str:
    """``number`` as ``kind`` of numFmt writes it; as 1, 2, 3 in one that isn't of Latin letters."""
    if kind in ("lowerLetter", "upperLetter") and 1 <= number <= 780:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman") and 1 <= number <= 4000:
        numerals = ""
        for value, sign in (*_ROMAN, *_ROMAN_ONES):
            numerals += sign * (number // value)
            number %= value
        return numerals.upper() if kind == "upperRoman" else numerals
    return f"{number:02}" if kind == "decimalZero" else str(number)
