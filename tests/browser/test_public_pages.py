"""The reader's pages on a narrow screen, on paper and for those who listen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from wagtail.models import Locale
from wagtail.models import Page as WagtailPage

from tests.browser.frames import in_frame, show
from tests.browser.test_comparison import violations
from tests.conftest import unavailable
from tests.reader.site import APRIL, MARCH, MAY, block, draft, publish, translate
from tests.reader.test_six_languages import SAID, blocks, published

pytestmark = [
    pytest.mark.usefixtures("site", "seven_languages"),
    pytest.mark.urls("example_site.urls"),
    pytest.mark.slow,
]
AXE = Path(os.environ.get("AXE", Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"))
ROUTES = ("", "history/", "versions/3/", "compare/1/3/", "on/2026-05-04/", "upcoming/", "changes-since/1/")
COOKIES = block(
    "cookies",
    "66666666-6666-4666-8666-666666666666",
    cookies=[
        {
            "type": "item",
            "id": f"66666666-6666-4666-8666-66666666666{n}",
            "value": {"name": f"kaka{n}", "purpose": "Minns dig", "party": "first"},
        }
        for n in range(2)
    ],
)


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="sv-SE", viewport={"width": 320, "height": 800})
    yield context.new_page()
    context.close()


def test_seven_languages_fit_a_narrow_screen(root: WagtailPage, reader: Page) -> None:
    source = publish(draft(root, *blocks(SAID["sv"])), moment=MARCH)
    for code in SAID:
        if code != "sv":
            locale, _ = Locale.objects.get_or_create(language_code=code)
            translate(source, locale, *blocks(SAID[code]), title=SAID[code].title, moment=APRIL)
    with in_frame("own"):
        show(reader, source.url, MAY)
        boxes = reader.evaluate(
            "[...document.querySelectorAll('.privacy-languages a')].map((one) => one.getBoundingClientRect().toJSON())"
        )
    assert len(boxes) == len(SAID) - 1
    assert [box for box in boxes if box["left"] < 0 or box["right"] > 320] == []


def test_what_is_folded_is_open_on_paper(root: WagtailPage, reader: Page) -> None:
    url = published(root, "sv").url
    with in_frame("own"):
        show(reader, url, MAY)
        heights = """[...document.querySelectorAll('details:not([open]) > :not(summary, .privacy-links)')]
            .map((one) => one.checkVisibility() && one.getBoundingClientRect().height > 0)"""
        assert not any(reader.evaluate(heights))
        reader.emulate_media(media="print")
        shown = reader.evaluate(heights)
    assert shown
    assert all(shown)


def test_a_table_laid_out_as_cards_is_a_table_for_those_who_listen(root: WagtailPage, reader: Page) -> None:
    page = publish(draft(root, *blocks(SAID["sv"]), COOKIES), moment=MARCH)
    with in_frame("own"):
        show(reader, page.url, MAY)
        heard = reader.locator("table").first.aria_snapshot()
    assert "table" in heard
    assert "rowheader" in heard
    assert "cell" in heard


#: Every page from the left and from the right. Other languages have nothing but other words: a page of theirs each, and
#: each another one.
PAGES = {language: (route,) for language, route in zip(sorted(SAID.keys() - {"sv", "ar"}), ROUTES, strict=False)}
PAGES |= {"sv": ROUTES, "ar": ROUTES}


@pytest.mark.parametrize("language", SAID)
def test_axe_finds_nothing_on_any_public_page(root: WagtailPage, chromium: Browser, language: str) -> None:
    if not AXE.exists():
        unavailable("axe-core: npm install --prefix tests/browser")
    page = published(root, language)
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    reader = context.new_page()
    with in_frame("own"):
        for route in PAGES[language]:
            reader.emulate_media(color_scheme="light")
            show(reader, page.url + route, MAY)
            reader.add_script_tag(content=AXE.read_text(encoding="utf-8"))
            assert violations(reader) == [], route
            reader.emulate_media(color_scheme="dark")
            assert violations(reader, "color-contrast") == [], route
    context.close()
