"""Screenshots of a running demo: those in docs/images, or of every screen of the editor's desk, to be looked at.

    python scripts/screenshots.py http://localhost:8000
    python scripts/screenshots.py http://localhost:8000 --every FOLDER

The first changes a draft of the demo. The second opens each screen in Swedish and in English, light and dark, in
windows 1280 and 800 pixels wide. Both need Playwright and Chromium, on the PATH or named by CHROMIUM.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
#: Who reads the admin in which language.
PEOPLE = {"sv": "editor", "en": "admin"}
OVERVIEW = "/admin/privacy-policies/"
SCREENS = {
    "dashboard": "/admin/",
    "overview": OVERVIEW,
    "start": "/admin/privacy/start/",
    "notices": "/admin/privacy/notices/",
}
#: Under *Policies*, and under the versions of the first of them: where a link leads whose address ends so.
BELOW = {"versions": "/inspect/", "settings": "/edit/"}
THERE = {"day": "/day/", "withdraw": "/withdraw/", "recorded": "/text/", "wording": "/wording/", "summary": "/summary/"}
FORM = {"tab": "#tab-publication", "unpublish": "../unpublish/", "delete": "../delete/"}
WIDTHS = (1280, 800)
DEADLINE = 120_000  # milliseconds; a busy machine serves slowly


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", help="The address of the demo, without a slash at its end.")
    parser.add_argument("--every", type=Path, metavar="FOLDER", help="Every screen, into this folder.")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path)
        if options.every:
            every_screen(browser, options.site, options.every)
        else:
            for_the_docs(browser, options.site)


@contextmanager
def admin(browser: Browser, site: str, language: str, scheme: str, width: int) -> Iterator[Page]:
    """The admin in a language, a colour scheme and a width, with somebody logged in who reads that language."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})  # type: ignore[arg-type]
    page, name = context.new_page(), PEOPLE[language]
    page.set_default_timeout(DEADLINE)
    page.goto(f"{site}/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", name)
    page.click("button[type=submit]")
    page.wait_for_url(f"{site}/admin/")
    yield page
    context.close()


def every_screen(browser: Browser, site: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for language, scheme, width in product(PEOPLE, ("light", "dark"), WIDTHS):
        with admin(browser, site, language, scheme, width) as page:
            for name, url in screens(page, site).items():
                page.goto(url)
                shoot(page, folder / f"{name}-{language}-{scheme}-{width}.png")


def screens(page: Page, site: str) -> dict[str, str]:
    """The address of each screen, followed from the overview as a person does."""
    found = {name: f"{site}{url}" for name, url in SCREENS.items()}
    found |= linked(page, found["overview"], BELOW)
    found |= linked(page, found["versions"], THERE)
    form = linked(page, found["overview"], {"form": "/edit/"}, "a[href*='/admin/pages/']")["form"]
    return found | {
        name: f"{form}{end}" if end[0] == "#" else form.replace("/edit/", end[2:]) for name, end in FORM.items()
    }


def linked(page: Page, url: str, wanted: dict[str, str], links: str = "main a") -> dict[str, str]:
    page.goto(url)
    addresses: list[str] = page.locator(links).evaluate_all("links => links.map(link => link.href)")
    found = {name: next((each for each in addresses if part in each), "") for name, part in wanted.items()}
    return {name: address for name, address in found.items() if address}


def for_the_docs(browser: Browser, site: str) -> None:
    """In English, light, as wide as a page of the documentation shows them well."""
    with admin(browser, site, "en", "light", WIDTHS[0]) as page:
        pictures: dict[str, Callable[[Page, str], None]] = {
            "tab": to_changed_tab,
            "start": to_start,
            "versions": to_versions,
        }
        for name, go in pictures.items():
            go(page, site)
            shoot(page, IMAGES / f"{name}.png")


def to_changed_tab(page: Page, site: str) -> None:
    """The tab *Publication* of a draft that keeps something longer, saved."""
    form = linked(page, f"{site}{OVERVIEW}", {"form": "/edit/"}, "a[href*='/admin/pages/']")["form"]
    page.goto(form)
    periods = page.locator("[name^=body-][name$=-duration_0]")
    periods.first.wait_for(state="attached")
    period = next(each for each in periods.all() if each.input_value())
    longer = str(int(period.input_value()) + 12)
    period.evaluate(
        "(field, value) => { field.value = value; field.dispatchEvent(new Event('change', {bubbles: true})) }", longer
    )
    with page.expect_navigation():
        page.locator("button.action-save").first.click()
    page.goto(form)
    page.locator("[role=tab][href='#tab-publication']").click()
    page.locator("[data-privacy-part=outlook]").wait_for()


def to_start(page: Page, site: str) -> None:
    page.goto(f"{site}{SCREENS['start']}")


def to_versions(page: Page, site: str) -> None:
    page.goto(linked(page, f"{site}{OVERVIEW}", BELOW)["versions"])


def shoot(page: Page, path: Path) -> None:
    page.wait_for_timeout(1500)  # what slides has come to rest
    page.screenshot(path=path)
    sys.stdout.write(f"{path.name}: {path.stat().st_size // 1000} kB\n")


if __name__ == "__main__":
    main()
