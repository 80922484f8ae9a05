"""What postponing and withdrawing have in common: who may, what is moved, who is told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from wagtail_privacy.actions.issue_notice import issue_notice
from wagtail_privacy.actions.moment import day_of, now
from wagtail_privacy.actions.plan import May
from wagtail_privacy.actions.refusal import NotAllowed, Refused
from wagtail_privacy.models.notice import NoticeKind
from wagtail_privacy.models.policy import Policy
from wagtail_privacy.models.version import Event, Version
from wagtail_privacy.policy import words


def locked(version: Version) -> Version:
    """``version`` as it is stored, its policy locked until the transaction ends."""
    policy = Policy.objects.select_for_update().get(pk=version.policy_id)
    stored = policy.versions.select_related("builds_on").get(pk=version.pk)
    stored.policy = policy
    return stored


def check(version: Version, user: Any, reason: str) -> None:
    """Raise :exc:`Refused` if ``user`` may not change the plan for ``version``, or nothing can be changed about it."""
    if not May.of(user).change_plan:
        raise NotAllowed(_("You may not change when a version takes effect, or withdraw it. Ask someone who may."))
    if version.applies(now()):
        raise Refused(
            _(
                "Version %(number)s has applied since %(day)s, so its plan can no longer be changed. Publish a new "
                "version with what should apply instead."
            )
            % {"number": version.number, "day": words.day(day_of(version.takes_effect_at))}
        )
    if not reason.strip():
        raise Refused(_("Expected a reason, found none. Write down why; the reason is kept in the history."), "reason")


def later_ones(version: Version) -> list[Version]:
    """The versions after ``version`` that stand, in order. None of them is in force while it isn't."""
    return list(version.policy.versions.standing().filter(number__gt=version.number).order_by("number"))


def tell(versions: list[Version], kind: NoticeKind, about: Event) -> None:
    """One notice for all of ``versions``, to those who were told of any. None where nobody was to be told."""
    told = next((version for version in versions if version.notices.exists()), None)
    if told:
        issue_notice(told, kind, about=about)


def note(event: Event, by: Any) -> None:
    """Note the change of plan in Wagtail's audit log, on the page in the language that versions are made in."""
    policy = event.version.policy
    text = event.version.source_text()
    page = text.page.specific if text and text.page else None
    log(
        instance=page or policy,
        action=f"wagtail_privacy.{event.kind}",
        user=by,
        data={"number": event.version.number, "reason": event.reason, **event.data},
    )
