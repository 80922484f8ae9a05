"""A table that an editor pastes is a table block, or lines: never words run together."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.editor import log_in, open_editor, saving
from wagtail_privacy.models import PolicyPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TABLE = (
    "<table><caption>Tider</caption><thead><tr><th>Uppgift</th><th>Tid</th></tr></thead><tbody>"
    '<tr><td>Loggar</td><td>12 <b>månader</b></td></tr><tr><td><a href="https://example.org/konto">Konto</a></td>'
    "<td><p>24 månader</p><p>Sedan raderas det</p></td></tr></tbody></table>"
)
PASTE = """([element, html, text]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("text/plain", text);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def policy(page: Page, live_server: Any, root: Any, site: Any, editor: Any) -> PolicyPage:
    """A policy with an empty text and a purpose, open in the editor."""
    body = [("text", {"heading": "Hur länge", "body": ""}), ("purpose", {"title": "Leverera"})]
    policy = root.add_child(instance=PolicyPage(title="Policy", live=False, body=body))
    policy.save_revision()
    log_in(page, live_server.url)
    open_editor(page, lambda: page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[policy.pk])))
    return policy


def paste(page: Page, field: str, html: str, text: str = "Uppgift Tid") -> None:
    written = page.locator(f"[data-contentpath='{field}'] .public-DraftEditor-content").first
    written.click()
    page.evaluate(PASTE, [written.element_handle(), html, text])


def saved(page: Page) -> list[tuple[str, Any]]:
    page.wait_for_timeout(600)  # Draftail writes into the form a quarter of a second after the last change
    with saving(page):
        page.locator("button.action-save").first.click()
    body = PolicyPage.objects.get().get_latest_revision_as_object().body
    return [(block.block_type, block.value) for block in body]


def test_a_table_alone_in_a_text_block_is_a_table_block_after_it(page: Page, policy: PolicyPage) -> None:
    paste(page, "body", TABLE)
    expect(page.locator("[name='body-2-type']")).to_have_value("table")
    (text, table, _purpose) = saved(page)
    assert (text[0], table[0]) == ("text", "table")
    assert (table[1]["caption"], list(table[1]["columns"])) == ("Tider", ["Uppgift", "Tid"])
    cells = [[str(cell.source) for cell in row["cells"]] for row in table[1]["rows"]]
    assert "12 <b>månader</b>" in cells[0][1]
    assert '<a href="https://example.org/konto">Konto</a>' in cells[1][0]
    assert cells[1][1].count("<p ") == 2


@pytest.mark.parametrize(
    ("field", "html"), [("description", TABLE), ("body", f"<p>Så länge:</p>{TABLE}<p>Sedan raderas allt.</p>")]
)
def test_a_table_inside_a_text_is_lines(page: Page, policy: PolicyPage, field: str, html: str) -> None:
    paste(page, field, html)
    found = saved(page)
    assert [kind for kind, _ in found] == ["text", "purpose"]
    value = str(next(value[field].source for _, value in found if field in value))
    lines = [line for line in value.replace("</p>", "\n").split("\n") if line]
    assert any("Uppgift – Tid" in line for line in lines)
    assert any("Loggar – 12 <b>månader</b>" in line for line in lines)
    assert '<a href="https://example.org/konto">Konto</a> – 24 månader; Sedan raderas det' in value


def test_what_a_spreadsheet_copies_as_lines_with_tabs_is_a_table(page: Page, policy: PolicyPage) -> None:
    paste(page, "body", "", "Uppgift\tTid\nLoggar\t12 månader\n")
    expect(page.locator("[name='body-2-type']")).to_have_value("table")
    (_text, (_kind, table), _purpose) = saved(page)
    assert [[str(cell.source).split(">")[1][:-3] for cell in row["cells"]] for row in table["rows"]] == [
        ["Loggar", "12 månader"]
    ]


def test_what_is_no_table_is_pasted_as_ever(page: Page, policy: PolicyPage) -> None:
    paste(page, "body", "<p>Vi <b>säljer</b> inget.</p>", "Vi säljer inget.")
    assert "Vi <b>säljer</b> inget." in str(saved(page)[0][1]["body"].source)
