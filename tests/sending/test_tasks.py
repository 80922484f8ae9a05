"""However often a notice is swept, no more tasks send it than there are workers for it, and none is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.notices import factories
from tests.notices.factories import PUBLISHED, person
from tests.sending.queue import Queue
from tests.sending.tasks import Tasks
from wagtail_privacy import tasks
from wagtail_privacy.clock import at
from wagtail_privacy.models import Notice, SendingTask
from wagtail_privacy.records.notice import NoticeState
from wagtail_privacy.sending import deliver as delivering
from wagtail_privacy.sending.sweep import sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
NOW = PUBLISHED + timedelta(hours=1)


@pytest.fixture
def queue(request: pytest.FixtureRequest) -> Iterator[Queue]:
    queue = Queue(supports_get_result=getattr(request, "param", True))
    with queue.in_place():
        yield queue


def notice() -> Notice:
    for name in ("anna", "bob", "cia"):
        person(name, "sv")
    return factories.notice()


@pytest.mark.slow
@pytest.mark.each_database
def test_whatever_happens_to_tasks() -> None:
    bounded = settings(deadline=None, max_examples=25, stateful_step_count=15, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Tasks, settings=bounded)


@pytest.mark.parametrize("workers", [1, 3])
def test_sweeps_queue_no_second_task_while_one_waits_for_a_worker(queue: Queue, settings: Any, workers: int) -> None:
    settings.WAGTAIL_PRIVACY_WORKERS = workers
    told = notice()

    for minutes in range(0, 24 * 60, 15):
        with at(NOW + timedelta(minutes=minutes)):
            sweep()

    assert queue.count <= workers
    with at(NOW + timedelta(days=1)):
        queue.run_all()
    assert Notice.objects.get(pk=told.pk).state == NoticeState.FINISHED
    assert not SendingTask.objects.exists()


@pytest.mark.parametrize("queue", [False], indirect=True)
def test_of_a_queue_that_cannot_be_asked_all_tasks_but_one_end_at_once(queue: Queue) -> None:
    notice()
    for minutes in range(0, 24 * 60, 15):
        with at(NOW + timedelta(minutes=minutes)):
            sweep()

    sent = mock.Mock(wraps=delivering.send_notice)
    with at(NOW + timedelta(days=1)), mock.patch("wagtail_privacy.sending.deliver.send_notice", sent):
        queue.run_all()

    assert sent.call_count == 1


def test_who_joins_while_a_task_ends_is_not_left_to_the_next_sweep(queue: Queue) -> None:
    told = notice()
    with at(NOW):
        sweep()
        sent, delivered = delivering.send_notice, []

        def send_and_look_away(notice_id: int, *args: Any) -> Any:
            again = sent(notice_id, *args)
            if not delivered:  # failed mails are made due again, at the very moment when the task ends
                delivered.append(notice_id)
                told.deliveries.update(state="due", attempts=0)
                Notice.objects.update(state=NoticeState.SENDING, finished_at=None)
            return again

        with mock.patch("wagtail_privacy.sending.deliver.send_notice", send_and_look_away):
            queue.run_all()

    assert set(told.deliveries.values_list("state", flat=True)) == {"sent"}


@pytest.mark.parametrize("task", [tasks.tell, tasks.send, tasks.refresh], ids=lambda task: task.name)
def test_a_task_about_what_was_deleted_meanwhile_does_nothing(task: Any) -> None:
    assert task.call(4_000) is None
