"""What rules ask of a change: small conditions that read aloud, and the words to combine them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from wagtail_privacy.changes.change import Change, Materiality, Reference
from wagtail_privacy.changes.prose import fingerprint as letters
from wagtail_privacy.changes.rule import Context
from wagtail_privacy.policy.durations import parse
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot, section_from_json, section_to_json
from wagtail_privacy.policy.vocabulary import TRANSFER_MECHANISMS
from wagtail_privacy.prose.reader import read
from wagtail_privacy.prose.regions import EEA

Test = Callable[[Change, Context], bool]


def added(*kinds: str) -> Test:
    """A section of one of ``kinds`` is new, or new where it stands."""
    return lambda change, context: change.kind == "added" and _kind(change) in kinds


def removed(*kinds: str) -> Test:
    return lambda change, context: change.kind == "removed" and _kind(change) in kinds


def changed(kind: str, *fields: str) -> Test:
    """One of ``fields`` (any, if none is named) of a section of ``kind`` says something else."""
    return lambda change, context: (
        change.kind == "changed" and _kind(change) == kind and (not fields or change.field in fields)
    )


def stated(kind: str, *fields: str) -> Test:
    """A field that said nothing says something."""
    return both(changed(kind, *fields), lambda change, context: not change.old)


def dropped(kind: str, *fields: str) -> Test:
    """A field that said something says nothing."""
    return both(changed(kind, *fields), lambda change, context: not change.new)


def both(*tests: Test) -> Test:
    return lambda change, context: all(test(change, context) for test in tests)


def either(*tests: Test) -> Test:
    return lambda change, context: any(test(change, context) for test in tests)


def unless(test: Test) -> Test:
    return lambda change, context: not test(change, context)


def _kind(change: Change) -> str:
    return change.section.kind if change.section else ""


def _section(change: Change) -> Section:
    """The added or removed section itself."""
    return section_from_json(change.new if change.kind == "added" else change.old)


def _value(section: Section | None, field: str) -> Any:
    return None if section is None else section.facts.get(field) or section.texts.get(field)


def _as_text(value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def replaced(change: Change, context: Context) -> bool:
    """Something was said before and something is said now."""
    return bool(change.old and change.new)


def rewritten(change: Change, context: Context) -> bool:
    """Something was said before."""
    return bool(change.old)


def more(change: Change, context: Context) -> bool:
    """A number is higher than before."""
    return (change.new or 0) > (change.old or 0)


def same_letters(change: Change, context: Context) -> bool:
    """Only punctuation, case or space changed."""
    return letters(_as_text(change.old)) == letters(_as_text(change.new))


def items(value: Any) -> frozenset[str]:
    """The things that a list, or a line with commas, names; letters alone."""
    parts = value if isinstance(value, list | tuple) else str(value or "").replace(";", ",").split(",")
    return frozenset(filter(None, (letters(str(part)) for part in parts)))


def more_items(change: Change, context: Context) -> bool:
    return bool(items(change.new) - items(change.old))


def fewer_items(change: Change, context: Context) -> bool:
    return items(change.new) < items(change.old)


def longer(change: Change, context: Context) -> bool:
    """A duration is longer, or can't be told not to be."""
    return _compare(change.old, change.new) == 1


def shorter(change: Change, context: Context) -> bool:
    return _compare(change.old, change.new) == -1


def equally_long(change: Change, context: Context) -> bool:
    return _compare(change.old, change.new) == 0


def _compare(old: Any, new: Any) -> int | None:
    """1 if the duration ``new`` is longer than ``old``, -1 if shorter, 0 if equal, ``None`` if that can't be told."""
    try:
        return parse(new).compare(parse(old))
    except ValueError:
        return None


def to(*values: Any) -> Test:
    return lambda change, context: change.new in values


def was(*values: Any) -> Test:
    return lambda change, context: change.old in values


def says(field: str, *values: Any) -> Test:
    """The added or removed section says one of ``values`` in ``field``."""
    return lambda change, context: _value(_section(change), field) in values


def has(*fields: str) -> Test:
    """The added or removed section says something in one of ``fields``."""
    return lambda change, context: any(_value(_section(change), field) for field in fields)


def parent_is(*kinds: str) -> Test:
    return lambda change, context: len(change.path) > 1 and change.path[-2].kind in kinds


def same(*fields: str) -> Test:
    """The changed section says the same in ``fields`` as before, and says something there."""

    def test(change: Change, context: Context) -> bool:
        if change.section is None:
            return False
        old, new = context.before(change.section), context.after(change.section)
        return all(_value(old, field) and _value(old, field) == _value(new, field) for field in fields)

    return test


