"""What turns a statement without a word of content: negation, condition, exception, duty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from wagtail_privacy.changes.difference import StatementDifference
from wagtail_privacy.changes.prose_rules.grounds import asks_first
from wagtail_privacy.changes.prose_rules.promises import is_promise
from wagtail_privacy.changes.prose_rules.subject import BENEFIT, MATERIAL, MINOR, Subject, verdict_of
from wagtail_privacy.changes.verdict import Verdict
from wagtail_privacy.prose.statement import PROCESSING, WELCOME, Statement, Unit


def turned_by_place(difference: StatementDifference, subject: Subject) -> Iterator[Verdict]:
    """What stood under "We never share:" stands under "We share:", or the other way."""
    if difference.turned_by_place:
        yield verdict_of(MATERIAL, "prose-negation", difference.new.text)


def operators(difference: StatementDifference, subject: Subject) -> Iterator[Verdict]:
    """What turns a statement without a word of content: negation, condition, concession, duty."""
    counts = difference.operators
    if not counts or asks_first(difference):
        return
    if counts.get("before", 0) * counts.get("after", 0) < 0 and not _only_erased_after(difference):
        yield verdict_of(MATERIAL, "prose-condition", difference.operator_words("before", "after"), doubt=True)
    processing = bool((difference.old.acts | difference.new.acts) & PROCESSING)
    otherwise = _said_otherwise(difference)
    for name in (name for name in _TURNS if name in counts and name not in otherwise):
        if made := _TURNS[name](counts[name], processing, difference):
            yield made


def _said_otherwise(difference: StatementDifference) -> set[str]:
    """The operators whose coming and going is part of something else that is said, or nothing."""
    new, old = difference.new, difference.old
    found = set() if new.negators or old.negators else {"until", "before"}
    if _is_a_condition_of_changes(new) or _is_a_condition_of_changes(old):
        found.add("if")
    if new.has("ground", "legal_obligation"):
        found.add("must")
    if new.operators["only"] and old.operators["only"] and not (new.values("right") or old.values("right")):
        found.add("may")  # "only the nurse can read it" is "the nurse alone reads it"
    relieved = old.operators["must_you"] + old.operators["must"] > new.operators["must_you"] + new.operators["must"]
    eased = ("mode", "voluntary") in new.content - old.content or bool(new.operators["may_you"])
    if eased and relieved and not new.operators["must_you"]:
        found |= {"if", "without", "must", "negation"}
    return found


def _only_erased_after(difference: StatementDifference) -> bool:
    """Whether "kept for 30 days before they are erased" became "erased after 30 days", or the other way."""
    return difference.is_kept_or_erased and all(
        any(act.value == "erase" and act.at > before.at for act in statement.of("act"))
        for statement in (difference.old, difference.new)
        for before in statement.of("operator")
        if before.value == "before"
    )


#: What is done where people are told of changes of the policy.
_OF_CHANGES = frozenset({"change", "inform", "contact", "publish"})


def _is_a_condition_of_changes(statement: Statement) -> bool:
    """Whether its condition is that something changes: "If the changes are significant, we tell you"."""
    conditions = {unit.clause for unit in statement.of("operator") if unit.value == "if"}
    changing = {unit.clause for unit in statement.of("act") if unit.value == "change"}
    return bool(conditions) and conditions <= changing and statement.acts <= _OF_CHANGES


def _negation(count: int, processing: bool, difference: StatementDifference) -> Verdict | None:
    words = difference.operator_words("not", "no_longer") or difference.new.text
    welcome = bool((difference.old.acts | difference.new.acts) & WELCOME) or any(
        u.kind == "right" for u in (*difference.old.units, *difference.new.units)
    )
    if count < 0:
        if processing and not welcome:
            return verdict_of(MATERIAL, "prose-negation", words)
        return verdict_of(MATERIAL, "prose-negation", words, doubt=True)
    if welcome:
        return verdict_of(MATERIAL, "prose-negation", words)
    if processing and is_promise(difference.new, was_otherwise=not difference.lost) and not difference.gained:
        return verdict_of(BENEFIT, "prose-promise", words)
    return verdict_of(MATERIAL, "prose-negation", words, doubt=True)


def _turn(rule: str, *, gained: str = "", lost: str = "", names: tuple[str, ...] = ()) -> Callable[..., Verdict | None]:
    """A turn by an operator: ``certain``, ``doubt`` or nothing when it comes and when it goes."""

    def verdict(count: int, processing: bool, difference: StatementDifference) -> Verdict | None:
        how = gained if count > 0 else lost
        if not how:
            return None
        if how == "right":
            asked = any(True for _ in difference.new.of("right"))
            return verdict_of(BENEFIT, "prose-right", difference.operator_words(*names)) if asked else None
        if how == "minor":
            return verdict_of(MINOR, "prose-explained", difference.operator_words(*names))
        erased = "erase" in difference.old.acts and "erase" not in difference.new.acts
        certain = how == "certain" or (how == "if processing" and (processing or erased))
        return verdict_of(MATERIAL, rule, difference.operator_words(*names), doubt=not certain)

    return verdict


def _condition(count: int, processing: bool, difference: StatementDifference) -> Verdict | None:
    words = difference.operator_words("if", "unless", "only")
    right = any(u.kind == "right" for u in difference.new.units) or difference.new.operators["may_you"]
    if count > 0:
        certain = bool(right) and not processing
        return verdict_of(MATERIAL, "prose-condition", words, doubt=not certain)
    return verdict_of(
        MATERIAL, "prose-condition", words, doubt=not processing or _is_of_the_readers_doing(difference.old)
    )


#: What people do where they choose what is done with their data.
_CHOOSING = frozenset({"consent_act", "refuse", "request"})


def _is_of_the_readers_doing(statement: Statement) -> bool:
    """Whether its condition is something that people do, and no choice about their data: "If you make a donation"."""
    condition = next((u for u in statement.of("operator") if u.value == "if"), None)
    if condition is None:
        return False
    within = [u for u in statement.units if u.clause == condition.clause and u.at > condition.at]
    chooses = any(u.value in _CHOOSING or u.kind in ("ground", "mode", "right") for u in within)
    return bool(within) and within[0].key == ("operator", "second_person") and not chooses


def _only(count: int, processing: bool, difference: StatementDifference) -> Verdict | None:
    words = difference.operator_words("only")
    if count < 0:
        return verdict_of(MATERIAL, "prose-only", words)
    if processing and difference.lost and not difference.gained and _are_named(difference.lost):
        return verdict_of(BENEFIT, "prose-fewer", difference.lost)
    if processing or (difference.lost and all(unit.kind == "data" for unit in difference.lost)):
        return verdict_of(MINOR, "prose-explained", words)
    return verdict_of(MATERIAL, "prose-right-narrowed", words, doubt=True)


def _are_named(units: Iterable[Unit]) -> bool:
    return all(unit.kind in ("data", "party", "country") for unit in units)


def _without(count: int, processing: bool, difference: StatementDifference) -> Verdict:
    """ "We decide without our staff" is a machine's decision."""
    words = difference.operator_words("without")
    new = difference.new
    missing = {u.at for u in new.of("operator") if u.value == "without"}
    staff = any(u.value == "staff" and {u.at - 1, u.at - 2} & missing for u in new.of("party"))
    if count > 0 and staff and "decide" in new.acts and not new.negators:
        return verdict_of(MATERIAL, "prose-automated", words)
    return verdict_of(MATERIAL, "prose-condition", words, doubt=True)


_TURNS: dict[str, Callable[[int, bool, StatementDifference], Verdict | None]] = {
    "negation": _negation,
    "only": _only,
    "without": _without,
    "except": _turn("prose-exception", gained="certain", names=("except",)),
    "unless": _turn("prose-exception", gained="if processing", lost="doubt", names=("unless",)),
    "even_if": _turn("prose-concession", gained="if processing", lost="doubt", names=("even_if",)),
    "if": _condition,
    "until": _turn("prose-condition", gained="doubt", lost="doubt", names=("until", "before")),
    "before": _turn("prose-condition", gained="doubt", lost="doubt", names=("until", "before")),
    "as_a_rule": _turn("prose-as-a-rule", gained="certain", lost="minor", names=("as_a_rule",)),
    "at_any_time": _turn("prose-right-narrowed", gained="right", lost="certain", names=("at_any_time",)),
    "limited_times": _turn("prose-right-narrowed", gained="certain", lost="right", names=("limited_times",)),
    "may": _turn("prose-may", gained="doubt", lost="doubt", names=("may",)),
    "must": _turn("prose-must", gained="doubt", lost="doubt", names=("must",)),
    "immediately": _turn("prose-condition", lost="doubt", names=("immediately",)),
}
