"""Two versions compared: section by section, words marked, facts before and after."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.reader.site import (
    APRIL,
    FIRST_OF_JUNE,
    JUNE,
    MARCH,
    MAY,
    announce,
    block,
    draft,
    publish,
    purpose,
    text,
    visible,
)
from wagtail_privacy.clock import at
from wagtail_privacy.models import PolicyPage, Text
from wagtail_privacy.reader import comparison

pytestmark = pytest.mark.usefixtures("site")
NEW = "55555555-5555-4555-8555-555555555555"


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """1: two sections. 2, announced for 1 June: a longer period, other words, one purpose more."""
    page = publish(draft(root, purpose(), text("Om oss", "<p>Vi säljer röda cyklar.</p>")), moment=MARCH)
    return announce(
        page,
        purpose(duration="P36M"),
        purpose(NEW, title="Skicka nyhetsbrev", duration="P1Y", starts="prenumerationen"),
        text("Om oss", "<p>Vi säljer blå cyklar.</p>"),
        moment=APRIL,
        on=FIRST_OF_JUNE,
        summary="Längre tid och ett nyhetsbrev.",
    )


def read(client: Client, page: PolicyPage, route: str, moment: Any = MAY) -> Any:
    with at(moment):
        return client.get(page.url + route)


def test_facts_stand_before_and_after_words_are_marked_and_new_sections_whole(client: Client, page: PolicyPage) -> None:
    response = read(client, page, "compare/1/2/")
    shown, html = visible(response), response.content.decode()
    assert "Version 2 jämförd med version 1" in shown
    assert "Version 1 gäller sedan 2 mars 2026 Version 2 gäller från 1 juni 2026" in shown
    assert "Före 24 månader Efter 36 månader" in shown
    assert "<del>24 månader</del>" in html
    assert "<ins>36 månader</ins>" in html
    assert "Vi säljer borttaget: röda slut på det borttagna tillagt: blå slut på det tillagda cyklar." in shown
    assert "Skicka nyhetsbrev" in shown
    assert "1 år, räknat från prenumerationen" in shown


def test_the_changes_are_grouped_by_section(client: Client, page: PolicyPage) -> None:
    html = read(client, page, "compare/1/2/").content.decode()
    assert (
        html.index("<h2>Skicka nyhetsbrev</h2>")
        < html.index("<h2>Leverera din order</h2>")
        < html.index("<h2>Om oss</h2>")
    )


@pytest.mark.parametrize(
    ("route", "moment", "goes_to"),
    [
        ("compare/2/1/", MAY, "compare/1/2/"),
        ("compare/2/2/", MAY, "versions/2/"),
        ("changes-since/2/", MAY, "compare/1/2/"),
    ],
)
def test_other_ways_round_lead_to_the_one_address(
    client: Client, page: PolicyPage, route: str, moment: Any, goes_to: str
) -> None:
    assert read(client, page, route, moment)["Location"] == page.url + goes_to


def test_changes_since_is_the_comparison_with_the_version_in_force(client: Client, page: PolicyPage) -> None:
    assert "Inget har ändrats. Version 1 gäller nu." in visible(read(client, page, "changes-since/1/"))
    assert "Före 24 månader Efter 36 månader" in visible(read(client, page, "changes-since/1/", JUNE))


def test_versions_that_say_the_same_say_so(client: Client, page: PolicyPage) -> None:
    publish(page, purpose(), text("Om oss", "<p>Vi säljer röda cyklar.</p>"), moment=MAY)
    assert "De två versionerna har samma innehåll." in visible(read(client, page, "compare/1/3/"))


def test_a_damaged_text_cannot_be_compared_and_says_so(client: Client, page: PolicyPage) -> None:
    Text.objects.filter(version__number=1).update(snapshot_json={"format": "no"})
    response = read(client, page, "compare/1/2/")
    assert response.status_code == 200
    assert "Jämförelsen kan inte visas just nu." in visible(response)


def cell(id: str, words: str) -> dict[str, Any]:
    return {"type": "item", "id": id, "value": words}


def table(*rows: tuple[str, ...]) -> dict[str, Any]:
    """A table whose rows have ids of their own."""
    id = "77777777-7777-4777-8777-7777777777{}{}"
    lines = [
        {
            "type": "item",
            "id": id.format(n, 0),
            "value": {"cells": [cell(id.format(n, k), c) for k, c in enumerate(r, 1)]},
        }
        for n, r in enumerate(rows, 1)
    ]
    columns = [cell(id.format(0, n), name) for n, name in enumerate(("Uppgift", "Tid", "Varför"), 1)]
    return block("table", id.format(0, 0), heading="Tider", columns=columns, rows=lines)


def test_what_matters_most_stands_first_and_says_so(client: Client, root: Page) -> None:
    page = publish(draft(root, text("Om oss", "<p>Vi säljer cyklar.</p>"), purpose()), moment=MARCH)
    publish(page, text("Om oss", "<p>Vi säljer cyklarna.</p>"), purpose(duration="P36M"), moment=APRIL)
    html = read(client, page, "compare/1/2/").content.decode()
    assert html.index("Leverera din order</h2>") < html.index("Om oss</h2>")
    weights = re.findall(r'class="privacy-weight privacy-weight-(\w+)"', html)
    assert weights[0] == "material" and weights[-1] == "editorial"


def test_how_much_it_matters_is_what_was_decided_for_neighbours(client: Client, root: Page) -> None:
    """Words that the program can't judge are in doubt, until an editor answers; readers see the answer."""
    page = publish(draft(root, text("Om oss", "<p>Vi säljer cyklar.</p>")), moment=MARCH)
    publish(page, text("Om oss", "<p>Vi frunar cyklar med glädje.</p>"), moment=APRIL)
    recorded = Text.objects.get(version__number=2)
    (change,) = recorded.changes_json
    Text.objects.filter(pk=recorded.pk).update(changes_json=[{**change, "materiality": "benefit"}])
    html = read(client, page, "compare/1/2/").content.decode()
    assert re.findall(r"privacy-weight-(\w+)", html) == ["benefit"]


