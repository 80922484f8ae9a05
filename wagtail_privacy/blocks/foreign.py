"""Blocks that are not ours: what a site's own block says, as a section of the kind ``other``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import escape
from wagtail import blocks
from wagtail.rich_text import RichText

from wagtail_privacy.blocks.context import CompositionContext
from wagtail_privacy.blocks.fields import FactMixin
from wagtail_privacy.policy.sanitise import current_rules, sanitise, sanitise_block
from wagtail_privacy.policy.section import Section, without_empty


def other_section(block: Any, value: Any, id: str, context: CompositionContext) -> Section:
    """The section for a block that is not ours: its texts, and the rest of its value as a fact."""
    id = context.unique_id(id)
    context.rendered[id] = sanitise_block(str(block.render(value)))
    facts = {"block": block.name, "value": without_texts(block, value)}
    texts = list(texts_of(block, value))
    text = current_rules().choose(_joined(texts), "".join(texts))
    return Section("other", id, without_empty(facts), without_empty({"text": sanitise(text)}))


def _joined(texts: Iterable[str]) -> str:
    """``texts`` (HTML) one after the other, with a space where a word would go on in the next."""
    return _BETWEEN_WORDS.sub(" ", _BETWEEN.join(texts)).replace(_BETWEEN, "")


_BETWEEN = "\0"
_BETWEEN_WORDS = re.compile(r"(?<![\s>\0])\0+(?![\s<\0])")


_TEXT_BLOCKS = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock, blocks.RawHTMLBlock, blocks.BlockQuoteBlock)


def _is_text(block: Any) -> bool:
    return isinstance(block, _TEXT_BLOCKS) and not isinstance(block, FactMixin)


def texts_of(block: Any, value: Any) -> Iterator[str]:
    """The texts of any block as HTML, in order."""
    if isinstance(value, RichText):
        yield str(value.source)
    elif isinstance(block, blocks.RawHTMLBlock):
        yield str(value)
    elif _is_text(block):
        yield f"<p>{escape(value)}</p>" if value else ""
    else:
        for child, child_value in _children(block, value):
            yield from texts_of(child, child_value)


def without_texts(block: Any, value: Any) -> Any:
    """The value of any block as JSON without its texts, so that a translation states the same facts."""
    if _is_text(block):
        return None
    if isinstance(block, blocks.StreamBlock):
        return [{"type": item.block_type, "value": without_texts(item.block, item.value)} for item in value]
    if isinstance(block, blocks.ListBlock):
        return [without_texts(block.child_block, item) for item in value]
    if isinstance(block, blocks.BaseStructBlock) and hasattr(value, "bound_blocks"):
        return {name: without_texts(child.block, child.value) for name, child in value.bound_blocks.items()}
    return to_json_value(block.get_prep_value(value))


def _children(block: Any, value: Any) -> list[tuple[Any, Any]]:
    if isinstance(block, blocks.StreamBlock):
        return [(item.block, item.value) for item in value]
    if isinstance(block, blocks.ListBlock):
        return [(block.child_block, item) for item in value]
    if isinstance(block, blocks.BaseStructBlock) and hasattr(value, "bound_blocks"):
        return [(child.block, child.value) for child in value.bound_blocks.values()]
    return []


def to_json_value(value: Any) -> Any:
    """``value`` as JSON has it: dates, decimals and lazy strings as strings."""
    if isinstance(value, str | int | bool) or value is None:
        return value
    if isinstance(value, date):
        return value.isoformat()
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
