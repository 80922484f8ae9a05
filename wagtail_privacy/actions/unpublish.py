"""Unpublish a policy page, and have people told of it if that is wanted: in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_privacy.actions.permissions import Permissions
from wagtail_privacy.actions.publish import acting_as
from wagtail_privacy.actions.refusal import NotAllowed
from wagtail_privacy.clock import at
from wagtail_privacy.notices.issue import issue_notice
from wagtail_privacy.records.content import PolicyContent
from wagtail_privacy.records.notice import Notice, NoticeKind
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Event

#: Of each policy, by its key, the first event of what is unpublished now and people are told of.
_gathered: ContextVar[dict[int, Event] | None] = ContextVar("gathered", default=None)


def unpublish_policy(
    page: PolicyContent, *, user: Any = None, moment: datetime | None = None, tell_people: bool = False
) -> Notice | None:
    """Unpublish ``page``, at ``moment`` or now; with ``tell_people``, tell by e-mail those whom it concerns.

    Returns the notice, if one was issued. ``user`` is who unpublishes; ``None`` is code, which may do everything.
    Raises :exc:`~wagtail_privacy.actions.refusal.NotAllowed`, with the words for the user and with nothing done,
    where ``user`` may not.
    """
    if user is not None and not page.permissions_for_user(user).can_unpublish():
        raise NotAllowed(_("You may not unpublish this page. Ask someone who may."))
    with at(moment), acting_as(user):
        if not tell_people:
            page.unpublish(user=user)
            return None
        with telling_people(user) as notices:
            page.unpublish(user=user)
    return next(iter(notices), None)


@contextmanager
def telling_people(user: Any = None) -> Iterator[list[Notice]]:
    """Tell people of each policy page that is unpublished or deleted within this block: one notice for each policy.

    All of it is one transaction. The list holds the notices once the block has ended. Raises
    :exc:`~wagtail_privacy.actions.refusal.NotAllowed`, before anything happens, where ``user`` may not have that done.
    """
    Permissions.for_user(user).require("publish_material")
    notices = list[Notice]()
    first: dict[int, Event] = {}
    token = _gathered.set(first)
    try:
        with transaction.atomic():
            yield notices
            told = [event for event in first.values() if event.version.policy.tells_users]
            notices += [issue_notice(event.version, NoticeKind.UNPUBLISHED, about=event) for event in told]
    finally:
        _gathered.reset(token)


def together_with(policy: Policy) -> dict[str, int]:
    """For the data of an event: with which one, by its place in the chain, people are told of it."""
    first = (_gathered.get() or {}).get(policy.pk)
    return {"together": first.position} if first else {}


def gather(event: Event) -> None:
    """Have people told of ``event`` if that is asked for."""
    gathered = _gathered.get()
    if gathered is not None:
        gathered.setdefault(event.version.policy_id, event)
