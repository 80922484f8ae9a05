"""A block that says one thing: it turns its value into a section of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.functional import cached_property, lazy
from django.utils.html import linebreaks, strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.rich_text import RichText
from wagtail.snippets.blocks import SnippetChooserBlock

from wagtail_privacy.blocks.context import CompositionContext
from wagtail_privacy.blocks.fields import FactMixin, LineBlock, PartialDateBlock, ProseBlock
from wagtail_privacy.blocks.foreign import other_section, to_json_value
from wagtail_privacy.blocks.layout import ROWS, Part, SectionBlockAdapter, layout
from wagtail_privacy.blocks.links import resolve_links
from wagtail_privacy.policy.kinds import Field, Kind, kind_of
from wagtail_privacy.policy.sanitise import current_rules, sanitise
from wagtail_privacy.policy.section import Section, without_empty
from wagtail_privacy.policy.words import plain


class SectionBlock(blocks.StructBlock):
    """A block whose value is a section of the kind named by ``Meta.kind``.

    Children named after a field of the kind become its facts and texts and take over its label. Any other child
    that holds sections (a section block, a register chooser, or a list or stream of these) becomes child
    sections. So most blocks are only declared. A site that subclasses a block and adds a field registers the
    field in the table of kinds; without that its content becomes a child section of the kind ``other_section``.
    """

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks, **kwargs)
        # The item of a list has no name to take a label from.
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

    @property
    def summary(self) -> tuple[Part, ...]:
        """What it is called when it is closed: by ``Meta.summary``, else by what names a section of its kind."""
        return tuple(self.meta.summary) or ((self.kind.named_by, ""),)

    def get_form_layout(self) -> blocks.BlockGroup:
        """The site's own ``Meta.form_layout``; else all fields in order, those of ``Meta.folded`` closed at the end."""
        if self.meta.form_layout is not None:
            return super().get_form_layout()
        return layout(tuple(self.child_blocks), self.meta.folded, self._labels)

    def _labels(self, names: Iterable[str]) -> list[str]:
        return [str(self.child_blocks[name].label) for name in names]

    def normalize(self, value: Any) -> Any:
        """What ``value``, such as an item of a default, leaves out is as empty as in stored data.

        The editor's form needs a state for every child: without one, adding the block ends in a script error.
        """
        if isinstance(value, Mapping) and not isinstance(value, self.meta.value_class):
            value = {name: child.get_default() for name, child in self.child_blocks.items()} | dict(value)
        return super().normalize(value)

    def to_section(self, value: Any, id: str, context: CompositionContext) -> Section:
        """What ``value`` says."""
        id = context.unique_id(id)
        facts: dict[str, Any] = {}
        texts: dict[str, Any] = {}
        children: list[Section] = []
        for name, child in self.child_blocks.items():
            known = self.kind.field(name)
            if known is None:
                children += sections_of(child, value.get(name), f"{id}/{name}", context, parent=id)
            elif known.is_text:
                texts[name] = text_of(known, value.get(name))
            else:
                facts[name] = to_json_value(child.get_prep_value(value.get(name)))
        return Section(self.kind.name, id, without_empty(facts), without_empty(texts), tuple(children))

    def get_preview_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = CompositionContext(notice_period=30)
        section = self.to_section(value, "preview", context)
        return {**(parent_context or {}), "section": section, "shown": render_prose((section,)) | context.rendered}

    class Meta:
        kind = "text"
        form_classname = f"struct-block {ROWS}"
        #: The fields of each fold.
        folded: Sequence[Sequence[str]] = ()
        #: Empty: what names a section of its kind.
        summary: Sequence[Part] = ()
        preview_template = "wagtail_privacy/blocks/preview.html"


register(SectionBlockAdapter(), SectionBlock)


class GroupBlock(SectionBlock):
    """A heading and an introduction to what stands below them."""

    heading = LineBlock()
    date = PartialDateBlock(help_text=_("If the text gives a day of its own: 2018, May 2018 or 25 May 2018."))
    introduction = ProseBlock()

    class Meta:
        folded = (("date",),)


#: A phrase of Wagtail's with a name filled in, when it is shown.
_naming = lazy(lambda phrase, name: gettext(phrase) % {"object": name}, str)


class RegisterChooserBlock(FactMixin, SnippetChooserBlock):
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

    def to_section(self, value: Any, parent: str, context: CompositionContext) -> Section:
        return value.to_section(context.unique_id(f"{parent}/{value.kind}:{value.key}"))


def sections_of(block: Any, value: Any, id: str, context: CompositionContext, *, parent: str = "") -> Iterator[Section]:
    """The sections that ``value`` of ``block`` holds; one of kind ``other`` for a block that is not ours."""
    if value in (None, "", False):
        return
    if isinstance(block, RegisterChooserBlock):
        yield block.to_section(value, parent or id, context)
    elif hasattr(block, "to_section"):
        section = block.to_section(value, id, context)
        if section.facts or section.texts or section.children:
            yield section
    elif isinstance(block, blocks.ListBlock):
        for n, item in enumerate(value.bound_blocks):
            item_id = item.id if item.id in context.stored else f"{id}:{n}"
            yield from sections_of(item.block, item.value, item_id, context, parent=parent)
    elif isinstance(block, blocks.StreamBlock):
        for n, item in enumerate(value):
            yield from sections_of(item.block, item.value, item.id or f"{id}:{n}", context, parent=parent)
    else:
        yield other_section(block, value, id, context)


def text_of(known: Field, value: Any) -> Any:
    """``value`` as a text of the type that ``known`` says."""
    if known.type == "lines":
        return [line for line in map(str, value or ()) if line.strip()]
    if known.type == "prose":
        html = str(value.source) if isinstance(value, RichText) else linebreaks(str(value or ""), autoescape=True)
        html = sanitise(html)
        return html if strip_tags(html).strip() else ""
    if not isinstance(value, RichText):
        return str(value or "").strip()
    source = str(value.source)
    return current_rules().choose(" ".join(plain(source).split()), strip_tags(source))


def render_prose(sections: Iterable[Section]) -> dict[str, str]:
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
