"""Negations, conditions, duties and permissions of a sentence: each pair of them becomes the one that it means.

The words themselves are in each language's lexicon, under ``[operator]``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wagtail_privacy.prose.statement import Unit

#: The Finnish verb of denial, alone or with "and".
_DENYING = re.compile(
    r"(?:en|et|ei|emme|ette|eivät|älä|älkää|enk|etk|eik|emmek|ettek|eivätk)(?:ä|kä|kään|kö)?(?:\s.*)?"
)
#: Finnish verbs carry their person.
_YOU_MAY = frozenset({"voit", "voitte", "saat", "saatte", "pystyt", "pystytte", "voisit", "voisitte"})


def operators(found: Sequence[Unit], units: Sequence[Unit], language: str) -> list[Unit]:
    """``found``, of a sentence's ``units``, with what people may or must do told from what is done to their data."""
    found = [_of_the_reader(unit, units) for unit in found]
    return _paired(_once_denied(found) if language == "fi" else found)


def _once_denied(units: Sequence[Unit]) -> list[Unit]:
    """In Finnish a verb denies, and its pronouns follow: "emme luovuta kenellekään" denies once."""
    return [u for u in units if u.key != ("operator", "not") or _DENYING.fullmatch(u.raw.casefold())]


def _of_the_reader(unit: Unit, units: Sequence[Unit]) -> Unit:
    """What people may or must do is no permission that the controller takes."""
    if unit.kind != "operator" or unit.value not in ("may", "must"):
        return unit
    if unit.value == "may" and unit.raw.casefold() in _YOU_MAY:
        return Unit(unit.kind, "may_you", unit.raw, unit.clause, unit.at)
    persons = {u.value for u in units if u.kind == "operator" and u.clause == unit.clause}
    if "second_person" not in persons or _speaks_of_us(unit, units):
        return unit
    return Unit(unit.kind, f"{unit.value}_you", unit.raw, unit.clause, unit.at)


def _speaks_of_us(unit: Unit, units: Sequence[Unit]) -> bool:
    """Whether "we" stands nearer to the verb than "you"."""
    persons = [u for u in units if u.key in (("operator", "first_person"), ("operator", "second_person"))]
    near = min((u for u in persons if u.clause == unit.clause), key=lambda u: abs(u.at - unit.at), default=None)
    return near is not None and near.value == "first_person"


def _paired(units: list[Unit]) -> list[Unit]:
    """Each pair that means one thing: "not" with "must" is voluntary, "not … unless" is "only if"."""
    kinds = [unit.key for unit in units]
    if ("operator", "not") not in kinds and ("operator", "no_longer") not in kinds:
        return units

    def drop(key: tuple[str, str]) -> None:
        place = kinds.index(key)
        del kinds[place], units[place]

    def swap(key: tuple[str, str], kind: str, value: str) -> None:
        place = kinds.index(key)
        old = units[place]
        units[place] = Unit(kind, value, old.raw, old.clause, old.at)
        kinds[place] = (kind, value)

    negation = ("operator", "not")
    if ("operator", "unless") in kinds and negation in kinds:
        drop(negation)
        swap(("operator", "unless"), "operator", "only")
        units.append(Unit("operator", "if", "", units[-1].clause, units[-1].at))
        kinds.append(("operator", "if"))
    if negation in kinds and ("operator", "without") in kinds:
        drop(negation)
        swap(("operator", "without"), "operator", "only")
    if ("operator", "except") in kinds and negation in kinds:
        drop(negation)
        swap(("operator", "except"), "operator", "only")
    if ("operator", "no_longer") in kinds and negation in kinds:
        drop(negation)
    denied = negation if negation in kinds else ("operator", "no_longer")
    for duty in (("mode", "mandatory"), ("operator", "must"), ("operator", "must_you")):
        if _same_clause(units, kinds, denied, duty):
            drop(denied)
            swap(duty, "mode", "voluntary")
    if _same_clause(units, kinds, negation, ("mode", "fee")):
        drop(negation)
        swap(("mode", "fee"), "mode", "free")
    return units


def _same_clause(
    units: list[Unit], kinds: list[tuple[str, str]], first: tuple[str, str], second: tuple[str, str]
) -> bool:
    return first in kinds and second in kinds and units[kinds.index(first)].clause == units[kinds.index(second)].clause
