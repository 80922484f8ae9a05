"""One order for all who tell of changes: what is left out is never weightier than what is shown."""

from __future__ import annotations

import random

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.changes.snapshots import edited, snapshot
from wagtail_privacy.changes.change import Change, Materiality, Reference
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.importance import by_importance, importance
from wagtail_privacy.changes.materiality import weigh
from wagtail_privacy.changes.sentences import draft_summary, lines
from wagtail_privacy.changes.touched import rights_in, touched_right
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot

LANGUAGES = ("sv", "en", "fi", "nb", "da", "de")


def weighed(seed: int) -> tuple[Change, ...]:
    chance = random.Random(seed)
    old = snapshot(chance)
    new = edited(old, chance) if chance.random() < 0.7 else snapshot(chance)
    return weigh(compare(old, new), old, new)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.integers(0, 25))
def test_what_is_left_out_is_never_weightier_than_what_is_shown(seed: int, shown: int) -> None:
    told = lines(weighed(seed))
    weights = [line.materiality.weight if line.materiality else 0 for line in told]
    assert min(weights[:shown], default=9) >= max(weights[shown:], default=0)
    for line in told:
        assert all(change.materiality is line.materiality for change in line.changes)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.randoms())
def test_the_order_is_of_the_changes_and_not_of_how_they_were_found(seed: int, chance: random.Random) -> None:
    changes = list(weighed(seed))
    shuffled = chance.sample(changes, len(changes))
    assert sorted(map(importance, changes)) == [importance(change) for change in by_importance(shuffled)]
    assert by_importance(by_importance(changes)) == by_importance(changes)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_each_change_has_an_anchor_of_its_own(seed: int) -> None:
    changes = [change for change in weighed(seed) if change.path]
    assert len({change.anchor for change in changes}) == len(changes)
    assert all(Change.from_json(change.to_json()).anchor == change.anchor for change in changes)


def change(kind: str, rule: str, materiality: Materiality = Materiality.MATERIAL, **more: str) -> Change:
    return Change("changed", (Reference(kind, rule),), materiality=materiality, rule=rule, **more)  # type: ignore[arg-type]


def test_the_phone_number_does_not_open_the_mail() -> None:
    phone = change("controller", "controller-details", Materiality.MINOR)
    promise, kept = change("commitments", "commitment-removed"), change("retention", "retention-longer")
    marketing, doubt = change("purpose", "direct-marketing"), change("text", "prose-purpose", question="q")
    better = change("purpose", "purpose-removed", Materiality.BENEFIT)
    assert by_importance([phone, better, promise, doubt, kept, marketing]) == [
        marketing,
        kept,
        promise,
        doubt,
        phone,
        better,
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tags_are_short_words_of_the_language(language: str) -> None:
    with override(language):
        tags = [line.tag for seed in range(40) for line in lines(weighed(seed))]
    assert len(set(tags)) == 4
    assert all(0 < len(tag) < 20 for tag in tags)
    assert language == "en" or "Important" not in tags


def test_the_drafted_summary_is_of_the_weightiest_and_of_nothing_where_only_language_changed() -> None:
    for seed in range(60):
        changes = weighed(seed)
        told = [line for line in lines(changes) if line.materiality is not Materiality.EDITORIAL]
        drafted = draft_summary(changes).split("\n") if draft_summary(changes) else []
        assert drafted == [line.text for line in told if line.materiality is told[0].materiality][:3]
    assert draft_summary(()) == ""


@pytest.mark.parametrize(
    ("kind", "rule", "right"),
    [
        ("purpose", "direct-marketing", "objection"),
        ("legal_basis", "interest", "objection"),
        ("retention", "retention-longer", "erasure"),
        ("text", "prose-longer", "erasure"),
        ("automated_decisions", "automated-decisions", "automated_decisions"),
        ("complaint", "authority", "complaint"),
        ("recipient", "recipient-added", "access"),
        ("cookie", "cookie-added", "withdraw_consent"),
        ("text", "prose-recipient", ""),
        ("controller", "controller-name", ""),
    ],
)
def test_a_change_touches_the_right_that_people_have_in_the_matter(kind: str, rule: str, right: str) -> None:
    assert touched_right(change(kind, rule)) == right
    assert touched_right(change(kind, rule, Materiality.EDITORIAL)) == ""


def test_what_a_new_legal_basis_lets_people_do() -> None:
    basis = Section("legal_basis", "b", {"basis": "art6_1_a"})
    old = Snapshot("en", "", ())
    new = Snapshot("en", "", (Section("purpose", "p", {}, {"title": "News"}, (basis,)),))
    (added,) = weigh(compare(old, new), old, new)
    assert touched_right(added) == "withdraw_consent"


def test_a_right_is_found_where_the_policy_tells_of_it() -> None:
    rights = Section("rights", "r", {}, {}, (Section("right", "o", {"right": "objection"}),))
    found = rights_in(Snapshot("en", "", (rights, Section("complaint", "c", {"authority": "SE"}))))
    assert found == {"objection": "o", "complaint": "c"}
