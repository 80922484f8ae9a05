"""A title that is announced or held stands nowhere before it applies, except in the page's own row."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from tests.reader.site import APRIL, FIRST_OF_JUNE, JUNE, MARCH, MAY, announce, draft, publish, purpose, translate
from wagtail_privacy.clock import at
from wagtail_privacy.models import Policy, PolicyPage
from wagtail_privacy.publication.preview import preview_publication
from wagtail_privacy.reader.titles import TitleInForceSerializer, with_title_in_force

pytestmark = [pytest.mark.usefixtures("site"), pytest.mark.urls("tests.reader.api_urls")]
OLD, NEW = "Integritetspolicy", "Dataskyddspolicy"
ROUTES = (
    "",
    "history/",
    "upcoming/",
    "versions/1/",
    "compare/1/1/",
    "changes-since/1/",
    "on/2026-05-04/",
    "data/json/",
    "history/feed/",
)


@pytest.fixture
def held(root: Page, locale_en: Locale) -> PolicyPage:
    """Published under a new title, which waits for its English translation."""
    page = publish(draft(root, purpose(), title=OLD), moment=MARCH)
    Policy.objects.update(required_languages=["en"])
    page.title = NEW
    return publish(page, purpose(duration="P36M"), moment=APRIL)


def test_no_page_shows_a_title_that_is_held(client: Client, held: PolicyPage) -> None:
    assert held.title == NEW
    for route in ROUTES:
        with at(MAY):
            response = client.get(held.url + route, follow=True)
        assert response.status_code == 200
        assert NEW not in response.content.decode(), route


def test_a_queryset_of_all_pages_says_what_is_in_force(root: Page, locale_en: Locale) -> None:
    page = publish(draft(root, purpose(), title=OLD), moment=MARCH)
    english = translate(page, locale_en, purpose(title="Deliver"), title="Privacy", moment=MARCH)
    page.title = NEW
    page = announce(page, purpose(duration="P36M"), moment=APRIL, on=FIRST_OF_JUNE, summary="Ny titel.")
    elsewhere = root.add_child(instance=Page(title="Kundtjänst", slug="kundtjanst", locale=root.locale))
    alias = page.create_alias(parent=elsewhere)
    for moment, title in ((MAY, OLD), (JUNE, NEW)):
        with at(moment), CaptureQueriesContext(connection) as queries:
            found = dict(with_title_in_force(Page.objects.all()).values_list("pk", "title_in_force"))
        assert len(queries) == 1
        assert found == {
            **dict(Page.objects.values_list("pk", "title")),
            page.pk: title,
            alias.pk: title,
            english.pk: "Privacy",
        }
        with at(moment):
            assert PolicyPage.objects.get(pk=page.pk).title_in_force == title
            assert with_title_in_force(PolicyPage.objects.filter(pk=page.pk)).get().title_in_force == title


def test_a_site_s_api_can_say_it_in_lists_of_every_type(client: Client, held: PolicyPage, monkeypatch: Any) -> None:
    from wagtail.api.v2.views import PagesAPIViewSet

    monkeypatch.setattr(PagesAPIViewSet, "base_serializer_class", TitleInForceSerializer)
    with at(MAY):
        titles = {item["id"]: item["title"] for item in client.get("/api/pages/").json()["items"]}
        assert client.get(f"/api/pages/{held.pk}/").json()["title"] == OLD
    with at(MAY):
        child = held.add_child(instance=Page(title="Bilaga", slug="bilaga", locale=held.locale))
        alias = held.create_alias(parent=child)
        assert client.get(f"/api/pages/{child.pk}/").json()["meta"]["parent"]["title"] == OLD
        assert client.get(f"/api/pages/{alias.pk}/").json()["meta"]["alias_of"]["title"] == OLD
    assert titles[held.pk] == OLD
    assert titles[held.get_parent().pk] == held.get_parent().title


def test_the_editor_is_told_that_menus_show_a_new_title_at_once(root: Page) -> None:
    page = publish(draft(root, purpose(), title=OLD), moment=MARCH)
    assert preview_publication(page).shows_title_early is False
    page.title = NEW
    page.body = PolicyPage.body.field.to_python([purpose(duration="P36M", title="Något helt annat")])
    page.answer(materiality="material", takes_effect_on=FIRST_OF_JUNE)
    outlook = preview_publication(page)
    assert outlook
    assert outlook.shows_title_early is not outlook.is_at_once
