"""The life of a policy as a state machine, beside a model that knows docs/decisions 2 to 5 alone."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from tests.policies import KEPT, TEXT, body, draft, reloaded
from wagtail_privacy.actions.correct import correct_summary, correct_wording
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.actions.unpublish import unpublish_policy
from wagtail_privacy.actions.verify import verify
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.clock import at, day_of, start_of
from wagtail_privacy.models import Event, EventKind, Notice, Policy, PolicyPage, Text, Version
from wagtail_privacy.reader.visit import MOST_ANNOUNCED

BEGINNING = start_of(date(2026, 1, 5)) + timedelta(hours=9)
NOTICE, FLOOR = 30, 14
DURATIONS = st.sampled_from(["P6M", "P24M", "P36M", "P48M"])
WORDS = st.sampled_from(["Vi säljer bröd.", "Vi säljer gott bröd.", "Vi säljer nybakat bröd."])
ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True)
class Said:
    """What a text of the policy says: how long orders are kept, and the words about the company."""

    duration: str
    words: str

    def body(self) -> str:
        return body(duration=self.duration, words=self.words)

    @classmethod
    def of(cls, text: Text) -> Said:
        sections = text.snapshot.by_id
        words = str(sections[TEXT].texts["body"]).removeprefix("<p>").removesuffix("</p>")
        return cls(str(sections[KEPT].facts["duration"]), words)


@dataclass(frozen=True)
class Expected:
    """A version as the model has it. ``first_said`` is what was published, ``said`` that with its corrections."""

    number: int
    builds_on: int | None
    effect: datetime
    is_material: bool
    first_said: Said
    said: Said
    is_withdrawn: bool = False

    def row(self) -> tuple[Any, ...]:
        return (self.number, self.builds_on, self.effect, self.is_withdrawn)


class Life(RuleBasedStateMachine):
    """A Swedish policy with a version in force and two announced, perhaps English; a clock that goes forward."""

    def __init__(self) -> None:
        super().__init__()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.client = Client()
        self.now: datetime = BEGINNING
        self.model: list[Expected] = []
        self.corrections = 0
        self.translation: Translation | None = None
        self.live = Said("P24M", "Vi säljer bröd.")
        with at(self.now):
            self.page = draft(Page.objects.get(depth=2, locale__language_code="sv"))
            self.page.save_revision().publish()
            self.learn(self.live)
        for duration, day in (("P60M", 20), ("P72M", 40)):
            self.publish(duration, self.live.words, day, None, "")

    @initialize(is_managed=st.booleans())
    def choose_how_it_is_translated(self, is_managed: bool) -> None:
        """By wagtail-localize, or by hand in a page of its own."""
        self.is_managed = is_managed
        self.handed_over: Said | None = None
        self.translated: dict[int, str] = {}

    def teardown(self) -> None:
        try:
            if sys.exc_info()[0] is None:
                self.readers_look()
                self.somebody_checks_the_chain()
        finally:
            transaction.set_rollback(True)
            self.rollback.__exit__(None, None, None)

    # --- The model ---

    @property
    def policy(self) -> Policy:
        return Policy.objects.get(translation_key=self.page.translation_key)

    @property
    def standing(self) -> list[Expected]:
        return [version for version in self.model if not version.is_withdrawn]

    @property
    def in_force(self) -> Expected:
        return [version for version in self.standing if version.effect <= self.now][-1]

    @property
    def announced(self) -> list[Expected]:
        return [version for version in self.standing if version.effect > self.now]

    @property
    def coming(self) -> list[Expected]:
        """Of those announced the ones that will apply: of each moment the last."""
        return list({version.effect: version for version in self.announced}.values())

    def stored(self, version: Expected) -> Version:
        return self.policy.versions.get(number=version.number)

    def put(self, version: Expected, **values: Any) -> None:
        self.model[version.number - 1] = replace(version, **values)

    def learn(self, said: Said, asked: int | None = None, answer: Materiality | None = None, reason: str = "") -> None:
        """Add the version that a publication must have made, if any; of it, only the proposed class is looked up."""
        self.live = said
        base = self.standing[-1] if self.standing else None
        if base and base.said == said:
            return
        number = len(self.model) + 1
        stored = self.policy.versions.get(number=number)
        if base is None:
            self.model.append(Expected(number, None, self.now, False, said, said))
            return
        proposed = Materiality(stored.proposed_materiality)
        lowers = answer is not None and answer.weight < proposed.weight
        decided = proposed if answer is None or (lowers and not reason) else answer
        assert stored.materiality == decided
        is_material = decided is Materiality.MATERIAL
        today = day_of(self.now)
        days = (NOTICE if is_material else 0) if asked is None else asked
        if is_material:
            days = max(days, 0 if reason else FLOOR)
        moment = self.now if days <= 0 else start_of(today + timedelta(days=days))
        effect = max(moment, base.effect)
        self.model.append(Expected(number, base.number, effect, is_material, said, said))

    # --- What people do ---

    @rule(
        duration=DURATIONS,
        words=WORDS,
        day=st.none() | st.integers(0, 60),
        materiality=st.none() | st.sampled_from(Materiality),
        reason=st.sampled_from(["", "Därför."]),
    )
    def publish(self, duration: str, words: str, day: int | None, materiality: Materiality | None, reason: str) -> None:
        said = Said(duration, words)
        newest = reloaded(self.page).get_latest_revision_as_object()
        newest.body = said.body()
        wanted = day_of(self.now) + timedelta(days=day) if day is not None else None
        answers = {"summary": "Vi ändrar.", "takes_effect_on": wanted, "materiality": materiality, "reason": reason}
        publish_policy(newest, moment=self.now, **answers)
        self.learn(said, day, materiality, reason)

    @rule(words=WORDS)
    def correct_what_applies(self, words: str) -> None:
        first = self.in_force
        with at(self.now):
            text = self.policy.text_in_force("sv", self.now)
            assert text
            correct_wording(text, TEXT, "body", f"<p>{words}</p>", reason="Stavfel.", means_the_same=True)
        if words == first.said.words:
            return
        for version in self.standing:
            if version.number >= first.number and version.said.words == first.said.words:
                self.put(version, said=replace(version.said, words=words))
                self.corrections += 1
        if self.live.words == first.said.words:
            self.live = replace(self.live, words=words)

    @rule(words=st.sampled_from(["Vi ändrar.", "Vi ändrar oss."]), number=st.integers(0, 20))
    def correct_a_summary(self, words: str, number: int) -> None:
        version = self.stored(self.model[number % len(self.model)])
        with at(self.now):
            self.corrections += correct_summary(version, "sv", words, reason="Otydligt.") is not None

    @precondition(lambda self: self.announced)
    @rule(number=st.integers(0, 5), days=st.integers(0, 90))
    def postpone_or_bring_forward(self, number: int, days: int) -> None:
        version = self.announced[number % len(self.announced)]
        below = [each for each in self.standing if each.number < version.number][-1]
        day = day_of(self.now) + timedelta(days=days)
        with at(self.now):
            try:
                change_day(self.stored(version), day, reason="Inte klart.")
            except ActionError as refusal:
                assert refusal.message
                assert day < day_of(below.effect)
                return
        assert day >= min(day_of(below.effect), day_of(version.effect))
        moment = max(self.now if days == 0 else start_of(day), below.effect)
        if days > 0 and start_of(day) == version.effect:
            return
        self.put(version, effect=moment)
        for later in self.standing:
            if later.number > version.number:
                self.put(later, effect=max(later.effect, moment))

    @precondition(lambda self: self.announced)
    @rule(number=st.integers(0, 5))
    def withdraw(self, number: int) -> None:
        version = self.announced[number % len(self.announced)]
        with at(self.now):
            withdraw(self.stored(version), reason="Behövs inte.")
        for each in self.announced:
            if each.number >= version.number:
                self.put(each, is_withdrawn=True)

    @rule()
    def withdraw_what_applies(self) -> None:
        with at(self.now), pytest.raises(ActionError):
            withdraw(self.stored(self.in_force), reason="Ångrar mig.")

    @rule(tells=st.booleans())
    def unpublish_and_publish_again(self, tells: bool) -> None:
        with at(self.now):
            page = reloaded(self.page)
            revision = page.live_revision
            notice = unpublish_policy(page, tell_people=tells)
            assert (notice is not None) is tells
            assert self.client.get(page.url).status_code == 404
            assert notice is None or not notice.is_stopped
            revision.publish()
            assert notice is None or notice.is_stopped
        self.learn(self.live)

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    # --- Translations ---

    @rule()
    def translate(self) -> None:
        """Put the original as it is published, or as it was handed over last, into English."""
        with at(self.now):
            self._translate_handed_over() if self.is_managed else self._translate_by_hand()

    @rule()
    def hand_over(self) -> None:
        """wagtail-localize gives the translators what is published now."""
        if self.is_managed and self.translation:
            with at(self.now):
                self.translation.source.update_from_db()
            self.handed_over = self.live

    def _translate_handed_over(self) -> None:
        english = Locale.objects.get(language_code="en")
        if self.translation is None:
            source, _ = TranslationSource.get_or_create_from_instance(reloaded(self.page))
            self.translation = Translation.objects.create(source=source, target_locale=english, enabled=True)
            self.handed_over = self.live
        for segment in self.translation.source.stringsegment_set.select_related("string"):
            data = segment.string.data.replace("Vi säljer", "We sell")
            StringTranslation.objects.get_or_create(
                translation_of=segment.string, locale=english, context=segment.context, defaults={"data": data}
            )
        assert self.handed_over
        self.translation.save_target(publish=False)
        # wagtail-localize does this when the transaction is committed; the machine's never is.
        self.translation.get_target_instance().get_latest_revision().publish()
        same = [v for v in self.model if self.handed_over in (v.said, v.first_said)]
        self._expect_translation(same, self.handed_over.duration)

    def _translate_by_hand(self) -> None:
        english = Locale.objects.get(language_code="en")
        page = PolicyPage.objects.filter(translation_key=self.page.translation_key, locale=english).first()
        page = page or reloaded(self.page).copy_for_translation(english, copy_parents=True)
        newest = page.get_latest_revision_as_object()
        newest.body = replace(self.live, words="We sell bread.").body()
        newest.save_revision().publish()
        same = [version for version in self.model if version.said.duration == self.live.duration]
        self._expect_translation(same, self.live.duration)

    def _expect_translation(self, same: list[Expected], duration: str) -> None:
        """The text of the newest version with these facts that stands; what only a withdrawn one says stays there."""
        candidates = [version for version in same if not version.is_withdrawn] or same
        if candidates:
            self.translated[candidates[-1].number] = duration

    # --- What must hold ---

    @invariant()
    def the_versions_are_as_expected(self) -> None:
        """Numbers without gaps, each on the one that stood, at the moment promised last, whatever came later."""
        versions = self.policy.versions.order_by("number").select_related("builds_on")
        rows = [
            (v.number, v.builds_on and v.builds_on.number, v.takes_effect_at, bool(v.withdrawn_at)) for v in versions
        ]
        assert rows == [version.row() for version in self.model]

    @invariant()
    def effect_never_runs_against_the_numbers(self) -> None:
        moments = list(self.policy.versions.standing().order_by("number").values_list("takes_effect_at", flat=True))
        assert moments == sorted(moments)

    @invariant()
    def exactly_one_version_is_in_force(self) -> None:
        current = self.policy.version_in_force(self.now)
        assert current and current.number == self.in_force.number

    @invariant()
    def every_text_says_what_was_published_or_corrected(self) -> None:
        texts = Text.objects.filter(version__policy=self.policy, language="sv").select_related("version")
        newest = {text.version.number: Said.of(text) for text in texts.order_by("version__number", "edition")}
        first = {text.version.number: Said.of(text) for text in texts.order_by("version__number", "-edition")}
        assert newest == {version.number: version.said for version in self.model}
        assert first == {version.number: version.first_said for version in self.model}

    @invariant()
    def the_page_keeps_what_is_corrected(self) -> None:
        page = reloaded(self.page)
        for state in (page, page.get_latest_revision_as_object()):
            assert state.body.get_prep_value()[1]["value"]["body"] == f"<p>{self.live.words}</p>"

    @invariant()
    def every_translation_states_the_facts_of_its_version(self) -> None:
        texts = Text.objects.filter(version__policy=self.policy, language="en").select_related("version")
        found = {text.version.number: Said.of(text).duration for text in texts.order_by("edition")}
        for number, duration in found.items():
            assert duration == self.model[number - 1].said.duration
        assert found.items() >= getattr(self, "translated", {}).items()

    @invariant()
    def every_notice_has_its_version(self) -> None:
        """One announcement for each version that people must be told about; one notice for each change of its plan."""
        notices = list(Notice.objects.filter(version__policy=self.policy).select_related("version"))
        announced = [notice.version.number for notice in notices if notice.kind == "announced"]
        assert sorted(announced) == [version.number for version in self.model if version.is_material]
        seals = {event.seal for event in Event.objects.filter(version__policy=self.policy)}
        assert {notice.head for notice in notices} <= seals | {text.seal for text in Text.objects.all()}
        for notice in notices:
            if notice.kind != "announced":
                assert notice.event and notice.event.version.policy_id == self.policy.pk
                assert notice.event.kind in ("postponed", "brought_forward", "withdrawn", "unpublished")

    @invariant()
    def every_correction_is_an_event(self) -> None:
        assert Event.objects.filter(version__policy=self.policy, kind=EventKind.CORRECTED).count() == self.corrections

    @rule()
    def somebody_checks_the_chain(self) -> None:
        assert [finding.message for finding in verify(self.policy)] == []

    @rule()
    def readers_look(self) -> None:
        """Page, upcoming version, data, feed and API show what is in force as that, and nothing else as that."""
        with at(self.now):
            url = reloaded(self.page).url
            html = self.client.get(url).content.decode()
            assert f"<p>{self.in_force.said.words}</p>" in html
            announced = re.findall(r'id="privacy-announcement-(\d+)"', html)
            assert announced == [str(version.number) for version in self.coming[:MOST_ANNOUNCED]]
            upcoming = self.client.get(f"{url}upcoming/").content.decode()
            assert (f"<p>{self.coming[0].said.words}</p>" in upcoming) if self.coming else True
            data = self.client.get(f"{url}data/json/").json()
            assert data["in_force"] == self.in_force.number
            assert {each["number"]: each["status"] for each in data["versions"]} == self.statuses()
            feed = ElementTree.fromstring(self.client.get(f"{url}history/feed/").content)
            entries = feed.findall(f"{ATOM}entry")
            terms = [next(entry.iter(f"{ATOM}category")).get("term") for entry in reversed(entries)]
            assert terms == list(self.statuses().values())[-len(terms) :]
            self._look_at_english()

    def _look_at_english(self) -> None:
        english = PolicyPage.objects.filter(translation_key=self.page.translation_key, locale__language_code="en")
        page = english.filter(live=True).first()
        text = page and page.text_in_force()
        if not page or not text:
            return
        standing = {version.number: version for version in self.standing}
        assert text.version.number in standing
        applying = [number for number in self.translated if number in standing and standing[number].effect <= self.now]
        if applying:
            assert text.version.number >= max(applying)
            assert standing[text.version.number].effect <= self.now
        assert self.client.get(page.url).status_code == 200

    def statuses(self) -> dict[int, str]:
        def status(version: Expected) -> str:
            if version.is_withdrawn:
                return "withdrawn"
            if version.effect > self.now:
                return "announced"
            return "in_force" if version.number == self.in_force.number else "superseded"

        return {version.number: status(version) for version in self.model}


assert settings.LANGUAGE_CODE == "sv"
