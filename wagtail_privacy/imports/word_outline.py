"""A Word file (.docx) as an outline, by a walk of its XML: libraries lose notes, insertions, lists or headers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from wagtail_privacy.imports.html_tokens import names
from wagtail_privacy.imports.inline import PLAIN, Inline, Run, Style, has_words, inline, joined, link
from wagtail_privacy.imports.marks import HEADING_MARK, LINE_MARK, is_heading_like, take_mark
from wagtail_privacy.imports.outline import LeftOut, Outline, OutlineCell, OutlinePart, PartKind, Span, Words
from wagtail_privacy.imports.tokens import words_in
from wagtail_privacy.imports.word_lists import WordNumbering
from wagtail_privacy.imports.word_package import Attributes, WordPackage, damaged, read_xml

#: What was deleted or moved away, what is shown where the real thing can't be, codes of fields, old properties.
_UNREAD = names(
    "w:del w:moveFrom w:instrText w:delText w:delInstrText w:rPrChange w:pPrChange w:sectPrChange w:tblPrChange "
    "w:tcPrChange w:trPrChange w:tblGridChange w:numberingChange w:fldData"
)
_OFF = ("0", "false", "off", "none")
_CONTENTS = re.compile(r"toc \d|toc heading|table of figures", re.IGNORECASE)


@dataclass
class _ParagraphStyle:
    name: str = ""
    based_on: str = ""
    level: int = 0
    list_id: str = ""
    depth: int = 0
    bold: bool | None = None
    hidden: bool = False


@dataclass
class _WordPiece:
    text: str
    style: Style
    hidden: bool
    is_break: bool = False


@dataclass
class _Paragraph:
    pieces: list[_WordPiece] = field(default_factory=list)
    style: str = ""
    level: int = 0
    list_id: str = ""
    depth: int = -1
    notes: list[tuple[str, str]] = field(default_factory=list)
    has_page_number: bool = False


@dataclass
class _Table:
    rows: list[list[list[_Paragraph]]] = field(default_factory=list)
    heads: set[int] = field(default_factory=set)
    is_frame: bool = False


def read_word(data: bytes) -> Outline:
    """The outline of a Word file. Its source is a text made of it, a line for each paragraph, with its numbers."""
    package = WordPackage(data)
    writer = _WordWriter(
        _Styles.read(package.part("word/styles.xml")), WordNumbering.read(package.part("word/numbering.xml"))
    )
    name = package.document
    related = list(package.relations(name))
    if not package.part(name):
        raise damaged(_("it has no text"))
    links = {id: target for kind, target, id in related if kind == "hyperlink"}
    named = {kind: target for kind, target, _id in related if kind in ("footnotes", "endnotes", "comments")}
    for kind in ("footnotes", "endnotes"):
        writer.notes.update(_Notes(kind, package.part(named.get(kind, ""))).found)
    body = _Walk(writer, links)
    body.read(package.part(name))
    writer.unused_notes()
    # What stands above the pages, too, comes behind the text, which begins with its title.
    if title := _title(writer.parts):
        writer.in_margins.add(" ".join(title.text.split()))
    for part in [*_of_kind(related, "header"), *_of_kind(related, "footer")]:
        writer.margin(_paragraphs(package.part(part), {}))
    writer.comments(_paragraphs(package.part(named.get("comments", "")), {}))
    return _outline(writer, body, _second_reading(package, name, related))


def _title(parts: Iterable[OutlinePart]) -> Words | None:
    return next((part.words for part in parts if part.kind == "heading" and part.level == 1), None)


def _of_kind(related: Iterable[tuple[str, str, str]], wanted: str) -> list[str]:
    return sorted({target for kind, target, _id in related if kind == wanted})


def _outline(writer: _WordWriter, body: _Walk, second: Counter[str]) -> Outline:
    source = "".join(writer.text)
    found = Counter(words_in(source))
    warnings = []
    if body.has_changes:
        warnings.append(_("The file has tracked changes. They are read as if all were accepted: check them."))
    if body.has_chunk:
        warnings.append(_("The file shows another document within it, whose words are not read."))
    return Outline(
        source,
        tuple(writer.parts),
        _title(writer.parts),
        writer.styles.language,
        encoding="Word",
        left_out=tuple(writer.left_out),
        warnings=tuple(warnings),
        format="word",
        unread=tuple((second - found).elements()),
    )


@dataclass
class _Styles:
    styles: dict[str, _ParagraphStyle] = field(default_factory=dict)
    default: str = ""
    language: str = ""

    @classmethod
    def read(cls, content: bytes) -> _Styles:
        styles = cls()
        current = _ParagraphStyle()

        def start(name: str, attributes: Attributes) -> None:
            nonlocal current
            value = attributes.get("w:val", "")
            if name == "w:style":
                current = styles.styles[attributes.get("w:styleId", "")] = _ParagraphStyle()
                if attributes.get("w:default") in ("1", "true") and attributes.get("w:type") == "paragraph":
                    styles.default = attributes.get("w:styleId", "")
            elif name == "w:name":
                current.name = value
            elif name == "w:basedOn":
                current.based_on = value
            elif name == "w:outlineLvl" and re.fullmatch(r"[0-8]", value):
                current.level = int(value) + 1
            elif name == "w:numId":
                current.list_id = value
            elif name == "w:ilvl" and value.isdecimal():
                current.depth = min(int(value), 8)
            elif name == "w:b":
                current.bold = value not in _OFF
            elif name == "w:vanish":
                current.hidden = value not in _OFF
            elif name == "w:lang" and not styles.styles and value:
                styles.language = value.partition("-")[0].lower()

        read_xml(content, start)
        return styles

    def of(self, id: str) -> _ParagraphStyle:
        """The style ``id`` with what it takes from those it is based on."""
        found = self.styles.get(id)
        if found is None:
            return _ParagraphStyle()
        seen = {id}
        merged = replace(found, level=found.level or _by_name(found.name))
        while merged.based_on and merged.based_on not in seen:
            seen.add(merged.based_on)
            base = self.styles.get(merged.based_on, _ParagraphStyle())
            own_list = merged.list_id
            merged = _ParagraphStyle(
                merged.name,
                base.based_on,
                merged.level or base.level or _by_name(base.name),
                own_list or base.list_id,
                merged.depth if own_list else base.depth,
                base.bold if merged.bold is None else merged.bold,
                merged.hidden or base.hidden,
            )
        if merged.depth == 0 and (deeper := re.fullmatch(r"list (?:bullet|number) ([2-5])", found.name, re.IGNORECASE)):
            merged.depth = int(deeper.group(1)) - 1
        return merged


def _by_name(name: str) -> int:
    """The level that a style's name tells: Word names its own in English, whatever it shows."""
    match = re.fullmatch(r"(?:heading|rubrik|overskrift|otsikko|überschrift) ?([1-9])", name, re.IGNORECASE)
    return int(match.group(1)) if match else 1 if name.lower() == "title" else 0


