"""Send what the ledger says is due: claim a batch, send it over a kept connection, mark it, until nothing is due."""

from __future__ import annotations

import logging
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime, timedelta
from threading import Lock
from time import monotonic

from django.db import connections
from django.db.models import F, Min

from wagtail_privacy.actions.breaker import Breaker
from wagtail_privacy.actions.claim import LONGEST_MAIL, Claimed, claim
from wagtail_privacy.actions.finish_notice import finish_notice
from wagtail_privacy.actions.issue_notice import wake
from wagtail_privacy.actions.keep_wording import KeptLetters
from wagtail_privacy.actions.marks import HELD, SENT, UNTOUCHED, Mark, Marks
from wagtail_privacy.actions.moment import now
from wagtail_privacy.actions.note_receipt import note_accepted
from wagtail_privacy.conf import conf
from wagtail_privacy.models.notice import Delivery, DeliveryState, Notice, NoticeState, Reason
from wagtail_privacy.notices import pace, transport
from wagtail_privacy.notices.audience import Audience
from wagtail_privacy.notices.message import Letter, Letters, envelope
from wagtail_privacy.notices.skeleton import Skeleton
from wagtail_privacy.tasks import send

logger = logging.getLogger(__name__)

#: The pauses after a server could not be worked with, growing to the last one. They never end.
SERVER_PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))


def send_notice(notice_id: int, for_at_most: timedelta | None = None) -> None:
    """Send all that is due of a notice. Several may run at once: no delivery is claimed by two.

    Stops when the mail server cannot be worked with, and leaves the rest due for later. ``for_at_most`` is after how
    long other tasks have their turn: another task goes on from there.
    """
    paused = Notice.objects.filter(pk=notice_id).go_on(now())
    paused.update(state=NoticeState.SENDING, paused_because="", retry_at=None)
    notice = _stored(notice_id)
    if not _is_told(notice):
        finish_notice(notice_id)
        return
    job = _Job(notice, for_at_most)
    stops = job.run()
    unavailable = [stop for stop in stops if isinstance(stop, transport.ServerUnavailable)]
    if job.breaker.is_open:
        job.breaker.forgive()
        _pause(notice, job.breaker.code, waits_for_somebody=job.breaker.is_for_good)
    elif unavailable and len(unavailable) == len(stops):
        _pause(notice, str(unavailable[0]))
    elif job.is_over_time:
        wake(notice_id, task=send)
    else:
        _settle(notice, max((stop.at for stop in stops if isinstance(stop, pace.Later)), default=None))


def _stored(notice_id: int) -> Notice:
    return Notice.objects.select_related("version__policy").get(pk=notice_id)


def _is_told(notice: Notice) -> bool:
    """Whether people are to be told: nobody paused or cancelled it, or withdrew what it is about."""
    return notice.state not in (NoticeState.PAUSED, NoticeState.CANCELLED) and not notice.is_stopped


