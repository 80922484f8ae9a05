"""A change in words: one correct sentence in the active language, made when it is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wagtail_privacy.changes import phrases
from wagtail_privacy.changes.change import Change, Materiality, Reference
from wagtail_privacy.policy import words
from wagtail_privacy.policy.kinds import Field, kind_of
from wagtail_privacy.policy.vocabulary import Label

#: A longer text is not quoted in a sentence: the comparison shows it.
LONGEST_QUOTE = 90
#: So many details of one section become one line.
SEVERAL = 3

_CODED = ("right", "choice", "commitment")
# English puts an article before these in a sentence; the names of countries come without.
_THE = frozenset(["US", "GB", "NL", "AE", "PH", "BS", "DO", "MV", "CF", "CG", "CD", "KM", "GM", "IM", "KY", "FO", "SB"])


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a change history: a sentence, the changes that it tells of, and their highest class."""

    text: str
    changes: tuple[Change, ...]
    materiality: Materiality | None


def sentence(change: Change) -> str:
    """``change`` as one sentence in plain text, in the active language."""
    if not change.path:
        return str(phrases.TITLE).format(old=_short(change.old), new=_short(change.new))
    teller = {"added": _added, "removed": _removed, "moved": _moved, "changed": _changed}[change.kind]
    return _in_service(change, _capital(teller(change)))


def lines(changes: Iterable[Change]) -> list[Line]:
    """``changes`` as a reader meets them: the one that matters first stays on its own, small ones fold together.

    Three or more details of one section that don't matter much become one line, editorial changes one
    line at the end.
    """
    told = list(changes)
    editorial = [change for change in told if change.materiality is Materiality.EDITORIAL]
    others = [change for change in told if change.materiality is not Materiality.EDITORIAL]
    found: list[Line] = []
    for _key, group in groupby(others, key=_fold_key):
        found += _folded(tuple(group))
    return [*found, _editorial(tuple(editorial))] if editorial else found


def materiality_label(materiality: Materiality | str) -> str:
    """How much a change matters, in a reader's words."""
    return {
        Materiality.MATERIAL: _("Important change"),
        Materiality.MINOR: _("Minor change"),
        Materiality.BENEFIT: _("Change in your favour"),
        Materiality.EDITORIAL: _("Correction of language"),
    }[Materiality(materiality)]


# --- Lines of several changes ---


def _fold_key(change: Change) -> tuple[Any, ...]:
    """Equal for neighbours that may share a line."""
    small = change.kind == "changed" and change.materiality in (Materiality.MINOR, Materiality.BENEFIT)
    return (tuple(step.id for step in change.path), change.materiality) if small and change.path else (id(change),)


def _folded(group: tuple[Change, ...]) -> list[Line]:
    if len(group) < SEVERAL:
        return [Line(sentence(change), (change,), change.materiality) for change in group]
    fields = words.listing(_in_the_middle(_label(change)) for change in group)
    text = str(phrases.SEVERAL).format(section=_section(group[0]), fields=fields)
    return [Line(_in_service(group[0], _capital(text)), group, group[0].materiality)]


def _editorial(group: tuple[Change, ...]) -> Line:
    moved = sum(change.kind == "moved" for change in group)
    message = phrases.LANGUAGE if not moved else phrases.ORDER if moved == len(group) else phrases.LANGUAGE_AND_ORDER
    return Line(_counted(message, len(group)), group, Materiality.EDITORIAL)


def _counted(message: Any, count: int) -> str:
    return str(message % {"count": count}).format(count=words.number(count))


# --- Sections ---


def _section(change: Change, name: str | None = None) -> str:
    """The section that ``change`` is about as a phrase: "the storage period for customer data"."""
    reference = change.path[-1]
    purpose = _purpose(change)
    if reference.kind == "retention" and purpose and not _name(reference):
        return str(phrases.RETENTION_OF_PURPOSE).format(purpose=purpose)
    phrase = _phrase(reference, name)
    return str(phrases.FOR_PURPOSE).format(section=phrase, purpose=purpose) if purpose else phrase


