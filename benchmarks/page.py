"""The policy page against a plain Wagtail page whose StreamField renders the same HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import connection
from django.template import Template
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext, _TestState
from wagtail.blocks import RawHTMLBlock, StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, Site

from benchmarks._rounds import paired
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.models import PolicyPage, Text, Version

SECTIONS = 60
VERSIONS = 500
ROUNDS = 40
Json = dict[str, Any]
PUBLISHED = datetime(2026, 3, 2, 9, tzinfo=UTC)


class PlainPage(Page):
    """What a site would have without the plugin: ready HTML in a stream."""

    body = StreamField(StreamBlock([("html", RawHTMLBlock())]))
    template = "plain.html"

    class Meta:
        app_label = "wagtail_privacy"


def run() -> list[Json]:
    with connection.schema_editor() as editor:
        editor.create_model(PlainPage)
    try:
        with _templates():
            return _measured()
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(PlainPage)


def _measured() -> list[Json]:
    home = _home()
    policy = _policy(home)
    few = _queries(policy)
    short, plain = _ratio(home, policy, "plain-2")
    _lengthen(VERSIONS)
    long, plain = _ratio(home, policy, f"plain-{VERSIONS}")
    how = f"{SECTIONS} purposes, {{}} versions, median of {ROUNDS} paired rounds, against the same HTML in a plain page"
    times = {"bar": 1.05, "better": "lower", "unit": "× plain page"}
    counts = {"better": "lower", "unit": "queries"}
    return [
        {"name": "policy page with a short history: time", "value": short, **times, "how": how.format(2)},
        {"name": "policy page with a long history: time", "value": long, **times, "how": how.format(VERSIONS)},
        {
            "name": "policy page: queries beyond a plain page's",
            "value": _queries(policy) - _queries(plain),
            "bar": 3,
            **counts,
            "how": "the policy with the head of its chain, and its pages in all languages; the rest is kept ready made",
        },
        {
            "name": "policy page: queries that a longer history adds",
            "value": _queries(policy) - few,
            "bar": 0,
            **counts,
            "how": f"{VERSIONS} versions against 2",
        },
    ]


def _ratio(home: Page, policy: PolicyPage, slug: str) -> tuple[float, PlainPage]:
    """How many times as long the policy page takes as a plain page with the same HTML, and that page."""
    plain = _plain(home, policy, slug)
    with _as_in_production():
        rounds = paired(partial(_get, policy), partial(_get, plain), ROUNDS)
    return round(median(ours / theirs for ours, theirs in rounds), 3), plain


@contextmanager
def _as_in_production() -> Iterator[None]:
    """Without the test client's hook into templates, which copies the context of each that is rendered."""
    instrumented, Template._render = Template._render, _TestState.saved_data.template_render
    try:
        yield
    finally:
        Template._render = instrumented


def _home() -> Page:
    locale, _ = Locale.objects.get_or_create(language_code="sv")
    top = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root", locale=locale)
    home = top.add_child(title="Hem", slug="bench", locale=locale)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": home}
    )
    return home


def _policy(home: Page) -> PolicyPage:
    """A policy of two versions, the second with a longer period in one purpose."""
    page = PolicyPage(title="Integritetspolicy", slug="policy", locale=home.locale, live=False)
    home.add_child(instance=page)
    for months, moment in (("P12M", PUBLISHED), ("P24M", PUBLISHED + timedelta(days=1))):
        body = [_purpose(n, months if n == 0 else "P36M") for n in range(SECTIONS)]
        page.body = PolicyPage.body.field.to_python(json.dumps(body))
        publish_policy(
            page, moment=moment, materiality=Materiality.MINOR, reason="benchmark", summary="Vi sparar längre."
        )
    return PolicyPage.objects.get(pk=page.pk)


def _purpose(number: int, period: str) -> Json:
    id = str(uuid5(NAMESPACE_URL, f"purpose {number}"))
    value = {
        "title": f"Ändamål nummer {number}",
        "description": "<p>Vi behandlar uppgifterna för att kunna ge dig det som du har beställt av oss.</p>",
        "legal_bases": [_part("item", f"{id}-basis", basis="art6_1_b")],
        "data_categories": [
            _part("data_category", f"{id}-{n}", name=f"Uppgifter {n}", description="namn, adress") for n in range(3)
        ],
        "recipients": [
            _part("recipient", f"{id}-to-{n}", category=f"Mottagare {n}", role="processor") for n in range(2)
        ],
        "retention": [_part("retention", f"{id}-kept", duration=period, starts="leveransen")],
    }
    return {"type": "purpose", "id": id, "value": value}


def _part(type: str, seed: str, /, **value: Any) -> Json:
    return {"type": type, "id": str(uuid5(NAMESPACE_URL, seed)), "value": value}


def _lengthen(length: int) -> None:
    """More versions of what the newest says."""
    newest = Version.objects.order_by("number").last()
    assert newest
    text = Text.objects.get(version=newest)
    for number in range(newest.number + 1, length + 1):
        moment = PUBLISHED + timedelta(days=number)
        newest = Version.objects.create(
            policy=newest.policy,
            number=number,
            builds_on=newest,
            published_at=moment,
            takes_effect_at=moment,
            materiality=Materiality.MINOR,
        )
        text.pk, text.version, text._state.adding = None, newest, True
        text.save()


def _plain(home: Page, policy: PolicyPage, slug: str) -> PlainPage:
    """The same HTML as the policy page shows, a block for each purpose."""
    html = _get(policy)
    main = html[html.index("<main>") + len("<main>") : html.index("</main>")]
    blocks = [("html", part) for part in re.split(r'(?=<section class="privacy-section privacy-purpose")', main)]
    assert len(blocks) > SECTIONS, "Expected a block for each purpose."
    page = PlainPage(title=policy.title, slug=slug, body=blocks, locale=home.locale)
    home.add_child(instance=page)
    assert "".join(_get(page).split()) == "".join(html.split()), "Expected the same HTML from both pages."
    return page


def _templates() -> Any:
    return override_settings(TEMPLATES=[{**settings.TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}])


def _get(page: Page) -> str:
    response = Client().get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def _queries(page: Page) -> int:
    _get(page)
    with CaptureQueriesContext(connection) as queries:
        _get(page)
    return len(queries)
