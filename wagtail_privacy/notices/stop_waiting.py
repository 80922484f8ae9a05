"""Tell those who waited for a text in their language that it is there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef

from wagtail_privacy.clock import now
from wagtail_privacy.notices.sending_tasks import wake
from wagtail_privacy.records.notice import Delivery, DeliveryState, Notice, NoticeKind, NoticeState, Reason
from wagtail_privacy.records.version import Version

if TYPE_CHECKING:
    from django.db.models import QuerySet


def waiting_for(version: Version, language: str) -> QuerySet[Delivery]:
    """The mails that wait for the text of ``version`` in ``language``; not those that a mail server put off."""
    return Delivery.objects.waiting_for_text(now()).filter(notice__version=version, language=language)


def stop_waiting(version: Version, language: str) -> int:
    """Make due what waits for the text of ``version`` in ``language``, and return how many mails that is.

    Nor is the text of an earlier version waited for any more, for none will come. Where that one takes effect at the
    same moment, its notice is left out: that of ``version`` tells, in this language, what both have changed. Who was
    told already in another language is not told again. What a mail server put off keeps its pause.
    """
    announced = Notice.objects.filter(kind=NoticeKind.ANNOUNCED, version__policy=version.policy_id)
    notices = announced.filter(version__number__lte=version.number).values_list("pk", "version__takes_effect_at")
    waiting = Delivery.objects.waiting_for_text(now()).filter(notice__in=[pk for pk, _ in notices], language=language)
    woken = set(waiting.values_list("notice", flat=True))
    if own := announced.filter(version=version).exclude(state=NoticeState.CANCELLED).first():
        same = [pk for pk, takes_effect_at in notices if takes_effect_at == version.takes_effect_at and pk != own.pk]
        waiting.filter(notice__in=same).update(state=DeliveryState.SKIPPED, error=Reason.TOLD_LATER)
    count = waiting.update(due_at=now())
    for notice_id in woken:
        transaction.on_commit(partial(wake, notice_id))
    return count


def tell_after_all(notice: Notice) -> int:
    """Make due what was skipped since ``notice``, which is stopped, was to tell it too; return how many mails that is.

    That is the skip that :func:`stop_waiting` makes. Who was told by ``notice`` before it was stopped, or is told by
    another one, is not told again.
    """
    if notice.kind != NoticeKind.ANNOUNCED:
        return 0
    version = notice.version
    later = Delivery.objects.filter(
        notice__kind=NoticeKind.ANNOUNCED,
        notice__version__policy=version.policy_id,
        notice__version__number__gt=OuterRef("notice__version__number"),
        user=OuterRef("user"),
    ).exclude(state__in=[DeliveryState.SKIPPED, DeliveryState.FAILED])
    skipped = Delivery.objects.filter(
        ~Exists(later),
        notice__kind=NoticeKind.ANNOUNCED,
        notice__version__policy=version.policy_id,
        notice__version__number__lt=version.number,
        notice__version__withdrawn_at=None,
        notice__purged_at=None,
        state=DeliveryState.SKIPPED,
        error=Reason.TOLD_LATER,
    ).exclude(notice__state=NoticeState.CANCELLED)
    # Looked up first: MariaDB changes no table that it reads in the same statement.
    found = dict(skipped.values_list("pk", "notice"))
    Delivery.objects.filter(pk__in=list(found)).update(state=DeliveryState.DUE, error="", due_at=now())
    reopened = Notice.objects.filter(pk__in=set(found.values()), state=NoticeState.FINISHED)
    reopened.update(state=NoticeState.SENDING, finished_at=None)
    for notice_id in sorted(set(found.values())):
        transaction.on_commit(partial(wake, notice_id), robust=True)
    return len(found)