def _phrase(reference: Reference, name: str | None = None) -> str:
    named, bare = phrases.SECTIONS.get(reference.kind, (phrases.ANY_SECTION, None))
    said = name or _name(reference)
    if said:
        return str(named).format(name=said)
    return str(bare) if bare else str(named).format(name=words.name_of(reference))


def _name(reference: Reference) -> str:
    """The name of a section inside a sentence, empty if it has none of its own."""
    kind = kind_of(reference.kind)
    field = kind.field(reference.named_by)
    if field is None or not reference.name or reference.kind == "other":
        return ""
    if reference.kind == "transfer" and field.name == "purpose":
        return ""
    said = _short(words.say(field, reference.name))
    if field.type == "country":
        return _with_article(str(reference.name), said)
    return _lower(said) if reference.kind == "retention" else said


def _purpose(change: Change) -> str:
    """The name of the purpose that the section belongs to, empty if it belongs to none."""
    owner = next((step for step in reversed(change.path[:-1]) if step.kind == "purpose"), None)
    return _short(words.name_of(owner)) if owner else ""


def _in_service(change: Change, text: str) -> str:
    service = next((step for step in change.path[:-1] if step.kind == "service"), None)
    if service is None:
        return text
    return str(phrases.IN_SERVICE).format(service=_short(words.name_of(service)), sentence=text)


# --- Sentences ---


def _added(change: Change) -> str:
    kind = change.path[-1].kind
    if kind == "retention" and (duration := change.new.get("facts", {}).get("duration")):
        return str(phrases.RETENTION_ARRIVED).format(section=_section(change), new=words.duration(duration))
    return _came(change, phrases.ARRIVED, phrases.ARRIVED_IN_PURPOSE, phrases.ADDED)


def _removed(change: Change) -> str:
    return _came(change, phrases.LEFT, phrases.LEFT_PURPOSE, phrases.REMOVED)


def _came(change: Change, alone: Any, in_purpose: Any, otherwise: Label) -> str:
    reference = change.path[-1]
    purpose, name = _purpose(change), _name(reference)
    message = (in_purpose if purpose else alone).get(reference.kind) if name else None
    if message is None:
        return str(otherwise).format(section=_section(change))
    return str(message).format(name=name, purpose=purpose)


def _moved(change: Change) -> str:
    return str(phrases.MOVED).format(section=_section(change))


def _changed(change: Change) -> str:
    reference = change.path[-1]
    kind = kind_of(reference.kind)
    field = kind.field(change.field)
    if field is None:
        return str(phrases.REWORDED).format(subject=_any_subject(change, change.field.replace("_", " ")))
    if field.type == "flag":
        return _flag(change)
    if field.type == "code" and (answer := phrases.ANSWERS.get((kind.name, field.name), {}).get(change.new or "")):
        return str(answer).format(section=_section(change))
    if field.type in ("codes", "lines"):
        return _list(change, field)
    old, new = _value(field, change.old), _value(field, change.new)
    if kind.name == "other" or field.type in ("prose", "value", "key") or max(len(old), len(new)) > LONGEST_QUOTE:
        return _long(change)
    special = phrases.SPECIAL.get((kind.name, field.name)) or phrases.SPECIAL.get(("", field.name))
    if special:
        return _special(change, special, old, new)
    if (kind.name, field.name) in phrases.RENAMES and old and new:
        section = _section(change, _short(words.say(field, change.old)))
        return str(phrases.RENAMED).format(section=section, new=_short(words.say(field, change.new)))
    return _short_change(change, (phrases.CHANGES, phrases.STATED, phrases.UNSTATED), old, new)


def _flag(change: Change) -> str:
    messages = phrases.FLAGS.get((change.path[-1].kind, change.field), phrases.ANY_FLAG)
    return str(messages[0 if change.new else 1]).format(section=_section(change), field=_label(change))


