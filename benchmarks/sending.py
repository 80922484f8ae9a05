"""Sending a notice, beside the least that any sender must do, beside Django's way and beside queues of mail.

Run it on PostgreSQL: ``DB=postgres python -m benchmarks sending``. Every way sends mails of the same text to the same
server: a process of its own that takes everything and keeps nothing.
"""

from __future__ import annotations

import gc
import smtplib
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends import smtp
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, Site
from wagtail.users.models import UserProfile

from tests.notices import factories
from tests.services.mailer import use
from wagtail_privacy.clock import at
from wagtail_privacy.models import Delivery, Notice
from wagtail_privacy.notices.mail_headers import build_email
from wagtail_privacy.notices.message import Message, RenderedMails
from wagtail_privacy.records.notice import DeliveryState, NoticeState
from wagtail_privacy.sending.add_people import expand_notice
from wagtail_privacy.sending.send import send_notice
from wagtail_privacy.sending.transport import default_backend

ROUNDS = 15
#: Mails that a way sends in a round: the slow ones fewer. What is compared is the time for one.
MANY, SOME, FEW = 5000, 1000, 500
SUMMARY = "Vi sparar din köphistorik längre, så att du kan reklamera i tre år."
MOMENT = factories.PUBLISHED.replace(hour=11)

Json = dict[str, Any]
Way = Callable[[], int]


class OtherBackend(smtp.EmailBackend):
    """A backend that is not Django's own, as far as anybody can see from outside: it may do anything."""

    def send_messages(self, email_messages: Any) -> int:
        return super().send_messages(email_messages)


def run() -> list[Json]:
    with at(MOMENT), _sink(0) as near, _sink(0.01) as far:
        bench = Bench(near)
        return [*bench.speeds(), *bench.statements(), *bench.distance(far), *bench.memory()]


