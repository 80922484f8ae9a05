"""An outline as chapters: a heading, and below it paragraphs, lists with what leads to them, and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wagtail_privacy.imports.outline import OutlinePart, Span


@dataclass(frozen=True)
class OutlineBlock:
    """A paragraph, or a list or table with the paragraph that leads to it: ``kind`` is paragraph, list or table."""

    kind: str
    parts: tuple[OutlinePart, ...]
    lead: OutlinePart | None = None

    @property
    def all_parts(self) -> tuple[OutlinePart, ...]:
        return (self.lead, *self.parts) if self.lead else self.parts


@dataclass(frozen=True)
class Chapter:
    """What stands under one heading, up to the next one; the first chapter of a document may have none."""

    heading: OutlinePart | None
    blocks: tuple[OutlineBlock, ...]

    @property
    def below(self) -> tuple[OutlinePart, ...]:
        return tuple(part for block in self.blocks for part in block.all_parts)

    @property
    def parts(self) -> tuple[OutlinePart, ...]:
        return (self.heading, *self.below) if self.heading else self.below


def chapter_of(heading: OutlinePart | None, below: Sequence[OutlinePart]) -> Chapter:
    """A chapter of these parts."""
    return Chapter(heading, tuple(_blocks(below)))


def chapters(parts: Sequence[OutlinePart]) -> Iterator[Chapter]:
    """The chapters of ``parts``, which are in the order of the document, whatever the levels of their headings."""
    heading: OutlinePart | None = None
    below: list[OutlinePart] = []
    for part in parts:
        if part.kind == "heading":
            if heading or below:
                yield Chapter(heading, tuple(_blocks(below)))
            heading, below = part, []
        else:
            below.append(part)
    if heading or below:
        yield Chapter(heading, tuple(_blocks(below)))


def span_of(parts: Sequence[OutlinePart]) -> Span:
    """From the first to behind the last character of ``parts``, which are in order."""
    return parts[0].span[0], parts[-1].span[1]


def _blocks(parts: Sequence[OutlinePart]) -> Iterator[OutlineBlock]:
    at = 0
    while at < len(parts):
        part = parts[at]
        following = parts[at + 1] if at + 1 < len(parts) else None
        if part.kind in ("item", "row"):
            end = _end_of_run(parts, at)
            yield OutlineBlock("list" if part.kind == "item" else "table", tuple(parts[at:end]))
        elif following and following.kind in ("item", "row") and leads(part, following):
            end = _end_of_run(parts, at + 1)
            kind = "list" if following.kind == "item" else "table"
            yield OutlineBlock(kind, tuple(parts[at + 1 : end]), lead=part)
        else:
            end = at + 1
            yield OutlineBlock("paragraph", (part,))
        at = end


def leads(part: OutlinePart, following: OutlinePart) -> bool:
    """Whether a paragraph leads to the list or table after it: what ends like a sentence leads to none."""
    return part.kind == "paragraph" and not part.words.text.rstrip().endswith((".", "!", "?"))


def _end_of_run(parts: Sequence[OutlinePart], start: int) -> int:
    """Where the items of one list, or the rows of one table, end: numbers after bullets are another list."""
    first = parts[start]
    return next((n for n in range(start, len(parts)) if not _is_of_one(first, parts[n])), len(parts))


def _is_of_one(first: OutlinePart, part: OutlinePart) -> bool:
    if part.kind != first.kind or part.table != first.table:
        return False
    deeper = part.level > first.level
    return deeper or first.kind != "item" or _has_number(part) == _has_number(first)


def _has_number(part: OutlinePart) -> bool:
    return any(map(str.isalnum, part.mark))