def _list(change: Change, field: Field) -> str:
    old, new = list(change.old or ()), list(change.new or ())
    added = words.say(field, [item for item in new if item not in old])
    removed = words.say(field, [item for item in old if item not in new])
    message = phrases.OTHERS if added and removed else phrases.MORE if added else phrases.FEWER
    if not added and not removed:
        message = phrases.REWORDED
    return str(message).format(subject=_subject(change), added=added, removed=removed)


def _long(change: Change) -> str:
    message = phrases.REWORDED if change.old and change.new else phrases.WRITTEN if change.new else phrases.DELETED
    return str(message).format(subject=_subject(change))


def _special(change: Change, messages: Sequence[Label], old: str, new: str) -> str:
    kind = kind_of(change.path[-1].kind)
    section, field = _section(change), kind.field(change.field)
    if field and field.name in ("heading", "term", "statement", *_CODED):
        # These sentences have their own quotation marks.
        old, new = _short(words.say(field, change.old)), _short(words.say(field, change.new))
        section = _section(change, old) if field.name == change.path[-1].named_by and old else section
    named = {"subject": _subject(change), "section": section, "where": _where(change)}
    return _pick(messages, old, new).format(old=old, new=new, **named)


def _short_change(change: Change, messages: Sequence[Label], old: str, new: str) -> str:
    return _pick(messages, old, new).format(subject=_subject(change), old=old, new=new)


def _pick(messages: Sequence[Label], old: str, new: str) -> str:
    return str(messages[0] if old and new else messages[1] if new else messages[2])


def _subject(change: Change) -> str:
    kind = change.path[-1].kind
    message = phrases.SUBJECTS.get((kind, change.field)) or phrases.SUBJECTS.get(("", change.field))
    if message is None:
        return _any_subject(change, _label(change))
    return _capital(str(message).format(section=_section(change), where=_where(change)))


def _where(change: Change) -> str:
    """To put after a noun: to which purpose it belongs."""
    purpose = _purpose(change)
    return str(phrases.OF_PURPOSE).format(purpose=purpose) if purpose else ""


def _any_subject(change: Change, label: str) -> str:
    return _capital(str(phrases.ANY_SUBJECT).format(field=label, section=_section(change)))


def _label(change: Change) -> str:
    field = kind_of(change.path[-1].kind).field(change.field)
    return str(field.label) if field else change.field.replace("_", " ")


# --- Values ---


def _value(field: Field, value: Any) -> str:
    """``value`` as it stands in a sentence: texts in quotes, a legal basis with its article."""
    said = words.say(field, value)
    if not said:
        return ""
    if field.type == "line":
        return str(phrases.QUOTED).format(text=said)
    if field.vocabulary in ("legal_bases", "special_conditions") and value in field.terms:
        return f"{said} ({words.citation(field.terms[value].article)})"
    if field.type == "country" and field.name != "authority":
        return _with_article(str(value), said)
    if field.name == "notice_period":
        return words.duration(f"P{value}D")
    return said


def _short(text: Any) -> str:
    """``text`` on one line, cut at a word where it is long."""
    line = " ".join(str(text or "").split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1].rsplit(" ", 1)[0] + "…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    """``text`` as it stands inside a sentence; a word with more capitals, digits or a hyphen may be a name."""
    first = text.split(" ", 1)[0]
    if (get_language() or "en").startswith("de") or not first[1:].islower() or not first.isalpha():
        return text
    return text[:1].lower() + text[1:]


def _in_the_middle(label: str) -> str:
    """One of our own labels inside a sentence."""
    if (get_language() or "en").startswith("de") or label[1:2].isupper():
        return label
    return label[:1].lower() + label[1:]


def _with_article(code: str, name: str) -> str:
    return f"the {name}" if code in _THE and (get_language() or "en").startswith("en") else name
