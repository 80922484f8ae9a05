"""A policy page in Wagtail's API (v2) and search: the text in force, and nothing else.

The live row may say what is only announced or was withdrawn, and after wagtail-localize even what is a draft.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cached_property
from io import BytesIO
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.db import models
from django.http import HttpRequest
from rest_framework.fields import Field
from wagtail.api import APIField
from wagtail.search import index

from wagtail_privacy.policy import words
from wagtail_privacy.reader.relations import relations
from wagtail_privacy.reader.rendering import render_text
from wagtail_privacy.reader.visit import Visit, original_of
from wagtail_privacy.records.version import Text, Version

logger = logging.getLogger("wagtail_privacy")


class InForceField(Field):
    """A field of the API about the text in force: what ``said`` returns of it and of the visit to its page.

    ``null`` where nothing was published yet, or where what is stored can't be shown.
    """

    def __init__(self, said: Callable[[Text, Visit], Any]) -> None:
        super().__init__(source="*", read_only=True)
        self.said = said

    def to_representation(self, page: Any) -> Any:
        visit = self._visit(page)
        text = visit.text_in_force
        if text is None:
            return None
        try:
            return self.said(text, visit)
        except Exception:
            logger.exception("The field %s of the page %s can't be shown in the API.", self.field_name, page.pk)
            return None

    def _visit(self, page: Any) -> Visit:
        """One visit to ``page`` for all the fields of an answer."""
        visits = self.context.setdefault("wagtail_privacy", {})
        if page.pk not in visits:
            visits[page.pk] = Visit(self.context.get("request") or _request_to(page), page)
            visits[page.pk].route = ""  # The request is to the API's own address.
        found: Visit = visits[page.pk]
        return found


class TitleInForceField(InForceField):
    """The title of the text in force; the page's own, which menus show, where no text applies."""

    def to_representation(self, page: Any) -> Any:
        return super().to_representation(page) or page.title


class InForceSearchField(index.SearchField):
    """A search field that takes its value from the text in force."""

    def get_value(self, obj: Any) -> Any:
        return obj.search_value(self.field_name)


class InForceAutocompleteField(index.AutocompleteField):
    """The same for what is found while its first letters are typed."""

    def get_value(self, obj: Any) -> Any:
        return obj.search_value(self.field_name)


class PublicText(models.Model):
    """What makes a page speak of the text in force in the API and in search."""

    api_fields: ClassVar[list[APIField]] = [
        APIField("title", serializer=TitleInForceField(lambda text, visit: text.title)),
        APIField("language", serializer=InForceField(lambda text, visit: text.language)),
        APIField("version", serializer=InForceField(lambda text, visit: text.version.number)),
        APIField(
            "version_in_force", serializer=InForceField(lambda text, visit: visit.in_force and visit.in_force.number)
        ),
        APIField("published_at", serializer=InForceField(lambda text, visit: _published_at(text.version))),
        APIField("stated_on", serializer=InForceField(lambda text, visit: text.version.stated_on or None)),
        APIField(
            "takes_effect_at", serializer=InForceField(lambda text, visit: text.version.takes_effect_at.isoformat())
        ),
        APIField("summary", serializer=InForceField(lambda text, visit: text.summary)),
        APIField("languages", serializer=InForceField(lambda text, visit: _languages(visit))),
        APIField("digest", serializer=InForceField(lambda text, visit: text.digest)),
        APIField("text", serializer=InForceField(lambda text, visit: text.snapshot.to_json())),
        APIField("html", serializer=InForceField(lambda text, visit: _html(text))),
        APIField("links", serializer=InForceField(lambda text, visit: _links(visit))),
    ]

    class Meta:
        abstract = True

    @classmethod
    def get_search_fields(cls) -> list[Any]:
        """The page's search fields; what it says is searched as it is in force. ``body`` is never among them."""
        fields: list[Any] = super().get_search_fields()  # type: ignore[misc]
        words_of_the_row = {"title", "body", "change_summary", "change_reason"}
        return [
            *(
                field
                for field in fields
                if type(field) is index.FilterField or field.field_name not in words_of_the_row
            ),
            InForceSearchField("title", boost=2),
            InForceAutocompleteField("title"),
            InForceSearchField("words_in_force"),
        ]

    @cached_property
    def title_in_force(self) -> str:
        """The title of the text in force; before the first publication the page's own.

        Of many pages: :func:`wagtail_privacy.reader.titles.with_title_in_force`.
        """
        text = original_of(self).text_in_force()
        return text.title if text else str(self.title)  # type: ignore[attr-defined]

    @property
    def words_in_force(self) -> str:
        """The words of the text in force, as a reader meets them; none where it is in another language."""
        original = original_of(self)
        text = original.text_in_force()
        return words.plain(_html(text) or "") if text and text.language == original.locale.language_code else ""

    def search_value(self, name: str) -> str:
        """The value of the search field ``name``."""
        return str(self.title_in_force if name == "title" else getattr(self, name))


def _request_to(page: Any) -> HttpRequest:
    """A visitor's request to the site of ``page``: Wagtail's API v3 asks for fields without one."""
    site = page.get_site()
    host, port = (site.hostname, site.port) if site else ("localhost", 80)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "SERVER_NAME": host, "SERVER_PORT": str(port)}
    scheme = "https" if port == 443 else "http"
    request: Any = WSGIRequest({**environ, "wsgi.input": BytesIO(), "wsgi.url_scheme": scheme})
    request.user, request.session = AnonymousUser(), {}
    found: HttpRequest = request
    return found


def _html(text: Text) -> str | None:
    readable = render_text(text)
    return str(readable.body + readable.earlier) if readable else None


def _published_at(version: Version) -> str | None:
    """When it was published here; of an imported version nobody knows but by what is stated."""
    return None if version.is_imported else version.published_at.isoformat()


def _languages(visit: Visit) -> list[str]:
    """The public languages that have a text of their own in force."""
    public = {visit.language, *(translation.language for translation in visit.translations)}
    return sorted(public & visit.policy.languages_in_force(visit.moment)) if visit.policy else []


def _links(visit: Visit) -> list[dict[str, str]]:
    links = ({**vars(relation)} for relation in relations(visit))
    return [{name: value for name, value in link.items() if value} for link in links]
