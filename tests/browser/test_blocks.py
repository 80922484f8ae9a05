"""Composing in the editor: what needs JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.editor import log_in, open_editor, saving
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


@pytest.mark.parametrize("kind", ["purpose", "rights", "cookies", "definitions", "earlier_history", "table"])
def test_a_new_block_can_be_written_in_and_saved(
    page: Page, live_server: Any, root: Any, site: Any, editor: Any, kind: str
) -> None:
    policy = root.add_child(instance=PolicyPage(title="Policy", live=False))
    policy.save_revision()
    log_in(page, live_server.url)
    open_editor(page, lambda: page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[policy.pk])))
    page.locator(".c-sf-add-button").first.click()
    label = str(PolicyPage.body.field.stream_block.child_blocks[kind].label)
    page.locator(".w-combobox__option").get_by_text(label, exact=True).click()
    expect(page.locator("[name='body-0-type']")).to_have_value(kind)
    with saving(page):
        page.locator("button.action-save").first.click()
    (block,) = PolicyPage.objects.get().get_latest_revision_as_object().body
    assert block.block_type == kind
