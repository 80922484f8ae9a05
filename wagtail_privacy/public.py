"""What Wagtail's API (v2) and search say of a policy page: the text in force, and nothing else (DESIGN 4.2).

The live row may say what is only announced or was withdrawn, and after wagtail-localize even what is a draft.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.handlers.wsgi import WSGIRequest
from django.db import models
from django.http import HttpRequest
from rest_framework.fields import Field
from wagtail.api import APIField
from wagtail.search import index

from wagtail_privacy.actions.moment import now
from wagtail_privacy.policy import words

if TYPE_CHECKING:
    from wagtail_privacy.models import Text
    from wagtail_privacy.reader.visit import Visit

logger = logging.getLogger("wagtail_privacy")


class InForce(Field):
    """A field of the API about the text in force: what ``said`` returns of it and of the visit to its page.

    ``null`` where no text applies, or where what is stored can't be shown.
    """

    def __init__(self, said: Callable[[Text, Visit], Any]) -> None:
        super().__init__(source="*", read_only=True)
        self.said = said

    def to_representation(self, page: Any) -> Any:
        visit = self._visit(page)
        text = visit.applying_text
        if text is None:
            return None
        try:
            return self.said(text, visit)
        except Exception:
            logger.exception("The field %s of the page %s can't be shown in the API.", self.field_name, page.pk)
            return None

    def _visit(self, page: Any) -> Visit:
        """One visit to ``page`` for all the fields of an answer."""
        from wagtail_privacy.reader.visit import Visit

        visits = self.context.setdefault("wagtail_privacy", {})
        if page.pk not in visits:
            visits[page.pk] = Visit(self.context.get("request") or _request_to(page), page)
            visits[page.pk].route = ""  # The request is to the API's own address.
        found: Visit = visits[page.pk]
        return found


class TitleInForce(InForce):
    """The title of the text in force; the page's own, which menus show, where no text applies."""

    def to_representation(self, page: Any) -> Any:
        return super().to_representation(page) or page.title


class InForceSearchField(index.SearchField):
    """A search field that takes its value from the text in force."""

    def get_value(self, obj: Any) -> Any:
        return obj.searched(self.field_name)


class InForceAutocompleteField(index.AutocompleteField):
    """The same for what is found while its first letters are typed."""

    def get_value(self, obj: Any) -> Any:
        return obj.searched(self.field_name)


class PublicText(models.Model):
    """What makes a page speak of the text in force in the API and in search."""

    api_fields: ClassVar[list[APIField]] = [
        APIField("title", serializer=TitleInForce(lambda text, visit: text.title)),
        APIField("version", serializer=InForce(lambda text, visit: text.version.number)),
        APIField("version_in_force", serializer=InForce(lambda text, visit: visit.in_force and visit.in_force.number)),
        APIField("published_at", serializer=InForce(lambda text, visit: text.version.published_at.isoformat())),
        APIField("takes_effect_at", serializer=InForce(lambda text, visit: text.version.takes_effect_at.isoformat())),
        APIField("summary", serializer=InForce(lambda text, visit: text.summary)),
        APIField("languages", serializer=InForce(lambda text, visit: _languages(visit))),
        APIField("digest", serializer=InForce(lambda text, visit: text.digest)),
        APIField("text", serializer=InForce(lambda text, visit: text.snapshot.to_json())),
        APIField("html", serializer=InForce(lambda text, visit: _html(text))),
        APIField("links", serializer=InForce(lambda text, visit: _links(visit))),
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

    def applying_text(self) -> Text | None:
        """The text of this page that applies now; never one that is only announced."""
        from wagtail_privacy.reader.visit import original_of

        text: Text | None = original_of(self).text_in_force()
        return text if text and text.version.applies(now()) else None

    @property
    def words_in_force(self) -> str:
        """The words of the text in force, as a reader meets them."""
        text = self.applying_text()
        return words.plain(_html(text) or "") if text else ""

    def searched(self, name: str) -> str:
        """What search knows by ``name``. A page without a text that applies is found by the title menus show."""
        if name != "title":
            return str(getattr(self, name))
        text = self.applying_text()
        return text.title if text else str(self.title)  # type: ignore[attr-defined]


def _request_to(page: Any) -> HttpRequest:
    """A visitor's request to the site of ``page``: Wagtail's API v3 asks for fields without one."""
    site = page.get_site()
    host, port = (site.hostname, site.port) if site else ("localhost", 80)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "SERVER_NAME": host, "SERVER_PORT": str(port)}
    return WSGIRequest({**environ, "wsgi.input": BytesIO(), "wsgi.url_scheme": "https" if port == 443 else "http"})


def _html(text: Text) -> str | None:
    from wagtail_privacy.reader.readable import read

    readable = read(text)
    return str(readable.body + readable.earlier) if readable else None


def _languages(visit: Visit) -> list[str]:
    return sorted({visit.language, *(translation.language for translation in visit.translations)})


def _links(visit: Visit) -> list[dict[str, str]]:
    from wagtail_privacy.reader.relations import relations

    links = ({**vars(relation)} for relation in relations(visit))
    return [{name: value for name, value in link.items() if value} for link in links]
