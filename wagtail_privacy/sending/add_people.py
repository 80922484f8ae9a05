"""Write the ledger: a row for each person who is to be told, late joiners included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from wagtail_privacy.clock import now
from wagtail_privacy.conf import conf
from wagtail_privacy.notices.audience import Audience, chunks
from wagtail_privacy.notices.languages import content_language, default_language
from wagtail_privacy.notices.person import read_language
from wagtail_privacy.notices.translation_deadline import DueTimes
from wagtail_privacy.notices.unpublished import is_concerned
from wagtail_privacy.records.insert_select import insert_select
from wagtail_privacy.records.notice import Delivery, DeliveryState, Notice, NoticeKind, NoticeState, Reason
from wagtail_privacy.sending.alerts import warn_of_problems

#: People per INSERT statement: at most this much work is lost if one fails.
PEOPLE_PER_STATEMENT = 50_000


def expand_notice(notice_id: int) -> None:
    """Add a delivery for everyone concerned who has none yet, with the language that they read.

    Until the version takes effect, running it again adds those who joined since; after that it adds nobody. It can
    stop at any point and be run again: existing rows are kept.
    """
    notice = Notice.objects.select_related("version__policy").get(pk=notice_id)
    if not accepts_people(notice):
        return
    audience = conf.AUDIENCE(notice.version.policy)
    write = _write_in_sql if audience.has_language_in_sql else _write_one_by_one
    write(notice, audience, now())
    Notice.objects.filter(pk=notice.pk, expanded_at=None).update(expanded_at=now())
    Notice.objects.filter(pk=notice.pk, state=NoticeState.WAITING).update(state=NoticeState.SENDING)


def accepts_people(notice: Notice) -> bool:
    """Whether people may still be added."""
    if notice.is_stopped or notice.purged_at:
        return False
    if notice.expanded_at is None:
        return True
    if notice.kind == NoticeKind.UNPUBLISHED:
        return False  # whoever joins now has not read what is no longer public
    return now() < notice.version.takes_effect_at or (notice.changes_plan and notice.finished_at is None)


def expects_more_people(notice: Notice) -> bool:
    """Whether a change of plan may still get deliveries: for people whose mail about the earlier plan is being sent.

    A version that was brought forward to take effect at once is in force while its announcement may still be being
    sent.
    """
    if not notice.changes_plan:
        return False
    on_its_way = _deliveries_about_plan(notice).filter(state=DeliveryState.CLAIMED, as_of__lt=notice.about)
    return on_its_way.exists() or without_delivery(notice, conf.AUDIENCE(notice.version.policy).people()).exists()


def without_delivery(notice: Notice, people: QuerySet[Any], **within: Any) -> QuerySet[Any]:
    """Those of ``people`` who are to be told and have no row yet.

    A change of plan is for exactly those who were told of the plan before it, and of none since. People whose
    mail is being sent right now are found by the next sweep. ``within`` limits the rows that are looked through to the
    portion that ``people`` are.
    """
    has_row = Exists(Delivery.objects.filter(notice=notice, user=OuterRef("pk"), **within))
    people = people.filter(~has_row)
    if not notice.changes_plan:
        return people
    told = earlier_deliveries(notice).filter(user=OuterRef("pk"))
    return people.filter(Exists(told.filter(as_of__lt=notice.about)), ~Exists(told.filter(as_of__gte=notice.about)))


def earlier_deliveries(notice: Notice) -> QuerySet[Delivery]:
    """The deliveries that were sent, or may have been, about the versions whose changed plan ``notice`` is about.

    Who was skipped since another account with the same address got the mail has read it there.
    """
    told = Q(state__in=[DeliveryState.SENT, DeliveryState.IN_DOUBT])
    told_by_another = Q(state=DeliveryState.SKIPPED, error=Reason.SAME_ADDRESS)
    return _deliveries_about_plan(notice).filter(told | told_by_another)


def _deliveries_about_plan(notice: Notice) -> QuerySet[Delivery]:
    """All deliveries about the versions whose changed plan ``notice`` is about."""
    event = notice.event
    numbers = [event.data["number"], *(move["number"] for move in event.data["along"])] if event else []
    about = Notice.objects.filter(version__policy=notice.version.policy_id, version__number__in=numbers)
    return Delivery.objects.filter(notice__in=about)


def _write_in_sql(notice: Notice, audience: Audience, due_at: datetime) -> None:
    """Let the database write the rows, without loading people. One ``due_at`` for all keeps its index small."""
    people = audience.people().annotate(_code=_code(notice, audience))
    languages = _languages(people)
    people = _reading(people, languages, is_concerned(notice))
    due_times = DueTimes(notice, due_at)
    due = {code: due_times.due_at(language) for code, language in languages.items()}
    values = {
        "notice": Value(notice.pk),
        "user": F("pk"),
        "due_at": _by_code(due, Delivery._meta.get_field("due_at")),
        "attempts": Value(0),
        "state": Value(DeliveryState.DUE.value),
        "language": _by_code(languages, CharField()),
        "error": Value(""),
    }
    for within in _key_ranges(people):
        portion = people.filter(**{f"pk__{end}": pk for end, pk in within.items()})
        rows = without_delivery(notice, portion, **{f"user__{end}": pk for end, pk in within.items()})
        if insert_select(Delivery, rows.order_by("pk"), values):
            _reopen(notice)


def _key_ranges(people: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """Consecutive ranges of primary keys, of at most :data:`PEOPLE_PER_STATEMENT` people each; the last is open-ended.

    They cover all accounts, concerned or not: to count only those concerned, the database would scan everyone twice.
    """
    keys = people.model._base_manager.order_by("pk").values_list("pk", flat=True)
    within: dict[str, Any] = {}
    while last := keys.filter(**{f"pk__{end}": pk for end, pk in within.items()})[
        PEOPLE_PER_STATEMENT - 1 : PEOPLE_PER_STATEMENT
    ].first():
        yield {**within, "lte": last}
        within = {"gt": last}
    yield within


def _code(notice: Notice, audience: Audience) -> Any:
    """The language code of a person: of a change of plan, the language that they were told the earlier one in."""
    own = audience.language_expression()
    if not notice.changes_plan:
        return own
    before = earlier_deliveries(notice).filter(user=OuterRef("pk")).order_by("-pk").values("language")[:1]
    return Coalesce(Subquery(before), own, output_field=CharField())


def _languages(people: QuerySet[Any]) -> dict[str, str]:
    """The content language for each code that there is among ``people``, and for none."""
    codes = people.order_by().values_list("_code", flat=True).distinct()
    return {code: content_language(code) for code in ("", *filter(None, codes))}


def _reading(people: QuerySet[Any], languages: dict[str, str], wanted: Callable[[str], bool]) -> QuerySet[Any]:
    """Those of ``people`` who read a ``wanted`` language. An unknown code means what none means."""
    codes = [code for code in languages if code]
    if wanted(languages[""]):
        left_out = [code for code in codes if not wanted(languages[code])]
        return people.filter(Q(_code=None) | ~Q(_code__in=left_out)) if left_out else people
    return people.filter(_code__in=[code for code in codes if wanted(languages[code])])


def _by_code(values: dict[str, Any], field: Any) -> Any:
    """The value for a person's code; for an unknown one, what those without a code have."""
    usual = values[""]
    cases = [When(_code=code, then=Value(value, field)) for code, value in values.items() if value != usual]
    return Case(*cases, default=Value(usual, field), output_field=field) if cases else Value(usual, field)


