"""Tables: what their column headings say they hold, or one of the editor's own as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from wagtail_privacy.imports.outline import OutlinePart
from wagtail_privacy.imports.proposal import ProposedSection
from wagtail_privacy.imports.recognition.chapters import span_of
from wagtail_privacy.imports.recognition.words import concepts
from wagtail_privacy.policy.kinds import CELLS, MOST_COLUMNS
from wagtail_privacy.prose.sentences import ends_a_sentence

#: Which columns a table of a topic has at least.
_NEEDED = (
    ("cookies", {"cookie", "purpose"}),
    ("cookies", {"cookie", "lifetime"}),
    ("purposes", {"purpose", "basis"}),
    ("purposes", {"purpose", "period"}),
    ("purposes", {"purpose", "data"}),
    ("history", {"date", "change"}),
    ("history", {"version", "date"}),
    ("recipients", {"recipient", "purpose"}),
    ("recipients", {"recipient", "country"}),
    ("retention", {"data", "period"}),
    ("recipients", {"recipient"}),
    ("definitions", {"term", "meaning"}),
)


def columns(rows: Sequence[OutlinePart], topic: str, language: str) -> tuple[str, ...]:
    """What each column of a table is about, empty where its head doesn't tell; none without a head."""
    head = next((row for row in rows if row.is_head), None)
    if head is None:
        return ()
    named = [concepts("columns", cell.words.text, language) for cell in head.cells]
    if topic != "cookies" and not any("recipient" in one for one in named):
        theirs = ("provider", "name") if topic == "recipients" else ("provider",)
        named = [tuple("recipient" if name in theirs else name for name in one) for one in named]
    found: list[str] = []
    for cell_topics in named:
        free = [one for one in _in_a_table_of(topic, cell_topics) if one not in found]
        found.append(free[0] if free else "")
    return tuple(found)


def _in_a_table_of(topic: str, named: Sequence[str]) -> Sequence[str]:
    """The readings of a column's head, those first that a table of ``topic`` has: "name" is a cookie's."""
    wanted = {"cookies": ("cookie", "provider", "purpose", "lifetime", "type")}.get(topic, ())
    others = (
        ("cookie", "lifetime", "provider", "type") if topic != "cookies" else ("name", "period", "recipient", "data")
    )
    known = [one for one in named if one not in others]
    return [one for one in named if one in wanted] + [one for one in known if one not in wanted]


def topic_of_table(rows: Sequence[OutlinePart], topic: str, language: str) -> str:
    """What a table holds by its column headings, empty for what they don't say."""
    for reading in dict.fromkeys((topic, "cookies", "")):
        named = set(columns(rows, reading, language))
        for found, needed in _NEEDED:
            needed = needed - {"data"} if found == topic == "retention" else needed
            if needed <= named and (found == "cookies") == (reading == "cookies"):
                return found if reading != "cookies" or topic == "cookies" or "cookie" in _head_words(rows) else ""
    return ""


def table_of(parts: Sequence[OutlinePart]) -> tuple[list[OutlinePart], list[OutlinePart], list[OutlinePart]]:
    """All rows of a table among ``parts``, those of them that each state one thing, and the parts that introduce these.

    A sentence in a cell across all columns is a note, which introduces the table as its head does.
    """
    rows = [part for part in parts if part.kind == "row"]
    widest = max((len(row.cells) for row in rows), default=0)
    apart = [row for row in rows if row.is_head or _is_note(row, widest)]
    others = [part for part in parts if part.kind != "row"]
    return rows, [row for row in rows if row not in apart], [*others, *apart]


def _is_note(row: OutlinePart, widest: int) -> bool:
    return len(row.cells) == 1 < widest and ends_a_sentence(row.words.text)


def _head_words(rows: Sequence[OutlinePart]) -> str:
    return " ".join(cell.words.text for row in rows if row.is_head for cell in row.cells).casefold()


def table(headings: Sequence[OutlinePart], rows: Sequence[OutlinePart]) -> ProposedSection:
    """``rows`` as they stand."""
    heading = " ".join(filter(None, (f"{part.mark} {part.words.text}".strip() for part in headings)))
    texts = {"heading": heading} if heading else {}
    children = tuple(map(_row, rows))
    return ProposedSection("table", heading, texts, span_of([*headings, *rows]), _("A table."), 1.0, children=children)


def _row(row: OutlinePart) -> ProposedSection:
    kind = "table_head" if row.is_head else "table_row"
    texts: dict[str, str] = {}
    for position, cell in enumerate(row.cells):
        name = CELLS[min(position, MOST_COLUMNS - 1)]
        words = cell.words.text if row.is_head else f"<p>{cell.html}</p>" if cell.html.strip() else ""
        texts[name] = f"{texts.get(name, '')} {words}".strip()
    return ProposedSection(kind, "", {n: t for n, t in texts.items() if t}, row.span, _("A row of a table."), 1.0)
