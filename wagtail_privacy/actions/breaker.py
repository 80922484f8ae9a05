"""Notice when a mail server refuses everybody, before everybody has been given up."""

from __future__ import annotations

from threading import Lock

from django.db.models import F

from wagtail_privacy.actions.moment import now
from wagtail_privacy.models.notice import Delivery, DeliveryState, Notice

#: So many refusals in a row, without one mail taken between them, are the server's doing and not the addresses'.
#: It doubles each time that the notice has been paused for it: who resumes it has looked.
REFUSED_IN_A_ROW = 20
#: So many put off in a row are, too. More, since a greylisting server puts off everybody once.
PUT_OFF_IN_A_ROW = 100
#: Where nobody has been sent the notice at all, so few are enough.
WHERE_NOBODY_WAS_SENT = 3


class Breaker:
    """Watches over one run of sending a notice, by several threads.

    Once ``is_open`` nothing more is handed over. ``code`` is the last answer, ``is_for_good`` whether it was one
    that waiting does not mend.
    """

    def __init__(self, notice: Notice) -> None:
        self._notice = notice
        self._lock = Lock()
        self._refused: list[Delivery] = []
        self._put_off: list[Delivery] = []
        self._has_taken = False
        self.is_open = False
        self.code = ""

    @property
    def is_for_good(self) -> bool:
        return len(self._refused) >= len(self._put_off)

    def taken(self) -> None:
        if self.is_open:
            return
        with self._lock:
            self._has_taken = True
            self._refused.clear()
            self._put_off.clear()

    def refused(self, delivery: Delivery, code: str) -> None:
        with self._lock:
            self._refused.append(delivery)
            self._look(code, REFUSED_IN_A_ROW, PUT_OFF_IN_A_ROW)

    def put_off(self, delivery: Delivery, code: str) -> None:
        with self._lock:
            self._put_off.append(delivery)
            self._look(code, REFUSED_IN_A_ROW, PUT_OFF_IN_A_ROW)

    def look_back(self) -> None:
        """At the end of a run: whether nobody at all is sent the notice."""
        if self._has_taken or not (self._refused or self._put_off):
            return
        if not self._notice.deliveries.filter(state=DeliveryState.SENT).exists():
            self._look(self.code, WHERE_NOBODY_WAS_SENT, WHERE_NOBODY_WAS_SENT)

    def forgive(self) -> None:
        """Put those who met the failing server back among those due, with no attempt of theirs burnt."""
        met = [delivery.pk for delivery in (*self._refused, *self._put_off)]
        given_up = Delivery.objects.filter(pk__in=met, state__in=[DeliveryState.FAILED, DeliveryState.DUE], claim=None)
        given_up.update(state=DeliveryState.DUE, due_at=now(), attempts=F("attempts") - 1, error="")

    def _look(self, code: str, refused: int, put_off: int) -> None:
        self.code = code
        patience = 2 ** min(self._notice.refusals, 10)
        self.is_open |= len(self._refused) >= refused * patience or len(self._put_off) >= put_off
