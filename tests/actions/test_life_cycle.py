"""The life of a policy as a state machine: whatever editors do in whatever order, these hold (DESIGN 4.2 to 4.5)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from wagtail.models import Locale, Page

from tests.desk.policies import TEXT, body, draft, reloaded
from wagtail_privacy.actions.correct import correct_summary, correct_wording
from wagtail_privacy.actions.moment import at, day_of, start_of
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.actions.refusal import Refused
from wagtail_privacy.actions.verify import verify
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.models import Event, EventKind, Notice, Policy, PolicyPage, Text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site", "locale_en")]
BEGINNING = start_of(date(2026, 1, 5)) + timedelta(hours=9)
DURATIONS = st.sampled_from(["P6M", "P24M", "P36M", "P48M"])
WORDS = st.sampled_from(["Vi säljer bröd.", "Vi säljer gott bröd.", "Vi säljer nybakat bröd."])


class Life(RuleBasedStateMachine):
    """A Swedish policy with one version in force and one announced, perhaps translated; a clock that goes forward."""

    def __init__(self) -> None:
        super().__init__()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.now: datetime = BEGINNING
        self.promised: dict[int, datetime] = {}
        with at(self.now):
            self.page = draft(Page.objects.get(depth=2, locale__language_code="sv"))
            self.page.save_revision().publish()
            newest = reloaded(self.page).get_latest_revision_as_object()
            newest.body = body(duration="P60M")
            publish_policy(newest, summary="Vi sparar längre.")
        self.english: PolicyPage | None = None
        self.promise()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.rollback.__exit__(None, None, None)

    @property
    def policy(self) -> Policy:
        return Policy.objects.get(translation_key=self.page.translation_key)

    def promise(self) -> None:
        """Remember the moment that each new version was announced for."""
        for version in self.policy.versions.all():
            self.promised.setdefault(version.number, version.takes_effect_at)

    @property
    def announced(self) -> list[Any]:
        return list(self.policy.versions.announced(self.now))

    @rule(
        duration=DURATIONS,
        words=WORDS,
        day=st.none() | st.integers(0, 60),
        materiality=st.none() | st.sampled_from(Materiality),
        reason=st.sampled_from(["", "Därför."]),
    )
    def publish(self, duration: str, words: str, day: int | None, materiality: Materiality | None, reason: str) -> None:
        newest = reloaded(self.page).get_latest_revision_as_object()
        newest.body = body(duration=duration, words=words)
        wanted = day_of(self.now) + timedelta(days=day) if day is not None else None
        answers = {"summary": "Vi ändrar.", "takes_effect_on": wanted, "materiality": materiality, "reason": reason}
        publish_policy(newest, moment=self.now, **answers)
        self.promise()

    @rule()
    def translate(self) -> None:
        with at(self.now):
            if self.english is None:
                english = Locale.objects.get(language_code="en")
                self.english = reloaded(self.page).copy_for_translation(english, copy_parents=True)
            newest = reloaded(self.english).get_latest_revision_as_object()
            newest.body = reloaded(self.page).body
            newest.save_revision().publish()
        self.promise()

    @rule(words=WORDS)
    def correct(self, words: str) -> None:
        with at(self.now):
            text = self.policy.text_in_force("sv", self.now)
            correct_wording(text, TEXT, "body", f"<p>{words}</p>", reason="Stavfel.")

    @rule(words=WORDS, number=st.integers(0, 20))
    def correct_history(self, words: str, number: int) -> None:
        versions = list(self.policy.versions.order_by("number"))
        with at(self.now):
            correct_summary(versions[number % len(versions)], "sv", words, reason="Otydligt.")

    @precondition(lambda self: self.announced)
    @rule(number=st.integers(0, 5), days=st.integers(0, 90))
    def move(self, number: int, days: int) -> None:
        version = self.announced[number % len(self.announced)]
        with at(self.now):
            try:
                event = change_day(version, day_of(self.now) + timedelta(days=days), reason="Inte klart.")
            except Refused as refusal:
                assert refusal.message
                return
        for moved in (event.data, *event.data["along"]) if event else ():
            self.promised[moved["number"]] = datetime.fromisoformat(moved["to"])

    @precondition(lambda self: self.announced)
    @rule(number=st.integers(0, 5))
    def withdraw(self, number: int) -> None:
        with at(self.now):
            withdraw(self.announced[number % len(self.announced)], reason="Behövs inte.")

    @rule()
    def withdraw_what_applies(self) -> None:
        with at(self.now), pytest.raises(Refused):
            withdraw(self.policy.version_in_force(self.now), reason="Ångrar mig.")

    @rule()
    def unpublish_and_publish_again(self) -> None:
        with at(self.now):
            page = reloaded(self.page)
            revision = page.live_revision
            page.unpublish()
            revision.publish()
        self.promise()

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @invariant()
    def exactly_one_version_is_in_force(self) -> None:
        current = self.policy.version_in_force(self.now)
        assert current.withdrawn_at is None
        assert current.takes_effect_at <= self.now

    @invariant()
    def effect_never_runs_against_the_numbers(self) -> None:
        moments = list(self.policy.versions.standing().order_by("number").values_list("takes_effect_at", flat=True))
        assert moments == sorted(moments)

    @invariant()
    def numbers_have_no_gaps(self) -> None:
        numbers = list(self.policy.versions.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def no_promise_is_broken(self) -> None:
        """No version takes effect at another moment than the one announced last, whatever is published later."""
        assert dict(self.policy.versions.values_list("number", "takes_effect_at")) == self.promised

    @invariant()
    def what_is_built_on_stands_or_was_withdrawn_with_it(self) -> None:
        for version in self.policy.versions.standing().exclude(builds_on=None).select_related("builds_on"):
            assert version.builds_on.withdrawn_at is None

    @invariant()
    def nobody_reads_what_was_withdrawn_or_does_not_apply(self) -> None:
        for language in ("sv", "en"):
            text = self.policy.text_in_force(language, self.now)
            if text is None:
                continue
            assert text.version.withdrawn_at is None
            applicable = self.policy.texts().filter(language=language, version__takes_effect_at__lte=self.now)
            assert text.version.applies(self.now) or not applicable.exists()

    @invariant()
    def every_notice_has_its_version(self) -> None:
        for notice in Notice.objects.filter(version__policy=self.policy):
            assert notice.head
            if notice.kind == "announced":
                assert notice.version.materiality == Materiality.MATERIAL
            else:
                assert notice.event.version.policy_id == self.policy.pk

    @invariant()
    def every_correction_is_an_event(self) -> None:
        told = Event.objects.filter(version__policy=self.policy, kind=EventKind.CORRECTED)
        corrected = Text.objects.filter(version__policy=self.policy).exclude(corrected_at=None)
        own = [text for text in corrected if text.corrected_at == text.recorded_at]
        assert told.count() == len(own)

    @invariant()
    def the_chain_is_whole(self) -> None:
        assert [finding.message for finding in verify(self.policy)] == []


def test_the_life_of_a_policy() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "broken"),
    [
        pytest.param("postpone.later_ones", lambda version: [], id="later versions stay where they are"),
    ],
)
def test_the_machine_notices_what_it_is_there_for(monkeypatch: Any, place: str, broken: Any) -> None:
    monkeypatch.setattr(f"wagtail_privacy.actions.{place}", broken)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            Life,
            settings=settings(
                max_examples=60,
                stateful_step_count=15,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
