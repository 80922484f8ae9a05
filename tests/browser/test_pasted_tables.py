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


#: What is pasted into each of the policy's texts, by its heading: as HTML and as plain text.
TEXTS = {
    "A table alone": (TABLE, "Uppgift Tid"),
    "A table inside": (f"<p>Så länge:</p>{TABLE}<p>Sedan raderas allt.</p>", "Uppgift Tid"),
    "A spreadsheet": ("", "Uppgift\tTid\nLoggar\t12 månader\n"),
    "No table": ("<p>Vi <b>säljer</b> inget.</p>", "Vi säljer inget."),
}


def test_a_pasted_table_is_a_block_or_lines_and_other_text_is_pasted_as_ever(
    page: Page, live_server: Any, root: Any, site: Any, editor: Any
) -> None:
    body = [*(("text", {"heading": heading, "body": ""}) for heading in TEXTS), ("purpose", {"title": "Leverera"})]
    policy = root.add_child(instance=PolicyPage(title="Policy", live=False, body=body))
    policy.save_revision()
    log_in(page, live_server.url)
    open_editor(page, lambda: page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[policy.pk])))
    for block, pasted in zip(policy.body, TEXTS.values(), strict=False):
        paste(page, f"[data-contentpath='{block.id}'] [data-contentpath=body]", *pasted)
    expect(page.locator("[data-streamfield-child] [name$='-value-caption']")).to_have_count(2)
    paste(page, "[data-contentpath=description]", TABLE, "Uppgift Tid")

    kinds, values = zip(*saved(page), strict=True)
    assert kinds == ("text", "table", "text", "text", "table", "text", "purpose")
    _alone, table, inside, _rows, spreadsheet, plain, purpose = values
    assert_table(table)
    assert_lines(str(inside["body"].source))
    assert_lines(str(purpose["description"].source))
    assert [cell.split(">")[1][:-3] for cell in cells(spreadsheet)[0]] == ["Loggar", "12 månader"]
    assert len(cells(spreadsheet)) == 1
    assert "Vi <b>säljer</b> inget." in str(plain["body"].source)


def paste(page: Page, field: str, html: str, text: str) -> None:
    written = page.locator(f"{field} .public-DraftEditor-content").first
    written.click()
    page.evaluate(PASTE, [written.element_handle(), html, text])


def saved(page: Page) -> list[tuple[str, Any]]:
    page.wait_for_timeout(600)  # Draftail writes into the form a quarter of a second after the last change
    with saving(page):
        page.locator("button.action-save").first.click()
    body = PolicyPage.objects.get().get_latest_revision_as_object().body
    return [(block.block_type, block.value) for block in body]


def cells(table: Any) -> list[list[str]]:
    return [[str(cell.source) for cell in row["cells"]] for row in table["rows"]]


def assert_table(table: Any) -> None:
    assert (table["caption"], list(table["columns"])) == ("Tider", ["Uppgift", "Tid"])
    found = cells(table)
    assert "12 <b>månader</b>" in found[0][1]
    assert '<a href="https://example.org/konto">Konto</a>' in found[1][0]
    assert found[1][1].count("<p ") == 2


def assert_lines(value: str) -> None:
    lines = [line for line in value.replace("</p>", "\n").split("\n") if line]
    assert any("Uppgift – Tid" in line for line in lines)
    assert any("Loggar – 12 <b>månader</b>" in line for line in lines)
    assert '<a href="https://example.org/konto">Konto</a> – 24 månader; Sedan raderas det' in value
