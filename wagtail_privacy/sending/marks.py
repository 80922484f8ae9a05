"""The results of claimed deliveries. Deliveries with the same result are updated in one statement."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F

from wagtail_privacy.clock import now
from wagtail_privacy.notices.receipts import note_accepted
from wagtail_privacy.records.notice import Delivery, DeliveryState, Reason
from wagtail_privacy.sending.database import persist
from wagtail_privacy.sending.retries import SAME_ADDRESS_DELAY, retry_delay


@dataclass(frozen=True)
class Mark:
    """What is noted about a delivery. ``pause`` is how long until it is due again.

    ``as_of`` is the length of the chain that the person was told the plan of, where another one's mail told it.
    """

    state: DeliveryState
    error: str = ""
    pause: timedelta = timedelta()
    counts_as_attempt: bool = True
    as_of: int | None = None

    @classmethod
    def deferred(cls, delivery: Delivery, reply: str) -> Mark:
        """To be tried again after a delay that grows with each attempt; failed after the last."""
        delay = retry_delay(delivery.attempts)
        return cls(DeliveryState.FAILED, reply) if delay is None else cls(DeliveryState.DUE, reply, delay)

    def write(self, deliveries: list[Delivery]) -> None:
        """Write it to all of ``deliveries``, which are of one claim or not claimed, in one statement."""
        mine = Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries])
        claim = deliveries[0].claim
        if self.state != DeliveryState.SENT:
            # What somebody else has claimed since is theirs. What was sent was sent.
            mine = mine.filter(claim=claim) if claim else mine.filter(state=DeliveryState.DUE)
        mine.update(**self._values(is_claimed=claim is not None))

    def _values(self, is_claimed: bool) -> dict[str, Any]:
        values: dict[str, Any] = {"state": self.state, "error": self.error, "claim": None, "claimed_until": None}
        if self.state == DeliveryState.SENT:
            return values | {"sent_at": now()}
        values["due_at"] = now() + self.pause
        if is_claimed and not self.counts_as_attempt:
            values["attempts"] = F("attempts") - 1
        return values if self.as_of is None else values | {"as_of": self.as_of}


SENT = Mark(DeliveryState.SENT)
UNTOUCHED = Mark(DeliveryState.DUE, counts_as_attempt=False)
NOT_CONCERNED = Mark(DeliveryState.SKIPPED, Reason.NOT_CONCERNED)
NOT_ALLOWED = Mark(DeliveryState.SKIPPED, Reason.NOT_ALLOWED)
SUPPRESSED = Mark(DeliveryState.SKIPPED, Reason.SUPPRESSED)
BAD_ADDRESS = Mark(DeliveryState.FAILED, Reason.BAD_ADDRESS)
HELD = Mark(DeliveryState.IN_DOUBT, Reason.NO_ANSWER)
#: Another sender holds a mail to the same address: what becomes of it is not known yet.
AFTER_THE_OTHER = Mark(DeliveryState.DUE, pause=SAME_ADDRESS_DELAY, counts_as_attempt=False)


class Marks:
    """The results of one claim's deliveries that are not written yet, by mark."""

    def __init__(self) -> None:
        self._deliveries: defaultdict[Mark, list[Delivery]] = defaultdict(list)
        self._provider_ids: dict[int, str] = {}

    def __len__(self) -> int:
        """The number of deliveries."""
        return sum(map(len, self._deliveries.values()))

    def add(self, mark: Mark, *deliveries: Delivery, provider_id: str = "") -> None:
        """``provider_id`` is the mail provider's id of a delivery that was sent, if the provider has one."""
        self._deliveries[mark] += deliveries
        if provider_id:
            self._provider_ids[deliveries[0].pk] = provider_id

    def write(self) -> None:
        """Write all results, over a new connection if the database is lost, and begin anew."""
        persist(self._write)
        self._deliveries.clear()
        self._provider_ids.clear()

    def _write(self) -> None:
        for mark, deliveries in self._deliveries.items():
            if deliveries:
                mark.write(deliveries)
        if self._provider_ids:
            note_accepted(self._provider_ids)
