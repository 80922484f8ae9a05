"""The database fails at each single statement of a sender: nobody is missed, and few may be told twice.

As many as are sent between two writes of progress: 50, and fewer here, where hundreds of senders are tried.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.sending.faults import FEW, FEW_PEOPLE, FOR_EVER, Run, Statements, people, version

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("site"), pytest.mark.slow]


# Each on its own; all together is slow: they try every other statement.
EACH_ONCE = [("resend", 1, False), ("hold", 1, True), ("resend", FOR_EVER, False)]
ALL = [(what, *how) for what in ("resend", "hold") for how in ((1, False), (1, True), (3, False), (FOR_EVER, False))]
NAMES = {(1, False): "once", (1, True): "once, only the answer is lost", (3, False): "three times"}


@pytest.mark.parametrize(
    ("in_doubt", "times", "after"),
    [
        pytest.param(
            *how,
            marks=pytest.mark.each_database if how in EACH_ONCE else (),
            id=f"{NAMES.get(how[1:], 'for ever')}-{how[0]}",
        )
        for how in ALL
    ],
)
def test_a_database_that_fails_at_any_statement(settings: Any, in_doubt: str, times: int, after: bool) -> None:
    settings.WAGTAIL_PRIVACY_IN_DOUBT, settings.WAGTAIL_PRIVACY_BATCH_SIZE = in_doubt, FEW_PEOPLE
    people(FEW_PEOPLE)
    announced = version()
    whole = Statements()
    run = Run(announced, whole, FEW)
    run.check()
    assert whole.seen > 20
    assert set(run.server.mails.values()) == {1}

    step = 1 if (in_doubt, times, after) in EACH_ONCE else 2
    for number in range(1, whole.seen + 1, step):
        Run(announced, Statements(number, times, after=after), FEW).check()
