"""The addresses under a policy page (DESIGN 5); what they answer stands in ``views``."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path


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

    @path("upcoming/", name="upcoming")
    def upcoming(self, request: HttpRequest) -> HttpResponse:
        return _views().upcoming(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return _views().preview(request, self)


def _views() -> Any:
    # The views show models, and this mixin is part of one.
    from wagtail_privacy import views

    return views
