"""One policy in three languages: announced by an editor, translated in wagtail-localize's editor, told to each once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from example_site.demo.people import USERS
from tests.browser.demo import (
    field_of,
    log_in_by_form,
    mails,
    open_policy,
    overview,
    publish,
    read_mail,
    wait_for_mails,
)
from tests.foreign import foreign

POLICY = "Integritetspolicy för Ripstigen"
PURPOSE = "Statistik"


class Said(NamedTuple):
    """What a language says of the change; ``path`` is where its policy stands."""

    path: str
    purpose: str
    summary: str
    change: str
    period: str


SWEDISH = Said(
    "/ripstigen/",
    "Statistik och annonser",
    "Vi visar annonser och sparar statistiken i tre år.",
    "Lagringstiden för ändamålet ”Statistik och annonser” ändras",
    "36 månader",
)
TRANSLATED = {
    "en": Said(
        "/en/ripstigen/",
        "Statistics and advertisements",
        "We show advertisements and keep the statistics for three years.",
        "The storage period for the purpose “Statistics and advertisements” changes",
        "36 months",
    ),
    "fi": Said(
        "/fi/ripstigen/",
        "Tilastot ja mainokset",
        "Näytämme mainoksia ja säilytämme tilastot kolme vuotta.",
        "”Tilastot ja mainokset”",
        "36 kuukau",
    ),
}
NAMES = {"en": "English", "fi": "Finnish"}
READERS = {user.email: user.language or "sv" for user in USERS}

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("patience")]


@pytest.fixture
def translator(chromium: Browser, demo: str) -> Iterator[Page]:
    """An administrator with an English admin, who translates too."""
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    log_in_by_form(page, demo, "admin")
    yield page
    context.close()


def test_a_change_is_one_version_in_three_languages_and_told_to_each_reader_once(
    demo: str, page: Page, translator: Page
) -> None:
    open_settings(translator, demo)
    translator.locator("[name=translation_days]").fill("7")
    translator.get_by_role("button", name="Save").click()
    before = mails(translator, demo)

    log_in_by_form(page, demo)
    open_policy(page, demo, POLICY)
    period = field_of(page, PURPOSE, "retention-0-value-duration_0")
    period.fill("36")
    field_of(page, PURPOSE, "title").fill(SWEDISH.purpose)
    page.get_by_role("tab", name="Publicering").click()
    publish(page, SWEDISH.summary)
    expect(page.locator(".messages")).to_contain_text("Aviserad som version 7.")
    read_history(page, demo, "sv", SWEDISH)
    told = {"sv"}
    wait_for_mails(page, demo, lambda now: told_since(before, now) == told_in(told))

    hand_over(translator, demo)
    for language, said in TRANSLATED.items():
        assert told_since(before, mails(page, demo)) == told_in(told)
        translate(translator, demo, language, {SWEDISH.purpose: said.purpose, SWEDISH.summary: said.summary})
        read_history(page, demo, language, said)
        told.add(language)
        wait_for_mails(page, demo, lambda now: told_since(before, now) == told_in(told))

    read_mail(page, demo, "elin.marklund@example.org", "sv", SWEDISH.change, SWEDISH.summary, SWEDISH.period)
    read_mail(page, demo, "grace.whitlock@example.com", "en", *TRANSLATED["en"][1:])
    read_mail(page, demo, "katja.niemela@example.org", "fi", *TRANSLATED["fi"][1:])


def told_in(languages: set[str]) -> dict[str, int]:
    """One mail for everyone who reads one of ``languages``."""
    return {address: 1 for address, language in READERS.items() if language in languages}


def told_since(before: dict[str, int], now: dict[str, int]) -> dict[str, int]:
    return {address: count - before.get(address, 0) for address, count in now.items() if count > before.get(address, 0)}


def open_settings(page: Page, demo: str) -> None:
    overview(page, demo, POLICY)
    page.goto(page.url.replace("/inspect/", "/edit/"))


def hand_over(page: Page, demo: str) -> None:
    overview(page, demo, POLICY)
    expect(page.get_by_role("row", name="Finnish behind")).to_be_visible()
    page.get_by_role("link", name="Give to translators").first.click()
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".messages")).to_contain_text("Successfully updated translations")


def translate(page: Page, demo: str, language: str, words: dict[str, str]) -> None:
    """Type what is not translated yet into wagtail-localize's editor, and publish."""
    overview(page, demo, POLICY)
    page.get_by_role("row", name=NAMES[language]).get_by_role("link", name="Edit").click()
    expect(page.locator(".js-translation-editor li.complete").first).to_be_visible()
    for tab in ("Content", "Publication"):
        page.get_by_role("tab", name=tab).click()
        missing = page.locator("li.incomplete:visible")
        for _ in range(missing.count()):
            left, source = missing.count(), missing.first.locator("p").first.inner_text()
            missing.first.get_by_role("button", name="Translate").click()
            missing.first.locator("textarea").fill(words[source])
            missing.first.get_by_role("button", name="Save").click()
            expect(missing).to_have_count(left - 1)
    page.get_by_role("button", name=re.compile("^Publish")).click()
    page.wait_for_load_state()
    overview(page, demo, POLICY)
    expect(page.get_by_role("row", name=f"{NAMES[language]} up to date Version 7")).to_be_visible()


def read_history(page: Page, demo: str, language: str, said: Said) -> None:
    """The change stands in the history under the same number, and no page about it speaks another language."""
    page.goto(f"{demo}{said.path}history/")
    newest = page.locator("#version-7")
    for words in said[1:]:
        expect(newest).to_contain_text(words)
    for part in ("", "history/", "upcoming/", "versions/7/", "compare/6/7/"):
        page.goto(f"{demo}{said.path}{part}")
        assert foreign(page.content(), language) == set()
