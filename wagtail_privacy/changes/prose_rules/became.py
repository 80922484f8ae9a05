"""Statements weighed that became another one.

What is certain is said with its rule; where nothing certain is found and something changed all the same, the verdict is
a doubt, which is material until an editor has answered it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from operator import attrgetter

from wagtail_privacy.changes.difference import WEAK, StatementDifference
from wagtail_privacy.changes.prose_rules.come_and_gone import come
from wagtail_privacy.changes.prose_rules.content import content
from wagtail_privacy.changes.prose_rules.duties import duty
from wagtail_privacy.changes.prose_rules.explanations import (
    are_examples_at,
    common_start,
    defines_personal_data,
    only_names,
)
from wagtail_privacy.changes.prose_rules.grounds import grounds
from wagtail_privacy.changes.prose_rules.operators import operators, turned_by_place
from wagtail_privacy.changes.prose_rules.papers import paper
from wagtail_privacy.changes.prose_rules.parties import names, without_former_names
from wagtail_privacy.changes.prose_rules.periods import periods
from wagtail_privacy.changes.prose_rules.references import introduces_alike, is_reference
from wagtail_privacy.changes.prose_rules.subject import EDITORIAL, FREE, MATERIAL, MINOR, Judge, Subject, verdict_of
from wagtail_privacy.changes.prose_rules.values import values
from wagtail_privacy.changes.prose_rules.weakened import weakened
from wagtail_privacy.changes.prose_rules.word_order import conjunctions, reach, synonyms, tense
from wagtail_privacy.changes.slips import mended
from wagtail_privacy.changes.verdict import Verdict, worst
from wagtail_privacy.prose.blocks import Sentence
from wagtail_privacy.prose.lexicon import lexicon
from wagtail_privacy.prose.reader import read_sentence
from wagtail_privacy.prose.statement import Statement
from wagtail_privacy.prose.tokens import tokens


def changed(old: Statement, new: Statement, subject: Subject = FREE) -> Verdict:
    """What it means that ``old`` became ``new``."""
    if old.is_paper and new.is_paper:
        return verdict_of(EDITORIAL, "prose-paper")
    if only_names(old) and only_names(new):
        return verdict_of(EDITORIAL, "prose-same")
    if old.speaks_of_the_policy and new.speaks_of_the_policy and _tells_as_much(old, new):
        return verdict_of(MINOR, "prose-no-practice")
    if _letters(old) == _letters(new) and not _numbers_differ(old, new):
        return verdict_of(EDITORIAL, "prose-same")
    old = mended(old, new)
    if (renamed := without_former_names(new)) is not new and without_former_names(old) is old:
        return max(verdict_of(MINOR, "prose-name", new.text), changed(old, renamed, subject), key=attrgetter("weight"))
    if appended := _appended(old, new):
        return worst([changed(old, appended[0], subject), come(appended[1], subject)]) or come(appended[1], subject)
    difference = StatementDifference(old, new)
    found = worst(verdict for judge in _JUDGES for verdict in judge(difference, subject))
    found = found or _negator_within_a_phrase(old, new) or _many_small_words(old, new)
    return _lightened(found or _of_what_remains(difference), difference)


def _lightened(found: Verdict, difference: StatementDifference) -> Verdict:
    """What weighs less where nothing is stated: in what leads elsewhere or says what the policy is about."""
    old, new = difference.old, difference.new
    if found.materiality is not MATERIAL or not (
        all(map(is_reference, (old, new))) or introduces_alike(old, new) or all(map(defines_personal_data, (old, new)))
    ):
        return found
    if found.rule == "prose-country":
        return replace(found, doubt=True)
    return verdict_of(MINOR, "prose-no-practice")


def _tells_as_much(old: Statement, new: Statement) -> bool:
    """Whether people are still told of changes of the policy."""
    is_told = {"inform"} & old.acts <= new.acts
    return is_told and old.operators["second_person"] <= new.operators["second_person"]


#: Weak words that limit what is done all the same: "where necessary", "under the contract".
_LIMITING = frozenset({("mode", "needed"), ("ground", "contract")})


def _of_what_remains(difference: StatementDifference) -> Verdict:
    """Where no kind of difference was found: nothing, words that state little, or a doubt."""
    remaining = difference.units
    if not remaining:
        return verdict_of(EDITORIAL, "prose-same")
    limits = {unit.key for unit in remaining} & _LIMITING and difference.new.tells_of_processing
    counts = any(unit.kind in ("unit", "one", "clock") for unit in difference.gained)
    if limits or counts or any(unit.key not in WEAK for unit in remaining):
        return verdict_of(MATERIAL, "prose-unclear", remaining, doubt=True)
    return verdict_of(MINOR, "prose-explained", remaining)


def _negator_within_a_phrase(old: Statement, new: Statement) -> Verdict | None:
    """That a word of denial came or went is told even where a phrase holds it: "no longer needed"."""
    before, after = (Counter(t.text for t in tokens(s.text, s.language) if t.kind == "word") for s in (old, new))
    odd = [*(before - after).elements(), *(after - before).elements()]
    known = lexicon(new.language)
    if len(odd) == 1 and (concept := known.concept(odd[0])) and concept.concept == "operator.not":
        return verdict_of(MATERIAL, "prose-negation", odd[0], doubt=True)
    return None


#: So many words of grammar and courtesy may be put in without anything being said.
_FEW = 3


def _many_small_words(old: Statement, new: Statement) -> Verdict | None:
    """A clause of nothing but small words may say a lot: "… and whom you had with you"."""
    if are_examples_at(common_start(StatementDifference(old, new)), new.text):
        return None
    before, after = (Counter(u.raw.casefold() for u in s.of("small", "opener", "operator")) for s in (old, new))
    fresh = {word: count for word, count in (after - before).items() if word not in before}
    if old.content != new.content or before - after or len(fresh) <= _FEW or not new.tells_of_processing:
        return None
    return verdict_of(MATERIAL, "prose-unclear", " ".join(fresh), doubt=True)


def _letters(statement: Statement) -> str:
    return "".join(char for char in statement.text.casefold() if char.isalpha())


def _numbers_differ(old: Statement, new: Statement) -> bool:
    return [u.key for u in old.units if u.quantity] != [u.key for u in new.units if u.quantity] or any(
        s.values("email", "phone", "date", "url", "article") for s in (old, new)
    )


def _appended(old: Statement, new: Statement) -> tuple[Statement, Statement] | None:
    """What stands in ``new`` before and after a clause of its own that was put to the end of ``old``."""
    start = old.text.rstrip(" .;")
    rest = new.text[len(start) :].lstrip(" ,;–") if new.text.startswith(start) else ""
    if not rest or new.text[len(start)] not in " ,;–.":
        return None
    clause = read_sentence(Sentence(rest, new.place), new.language)
    joined = bool(clause.units) and clause.units[0].key in (("opener", "and"), ("opener", "but"))
    words = [token.text for token in tokens(rest, new.language) if token.kind == "word"]
    return (old, clause) if joined and len(words) > 1 and _SUBJECTS & set(words[1:4]) else None


_SUBJECTS = frozenset({"we", "you", "vi", "du", "ni", "wir", "sie", "dere", "i", "me", "te", "emme", "emmekä"})


_JUDGES: tuple[Judge, ...] = (
    turned_by_place,
    paper,
    periods,
    values,
    operators,
    duty,
    grounds,
    names,
    content,
    reach,
    weakened,
    synonyms,
    tense,
    conjunctions,
)
