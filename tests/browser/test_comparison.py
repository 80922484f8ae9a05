"""The comparison, its forms and tables: on a narrow and a wide screen, on paper, without script and for listeners."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page
from wagtail.models import Page as WagtailPage

from tests.browser.frames import in_frame, show
from tests.conftest import unavailable
from tests.reader.site import APRIL, FIRST_OF_JUNE, MARCH, MAY, announce, block, draft, publish, purpose, text
from wagtail_privacy.models import PolicyPage

pytestmark = [pytest.mark.usefixtures("site"), pytest.mark.urls("example_site.urls"), pytest.mark.slow]
AXE = Path(os.environ.get("AXE", Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"))
ROUTES = (
    "",
    "history/",
    "compare/1/2/",
    "on/2026-05-04/",
    "compare/",
    "compare/?old=1&new=99",
    "on/?day=i%20går",
)
ITEMS = ("Namn och adress", "E-post", "Vad du har köpt", "Hur du betalar", "Vad du frågar", "Vad du tycker")
#: A word without an end is the hardest to fit.
LONG = "Personuppgiftsbiträdesavtalsbilaga" * 2


def item(id: str, value: Any) -> dict[str, Any]:
    return {"type": "item", "id": id, "value": value}


def table(number: str, columns: list[str], *rows: list[str]) -> dict[str, Any]:
    """A table block; ``number`` (of two hexadecimal digits) tells its ids from those of another."""

    def id(row: int, cell: int) -> str:
        return f"{number}{row:02x}{cell:02x}00-1111-4111-8111-111111111111"

    lines = [
        item(id(n, 0), {"cells": [item(id(n, k), f"<p>{cell}</p>" if cell else "") for k, cell in enumerate(row, 1)]})
        for n, row in enumerate(rows, 1)
    ]
    heads = [item(id(0, n), name) for n, name in enumerate(columns, 1)]
    return block("table", id(0, 0), caption="Så länge", columns=heads, rows=lines)


def about(place: str, target: str, *items: str) -> dict[str, Any]:
    listed = "".join(f"<li>{each}</li>" for each in items)
    link = f'<a href="https://example.org/{target}">våra kakor</a>'
    return text("Om oss", f"<p>Vi säljer cyklar i {place} till dig.</p><ul>{listed}</ul><p>Läs mer om {link}.</p>")


@pytest.fixture
def policy(root: WagtailPage) -> PolicyPage:
    """A policy with a text, a table of each width and a purpose, and an announced version that changes all but one."""
    account = ["Ditt konto", "24 månader", '<a href="https://example.org/konto">Om konton</a>']
    wide = table("bb", ["", *"BCDEFG"], ["A", *"bcdefg"], [LONG, "", *"cdefg"])
    old = table("aa", ["Uppgift", "Hur länge", "Varför"], ["Loggar", "12 månader", "Fel"], account)
    new = table("aa", ["Uppgift", "Hur länge", "Varför"], ["Loggar", "24 månader", f"Fel och {LONG}"], account, ["Köp"])
    page = draft(root, about("Sverige", "kakor", *ITEMS), old, purpose(), wide)
    page = publish(page, moment=MARCH)
    changed = about("Norden", "cookies", ITEMS[0], "Personnummer", *ITEMS[1:])
    return announce(
        page, changed, new, purpose(duration="P36M"), wide, moment=APRIL, on=FIRST_OF_JUNE, summary="Längre."
    )


def reader(chromium: Browser, width: int) -> Page:
    return chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False).new_page()


@pytest.fixture
def wide(chromium: Browser) -> Iterator[Page]:
    page = reader(chromium, 1280)
    yield page
    page.context.close()


@pytest.fixture
def narrow(chromium: Browser) -> Iterator[Page]:
    page = reader(chromium, 320)
    yield page
    page.context.close()


def test_nothing_is_wider_than_a_narrow_screen(policy: PolicyPage, narrow: Page) -> None:
    right = "all => all.map((one) => one.getBoundingClientRect().right)"
    with in_frame("own"):
        for route in ROUTES:
            show(narrow, policy.url + route, MAY)
            assert 0 < max(narrow.locator(".privacy *").evaluate_all(right)) <= 320, route


def test_before_and_after_stand_side_by_side_where_there_is_room(policy: PolicyPage, wide: Page) -> None:
    """A narrow screen and paper have one text with both, and paper nothing folded."""
    with in_frame("own"):
        show(wide, policy.url + "compare/1/2/", MAY)
    before, after = wide.locator(".privacy-before").first, wide.locator(".privacy-after").first
    left, right = before.bounding_box(), after.bounding_box()
    assert left and right and left["x"] + left["width"] < right["x"] and abs(left["y"] - right["y"]) < 2
    assert not after.locator("del").first.is_visible()
    assert before.locator("del").first.is_visible() and after.locator("ins").first.is_visible()

    wide.set_viewport_size({"width": 320, "height": 900})
    assert not before.is_visible()
    assert after.locator("del").first.is_visible() and after.locator("ins").first.is_visible()

    wide.set_viewport_size({"width": 1280, "height": 900})
    assert not wide.locator(".privacy-same .privacy-prose").first.is_visible()
    wide.emulate_media(media="print")
    assert wide.locator(".privacy-same .privacy-prose").first.is_visible()
    assert not before.is_visible()
    assert after.locator("del").first.is_visible()
    assert not wide.locator(".privacy-choose").first.is_visible()


def test_versions_are_chosen_without_script(policy: PolicyPage, wide: Page) -> None:
    with in_frame("own"):
        show(wide, policy.url + "history/", MAY)
    asked: list[str] = []
    wide.on("request", lambda request: asked.append(request.url))
    wide.locator(".privacy-choose > summary").click()
    wide.get_by_label("Äldre version").select_option("1")
    wide.get_by_role("button", name="Jämför").click()
    assert any(url.endswith("compare/?old=1&new=2") for url in asked)


def test_a_table_is_one_to_those_who_listen_on_any_screen(policy: PolicyPage, wide: Page) -> None:
    with in_frame("own"):
        show(wide, policy.url, MAY)
    for width in (320, 1280):
        wide.set_viewport_size({"width": width, "height": 900})
        for each in wide.locator(".privacy-grid table").all():
            heard = each.aria_snapshot()
            assert 'table "Så länge"' in heard
            assert "rowheader" in heard and "cell" in heard


#: What a page is looked at in, and the rules of axe that can find something else there than before.
LOOKS: tuple[tuple[Literal["light", "dark"], int, tuple[str, ...]], ...] = (
    ("light", 1280, ()),
    ("dark", 1280, ("color-contrast",)),
    ("dark", 320, ("color-contrast", "target-size", "scrollable-region-focusable")),
)


def test_axe_finds_nothing(policy: PolicyPage, chromium: Browser) -> None:
    if not AXE.exists():
        unavailable("axe-core: npm install --prefix tests/browser")
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    with in_frame("own"):
        for route in ROUTES:
            show(page, policy.url + route, MAY)
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
            for scheme, width, rules in LOOKS:
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 900})
                assert violations(page, *rules) == [], (route, scheme, width)
    context.close()


def violations(page: Page, *rules: str) -> Any:
    """What axe finds on the page, which has it: by all rules, or by those named."""
    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    return page.evaluate(
        "(options) => axe.run(options).then((all) => all.violations.map((one) => [one.id, one.nodes[0].html]))", options
    )
