"""A change in words: one correct sentence in the active language, made when it is read; several that belong
together are folded into one line."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wagtail_privacy.changes import phrases
from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.changes.excerpt import Excerpt, Value, excerpts_of, links_of
from wagtail_privacy.changes.importance import by_importance, tag
from wagtail_privacy.changes.naming import (
    LONGEST_QUOTE,
    capital,
    in_the_middle,
    name_of_section,
    purpose_in_words,
    quoted,
    section_in_words,
    short,
    value_in_words,
)
from wagtail_privacy.changes.particulars import Particulars, more_of_them
from wagtail_privacy.changes.touched import touched_right
from wagtail_privacy.policy import words
from wagtail_privacy.policy.kinds import Field, kind_of
from wagtail_privacy.policy.snapshot import section_from_json
from wagtail_privacy.policy.vocabulary import RIGHTS, Label

#: So many details of one section become one line.
SEVERAL = 3
#: So many statements of one text are quoted.
MOST_QUOTES = 3
#: So many of the weightiest sentences make a summary.
MOST_IN_SUMMARY = 3

_CODED = ("right", "choice", "commitment")
#: Kinds of which the text itself is told when they come or go.
_QUOTED = ("text", "other", "security")
#: Types of fields whose values are short, or told one by one.
_NEVER_LONG = frozenset({"flag", "codes", "lines", "duration", "country", "number", "date"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a change history: a sentence, the changes that it tells of, and their highest class.

    ``quotes`` are the parts of ``text`` that the policy says, as they stand in it, in ``language`` where that is
    another one than the sentence's.
    """

    text: str
    changes: tuple[Change, ...]
    materiality: Materiality | None
    quotes: tuple[str, ...] = ()
    language: str = ""

    @property
    def tag(self) -> str:
        """How much it matters, in a word or two."""
        return tag(self.materiality) if self.materiality else ""

    @property
    def right(self) -> str:
        """The code of the right that it touches, empty for none."""
        return next(filter(None, map(touched_right, self.changes)), "")

    @property
    def anchor(self) -> str:
        """Where a comparison tells of it."""
        return self.changes[0].anchor


def sentence(change: Change, language: str = "") -> str:
    """``change`` of a text in ``language`` as one sentence in plain text, in the active language.

    Without ``language``, the text is in the active one.
    """
    return _line(change, language).text


def lines(changes: Iterable[Change], language: str = "") -> list[Line]:
    """``changes`` of a text in ``language`` as a reader meets them: the one that matters most comes first.

    Three or more details of one section that don't matter much become one line, editorial changes one
    line at the end.
    """
    told = by_importance(changes)
    editorial = [change for change in told if change.materiality is Materiality.EDITORIAL]
    others = [change for change in told if change.materiality is not Materiality.EDITORIAL]
    found: list[Line] = []
    for _key, group in groupby(others, key=_fold_key):
        found += _folded(tuple(group), language)
    return [*found, _editorial(tuple(editorial))] if editorial else found


def draft_summary(changes: Iterable[Change]) -> str:
    """The most important of ``changes`` in sentences, for an editor to start from; none where only language changed."""
    told = [line for line in lines(changes) if line.materiality is not Materiality.EDITORIAL]
    weightiest = [line for line in told if line.materiality is told[0].materiality]
    return "\n".join(line.text for line in weightiest[:MOST_IN_SUMMARY])


def materiality_label(materiality: Materiality | str) -> str:
    """How much a version or a change matters, in a reader's words."""
    return {
        Materiality.MATERIAL: _("Important change"),
        Materiality.MINOR: _("Minor change"),
        Materiality.BENEFIT: _("Change in your favour"),
        Materiality.EDITORIAL: _("Correction of language"),
    }[Materiality(materiality)]


def right_in_words(code: str) -> str:
    """What the right with this code of the vocabulary is called, in the Regulation's words."""
    return str(RIGHTS.label(code)) if code else ""


# --- Lines of several changes ---


def _fold_key(change: Change) -> tuple[Any, ...]:
    """Equal for neighbours that may share a line."""
    small = change.kind == "changed" and change.materiality in (Materiality.MINOR, Materiality.BENEFIT)
    return (tuple(step.id for step in change.path), change.materiality) if small and change.path else (id(change),)


