"""The URLs under a policy page; the views are in ``views``."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import PageViewRestriction

from wagtail_privacy.reader import views
from wagtail_privacy.reader.asked import Asked, ask
from wagtail_privacy.reader.visit import original_of
from wagtail_privacy.records.permanent import ROUTES
from wagtail_privacy.records.version import Version

logger = logging.getLogger("wagtail_privacy")

#: Of how many versions the addresses get a redirect of Wagtail's when a page is moved.
REDIRECTED = 50


class PolicyRoutes(RoutablePageMixin, models.Model):
    """Routes of a policy page, one line each; their addresses are in :mod:`~wagtail_privacy.records.permanent`.

    A model, though an abstract one without fields: the migrations of a site's own page class would name anything else,
    and could not be run any more once the site has left the plugin.
    """

    #: The request that this object was found for, and what was asked for it.
    asked_by: tuple[HttpRequest, Asked] | None = None

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        found = super().route(request, path_components)
        if found[0] is self and not self.alias_of_id:
            self.asked_by = self._ask(request)
        return found

    def _ask(self, request: HttpRequest) -> tuple[HttpRequest, Asked] | None:
        """What is asked for ``request``; ``None`` where that fails: then Wagtail and the view ask by themselves, and
        what can be shown is."""
        try:
            return request, ask(request, self)
        except Exception:
            logger.exception("What is asked about the policy page %s failed.", self.pk)
            return None

    def get_view_restrictions(self) -> Any:
        """Wagtail's own. It asks for them in two statements before it shows a page; while a request is answered that
        was asked together with all else."""
        if self.asked_by and not self.asked_by[1].is_restricted(self):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    @path(ROUTES["policy"])
    def in_force(self, request: HttpRequest) -> HttpResponse:
        return views.in_force(request, self)

    @path(ROUTES["history"], name="history")
    def history(self, request: HttpRequest) -> HttpResponse:
        return views.history(request, self)

    @path(ROUTES["version"], name="version")
    def version(self, request: HttpRequest, number: int) -> HttpResponse:
        return views.version(request, self, number)

    @path(ROUTES["choose-versions"], name="choose-versions")
    def choose_versions(self, request: HttpRequest) -> HttpResponse:
        return views.choose_versions(request, self)

    @path(ROUTES["compare"], name="compare")
    def compare(self, request: HttpRequest, old: int, new: int) -> HttpResponse:
        return views.compare(request, self, old, new)

    @path(ROUTES["changes-since"], name="changes-since")
    def changes_since(self, request: HttpRequest, number: int) -> HttpResponse:
        return views.changes_since(request, self, number)

    @path(ROUTES["choose-day"], name="choose-day")
    def choose_day(self, request: HttpRequest) -> HttpResponse:
        return views.choose_day(request, self)

    @path(ROUTES["on"], name="on")
    def on(self, request: HttpRequest, day: date) -> HttpResponse:
        return views.on(request, self, day)

    @path(ROUTES["feed"], name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        return views.feed(request, self)

    @path(ROUTES["data"], name="data")
    def data(self, request: HttpRequest) -> HttpResponse:
        return views.data(request, self)

    @path(ROUTES["upcoming"], name="upcoming")
    def upcoming(self, request: HttpRequest) -> HttpResponse:
        return views.upcoming(request, self)

    def get_route_paths(self) -> list[str]:
        """The addresses that Wagtail's redirects lead on from when the page is moved: those that people keep, of the
        newest versions only, since each is a row."""
        policy = original_of(self).policy
        numbers = policy.versions.order_by("-number").values_list("number", flat=True)[:REDIRECTED] if policy else ()
        routes = [self.reverse_subpage(name) for name in ("history", "feed", "data", "upcoming")]
        routes += [self.reverse_subpage("version", args=[number]) for number in numbers]
        return ["/", *(f"/{route}" for route in routes)]

    def get_cached_paths(self) -> Iterator[str]:
        """The addresses that a front-end cache forgets when something happens to a version of the policy.

        Those of days, comparisons, years and further pages of the history are too many to name; they are answered
        with ``max-age=0``.
        """
        yield from ("/", *("/" + self.reverse_subpage(name) for name in ("history", "feed", "data", "upcoming")))
        versions = Version.objects.filter(policy__translation_key=original_of(self).translation_key)
        for number in versions.values_list("number", flat=True):
            yield "/" + self.reverse_subpage("version", args=[number])
            yield "/" + self.reverse_subpage("changes-since", args=[number])

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The page's own address, last changed when the text in force took effect or was recorded.

        No other address of the policy is in the sitemap, none of an alias, whose canonical address is another one, and
        none of a page that has no text in its own language in force.
        """
        text = None if self.alias_of_id else self.text_in_force()
        if text is None or text.language != self.locale.language_code:
            return []
        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        changed = max(text.recorded_at, text.version.takes_effect_at)
        return [{**url, "lastmod": changed} for url in urls]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return views.preview(request, self)
