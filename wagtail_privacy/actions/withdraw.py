"""Take back an announced version before it takes effect."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from wagtail_privacy.actions.page_states import policy_pages, update_live_and_drafts
from wagtail_privacy.actions.postpone_or_withdraw import (
    check_may_change_plan,
    issue_change_notice,
    later_versions,
    lock_version,
    log_event,
)
from wagtail_privacy.actions.record_version import record_event
from wagtail_privacy.clock import at, now
from wagtail_privacy.records.chain import moment as written
from wagtail_privacy.records.notice import NoticeKind
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Event, EventKind, Version


def withdraw(version: Version, *, user: Any = None, reason: str = "") -> Event | None:
    """Withdraw the announced ``version`` and every later one, which build on it.

    They never apply and stay in the history as withdrawn. Everyone who was told of one gets one notice. The page
    still says what was withdrawn; the next publication is compared with the newest version that stands. Returns
    the event, ``None`` where it is withdrawn already. ``user`` is who asks; ``None`` is code, which may do
    everything. Raises :exc:`~wagtail_privacy.actions.refusal.Refused`, with the words for the user, when it
    cannot be done.
    """
    with transaction.atomic(), at(now()):
        version = lock_version(version)
        if version.withdrawn_at:
            return None
        check_may_change_plan(version, user, reason)
        along = later_versions(version)
        data = {"number": version.number, **_planned(version), "along": [_of(each) for each in along]}
        event = record_event(version, EventKind.WITHDRAWN, user, reason=reason.strip(), data=data)
        for each in along:
            own = {**_of(each), "with": version.number}
            record_event(each, EventKind.WITHDRAWN, user, reason=reason.strip(), data=own)
        for each in (version, *along):
            each.withdrawn_at = now()
            each.save(update_fields=["withdrawn_at"])
        forget_answers(version.policy)
        issue_change_notice([version, *along], NoticeKind.WITHDRAWN, event)
        log_event(event, user)
        return event


def forget_answers(policy: Policy) -> None:
    """Clear the answers in pages and drafts: they were given for the withdrawn version, not for the next one."""
    for page in policy_pages(policy):
        update_live_and_drafts(page, "change_base", _forget)


def _forget(page: Any) -> bool:
    had, page.change_base = page.change_base, None
    return had is not None


def _of(version: Version) -> dict[str, Any]:
    return {"number": version.number, **_planned(version)}


def _planned(version: Version) -> dict[str, Any]:
    return {"from": written(version.takes_effect_at)}
