"""A notice from the publication to the mailboxes, and everything that can go wrong on the way."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.users.models import UserProfile

from tests.notices import factories
from tests.notices.factories import EFFECT, PUBLISHED, person
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.clock import at, now
from wagtail_privacy.clock import now as moment_now
from wagtail_privacy.models import Delivery, Notice, Receipt
from wagtail_privacy.notices.issue import issue_notice
from wagtail_privacy.notices.sending_tasks import wake
from wagtail_privacy.records.notice import DeliveryState, NoticeState, Reason
from wagtail_privacy.sending import add_people as adding
from wagtail_privacy.sending.add_people import expand_notice
from wagtail_privacy.sending.claim import LEASE, MAX_SEND_TIME, claim
from wagtail_privacy.sending.deliver import deliver
from wagtail_privacy.sending.retries import RETRY_DELAYS
from wagtail_privacy.sending.send import send_notice
from wagtail_privacy.sending.sweep import sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

Captured = Any  # pytest-django's django_capture_on_commit_callbacks


@pytest.fixture(autouse=True)
def moment() -> Iterator[None]:
    """An hour after the publication."""
    with at(PUBLISHED + timedelta(hours=1)):
        yield


def later(**pause: float) -> Any:
    return at(PUBLISHED + timedelta(hours=1) + timedelta(**pause))


def states(notice: Notice) -> dict[str, tuple[str, str]]:
    return {
        delivery.user.username: (delivery.state, delivery.error)
        for delivery in notice.deliveries.select_related("user")
    }


def mailed() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


# --- The whole way ---


def test_a_publication_tells_each_person_in_their_language(django_capture_on_commit_callbacks: Captured) -> None:
    person("anna", "sv", first_name="Anna", last_name="Lind")
    person("bob", "en", first_name="Bob")
    person("ingen")
    person("gone", "sv", is_active=False)
    person("silent", "sv", email="")

    with django_capture_on_commit_callbacks(execute=True):
        notice = factories.notice()

    notice.refresh_from_db()
    by_person = {message.to[0]: message for message in mail.outbox}
    assert sorted(by_person) == ["anna@example.org", "bob@example.org", "ingen@example.org"]
    assert by_person["anna@example.org"].subject.startswith("Ändringar i ")
    assert by_person["anna@example.org"].body.startswith("Hej Anna Lind!")
    assert by_person["bob@example.org"].subject.startswith("Changes to ")
    assert "Hello Bob," in by_person["bob@example.org"].alternatives[0][0]
    assert by_person["ingen@example.org"].body.startswith("Hej!")
    assert notice.state == NoticeState.FINISHED
    assert notice.totals() == {("sent", "sv"): 2, ("sent", "en"): 1}


def test_the_mail_is_dated_by_the_moment_of_the_action() -> None:
    person("anna", "sv")
    deliver(factories.notice().pk)

    assert mail.outbox[0].message()["Date"] == "Sun, 22 Nov 2026 10:30:00 +0000"
    assert Delivery.objects.get().sent_at == PUBLISHED + timedelta(hours=1)


def test_run_twice_everyone_is_told_once() -> None:
    person("anna", "sv")
    version = factories.announced()

    assert issue_notice(version) == issue_notice(version)
    for _ in range(2):
        deliver(Notice.objects.get().pk)

    assert mailed() == ["anna@example.org"]


def test_the_same_address_twice_gets_one_mail() -> None:
    person("anna", "sv")
    person("annas_second", "sv", email="Anna@Example.org")
    notice = factories.notice()

    deliver(notice.pk)

    assert mailed() == ["anna@example.org"]
    assert states(notice)["annas_second"] == (DeliveryState.SKIPPED, Reason.SAME_ADDRESS)


def test_the_same_address_in_a_later_batch_gets_one_mail(settings: Any) -> None:
    settings.WAGTAIL_PRIVACY_BATCH_SIZE = 1
    person("anna", "sv")
    person("annas_second", "sv", email="ANNA@example.org")
    notice = factories.notice()

    deliver(notice.pk)

    assert len(mail.outbox) == 1
    assert sorted(states(notice).values()) == [
        (DeliveryState.SENT, ""),
        (DeliveryState.SKIPPED, Reason.SAME_ADDRESS),
    ]


@pytest.mark.parametrize(
    "address",
    ["anna@", "anna@localhost@x", "Anna <anna@example.org>", "a@b.se\nBcc: e@x.org", "=?utf-8?q?eve=40x.org?=@b.se"],
)
def test_a_broken_address_fails_for_good_and_harms_nobody_else(address: str) -> None:
    person("anna", "sv", email="ok@example.org")
    broken = person("broken", "sv")
    type(broken).objects.filter(pk=broken.pk).update(email=address)
    notice = factories.notice()

    deliver(notice.pk)

    notice.refresh_from_db()
    assert mailed() == ["ok@example.org"]
    assert states(notice)["broken"] == (DeliveryState.FAILED, Reason.BAD_ADDRESS)
    assert notice.state == NoticeState.FINISHED


def test_who_closes_the_account_after_the_ledger_was_written_is_left_alone() -> None:
    anna = person("anna", "sv")
    notice = factories.notice()
    expand_notice(notice.pk)
    type(anna).objects.update(is_active=False)

    send_notice(notice.pk)

    assert mail.outbox == []
    assert states(notice)["anna"] == (DeliveryState.SKIPPED, Reason.NOT_CONCERNED)


def test_with_the_account_goes_all_that_leads_to_the_person_and_the_totals_stay() -> None:
    anna, bob = person("anna", "sv"), person("bob", "sv")
    notice = factories.notice()
    deliver(notice.pk)
    Receipt.objects.create(delivery=notice.deliveries.get(user=anna), provider_id="id-1", at=PUBLISHED)

    anna.delete()

    assert notice.totals() == {("sent", "sv"): 2}
    forgotten = notice.deliveries.get(user=None)
    assert (forgotten.address_hash, forgotten.receipt.provider_id) == (None, "")
    assert notice.deliveries.exclude(address_hash=None).get().user == bob


def test_who_deletes_the_account_before_being_told_is_skipped() -> None:
    anna = person("anna", "sv")
    notice = factories.notice()
    expand_notice(notice.pk)
    anna.delete()

    send_notice(notice.pk)

    assert mail.outbox == []
    assert list(notice.deliveries.values_list("state", "error")) == [(DeliveryState.SKIPPED, Reason.NOT_CONCERNED)]


def test_a_version_that_was_withdrawn_is_told_to_nobody_more() -> None:
    person("anna", "sv")
    notice = factories.notice()
    type(notice.version).objects.update(withdrawn_at=PUBLISHED)

    deliver(notice.pk)

    assert mail.outbox == []
    assert sweep() == []


def test_a_language_that_the_policy_never_had_is_told_at_once_in_the_original_s_and_says_so() -> None:
    person("bob", "en")
    notice = factories.notice("sv", known=("sv",))

    deliver(notice.pk)

    assert notice.totals() == {("sent", "en"): 1}
    told = mail.outbox[0]
    assert told.subject.startswith("Ändringar i ")
    assert "I regel skriver vi till dig på engelska." in told.body
    assert "I regel skriver vi till dig på engelska." in told.alternatives[0].content


# --- Queues ---


def test_a_queue_that_cannot_be_reached_stops_no_publication(
    django_capture_on_commit_callbacks: Captured, caplog: pytest.LogCaptureFixture
) -> None:
    person("anna", "sv")
    with (
        mock.patch("wagtail_privacy.tasks.tell") as tell,
        django_capture_on_commit_callbacks(execute=True),
    ):
        tell.enqueue.side_effect = ConnectionError("no broker")
        notice = factories.notice()

    assert "privacy_notices sweep" in caplog.text
    assert mail.outbox == []

    assert sweep() == [notice.pk]
    assert mailed() == ["anna@example.org"]
    assert sweep() == []


def test_a_lost_task_is_made_good_by_the_sweep() -> None:
    person("anna", "sv")
    notice = factories.notice()  # the commit hook of a test's own transaction never runs

    sweep()

    notice.refresh_from_db()
    assert mailed() == ["anna@example.org"]
    assert notice.state == NoticeState.FINISHED


AUDIENCES = ["wagtail_privacy.notices.audience.RegisteredUsers", "tests.notices.test_audience.InPython"]


@pytest.mark.parametrize("audience", AUDIENCES, ids=["in SQL", "person by person"])
def test_an_expansion_that_stopped_halfway_goes_on(
    monkeypatch: pytest.MonkeyPatch, settings: Any, audience: str
) -> None:
    settings.WAGTAIL_PRIVACY_AUDIENCE = audience
    monkeypatch.setattr("wagtail_privacy.sending.add_people.PEOPLE_PER_STATEMENT", 2)
    monkeypatch.setattr("wagtail_privacy.notices.audience.CHUNK_SIZE", 2)
    for n in range(5):
        person(f"user{n}", "sv")
    notice = factories.notice()
    written: list[Any] = []

    def break_at_the_second(write: Any) -> Any:
        def wrapped(*args: Any, **options: Any) -> Any:
            if written:
                raise ConnectionError("The database went away.")
            written.append(write(*args, **options))
            return written[0]

        return wrapped

    with monkeypatch.context() as patch, pytest.raises(ConnectionError):
        patch.setattr(adding, "insert_select", break_at_the_second(adding.insert_select))
        patch.setattr(Delivery.objects, "bulk_create", break_at_the_second(Delivery.objects.bulk_create))
        expand_notice(notice.pk)
    assert notice.deliveries.count() == 2
    deliver(notice.pk)

    assert len(mailed()) == len(set(mailed())) == 5


@pytest.mark.parametrize("audience", AUDIENCES, ids=["in SQL", "person by person"])
def test_the_ledger_is_the_same_whoever_writes_it(settings: Any, audience: str) -> None:
    settings.WAGTAIL_PRIVACY_AUDIENCE = audience
    for name, language in [("anna", "sv"), ("bob", "en"), ("brit", "en-gb"), ("ingen", ""), ("chloé", "fr")]:
        person(name, language, email=f"{name[0]}{len(name)}@example.org")
    notice = factories.notice()

    for _ in range(2):
        expand_notice(notice.pk)

    rows = notice.deliveries.order_by("user")
    assert list(rows.values_list("user__username", "language")) == [
        ("anna", "sv"),
        ("bob", "en"),
        ("brit", "en"),
        ("ingen", "sv"),
        ("chloé", "sv"),
    ]
    assert set(rows.values_list("state", "attempts", "error", "due_at", "as_of")) == {
        ("due", 0, "", moment_now(), None)
    }


@pytest.mark.parametrize("audience", AUDIENCES, ids=["in SQL", "person by person"])
def test_a_change_of_plan_is_told_to_who_was_told_in_the_language_of_then(settings: Any, audience: str) -> None:
    settings.WAGTAIL_PRIVACY_AUDIENCE = audience
    anna, bob = person("anna", "sv"), person("bob", "en")
    first = factories.notice()
    deliver(first.pk)
    UserProfile.objects.filter(user=anna).update(preferred_language="en")
    UserProfile.objects.filter(user=bob).update(preferred_language="sv")
    person("ny", "sv")
    gone = person("gone", "sv")
    first.deliveries.create(user=gone, language="sv", state=DeliveryState.SENT, as_of=1, due_at=PUBLISHED)
    get_user_model().objects.filter(pk=gone.pk).update(is_active=False)

    change_day(first.version, date(2027, 1, 15), reason="Systemet är inte klart.")
    postponed = Notice.objects.get(kind="postponed")
    for _ in range(2):
        expand_notice(postponed.pk)

    told = postponed.deliveries.order_by("user").values_list("user__username", "language")
    assert list(told) == [("anna", "sv"), ("bob", "en")]


def test_writing_the_ledger_takes_as_many_queries_however_many_people() -> None:
    version = factories.announced()

    def queries() -> int:
        Notice.objects.all().delete()
        notice = issue_notice(version)
        with CaptureQueriesContext(connection) as captured:
            expand_notice(notice.pk)
        return len(captured)

    person("few", "sv")
    queries()  # and what is kept from now on is known
    few = queries()
    for n in range(20):
        person(f"many{n}", "sv")
    assert queries() == few


def test_who_joins_before_the_version_applies_is_told_by_the_sweep() -> None:
    person("anna", "sv")
    notice = factories.notice()
    deliver(notice.pk)
    person("ny", "en")

    with later(days=3):
        assert sweep() == [notice.pk]

    notice.refresh_from_db()
    assert mailed() == ["anna@example.org", "ny@example.org"]
    assert notice.state == NoticeState.FINISHED


def test_who_joins_after_the_version_applies_is_not_told() -> None:
    notice = factories.notice()
    deliver(notice.pk)
    person("sen", "sv")

    with at(EFFECT):
        assert sweep() == []
        deliver(notice.pk)

    assert mail.outbox == []


# --- Mail servers ---


class Server:
    """A mail server with scripted replies: one for each message, the last one for all further ones."""

    def __init__(self, *answers: Exception | None, opens: Exception | None = None) -> None:
        self.answers, self.opens, self.taken = list(answers), opens, []

    def open(self) -> None:
        if self.opens:
            raise self.opens

    def close(self) -> None: ...

    def send_messages(self, messages: list[Any]) -> int:
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer:
            raise answer
        self.taken += [message.to[0] for message in messages]
        return len(messages)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Any:
    def use(*answers: Exception | None, opens: Exception | None = None) -> Server:
        made = Server(*answers or (None,), opens=opens)
        monkeypatch.setattr("wagtail_privacy.sending.transport.default_backend", lambda: made)
        return made

    return use


def refused(code: int, words: bytes) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"anna@example.org": (code, words)})


@pytest.mark.parametrize(
    ("answer", "state", "error"),
    [
        (refused(550, b"5.1.1 <anna@example.org> no such user"), DeliveryState.FAILED, "550 5.1.1"),
        (refused(450, b"4.2.0 greylisted"), DeliveryState.DUE, "450 4.2.0"),
        (smtplib.SMTPDataError(554, b"rejected"), DeliveryState.FAILED, "554"),
        (smtplib.SMTPDataError(451, b"4.3.0 try later"), DeliveryState.DUE, "451 4.3.0"),
        (ValueError("a header that cannot be"), DeliveryState.FAILED, "not expressible"),
    ],
    ids=["no such user", "greylisted", "content refused", "content put off", "inexpressible"],
)
def test_what_the_server_says_about_one_mail_concerns_that_mail(
    server: Any, answer: Exception, state: str, error: str
) -> None:
    anna, bob = person("anna", "sv"), person("bob", "sv")
    notice = factories.notice()
    taking = server(answer, None)

    deliver(notice.pk)

    assert states(notice) == {anna.username: (state, error), bob.username: (DeliveryState.SENT, "")}
    assert taking.taken == ["bob@example.org"]


def test_a_mail_that_is_put_off_is_tried_again_with_growing_pauses_and_an_end(server: Any) -> None:
    person("anna", "sv")
    notice = factories.notice()
    server(refused(450, b"busy"))
    expand_notice(notice.pk)
    waited = timedelta()

    for pause in RETRY_DELAYS:
        with later(seconds=waited.total_seconds()):
            assert sweep() == [notice.pk]
            assert states(notice)["anna"] == (DeliveryState.DUE, "450")
            assert sweep() == [], "It is not due before its pause is over."
        waited += pause
    with later(seconds=waited.total_seconds()):
        sweep()
        assert states(notice)["anna"] == (DeliveryState.FAILED, "450")
        assert sweep() == []

    notice.refresh_from_db()
    assert notice.state == NoticeState.FINISHED
    assert list(RETRY_DELAYS) == sorted(RETRY_DELAYS)


@pytest.mark.parametrize(
    ("answer", "opens"),
    [
        (None, ConnectionRefusedError("nobody there")),
        (None, smtplib.SMTPAuthenticationError(535, b"5.7.8 bad password")),
        (refused(421, b"too many connections"), None),
        (smtplib.SMTPSenderRefused(550, b"5.7.1 not you", "privacy@example.org"), None),
    ],
    ids=["unreachable", "bad password", "421", "sender refused"],
)
def test_a_server_that_refuses_to_work_burns_no_attempts(
    server: Any, answer: Exception | None, opens: Exception | None
) -> None:
    person("anna", "sv")
    person("bob", "en")
    notice = factories.notice()
    server(answer, opens=opens)

    deliver(notice.pk)

    notice.refresh_from_db()
    assert set(states(notice).values()) == {(DeliveryState.DUE, "")}
    assert set(notice.deliveries.values_list("attempts", "claim")) == {(0, None)}
    assert notice.refusals == 1
    assert sweep() == [], "The server is left alone for a while."

    server(None)
    with later(minutes=2):
        assert sweep() == [notice.pk]
    notice.refresh_from_db()
    assert set(states(notice).values()) == {(DeliveryState.SENT, "")}
    assert (notice.state, notice.refusals) == (NoticeState.FINISHED, 0)


@pytest.mark.parametrize(
    ("setting", "state", "attempts"), [("resend", DeliveryState.DUE, 1), ("hold", DeliveryState.IN_DOUBT, 1)]
)
def test_a_connection_that_breaks_leaves_one_mail_in_doubt(
    server: Any, settings: Any, setting: str, state: str, attempts: int
) -> None:
    settings.WAGTAIL_PRIVACY_IN_DOUBT = setting
    for name in ("anna", "bob", "cia"):
        person(name, "sv")
    notice = factories.notice()
    server(None, smtplib.SMTPServerDisconnected("gone"))

    deliver(notice.pk)

    found = states(notice)
    assert sorted(found.values()) == sorted(
        [(DeliveryState.SENT, ""), (state, Reason.NO_ANSWER), (DeliveryState.DUE, "")]
    )
    assert notice.deliveries.get(error=Reason.NO_ANSWER).attempts == attempts


# --- Senders that die ---


@pytest.mark.parametrize(
    ("setting", "state", "mails"),
    [("resend", DeliveryState.SENT, ["anna@example.org"]), ("hold", DeliveryState.IN_DOUBT, [])],
)
def test_what_a_dead_sender_held_is_released_as_the_setting_says(
    settings: Any, caplog: pytest.LogCaptureFixture, setting: str, state: str, mails: list[str]
) -> None:
    settings.WAGTAIL_PRIVACY_IN_DOUBT = setting
    person("anna", "sv")
    notice = factories.notice()
    expand_notice(notice.pk)
    assert len(claim(notice).claimed) == 1  # and then it is killed

    assert sweep() == [], "Its lease still runs."
    with later(seconds=LEASE.total_seconds() + 1):
        sweep()
        sweep()

    assert mailed() == mails
    assert states(notice)["anna"][0] == state
    assert "may or may not have been sent" in caplog.text


def test_no_mail_is_begun_that_may_outlast_its_lease(server: Any) -> None:
    for name in ("anna", "bob", "cia"):
        person(name, "sv")
    notice = factories.notice()
    slow, left = server(None), []

    def take_long(messages: list[Any]) -> int:
        claimed = notice.deliveries.filter(user__email=messages[0].to[0]).get()
        left.append(claimed.claimed_until - now())
        clock.enter_context(at(now() + LEASE - MAX_SEND_TIME))
        return Server.send_messages(slow, messages)

    with ExitStack() as clock:
        slow.send_messages = take_long
        deliver(notice.pk)

    assert left == [LEASE] * 3, "Each was claimed anew before it was sent."
    assert set(notice.deliveries.values_list("state", "attempts")) == {(DeliveryState.SENT, 1)}


def test_nothing_is_claimed_twice() -> None:
    for name in ("anna", "bob"):
        person(name, "sv")
    notice = factories.notice()
    expand_notice(notice.pk)

    assert len(claim(notice).claimed) == 2
    assert claim(notice) is None


# --- Size ---


def test_a_batch_takes_the_same_few_queries_however_large(settings: Any) -> None:
    version = factories.announced()

    def queries(people: int) -> int:
        Notice.objects.all().delete()
        settings.WAGTAIL_PRIVACY_BATCH_SIZE = people
        notice = issue_notice(version)
        expand_notice(notice.pk)
        with CaptureQueriesContext(connection) as captured:
            send_notice(notice.pk)
        return len(captured)

    for n in range(3):
        person(f"few{n}", "sv")
    queries(3)  # what Wagtail keeps of its sites is asked for once
    few = queries(3)
    for n in range(30):
        person(f"many{n}", "sv")
    assert queries(33) == few


def test_waiting_for_a_later_moment_needs_a_queue_that_can() -> None:
    notice = factories.notice()
    with mock.patch("wagtail_privacy.tasks.tell") as tell:
        tell.get_backend.return_value.supports_defer = False
        assert not wake(notice.pk, at=EFFECT)
        assert not tell.using.called
        tell.get_backend.return_value.supports_defer = True
        assert wake(notice.pk, at=EFFECT)
        tell.using.assert_called_once_with(run_after=EFFECT)
