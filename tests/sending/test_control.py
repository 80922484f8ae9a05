"""What a person does about a notice, and what it leaves in the history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core import mail
from django.utils import translation
from wagtail.models import ModelLogEntry

from tests.notices import factories
from tests.notices.factories import PUBLISHED, person
from tests.policies import may_publish_everywhere
from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.clock import at
from wagtail_privacy.models import Notice
from wagtail_privacy.records.notice import BY_HAND, DeliveryState, NoticeState, Reason
from wagtail_privacy.sending.add_people import expand_notice
from wagtail_privacy.sending.claim import claim
from wagtail_privacy.sending.control import (
    accept_in_doubt,
    cancel_notice,
    pause_notice,
    resend_in_doubt,
    resume_notice,
    retry_failed,
)
from wagtail_privacy.sending.deliver import deliver
from wagtail_privacy.sending.seal import last_seal
from wagtail_privacy.sending.send import send_notice
from wagtail_privacy.sending.sweep import sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

Verb = Callable[..., Any]


@pytest.fixture(autouse=True)
def moment() -> Iterator[None]:
    with at(PUBLISHED + timedelta(hours=1)), translation.override("en"):
        yield


def notice_to(*names: str) -> Notice:
    """A notice whose ledger is written, to people called so."""
    for name in names:
        person(name, "sv")
    notice = factories.notice()
    expand_notice(notice.pk)
    return notice


def stored(notice: Notice) -> Notice:
    return Notice.objects.get(pk=notice.pk)


def mark(notice: Notice, name: str, state: str, error: str = "") -> None:
    notice.deliveries.filter(user__username=name).update(state=state, error=error, attempts=3, as_of=1)


def test_a_paused_notice_sends_nothing_until_it_is_resumed(django_capture_on_commit_callbacks: Any) -> None:
    notice = notice_to("anna")
    pause_notice(notice.pk)

    deliver(notice.pk)
    assert sweep() == []
    assert mail.outbox == []
    assert (stored(notice).state, stored(notice).paused_because) == (NoticeState.PAUSED, BY_HAND)

    with django_capture_on_commit_callbacks(execute=True):
        resume_notice(notice.pk)
    assert len(mail.outbox) == 1
    assert (stored(notice).state, stored(notice).paused_because) == (NoticeState.FINISHED, "")


def test_a_pause_ends_the_run_of_a_sender_and_gives_nothing_up(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.WAGTAIL_PRIVACY_BATCH_SIZE = 1
    notice = notice_to("anna", "bob")
    paused: list[bool] = []

    def pause_at_the_first(*args: Any, **kwargs: Any) -> int:
        if not paused:
            paused.append(True)
            pause_notice(notice.pk)
        return 1

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", pause_at_the_first)
    send_notice(notice.pk)

    assert stored(notice).state == NoticeState.PAUSED
    assert notice.totals() == {("sent", "sv"): 1, ("due", "sv"): 1}


def test_who_joins_a_paused_notice_is_told_when_it_goes_on() -> None:
    notice = notice_to("anna")
    deliver(notice.pk)
    person("ny", "sv")
    expand_notice(notice.pk)
    pause_notice(notice.pk)
    person("nyare", "sv")
    assert sweep() == []

    resume_notice(notice.pk)
    sweep()

    assert notice.totals() == {("sent", "sv"): 3}


def test_a_notice_paused_by_the_server_is_resumed_by_hand_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = notice_to("anna")
    later = PUBLISHED + timedelta(days=1)
    Notice.objects.update(state=NoticeState.PAUSED, retry_at=later, paused_because="421", refusals=2)

    resume_notice(notice.pk)
    send_notice(notice.pk)

    assert len(mail.outbox) == 1
    assert stored(notice).state == NoticeState.FINISHED


def test_a_cancelled_notice_tells_nobody_more_and_its_totals_are_sealed() -> None:
    notice = notice_to("anna", "bob", "cia")
    mark(notice, "anna", DeliveryState.SENT)
    mark(notice, "cia", DeliveryState.DUE, Reason.NO_ANSWER)

    cancel_notice(notice.pk)

    deliver(notice.pk)
    assert sweep() == []
    assert mail.outbox == []
    assert stored(notice).state == NoticeState.CANCELLED
    assert notice.totals() == {("sent", "sv"): 1, ("skipped", "sv"): 1, ("doubt", "sv"): 1}
    assert notice.deliveries.get(state=DeliveryState.SKIPPED).error == Reason.CANCELLED
    seal = last_seal(notice)
    assert seal is not None
    assert (seal.data["state"], seal.data["deliveries"]["skipped"]) == ("cancelled", {"sv": 1})


def test_what_is_being_sent_when_a_notice_is_cancelled_is_accounted_for() -> None:
    notice = notice_to("anna", "bob")
    assert len(claim(notice, as_of=1).claimed) == 2
    cancel_notice(notice.pk)
    assert stored(notice).finished_at is None

    with at(PUBLISHED + timedelta(hours=2)):
        sweep()

    assert notice.totals() == {("doubt", "sv"): 2}, "Its sender died: each may have been sent."
    assert stored(notice).state == NoticeState.CANCELLED
    assert last_seal(notice) is not None


def test_a_finished_notice_can_be_cancelled_as_long_as_people_would_be_added() -> None:
    notice = notice_to("anna")
    deliver(notice.pk)
    cancel_notice(notice.pk)
    person("ny", "sv")

    assert sweep() == []
    assert len(mail.outbox) == 1


def test_what_failed_is_tried_again_from_the_first_attempt_on(django_capture_on_commit_callbacks: Any) -> None:
    notice = notice_to("anna", "bob")
    mark(notice, "anna", DeliveryState.FAILED, "550 5.7.1")
    deliver(notice.pk)
    assert stored(notice).state == NoticeState.FINISHED

    with django_capture_on_commit_callbacks(execute=True):
        assert retry_failed(notice.pk) == 1

    assert [message.to for message in mail.outbox] == [["bob@example.org"], ["anna@example.org"]]
    assert set(notice.deliveries.values_list("state", "attempts", "error")) == {(DeliveryState.SENT, 1, "")}
    assert stored(notice).state == NoticeState.FINISHED


def test_what_is_in_doubt_is_sent_again_or_taken_as_sent(django_capture_on_commit_callbacks: Any) -> None:
    notice = notice_to("anna", "bob")
    mark(notice, "anna", DeliveryState.IN_DOUBT, Reason.NO_ANSWER)
    deliver(notice.pk)

    with django_capture_on_commit_callbacks(execute=True):
        assert resend_in_doubt(notice.pk) == 1
    assert len(mail.outbox) == 2

    mark(notice, "bob", DeliveryState.IN_DOUBT, Reason.NO_ANSWER)
    assert accept_in_doubt(notice.pk) == 1
    assert len(mail.outbox) == 2
    taken = notice.deliveries.get(user__username="bob")
    assert (taken.state, taken.error) == (DeliveryState.SENT, Reason.NO_ANSWER)
    seal = last_seal(notice)
    assert seal is not None
    assert seal.data["deliveries"] == {"sent": {"sv": 2}}


VERBS = [pause_notice, resume_notice, cancel_notice, retry_failed, resend_in_doubt, accept_in_doubt]


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        (pause_notice, "nothing to pause"),
        (resume_notice, "is not paused"),
        (retry_failed, "has failed"),
        (resend_in_doubt, "in doubt"),
        (accept_in_doubt, "in doubt"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_cannot_be_done_is_refused_in_words_and_not_noted(verb: Verb, words: str) -> None:
    notice = notice_to("anna")
    deliver(notice.pk)

    with pytest.raises(ActionError, match=words):
        verb(notice.pk)
    assert not ModelLogEntry.objects.filter(action__startswith="wagtail_privacy.notice").exists()


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: str(verb.__name__))
def test_a_cancelled_notice_stays_so(verb: Verb) -> None:
    notice = notice_to("anna")
    cancel_notice(notice.pk)

    with pytest.raises(ActionError, match="was cancelled"):
        verb(notice.pk)


def test_what_was_withdrawn_is_not_tried_again() -> None:
    notice = notice_to("anna")
    mark(notice, "anna", DeliveryState.FAILED, "550")
    type(notice.version).objects.update(withdrawn_at=PUBLISHED)

    with pytest.raises(ActionError, match="was withdrawn"):
        retry_failed(notice.pk)
    assert notice.totals() == {("failed", "sv"): 1}


def test_it_takes_the_permission_and_is_noted_in_the_audit_log() -> None:
    notice = notice_to("anna")
    user = get_user_model().objects.create_user("kim", "", "kim", is_active=True)

    with pytest.raises(ActionError, match="You may not"):
        pause_notice(notice.pk, user=user)
    user.user_permissions.add(Permission.objects.get(codename="manage_notices"))
    with pytest.raises(ActionError, match="You may not"):
        pause_notice(notice.pk, user=get_user_model().objects.get(pk=user.pk))
    may_publish_everywhere(user)
    pause_notice(notice.pk, user=get_user_model().objects.get(pk=user.pk))

    entry = ModelLogEntry.objects.get(action="wagtail_privacy.notice_paused")
    assert (entry.user, entry.data) == (user, {"notice": notice.pk, "number": 2})
    assert entry.formatter.format_message(entry) == "Paused a notice about version 2 of the policy"
