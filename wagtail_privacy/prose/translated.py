"""A sentence and its translation: whether both state the same, as far as languages can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wagtail_privacy.policy.durations import is_iso_duration, parse
from wagtail_privacy.prose.regions import EEA
from wagtail_privacy.prose.statement import Statement

#: What one language must not deny and the other do.
_DONE = frozenset(
    {"collect", "share", "sell", "rent", "publish", "transfer", "track", "profile", "store", "train", "decide"}
)
#: What is done with a recipient, who is named.
_HANDED_ON = frozenset({"share", "transfer", "store", "sell", "host"})
#: Where a sentence is limited, languages deny in different ways: "only after" is "not before".
_LIMITS = ("only", "unless", "except", "without", "until", "before", "after", "not_only", "if")
#: So many letters of a name are the same in every inflection.
_NAME_LETTERS = 5


@dataclass(frozen=True, slots=True)
class StatementPair:
    """Two sentences that state different things; empty where one language has no such sentence."""

    original: str
    translation: str


def stated_otherwise(original: Sequence[Statement], translation: Sequence[Statement]) -> Iterator[StatementPair]:
    """Where a text has as many sentences in both languages, one by one; else the third countries that it names."""
    if len(original) == len(translation):
        for there, here in zip(original, translation, strict=True):
            if _state_otherwise(there, here):
                yield StatementPair(there.text, here.text)
        return
    countries = [{country for said in side for country in _abroad(said)} for side in (original, translation)]
    if lost := countries[0] - countries[1]:
        yield StatementPair(next(said.text for said in original if _abroad(said) & lost), "")
    if added := countries[1] - countries[0]:
        yield StatementPair("", next(said.text for said in translation if _abroad(said) & added))


def _abroad(statement: Statement) -> frozenset[str]:
    return statement.values("country") - EEA


def _state_otherwise(original: Statement, translation: Statement) -> bool:
    """Whether values differ, or a country or a name does, or one denies what the other does."""
    if _values(original) != _values(translation) or _other_countries(original, translation):
        return True
    both = original.acts & translation.acts & _DONE
    if both & _HANDED_ON and _lost_names(original, translation) and _lost_names(translation, original):
        return True
    limited = any(side.operators[name] for side in (original, translation) for name in _LIMITS)
    return bool(both) and not limited and bool(original.negators) != bool(translation.negators)


def _values(statement: Statement) -> list[tuple[str, str]]:
    """Periods, ages, sums and addresses: equal in every language."""
    found = [(unit.kind, _canonical(unit.value)) for unit in statement.of("period", "age", "money", "email", "url")]
    return sorted(set(found))


def _canonical(value: str) -> str:
    """Twelve months are a year."""
    if not is_iso_duration(value):
        return value
    length = parse(value)
    return f"{length.all_months} months {length.all_days} days"


def _other_countries(original: Statement, translation: Statement) -> bool:
    """A third country that only one names, or another one named. A translation says "the Swedish Act" of a home law."""
    here, there = original.values("country"), translation.values("country")
    return here != there and (bool(here and there) or bool((here ^ there) - EEA))


def _lost_names(statement: Statement, other: Statement) -> bool:
    """Whether a name stands in one and not in the other, whatever its ending."""
    text = other.text.casefold()
    names = (unit.raw for unit in statement.of("name", "company", "party") if unit.at and unit.raw[:1].isupper())
    return statement.language != "de" and any(name[:_NAME_LETTERS].casefold() not in text for name in names)
