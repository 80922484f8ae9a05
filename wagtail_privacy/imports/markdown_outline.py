"""Markdown as an outline, by markdown-it; what that drops is brought back: numbers, notes, cells, settings, tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.html_block import html_block
from markdown_it.rules_block.reference import reference
from markdown_it.token import Token

from wagtail_privacy.imports.html_outline import read_fragment
from wagtail_privacy.imports.inline import Inline, Run, inline, joined
from wagtail_privacy.imports.markdown_inline import footnote_reference, runs
from wagtail_privacy.imports.marks import HEADING_MARK, is_heading_like, take_mark
from wagtail_privacy.imports.outline import LeftOut, Outline, OutlineCell, OutlinePart, UnreadableDocument, Words
from wagtail_privacy.policy.sanitise import BLOCK_LEVEL

#: Lists and quotations within each other; the library calls itself for each.
DEEPEST = 60
_SETTING = re.compile(r"[ \t].*|[\w\"'.-]+[ \t]*[:=].*|#.*|-[ \t].*|[\]}].*|")
_FRONT = re.compile(r"(-{3,}|\+{3,})[ \t]*$")
_TITLE = re.compile(r"^title[ \t]*[:=][ \t]*([\"']?)(.+?)\1[ \t]*$", re.MULTILINE)
#: What a site's generator fills or hides, and the marks that some flavours of Markdown put behind a paragraph.
_TAGS = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}|\{:[^{}\n]*\}|[ \t]\{#[\w-]+\}")
#: A definition of a link names an address; "[Contact]: Anna" doesn't.
_REFERENCE = re.compile(r" {0,3}\[[^\]\n]+\]:\s*<?\S*[/.#:@]\S*")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*")
_HTML_BLOCK = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)|<!|<\?")
_HTML_NAMES = BLOCK_LEVEL | {"script", "style", "pre", "template", "svg", "iframe", "noscript"}
#: "25. May 2018" is a day, not the twenty-fifth item of a list.
_DAY = re.compile(r"\w+\s+\d{4}\b")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_BULLET = re.compile(r"^([ \t>]*)[•▪‣●](?=[ \t])", re.MULTILINE)
_PREFIX = re.compile(r"[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*")
_SENTENCE_END = (".", ",", ";")


def read_markdown(source: str) -> Outline:
    """The outline of ``source``."""
    text, left_out = _without_tags(source)
    text, front = _without_front_matter(text, source)
    reader = _MarkdownReader(source, _readable(text))
    reader.read()
    heading = next((part.words for part in reader.parts if part.kind == "heading" and part.level == 1), None)
    title = heading or (_stated_title(source, front) if front else None)
    everything = sorted([*left_out, *reader.left_out, *([front] if front else [])], key=lambda left: left.span)
    return Outline(source, tuple(reader.parts), title, left_out=tuple(everything), format="markdown")


def _readable(text: str) -> str:
    """``text``, sign by sign, as the library takes it: line ends its own, and bullets of word processors as its own."""
    text = text.replace("\r\n", " \n").replace("\r", "\n").replace("\0", " ")
    return _BULLET.sub(r"\1-", text)


def _without_front_matter(text: str, source: str) -> tuple[str, LeftOut | None]:
    """``text`` with blanks for the settings above it: lines between two rules that all are names with values."""
    lines = text.splitlines(keepends=True)
    first = _FRONT.match(lines[0].rstrip("\r\n")) if lines else None
    if first is None:
        return text, None
    length = len(lines[0])
    for line in lines[1:]:
        length += len(line)
        bare = line.rstrip("\r\n")
        if bare.rstrip() == first.group(1):
            reason = _("Settings of the site's generator.")
            words = " ".join(source[:length].strip("-+ \t\r\n").split())
            return _blank(text[:length]) + text[length:], LeftOut(words, reason, (0, length))
        if not _SETTING.fullmatch(bare):
            break
    return text, None


def _blank(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)


def _stated_title(source: str, front: LeftOut) -> Words | None:
    match = _TITLE.search(source, 0, front.span[1])
    found = inline([Run(match.group(2), match.start(2), match.end(2))]) if match else None
    return found.words if found else None


def _without_tags(source: str) -> tuple[str, list[LeftOut]]:
    """``source`` with blanks for the tags of a site's generator, and what they hold."""
    left_out = [
        LeftOut(tag.group().strip(), _("A tag of the site's generator."), tag.span())
        for tag in _TAGS.finditer(source)
        if re.search(r"\w", tag.group())
    ]
    return _TAGS.sub(lambda tag: " " * len(tag.group()), source), left_out


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = state.src[state.bMarks[start] : state.eMarks[start]]
    return bool(_REFERENCE.match(line[state.tShift[start] :])) and reference(state, start, end, silent)


