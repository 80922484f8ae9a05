"""A web page as an outline: its body less what is no policy, which is listed with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from wagtail_privacy.imports.html_nesting import HEADINGS, Element, Nesting, nest
from wagtail_privacy.imports.html_tokens import html_tokens
from wagtail_privacy.imports.inline import Inline, Run, Style, inline, joined, lines, link
from wagtail_privacy.imports.landmarks import Landmarks, opens
from wagtail_privacy.imports.marks import HEADING_MARK, LINE_MARK, is_heading_like, take_mark
from wagtail_privacy.imports.outline import LeftOut, Outline, OutlineCell, OutlinePart, Words
from wagtail_privacy.imports.word_lists import in_numerals
from wagtail_privacy.policy.sanitise import BLOCK_LEVEL
from wagtail_privacy.prose.sentences import ends_a_sentence

_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em", "cite", "dfn"})
_STRUCK = frozenset({"del", "s", "strike"})
_WEIGHT = re.compile(r"font-weight\s*:\s*(\w+)", re.IGNORECASE)
_RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_STYLES = re.compile(r"<style\b[^<>]*>([^<]*)", re.IGNORECASE)
#: Where a service for cookies puts its table, by the words of class and id.
_FILLED = re.compile(
    r"cookie-?declaration|cookie-?(?:table|list|policy|report|details)|cookie-?script|ot-sdk-cookie-policy|cky-audit-table"
    r"|cookiefirst-policy|termly-embed|iubenda-embed|uc-embed|cicc-template",
    re.IGNORECASE,
)
_MASKED = re.compile(r"\[email.protected\]|\[e-post skyddad\]", re.IGNORECASE)
_SHORT_DEFINITION = 400
#: Lists that stand deeper within each other are shown so deep.
_DEEPEST = 15
#: A longer cell doesn't name its row.
_LONGEST_NAME = 8


def read_html(source: str) -> Outline:
    """The outline of a page. What a script would fill isn't there: that is warned of."""
    nesting = nest(html_tokens(source))
    reader = _PageReader(nesting, Landmarks(nesting), _bold_classes(source), source)
    reader.read()
    reader.warn()
    heading = next((part.words for part in reader.parts if part.kind == "heading" and part.level == 1), None)
    return Outline(
        source,
        tuple(reader.parts),
        title=heading or reader.title,
        language=reader.language,
        left_out=tuple(sorted(reader.left_out, key=lambda left: left.span)),
        warnings=tuple(reader.warnings),
        format="html",
    )


def read_fragment(source: str, start: int, end: int) -> tuple[list[OutlinePart], list[LeftOut]]:
    """What the tags of ``source[start:end]``, which stand within Markdown, hold."""
    nesting = nest(html_tokens(source, start, end))
    reader = _PageReader(nesting, Landmarks(nesting, is_fragment=True), frozenset(), source)
    reader.read()
    return reader.parts, reader.left_out


def _bold_classes(source: str) -> frozenset[str]:
    """Classes that a page's own style sheet writes in bold, as Google Docs has it."""
    rules = (rule for style in _STYLES.finditer(source) for rule in _RULE.finditer(style.group(1)))
    return frozenset(rule.group(1) for rule in rules if _weight(rule.group(2)))


def _weight(style: str) -> bool | None:
    """Whether ``style`` makes bold; ``None`` if it doesn't say."""
    match = _WEIGHT.search(style)
    if match is None:
        return None
    value = match.group(1).lower()
    return value in ("bold", "bolder") or (value.isdecimal() and int(value) >= 600)


@dataclass
class _List:
    mark_type: str = ""
    number: int = 1
    level: int = 1


