"""Few lines each: a signal, handed to the action or the task that it asks for."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save, pre_delete
from wagtail.signals import page_unpublished

from wagtail_privacy import tasks
from wagtail_privacy.actions.record_version import note_unpublished
from wagtail_privacy.actions.register_use import check_not_in_use
from wagtail_privacy.actions.translated_version import keep_digests
from wagtail_privacy.localize import USES_LOCALIZE
from wagtail_privacy.notices.forget import forget
from wagtail_privacy.reader.stored import on_refreshed
from wagtail_privacy.records.content import PolicyContent
from wagtail_privacy.records.version import EventKind
from wagtail_privacy.signals import notice_due, policy_refreshed

logger = logging.getLogger("wagtail_privacy")


def on_unpublished(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, PolicyContent):
        note_unpublished(instance)


def on_event(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Refresh after commit whatever the event may have made public. An error there does not affect the event."""
    # An announcement comes with its publication; what is sealed was there before.
    if not raw and instance.kind not in (EventKind.ANNOUNCED, EventKind.SEALED):
        transaction.on_commit(partial(tasks.refresh.enqueue, instance.version.policy_id), robust=True)


def on_notice_due(
    sender: Any, notice_id: int, at: datetime | None, helper: bool, token: UUID, **kwargs: Any
) -> str | None:
    task = tasks.send if helper else tasks.tell
    if at is None:
        return str(task.enqueue(notice_id, str(token)).id)
    if task.get_backend().supports_defer:
        return str(task.using(run_after=at).enqueue(notice_id, str(token)).id)
    return None


def on_handed_over(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A policy was synchronised to wagtail-localize. What goes wrong here must not stop that."""
    if raw or not issubclass(instance.specific_content_type.model_class() or object, PolicyContent):
        return
    try:
        with transaction.atomic():
            keep_digests(instance)
    except Exception:
        logger.exception("The digests of what was handed over to translators are not kept.")


def on_account_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    forget(instance)


def on_entry_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    check_not_in_use(instance)


def register_signal_handlers() -> None:
    for model in ("DataCategory", "Recipient", "RetentionRule"):
        pre_delete.connect(
            on_entry_deleted, sender=f"wagtail_privacy.{model}", dispatch_uid=f"wagtail_privacy.{model}_deleted"
        )
    page_unpublished.connect(on_unpublished, dispatch_uid="wagtail_privacy.unpublished")
    policy_refreshed.connect(on_refreshed, dispatch_uid="wagtail_privacy.refreshed")
    notice_due.connect(on_notice_due, dispatch_uid="wagtail_privacy.notice_due")
    if USES_LOCALIZE:
        post_save.connect(
            on_handed_over, sender="wagtail_localize.TranslationSource", dispatch_uid="wagtail_privacy.handed_over"
        )
    post_save.connect(on_event, sender="wagtail_privacy.Event", dispatch_uid="wagtail_privacy.event")
    pre_delete.connect(
        on_account_deleted, sender=settings.AUTH_USER_MODEL, dispatch_uid="wagtail_privacy.account_deleted"
    )
