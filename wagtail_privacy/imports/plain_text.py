"""A document as a snapshot to compare and to check: sections of free text under their headings, tables row by row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from wagtail_privacy.imports.markdown_outline import read_markdown
from wagtail_privacy.imports.outline import Outline, OutlinePart
from wagtail_privacy.policy.kinds import CELLS, MOST_COLUMNS
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot

# Emphasis and lines within a paragraph say nothing, and a change of them is none.
_EMPHASIS = re.compile(r"</?(?:strong|em|s)>")
#: Marks that a list makes again by itself.
_OF_A_LIST = re.compile(r"\d{1,9}[.)]?|\W*")


def read_text(text: str, language: str, title: str = "") -> Snapshot:
    """The snapshot of a policy written as text or Markdown in ``language``."""
    return as_snapshot(read_markdown(text.removeprefix("\ufeff")), language, title)


def as_snapshot(outline: Outline, language: str, title: str = "") -> Snapshot:
    """What ``outline`` says, as sections of free text.

    Each heading with what stands below it is a section of kind ``text``, known by the words of its heading; what
    stands before the first heading is one too. A table is a section of its own, after what stands before it. If the
    first heading is of the first level, it is the policy's title.
    """
    chapters = list(_chapters(outline.parts))
    first = next((heading for heading, _below in chapters if heading), None)
    if first and first.level == 1:
        title = _heading(first)
        chapters[:2] = [(None, [*chapters[0][1], *chapters[1][1]])]
    seen: Counter[str] = Counter()
    sections = (section for heading, parts in chapters for section in _sections(_heading(heading), parts, seen))
    return Snapshot(language, title, tuple(sections))


def _chapters(parts: Iterable[OutlinePart]) -> Iterator[tuple[OutlinePart | None, list[OutlinePart]]]:
    """Each heading, and the parts below it; no heading before the first."""
    heading: OutlinePart | None = None
    below: list[OutlinePart] = []
    for part in parts:
        if part.kind == "heading":
            yield heading, below
            heading, below = part, []
        else:
            below.append(part)
    yield heading, below


def _heading(part: OutlinePart | None) -> str:
    return " ".join(filter(None, (part.mark, part.words.text))) if part else ""


def _sections(heading: str, parts: list[OutlinePart], seen: Counter[str]) -> Iterator[Section]:
    """The section below a heading, and each table in it with what stands after that."""
    slug = _slug(heading) or "start"
    for words, rows in _up_to_tables(parts):
        texts = {"heading": heading, "body": _html(words)}
        heading = ""
        if stated := {name: value for name, value in texts.items() if value}:
            yield Section("text", _unique(slug, seen), {}, stated)
        if rows:
            yield _table(_unique(f"{slug}/table", seen), rows)


def _slug(words: str) -> str:
    return "-".join(re.findall(r"\w+", words.casefold()))


def _unique(slug: str, seen: Counter[str]) -> str:
    seen[slug] += 1
    return f"{slug}:{seen[slug]}"


def _up_to_tables(parts: Sequence[OutlinePart]) -> Iterator[tuple[list[OutlinePart], list[OutlinePart]]]:
    """Parts of text, and the rows of the table that comes after them; of none at the end."""
    words: list[OutlinePart] = []
    rows: list[OutlinePart] = []
    for part in parts:
        if rows and (part.kind != "row" or part.table != rows[0].table):
            yield words, rows
            words, rows = [], []
        (rows if part.kind == "row" else words).append(part)
    yield words, rows


def _table(id: str, rows: list[OutlinePart]) -> Section:
    seen: Counter[str] = Counter()
    head = rows[0] if rows[0].is_head else None
    columns = Section("table_head", f"{id}/columns", {}, _texts(cell.words.text for cell in head.cells) if head else {})
    rest = rows[1:] if head else rows
    names = [_unique(f"{id}/{_slug(row.cells[0].words.text) or 'row'}", seen) for row in rest]
    lines = (
        Section("table_row", name, {}, _texts(f"<p>{_plain(cell.html)}</p>" if cell.html else "" for cell in row.cells))
        for name, row in zip(names, rest, strict=True)
    )
    return Section("table", id, children=tuple(section for section in (columns, *lines) if section.texts))


def _texts(cells: Iterable[str]) -> dict[str, str]:
    """The cells of a row by their names; what no table has a column for stands in the last one."""
    texts: dict[str, str] = {}
    for position, cell in enumerate(cells):
        name = CELLS[min(position, MOST_COLUMNS - 1)]
        texts[name] = f"{texts.get(name, '')} {cell}".strip()
    return {name: cell for name, cell in texts.items() if cell}


def _html(parts: Iterable[OutlinePart]) -> str:
    """Paragraphs and lists."""
    html: list[str] = []
    for part in parts:
        mark = "" if part.kind == "item" and _OF_A_LIST.fullmatch(part.mark) else part.mark
        words = " ".join(filter(None, (mark, _plain(part.html))))
        if part.kind != "item":
            html.append(f"<p>{words}</p>")
        elif html and html[-1].endswith("</ul>"):
            html[-1] = f"{html[-1][:-5]}<li>{words}</li></ul>"
        else:
            html.append(f"<ul><li>{words}</li></ul>")
    return "".join(html)


def _plain(html: str) -> str:
    return _EMPHASIS.sub("", html.replace("<br>", " "))
