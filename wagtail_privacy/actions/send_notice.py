"""Send what the ledger says is due: claim a batch, send it over one connection, mark it."""

from __future__ import annotations

import logging
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Min

from wagtail_privacy.actions.issue_notice import wake
from wagtail_privacy.actions.moment import now
from wagtail_privacy.conf import conf
from wagtail_privacy.models.notice import Delivery, DeliveryState, Notice, NoticeState, Reason
from wagtail_privacy.notices import transport
from wagtail_privacy.notices.addresses import address_hash, is_usable
from wagtail_privacy.notices.audience import Audience
from wagtail_privacy.notices.message import Letters, envelope

logger = logging.getLogger(__name__)

#: How long a sender may hold a batch before another may take it for dead.
LEASE = timedelta(minutes=10)
#: The pauses after the first, second … attempt that the server put off; after the last one we give up.
PAUSES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8), timedelta(hours=24))
#: The pauses after a server could not be worked with, growing to the last one. They never end.
SERVER_PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))


def send_notice(notice_id: int) -> None:
    """Send all that is due of a notice. Several may run at once: no delivery is claimed by two.

    Stops when the mail server cannot be worked with, and leaves the rest due for later.
    """
    notice = _stored(notice_id)
    if notice.is_stopped or (notice.retry_at and notice.retry_at > now()):
        return
    audience = conf.AUDIENCE(notice.version.policy)
    letters = Letters(notice.version, audience.why, notice)
    try:
        while batch := claim(notice, letters.as_of):
            _send_batch(notice, batch, audience, letters)
            notice = _stored(notice_id)
            if notice.is_stopped:
                return
            if letters.as_of != notice.version.policy.chain_length:
                # The plan may have changed while we were sending: nobody more is told the old one.
                letters = Letters(notice.version, audience.why, notice)
    except transport.ServerUnavailable as error:
        _pause(notice, error)
    else:
        _settle(notice)


def _stored(notice_id: int) -> Notice:
    return Notice.objects.select_related("version__policy").get(pk=notice_id)


def claim(notice: Notice, as_of: int = 0) -> list[Delivery]:
    """Take the next batch of what is due, so that no other sender does, for the time of :data:`LEASE`.

    ``as_of`` is how long the policy's chain was when the letters were written: it says what they tell.
    """
    moment, token = now(), uuid4()
    with transaction.atomic():
        due = notice.deliveries.due(moment).order_by("due_at")
        if connection.features.has_select_for_update:
            due = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        chosen = list(due.values_list("pk", flat=True)[: conf.BATCH_SIZE])
        # The state is asked again: where rows cannot be locked, another sender may have been quicker.
        Delivery.objects.filter(pk__in=chosen, state=DeliveryState.DUE).update(
            state=DeliveryState.CLAIMED,
            claim=token,
            claimed_until=moment + LEASE,
            attempts=F("attempts") + 1,
            as_of=as_of,
        )
    return list(Delivery.objects.filter(pk__in=chosen, claim=token))


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
        """Note it about all of ``deliveries`` in one statement, whatever their number."""
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
SAME_ADDRESS = Mark(DeliveryState.SKIPPED, Reason.SAME_ADDRESS)
BAD_ADDRESS = Mark(DeliveryState.FAILED, Reason.BAD_ADDRESS)
HELD = Mark(DeliveryState.IN_DOUBT, Reason.NO_ANSWER)

Marks = defaultdict[Mark, list[Delivery]]


def _send_batch(notice: Notice, batch: list[Delivery], audience: Audience, letters: Letters) -> None:
    """Send ``batch`` and note what became of each. Raises :exc:`transport.ServerUnavailable` when that is done."""
    marks: Marks = defaultdict(list)
    people = audience.people().in_bulk([delivery.user_id for delivery in batch])
    ready = _one_per_address(notice, _addressed(batch, people, audience, marks), marks)
    try:
        _send_all(ready, people, audience, letters, marks)
    finally:
        for mark, deliveries in marks.items():
            mark.write(deliveries)