def _folded(group: tuple[Change, ...], language: str) -> list[Line]:
    if len(group) < SEVERAL:
        return [_line(change, language) for change in group]
    fields = words.listing(in_the_middle(_label(change)) for change in group)
    text = str(phrases.SEVERAL).format(section=section_in_words(group[0]), fields=fields)
    return [Line(_in_service(group[0], capital(text)), group, group[0].materiality)]


def _editorial(group: tuple[Change, ...]) -> Line:
    moved = sum(change.kind == "moved" for change in group)
    message = phrases.LANGUAGE if not moved else phrases.ORDER if moved == len(group) else phrases.LANGUAGE_AND_ORDER
    return Line(_counted(message, len(group)), group, Materiality.EDITORIAL)


def _counted(message: Any, count: int) -> str:
    return str(message % {"count": count}).format(count=words.number(count))


def _in_service(change: Change, text: str) -> str:
    service = next((step for step in change.path[:-1] if step.kind == "service"), None)
    if service is None:
        return text
    return str(phrases.IN_SERVICE).format(service=short(words.name_of(service)), sentence=text)


# --- Sentences ---


def _line(change: Change, language: str) -> Line:
    said = _Teller(change, language or get_language() or "en").said()
    text = _in_service(change, capital(said.text)) if change.path else said.text
    return Line(text, (change,), change.materiality, said.quotes, said.language)


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    quotes: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells of a change of a text in ``language``, in the active language."""

    change: Change
    language: str

    def said(self) -> _Said:
        change = self.change
        if not change.path:
            return _Said(str(phrases.TITLE).format(old=short(change.old), new=short(change.new)))
        if change.kind == "moved":
            return _Said(str(phrases.MOVED).format(section=section_in_words(change)))
        if change.kind == "changed":
            return self._long() if _is_long(change) else _Said(_changed(change))
        return self._came_or_went()

    @property
    def is_foreign(self) -> bool:
        """Whether the text is in another language than the sentence."""
        return _family(self.language) != _family(get_language() or "en")

    # A section that came or went

    def _came_or_went(self) -> _Said:
        change, is_new = self.change, self.change.kind == "added"
        section = section_from_json(change.new if is_new else change.old)
        told = Particulars(section, self.is_foreign)
        if section.kind in _QUOTED and (excerpts := excerpts_of(change, self.language)):
            message = phrases.ADDED_SAYING if is_new else phrases.REMOVED_SAYING
            return self._quoting(message, excerpts, section=section_in_words(change), also="{quote}")
        text = _arrived(change, told) if is_new else _left(change, told)
        return _Said(" ".join([text, *told.after]))

    # A text that changed

    def _long(self) -> _Said:
        change = self.change
        subject = _subject(change)
        excerpts = [] if _is_unreadable(change) else excerpts_of(change, self.language)
        if not excerpts:
            return _links(change, subject) or _Said(_without_words(change).format(subject=subject))
        if not (change.old and change.new):
            came: Label = phrases.WRITTEN_SAYING if change.new else phrases.DELETED_SAYING
            return self._quoting(came, excerpts, subject=subject, also="{quote}")
        first = excerpts[0]
        if self.is_foreign and not (first.is_new or first.is_gone) and not self._can_say(first):
            return self._quoting(phrases.REWORDED_SAYING, excerpts, subject=subject)
        old, new = self._value(first.old), self._value(first.new)
        return self._quoting(_message_about(first, old, new), excerpts, subject=subject, old=old, new=new)

    def _can_say(self, excerpt: Excerpt) -> bool:
        """Whether the sentence's language has words for what differs, all of it."""
        differing = [value for value in (excerpt.old, excerpt.new) if value]
        return bool(differing) and all(map(self._value, differing))

    def _value(self, value: Value) -> str:
        """A value as the language of the sentence says it; words in quotation marks, none in another language."""
        if value.period:
            return words.duration(value.period)
        if value.country and (self.is_foreign or len(words.country(value.country).split()) > len(value.words.split())):
            return words.country(value.country)
        if self.is_foreign:
            return value.words if value.is_of_no_language else ""
        return quoted(value.words) if value and not value.kind else value.words

    def _quoting(self, message: Label, excerpts: Sequence[Excerpt], also: Label = "", **named: str) -> _Said:
        """The first of ``excerpts`` in its sentence, some more after it, and how many there are beyond."""
        first, *others = dict.fromkeys(excerpts)
        told, more = others[: MOST_QUOTES - 1], len(others) - (MOST_QUOTES - 1)
        sentences = [str(message).format(quote=_ended(first.quote), **named)]
        sentences += [str(also or _message_also(other)).format(quote=_ended(other.quote)) for other in told]
        text = " ".join([*sentences, *([f"({more_of_them(more)})"] if more > 0 else [])])
        quotes = tuple(quoted(excerpt.quote) for excerpt in (first, *told))
        return _Said(text, quotes, self.language if self.is_foreign else "")


