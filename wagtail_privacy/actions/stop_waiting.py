"""Tell those who waited for a text in their language that it is there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from wagtail_privacy.actions.issue_notice import wake
from wagtail_privacy.actions.moment import now
from wagtail_privacy.models.notice import Delivery, DeliveryState, Notice, NoticeKind, NoticeState, Reason
from wagtail_privacy.models.version import Version

if TYPE_CHECKING:
    from django.db.models import QuerySet


def waiting_for(version: Version, language: str) -> QuerySet[Delivery]:
    """The mails that wait for the text of ``version`` in ``language``; not those that a mail server put off."""
    return Delivery.objects.waiting(now()).filter(notice__version=version, language=language)


def stop_waiting(version: Version, language: str) -> int:
    """Make due what waits for the text of ``version`` in ``language``, and return how many mails that is.

    Nor is the text of an earlier version waited for any more, for none will come. Where that one takes effect at the
    same moment, its notice is left out: that of ``version`` tells, in this language, what both have changed. Who was
    told already in another language is not told again. What a mail server put off keeps its pause.
    """
    announced = Notice.objects.filter(kind=NoticeKind.ANNOUNCED, version__policy=version.policy_id)
    notices = announced.filter(version__number__lte=version.number).values_list("pk", "version__takes_effect_at")
    waiting = Delivery.objects.waiting(now()).filter(notice__in=[pk for pk, _ in notices], language=language)
    woken = set(waiting.values_list("notice", flat=True))
    if own := announced.filter(version=version).exclude(state=NoticeState.CANCELLED).first():
        same = [pk for pk, takes_effect_at in notices if takes_effect_at == version.takes_effect_at and pk != own.pk]
        waiting.filter(notice__in=same).update(state=DeliveryState.SKIPPED, error=Reason.TOLD_LATER)
    count = waiting.update(due_at=now())
    for notice_id in woken:
        transaction.on_commit(partial(wake, notice_id))
    return count
