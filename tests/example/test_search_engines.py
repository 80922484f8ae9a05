"""What the example site tells search engines: as docs/data.md says a site can."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction, Site

from tests.reader.site import MARCH, draft, publish, purpose, translate
from tests.settings import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("example_site.urls")]


def test_the_sitemap_names_the_policy_in_every_language_and_no_other_address_of_it(
    root: Page, site: Site, locale_en: Locale, client: Client
) -> None:
    swedish = publish(draft(root, purpose()), moment=MARCH)
    english = translate(swedish, locale_en, purpose(title="Deliver"), title="Privacy policy", moment=MARCH)
    said = client.get("/sitemap.xml").content.decode()
    locations = re.findall("<loc>(.*?)</loc>", said)
    assert {swedish.full_url, english.full_url} <= set(locations)
    assert not [location for location in locations if location.endswith(("history/", "versions/1/", "upcoming/"))]
    assert f"<lastmod>{MARCH:%Y-%m-%d}</lastmod>" in said
    PageViewRestriction.objects.create(page=english, restriction_type=PageViewRestriction.LOGIN)
    assert english.full_url not in client.get("/sitemap.xml").content.decode()


def test_robots_are_led_to_the_sitemap_and_kept_from_no_page_that_says_noindex(client: Client) -> None:
    response = client.get("/robots.txt")
    said = response.content.decode()
    assert response["Content-Type"].startswith("text/plain")
    assert re.findall("(?m)^Sitemap: (.*)$", said) == ["http://testserver/sitemap.xml"]
    assert re.findall("(?m)^Disallow: (.*)$", said) == ["/admin/"]


def test_the_recipe_is_what_the_example_site_does() -> None:
    recipe = (ROOT / "docs" / "data.md").read_text()
    (items,) = re.findall(r"    def items.*?\n((?: {8}.*\n)+)", (ROOT / "example_site" / "sitemap.py").read_text())
    assert items in recipe
