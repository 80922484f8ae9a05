"""The addresses under a policy page (DESIGN 5); what they answer stands in ``views``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import register_converter
from wagtail.contrib.routable_page.models import RoutablePageMixin, path


class DayConverter:
    """A day in an address, as ISO 8601 writes it, from 1900 to 2999: moments at the ends of the calendar overflow."""

    regex = "(?:19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DayConverter, "isodate")


class PolicyRoutes(RoutablePageMixin):
    """Routes of a policy page. Each is one line: the page's addresses read as a table."""

    @path("")
    def in_force(self, request: HttpRequest) -> HttpResponse:
        return _views().in_force(request, self)

    @path("history/", name="history")
    def history(self, request: HttpRequest) -> HttpResponse:
        return _views().history(request, self)

    @path("versions/<int:number>/", name="version")
    def version(self, request: HttpRequest, number: int) -> HttpResponse:
        return _views().version(request, self, number)

    @path("compare/<int:old>/<int:new>/", name="compare")
    def compare(self, request: HttpRequest, old: int, new: int) -> HttpResponse:
        return _views().compare(request, self, old, new)

    @path("changes-since/<int:number>/", name="changes-since")
    def changes_since(self, request: HttpRequest, number: int) -> HttpResponse:
        return _views().changes_since(request, self, number)

    @path("on/<isodate:day>/", name="on")
    def on(self, request: HttpRequest, day: date) -> HttpResponse:
        return _views().on(request, self, day)

    @path("history/feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        return _views().feed(request, self)

    @path("data/json/", name="data")
    def data(self, request: HttpRequest) -> HttpResponse:
        return _views().data(request, self)

    @path("upcoming/", name="upcoming")
    def upcoming(self, request: HttpRequest) -> HttpResponse:
        return _views().upcoming(request, self)

    def get_cached_paths(self) -> Iterator[str]:
        """The addresses that a front-end cache forgets when something happens to a version of the policy.

        Those of days, comparisons, years and further pages of the history are too many to name; they are answered
        with ``max-age=0``.
        """
        policy = _original(self).policy
        yield from ("/", *("/" + self.reverse_subpage(name) for name in ("history", "feed", "data", "upcoming")))
        for number in policy.versions.values_list("number", flat=True) if policy else ():
            yield "/" + self.reverse_subpage("version", args=[number])
            yield "/" + self.reverse_subpage("changes-since", args=[number])

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The page's own address, last changed when the text in force took effect or was recorded.

        No other address of the policy is in the sitemap, and none of an alias: its canonical address is another one.
        """
        if self.alias_of_id:
            return []
        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        text = self.text_in_force()
        if text is None:
            return urls
        changed = max(text.recorded_at, text.version.takes_effect_at)
        return [{**url, "lastmod": changed} for url in urls]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return _views().preview(request, self)


def _views() -> Any:
    # The views show models, and this mixin is part of one.
    from wagtail_privacy import views

    return views


def _original(page: Any) -> Any:
    from wagtail_privacy.reader.visit import original_of

    return original_of(page)
