"""History, feed and data tell of changes alike: tagged, the most important first, each leading to its change."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from tests.reader.site import (
    APRIL,
    FIRST_OF_JUNE,
    MARCH,
    MAY,
    announce,
    block,
    draft,
    publish,
    purpose,
    text,
    translate,
)
from wagtail_privacy.clock import at
from wagtail_privacy.models import PolicyPage
from wagtail_privacy.notices.message import render

pytestmark = pytest.mark.usefixtures("site")
RIGHTS = block(
    "rights",
    "66666666-6666-4666-8666-666666666666",
    heading="Dina rättigheter",
    rights=[
        {"type": "item", "id": "66666666-6666-4666-8666-66666666666a", "value": {"right": "erasure"}},
    ],
)


@pytest.fixture
def page(root: Page) -> PolicyPage:
    page = publish(
        draft(root, text("Om oss", "<p>Ring 08-123 45 67.</p>"), purpose(), RIGHTS),
        moment=MARCH,
    )
    return publish(
        page, text("Om oss", "<p>Ring 08-765 43 21.</p>"), purpose(duration="P10Y"), RIGHTS, moment=APRIL, summary="x"
    )


def read(client: Client, page: PolicyPage, route: str) -> str:
    with at(MAY):
        return str(client.get(page.url + route).content.decode())


def told(client: Client, page: PolicyPage) -> list[dict[str, Any]]:
    newest: dict[str, Any] = json.loads(read(client, page, "data/json/"))["versions"][0]
    assert [each["text"] for each in newest["told"]] == newest["changes"]
    return list(newest["told"])


def test_the_most_important_comes_first_and_each_has_its_tag(client: Client, page: PolicyPage) -> None:
    period, phone = told(client, page)
    assert (period["materiality"], phone["materiality"]) == ("material", "minor")
    assert "från 24 månader till 10 år" in period["text"]
    assert "08-765 43 21 i stället för 08-123 45 67" in phone["text"]
    html = read(client, page, "history/")
    tags = re.findall(r'<strong class="privacy-class privacy-class-(\w+)">(\w+)</strong>', html)
    assert tags == [("material", "Viktigt"), ("minor", "Mindre")]
    feed = unescape(read(client, page, "history/feed/"))
    assert feed.index("<strong>Viktigt</strong>") < feed.index("<strong>Mindre</strong>")


def test_each_line_leads_to_its_change_in_the_comparison(client: Client, page: PolicyPage) -> None:
    html, compared = read(client, page, "history/"), read(client, page, "compare/1/2/")
    anchors = re.findall(rf'href="{page.url}compare/1/2/#(c-\w+)"', html)
    assert len(anchors) == 2
    assert [each["url"].partition("#")[2] for each in told(client, page)] == anchors
    for anchor, words in zip(anchors, ("10 år", "08-765 43 21"), strict=True):
        assert compared.count(f'id="{anchor}"') == 1
        assert words in compared.partition(f'id="{anchor}"')[2][:900]


def test_a_line_leads_to_the_right_that_it_touches_where_the_policy_tells_of_it(
    client: Client, page: PolicyPage
) -> None:
    period, phone = told(client, page)
    assert (period["right"], phone["right"]) == ("erasure", None)
    anchor = period["right_url"].partition("#")[2]
    assert f'id="{anchor}"' in read(client, page, "")
    assert f'href="{page.url}#{anchor}"' in read(client, page, "history/")
    assert "Läs om: Rätt till radering" in read(client, page, "history/")


@pytest.fixture
def added(root: Page, locale_en: Locale) -> PolicyPage:
    """English, added while a longer period is announced: its first text is of the announced version."""
    page = publish(draft(root, purpose()), moment=MARCH)
    page = announce(page, purpose(duration="P36M"), moment=APRIL, on=FIRST_OF_JUNE, summary="")
    return translate(page, locale_en, purpose(title="Deliver", duration="P36M"), title="Privacy policy", moment=APRIL)


def test_the_first_text_in_a_language_tells_what_its_version_changes_too(client: Client, added: PolicyPage) -> None:
    said = "The storage period for the purpose “Deliver” changes from 24 months to 36 months."
    assert [each["text"] for each in told(client, added)] == [said]
    assert all(said in unescape(read(client, added, route)) for route in ("", "history/", "history/feed/"))
    version = added.policy.versions.get(number=2)
    assert said in render(version, "en").text
    english = version.text("en")
    assert english and english.changes == ()


def test_what_changes_is_not_told_from_a_text_that_the_reader_may_not_read(
    client: Client, added: PolicyPage, root: Page
) -> None:
    swedish = PolicyPage.objects.get(translation_key=added.translation_key, locale=root.locale)
    PageViewRestriction.objects.create(page=swedish, restriction_type=PageViewRestriction.LOGIN)
    assert told(client, added) == []
