"""Runs of text with their places in the source, joined into words and their rich text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from wagtail_privacy.imports.outline import OutlineCell, Span, Words

#: Soft hyphens, zero-width and direction marks, and controls that part no words: no sign that a reader sees. The
#: joiners of Arabic and Indic scripts (U+200C, U+200D) stay: there they change the word.
UNSEEN = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff"
_CHUNK = re.compile(rf"[^\s\x00{UNSEEN}]+")
_PARTS_WORDS = re.compile(r"[\s\x00]")

#: Spaces that keep a line together: "z. B.", "12 000". In rich text they stay.
_NO_BREAK = ("\u00a0", "\u202f")


class Style(NamedTuple):
    href: str = ""
    bold: bool = False
    italic: bool = False
    struck: bool = False


PLAIN = Style()


class Run(NamedTuple):
    """``text`` stands in the source from ``start``, character by character; or, as a reference, up to ``end``.

    A line break is the run "\\n" with ``is_break``.
    """

    text: str
    start: int
    end: int
    style: Style = PLAIN
    is_break: bool = False


@dataclass(frozen=True)
class Inline:
    """What one heading, paragraph, item or cell says."""

    words: Words
    html: str
    span: Span

    def as_cell(self) -> OutlineCell:
        return OutlineCell(self.words, self.html, self.span)


def inline(runs: Iterable[Run]) -> Inline | None:
    """The words of ``runs``, white space collapsed; ``None`` without any."""
    writer = _InlineWriter()
    for run in runs:
        writer.write(run)
    return writer.result()


def has_words(runs: Iterable[Run]) -> bool:
    return any(_CHUNK.search(run.text) for run in runs)


def joined(cells: Sequence[OutlineCell]) -> Words:
    """The words of a row: those of its cells, one space between them."""
    texts = [cell.words for cell in cells if cell.words.text]
    places: list[tuple[int, int]] = []
    length = 0
    for words in texts:
        places.extend([(length + mine, theirs) for mine, theirs in words.places])
        length += len(words.text) + 1
    return Words(" ".join(words.text for words in texts), tuple(places) or ((0, 0),))


def link(href: str) -> str:
    """``href`` if it may stand in a policy, else nothing: neither scripts nor data."""
    bare = re.sub(r"[\s\x00-\x1f]+", "", href)
    scheme = re.match(r"([a-zA-Z][\w+.-]*):", bare)
    return bare if not scheme or scheme.group(1).lower() in ("http", "https", "mailto", "tel") else ""


class _InlineWriter:
    def __init__(self) -> None:
        self.text: list[str] = []
        self.html: list[str] = []
        self.places: list[tuple[int, int]] = []
        self.length = 0
        self.style = PLAIN
        self.gap = ""
        self.line_break = False
        self.start, self.end = -1, -1

    def write(self, run: Run) -> None:
        position = 0
        for chunk in _CHUNK.finditer(run.text):
            self._gap(run.text[position : chunk.start()])
            self._chunk(chunk.group(), run, chunk.start())
            position = chunk.end()
        self._gap(run.text[position:])
        self.line_break |= run.is_break

    def _gap(self, between: str) -> None:
        if between and len(self.gap) < 2:
            self.gap += "".join(_PARTS_WORDS.findall(between[:100])) or "".join(_PARTS_WORDS.findall(between))

    def _chunk(self, chunk: str, run: Run, offset: int) -> None:
        exact = run.end - run.start == len(run.text)
        at = run.start + offset if exact else run.start
        self._separate(run.style)
        if not self.places or at - self.places[-1][1] != self.length - self.places[-1][0]:
            self.places.append((self.length, at))
        self.text.append(chunk)
        self.html.append(escape(chunk, quote=False))
        self.length += len(chunk)
        self.start = at if self.start < 0 else self.start
        self.end = max(self.end, at + len(chunk) if exact else run.end)

    def _separate(self, style: Style) -> None:
        """Close and open tags, with the space between the words outside of links."""
        hard = self.gap if self.gap in _NO_BREAK else " "
        between = "" if not self.text or not self.gap else "<br>" if self.line_break else hard
        if between:
            self.text.append(" ")
            self.length += 1
        if style == self.style:
            self.html.append(between)
        else:
            same_link = style.href == self.style.href and bool(style.href)
            self.html.append(_close(self.style, keep_link=same_link) + between + _open(style, keep_link=same_link))
            self.style = style
        self.gap, self.line_break = "", False

    def result(self) -> Inline | None:
        if not self.text:
            return None
        html = "".join(self.html) + _close(self.style)
        return Inline(Words("".join(self.text), tuple(self.places)), html, (self.start, self.end))


def _open(style: Style, *, keep_link: bool = False) -> str:
    link_tag = f'<a href="{escape(style.href)}">' if style.href and not keep_link else ""
    return link_tag + "".join(f"<{tag}>" for tag in _tags(style))


def _close(style: Style, *, keep_link: bool = False) -> str:
    return "".join(f"</{tag}>" for tag in reversed(list(_tags(style)))) + (
        "</a>" if style.href and not keep_link else ""
    )


def _tags(style: Style) -> Iterator[str]:
    marked = (("strong", style.bold), ("em", style.italic), ("s", style.struck))
    return (tag for tag, is_set in marked if is_set)


def lines(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs of each line, parted at line breaks."""
    found: list[list[Run]] = [[]]
    for run in runs:
        if run.is_break:
            found.append([])
        else:
            found[-1].append(run)
    return found