def now_has(*fields: str) -> Test:
    """The changed section says something in one of ``fields`` now."""
    return lambda change, context: (
        bool(change.section) and any(_value(context.after(change.section), field) for field in fields if change.section)
    )


def had(*fields: str) -> Test:
    return lambda change, context: (
        bool(change.section)
        and any(_value(context.before(change.section), field) for field in fields if change.section)
    )


def _identity(section: Section) -> frozenset[str]:
    """What makes two sections of a kind the same to a reader: their keys and names."""
    kind = kind_of(section.kind)
    name = next(filter(None, (_value(section, field) for field in kind.named_by)), None)
    marks = (_value(section, kind.key) if kind.key else None, name)
    return frozenset(filter(None, (letters(str(mark)) for mark in marks if mark)))


def known_elsewhere(change: Change, context: Context) -> bool:
    """What a list names anew was in the policy before; what it no longer names still is."""
    section = _section(change)
    others = context.before_all(section.kind) if change.kind == "added" else context.after_all(section.kind)
    return any(_identity(section) & _identity(other) for other in others)


def new_third_country(change: Change, context: Context) -> bool:
    """Personal data go to a country outside the EEA where none went before."""
    code = change.new if change.kind == "changed" else _value(_section(change), "country")
    return bool(code) and code not in EEA and code not in context.old_countries


def first_transfer(change: Change, context: Context) -> bool:
    """A transfer is named in a policy that named none."""
    return not context.before_all("transfer")


def weaker_safeguard(change: Change, context: Context) -> bool:
    """The protection falls: a later place in Art. 45 to 49, or none stated any more."""
    order = list(TRANSFER_MECHANISMS)
    if change.old not in order or change.new not in order:
        return bool(change.old)
    return order.index(change.new) > order.index(change.old)


def weaker_than_before(change: Change, context: Context) -> bool:
    """A transfer to a known country rests on a weaker safeguard than those named for it."""
    section = _section(change)
    country, mechanism, order = _value(section, "country"), _value(section, "mechanism"), list(TRANSFER_MECHANISMS)
    known = [_value(old, "mechanism") for old in context.before_all("transfer") if _value(old, "country") == country]
    places = [order.index(code) for code in known if code in order]
    return mechanism not in order or not places or order.index(mechanism) > max(places)


def _bases(section: Section | None) -> frozenset[str]:
    return frozenset(str(_value(basis, "basis")) for basis in (section.of_kind("legal_basis") if section else ()))


def consent_replaced(change: Change, context: Context) -> bool:
    """A purpose that rested on consent rests on contract or legitimate interests instead."""
    purpose = next((step for step in change.path if step.kind == "purpose"), None)
    if purpose is None or _kind(change) != "legal_basis":
        return False
    old, new = _bases(context.before(purpose)), _bases(context.after(purpose))
    return "art6_1_a" in old - new and bool((new - old) & {"art6_1_b", "art6_1_f"})


def no_special_data_left(change: Change, context: Context) -> bool:
    """The purpose names no special categories any more."""
    purpose = context.after(change.path[-2]) if len(change.path) > 1 else None
    return purpose is not None and not any(_value(c, "special") for c in purpose.of_kind("data_category"))


def same_group_and_country(change: Change, context: Context) -> bool:
    """A recipient of a category and in a country that the policy named before."""
    if change.kind == "added":
        section: Section | None = _section(change)
    else:
        section = context.after(change.section) if change.section else None
    category, country = _value(section, "category"), _value(section, "country")
    return bool(category) and any(
        letters(str(category)) == letters(str(_value(old, "category") or "")) and country == _value(old, "country")
        for old in context.before_all("recipient")
    )


def same_conditions(change: Change, context: Context) -> bool:
    """A condition moved between a list and its recipients: each gets data under the conditions that held before."""
    group = next((step for step in change.path if step.kind == "recipients"), None)
    old, new = (context.before(group), context.after(group)) if group else (None, None)
    if old is None or new is None:
        return False
    before, after = _conditions(old), _conditions(new)
    touched = {change.path[-1].id} if change.path[-1].kind == "recipient" else before.keys() & after.keys()
    return bool(touched) and all(before.get(id) == after.get(id) for id in touched)


