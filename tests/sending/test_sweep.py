"""The sweep recovers what is lost, doubled or late, and reports what it cannot recover."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest import mock

import django
import pytest
from django.core import mail

from tests.notices import factories
from tests.notices.factories import EFFECT, PUBLISHED, person
from wagtail_privacy.clock import at
from wagtail_privacy.models import Notice
from wagtail_privacy.records.notice import BY_HAND, DeliveryState, NoticeState
from wagtail_privacy.sending.add_people import expand_notice
from wagtail_privacy.sending.alerts import STUCK_AFTER
from wagtail_privacy.sending.claim import LEASE, claim
from wagtail_privacy.sending.deliver import deliver
from wagtail_privacy.sending.finish import finish_notice
from wagtail_privacy.sending.seal import last_seal
from wagtail_privacy.sending.send import send_notice
from wagtail_privacy.sending.sweep import sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
NOW = PUBLISHED + timedelta(hours=1)


@pytest.fixture(autouse=True)
def moment() -> Iterator[None]:
    with at(NOW):
        yield


def later(**pause: float) -> Any:
    return at(NOW + timedelta(**pause))


def after(pause: timedelta) -> Any:
    return at(NOW + pause + timedelta(seconds=1))


def notice_to(*names: str) -> Notice:
    for name in names:
        person(name, "sv")
    return factories.notice()


def mailed() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def is_whole(notice: Notice, *names: str) -> bool:
    """Whether each of ``names`` got exactly one mail and the notice knows it."""
    everyone = sorted(f"{name}@example.org" for name in names)
    return mailed() == everyone and Notice.objects.get(pk=notice.pk).state == NoticeState.FINISHED


def last_seal_of(notice: Notice) -> Any:
    seal = last_seal(notice)
    return seal and seal.data["deliveries"]


def test_tasks_in_any_order_and_any_number_tell_each_once() -> None:
    notice = notice_to("anna", "bob")

    for step in (finish_notice, send_notice, expand_notice, finish_notice, expand_notice, send_notice, deliver):
        step(notice.pk)
    sweep()

    assert is_whole(notice, "anna", "bob")


def test_a_task_lost_between_two_batches_is_made_good(settings: Any) -> None:
    settings.WAGTAIL_PRIVACY_BATCH_SIZE = 1
    notice = notice_to("anna", "bob", "cia")
    expand_notice(notice.pk)
    sent = mock.Mock(side_effect=[1, SystemExit("The worker is stopped.")])

    with (
        mock.patch("django.core.mail.backends.locmem.EmailBackend.send_messages", sent),
        pytest.raises(SystemExit),
    ):
        send_notice(notice.pk)
    assert Notice.objects.get(pk=notice.pk).state == NoticeState.SENDING
    for pause in (LEASE, LEASE * 3, LEASE * 9):
        with after(pause):
            sweep()

    assert notice.totals() == {("sent", "sv"): 3}


@pytest.mark.parametrize("skew", [timedelta(hours=-6), timedelta(hours=6)], ids=["an old clock", "a fast clock"])
def test_a_worker_whose_clock_is_wrong_loses_nobody(skew: timedelta) -> None:
    notice = notice_to("anna", "bob")
    with at(NOW + skew):
        expand_notice(notice.pk)
        assert len(getattr(claim(notice), "claimed", [])) in (0, 2)  # and then it is killed

    for pause in (timedelta(0), LEASE, timedelta(hours=7), timedelta(hours=8)):
        with after(pause):
            sweep()

    assert is_whole(notice, "anna", "bob")


def test_a_sweep_by_an_old_clock_harms_nothing() -> None:
    notice = notice_to("anna")
    deliver(notice.pk)
    person("ny", "sv")
    expand_notice(notice.pk)

    with later(hours=-12):
        sweep()
    sweep()

    assert is_whole(notice, "anna", "ny")


@pytest.mark.parametrize("lateness", [timedelta(0), EFFECT - NOW], ids=["before effect", "in force"])
def test_who_was_added_at_the_moment_when_the_notice_finished_is_told(lateness: timedelta) -> None:
    notice = notice_to("anna")
    deliver(notice.pk)
    ended = Notice.objects.get(pk=notice.pk).finished_at
    person("ny", "sv")
    expand_notice(notice.pk)
    Notice.objects.update(state=NoticeState.FINISHED, finished_at=ended)  # what the other worker wrote, last

    with after(lateness):
        sweep()

        assert is_whole(notice, "anna", "ny")
        assert last_seal_of(notice) == {"sent": {"sv": 2}} or lateness == timedelta(0)
        assert sweep() == []


def test_who_was_added_at_the_moment_when_the_notice_was_cancelled_is_not() -> None:
    notice = notice_to("anna")
    expand_notice(notice.pk)
    Notice.objects.update(state=NoticeState.CANCELLED, finished_at=NOW)

    sweep()

    assert mailed() == []
    assert notice.totals() == {("skipped", "sv"): 1}
    assert sweep() == []


def test_what_is_in_doubt_when_the_version_is_withdrawn_counts_as_told() -> None:
    notice = notice_to("anna")
    expand_notice(notice.pk)
    claim(notice, as_of=1)  # and then it is killed
    type(notice.version).objects.update(withdrawn_at=NOW)

    with after(LEASE):
        sweep()
        sweep()

    assert mailed() == []
    assert notice.totals() == {("doubt", "sv"): 1}
    assert Notice.objects.get(pk=notice.pk).finished_at


# --- Saying so ---


def alerts() -> list[str]:
    return [message.body for message in mail.outbox if "admin@example.org" in message.to]


@pytest.fixture
def admins(settings: Any) -> None:
    address = "admin@example.org"
    settings.ADMINS = [address] if django.VERSION >= (6, 0) else [("Admin", address)]


@pytest.fixture
def no_worker() -> Iterator[None]:
    """Waking one is in vain."""
    with mock.patch("wagtail_privacy.sending.sweep.wake"):
        yield


@pytest.mark.usefixtures("admins", "no_worker")
@pytest.mark.parametrize("is_expanded", [False, True], ids=["not written", "not sent"])
def test_a_stuck_notice_is_said_once(is_expanded: bool, caplog: pytest.LogCaptureFixture) -> None:
    notice = notice_to("anna")
    if is_expanded:
        expand_notice(notice.pk)

    sweep()
    assert alerts() == []
    for hours in (1.1, 2, 3):
        with later(hours=hours):
            sweep()

    (said,) = alerts()
    assert f"privacy_notices show {notice.pk}" in said
    assert "Does a task worker run?" in said
    assert caplog.text.count("is stuck") == 1


@pytest.mark.usefixtures("admins", "no_worker")
def test_what_goes_on_and_gets_stuck_again_is_said_again() -> None:
    notice = notice_to("anna")
    expand_notice(notice.pk)
    with after(STUCK_AFTER):
        sweep()
        deliver(notice.pk)
        sweep()
    assert Notice.objects.get(pk=notice.pk).state == NoticeState.FINISHED
    person("ny", "sv")
    with later(days=1):
        expand_notice(notice.pk)
        sweep()
    with later(days=1, hours=2):
        sweep()

    assert len(alerts()) == 2


@pytest.mark.usefixtures("admins", "no_worker")
@pytest.mark.parametrize(
    ("paused_because", "retry_at", "said"),
    [(BY_HAND, None, 0), ("535 5.7.8", None, 1), ("421", NOW + timedelta(hours=3), 1)],
    ids=["paused by hand", "waits for somebody", "server down for an hour"],
)
def test_a_pause_is_trouble_unless_somebody_made_it(paused_because: str, retry_at: Any, said: int) -> None:
    notice = notice_to("anna")
    expand_notice(notice.pk)
    Notice.objects.update(state=NoticeState.PAUSED, paused_because=paused_because, retry_at=retry_at)

    for _ in range(2):
        with later(hours=2):
            sweep()

    assert len(alerts()) == said


@pytest.mark.usefixtures("admins", "no_worker")
def test_admins_that_cannot_be_told_stop_no_sweep(caplog: pytest.LogCaptureFixture) -> None:
    person("anna", "sv")
    notice = factories.notice()

    with later(hours=2), mock.patch("wagtail_privacy.sending.alerts.mail_admins", side_effect=OSError("no server")):
        assert sweep() == [notice.pk]

    assert "could not be told by mail" in caplog.text


def test_a_finished_notice_is_looked_at_no_more_once_the_version_applies() -> None:
    notice = notice_to("anna")
    deliver(notice.pk)
    person("sen", "sv")

    with at(EFFECT + timedelta(seconds=1)):
        assert sweep() == []
    assert notice.deliveries.exclude(state=DeliveryState.SENT).count() == 0
