"""The policy page against plain Wagtail pages whose StreamField renders the same HTML.

There are two of them, which differ in their purposes alone. In the page of *blocks* each purpose is what a site without
the plugin would write: a ``StructBlock`` with rich text and lists, and its template. What stands around them (heading,
contents, history) is HTML made beforehand. In the page of *ready HTML* everything is: no page with a StreamField is
faster, so it is the strictest measure of the whole policy page. It is none of a conditional GET, nearly all of which is
Django's middleware and Wagtail's routing, before any page is asked: no answer of 304 could save that. What it saves, it
saves against the page of blocks.

*Cold* is a page in a process that has answered others, but has kept nothing of this policy: no text, page, history or
timeline, and no Django cache stands behind it. What the refresh after each publication has stored beside the text in
the database is there, as the page of blocks has its stream there, rich text and all. On both sides what a process keeps
of itself stays: compiled templates, catalogues, the SQL of the statement that all policies share. The page of blocks
has no caches of its own that could be emptied. What the page costs where nothing is stored either is told beside it: so
it is once in each process, from a change of templates or translations until the next sweep.

All are asked for through the middleware and the routing, by someone who isn't logged in, and timed as CPU seconds of
the process, in turn, so that a busy machine changes little.
"""

from __future__ import annotations

import gc
import json
import re
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, sleep
from typing import Any
from unittest.mock import patch
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.cache import caches
from django.core.handlers.base import BaseHandler
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.template import Template
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext, _TestState
from django.urls import path, set_urlconf
from wagtail.blocks import CharBlock, ListBlock, RawHTMLBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, Site

from benchmarks._rounds import Clock, paired
from wagtail_privacy import tasks
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.models import Policy, PolicyPage, ReadyText, Text, Version
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.reader.cache import OF_ALL_POLICIES, clear_caches

Json = dict[str, Any]
SECTIONS = 60
VERSIONS = 500
ROUNDS = 40
TIMES = 3
#: Seconds that each statement takes longer where wall time is measured.
LATENCY = 0.0005
LOW: Json = {"better": "lower"}
#: Beside ready HTML there is nothing to hold: it is told for comparison.
CONDITIONAL = {"blocks": 0.4, "ready HTML": 0.85}
PUBLISHED = datetime(2024, 3, 2, 9, tzinfo=UTC)
#: What the plugin says of choices in ``_purpose()``, as an editor writes it who has no lists to choose from.
WORDS: Json = {
    "data_categories": {},
    "legal_bases": {"name": "Avtal", "article": "artikel 6.1 b"},
    "retention": {"duration": "24 månader"},
    "recipients": {"role": "personuppgiftsbiträde"},
}
PURPOSE = re.compile(r'(<section class="privacy-section privacy-purpose".*?</section>)', re.DOTALL)


def _list_of(*names: str) -> ListBlock:
    return ListBlock(StructBlock([(name, CharBlock()) for name in names]))


class PurposeBlock(StructBlock):
    """A purpose as a site would write it down without the plugin."""

    title = CharBlock()
    description = RichTextBlock()
    data_categories = _list_of("name", "description")
    legal_bases = _list_of("name", "article")
    retention = _list_of("duration", "starts")
    recipients = _list_of("category", "role")

    class Meta:
        template = "purpose.html"


