"""Write the ledger: a row for each person who is to be told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from wagtail_privacy.actions.moment import now
from wagtail_privacy.conf import conf
from wagtail_privacy.models.insert_select import insert_select
from wagtail_privacy.models.notice import Delivery, DeliveryState, Notice, NoticeState
from wagtail_privacy.notices.audience import Audience, content_language, portions
from wagtail_privacy.notices.waiting import Waiting

#: People whose rows are written by one statement: a lost one costs so much work, however many there are.
STRIDE = 50_000


def expand_notice(notice_id: int) -> None:
    """Add everyone to be told who has no row yet, with the language that they read.

    Until the version takes effect, a repeat adds those who joined since; after that it adds nobody. It can stop
    anywhere and be run again: who has a row keeps it.
    """
    notice = Notice.objects.select_related("version__policy").get(pk=notice_id)
    if not is_open(notice):
        return
    audience = conf.AUDIENCE(notice.version.policy)
    write = _write_in_sql if audience.is_asked_in_sql else _write_one_by_one
    write(notice, audience, now())
    Notice.objects.filter(pk=notice.pk, expanded_at=None).update(expanded_at=now())
    Notice.objects.filter(pk=notice.pk, state=NoticeState.WAITING).update(state=NoticeState.SENDING)


def is_open(notice: Notice) -> bool:
    """Whether people may still be added."""
    if notice.is_stopped or notice.purged_at:
        return False
    if notice.expanded_at is None or now() < notice.version.takes_effect_at:
        return True
    return bool(notice.about) and notice.finished_at is None


def awaits_somebody(notice: Notice) -> bool:
    """Whether a change of plan has somebody to wait for: who is being told the plan before it, or just was.

    A version brought forward to at once is in force while its announcement may still be on its way.
    """
    if not notice.about:
        return False
    on_its_way = _of_the_plan(notice).filter(state=DeliveryState.CLAIMED, as_of__lt=notice.about)
    return on_its_way.exists() or missing(notice, conf.AUDIENCE(notice.version.policy).people()).exists()


def missing(notice: Notice, people: QuerySet[Any], **within: Any) -> QuerySet[Any]:
    """Those of ``people`` who are to be told and have no row yet.

    A change of plan is for exactly those who were told of the plan before it, and of none since. Who is being
    told at this moment is found by the next sweep. ``within`` limits the rows that are looked through to the
    portion that ``people`` are.
    """
    has_row = Exists(Delivery.objects.filter(notice=notice, user=OuterRef("pk"), **within))
    people = people.filter(~has_row)
    if not notice.about:
        return people
    told = told_of(notice).filter(user=OuterRef("pk"))
    return people.filter(Exists(told.filter(as_of__lt=notice.about)), ~Exists(told.filter(as_of__gte=notice.about)))


def told_of(notice: Notice) -> QuerySet[Delivery]:
    """What people were sent, or may have been, about the versions whose plan ``notice`` tells the change of."""
    return _of_the_plan(notice).filter(state__in=[DeliveryState.SENT, DeliveryState.IN_DOUBT])


def _of_the_plan(notice: Notice) -> QuerySet[Delivery]:
    """All deliveries about the versions whose plan ``notice`` tells the change of."""
    event = notice.event
    numbers = [event.data["number"], *(move["number"] for move in event.data["along"])] if event else []
    about = Notice.objects.filter(version__policy=notice.version.policy_id, version__number__in=numbers)
    return Delivery.objects.filter(notice__in=about)


def _write_in_sql(notice: Notice, audience: Audience, due_at: datetime) -> None:
    """Let the database write the rows: nobody is read. One moment for all that is due keeps its index small."""
    people = audience.people().annotate(_code=_code(notice, audience))
    languages = _languages(people)
    waiting = Waiting(notice, due_at)
    due = {code: waiting.due_at(language) for code, language in languages.items()}
    values = {
        "notice": Value(notice.pk),
        "user": F("pk"),
        "due_at": _by_code(due, Delivery._meta.get_field("due_at")),
        "attempts": Value(0),
        "state": Value(DeliveryState.DUE.value),
        "language": _by_code(languages, CharField()),
        "error": Value(""),
    }
    for within in _strides(people):
        portion = people.filter(**{f"pk__{end}": pk for end, pk in within.items()})
        rows = missing(notice, portion, **{f"user__{end}": pk for end, pk in within.items()})
        if insert_select(Delivery, rows.order_by("pk"), values):
            _reopen(notice)


def _strides(people: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """Ranges of primary keys, one after the other, of at most :data:`STRIDE` people; the last is open-ended.

    They are of all accounts, told or not: to count those alone, the database would look through everyone twice.
    """
    keys = people.model._base_manager.order_by("pk").values_list("pk", flat=True)
    within: dict[str, Any] = {}
    while last := keys.filter(**{f"pk__{end}": pk for end, pk in within.items()})[STRIDE - 1 : STRIDE].first():
        yield {**within, "lte": last}
        within = {"gt": last}
    yield within


def _code(notice: Notice, audience: Audience) -> Any:
    """The language code of a person: of a change of plan, the language that they were told the earlier one in."""
    own = audience.language_expression()
    if not notice.about:
        return own
    before = told_of(notice).filter(user=OuterRef("pk")).order_by("-pk").values("language")[:1]
    return Coalesce(Subquery(before), own, output_field=CharField())


def _languages(people: QuerySet[Any]) -> dict[str, str]:
    """The content language for each code that there is among ``people``, and for none."""
    codes = people.order_by().values_list("_code", flat=True).distinct()
    return {code: content_language(code) for code in ("", *filter(None, codes))}


def _by_code(values: dict[str, Any], field: Any) -> Any:
    """The value for a person's code; for an unknown one, what those without a code have."""
    usual = values[""]
    cases = [When(_code=code, then=Value(value, field)) for code, value in values.items() if value != usual]
    return Case(*cases, default=Value(usual, field), output_field=field) if cases else Value(usual, field)


def _write_one_by_one(notice: Notice, audience: Audience, due_at: datetime) -> None:
    """For an audience that knows a person's language in Python alone: a portion of people in memory at a time."""
    waiting = Waiting(notice, due_at)
    for people in portions(missing(notice, audience.people())):
        before = _languages_before(notice, people)
        languages = (before.get(user.pk) or audience.language(user) for user in people)
        rows = [
            Delivery(notice=notice, user=user, language=language, due_at=waiting.due_at(language))
            for user, language in zip(people, languages, strict=True)
        ]
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        _reopen(notice)


def _languages_before(notice: Notice, people: list[Any]) -> dict[Any, str]:
    """The language that each of ``people`` was told the earlier plan in."""
    if not notice.about:
        return {}
    return dict(told_of(notice).filter(user__in=people).order_by("pk").values_list("user_id", "language"))


def _reopen(notice: Notice) -> None:
    """Somebody is to be told: ``notice`` is not finished, or no longer. A pause and a cancellation stand."""
    finished = Notice.objects.filter(pk=notice.pk, state__in=[NoticeState.WAITING, NoticeState.FINISHED])
    finished.update(state=NoticeState.SENDING, finished_at=None)
