"""What two statements differ in: units gained and lost, after forms, slips and compounds are seen through."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from wagtail_privacy.changes.likeness import is_slip, same_word
from wagtail_privacy.prose.lexicon import Lexicon, lexicon
from wagtail_privacy.prose.statement import PROCESSING, SILENT, UNCOUNTED, Statement, Unit

#: So general that coming and going they state nothing alone.
WEAK = frozenset(
    {
        ("data", "data"), ("mode", "service"), ("mode", "purpose_word"), ("party", "recipient"), ("act", "inform"),
        ("mode", "law"), ("mode", "needed"), ("one", "1"), ("unit", "day"), ("unit", "week"),
        ("unit", "month"), ("unit", "year"),
        ("party", "users"), ("act", "give"), ("act", "request"), ("mode", "reason"), ("mode", "security_word"),
        ("clock", "clock"), ("operator", "self"), ("ground", "contract"),
    }
)  # fmt: skip
#: Acts of which either may be said where nothing else differs: sent and delivered, blocked and turned off.
_NEAR = (frozenset({("act", "contact"), ("act", "deliver")}), frozenset({("act", "prevent"), ("act", "refuse")}))
_KEPT_OR_ERASED = frozenset({("act", "store"), ("act", "erase")})
_COUNTED = (
    "not", "only", "without", "except", "if", "unless", "even_if", "until", "before", "after", "no_longer", "as_a_rule",
    "always", "immediately", "at_any_time", "limited_times", "may", "must", "new",
)  # fmt: skip


@dataclass(frozen=True)
class StatementDifference:
    """``gained`` and ``lost`` are units of content; of operators it is counted how many there are more or fewer."""

    old: Statement
    new: Statement

    @cached_property
    def _units(self) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
        before, after = self.old.content, self.new.content
        gained = _each_once(unit for unit in self.new.units if unit.key in after - before)
        lost = _each_once(unit for unit in self.old.units if unit.key in before - after)
        known = lexicon(self.new.language)
        gained, lost = _without_forms(gained, lost, known)
        gained = [unit for unit in gained if not _stands_in(unit, self.old, known)]
        lost = [unit for unit in lost if not _stands_in(unit, self.new, known)]
        gained = [unit for unit in gained if not _is_read_as_courtesy(unit, self.old, known)]
        lost = [unit for unit in lost if not _is_read_as_courtesy(unit, self.new, known)]
        lost = _without_subject(lost, self.old, self.new)
        if lost and not gained and self.old.acts & self.new.acts & PROCESSING - {"use"}:
            lost = [unit for unit in lost if unit.key != ("act", "use")]
        if len(gained) == len(lost) == 1 and {gained[0].key, lost[0].key} in _NEAR:
            return (), ()
        if self.is_kept_or_erased:
            gained, lost = ([u for u in units if u.key not in _KEPT_OR_ERASED] for units in (gained, lost))
        return tuple(gained), tuple(lost)

    @property
    def is_kept_or_erased(self) -> bool:
        """Kept for a time and erased after it are one thing said in two ways."""
        return all(
            any(u.kind == "period" for u in s.units) and s.acts & {"store", "erase"} for s in (self.old, self.new)
        )

    @property
    def gained(self) -> tuple[Unit, ...]:
        return self._units[0]

    @property
    def lost(self) -> tuple[Unit, ...]:
        return self._units[1]

    @property
    def units(self) -> list[Unit]:
        return [*self.gained, *self.lost]

    def operator_words(self, *names: str) -> list[Unit]:
        """The words of some operators, the new statement's first."""
        return [unit for s in (self.new, self.old) for unit in s.of("operator") if unit.value in names]

    @cached_property
    def operators(self) -> dict[str, int]:
        """How many more of each operator there are, by name; those that state nothing by themselves left out."""
        before, after = self.old.operators, self.new.operators
        found = {name: after[name] - before[name] for name in _COUNTED}
        if (after["when"] - before["when"]) * found["if"] < 0:
            found["if"] = 0  # "when you apply" is "if you apply"
        found["negation"] = self.new.negators - self.old.negators
        return {name: count for name, count in found.items() if count}

    @property
    def is_empty(self) -> bool:
        return not self.gained and not self.lost and not self.operators and self._same_place

    @property
    def _same_place(self) -> bool:
        return self.old.is_denied_by_its_place == self.new.is_denied_by_its_place

    @property
    def turned_by_place(self) -> bool:
        """What stood under "We never share:" stands under "We share:", or the other way."""
        return not self._same_place


