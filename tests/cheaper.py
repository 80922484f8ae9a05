"""What tests do without, because no test asks for it and it took a third of their minutes.

Nothing of this changes what the package does: it is how Django and Wagtail watch themselves, make again what does not
change, and clean up.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.core.signals import setting_changed
from django.template import Context, Template
from django.test.utils import instrumented_test_render
from django.utils.translation import get_language
from wagtail.blocks.base import BlockWidget

_plain_render = Template._render
_pack = BlockWidget._build_block_json


@contextmanager
def cheaper() -> Iterator[None]:
    """Within this block, and for a whole process that runs tests: all of them."""
    collect_seldom()
    with watched_pages_only(), blocks_packed_once():
        yield


def collect_seldom() -> None:
    """Python looks for garbage each time some hundred objects were made: with all of Wagtail loaded, a long look."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 50, 1_000)


def watched_pages_only() -> Any:
    """``response.context`` is of the page's own template, not of each that it includes, whose contexts are copied."""
    return patch.object(Template, "_render", _render)


def _render(template: Template, context: Context) -> Any:
    return (instrumented_test_render if context.template is template else _plain_render)(template, context)


@contextmanager
def blocks_packed_once() -> Iterator[None]:
    """Wagtail describes all blocks to the browser anew in each form: the same in a language, whatever the page is.

    Settings are what can change it.
    """
    packed: dict[Any, Any] = {}

    def build(widget: Any) -> None:
        key = id(widget.block_def), get_language()
        if key not in packed:
            _pack(widget)
            packed[key] = widget._js_context, widget._block_json
        widget._js_context, widget._block_json = packed[key]

    def forget(**changed: Any) -> None:
        packed.clear()

    setting_changed.connect(forget)
    with patch.object(BlockWidget, "_build_block_json", build):
        yield
    setting_changed.disconnect(forget)
