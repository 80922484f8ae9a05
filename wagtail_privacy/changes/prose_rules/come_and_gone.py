"""Statements weighed that came or went."""

from __future__ import annotations

from wagtail_privacy.changes.difference import WEAK
from wagtail_privacy.changes.prose_rules.duties import BURDENS
from wagtail_privacy.changes.prose_rules.explanations import (
    defines_a_role,
    explains_the_controller,
    is_courtesy,
    is_definition,
    is_of_other_sites,
    is_of_the_browser,
    only_names,
)
from wagtail_privacy.changes.prose_rules.promises import are_denied, is_promise, is_right
from wagtail_privacy.changes.prose_rules.references import (
    READERS,
    is_introduction,
    is_reference,
    tells_of_little,
    tells_what_is_told,
)
from wagtail_privacy.changes.prose_rules.subject import (
    BENEFIT,
    EDITORIAL,
    FREE,
    MATERIAL,
    MINOR,
    Subject,
    keys,
    verdict_of,
)
from wagtail_privacy.changes.verdict import Verdict
from wagtail_privacy.prose.statement import PROCESSING, SILENT, WELCOME, Statement, Unit


def come(statement: Statement, subject: Subject = FREE) -> Verdict:
    """What it means that ``statement`` is new."""
    said = _content(statement)
    if found := _nothing_stated(statement, said):
        return found
    if _explains(statement) or (is_introduction(statement) and tells_of_little(statement)):
        return verdict_of(MINOR, "prose-explained", said)
    if statement.units and statement.units[0].kind == "date":
        return verdict_of(MINOR, "prose-history")
    if subject.topic == "protect":
        return verdict_of(MINOR, "prose-explained", said)
    if is_promise(statement):
        return verdict_of(BENEFIT, "prose-promise", said)
    if is_right(statement):
        return verdict_of(BENEFIT, "prose-right", said)
    if _is_processing(statement):
        asked = _may_be_a_promise(statement) or (
            not statement.acts & _TOLD and (_may_be_another_s(statement) or is_introduction(statement))
        )
        return verdict_of(MATERIAL, "prose-unclear" if asked else "prose-processing", said, doubt=asked)
    if subject.gain:
        return verdict_of(subject.gain, "prose-more", said)
    if _tells_of_the_reader_only(statement) or not any(unit.kind == "unknown" for unit in said):
        burdens = [unit for unit in said if unit.key in keys("mode", BURDENS) or unit.kind == "money"]
        if burdens or statement.operators["not"] or statement.operators["must_you"]:
            return verdict_of(MATERIAL, "prose-unclear", said, doubt=True)
        if not any(unit.kind in _NAMING_KINDS for unit in said):
            return verdict_of(MINOR, "prose-explained", said)
    return verdict_of(MATERIAL, "prose-unclear", said, doubt=True)


def _nothing_stated(statement: Statement, said: list[Unit]) -> Verdict | None:
    """The verdict on what came or went and states nothing: papers, headings, what leads elsewhere."""
    if statement.is_paper or statement.speaks_of_the_policy or not (said or statement.operators["not"]):
        return verdict_of(EDITORIAL if statement.is_paper else MINOR, "prose-no-practice")
    if only_names(statement):
        return verdict_of(EDITORIAL, "prose-same")
    return verdict_of(MINOR, "prose-no-practice") if is_reference(statement) else None


def _explains(statement: Statement) -> bool:
    judges = (
        is_definition, is_of_the_browser, explains_the_controller, tells_what_is_told, defines_a_role, is_courtesy,
        is_of_other_sites,
    )  # fmt: skip
    return any(explains(statement) for explains in judges)


#: Acts that no introduction names without their being done.
_TOLD = frozenset({"sell", "rent", "track", "train", "profile"})
#: What a sentence on the policy as a text may name: who wrote it, and where.
_OF_A_TEXT = frozenset({*SILENT, "unknown", "city", "name", "date"})


