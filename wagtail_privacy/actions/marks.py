"""What is noted about a delivery that was claimed: the same for many is one statement."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F

from wagtail_privacy.actions.moment import now
from wagtail_privacy.models.notice import Delivery, DeliveryState, Reason

#: The pauses after the first, second … attempt that the server put off; after the last one we give up.
PAUSES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8), timedelta(hours=24))


@dataclass(frozen=True)
class Mark:
    """What is noted about a delivery that was claimed. ``pause`` is how long until it is due again."""

    state: DeliveryState
    error: str = ""
    pause: timedelta = timedelta()
    counts_as_attempt: bool = True

    @classmethod
    def put_off(cls, delivery: Delivery, reply: str) -> Mark:
        """To be tried again after a pause that grows with each attempt; given up after the last."""
        if delivery.attempts > len(PAUSES):
            return cls(DeliveryState.FAILED, reply)
        return cls(DeliveryState.DUE, reply, PAUSES[delivery.attempts - 1])

    def write(self, deliveries: list[Delivery]) -> None:
        """Note it about all of ``deliveries``, of one batch, in one statement, whatever their number."""
        moment = now()
        mine = Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries])
        if self.state == DeliveryState.SENT:
            # Even if somebody has claimed it since: it was sent.
            mine.update(state=self.state, error="", sent_at=moment, claim=None, claimed_until=None)
            return
        mine.filter(claim=deliveries[0].claim).update(
            state=self.state,
            error=self.error,
            due_at=moment + self.pause,
            attempts=F("attempts") - (0 if self.counts_as_attempt else 1),
            claim=None,
            claimed_until=None,
        )


SENT = Mark(DeliveryState.SENT)
UNTOUCHED = Mark(DeliveryState.DUE, counts_as_attempt=False)
NOT_CONCERNED = Mark(DeliveryState.SKIPPED, Reason.NOT_CONCERNED)
NOT_ALLOWED = Mark(DeliveryState.SKIPPED, Reason.NOT_ALLOWED)
SUPPRESSED = Mark(DeliveryState.SKIPPED, Reason.SUPPRESSED)
SAME_ADDRESS = Mark(DeliveryState.SKIPPED, Reason.SAME_ADDRESS)
BAD_ADDRESS = Mark(DeliveryState.FAILED, Reason.BAD_ADDRESS)
HELD = Mark(DeliveryState.IN_DOUBT, Reason.NO_ANSWER)


class Marks(defaultdict[Mark, list[Delivery]]):
    """The deliveries of one batch by what is to be noted about them."""

    def __init__(self) -> None:
        super().__init__(list)

    def write(self) -> None:
        for mark, deliveries in self.items():
            if deliveries:
                mark.write(deliveries)
