"""How long the editor's form is, and that nothing in it is wider than its place: sizes, not times."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from tests.browser.editor import UNFOLD, log_in, open_editor, saving
from tests.policies import reloaded
from wagtail_privacy.blocks.body import PolicyStreamBlock
from wagtail_privacy.models import PolicyPage

BODY = PolicyStreamBlock()
BODY_FIELD = ".w-field--block_field[data-contentpath=body]"
TOP = f"{BODY_FIELD} [data-streamfield-child]:not([data-streamfield-child] *)"
pytestmark = pytest.mark.django_db(transaction=True)

#: What can be written in or pressed and stands beyond its own place, or beyond the window.
WIDER = f"""() => [...document.querySelectorAll('{BODY_FIELD} :is(select, input, textarea, button, [role=textbox])')]
.filter((each) => {{
  const {{ right, width }} = each.getBoundingClientRect();
  const place = each.matches('button') ? null : each.closest('[data-contentpath]').getBoundingClientRect();
  return width && (right > window.innerWidth || (place && right > place.right + 1));
}}).map((each) => each.name || each.className)"""


def heading(block: Any) -> Any:
    return block.locator("> section > .w-panel__header [data-panel-heading-text]")


def policy(root: Any, *body: dict[str, Any]) -> PolicyPage:
    page = PolicyPage(title="Policy", slug="policy", body=json.dumps(body), live=False, locale=root.locale)
    root.add_child(instance=page)
    page = reloaded(page)
    page.save_revision()
    return page


def edit(page: Page, site: str, of: PolicyPage) -> None:
    log_in(page, site)
    open_editor(page, lambda: page.goto(site + reverse("wagtailadmin_pages:edit", args=[of.pk])), unfolded=False)


def add(page: Page, kind: str) -> Any:
    """Add a block of ``kind`` at the end as an editor does, and wait until it is open."""
    page.locator("[data-streamfield-stream-add], .c-sf-add-button").last.click()
    page.get_by_role("option", name=kind, exact=True).first.click(timeout=20000)
    block = page.locator("[data-streamfield-stream-container] > [data-streamfield-child]").last
    expect(block.locator("[data-panel-toggle]").first).to_have_attribute("aria-expanded", "true")
    page.wait_for_timeout(600)  # it slides down
    return block


@pytest.mark.parametrize(("kind", "most"), [("Ändamål", 1100), ("Rättigheter", 1500)])
def test_an_empty_block_is_short(
    page: Page, live_server: Any, root: Any, site: Any, editor: Any, kind: str, most: int
) -> None:
    UserProfile.objects.update_or_create(user=editor, defaults={"preferred_language": "sv"})
    edit(page, live_server.url, policy(root))
    block = add(page, kind)
    box = block.bounding_box()
    assert box
    assert box["height"] <= most


def stored(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    (block,) = BODY.get_prep_value(BODY.normalize([(kind, value)]))
    return block


def purpose(number: int) -> dict[str, Any]:
    value = {
        "title": f"Ändamål {number}",
        "description": "<p>Vi gör det.</p>",
        "legal_bases": [{"basis": "art6_1_b"}, {"basis": "art6_1_f", "interest": "<p>Vårt</p>"}],
        "data_categories": [("data_category", {"name": name}) for name in ("Namn", "Kontakt", "Betalning")],
        "recipients": [
            ("recipient", {"name": "Molnet AB", "country": "IN", "role": "processor"}),
            ("recipient", {"category": "Åkerier", "condition": "du beställer"}),
        ],
        "retention": [("retention", {"duration": "P24M", "starts": "köpet"}), ("retention", {"reason": "lagen"})],
    }
    return stored("purpose", value)


def long_policy() -> list[dict[str, Any]]:
    """66 blocks, as the longest policies have."""
    rows = [("recipient", {"name": f"Bolag {n} AB", "country": "SE"}) for n in range(8)]
    cookies = [{"name": f"c{n}", "purpose": "Inloggning"} for n in range(6)]
    rights = [
        {"right": code} for code in BODY.child_blocks["rights"].child_blocks["rights"].child_block.kind.fields[0].terms
    ]
    return [
        *(purpose(n) for n in range(30)),
        *(stored("text", {"heading": f"Text {n}", "body": "<p>Ord.</p>"}) for n in range(26)),
        *(stored("recipients", {"recipients": rows}) for _ in range(4)),
        *(stored("cookies", {"cookies": cookies}) for _ in range(4)),
        stored("rights", {"rights": rights}),
        stored("controller", {"name": "Ek AB", "country": "SE"}),
    ]


def test_a_long_policy_is_a_list_of_closed_blocks(
    page: Page, live_server: Any, root: Any, site: Any, editor: Any
) -> None:
    blocks = long_policy()
    assert len(blocks) == 66
    of = policy(root, *blocks)
    log_in(page, live_server.url)
    page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[of.pk]))
    expect(page.locator(TOP)).to_have_count(66)
    body = page.locator(BODY_FIELD).bounding_box()
    assert body
    assert body["height"] <= 25_000
    # Only what is chosen of the countries of the world, until somebody comes to choose.
    assert (
        page.locator("[data-contentpath=country] option").count()
        <= 2 * page.locator("[data-contentpath=country]").count()
    )
    assert page.evaluate("document.querySelectorAll('*').length") <= 12_000


SUMMARIES = {
    "sv": ["Avtal", "Namn", "Molnet AB, Indien", "Åkerier", "24 månader från köpet"],
    "en": ["Contract", "Namn", "Molnet AB, India", "Åkerier", "24 months from köpet"],
}


@pytest.mark.parametrize("language", SUMMARIES)
def test_a_closed_block_says_what_it_holds(
    page: Page, live_server: Any, root: Any, site: Any, editor: Any, language: str
) -> None:
    UserProfile.objects.update_or_create(user=editor, defaults={"preferred_language": language})
    edit(page, live_server.url, policy(root, purpose(1)))
    top = page.locator(TOP).first
    expect(heading(top)).to_have_text("Ändamål 1")
    top.locator("[data-panel-toggle]").first.click()
    said = top.locator(
        "[data-streamfield-child] > section > .w-panel__header [data-panel-heading-text]"
    ).all_inner_texts()
    assert [text.strip() for text in said if text.strip() in SUMMARIES[language]] == SUMMARIES[language]


def test_a_fold_is_open_where_it_holds_something(
    page: Page, live_server: Any, root: Any, site: Any, editor: Any
) -> None:
    edit(page, live_server.url, policy(root, purpose(1)))
    opened = [
        [row.locator("[data-contentpath=condition] input").is_visible() for row in rows.all()]
        for rows in [open_rows(page)]
    ]
    assert opened == [[False, True]]


def open_rows(page: Page) -> Any:
    page.locator(f"{TOP} [data-panel-toggle]").first.click()
    rows = page.locator("[data-contentpath=recipients] [data-streamfield-child]")
    for row in rows.all():
        row.locator("[data-panel-toggle]").first.click()
    return rows


def test_a_country_is_chosen_from_all_of_them_and_kept(
    page: Page, live_server: Any, root: Any, site: Any, editor: Any
) -> None:
    of = policy(root, purpose(1))
    edit(page, live_server.url, of)
    country = open_rows(page).nth(0).locator("select[name$=country]")
    expect(country).to_have_value("IN")
    country.focus()
    country.select_option("US")
    with saving(page):
        page.locator("button.action-save").first.click()
    value = reloaded(of).get_latest_revision_as_object().body[0].value
    assert [row.value["country"] for row in value["recipients"]] == ["US", ""]


def test_nothing_is_wider_than_its_place(page: Page, live_server: Any, root: Any, site: Any, editor: Any) -> None:
    edit(page, live_server.url, policy(root, purpose(1), long_policy()[-2], long_policy()[-1]))
    page.evaluate(UNFOLD)
    for width in (1280, 1024, 800):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(WIDER) == [], width
