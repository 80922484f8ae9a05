"""The facts that a section carries, told when it comes or goes: role, country, for what, how long, on which ground."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail_privacy.changes import phrases
from wagtail_privacy.changes.change import Reference
from wagtail_privacy.changes.importance import most_telling
from wagtail_privacy.changes.naming import capital, in_the_middle, name_of_section, quoted, short, value_in_words
from wagtail_privacy.policy import words
from wagtail_privacy.policy.kinds import CELLS, Field, Kind, kind_of
from wagtail_privacy.policy.section import Section

#: So many of the things that a list holds are named; of the others it is said how many there are.
MOST_CHILDREN = 3

#: Short facts beside a name, by kind, in this order.
_BESIDE: Mapping[str, tuple[str, ...]] = {
    "controller": ("role", "country"),
    "recipient": ("category", "role", "country"),
    "transfer": ("mechanism", "recipient"),
    "data_category": ("special", "criminal", "national_id"),
    "retention": ("duration", "criteria"),
    "cookie": ("need", "party", "provider", "duration"),
    "purpose": ("direct_marketing", "concerns_children"),
    "table_row": CELLS,
}
#: Facts and texts after the sentence, each with its label, by kind.
_AFTER: Mapping[str, tuple[str, ...]] = {
    "recipient": ("purpose", "data", "condition"),
    "recipients": ("condition",),
    "transfer": ("purpose",),
    "legal_basis": ("applies_to", "interest", "statute"),
    "special_condition": ("statute",),
    "retention": ("starts",),
    "cookie": ("purpose",),
    "automated_decisions": ("in_use", "ground", "logic", "consequences"),
    "ai_use": ("description", "data", "training", "provider"),
    "transfers": ("place",),
    "rights": ("response_time", "cost", "identification"),
    "right": ("limits", "frequency"),
    "complaint": ("authority",),
    "children": ("age_limit",),
    "change_notice": ("notice_period",),
    "decision": ("updated", "applies_from", "decided", "decided_by"),
    "purpose": ("provision",),
    "source": ("data",),
}
#: Kinds that are known by their name alone: a right, a choice, a promise.
_BARE = frozenset({"right", "choice", "commitment", "definition", "history_entry"})
#: What a purpose holds, in the order in which it is told.
_OF_PURPOSE = ("legal_basis", "special_condition", "data_category", "recipient", "retention")


@dataclass(frozen=True, slots=True)
class Particulars:
    """What ``section`` states. ``is_foreign``: its texts are in another language than what is told of them."""

    section: Section
    is_foreign: bool = False

    @property
    def beside(self) -> str:
        """Short facts to stand beside its name: "independent controller, the United States"."""
        return self.beside_without(())

    def beside_without(self, said: Container[str]) -> str:
        """The same without the fields that were ``said`` before."""
        named_by = Reference.to(self.section).named_by
        fields = (name for name in _BESIDE.get(self.section.kind, ()) if name != named_by and name not in said)
        return ", ".join(filter(None, map(self._beside, fields)))

    @property
    def after(self) -> list[str]:
        """Sentences about what else it states: "What for: advertising."."""
        told = list(self._after())
        if self.section.kind == "purpose":
            told += self._of_purpose()
        return told

    @property
    def children(self) -> str:
        """What it holds: the most telling by name, each with its facts; how many more there are."""
        if self.section.kind == "purpose" or not self.section.children:
            return ""
        children = [child for child in self.section.children if child.kind != "table_head"]
        named = [said for child in most_telling(children) if (said := self._of(child).named)]
        more = len(children) - len(named[:MOST_CHILDREN])
        if not named:
            return ""
        return words.listing([*named[:MOST_CHILDREN], *([more_of_them(more)] if more else [])])

    @property
    def named(self) -> str:
        """Its name with its facts, as it stands in a list; empty where it has none in this language."""
        reference = Reference.to(self.section)
        field = kind_of(self.section.kind).field(reference.named_by)
        if field is None or (field.is_text and self.is_foreign):
            return self.beside if self.section.kind == "retention" else ""
        name = name_of_section(reference)
        if self.section.kind == "transfer":
            name = str(phrases.TRANSFER).format(name=name)
        if self.section.kind in ("legal_basis", "special_condition"):
            name = value_in_words(field, reference.name)
        elif field.is_text or field.type == "code":
            name = quoted(short(words.say(field, reference.name)).removesuffix("."))
        return f"{name} ({self.beside})" if self.beside else name

    def _of(self, child: Section) -> Particulars:
        return Particulars(child, self.is_foreign)

    def _value(self, name: str) -> tuple[Field | None, Any]:
        field = kind_of(self.section.kind).field(name)
        if field is None or (field.is_text and self.is_foreign):
            return None, None
        return field, (self.section.texts if field.is_text else self.section.facts).get(name)

    def _beside(self, name: str) -> str:
        field, value = self._value(name)
        if field is None or not value:
            return ""
        if field.type == "flag":
            return str(phrases.MARKS.get((self.section.kind, name), "")) or in_the_middle(str(field.label))
        if name == "criteria":
            return "" if self.section.facts.get("duration") else quoted(short(words.say(field, value)))
        said = words.say(field, value).removesuffix(".") if field.is_text else value_in_words(field, value)
        at_most = name == "duration" and self.section.facts.get("at_most")
        return str(phrases.AT_MOST) % {"period": said} if at_most else short(said)

    def _after(self) -> Iterator[str]:
        named_by = Reference.to(self.section).named_by
        for name in _names_after(kind_of(self.section.kind)):
            if name == named_by:
                continue
            field, value = self._value(name)
            if field and value and (said := _said(field, value)):
                yield fact(str(field.label), said)

    def _of_purpose(self) -> Iterator[str]:
        """Its ground, its period, its recipients."""
        for kind in _OF_PURPOSE:
            parts = [self._of(child) for child in most_telling(self.section.of_kind(kind))]
            if said := [part.named or part.beside for part in parts if part.named or part.beside]:
                shown, more = said[:MOST_CHILDREN], len(said) - MOST_CHILDREN
                yield fact(
                    str(phrases.PARTS[kind]), words.listing([*shown, *([more_of_them(more)] if more > 0 else [])])
                )
            if kind == "legal_basis":
                yield from (told for part in parts for told in part.after)


def fact(label: str, value: str) -> str:
    """``value`` under its ``label`` as a sentence."""
    end = "" if value.rstrip("”“»«’")[-1:] in (".", "!", "?", "…") else "."
    # "Must you provide the data? Voluntary."
    said = f"{label} {capital(value)}" if label.endswith("?") else str(phrases.FACT).format(label=label, value=value)
    return said + end


def _names_after(kind: Kind) -> tuple[str, ...]:
    """The fields that are told after the sentence: of a site's own kind, all that it states."""
    if kind.name in _AFTER:
        return _AFTER[kind.name]
    if kind.name in _BESIDE or kind.name in _BARE or kind.children:
        return ()
    return tuple(field.name for field in kind.fields if field.type not in ("key", "value") and field.name != "heading")


def _said(field: Field, value: Any) -> str:
    if field.type == "prose":
        return quoted(short(words.say(field, value)))
    if field.vocabulary == "yes_no":
        return in_the_middle(words.say(field, value))
    return short(words.say(field, value)) if field.is_text else value_in_words(field, value)


def more_of_them(count: int) -> str:
    return str(phrases.MORE_OF_THEM % {"count": count}).format(count=words.number(count))
