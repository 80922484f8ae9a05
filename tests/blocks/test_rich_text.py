"""What the editor's form makes of rich text that it did not write itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from wagtail.models import Page

from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.models import PolicyPage

pytestmark = pytest.mark.django_db
TABLE = (
    "<p>Så länge:</p><table><tr><th>Uppgift</th><th>Tid</th></tr><tr><td>Loggar</td><td>12 <b>mån</b></td></tr></table>"
)
LINES = ["Så länge:", "Uppgift – Tid", "Loggar – 12 mån"]


def widget() -> Any:
    body = PolicyPage.body.field
    body.formfield()  # gives each thread a converter
    return body.stream_block.child_blocks["text"].child_blocks["body"].field.widget


def test_a_table_that_a_script_stored_is_lines_in_the_editor(root: Page) -> None:
    blocks = json.loads(widget().converter.from_database_format(TABLE))["blocks"]
    assert [block["text"] for block in blocks if block["text"]] == LINES


def test_opened_and_saved_it_says_what_was_recorded(root: Page) -> None:
    stored = PolicyPage(title="Policy", locale=root.locale, body=[("text", {"body": TABLE})])
    converter = widget().converter
    saved = converter.to_database_format(converter.from_database_format(TABLE))
    opened = PolicyPage(title="Policy", locale=root.locale, body=[("text", {"body": saved})])
    before, after = (compose(page).snapshot.sections[0].texts for page in (stored, opened))
    assert before == after == {"body": "".join(f"<p>{line}</p>" for line in LINES).replace("12 mån", "12 <b>mån</b>")}