def test_more_than_can_be_read_in_time_is_shown_without_its_weight(
    client: Client, page: PolicyPage, monkeypatch: Any
) -> None:
    monkeypatch.setattr(comparison, "MOST_READ", 10)
    publish(page, purpose(duration="P48M"), text("Om oss", "<p>Vi säljer gula cyklar.</p>"), moment=MAY)
    html = read(client, page, "compare/1/3/").content.decode()
    assert "privacy-weight" not in html
    assert "<ins>48 månader</ins>" in html


def test_of_very_many_changes_the_first_are_shown_and_it_is_said_that_there_are_more(
    client: Client, page: PolicyPage, monkeypatch: Any
) -> None:
    publish(page, purpose(duration="P48M"), text("Om oss alla", "<p>Vi säljer gula cyklar.</p>"), moment=MAY)
    monkeypatch.setattr(comparison, "MOST_CHANGES", 2)
    html = read(client, page, "compare/1/3/").content.decode()
    assert html.count('class="privacy-difference ') == 2
    assert "48 månader" in html
    assert "Läs båda versionerna" in html


def test_a_row_of_a_table_is_compared_as_a_row(client: Client, root: Page) -> None:
    kept = ("<p>Konto</p>", "<p>24 månader</p>", "<p>Du loggar in</p>")
    page = draft(root, table(("<p>Loggar</p>", "<p>12 månader</p>", "<p>Fel</p>"), kept))
    page = publish(page, moment=MARCH)
    publish(page, table(("<p>Loggar</p>", "<p>24 månader</p>", "<p>Fel och intrång</p>"), kept), moment=APRIL)
    response = read(client, page, "compare/1/2/")
    html, shown = response.content.decode(), visible(response)
    assert html.count('class="privacy-difference ') == 1
    assert "Uppgift Tid Varför Loggar borttaget: 12 månader slut på det borttagna tillagt: 24 månader" in shown
    assert "Du loggar in" not in shown


def test_a_row_that_came_is_shown_under_the_columns(client: Client, root: Page) -> None:
    kept = ("<p>Konto</p>", "<p>24 månader</p>")
    page = publish(draft(root, table(kept)), moment=MARCH)
    publish(page, table(kept, ("<p>Köp</p>", "", "<p>Bokföringslagen</p>")), moment=APRIL)
    shown = visible(read(client, page, "compare/1/2/"))
    assert "Raden ”Köp” läggs till (Bokföringslagen). Uppgift Tid Varför Köp Bokföringslagen" in shown


def test_another_page_that_a_link_leads_to_is_shown_by_its_address(client: Client, root: Page) -> None:
    one, two = (root.add_child(instance=Page(title=slug, slug=slug)) for slug in ("ett", "tva"))
    body = '<p>Vi beskriver allt här: <a linktype="page" id="{}">läs mer</a>.</p>'
    page = publish(draft(root, text("Om oss", body.format(one.pk))), moment=MARCH)
    publish(page, text("Om oss", body.format(two.pk)), moment=APRIL)
    shown = visible(read(client, page, "compare/1/2/"))
    assert f"borttaget: ({one.url})" in shown and f"tillagt: ({two.url})" in shown


def test_what_says_the_same_is_folded_and_leads_to_the_text(client: Client, root: Page) -> None:
    kept = [f"<p>Stycke {number} står kvar.</p>" for number in range(6)]
    page = publish(draft(root, purpose(), text("Om oss", "<p>Ett år.</p>" + "".join(kept))), moment=MARCH)
    publish(page, purpose(), text("Om oss", "<p>Två år.</p>" + "".join(kept)), moment=APRIL)
    html = read(client, page, "compare/1/2/").content.decode()
    folded = re.findall(r'<details class="privacy-same">.*?</details>', html, re.DOTALL)
    assert len(folded) == 1 and "Stycke 5" in folded[0] and "Stycke 0" not in folded[0]
    assert "1 avsnitt är oförändrat" in visible(read(client, page, "compare/1/2/"))
    assert f'href="{page.url}versions/2/#s-11111111' in html


def test_another_form_of_the_same_words_is_called_that(client: Client, root: Page) -> None:
    page = publish(draft(root, text("Om oss", "<p>Vi säljer cyklar.</p>")), moment=MARCH)
    publish(page, text("Om oss", "<p>Vi <b>säljer</b> cyklar.</p>"), moment=APRIL)
    assert "Orden är desamma" in visible(read(client, page, "compare/1/2/"))
