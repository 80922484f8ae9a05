"""Tell a notice from beginning to end, here and now: what a task worker does when woken."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, InterfaceError

from wagtail_privacy.clock import now
from wagtail_privacy.conf import conf
from wagtail_privacy.notices import sending_tasks
from wagtail_privacy.records.notice import Notice
from wagtail_privacy.sending.add_people import expand_notice
from wagtail_privacy.sending.send import send_notice

#: After this long, a sending task queues another one and ends: task backends kill long-running tasks.
TURN = timedelta(seconds=90)


def deliver(notice_id: int) -> datetime | None:
    """Write the ledger of a notice and send what is due. Safe to run twice, or twice at once.

    Returns from when on there is more to do, as :func:`~wagtail_privacy.sending.send.send_notice` does.
    """
    expand_notice(notice_id)
    return send_notice(notice_id)


def take_turn(notice_id: int, token: UUID | None, *, helper: bool = False) -> None:
    """A task's turn: send, and leave its place to the task that goes on.

    A ``helper`` sends alone; else the ledger is written first, and then as many helpers are woken as there are workers.
    """
    mine = sending_tasks.begin(notice_id, token)
    if mine is None:
        return
    try:
        if not helper:
            expand_notice(notice_id)
            sending_tasks.keep_alive(mine)
            for _ in range(conf.WORKERS - 1):
                sending_tasks.wake(notice_id, helper=True)
        again = send_notice(notice_id, TURN)
    except BaseException:
        with suppress(DatabaseError, InterfaceError):  # then it counts as lost after its lifetime
            sending_tasks.end(mine)
        raise
    if again:
        sending_tasks.go_on(notice_id, mine, again)
        return
    sending_tasks.end(mine)
    # Whoever made something due while we ended found our place taken.
    if Notice.objects.filter(pk=notice_id).running().exists() and _is_due(notice_id):
        sending_tasks.wake(notice_id)


def _is_due(notice_id: int) -> bool:
    return Notice.objects.get(pk=notice_id).deliveries.due(now()).exists()
