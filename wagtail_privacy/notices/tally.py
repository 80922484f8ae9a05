"""How many were told by a notice, counted from the ledger or, when that is purged, read from the sealed summary."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min

from wagtail_privacy.actions.moment import now
from wagtail_privacy.models.notice import Delivery, DeliveryState, Notice
from wagtail_privacy.models.version import Event, EventKind


@dataclass(frozen=True)
class Tally:
    """Deliveries by state and language."""

    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of_summary(cls, summary: Mapping[str, Any]) -> Tally:
        """As a sealed summary (:func:`~wagtail_privacy.actions.seal_notice.summarise`) has them."""
        counted = summary["deliveries"].items()
        return cls({(state, language): n for state, languages in counted for language, n in languages.items()})

    @property
    def all(self) -> int:
        return sum(self.counts.values())

    def of(self, *states: str) -> int:
        return sum(count for (state, _language), count in self.counts.items() if state in states)

    @property
    def sent(self) -> int:
        return self.of(DeliveryState.SENT)

    @property
    def failed(self) -> int:
        return self.of(DeliveryState.FAILED)

    @property
    def skipped(self) -> int:
        return self.of(DeliveryState.SKIPPED)

    @property
    def in_doubt(self) -> int:
        return self.of(DeliveryState.IN_DOUBT)

    @property
    def done(self) -> int:
        """Those with whom nothing more happens by itself."""
        return self.all - self.of(DeliveryState.DUE, DeliveryState.CLAIMED)

    @property
    def languages(self) -> list[str]:
        """Most people first."""
        counted: Counter[str] = Counter()
        for (_state, language), count in self.counts.items():
            counted[language] += count
        return sorted(counted, key=lambda language: (-counted[language], language))

    def rows(self) -> list[tuple[DeliveryState, list[int], int]]:
        """A table: for each state that occurs, the count in each of :attr:`languages`, and all together."""
        found = []
        for state in DeliveryState:
            counts = [self.counts.get((state, language), 0) for language in self.languages]
            if any(counts):
                found.append((state, counts, sum(counts)))
        return found

    def totals(self) -> list[int]:
        return [sum(count for (_s, of), count in self.counts.items() if of == code) for code in self.languages]


def tallies(notices: Iterable[Notice]) -> dict[int, Tally]:
    """The tally of each of ``notices``, in two queries whatever their number."""
    notices = list(notices)
    kept = [notice.pk for notice in notices if notice.purged_at is None]
    purged = [notice for notice in notices if notice.purged_at is not None]
    return {notice.pk: Tally() for notice in notices} | _of_summaries(purged) | _counted(kept)


def _counted(notices: list[int]) -> dict[int, Tally]:
    found: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    rows = Delivery.objects.filter(notice__in=notices).order_by().values_list("notice", "state", "language")
    for notice, state, language, count in rows.annotate(Count("pk")):
        found[notice][state, language] = count
    return {notice: Tally(counts) for notice, counts in found.items()}


def _of_summaries(notices: list[Notice]) -> dict[int, Tally]:
    events = Event.objects.filter(version__in=[notice.version_id for notice in notices], kind=EventKind.TOLD)
    sealed = {event.data["notice"]: Tally.of_summary(event.data) for event in events.order_by("position")}
    return {notice.pk: sealed[notice.pk] for notice in notices if notice.pk in sealed}


@dataclass(frozen=True)
class Waiting:
    """People whose mail is for later: until ``at`` at the latest for their text, or, without a ``language``, from
    ``at`` on for another try."""

    language: str
    count: int
    at: datetime


def waiting(notice: Notice) -> list[Waiting]:
    """Why mails of ``notice`` that are due to be sent are not being sent, by language; those tried before come last."""
    moment = now()
    for_text = notice.deliveries.waiting(moment).order_by().values_list("language")
    found = [Waiting(*row) for row in for_text.annotate(Count("pk"), Max("due_at")).order_by("language")]
    put_off = notice.deliveries.put_off(moment).aggregate(count=Count("pk"), at=Min("due_at"))
    return [*found, Waiting("", **put_off)] if put_off["count"] else found