class Bench:
    """A site with an announced version and :data:`MANY` people, half of whom read English."""

    def __init__(self, port: int) -> None:
        self.port = port
        _site()
        _people(MANY)
        self.notice = factories.notice()
        self.notice.version.texts.update(summary=SUMMARY)
        rendered_mails = RenderedMails(self.notice.version, lambda: "", self.notice)
        self.messages = {language: rendered_mails[language].for_person("Åsa Örn") for language in ("sv", "en")}
        sizes = [len(_bytes(message)) for message in self.messages.values()]
        mails = f"mails of {min(sizes)} and {max(sizes)} bytes in two languages"
        self.how = f"PostgreSQL, one worker, {mails}, median of {ROUNDS} rounds in turn"

    # --- The ways; each returns how many mails it has sent ---

    def bare(self) -> int:
        """The least there is: finished bytes, one connection."""
        prepared = [_bytes(message) for message in self.messages.values()]
        with smtplib.SMTP("127.0.0.1", self.port) as server:
            for number in range(MANY):
                server.sendmail("privacy@example.org", [f"p{number}@example.org"], prepared[number % 2])
        return MANY

    def django(self) -> int:
        """Each mail built by Django from the same rendered text, one connection."""
        return self._django(smtp.__name__ + ".EmailBackend")

    def django_other(self) -> int:
        return self._django(f"{__name__}.OtherBackend")

    def _django(self, backend: str) -> int:
        languages = list(self.messages.values())
        with self._mailer(backend):
            opened = default_backend()
            opened.open()
            for number in range(SOME):
                opened.send_messages([_mail(languages[number % 2], f"p{number}@example.org")])
            opened.close()
        return SOME

    def ours(self, batch: int) -> int:
        with self._mailer(smtp.__name__ + ".EmailBackend"), override_settings(WAGTAIL_PRIVACY_BATCH_SIZE=batch):
            send_notice(self.notice.pk)
        return self._sent(MANY)

    def ours_other(self) -> int:
        with self._mailer(f"{__name__}.OtherBackend"), override_settings(WAGTAIL_PRIVACY_BATCH_SIZE=500):
            send_notice(self.notice.pk)
        return self._sent(MANY // 2)

    def django_mailer(self) -> int:
        from mailer.engine import send_all
        from mailer.models import Message as Queued

        with self._mailer(smtp.__name__ + ".EmailBackend"):
            send_all()
        assert not Queued.objects.exists()
        return FEW

    def post_office(self) -> int:
        from post_office.mail import send_queued
        from post_office.models import STATUS, Email

        with self._mailer(smtp.__name__ + ".EmailBackend"):
            send_queued()
        assert Email.objects.filter(status=STATUS.sent).count() == FEW
        return FEW

    # --- What each needs beforehand ---

    def due(self, count: int = 0) -> None:
        """The ledger with all due, or with ``count`` of them and nobody else."""
        _due(self.notice)
        if count:
            kept = list(Delivery.objects.values_list("pk", flat=True)[:count])
            Delivery.objects.exclude(pk__in=kept).delete()

    def queue_django_mailer(self) -> None:
        from mailer.models import Message as Queued
        from mailer.models import MessageLog, make_message

        MessageLog.objects.all().delete()
        Queued.objects.all().delete()
        for mail in self._mails():
            queued = make_message(priority=2)
            queued.email = mail
            queued.save()

    def queue_post_office(self) -> None:
        from post_office.mail import send_many
        from post_office.models import Email

        Email.objects.all().delete()
        send_many(
            [
                {
                    "sender": mail.from_email,
                    "recipients": mail.to,
                    "subject": mail.subject,
                    "message": mail.body,
                    "html_message": mail.alternatives[0][0],
                    "priority": "medium",
                }
                for mail in self._mails()
            ]
        )

    def _mails(self) -> Iterator[EmailMultiAlternatives]:
        languages = list(self.messages.values())
        for number in range(FEW):
            yield _mail(languages[number % 2], f"p{number}@example.org")

    def _mailer(self, backend: str, port: int = 0) -> Any:
        """Settings that send through ``backend``."""

        class Wanted: ...

        use(Wanted, port or self.port, backend)
        return override_settings(**{name: value for name, value in vars(Wanted).items() if name.isupper()})

    def _sent(self, count: int) -> int:
        found = self.notice.deliveries.filter(state=DeliveryState.SENT).count()
        assert found == count, f"Expected {count} sent, found {self.notice.totals()}."
        return count

    # --- What is measured ---

    def speeds(self) -> list[Json]:
        ways: dict[str, tuple[Callable[[], Any], Way]] = {
            "bare": (_nothing, self.bare),
            "django": (_nothing, self.django),
            "django, other backend": (_nothing, self.django_other),
            "ours": (self.due, lambda: self.ours(500)),
            "ours, batches of 100": (self.due, lambda: self.ours(100)),
            "ours, other backend": (lambda: self.due(MANY // 2), self.ours_other),
        }
        if find_spec("mailer"):
            ways["django-mailer"] = (self.queue_django_mailer, self.django_mailer)
        if find_spec("post_office"):
            ways["django-post-office"] = (self.queue_post_office, self.post_office)
        rounds = _in_turn(ways, ROUNDS)
        compared = [
            ("whole job against a bare smtplib loop", "ours", "bare", 0.7),
            ("whole job in batches of 100 against a bare smtplib loop", "ours, batches of 100", "bare", 0.7),
            ("whole job against a loop in which Django builds each", "ours", "django", 4),
            ("any other backend against Django's loop over it", "ours, other backend", "django, other backend", 0.9),
            ("whole job against django-mailer's", "ours", "django-mailer", 12),
            ("whole job against django-post-office's", "ours", "django-post-office", 4),
        ]
        found = []
        for name, way, other, bar in compared:
            if other in rounds:
                value = median(theirs / ours for ours, theirs in zip(rounds[way], rounds[other], strict=True))
                found.append(_result(f"sending: {name}", value, bar, "higher", "× as fast", self.how))
        return found

    def statements(self) -> list[Json]:
        """Of a whole run, with BEGIN and COMMIT, rendering the mails and finishing the notice."""
        count = 20_000
        _people(count)
        found = []
        for batch, bar in ((500, 0.04), (100, 0.1)):
            self.due()
            with (
                CaptureQueriesContext(connection) as queries,
                self._mailer(smtp.__name__ + ".EmailBackend"),
                override_settings(WAGTAIL_PRIVACY_BATCH_SIZE=batch),
            ):
                send_notice(self.notice.pk)
            self._sent(count)
            name = f"sending: SQL statements in batches of {batch}"
            found.append(_result(name, len(queries) / count, bar, "lower", "per mail", f"{count} mails"))
        return found

    def distance(self, far: int) -> list[Json]:
        """One connection beside eight, where every reply takes 10 ms."""

        def through(connections: int, count: int) -> Way:
            def send() -> int:
                with (
                    self._mailer(smtp.__name__ + ".EmailBackend", far),
                    override_settings(WAGTAIL_PRIVACY_CONNECTIONS=connections, WAGTAIL_PRIVACY_BATCH_SIZE=50),
                ):
                    send_notice(self.notice.pk)
                return self._sent(count)

            return send

        rounds = _in_turn(
            {
                "one": (lambda: self.due(200), through(1, 200)),
                "eight": (lambda: self.due(1600), through(8, 1600)),
            },
            ROUNDS,
        )
        value = median(one / eight for one, eight in zip(rounds["one"], rounds["eight"], strict=True))
        rates = f"{1 / median(rounds['one']):.0f} and {1 / median(rounds['eight']):.0f} mails a second"
        how = f"10 ms to the server, {rates}, median of {ROUNDS} rounds in turn"
        return [_result("sending: 8 connections against one, 10 ms away", value, 6, "higher", "× as fast", how)]

    def memory(self) -> list[Json]:
        """Of a process of its own that sends: what it needs above what it needs to be there at all."""
        grown = {}
        for count in (2_000, 20_000):
            self.due(count)
            command = [sys.executable, "-m", "benchmarks._sender", str(connection.settings_dict["NAME"])]
            command += [str(self.port), str(self.notice.pk), MOMENT.isoformat()]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
            idle, most = map(float, done.stdout.split())
            self._sent(count)
            grown[count] = most - idle
        how = f"above {idle:.0f} MB of Python, Django, Wagtail and the site, before anything is sent"
        few, many = grown.values()
        return [
            _result("sending: memory of a worker", many, 80, "lower", "MB", how),
            _result(
                "sending: memory for ten times as many mails", many - few, 5, "lower", "MB more", "20 000 and 2 000"
            ),
        ]


ROOT = Path(__file__).parent.parent


def _result(name: str, value: float, bar: float, better: str, unit: str, how: str) -> Json:
    return {"name": name, "value": round(value, 4), "bar": bar, "better": better, "unit": unit, "how": how}


def _in_turn(ways: dict[str, tuple[Callable[[], Any], Way]], rounds: int) -> dict[str, list[float]]:
    """Seconds per mail of each way, round by round, each first in its turn. What it needs beforehand is not timed."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    names = list(ways)
    for number in range(rounds + 1):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            prepare, way = ways[name]
            prepare()
            gc.collect()
            started = perf_counter()
            count = way()
            if number:  # the first is to warm up
                found[name].append((perf_counter() - started) / count)
    return found


def _nothing() -> None: ...


@contextmanager
def _sink(delay: float) -> Iterator[int]:
    command = [sys.executable, "-m", "benchmarks._sink", str(delay)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert process.stdout
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


def _site() -> None:
    locale, _ = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    top = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root", locale=locale)
    home = Page.objects.filter(depth=2).first() or top.add_child(title="Hem", slug="sending", locale=locale)
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})


def _people(count: int) -> None:
    """As many users as that, every second of whom reads English."""
    user = get_user_model()
    there = user.objects.filter(username__startswith="bench").count()
    made = user.objects.bulk_create(
        [
            user(username=f"bench{n}", email=f"bench{n}@example.org", first_name="Åsa", last_name="Örn")
            for n in range(there, count)
        ],
        batch_size=1000,
    )
    UserProfile.objects.bulk_create(
        [UserProfile(user=each, preferred_language=("sv", "en")[n % 2]) for n, each in enumerate(made)], batch_size=1000
    )


def _due(notice: Notice) -> None:
    """The ledger as it is when nobody has been sent anything."""
    Delivery.objects.all().delete()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"VACUUM {Delivery._meta.db_table}")
    Notice.objects.filter(pk=notice.pk).update(
        state=NoticeState.WAITING, expanded_at=None, finished_at=None, retry_at=None, refusals=0
    )
    expand_notice(notice.pk)


def _mail(message: Message, address: str) -> EmailMultiAlternatives:
    return build_email(Delivery(pk=1, notice_id=1), message, address)


def _bytes(message: Message) -> bytes:
    return _mail(message, "p0@example.org").message().as_bytes().replace(b"\n", b"\r\n")
