"""What a page's head says to search engines: its description, whether it is to be found, and its default language."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from tests.reader.site import APRIL, FIRST_OF_JUNE, JUNE, MARCH, MAY, announce, draft, publish, purpose, translate
from wagtail_privacy.clock import at
from wagtail_privacy.models import PolicyPage

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def swedish(root: Page) -> PolicyPage:
    """Version 1 in force, version 2 announced for June."""
    page = publish(draft(root, purpose()), moment=MARCH)
    return announce(page, purpose(duration="P36M"), moment=APRIL, on=FIRST_OF_JUNE, summary="Längre.")


def head(client: Client, url: str, moment: Any = MAY) -> str:
    with at(moment):
        response = client.get(url)
    assert response.status_code == 200
    return str(response.content.decode().partition("</head>")[0])


def descriptions(html: str) -> list[str]:
    return re.findall(r'<meta name="description" content="([^"]*)">', html)


@pytest.mark.parametrize(
    ("route", "moment", "said"),
    [
        ("", MAY, "Integritetspolicy. Version 1, gäller sedan 2 mars 2026"),
        ("", JUNE, "Integritetspolicy. Version 2, gäller sedan 1 juni 2026"),
        ("versions/1/", MAY, "Integritetspolicy. Version 1, gäller sedan 2 mars 2026"),
        ("versions/1/", JUNE, "Integritetspolicy. Version 1, gällde från 2 mars 2026"),
        ("versions/2/", MAY, "Integritetspolicy. Version 2, gäller från 1 juni 2026"),
    ],
)
def test_the_description_says_which_version_it_is(
    client: Client, swedish: PolicyPage, route: str, moment: Any, said: str
) -> None:
    assert descriptions(head(client, swedish.url + route, moment)) == [said]


def test_what_the_editor_wrote_describes_the_policy_page_alone(client: Client, swedish: PolicyPage) -> None:
    head(client, swedish.url)
    PolicyPage.objects.update(search_description='Så gör vi med "dina" uppgifter.')
    assert descriptions(head(client, swedish.url)) == ["Så gör vi med &quot;dina&quot; uppgifter."]
    assert "Så gör vi" not in head(client, swedish.url + "versions/1/")
    (history,) = descriptions(head(client, swedish.url + "history/"))
    assert history.startswith("Integritetspolicy. ")
    assert "Så gör vi" not in history


@pytest.mark.parametrize("route", ["", "history/", "versions/1/", "compare/1/2/", "on/2026-05-04/", "upcoming/"])
def test_only_the_policy_and_its_history_are_to_be_found(client: Client, swedish: PolicyPage, route: str) -> None:
    noindex = '<meta name="robots" content="noindex">' in head(client, swedish.url + route)
    with at(MAY):
        header = client.get(swedish.url + route).get("X-Robots-Tag")
    assert noindex == (header == "noindex") == (route not in ("", "history/"))


@pytest.mark.parametrize(("prevailing", "default"), [("original", "sv"), ("en", "en"), (None, "sv")])
def test_each_language_names_the_same_default(
    client: Client, swedish: PolicyPage, locale_en: Locale, settings: Any, prevailing: str | None, default: str
) -> None:
    settings.WAGTAIL_PRIVACY_PREVAILING_LANGUAGE = prevailing
    english = translate(swedish, locale_en, purpose(title="Deliver"), title="Privacy policy", moment=APRIL)
    pages = {"sv": swedish.url, "en": english.url}
    for url in pages.values():
        found = re.findall(r'<link rel="alternate" href="([^"]*)" hreflang="x-default">', head(client, url, JUNE))
        assert found == [f"http://testserver{pages[default]}"]


def test_a_page_whose_language_has_no_text_in_force_is_not_in_the_sitemap(
    swedish: PolicyPage, locale_en: Locale
) -> None:
    english = translate(
        swedish, locale_en, purpose(title="Deliver", duration="P36M"), title="Privacy policy", moment=APRIL
    )
    with at(MAY):
        assert english.get_sitemap_urls() == []
        assert [url["location"] for url in swedish.get_sitemap_urls()] == [swedish.full_url]
    with at(JUNE):
        assert [url["location"] for url in english.get_sitemap_urls()] == [english.full_url]
