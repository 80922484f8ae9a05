"""What postponing and withdrawing share: permission, the affected versions, the notice."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from wagtail_privacy.actions.permissions import Permissions
from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.clock import day_of, now
from wagtail_privacy.notices.issue import issue_notice
from wagtail_privacy.policy import words
from wagtail_privacy.records.notice import NoticeKind
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Event, Version


def lock_version(version: Version) -> Version:
    """``version`` as it is stored, its policy locked until the transaction ends."""
    policy = Policy.objects.select_for_update().get(pk=version.policy_id)
    stored = policy.versions.select_related("builds_on").get(pk=version.pk)
    stored.policy = policy
    return stored


def check_may_change_plan(version: Version, user: Any, reason: str) -> None:
    """Raise :exc:`ActionError` if ``user`` may not change the plan for ``version``, or nobody can any more."""
    Permissions.for_policy(user, version.policy).require("change_plan")
    if version.applies(now()):
        raise ActionError(
            _(
                "Version %(number)s has applied since %(day)s, so its plan can no longer be changed. Publish a new "
                "version with what should apply instead."
            )
            % {"number": version.number, "day": words.day(day_of(version.takes_effect_at))}
        )
    if not reason.strip():
        raise ActionError(
            _("Expected a reason, found none. Write down why; the reason is kept in the history."), "reason"
        )


def later_versions(version: Version) -> list[Version]:
    """The later versions that were not withdrawn, in order. None of them is in force before ``version`` is."""
    return list(version.policy.versions.standing().filter(number__gt=version.number).order_by("number"))


def issue_change_notice(versions: list[Version], kind: NoticeKind, about: Event) -> None:
    """Issue one notice about all of ``versions`` to everyone notified of any of them; none if no notice was issued."""
    told = next((version for version in versions if version.notices.exists()), None)
    if told:
        issue_notice(told, kind, about=about)


def log_event(event: Event, by: Any) -> None:
    """Add the event to Wagtail's audit log, on the page in the policy's source language."""
    policy = event.version.policy
    text = event.version.source_text()
    page = text.page.specific if text and text.page else None
    log(
        instance=page or policy,
        action=f"wagtail_privacy.{event.kind}",
        user=by,
        data={"number": event.version.number, "reason": event.reason, **event.data},
    )
