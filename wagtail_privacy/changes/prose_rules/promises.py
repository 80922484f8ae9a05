"""Promises and rights. Either counts only where it stands alone: one clause, its own negation, no condition, no
exception, no second act."""

from __future__ import annotations

from collections.abc import Iterable

from wagtail_privacy.changes.prose_rules.duties import BURDENS
from wagtail_privacy.changes.prose_rules.subject import keys
from wagtail_privacy.prose.statement import PROCESSING, WELCOME, Statement, Unit

#: What turns a promise or a right into less than it seems.
_CONDITIONS = frozenset({"if", "unless", "even_if", "except", "until", "before", "as_a_rule", "no_longer", "only"})


def is_promise(statement: Statement, *, was_otherwise: bool = False) -> bool:
    """Whether it denies one act with data, and nothing else: "We never sell your data".

    "We no longer sell" promises only where the same was said to be done (``was_otherwise``).
    """
    conditions = _CONDITIONS - ({"no_longer"} if was_otherwise else set())
    if not (statement.negators or statement.is_denied_by_its_place) or conditions & statement.operators.keys():
        return False
    acts = [unit for unit in statement.of("act") if unit.value in PROCESSING]
    if not (acts or statement.acts & PROCESSING) or any(unit.value in WELCOME for unit in statement.of("act")):
        return False
    if any(_denials_in(statement, unit.clause) != 1 for unit in acts):
        return False
    several = len({unit.value for unit in acts}) > 1 and len({unit.clause for unit in acts}) == 1
    return not several or not any(unit.value in ("and", "which", "but") for unit in statement.of("opener"))


def _denials_in(statement: Statement, clause: int) -> int:
    own = sum(u.value in ("not", "no_longer") and u.clause == clause for u in statement.of("operator"))
    return own + statement.is_denied_by_its_place


def is_right(statement: Statement) -> bool:
    """Whether it tells people what they may do, with no condition and no price: "You have the right to object"."""
    operators = statement.operators
    if statement.negators or statement.is_denied_by_its_place or (_CONDITIONS | {"limited_times"}) & operators.keys():
        return False
    if any(unit.kind in ("money",) or unit.key in keys("mode", BURDENS) for unit in statement.units):
        return False
    if any(unit.value in ("but", "which") for unit in statement.of("opener")) or operators["first_person"] > 1:
        return False
    may = operators["may_you"] or statement.has("right", "right")
    asked = any(unit.kind == "right" for unit in statement.units) or statement.has("act", "erase", "refuse")
    not_theirs = PROCESSING - {"use", "advertise", "contact", "profile", "store"}
    names_more = statement.has("party", "machine") or statement.values("data") - {"data"}
    if statement.has("right", "complain") and not names_more:
        not_theirs -= {"decide"}  # "appeal our decision"
    others = {unit.value for unit in statement.of("act")} & not_theirs
    return bool(operators["second_person"] or may) and bool(may and asked) and not others


def are_denied(units: Iterable[Unit], statement: Statement) -> bool:
    """Whether all of ``units`` stand in a clause that is denied."""
    clauses = {u.clause for u in statement.of("operator") if u.value in ("not", "no_longer")}
    return all((unit.clause in clauses) != statement.is_denied_by_its_place for unit in units)
