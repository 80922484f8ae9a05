"""A block that says one thing: it turns its value into a section of its kind."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.functional import cached_property, lazy
from django.utils.html import escape, linebreaks, strip_tags
from django.utils.translation import gettext
from wagtail import blocks
from wagtail.rich_text import RichText
from wagtail.snippets.blocks import SnippetChooserBlock

from wagtail_privacy.blocks.fields import Fact
from wagtail_privacy.blocks.links import resolve_links
from wagtail_privacy.policy.kinds import Field, Kind, kind_of
from wagtail_privacy.policy.sanitise import sanitise, sanitise_block
from wagtail_privacy.policy.section import Section


@dataclass
class Reading:
    """What blocks need to know, and leave behind, while one body is read.

    ``stored`` holds the ids that the body's list items have in the database: an item without one is known by
    its position. ``notice_period`` (days) and ``tells_users`` are what the policy's settings really do.
    ``rendered`` collects the HTML of the blocks that are not ours, by section id.
    """

    stored: frozenset[str] = frozenset()
    notice_period: int | None = None
    tells_users: bool = True
    rendered: dict[str, str] = field(default_factory=dict)
    _taken: Counter[str] = field(default_factory=Counter)

    def claim(self, id: str) -> str:
        """``id``, or a variation of it if it is taken: a body put together by code may repeat one."""
        self._taken[id] += 1
        return id if self._taken[id] == 1 else f"{id}~{self._taken[id]}"


class SectionBlock(blocks.StructBlock):
    """A block whose value is a section of the kind named by ``Meta.kind``.

    Children named after a field of the kind become its facts and texts and take over its label. Any other child
    that holds sections (a section block, a register chooser, or a list or stream of these) becomes child
    sections. So most blocks are only declared. A site that subclasses a block and adds a field registers the
    field in the table of kinds; without that its content becomes a child section of the kind ``other``.
    """

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks, **kwargs)
        # An item of a list is never given a name, and so no label of that.
        self.label = self.meta.label or self.kind.label
        for name, child in self.child_blocks.items():
            known = self.kind.field(name)
            if known and not child.meta.label:
                child.label = known.label

    def set_name(self, name: str) -> None:
        super().set_name(name)
        if not self.meta.label:
            self.label = self.kind.label

    @property
    def kind(self) -> Kind:
        return kind_of(self.meta.kind)

    def normalize(self, value: Any) -> Any:
        """What ``value``, such as an item of a default, leaves out is as empty as in stored data.

        The editor's form needs a state for every child: without one, adding the block ends in a script error.
        """
        if isinstance(value, Mapping) and not isinstance(value, self.meta.value_class):
            value = {name: child.get_default() for name, child in self.child_blocks.items()} | dict(value)
        return super().normalize(value)

    def to_section(self, value: Any, id: str, reading: Reading) -> Section:
        """What ``value`` says."""
        id = reading.claim(id)
        facts: dict[str, Any] = {}
        texts: dict[str, Any] = {}
        children: list[Section] = []
        for name, child in self.child_blocks.items():
            known = self.kind.field(name)
            if known is None:
                children += sections_of(child, value.get(name), f"{id}/{name}", reading, parent=id)
            elif known.is_text:
                texts[name] = text_of(known, value.get(name))
            else:
                facts[name] = plain(child.get_prep_value(value.get(name)))
        return Section(self.kind.name, id, _filled(facts), _filled(texts), tuple(children))

    def get_preview_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        reading = Reading(notice_period=30)
        section = self.to_section(value, "preview", reading)
        return {**(parent_context or {}), "section": section, "shown": shown_of((section,)) | reading.rendered}

    class Meta:
        kind = "text"
        preview_template = "wagtail_privacy/blocks/preview.html"


#: A phrase of Wagtail's with a name filled in, when it is shown.
_naming = lazy(lambda phrase, name: gettext(phrase) % {"object": name}, str)


class RegisterChooserBlock(Fact, SnippetChooserBlock):
    """An entry of the register; the same one in every language."""

    def __init__(self, target_model: str, **kwargs: Any) -> None:
        super().__init__(target_model, required=False, **kwargs)

    @cached_property
    def widget(self) -> Any:
        """Wagtail's, which keeps its words in the language that it was made in; these are said in the reader's."""
        widget = SnippetChooserBlock.widget.func(self)
        name = self.target_model._meta.verbose_name
        widget.choose_one_text = _naming("Choose %(object)s", name)
        widget.choose_another_text = _naming("Choose another %(object)s", name)
        widget.link_to_chosen_text = _naming("Edit this %(object)s", name)
        return widget

    def to_section(self, value: Any, parent: str, reading: Reading) -> Section:
        return value.to_section(reading.claim(f"{parent}/{value.kind}:{value.key}"))


def sections_of(block: Any, value: Any, id: str, reading: Reading, *, parent: str = "") -> Iterator[Section]:
    """The sections that ``value`` of ``block`` holds; one of the kind ``other`` for a block that is not ours."""
    if value in (None, "", False):
        return
    if isinstance(block, SectionBlock):
        section = block.to_section(value, id, reading)
        if section.facts or section.texts or section.children:
            yield section
    elif isinstance(block, RegisterChooserBlock):
        yield block.to_section(value, parent or id, reading)
    elif isinstance(block, blocks.ListBlock):
        for n, item in enumerate(value.bound_blocks):
            item_id = item.id if item.id in reading.stored else f"{id}:{n}"
            yield from sections_of(item.block, item.value, item_id, reading, parent=parent)
    elif isinstance(block, blocks.StreamBlock):
        for n, item in enumerate(value):
            yield from sections_of(item.block, item.value, item.id or f"{id}:{n}", reading, parent=parent)
    else:
        yield other(block, value, id, reading)


def other(block: Any, value: Any, id: str, reading: Reading) -> Section:
    """The section for a block that is not ours: its texts, and the rest of its value as a fact."""
    id = reading.claim(id)
    reading.rendered[id] = sanitise_block(str(block.render(value)))
    facts = {"block": block.name, "value": without_texts(block, value)}
    text = "".join(texts_of(block, value))
    return Section("other", id, _filled(facts), _filled({"text": sanitise(text)}))


def text_of(known: Field, value: Any) -> Any:
    """``value`` as a text of the type that ``known`` says."""
    if known.type == "lines":
        return [line for line in map(str, value or ()) if line.strip()]
    if known.type == "prose":
        html = str(value.source) if isinstance(value, RichText) else linebreaks(str(value or ""), autoescape=True)
        html = sanitise(html)
        return html if strip_tags(html).strip() else ""
    return strip_tags(str(value.source)) if isinstance(value, RichText) else str(value or "").strip()


def plain(value: Any) -> Any:
    """``value`` as JSON has it: dates, decimals and lazy strings as strings."""
    if isinstance(value, str | int | bool) or value is None:
        return value
    if isinstance(value, date):
        return value.isoformat()
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def shown_of(sections: Iterable[Section]) -> dict[str, str]:
    """The HTML of every prose text at any depth, links resolved for the active language: ``"<id>:<field>"``."""
    prose = {
        f"{section.id}:{known.name}": str(section.texts[known.name])
        for top in sections
        for section in top.walk()
        if section.kind != "other"
        for known in kind_of(section.kind).texts
        if known.type == "prose" and section.texts.get(known.name)
    }
    return dict(zip(prose, resolve_links(list(prose.values())), strict=True))


_TEXT_BLOCKS = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock, blocks.RawHTMLBlock, blocks.BlockQuoteBlock)


def _is_text(block: Any) -> bool:
    return isinstance(block, _TEXT_BLOCKS) and not isinstance(block, Fact)


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
    return plain(block.get_prep_value(value))


def _children(block: Any, value: Any) -> list[tuple[Any, Any]]:
    if isinstance(block, blocks.StreamBlock):
        return [(item.block, item.value) for item in value]
    if isinstance(block, blocks.ListBlock):
        return [(block.child_block, item) for item in value]
    if isinstance(block, blocks.BaseStructBlock) and hasattr(value, "bound_blocks"):
        return [(child.block, child.value) for child in value.bound_blocks.values()]
    return []


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", False, [], {})}
