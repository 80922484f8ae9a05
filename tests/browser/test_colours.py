"""In any site's frame, whatever the reader's system prefers: words can be read, links look like the site's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page
from wagtail.models import Page as WagtailPage

from tests.browser.frames import SITES, in_frame, show
from tests.reader.site import MAY
from tests.reader.test_six_languages import published

pytestmark = [
    pytest.mark.usefixtures("site", "seven_languages"),
    pytest.mark.urls("example_site.urls"),
    pytest.mark.slow,
]
#: What the reader's system prefers: one loading of a page shows both.
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ROUTES = ("", "history/", "versions/3/", "compare/1/3/", "on/2026-05-04/")
#: The words on a page with their contrast (WCAG 2.2, 1.4.3), colours laid over each other as they are seen.
CONTRASTS = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const over = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (rgb) => rgb.map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const ground = (element) => element ? [...ground(element.parentElement), getComputedStyle(element).backgroundColor]
    : ['Canvas'];
  return [...document.querySelectorAll('.privacy *')]
    .filter((one) => one.checkVisibility())
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((one) => {
      const below = ground(one);
      const seen = [over(below), over([...below, getComputedStyle(one).color])].map(luminance).sort((a, b) => a - b);
      const muted = one.closest('.privacy-dates, .privacy-effect, .privacy-which, .privacy-facts dt') !== null;
      return [one.textContent.trim().slice(0, 40), (seen[1] + 0.05) / (seen[0] + 0.05), muted && !one.closest('a')];
    });
}"""


#: What the links of a site have that has a colour for them.
LINKS = {"light": "rgb(138, 58, 18)", "dark": "rgb(255, 180, 84)"}
LINKED = "[...document.querySelectorAll('.privacy a')].map((a) => getComputedStyle(a).color)"


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="sv-SE")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("site", SITES)
def test_whatever_the_site_and_the_system_words_stand_out_and_links_are_the_site_s(
    root: WagtailPage, reader: Page, site: str
) -> None:
    url = published(root, "sv").url
    with in_frame(site):
        for route in ROUTES:
            show(reader, url + route, MAY)
            reader.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
            for scheme in SCHEMES:
                reader.emulate_media(color_scheme=scheme)
                assert too_faint(reader, 7 if site in ("demo", "own") else 4.5) == [], (route, scheme)
                if site in LINKS and not route:
                    assert set(reader.evaluate(LINKED)) == {LINKS[site]}, scheme


def too_faint(reader: Page, muted: float) -> list[tuple[str, float]]:
    """The words with less contrast than they must have; those that are muted must have ``muted``."""
    found = reader.evaluate(CONTRASTS)
    assert len(found) > 10
    return [(words, contrast) for words, contrast, is_muted in found if contrast < (muted if is_muted else 4.5)]
