"""Postponing, bringing forward and withdrawing: the day, the later versions, the readers, and who is told what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core import mail
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, PageLogEntry

from tests.notices.factories import person
from tests.policies import body, draft, may_publish_everywhere, reloaded
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.actions.reconcile import unrecorded
from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.clock import at, day_of, start_of
from wagtail_privacy.models import Event, EventKind, Notice, PolicyPage, Version
from wagtail_privacy.sending.add_people import expand_notice
from wagtail_privacy.sending.claim import claim
from wagtail_privacy.sending.deliver import deliver
from wagtail_privacy.sending.sweep import sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
TODAY = datetime(2026, 3, 2, 9, 0, tzinfo=start_of(date(2026, 3, 2)).tzinfo)
WHY = "Systemet är inte klart."


@pytest.fixture(autouse=True)
def moment() -> Iterator[None]:
    with at(TODAY):
        yield


def on(day: date) -> Any:
    return at(start_of(day) + timedelta(hours=9))


def publish(page: PolicyPage, duration: str, **answers: Any) -> Version:
    """A longer storage period, which people must be told about, announced for 1 April unless answered otherwise."""
    newest = page.get_latest_revision_as_object()
    newest.body = body(duration=duration)
    answers = {"summary": "Vi sparar längre.", **answers}
    version = publish_policy(newest, **answers)
    assert version
    return version


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """Version 1 in force, version 2 announced for 1 April, version 3 for 1 May."""
    page = draft(root)
    page.save_revision().publish()
    page = reloaded(page)
    publish(page, "P36M", takes_effect_on=date(2026, 4, 1))
    publish(page, "P48M", takes_effect_on=date(2026, 5, 1))
    return reloaded(page)


def version(page: PolicyPage, number: int) -> Version:
    return page.policy.versions.get(number=number)


def days(page: PolicyPage) -> list[date]:
    return [
        day_of(moment) for moment in page.policy.versions.order_by("number").values_list("takes_effect_at", flat=True)
    ]


def events(page: PolicyPage, number: int) -> list[str]:
    return list(version(page, number).events.exclude(kind=EventKind.SEALED).values_list("kind", flat=True))


def tell() -> None:
    """What the task worker and the sweep do, until nothing is left."""
    for notice in Notice.objects.order_by("pk"):
        deliver(notice.pk)


def subjects(address: str) -> list[str]:
    return [message.subject for message in mail.outbox if message.to == [address]]


# --- The day ---


def test_a_postponed_version_moves_later_ones_that_would_run_against_the_numbers(page: PolicyPage) -> None:
    event = change_day(version(page, 2), date(2026, 6, 1), reason=WHY)
    assert event and (event.kind, event.reason) == (EventKind.POSTPONED, WHY)
    assert days(page) == [date(2026, 3, 2), date(2026, 6, 1), date(2026, 6, 1)]
    assert [events(page, number)[-1] for number in (2, 3)] == [EventKind.POSTPONED, EventKind.POSTPONED]


def test_a_later_version_that_is_late_enough_stays(page: PolicyPage) -> None:
    change_day(version(page, 2), date(2026, 4, 15), reason=WHY)
    assert days(page) == [date(2026, 3, 2), date(2026, 4, 15), date(2026, 5, 1)]
    assert events(page, 3)[-1] == EventKind.ANNOUNCED


def test_the_same_day_again_is_nothing(page: PolicyPage) -> None:
    change_day(version(page, 2), date(2026, 4, 15), reason=WHY)
    count = Event.objects.count()
    assert change_day(version(page, 2), date(2026, 4, 15), reason=WHY) is None
    assert Event.objects.count() == count
    assert Notice.objects.filter(kind="postponed").count() == 1


def test_brought_forward_down_to_the_floor(page: PolicyPage) -> None:
    event = change_day(version(page, 2), date(2026, 3, 16), reason=WHY)
    assert event and event.kind == EventKind.BROUGHT_FORWARD
    assert days(page)[1] == date(2026, 3, 16)


def permitted(*codenames: str) -> Any:
    user = get_user_model().objects.create_user("karin", "karin@example.org")
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    may_publish_everywhere(user)
    return get_user_model().objects.get(pk=user.pk)


def refused(*args: Any, **kwargs: Any) -> ActionError:
    with pytest.raises(ActionError) as caught:
        change_day(*args, **kwargs)
    return caught.value


def test_below_the_floor_only_with_the_permission(page: PolicyPage) -> None:
    may_not = permitted("change_plan")
    assert refused(version(page, 2), date(2026, 3, 15), user=may_not, reason=WHY).field == "day"
    assert days(page)[1] == date(2026, 4, 1)
    get_user_model().objects.all().delete()
    change_day(version(page, 2), date(2026, 3, 5), user=permitted("change_plan", "shorten_notice"), reason=WHY)
    assert days(page)[1] == date(2026, 3, 5)


def test_a_new_purpose_never_without_notice(root: Page) -> None:
    page = draft(root)
    page.save_revision().publish()
    newest = reloaded(page).get_latest_revision_as_object()
    newest.body = body(new="Reklam")
    publish_policy(newest, summary="Reklam.")
    with override("en"):
        assert "13(3)" in refused(version(page, 2), date(2026, 3, 2), reason=WHY).message
    change_day(version(page, 2), date(2026, 3, 3), reason=WHY)


@pytest.mark.parametrize(
    ("number", "day", "reason", "words"),
    [
        pytest.param(2, date(2026, 3, 1), WHY, "found 2026-03-01", id="in the past"),
        pytest.param(2, date(9999, 12, 31), WHY, "found 9999-12-31", id="out of reach"),
        pytest.param(3, date(2026, 3, 20), WHY, "version 2", id="before the version below"),
        pytest.param(1, date(2026, 4, 20), WHY, "applied since", id="in force"),
        pytest.param(2, date(2026, 4, 20), "  ", "Expected a reason", id="no reason"),
    ],
)
def test_what_is_refused_says_why(page: PolicyPage, number: int, day: date, reason: str, words: str) -> None:
    before = (days(page), Event.objects.count())
    with override("en"):
        assert words in refused(version(page, number), day, reason=reason).message
    assert (days(page), Event.objects.count()) == before


def test_only_who_may(page: PolicyPage) -> None:
    user = permitted("publish_material", "shorten_notice")
    refused(version(page, 2), date(2026, 6, 1), user=user, reason=WHY)
    with pytest.raises(ActionError):
        withdraw(version(page, 2), user=user, reason=WHY)
    assert days(page)[1] == date(2026, 4, 1)


def test_the_change_of_plan_stands_in_the_audit_log(page: PolicyPage, editor: Any, client: Any) -> None:
    change_day(version(page, 2), date(2026, 6, 1), user=editor, reason=WHY)
    withdraw(version(page, 3), user=editor, reason="Ändå inte.")
    entries = PageLogEntry.objects.filter(page=page.pk, user=editor, action__startswith="wagtail_privacy.")
    assert {entry.action for entry in entries} == {"wagtail_privacy.postponed", "wagtail_privacy.withdrawn"}
    client.force_login(editor)
    shown = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert WHY in shown
    assert "Ändå inte." in shown


# --- Withdrawing ---


def test_withdrawing_takes_every_later_version_along(page: PolicyPage) -> None:
    event = withdraw(version(page, 2), reason=WHY)
    assert event and [move["number"] for move in event.data["along"]] == [3]
    assert [version.withdrawn_at is not None for version in page.policy.versions.order_by("number")] == [
        False,
        True,
        True,
    ]
    assert page.policy.newest_version().number == 1
    with on(date(2026, 7, 1)):
        assert reloaded(page).text_in_force().version.number == 1


def test_withdrawing_twice_is_once(page: PolicyPage) -> None:
    withdraw(version(page, 2), reason=WHY)
    count = Event.objects.count()
    assert withdraw(version(page, 2), reason=WHY) is None
    assert Event.objects.count() == count


def test_what_applies_cannot_be_withdrawn(page: PolicyPage) -> None:
    with on(date(2026, 4, 2)), pytest.raises(ActionError, match="2"):
        withdraw(version(page, 2), reason=WHY)
    assert version(page, 2).withdrawn_at is None


def test_the_next_publication_builds_on_what_stands_and_takes_the_next_number(page: PolicyPage) -> None:
    withdraw(version(page, 2), reason=WHY)
    made = publish(reloaded(page), "P60M")
    assert (made.number, made.builds_on.number) == (4, 1)
    (change,) = made.text("sv").changes
    assert (change.old, change.new) == ("P24M", "P60M")


def test_the_answers_for_what_was_withdrawn_are_not_used_again(root: Page) -> None:
    page = draft(root)
    page.save_revision().publish()
    publish(reloaded(page), "P36M", materiality="minor", reason="Gäller ingen.", takes_effect_on=date(2026, 4, 1))
    withdraw(version(page, 2), reason=WHY)
    newest = reloaded(page).get_latest_revision_as_object()
    newest.body = body(duration="P48M")
    newest.save_revision().publish()  # by code that answers nothing
    made = version(page, 3)
    assert (made.materiality, made.reason, made.text("sv").summary) == ("material", "", "")


def test_what_was_withdrawn_is_not_recorded_anew_by_the_net(page: PolicyPage) -> None:
    withdraw(version(page, 2), reason=WHY)
    assert list(unrecorded()) == []


def test_readers_see_what_became_of_it(page: PolicyPage, client: Any) -> None:
    withdraw(version(page, 2), reason=WHY)
    assert client.get(f"{page.url}versions/2/").context["status"] == "withdrawn"
    shown = client.get(page.url).context
    assert (shown["version"].number, shown["announcements"]) == (1, [])
    assert WHY not in client.get(f"{page.url}history/").content.decode()


# --- Who is told ---


def test_everyone_told_of_the_day_is_told_of_the_new_one_once(page: PolicyPage) -> None:
    person("anna", "sv")
    person("bob", "sv")
    tell()
    mail.outbox.clear()
    change_day(version(page, 2), date(2026, 6, 1), reason=WHY)
    tell()
    tell()
    assert [len(subjects(f"{name}@example.org")) for name in ("anna", "bob")] == [1, 1]
    message = mail.outbox[0]
    assert "1 juni 2026" in message.subject
    assert "1 april 2026" in message.body
    assert WHY not in message.body
    assert Notice.objects.last().head in message.body


def test_who_was_told_of_neither_gets_the_newest_truth_alone(page: PolicyPage) -> None:
    person("anna", "sv")
    change_day(version(page, 2), date(2026, 6, 1), reason=WHY)
    tell()
    (first, second) = sorted(subjects("anna@example.org"))
    assert "1 juni 2026" in first
    assert "1 juni 2026" in second  # version 3, which moved along
    assert not Notice.objects.get(kind="postponed").deliveries.exists()


def test_who_joins_later_gets_no_mail_about_a_plan_they_never_heard_of(page: PolicyPage) -> None:
    person("anna", "sv")
    tell()
    change_day(version(page, 3), date(2026, 6, 1), reason=WHY)
    person("bob", "sv")
    tell()
    assert list(Notice.objects.get(kind="postponed").deliveries.values_list("user__username", flat=True)) == ["anna"]
    assert len(subjects("bob@example.org")) == 2


def test_changed_twice_before_anyone_was_told_is_one_mail(page: PolicyPage) -> None:
    person("anna", "sv")
    tell()
    mail.outbox.clear()
    change_day(version(page, 3), date(2026, 6, 1), reason=WHY)
    change_day(version(page, 3), date(2026, 7, 1), reason=WHY)
    tell()
    (subject,) = subjects("anna@example.org")
    assert "1 juli 2026" in subject


def test_changed_twice_and_told_twice(page: PolicyPage) -> None:
    person("anna", "sv")
    tell()
    for day in (date(2026, 6, 1), date(2026, 7, 1)):
        change_day(version(page, 3), day, reason=WHY)
        tell()
    assert len(subjects("anna@example.org")) == 4


def test_one_mail_tells_that_all_is_withdrawn(page: PolicyPage) -> None:
    person("anna", "sv")
    tell()
    mail.outbox.clear()
    withdraw(version(page, 2), reason=WHY)
    tell()
    (message,) = mail.outbox
    assert Notice.objects.get(kind="withdrawn").deliveries.count() == 1
    assert "version 2" in message.body
    assert "version 3" in message.body
    html = message.alternatives[0].content
    assert "1 april 2026" in html
    assert "1 maj 2026" in html


def test_a_running_notice_of_what_was_withdrawn_stops(page: PolicyPage) -> None:
    person("anna", "sv")
    first = version(page, 2).notices.get()
    expand_notice(first.pk)
    withdraw(version(page, 2), reason=WHY)
    tell()
    assert mail.outbox == []
    assert sweep() == []


def test_who_is_being_told_the_old_day_at_that_moment_is_found_by_the_sweep(page: PolicyPage) -> None:
    person("anna", "sv")
    first = version(page, 2).notices.get()
    expand_notice(first.pk)
    batch = claim(first, as_of=page.policy.chain_length)
    change_day(version(page, 2), date(2026, 4, 15), reason=WHY)
    about_it = Notice.objects.get(kind="postponed")
    deliver(about_it.pk)
    assert not about_it.deliveries.exists()
    first.deliveries.filter(pk__in=[claimed.delivery.pk for claimed in batch.claimed]).update(state="sent")
    assert about_it.pk in sweep()
    deliver(about_it.pk)
    assert about_it.deliveries.count() == 1


def test_who_is_being_told_the_old_day_while_it_is_brought_forward_to_at_once_is_told_that(page: PolicyPage) -> None:
    """The version is in force when the mail about its old day is sent: the notice of the change waits for that."""
    person("anna", "sv")
    first = version(page, 2).notices.get()
    expand_notice(first.pk)
    batch = claim(first, as_of=page.policy.chain_length)
    change_day(version(page, 2), day_of(TODAY), reason=WHY)
    about_it = Notice.objects.get(kind="postponed")
    with at(TODAY + timedelta(minutes=5)):
        deliver(about_it.pk)
        assert not about_it.deliveries.exists()
        first.deliveries.filter(pk__in=[claimed.delivery.pk for claimed in batch.claimed]).update(state="sent")
        assert about_it.pk in sweep()
        deliver(about_it.pk)
        assert about_it.deliveries.get().state == "sent"
        deliver(about_it.pk)
        assert about_it.pk not in sweep()
    assert len([subject for subject in subjects("anna@example.org") if "2026" in subject]) == 1


def test_nobody_is_told_of_a_change_that_nobody_was_told_of(root: Page) -> None:
    page = draft(root)
    page.save_revision().publish()
    newest = reloaded(page).get_latest_revision_as_object()
    newest.body = body(duration="P12M")
    publish_policy(newest, takes_effect_on=date(2026, 4, 1))
    change_day(version(page, 2), date(2026, 5, 1), reason=WHY)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Africa/Cairo", date(2026, 4, 24)),
        ("Asia/Beirut", date(2026, 3, 29)),
        ("America/Santiago", date(2026, 9, 6)),
        ("America/Havana", date(2026, 3, 8)),
        ("Europe/Stockholm", date(2026, 3, 29)),
    ],
)
def test_changing_to_the_day_that_it_has_is_no_event(root: Page, settings: Any, zone: str, day: date) -> None:
    """The clocks of most of these go forward at midnight on that day: it has no 00:00."""
    settings.TIME_ZONE = zone
    new = draft(root)
    new.save_revision().publish()
    with at(datetime(2026, 2, 1, 12, tzinfo=UTC)):
        announced = publish(reloaded(new), "P36M", takes_effect_on=day)
    announced.refresh_from_db()
    assert day_of(announced.takes_effect_at) == day
    before = Notice.objects.count(), announced.events.count()
    with at(datetime(2026, 2, 2, 12, tzinfo=UTC)):
        assert change_day(announced, day, reason=WHY) is None
    assert (Notice.objects.count(), announced.events.count()) == before


@pytest.mark.parametrize("day", [date.max, date(9999, 1, 1)])
def test_the_last_day_there_is_is_too_late(page: PolicyPage, day: date) -> None:
    with pytest.raises(ActionError, match="förväntades|Expected|Väntade|dag"):
        change_day(version(page, 2), day, reason=WHY)
