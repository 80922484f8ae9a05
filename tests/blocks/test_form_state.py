"""What the editor's form starts from when a block is added: a state for each of its fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override
from wagtail import blocks

from tests.blocks.bodies import page
from wagtail_privacy.blocks.base import RegisterChooserBlock
from wagtail_privacy.blocks.body import PolicyStreamBlock
from wagtail_privacy.blocks.compose import compose

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


def said_when_new(name: str) -> set[str]:
    """What a page would say where a block was added and nothing written in it."""
    block = BODY.child_blocks[name]
    body = BODY.to_python([{"type": name, "value": block.get_prep_value(block.get_default()), "id": "1"}])
    sections = compose(page(body=body), notice_period=30).snapshot.sections
    return {f"{each.kind}.{field}" for top in sections for each in top.walk() for field in (*each.facts, *each.texts)}


@pytest.mark.parametrize("name", BODY.child_blocks)
def test_a_block_that_was_only_added_states_nothing(name: str) -> None:
    # How changes are announced is what the policy's settings say, and somebody chose these.
    expected = {"change_notice.notice_period", "change_notice.tells_users"} if name == "change_notice" else set()
    assert said_when_new(name) == expected


def test_no_two_blocks_of_the_picker_have_one_name() -> None:
    for language in ("sv", "en", "fi", "nb", "da", "de"):
        with override(language):
            labels = [str(block.label) for block in BODY.child_blocks.values()]
        assert len(set(labels)) == len(labels), language
