"""The main task with the keyboard alone: from the list of pages to a draft that answers whom the change concerns."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from tests.browser.editor import PATIENCE, log_in, open_editor, saving
from tests.policies import KEPT, PURPOSE, draft, reloaded

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

#: So many presses of the tab key and nothing found: the keyboard doesn't get there.
FAR = 150


def test_a_period_is_changed_and_the_question_answered_by_keyboard(
    page: Page, live_server: Any, root: Any, site: Any, editor: Any
) -> None:
    made = draft(root)
    made.save_revision(user=editor).publish()
    log_in(page, live_server.url)
    page.goto(live_server.url + reverse("wagtailadmin_explore", args=[root.pk]))
    edit = page.locator(f"main a[href='{reverse('wagtailadmin_pages:edit', args=[made.pk])}']").first
    open_editor(page, lambda: press(page, edit, "Enter"), unfolded=False)

    open_block(page, page.locator(f"#block-{PURPOSE}-section"))
    open_block(page, page.locator(f"#block-{KEPT}-section"))
    press(page, page.locator("[name='body-0-value-retention-0-value-duration_0']"), "ControlOrMeta+a", "3", "6")

    press(page, page.get_by_role("tab", name="Innehåll"), "ArrowRight", backwards=True)
    expect(page.get_by_role("tab", name="Publicering")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-privacy-part=outlook]")).to_contain_text("Viktig ändring", timeout=PATIENCE * 1000)
    press(page, page.locator("[name=change_materiality][value='']"), "ArrowDown")
    expect(page.locator("[name=change_materiality][value='material']")).to_be_checked()
    press(page, page.locator("[name=change_summary]"))
    page.keyboard.type("Vi sparar längre.")
    with saving(page):
        press(page, page.locator("footer button.action-save").last, "Enter")

    kept = reloaded(made).get_latest_revision_as_object()
    assert [duration(of) for of in (reloaded(made), kept)] == ["P24M", "P36M"]
    assert (kept.change_materiality, kept.change_summary) == ("material", "Vi sparar längre.")


def duration(of: Any) -> str:
    return str(of.body.raw_data[0]["value"]["retention"][0]["value"]["duration"])


def press(page: Page, target: Locator, *keys: str, backwards: bool = False) -> None:
    """Go to ``target`` with the tab key, see that it shows that it has the focus, and press ``keys``."""
    for _step in range(FAR):
        if target.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
    expect(target).to_be_focused()
    for key in keys:
        page.keyboard.press(key)


def open_block(page: Page, block: Locator) -> None:
    """Open a closed block by the button at its head."""
    toggle = block.locator("[data-panel-toggle]").first
    if toggle.get_attribute("aria-expanded") == "false":
        press(page, toggle, "Enter")
    expect(toggle).to_have_attribute("aria-expanded", "true")
