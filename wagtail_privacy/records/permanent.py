"""Addresses of a policy that hold wherever its pages are moved, where the site includes ``wagtail_privacy.urls``."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, register_converter, reverse

#: The routes below an address of a policy: of its pages, and of the permanent addresses that lead to them.
ROUTES = {
    "policy": "",
    "history": "history/",
    "version": "versions/<version:number>/",
    "choose-versions": "compare/",
    "compare": "compare/<version:old>/<version:new>/",
    "changes-since": "changes-since/<version:number>/",
    "choose-day": "on/",
    "on": "on/<isodate:day>/",
    "feed": "history/feed/",
    "data": "data/json/",
    "upcoming": "upcoming/",
}


def below(url: str, route: str) -> str:
    """The address of ``route`` below a page's, which ends without a slash where ``WAGTAIL_APPEND_SLASH`` is off."""
    return f"{url.rstrip('/')}/{route.lstrip('/')}" if route.strip("/") else url


class VersionConverter:
    """The number of a version, written in one way only: an address with ``01`` is not found."""

    regex = "0|[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class DayConverter:
    """A day in an address, as ISO 8601 writes it, from 1900 to 2999: moments at the ends of the calendar overflow."""

    regex = "(?:19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


class LanguageConverter:
    """The code of a language: ``sv``, ``pt-br``."""

    regex = "[a-z]{2,3}(?:-[a-z0-9]{2,8})*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value.lower()


register_converter(VersionConverter, "version")
register_converter(DayConverter, "isodate")
register_converter(LanguageConverter, "language")


def permanent_path(policy: UUID, route: str, language: str = "", **values: Any) -> str:
    """The permanent path of a route of the policy with this translation key; empty where the site has none.

    In ``language``, else in the reader's. ``values`` are those that the route names, such as ``number``.
    """
    named = {"language": language} if language else {}
    try:
        return reverse(f"privacy_policies:{route}", kwargs={"policy": policy, **named, **values})
    except NoReverseMatch:
        return ""
