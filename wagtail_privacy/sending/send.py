"""Send due deliveries: claim a batch, send it over an open connection; repeat until nothing is due."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime, timedelta
from threading import Lock
from time import monotonic
from typing import Any

from django.db import connections
from django.db.models import F, Min

from wagtail_privacy.clock import now
from wagtail_privacy.conf import conf
from wagtail_privacy.notices.audience import Audience
from wagtail_privacy.records.notice import PLACEHOLDERS, DeliveryState, Notice, NoticeState
from wagtail_privacy.sending import pace, transport
from wagtail_privacy.sending.alerts import warn_of_problems
from wagtail_privacy.sending.batch import BatchSender
from wagtail_privacy.sending.breaker import Breaker
from wagtail_privacy.sending.claim import claim
from wagtail_privacy.sending.database import persist
from wagtail_privacy.sending.finish import finish_notice
from wagtail_privacy.sending.keep_wording import RecordedMails
from wagtail_privacy.sending.outgoing import OutgoingMails
from wagtail_privacy.sending.placeholders import placeholders_of
from wagtail_privacy.sending.retries import server_retry_delay

logger = logging.getLogger(__name__)


def send_notice(notice_id: int, max_duration: timedelta | None = None) -> datetime | None:
    """Send all due deliveries of a notice. Several may run at once: no delivery is claimed by two.

    Returns from when on there is more to do: now, if ``max_duration`` was over, so that other tasks get their turn;
    later, if the mail server is unavailable or something was deferred; ``None`` if nothing is, or somebody must act.
    """
    paused = Notice.objects.filter(pk=notice_id).ready_to_resume(now())
    paused.update(state=NoticeState.SENDING, paused_because="", retry_at=None)
    notice = _stored(notice_id)
    if not _may_send(notice):
        finish_notice(notice_id)
        return None
    if placeholders := placeholders_of(notice.version):
        return _pause(notice, PLACEHOLDERS, f"These lead nowhere: {', '.join(placeholders)}.", None)
    job = _Job(notice, max_duration)
    stops = job.run()
    unavailable = [stop for stop in stops if isinstance(stop, transport.ServerUnavailable)]
    if job.breaker.is_open:
        job.breaker.requeue()
        return _pause_for_server(notice, job.breaker.code, until_resumed=job.breaker.is_permanent)
    if unavailable and len(unavailable) == len(stops):
        return _pause_for_server(notice, str(unavailable[0]))
    if job.is_over_time():
        return now()
    return _finish_or_next(notice, max((stop.at for stop in stops if isinstance(stop, pace.RateLimited)), default=None))


def _stored(notice_id: int) -> Notice:
    return Notice.objects.select_related("version__policy").get(pk=notice_id)


def _may_send(notice: Notice) -> bool:
    """Whether it may be sent: it is not paused or cancelled, and its version was not withdrawn."""
    return notice.state not in (NoticeState.PAUSED, NoticeState.CANCELLED) and not notice.is_stopped


class _Job:
    """One run of sending a notice, with one sender per connection."""

    def __init__(self, notice: Notice, max_duration: timedelta | None) -> None:
        self.notice = notice
        self.breaker = Breaker(notice)
        self._end = monotonic() + max_duration.total_seconds() if max_duration else None
        self._rendered_mails: RecordedMails | None = None
        self._lock = Lock()

    def is_over_time(self) -> bool:
        return self._end is not None and monotonic() > self._end

    def run(self) -> list[Exception | None]:
        """Send, and return what stopped each sender; ``None`` if nothing was left to do."""
        stops = self._run_senders(self._sender_count())
        self.breaker.check_if_nothing_was_sent()
        return stops

    def _sender_count(self) -> int:
        """One for each connection, but none that would find nothing to do."""
        limit = conf.CONNECTIONS * conf.BATCH_SIZE
        return -(-self.notice.deliveries.due(now())[:limit].count() // conf.BATCH_SIZE)

    def _run_senders(self, senders: int) -> list[Exception | None]:
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
        except (transport.ServerUnavailable, pace.RateLimited) as stop:
            return stop
        return None

    def _send_over(self, server: transport.Connection) -> None:
        audience, notice = conf.AUDIENCE(self.notice.version.policy), self.notice
        mails = OutgoingMails(server, self._mails_for(notice, audience))
        while not self.breaker.is_open and not self.is_over_time() and _may_send(notice):
            if mails.as_of != notice.version.policy.chain_length:
                # The plan may have changed while we were sending: render the mails again.
                mails = OutgoingMails(server, self._mails_for(notice, audience))
            limit, throttle = persist(lambda: pace.reserve(conf.BATCH_SIZE))
            batch = claim(notice, audience=audience, as_of=mails.as_of, limit=limit)
            if batch is None:
                return
            sender = BatchSender(mails, self.breaker, self.is_over_time)
            sender.send(batch.claimed, throttle)
            if batch.has_problems or sender.has_problems:
                warn_of_problems(notice)
            notice = persist(lambda: _stored(self.notice.pk))

    def _mails_for(self, notice: Notice, audience: Audience) -> RecordedMails:
        """What ``notice`` says as its policy stands: rendered once for all senders of this run."""
        with self._lock:
            if self._rendered_mails is None or self._rendered_mails.as_of != notice.version.policy.chain_length:
                self._rendered_mails = RecordedMails(notice, audience)
            return self._rendered_mails


def _pause_for_server(notice: Notice, code: str, *, until_resumed: bool = False) -> datetime | None:
    """Pause the notice for a while, or until somebody resumes it. No attempt is counted."""
    retry_at = None if until_resumed else now() + server_retry_delay(notice.refusals)
    return _pause(notice, code, f"The mail server is unavailable ({code}).", retry_at, refusals=F("refusals") + 1)


def _pause(notice: Notice, because: str, explanation: str, retry_at: datetime | None, **values: Any) -> datetime | None:
    """Pause the notice until ``retry_at``, or until somebody acts, and return that."""
    logger.warning("%s Notice %s is paused until %s.", explanation, notice.pk, retry_at or "somebody acts")
    running = Notice.objects.filter(pk=notice.pk).running()
    running.update(state=NoticeState.PAUSED, paused_because=because, retry_at=retry_at, **values)
    return retry_at


def _finish_or_next(notice: Notice, not_before: datetime | None) -> datetime | None:
    """Nothing is due now: finish the notice, or return when something will be."""
    if finish_notice(notice.pk):
        return None
    Notice.objects.filter(pk=notice.pk).running().update(refusals=0)
    due = notice.deliveries.filter(state=DeliveryState.DUE).aggregate(Min("due_at"))["due_at__min"]
    return max(due, not_before or due) if due else None
