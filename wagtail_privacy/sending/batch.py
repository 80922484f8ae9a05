"""Send a claimed batch over one connection, and write down what became of each mail on the way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError

from wagtail_privacy.clock import now
from wagtail_privacy.records.notice import Delivery, DeliveryState, Reason
from wagtail_privacy.sending import pace, transport
from wagtail_privacy.sending.breaker import Breaker
from wagtail_privacy.sending.claim import MAX_SEND_TIME
from wagtail_privacy.sending.in_doubt import MAX_IN_DOUBT, mark_in_doubt
from wagtail_privacy.sending.marks import UNTOUCHED, Mark, Marks
from wagtail_privacy.sending.outgoing import NotRendered, OutgoingMails
from wagtail_privacy.sending.same_address import Claimed


class BatchSender:
    """Sends batches over one connection, until ``is_over_time`` says so or ``breaker`` opens."""

    def __init__(self, mails: OutgoingMails, breaker: Breaker, is_over_time: Callable[[], bool]) -> None:
        self._mails, self._breaker, self._is_over_time = mails, breaker, is_over_time
        self._marks = Marks()
        #: Whether a mail could not be put together.
        self.has_problems = False

    def send(self, batch: list[Claimed], throttle: pace.Throttle) -> None:
        """Send ``batch``, in its order. Raises :exc:`transport.ServerUnavailable` after writing the results.

        They are written after every :data:`MAX_IN_DOUBT` mails: no more than these are in doubt if we die, or if the
        database does. What was not begun is due again.
        """
        waiting = deque(batch)
        try:
            while waiting and self._may_begin(waiting[0].delivery):
                throttle.wait()
                claimed = waiting.popleft()
                self._hand_over(claimed, waiting[0] if waiting and throttle.is_unlimited else None)
                if len(self._marks) >= MAX_IN_DOUBT:
                    self._marks.write()
        finally:
            self._marks.add(UNTOUCHED, *(claimed.delivery for claimed in waiting))
            self._marks.write()

    def _may_begin(self, delivery: Delivery) -> bool:
        is_ours = delivery.claimed_until is not None and now() < delivery.claimed_until - MAX_SEND_TIME
        return is_ours and not self._breaker.is_open and not self._is_over_time()

    def _hand_over(self, claimed: Claimed, following: Claimed | None) -> None:
        """Hand one mail over and note what became of it. Raises :exc:`transport.ServerUnavailable`."""
        delivery, provider_id = claimed.delivery, ""
        # Whatever stops us, the server may have taken it, unless we know better.
        mark = mark_in_doubt(delivery)
        try:
            provider_id = self._mails.send(claimed, following)
            mark = Mark(DeliveryState.SENT, claimed.remark)
            self._breaker.accepted()
        except transport.MessageRejected as error:
            mark = Mark(DeliveryState.FAILED, str(error))
            self._breaker.rejected(delivery, str(error))
        except transport.MessageDeferred as error:
            mark = Mark.deferred(delivery, str(error))
            self._breaker.deferred(delivery, str(error))
        except NotRendered:
            mark, self.has_problems = Mark.deferred(delivery, Reason.NOT_RENDERED), True
        except (DatabaseError, InterfaceError, transport.ServerUnavailable):
            mark = UNTOUCHED
            raise
        except transport.NoAnswer as error:
            raise transport.ServerUnavailable(str(error)) from error
        finally:
            self._marks.add(mark, delivery, provider_id=provider_id)