class PlainPage(Page):
    """What a site would have without the plugin: a stream of purposes, of ready HTML, or of both."""

    body = StreamField(StreamBlock([("purpose", PurposeBlock()), ("html", RawHTMLBlock())]))
    head = models.TextField(blank=True)
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
    _refresh()
    short = _Measured(home, policy, 1)
    _lengthen(VERSIONS)
    _refresh()
    clear_caches()
    long = _Measured(home, policy, VERSIONS)
    return [
        *short.results(),
        *long.results(),
        {
            "name": "policy page: queries beyond a plain page's",
            "value": long.queries - long.plain_queries,
            "bar": 1,
            **LOW,
            "unit": "queries",
            "how": "one: the live pages in all languages, the head of the chain, and what of the site is newest",
        },
        {
            "name": "policy page: queries that a longer history adds",
            "value": max(long.queries, long.cold_queries - short.cold_queries + short.queries) - short.queries,
            "bar": 0,
            **LOW,
            "unit": "queries",
            "how": f"{VERSIONS} versions against 1, ready made and for the first time",
        },
        {
            "name": "policy page and history: memory that a longer history adds",
            "value": round((long.peak - short.peak) / 1e6, 2),
            "bar": 10,
            **LOW,
            "unit": "MB",
            "how": f"{VERSIONS} versions against 1, the larger of tracemalloc's peaks while the policy page and its "
            "history are made with nothing kept ready",
        },
    ]


class _Measured:
    """What is measured of the policy page with ``versions`` versions."""

    def __init__(self, home: Page, policy: PolicyPage, versions: int) -> None:
        self.versions = versions
        urls = [page.url for page in _plain_pages(home, policy)]
        self.queries, self.plain_queries = _queries(policy.url), min(map(_queries, urls))
        self.cold_queries = _queries(policy.url, warm=False)
        blocks, html = (partial(_get, url) for url in urls)
        with _as_in_production():
            page = partial(_get, policy.url)
            unchanged = partial(_get, policy.url, page()["ETag"])
            self.page = {"blocks": _ratio(page, blocks), "ready HTML": _ratio(page, html)}
            self.conditional = {"blocks": _ratio(unchanged, blocks), "ready HTML": _ratio(unchanged, html)}
            with patch.object(PlainPage, "serve", lambda *args: HttpResponse()):
                self.routing = _ratio(unchanged, html)
            self.near = _ratio(page, html, perf_counter, _latency) if versions > 1 else None
            self.near_unchanged = _ratio(unchanged, html, perf_counter, _latency) if versions > 1 else None
            self.others = {name: _ratio(partial(_get, policy.url + route), html) for name, route in self._routes()}
            self.cold = _ratio(lambda: (_forget_policies(), page()), blocks)
            self.unstored = _unstored(lambda: (_forget_policies(), page()), blocks)
            self.cached = _cached(policy.url)
            self.peak = max(_peak(policy.url), _peak(f"{policy.url}history/"))

    def _routes(self) -> Iterator[tuple[str, str]]:
        yield from (
            ("history", "history/"),
            ("version", "versions/1/"),
            ("feed", "history/feed/"),
            ("data", "data/json/"),
        )
        if self.versions > 1:
            yield "comparison", f"compare/1/{self.versions}/"

    def results(self) -> Iterator[Json]:
        yield from self._results_of_others()
        many = f"{self.versions} version{'s' if self.versions > 1 else ''}"
        how = f"{SECTIONS} purposes, {many}, CPU time, median of {ROUNDS} paired rounds"
        for plain, value in self.page.items():
            yield {
                "name": f"policy page with {many}: time beside {plain}",
                "value": value,
                "bar": 1.05,
                **LOW,
                "unit": "× plain page",
                "how": f"{how}, against the plain page of {plain}",
            }
        for plain, value in self.conditional.items():
            yield {
                "name": f"conditional GET with {many}: time beside {plain}",
                "value": value,
                "bar": CONDITIONAL[plain],
                **LOW,
                "unit": "× plain page",
                "how": f"{how}, answered 304, against a whole GET of the plain page of {plain}",
            }
        yield {
            "name": f"conditional GET with {many}: time beside Wagtail's routing",
            "value": self.routing,
            "bar": 1.25,
            **LOW,
            "unit": "× empty page",
            "how": f"{how}, against the plain page found by Wagtail and answered with nothing: what no page is below",
        }

    def _results_of_others(self) -> Iterator[Json]:
        """What is ready beside the policy page, the policy page cold, and it at some distance from the database."""
        many = f"{self.versions} version{'s' if self.versions > 1 else ''}"
        how = f"{SECTIONS} purposes, {many}, CPU time, median of {ROUNDS} paired rounds, against the plain page of"
        common = {**LOW, "unit": "× plain page"}
        for name, value in self.others.items():
            bar = 3 if name in ("feed", "data") else 2
            yield {"name": f"{name} with {many}", "value": value, "bar": bar, "how": f"{how} ready HTML", **common}
        cold = {"name": f"policy page with {many}, with nothing kept", "value": self.cold, "bar": 2}
        kept = "nothing that is made of policies is kept in the process; what publication stored is in the database"
        yield {**cold, "how": f"{how} blocks; {kept}", **common}
        unstored = {
            "name": f"policy page with {many}, with nothing kept nor stored",
            "value": self.unstored,
            "bar": None,
        }
        yield {**unstored, "how": f"{how} blocks; each text is rendered anew", **common}
        middleware = {"name": f"policy page with {many}, through Django's cache middleware", "value": self.cached}
        bare = "against a view that answers with the same HTML"
        yield {**middleware, "bar": 3, **LOW, "unit": "× bare view", "how": f"{how.rpartition(', ')[0]}, {bare}"}
        far = f"with {many}, {LATENCY * 1000} ms from the database"
        for name, value, bar in (
            ("policy page", self.near, 1.08),
            ("conditional GET", self.near_unchanged, CONDITIONAL["ready HTML"]),
        ):
            if value:
                yield {
                    "name": f"{name} {far}",
                    "value": value,
                    "bar": bar,
                    "how": f"{how} ready HTML, but wall time",
                } | common


