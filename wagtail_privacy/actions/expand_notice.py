"""Write the ledger: a row for each person who is to be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from wagtail_privacy.actions.moment import now
from wagtail_privacy.conf import conf
from wagtail_privacy.models.notice import Delivery, Notice, NoticeState
from wagtail_privacy.notices.announcement import Speaker
from wagtail_privacy.notices.audience import Audience

#: People written at a time: so many are in memory, however many there are.
PORTION = 1000


def expand_notice(notice_id: int) -> None:
    """Add everyone to be told who has no row yet, in the language they will be told in.

    Until the version takes effect, a repeat adds those who joined since; after that it adds nobody. It can stop
    anywhere and be run again: who has a row keeps it.
    """
    notice = Notice.objects.select_related("version__policy").get(pk=notice_id)
    if not is_open(notice):
        return
    audience = conf.AUDIENCE(notice.version.policy)
    speaker = Speaker(notice.version)
    due_at = now()  # one moment for all: the index on what is due stays small
    for people in _portions(missing(notice, audience)):
        Delivery.objects.bulk_create(
            [
                Delivery(
                    notice=notice, user=user, language=speaker.language_for(audience.language(user)), due_at=due_at
                )
                for user in people
            ],
            ignore_conflicts=True,
        )
        Notice.objects.filter(pk=notice.pk).update(state=NoticeState.SENDING, finished_at=None)
    Notice.objects.filter(pk=notice.pk, expanded_at=None).update(expanded_at=now(), state=NoticeState.SENDING)


def is_open(notice: Notice) -> bool:
    """Whether people may still be added."""
    if notice.is_stopped:
        return False
    return notice.expanded_at is None or now() < notice.version.takes_effect_at


def missing(notice: Notice, audience: Audience) -> QuerySet[Any]:
    """The people to be told who have no row yet."""
    has_row = Exists(Delivery.objects.filter(notice=notice, user=OuterRef("pk")))
    return audience.people().filter(~has_row)


def _portions(people: QuerySet[Any]) -> Iterator[list[Any]]:
    people = people.order_by("pk")
    portion = list(people[:PORTION])
    while portion:
        yield portion
        portion = list(people.filter(pk__gt=portion[-1].pk)[:PORTION])
