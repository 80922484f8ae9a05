"""Publish a policy page from code as an editor would: for scripts, imports and the demo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import LogContext, get_active_log_context

from wagtail_privacy.actions.answer import answer
from wagtail_privacy.actions.proposal import worked_out_once
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.clock import at
from wagtail_privacy.records.content import Answers, PolicyContent
from wagtail_privacy.records.version import Version


def publish_policy(
    page: PolicyContent,
    *,
    user: Any = None,
    moment: datetime | None = None,
    materiality: Materiality | None = None,
    summary: str = "",
    takes_effect_on: date | None = None,
    reason: str = "",
) -> Version | None:
    """Save ``page`` (already in the tree) as a revision and publish it, at ``moment`` or now.

    Returns the policy's newest version: the one made if anything was different. ``user`` is who publishes;
    ``None`` is code, which may do everything. Raises :exc:`~wagtail_privacy.actions.refusal.NotAllowed`, with the
    words for the user and with nothing saved, where ``user`` may not publish this, and likewise
    :exc:`~wagtail_privacy.actions.blocked.Blocked` where gaps are left to fill, or errors block.
    """
    answer(page, Answers(materiality, summary, takes_effect_on, reason))
    with at(moment), worked_out_once(), transaction.atomic():
        page.save_revision(user=user).publish(user=user)
    policy = page.policy
    return policy.newest_version() if policy else None


@contextmanager
def acting_as(user: Any) -> Iterator[None]:
    """Record and log as ``user`` within this block; ``None`` keeps the current log context."""
    if user is None or get_active_log_context().user == user:
        yield
        return
    with LogContext(user=user):
        yield
