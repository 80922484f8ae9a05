"""A task queue in memory, whose jobs a test runs, loses and kills."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from unittest import mock
from uuid import UUID

from wagtail_privacy.clock import now
from wagtail_privacy.models import SendingTask
from wagtail_privacy.sending.deliver import take_turn


@dataclass
class Job:
    id: str
    notice_id: int
    token: str
    helper: bool
    at: datetime | None
    status: str = "READY"


class Queue:
    """Stands for the tasks and for their backend."""

    supports_defer = True

    def __init__(self, *, supports_get_result: bool) -> None:
        self.supports_get_result = supports_get_result
        self.jobs: dict[str, Job] = {}
        self.count = 0

    @contextmanager
    def in_place(self) -> Iterator[None]:
        tasks = SimpleNamespace(tell=self._task(helper=False), send=self._task(helper=True), refresh=mock.Mock())
        with (
            mock.patch("wagtail_privacy.signal_handlers.tasks", tasks),
            mock.patch(
                "wagtail_privacy.notices.sending_tasks.tasks",
                SimpleNamespace(default_task_backend=self),
            ),
        ):
            yield

    def _task(self, *, helper: bool, at: datetime | None = None) -> Any:
        return SimpleNamespace(
            enqueue=lambda notice_id, token: self._add(notice_id, token, helper, at),
            using=lambda run_after: self._task(helper=helper, at=run_after),
            get_backend=lambda: self,
        )

    def _add(self, notice_id: int, token: str, helper: bool, at: datetime | None) -> Job:
        self.count += 1
        job = Job(str(self.count), notice_id, token, helper, at)
        self.jobs[job.id] = job
        return job

    def get_result(self, result_id: str) -> Job:
        return self.jobs[result_id]

    # --- What a test does with it ---

    def due(self) -> list[Job]:
        return [job for job in self.jobs.values() if job.status == "READY" and (job.at is None or job.at <= now())]

    def run(self, job: Job) -> None:
        job.status = "RUNNING"
        take_turn(job.notice_id, UUID(job.token), helper=job.helper)
        job.status = "SUCCESSFUL"

    def run_all(self) -> int:
        """Run what is due, and what that queues, until nothing is; return how many jobs that were."""
        for count in range(1000):
            if not (due := self.due()):
                return count
            self.run(due[0])
        raise AssertionError("It never ends.")

    def living(self) -> list[Job]:
        """The jobs that are queued or running and have not been replaced."""
        tokens = {str(token) for token in SendingTask.objects.values_list("token", flat=True)}
        return [job for job in self.jobs.values() if job.status in ("READY", "RUNNING") and job.token in tokens]