def _is_of_the_text(statement: Statement) -> bool:
    """Whether it tells of the policy as a text: "This notice was prepared by our legal team in Ghent"."""
    names_it = statement.has("discourse", "policy")
    return names_it and all(u.kind in _OF_A_TEXT or u.key == ("operator", "first_person") for u in statement.units)


def _explains_itself(statement: Statement) -> bool:
    """Whether it may go without anybody missing it: a definition, courtesy, a word on others' sites."""
    return any(explains(statement) for explains in (is_definition, defines_a_role, is_courtesy, is_of_other_sites))


def _may_be_a_promise(statement: Statement) -> bool:
    """Whether all that is done is denied, or done with consent alone: "never without your consent"."""
    done = [unit for unit in statement.of("act") if unit.value in PROCESSING]
    asks = statement.has("ground", "consent") and bool(statement.operators["only"])
    return asks or (bool(statement.negators and done) and are_denied(done, statement))


def _may_be_another_s(statement: Statement) -> bool:
    """Whether a law may say what is done, or somebody else do it, and not the controller."""
    if statement.operators["first_person"] or statement.place.context:
        return False
    is_made_available = statement.acts & PROCESSING == {"share"}
    told = statement.operators["second_person"] and not is_made_available
    of_people = statement.values("party") - READERS or statement.values("data") or told
    first = next((unit for unit in statement.units if unit.kind not in SILENT and unit.kind != "operator"), None)
    return not of_people or (first is not None and first.key == ("mode", "law"))


#: Kinds of units that a new sentence is not a mere explanation with.
_NAMING_KINDS = frozenset({"unknown", "party", "data", "country", "city", "place", "ground", "company", "name"})


def gone(statement: Statement, subject: Subject = FREE) -> Verdict:
    """What it means that ``statement`` is no longer made."""
    said = _content(statement)
    nothing = _nothing_stated(statement, said)
    if nothing and (statement.values("right") <= {"right"} or not is_reference(statement)):
        return nothing
    if (
        subject.topic == "protect"
        or _explains_itself(statement)
        or _is_of_the_text(statement)
        or is_introduction(statement)
    ):
        return verdict_of(MINOR, "prose-explained", said)
    if statement.negators and statement.tells_of_processing:
        return verdict_of(MATERIAL, "prose-promise-gone", said)
    for kind, rule in _GONE:
        if found := [unit for unit in said if unit.kind == kind]:
            return verdict_of(MATERIAL, rule, found)
    if statement.acts & WELCOME:
        return verdict_of(MATERIAL, "prose-promise-gone", said)
    if subject.loss:
        return verdict_of(subject.loss, "prose-fewer", said)
    if _is_processing(statement):
        return verdict_of(BENEFIT, "prose-fewer", said)
    if any(unit.kind != "unknown" for unit in said if unit.key not in WEAK):
        return verdict_of(MATERIAL, "prose-unclear", said, doubt=True)
    return verdict_of(MINOR, "prose-explained", said)


_GONE = (
    ("right", "prose-right-gone"),
    ("ground", "prose-ground"),
    ("period", "prose-period-gone"),
    ("email", "prose-contact"),
    ("age", "prose-age"),
)


def _content(statement: Statement) -> list[Unit]:
    return [
        unit
        for unit in statement.units
        if unit.kind not in SILENT
        and unit.kind not in ("operator", "date", "number", "unit", "clock")
        and unit.key not in WEAK
    ]


def _is_processing(statement: Statement) -> bool:
    """Whether it says that something is done with data: an act, asserted here and not denied by its place."""
    if statement.is_denied_by_its_place or not statement.tells_of_processing:
        return False
    if statement.acts & WELCOME and not any(u.kind in ("party", "country") for u in statement.units):
        return bool((statement.acts & PROCESSING) - {"contact", "show", "use", "register", "store"})
    return True


def _tells_of_the_reader_only(statement: Statement) -> bool:
    return not statement.operators["first_person"]