def _html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block of tags; one inline tag alone on a line makes none: below it may stand a heading."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = _HTML_BLOCK.match(line)
    named = match and (match.group(1) is None or match.group(1).lower() in _HTML_NAMES)
    return bool(named) and html_block(state, start, end, silent)


def _note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``[^1]: words``, used or not, up to an empty line or the next note."""
    match = _NOTE.match(state.src, state.bMarks[start] + state.tShift[start], state.eMarks[start])
    if match is None:
        return False
    if silent:
        return True
    following = start + 1
    while following < end and not state.isEmpty(following) and state.sCount[following] >= state.blkIndent:
        if _NOTE.match(state.src, state.bMarks[following] + state.tShift[following]):
            break
        following += 1
    state.line = following
    state.push("note_open", "p", 1).info = match.group(1)
    words = state.push("inline", "", 0)
    rest = state.getLines(start + 1, following, state.blkIndent, False)
    words.content = "\n".join(filter(None, (state.src[match.end() : state.eMarks[start]], rest))).strip()
    words.map = [start, following]
    state.push("note_close", "p", -1)
    return True


def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": True, "maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    # Indented lines and those between fences are text; words in them would be lost as code.
    md.disable(["code", "fence", "inline", "fragments_join"])
    md.block.ruler.at("reference", _reference)
    md.block.ruler.at("html_block", _html, {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.before("reference", "note", _note, {"alt": ["paragraph", "reference", "blockquote"]})
    md.inline.ruler.before("link", "footnote_reference", footnote_reference)
    return md


class _MarkdownReader:
    def __init__(self, source: str, text: str) -> None:
        self.source, self.text = source, text
        self.parts: list[OutlinePart] = []
        self.left_out: list[LeftOut] = []
        self.md, self.env = _parser(), dict[str, Any]()
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.depth = self.tables = self.last_level = 0
        self.marks: list[tuple[str, int]] = []
        self.cursor = 0

    def read(self) -> None:
        try:
            tokens = self.md.parse(self.text, self.env)
        except RecursionError:
            tokens = None
        if tokens is None or any(token.level >= DEEPEST - 1 for token in tokens):
            raise UnreadableDocument(
                _("Expected lists and quotations within each other at most {depth} deep.").format(depth=DEEPEST // 2),
                _("Found deeper ones."),
                _("Write the text with fewer levels, or save it as plain text (.txt)."),
            )
        self._walk(tokens)
        if not any(part.kind == "heading" and part.level > 1 for part in self.parts):
            self.parts = [self._as_heading(part) for part in self.parts]

    def _walk(self, tokens: Sequence[Token]) -> None:
        number = 0
        while number < len(tokens):
            token = tokens[number]
            if token.type in ("table_open", "html_block"):
                self._mark_alone()
            if token.type == "table_open":
                self._table(token)
                number = next(n for n in range(number, len(tokens)) if tokens[n].type == "table_close")
            elif token.type == "html_block":
                self._html_block(token)
            elif token.type == "inline":
                self._inline(token, tokens[number - 1])
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                self.depth += 1
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                self.depth -= 1
            elif token.type == "list_item_open":
                self._item_mark(token)
            elif token.type in ("list_item_close", "note_close"):
                self._mark_alone()
            number += 1

    # Places

    def _places(self, content: str, first_line: int) -> list[int]:
        """Where each character of ``content``, whose first line is within ``first_line``, stands in the source."""
        places: list[int] = []
        for offset, written in enumerate(content.split("\n")):
            line, start = self.lines[first_line + offset], self.starts[first_line + offset]
            bare = written.strip()
            found = line.rfind(bare)
            at = start + max(found, 0) - (len(written) - len(written.lstrip()))
            places.extend(range(at, at + len(written) + 1))
        return places[: len(content)]

    def _runs(self, content: str, first_line: int) -> list[Run]:
        return runs(self.md, self.env, content, self._places(content, first_line))

    # Blocks

    def _item_mark(self, token: Token) -> None:
        first = token.map[0] if token.map else 0
        mark = f"{token.info}{token.markup}" if token.info else token.markup
        begin = max(self.starts[first], self.cursor)
        at = self.text.find(mark, begin, self.starts[first + 1])
        self.cursor = max(begin, at + len(mark))
        self.marks.append((mark, at))

    def _mark_alone(self) -> None:
        """A number without words, before which nothing else may stand."""
        marks, self.marks = self.marks, []
        numbers = [(mark, at) for mark, at in marks if mark[-2:-1].isalnum()]
        self._add(
            "paragraph", [run for mark, at in numbers for run in (Run(mark, at, at + len(mark)), Run(" ", at, at))]
        )

    def _inline(self, token: Token, opening: Token) -> None:
        line = token.map[0] if token.map else 0
        if opening.type == "heading_open" and "\n" not in token.content and not self._is_sentence(token, opening):
            self._heading(self._runs(token.content, line), int(opening.tag[1]))
        elif opening.type == "note_open":
            start = self.text.find("[", self.starts[line])
            self.marks = [(f"[^{opening.info}]", start)]
            self._add("note", self._runs(token.content, line), f"[{opening.info}]", start)
        else:
            self._paragraph(self._runs(token.content, line))

    def _is_sentence(self, token: Token, opening: Token) -> bool:
        """Whether a rule below a sentence makes it look like a heading."""
        return opening.markup in ("-", "=") and token.content.rstrip().endswith(_SENTENCE_END)

    def _heading(self, written: list[Run], level: int) -> None:
        mark, start, rest = take_mark(written, HEADING_MARK)
        if inline(rest) is None:
            return
        self.last_level = level
        plain = [run._replace(style=run.style._replace(bold=False)) for run in rest]
        self._add("heading", plain, mark, start, level)

    def _paragraph(self, written: list[Run]) -> None:
        marks = self.marks
        found = inline(written)
        if found is None:
            return
        if not marks:
            self._add("paragraph", written)
            return
        mark, at = marks[-1]
        if mark[:1].isdigit() and _DAY.match(found.words.text):
            self._add("paragraph", [Run(f"{mark} ", at, at + len(mark) + 1), *written])
        else:
            numbers = " ".join(one for one, _at in marks if one[:1].isdigit())
            self._add("item", written, numbers or "•", marks[0][1], self.depth)

    def _add(self, kind: Any, written: Sequence[Run], mark: str = "", start: int = -1, level: int = 0) -> None:
        found = inline(written)
        if found:
            self.marks = []
            span = (start if start >= 0 else found.span[0], found.span[1])
            self.parts.append(OutlinePart(kind, found.words, found.html, span, level, mark))

    def _as_heading(self, part: OutlinePart) -> OutlinePart:
        """A paragraph all in bold heads the next ones, in a text without other headings."""
        match = re.fullmatch(r"<strong>([^<>]+)</strong>", part.html)
        line = [Run(part.words.text, 0, len(part.words.text))]
        bold = [run._replace(style=run.style._replace(bold=True)) for run in line]
        if part.kind != "paragraph" or match is None or not is_heading_like(bold):
            return part
        return replace(part, kind="heading", html=match.group(1))

    def _html_block(self, token: Token) -> None:
        first, last = token.map or (0, 0)
        start = max(self.starts[first], self.text.find(token.content.split("\n")[0].strip(), self.starts[first]))
        parts, left_out = read_fragment(self.source, start, min(self.starts[last], len(self.source)))
        tables = self.tables
        for part in parts:
            self.tables = max(self.tables, tables + part.table)
            self.parts.append(replace(part, table=tables + part.table) if part.table else part)
        self.left_out += left_out

    # Tables: the library drops cells beyond the columns of the head

    def _table(self, token: Token) -> None:
        self.tables += 1
        first, last = token.map or (0, 0)
        for line in range(first, last):
            if line == first + 1:
                continue
            cells = list(self._cells(line, bool(token.level)))
            filled = [cell for cell in cells if cell.words.text]
            if filled:
                span = filled[0].span[0], filled[-1].span[1]
                html = " – ".join(cell.html for cell in filled)
                row = OutlinePart("row", joined(cells), html, span, cells=tuple(cells))
                self.parts.append(replace(row, is_head=line == first, table=self.tables))

    def _cells(self, line: int, nested: bool) -> Iterator[OutlineCell]:
        text, start = self.lines[line], self.starts[line]
        prefix = _PREFIX.match(text) if nested else re.match(r"\s*", text)
        at = prefix.end() if prefix else 0
        at += text[at : at + 1] == "|"
        borders = [match.start() for match in _CELL_BORDER.finditer(text, at)]
        if not borders or text[borders[-1] + 1 :].strip():
            borders.append(len(text))
        for border in borders:
            yield self._cell(text[at:border], start + at)
            at = border + 1

    def _cell(self, written: str, at: int) -> OutlineCell:
        content = written.strip()
        begin = at + len(written) - len(written.lstrip())
        found: Inline | None = None
        if content:
            found = inline(runs(self.md, self.env, content, range(begin, begin + len(content))))
        return found.as_cell() if found else OutlineCell(Words(""), "", (at, at))
