"""Rich text in the editor's form: Wagtail's converter keeps what it is parsing, so that each thread needs its own.

A block's widget is made once in a process, and its converter with it: two editors who opened a form at the same moment
got each other's words in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import local
from typing import Any

from wagtail import blocks

from wagtail_privacy.blocks.links import without_broken_links
from wagtail_privacy.policy.characters import legible
from wagtail_privacy.policy.sanitise import BLOCK_LEVEL
from wagtail_privacy.policy.tables import tables_as_lines


class ConverterPerThread:
    """Stands in for the ``converter`` of Draftail's widget: each thread has one of its own."""

    def __init__(self, converter: Any) -> None:
        self._class = type(converter)
        self.features = converter.features
        self._own = local()

    @property
    def _converter(self) -> Any:
        if not hasattr(self._own, "converter"):
            self._own.converter = self._class(self.features)
        return self._own.converter

    def from_database_format(self, html: str) -> Any:
        # The editor has no tables, and would run the words of one together that the API or a script stored.
        readable = tables_as_lines(legible(html), BLOCK_LEVEL)
        return self._converter.from_database_format(without_broken_links(readable))

    def to_database_format(self, contentstate_json: str) -> str:
        # In JSON a control character is written with letters: that the form's data have none says nothing.
        return legible(self._converter.to_database_format(contentstate_json))


def give_each_thread_a_converter(block: blocks.Block) -> None:
    """See to it that threads which read or write the rich text in ``block``, at any depth, leave each other alone.

    An editor other than Draftail is left as it is.
    """
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    for each in _rich_text_blocks(block):
        converter = getattr(each.field.widget, "converter", None)
        if isinstance(converter, ContentstateConverter):
            each.field.widget.converter = ConverterPerThread(converter)


def _rich_text_blocks(block: blocks.Block) -> Iterator[Any]:
    if isinstance(block, blocks.RichTextBlock):
        yield block
    elif isinstance(block, blocks.ListBlock):
        yield from _rich_text_blocks(block.child_block)
    else:
        for child in getattr(block, "child_blocks", {}).values():
            yield from _rich_text_blocks(child)
