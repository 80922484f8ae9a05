"""One reader's request to one policy page: which policy, in which language, at which moment."""

from __future__ import annotations

import logging
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wagtail_privacy.actions.moment import now, start_of
from wagtail_privacy.conf import conf
from wagtail_privacy.reader.asked import rows
from wagtail_privacy.reader.course import Course, course_of
from wagtail_privacy.reader.history import CONTENT
from wagtail_privacy.reader.part import Part, part_of
from wagtail_privacy.reader.relations import Relation, relations
from wagtail_privacy.reader.templates import fingerprint

if TYPE_CHECKING:
    from wagtail_privacy.models import Policy, PolicyPageMixin, Text, Version

logger = logging.getLogger("wagtail_privacy")


@dataclass(frozen=True)
class Translation:
    """The same address in another language."""

    language: str
    url: str


class Visit:
    """What every view asks first. An alias page is a visit to the page that it is an alias of."""

    def __init__(self, request: HttpRequest, page: PolicyPageMixin) -> None:
        self.request = request
        self.page: Any = page
        self.original: Any = original_of(page)
        self.pages = self._pages()
        self.language: str = self._language()
        self.moment: datetime = now()
        self.url: str = self._url(page) or self._above_route()

    def _pages(self) -> list[tuple[str, Any]]:
        """The policy's live pages in all languages, by language: as much of each as its address is made of."""
        model: Any = type(self.original)
        found = rows(_live, model, self.original.translation_key)
        return [(language, model.from_db(self.original._state.db, _columns(model), page)) for language, *page in found]

    def _language(self) -> str:
        found = (language for language, page in self.pages if page.pk == self.original.pk)
        return next(found, None) or str(self.original.locale.language_code)

    def _url(self, page: Any) -> str:
        """The address of ``page``; nothing where it has none, or where the cache that Wagtail asks is out of order."""
        try:
            return page.get_url(self.request) or ""
        except Exception:
            logger.exception("The address of page %s can't be found.", page.pk)
            return ""

    def _above_route(self) -> str:
        """The page's address by that of the request."""
        match = getattr(self.request, "routable_resolver_match", None)
        route = self.page.reverse_subpage(match.url_name, match.args, match.kwargs) if match else ""
        return self.request.path.removesuffix(route)

    @cached_property
    def policy(self) -> Policy | None:
        return self.original.policy

    @cached_property
    def recorded(self) -> tuple[int, str] | None:
        """The policy's key and the head of its chain: every event moves it."""
        return next(iter(rows(_recorded, self.original.translation_key)), None)

    @cached_property
    def course(self) -> Course:
        return course_of(*self.recorded) if self.recorded else Course((), ())

    @cached_property
    def state(self) -> tuple[Hashable, ...] | None:
        """All that what is shown of the policy depends on, in this language at this address and moment.

        ``None`` where nothing that was made of it may be used again.
        """
        if settings.DEBUG or (templates := fingerprint()) is None:
            return None
        recorded = self.recorded or ()
        return (*recorded, self.course.period(self.moment), self.language, self.url, *self.translations, templates)

    @cached_property
    def in_force(self) -> Version | None:
        return self.policy.version_in_force(self.moment) if self.policy else None

    @cached_property
    def announced(self) -> list[Version]:
        """The versions that are published and do not apply yet, next one first."""
        return list(self.policy.versions.announced(self.moment)) if self.policy else []

    @cached_property
    def text_in_force(self) -> Text | None:
        return self._text_in_force()

    def _text_in_force(self, without: Iterable[str] = ()) -> Text | None:
        return self.policy.text_in_force(self.language, self.moment, without=without) if self.policy else None

    @property
    def canonical(self) -> str:
        """The address of the page that holds the policy: this one, or that of which it is an alias."""
        return self.url if self.page.pk == self.original.pk else self._url(self.original) or self.url

    @property
    def applying_text(self) -> Text | None:
        """The text in force, unless its version is only announced and there is nothing else to read."""
        text = self.text_in_force
        return text if text and text.version.applies(self.moment) else None

    @cached_property
    def title(self) -> str:
        """The policy's title as it is in force; the page's own may be that of what is announced."""
        text = self.__dict__.get("text_in_force") or self._text_in_force(without=CONTENT)
        return text.title if text else str(self.page.title)

    @property
    def versions(self) -> Any:
        """All versions, newest first, withdrawn ones too."""
        if self.policy is None:
            return []
        return self.policy.versions.select_related("policy", "builds_on").order_by("-number")

    def published_in(self, year: int | None) -> Any:
        """The versions published in a year of the site's calendar, newest first; in any year for ``None``."""
        if year is None or self.policy is None:
            return self.versions
        span = (start_of(date(year, 1, 1)), start_of(date(year + 1, 1, 1)))
        return self.versions.filter(published_at__gte=span[0], published_at__lt=span[1])

    def applied_on(self, day: date) -> list[Version]:
        """The versions that applied during any part of the site's day, the first first.

        Of versions that took effect at the same moment only the last ever applied.
        """
        if self.policy is None:
            return []
        first, end = start_of(day), start_of(day + timedelta(days=1))
        standing = self.versions.filter(withdrawn_at=None)
        before = list(standing.filter(takes_effect_at__lte=first)[:1])
        during = list(standing.filter(takes_effect_at__gt=first, takes_effect_at__lt=end))
        newest_first = [*during, *before]
        later = [None, *(version.takes_effect_at for version in newest_first)]
        applied = [v for v, until in zip(newest_first, later, strict=False) if v.takes_effect_at != until]
        return applied[::-1]

    def replacing(self, version: Version) -> Version | None:
        """The version that takes, or took, the place of ``version``."""
        later = version.policy.versions.standing().filter(number__gt=version.number)
        return None if version.withdrawn_at else later.order_by("number").first()

    def version(self, number: int) -> Version:
        """The version with this number, withdrawn or not. Raises :exc:`Http404` where there is none."""
        found = self.versions.filter(number=number).first() if self.policy else None
        if found is None:
            raise Http404(_("This policy has no version %(number)s.") % {"number": number})
        return found

    def text(self, version: Version) -> Text | None:
        """The version in the page's language; where it was not translated, in the language it was written in."""
        return version.text(self.language) or version.source_text()

    @cached_property
    def route(self) -> str:
        """What follows the page's own address: ``"versions/3/"``. Its slug may hold letters that a URL quotes."""
        own = unquote(self.url) or "/"
        return self.request.path.removeprefix(own) if self.request.path.startswith(own) else ""

    @cached_property
    def translations(self) -> list[Translation]:
        """This very address in the policy's other languages."""
        others = ((language, page) for language, page in self.pages if page.pk != self.original.pk)
        urls = ((language, self._url(page)) for language, page in others)
        return [Translation(language, url + self.route) for language, url in sorted(urls) if url]

    def address(self, route: str, *args: int) -> str:
        """The address of one of the page's routes."""
        return self.url + self.page.reverse_subpage(route, args=args)

    def show(
        self,
        template: str,
        context: dict[str, Any],
        *,
        index: bool = False,
        before: int | None = None,
        after: int | None = None,
    ) -> HttpResponse:
        """``template`` with ``context`` in the site's frame, rendered now, while the page's language is active.

        ``before`` and ``after`` are the numbers of the versions beside the one that is shown.
        """
        site = self.page.get_context(self.request)
        related = tuple(relations(self, before=before, after=after))
        return self.framed(part_of(template, {**site, "visit": self, **context}, related, self.request), index=index)

    def framed(self, part: Part, *, index: bool = False) -> HttpResponse:
        """``part`` in the site's frame. What search engines must know goes into headers: the site's own template need
        not say it."""
        frame = {"base_template": conf.BASE_TEMPLATE, "visit": self, "privacy_part": part}
        whole = {**self.page.get_context(self.request), **frame}
        response = render(self.request, "wagtail_privacy/policy/ready.html", whole)
        return self.headed(response, part.relations, index=index)

    def headed(
        self, response: HttpResponse, related: Iterable[Relation] | None = None, *, index: bool = False
    ) -> HttpResponse:
        """``response`` with what search engines and programs must know in its headers."""
        response["Content-Language"] = self.language
        response["Link"] = ", ".join(relation.header for relation in related or relations(self))
        if not index:
            response["X-Robots-Tag"] = "noindex"
        return response


def original_of(page: Any) -> Any:
    while page.alias_of_id:
        page = page.alias_of.specific
    return page


def _columns(model: Any) -> tuple[str, ...]:
    """What the address of a page is made of, in the order of its model."""
    wanted = {model._meta.pk.attname, "id", "locale_id", "url_path"}
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname in wanted)


def _live(model: Any, translation_key: UUID) -> QuerySet[Any]:
    pages = model._default_manager.filter(translation_key=translation_key, live=True, alias_of=None)
    return pages.order_by().values_list("locale__language_code", *_columns(model))


def _recorded(translation_key: UUID) -> QuerySet[Any]:
    from wagtail_privacy.models import Policy

    return Policy.objects.filter(translation_key=translation_key).values_list("pk", "chain_head")
