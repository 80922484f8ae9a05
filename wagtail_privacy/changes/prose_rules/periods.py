"""Periods that became longer, shorter, unbounded or another thing's."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail_privacy.changes.difference import StatementDifference
from wagtail_privacy.changes.prose_rules.lists import list_grew
from wagtail_privacy.changes.prose_rules.subject import BENEFIT, MATERIAL, MINOR, Subject, verdict_of
from wagtail_privacy.changes.verdict import Verdict
from wagtail_privacy.prose.statement import SILENT, Statement, Unit

_KEEPING = frozenset({"store", "register", "use", "collect", "record", "share"})


def periods(difference: StatementDifference, subject: Subject) -> Iterator[Verdict]:
    """Longer, shorter, gone: what a period's change means depends on what is counted."""
    old, new = ([u for u in s.units if u.kind == "period"] for s in (difference.old, difference.new))
    before, after = ([(u.value, _bound(u)) for u in units] for units in (old, new))
    if sorted(before) == sorted(after):
        if _turned_round(old, new, difference):
            yield verdict_of(MATERIAL, "prose-period", [*old, *new])
        return
    if [value for value, _ in before] == [value for value, _ in after]:
        yield from _bounds(old, new, difference)
        return
    gained = [u for u in new if u.value not in {v for v, _ in before}]
    lost = [u for u in old if u.value not in {v for v, _ in after}]
    if lost and not gained:
        if len(new) < len(old):
            yield verdict_of(MATERIAL, "prose-period-gone", lost)
        return
    if gained and not lost:
        wanted = _is_shorter_better(difference) and len(old) == 0 and not list_grew(difference)
        yield (
            verdict_of(MINOR, "prose-period-stated", gained)
            if wanted
            else verdict_of(MATERIAL, "prose-period", gained, doubt=True)
        )
        return
    if gained and lost:
        yield _longer_or_shorter(lost, gained, difference)


def _bound(unit: Unit) -> str:
    return unit.quantity.bound if unit.quantity and unit.quantity.bound == "min" else ""


def _longer_or_shorter(lost: list[Unit], gained: list[Unit], difference: StatementDifference) -> Verdict:
    sizes = [max(u.quantity.size for u in units if u.quantity) for units in (lost, gained)]
    if sizes[0] < sizes[1] and _is_time_for_people(difference.new):
        return verdict_of(BENEFIT, "prose-right", [*lost, *gained])
    if sizes[0] < sizes[1]:
        return verdict_of(MATERIAL, "prose-longer", [*lost, *gained])
    if sizes[0] > sizes[1] and _is_time_for_people(difference.new):
        return verdict_of(MATERIAL, "prose-right-narrowed", [*lost, *gained])
    if _is_shorter_better(difference) and len(lost) == len(gained):
        return verdict_of(BENEFIT, "prose-shorter", [*lost, *gained])
    return verdict_of(MATERIAL, "prose-period", [*lost, *gained], doubt=True)


def _is_time_for_people(statement: Statement) -> bool:
    """Whether it says until when people may use a right, and nothing that is done to them."""
    if not statement.operators["may_you"] or statement.negators or statement.operators["must_you"]:
        return False
    asks = any(statement.of("right")) or "request" in statement.acts
    return asks and statement.acts <= {"request", "refuse", "erase"}


def _is_shorter_better(difference: StatementDifference) -> bool:
    """Data are kept, or people wait for us; nothing is denied, nobody else is bound, nothing is counted backwards."""
    new = difference.new
    if new.operators["must_you"] or difference.operators.get("negation") or _counts_what_is_denied(new):
        return False
    if any(u.quantity and u.quantity.bound == "min" for u in new.units):
        return False
    return bool(new.acts & (_KEEPING | {"erase", "answer"}))


def _counts_what_is_denied(statement: Statement) -> bool:
    denied = {u.clause for u in statement.of("operator") if u.value in ("not", "no_longer")}
    return any(u.clause in denied for u in statement.of("period")) or statement.is_denied_by_its_place


def _bounds(old: list[Unit], new: list[Unit], difference: StatementDifference) -> Iterator[Verdict]:
    for before, after in zip(old, new, strict=True):
        if _bound(before) != _bound(after):
            yield verdict_of(MATERIAL, "prose-bound", [before, after])


def _turned_round(old: list[Unit], new: list[Unit], difference: StatementDifference) -> bool:
    """The same periods, each of them standing by another thing: the table's or the sentence's words did not move."""
    if len(old) < 2 or [u.value for u in old] == [u.value for u in new]:
        return False
    return _anchors(difference.old) != _anchors(difference.new)


def _anchors(statement: Statement) -> list[tuple[tuple[str, str], str]]:
    """Each quantity with what stands before it."""
    found, before = [], ("", "")
    for unit in statement.units:
        if unit.quantity is not None:
            found.append((before, unit.value))
        elif unit.kind not in SILENT and unit.kind != "operator":
            before = unit.key
    return sorted(found)
