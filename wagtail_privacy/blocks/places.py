"""Where in the editor's form something is written: the child block for a field, or for sections of a kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail import blocks

from wagtail_privacy.blocks.base import RegisterChooserBlock, SectionBlock


def child_for(stream: blocks.StreamBlock, kind: str, field: str) -> str:
    """The name of the child, in the block of ``kind`` somewhere in ``stream``, that ``field`` is written in: the child
    of that name, else the one that holds sections of the kind ``field``. Empty where there is none."""
    for block in _section_blocks(stream):
        if block.kind.name == kind:
            return field if field in block.child_blocks else _holding(block, field)
    return ""


def _holding(block: SectionBlock, kind: str) -> str:
    return next((name for name, child in block.child_blocks.items() if kind in kinds_held(child)), "")


def kinds_held(block: Any) -> Iterator[str]:
    """The kinds of section that ``block`` makes itself, or holds directly; not those in them."""
    if hasattr(block, "kind"):
        yield block.kind.name
    elif isinstance(block, RegisterChooserBlock):
        yield block.target_model.kind
    else:
        for child in _children(block):
            yield from kinds_held(child)


def _section_blocks(block: Any) -> Iterator[SectionBlock]:
    if isinstance(block, SectionBlock):
        yield block
    for child in _children(block):
        yield from _section_blocks(child)


def _children(block: Any) -> Iterator[Any]:
    if isinstance(block, blocks.ListBlock):
        yield block.child_block
    elif isinstance(block, blocks.StructBlock | blocks.StreamBlock):
        yield from block.child_blocks.values()