class _Job:
    """One run of sending a notice, by as many senders beside each other as there are connections."""

    def __init__(self, notice: Notice, for_at_most: timedelta | None) -> None:
        self.notice = notice
        self.breaker = Breaker(notice)
        self._end = monotonic() + for_at_most.total_seconds() if for_at_most else None
        self._letters: KeptLetters | None = None
        self._lock = Lock()

    @property
    def is_over_time(self) -> bool:
        return self._end is not None and monotonic() > self._end

    def run(self) -> list[Exception | None]:
        """Send, and return what stopped each sender; ``None`` is that nothing was left to do."""
        stops = self._stops(self._senders())
        self.breaker.look_back()
        return stops

    def _senders(self) -> int:
        """One for each connection, but none that would find nothing to do."""
        most = conf.CONNECTIONS * conf.BATCH_SIZE
        return -(-self.notice.deliveries.due(now())[:most].count() // conf.BATCH_SIZE)

    def _stops(self, senders: int) -> list[Exception | None]:
        if senders < 2:
            return [self._send() for _ in range(senders)]
        with ThreadPoolExecutor(senders) as pool:
            futures = [pool.submit(copy_context().run, self._send_in_thread) for _ in range(senders)]
        return [future.result() for future in futures]

    def _send_in_thread(self) -> Exception | None:
        try:
            return self._send()
        finally:
            connections.close_all()

    def _send(self) -> Exception | None:
        try:
            with transport.connected() as server:
                self._send_over(server)
        except (transport.ServerUnavailable, pace.Later) as stop:
            return stop
        return None

    def _send_over(self, server: transport.Connection) -> None:
        audience = conf.AUDIENCE(self.notice.version.policy)
        notice = self.notice
        post = _Post(server, self._letters_of(notice, audience))
        while not self.breaker.is_open and not self.is_over_time and _is_told(notice):
            if post.letters.as_of != notice.version.policy.chain_length:
                # The plan may have changed while we were sending: nobody more is told the old one.
                post = _Post(server, self._letters_of(notice, audience))
            most, step = pace.wait_for(conf.BATCH_SIZE)
            if not (batch := claim(notice, audience=audience, as_of=post.letters.as_of, most=most)):
                return
            self._send_batch(post, batch, step)
            notice = _stored(notice.pk)

    def _letters_of(self, notice: Notice, audience: Audience) -> KeptLetters:
        """What ``notice`` says as its policy stands: written once for all senders of this run."""
        with self._lock:
            if self._letters is None or self._letters.as_of != notice.version.policy.chain_length:
                self._letters = KeptLetters(notice, audience)
            return self._letters

    def _send_batch(self, post: _Post, batch: list[Claimed], step: pace.Step) -> None:
        """Send ``batch`` and note what became of each. Raises :exc:`transport.ServerUnavailable` when that is done."""
        marks, accepted = Marks(), dict[int, str]()
        for claimed in batch:
            if claimed.instead:
                marks[claimed.instead].append(claimed.delivery)
        waiting = deque(claimed for claimed in batch if not claimed.instead)
        try:
            while waiting and self._may_begin(waiting[0].delivery):
                step.take()
                letter = post[waiting[0].delivery.language]
                then = post.begins_with(waiting[1]) if len(waiting) > 1 and step.is_free else ""
                claimed = waiting.popleft()
                if provider_id := self._hand_over(letter, claimed, then, marks):
                    accepted[claimed.delivery.pk] = provider_id
        finally:
            marks[UNTOUCHED].extend(claimed.delivery for claimed in waiting)
            marks.write()
            if accepted:
                note_accepted(accepted)

    def _may_begin(self, delivery: Delivery) -> bool:
        is_ours = delivery.claimed_until is not None and now() < delivery.claimed_until - LONGEST_MAIL
        return is_ours and not self.breaker.is_open and not self.is_over_time

    def _hand_over(self, letter: _Outgoing, claimed: Claimed, then: str, marks: Marks) -> str:
        """Hand one mail over, note what became of it, and return the provider's id of it, if there is one."""
        delivery = claimed.delivery
        mark = None
        try:
            provider_id = letter.hand_over(claimed, then)
            mark = SENT
            self.breaker.taken()
        except transport.Refused as error:
            mark = Mark(DeliveryState.FAILED, str(error))
            self.breaker.refused(delivery, str(error))
        except transport.PutOff as error:
            mark = Mark.put_off(delivery, str(error))
            self.breaker.put_off(delivery, str(error))
        except transport.ServerUnavailable:
            mark = UNTOUCHED
            raise
        except transport.NoAnswer as error:
            raise transport.ServerUnavailable(str(error)) from error
        finally:
            # Unless we know better, and whatever stopped us, the server may have taken it.
            marks[mark or _doubt(delivery)].append(delivery)
        return provider_id if mark is SENT else ""


def _doubt(delivery: Delivery) -> Mark:
    """What is noted where the server may or may not have taken the mail."""
    return HELD if conf.IN_DOUBT == "hold" else Mark.put_off(delivery, Reason.NO_ANSWER)


class _Post(dict[str, "_Outgoing"]):
    """The letters of a notice by language, ready to go out over one connection."""

    def __init__(self, server: transport.Connection, letters: Letters) -> None:
        super().__init__()
        self.server, self.letters = server, letters

    def __missing__(self, language: str) -> _Outgoing:
        self[language] = _Outgoing(self.server, self.letters[language])
        return self[language]

    def begins_with(self, claimed: Claimed) -> str:
        """The address that a mail can be begun with while the one before it is on its way; empty for those that
        Django builds."""
        return claimed.address if self[claimed.delivery.language].is_ready_for(claimed) else ""


class _Outgoing:
    """A letter that goes out over one connection, as finished bytes where that can be."""

    def __init__(self, server: transport.Connection, letter: Letter) -> None:
        self._server, self._letter = server, letter
        self._skeleton = Skeleton(letter) if server.takes_bytes else None

    def is_ready_for(self, claimed: Claimed) -> bool:
        return self._skeleton is not None and self._skeleton.suits(claimed.address)

    def hand_over(self, claimed: Claimed, then: str) -> str:
        """Hand it over to one person, and return the provider's id of it, if there is one. ``then`` is the address
        that the next mail begins with."""
        delivery, name, address = claimed.delivery, claimed.name, claimed.address
        if self._skeleton and (data := self._skeleton.mail_to(delivery, name, address)):
            self._server.send_bytes(self._skeleton.sender, address, data, then)
            return ""
        message = self._letter.addressed_to(name, claimed.leave_url)
        return self._server.send(envelope(delivery, message, address))


def _pause(notice: Notice, code: str, *, waits_for_somebody: bool = False) -> None:
    """Leave the server alone for a while, or until somebody has looked, and the people without a burnt attempt."""
    pause = SERVER_PAUSES[min(notice.refusals, len(SERVER_PAUSES) - 1)]
    retry_at = None if waits_for_somebody else now() + pause
    logger.warning(
        "The mail server cannot be worked with (%s). Notice %s is paused until %s.",
        code,
        notice.pk,
        retry_at or "somebody resumes it",
    )
    running = Notice.objects.filter(pk=notice.pk).running()
    running.update(state=NoticeState.PAUSED, paused_because=code, refusals=F("refusals") + 1, retry_at=retry_at)
    if retry_at:
        wake(notice.pk, retry_at)


def _settle(notice: Notice, not_before: datetime | None) -> None:
    """Nothing is due now: the notice is finished, or goes on when what was put off is due again."""
    if finish_notice(notice.pk):
        return
    Notice.objects.filter(pk=notice.pk).running().update(refusals=0)
    next_due = notice.deliveries.filter(state=DeliveryState.DUE).aggregate(Min("due_at"))["due_at__min"]
    if next_due:
        wake(notice.pk, max(next_due, not_before or next_due))
