"""A database that fails at a statement of the test's choice, and mail that is only counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any
from unittest import mock

from django.contrib.auth import get_user_model
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from tests.notices import factories
from tests.notices.factories import PUBLISHED
from wagtail_privacy.clock import at
from wagtail_privacy.models import Notice
from wagtail_privacy.notices.issue import issue_notice
from wagtail_privacy.records.notice import DeliveryState
from wagtail_privacy.sending.claim import LEASE
from wagtail_privacy.sending.deliver import deliver
from wagtail_privacy.sending.in_doubt import release_leases

#: So many mails between two writes of progress: fewer than there really are, for hundreds of senders are tried.
MOST = 8
#: More than one write of progress, and not a multiple of it.
PEOPLE = 2 * MOST + 2
FOR_EVER = 10**9


class Counted:
    """A mail server that takes everything, and counts it."""

    def __init__(self) -> None:
        self.mails = Counter[str]()

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send_messages(self, messages: list[Any]) -> int:
        self.mails.update(message.to[0] for message in messages)
        return len(messages)


def lost() -> None:
    if connection.vendor == "sqlite" and connection.connection:
        # What a lost connection does to its transaction; a database in memory is never closed.
        connection.connection.rollback()
    raise OperationalError("The connection was lost.")


class Statements:
    """Counts the statements and commits of a block, and calls ``fail`` at ``times`` of them from the ``first`` on.

    Before the statement is run, or ``after`` it, when only the answer is lost.
    """

    def __init__(
        self, first: int = FOR_EVER, times: int = 1, *, after: bool = False, fail: Callable[[], None] = lost
    ) -> None:
        self.first, self.times, self.after, self.fail = first, times, after, fail
        self.seen = 0

    @contextmanager
    def counted(self) -> Iterator[None]:
        commit = connection._commit
        with (
            mock.patch.object(connection, "_commit", lambda: self._run(commit)),
            connection.execute_wrapper(lambda execute, *statement: self._run(lambda: execute(*statement))),
        ):
            yield

    def _run(self, act: Callable[[], Any]) -> Any:
        self.seen += 1
        fails = self.first <= self.seen < self.first + self.times
        if fails and not self.after:
            self.fail()
        result = act()
        if fails and self.after:
            self.fail()
        return result


def people() -> None:
    user = get_user_model()
    user.objects.bulk_create([user(username=f"p{n:05}", email=f"p{n:05}@example.org") for n in range(PEOPLE)])


class Run:
    """A notice told to everybody by a sender whose database fails, and then by others until nothing is left to do."""

    def __init__(self, version: Any, statements: Statements) -> None:
        Notice.objects.all().delete()
        with mock.patch("wagtail_privacy.notices.issue.wake"):
            self.notice = issue_notice(version)
        self.server = Counted()
        self.moment = PUBLISHED + timedelta(hours=1)
        with (
            mock.patch("wagtail_privacy.sending.transport.default_backend", lambda: self.server),
            mock.patch("wagtail_privacy.sending.database.RECONNECT_DELAYS", (0, 0, 0)),
            mock.patch("wagtail_privacy.sending.batch.MAX_IN_DOUBT", MOST),
            mock.patch("wagtail_privacy.sending.in_doubt.MAX_IN_DOUBT", MOST),
        ):
            with at(self.moment), statements.counted(), suppress(DatabaseError, InterfaceError):
                deliver(self.notice.pk)
            connection.close()
            # The policy's pages are not indexed and rendered anew by who finishes: it is no part of sending.
            with mock.patch("wagtail_privacy.tasks.refresh_policy"):
                self._finish()

    def _finish(self) -> None:
        for _ in range(8):
            self.moment += LEASE + timedelta(days=1)
            with at(self.moment):
                release_leases()
                deliver(self.notice.pk)
            if Notice.objects.filter(pk=self.notice.pk).exclude(finished_at=None).exists():
                return

    def check(self) -> None:
        """Nobody is missed, and few were told twice or may have been."""
        rows = self.notice.deliveries.select_related("user")
        in_doubt = {row.user.email for row in rows if row.state == DeliveryState.IN_DOUBT}
        sent = {row.user.email for row in rows if row.state == DeliveryState.SENT}
        everybody = {user.email for user in get_user_model().objects.all()}
        mails = self.server.mails
        assert sent | in_doubt == everybody
        assert sent <= set(mails), "Whoever is said to be told was."
        assert len(in_doubt) <= MOST
        assert sum(mails.values()) - len(mails) <= MOST
        assert not in_doubt or max(mails.values()) == 1


def version() -> Any:
    with mock.patch("wagtail_privacy.notices.issue.wake"):
        return factories.announced()
