"""How many form fields a policy has: a server takes so many and refuses the rest of the form, and the work with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from wagtail import blocks

#: From this part of the limit on, the form says how many there are.
NEAR = 0.8
#: What a browser sends beside the fields of the body and of the page: token, action, and the page's comments.
_FRAME = 12


@dataclass(frozen=True)
class FormSize:
    """``fields`` of a page's form, of ``limit`` (``DATA_UPLOAD_MAX_NUMBER_FIELDS``) that the server accepts."""

    fields: int
    limit: int

    @property
    def is_near_the_limit(self) -> bool:
        return self.fields >= NEAR * self.limit


def form_size(page: Any) -> FormSize | None:
    """The size of the form of ``page``, a draft; ``None`` where the site has no limit."""
    limit = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    if limit is None:
        return None
    form_class = page.get_edit_handler().get_form_class()
    others = len(form_class.base_fields) + 4 * len(form_class.formsets)
    return FormSize(_FRAME + others + _fields(page.body.stream_block, page.body), limit)


def _fields(block: blocks.Block, value: Any) -> int:
    """The form fields that Wagtail's editor sends for ``value`` of ``block``."""
    if isinstance(block, blocks.StreamBlock):
        return 1 + sum(4 + _fields(child.block, child.value) for child in value)
    if isinstance(block, blocks.ListBlock):
        return 1 + sum(3 + _fields(child.block, child.value) for child in value.bound_blocks)
    if isinstance(block, blocks.BaseStructBlock):
        return sum(_fields(child, value.get(name)) for name, child in block.child_blocks.items())
    widget = getattr(getattr(block, "field", None), "widget", None)
    if widget is None:
        return 0
    if isinstance(widget, forms.CheckboxInput):
        return 1 if value else 0  # a browser sends none that is not ticked
    return len(widget.widgets) if isinstance(widget, forms.MultiWidget) else 1
