"""Where each piece of written text stands: under which headings, in which list, in which cell of which table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import NamedTuple

from wagtail_privacy.policy.words import paragraphs
from wagtail_privacy.prose.sentences import MONTHS, ends_a_sentence, split

#: A longer item of a list is a sentence of its own; shorter ones are one sentence with what leads to them.
LONGEST_ITEM = 14
#: A longer line without a full stop is no label of what follows.
LONGEST_LABEL = 6
#: What no label has.
_NO_LABEL = re.compile(r"[.!?:;,\d@]")
_MARK = re.compile(rf"^\s*(?:[-*•–‣#>]+|\d{{1,2}}[.)](?!\s+{MONTHS})|[a-zA-Z]\))\s+(?=\S)", re.IGNORECASE)
_TABLE_LINES = re.compile(r"(?:^\s*\|.*\|[ \t]*(?:\n|$)){2,}", re.MULTILINE)
_TABLE = re.compile(r"\|\s*:?-{3,}:?\s*(?=\|)")


class Place(NamedTuple):
    """Where a sentence stands. ``lead`` leads to a list; ``row`` and ``column`` are the heads of a table's cell.

    A heading is no sentence: it names what stands under it.
    """

    label: str = ""
    lead: str = ""
    row: str = ""
    column: str = ""
    is_heading: bool = False

    @property
    def context(self) -> str:
        """What a reader has read before the sentence, and it needs to be understood."""
        return " ".join(filter(None, (self.label, self.lead, self.column, self.row)))


class Sentence(NamedTuple):
    text: str
    place: Place = Place()


class _Block(NamedTuple):
    kind: str  # p, li, h, td
    text: str
    row: int = 0


def sentences(html: str) -> tuple[Sentence, ...]:
    """The sentences of ``html`` or of plain text, each with its place, in the order of the text."""
    return tuple(_placed(list(_blocks(html))))


def _placed(blocks: Sequence[_Block]) -> Iterator[Sentence]:
    place, at = Place(), 0
    while at < len(blocks):
        kind, text = blocks[at].kind, blocks[at].text
        if kind in ("td", "li"):
            run = next((n for n in range(at, len(blocks)) if blocks[n].kind != kind), len(blocks))
            if kind == "td":
                yield from _table(blocks[at:run], place)
            else:
                yield from _list([block.text for block in blocks[at:run]], "", place)
            at = run
        else:
            following = blocks[at + 1] if at + 1 < len(blocks) else None
            if kind == "h" or _is_label(text, following):
                place = Place(label=text)
                if kind == "h" or following is None:
                    yield Sentence(text, Place(is_heading=kind == "h"))
            elif following and (leads := _lead(text, following)):
                body = [block.text for block in _items(blocks[at + 1 :])]
                yield from _paragraph(leads[0], place)
                yield from _list(body, leads[1], place)
                at += len(body)
            else:
                yield from _paragraph(text, place)
            at += 1


def _paragraph(text: str, place: Place) -> Iterator[Sentence]:
    yield from (Sentence(sentence, place) for sentence in split(text))


def _is_label(text: str, following: _Block | None) -> bool:
    return (
        following is not None
        and following.kind == "p"
        and not _NO_LABEL.search(text)
        and len(text.split()) <= LONGEST_LABEL
        and not following.text[:1].islower()
    )


def _lead(text: str, following: _Block) -> tuple[str, str] | None:
    """What stands before the last sentence of ``text``, and that sentence, where it leads to what follows."""
    open_ended = text.rstrip().endswith(":")
    if not open_ended and (following.kind != "li" or ends_a_sentence(text)):
        return None
    if following.kind not in ("li", "p"):
        return None
    *before, lead = split(text)
    return " ".join(before), lead.rstrip(" :")


def _items(blocks: Sequence[_Block]) -> list[_Block]:
    if blocks[0].kind == "p":
        return [blocks[0]]
    return list(blocks[: next((n for n, block in enumerate(blocks) if block.kind != "li"), len(blocks))])


def _list(items: Sequence[str], lead: str, place: Place) -> Iterator[Sentence]:
    """The items of a list: one sentence with its lead-in where they are short, else one each under it."""
    if lead and all(_is_short(item) for item in items):
        yield Sentence(f"{lead}: " + ", ".join(item.rstrip(" .,;") for item in items), place)
        return
    if lead:
        yield Sentence(f"{lead}:", place)
    for item in items:
        yield from _paragraph(item, place._replace(lead=lead))


def _is_short(item: str) -> bool:
    return len(item.split()) <= LONGEST_ITEM and len(split(item)) == 1 and not re.search(r"[\d:]", item)


def _table(cells: Sequence[_Block], place: Place) -> Iterator[Sentence]:
    rows: dict[int, list[str]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell.text)
    heads, *others = rows.values()
    if not others:
        others, heads = [heads], []
    for row in others:
        for number, text in enumerate(row):
            column = heads[number] if number < len(heads) else ""
            if text:
                where = place._replace(row=row[0] if number else "", column=column)
                yield from _paragraph(text, where)


class _BlockReader(HTMLParser):
    """HTML as blocks: paragraphs, items of lists, headings, cells of tables."""

    _KINDS = {"li": "li", "td": "td", "th": "td"} | {f"h{level}": "h" for level in range(1, 7)}
    _BREAKS = frozenset({"p", "div", "br", "ul", "ol", "tr", "table", "hr", "blockquote", "dt", "dd"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self._text: list[str] = []
        self._kind = "p"
        self._row = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        if tag in self._KINDS:
            self.finish()
            self._kind = self._KINDS[tag]
        elif self._is_within_a_cell(tag):
            self._text.append(" ")
        elif tag in self._BREAKS:
            self.finish(stay=self._kind != "td")
            self._row += tag == "tr"

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in ("script", "style")))
        if tag in self._KINDS:
            self.finish(filled=tag in ("td", "th"))
            self._kind = "p"
        elif self._is_within_a_cell(tag):
            self._text.append(" ")
        elif tag in self._BREAKS:
            self.finish()

    def _is_within_a_cell(self, tag: str) -> bool:
        """Whether a paragraph begins or ends in a cell: the cell is one piece of text all the same."""
        return self._kind == "td" and tag in self._BREAKS - {"tr", "table"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._text.append(data)

    def finish(self, *, filled: bool = False, stay: bool = True) -> None:
        text = " ".join("".join(self._text).split())
        if stay or text:
            self._text = []
        if text or filled:
            self.blocks.append(_Block(self._kind, text, self._row))


def _blocks(html: str) -> Iterator[_Block]:
    if (found := paragraphs(html)) is not None:
        blocks = [_Block("p", text) for text in found if text]
    elif "<" in html:
        reader = _BlockReader()
        reader.feed(html)
        reader.close()
        reader.finish()
        blocks = reader.blocks
    else:
        html = _TABLE_LINES.sub(lambda match: match.group().replace("\n", " ") + "\n", html)
        blocks = [
            _Block("li" if _MARK.match(line) else "p", _MARK.sub("", line).strip())
            for line in html.split("\n")
            if line.strip()
        ]
    for block in blocks:
        if _TABLE.search(block.text):
            yield from _piped(block.text)
        else:
            yield block


def _piped(text: str) -> Iterator[_Block]:
    """A table in Markdown, on one line or several: as many cells a row as the line under its heads has."""
    columns = len(_TABLE.findall(text))
    cells = [cell.strip() for cell in text.replace("\n", " ").strip().strip("|").split("|")]
    row, number = 0, 0
    while number < len(cells):
        found = cells[number : number + columns]
        if not all(re.fullmatch(r":?-+:?", cell) for cell in found):
            yield from (_Block("td", cell, row) for cell in found)
        row += 1
        number += columns + 1
