"""A document as read, before anything in it is recognised: its parts in order, and where each word stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import Literal, TypeAlias

#: From the first to behind the last character, in the decoded text of the source (of a Word file: of its outline).
Span: TypeAlias = tuple[int, int]
PartKind: TypeAlias = Literal["heading", "paragraph", "item", "row", "note"]
DocumentFormat: TypeAlias = Literal["text", "markdown", "html", "word", "csv"]


class UnreadableDocument(ValueError):
    """A file that can't be read as a policy, or may not: what was expected, what was found, what to do."""

    def __init__(self, expected: str, found: str, advice: str) -> None:
        super().__init__(f"{expected} {found} {advice}")
        self.expected, self.found, self.advice = expected, found, advice


_in_text = itemgetter(0)


@dataclass(frozen=True)
class Words:
    """Plain words, and where they stand in the source.

    ``text`` has its white space collapsed and its markup resolved. ``places`` are pairs (position in ``text``,
    position in the source), ascending in both: from each to the next both run character by character.
    """

    text: str
    places: tuple[tuple[int, int], ...] = ((0, 0),)

    def in_source(self, start: int, end: int) -> Span:
        """Where ``text[start:end]``, which isn't empty, stands in the source."""
        return self._position(start), self._position(end - 1) + 1

    def between(self, start: int, end: int) -> Words:
        """``text[start:end]``, which isn't empty, with where it stands."""
        first = bisect_right(self.places, start, key=_in_text)
        last = bisect_left(self.places, end, key=_in_text)
        inside = [(mine - start, theirs) for mine, theirs in self.places[first:last]]
        return Words(self.text[start:end], ((0, self._position(start)), *inside))

    def _position(self, index: int) -> int:
        mine, theirs = self.places[bisect_right(self.places, index, key=_in_text) - 1]
        return theirs + index - mine


@dataclass(frozen=True)
class OutlineCell:
    """A cell of a table; its rich text in ``html`` has links and emphasis only."""

    words: Words
    html: str
    span: Span


@dataclass(frozen=True)
class OutlinePart:
    """One heading, paragraph, item of a list, row of a table or footnote.

    ``html`` is the inline rich text of ``words`` (``a[href]``, ``strong``, ``em``), escaped but not yet sanitised.
    ``level`` is 1 to 6 for a heading (0 for one without a mark, whose level the source doesn't say), the depth of an
    item from 1, else 0. ``mark`` is what stands before an item or heading in the source: "–", "4.2", "a)".
    ``is_head`` tells that a row names the columns. ``table`` numbers the table of a row, from 1. ``column`` is
    that of a table which only sets its parts side by side, from 1; 0 for none.
    """

    kind: PartKind
    words: Words
    html: str
    span: Span
    level: int = 0
    mark: str = ""
    cells: tuple[OutlineCell, ...] = ()
    is_head: bool = False
    table: int = 0
    column: int = 0


@dataclass(frozen=True)
class LeftOut:
    """Words that are no policy, and why, as a sentence for the person who imports; ``span`` in the source."""

    text: str
    reason: str
    span: Span


@dataclass(frozen=True)
class Outline:
    """A document as its parts, ascending in ``source``; what they don't cover is blank, markup or in ``left_out``.

    ``source`` is the decoded text. ``encoding`` names how it was read, for the person to check. ``warnings`` are
    sentences about what the file can't hold, such as a table that a script fills. ``unread`` are words that a second
    reading of the file found and ``source`` lacks, where the source isn't the file's own text (Word): there are none.
    """

    source: str
    parts: tuple[OutlinePart, ...]
    title: Words | None = None
    language: str = ""
    encoding: str = ""
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()
    format: DocumentFormat = "text"
    unread: tuple[str, ...] = ()
