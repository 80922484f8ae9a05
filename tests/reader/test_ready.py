"""What is public is made once, for all processes; no address grows without end with the history."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from tests.reader.site import APRIL, FIRST_OF_JUNE, MARCH, MAY, announce, draft, publish, purpose, text
from wagtail_privacy.clock import at
from wagtail_privacy.models import PolicyPage, Text, Version
from wagtail_privacy.reader import cache as kept
from wagtail_privacy.reader import comparison, views
from wagtail_privacy.reader.cache import clear_caches, get_or_make

pytestmark = pytest.mark.usefixtures("site")
ATOM = "{http://www.w3.org/2005/Atom}"
ROUTES = ("", "history/", "versions/1/", "versions/2/", "compare/1/2/", "upcoming/", "history/feed/", "data/json/")


@pytest.fixture
def page(root: Page) -> PolicyPage:
    page = publish(draft(root, purpose(), text("Om oss", "<p>Vi säljer bröd.</p>")), moment=MARCH)
    blocks = (purpose(duration="P36M"), text("Om oss", "<p>Vi säljer gott bröd.</p>"))
    return announce(page, *blocks, moment=APRIL, on=FIRST_OF_JUNE, summary="Vi sparar längre.")


def read(client: Client, url: str) -> Any:
    with at(MAY):
        return client.get(url)


def lengthen(page: PolicyPage, length: int) -> None:
    """More versions that say what the first does, one a minute."""
    first = Text.objects.filter(version__number=1).first()
    assert first
    for number in range(Version.objects.count() + 1, length + 1):
        moment = MARCH + timedelta(minutes=number)
        first.version = Version.objects.create(
            policy=first.version.policy, number=number, published_at=moment, takes_effect_at=moment
        )
        first.pk, first._state.adding = None, True
        first.save()


@pytest.mark.parametrize("route", ROUTES)
def test_a_new_process_finds_ready_what_another_made(
    client: Client, page: PolicyPage, settings: Any, route: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WAGTAIL_PRIVACY_CACHE = "default"
    cache.clear()
    first = read(client, page.url + route).content
    clear_caches()
    monkeypatch.setattr(kept, "_ask", lambda act, ask=kept._ask: ask(act) or pytest.fail("made anew"))
    with CaptureQueriesContext(connection) as queries:
        assert read(client, page.url + route).content == first
    assert not [query["sql"] for query in queries if "privacy_text" in query["sql"]]
    cache.clear()


@pytest.mark.parametrize("route", ROUTES)
def test_what_is_ready_needs_one_statement_beside_wagtail_s_own(client: Client, page: PolicyPage, route: str) -> None:
    read(client, page.url + route)
    with CaptureQueriesContext(connection) as queries:
        read(client, page.url + route)
    assert len([query for query in queries if "wagtail_privacy_" in query["sql"] and "chain_head" in query["sql"]]) == 1
    assert not [query for query in queries if "wagtail_privacy_version" in query["sql"]]


def test_more_policies_than_any_count_are_kept_within_the_memory_set() -> None:
    for number in range(500):
        get_or_make("page", number, lambda: "x" * 1000)
    assert get_or_make("page", 0, lambda: "made anew") == "x" * 1000
    assert kept._kept.currsize <= kept.MEMORY


def test_what_is_larger_than_the_memory_is_made_and_not_kept(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.WAGTAIL_PRIVACY_CACHE = "default"
    monkeypatch.setattr(kept, "MEMORY", 100)
    assert get_or_make("page", "large", lambda: "x" * 1000, shared=True) == "x" * 1000
    assert ("page", "large") not in kept._kept
    cache.clear()


def test_threads_share_what_is_kept_without_harm() -> None:
    failures: list[Exception] = []

    def work(offset: int) -> None:
        try:
            for number in range(3000):
                key = (number * 7 + offset) % 200
                assert get_or_make("page", key, lambda key=key: key + 1) == key + 1
                if number % 500 == 0:
                    clear_caches()
        except Exception as error:  # noqa: BLE001  # whatever it is
            failures.append(error)

    threads = [Thread(target=work, args=(offset,)) for offset in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.mark.parametrize("length", [1, 2, 19, 20, 21, 40, 41])
def test_feed_and_data_lead_through_the_whole_history_in_pages(client: Client, root: Page, length: int) -> None:
    page = publish(draft(root, purpose()), moment=MARCH)
    lengthen(page, length)
    for first, follow in ((f"{page.url}data/json/", next_of_json), (f"{page.url}history/feed/", next_of_feed)):
        numbers: list[int] = []
        url: str | None = first
        while url:
            found, url = follow(client, url)
            assert 0 < len(found) <= views.PER_PAGE
            numbers += found
        assert numbers == list(range(length, 0, -1))
    for asked in ("0", "x", "-1", "99", "01"):
        assert read(client, f"{page.url}data/json/?page={asked}").status_code == 404


def next_of_json(client: Client, url: str) -> tuple[list[int], str | None]:
    data = read(client, url).json()
    return [version["number"] for version in data["versions"]], data["next"]


def next_of_feed(client: Client, url: str) -> tuple[list[int], str | None]:
    feed = ElementTree.fromstring(read(client, url).content)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    entries = (entry.find(f"{ATOM}link") for entry in feed.findall(f"{ATOM}entry"))
    return [
        int(str(link.get("href")).rstrip("/").rpartition("/")[2]) for link in entries if link is not None
    ], links.get("next")


def test_a_day_with_many_versions_shows_the_last_in_full_and_leads_to_the_others(
    client: Client, page: PolicyPage
) -> None:
    lengthen(page, 30)
    Version.objects.filter(number=2).update(takes_effect_at=MARCH + timedelta(minutes=2))
    html = read(client, f"{page.url}on/2026-03-02/").content.decode()
    assert html.count('<article class="privacy-applied"') == views.MOST_ON_A_DAY
    assert all(f"versions/{number}/" in html for number in range(1, 31))


def test_a_comparison_of_everything_says_all_changes_and_shows_what_it_can(
    client: Client, root: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ids(number: int) -> str:
        return f"55555555-5555-4555-8555-{number:012}"

    old = [text(f"Del {n}", f"<p>Gamla ord nummer {n}.</p>", ids(n)) for n in range(30)]
    new = [text(f"Del {n}", f"<p>Nya ord nummer {n}.</p>", ids(n)) for n in range(30)]
    page = publish(draft(root, *old), moment=MARCH)
    publish(page, *new, moment=APRIL, materiality="minor", reason="Därför.")
    whole = read(client, f"{page.url}compare/1/2/").content.decode()
    clear_caches()
    monkeypatch.setattr(comparison, "MOST_CHARACTERS", 500)
    cut = read(client, f"{page.url}compare/1/2/").content.decode()
    assert cut.count("privacy-sentence") == whole.count("privacy-sentence") == 30
    assert 0 < cut.count("privacy-marked") < 15 < whole.count("privacy-marked")
