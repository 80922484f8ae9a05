"""How a block looks in the editor's form: what is folded, what stands in one row, and what it is called when closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property, lazy
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.blocks.struct_block import BlockGroup, StructBlockAdapter

from wagtail_privacy.policy.vocabulary import Label

#: Puts short fields of a block beside each other, as far as there is room.
ROWS = "privacy-rows"


class Fold(BlockGroup):
    """Fields that are seldom needed, in a closed part of the form that is called by what is in it.

    Wagtail's own reads its heading at once, when languages aren't ready; this one when the form is shown.
    """

    def __init__(self, children: Sequence[str], labels: Any) -> None:
        self.children = list(children)
        self.settings: list[str] = []
        self.heading = lazy(lambda: ", ".join(map(str, labels())), str)()
        self.clean_name = f"more_{self.children[0]}"
        self.classname = f"collapsed {ROWS}"
        self.help_text = ""
        self.icon = "plus-inverse"
        self.attrs: dict[str, str] = {}
        self.label_format = ""


def layout(names: Sequence[str], folded: Sequence[Sequence[str]], labels: Any) -> BlockGroup:
    """All of ``names`` in order, those of each fold together at the end. ``labels`` gives the words for names."""
    folds = [[name for name in fold if name in names] for fold in folded]
    hidden = {name for fold in folds for name in fold}
    shown: list[Any] = [name for name in names if name not in hidden]
    return BlockGroup([*shown, *(Fold(fold, _labels_of(fold, labels)) for fold in folds if fold)])


def _labels_of(fold: Sequence[str], labels: Any) -> Any:
    return lambda: labels(fold)


#: A part of what a closed block is called: the first of these fields that says something, in ``"from {}"`` if given.
Part = tuple[Sequence[str], Label]


class SectionBlockAdapter(StructBlockAdapter):
    """Wagtail's, with what the block is called when closed (``Meta.summary``), and folds that hold something open."""

    js_constructor = "wagtail_privacy.SectionBlock"

    def js_args(self, block: blocks.StructBlock) -> list[Any]:
        name, children, meta = super().js_args(block)
        meta["summary"] = [[list(fields), words] for fields, words in block.summary]
        return [name, children, meta]

    @cached_property
    def media(self) -> forms.Media:
        return super().media + forms.Media(
            js=[
                versioned_static("wagtail_privacy/js/closed_values.js"),
                versioned_static("wagtail_privacy/js/sections.js"),
            ],
            css={"all": [versioned_static("wagtail_privacy/css/sections.css")]},
        )
