"""What each address says of itself and of others, in headers and in the page's head, in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils.translation import override
from wagtail.models import Locale, Page

from tests.reader.site import APRIL, FIRST_OF_JUNE, JUNE, MARCH, MAY, announce, draft, publish, purpose, translate
from wagtail_privacy.clock import at
from wagtail_privacy.models import PolicyPage

pytestmark = pytest.mark.usefixtures("site")
PUBLIC = ["", "history/"]
OTHERS = [
    "history/?page=1&year=2026",
    "versions/1/",
    "versions/2/",
    "compare/1/2/",
    "changes-since/1/",
    "on/2026-03-02/",
    "upcoming/",
    "history/feed/",
    "data/json/",
]
ATOM = 'rel="alternate"; type="application/atom+xml"'


@pytest.fixture
def pages(root: Page, locale_en: Locale) -> dict[str, PolicyPage]:
    """Version 1 in force and version 2 announced, both in two languages."""
    swedish = publish(draft(root, purpose()), moment=MARCH)
    translate(swedish, locale_en, purpose(title="Deliver"), title="Privacy policy", moment=MARCH)
    announce(swedish, purpose(duration="P36M"), moment=APRIL, on=FIRST_OF_JUNE, summary="Längre.")
    english = translate(
        swedish, locale_en, purpose(title="Deliver", duration="P36M"), title="Privacy policy", moment=APRIL
    )
    return {"sv": swedish, "en": english}


def read(client: Client, address: str, moment: Any = MAY) -> Any:
    with at(moment):
        response = client.get(address)
    assert response.status_code == 200
    return response


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("route", PUBLIC + OTHERS)
def test_every_address_says_what_it_is_and_where_its_likes_are(
    client: Client, pages: dict[str, PolicyPage], route: str, language: str
) -> None:
    response = read(client, pages[language].url + route)
    home = {code: f"http://testserver{page.url}" for code, page in pages.items()}
    path = route.split("?")[0]
    link = response["Link"].split(", ")
    assert response["Content-Language"] == language
    for expected in (
        f'<{home[language]}{path}>; rel="canonical"',
        f'<{home["sv"]}{path}>; rel="alternate"; hreflang="sv"',
        f'<{home["en"]}{path}>; rel="alternate"; hreflang="en"',
        f'<{home[language]}>; rel="privacy-policy"',
        f'<{home[language]}>; rel="latest-version"',
        f'<{home[language]}history/>; rel="version-history"',
        f"<{home[language]}history/feed/>; {ATOM}",
        f'<{home[language]}data/json/>; rel="alternate"; type="application/json"',
    ):
        assert link.count(expected) == 1
    assert len(link) == len(set(link))
    assert ("X-Robots-Tag" not in response) == (route in PUBLIC)


def test_versions_name_the_ones_beside_them(client: Client, pages: dict[str, PolicyPage]) -> None:
    home = f"http://testserver{pages['en'].url}"
    first, second = (read(client, f"{pages['en'].url}versions/{number}/")["Link"] for number in (1, 2))
    assert f'<{home}versions/2/>; rel="successor-version"' in first
    assert "predecessor-version" not in first
    assert f'<{home}versions/1/>; rel="predecessor-version"' in second
    assert "successor-version" not in second


@pytest.mark.parametrize("route", ["", "history/", "versions/1/"])
def test_the_head_says_the_same_as_the_header(client: Client, pages: dict[str, PolicyPage], route: str) -> None:
    response = read(client, pages["en"].url + route)
    head = response.content.decode().split("</head>")[0]
    in_head = re.findall(r'<link rel="([^"]+)" href="([^"]+)"', head)
    in_header = re.findall(r'<([^>]+)>; rel="([^"]+)"', response["Link"])
    assert in_head == [(rel, href) for href, rel in in_header]
    assert 'type="application/atom+xml" title="Change history">' in head


def test_the_sitemap_leaves_old_versions_and_aliases_out(
    client: Client, root: Page, pages: dict[str, PolicyPage]
) -> None:
    assert [url["location"] for url in pages["sv"].get_sitemap_urls()] == [pages["sv"].full_url]
    elsewhere = root.add_child(title="Kundtjänst", slug="kundtjanst", locale=root.locale)
    assert pages["sv"].create_alias(parent=elsewhere).get_sitemap_urls() == []


def render(template: str, address: str = "/") -> str:
    context = Context({"request": RequestFactory().get(address, headers={"host": "testserver"})})
    return Template("{% load wagtail_privacy_tags %}" + template).render(context)


def test_a_site_s_own_footer_and_head_lead_to_the_policy_in_the_reader_s_language(
    pages: dict[str, PolicyPage],
) -> None:
    with override("en"):
        assert render("{% privacy_policy_link %}") == (
            f'<a href="{pages["en"].url}" rel="privacy-policy">Privacy policy</a>'
        )
        assert render("{% privacy_policy_relation %}") == (
            f'<link rel="privacy-policy" href="http://testserver{pages["en"].url}">'
        )
    with override("sv"):
        assert render('{% privacy_policy_link "Så skyddar vi dig" %}') == (
            f'<a href="{pages["sv"].url}" rel="privacy-policy">Så skyddar vi dig</a>'
        )
        assert render("{% privacy_policy as policy %}{{ policy.pk }}") == str(pages["sv"].pk)


def test_a_footer_names_the_language_of_a_policy_that_is_not_translated(root: Page) -> None:
    page = publish(draft(root, purpose()), moment=MARCH)
    with override("en"):
        assert render("{% privacy_policy_link %}") == (
            f'<a href="{page.url}" rel="privacy-policy" lang="sv" hreflang="sv">Integritetspolicy</a>'
        )


def test_a_footer_shows_the_title_that_applies_not_the_one_that_is_announced(root: Page) -> None:
    page = publish(draft(root, purpose()), moment=MARCH)
    page.title = "Ny titel"
    announce(page, purpose(duration="P36M"), moment=APRIL, on=FIRST_OF_JUNE, summary="Längre.")
    for moment, title in ((MAY, "Integritetspolicy"), (JUNE, "Ny titel")):
        with at(moment), override("sv"):
            assert f">{title}</a>" in render("{% privacy_policy_link %}")


def test_a_footer_without_a_policy_or_with_a_fault_is_empty(root: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    assert render("{% privacy_policy_link %}{% privacy_policy_relation %}") == ""
    publish(draft(root, purpose()), moment=MARCH)
    monkeypatch.setattr("wagtail_privacy.reader.site_policy.policy_page_models", lambda: 1 / 0)
    assert render("{% privacy_policy_link %}{% privacy_policy_relation %}") == ""
