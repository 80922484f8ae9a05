"""Wagtail's API and search, and front-end caches: the text in force, through publication, plans and the clock."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.api import APIField
from wagtail.models import Locale, Page

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
    translate,
)
from wagtail_privacy.actions.correct import correct_summary
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.actions.search_and_caches import refresh, refresh_newly_in_force
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.clock import at
from wagtail_privacy.models import PolicyPage, Text, Version

pytestmark = [pytest.mark.usefixtures("site"), pytest.mark.urls("tests.reader.api_urls")]
INDEXED = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": True}}
OLD, NEW, DRAFT = "cyklar", "mopeder", "flygplan"


def blocks(word: str) -> tuple[Any, ...]:
    return purpose(), text("Om oss", f"<p>Vi säljer {word}.</p>")


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """Bicycles in force, mopeds announced, aeroplanes in the live row and in the draft."""
    page = publish(draft(root, *blocks(OLD)), moment=MARCH)
    page.title = "Policy om mopeder"
    page = announce(page, *blocks(NEW), moment=APRIL, on=FIRST_OF_JUNE, summary="Nu även mopeder.")
    body = PolicyPage.body.field.to_python(json.dumps(blocks(DRAFT)))
    PolicyPage.objects.filter(pk=page.pk).update(body=body)
    page = PolicyPage.objects.get(pk=page.pk)
    page.save_revision()
    return page


def ask(client: Client, address: str, moment: Any = MAY) -> Any:
    with at(moment):
        response = client.get(f"/api/pages/{address}")
    assert response.status_code == 200, response.content
    return response.json()


@pytest.mark.parametrize("address", ["{pk}/", "?type=wagtail_privacy.PolicyPage&fields=*", "{pk}/?fields=*"])
def test_the_api_says_what_applies_and_nothing_else(client: Client, page: PolicyPage, address: str) -> None:
    answer = ask(client, address.format(pk=page.pk))
    found = answer["items"][0] if "items" in answer else answer
    assert (found["title"], found["version"], found["version_in_force"]) == ("Integritetspolicy", 1, 1)
    assert found["takes_effect_at"] == MARCH.isoformat()
    assert found["languages"] == ["sv"]
    assert OLD in found["html"]
    assert [section["kind"] for section in found["text"]["sections"]] == ["purpose", "text"]
    assert found["digest"] == Text.objects.get(version__number=1).digest
    assert {"rel": "version-history", "href": f"http://testserver{page.url}history/"} in found["links"]
    assert "body" not in found
    assert not [word for word in (NEW, DRAFT, "mopeder") if word in json.dumps(found, ensure_ascii=False)]


def test_the_api_changes_at_the_moment_of_effect(client: Client, page: PolicyPage) -> None:
    found = ask(client, f"{page.pk}/", JUNE)
    assert (found["title"], found["version"], found["summary"]) == ("Policy om mopeder", 2, "Nu även mopeder.")
    assert NEW in found["html"]
    assert DRAFT not in json.dumps(found)


def test_a_language_with_only_an_announced_text_speaks_of_the_original_s(
    client: Client, page: PolicyPage, locale_en: Locale
) -> None:
    english = translate(page, locale_en, purpose(title="Mopeds"), title="Privacy", moment=MAY)
    Text.objects.filter(language="en").exclude(version__number=2).delete()
    found = ask(client, f"{english.pk}/?fields=*")
    assert (found["version"], found["language"], found["title"]) == (1, "sv", "Integritetspolicy")
    assert OLD in found["html"]
    assert "Mopeds" not in json.dumps(found)
    with at(MAY):
        assert english.search_value("words_in_force") == ""


def test_api_v3_which_asks_without_a_request_says_the_same(client: Client, page: PolicyPage) -> None:
    """It binds a copy of each serializer to nothing and calls it (Wagtail 8's preview)."""

    def said(field: APIField) -> Any:
        serializer = copy.deepcopy(field.serializer)
        serializer.bind(field_name=field.name, parent=None)
        return serializer.to_representation(serializer.get_attribute(page))

    with at(MAY):
        found = {field.name: said(field) for field in PolicyPage.api_fields}
    assert found == {name: it for name, it in ask(client, f"{page.pk}/?fields=*").items() if name in found}


def test_a_damaged_text_is_null_in_the_api(client: Client, page: PolicyPage) -> None:
    Text.objects.filter(version__number=1).update(snapshot_json={"format": 99})
    found = ask(client, f"{page.pk}/?fields=*")
    assert (found["version"], found["html"], found["text"]) == (1, None, None)


def test_an_alias_says_in_the_api_what_its_original_says(client: Client, root: Page, page: PolicyPage) -> None:
    elsewhere = root.add_child(title="Kundtjänst", slug="kundtjanst", locale=root.locale)
    alias = page.create_alias(parent=elsewhere)
    found = ask(client, f"{alias.pk}/?fields=*")
    assert (found["title"], found["version"]) == ("Integritetspolicy", 1)
    assert OLD in found["html"]


@pytest.fixture
def indexed(settings: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """Runs what follows a commit, with Wagtail's index kept up to date."""
    settings.WAGTAILSEARCH_BACKENDS = INDEXED

    def run(act: Any, moment: Any = MAY) -> None:
        with at(moment), django_capture_on_commit_callbacks(execute=True):
            act()

    return run


def hits(client: Client, word: str) -> bool:
    by_api = ask(client, f"?type=wagtail_privacy.PolicyPage&search={word}")["meta"]["total_count"]
    by_search = len(Page.objects.live().search(word))
    assert by_api == by_search
    return bool(by_search)


@pytest.mark.django_db(transaction=True)  # MariaDB finds words only once they are committed.
def test_search_finds_what_applies_and_nothing_else(client: Client, page: PolicyPage, indexed: Any) -> None:
    indexed(lambda: refresh(page.policy))
    assert [hits(client, word) for word in (OLD, "Integritetspolicy", NEW, DRAFT)] == [True, True, False, False]
    assert list(Page.objects.autocomplete("Integritetsp")) == [page.page_ptr]


@pytest.mark.django_db(transaction=True)
def test_search_follows_publications_withdrawals_and_the_clock(client: Client, page: PolicyPage, indexed: Any) -> None:
    indexed(lambda: publish(page, *blocks("lastbilar"), moment=MAY))
    assert [hits(client, word) for word in (OLD, "lastbilar")] == [True, False]
    indexed(lambda: withdraw(Version.objects.get(number=3), reason="Fel."))
    assert not hits(client, "lastbilar")
    indexed(refresh_newly_in_force, JUNE)
    assert [hits(client, word) for word in (OLD, NEW, DRAFT)] == [False, True, False]


def test_what_took_effect_is_acted_on_and_noted_once(page: PolicyPage) -> None:
    def sweep(moment: Any) -> str:
        out = StringIO()
        with at(moment):
            call_command("privacy_notices", "sweep", stdout=out)
        return out.getvalue()

    assert "took effect" not in sweep(MAY)
    assert "version 2 took effect." in sweep(JUNE)
    assert "took effect" not in sweep(JUNE)


def test_neither_the_row_s_words_nor_the_editor_s_answers_are_search_fields() -> None:
    names = {field.field_name for field in PolicyPage.get_searchable_search_fields()}
    assert "words_in_force" in names
    assert not names & {"body", "change_summary", "change_reason"}
    assert "words_in_force" in {field.field_name for field in PolicyPage.get_search_fields()}


class Purged:
    """A front-end cache that records what is purged."""

    urls: set[str] = set()

    def __init__(self, params: Any) -> None:
        pass

    def invalidates_hostname(self, hostname: str) -> bool:
        return True

    def purge_batch(self, urls: list[str]) -> None:
        self.urls |= set(urls)


@pytest.fixture
def cached(settings: Any, indexed: Any) -> Iterator[Any]:
    """Returns the addresses that are purged from a front-end cache by an action."""
    settings.WAGTAILFRONTENDCACHE = {"test": {"BACKEND": "tests.reader.test_public.Purged"}}
    settings.WAGTAIL_I18N_ENABLED = False  # else each address is asked for in each language

    def forgotten(act: Any, moment: Any = MAY) -> set[str]:
        Purged.urls = set()
        indexed(act, moment)
        return Purged.urls

    yield forgotten


def test_front_end_caches_forget_every_address_whatever_happens_to_a_version(page: PolicyPage, cached: Any) -> None:
    home = f"http://testserver{page.url}"
    every = {home + path.lstrip("/") for path in page.get_cached_paths()}
    assert {home, f"{home}history/feed/", f"{home}versions/2/", f"{home}changes-since/1/", f"{home}upcoming/"} <= every
    second = Version.objects.get(number=2)
    assert cached(lambda: correct_summary(second, "sv", "Mopeder.", reason="Kort.")) >= every
    assert cached(lambda: change_day(second, JUNE.date(), reason="Sent.")) >= every
    assert cached(lambda: withdraw(second, reason="Fel.")) >= every
    assert cached(lambda: publish(page, *blocks("bilar"), moment=MAY)) >= {*every, f"{home}versions/3/"}


def test_front_end_caches_forget_when_a_version_takes_effect_and_when_a_translation_comes(
    page: PolicyPage, locale_en: Locale, cached: Any
) -> None:
    home = f"http://testserver{page.url}"
    assert {home, f"{home}upcoming/"} <= cached(refresh_newly_in_force, JUNE)
    assert home in cached(lambda: translate(page, locale_en, purpose(), title="Privacy", moment=JUNE), JUNE)


@pytest.mark.parametrize("route", ["on/2026-03-02/", "compare/1/2/", "history/?page=1", "history/?year=2026"])
def test_what_no_list_can_name_is_never_kept_without_asking(
    client: Client, page: PolicyPage, settings: Any, route: str
) -> None:
    settings.WAGTAIL_PRIVACY_MAX_AGE = 3600
    with at(MAY):
        assert client.get(page.url + route)["Cache-Control"] == "max-age=0"
        assert client.get(page.url + "versions/1/")["Cache-Control"] == "max-age=3600"
