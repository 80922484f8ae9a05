"""The same address twice in a notice is one mail, whatever becomes of the account that got it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.notices import factories
from tests.notices.factories import PUBLISHED, person
from tests.sending.addresses import Addresses
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.clock import at, now
from wagtail_privacy.models import Notice, Version
from wagtail_privacy.notices.issue import issue_notice
from wagtail_privacy.notices.stop_waiting import stop_waiting
from wagtail_privacy.records.notice import Reason
from wagtail_privacy.sending.add_people import expand_notice
from wagtail_privacy.sending.control import cancel_notice
from wagtail_privacy.sending.deliver import deliver

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture(autouse=True)
def moment() -> Iterator[None]:
    with at(PUBLISHED + timedelta(hours=1)):
        yield


@pytest.mark.slow
@pytest.mark.each_database
def test_each_concerned_address_gets_exactly_one() -> None:
    bounded = settings(
        deadline=None,
        max_examples=30,
        stateful_step_count=12,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    )
    run_state_machine_as_test(Addresses, settings=bounded)


def test_many_accounts_with_one_address_take_few_batches() -> None:
    for number in range(40):
        person(f"p{number}", "sv", email=("a@example.org", "b@example.org")[number % 2])
    notice = factories.notice()

    with CaptureQueriesContext(connection) as queries:
        deliver(notice.pk)

    assert notice.totals() == {("sent", "sv"): 2, ("skipped", "sv"): 38}
    assert sum("FOR UPDATE" in query["sql"] or "due_at" in query["sql"] for query in queries) < 20


def test_who_was_skipped_for_an_address_is_told_of_a_change_of_plan() -> None:
    """The account that got the mail is closed before the plan changes: its reader still has the other one."""
    first, second = person("anna", "sv"), person("annas_second", "sv", email="Anna@example.org")
    notice = factories.notice()
    deliver(notice.pk)
    assert notice.totals() == {("sent", "sv"): 1, ("skipped", "sv"): 1}
    get_user_model().objects.filter(pk=first.pk).update(is_active=False)

    change_day(notice.version, date(2027, 1, 15), reason="Systemet är inte klart.")
    postponed = Notice.objects.get(kind="postponed")
    deliver(postponed.pk)

    assert [(row.user, row.state) for row in postponed.deliveries.all()] == [(second, "sent")]


@pytest.mark.parametrize("is_told", [False, True], ids=["before", "after it was told"])
def test_what_a_later_notice_was_to_tell_is_told_after_all_if_that_is_stopped(is_told: bool) -> None:
    person("bob", "en")
    notice = factories.notice("sv")
    expand_notice(notice.pk)
    version = notice.version
    later = Version.objects.create(
        policy=version.policy, number=3, published_at=now(), takes_effect_at=version.takes_effect_at
    )
    factories.text(later, "sv", version.texts.get().page, "P48M", [])
    second = issue_notice(later)
    expand_notice(second.pk)
    stop_waiting(later, "en")
    assert notice.deliveries.get().error == Reason.TOLD_LATER
    if is_told:
        second.deliveries.update(state="sent", as_of=9)

    cancel_notice(second.pk)

    assert notice.deliveries.get().state == ("skipped" if is_told else "due")
