"""What publishes by itself, at a set time or after translating, has nobody to answer: it is held back where it is
blocked, so that the rest of its batch goes on. So is a copy that waits for its translator."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from wagtail_privacy.actions.blocked import Blocked, require_publishable
from wagtail_privacy.actions.translated_version import is_untranslated_copy, managed_translation
from wagtail_privacy.blocks.compose import compose_by
from wagtail_privacy.clock import at
from wagtail_privacy.records.content import PolicyContent

logger = logging.getLogger("wagtail_privacy")

HELD_BACK = "wagtail_privacy.held_back"


def holds_back(draft: PolicyContent, revision: Any, user: Any, log_action: object) -> bool:
    """Whether ``draft``, the content of ``revision``, is blocked or not translated yet, and publishes by itself; what
    is blocked is noted once a revision.

    Raises :exc:`~wagtail_privacy.actions.blocked.Blocked` where it is blocked and somebody or some code asks.
    """
    if user is None and _is_untranslated(draft):
        return True
    try:
        with at(_scheduled_for(draft)):
            require_publishable(draft)
    except Blocked as blocked:
        if user is not None or not _is_by_itself(draft, log_action):
            raise
        _note(draft, revision, blocked)
        return True
    return False


def _is_untranslated(draft: PolicyContent) -> bool:
    """Whether ``draft`` is what wagtail-localize makes of a page for its translators, word for word; unless told
    otherwise, it publishes that at once."""
    policy = None if draft.live or managed_translation(draft) is None else draft.policy
    if policy is None:
        return False
    return is_untranslated_copy(draft.locale.language_code, policy, compose_by(draft, policy).snapshot)


def _is_by_itself(draft: PolicyContent, log_action: object) -> bool:
    """Whether it is Wagtail's ``publish_scheduled``, or wagtail-localize after a transaction."""
    return log_action == "wagtail.publish.scheduled" or managed_translation(draft) is not None


def _note(draft: PolicyContent, revision: Any, blocked: Blocked) -> None:
    if PageLogEntry.objects.filter(page=draft.pk, revision=revision.pk, action=HELD_BACK).exists():
        return
    logger.error("Page %s was not published: %s", draft.pk, blocked.message)
    log(instance=draft, action=HELD_BACK, revision=revision, data={"reason": blocked.message})


def _scheduled_for(draft: PolicyContent) -> datetime | None:
    go_live: datetime | None = draft.go_live_at
    return go_live if go_live and go_live > timezone.now() else None