class _Walk:
    """One XML part, from front to back: its paragraphs and tables, in order, to a writer."""

    def __init__(self, writer: _WordWriter, links: dict[str, str]) -> None:
        self.writer, self.links = writer, links
        self.paragraphs: list[_Paragraph] = []
        self.tables: list[_Table] = []
        self.unread = self.in_properties = 0
        self.choices: list[bool] = []
        self.hrefs: list[str] = []
        self.run_style, self.run_hidden = PLAIN, False
        self.char_style = ""
        self.in_text = self.has_changes = self.has_chunk = False
        self.in_paragraph_properties = 0
        self.starts = {
            "w:p": self._start_paragraph,
            "w:r": self._start_run,
            "w:tbl": self._start_table,
            "w:tr": self._start_row,
            "w:tc": self._start_cell,
            "w:hyperlink": self._start_link,
            "w:pPr": self._start_properties,
            "w:fldSimple": self._start_field,
        }

    def read(self, content: bytes) -> None:
        read_xml(content, self.start, self.end, self.characters)

    def start(self, name: str, attributes: Attributes) -> None:
        self.has_changes |= name in ("w:ins", "w:del", "w:moveFrom") and not self.in_paragraph_properties
        self.has_chunk |= name == "w:altChunk"
        if self.unread or name in _UNREAD or (name == "mc:Fallback" and self.choices and self.choices[-1]):
            if name == "w:instrText" and not self.unread:
                self.in_text = True
            self.unread += 1
        elif name in self.starts:
            self.starts[name](attributes)
        elif name == "mc:AlternateContent":
            self.choices.append(False)
        elif name == "mc:Choice" and self.choices:
            self.choices[-1] = True
        elif self.in_paragraph_properties:
            self._paragraph_property(name, attributes)
        elif self.paragraphs:
            self._content(name, attributes)

    def end(self, name: str) -> None:
        if self.unread:
            self.unread -= 1
            self.in_text = self.in_text and self.unread > 0
        elif name == "w:p" and self.paragraphs:
            self._place(self.paragraphs.pop())
        elif name == "w:pPr":
            self.in_paragraph_properties -= 1
        elif name in ("w:t", "m:t"):
            self.in_text = False
        elif name == "w:hyperlink" and self.hrefs:
            self.hrefs.pop()
        elif name == "mc:AlternateContent":
            self.choices.pop()
        elif name == "w:tbl" and self.tables:
            self._end_table(self.tables.pop())

    def characters(self, text: str) -> None:
        if not self.in_text or not self.paragraphs:
            return
        if self.unread:
            code = text.split()[:1]
            self.paragraphs[-1].has_page_number |= code in (["PAGE"], ["NUMPAGES"], ["SECTIONPAGES"])
        else:
            self._add(text)

    # Paragraphs

    def _start_paragraph(self, _attributes: Attributes) -> None:
        self.paragraphs.append(_Paragraph(style=self.writer.styles.default))
        self.run_style, self.run_hidden = PLAIN, False

    def _start_properties(self, _attributes: Attributes) -> None:
        self.in_paragraph_properties += 1

    def _paragraph_property(self, name: str, attributes: Attributes) -> None:
        if not self.paragraphs:
            return
        paragraph, value = self.paragraphs[-1], attributes.get("w:val", "")
        if name == "w:pStyle":
            paragraph.style = value
        elif name == "w:numId":
            paragraph.list_id = value
        elif name == "w:ilvl" and value.isdecimal():
            paragraph.depth = min(int(value), 8)
        elif name == "w:outlineLvl" and re.fullmatch(r"[0-8]", value):
            paragraph.level = int(value) + 1

    def _start_run(self, _attributes: Attributes) -> None:
        if self.paragraphs:
            style = self.writer.styles.of(self.paragraphs[-1].style)
            href = self.hrefs[-1] if self.hrefs else ""
            self.run_style, self.run_hidden = Style(href, bool(style.bold)), style.hidden

    def _start_link(self, attributes: Attributes) -> None:
        self.hrefs.append(link(self.links.get(attributes.get("r:id", ""), "")))

    def _start_field(self, attributes: Attributes) -> None:
        code = attributes.get("w:instr", "").split()[:1]
        if self.paragraphs:
            self.paragraphs[-1].has_page_number |= code in (["PAGE"], ["NUMPAGES"], ["SECTIONPAGES"])

    def _content(self, name: str, attributes: Attributes) -> None:
        value = attributes.get("w:val", "")
        if name in ("w:t", "m:t"):
            self.in_text = True
        elif name in ("w:tab", "w:ptab", "w:sym"):
            self._add(" ")
        elif name in ("w:br", "w:cr"):
            self._add("\n", is_break=True)
        elif name == "w:noBreakHyphen":
            self._add("-")
        elif name in ("w:footnoteReference", "w:endnoteReference"):
            self._note(name.removeprefix("w:").removesuffix("Reference") + "s", attributes.get("w:id", ""))
        elif name == "w:rStyle":
            style = self.writer.styles.of(value)
            self.run_style = self.run_style._replace(bold=self.run_style.bold if style.bold is None else style.bold)
            self.run_hidden |= style.hidden
        elif name == "w:b":
            self.run_style = self.run_style._replace(bold=value not in _OFF)
        elif name == "w:i":
            self.run_style = self.run_style._replace(italic=value not in _OFF)
        elif name in ("w:strike", "w:dstrike"):
            self.run_style = self.run_style._replace(struck=value not in _OFF)
        elif name == "w:vanish":
            self.run_hidden = value not in _OFF

    def _add(self, text: str, *, is_break: bool = False) -> None:
        self.paragraphs[-1].pieces.append(_WordPiece(text, self.run_style, self.run_hidden, is_break))

    def _note(self, kind: str, id: str) -> None:
        mark = self.writer.note_mark(kind, id)
        if mark:
            self._add(mark)
            self.paragraphs[-1].notes.append((kind, id))

    # Tables

    def _start_table(self, _attributes: Attributes) -> None:
        if self.tables and not self.tables[-1].is_frame:
            self._open(self.tables[-1])
        self.tables.append(_Table())

    def _open(self, table: _Table) -> None:
        """A table that holds another is a frame: what it holds stands for itself."""
        table.is_frame = True
        for row in table.rows:
            for cell in row:
                for paragraph in cell:
                    self.writer.paragraph(paragraph)
        table.rows = []

    def _start_row(self, _attributes: Attributes) -> None:
        if self.tables:
            self.tables[-1].rows.append([])

    def _start_cell(self, _attributes: Attributes) -> None:
        if self.tables and self.tables[-1].rows:
            self.tables[-1].rows[-1].append([])

    def _place(self, paragraph: _Paragraph) -> None:
        table = self.tables[-1] if self.tables else None
        if table and not table.is_frame and table.rows and table.rows[-1]:
            table.rows[-1][-1].append(paragraph)
        else:
            self.writer.paragraph(paragraph)

    def _end_table(self, table: _Table) -> None:
        if table.is_frame:
            return
        cells = [cell for row in table.rows for cell in row]
        levels = (self.writer.level(paragraph) for cell in cells for paragraph in cell)
        if all(len(row) <= 1 for row in table.rows) or any(levels):
            self._open(table)
        else:
            self.writer.table(table)


