"""People who share, change, swap and close addresses while a notice is sent, as a state machine."""

from __future__ import annotations

import smtplib
from collections import Counter
from datetime import timedelta
from typing import Any
from unittest import mock

from django.contrib.auth import get_user_model
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.notices import factories
from tests.notices.factories import PUBLISHED, person
from wagtail_privacy.clock import at
from wagtail_privacy.models import Delivery, Notice
from wagtail_privacy.records.notice import DeliveryState, NoticeState, Reason
from wagtail_privacy.sending.add_people import expand_notice
from wagtail_privacy.sending.claim import Batch, claim
from wagtail_privacy.sending.marks import SENT
from wagtail_privacy.sending.send import send_notice

PEOPLE = st.sampled_from(["anna", "bob", "cia", "dan"])
ADDRESSES = st.sampled_from(["a@example.org", "A@Example.org", "b@example.org", "c@example.org"])
ANSWERS = st.sampled_from([None, None, 450, 550])


class Server:
    """A mail server with an answer for each address: ``None`` takes the mail."""

    def __init__(self) -> None:
        self.answers: dict[str, int | None] = {}
        self.mails = Counter[str]()
        #: The addresses that it has ever turned down.
        self.turned_down: set[str] = set()

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send_messages(self, messages: list[Any]) -> int:
        for message in messages:
            self.take(message.to[0].casefold())
        return len(messages)

    def take(self, address: str) -> None:
        if answer := self.answers.get(address):
            self.turned_down.add(address)
            raise smtplib.SMTPRecipientsRefused({address: (answer, b"no")})
        self.mails[address] += 1


class Addresses(RuleBasedStateMachine):
    """A notice to four people with three addresses between them."""

    def __init__(self) -> None:
        super().__init__()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.server = Server()
        self.patch = mock.patch("wagtail_privacy.sending.transport.default_backend", lambda: self.server)
        self.patch.start()
        self.now = PUBLISHED + timedelta(hours=1)
        self.held: Batch | None = None
        self.states: dict[int, str] = {}

    def teardown(self) -> None:
        try:
            self.all_ends_well()
        finally:
            self.patch.stop()
            transaction.set_rollback(True)
            self.rollback.__exit__(None, None, None)

    @initialize(addresses=st.lists(ADDRESSES, min_size=4, max_size=4), size=st.integers(1, 4))
    def begin(self, addresses: list[str], size: int) -> None:
        self.size = size
        for name, address in zip(["anna", "bob", "cia", "dan"], addresses, strict=True):
            person(name, "sv", email=address)
        self.notice = factories.notice()
        with at(self.now):
            expand_notice(self.notice.pk)

    # --- What people do ---

    @rule(name=PEOPLE, address=ADDRESSES)
    def change(self, name: str, address: str) -> None:
        get_user_model().objects.filter(username=name).update(email=address)

    @rule(one=PEOPLE, other=PEOPLE)
    def swap(self, one: str, other: str) -> None:
        users = get_user_model().objects.in_bulk([one, other], field_name="username")
        if len(users) == 2:
            self.change(one, users[other].email)
            self.change(other, users[one].email)

    @rule(name=PEOPLE)
    def close_account(self, name: str) -> None:
        get_user_model().objects.filter(username=name).update(is_active=False)

    @rule(name=PEOPLE)
    def delete_account(self, name: str) -> None:
        """Of one who has not been mailed: with the account goes the hash of its address, for the person's sake."""
        mailed = Delivery.objects.filter(state__in=[DeliveryState.SENT, DeliveryState.CLAIMED]).values("user")
        for user in get_user_model().objects.filter(username=name).exclude(pk__in=mailed):
            user.delete()

    # --- What senders and the server do ---

    @rule(address=ADDRESSES, answer=ANSWERS)
    def answer(self, address: str, answer: int | None) -> None:
        self.server.answers[address.casefold()] = answer

    @precondition(lambda self: self.held is None)
    @rule(limit=st.integers(1, 3))
    def another_sender_claims(self, limit: int) -> None:
        with at(self.now):
            self.held = claim(self.notice, limit=limit)
        self.look()

    @precondition(lambda self: self.held is not None)
    @rule(takes=st.booleans())
    def another_sender_ends(self, takes: bool) -> None:
        assert self.held
        with at(self.now):
            for claimed in self.held.claimed:
                if takes:
                    self.server.answers.pop(claimed.person.address.casefold(), None)
                    self.server.take(claimed.person.address.casefold())
                    SENT.write([claimed.delivery])
                else:
                    type(SENT)(DeliveryState.DUE, "450").write([claimed.delivery])
        self.held = None
        self.look()

    @rule(minutes=st.sampled_from([1, 6, 40, 200, 3000]))
    def send(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        if self.held and minutes > 10:
            self.another_sender_ends(takes=True)
        # What the server says to several in a row is another test's affair.
        Notice.objects.filter(state=NoticeState.PAUSED).update(state=NoticeState.SENDING, retry_at=None)
        with at(self.now), mock.patch("wagtail_privacy.conf.Settings.BATCH_SIZE", self.size):
            send_notice(self.notice.pk)
        self.look()

    # --- What holds ---

    @invariant()
    def no_address_gets_two(self) -> None:
        assert max(self.server.mails.values(), default=0) <= 1, self.server.mails

    def look(self) -> None:
        """Whoever is skipped as one with an address that has got its mail has such an address, at that moment."""
        for row in Delivery.objects.select_related("user"):
            if row.state != self.states.get(row.pk) and row.error == Reason.SAME_ADDRESS:
                assert row.user is None or self.server.mails[row.user.email.casefold()] == 1
            self.states[row.pk] = row.state

    def all_ends_well(self) -> None:
        """In the end each person who is there was sent a mail, or an address of theirs was, or refused it."""
        if not hasattr(self, "notice"):
            return
        if self.held:
            self.another_sender_ends(takes=True)
        self.server.answers.clear()
        for _ in range(8):
            self.send(3000)
        for row in Delivery.objects.select_related("user"):
            assert row.state not in (DeliveryState.DUE, DeliveryState.CLAIMED)
            if row.user and row.user.is_active and row.state == DeliveryState.FAILED:
                assert self.server.turned_down, row.error
            elif row.user and row.user.is_active:
                assert row.state == DeliveryState.SENT or row.error == Reason.SAME_ADDRESS
        assert Notice.objects.get(pk=self.notice.pk).state == NoticeState.FINISHED
