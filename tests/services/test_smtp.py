"""Sending to a real SMTP server that fails in every way a server can: what the ledger says is what the server took."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives

from tests.notices import factories
from tests.notices.factories import PUBLISHED, person
from tests.services.mailer import use
from tests.services.smtp import DROP, Sink, running
from wagtail_privacy.clock import at
from wagtail_privacy.models import Notice
from wagtail_privacy.records.notice import DeliveryState, NoticeState, Reason
from wagtail_privacy.sending import transport
from wagtail_privacy.sending.control import resume_notice
from wagtail_privacy.sending.deliver import deliver
from wagtail_privacy.sending.sweep import sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture(autouse=True)
def moment() -> Iterator[None]:
    with later():
        yield


def later(**pause: float) -> Any:
    return at(PUBLISHED + timedelta(hours=1) + timedelta(**pause))


@pytest.fixture(params=[False, True], ids=["in turn", "pipelining"])
def sink(request: pytest.FixtureRequest, settings: Any) -> Iterator[Sink]:
    sink = Sink(pipelining=request.param)
    with running(sink) as port:
        use(settings, port, timeout=5)
        yield sink


def people(count: int) -> None:
    users = get_user_model().objects.bulk_create(
        [get_user_model()(username=f"p{n:03}", email=f"p{n:03}@example.org", first_name="Åsa") for n in range(count)]
    )
    assert len(users) == count


def tell(count: int) -> Notice:
    """A notice to ``count`` people, sent as far as the server accepts it."""
    people(count)
    notice = factories.notice()
    deliver(notice.pk)
    notice.refresh_from_db()
    return notice


def states(notice: Notice) -> dict[str, int]:
    return {state: count for (state, _), count in notice.totals().items()}


def sent(notice: Notice) -> list[str]:
    return sorted(notice.deliveries.filter(state=DeliveryState.SENT).values_list("user__email", flat=True))


def test_everybody_gets_one_mail_over_one_connection(sink: Sink, settings: Any) -> None:
    settings.WAGTAIL_PRIVACY_BATCH_SIZE = 4
    person("anna", "sv", first_name="Anna", last_name="Ek. & <b>")
    person("bob", "en", first_name=".", email='"bob,b"@example.org')
    notice = tell(10)

    assert notice.state == NoticeState.FINISHED
    assert sink.addresses == sent(notice)
    assert set(sink.ids.values()) == {1}
    assert sink.sessions == 1
    mails = dict(sink.taken)
    text, html = (part.get_payload(decode=True).decode() for part in mails["anna@example.org"].get_payload())
    assert text.startswith("Hej Anna Ek. & <b>!")
    assert "Hej Anna Ek. &amp; &lt;b&gt;!" in html
    text = mails['"bob,b"@example.org'].get_payload()[0].get_payload(decode=True).decode()
    assert text.startswith("Hello .,"), "Django built this one."


def test_what_it_refuses_for_good_is_not_tried_again(sink: Sink) -> None:
    sink.on_rcpt = lambda address: "550 5.1.1 <p003@example.org> no such user" if address.startswith("p003") else None
    notice = tell(8)

    assert notice.state == NoticeState.FINISHED
    assert states(notice) == {DeliveryState.SENT: 7, DeliveryState.FAILED: 1}
    assert notice.deliveries.get(state=DeliveryState.FAILED).error == "550 5.1.1"
    assert sink.addresses == sent(notice)


@pytest.mark.parametrize("where", ["on_rcpt", "on_data"])
def test_what_it_puts_off_is_taken_later(sink: Sink, where: str) -> None:
    busy = {"p002@example.org", "p005@example.org"}
    setattr(sink, where, lambda address: "451 4.3.0 later" if address in busy else None)
    notice = tell(8)

    assert states(notice) == {DeliveryState.SENT: 6, DeliveryState.DUE: 2}
    assert set(notice.deliveries.filter(state=DeliveryState.DUE).values_list("error", "attempts")) == {("451 4.3.0", 1)}
    busy.clear()
    with later(minutes=6):
        sweep()
    assert states(notice) == {DeliveryState.SENT: 8}
    assert set(sink.ids.values()) == {1}


def test_greylisting_costs_nobody_an_attempt(sink: Sink) -> None:
    """Everybody is deferred once and nobody accepted, so the server is the cause and not the addresses."""
    seen: dict[str, int] = {}

    def greylisted(address: str) -> str | None:
        seen[address] = seen.get(address, 0) + 1
        return "450 4.7.1 greylisted, come back in five minutes" if seen[address] == 1 else None

    sink.on_rcpt = greylisted
    notice = tell(130)

    assert (notice.state, notice.paused_because) == (NoticeState.PAUSED, "450 4.7.1")
    assert set(notice.deliveries.values_list("state", "attempts")) == {(DeliveryState.DUE, 0)}
    for minutes in (2, 4, 8, 16):
        with later(minutes=minutes):
            sweep()
    notice.refresh_from_db()
    assert notice.state == NoticeState.FINISHED
    assert states(notice) == {DeliveryState.SENT: 130}
    assert set(sink.ids.values()) == {1}


@pytest.mark.parametrize(
    ("where", "reply"),
    [("on_rcpt", "550 5.7.1 relaying denied"), ("on_rcpt", "550 5.1.1 no such user"), ("on_data", "554 5.7.1 spam")],
)
def test_a_server_that_refuses_everybody_pauses_the_notice(sink: Sink, where: str, reply: str) -> None:
    asked = []
    setattr(sink, where, lambda address: asked.append(address) or reply)
    notice = tell(60)

    assert (notice.state, notice.paused_because, notice.retry_at) == (NoticeState.PAUSED, reply[:9], None)
    assert set(notice.deliveries.values_list("state", "attempts", "error")) == {(DeliveryState.DUE, 0, "")}
    assert len(asked) == 20
    with later(days=2):
        assert sweep() == [], "It waits for somebody."

    setattr(sink, where, lambda address: None)
    resume_notice(notice.pk)
    deliver(notice.pk)
    assert states(notice) == {DeliveryState.SENT: 60}


def test_a_server_that_refuses_all_of_a_few_pauses_the_notice(sink: Sink) -> None:
    sink.on_rcpt = lambda address: "550 5.7.1 relaying denied"
    notice = tell(4)

    assert notice.state == NoticeState.PAUSED
    assert set(notice.deliveries.values_list("state", "attempts")) == {(DeliveryState.DUE, 0)}


def test_who_resumes_the_notice_lets_dead_addresses_fail(sink: Sink) -> None:
    sink.on_rcpt = lambda address: "550 5.1.1 no such user" if address < "p030" else None
    notice = tell(40)
    assert notice.state == NoticeState.PAUSED

    resume_notice(notice.pk)
    deliver(notice.pk)

    notice.refresh_from_db()
    assert notice.state == NoticeState.FINISHED
    assert states(notice) == {DeliveryState.FAILED: 30, DeliveryState.SENT: 10}


@pytest.mark.parametrize("where", ["on_mail", "on_rcpt"])
def test_a_server_that_ends_the_session_is_left_alone_for_a_while(sink: Sink, where: str) -> None:
    setattr(sink, where, lambda _: "421 4.7.0 too many messages" if len(sink.taken) == 5 else None)
    notice = tell(12)

    assert (notice.state, notice.paused_because) == (NoticeState.PAUSED, "421 4.7.0")
    assert states(notice) == {DeliveryState.SENT: 5, DeliveryState.DUE: 7}
    assert set(notice.deliveries.filter(state=DeliveryState.DUE).values_list("attempts", flat=True)) == {0}
    setattr(sink, where, lambda _: None)
    with later(minutes=2):
        sweep()
    assert states(notice) == {DeliveryState.SENT: 12}
    assert set(sink.ids.values()) == {1}


def test_a_refused_sender_is_the_sites_trouble_and_nobody_elses(sink: Sink) -> None:
    sink.on_mail = lambda sender: "550 5.7.1 not you"
    notice = tell(3)

    assert (notice.state, notice.paused_because) == (NoticeState.PAUSED, "550 5.7.1")
    assert set(notice.deliveries.values_list("state", "attempts")) == {(DeliveryState.DUE, 0)}


@pytest.mark.parametrize("setting", ["resend", "hold"])
@pytest.mark.parametrize("where", ["on_data", "after_data"])
def test_a_connection_that_drops_mid_batch_leaves_one_mail_in_doubt(
    sink: Sink, settings: Any, setting: str, where: str
) -> None:
    settings.WAGTAIL_PRIVACY_IN_DOUBT = setting
    drops = iter([DROP])
    setattr(sink, where, lambda address: next(drops, None) if address == "p006@example.org" else None)
    notice = tell(12)

    doubtful = notice.deliveries.get(error=Reason.NO_ANSWER)
    assert doubtful.user.email == "p006@example.org"
    assert doubtful.state == (DeliveryState.IN_DOUBT if setting == "hold" else DeliveryState.DUE)
    for minutes in (2, 10):
        with later(minutes=minutes):
            sweep()
    mails = [address for address, _ in sink.taken].count("p006@example.org")
    if setting == "hold":
        assert states(notice) == {DeliveryState.SENT: 11, DeliveryState.IN_DOUBT: 1}
        assert mails == (1 if where == "after_data" else 0)
    else:
        assert states(notice) == {DeliveryState.SENT: 12}
        assert mails == (2 if where == "after_data" else 1)
        assert len(sink.ids) == 12, "Sent twice, it is the same mail by its Message-ID."


def test_a_connection_that_drops_before_the_message_leaves_nobody_in_doubt(sink: Sink, settings: Any) -> None:
    settings.WAGTAIL_PRIVACY_IN_DOUBT = "hold"
    drops = iter([DROP])
    sink.on_rcpt = lambda address: next(drops, None) if address == "p006@example.org" else None
    notice = tell(12)

    before = len(sink.taken)  # how many come before p006 is the database's affair
    assert 0 < before < 12
    assert sink.addresses == sent(notice)
    assert states(notice) == {DeliveryState.SENT: before, DeliveryState.DUE: 12 - before}
    with later(minutes=2):
        sweep()
    assert states(notice) == {DeliveryState.SENT: 12}
    assert set(sink.ids.values()) == {1}


def test_a_server_that_does_not_answer_in_time_is_not_waited_for(sink: Sink, settings: Any) -> None:
    sink.delay = 3
    use(settings, _port(settings), timeout=0.3)
    notice = tell(2)

    assert (notice.state, notice.paused_because) == (NoticeState.PAUSED, "no answer")
    assert set(notice.deliveries.values_list("state", "attempts")) == {(DeliveryState.DUE, 0)}


def test_a_connection_that_was_closed_while_idle_is_opened_again(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "IDLE", -1)
    opened = transport._open

    def open_and_lose(backend: Any) -> None:
        opened(backend)
        if sink.sessions == 1:
            backend.connection.sock.shutdown(socket.SHUT_RDWR)

    monkeypatch.setattr(transport, "_open", open_and_lose)
    notice = tell(3)

    assert states(notice) == {DeliveryState.SENT: 3}
    assert sink.sessions == 2


def test_a_server_that_is_not_there_pauses_the_notice(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    use(settings, port)
    notice = tell(2)

    assert (notice.state, notice.paused_because) == (NoticeState.PAUSED, "unreachable")
    assert set(notice.deliveries.values_list("state", "attempts")) == {(DeliveryState.DUE, 0)}


@pytest.mark.parametrize(
    ("options", "because"),
    [({"use_tls": True}, "unreachable"), ({"username": "site", "password": "wrong"}, "535 5.7.8")],
    ids=["no TLS", "wrong password"],
)
def test_a_server_that_will_not_let_us_in_pauses_the_notice(settings: Any, options: Any, because: str) -> None:
    sink = Sink(pipelining=True)
    lets_nobody_in = {
        "authenticator": lambda *asked: AuthResult(success=False, handled=False),
        "auth_require_tls": False,
    }
    with running(sink, **lets_nobody_in) as port:
        use(settings, port, timeout=5, **options)
        notice = tell(2)

    assert (notice.state, notice.paused_because) == (NoticeState.PAUSED, because)
    assert set(notice.deliveries.values_list("state", "attempts")) == {(DeliveryState.DUE, 0)}
    assert sink.taken == []


def _port(settings: Any) -> int:
    mailers = getattr(settings, "MAILERS", None)
    return mailers["default"]["OPTIONS"]["port"] if mailers else settings.EMAIL_PORT


# --- A mail that was begun while the one before it was on its way ---


def handed_over(sink: Sink, *mails: tuple[str, str]) -> None:
    """Send a mail to each address, with the address announced as the next one."""
    with transport.connected() as server:
        for address, then in mails:
            server.send_bytes("privacy@example.org", address, f"To: {address}\r\n\r\nHej!\r\n".encode(), then)


def test_the_next_mail_begins_in_the_same_round_trip(sink: Sink) -> None:
    heard: list[tuple[str, int]] = []
    sink.on_rcpt = lambda address: heard.append((address, len(sink.taken)))
    handed_over(sink, ("a@example.org", "b@example.org"), ("b@example.org", "c@example.org"), ("c@example.org", ""))

    assert sink.addresses == ["a@example.org", "b@example.org", "c@example.org"]
    assert sink.sessions == 1
    assert heard == [("a@example.org", 0), ("b@example.org", 1), ("c@example.org", 2)]


def test_what_was_begun_and_not_handed_over_reaches_nobody(sink: Sink) -> None:
    handed_over(sink, ("a@example.org", "b@example.org"), ("c@example.org", ""), ("d@example.org", "e@example.org"))

    assert sink.addresses == ["a@example.org", "c@example.org", "d@example.org"]
    assert all(mail.get_payload() == "Hej!\r\n" for _, mail in sink.taken)


def test_what_was_begun_does_not_end_up_in_a_mail_that_django_builds(sink: Sink) -> None:
    with transport.connected() as server:
        server.send_bytes("privacy@example.org", "a@example.org", b"To: a@example.org\r\n\r\nHej!\r\n", "b@example.org")
        server.send(EmailMultiAlternatives("Ämne", "Hej!", "privacy@example.org", ["anna@exämple.org"]))
        server.send_bytes("privacy@example.org", "b@example.org", b"To: b@example.org\r\n\r\nHej!\r\n")

    assert [address for address, _ in sink.taken][::2] == ["a@example.org", "b@example.org"]
    assert len(sink.taken) == 3


@pytest.mark.parametrize("where", ["on_rcpt", "on_data"])
def test_a_refusal_is_of_the_mail_that_it_was_said_of(sink: Sink, where: str) -> None:
    setattr(sink, where, lambda address: "550 5.1.1 no" if address[0] in "bd" else None)
    refused = []
    with transport.connected() as server:
        for address, then in zip("abcde", ["b", "c", "d", "e", ""], strict=True):
            try:
                server.send_bytes(
                    "p@example.org", f"{address}@example.org", b"\r\nHej!\r\n", f"{then}@example.org" if then else ""
                )
            except transport.MessageRejected:
                refused.append(address)

    assert refused == ["b", "d"]
    assert sink.addresses == ["a@example.org", "c@example.org", "e@example.org"]
    assert sink.sessions == 1
