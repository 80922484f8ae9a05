"""In any site's column: nothing stands outside it, all of a page begins at one edge, no word is broken."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from wagtail.models import Page as WagtailPage

from tests.browser.frames import in_frame, show
from tests.reader.site import MARCH, MAY, block, draft, publish
from tests.reader.test_six_languages import SAID, blocks, published

pytestmark = [
    pytest.mark.usefixtures("site", "seven_languages"),
    pytest.mark.urls("example_site.urls"),
    pytest.mark.slow,
]
CONTROLLER = block(
    "controller", "55555555-5555-4555-8555-555555555555", name="Bageriet AB", organisation_number="559900-0063"
)


def test_in_a_site_s_narrow_column_the_text_keeps_to_it(root: WagtailPage, page: Page) -> None:
    url = published(root, "sv").url
    with in_frame("light"):
        for width in (320, 800, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            show(page, url, MAY)
            outside = page.evaluate("""() => {
              const column = document.querySelector('main').getBoundingClientRect();
              return [...document.querySelectorAll('.privacy *')].map((one) => one.getBoundingClientRect())
                .filter((box) => box.right > column.right + 1 || box.left < column.left - 1).length;
            }""")
            assert outside == 0, width


def test_beside_a_site_s_own_column_all_pages_begin_at_one_edge(root: WagtailPage, page: Page) -> None:
    url = published(root, "sv").url
    edges = set()
    with in_frame("light"):
        for route in ("", "history/", "versions/3/", "compare/1/3/", "on/2026-05-04/"):
            show(page, url + route, MAY)
            edges |= set(
                page.evaluate("""[...document.querySelectorAll('.privacy-header, .privacy-contents, .privacy-text')]
                    .map((one) => Math.round(one.getBoundingClientRect().left))""")
            )
        show(page, url, MAY)
        ends = page.evaluate("""[...document.querySelectorAll('.privacy-header, .privacy-contents, .privacy-history')]
            .map((one) => Math.round(one.getBoundingClientRect().right))""")
    assert len(edges) == 1
    assert len(set(ends)) == 1


def test_a_label_of_one_word_stands_on_one_line_whatever_the_site_s_letters(root: WagtailPage, page: Page) -> None:
    policy = publish(draft(root, CONTROLLER, *blocks(SAID["sv"])), moment=MARCH)
    with in_frame("light"):
        show(page, policy.url, MAY)
        lines = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('.privacy-facts dt')]
            .filter((one) => !/\\s/.test(one.textContent.trim()))
            .map((one) => {
              const range = document.createRange();
              range.selectNodeContents(one);
              return [one.textContent.trim(), new Set([...range.getClientRects()].map((box) => box.top)).size];
            }))""")
    assert lines["Organisationsnummer"] == 1
    assert set(lines.values()) == {1}


def test_what_is_marked_up_to_the_end_of_a_line_leaves_no_empty_mark_on_the_next(root: WagtailPage, page: Page) -> None:
    url = published(root, "sv").url
    with in_frame("own"):
        show(page, f"{url}compare/1/3/", MAY)
        lines = page.evaluate("""() => [...document.querySelectorAll('.privacy :is(ins, del):only-child')]
            .filter((one) => one.checkVisibility() && one.getClientRects().length === 1)
            .map((one) => {
              const text = document.createRange();
              text.selectNodeContents(one);
              one.parentElement.style.width = `${Math.ceil(text.getBoundingClientRect().width) + 1}px`;
              return one.getClientRects().length;
            })""")
    assert lines
    assert set(lines) == {1}


@pytest.mark.parametrize("language", ["de", "nb", "fi"])
def test_on_the_narrowest_screens_no_title_of_one_word_is_broken(root: WagtailPage, page: Page, language: str) -> None:
    url = published(root, language).url
    page.set_viewport_size({"width": 320, "height": 800})
    with in_frame("own"):
        for route in ("", "history/"):
            show(page, url + route, MAY)
            lines = page.evaluate("""() => {
              const range = document.createRange();
              range.selectNodeContents(document.querySelector('.privacy h1'));
              return new Set([...range.getClientRects()].map((box) => box.top)).size;
            }""")
            assert lines == 1, page.locator(".privacy h1").inner_text()


def test_a_text_written_from_right_to_left_begins_at_the_right_whoever_s_words_stand_there(
    root: WagtailPage, page: Page
) -> None:
    """The plugin's own words on it are Swedish ones: they keep their order, so that a full stop comes last."""
    url = published(root, "ar").url
    page.set_viewport_size({"width": 390, "height": 800})
    with in_frame("own"):
        for route in ("", "history/", "compare/1/3/"):
            show(page, url + route, MAY)
            at_the_left = page.evaluate("""() => [...document.querySelectorAll(
                '.privacy :is(h1, h2, h3, p, dt, dd, summary, legend, .privacy-contents a)')]
              .filter((one) => one.checkVisibility() && one.textContent.trim())
              .filter((one) => {
                const text = document.createRange(), box = one.getBoundingClientRect();
                text.selectNodeContents(one);
                return box.right - text.getBoundingClientRect().right > 20;
              }).map((one) => one.outerHTML)""")
            assert at_the_left == [], route
            stops = page.evaluate("""() => [...document.querySelectorAll('.privacy p')].map((one) => one.lastChild)
              .filter((last) => last?.nodeType === 3 && /[a-z]\\.\\s*$/.test(last.data))
              .map((last) => {
                const end = last.data.lastIndexOf('.'), text = document.createRange();
                const left = [end - 1, end].map((at) => {
                  text.setStart(last, at);
                  text.setEnd(last, at + 1);
                  return text.getBoundingClientRect().left;
                });
                return left[1] > left[0];
              })""")
            assert stops and all(stops), route
