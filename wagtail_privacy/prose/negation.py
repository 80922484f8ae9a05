"""Negation: which words deny, how often, and what a denial means together with a duty, an exception or a condition.

The words that deny are in each language's lexicon, ``[operator]``: ``not``, ``no_longer``, ``without``, ``except``,
``unless``. A denial reaches its clause (``reader.py`` counts clauses); :attr:`~.statement.Statement.negators` counts
denials, and ``is_denied_by_its_place`` says whether a lead-in denies its list. What it means that one came or went is
weighed in ``changes/prose_rules/operators.py``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter

from wagtail_privacy.prose.statement import Unit

#: The Finnish verb of denial, alone or with "and".
_DENYING = re.compile(
    r"(?:en|et|ei|emme|ette|eivät|älä|älkää|enk|etk|eik|emmek|ettek|eivätk)(?:ä|kä|kään|kö)?(?:\s.*)?"
)


#: Kind and value of a unit.
_KEY = itemgetter(0, 1)


def once_denied(units: Sequence[Unit]) -> list[Unit]:
    """In Finnish a verb denies, and its pronouns follow: "emme luovuta kenellekään" denies once."""
    return [u for u in units if u.key != ("operator", "not") or _DENYING.fullmatch(u.raw.casefold())]


def paired(units: list[Unit]) -> list[Unit]:
    """Each pair that means one thing: "not" with "must" is voluntary, "not … unless" is "only if"."""
    kinds = list(map(_KEY, units))
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


_POSSESSIVES = ("ni", "si", "nsa", "nsä", "mme", "nne", "an", "än", "")


def missing(word: str) -> str:
    """What a Finnish word says is missing: "suostumuksettasi" is without your consent; empty for other words.

    "osoitetta" is the partitive of "osoite", as of all words that end in a single -e or in -us, -ys.
    """
    for possessive in _POSSESSIVES:
        bare = word.removesuffix(possessive)
        if possessive and bare == word:
            continue
        for case in ("tta", "ttä"):
            left = bare.removesuffix(case)
            if left != bare and len(left) >= 3 and not _may_be_partitive(left):
                return left
    return ""


def _may_be_partitive(left: str) -> bool:
    """Of "osoite" it is "osoitetta", of "jäsenyys" it is "jäsenyyttä"."""
    return left.endswith(("uu", "yy")) or (left.endswith("e") and not left.endswith(("ee", "kse", "ise")))
