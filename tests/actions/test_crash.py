"""A crash at any step of publishing leaves everything or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page

from tests.policies import KEPT, body, draft, reloaded
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.actions.unpublish import unpublish_policy
from wagtail_privacy.actions.verify import verify
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.clock import at
from wagtail_privacy.models import Delivery, Event, Notice, Policy, PolicyPage, Text, Version

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("site")]


class Crash(BaseException):
    """Nothing catches it but the test: as good as a pulled plug."""


class CrashAt:
    """Lets ``number`` writing statements through and crashes at the next one."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            if self.left == 0:
                raise Crash
            self.left -= 1
        return execute(sql, params, many, context)


def state() -> dict[str, Any]:
    """All that publishing writes of ours, and what Wagtail shows of the page."""
    models = (Policy, Version, Text, Event, Notice, Delivery)
    found: dict[str, Any] = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    found["page"] = list(PolicyPage.objects.values("live", "live_revision_id", "title", "body"))
    return found


def steps(act: Callable[[], Any]) -> Iterator[int]:
    """Act with a crash at the first write, the second … until it gets through. Yields after each crash."""
    for number in range(200):
        try:
            with connection.execute_wrapper(CrashAt(number)):
                act()
        except Crash:
            yield number
        else:
            return
    pytest.fail("It never got through.")


def test_publishing_a_version(root: Page, editor: Any) -> None:
    page = draft(root)
    page.save_revision().publish()
    newest = reloaded(page).get_latest_revision_as_object()
    newest.body = body(duration="P36M")
    newest.answer(summary="Vi sparar längre.")
    revision = newest.save_revision()
    before, crashes = state(), 0
    for _number in steps(lambda: type(revision).objects.get(pk=revision.pk).publish()):
        crashes += 1
        now = state()
        if Version.objects.count() == 1:
            assert now == before
        else:
            # Past the transaction: Wagtail's own bookkeeping crashed, and all of ours is there.
            assert reloaded(page).live_revision_id == revision.pk
            assert Version.objects.count() == 2
            assert Notice.objects.count() == 1
            assert Text.objects.get(version__number=2).snapshot.by_id[KEPT].facts["duration"] == "P36M"
        assert list(verify(page.policy)) == []
    assert crashes > 8
    assert list(Version.objects.values_list("number", flat=True)) == [1, 2]
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("act", ["postpone", "withdraw"])
def test_a_change_of_plan(root: Page, act: str) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from wagtail_privacy.clock import day_of

    page = draft(root)
    page.save_revision().publish()
    for duration in ("P36M", "P48M"):
        newest = reloaded(page).get_latest_revision_as_object()
        newest.body = body(duration=duration)
        publish_policy(newest, summary="Vi sparar längre.")
    moment = timezone.now()
    acts = {
        "postpone": lambda: change_day(
            page.policy.versions.get(number=2), day_of(moment) + timedelta(days=90), reason="Inte klart."
        ),
        "withdraw": lambda: withdraw(page.policy.versions.get(number=2), reason="Behövs inte."),
    }
    before, crashes = state(), 0
    with at(moment):
        for _number in steps(acts[act]):
            crashes += 1
            if state() != before:  # committed: the crash was in what comes after, the task
                assert Event.objects.filter(kind__in=["postponed", "withdrawn"]).count() == 2
                assert Notice.objects.exclude(kind="announced").count() == 1
                break
    assert crashes > 5
    assert list(verify(page.policy)) == []


def test_unpublishing_and_telling(root: Page) -> None:
    page = draft(root)
    page.save_revision().publish()
    before, crashes = state(), 0
    for _number in steps(lambda: unpublish_policy(reloaded(page), tell_people=True)):
        crashes += 1
        if state() != before:  # committed: the crash was in what comes after, the task
            break
    assert crashes > 5
    assert not reloaded(page).live
    assert Event.objects.filter(kind="unpublished").count() == Notice.objects.filter(kind="unpublished").count() == 1
    assert list(verify(page.policy)) == []
