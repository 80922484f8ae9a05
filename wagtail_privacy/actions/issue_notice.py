"""Decide that people are told: the notice is written with the version, the telling comes later."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from wagtail_privacy.actions.moment import now
from wagtail_privacy.models.notice import Notice, NoticeKind
from wagtail_privacy.models.policy import Policy
from wagtail_privacy.models.version import Event, Version
from wagtail_privacy.tasks import tell

logger = logging.getLogger(__name__)


def issue_notice(version: Version, kind: str = NoticeKind.ANNOUNCED, *, about: Event | None = None) -> Notice:
    """The notice of ``kind`` about ``version``, written in the caller's transaction; once, however often called.

    ``about`` is the change of plan that it tells. A task worker is woken when the transaction has been committed.
    """
    head = Policy.objects.values_list("chain_head", flat=True).get(pk=version.policy_id)
    notice, is_new = Notice.objects.get_or_create(
        version=version,
        kind=kind,
        about=about.position if about else 0,
        defaults={"created_at": now(), "head": head},
    )
    if is_new:
        transaction.on_commit(partial(wake, notice.pk))
    return notice


def wake(notice_id: int, at: datetime | None = None, task: Any = None) -> None:
    """Ask a task worker to tell the notice, now or at a later moment where its queue can wait.

    ``task`` is another of :mod:`~wagtail_privacy.tasks` to run in place of telling it from the beginning.

    A queue that cannot be reached stops no publication, and neither does anything that goes wrong while an
    immediate backend runs the task: the row is there and the sweep takes it up.
    """
    try:
        task = task or tell
        if at is None:
            task.enqueue(notice_id)
        elif task.get_backend().supports_defer:
            task.using(run_after=at).enqueue(notice_id)
    except Exception:  # a queue may be anything, and raise anything
        logger.exception("Notice %s is written but no task was queued; `privacy_notices sweep` sends it.", notice_id)
