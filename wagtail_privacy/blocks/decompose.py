"""The inverse of composing: sections become the raw values that a StreamField stores, with their ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from wagtail import blocks

from wagtail_privacy.blocks.base import RegisterChooserBlock, SectionBlock
from wagtail_privacy.blocks.places import kinds_held
from wagtail_privacy.blocks.raw import Raw, items, made_id
from wagtail_privacy.policy.flatten import as_text
from wagtail_privacy.policy.kinds import Field
from wagtail_privacy.policy.section import Section

#: What a field that states nothing holds in stored data, by its type.
_EMPTY: dict[str, Any] = {"lines": [], "flag": False, "number": None}


def decompose(stream: blocks.StreamBlock, sections: Iterable[Section]) -> list[Raw]:
    """``sections`` as the raw value of ``stream``: composing a page that holds it yields them again.

    Which block a section becomes, and where in it each field stands, is read from the blocks' own declarations. A
    section that no block of ``stream`` makes becomes a text with all its words. One from the register becomes the
    entry with its key, or is written in place where there is none any more. What follows from a policy's settings, the
    content of a site's own block that is no section block, and the ids that composing makes itself are not kept.
    """
    return [_stream_child(stream, section) for section in sections]


def _stream_child(stream: blocks.StreamBlock, section: Section) -> Raw:
    for name, block in stream.child_blocks.items():
        if isinstance(block, RegisterChooserBlock) and (entry := _entry_of(block, section)):
            return {"type": name, "value": entry, "id": made_id(section.id)}
    for name, block in stream.child_blocks.items():
        if isinstance(block, SectionBlock) and block.kind.name == section.kind:
            return {"type": name, "value": _struct(block, section), "id": section.id}
    text = as_text(section)
    name, block = next(item for item in stream.child_blocks.items() if "text" in kinds_held(item[1]))
    return {"type": name, "value": _struct(block, text), "id": text.id}


def _entry_of(block: RegisterChooserBlock, section: Section) -> int | None:
    """The primary key of the entry of the register that ``section`` is."""
    if section.kind != block.target_model.kind or not section.facts.get("key"):
        return None
    found: int | None = block.target_model.objects.filter(key=section.facts["key"]).values_list("pk", flat=True).first()
    return found


def _struct(block: SectionBlock, section: Section) -> Raw:
    if hasattr(block, "to_raw"):
        raw: Raw = block.to_raw(section)
        return raw
    raw, left = {}, list(section.children)
    for name, child in block.child_blocks.items():
        known = block.kind.field(name)
        if known:
            raw[name] = _value(known, section)
            continue
        kinds = set(kinds_held(child))
        mine = [each for each in left if each.kind in kinds]
        left = [each for each in left if each.kind not in kinds]
        raw[name] = _children(child, mine)
    return raw


def _value(known: Field, section: Section) -> Any:
    value: Any = (section.texts if known.is_text else section.facts).get(known.name)
    if known.type == "lines":
        return items(value or (), section.id, known.name)
    return value if value is not None else _EMPTY.get(known.type, "")


def _children(block: Any, sections: Sequence[Section]) -> Any:
    """The raw value of a child that holds sections."""
    if isinstance(block, blocks.StreamBlock):
        return decompose(block, sections)
    if hasattr(block, "to_raw"):
        return block.to_raw(sections[0]) if sections else block.get_prep_value(block.get_default())
    if isinstance(block, blocks.ListBlock):
        return [{"type": "item", "value": _struct(block.child_block, each), "id": each.id} for each in sections]
    if isinstance(block, SectionBlock):
        return _struct(block, sections[0]) if sections else {}
    return block.get_prep_value(block.get_default())
