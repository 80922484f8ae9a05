"""A table in a file of its own (CSV) as an outline: its first row names the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from wagtail_privacy.imports.inline import Run, has_words, inline, joined
from wagtail_privacy.imports.outline import LeftOut, Outline, OutlineCell, OutlinePart, Words

#: Spreadsheets of countries with a decimal comma write semicolons. Frequencies don't tell: a column of words has "m".
_SEPARATORS = (";", "\t", ",", "|")
_STATED = re.compile(r"\ufeff?sep=(.)[ \t]*(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
_LINES_TO_ASK = 20


def read_csv(source: str) -> Outline:
    """The outline of ``source``: one table."""
    stated = _STATED.match(source)
    start = stated.end() if stated else 0
    separator = stated.group(1) if stated else separator_of(source)
    parts = [_row(cells, is_head=number == 0) for number, cells in enumerate(_rows(source, start, separator))]
    left_out = LeftOut(source[:start].strip(), _("Tells which sign parts the cells."), (0, start)) if stated else None
    return Outline(source, tuple(parts), left_out=(left_out,) if left_out else (), format="csv")


def separator_of(source: str) -> str:
    """The sign that parts the cells of most lines into as many as the first line has; else a comma."""
    found = [_counts(source, sign) for sign in _SEPARATORS]
    score = [
        (sum(count == counts[0] for count in counts), counts[0]) if counts and counts[0] else (0, 0) for counts in found
    ]
    best = max(range(len(_SEPARATORS)), key=lambda number: score[number])
    return _SEPARATORS[best] if score[best][1] else ","


def _counts(source: str, sign: str) -> list[int]:
    """How many cells but one each of the first rows has, parted by ``sign``."""
    counts: list[int] = []
    for cells in _rows(source, 0, sign):
        counts.append(len(cells) - 1)
        if len(counts) == _LINES_TO_ASK:
            break
    return counts


def _rows(source: str, start: int, separator: str) -> Iterator[list[Run]]:
    """The cells of each row that has words, as RFC 4180 has it: what stands in quotation marks may hold anything."""
    border = re.compile(rf"[^{re.escape(separator)}\r\n]*")
    row: list[Run] = []
    while start < len(source):
        run, start = _cell(source, start, border)
        row.append(run)
        sign = source[start : start + 1]
        start += 1
        if sign != separator:
            start += sign == "\r" and source[start : start + 1] == "\n"
            if has_words(row):
                yield row
            row = []
    if has_words(row):
        yield row


_QUOTED = re.compile(r"[ \t]*\"((?:[^\"]|\"\")*)\"")


def _cell(source: str, start: int, border: re.Pattern[str]) -> tuple[Run, int]:
    quoted = _QUOTED.match(source, start) if source[start : start + 1] in ('"', " ", "\t") else None
    if quoted:
        rest = border.match(source, quoted.end())
        end = rest.end() if rest else quoted.end()
        if not source[quoted.end() : end].strip():
            # A doubled quotation mark is one, and the sign beside it no word: places hold.
            return Run(quoted.group(1).replace('""', '" '), quoted.start(1), quoted.end(1)), end
    plain = border.match(source, start)
    end = plain.end() if plain else start
    return Run(source[start:end], start, end), end


def _row(cells: list[Run], *, is_head: bool) -> OutlinePart:
    found = [inline([cell]) for cell in cells]
    row = tuple(
        one.as_cell() if one else OutlineCell(Words(""), "", (cell.start, cell.start))
        for one, cell in zip(found, cells, strict=True)
    )
    filled = [cell for cell in row if cell.words.text]
    html = " – ".join(cell.html for cell in filled)
    span = filled[0].span[0], filled[-1].span[1]
    return OutlinePart("row", joined(row), html, span, cells=row, is_head=is_head and len(row) > 1, table=1)
