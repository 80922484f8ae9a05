"""The counts of a notice, from the ledger or, if that is purged, from the sealed summary."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min

from wagtail_privacy.clock import now
from wagtail_privacy.records.notice import Delivery, DeliveryState, Notice
from wagtail_privacy.records.version import Event, EventKind


@dataclass(frozen=True)
class Tally:
    """Deliveries by state and language."""

    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def from_summary(cls, summary: Mapping[str, Any]) -> Tally:
        """As a sealed summary (:func:`~wagtail_privacy.sending.seal.summarise`) has them."""
        counted = summary["deliveries"].items()
        return cls({(state, language): n for state, languages in counted for language, n in languages.items()})

    @property
    def total(self) -> int:
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
        """Deliveries that are neither due nor being sent."""
        return self.total - self.of(DeliveryState.DUE, DeliveryState.CLAIMED)

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
    sealed = {event.data["notice"]: Tally.from_summary(event.data) for event in events.order_by("position")}
    return {notice.pk: sealed[notice.pk] for notice in notices if notice.pk in sealed}


@dataclass(frozen=True)
class DelayedDeliveries:
    """Deliveries that wait: for the text in ``language``, until ``at`` at the latest, or, without a ``language``, for
    another attempt from ``at`` on."""

    language: str
    count: int
    at: datetime


def delayed_deliveries(notice: Notice) -> list[DelayedDeliveries]:
    """The unsent deliveries of ``notice`` that are not due yet, by language; those tried before come last."""
    moment = now()
    for_text = notice.deliveries.waiting_for_text(moment).order_by().values_list("language")
    found = [DelayedDeliveries(*row) for row in for_text.annotate(Count("pk"), Max("due_at")).order_by("language")]
    deferred = notice.deliveries.deferred(moment).aggregate(count=Count("pk"), at=Min("due_at"))
    return [*found, DelayedDeliveries("", **deferred)] if deferred["count"] else found
