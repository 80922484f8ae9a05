"""The same words in another order, other names for one thing, another tense."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail_privacy.changes.difference import StatementDifference
from wagtail_privacy.changes.prose_rules.lists import list_grew
from wagtail_privacy.changes.prose_rules.subject import MATERIAL, MINOR, Subject, verdict_of
from wagtail_privacy.changes.verdict import Verdict
from wagtail_privacy.prose.lexicon import lexicon
from wagtail_privacy.prose.statement import Statement
from wagtail_privacy.prose.tokens import tokens


def synonyms(difference: StatementDifference, subject: Subject) -> Iterator[Verdict]:
    """Names that play one part, and a list of words for one thing that grew: said, since a reader may care."""
    named = [_named(s) for s in (difference.old, difference.new)]
    if named[0] != named[1] and not difference.gained and not difference.lost:
        yield verdict_of(MINOR, "prose-name", ", ".join(sorted(named[0] ^ named[1])))
    acts = [frozenset(u.raw.casefold() for u in s.of("act")) for s in (difference.old, difference.new)]
    if (
        acts[0] < acts[1]
        and not difference.lost
        and list_grew(difference) | (len(difference.new.text) > len(difference.old.text))
    ):
        yield verdict_of(
            subject.gain or MINOR, "prose-more" if subject.gain else "prose-explained", ", ".join(acts[1] - acts[0])
        )


def tense(difference: StatementDifference, subject: Subject) -> Iterator[Verdict]:
    """What we did became what we do, or the other way: the verb beside "we" has another form."""
    forms = [_verbs_beside_us(s) for s in (difference.old, difference.new)]
    if any(forms[0][act] != forms[1][act] for act in forms[0].keys() & forms[1].keys()):
        yield verdict_of(MINOR, "prose-explained", ", ".join(sorted({*forms[0].values(), *forms[1].values()})))


def _verbs_beside_us(statement: Statement) -> dict[str, str]:
    us = {unit.at for unit in statement.of("operator") if unit.value == "first_person"}
    return {u.value: u.raw.casefold() for u in statement.of("act") if u.at - 1 in us and " " not in u.raw}


_NAMING = frozenset(
    {"social_media", "search_engine", "supervisory_authority", "payment_provider", "analytics_provider"}
)


def _named(statement: Statement) -> frozenset[str]:
    known = lexicon(statement.language)
    units = (u for u in statement.of("party", "mode") if u.value in _NAMING or u.key == ("mode", "law"))
    return frozenset(known.bare(unit.raw.casefold()) for unit in units)


def conjunctions(difference: StatementDifference, subject: Subject) -> Iterator[Verdict]:
    """Two conditions of which one is enough; two parts of a sentence that changed places."""
    if difference.gained or difference.lost or difference.operators:
        return
    joints = [
        tuple(u.value for u in s.of("opener") if u.value in ("and", "or")) for s in (difference.old, difference.new)
    ]
    turned = len(joints[0]) == len(joints[1]) and sorted(joints[0]) != sorted(joints[1])
    if turned and difference.new.operators["if"]:
        yield verdict_of(MATERIAL, "prose-condition", difference.new.text, doubt=True)
    if _turned(difference):
        yield verdict_of(MATERIAL, "prose-unclear", difference.new.text, doubt=True)


#: Acts by which data reach others, or people.
_REACHING = frozenset({"share", "sell", "rent", "publish", "transfer", "train", "advertise", "profile", "combine"})


def reach(difference: StatementDifference, subject: Subject) -> Iterator[Verdict]:
    """The same words, and an act that reaches more data: "We collect names, and we share addresses" joined into one."""
    old, new = (_reached(s) for s in (difference.old, difference.new))
    if more := [act for act in old.keys() & new.keys() if old[act] and old[act] < new[act]]:
        fresh = {value for act in more for value in new[act] - old[act]}
        if fresh <= difference.old.values("data"):  # else it is new, and told as such
            yield verdict_of(
                MATERIAL,
                "prose-data",
                ", ".join(sorted(u.raw for u in difference.new.of("data") if u.value in fresh)),
                doubt=True,
            )


def _reached(statement: Statement) -> dict[str, frozenset[str]]:
    """For each act, the data that stand in its clause."""
    acts = [unit for unit in statement.of("act") if unit.value in _REACHING]
    return {
        act.value: frozenset(u.value for u in statement.of("data") if u.clause == act.clause and u.value != "data")
        for act in acts
    }


def _turned(difference: StatementDifference) -> bool:
    """Whether just two things changed places around words that stayed: "A gets data from B", "B gets data from A"."""
    known = lexicon(difference.new.language)
    before, after = (
        [known.bare(t.text) for t in tokens(s.text, s.language) if t.kind == "word"]
        for s in (difference.old, difference.new)
    )
    if len(before) != len(after):
        return False
    places = [n for n, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
    if len(places) != 2:
        return False
    first, second = places
    if any((concept := known.concept(before[place])) and concept.concept.startswith("act.") for place in places):
        return False
    crossed = before[first][:5] == after[second][:5] and before[second][:5] == after[first][:5]
    if difference.new.language == "fi":
        # Cases tell who does what to whom, wherever the words stand.
        forms = [
            [t.text for t in tokens(s.text, s.language) if t.kind == "word"] for s in (difference.old, difference.new)
        ]
        return crossed and forms[0][first] != forms[1][second]
    return crossed and bool(_DIRECTIONS & set(before[first + 1 : second]))


_DIRECTIONS = frozenset(
    {"from", "to", "by", "for", "från", "till", "av", "fra", "til", "af", "von", "an", "aus", "durch"}
)
