"""What sections and their values are called inside a sentence, in the active language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from wagtail_privacy.changes import phrases
from wagtail_privacy.changes.change import Change, Reference
from wagtail_privacy.policy import words
from wagtail_privacy.policy.kinds import Field, kind_of

#: A longer text is not quoted in a sentence: the comparison shows it.
LONGEST_QUOTE = 90

# English puts an article before these in a sentence; the names of countries come without.
_THE = frozenset(["US", "GB", "NL", "AE", "PH", "BS", "DO", "MV", "CF", "CG", "CD", "KM", "GM", "IM", "KY", "FO", "SB"])


def section_in_words(change: Change, name: str | None = None) -> str:
    """The section that ``change`` is about as a phrase: "the storage period for customer data"."""
    reference = change.path[-1]
    purpose = purpose_in_words(change)
    if reference.kind == "retention" and purpose and not name_of_section(reference):
        return str(phrases.RETENTION_OF_PURPOSE).format(purpose=purpose)
    phrase = phrase_for(reference, name)
    return str(phrases.FOR_PURPOSE).format(section=phrase, purpose=purpose) if purpose else phrase


def phrase_for(reference: Reference, name: str | None = None) -> str:
    named, bare = phrases.SECTIONS.get(reference.kind, (phrases.ANY_SECTION, None))
    said = name or name_of_section(reference)
    if said:
        return str(named).format(name=said)
    return str(bare) if bare else str(named).format(name=words.name_of(reference))


def name_of_section(reference: Reference) -> str:
    """The name of a section inside a sentence, empty if it has none of its own."""
    kind = kind_of(reference.kind)
    field = kind.field(reference.named_by)
    if field is None or not reference.name or reference.kind == "other":
        return ""
    if reference.kind == "transfer" and field.name == "purpose":
        return ""
    # A promise is a sentence, and stands inside another.
    said = short(words.say(field, reference.name)).removesuffix(".")
    if field.type == "country":
        return _with_article(str(reference.name), said)
    return _lower(said) if reference.kind == "retention" else said


def purpose_in_words(change: Change) -> str:
    """The name of the purpose that the section belongs to, empty if it belongs to none."""
    owner = next((step for step in reversed(change.path[:-1]) if step.kind == "purpose"), None)
    return short(words.name_of(owner)) if owner else ""


def value_in_words(field: Field, value: Any) -> str:
    """``value`` as it stands in a sentence: texts in quotes, a legal basis with its article."""
    said = words.say(field, value)
    if not said:
        return ""
    if field.type == "line":
        return quoted(said)
    if field.vocabulary in ("legal_bases", "special_conditions") and value in field.terms:
        return f"{said} ({words.citation(field.terms[value].article)})"
    if field.type == "country" and field.name != "authority":
        return _with_article(str(value), said)
    if field.name == "notice_period":
        return words.duration(f"P{value}D")
    return said


def short(text: Any) -> str:
    """``text`` on one line, cut at a word where it is long."""
    line = " ".join(str(text or "").split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1].rsplit(" ", 1)[0] + "…"


def quoted(text: str) -> str:
    """``text`` in the quotation marks of these sentences."""
    return str(phrases.QUOTED).format(text=text)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    """``text`` as it stands inside a sentence; a word with more capitals, digits or a hyphen may be a name."""
    first = text.split(" ", 1)[0]
    if (get_language() or "en").startswith("de") or not first[1:].islower() or not first.isalpha():
        return text
    return text[:1].lower() + text[1:]


def in_the_middle(label: str) -> str:
    """One of our own labels inside a sentence."""
    if (get_language() or "en").startswith("de") or label[1:2].isupper():
        return label
    return label[:1].lower() + label[1:]


def _with_article(code: str, name: str) -> str:
    return f"the {name}" if code in _THE and (get_language() or "en").startswith("en") else name
