"""What holds for every pair of snapshots."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from itertools import pairwise
from time import process_time
from typing import Any
from unittest.mock import patch

from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.changes.snapshots import apply, chances, content, histories, ids, snapshots
from wagtail_privacy.changes import prose
from wagtail_privacy.changes.change import Change
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.marked import as_html
from wagtail_privacy.changes.materiality import weigh
from wagtail_privacy.changes.sentences import sentence
from wagtail_privacy.changes.sequence import common, longest_increasing
from wagtail_privacy.changes.text_diff import diff, same_html, visible
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.policy.vocabulary import VOCABULARIES

Pair = tuple[Snapshot, Snapshot]


def through_database(snapshot: Snapshot, chance: random.Random) -> Snapshot:
    """As JSON that comes back with its keys in another order, as from PostgreSQL's jsonb."""

    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: shuffled(value[name]) for name in chance.sample(list(value), len(value))}
        return [shuffled(item) for item in value] if isinstance(value, list) else value

    return Snapshot.from_json(shuffled(json.loads(json.dumps(snapshot.to_json()))))


def with_new_ids(snapshot: Snapshot, chance: random.Random) -> Snapshot:
    new_id = ids(chance, prefix="again-")

    def renew(section: Section) -> Section:
        return replace(section, id=new_id(), children=tuple(renew(child) for child in section.children))

    return replace(snapshot, sections=tuple(renew(section) for section in snapshot.sections))


@given(snapshots(), chances)
def test_equal_snapshots_have_no_changes(snapshot: Snapshot, chance: random.Random) -> None:
    assert compare(snapshot, through_database(snapshot, chance)) == ()


@given(snapshots(), chances)
def test_the_same_sections_under_new_ids_have_no_changes(snapshot: Snapshot, chance: random.Random) -> None:
    assert compare(snapshot, with_new_ids(snapshot, chance)) == ()


@given(histories())
@settings(max_examples=500)
def test_applying_the_changes_to_the_old_gives_the_new(pair: Pair) -> None:
    old, new = pair
    assert content(apply(compare(old, new), old)) == content(new)


@given(snapshots(), snapshots())
def test_it_holds_for_policies_that_have_nothing_to_do_with_each_other(old: Snapshot, new: Snapshot) -> None:
    assert content(apply(compare(old, new), old)) == content(new)


@given(histories(), chances)
def test_it_holds_for_edits_without_any_shared_id(pair: Pair, chance: random.Random) -> None:
    old, new = pair[0], with_new_ids(pair[1], chance)
    assert content(apply(compare(old, new), old)) == content(new)


@given(histories(), chances)
def test_the_order_of_keys_and_a_round_trip_through_the_database_do_not_matter(
    pair: Pair, chance: random.Random
) -> None:
    old, new = pair
    assert compare(through_database(old, chance), through_database(new, chance)) == compare(
        Snapshot.from_json(old.to_json()), Snapshot.from_json(new.to_json())
    )


@given(histories(versions=3))
def test_net_changes_compose(history: tuple[Snapshot, Snapshot, Snapshot]) -> None:
    first, second, third = history
    by_one_step = apply(compare(first, second), first)
    by_steps = apply(compare(by_one_step, third), by_one_step)
    assert content(by_steps) == content(apply(compare(first, third), first)) == content(third)


@given(histories())
def test_the_way_back_adds_what_the_way_there_removed(pair: Pair) -> None:
    old, new = pair
    there, back = compare(old, new), compare(new, old)
    count = {kind: sum(change.kind == kind for change in there) for kind in ("added", "removed", "changed")}
    assert count["added"] == sum(change.kind == "removed" for change in back)
    assert count["removed"] == sum(change.kind == "added" for change in back)
    assert count["changed"] == sum(change.kind == "changed" for change in back)


@given(histories())
def test_a_change_survives_being_stored(pair: Pair) -> None:
    for change in compare(*pair):
        assert Change.from_json(json.loads(json.dumps(change.to_json()))) == change


#: What a sentence must not hold: a placeholder, an empty value, a duration or a code as it is stored.
LEFT_OVER = re.compile(
    "|".join(
        [
            r"%[(]|[{}]|\bNone\b|\bP\d+[YMWD]",
            *(rf"\b{code}\b" for terms in VOCABULARIES.values() for code in terms if "_" in code),
        ]
    )
)


