"""An existing policy brought in by an editor, with a keyboard, with and without scripts, wide and narrow."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests.browser.editor import log_in
from tests.browser.test_findings import AXE
from tests.conftest import unavailable
from wagtail_privacy.models import PolicyPage

#: A folder for pictures to look at; none are taken without one.
PICTURES = os.environ.get("IMPORT_PICTURES", "")

SOURCE = """Integritetspolicy för Bageriet

Personuppgiftsansvarig

Bageriet Exempel AB, 559000-0005, ansvarar för dina personuppgifter. Skriv till bageriet@example.org.

Vad vi sparar

Vi sparar namn och adress för att leverera din beställning. Uppgifterna sparas i 24 månader.

Brödet bakas varje natt, och butiken är öppen på vardagar. Välkommen in när du har vägarna förbi.

Varför vi sparar det

Vi sparar dina uppgifter för att:

1. skicka vårt nyhetsbrev till den som har bett om det,
2. följa tillämplig lagstiftning, till exempel bokföringslagen.

Kakor

Vi använder bara kakor som behövs för att sidan ska fungera.

Dina rättigheter

Du har rätt att få veta vad vi har sparat om dig. Du kan klaga hos Integritetsskyddsmyndigheten.
"""

#: What stands beyond the column of the form. Wagtail keeps its closed side panel and map of the page there, and lets
#: the heading of a panel end in dots.
BEYOND_MAIN = """main => [...main.querySelectorAll('*')]
  .filter(one => !one.closest('.form-side, .w-minimap, .w-panel__heading, .w-breadcrumbs') && one.checkVisibility())
  .filter(one => one.getBoundingClientRect().right > main.getBoundingClientRect().right + 1)
  .map(one => one.outerHTML.slice(0, 100))"""

#: Whether a select is as wide as its longest option asks.
SHOWS_ALL = """one => {
  const shown = one.getBoundingClientRect().width;
  one.style.maxInlineSize = 'none';
  const asked = one.getBoundingClientRect().width;
  one.style.maxInlineSize = '';
  return shown >= asked;
}"""

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def plain_page(chromium: Browser) -> Iterator[Page]:
    """A page without scripts."""
    context = chromium.new_context(locale="sv-SE", viewport={"width": 800, "height": 900}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def begin(page: Page, site: str) -> None:
    page.goto(site + reverse("wagtail_privacy:import"))
    page.get_by_label("Eller klistra in texten", exact=False).or_(page.locator("[name=text]")).first.fill(SOURCE)
    page.locator("[name=language]").select_option("sv")
    picture(page, f"start-{page.viewport_size['width'] if page.viewport_size else 0}")
    page.locator("form.privacy-import-form button[type=submit]").first.click()
    expect(page.locator(".privacy-import-row").first).to_be_visible()


#: A wide window and a narrow one: what is answered is laid out anew, not asked for anew.
WIDTHS = (1280, 800)


def in_each_width(page: Page, name: str) -> Iterator[int]:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        picture(page, f"{name}-{width}")
        yield width


def test_a_policy_is_brought_in_and_the_screens_are_accessible(
    page: Page, live_server: Any, root: Any, site: Any, editor: Any
) -> None:
    if not AXE.exists():
        unavailable("axe-core in tests/browser/node_modules (npm install --prefix tests/browser)")
    log_in(page, live_server.url)
    page.goto(live_server.url + reverse("wagtail_privacy:import"))
    assert violations(page) == []
    begin(page, live_server.url)
    assert violations(page) == []
    expect(page.locator(".privacy-import-suggestions").first).to_be_visible()
    for width in in_each_width(page, "check"):
        assert page.locator("main").evaluate("main => main.scrollWidth <= main.clientWidth"), f"Cut off at {width}."
        assert page.locator("select[name='kind-0']").evaluate(SHOWS_ALL), f"A kind is cut off at {width}."
    rows = page.locator(".privacy-import-row:has(select)")
    before = rows.count()
    split = rows.locator("button[value^='split:']").first
    split.focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(before + 1)
    assert "#section-" in page.url
    picture(page, "split")
    page.locator("button[value='save']").first.click()
    page.wait_for_url("**/edit/**")
    made = PolicyPage.objects.get()
    assert not made.live
    assert reverse("wagtailadmin_pages:edit", args=[made.pk]) in page.url
    for width in in_each_width(page, "saved"):
        assert page.locator("main").evaluate(BEYOND_MAIN) == [], width
    page.goto(live_server.url + reverse("wagtail_privacy:import_history", args=[made.pk]))
    picture(page, "history")
    assert violations(page) == []


def test_it_works_without_scripts(plain_page: Page, live_server: Any, root: Any, site: Any, editor: Any) -> None:
    log_in(plain_page, live_server.url)
    begin(plain_page, live_server.url)
    plain_page.locator("select[name='kind-0']").select_option("security")
    plain_page.locator("button[value='apply']").first.click()
    expect(plain_page.locator("select[name='kind-0']")).to_have_value("security")
    plain_page.locator("button[value='save']").first.click()
    plain_page.wait_for_url("**/edit/**")
    assert PolicyPage.objects.get().body[0].block_type == "security"


def violations(page: Page) -> list[str]:
    """What axe finds in our part of the page, rule by rule."""
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("() => axe.run('.nice-padding')")
    return [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]
