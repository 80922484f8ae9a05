"""Versions and days are chosen in plain forms, which lead to permanent addresses or say what is wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.reader.site import APRIL, FIRST_OF_JUNE, MARCH, MAY, announce, draft, publish, purpose, visible
from wagtail_privacy.clock import at
from wagtail_privacy.models import PolicyPage
from wagtail_privacy.reader import choosing

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """Version 1 since 2 March, version 2 announced for 1 June."""
    page = publish(draft(root, purpose()), moment=MARCH)
    return announce(page, purpose(duration="P36M"), moment=APRIL, on=FIRST_OF_JUNE, summary="Längre.")


def read(client: Client, page: PolicyPage, route: str) -> Any:
    with at(MAY):
        return client.get(page.url + route)


@pytest.mark.parametrize("route", ["history/", "compare/1/2/", "on/2026-05-04/", "compare/", "on/"])
def test_the_forms_stand_where_versions_and_days_are_read(client: Client, page: PolicyPage, route: str) -> None:
    html = read(client, page, route).content.decode()
    assert f'action="{page.url}compare/"' in html
    assert f'action="{page.url}on/"' in html
    assert "<script" not in re.sub(r"<head>.*?</head>", "", html, flags=re.DOTALL)


def test_what_is_shown_is_what_the_forms_hold(client: Client, page: PolicyPage) -> None:
    html = " ".join(read(client, page, "compare/1/2/").content.decode().split())
    old, new = (re.search(rf'<select id="privacy-{name}".*?</select>', html) for name in ("old", "new"))
    assert old and new
    assert '<option value="1" selected>' in old[0]
    assert '<option value="2" selected> Version 2, från den 1 juni 2026' in new[0]
    assert 'value="2026-05-04"' in read(client, page, "on/2026-05-04/").content.decode()


@pytest.mark.parametrize(
    ("asked", "goes_to"),
    [
        ("compare/?old=1&new=2", "compare/1/2/"),
        ("compare/?old=2&new=1", "compare/1/2/"),
        ("compare/?old=%201&new=2%20", "compare/1/2/"),
        ("on/?day=2026-05-04", "on/2026-05-04/"),
        ("on/?day=2031-01-01", "on/2031-01-01/"),
    ],
)
def test_a_choice_leads_to_its_permanent_address(client: Client, page: PolicyPage, asked: str, goes_to: str) -> None:
    assert read(client, page, asked)["Location"] == page.url + goes_to


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("compare/?old=1", "Välj två versioner."),
        ("compare/?old=&new=", "Välj två versioner."),
        ("compare/?old=1&new=7", "Den här policyn har ingen version ”7”. Den nyaste är version 2."),
        ("compare/?old=01&new=2", "Den här policyn har ingen version ”01”."),
        ("compare/?old=<b>&new=2", "Den här policyn har ingen version ”&lt;b&gt;”."),
        ("compare/?old=2&new=2", "Välj två olika versioner."),
        ("on/?day=", "Skriv dagen som år, månad och dag: 2026-05-25."),
        ("on/?day=4/5/2026", "Skriv dagen som år, månad och dag: 2026-05-25."),
        ("on/?day=2026-02-30", "Skriv dagen som år, månad och dag: 2026-05-25."),
        (
            "on/?day=2025-12-31",
            "Ingen version av policyn gällde den 31 december 2025. Den första gällde från den 2 mars",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_chosen(client: Client, page: PolicyPage, asked: str, said: str) -> None:
    response = read(client, page, asked)
    assert response.status_code == 400
    assert said in visible(response)
    assert '<details class="privacy-choose" open>' in response.content.decode()
    assert "ETag" not in response


def test_of_very_many_versions_the_number_is_written(client: Client, page: PolicyPage, monkeypatch: Any) -> None:
    monkeypatch.setattr(choosing, "MOST_LISTED", 1)
    html = read(client, page, "compare/1/2/").content.decode()
    assert '<input type="number" id="privacy-old" name="old" value="1" min="1" max="2" required>' in html


def test_with_one_version_only_a_day_can_be_chosen(client: Client, root: Page) -> None:
    page = publish(draft(root, purpose()), moment=MARCH)
    html = read(client, page, "history/").content.decode()
    assert "privacy-old" not in html and "privacy-day" in html
