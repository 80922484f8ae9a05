"""One reader's request to one policy page: which policy, in which language, at which moment."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wagtail_privacy.actions.moment import now, start_of
from wagtail_privacy.conf import conf
from wagtail_privacy.reader.course import Course, course_of

if TYPE_CHECKING:
    from wagtail_privacy.models import Policy, PolicyPageMixin, Text, Version


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
        self.original: Any = _original(page)
        self.pages = self._pages()
        self.language: str = self.original.locale.language_code
        self.moment: datetime = now()
        self.url: str = self.page.get_url(request) or ""

    def _pages(self) -> list[Any]:
        """The policy's live pages in all languages, with their locales: one question for what each would ask."""
        pages = self.original.get_translations(inclusive=True).live().filter(alias_of=None)
        found = list(pages.select_related("locale").defer("body"))
        for page in found:
            if page.pk == self.original.pk:
                self.original.locale = page.locale
        return found

    @cached_property
    def policy(self) -> Policy | None:
        return self.original.policy

    @cached_property
    def course(self) -> Course:
        return course_of(self.policy) if self.policy else Course((), ())

    @cached_property
    def state(self) -> tuple[Hashable, ...]:
        """All that what is shown of the policy depends on, in this language at this address and moment."""
        recorded = (self.policy.pk, self.policy.chain_head) if self.policy else ()
        return (*recorded, self.course.period(self.moment), self.language, self.url, *self.translations)

    @cached_property
    def in_force(self) -> Version | None:
        return self.policy.version_in_force(self.moment) if self.policy else None

    @cached_property
    def announced(self) -> list[Version]:
        """The versions that are published and do not apply yet, next one first."""
        return list(self.policy.versions.announced(self.moment)) if self.policy else []

    @cached_property
    def text_in_force(self) -> Text | None:
        return self.policy.text_in_force(self.language, self.moment) if self.policy else None

    @property
    def title(self) -> str:
        """The policy's title as it is in force; the page's own may be that of what is announced."""
        return self.text_in_force.title if self.text_in_force else self.page.title

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
        others = (page for page in self.pages if page.pk != self.original.pk)
        urls = ((page.locale.language_code, page.get_url(self.request)) for page in others)
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
        """``template`` with ``context``, rendered now, while the page's language is active.

        What search engines must know goes into headers: the site's own template need not say it. ``before`` and
        ``after`` are the numbers of the versions beside the one that is shown.
        """
        whole = {**self.page.get_context(self.request), "base_template": conf.BASE_TEMPLATE, "visit": self, **context}
        response = render(self.request, f"wagtail_privacy/{template}", whole)
        response["Content-Language"] = self.language
        response["Link"] = ", ".join(chain(self._links(), self._relations(before, after)))
        if not index:
            response["X-Robots-Tag"] = "noindex"
        return response

    def _links(self) -> Iterator[str]:
        absolute = self.request.build_absolute_uri
        yield f'<{absolute((self.original.get_url(self.request) or self.url) + self.route)}>; rel="canonical"'
        for translation in self.translations:
            yield f'<{absolute(translation.url)}>; rel="alternate"; hreflang="{translation.language}"'

    def _relations(self, before: int | None, after: int | None) -> Iterator[str]:
        """Where the policy's other versions are (RFC 5829), where its feed and data are, and what it is (RFC 6903)."""
        absolute = self.request.build_absolute_uri
        yield f'<{absolute(self.url)}>; rel="privacy-policy"'
        yield f'<{absolute(self.url)}>; rel="latest-version"'
        yield f'<{absolute(self.address("history"))}>; rel="version-history"'
        for number, relation in ((before, "predecessor-version"), (after, "successor-version")):
            if number is not None:
                yield f'<{absolute(self.address("version", number))}>; rel="{relation}"'
        yield f'<{absolute(self.address("feed"))}>; rel="alternate"; type="application/atom+xml"'
        yield f'<{absolute(self.address("data"))}>; rel="alternate"; type="application/json"'


def _original(page: Any) -> Any:
    while page.alias_of_id:
        page = page.alias_of.specific
    return page