def _conditions(group: Section) -> dict[str, frozenset[str]]:
    """Under which conditions each recipient of a list gets data: its own and the list's."""
    shared = str(_value(group, "condition") or "")
    return {
        row.id: frozenset(filter(None, (letters(shared), letters(str(_value(row, "condition") or "")))))
        for row in group.of_kind("recipient")
    }


_CONTACT = ("email", "phone", "form_url", "url", "chat")


def _routes(snapshot: Snapshot) -> frozenset[str]:
    """Every way that a policy gives to reach the controller."""
    kinds = ("controller", "dpo", "representative", "right")
    found = (_value(s, field) for s in snapshot.walk() if s.kind in kinds for field in _CONTACT)
    return frozenset(str(route) for route in found if route)


def only_route(change: Change, context: Context) -> bool:
    """It was the only way to reach the controller, so that rights are now exercised otherwise or not at all."""
    return bool(change.old) and change.field in _CONTACT and _routes(context.old) <= {str(change.old)}


def controller_moved(change: Change, context: Context) -> bool:
    """A controller's country changed: another authority is the lead one (Art. 56)."""
    old = {_value(section, "country") for section in context.before_all("controller")}
    new = {_value(section, "country") for section in context.after_all("controller")}
    return bool(old - {None}) and old != new


def _kept(section: Section) -> tuple[str, str]:
    return section.kind, letters(str(_value(section, "applies_to") or ""))


def counterpart(change: Change, context: Context) -> Section | None:
    """The storage period for the same data in the same place on the other side, where one was replaced by another."""
    if len(change.path) < 2:
        return None
    parent = context.before(change.path[-2]) if change.kind == "added" else context.after(change.path[-2])
    mine = _section(change)
    return next((s for s in (parent.children if parent else ()) if _kept(s) == _kept(mine)), None)


def has_successor(change: Change, context: Context) -> bool:
    """Another storage period for the same data took its place."""
    return counterpart(change, context) is not None


def replaces_longer(change: Change, context: Context) -> bool:
    """The storage period takes the place of one that was longer or not fixed."""
    other = counterpart(change, context)
    duration = _value(_section(change), "duration")
    if other is None or not duration:
        return False
    before = _value(other, "duration")
    return _compare(before, duration) == -1 if before else bool(_value(other, "criteria"))


def replaces_shorter(change: Change, context: Context) -> bool:
    """The storage period, or the criteria, take the place of a period that was shorter."""
    other = counterpart(change, context)
    before = _value(other, "duration") if other else None
    return bool(before) and _compare(before, _value(_section(change), "duration")) not in (-1, 0)


def own_content(change: Change, context: Context) -> bool:
    """What is kept is people's own: an account, messages, pictures, files."""
    section = context.after(change.section) if change.section else None
    words = letters(str(_value(section, "applies_to") or ""))
    return any(stem in words for stem in _OWN_CONTENT)


_OWN_CONTENT = (
    *("konto", "innehåll", "meddelande", "bilder", "filer", "inlägg"),
    *("account", "content", "message", "picture", "photo", "file", "post"),
    *("tili", "sisältö", "viesti", "kuva", "tiedosto", "innhold", "melding", "bilde", "indhold", "besked", "billede"),
    *("inhalt", "nachricht", "bild", "datei", "beitr"),
)


def new_party(change: Change, context: Context) -> bool:
    """A cookie's provider is new to the policy: neither a recipient nor the provider of another cookie."""
    provider = change.new if change.kind == "changed" else _value(_section(change), "provider")
    known = {letters(str(_value(s, "name"))) for s in context.before_all("recipient", "controller")}
    known |= {letters(str(_value(s, "provider"))) for s in context.before_all("cookie")}
    return bool(provider) and letters(str(provider)) not in known


def new_need(change: Change, context: Context) -> bool:
    """Cookies of this type were not used before."""
    need = change.new if change.kind == "changed" else _value(_section(change), "need")
    return bool(need) and need not in {_value(s, "need") for s in context.before_all("cookie")}


def contents(change: Change, context: Context) -> Materiality | None:
    """The class of a list or a service-specific section that came or went: the highest of what it holds."""
    if change.kind not in ("added", "removed") or not kind_of(_kind(change)).children:
        return None
    parts = [context.weigh(part).materiality for part in _parts(change, _section(change))]
    return max(filter(None, parts), key=lambda materiality: materiality.weight, default=Materiality.EDITORIAL)


