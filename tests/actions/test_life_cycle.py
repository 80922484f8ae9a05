"""Whatever people do to a policy in whatever order, what :mod:`tests.actions.life` says holds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.actions.life import Life

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site", "locale_en"), pytest.mark.slow]
# Shrinking a failure takes minutes and says little more than the steps themselves.
BOUNDED = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    stateful_step_count=15,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    report_multiple_bugs=False,
)


def test_the_life_of_a_policy() -> None:
    run_state_machine_as_test(Life, settings=settings(BOUNDED, max_examples=8))
