"""Publish a policy page from code, as an editor's click does: for scripts, imports and the demo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import LogContext, get_active_log_context

from wagtail_privacy.actions.moment import at
from wagtail_privacy.actions.plan import May
from wagtail_privacy.actions.refusal import NotAllowed
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.models.version import Version

if TYPE_CHECKING:
    from wagtail_privacy.models.page import PolicyPageMixin


def publish_policy(
    page: PolicyPageMixin,
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
    words for the user and with nothing saved, where ``user`` may not publish this.
    """
    page.answer(materiality=materiality, summary=summary, takes_effect_on=takes_effect_on, reason=reason)
    with at(moment), transaction.atomic():
        page.save_revision(user=user).publish(user=user)
    policy = page.policy
    return policy.newest_version() if policy else None


def check_may_publish(page: PolicyPageMixin, user: Any) -> None:
    """Raise :exc:`NotAllowed` if ``user`` lacks a permission that publishing, or scheduling, ``page`` needs.

    Asked before anything happens: the recorder itself never refuses.
    """
    if May.of(user) == May():
        return
    go_live = page.go_live_at
    with at(go_live if go_live and go_live > timezone.now() else None):
        problem = next(page.plan(user).forbidden(), None)
    if problem:
        raise NotAllowed(problem.message, problem.field)


@contextmanager
def acting(user: Any) -> Iterator[None]:
    """Within this, what is recorded and logged was done by ``user``; ``None`` leaves it to who acts already."""
    if user is None or get_active_log_context().user == user:
        yield
        return
    with LogContext(user=user):
        yield