def _parts(change: Change, section: Section) -> Iterator[Change]:
    """What an added or removed section holds, each as a change of its own."""
    was_added = change.kind == "added"
    names = kind_of(section.kind).named_by
    for name, value in (*section.facts.items(), *section.texts.items()):
        if name in names:
            continue
        whole = Change("changed", change.path, name, is_text=name in section.texts)
        yield replace(whole, new=value) if was_added else replace(whole, old=value)
    # Column headings state nothing without the rows below them.
    for child in (child for child in section.children if child.kind != "table_head"):
        part = Change(change.kind, (*change.path, Reference.to(child)))
        yield replace(part, new=section_to_json(child)) if was_added else replace(part, old=section_to_json(child))


def moved_in(change: Change, context: Context) -> Materiality | None:
    """A section that moved to another parent is weighed as if it were new there."""
    if change.kind != "moved" or not change.old_path:
        return None
    section = context.after(change.section) if change.section else None
    if section is None:
        return Materiality.MATERIAL
    if change.path[-2:-1] and change.path[-2].kind == "purpose":
        return context.weigh(Change("added", change.path, new=section_to_json(section))).materiality
    return Materiality.EDITORIAL


_DISTANCE = ("eea", "mostly_eea", "outside")


def further_away(old: Any, new: Any) -> bool:
    """Whether ``new`` is a place of processing with less protection than ``old``; unstated counts as unknown."""
    if new not in _DISTANCE:
        return old in _DISTANCE[:2]
    return _DISTANCE.index(new) > (_DISTANCE.index(old) if old in _DISTANCE else 0)


def promised_still(change: Change, context: Context) -> bool:
    """The same commitment stands elsewhere in the policy."""
    code = _value(_section(change), "commitment")
    return (
        bool(code) and code != "other" and any(_value(s, "commitment") == code for s in context.after_all("commitment"))
    )


def period_shorter(change: Change, context: Context) -> bool:
    """The storage period itself is shorter than before."""
    section = change.section
    return section is not None and (
        _compare(_value(context.before(section), "duration"), _value(context.after(section), "duration")) == -1
    )


def is_controller_now(change: Change, context: Context) -> bool:
    section = context.after(change.section) if change.section else None
    return _value(section, "role") in ("controller", "joint_controller")


def field_is(*types: str) -> Test:
    """A field of one of ``types`` changed."""

    def test(change: Change, context: Context) -> bool:
        field = kind_of(_kind(change)).field(change.field) if change.kind == "changed" else None
        return field is not None and field.type in types

    return test


# --- Text that a person wrote ---

#: What a heading or a title states, whatever stands below it.
_OF_A_HEADING = frozenset(
    ["prose-longer", "prose-shorter", "prose-period", "prose-age", "prose-controller", "prose-name", "prose-country"]
)


def heading_states(change: Change, context: Context) -> Materiality | None:
    """The class of a heading or a title that says something else, and not only with other words."""
    is_title = change.field == "title" and not change.path
    if change.kind != "changed" or not (change.field == "heading" or is_title):
        return None
    verdict = context.verdict(change)
    if verdict and verdict.rule in _OF_A_HEADING and not verdict.doubt:
        return verdict.materiality
    denied = [sum(s.negators for s in read(_as_text(text), context.language)) for text in (change.old, change.new)]
    return Materiality.MINOR if change.old and change.new and denied[0] != denied[1] else None


def names_more(change: Change, context: Context) -> bool:
    """Whether a name says all that it said and more beside: "Statistics" becomes "Statistics and market research"."""
    old, new = (
        frozenset[tuple[str, str]]().union(*(said.content for said in read(_as_text(text), context.language)))
        for text in (change.old, change.new)
    )
    return old < new


def decided_by_prose(change: Change, context: Context) -> bool:
    """Whether what a text states decides at once: one that became another, or a whole section of text.

    A text where none stood is first asked about by the rules for its field, unless it says of something done with data.
    """
    if change.kind != "changed" or (change.old and change.new):
        return True
    verdict = context.verdict(change)
    practice = verdict is not None and verdict.rule == "prose-processing"
    has_rules = change.section is None or change.section.kind in _HAVE_THEIR_OWN or change.field == "condition"
    return bool(practice and change.new and not has_rules)


#: Kinds whose rules say what a text means that is new in one of their fields.
_HAVE_THEIR_OWN = frozenset(
    {"right", "rights", "retention", "recipient", "choice", "complaint", "security", "children"}
)


def states(change: Change, context: Context) -> Materiality | None:
    """The class of what a text states that stands where none stood, or that is gone."""
    verdict = context.verdict(change)
    return verdict.materiality if verdict else None
