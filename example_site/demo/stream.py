"""From a demo policy's parts to the raw StreamField that an editor's form would save, and to its translation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail import blocks
from wagtail_localize.strings import extract_strings

from example_site.demo.story import Part, Phrase
from wagtail_privacy.blocks.base import SectionBlock
from wagtail_privacy.blocks.body import PolicyStreamBlock
from wagtail_privacy.blocks.fields import ItemsBlock
from wagtail_privacy.policy.kinds import Field, kind_of

BODY = PolicyStreamBlock()
#: The lists of cells, by their names in the blocks of a table, and the kind of row that each is.
CELLS_OF = {"columns": "table_head", "cells": "table_row"}
Raw = dict[str, Any]


def raw_body(policy: Part, language: str = "sv") -> list[Raw]:
    """All of ``policy`` in ``language``. A block has one id in all versions and languages: it is made from its name."""
    return _Writer(policy.values["slug"].sv, language).stream(BODY, policy.parts, "body")


def translations(policy: Part, language: str) -> dict[str, str]:
    """Every Swedish string of ``policy`` with the one in ``language``, cut up as wagtail-localize cuts texts."""
    pairs: dict[str, str] = {}
    for section in policy.walk():
        for name, value in section.values.items():
            known = kind_of(section.kind).field(name)
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, Phrase):
                    sides = (text.sv, getattr(text, language))
                    pairs.update(_segments(*sides) if known and known.type == "prose" else [sides])
    return pairs


def _segments(*sides: str) -> Iterator[tuple[str, str]]:
    source, target = ([string.data for string, _ in extract_strings(_html(side))[1]] for side in sides)
    return zip(source, target, strict=True)


def _html(text: str) -> str:
    return text if not text or text.startswith("<") else f"<p>{text}</p>"


class _Writer:
    def __init__(self, slug: str, language: str) -> None:
        self.root = uuid5(NAMESPACE_URL, f"policy:{slug}")
        self.language = language
        self._numbers = cache(lambda model: dict(model.objects.values_list("key", "pk")))

    def stream(self, block: blocks.StreamBlock, parts: tuple[Part, ...], path: str) -> list[Raw]:
        return [self._child(block, part, f"{path}/{part.name}") for part in parts]

    def _child(self, block: blocks.StreamBlock, part: Part, path: str) -> Raw:
        if "key" in part.values:
            chooser = block.child_blocks["register"]
            value = self._numbers(chooser.target_model)[part.values["key"]]
            return {"type": "register", "value": value, "id": self._id(path)}
        value = self._struct(block.child_blocks[part.kind], part, path)
        return {"type": part.kind, "value": value, "id": self._id(path)}

    def _struct(self, block: SectionBlock, part: Part, path: str) -> Raw:
        raw: Raw = {}
        for name, child in block.child_blocks.items():
            known = block.kind.field(name)
            if known:
                raw[name] = self._value(known, part.values.get(name), f"{path}/{name}")
            elif isinstance(child, blocks.StreamBlock):
                mine = tuple(one for one in part.parts if one.kind in child.child_blocks)
                raw[name] = self.stream(child, mine, path)
            elif isinstance(child, ItemsBlock) and name in CELLS_OF:
                raw[name] = self._cells(part, CELLS_OF[name], f"{path}/{name}")
            elif isinstance(child, blocks.ListBlock):
                mine = tuple(one for one in part.parts if one.kind == child.child_block.kind.name)
                raw[name] = [self._item(child, one, f"{path}/{one.name}") for one in mine]
        return raw

    def _cells(self, part: Part, kind: str, path: str) -> list[Raw]:
        """The cells of a row, which is ``part`` itself or in it."""
        row = next(one for one in (part, *part.parts) if one.kind == kind)
        said = [self._said(known, row.values[known.name]) for known in kind_of(kind).texts if known.name in row.values]
        return [{"type": "item", "value": cell, "id": self._id(f"{path}/{n}")} for n, cell in enumerate(said)]

    def _item(self, block: blocks.ListBlock, part: Part, path: str) -> Raw:
        return {"type": "item", "value": self._struct(block.child_block, part, path), "id": self._id(path)}

    def _value(self, known: Field, value: Any, path: str) -> Any:
        if isinstance(value, list):
            return [
                {"type": "item", "value": self._said(known, one), "id": self._id(f"{path}/{n}")}
                for n, one in enumerate(value)
            ]
        if value is None:
            return {"lines": [], "flag": False, "number": None}.get(known.type, "")
        return self._said(known, value)

    def _said(self, known: Field, value: Any) -> Any:
        said = getattr(value, self.language) if isinstance(value, Phrase) else value
        return _html(said) if known.type == "prose" else said

    def _id(self, path: str) -> str:
        return str(uuid5(self.root, path))
