"""Queue the tasks that send a notice: never more for one notice than the site has workers for it."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from wagtail_privacy.clock import now
from wagtail_privacy.conf import conf
from wagtail_privacy.records.notice import Notice, SendingTask
from wagtail_privacy.signals import notice_due

try:
    from django import tasks
except ImportError:  # Django 5.2
    import django_tasks as tasks  # type: ignore[no-redef]

logger = logging.getLogger(__name__)

#: A task that has neither ended nor gone on after so long counts as lost, unless it still waits in its queue.
LIFETIME = timedelta(minutes=15)
#: As many characters of a task's id as the table holds.
MAX_RESULT_ID = 64
#: A task's status, in django.tasks' words, that is still to begin.
_WAITING = "READY"


def wake(notice_id: int, *, at: datetime | None = None, helper: bool = False) -> bool:
    """Queue a task that sends the notice, now or from the moment ``at`` on, where the queue can wait.

    ``helper`` asks for a further worker, once the ledger is written. Returns whether a task was queued: none is, where
    as many as there are workers are queued or running. A queue that cannot be reached stops no publication, and neither
    does anything that goes wrong while an immediate backend runs the task: the sweep takes it up.
    """
    token = _reserve(notice_id, at)
    return token is not None and _queue(notice_id, token, at, helper)


def begin(notice_id: int, token: UUID | None) -> UUID | None:
    """A task begins: its token, or ``None`` if it was replaced or its notice deleted. One queued without a token gets
    one, if it may."""
    if token is None:
        return _reserve(notice_id, None) if Notice.objects.filter(pk=notice_id).exists() else None
    return token if keep_alive(token) else None


def keep_alive(token: UUID) -> bool:
    """A task says that it is alive; returns whether it still counts."""
    mine = SendingTask.objects.filter(token=token)
    return bool(mine.update(due_at=now(), lives_until=now() + LIFETIME))


def go_on(notice_id: int, token: UUID, at: datetime) -> None:
    """A task ends, and another goes on in its place at the moment ``at``."""
    at_once = at <= now()
    moved = SendingTask.objects.filter(token=token).update(due_at=at, lives_until=max(at, now()) + LIFETIME)
    if moved:
        _queue(notice_id, token, None if at_once else at, helper=at_once)


def end(token: UUID) -> None:
    """A task ends, and leaves its place to whoever is woken next."""
    SendingTask.objects.filter(token=token).delete()


def _queue(notice_id: int, token: UUID, at: datetime | None, helper: bool) -> bool:
    """Hand the task to the queue; give its place back where that cannot be."""
    result_id = ""
    for _receiver, answer in notice_due.send_robust(Notice, notice_id=notice_id, at=at, helper=helper, token=token):
        if isinstance(answer, Exception):
            logger.error(
                "Notice %s is written but no task was queued; `privacy_notices sweep` sends it.",
                notice_id,
                exc_info=answer,
            )
        result_id = answer if isinstance(answer, str) else result_id
    if not result_id:
        end(token)
        return False
    # A longer id than any known queue's can't be asked about; the task counts as lost after its lifetime.
    kept = result_id if len(result_id) <= MAX_RESULT_ID else ""
    SendingTask.objects.filter(token=token).update(result_id=kept)
    return True


def _reserve(notice_id: int, at: datetime | None) -> UUID | None:
    """A place for a task at the moment ``at``, by its token; ``None`` if all are taken, or a task comes by then."""
    wanted, token = at or now(), uuid4()
    values = {"token": token, "due_at": wanted, "lives_until": wanted + LIFETIME, "result_id": ""}
    there = {task.number: task for task in SendingTask.objects.filter(notice=notice_id)}
    if at and any(task.due_at <= at and _is_alive(task) for task in there.values()):
        return None
    for number in range(conf.WORKERS):
        task = there.get(number)
        if task is None:
            if SendingTask.objects.get_or_create(notice_id=notice_id, number=number, defaults=values)[1]:
                return token
        elif (task.due_at > wanted or not _is_alive(task)) and _replace(task, values):
            return token
    return None


def _replace(task: SendingTask, values: dict[str, Any]) -> bool:
    """Compare and set: of two who are at it, one gets the place."""
    return bool(SendingTask.objects.filter(pk=task.pk, token=task.token).update(**values))


def _is_alive(task: SendingTask) -> bool:
    return now() < task.lives_until or _is_waiting(task.result_id)


def _is_waiting(result_id: str) -> bool:
    """Whether the queue says that the task has not begun, however long ago it was queued."""
    backend: Any = tasks.default_task_backend
    if not result_id or not backend.supports_get_result:
        return False
    try:
        return str(backend.get_result(result_id).status) == _WAITING
    except Exception:  # noqa: BLE001 (it is gone, or the queue cannot be reached)
        return False
