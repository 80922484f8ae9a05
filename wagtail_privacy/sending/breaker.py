"""Stop sending when the mail server rejects everybody, before every delivery is marked as failed."""

from __future__ import annotations

from threading import Lock

from django.db.models import F

from wagtail_privacy.clock import now
from wagtail_privacy.records.notice import Delivery, DeliveryState, Notice

#: This many rejections in a row, with no mail accepted between them, are the server's fault and not the addresses'.
#: The limit doubles each time that the notice is paused for this reason: whoever resumes it has checked.
REJECTED_IN_A_ROW = 20
#: The same for deferrals in a row. More of them, since a greylisting server defers everybody once.
DEFERRED_IN_A_ROW = 100
#: The limit for both while nobody has been sent the notice.
FAILURES_BEFORE_FIRST_SUCCESS = 3


class Breaker:
    """Counts failures during one run of sending a notice; shared by its threads.

    Once ``is_open`` nothing more is handed over. ``code`` is the last answer, ``is_permanent`` whether it was one
    that waiting does not fix.
    """

    def __init__(self, notice: Notice) -> None:
        self._notice = notice
        self._lock = Lock()
        self._rejected: list[Delivery] = []
        self._deferred: list[Delivery] = []
        self._has_accepted = False
        self.is_open = False
        self.code = ""

    @property
    def is_permanent(self) -> bool:
        return len(self._rejected) >= len(self._deferred)

    def accepted(self) -> None:
        if self.is_open:
            return
        with self._lock:
            self._has_accepted = True
            self._rejected.clear()
            self._deferred.clear()

    def rejected(self, delivery: Delivery, code: str) -> None:
        with self._lock:
            self._rejected.append(delivery)
            self._open_if_too_many(code, REJECTED_IN_A_ROW, DEFERRED_IN_A_ROW)

    def deferred(self, delivery: Delivery, code: str) -> None:
        with self._lock:
            self._deferred.append(delivery)
            self._open_if_too_many(code, REJECTED_IN_A_ROW, DEFERRED_IN_A_ROW)

    def check_if_nothing_was_sent(self) -> None:
        """At the end of a run: open if not a single mail of the notice was accepted."""
        if self._has_accepted or not (self._rejected or self._deferred):
            return
        if not self._notice.deliveries.filter(state=DeliveryState.SENT).exists():
            self._open_if_too_many(self.code, FAILURES_BEFORE_FIRST_SUCCESS, FAILURES_BEFORE_FIRST_SUCCESS)

    def requeue(self) -> None:
        """Make the deliveries that the failing server turned away due again, without counting the attempt."""
        met = [delivery.pk for delivery in (*self._rejected, *self._deferred)]
        given_up = Delivery.objects.filter(pk__in=met, state__in=[DeliveryState.FAILED, DeliveryState.DUE], claim=None)
        given_up.update(state=DeliveryState.DUE, due_at=now(), attempts=F("attempts") - 1, error="")

    def _open_if_too_many(self, code: str, refused: int, deferred: int) -> None:
        self.code = code
        patience = 2 ** min(self._notice.refusals, 10)
        self.is_open |= len(self._rejected) >= refused * patience or len(self._deferred) >= deferred
