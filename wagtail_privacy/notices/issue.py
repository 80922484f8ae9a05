"""Decide that people are told: the notice is written with the version, the telling comes later."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from wagtail_privacy.clock import now
from wagtail_privacy.notices.sending_tasks import wake
from wagtail_privacy.records.notice import Notice, NoticeKind
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Event, Version, seal_facts


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
        seal_facts(version, notice=notice.facts())
        transaction.on_commit(partial(wake, notice.pk), robust=True)
    return notice
