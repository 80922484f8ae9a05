"""Small words that take something from a promise: hedges, telling instead of asking, "we" where "you" decided."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wagtail_privacy.changes.difference import StatementDifference
from wagtail_privacy.changes.prose_rules.subject import MATERIAL, Subject, verdict_of
from wagtail_privacy.changes.verdict import Verdict
from wagtail_privacy.prose.statement import WELCOME, Statement, Unit

#: Words of courtesy elsewhere, which make a promise less than it was, by language.
_HEDGES = {
    "sv": r"strävar|siktar|huvudsakligen|främst|i huvudsak|rimlig\w*|möjligaste mån",
    "en": r"aims?|endeavou?rs?|strives?|mainly|primarily|reasonabl[ey]",
    "fi": r"pyrimme|pyritään|pääasia\w*|pääosin|ensisijaisesti|kohtuulli\w*",
    "nb": r"tilstreber|søker å|hovedsakelig|primært|i hovedsak|rimelig\w*",
    "da": r"tilstræber|bestræber|hovedsagelig\w*|primært|i hovedsagen|rimelig\w*",
    "de": r"bemühen|anstreben|hauptsächlich|überwiegend|vorwiegend|in erster linie|angemessene[nrs]?|zumutbar\w*",
}


def weakened(difference: StatementDifference, subject: Subject) -> Iterator[Verdict]:
    """What counts by a word that elsewhere states nothing."""
    old, new = difference.old, difference.new
    before, after = (re.findall(rf"\b(?:{_HEDGES[s.language]})\b", s.text.casefold()) for s in (old, new))
    if len(after) > len(before) and _promises(new):
        yield verdict_of(MATERIAL, "prose-as-a-rule", after[-1], doubt=True)
    if _told_not_asked(difference):
        is_certain = bool(new.acts & _TO_BE_ASKED) and not new.has("ground", "consent")
        yield verdict_of(MATERIAL, "prose-condition", difference.units, doubt=not is_certain)
    if not difference.units and (doer := _other_doer(old, new)):
        decides = new.has("act", "decide")
        yield verdict_of(MATERIAL, "prose-condition" if decides else "prose-unclear", [doer], doubt=not decides)


#: Before which people are asked.
_TO_BE_ASKED = frozenset({"share", "publish", "show", "sell", "transfer"})


def _promises(statement: Statement) -> bool:
    """Whether it denies or limits something, or says what people want to be done."""
    limits = statement.negators or statement.operators["only"] or statement.has("mode", "free")
    return bool(limits or statement.acts & (WELCOME - {"protect"}) or statement.has("place", "eu", "eea"))


def _told_not_asked(difference: StatementDifference) -> bool:
    """Whether people are told beforehand where they were asked: "We ask you before we publish"."""
    asked = {("act", "request"), ("discourse", "asking")} & (_keys(difference.old) - _keys(difference.new))
    told = ("act", "inform") in {unit.key for unit in difference.gained}
    return bool(asked) and told and bool(difference.new.operators["before"])


def _keys(statement: Statement) -> set[tuple[str, str]]:
    return {unit.key for unit in statement.units}


_YOU = frozenset({"you", "du", "ni", "sie", "dere", "sinä", "te"})
_WE = frozenset({"we", "vi", "wir", "me"})
#: What it matters who does.
_OF_ONE = frozenset({"decide", "share", "publish", "sell", "erase"})


def _other_doer(old: Statement, new: Statement) -> Unit | None:
    """Who does now what others did: "You decide", "We decide"."""
    if len(old.units) < 2 or len(new.units) < 2:
        return None
    (one, did), (other, does) = (s.units[:2] for s in (old, new))
    crossed = one.raw.casefold() in _YOU and other.raw.casefold() in _WE
    matters = does.kind == "unknown" or (does.kind == "act" and does.value in _OF_ONE)
    return other if crossed and did.key == does.key and matters else None
