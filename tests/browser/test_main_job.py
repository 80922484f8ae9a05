"""The main job in a real browser, on the demo as ``make demo`` serves it (server and task worker included)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo import field_of, log_in_by_form, mails, open_policy, publish, read_mail, wait_for_mails

POLICY = "Integritetspolicy för Kollegiet"
PURPOSE = "Nyheter och statistik"
SUMMARY = "Vi skickar nyheter i tre år efter att du har slutat som kund."
SWEDE, BRITON = "elin.marklund@example.org", "grace.whitlock@example.com"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("patience")]


def test_an_editor_lengthens_a_period_and_everyone_learns_of_it(demo: str, page: Page) -> None:
    log_in_by_form(page, demo)
    before = mails(page, demo)

    open_policy(page, demo, POLICY)
    field_of(page, PURPOSE, "retention-0-value-duration_0").fill("36")
    see_what_publishing_means(page)
    publish(page, SUMMARY)
    expect(page.locator(".messages")).to_contain_text("Aviserad som version 7. Den träder i kraft den")

    page.get_by_role("link", name="Se den kommande versionen").click()
    expect(page.get_by_text("Det här är en kommande version.")).to_be_visible()
    read_the_history(page, demo)
    compare(page)
    wait_for_mails(page, demo, lambda now: all(now[one] > before[one] for one in (SWEDE, BRITON)))
    read_mail(page, demo, SWEDE, "sv", f"Lagringstiden för ändamålet ”{PURPOSE}” ändras", "36 månader")
    read_mail(page, demo, BRITON, "en", "News and statistics", "36 months")


def see_what_publishing_means(page: Page) -> None:
    """The draft saves itself, and what it would mean stands beside it."""
    expect(page.locator("[data-privacy-part=strip]")).to_contain_text("1 ändring att publicera")
    page.get_by_role("tab", name="Publicering").click()
    outlook = page.locator("[data-privacy-part=outlook]")
    expect(outlook).to_contain_text(f"Lagringstiden för ändamålet ”{PURPOSE}” ändras från 12 månader till 36 månader.")
    expect(outlook).to_contain_text("Viktig ändring (1)")
    expect(outlook).to_contain_text("Uppgifterna sparas längre.")
    expect(outlook).to_contain_text("30 dagar efter publiceringen")
    expect(outlook).to_contain_text("svenska: 12")
    expect(outlook).to_contain_text("engelska: 5")


def read_the_history(page: Page, demo: str) -> None:
    page.goto(f"{demo}/kollegiet/history/")
    newest = page.locator("#version-7")
    expect(newest).to_contain_text("Kommande")
    expect(newest).to_contain_text(SUMMARY)
    expect(newest).to_contain_text(f"Lagringstiden för ändamålet ”{PURPOSE}” ändras från 12 månader till 36 månader.")


def compare(page: Page) -> None:
    page.get_by_role("link", name="Jämför med version 6").click()
    expect(page.get_by_role("main")).to_contain_text("36 månader")
    assert page.url.endswith("/kollegiet/compare/6/7/")
