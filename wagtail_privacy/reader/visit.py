"""One reader's request to one policy page: which policy, in which language, at which moment."""

from __future__ import annotations

import logging
from collections.abc import Collection, Hashable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from wagtail_privacy.changes.sentences import right_in_words
from wagtail_privacy.clock import days_after, now, start_of
from wagtail_privacy.conf import conf
from wagtail_privacy.interface import interface_language
from wagtail_privacy.policy.section import anchor_of
from wagtail_privacy.reader.asked import AboutPage, Asked, ask
from wagtail_privacy.reader.effects import Timeline, get_timeline
from wagtail_privacy.reader.history import CONTENT
from wagtail_privacy.reader.rendering import render_text
from wagtail_privacy.reader.restrictions import refusing_restriction
from wagtail_privacy.reader.templates import templates_digest
from wagtail_privacy.records.content import PolicyContent
from wagtail_privacy.records.permanent import below, permanent_path
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.publicity import Absence, absences_between
from wagtail_privacy.records.version import Text, Version

logger = logging.getLogger("wagtail_privacy")
#: For how many moments the policy page says what is announced, and of how many versions it is read; the history has
#: them all.
MOST_ANNOUNCED = 3
MOST_READ = 20


@dataclass(frozen=True)
class LanguageLink:
    """The same address in another language."""

    language: str
    url: str


@dataclass(frozen=True)
class RightTold:
    """A right that the policy in force tells of: its name, and the address of its section."""

    name: str
    url: str


