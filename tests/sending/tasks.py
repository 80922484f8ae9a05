"""Sweeps, workers that come, go and are killed, and queues that lose what is in them, as a state machine."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any
from unittest import mock
from uuid import UUID

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.notices import factories
from tests.notices.factories import PUBLISHED, person
from tests.sending.addresses import Server
from tests.sending.queue import Queue
from wagtail_privacy.clock import at
from wagtail_privacy.models import Notice
from wagtail_privacy.notices import sending_tasks
from wagtail_privacy.records.notice import DeliveryState, NoticeState
from wagtail_privacy.sending.send import _Job
from wagtail_privacy.sending.sweep import sweep


class Tasks(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.now = PUBLISHED + timedelta(hours=1)
        self.server, self.names = Server(), count()

    def teardown(self) -> None:
        try:
            if hasattr(self, "notice"):
                self.everybody_is_told_in_the_end()
        finally:
            for patch in reversed(getattr(self, "patches", [])):
                patch.__exit__(None, None, None)
            transaction.set_rollback(True)
            self.rollback.__exit__(None, None, None)

    @initialize(workers=st.integers(1, 3), supports_get_result=st.booleans())
    def begin(self, workers: int, supports_get_result: bool) -> None:
        self.workers, self.queue = workers, Queue(supports_get_result=supports_get_result)
        self.patches: list[Any] = [
            self.queue.in_place(),
            mock.patch("wagtail_privacy.conf.Settings.WORKERS", workers),
            mock.patch("wagtail_privacy.conf.Settings.BATCH_SIZE", 1),
            mock.patch("wagtail_privacy.sending.transport.default_backend", lambda: self.server),
        ]
        for patch in self.patches:
            patch.__enter__()
        self.join()
        self.join()
        self.notice = factories.notice()

    @rule()
    def join(self) -> None:
        person(f"p{next(self.names)}", "sv")

    @rule(minutes=st.sampled_from([1, 4, 16, 60, 1500]))
    def time_goes_by(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(times=st.integers(1, 4))
    def sweep(self, times: int) -> None:
        with at(self.now):
            for _ in range(times):
                sweep()

    @rule(is_over_time=st.booleans(), address=st.sampled_from(["p0", "p1", "p2", ""]))
    def a_worker_takes_a_job(self, is_over_time: bool, address: str) -> None:
        """Its time may be over after one mail, and the server may defer somebody."""
        self.server.answers = {f"{address}@example.org": 450}
        ends = mock.patch.object(_Job, "is_over_time", mock.Mock(side_effect=[False] * 3 + [True] * 1000))
        with at(self.now):
            for job in self.queue.due()[:1]:
                if not is_over_time:
                    self.queue.run(job)
                    continue
                with ends:
                    self.queue.run(job)

    @rule()
    def a_worker_is_killed(self) -> None:
        with at(self.now):
            for job in self.queue.due()[:1]:
                if sending_tasks.begin(job.notice_id, UUID(job.token)):
                    job.status = "RUNNING"
                else:
                    job.status = "SUCCESSFUL"

    @rule()
    def the_queue_loses_a_job(self) -> None:
        for job in [job for job in self.queue.jobs.values() if job.status == "READY"][:1]:
            del self.queue.jobs[job.id]

    @rule()
    def somebody_pauses_or_resumes(self) -> None:
        paused = Notice.objects.filter(pk=self.notice.pk, state=NoticeState.PAUSED)
        if not paused.update(state=NoticeState.SENDING, paused_because="", retry_at=None):
            Notice.objects.filter(pk=self.notice.pk).running().update(state=NoticeState.PAUSED)

    @invariant()
    def no_more_tasks_than_workers(self) -> None:
        if hasattr(self, "queue"):
            assert len(self.queue.living()) <= self.workers

    def everybody_is_told_in_the_end(self) -> None:
        self.server.answers = {}
        Notice.objects.filter(state=NoticeState.PAUSED).update(state=NoticeState.SENDING, retry_at=None)
        for _ in range(6):
            self.now += timedelta(days=2)
            with at(self.now):
                sweep()
                self.queue.run_all()
        states = set(self.notice.deliveries.values_list("state", flat=True))
        assert states <= {DeliveryState.SENT, DeliveryState.FAILED}
        assert Notice.objects.get(pk=self.notice.pk).state == NoticeState.FINISHED
        assert max(self.server.mails.values()) == 1
