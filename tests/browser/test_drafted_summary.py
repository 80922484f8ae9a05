"""A summary is drafted from the most important changes and taken over by a click; without a script it is text."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests.browser.editor import PATIENCE, log_in, open_editor
from tests.policies import body, draft, reloaded
from wagtail_privacy.models import PolicyPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

DRAFT = "Lagringstiden för ändamålet ”Leverera din order” ändras från 24 månader till 36 månader."


@pytest.fixture
def policy_page(root: Any, site: Any, editor: Any) -> PolicyPage:
    new = draft(root)
    new.save_revision(user=editor).publish()
    written = reloaded(new).get_latest_revision_as_object()
    written.body = body(duration="P36M")
    written.save_revision(user=editor)
    return reloaded(new)


def address(live_server: Any, page: PolicyPage) -> str:
    return str(live_server.url + reverse("wagtailadmin_pages:edit", args=[page.pk]) + "#tab-publication")


def test_the_draft_is_taken_over_by_a_click_and_what_was_written_stays(
    page: Page, live_server: Any, policy_page: PolicyPage
) -> None:
    log_in(page, live_server.url)
    open_editor(page, lambda: page.goto(address(live_server, policy_page)))
    field = page.locator("textarea[name=change_summary]")
    expect(page.locator("[data-privacy-draft]")).to_have_text(DRAFT)
    assert field.input_value() == ""
    field.fill("Kära kund!")
    page.get_by_role("button", name="Ta över som sammanfattning").click()
    assert field.input_value() == f"Kära kund!\n{DRAFT}"
    expect(field).to_be_focused()
    # It is what the editor wrote now: saved, and no longer offered.
    expect(page.locator("[data-privacy-draft]")).to_have_count(0, timeout=PATIENCE * 1000)
    assert reloaded(policy_page).get_latest_revision_as_object().change_summary.endswith(DRAFT)


def test_without_a_script_it_stands_there_to_be_copied(
    chromium: Browser, live_server: Any, policy_page: PolicyPage
) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="sv-SE")
    page = context.new_page()
    log_in(page, live_server.url)
    page.goto(address(live_server, policy_page))
    assert page.locator("[data-privacy-draft]").text_content() == DRAFT
    expect(page.get_by_role("button", name="Ta över som sammanfattning")).to_have_count(0)
    context.close()
