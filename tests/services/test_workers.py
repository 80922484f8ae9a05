"""Several task workers over Redis, and several connections of one: nobody gets two mails, everybody gets one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from tests.conftest import unavailable
from tests.notices import factories
from tests.services.mailer import use
from tests.services.smtp import Sink, running
from tests.settings import ROOT
from wagtail_privacy.models import Notice
from wagtail_privacy.records.notice import DeliveryState, NoticeState
from wagtail_privacy.sending.deliver import deliver

redis = pytest.importorskip("redis")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("site"),
    pytest.mark.slow,
    pytest.mark.each_database,
]
REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/9")
PEOPLE = 400
WORKERS = 3


@pytest.fixture(autouse=True)
def on_a_server() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("A database server is what this tries; DB=postgres and DB=mysql run it.")


@pytest.fixture
def queue() -> Any:
    found = redis.Redis.from_url(REDIS_URL)
    try:
        found.flushdb()
    except redis.ConnectionError:
        unavailable(f"Redis at {REDIS_URL}")
    yield found
    found.flushdb()
    found.close()


def notice(people: int = PEOPLE) -> Notice:
    user = get_user_model()
    user.objects.bulk_create([user(username=f"p{n:04}", email=f"p{n:04}@example.org") for n in range(people)])
    with mock.patch("wagtail_privacy.notices.issue.wake"):
        return factories.notice()


def everyone_has_one(notice: Notice, sink: Sink, people: int = PEOPLE) -> None:
    notice.refresh_from_db()
    assert notice.state == NoticeState.FINISHED
    assert set(notice.deliveries.values_list("state", "attempts")) == {(DeliveryState.SENT, 1)}
    assert len(sink.addresses) == len(set(sink.addresses)) == people
    assert set(sink.ids.values()) == {1}


def wait_until(happened: Callable[[], bool]) -> None:
    patience = time.monotonic() + 180
    while not happened() and time.monotonic() < patience:
        time.sleep(0.1)


def test_workers_on_redis_share_a_notice(queue: Any) -> None:
    told, sink = notice(), Sink(pipelining=True)
    sink.delay = 0.01
    with running(sink) as port:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.services.rq_settings",
            "DATABASE": str(connection.settings_dict["NAME"]),
            "REDIS_URL": REDIS_URL,
            "SMTP_PORT": str(port),
            "WORKERS": str(WORKERS),
        }
        command = [sys.executable, "-m", "django"]
        worker = [*command, "rqworker", "default", "--job-class", "django_tasks_rq.Job", "--with-scheduler"]
        # The task is queued twice, as by two machines that sweep: that must do no harm.
        wake = f"from wagtail_privacy.notices.issue import wake; wake({told.pk}); wake({told.pk})"
        processes = [
            subprocess.Popen(worker, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for _ in range(WORKERS)
        ]
        try:
            wait_until(lambda: queue.scard("rq:workers") == WORKERS)
            subprocess.run([*command, "shell", "-c", wake], env=environment, cwd=ROOT, check=True, capture_output=True)
            wait_until(Notice.objects.filter(state=NoticeState.FINISHED).exists)
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(timeout=60)

    everyone_has_one(told, sink)
    assert sink.sessions >= WORKERS, "Each of them sent."


def test_several_connections_of_one_worker_share_a_notice(settings: Any) -> None:
    settings.WAGTAIL_PRIVACY_BATCH_SIZE, settings.WAGTAIL_PRIVACY_CONNECTIONS = 10, 8
    told, sink = notice(), Sink(pipelining=True)
    sink.delay = 0.005
    with running(sink) as port:
        use(settings, port)
        deliver(told.pk)

    everyone_has_one(told, sink)
    assert sink.sessions == 8


def test_the_rate_is_held_across_connections(settings: Any) -> None:
    rate, people, batch = 20, 60, 5
    settings.WAGTAIL_PRIVACY_BATCH_SIZE, settings.WAGTAIL_PRIVACY_CONNECTIONS = batch, 4
    settings.WAGTAIL_PRIVACY_MAX_RATE = f"{rate}/s"
    told, sink, arrivals = notice(people), Sink(pipelining=True), list[float]()
    sink.on_rcpt = lambda address: arrivals.append(time.monotonic())
    with running(sink) as port:
        use(settings, port)
        start = time.monotonic()
        deliver(told.pk)

    everyone_has_one(told, sink, people)
    # A busy machine sends late, and never early: what is late may come at once.
    early = [number for number, moment in enumerate(sorted(arrivals)) if moment - start < (number - 2 * batch) / rate]
    assert early == []