def _addressed(batch: list[Delivery], people: dict[Any, Any], audience: Audience, marks: Marks) -> list[Delivery]:
    """Those of ``batch`` who are still to be told and can be, with the hash of their address."""
    ready = []
    for delivery in batch:
        user = people.get(delivery.user_id)
        if user is None:
            marks[NOT_CONCERNED].append(delivery)
        elif not is_usable(address := audience.address(user)):
            marks[BAD_ADDRESS].append(delivery)
        else:
            delivery.address_hash = address_hash(address)
            ready.append(delivery)
    return ready


def _one_per_address(notice: Notice, batch: list[Delivery], marks: Marks) -> list[Delivery]:
    """Those of ``batch`` whose address no other delivery of the notice has: the database allows no two."""
    hashes = [delivery.address_hash for delivery in batch]
    taken = dict(notice.deliveries.filter(address_hash__in=hashes).values_list("address_hash", "pk"))
    ready: list[Delivery] = []
    for delivery in batch:
        is_first = taken.setdefault(delivery.address_hash, delivery.pk) == delivery.pk
        (ready if is_first else marks[SAME_ADDRESS]).append(delivery)
    try:
        with transaction.atomic():
            Delivery.objects.bulk_update(ready, ["address_hash"])
    except IntegrityError:
        # Another sender has just written one of these; now we can see which.
        return _one_per_address(notice, ready, marks)
    return ready


def _send_all(
    ready: list[Delivery], people: dict[Any, Any], audience: Audience, letters: Letters, marks: Marks
) -> None:
    """Send to all of ``ready`` over one connection, as long as they are ours."""
    waiting = deque(ready)
    try:
        with transport.connected() as server:
            while waiting and now() < (waiting[0].claimed_until or now()):
                user = people[waiting[0].user_id]
                letter = letters[waiting[0].language].addressed_to(audience.name(user))
                mark = _hand_over(server, waiting[0], envelope(waiting[0], letter, audience.address(user)))
                marks[mark].append(waiting.popleft())
    except transport.NoAnswer as error:
        in_doubt = waiting.popleft()
        marks[HELD if conf.IN_DOUBT == "hold" else Mark.put_off(in_doubt, Reason.NO_ANSWER)].append(in_doubt)
        raise transport.ServerUnavailable(str(error)) from error
    finally:
        if waiting:
            marks[UNTOUCHED].extend(waiting)


def _hand_over(server: transport.Connection, delivery: Delivery, message: EmailMultiAlternatives) -> Mark:
    try:
        server.send(message)
    except transport.Refused as error:
        return Mark(DeliveryState.FAILED, str(error))
    except transport.PutOff as error:
        return Mark.put_off(delivery, str(error))
    return SENT


def _pause(notice: Notice, error: Exception) -> None:
    """Leave the server alone for a while, and the people without a burnt attempt."""
    pause = SERVER_PAUSES[min(notice.refusals, len(SERVER_PAUSES) - 1)]
    retry_at = now() + pause
    logger.warning(
        "The mail server cannot be worked with (%s). Notice %s is tried again at %s.", error, notice.pk, retry_at
    )
    Notice.objects.filter(pk=notice.pk).update(refusals=F("refusals") + 1, retry_at=retry_at)
    wake(notice.pk, retry_at)


def _settle(notice: Notice) -> None:
    """Nothing is due now: the notice is finished, or goes on when what was put off is due again."""
    unsent = notice.deliveries.filter(state__in=[DeliveryState.DUE, DeliveryState.CLAIMED])
    row = Notice.objects.filter(pk=notice.pk).exclude(expanded_at=None)
    if not unsent.exists():
        row.update(state=NoticeState.FINISHED, finished_at=now(), refusals=0, retry_at=None)
        return
    row.update(refusals=0, retry_at=None)
    next_due = unsent.filter(state=DeliveryState.DUE).aggregate(Min("due_at"))["due_at__min"]
    if next_due:
        wake(notice.pk, next_due)