def _family(language: str) -> str:
    """What tells languages apart for a reader: "en-gb" and "en" are one, and so are "no" and "nb"."""
    primary = language.lower().replace("_", "-").split("-")[0]
    return "nb" if primary == "no" else primary


def _message_about(excerpt: Excerpt, old: str, new: str) -> Label:
    if excerpt.is_new or excerpt.is_gone:
        return phrases.SAYS_TOO if excerpt.is_new else phrases.SAYS_NOT
    if old and new:
        return phrases.SAYS_INSTEAD
    if new:
        return phrases.SAYS_NOW
    return phrases.SAYS_NO_LONGER if old else phrases.READS


def _ended(quote: str) -> str:
    """``quote`` in quotation marks as the end of a sentence."""
    return quoted(quote) + ("" if quote[-1:] in ".!?…" else ".")


def _message_also(excerpt: Excerpt) -> Label:
    return phrases.ALSO_GONE if excerpt.is_gone else phrases.ALSO_NEW if excerpt.is_new else phrases.ALSO


def _without_words(change: Change) -> str:
    return str(phrases.REWORDED if change.old and change.new else phrases.WRITTEN if change.new else phrases.DELETED)


def _links(change: Change, subject: str) -> _Said | None:
    """What is said where nothing but the target of a link changed; ``None`` where that is not so."""
    if (found := links_of(change)) is None:
        return None
    old, new = map(short, found)
    return _Said(str(phrases.LINKS).format(subject=subject, old=old, new=new), (new,))


def _is_long(change: Change) -> bool:
    """Whether it is a text that is too long to be said whole."""
    kind = kind_of(change.path[-1].kind)
    field = kind.field(change.field)
    if field is None or field.type in _NEVER_LONG or (field.type == "code" and _answer(change)):
        return False
    if kind.name == "other" or field.type in ("prose", "value", "key"):
        return True
    return any(len(value_in_words(field, value)) > LONGEST_QUOTE for value in (change.old, change.new))


def _is_unreadable(change: Change) -> bool:
    """Whether its values are no words of a person: a fact, a block that is not ours."""
    field = kind_of(change.path[-1].kind).field(change.field)
    return field is not None and (not field.is_text or field.type == "value")


def _arrived(change: Change, told: Particulars) -> str:
    kind, facts = change.path[-1].kind, told.section.facts
    if kind == "retention" and facts.get("duration"):
        return str(phrases.RETENTION_ARRIVED).format(section=section_in_words(change), new=told.beside)
    variant = next((v for v in phrases.VARIANTS if v.kind == kind and v.fits(facts)), phrases.NO_VARIANT)
    alone = {kind: variant.alone} if variant.alone else phrases.ARRIVED
    in_purpose = {kind: variant.in_purpose} if variant.in_purpose else phrases.ARRIVED_IN_PURPOSE
    return _came(change, told, alone, in_purpose, (phrases.ADDED, phrases.ADDED_WITH), variant.facts)


def _left(change: Change, told: Particulars) -> str:
    return _came(change, told, phrases.LEFT, phrases.LEFT_PURPOSE, (phrases.REMOVED, phrases.REMOVED_WITH))