class Visit:
    """What every view needs. A visit to an alias is one to the page that it is an alias of."""

    def __init__(self, request: HttpRequest, page: PolicyContent) -> None:
        self.request = request
        self.page: Any = page
        self.original: Any = original_of(page)
        self.asked = self._asked()
        self.pages = self._pages()
        self.language: str = self._language()
        #: The language of the plugin's own words, where they are not translated into the page's.
        self.said_in = interface_language(self.language)
        #: The languages whose texts this visitor may not read on their own pages, and so on no other.
        self.withheld = self._withheld()
        self.moment: datetime = now()
        self.url: str = self._url(page) or self._above_route()
        #: The languages that have what is shown in words of their own; ``None``: all.
        self.readable_in: Collection[str] | None = None

    def _asked(self) -> Asked:
        """What was asked while this request found its way to the page, else what is asked now."""
        known = getattr(self.page, "asked_by", None)
        return known[1] if known and known[0] is self.request else ask(self.request, self.original)

    def _pages(self) -> list[tuple[str, Any]]:
        """The policy's live pages in all languages, by language: as much of each as its address is made of."""
        return [(about.language, self._page(about)) for about in self.asked.pages if about.is_live]

    def _page(self, about: AboutPage) -> Any:
        model: Any = type(self.original)
        if about.columns[model._meta.pk.attname] == self.original.pk:
            return self.original
        return model.from_db(self.original._state.db, tuple(about.columns), list(about.columns.values()))

    def _withheld(self) -> frozenset[str]:
        pages = (each for each in self.asked.pages if each.is_restricted and each.language != self.language)
        return frozenset(each.language for each in pages if refusing_restriction(self._page(each), self.request))

    @property
    def is_restricted(self) -> bool:
        """Whether what is shown depends on who asks: this page, or one in another language, is not for everybody."""
        if any(about.is_restricted for about in self.asked.pages):
            return True
        return self.page.pk != self.original.pk and bool(self.page.get_view_restrictions())

    def _language(self) -> str:
        found = (language for language, page in self.pages if page.pk == self.original.pk)
        return next(found, None) or str(self.original.locale.language_code)

    def _url(self, page: Any) -> str:
        """The address of ``page``; empty if it has none, or if the cache that Wagtail uses fails."""
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

    @property
    def recorded(self) -> tuple[int, str] | None:
        """The policy's key and the head of its chain: every event moves it."""
        return self.asked.recorded

    @property
    def newest_of_site(self) -> tuple[Any, ...]:
        """When a page of the site was last published, and how many there are: an unpublished one leaves the menu."""
        return self.asked.newest_of_site

    @cached_property
    def timeline(self) -> Timeline:
        return get_timeline(*self.recorded) if self.recorded else Timeline((), ())

    @cached_property
    def state(self) -> tuple[Hashable, ...] | None:
        """Everything that the shown policy depends on, in this language at this address and moment: a cache key.

        ``None`` if nothing may be cached.
        """
        if settings.DEBUG or (templates := templates_digest()) is None:
            return None
        recorded = self.recorded or ()
        shown = (self.timeline.period(self.moment), self.language, conf.PREVAILING_LANGUAGE, templates)
        to_whom = (self.said_in, *sorted(self.withheld))
        return (*recorded, *shown, to_whom, self.url, *((link.language, link.url) for link in self.translations))

    @cached_property
    def in_force(self) -> Version | None:
        return self.policy.version_in_force(self.moment) if self.policy else None

    @cached_property
    def announced(self) -> list[Version]:
        """The versions that are published and do not apply yet, the next moment first and, of one, the last version."""
        if self.policy is None:
            return []
        return list(self.policy.versions.announced(self.moment).order_by("takes_effect_at", "-number")[:MOST_READ])

    @cached_property
    def coming(self) -> Version | None:
        """The version that replaces the one in force: of several from one moment only the last applies."""
        return next(iter(self.announced), None)

    @cached_property
    def text_in_force(self) -> Text | None:
        """What is shown now; what it says is loaded when it is asked for. To find it, a database sorts all versions."""
        if self.policy is None:
            return None
        return self.policy.text_in_force(self.language, self.moment, without=CONTENT, withheld=self.withheld)

    @cached_property
    def rights(self) -> dict[str, RightTold]:
        """Where the policy in force tells of each right, by its code."""
        readable = render_text(self.text_in_force) if self.text_in_force else None
        found = readable.rights if readable else {}
        return {code: RightTold(right_in_words(code), f"{self.url}#{anchor_of(id)}") for code, id in found.items()}

    @property
    def canonical(self) -> str:
        """The address of the page that holds the policy: this one, or that of which it is an alias."""
        return self.url if self.page.pk == self.original.pk else self._url(self.original) or self.url

    @property
    def is_spoken(self) -> bool:
        """Whether the plugin has words in the page's language."""
        return self.said_in == self.language

    @property
    def title(self) -> str:
        """The policy's title as it is in force; the page's own may be that of what is announced or held."""
        return self.text_in_force.title if self.text_in_force else _("Privacy policy")

    @property
    def title_language(self) -> str:
        """The language of that title."""
        return self.text_in_force.language if self.text_in_force else self.said_in

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
        span = (start_of(date(year, 1, 1)), start_of(days_after(date(year, 12, 31), 1)))
        return self.versions.filter(published_at__gte=span[0], published_at__lt=span[1])

    def applied_on(self, day: date) -> list[Version]:
        """The versions that applied during any part of the site's day, earliest first."""
        if self.policy is None:
            return []
        return self.versions.applied_between(start_of(day), start_of(days_after(day, 1)))

    def absent_on(self, day: date) -> list[Absence]:
        """When a language was not public during any part of the site's day, if that has begun."""
        first, end = start_of(day), start_of(days_after(day, 1))
        return absences_between(self.policy, first, end) if self.policy and first <= self.moment else []

    def replacing(self, version: Version) -> Version | None:
        """The version that takes, or took, the place of ``version``: of several at one moment the last."""
        later = version.policy.versions.standing().filter(number__gt=version.number)
        return None if version.withdrawn_at else later.order_by("takes_effect_at", "-number").first()

    def version(self, number: int) -> Version:
        """The version with this number, withdrawn or not. Raises :exc:`Http404` where there is none."""
        found = self.versions.filter(number=number).first() if self.policy else None
        if found is None:
            raise Http404(_("This policy has no version %(number)s.") % {"number": number})
        return found

    def text_when_in_force(self, version: Version) -> Text | None:
        """What readers of the page's language are shown while ``version`` is in force."""
        return version.policy.text_in_force(self.language, version.takes_effect_at, withheld=self.withheld)

    def text_of(self, version: Version) -> Text | None:
        """What this visitor is shown of ``version``: its text in the page's language, else in another one."""
        return version.text_for(self.language, self.withheld)

    @cached_property
    def route(self) -> str:
        """What follows the page's own address: ``"versions/3/"``. Its slug may hold letters that a URL quotes."""
        own = unquote(self.url) or "/"
        return self.request.path.removeprefix(own) if self.request.path.startswith(own) else ""

    @cached_property
    def translations(self) -> list[LanguageLink]:
        """This very address in the policy's other languages."""
        others = ((language, page) for language, page in self.pages if page.pk != self.original.pk)
        urls = ((language, self._url(page)) for language, page in others)
        return [LanguageLink(language, below(url, self.route)) for language, url in sorted(urls) if url]

    @property
    def readable_translations(self) -> list[LanguageLink]:
        """Those of the translations in which what is shown can be read."""
        known = self.readable_in
        return [link for link in self.translations if known is None or link.language in known]

    def address(self, route: str, *args: int | date) -> str:
        """The address of one of the page's routes."""
        return below(self.url, self.page.reverse_subpage(route, args=args))

    def permanent(self, route: str, **values: Any) -> str:
        """The absolute address of a route that holds wherever the page is moved; the page's own where the site has no
        such addresses."""
        path = permanent_path(self.original.translation_key, route, self.language, **values)
        if not path:
            path = below(self.url, self.page.reverse_subpage(route, kwargs=values) if route != "policy" else "")
        return str(self.request.build_absolute_uri(path))


def original_of(page: Any) -> Any:
    while page.alias_of_id:
        page = page.alias_of.specific
    return page
