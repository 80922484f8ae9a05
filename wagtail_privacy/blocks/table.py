"""A table of the editor's own: a row of column headings, and rows of cells with words and links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import SectionBlock, text_of
from wagtail_privacy.blocks.context import CompositionContext
from wagtail_privacy.blocks.fields import PASTED_TABLES, ItemsBlock, LineBlock, ProseBlock
from wagtail_privacy.blocks.raw import items
from wagtail_privacy.policy.kinds import CELLS, MOST_COLUMNS, Kind, kind_of
from wagtail_privacy.policy.section import Section, without_empty

#: What may stand in a cell: no headings.
CELL_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", PASTED_TABLES]
#: The class of a list in the form whose items stand beside each other.
BESIDE = "privacy-cells"


def cells_section(kind: Kind, cells: Iterable[Any], id: str, context: CompositionContext) -> Section:
    """Cells from left to right: the first is ``cell_1`` of the section, and so on. An empty one keeps its place.

    More cells than a table can have columns, which only code can write, stand together in the last one.
    """
    texts: dict[str, str] = {}
    for position, cell in enumerate(cells):
        field = kind.fields[min(position, MOST_COLUMNS - 1)]
        texts[field.name] = f"{texts.get(field.name, '')} {text_of(field, cell)}".strip()
    return Section(kind.name, context.unique_id(id), texts=without_empty(texts))


def cells_of(section: Section) -> list[str]:
    """The cells that :func:`cells_section` made ``section`` of."""
    filled = [position for position, name in enumerate(CELLS) if section.texts.get(name)]
    return [str(section.texts.get(name, "")) for name in CELLS[: max(filled, default=-1) + 1]]


class ColumnsBlock(ItemsBlock):
    """The column headings. No block of its own holds them: wagtail-localize finds no list in a block within a block."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(LineBlock(label=_("Column heading")), max_num=MOST_COLUMNS, form_classname=BESIDE, **kwargs)

    def to_section(self, value: Any, id: str, context: CompositionContext) -> Section:
        return cells_section(self.kind, value, id, context)

    def to_raw(self, section: Section) -> list[dict[str, Any]]:
        return items(cells_of(section), section.id, "columns")

    @property
    def kind(self) -> Kind:
        return kind_of("table_head")


class TableRowBlock(SectionBlock):
    cells = ItemsBlock(
        ProseBlock(label=_("Cell"), features=CELL_FEATURES),
        max_num=MOST_COLUMNS,
        form_classname=BESIDE,
        label=_("Cells"),
    )

    def to_section(self, value: Any, id: str, context: CompositionContext) -> Section:
        return cells_section(self.kind, value.get("cells") or (), id, context)

    def to_raw(self, section: Section) -> dict[str, Any]:
        return {"cells": items(cells_of(section), section.id, "cells")}

    class Meta:
        kind = "table_row"
        icon = "table"


class TableBlock(SectionBlock):
    heading = LineBlock()
    caption = LineBlock(help_text=_("What the table shows: “How long we keep your data”."))
    columns = ColumnsBlock(label=_("Column headings"))
    rows = ItemsBlock(
        TableRowBlock(),
        label=_("Rows"),
        help_text=_("The cells of each row from left to right. The first one names the row."),
    )

    class Meta:
        kind = "table"
        icon = "table"
        group = groups.FREE
        description = _("Rows and columns, for what is easier to compare than to read. A table can be pasted, too.")
        default = {"columns": ["", ""], "rows": [{"cells": ["", ""]}]}
        preview_value = {
            "caption": _("How long we keep your data"),
            "columns": [_("Data"), _("Kept for")],
            "rows": [
                {"cells": [_("<p>Logs</p>"), _("<p>12 months</p>")]},
                {"cells": [_("<p>Your account</p>"), _("<p>24 months after you last logged in</p>")]},
            ],
        }
