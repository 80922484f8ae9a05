"""Every address asks the database no more often for a policy with 500 versions than for one with few."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from tests.reader.site import JUNE, MARCH, announce, draft, publish, purpose
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.clock import at
from wagtail_privacy.models import PolicyPage, Text, Version
from wagtail_privacy.reader.cache import clear_caches

pytestmark = pytest.mark.usefixtures("site")
MANY = 500
LATER = MARCH + timedelta(days=2 * MANY)

#: Each address, and how many versions a policy has at least to have it.
ADDRESSES = {
    "": 1,
    "history/": 1,
    "history/?year=2026": 1,
    "history/?page=2": 21,
    "versions/1/": 1,
    "versions/2/": 2,
    "on/2026-03-02/": 1,
    "history/feed/": 1,
    "data/json/": 1,
    "changes-since/1/": 2,
    "compare/1/2/": 2,
}


def policy(root: Page, versions: int) -> PolicyPage:
    """A policy with so many versions, a day between each two: of all but the first, what the first says."""
    page = publish(draft(root, purpose(), slug=f"policy-{versions}"), moment=MARCH)
    (text,) = Text.objects.filter(version__policy=page.policy).select_related("version")
    days = [(number, MARCH + timedelta(days=number)) for number in range(2, versions + 1)]
    Version.objects.bulk_create(
        Version(
            policy=page.policy,
            number=number,
            builds_on=text.version,
            published_at=moment,
            takes_effect_at=moment,
            materiality=Materiality.MINOR,
        )
        for number, moment in days
    )
    said = {field.attname: getattr(text, field.attname) for field in Text._meta.concrete_fields} | {"id": None}
    more = Version.objects.filter(policy=page.policy, number__gt=1)
    Text.objects.bulk_create(Text(**{**said, "version_id": version.pk}) for version in more)
    return page


def asked(act: Callable[[], object]) -> list[str]:
    """The queries of ``act``, made with nothing kept ready."""
    act()
    clear_caches()
    with CaptureQueriesContext(connection) as queries, at(LATER):
        act()
    return [query["sql"] for query in queries]


@pytest.mark.slow
def test_as_many_queries_for_many_versions_as_for_few(client: Client, root: Page) -> None:
    def read(page: PolicyPage, address: str) -> list[str]:
        return asked(lambda: client.get(page.url + address))

    few = {least: policy(root, least) for least in set(ADDRESSES.values())}
    many = policy(root, MANY)
    expected = {address: len(read(few[least], address)) for address, least in ADDRESSES.items()}
    found = {address: len(read(many, address)) for address in ADDRESSES}
    # The last page of a history alone shows what was changed before the installation: it loads a text.
    assert {address: number for address, number in found.items() if number > expected[address]} == {}
    assert all(found[address] == expected[address] for address in ADDRESSES if not address.startswith("history/"))


def test_the_announcement_and_the_sitemap_ask_as_often(client: Client, root: Page) -> None:
    counts = []
    for versions in (1, MANY):
        page = policy(root, versions)
        sitemap = len(asked(page.get_sitemap_urls))
        announce(page, purpose(duration="P36M"), moment=LATER, on=LATER.date() + timedelta(days=60), summary="Längre.")
        urls = [page.url, f"{page.url}upcoming/"]
        counts.append((sitemap, *(len(asked(lambda url=url: client.get(url))) for url in urls)))
    assert counts[0] == counts[1]


def test_what_is_kept_ready_asks_as_often(client: Client, root: Page) -> None:
    counts = []
    for versions in (1, MANY):
        url = policy(root, versions).url
        with at(JUNE):
            tag = client.get(url)["ETag"]
            with CaptureQueriesContext(connection) as whole:
                client.get(url)
            with CaptureQueriesContext(connection) as known:
                client.get(url, headers={"If-None-Match": tag})
        counts.append((len(whole), len(known)))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("address", ["", "history/", "history/?year=2026", "history/feed/", "data/json/"])
def test_no_more_texts_are_loaded_than_are_shown(client: Client, root: Page, address: str) -> None:
    page = policy(root, 30)
    loaded = [sql for sql in asked(lambda: client.get(page.url + address)) if "snapshot_json" in sql]
    shown = 0 if address.startswith("history/") and "feed" not in address else 1
    assert len(loaded) == shown
    # One row: ``first()`` asks for one, ``get()`` and its like for no more than 21 of a key.
    assert all(re.search(r"LIMIT (1|21)\b", sql) for sql in loaded)
