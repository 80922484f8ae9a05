"""The addresses for caches, programs and other days: conditional GET, links between versions, feed, data, days."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page

from tests.reader.site import (
    APRIL,
    FIRST_OF_JUNE,
    JUNE,
    MARCH,
    MAY,
    PURPOSE,
    announce,
    draft,
    publish,
    purpose,
    visible,
)
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.clock import at, start_of
from wagtail_privacy.models import PolicyPage, Text
from wagtail_privacy.policy.snapshot import Snapshot

pytestmark = pytest.mark.usefixtures("site")
ATOM = "{http://www.w3.org/2005/Atom}"
EVE = datetime(2026, 5, 31, 21, 59, 30, tzinfo=UTC)
ROUTES = ["", "history/", "versions/1/", "compare/1/2/", "upcoming/", "on/2026-03-02/", "history/feed/", "data/json/"]


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """In force since 2 March; announced on 1 April, from 1 June."""
    page = publish(draft(root, purpose()), moment=MARCH)
    return announce(
        page, purpose(duration="P36M"), moment=APRIL, on=FIRST_OF_JUNE, summary="Vi sparar uppgifterna längre."
    )


def read(client: Client, page: PolicyPage, route: str = "", moment: Any = MAY, **headers: str) -> Any:
    with at(moment):
        return client.get(page.url + route, headers=headers)


@pytest.mark.parametrize("route", ROUTES)
def test_who_has_the_answer_is_told_so_until_the_next_version_takes_effect(
    client: Client, page: PolicyPage, route: str
) -> None:
    tag = read(client, page, route)["ETag"]
    again = read(client, page, route, if_none_match=tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert read(client, page, route, JUNE, if_none_match=tag).status_code in (200, 302)


def test_a_known_answer_is_not_rendered(client: Client, page: PolicyPage, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = read(client, page, "history/")["ETag"]
    monkeypatch.setattr("wagtail_privacy.reader.views.grouped", lambda entries: pytest.fail("rendered"))
    assert read(client, page, "history/", if_none_match=tag).status_code == 304


def test_a_publication_on_the_site_or_the_site_s_own_word_makes_a_framed_page_new(
    client: Client, page: PolicyPage, root: Page, settings: Any
) -> None:
    framed, plain = read(client, page)["ETag"], read(client, page, "data/json/")["ETag"]
    settings.WAGTAIL_PRIVACY_FRAME_VALIDATOR = "tests.reader.test_addresses.menu"
    assert read(client, page, if_none_match=framed).status_code == 200
    settings.WAGTAIL_PRIVACY_FRAME_VALIDATOR = "wagtail_privacy.reader.caching.no_frame_validator"
    assert read(client, page, if_none_match=framed).status_code == 304
    root.add_child(instance=Page(title="Nytt", slug="nytt", locale=root.locale)).save_revision().publish()
    assert read(client, page, if_none_match=framed).status_code == 200
    assert read(client, page, "data/json/", if_none_match=plain).status_code == 304


def menu(request: Any) -> str:
    return "another menu"


def test_a_new_version_makes_every_answer_new(client: Client, page: PolicyPage) -> None:
    tags = {route: read(client, page, route)["ETag"] for route in ROUTES}
    announce(page, purpose(duration="P48M"), moment=MAY, on=JUNE.date(), summary="Ännu längre.")
    assert [
        route for route, tag in tags.items() if read(client, page, route, if_none_match=tag).status_code == 304
    ] == []


def test_for_someone_logged_in_each_page_is_rendered(client: Client, page: PolicyPage) -> None:
    tag = read(client, page)["ETag"]
    client.force_login(get_user_model().objects.create_user("anna", "anna@example.org", "x"))
    response = read(client, page, if_none_match=tag)
    assert response.status_code == 200
    assert not response.has_header("ETag")


def test_nothing_is_kept_past_the_moment_of_effect(client: Client, page: PolicyPage, settings: Any) -> None:
    assert read(client, page)["Cache-Control"] == "max-age=0"
    settings.WAGTAIL_PRIVACY_MAX_AGE = 3600
    assert read(client, page)["Cache-Control"] == "max-age=3600"
    assert read(client, page, moment=EVE)["Cache-Control"] == "max-age=30"


def test_the_ready_made_page_changes_at_the_moment_of_effect(client: Client, page: PolicyPage) -> None:
    assert "24 månader, räknat" in visible(read(client, page, moment=EVE))
    assert "36 månader, räknat" in visible(read(client, page, moment=JUNE))
    assert "24 månader, räknat" in visible(read(client, page, moment=EVE))


def test_front_end_caches_are_told_of_every_address(page: PolicyPage) -> None:
    paths = set(page.get_cached_paths())
    assert {"/", "/history/", "/history/feed/", "/data/json/", "/upcoming/", "/versions/1/", "/versions/2/"} <= paths


def test_links_lead_between_versions_and_to_what_programs_read(client: Client, page: PolicyPage) -> None:
    home = f"http://testserver{page.url}"
    link = read(client, page, "versions/1/")["Link"]
    assert f'<{home}>; rel="privacy-policy"' in link
    assert f'<{home}>; rel="latest-version"' in link
    assert f'<{home}history/>; rel="version-history"' in link
    assert f'<{home}versions/2/>; rel="successor-version"' in link
    assert "predecessor-version" not in link
    assert f'<{home}versions/1/>; rel="predecessor-version"' in read(client, page, "versions/2/")["Link"]
    assert f'<{home}history/feed/>; rel="alternate"; type="application/atom+xml"' in link
    assert read(client, page, "versions/1/")["X-Robots-Tag"] == "noindex"


def test_a_day_is_the_site_s_day_and_shows_all_that_applied(client: Client, root: Page) -> None:
    page = publish(draft(root, purpose()), moment=MARCH)
    # 00:30 on 2 April in Stockholm, still 1 April in UTC; two versions on that day.
    page = publish(
        page,
        purpose(title="Sälja"),
        moment=datetime(2026, 4, 1, 22, 30, tzinfo=UTC),
        materiality="minor",
        reason="prov",
    )
    publish(
        page, purpose(title="Köpa"), moment=datetime(2026, 4, 2, 10, tzinfo=UTC), materiality="minor", reason="prov"
    )
    shown = {day: read(client, page, f"on/2026-04-{day}/").content.decode() for day in ("01", "02", "03")}
    found = {day: [n for n in (1, 2, 3) if f'id="version-{n}"' in html] for day, html in shown.items()}
    assert found == {"01": [1], "02": [1, 2, 3], "03": [3]}
    assert read(client, page, "on/2026-03-01/").status_code == 404
    for nonsense in ("2026-02-30", "9999-12-31", "0001-01-01", "2026-4-1"):
        assert read(client, page, f"on/{nonsense}/").status_code in (200, 404)


def test_two_texts_of_one_day_stand_in_full_with_their_times_and_places_of_their_own(
    client: Client, root: Page
) -> None:
    page = publish(draft(root, purpose()), moment=MARCH)
    noon = datetime(2026, 4, 2, 10, tzinfo=UTC)
    page = publish(page, purpose(title="Köpa"), moment=noon, materiality="minor", reason="prov")
    publish(page, purpose(title="Hyra"), moment=APRIL.replace(day=9), materiality="minor", reason="prov")
    response = read(client, page, "on/2026-04-02/")
    shown, html = visible(response), response.content.decode()
    assert "2 versioner gällde" in shown
    first, second = shown.split("gällde den dagen från 12:00")
    assert "gällde den dagen till 12:00" in first
    assert "Leverera din order" in first
    assert "Köpa" not in first
    assert "Köpa" in second
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert {f"v1-s-{PURPOSE}", f"v2-s-{PURPOSE}"} <= set(ids)
    assert "den dagen" not in visible(read(client, page, "on/2026-04-03/"))


def test_a_day_s_text_that_is_damaged_leaves_the_others_to_be_read(client: Client, root: Page) -> None:
    page = publish(draft(root, purpose()), moment=MARCH)
    publish(page, purpose(title="Köpa"), moment=APRIL, materiality="minor", reason="prov")
    Text.objects.filter(version__number=1).update(snapshot_json={"format": 99})
    shown = visible(read(client, page, "on/2026-04-01/"))
    assert "Texten kan inte visas just nu." in shown
    assert "Köpa" in shown


def test_a_day_to_come_shows_what_is_announced(client: Client, page: PolicyPage) -> None:
    response = read(client, page, "on/2026-06-01/")
    assert 'id="version-2"' in response.content.decode()
    assert 'id="version-1"' not in response.content.decode()


def test_the_history_can_be_read_year_by_year(client: Client, root: Page) -> None:
    page = publish(draft(root, purpose()), moment=datetime(2025, 12, 31, 22, tzinfo=UTC))
    publish(
        page,
        purpose(title="Sälja"),
        moment=datetime(2025, 12, 31, 23, 30, tzinfo=UTC),
        materiality="minor",
        reason="prov",
    )
    html = {year: read(client, page, f"history/?year={year}").content.decode() for year in ("2025", "2026", "")}
    assert 'id="version-1"' in html["2025"]
    assert 'id="version-2"' not in html["2025"]
    assert 'id="version-1"' not in html["2026"]
    assert 'id="version-2"' in html["2026"]
    assert 'id="version-1"' in html[""]
    assert '<a href="?year=2025"' in html[""]
    for year in ("1999", "x", "02025", "²"):
        assert read(client, page, f"history/?year={year}").status_code == 404


def test_the_feed_holds_every_version_with_ids_that_stay(client: Client, page: PolicyPage) -> None:
    feed = ElementTree.fromstring(read(client, page, "history/feed/").content)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles == ["Version 2, gäller från 1 juni 2026", "Version 1, gäller sedan 2 mars 2026"]
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    page.slug = "flyttad"
    page.save()
    later = ElementTree.fromstring(read(client, PolicyPage.objects.get(pk=page.pk), "history/feed/", JUNE).content)
    assert [entry.findtext(f"{ATOM}id") for entry in later.iter(f"{ATOM}entry")] == ids
    assert page.policy.chain_head in feed.findtext(f"{ATOM}subtitle", "")


def test_the_feed_has_all_that_atom_asks_for(client: Client, page: PolicyPage) -> None:
    """RFC 4287 §4.1.1 and §4.1.2: what a feed and each entry must hold, once each, and what each must not."""
    withdraw_second(page)
    response = read(client, page, "history/feed/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "sv"
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    home = f"http://testserver{page.url}"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": f"{home}history/", "self": f"{home}history/feed/"}
    entries = feed.findall(f"{ATOM}entry")
    ids = [each.findtext(f"{ATOM}id", "") for each in (feed, *entries)]
    assert len(set(ids)) == len(ids) == 3
    assert all(UUID(id.removeprefix("urn:uuid:")) for id in ids)
    for each in (feed, *entries):
        assert [len(each.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert datetime.fromisoformat(each.findtext(f"{ATOM}updated", "")).tzinfo
    for each in entries:
        assert len(each.findall(f"{ATOM}link[@rel='alternate']")) == 1
        assert len(each.findall(f"{ATOM}summary")) <= 1
        assert len(each.findall(f"{ATOM}published")) == 1
    newest = entries[0]
    assert newest.findtext(f"{ATOM}title", "").startswith("Version 2, tillbakadragen")
    assert newest.find(f"{ATOM}category[@term='withdrawn']") is not None
    assert datetime.fromisoformat(newest.findtext(f"{ATOM}updated", "")) == MAY


def withdraw_second(page: PolicyPage) -> None:
    with at(MAY):
        withdraw(page.policy.versions.get(number=2), reason="Fel siffra.")


def test_the_feed_marks_a_change_of_plan_as_new(client: Client, page: PolicyPage) -> None:
    with at(MAY):
        change_day(page.policy.versions.get(number=2), JUNE.date(), reason="Sent.")
    newest = json.loads(read(client, page, "data/json/").content)["versions"][0]
    assert datetime.fromisoformat(newest["plan_changed_at"]) == MAY
    feed = ElementTree.fromstring(read(client, page, "history/feed/").content)
    assert [e.findtext(f"{ATOM}updated") for e in feed.iter(f"{ATOM}entry")][0] == "2026-05-04T09:00:00+00:00"


def test_data_holds_the_text_in_force_with_its_facts(client: Client, page: PolicyPage) -> None:
    text = json.loads(read(client, page, "data/json/").content)["text"]
    assert (text["version"], text["format"], text["title"]) == (1, 1, "Integritetspolicy")
    [said] = text["sections"]
    assert said["children"][1]["facts"] == {"duration": "P24M"}
    assert Snapshot.from_json(text).digest == text["digest"]
    assert "P36M" in read(client, page, "data/json/", JUNE).content.decode()


def test_feed_and_data_say_the_same(client: Client, page: PolicyPage) -> None:
    data = json.loads(read(client, page, "data/json/").content)
    feed = ElementTree.fromstring(read(client, page, "history/feed/").content)
    assert [v["id"] for v in data["versions"]] == [e.findtext(f"{ATOM}id") for e in feed.iter(f"{ATOM}entry")]
    assert [v["status"] for v in data["versions"]] == ["announced", "in_force"]
    assert data["in_force"] == 1
    assert data["versions"][0]["summary"] == "Vi sparar uppgifterna längre."
    assert "från 24 månader till 36 månader" in data["versions"][0]["changes"][0]
    assert data["chain"] == {"length": page.policy.chain_length, "head": page.policy.chain_head}


def test_the_sitemap_knows_the_text_in_force_not_what_is_announced(page: PolicyPage) -> None:
    with at(MAY):
        assert [url["lastmod"] for url in page.get_sitemap_urls()] == [MARCH]
    with at(JUNE):
        assert [url["lastmod"] for url in page.get_sitemap_urls()] == [start_of(FIRST_OF_JUNE)]
