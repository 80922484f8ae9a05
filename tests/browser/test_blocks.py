"""Composing in the editor: what needs JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.editor import log_in, open_editor, saving
from tests.browser.test_forms import add
from wagtail_privacy.models import PolicyPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_period_is_written_as_number_and_unit_and_shown_again(
    page: Page, live_server: Any, root: Any, site: Any, editor: Any
) -> None:
    body = [("retention_periods", {"periods": [("retention", {"applies_to": "Order", "duration": "P24M"})]})]
    policy = root.add_child(instance=PolicyPage(title="Policy", live=False, body=body))
    policy.save_revision()
    log_in(page, live_server.url)
    editing = live_server.url + reverse("wagtailadmin_pages:edit", args=[policy.pk])
    open_editor(page, lambda: page.goto(editing))
    number, unit = page.locator("[name$='duration_0']"), page.locator("[name$='duration_1']")
    expect(number).to_have_value("24")
    expect(unit).to_have_value("M")
    number.fill("3")
    unit.select_option("Y")
    with saving(page):
        page.locator("button.action-save").first.click()
    page.goto(editing)
    expect(number).to_have_value("3")
    expect(unit).to_have_value("Y")
    (periods,) = PolicyPage.objects.get().get_latest_revision_as_object().body
    assert periods.value["periods"][0].value["duration"] == "P3Y"


def test_new_blocks_can_be_written_in_and_saved(
    page: Page, live_server: Any, root: Any, site: Any, editor: Any
) -> None:
    kinds = ["purpose", "rights", "cookies", "definitions", "earlier_history", "table"]
    policy = root.add_child(instance=PolicyPage(title="Policy", live=False))
    policy.save_revision()
    log_in(page, live_server.url)
    open_editor(page, lambda: page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[policy.pk])))
    for number, kind in enumerate(kinds):
        add(page, str(PolicyPage.body.field.stream_block.child_blocks[kind].label))
        expect(page.locator(f"[name='body-{number}-type']")).to_have_value(kind)
    with saving(page):
        page.locator("button.action-save").first.click()
    body = PolicyPage.objects.get().get_latest_revision_as_object().body
    assert [block.block_type for block in body] == kinds
