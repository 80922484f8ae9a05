"""Two versions compared: section by section, words marked, facts before and after."""

from __future__ import annotations

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
    draft,
    publish,
    purpose,
    text,
    visible,
)
from wagtail_privacy.actions.moment import at
from wagtail_privacy.models import PolicyPage, Text

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
        html.index("<h2>Leverera din order</h2>")
        < html.index("<h2>Skicka nyhetsbrev</h2>")
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
