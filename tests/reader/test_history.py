"""The change history: newest first, by year, editorial folded, twenty to a page."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils.translation import gettext, override
from wagtail.models import Page

from tests.reader.site import (
    APRIL,
    EARLIER,
    FIRST_OF_JUNE,
    MARCH,
    MAY,
    TEXT,
    announce,
    block,
    draft,
    publish,
    purpose,
    text,
    visible,
)
from wagtail_privacy.actions.correct import correct_wording
from wagtail_privacy.actions.unpublish import unpublish_policy
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.clock import at
from wagtail_privacy.models import PolicyPage, Text, Version
from wagtail_privacy.reader import history
from wagtail_privacy.reader.cache import clear_caches

pytestmark = pytest.mark.usefixtures("site")


def read(client: Client, page: PolicyPage, route: str = "history/", moment: Any = MAY) -> Any:
    with at(moment):
        return client.get(page.url + route)


def test_each_entry_says_when_how_much_what_and_where_to_read_it(client: Client, root: Page) -> None:
    page = publish(draft(root, purpose()), moment=MARCH)
    page = announce(page, purpose(duration="P36M"), moment=APRIL, on=FIRST_OF_JUNE, summary="Vi sparar längre.")
    response = read(client, page)
    shown = visible(response)
    assert "Kommande Publicerad 1 april 2026 Version 2 Kommande Viktig ändring Gäller från den 1 juni 2026." in shown
    assert "Vi sparar längre." in shown
    assert "från 24 månader till 36 månader" in shown
    assert "2026 Publicerad 2 mars 2026 Version 1 Gäller nu Första versionen Började gälla samma dag." in shown
    for address in ("versions/1/", "versions/2/", "compare/1/2/"):
        assert f'href="/integritet/{address}"' in response.content.decode()


def test_an_editorial_version_is_folded_away(client: Client, root: Page) -> None:
    page = publish(draft(root, purpose(), text("Om oss", "<p>Vi sälljer cyklar.</p>")), moment=MARCH)
    mended = [purpose(), text("Om oss", "<p>Vi säljer cyklar.</p>")]
    page = publish(page, *mended, moment=APRIL, materiality=Materiality.EDITORIAL, reason="Ett stavfel.")
    assert Version.objects.get(number=2).materiality == Materiality.EDITORIAL
    html = read(client, page).content.decode()
    entry = html[html.index('id="version-2"') : html.index('id="version-1"')]
    assert entry.index('<details class="privacy-editorial">') < entry.index("/versions/2/")
    assert "open" not in entry.split("<summary>")[0]


def test_what_was_kept_by_hand_before_stands_last(client: Client, root: Page) -> None:
    entry = {
        "type": "item",
        "id": f"{EARLIER[:-1]}a",
        "value": {"date": "2018-05", "description": "<p>Vi började.</p>"},
    }
    page = publish(draft(root, purpose(), block("earlier_history", EARLIER, entries=[entry])), moment=MARCH)
    for route in ("", "history/"):
        shown = visible(read(client, page, route))
        assert shown.index("Version 1 Gäller nu") < shown.index("maj 2018 Vi började.")
        assert '<time datetime="2018-05">maj 2018</time>' in read(client, page, route).content.decode()


def long_history(page: PolicyPage, length: int) -> None:
    """Give ``page`` as many versions as ``length``, copied from its newest."""
    newest = Version.objects.order_by("number").last()
    assert newest
    texts = list(Text.objects.filter(version=newest))
    for number in range(newest.number + 1, length + 1):
        version = Version.objects.create(
            policy=newest.policy,
            number=number,
            builds_on=Version.objects.get(number=number - 1),
            published_at=newest.published_at + timedelta(minutes=number),
            takes_effect_at=newest.takes_effect_at + timedelta(minutes=number),
            materiality=Materiality.MINOR,
        )
        for copy in texts:
            copy.pk, copy.version, copy._state.adding = None, version, True
            copy.save()


def test_it_is_paged(client: Client, root: Page) -> None:
    page = publish(draft(root, purpose()), moment=MARCH)
    long_history(page, 45)
    first, last = read(client, page), read(client, page, "history/?page=3")
    assert first.content.decode().count('class="privacy-entry"') == 20
    assert "Sida 1 av 3" in visible(first)
    assert last.content.decode().count('class="privacy-entry"') == 5
    answers = {query: read(client, page, f"history/?{query}") for query in ("page=1", "page=", "year=&page=2")}
    assert [answer.status_code for answer in answers.values()] == [200, 200, 200]
    for asked in ("nonsense", "0", "-1", "4", "99", "01", "2.0", "last", "9" * 30):
        for query in (f"page={asked}", f"year={MARCH.year}&page={asked}"):
            assert read(client, page, f"history/?{query}").status_code == 404, query


@pytest.mark.parametrize("route", ["", "history/", "versions/1/", "compare/1/2/", "changes-since/1/"])
def test_the_number_of_queries_does_not_grow_with_the_history(
    client: Client, root: Page, route: str, django_assert_max_num_queries: Any
) -> None:
    page = publish(draft(root, purpose()), moment=MARCH)
    long_history(page, 2)
    read(client, page, route)  # what is looked up once and kept: the site, content types
    clear_caches()
    with django_assert_max_num_queries(100) as short:
        read(client, page, route)
    long_history(page, 50)
    clear_caches()
    with django_assert_max_num_queries(len(short)):
        assert read(client, page, route).status_code == 200


def test_a_policy_page_that_was_read_before_asks_nothing_of_its_history(
    client: Client, root: Page, django_assert_max_num_queries: Any
) -> None:
    page = publish(draft(root, purpose()), moment=MARCH)
    first = read(client, page, "")
    with django_assert_max_num_queries(100) as queries:
        again = read(client, page, "")
    assert again.content == first.content
    asked = [query["sql"] for query in queries.captured_queries if " FROM " in query["sql"]]
    assert not [sql for sql in asked if "privacy_version" in sql or "privacy_text" in sql]
    assert len([sql for sql in asked if 'FROM "wagtail_privacy_policy"' in sql]) <= 1


def test_the_history_never_loads_what_the_versions_say(
    client: Client, root: Page, django_assert_max_num_queries: Any
) -> None:
    page = publish(draft(root, purpose()), moment=MARCH)
    long_history(page, 30)
    with django_assert_max_num_queries(30) as queries:
        read(client, page)
    many = [
        query["sql"] for query in queries.captured_queries if " IN (" in query["sql"] and "privacy_text" in query["sql"]
    ]
    assert len(many) == 1
    assert "snapshot_json" not in many[0]
    assert '"shown"' not in many[0]


def test_history_and_feed_tell_what_happened_to_a_version_with_its_days(client: Client, root: Page) -> None:
    page = publish(draft(root, purpose(), text("Om oss", "<p>Vi sälljer cyklar.</p>")), moment=MARCH)
    with at(APRIL):
        said = page.policy.text_in_force("sv", APRIL)
        assert said
        correct_wording(said, TEXT, "body", "<p>Vi säljer cyklar.</p>", reason="Stavfel.", means_the_same=True)
    unpublish_policy(PolicyPage.objects.get(pk=page.pk), moment=APRIL)
    with at(MAY):
        PolicyPage.objects.get(pk=page.pk).get_latest_revision().publish()
    page = PolicyPage.objects.get(pk=page.pk)
    with override("sv"):
        sentences = [
            gettext("Unpublished in %(language)s on %(day)s, published again on %(back)s.")
            % {"language": "svenska", "day": "1 april 2026", "back": "4 maj 2026"},
            gettext("Wording corrected on %(day)s. Read the version for the earlier words.") % {"day": "1 april 2026"},
        ]
    feed = read(client, page, "history/feed/")
    for shown in (
        visible(read(client, page)),
        visible(read(client, page, "")),
        re.sub(r"<[^>]+>", "", unescape(feed.content.decode())),
    ):
        for sentence in sentences:
            assert sentence in " ".join(shown.split())
    (only,) = read(client, page, "data/json/").json()["versions"]
    assert only["not_public"] == [{"language": "sv", "from": "2026-04-01", "to": "2026-05-04"}]
    updated = ElementTree.fromstring(feed.content).findtext(".//{*}entry/{*}updated")
    assert updated and datetime.fromisoformat(updated) == MAY


def test_of_very_many_changes_an_entry_tells_the_most_important_and_leads_to_the_comparison(
    client: Client, root: Page, monkeypatch: Any
) -> None:
    """On the history page, in the feed and in the data; a comparison has more of them."""
    ids = [f"44444444-4444-4444-8444-{number:012}" for number in range(5)]
    page = publish(draft(root, *(purpose(id) for id in ids)), moment=MARCH)
    publish(page, *(purpose(id, duration="P36M") for id in ids), moment=APRIL, reason="Därför.")
    monkeypatch.setattr(history, "MOST_TOLD", 2)
    entry = read(client, page).content.decode().partition('id="version-2"')[2].partition('id="version-1"')[0]
    feed = unescape(read(client, page, "history/feed/").content.decode()).partition("versions/2/")[2]
    data = read(client, page, "data/json/").json()["versions"][0]
    assert "5 ändringar" in entry
    assert entry.count("från 24 månader till 36 månader") == feed.count("från 24 månader till 36 månader") == 2
    for said in (entry, feed):
        assert re.search(r'<li>\s*<a href="[^"]*compare/1/2/">\s*och ytterligare 3 ändringar\s*</a>', said)
    assert (len(data["changes"]), len(data["told"]), data["more_changes"]) == (2, 2, 3)
