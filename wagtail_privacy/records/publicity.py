"""Which languages of a policy are public, and when each was not: by its events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wagtail_privacy.clock import day_of
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Event, EventKind

#: What makes a language public, again or for the first time.
PUBLICATIONS = (EventKind.PUBLISHED, EventKind.TRANSLATED)
#: In the data of such an event: it makes nothing public, since its page was unpublished before.
UNSEEN = "unseen"


@dataclass(frozen=True)
class Absence:
    """A time in which ``language`` was not public: ``since`` it was unpublished, ``until`` it was published again."""

    language: str
    since: datetime
    until: datetime | None

    @property
    def day(self) -> date:
        """The site's day that it was unpublished on."""
        return day_of(self.since)

    @property
    def back(self) -> date | None:
        """The site's day that it was published again on."""
        return day_of(self.until) if self.until else None


def language_of(event: Event, policy: Policy) -> str:
    """The language that a publication or its end is in. An event without one is about the original."""
    return str(event.data.get("language", policy.source_language))


def public_languages(policy: Policy) -> set[str]:
    """Those of which the newest event says so."""
    kinds = [*PUBLICATIONS, EventKind.UNPUBLISHED]
    newest: dict[str, str] = {}
    for event in _events(policy, kinds):
        newest[language_of(event, policy)] = event.kind
    return {language for language, kind in newest.items() if kind != EventKind.UNPUBLISHED}


def absences(unpublished: Sequence[Event], policy: Policy) -> dict[int, list[Absence]]:
    """What these events began, by the key of the version that they are about; in one query, in none without any."""
    found = defaultdict[int, list[Absence]](list)
    if not unpublished:
        return found
    back = defaultdict[str, list[Event]](list)
    first = min(event.position for event in unpublished)
    for event in _events(policy, PUBLICATIONS, after=first):
        back[language_of(event, policy)].append(event)
    for event in unpublished:
        found[event.version_id].append(_absence(event, language_of(event, policy), back))
    return found


def absences_between(policy: Policy, first: datetime, end: datetime) -> list[Absence]:
    """The times from ``first`` until before ``end`` in which a language was not public, the first one first."""
    unpublished = [event for event in _events(policy, [EventKind.UNPUBLISHED]) if event.at < end]
    found = (each for of_version in absences(unpublished, policy).values() for each in of_version)
    lasting = (each for each in found if each.until is None or each.until > first)
    return sorted(lasting, key=lambda each: (each.since, each.language))


def _absence(event: Event, language: str, back: dict[str, list[Event]]) -> Absence:
    ends = (each.at for each in back[language] if each.position > event.position)
    return Absence(language, event.at, next(ends, None))


def unpublished_with(event: Event) -> set[str]:
    """The language that ``event`` says was unpublished, and those that people are told of together with it."""
    policy = event.version.policy
    others = Event.objects.filter(version__policy=policy, kind=EventKind.UNPUBLISHED, data__together=event.position)
    return {language_of(each, policy) for each in (event, *others)}


def is_public_again(event: Event) -> bool:
    """Whether any of the languages that ``event`` says were unpublished has been published since."""
    policy, languages = event.version.policy, unpublished_with(event)
    later = _events(policy, PUBLICATIONS, after=event.position)
    return any(language_of(each, policy) in languages for each in later)


def _events(policy: Policy, kinds: Iterable[EventKind], *, after: int = -1) -> Iterator[Event]:
    """Those of ``kinds`` after the place ``after`` in the chain, in its order, but for those that show nothing."""
    found = Event.objects.filter(version__policy=policy, kind__in=list(kinds), position__gt=after)
    return (event for event in found.order_by("position", "pk") if not event.data.get(UNSEEN))
