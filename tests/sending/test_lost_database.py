"""The database fails at each single statement of a sender: nobody is missed, and few may be told twice.

As many as are sent between two writes of progress: 50, and fewer here, where hundreds of senders are tried.
That a connection is really killed is tried on each database, in tests/services/test_lost_connection.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.sending.faults import FOR_EVER, PEOPLE, Run, Statements, people, version

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("site"), pytest.mark.slow]

#: Each failure begins at every second, fourth or eighth statement where what is in doubt is sent again, and midway
#: between those where it is held: a single one at each statement, in one of the two; one that lasts at every second.
STEPS = {(1, False): 2, (1, True): 4, (3, False): 8, (FOR_EVER, False): 4}
ALL = [(what, *how) for what in ("resend", "hold") for how in STEPS]
NAMES = {(1, False): "once", (1, True): "once, only the answer is lost", (3, False): "three times"}


@pytest.mark.parametrize(
    ("in_doubt", "times", "after"),
    [pytest.param(*how, id=f"{NAMES.get(how[1:], 'for ever')}-{how[0]}") for how in ALL],
)
def test_a_database_that_fails_at_any_statement(settings: Any, in_doubt: str, times: int, after: bool) -> None:
    settings.WAGTAIL_PRIVACY_IN_DOUBT, settings.WAGTAIL_PRIVACY_BATCH_SIZE = in_doubt, PEOPLE
    people()
    announced = version()
    whole = Statements()
    run = Run(announced, whole)
    run.check()
    assert whole.seen > 20
    assert set(run.server.mails.values()) == {1}

    step = STEPS[times, after]
    first = 1 if in_doubt == "resend" else 1 + step // 2
    for number in range(first, whole.seen + 1, step):
        Run(announced, Statements(number, times, after=after)).check()
