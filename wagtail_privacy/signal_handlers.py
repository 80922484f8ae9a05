"""Few lines each: what happens past the page's own ``save()``, handed to the verb that it needs."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save, pre_delete
from wagtail.signals import page_unpublished

from wagtail_privacy.actions.record_version import note_unpublished


def on_unpublished(sender: Any, instance: Any, **kwargs: Any) -> None:
    from wagtail_privacy.models import PolicyPageMixin

    if isinstance(instance, PolicyPageMixin):
        note_unpublished(instance)


def on_event(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Whatever happened to a version may change what is public. Only once it is committed, and never in its way."""
    from wagtail_privacy.models import EventKind
    from wagtail_privacy.tasks import refresh

    if not raw and instance.kind != EventKind.ANNOUNCED:  # comes with its publication
        transaction.on_commit(partial(refresh.enqueue, instance.version.policy_id), robust=True)


def on_account_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    from wagtail_privacy.actions.forget import forget

    forget(instance)


def on_entry_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    from wagtail_privacy.actions.register_use import protect

    protect(instance)


def register_signal_handlers() -> None:
    for model in ("DataCategory", "Recipient", "RetentionRule"):
        pre_delete.connect(
            on_entry_deleted, sender=f"wagtail_privacy.{model}", dispatch_uid=f"wagtail_privacy.{model}_deleted"
        )
    page_unpublished.connect(on_unpublished, dispatch_uid="wagtail_privacy.unpublished")
    post_save.connect(on_event, sender="wagtail_privacy.Event", dispatch_uid="wagtail_privacy.event")
    pre_delete.connect(
        on_account_deleted, sender=settings.AUTH_USER_MODEL, dispatch_uid="wagtail_privacy.account_deleted"
    )
