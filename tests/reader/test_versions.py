"""Versions at their own addresses: announced, in force, superseded, withdrawn, or not there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.reader.site import APRIL, FIRST_OF_JUNE, JUNE, MARCH, MAY, announce, draft, publish, purpose, text, visible
from wagtail_privacy.clock import at
from wagtail_privacy.models import PolicyPage, Version

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """Version 1 from 2 March, version 2 announced on 1 April for 1 June."""
    page = publish(draft(root, purpose()), moment=MARCH)
    return announce(page, purpose(duration="P36M"), moment=APRIL, on=FIRST_OF_JUNE, summary="Vi sparar längre.")


def read(client: Client, page: PolicyPage, route: str, moment: Any = MAY) -> Any:
    with at(moment):
        return client.get(page.url + route)


@pytest.mark.parametrize(
    ("route", "moment", "status", "value"),
    [
        ("versions/1/", MAY, "Den här versionen gäller nu. Från den 1 juni 2026 gäller version 2 i stället.", "24"),
        ("versions/2/", MAY, "Den gäller från den 1 juni 2026. Fram till dess gäller version 1.", "36"),
        ("upcoming/", MAY, "Det här är en kommande version. Den gäller från den 1 juni 2026.", "36"),
        ("versions/1/", JUNE, "Den gällde från 2 mars 2026 till 1 juni 2026, då den ersattes av version 2.", "24"),
        ("versions/2/", JUNE, "Den här versionen gäller nu.", "36"),
    ],
    ids=["in force", "announced", "upcoming", "superseded", "in force later"],
)
def test_a_version_says_what_became_of_it(
    client: Client, page: PolicyPage, route: str, moment: Any, status: str, value: str
) -> None:
    response = read(client, page, route, moment)
    assert response.status_code == 200
    assert status in visible(response)
    assert f"{value} månader, räknat från leveransen" in visible(response)


def test_a_withdrawn_version_says_so_and_is_not_upcoming(client: Client, page: PolicyPage) -> None:
    Version.objects.filter(number=2).update(withdrawn_at=MAY)
    response = read(client, page, "versions/2/", JUNE)
    assert response.status_code == 200
    assert "Version 2 drogs tillbaka den 4 maj 2026 och har aldrig gällt." in visible(response)
    assert "Just nu finns ingen kommande version." in visible(read(client, page, "upcoming/"))
    assert "gäller en ny version" not in visible(read(client, page, ""))
    assert "24 månader, räknat" in visible(read(client, page, "", JUNE))
    assert "Tillbakadragen den 4 maj 2026. Den har aldrig gällt." in visible(read(client, page, "history/"))


def test_the_upcoming_address_is_friendly_to_old_links(client: Client, page: PolicyPage) -> None:
    response = read(client, page, "upcoming/", JUNE)
    assert response.status_code == 200
    assert "Just nu finns ingen kommande version." in visible(response)


@pytest.mark.parametrize("route", ["versions/3/", "versions/0/", "compare/1/3/", "compare/9/1/", "changes-since/7/"])
def test_what_does_not_exist_is_not_found(client: Client, page: PolicyPage, route: str) -> None:
    assert client.get(page.url + route, follow=True).status_code == 404


def test_several_announced_versions_are_all_announced_the_next_one_first(client: Client, page: PolicyPage) -> None:
    third = [purpose(duration="P36M"), text("Om oss", "<p>Vi säljer nu även bilar och delar uppgifter.</p>")]
    publish(page, *third, moment=MAY)
    html = read(client, page, "", MAY).content.decode()
    headings = re.findall(r'<h2 id="privacy-announcement-(\d)">(.*?)</h2>', html, re.DOTALL)
    assert [number for number, _ in headings] == ["2", "3"]
    assert all(f"version {number}" in words for number, words in headings)
    assert "Vi säljer nu även bilar" not in visible(read(client, page, "upcoming/"))
    assert "/integritet/compare/1/3/" in read(client, page, "").content.decode()