def _ratio(
    ours: Callable[[], object], theirs: Callable[[], object], clock: Clock = process_time, around: Any = nullcontext
) -> float:
    with around():
        rounds = paired(ours, theirs, ROUNDS, times=TIMES, clock=clock)
    return round(median(own / other for own, other in rounds), 3)


def _unstored(ours: Callable[[], object], theirs: Callable[[], object]) -> float:
    stored = list(ReadyText.objects.all())
    ReadyText.objects.all().delete()
    found = _ratio(ours, theirs)
    ReadyText.objects.bulk_create(stored)
    return found


def _refresh() -> None:
    """What the task does after each publication, which the benchmarks' settings leave undone."""
    for policy in Policy.objects.all():
        tasks.refresh.call(policy.pk)


def _cached(url: str) -> float:
    """The page as docs/caching.md sets it up, beside a view that answers with the same HTML, through the same
    middleware but the cache's."""
    own = BaseHandler()
    own.load_middleware()
    around = settings.MIDDLEWARE
    cache_ = "django.middleware.cache"
    with override_settings(
        WAGTAIL_PRIVACY_MAX_AGE=600,
        CACHE_MIDDLEWARE_ALIAS="pages",
        CACHES={**settings.CACHES, "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        MIDDLEWARE=[f"{cache_}.UpdateCacheMiddleware", *around, f"{cache_}.FetchFromCacheMiddleware"],
    ):
        handler = BaseHandler()
        handler.load_middleware()
        html = handler.get_response(RequestFactory().get(url)).content
        bare = (path("bare/", lambda request: HttpResponse(html)),)
        found = _ratio(
            lambda: handler.get_response(RequestFactory().get(url)), lambda: own.get_response(_asking("/bare/", bare))
        )
        caches["pages"].clear()
        set_urlconf(None)
        return found


def _asking(url: str, urls: tuple[Any, ...]) -> HttpRequest:
    request = RequestFactory().get(url)
    request.urlconf = urls
    return request


def _latency() -> Any:
    """As far from the database as another machine in the same rack."""

    def later(execute: Any, *args: Any) -> Any:
        sleep(LATENCY)
        return execute(*args)

    return connection.execute_wrapper(later)


@contextmanager
def _as_in_production() -> Iterator[None]:
    """Without the tests' hook into templates, which copies the context of each that is rendered."""
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
    page = PolicyPage(title="Integritetspolicy", slug="policy", locale=home.locale, live=False)
    home.add_child(instance=page)
    page.body = PolicyPage.body.field.to_python(json.dumps([_purpose(number) for number in range(SECTIONS)]))
    publish_policy(page, moment=PUBLISHED)
    return PolicyPage.objects.get(pk=page.pk)


def _purpose(number: int) -> Json:
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
        "retention": [_part("retention", f"{id}-kept", duration="P24M", starts="leveransen")],
    }
    return {"type": "purpose", "id": id, "value": value}


