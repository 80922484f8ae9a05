"""Duties and permissions of a sentence: those of its readers are told from ours. Negation: ``negation.py``.

The words themselves are in each language's lexicon, under ``[operator]``.
"""

from __future__ import annotations

from collections.abc import Sequence

from wagtail_privacy.prose.negation import once_denied, paired
from wagtail_privacy.prose.statement import Unit

#: Finnish verbs carry their person.
_YOU_MAY = frozenset({"voit", "voitte", "saat", "saatte", "pystyt", "pystytte", "voisit", "voisitte"})


def operators(found: Sequence[Unit], units: Sequence[Unit], language: str) -> list[Unit]:
    """``found``, of a sentence's ``units``, with what people may or must do told from what is done to their data."""
    found = [_of_the_reader(unit, units) if unit.kind == "operator" else unit for unit in found]
    return paired(once_denied(found) if language == "fi" else found)


def _of_the_reader(unit: Unit, units: Sequence[Unit]) -> Unit:
    """What people may or must do is no permission that the controller takes."""
    if unit.value not in ("may", "must"):
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