@dataclass
class _PageReader:
    nesting: Nesting
    landmarks: Landmarks
    bold_classes: frozenset[str]
    source: str
    parts: list[OutlinePart] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    title: Words | None = None
    language: str = ""

    def __post_init__(self) -> None:
        self.buffer: list[Run] = []
        self.styles: list[tuple[Element, Style]] = []
        self.lists: list[tuple[Element, _List]] = []
        self.headings: list[tuple[Element, int]] = []
        self.notes: list[Element] = []
        self.frames: list[tuple[Element, bool]] = []  # tables and lists of terms, and whether they are rows
        self.laid_out: list[
            list[int]
        ] = []  # of each cell that sets its parts beside others: its column, its first part
        self.column = 0
        self.preformatted = 0
        self.row: list[OutlineCell] = []
        self.row_is_head = False
        self.in_cell = self.in_head = self.tables = 0
        self.mark = ""
        self.mark_start = -1
        self.last_level = self.opener_level = 0  # of the last h1 to h6, and of what opens a panel below it
        self.struck = False

    # The walk

    def read(self) -> None:
        events, at = self.nesting.events, 0
        while at < len(events):
            event = events[at]
            if isinstance(event, Run):
                self._text(event)
            elif at == event.end_event:
                self._end(event)
            else:
                at = self._start(event, at)
                continue
            at += 1
        self._flush()
        for token in self.nesting.swallowed:
            self._swallowed(token.value, token.start, token.end)

    def _text(self, run: Run) -> None:
        style = self.styles[-1][1] if self.styles else None
        run = run._replace(style=style) if style else run
        if self.preformatted and "\n" in run.text:
            self.buffer.extend(_broken(run))
        else:
            self.buffer.append(run)

    def _start(self, element: Element, at: int) -> int:
        """Takes in the start of ``element``; the event to go on with."""
        if reason := self.landmarks.reason(element):
            return self._leave_out(element, reason)
        if element.name == "title" and not self.headings:
            return self._page_title(element)
        if "mso-list:ignore" in element.get("style").lower().replace(" ", ""):
            return self._written_mark(element)
        if element.name in ("html", "body") and element.get("lang"):
            self.language = self.language or element.get("lang")
        self._boundary(element)
        self._enter(element)
        return at + 1

    def _end(self, element: Element) -> None:
        if element.name == "br":
            return
        if element.name == "svg":
            self.buffer.append(Run(" ", element.start, element.start))
        if element.name in ("td", "th") or (element.name in ("dt", "dd") and self._in_rows):
            self._end_cell(element)
        self._boundary(element)
        if element.name in ("td", "th") and self.laid_out and not self._in_rows:
            self._end_column(element)
        if element.name in ("li", "p"):
            self.mark, self.mark_start = "", -1
        self.in_head -= element.name == "thead"
        if element.name == "tr" and self._in_rows:
            self._end_row(element)
        for stack in (self.styles, self.lists, self.headings, self.frames):
            if stack and stack[-1][0] is element:
                if stack is self.frames and self._in_rows:
                    self._end_row(element)
                stack.pop()
        if self.notes and self.notes[-1] is element:
            self.notes.pop()
        self.preformatted -= element.name == "pre"

    def _enter(self, element: Element) -> None:
        name = element.name
        if name == "br":
            self.buffer.append(Run("\n", element.start, element.end, is_break=True))
        elif style := self._style(element):
            self.styles.append((element, style))
        if name == "svg":
            self.buffer.append(Run(" ", element.start, element.start))
        elif name in _LISTS:
            self._enter_list(element)
        elif name in ("table", "dl"):
            self.frames.append((element, self._is_rows(element)))
            self.tables += self.frames[-1][1]
        elif name in ("td", "th", "dt", "dd") and self._in_rows:
            self._enter_cell(element)
        elif name in ("td", "th") and self.frames:
            self.column += 1
            self.laid_out.append([self.column, len(self.parts)])
        elif level := self._heading_level(element):
            self.headings.append((element, level))
        elif name == "tr":
            self.column = 0
        if name == "li":
            self._enter_item(element)
        if _is_note(element):
            self.notes.append(element)
        self.preformatted += name == "pre"
        self.in_head += name == "thead"

    def _boundary(self, element: Element) -> None:
        """A block begins or ends: what came before it is one."""
        if element.name == "br" or not _parts_words(element):
            return
        if self.in_cell:
            self.buffer.append(Run("\n", element.start, element.start, is_break=True))
        else:
            self._flush()

    # What elements mean

    def _style(self, element: Element) -> Style | None:
        before = self.styles[-1][1] if self.styles else Style()
        bold = _weight(element.get("style"))
        if bold is None and self.bold_classes and self.bold_classes & set(element.get("class").split()):
            bold = True
        if bold is None and element.name in _BOLD:
            bold = True
        self.struck |= element.name in _STRUCK
        after = Style(
            (link(element.get("href")) if element.name == "a" else "") or before.href,
            before.bold if bold is None or element.name in HEADINGS else bold,
            before.italic or element.name in _ITALIC,
            before.struck or element.name in _STRUCK,
        )
        return after if after != before else None

    def _heading_level(self, element: Element) -> int:
        if element.name in HEADINGS:
            return int(element.name[1])
        if self.headings or self.in_cell:
            return 0
        if element.get("role") == "heading":
            level = element.get("aria-level")
            return int(level) if level in ("1", "2", "3", "4", "5", "6") else 2
        if "msotitle" in element.get("class").lower():
            return 1
        unmarked = element.name == "summary" or (element.name == "button" and opens(element))
        unmarked |= element.name == "dt" and bool(self.frames)
        return (min(self.last_level + 1, 6) if self.last_level else -1) if unmarked else 0

    def _enter_list(self, element: Element) -> None:
        kind = element.get("type") if element.name == "ol" else ""
        start = element.get("start")
        number = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
        level = self.lists[-1][1].level + 1 if self.lists else 1
        if google := re.search(r"\blst-kix_\w+-(\d)\b", element.get("class")):
            level = int(google.group(1)) + 1
        level = min(level, _DEEPEST)
        self.lists.append((element, _List(kind or ("1" if element.name == "ol" else "•"), number, level)))

    def _enter_item(self, element: Element) -> None:
        found = self.lists[-1][1] if self.lists else _List("•")
        if re.fullmatch(r"-?\d{1,6}", element.get("value")):
            found.number = int(element.get("value"))
        if not self.in_cell:
            self.mark, self.mark_start = _numbered(found), -1
        found.number += 1

    def _is_rows(self, element: Element) -> bool:
        if self.in_cell or (self.frames and self._in_rows) or element.holds_blocks:
            return False
        if element.name == "dl":
            terms = sum(1 for one in self._within(element) if one.name in ("dt", "dd") and one.event < one.end_event)
            return self.nesting.weight(element)[0] <= _SHORT_DEFINITION * max(1, terms // 2)
        return True

    def _within(self, element: Element) -> Iterable[Element]:
        events = self.nesting.events[element.event + 1 : element.end_event]
        return (one for one in events if isinstance(one, Element))

    @property
    def _in_rows(self) -> bool:
        return bool(self.frames) and self.frames[-1][1]

    # Rows

    def _enter_cell(self, element: Element) -> None:
        if element.name == "dt" and len(self.row) > 0 and self.row_has_definition:
            self._end_row(element)
        self.row_has_definition = element.name == "dd"
        self.in_cell += 1

    row_has_definition = False

    def _end_cell(self, element: Element) -> None:
        if not self._in_rows or not self.in_cell:
            return
        self.in_cell -= 1
        found = inline(self.buffer)
        self.buffer = []
        self.row_is_head = element.name == "th" and (self.row_is_head or not self.row)
        self.row.append(found.as_cell() if found else OutlineCell(Words(""), "", (element.start, element.start)))

    def _end_row(self, element: Element) -> None:
        cells, self.row = tuple(self.row), []
        filled = [cell for cell in cells if cell.words.text]
        if filled:
            span = filled[0].span[0], filled[-1].span[1]
            first = not self.parts or self.parts[-1].table != self.tables
            html = " – ".join(cell.html for cell in filled)
            is_head = first and len(cells) > 1 and (self.row_is_head or self.in_head > 0)
            words = joined(cells)
            self.parts.append(OutlinePart("row", words, html, span, cells=cells, is_head=is_head, table=self.tables))
        self.row_is_head = False

    # Cells that hold parts of their own

    def _end_column(self, cell: Element) -> None:
        self.column, first = self.laid_out.pop()
        if self.column == 1 and len(self.parts) == first + 1 and cell.name == "td" and self._has_head():
            self.parts[-1] = self._named(self.parts[-1])

    def _has_head(self) -> bool:
        """Whether the table around a cell names its columns."""
        first = next((one for one in self._within(self.frames[-1][0]) if one.name in ("td", "th")), None)
        return first is not None and first.name == "th"

    def _named(self, part: OutlinePart) -> OutlinePart:
        """What names its row, with other parts beside it, as their heading."""
        if part.kind != "paragraph" or len(part.words.text.split()) > _LONGEST_NAME or ends_a_sentence(part.words.text):
            return part
        return replace(part, kind="heading", level=min(self.last_level + 1, 6) if self.last_level else 0)

    # Blocks of text

    def _flush(self) -> None:
        runs, self.buffer = self.buffer, []
        found = inline(runs)
        if found is None:
            return
        before = len(self.parts)
        self._add_block(runs, found)
        if self.laid_out:
            column = self.laid_out[-1][0]
            self.parts[before:] = [replace(part, column=column) for part in self.parts[before:]]

    def _add_block(self, runs: list[Run], found: Inline) -> None:
        if self.headings:
            self._add_heading(runs, self.headings[-1][1])
        elif self.notes:
            self._add_note(runs)
        elif self.mark:
            self._add_item(found, self.lists[-1][1].level if self.lists else 1)
        else:
            self._add_lines(runs)

    def _add_heading(self, runs: list[Run], level: int) -> None:
        mark, start, rest = take_mark(runs, HEADING_MARK)
        found = inline(run._replace(style=run.style._replace(bold=False)) for run in rest)
        if found:
            if self.headings:
                self._keep_level(self.headings[-1][0], level)
            span = (found.span[0] if start < 0 else start, found.span[1])
            self.parts.append(OutlinePart("heading", found.words, found.html, span, max(level, 0), mark))

    def _keep_level(self, element: Element, level: int) -> None:
        if element.name in HEADINGS:
            self.last_level, self.opener_level = level, 0
        else:
            self.opener_level = max(level, 0)

    def _add_note(self, runs: list[Run]) -> None:
        mark, start, rest = take_mark(runs, re.compile(r"\s*(\[?\d{1,3}\]?[.:]?|\*|†)\s"))
        if found := inline(rest):
            span = (found.span[0] if start < 0 else start, found.span[1])
            self.parts.append(OutlinePart("note", found.words, found.html, span, mark=mark))

    def _add_item(self, found: Inline, level: int) -> None:
        span = (found.span[0] if self.mark_start < 0 else self.mark_start, found.span[1])
        self.parts.append(OutlinePart("item", found.words, found.html, span, level, self.mark))
        self.mark, self.mark_start = "", -1

    def _add_lines(self, runs: list[Run]) -> None:
        """Paragraphs, parted by empty lines; a bold line above others is their heading."""
        group: list[Run] = []
        for line in lines(runs):
            if inline(line) is None:
                self._add_paragraph(group)
                group = []
            elif is_heading_like(line):
                self._add_paragraph(group)
                level = self.opener_level or self.last_level
                self._add_heading(line, min(level + 1, 6) if level else 0)
                group = []
            else:
                mark, start, rest = take_mark(line, LINE_MARK)
                if mark and (found := inline(rest)):
                    self._add_paragraph(group)
                    self.mark, self.mark_start, group = mark, start, []
                    self._add_item(found, len(self.lists) + 1)
                else:
                    group += [Run("\n", line[0].start, line[0].start, is_break=True), *line]
        self._add_paragraph(group)

    def _add_paragraph(self, runs: list[Run]) -> None:
        if found := inline(runs):
            self.parts.append(OutlinePart("paragraph", found.words, found.html, found.span))

    # What is left out

    def _leave_out(self, element: Element, reason: str) -> int:
        if _parts_words(element):
            self._boundary(element)
        else:
            self.buffer.append(Run(" ", element.start, element.start))
        self._list_left_out(element, reason)
        return element.end_event + 1

    def _list_left_out(self, element: Element, reason: str) -> Inline | None:
        runs: list[Run] = []
        for event in self.nesting.events[element.event : element.end_event]:
            if isinstance(event, Run):
                runs.append(event)
            elif _parts_words(event):
                runs.append(Run(" ", event.start, event.start))
        found = inline(runs)
        if found:
            self.left_out.append(LeftOut(found.words.text, reason, found.span))
        return found

    def _page_title(self, element: Element) -> int:
        found = self._list_left_out(element, _("The name of the page in the browser."))
        self.title = self.title or (found.words if found else None)
        return element.end_event + 1

    def _written_mark(self, element: Element) -> int:
        """Word writes the marks of its lists as text."""
        runs = [one for one in self.nesting.events[element.event : element.end_event] if isinstance(one, Run)]
        if found := inline(runs):
            self.mark, self.mark_start = found.words.text, found.span[0]
        return element.end_event + 1

    def _swallowed(self, by: str, start: int, end: int) -> None:
        what = _("a comment") if by == "comment" else f"<{by}>"
        source_words = inline([Run(self.source[start:end], start, end)])
        if source_words:
            reason = _("Stands behind {what} that is never closed: no browser shows it.").format(what=what)
            self.left_out.append(LeftOut(source_words.words.text, reason, source_words.span))
            self.warnings.append(
                _("The page has {what} that is never closed. What stands behind it is left out: check it.").format(
                    what=what
                )
            )

    def warn(self) -> None:
        """What the page can't hold."""
        elements = list(self.nesting.elements())
        empty = [one for one in elements if one.first_text == one.last_text or not self.nesting.weight(one)[0]]
        if any(
            _FILLED.search(f"{one.get('class')} {one.get('id')} {one.get('name')} {one.get('src')}") for one in empty
        ):
            self.warnings.append(
                _("A script fills a part of the page, such as a table of cookies: those words are not in the file.")
            )
        if any(one.name == "iframe" and one.get("src") for one in elements):
            self.warnings.append(_("The page shows another page within it, whose words are not in the file."))
        if any(_MASKED.search(part.words.text) for part in self.parts):
            self.warnings.append(_("Mail addresses are masked in the file: write them anew."))
        if self.struck:
            self.warnings.append(_("The page has struck-out words. They are kept, struck out: check them."))


def _parts_words(element: Element) -> bool:
    return element.name in BLOCK_LEVEL or element.name == "br"


def _is_note(element: Element) -> bool:
    if element.name not in ("p", "li", "div", "aside"):
        return False
    named = element.get("class").lower().split()
    noted = "msofootnotetext" in named or element.get("role") == "doc-footnote"
    return noted or bool(re.match(r"(?:fn|footnote)[-:_]?\d", element.get("id").lower()) and element.name == "li")


def _numbered(found: _List) -> str:
    number = found.number
    if found.mark_type == "1":
        return f"{number}."
    if found.mark_type in ("a", "A") and 1 <= number <= 26:
        return f"{chr(ord(found.mark_type) + number - 1)})"
    if found.mark_type in ("i", "I") and number > 0:
        return f"{in_numerals(number, 'lowerRoman' if found.mark_type == 'i' else 'upperRoman')})"
    return "•" if found.mark_type in ("•", "disc", "circle", "square") else f"{number}."


def _broken(run: Run) -> Iterable[Run]:
    """A preformatted text, line by line."""
    at = run.start
    for line in run.text.splitlines(keepends=True):
        yield run._replace(text=line, start=at, end=at + len(line))
        at += len(line)
        if line.endswith("\n"):
            yield Run("\n", at, at, is_break=True)
