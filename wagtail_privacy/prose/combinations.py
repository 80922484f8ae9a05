"""What several units of a sentence mean together: bounds and quantities, invitations, labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from wagtail_privacy.prose.lexicon import lexicon
from wagtail_privacy.prose.operators import operators
from wagtail_privacy.prose.quantities import Quantity
from wagtail_privacy.prose.statement import PROCESSING, SILENT, SMALL_KINDS, Unit


def combined(units: Sequence[Unit], language: str) -> Sequence[Unit]:
    """Bounds go to their quantity, ages are told from periods, pairs of operators become the one that they mean."""
    kinds = {unit.kind for unit in units}
    found = units if kinds.isdisjoint(_WITH_BOUNDS) else list(_bounded(units))
    found = found if kinds.isdisjoint(_READ_WITH_OTHERS) else list(_without_labels(found, language))
    return operators(found, units, language) if "operator" in kinds else found


#: Only of these kinds is there something to put together: most sentences have none, and are what they were.
_WITH_BOUNDS = frozenset({"bound", "one", "period", "age", "money", "number"})
_READ_WITH_OTHERS = frozenset({"right", "mode", "place", "phone", "email", "url"})


#: In an invitation to ask or to write, these say nothing: "if you have any questions about how we use your data".
_OF_AN_INVITATION = frozenset(
    {
        *(("operator", name) for name in ("if", "may", "may_you", "must_you", "at_any_time", "all", "always")),
        *(("act", name) for name in ("use", "contact", "administer", "request")),
        *(("mode", "voluntary"), ("data", "data"), ("right", "right"), ("opener", "purpose")),
    }
)
_INVITED_TO = frozenset({"email", "phone", "url"})


def without_courtesy(units: tuple[Unit, ...], *, asks: bool) -> tuple[Unit, ...]:
    """An invitation to ask or to use one's rights, without its courtesy; other sentences as they are."""
    asked = [unit for unit in units if unit.value == "asking" and unit.kind == "discourse"]
    if not asked:
        return units
    invited = asks or any(unit.kind in _INVITED_TO or unit.key == ("discourse", "contacting") for unit in units)
    named = ("name", "number", *_INVITED_TO)
    if not invited or not all(
        unit.key in _OF_AN_INVITATION or unit.kind in (*SILENT, *named) or unit.key in _PERSONS for unit in units
    ):
        return units
    return tuple(unit for unit in units if unit.key not in _OF_AN_INVITATION)


_PERSONS = frozenset(
    {("operator", "first_person"), ("operator", "second_person"), ("operator", "also"), ("party", "dpo")}
)


#: What stands before a value and only says what it is: "phone 22 11 00 44".
_LABELS = {"phone": "phone", "email": "email", "url": "address"}


def _without_labels(units: Sequence[Unit], language: str) -> Iterator[Unit]:
    """Without words that say again what a value beside them says, and with those read anew that others give a sense."""
    facts = _Facts(units, language)
    for at, unit in enumerate(units):
        if not facts.says_again(unit, at):
            yield facts.read_anew(unit)


class _Facts:
    """What the whole sentence tells about a unit in it."""

    def __init__(self, units: Sequence[Unit], language: str) -> None:
        keys = {unit.key for unit in units}
        self.units = units
        parties = {unit.value for unit in units if unit.kind == "party"}
        self.conditions = _conditions(language)
        self.labelled = {(_LABELS[u.kind], u.clause) for u in units if u.kind in _LABELS}
        self.is_outside = ("place", "third_country") in keys
        self.only_as_needed = {("operator", "only"), ("mode", "needed")} <= keys
        self.has_rights = any(unit.kind == "right" and unit.value != "right" for unit in units)
        self.is_wish = self.has_rights and not any(u.kind == "act" and u.value in PROCESSING for u in units)
        mine = keys & {("operator", "second_person"), ("right", "right"), ("act", "request")}
        self.is_of_others = bool(parties & _INSIDERS) and not mine

    def says_again(self, unit: Unit, at: int) -> bool:
        """A label before its value; "EU" in brackets or before a law; "permanently" before "deleted"; "to the extent"
        before "necessary".
        """
        if unit.kind == "data":
            return (unit.value, unit.clause) in self.labelled
        if unit.key == ("period", "indefinite"):
            beside = (u for u in self.units if u.key == ("act", "erase"))
            return any(abs(u.at - unit.at) == 1 for u in beside)
        if unit.kind == "place" and unit.value in ("eu", "eea") and _is_of_a_law(unit, self.units[at + 1 :]):
            return True
        if unit.kind == "place":
            return self.is_outside and unit.value in ("eu", "eea")
        is_if = self.only_as_needed and unit.key == ("operator", "if")
        return is_if and _comes_soon("needed", self.units[at + 1 :])

    def read_anew(self, unit: Unit) -> Unit:
        """A wish as a condition, "access" of the staff as what they do, "right" as what people may."""
        if self.is_wish and unit.key == ("mode", "voluntary") and unit.raw.casefold() in self.conditions:
            return unit._replace(kind="operator", value="if")
        if self.is_of_others and unit.key == ("right", "access"):
            return unit._replace(kind="act", value="read")
        if self.has_rights and unit.key == ("right", "right"):
            return unit._replace(kind="operator", value="may_you")
        return unit


def _is_of_a_law(unit: Unit, following: Sequence[Unit]) -> bool:
    """Whether "EU" only says whose law it is: "an EU law", "EU-förordningen"."""
    return bool(following) and following[0].key == ("mode", "law") and following[0].at - unit.at <= 1


#: Whose access to data is no right of theirs.
_INSIDERS = frozenset({"staff", "processor", "partner", "third_party", "group", "healthcare", "school", "auditor"})


@lru_cache(maxsize=8)
def _conditions(language: str) -> frozenset[str]:
    """The words that open a condition: "if", "om", "falls"."""
    return frozenset(word for word, concept in lexicon(language).words.items() if concept == "operator.if")


def _comes_soon(value: str, following: Sequence[Unit]) -> bool:
    """Whether a unit of ``value`` follows before anything else of content but an act."""
    return any(u.value == value for u in [u for u in following if u.kind not in SMALL_KINDS][:2])


def _bounded(units: Sequence[Unit]) -> Iterator[Unit]:
    age = any(unit.key in (("data", "age"), ("party", "children")) for unit in units)
    bound = ""
    for number_, unit in enumerate(units):
        if unit.kind == "bound" and unit.value in ("max", "min"):
            bound = unit.value
            continue
        if unit.kind == "bound" or unit.kind == "one":
            continue
        if unit.quantity is not None:
            following = units[number_ + 1] if number_ + 1 < len(units) else None
            bound = bound or (following.value if following and following.kind == "bound" else "")
            side = unit.quantity.bound or (bound if bound in ("max", "min") else "")
            quantity = Quantity(unit.quantity.kind, unit.quantity.value, unit.quantity.unit, side)
            kind = unit.kind
            if (
                kind == "period"
                and age
                and quantity.unit == "P1M"
                and quantity.value % 12 == 0
                and quantity.value <= 252
            ):
                kind = "age"
            yield Unit(kind, unit.value, unit.raw, unit.clause, unit.at, quantity)
        elif unit.kind == "number" and unit.value == "1":
            continue
        else:
            yield unit
        if unit.kind not in SMALL_KINDS:
            bound = ""