@given(histories())
def test_every_change_has_a_materiality_and_a_sentence_in_six_languages(pair: Pair) -> None:
    for change in weigh(compare(*pair), *pair):
        assert change.materiality and change.rule
        for language in ("sv", "en", "fi", "nb", "da", "de"):
            with override(language):
                said = sentence(change)
            assert said.strip() and not LEFT_OVER.search(said), (language, said)


@given(st.permutations(range(8)))
def test_a_pure_reorder_reports_the_fewest_moves_and_nothing_else(order: list[int]) -> None:
    sections = [Section("text", str(number), texts={"heading": f"Rubrik {number}"}) for number in range(8)]
    changes = compare(Snapshot("sv", "", tuple(sections)), Snapshot("sv", "", tuple(sections[at] for at in order)))
    assert {change.kind for change in changes} <= {"moved"}
    assert len(changes) == 8 - _longest_increasing_by_trying_all(order)


def _longest_increasing_by_trying_all(values: list[int]) -> int:
    best: list[int] = []
    for position, value in enumerate(values):
        best.append(1 + max((best[before] for before in range(position) if values[before] < value), default=0))
    return max(best)


@given(st.lists(st.integers(0, 9)))
def test_a_longest_increasing_subsequence_is_one(values: list[int]) -> None:
    found = [values[position] for position in longest_increasing(values)]
    assert found == sorted(set(found))
    assert len(found) == (_longest_increasing_by_trying_all(values) if values else 0)


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_a_common_subsequence_is_in_both_in_order(old: str, new: str) -> None:
    pairs, _ = common(old, new, most_pairs=1000)
    assert all(old[a] == new[b] for a, b in pairs)
    assert pairs == sorted(pairs) and len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)


@given(histories(), chances)
def test_a_text_difference_holds_both_texts(pair: Pair, chance: random.Random) -> None:
    texts = [text for snapshot in pair for section in snapshot.walk() for text in section.texts.values()]
    prose = [text for text in texts if isinstance(text, str)] or [""]
    old, new = chance.choice(prose), chance.choice(prose)
    parts = diff(old, new, html=True)
    assert without_space("".join(part.text for part in parts if part.kind != "ins")) == without_space(visible(old))
    assert without_space("".join(part.text for part in parts if part.kind != "del")) == without_space(visible(new))


written = st.lists(st.sampled_from(["namn", "ort", "och", "land", ",", ".", ":", "("]), max_size=12).map(
    lambda pieces: re.sub(r" (?=[,.:])", "", " ".join(pieces))
)


@given(written, written)
def test_a_word_that_stayed_touches_none_that_went_or_came(old: str, new: str) -> None:
    parts = diff(old, new, html=False)
    for before, after in pairwise(parts):
        if "same" in (before.kind, after.kind):
            assert not re.search(r"\w\Z", before.text) or not re.match(r"\w", after.text)


@given(st.text(), st.text())
def test_any_two_strings_have_a_difference(old: str, new: str) -> None:
    for html in (True, False, None):
        parts = diff(old, new, html=html)
        assert "<script" not in as_html(parts).lower()
    assert same_html(old, old)


def without_space(text: str) -> str:
    return "".join(text.split())


@given(st.text("ab .<>:!", max_size=30), st.text("ab .:!", max_size=9))
def test_a_sentence_stands_in_a_text_as_a_whole_or_not_at_all(said: str, sentence: str) -> None:
    """However it is looked up: by how the sentences there begin, the long ones by all of their words."""
    with patch.object(prose, "SHORT", 4):
        assert (sentence in prose.Said([said])) is _stands(sentence, " ".join(said.split()))


def _stands(sentence: str, whole: str) -> bool:
    wanted = " ".join(sentence.split())
    places = [place for place in range(len(whole)) if wanted and whole.startswith(wanted, place)]
    return any(
        whole[:place].strip()[-1:] in ("", *">.!?…:")
        and (whole[place + len(wanted) :].strip()[:1] in ("", "<") or wanted[-1] in ".!?")
        for place in places
    )


def test_very_many_sentences_of_one_word_are_looked_up_and_not_searched_for() -> None:
    """Each stands in the other text as a part of a word and never as a sentence: a search would look at every place."""
    count = 20_000
    old, new = "Cykel. " * count, "El. Kel. Ykel. " * (count // 3)
    spent = process_time()
    said = prose.Said([old])
    assert not any(sentence in said for sentence in new.split())
    assert process_time() - spent < 2