class _Notes:
    """The footnotes or endnotes of a file by their ids; lines between text and notes are none."""

    def __init__(self, kind: str, content: bytes) -> None:
        self.kind, self.found, self.id = kind, dict[tuple[str, str], list[_Paragraph]](), ""
        collected = _Collected()
        walk = _Walk(collected, {})

        def start(name: str, attributes: Attributes) -> None:
            if name in ("w:footnote", "w:endnote"):
                self.id = "" if attributes.get("w:type") not in (None, "normal") else attributes.get("w:id", "")
                collected.kept = []
            else:
                walk.start(name, attributes)

        def end(name: str) -> None:
            if name in ("w:footnote", "w:endnote"):
                if self.id:
                    self.found[kind, self.id] = collected.kept
            else:
                walk.end(name)

        read_xml(content, start, end, walk.characters)


def _paragraphs(content: bytes, links: dict[str, str]) -> list[_Paragraph]:
    collected = _Collected()
    _Walk(collected, links).read(content)
    return collected.kept


class _WordWriter:
    """Makes the text of the file, and its parts with their places in it."""

    def __init__(self, styles: _Styles, numbering: WordNumbering) -> None:
        self.styles, self.numbering = styles, numbering
        self.text: list[str] = []
        self.length = self.tables = self.last_level = self.shift = 0
        self.parts: list[OutlinePart] = []
        self.left_out: list[LeftOut] = []
        self.notes: dict[tuple[str, str], list[_Paragraph]] = {}
        self.note_marks: dict[tuple[str, str], str] = {}
        self.in_margins: set[str] = set()

    # The text

    def _write(self, text: str) -> int:
        start = self.length
        self.text.append(text)
        self.length += len(text)
        return start

    def _runs(self, paragraphs: Sequence[_Paragraph]) -> list[Run]:
        """Writes the words of ``paragraphs``; the runs of those that aren't hidden, which are listed."""
        runs: list[Run] = []
        hidden: list[Run] = []
        for number, paragraph in enumerate(paragraphs):
            if number:
                at = self._write("\n")
                runs.append(Run("\n", at, at + 1, is_break=True))
            for piece in paragraph.pieces:
                at = self._write(piece.text)
                run = Run(piece.text, at, at + len(piece.text), piece.style, piece.is_break)
                (hidden if piece.hidden else runs).append(run)
        for run in hidden:
            if found := inline([run]):
                self.left_out.append(LeftOut(found.words.text, _("Hidden text."), found.span))
        return runs

    # Paragraphs

    def level(self, paragraph: _Paragraph) -> int:
        if not any(has_words([Run(piece.text, 0, 0)]) for piece in paragraph.pieces):
            return 0
        return paragraph.level or self.styles.of(paragraph.style).level

    def paragraph(self, paragraph: _Paragraph) -> None:
        style = self.styles.of(paragraph.style)
        mark = self._mark(paragraph, style)
        start = self._write(f"{mark} ") if mark else -1
        runs = self._runs([paragraph])
        self._write("\n")
        if _CONTENTS.fullmatch(style.name):
            self._leave_out(runs, _("The table of contents."), start)
        elif level := self.level(paragraph):
            self._heading(runs, self._shifted(level, style), mark, start)
        elif mark:
            depth = paragraph.depth if paragraph.depth >= 0 else style.depth
            self._add("item", inline(runs), mark, start, max(depth, style.depth if not paragraph.list_id else 0) + 1)
        else:
            self._lines(runs)
        self._notes_of([paragraph])

    def _shifted(self, level: int, style: _ParagraphStyle) -> int:
        """Below a title, the headings of the first level stand one lower."""
        if style.name.lower() == "title":
            self.shift = 1
            return 1
        return min(level + self.shift, 6)

    def _mark(self, paragraph: _Paragraph, style: _ParagraphStyle) -> str:
        list_id = paragraph.list_id or style.list_id
        if list_id in ("", "0") or not has_words([Run(piece.text, 0, 0) for piece in paragraph.pieces]):
            return ""
        return self.numbering.mark(list_id, paragraph.depth if paragraph.depth >= 0 else style.depth)

    def _heading(self, runs: list[Run], level: int, mark: str, start: int) -> None:
        if not mark:
            mark, start, runs = take_mark(runs, HEADING_MARK)
        self.last_level = level or self.last_level
        self._add("heading", inline(_not_bold(runs)), mark, start, level)

    def _lines(self, runs: list[Run]) -> None:
        if is_heading_like(runs):
            mark, start, rest = take_mark(runs, HEADING_MARK)
            level = min(self.last_level + 1, 6) if self.last_level else 0
            self._add("heading", inline(_not_bold(rest)), mark, start, level)
            return
        mark, start, rest = take_mark(runs, LINE_MARK)
        if mark and has_words(rest):
            self._add("item", inline(rest), mark, start, 1)
        else:
            self._add("paragraph", inline(runs))

    def _add(self, kind: PartKind, found: Inline | None, mark: str = "", start: int = -1, level: int = 0) -> None:
        if found:
            span: Span = (start if start >= 0 else found.span[0], found.span[1])
            self.parts.append(OutlinePart(kind, found.words, found.html, span, level, mark))

    def _leave_out(self, runs: list[Run], reason: str, start: int = -1) -> None:
        if found := inline(runs):
            span = (start if start >= 0 else found.span[0], found.span[1])
            self.left_out.append(LeftOut(found.words.text, reason, span))

    # Tables

    def table(self, table: _Table) -> None:
        self.tables += 1
        first = True
        for row in table.rows:
            cells = []
            for cell in row:
                at = self.length
                found = inline(self._runs(cell))
                self._write("\t")
                cells.append(found.as_cell() if found else OutlineCell(Words(""), "", (at, at)))
            self._write("\n")
            filled = [cell for cell in cells if cell.words.text]
            if filled:
                html = " – ".join(cell.html for cell in filled)
                span = filled[0].span[0], filled[-1].span[1]
                is_head = first and len(cells) > 1 and len(table.rows) > 1 and len(filled) == len(cells)
                part = OutlinePart("row", joined(cells), html, span, cells=tuple(cells), is_head=is_head)
                self.parts.append(replace(part, table=self.tables))
                first = False
        self._notes_of([paragraph for row in table.rows for cell in row for paragraph in cell])

    # Notes, margins, comments

    def note_mark(self, kind: str, id: str) -> str:
        if (kind, id) not in self.notes:
            return ""
        return self.note_marks.setdefault((kind, id), f"[{len(self.note_marks) + 1}]")

    def _notes_of(self, paragraphs: Iterable[_Paragraph]) -> None:
        for paragraph in paragraphs:
            for kind, id in paragraph.notes:
                self._note(kind, id)

    def _note(self, kind: str, id: str) -> None:
        paragraphs = self.notes.pop((kind, id), None)
        if paragraphs is None:
            return
        mark = self.note_marks.get((kind, id), "")
        start = self._write(f"{mark} ") if mark else -1
        self._add("note", inline(self._runs(paragraphs)), mark, start)
        self._write("\n")

    def unused_notes(self) -> None:
        for kind, id in list(self.notes):
            self._note(kind, id)

    def margin(self, paragraphs: Sequence[_Paragraph]) -> None:
        """The words above or below each page, once; a page's number isn't the policy's."""
        for paragraph in paragraphs:
            words = " ".join("".join(piece.text for piece in paragraph.pieces).split())
            runs = self._runs([paragraph])
            self._write("\n")
            if paragraph.has_page_number:
                self._leave_out(runs, _("The number of the page."))
            elif words in self.in_margins:
                self._leave_out(runs, _("Stands above or below other pages, too."))
            else:
                self._add("paragraph", inline(runs))
                self.in_margins.add(words)

    def comments(self, paragraphs: Sequence[_Paragraph]) -> None:
        for paragraph in paragraphs:
            runs = self._runs([paragraph])
            self._write("\n")
            self._leave_out(runs, _("A comment in the margin."))


