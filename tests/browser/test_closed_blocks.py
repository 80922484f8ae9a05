"""A closed block has no form until it is opened; nobody may notice, but for the size of the page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from playwright.sync_api import Locator, Page, expect
from wagtail.models import Comment

from tests.browser.editor import UNFOLD, saving
from tests.browser.test_forms import BODY, TOP, edit, policy, stored
from tests.policies import KEPT, PURPOSE, TEXT, body, reloaded
from wagtail_privacy.models import DataCategory, PolicyPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SENT = """() => [...new FormData(document.querySelector('form[data-edit-form]'))]
.filter(([name]) => name.startsWith('body-'))"""
#: Draftail writes what it holds anew a little after it has come up.
SETTLED = 1500  # milliseconds


def has_preview(block: Any) -> bool:
    """Without one it is empty, and an empty block is open."""
    return bool(getattr(block.meta, "preview_value", None))


def of_each_kind() -> list[dict[str, Any]]:
    """A block of each kind with what its preview shows, and one that chooses from the register."""
    blocks = {kind: block.meta.preview_value for kind, block in BODY.child_blocks.items() if has_preview(block)}
    chosen = {"data_categories": [("register", DataCategory.objects.create(key="namn", name="Namn"))]}
    found = [*(stored(kind, value) for kind, value in blocks.items()), stored("data_categories", chosen)]
    return json.loads(json.dumps(found, cls=DjangoJSONEncoder))


def saved(page: Page, of: PolicyPage) -> list[dict[str, Any]]:
    """Save the draft; its body as it is stored then."""
    with saving(page):
        page.locator("button.action-save").first.click()
    return raw(of)


def raw(of: PolicyPage) -> list[dict[str, Any]]:
    return json.loads(reloaded(of).get_latest_revision().content["body"])


def written(value: Any) -> Any:
    """What is in a body: without what is empty, its lines apart as they are before a browser sends them."""
    if isinstance(value, str):
        value = value.replace("\r\n", "\n")
    if isinstance(value, list):
        return [written(item) for item in value]
    if isinstance(value, dict):
        return {name: written(held) for name, held in value.items() if held not in (None, "", False, [])}
    return value


def toggle(block: Locator) -> Locator:
    return block.locator("[data-panel-toggle]").first


def small(root: Any) -> PolicyPage:
    return policy(root, *json.loads(body(new="Svara på frågor")))


def test_closed_it_sends_what_its_form_sends_and_saved_untouched_it_is_what_it_was(
    page: Page, live_server: Any, root: Any, site: Any, editor: Any
) -> None:
    """Wagtail compares what is sent to know of unsaved changes, and keeps what is sent."""
    blocks = json.loads(json.dumps(of_each_kind()).replace("<p>", '<p data-block-key=\\"a1b2c\\">'))
    of = policy(root, *blocks)
    edit(page, live_server.url, of)
    assert page.locator(f"{TOP} [contenteditable]").count() == 0
    closed = page.evaluate(SENT)
    page.evaluate(UNFOLD)
    page.wait_for_timeout(SETTLED)
    assert page.locator(f"{TOP} [contenteditable]").count() > 20
    assert page.evaluate(SENT) == closed
    assert len(closed) > 200

    page.reload()
    assert page.locator(f"{TOP} [contenteditable]").count() == 0
    once = saved(page, of)  # what a script left out is stored as empty
    assert written(once) == written(blocks)
    assert saved(page, of) == once


def test_by_keyboard_it_is_opened_and_written_in(
    page: Page, live_server: Any, root: Any, site: Any, editor: Any
) -> None:
    of = small(root)
    before = raw(of)
    edit(page, live_server.url, of)
    toggle(page.locator(TOP).first).focus()
    page.keyboard.press("Enter")
    field = page.locator("[name='body-0-value-title']")
    for _ in range(20):
        page.keyboard.press("Tab")
        if field.evaluate("each => each === document.activeElement"):
            break
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("Skicka bröd")
    after = saved(page, of)
    assert after[0]["value"].pop("title") == "Skicka bröd"
    assert before[0]["value"].pop("title") == "Leverera din order"
    assert [block["value"].get("heading") for block in after] == [None, "Om oss", None]
    assert after[0]["value"]["retention"][0]["value"]["duration"] == "P24M"


def test_an_error_in_it_opens_it(page: Page, live_server: Any, root: Any, site: Any, editor: Any) -> None:
    blocks = json.loads(body())
    blocks[0]["value"]["retention"][0]["value"]["duration"] = "två år"
    edit(page, live_server.url, policy(root, *blocks))
    expect(page.locator(f"#block-{KEPT}-section")).to_have_count(0)
    with saving(page):
        page.locator("button.action-save").first.click()
    kept = page.locator(f"#block-{KEPT}-section")
    expect(kept.locator(".error-message")).to_be_visible()
    expect(kept.locator("[name$='duration_0']")).to_have_value("två år")


def test_copied_moved_and_removed_it_keeps_what_it_holds(
    page: Page, live_server: Any, root: Any, site: Any, editor: Any
) -> None:
    of = small(root)
    edit(page, live_server.url, of)
    first, text = page.locator(TOP).nth(0), page.locator(TOP).nth(1)
    first.locator("[data-streamfield-action=DUPLICATE]").first.click()
    expect(page.locator(TOP)).to_have_count(4)
    text = page.locator(f"[data-contentpath='{TEXT}']")
    text.locator("[data-streamfield-action=MOVE_UP]").first.click()
    text.locator("[data-streamfield-action=MOVE_UP]").first.click()
    page.locator(TOP).last.locator("[data-streamfield-action=DELETE]").first.click()
    found = saved(page, of)
    assert [block["type"] for block in found] == ["text", "purpose", "purpose"]
    assert "Vi säljer bröd." in found[0]["value"]["body"]
    (one, other) = ({**block["value"], "retention": block["value"]["retention"][0]} for block in found[1:])
    assert one["title"] == other["title"] == "Leverera din order"
    assert one["retention"]["value"] == other["retention"]["value"]
    assert len({block["id"] for block in found} | {one["retention"]["id"], other["retention"]["id"]}) == 5


def test_what_is_commented_on_has_its_comment(page: Page, live_server: Any, root: Any, site: Any, editor: Any) -> None:
    of = small(root)
    path = f"body.{PURPOSE}.retention.{KEPT}.starts"
    Comment.objects.create(page=of, user=editor, text="Vilken dag?", contentpath=path, position="")
    edit(page, live_server.url, of)
    field = page.locator(f"[data-contentpath='{KEPT}'] [data-contentpath=starts]")
    expect(field.locator(".w-field__comment-button:not([data-comment-add])")).to_be_attached()
    page.evaluate(UNFOLD)
    expect(field.locator(".w-field__comment-button:not([data-comment-add])")).to_be_visible()


def test_a_finding_in_it_opens_it(page: Page, live_server: Any, root: Any, site: Any, editor: Any) -> None:
    blocks = json.loads(body())
    del blocks[0]["value"]["retention"][0]["value"]["starts"]
    edit(page, live_server.url, policy(root, *blocks))
    expect(page.locator(f"#block-{KEPT}-section")).to_have_count(0)
    expect(page.locator(f"#block-{PURPOSE}-section > .w-panel__header > .privacy-mark--warning")).to_be_visible()
    page.locator("[role=tab][href='#tab-publication']").click()
    page.locator(f"[data-privacy-part=findings] a[data-privacy-path='{PURPOSE} {KEPT}']").first.click()
    kept = page.locator(f"#block-{KEPT}-section")
    expect(kept).to_be_in_viewport()
    expect(kept.locator(":focus")).to_be_attached()
    expect(kept.locator("> .w-panel__header > .privacy-mark--warning")).to_be_visible()


def test_the_browsers_search_and_opening_all_find_what_is_in_it(
    page: Page, live_server: Any, root: Any, site: Any, editor: Any
) -> None:
    edit(page, live_server.url, small(root))
    content = page.locator(f"#block-{PURPOSE}-content")
    expect(content).to_have_attribute("hidden", "until-found")
    assert (content.text_content() or "").strip() == "Leverera din order 24 månader leveransen"
    content.dispatch_event("beforematch")
    expect(page.locator("[name='body-0-value-title']")).to_be_visible()

    kept = page.locator(f"#block-{KEPT}-section [name$='duration_0']")
    expect(kept).not_to_be_visible()
    all_of_them = page.locator(".w-minimap__collapse-all")
    while all_of_them.get_attribute("aria-expanded") == "true":
        all_of_them.click()
    all_of_them.click()
    expect(kept).to_be_visible()