def _write_one_by_one(notice: Notice, audience: Audience, due_at: datetime) -> None:
    """For an audience that knows a person's language only in Python: loads people in chunks."""
    due_times, wanted = DueTimes(notice, due_at), is_concerned(notice)
    for people in chunks(without_delivery(notice, audience.people())):
        before, default = _languages_before(notice, people), default_language()
        rows = []
        for user in people:
            language, problem = (before[user.pk], "") if before.get(user.pk) else read_language(audience, user, default)
            if wanted(language):
                due = due_times.due_at(language)
                rows.append(Delivery(notice=notice, user=user, language=language, due_at=due, error=problem))
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        _reopen(notice)
        if any(row.error for row in rows):
            warn_of_problems(notice)


def _languages_before(notice: Notice, people: list[Any]) -> dict[Any, str]:
    """The language that each of ``people`` was told the earlier plan in."""
    if not notice.changes_plan:
        return {}
    return dict(earlier_deliveries(notice).filter(user__in=people).order_by("pk").values_list("user_id", "language"))


def _reopen(notice: Notice) -> None:
    """Set ``notice`` back to sending, since deliveries were added. A paused or cancelled one stays so."""
    finished = Notice.objects.filter(pk=notice.pk, state__in=[NoticeState.WAITING, NoticeState.FINISHED])
    finished.update(state=NoticeState.SENDING, finished_at=None)
