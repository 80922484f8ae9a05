"""Permanent addresses: wherever the pages go, what an e-mail or a feed printed leads to them, or says why not."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from wagtail.models import Locale, Page, PageViewRestriction

from tests.reader.site import APRIL, FIRST_OF_JUNE, MARCH, MAY, announce, draft, publish, purpose, translate, visible
from wagtail_privacy.checks.settings import check_permanent_addresses
from wagtail_privacy.clock import at
from wagtail_privacy.models import PolicyPage, Version
from wagtail_privacy.notices.language_told_in import Announcements

pytestmark = [pytest.mark.usefixtures("site"), pytest.mark.urls("tests.reader.permanent_urls")]
ROUTES = (
    "",
    "history/",
    "versions/1/",
    "versions/2/",
    "compare/1/2/",
    "changes-since/1/",
    "on/2026-05-04/",
    "history/feed/",
    "data/json/",
    "upcoming/",
)


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """Version 1 from 2 March, version 2 announced on 1 April for 1 June."""
    page = publish(draft(root, purpose()), moment=MARCH)
    return announce(page, purpose(duration="P36M"), moment=APRIL, on=FIRST_OF_JUNE, summary="Vi sparar längre.")


@pytest.fixture
def english(page: PolicyPage, locale_en: Locale) -> PolicyPage:
    blocks = (purpose(title="Deliver your order", starts="the delivery", duration="P36M"),)
    return translate(page, locale_en, *blocks, title="Privacy policy", moment=APRIL)


def follow(client: Client, address: str, **headers: str) -> Any:
    with at(MAY):
        return client.get(address, follow=True, headers=headers)


def moved(page: PolicyPage, root: Page) -> PolicyPage:
    below = root.add_child(instance=Page(title="Juridik", slug="juridik", locale=root.locale))
    page.slug = "annat-namn"
    page.save()
    page.move(below, pos="last-child")
    return PolicyPage.objects.get(pk=page.pk)


@pytest.mark.parametrize("route", ROUTES)
def test_a_permanent_address_leads_to_the_page_wherever_it_is(
    client: Client, root: Page, page: PolicyPage, route: str
) -> None:
    address = f"/policies/{page.translation_key}/sv/{route}"
    assert follow(client, address).redirect_chain == [(page.url + route, 302)]
    page = moved(page, root)
    response = follow(client, f"{address}?page=1")
    assert response.redirect_chain == [(f"{page.url}{route}?page=1", 302)]
    assert page.url == "/juridik/annat-namn/"
    assert response.status_code == 200


def test_without_a_language_it_is_the_reader_s(client: Client, page: PolicyPage, english: PolicyPage) -> None:
    address = f"/policies/{page.translation_key}/versions/2/"
    for language, own in (("en", english), ("sv", page), ("fi", page)):
        response = follow(client, address, **{"accept-language": language})
        assert response.redirect_chain == [(f"{own.url}versions/2/", 302)]
    assert "Accept-Language" in client.get(address)["Vary"]
    assert follow(client, f"/policies/{page.translation_key}/fi/history/").redirect_chain[0][0] == f"{page.url}history/"


def test_mails_feed_and_data_print_addresses_that_hold(
    client: Client, root: Page, page: PolicyPage, english: PolicyPage
) -> None:
    told = Announcements(Version.objects.get(number=2)).for_language("en")
    printed = [told.policy_url, told.version_url, told.compare_url]
    with at(MAY):
        data = client.get(f"{english.url}data/json/").json()
        printed += re.findall(r'href="([^"]+)"', client.get(f"{english.url}history/feed/").content.decode())
    printed += [data["url"], data["history_url"], *(version["url"] for version in data["versions"])]
    moved(page, root)
    english.slug = "moved"
    english.save()
    for address in printed:
        response = follow(client, address)
        assert response.status_code == 200, address
        assert response.redirect_chain[-1][0].startswith("/en/moved/"), address


@pytest.mark.urls("tests.urls")
def test_without_the_line_the_page_s_own_addresses_are_used_and_a_check_says_so(
    client: Client, page: PolicyPage
) -> None:
    told = Announcements(Version.objects.get(number=2)).for_language("sv")
    assert told.version_url == f"http://testserver{page.url}versions/2/"
    assert client.get(f"{page.url}data/json/").json()["history_url"] == f"http://testserver{page.url}history/"
    (found,) = check_permanent_addresses()
    assert 'path("policies/", include("wagtail_privacy.urls"))' in str(found.hint)


def test_with_the_line_the_check_is_content() -> None:
    assert check_permanent_addresses() == []


def test_who_may_not_read_the_page_is_not_told_where_it_is(client: Client, page: PolicyPage) -> None:
    address = f"/policies/{page.translation_key}/sv/versions/1/"
    kept = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    response = client.get(address)
    assert response.status_code == 302
    assert response.url == f"{reverse('wagtailcore_login')}?next={address}"
    kept.restriction_type, kept.password = PageViewRestriction.PASSWORD, "hemligt"
    kept.save()
    response = client.get(address)
    assert page.url not in response.content.decode().replace(address, "")
    entered = client.post(
        reverse("wagtailcore_authenticate_with_password", args=[kept.pk, page.pk]),
        {"password": "hemligt", "return_url": address},
    )
    assert follow(client, entered.url).redirect_chain == [(f"{page.url}versions/1/", 302)]


def test_where_all_pages_are_deleted_the_address_says_so(client: Client, page: PolicyPage, english: PolicyPage) -> None:
    address = f"/policies/{page.translation_key}/en/versions/1/"
    page.delete()
    assert follow(client, address).redirect_chain == [(f"{english.url}versions/1/", 302)]
    english.delete()
    response = client.get(address)
    assert response.status_code == 410
    assert "This privacy policy has been removed from the website." in visible(response)
    assert "version 2, with effect from 1 June 2026" in visible(response)
    assert "Integritetspolicy" not in visible(response)
    assert client.get(f"/policies/{uuid4()}/en/versions/1/").status_code == 404


def test_a_deleted_policy_s_last_version_is_one_that_applied(client: Client, page: PolicyPage) -> None:
    key = page.translation_key
    with at(MAY):
        page.delete()
        response = client.get(f"/policies/{key}/en/")
    assert response.status_code == 410
    assert "version 1, with effect from 2 March 2026" in visible(response)


def test_where_no_page_is_public_the_address_says_so(client: Client, page: PolicyPage) -> None:
    page.unpublish()
    response = client.get(f"/policies/{page.translation_key}/en/")
    assert response.status_code == 404
    assert "This privacy policy is not public at the moment." in visible(response)


@hypothesis_settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    path=st.lists(
        st.sampled_from(
            ["sv", "on", "versions", "0", "01", "1", "compare", "history", "feed", "2026-02-30", "xx", "å"]
        ),
        max_size=5,
    ).map("/".join)
)
def test_whatever_is_asked_for_is_answered_without_an_error(client: Client, page: PolicyPage, path: str) -> None:
    response = client.get(f"/policies/{page.translation_key}/{path}/", follow=True)
    assert response.status_code in (200, 404)


def test_wagtail_s_redirects_lead_on_from_what_people_keep(page: PolicyPage) -> None:
    assert page.get_route_paths() == [
        "/",
        "/history/",
        "/history/feed/",
        "/data/json/",
        "/upcoming/",
        "/versions/2/",
        "/versions/1/",
    ]


def test_of_a_long_history_only_the_newest_versions_get_redirects(page: PolicyPage) -> None:
    first = Version.objects.get(number=1)
    rows = [Version(policy=first.policy, number=n, published_at=MARCH, takes_effect_at=MARCH) for n in range(3, 80)]
    Version.objects.bulk_create(rows)
    paths = page.get_route_paths()
    assert [path for path in paths if "versions" in path] == [f"/versions/{number}/" for number in range(79, 29, -1)]


def test_without_addresses_of_pages_there_is_no_address_to_lead_to(
    client: Client, page: PolicyPage, settings: Any
) -> None:
    """A headless site: its pages are shown elsewhere, and Wagtail knows no address of theirs."""
    settings.ROOT_URLCONF = "tests.reader.headless_urls"
    for route in ROUTES:
        with at(MAY):
            response = client.get(f"/policies/{page.translation_key}/sv/{route}")
        assert response.status_code == 404, route
    with at(MAY):
        shown = client.get(f"/api/pages/{page.pk}/?fields=*").json()
    assert (shown["meta"]["html_url"], shown["version_in_force"]) == (None, 1)
    assert "privacy-section" in shown["html"]
