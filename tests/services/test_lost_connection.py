"""A sender whose database connection is killed for real, at each statement: nobody is missed, few are told twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from tests.sending.faults import PEOPLE, Run, Statements, people, version

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("site"),
    pytest.mark.slow,
]
#: Those in CI's corners, and the others with them in tox's matrix.
EACH = [(False, "resend"), (True, "hold")]
WAYS = [(after, in_doubt) for after in (False, True) for in_doubt in ("resend", "hold")]


class Killer:
    """Ends the connection of this thread from another one, as an administrator or a failover does."""

    def __init__(self) -> None:
        self.killed = 0
        self.other = connection.copy(alias="default")

    def __call__(self) -> None:
        """Without an error of its own: the next statement will have one."""
        if connection.connection is None:
            return
        if connection.vendor == "postgresql":
            sql, session = "SELECT pg_terminate_backend(%s)", connection.connection.info.backend_pid
        else:
            sql, session = "KILL %s", connection.connection.thread_id()
        with self.other.cursor() as cursor:
            cursor.execute(sql, [session])
        self.killed += 1


@pytest.mark.parametrize(
    ("after", "in_doubt"),
    [
        pytest.param(
            *way,
            marks=pytest.mark.each_database if way in EACH else (),
            id=f"{'after' if way[0] else 'before'}-{way[1]}",
        )
        for way in WAYS
    ],
)
def test_a_connection_that_is_killed_at_any_statement(settings: Any, in_doubt: str, after: bool) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("A database server is what this tries; DB=postgres and DB=mysql run it.")
    settings.WAGTAIL_PRIVACY_IN_DOUBT, settings.WAGTAIL_PRIVACY_BATCH_SIZE = in_doubt, PEOPLE
    people()
    announced, whole, kill = version(), Statements(), Killer()
    Run(announced, whole).check()

    # Every second statement: those between are tried in another way, here and on each server.
    for number in range(1 + (in_doubt == "hold"), whole.seen + 1, 2):
        Run(announced, Statements(number, after=after, fail=kill)).check()

    kill.other.close()
    assert kill.killed > whole.seen / 4
