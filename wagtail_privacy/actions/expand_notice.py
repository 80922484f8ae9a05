"""Write the ledger: a row for each person who is to be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from wagtail_privacy.actions.moment import now
from wagtail_privacy.conf import conf
from wagtail_privacy.models.notice import Delivery, DeliveryState, Notice, NoticeState
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
        before = _languages_before(notice, people)
        Delivery.objects.bulk_create(
            [
                Delivery(
                    notice=notice,
                    user=user,
                    language=speaker.language_for(before.get(user.pk) or audience.language(user)),
                    due_at=due_at,
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
    """The people to be told who have no row yet.

    A change of plan is for exactly those who were told of the plan before it, and of none since. Who is being
    told at this moment is found by the next sweep.
    """
    has_row = Exists(Delivery.objects.filter(notice=notice, user=OuterRef("pk")))
    people = audience.people().filter(~has_row)
    if not notice.about:
        return people
    told = told_of(notice).filter(user=OuterRef("pk"))
    return people.filter(Exists(told.filter(as_of__lt=notice.about)), ~Exists(told.filter(as_of__gte=notice.about)))


def told_of(notice: Notice) -> QuerySet[Delivery]:
    """What people were sent, or may have been, about the versions whose plan ``notice`` tells the change of."""
    event = notice.event
    numbers = [event.data["number"], *(move["number"] for move in event.data["along"])] if event else []
    about = Notice.objects.filter(version__policy=notice.version.policy_id, version__number__in=numbers)
    return Delivery.objects.filter(notice__in=about, state__in=[DeliveryState.SENT, DeliveryState.IN_DOUBT])


def _languages_before(notice: Notice, people: list[Any]) -> dict[Any, str]:
    """The language that each of ``people`` was told the earlier plan in."""
    if not notice.about:
        return {}
    return dict(told_of(notice).filter(user__in=people).order_by("pk").values_list("user_id", "language"))


def _portions(people: QuerySet[Any]) -> Iterator[list[Any]]:
    people = people.order_by("pk")
    portion = list(people[:PORTION])
    while portion:
        yield portion
        portion = list(people.filter(pk__gt=portion[-1].pk)[:PORTION])