def _came(
    change: Change,
    told: Particulars,
    alone: Mapping[str, Label],
    in_purpose: Mapping[str, Label],
    otherwise: tuple[Label, Label],
    said: Container[str] = (),
) -> str:
    reference = change.path[-1]
    purpose, name = purpose_in_words(change), name_of_section(reference)
    message = (in_purpose if purpose else alone).get(reference.kind) if name else None
    if message is None:
        section, children = section_in_words(change), told.children
        return _beside(str(otherwise[bool(children)]).format(section=section, list=children), told.beside)
    if reference.kind == "legal_basis":
        return str(message).format(name=told.named, purpose=purpose)
    if reference.kind in phrases.NAMED_PLAINLY:
        return str(message).format(name=f"{name} ({told.beside})" if told.beside else name, purpose=purpose)
    return _beside(str(message).format(name=name, purpose=purpose), told.beside_without(said))


def _beside(text: str, facts: str) -> str:
    """``text`` with short facts before its full stop."""
    return f"{text.removesuffix('.')} ({facts})." if facts else text


def _changed(change: Change) -> str:
    reference = change.path[-1]
    kind = kind_of(reference.kind)
    field = kind.field(change.field)
    if field is None:
        return str(phrases.REWORDED).format(subject=_any_subject(change, change.field.replace("_", " ")))
    if field.type == "flag":
        return _flag(change)
    if answer := _answer(change):
        return str(answer).format(section=section_in_words(change))
    if field.type in ("codes", "lines"):
        return _list(change, field)
    old, new = value_in_words(field, change.old), value_in_words(field, change.new)
    special = phrases.SPECIAL.get((kind.name, field.name)) or phrases.SPECIAL.get(("", field.name))
    if special:
        return _special(change, special, old, new)
    if (kind.name, field.name) in phrases.RENAMES and old and new:
        section = section_in_words(change, short(words.say(field, change.old)))
        return str(phrases.RENAMED).format(section=section, new=short(words.say(field, change.new)))
    return _short_change(change, (phrases.CHANGES, phrases.STATED, phrases.UNSTATED), old, new)


def _flag(change: Change) -> str:
    messages = phrases.FLAGS.get((change.path[-1].kind, change.field), phrases.ANY_FLAG)
    return str(messages[0 if change.new else 1]).format(section=section_in_words(change), field=_label(change))


def _list(change: Change, field: Field) -> str:
    old, new = list(change.old or ()), list(change.new or ())
    added = words.say(field, [item for item in new if item not in old])
    removed = words.say(field, [item for item in old if item not in new])
    message = phrases.OTHERS if added and removed else phrases.MORE if added else phrases.FEWER
    if not added and not removed:
        message = phrases.REWORDED
    return str(message).format(subject=_subject(change), added=added, removed=removed)


def _answer(change: Change) -> Label | None:
    """The sentence that answers of this field have of their own."""
    answers = phrases.ANSWERS.get((change.path[-1].kind, change.field))
    return answers.get(change.new or "") if answers else None


def _special(change: Change, messages: Sequence[Label], old: str, new: str) -> str:
    kind = kind_of(change.path[-1].kind)
    section, field = section_in_words(change), kind.field(change.field)
    if field and field.name in ("heading", "term", "statement", *_CODED):
        # These sentences have their own quotation marks.
        old, new = short(words.say(field, change.old)), short(words.say(field, change.new))
        section = section_in_words(change, old) if field.name == change.path[-1].named_by and old else section
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
    return capital(str(message).format(section=section_in_words(change), where=_where(change)))


def _where(change: Change) -> str:
    """To put after a noun: to which purpose it belongs."""
    purpose = purpose_in_words(change)
    return str(phrases.OF_PURPOSE).format(purpose=purpose) if purpose else ""


def _any_subject(change: Change, label: str) -> str:
    return capital(str(phrases.ANY_SUBJECT).format(field=label, section=section_in_words(change)))


def _label(change: Change) -> str:
    field = kind_of(change.path[-1].kind).field(change.field)
    return str(field.label) if field else change.field.replace("_", " ")
