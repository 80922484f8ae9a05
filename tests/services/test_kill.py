"""Senders killed (SIGKILL) at random moments: nobody is missed, and mails in doubt are marked so."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from tests.notices import factories
from tests.notices.factories import PUBLISHED
from tests.services.smtp import Sink, running
from tests.settings import ROOT
from wagtail_privacy.clock import at
from wagtail_privacy.models import Notice
from wagtail_privacy.records.notice import DeliveryState
from wagtail_privacy.sending.add_people import expand_notice
from wagtail_privacy.sending.claim import LEASE
from wagtail_privacy.sending.in_doubt import release_leases

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("site"),
    pytest.mark.slow,
    pytest.mark.each_database,
]
BATCH = 10


class Senders:
    """Starts one sender after the other, each an hour of the ledger's time after the one before."""

    def __init__(self, notice: Notice, port: int) -> None:
        command = [sys.executable, "-m", "tests.services.sender", str(connection.settings_dict["NAME"]), str(port)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        self.notice = notice
        self.moment = PUBLISHED + timedelta(hours=1)
        assert self._line() == "ready"

    def start(self) -> int:
        self.moment += LEASE + timedelta(minutes=1)
        assert self.process.stdin
        self.process.stdin.write(f"{self.notice.pk} {self.moment.isoformat()}\n")
        self.process.stdin.flush()
        return int(self._line())

    def wait(self) -> None:
        assert self._line() == "ended"

    def _line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def __enter__(self) -> Senders:
        return self

    def __exit__(self, *error: Any) -> None:
        self.process.communicate(timeout=60)


def told(people: int) -> Notice:
    user = get_user_model()
    user.objects.bulk_create([user(username=f"p{n:05}", email=f"p{n:05}@example.org") for n in range(people)])
    with mock.patch("wagtail_privacy.notices.issue.wake"):
        notice = factories.notice()
    with at(PUBLISHED + timedelta(hours=1)):
        expand_notice(notice.pk)
    return notice


def wait_for_mail(sink: Sink) -> None:
    before, patience = len(sink.taken), time.monotonic() + 10
    while len(sink.taken) == before and time.monotonic() < patience:
        time.sleep(0.002)


def in_state(notice: Notice, *states: str) -> set[str]:
    return set(notice.deliveries.filter(state__in=states).values_list("user__email", flat=True))


@pytest.mark.parametrize(("setting", "kills"), [("hold", 40), ("resend", 25)])
def test_nobody_is_missed_when_senders_are_killed(settings: Any, setting: str, kills: int) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("A database server is what this tries; DB=postgres and DB=mysql run it.")
    settings.WAGTAIL_PRIVACY_IN_DOUBT = setting
    settings.WAGTAIL_PRIVACY_BATCH_SIZE = BATCH
    chance = random.Random(f"{setting} {connection.vendor}")
    notice, sink, doubts = told(people=kills * 15), Sink(pipelining=True), Counter[int]()
    sink.delay = 0.01
    with running(sink) as port, Senders(notice, port) as senders:
        for number in range(kills):
            sender = senders.start()
            if number % 4:  # else it is killed on its way to the first mail
                wait_for_mail(sink)
            time.sleep(chance.uniform(0, 0.15))
            os.kill(sender, signal.SIGKILL)
            senders.wait()
            with at(senders.moment + LEASE + timedelta(seconds=1)):
                doubts[number] = release_leases()
        assert in_state(notice, DeliveryState.DUE), "The last of them was killed while it had something to do."
        got = Counter(sink.addresses)
        claimed = sum(1 for count in doubts.values() if count)
        sink.delay = 0
        while in_state(notice, DeliveryState.DUE):
            senders.start()
            senders.wait()
        mails = Counter(sink.addresses)

    everybody = set(get_user_model().objects.filter(username__startswith="p").values_list("email", flat=True))
    sent, doubtful = in_state(notice, DeliveryState.SENT), in_state(notice, DeliveryState.IN_DOUBT)
    assert sent | doubtful == everybody
    assert sent <= set(mails), "Whoever is said to be told was."
    assert max(doubts.values()) <= BATCH
    assert claimed > kills / 4, "They were killed in the middle of it."
    assert got, "Something was sent meanwhile."
    if setting == "hold":
        assert set(mails.values()) == {1}, "Nobody got two."
        assert len(doubtful) == sum(doubts.values())
    else:
        assert not doubtful
        assert set(mails) == everybody
        assert sum(mails.values()) - len(everybody) <= sum(doubts.values()), "Only what was in doubt went twice."
        assert len(sink.ids) == len(everybody), "Sent twice, it is the same mail by its Message-ID."
