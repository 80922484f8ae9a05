"""Tell those who waited for a text in their language that it is there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from wagtail_privacy.actions.issue_notice import wake
from wagtail_privacy.actions.moment import now
from wagtail_privacy.models.notice import Delivery
from wagtail_privacy.models.version import Version

if TYPE_CHECKING:
    from django.db.models import QuerySet


def waiting_for(version: Version, language: str) -> QuerySet[Delivery]:
    """The mails that wait for the text of ``version`` in ``language``; not those that a mail server put off."""
    return Delivery.objects.waiting(now()).filter(notice__version=version, language=language)


def stop_waiting(version: Version, language: str) -> int:
    """Make due what waits for the text of ``version`` in ``language``, and return how many mails that is.

    Who was told already in another language is not told again. What a mail server put off keeps its pause.
    """
    waiting = waiting_for(version, language)
    notices = set(waiting.values_list("notice", flat=True))
    count = waiting.update(due_at=now())
    for notice_id in notices:
        transaction.on_commit(partial(wake, notice_id))
    return count