class _Collected(_WordWriter):
    """Keeps the paragraphs of a part for later."""

    def __init__(self) -> None:
        super().__init__(_Styles(), WordNumbering())
        self.kept: list[_Paragraph] = []

    def paragraph(self, paragraph: _Paragraph) -> None:
        self.kept.append(paragraph)

    def table(self, table: _Table) -> None:
        self.kept.extend(paragraph for row in table.rows for cell in row for paragraph in cell)


def _not_bold(runs: Iterable[Run]) -> list[Run]:
    return [run._replace(style=run.style._replace(bold=False)) for run in runs]


def _second_reading(package: WordPackage, document: str, related: Iterable[tuple[str, str, str]]) -> Counter[str]:
    """The words of all that the document shows, by another reading: texts alone, without order, styles or tables."""
    shown = [document, *sorted({target for kind, target, _id in related if kind in _SHOWN})]
    found: Counter[str] = Counter()
    for name in shown:
        text = _Texts()
        read_xml(package.part(name), text.start, text.end, text.add)
        found.update(words_in("".join(text.pieces)))
    return found


_SHOWN = ("header", "footer", "footnotes", "endnotes", "comments")


class _Texts:
    """The texts of one XML part, a blank where a paragraph or a line ends."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.open: list[str] = []
        self.gone = 0

    def start(self, name: str, _attributes: Attributes) -> None:
        self.open.append(name)
        self.gone += name in ("w:del", "w:moveFrom", "mc:Fallback")
        if name == "w:noBreakHyphen":
            self.pieces.append("-")
        elif name in ("w:p", "w:br", "w:cr", "w:tab", "w:ptab", "w:sym", "w:footnoteReference", "w:endnoteReference"):
            self.pieces.append(" ")

    def end(self, name: str) -> None:
        self.open.pop()
        self.gone -= name in ("w:del", "w:moveFrom", "mc:Fallback")
        if name == "w:p":
            self.pieces.append(" ")

    def add(self, text: str) -> None:
        if self.open[-1] in ("w:t", "m:t") and not self.gone:
            self.pieces.append(text)
