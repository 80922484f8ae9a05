"""What the editor's form starts from when a block is added: a state for each of its fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override
from wagtail import blocks

from wagtail_privacy.blocks.base import RegisterChooserBlock
from wagtail_privacy.blocks.body import PolicyStreamBlock

BODY = PolicyStreamBlock()


def without_state(block: Any, state: Any, path: str) -> Iterator[str]:
    """The fields of ``block`` that ``state`` leaves out, at any depth, new items of its lists and streams included."""
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            if name in state:
                yield from without_state(child, state[name], f"{path}.{name}")
            else:
                yield f"{path}.{name}"
    elif isinstance(block, blocks.ListBlock):
        for item in [*(item["value"] for item in state), new(block.child_block)]:
            yield from without_state(block.child_block, item, f"{path}[]")
    elif isinstance(block, blocks.StreamBlock):
        for name, child in block.child_blocks.items():
            yield from without_state(child, new(child), f"{path}/{name}")


def new(block: Any) -> Any:
    return block.get_form_state(block.get_default())


@pytest.mark.django_db
@pytest.mark.parametrize("name", BODY.child_blocks)
def test_a_new_block_has_a_state_for_each_field(name: str) -> None:
    block = BODY.child_blocks[name]
    assert list(without_state(block, new(block), name)) == []


def test_what_a_value_leaves_out_is_empty_and_not_the_default_of_a_new_block() -> None:
    rights = BODY.child_blocks["rights"].normalize({"heading": "Dina rättigheter"})
    assert len(rights["rights"]) == 0
    assert rights["response_time"] == ""


def test_an_entry_is_chosen_in_the_editor_s_language() -> None:
    widget = RegisterChooserBlock("wagtail_privacy.Recipient").widget
    with override("sv"):
        assert "mottagare" in str(widget.choose_one_text)
    with override("fi"):
        assert "mottagare" not in str(widget.choose_one_text)
