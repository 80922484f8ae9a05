"""A section of the kind ``table`` as it is laid out: column headings, and rows of as many cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from wagtail_privacy.policy.kinds import CELLS

#: With more columns, each row is laid out below the other cell by cell, however wide the screen is.
MOST_BESIDE_EACH_OTHER = 5


class CellsPassage(Protocol):
    """What :func:`grid_of` needs to know of a passage that holds cells."""

    @property
    def anchor(self) -> str: ...
    @property
    def says(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, as safe HTML, and the heading of its column."""

    label: str
    said: str


@dataclass(frozen=True)
class GridRow:
    """A row: the place on the page that leads to it, what names it, and the rest of its cells."""

    anchor: str
    first: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """``head`` is empty where no column has a heading."""

    head: tuple[str, ...]
    rows: tuple[GridRow, ...]

    @property
    def is_wide(self) -> bool:
        return max((len(row.cells) + 1 for row in self.rows), default=len(self.head)) > MOST_BESIDE_EACH_OTHER


def grid_of(heads: Sequence[CellsPassage], rows: Sequence[CellsPassage]) -> Grid:
    """``rows``, each with a cell for every column that any of them, or the headings, has words in."""
    width = columns_of(*heads, *rows)
    head = [heads[0].says[name] if heads else "" for name in CELLS[:width]]
    lines = []
    for row in rows:
        cells = [Cell(label, row.says[name]) for label, name in zip(head, CELLS, strict=False)]
        lines.append(GridRow(row.anchor, cells[0], tuple(cells[1:])))
    return Grid(tuple(head) if any(head) else (), tuple(lines))


def columns_of(*lines: CellsPassage) -> int:
    """How many columns the widest of the rows has: up to the last cell with words in it, and at least one."""
    filled = (position for line in lines for position, name in enumerate(CELLS, 1) if line.says.get(name))
    return max(filled, default=1)