def _part(type: str, seed: str, /, **value: Any) -> Json:
    return {"type": type, "id": str(uuid5(NAMESPACE_URL, seed)), "value": value}


def _lengthen(length: int) -> None:
    """More versions of what the first says, each with a change of a storage period and a summary."""
    newest = Version.objects.get()
    text = Text.objects.get(version=newest)
    text.changes_json, text.summary = [_change(text).to_json()], "Vi sparar längre."
    for number in range(2, length + 1):
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


def _change(text: Text) -> Change:
    """That the first purpose's data were kept for a year until now."""
    now = text.snapshot
    data = now.to_json()
    (kept,) = (child for child in data["sections"][0]["children"] if child["kind"] == "retention")
    kept["facts"]["duration"] = "P12M"
    (change,) = compare(Snapshot.from_json(data), now)
    return change


def _plain_pages(home: Page, policy: PolicyPage) -> list[PlainPage]:
    """The pages of blocks and of ready HTML, which show what the policy page shows now."""
    html = _get(policy.url).content.decode()
    above, *purposes, below = filter(str.strip, PURPOSE.split(_between(html, "<main>", "</main>")))
    assert len(purposes) == SECTIONS, "Expected a section for each purpose."
    blocks = [_in_words(_purpose(number)) for number in range(SECTIONS)]
    streams = ([_ready(above), *blocks, _ready(below)], [_ready(part) for part in (above, *purposes, below)])
    return [_plain(home, policy, html, stream) for stream in streams]


def _plain(home: Page, policy: PolicyPage, html: str, stream: list[Json]) -> PlainPage:
    page = PlainPage(title=policy.title, locale=home.locale, head=_between(html, "</title>", "</head>"))
    page.body = PlainPage.body.field.to_python(json.dumps(stream))
    home.add_child(instance=page)
    assert "".join(_get(page.url).content.decode().split()) == "".join(html.split()), (
        "Expected the same HTML from both pages."
    )
    return page


def _in_words(purpose: Json) -> Json:
    """A purpose of the policy's stream as one of a plain page's."""
    value = purpose["value"]
    lists = {
        name: [{**part, "type": "item", "value": {**part["value"], **words}} for part in value[name]]
        for name, words in WORDS.items()
    }
    return {**purpose, "value": {**value, **lists}}


def _ready(html: str) -> Json:
    return {"type": "html", "value": html}


def _forget_policies() -> None:
    """Nothing that was made of any policy is kept: no text, page or timeline.

    What stays is what Django and Wagtail keep of themselves once they have answered, such as loaded templates, and the
    like of ours: the SQL of the one statement and the digest of the templates, which are the same for all policies.
    """
    clear_caches(but=OF_ALL_POLICIES)


def _between(html: str, start: str, end: str) -> str:
    return html[html.index(start) + len(start) : html.index(end)]


def _templates() -> Any:
    return override_settings(TEMPLATES=[{**settings.TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}])


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def _get(url: str, tag: str = "") -> HttpResponse:
    headers = {"If-None-Match": tag} if tag else None
    response = _handler().get_response(RequestFactory().get(url, headers=headers))
    assert response.status_code == (304 if tag else 200)
    return response


def _queries(url: str, *, warm: bool = True) -> int:
    _get(url)
    if not warm:
        clear_caches()
    with CaptureQueriesContext(connection) as queries:
        _get(url)
    return len(queries)


def _peak(url: str) -> int:
    """Bytes that a request takes at most, where nothing was kept ready."""
    _get(url)
    clear_caches()
    gc.collect()
    tracemalloc.start()
    _get(url)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
