"""Publish a policy page from code, as an editor's click does: for scripts, imports and the demo."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from wagtail_privacy.actions.moment import at
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

    Returns the policy's newest version: the one made if anything was different.
    """
    page.answer(materiality=materiality, summary=summary, takes_effect_on=takes_effect_on, reason=reason)
    with at(moment):
        page.save_revision(user=user).publish(user=user)
    policy = page.policy
    return policy.newest_version() if policy else None
