"""When somebody shall read a policy again, and that somebody has."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from wagtail.log_actions import log

from wagtail_privacy.actions.permissions import require_edit
from wagtail_privacy.clock import day_of, months_after, now
from wagtail_privacy.records.content import PolicyContent
from wagtail_privacy.records.policy import Policy


def mark_reviewed(policy: Policy, page: PolicyContent, user: Any) -> None:
    """Note that ``user`` has read ``policy`` and that it needs no change: the time to the next review counts from now.

    Raises :exc:`~wagtail_privacy.actions.refusal.NotAllowed` unless ``user`` may edit ``page``, one of its pages.
    """
    require_edit(page, user)
    Policy.objects.filter(pk=policy.pk).update(reviewed_at=now())
    log(instance=page, action="wagtail_privacy.reviewed", user=user)


def review_due_on(policy: Policy, published_at: datetime | None) -> date | None:
    """The day by which ``policy`` shall be read again, counted from its last review or, if that is later, from
    ``published_at``, its newest version's publication. ``None`` where nothing is published, or it shall never be."""
    moments = [moment for moment in (published_at, policy.reviewed_at) if moment is not None]
    if published_at is None or not policy.review_months:
        return None
    return months_after(day_of(max(moments)), policy.review_months)
