"""How an address of a policy is related to others (RFC 8288): its canonical address and its like in other languages,
the policy itself (RFC 6903), its versions (RFC 5829), and the history for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wagtail_privacy.reader.visit import Visit


@dataclass(frozen=True)
class Relation:
    """One link: ``rel`` as IANA registers it, and the absolute address that it leads to."""

    rel: str
    href: str
    type: str = ""
    hreflang: str = ""

    @property
    def header(self) -> str:
        """It as an element of a ``Link`` header."""
        named = {"type": self.type, "hreflang": self.hreflang}
        return f'<{self.href}>; rel="{self.rel}"' + "".join(f'; {name}="{it}"' for name, it in named.items() if it)


def relations(visit: Visit, *, before: int | None = None, after: int | None = None) -> list[Relation]:
    """Those of the address that ``visit`` is to; ``before`` and ``after`` are the numbers of the versions beside it."""
    return [*_of_address(visit), *_of_policy(visit), *_of_neighbours(visit, before, after)]


def _of_address(visit: Visit) -> Iterator[Relation]:
    own = visit.request.build_absolute_uri(visit.canonical + visit.route)
    yield Relation("canonical", own)
    urls = {link.language: visit.request.build_absolute_uri(link.url) for link in visit.readable_translations}
    if not urls:
        return
    if visit.readable_in is None or visit.language in visit.readable_in:
        urls = {visit.language: own, **urls}
    for language, url in urls.items():
        yield Relation("alternate", url, hreflang=language)
    # For readers of any other language: what they would be shown. The same on each language's page.
    preferred = visit.policy.preferred_languages("") if visit.policy else []
    if default := next((urls[language] for language in preferred if language in urls), ""):
        yield Relation("alternate", default, hreflang="x-default")


def _of_policy(visit: Visit) -> Iterator[Relation]:
    absolute = visit.request.build_absolute_uri
    yield Relation("privacy-policy", absolute(visit.url))
    yield Relation("latest-version", absolute(visit.url))
    yield Relation("version-history", absolute(visit.address("history")))
    yield Relation("alternate", absolute(visit.address("feed")), type="application/atom+xml")
    yield Relation("alternate", absolute(visit.address("data")), type="application/json")


def _of_neighbours(visit: Visit, before: int | None, after: int | None) -> Iterator[Relation]:
    for number, rel in ((before, "predecessor-version"), (after, "successor-version")):
        if number is not None:
            yield Relation(rel, visit.request.build_absolute_uri(visit.address("version", number)))
