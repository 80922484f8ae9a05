"""Change the day on which an announced version takes effect."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_privacy.actions.moment_of_effect import MAX_LEAD_DAYS, adds_purpose, earliest_lawful, too_late_message
from wagtail_privacy.actions.permissions import Permissions
from wagtail_privacy.actions.postpone_or_withdraw import (
    check_may_change_plan,
    issue_change_notice,
    later_versions,
    lock_version,
    log_event,
)
from wagtail_privacy.actions.record_version import record_event
from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.clock import at, day_of, days_after, now, start_of
from wagtail_privacy.policy import words
from wagtail_privacy.records.chain import moment as written
from wagtail_privacy.records.notice import NoticeKind
from wagtail_privacy.records.version import Event, EventKind, Version


def change_day(version: Version, day: date, *, user: Any = None, reason: str = "") -> Event | None:
    """Let the announced ``version`` take effect at 00:00 of ``day``, the site's day; today means at once.

    Later versions that would take effect before it are moved to the same moment. A material one is brought
    forward no further than the shortest notice period, counted from today; below that only with the permission
    that publishing needs for it. Everyone who was told of a day gets one notice. Returns the event, ``None``
    where the day is that already. ``user`` is who asks; ``None`` is code, which may do everything. Raises
    :exc:`ActionError`, with the words for the user, when it cannot be done.
    """
    with transaction.atomic(), at(now()):
        version = lock_version(version)
        if version.withdrawn_at:
            raise ActionError(
                _("Version %(number)s was withdrawn. There is no day to change.") % {"number": version.number}
            )
        check_may_change_plan(version, user, reason)
        today = day_of(now())
        if day == day_of(version.takes_effect_at) and day != today:
            return None
        _check_day(version, day, today, Permissions.for_user(user))
        asked = now() if day == today else start_of(day)
        moment = max(asked, _floor_below(version))
        return _move(version, moment, user, reason) if moment != version.takes_effect_at else None


def _check_day(version: Version, day: date, today: date, permissions: Permissions) -> None:
    if day < today:
        raise ActionError(
            _("Expected today or a later day, found %(day)s. A change cannot take effect in the past.")
            % {"day": day.isoformat()},
            "day",
        )
    if day > days_after(today, MAX_LEAD_DAYS):
        raise ActionError(too_late_message(day, today), "day")
    if day >= day_of(version.takes_effect_at):
        return
    _check_order(version, day)
    if version.materiality == Materiality.MATERIAL:
        _check_floor(version, day, today, permissions)


def _check_order(version: Version, day: date) -> None:
    """Versions take effect in the order of their numbers."""
    before = version.policy.versions.standing().filter(number__lt=version.number).order_by("-number").first()
    if before and day < day_of(before.takes_effect_at):
        raise ActionError(
            _(
                "Expected %(day)s or later: version %(number)s, which this one builds on, takes effect then. Bring "
                "that one forward first."
            )
            % {"day": words.day(day_of(before.takes_effect_at)), "number": before.number},
            "day",
        )


def _check_floor(version: Version, day: date, today: date, permissions: Permissions) -> None:
    changes = _changes(version)
    earliest = earliest_lawful(version.policy, changes, today, shortens=permissions.shorten_notice)
    if day >= earliest:
        return
    if permissions.shorten_notice and adds_purpose(changes):
        message = _(
            "A new purpose must be announced before it takes effect (Article 13(3) of the GDPR). Choose a later day."
        )
    else:
        message = _(
            "People must be told at least %(days)s days ahead and you may not shorten that. "
            "Choose a later day or ask someone who may."
        ) % {"days": version.policy.floor_days}
    raise ActionError(message, "day")


def _changes(version: Version) -> tuple[Change, ...]:
    text = version.source_text()
    return text.changes if text else ()


def _floor_below(version: Version) -> datetime:
    """The moment of the version below, which none comes before, not even on the same day."""
    before = version.policy.versions.standing().filter(number__lt=version.number).order_by("-number").first()
    return before.takes_effect_at if before else version.published_at


def _move(version: Version, moment: datetime, user: Any, reason: str) -> Event:
    is_later = moment > version.takes_effect_at
    kind = EventKind.POSTPONED if is_later else EventKind.BROUGHT_FORWARD
    along = [later for later in later_versions(version) if later.takes_effect_at < moment]
    moves = [_moved(each, moment) for each in along]
    data = {**_moved(version, moment), "along": moves}
    event = record_event(version, kind, user, reason=reason.strip(), data=data)
    for each, move in zip(along, moves, strict=True):
        record_event(each, kind, user, reason=reason.strip(), data={**move, "with": version.number})
    for each in (version, *along):
        each.takes_effect_at = moment
        each.save(update_fields=["takes_effect_at"])
    issue_change_notice([version, *along], NoticeKind.POSTPONED, event)
    log_event(event, user)
    return event


def _moved(version: Version, moment: datetime) -> dict[str, Any]:
    return {"number": version.number, "from": written(version.takes_effect_at), "to": written(moment)}