def _is_read_as_courtesy(unit: Unit, other: Statement, known: Lexicon) -> bool:
    """The same word states nothing in one sentence and something in the other: "you read", "teachers read your …"."""
    mine = known.bare(unit.raw.casefold())
    return unit.kind == "act" and any(
        theirs.kind == "discourse" and known.bare(theirs.raw.casefold()) == mine for theirs in other.units
    )


#: Units that a name consists of.
_OF_A_NAME = frozenset({"name", "company", "unknown", "city"})
_OF_A_SUBJECT = _OF_A_NAME | {"party", "small"}
_PERSONS = frozenset({("operator", "first_person"), ("operator", "second_person")})
#: Readers of the policy, called by what they are.
_READERS = frozenset(
    {("party", name) for name in ("customers", "users", "visitors", "members", "applicants", "patients")}
)


def _without_subject(lost: list[Unit], old: Statement, new: Statement) -> list[Unit]:
    """Without who acts, where it is "we" or "you" now: "Larkspur keeps …", "We keep …"; "Kunden har rätt …"."""
    before, after = ({unit.key for unit in _subject(s)} for s in (old, new))
    left = lost
    if ("operator", "first_person") in after - before and _names_one(old):
        left = [unit for unit in left if unit not in _subject(old) or not _may_name(unit)]
    if ("operator", "second_person") in after - before:
        left = [unit for unit in left if unit not in _subject(old) or unit.key not in _READERS]
    return left


#: What an organisation that speaks may be: "Kommunen lämnar inte ut …".
_SPEAKERS = frozenset({("party", "authority"), ("party", "school")})


def _may_name(unit: Unit) -> bool:
    return unit.kind in _OF_A_NAME or unit.key in _SPEAKERS


def _subject(statement: Statement) -> list[Unit]:
    """What a sentence begins with: a name, a party, a pronoun."""
    return list(takewhile(lambda unit: unit.kind in _OF_A_SUBJECT or unit.key in _PERSONS, statement.units))


#: How a word for many ends, by language: "Franchisees keep …" does not become "We keep …".
_MANY = {
    "sv": r"(?:or|ar|er|na|a)$",
    "en": r"s$",
    "fi": r"t$",
    "nb": r"(?:er|e)$",
    "da": r"(?:er|e)$",
    "de": r"(?:n|er|e|s)$",
}


def _names_one(statement: Statement) -> bool:
    """Whether its subject is one organisation, called by name or as known: "Larkspur", "Boligforeningen"."""
    named = [unit for unit in _subject(statement) if _may_name(unit)]
    return (
        bool(named)
        and len(named) == len([unit for unit in _subject(statement) if unit.kind != "small"])
        and all(
            unit.kind not in ("unknown", "party") or not re.search(_MANY[statement.language], unit.raw)
            for unit in named
        )
    )


def _words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _each_once(units: Iterable[Unit]) -> list[Unit]:
    return list({unit.key: unit for unit in units}.values())


def _without_forms(gained: list[Unit], lost: list[Unit], known: Lexicon) -> tuple[list[Unit], list[Unit]]:
    """Without pairs that are one word in two forms, or a slip mended."""
    left = list(lost)
    fresh: list[Unit] = []
    for unit in gained:
        partner = next((other for other in left if _is_one(unit, other, known)), None)
        if partner is None:
            fresh.append(unit)
        else:
            left.remove(partner)
    return fresh, left


def _is_one(new: Unit, old: Unit, known: Lexicon) -> bool:
    if "unknown" not in (new.kind, old.kind) or {new.kind, old.kind} & {"name", "company", "period", "number", "money"}:
        return False
    before, after = old.raw.casefold(), new.raw.casefold()
    if new.kind == old.kind == "unknown" and same_word(before, after, known):
        return True
    if new.kind == "unknown":
        # A slip that comes is one too: the version before was right.
        return is_slip(after, before, right_is_known=old.kind != "unknown")
    return is_slip(before, after, right_is_known=True)


def _stands_in(unit: Unit, other: Statement, known: Lexicon) -> bool:
    """Whether a name or an unknown word stands in ``other`` too, alone, in a compound or in another form."""
    if unit.kind in ("name", "company"):
        return _words_of(unit.value) <= _words_of(other.text)
    if unit.kind == "unknown" and unit.raw.casefold() in _words_of(other.text):
        return True
    if unit.kind != "unknown" or len(unit.value) < 4:
        return False
    mine = unit.value
    return any(
        theirs.kind == "unknown"
        and (same_word(unit.raw.casefold(), theirs.raw.casefold(), known) or theirs.value == mine)
        for theirs in other.units
    )


__all__ = ["SILENT", "UNCOUNTED", "WEAK", "StatementDifference"]
