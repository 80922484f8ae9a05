"""What a draft changes, line by line, for its editor: how much each matters and why, its words out and in, its place in
the form, and whether it comes from the draft or from the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.changes.excerpt import excerpts_of
from wagtail_privacy.changes.importance import tag
from wagtail_privacy.changes.marked import as_html, stretches
from wagtail_privacy.changes.materiality import highest, rule_of
from wagtail_privacy.changes.sentences import Line, lines, materiality_label, sentence
from wagtail_privacy.changes.text_diff import diff, diff_of
from wagtail_privacy.conf import conf
from wagtail_privacy.policy import words
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.publication.origin import Origin
from wagtail_privacy.publication.place import FindingPlace

#: So many characters of changed text, old and new, are shown with their words marked; of the rest, the sentences.
MOST_CHARACTERS = 60_000


@dataclass(frozen=True)
class ChangedPart:
    """One change of a line: its place in the form, its words out and in as HTML, and its own sentence where the line
    tells of several."""

    place: FindingPlace
    marked: SafeString
    sentence: str = ""


@dataclass(frozen=True)
class PreviewLine:
    """One line of what would change: the sentence, how much it matters, and the rule that says so.

    ``origins`` are the edits in the register that it comes from, none where the draft itself says so.
    """

    text: str
    materiality: Materiality | None
    reason: str = ""
    source: str = ""
    quotes: tuple[str, ...] = ()
    language: str = ""
    parts: tuple[ChangedPart, ...] = ()
    origins: tuple[Origin, ...] = ()

    @property
    def label(self) -> str:
        return tag(self.materiality) if self.materiality else ""

    @property
    def is_folded(self) -> bool:
        """Whether it tells of one edit in the register by all the lines that come from it."""
        return bool(self.origins) and len(self.parts) > 1

    @property
    def place(self) -> FindingPlace | None:
        """Where its first change stands."""
        return self.parts[0].place if self.parts else None


@dataclass(frozen=True)
class LineGroup:
    """The lines of one class; editorial ones are folded."""

    materiality: Materiality | None
    lines: tuple[PreviewLine, ...]

    @property
    def heading(self) -> str:
        return materiality_label(self.materiality) if self.materiality else ""

    @property
    def count(self) -> int:
        return sum(len(line.parts) if self.is_folded or line.is_folded else 1 for line in self.lines)

    @property
    def is_folded(self) -> bool:
        return self.materiality is Materiality.EDITORIAL


def grouped(found: Iterable[PreviewLine]) -> tuple[LineGroup, ...]:
    """``found``, which stand by weight, by class."""
    by_class: dict[Materiality | None, list[PreviewLine]] = {}
    for line in found:
        by_class.setdefault(line.materiality, []).append(line)
    return tuple(LineGroup(materiality, tuple(group)) for materiality, group in by_class.items())


@dataclass
class ChangeLines:
    """The lines of ``changes`` that lead to ``snapshot``, whose form is the stream block ``form``.

    ``origins`` are the edits in the register, by the id of the section that says what an entry says.
    """

    changes: Sequence[Change]
    snapshot: Snapshot
    form: Any
    origins: dict[str, Origin]

    @cached_property
    def _marked(self) -> set[int]:
        """The identities of the changes whose words are shown."""
        found, left = set[int](), MOST_CHARACTERS
        for change in self.changes:
            left -= len(str(change.old or "")) + len(str(change.new or "")) if change.is_text else 0
            if left >= 0:
                found.add(id(change))
        return found

    def __iter__(self) -> Iterator[PreviewLine]:
        """By weight; those that one edit in the register makes, often in each purpose, are one line."""
        by_edit: dict[Any, list[PreviewLine]] = {}
        for line in self._one_by_one():
            edit = (line.origins, line.materiality, line.reason) if line.origins else id(line)
            by_edit.setdefault(edit, []).append(line)
        return map(_as_one, by_edit.values())

    def _one_by_one(self) -> Iterator[PreviewLine]:
        for line in lines(self.changes, self.snapshot.language):
            yield PreviewLine(
                line.text,
                line.materiality,
                *_why(line),
                line.quotes,
                line.language,
                tuple(self._part(change, is_one=len(line.changes) == 1) for change in line.changes),
                tuple(dict.fromkeys(filter(None, map(self._origin, line.changes)))),
            )

    def _part(self, change: Change, *, is_one: bool) -> ChangedPart:
        said = "" if is_one else sentence(change, self.snapshot.language)
        marked = words_out_and_in(change, self.snapshot.language) if id(change) in self._marked else SafeString()
        return ChangedPart(FindingPlace.of_change(change, self.snapshot, self.form), marked, said)

    def _origin(self, change: Change) -> Origin | None:
        return self.origins.get(change.section.id) if change.section and change.kind == "changed" else None


def _as_one(found: list[PreviewLine]) -> PreviewLine:
    first = found[0]
    if len(found) == 1:
        return first
    parts = tuple(replace(part, sentence=part.sentence or line.text) for line in found for part in line.parts)
    entries = words.listing(words.quoted(origin.entry) for origin in first.origins)
    text = ngettext("%(entry)s: %(number)s change", "%(entry)s: %(number)s changes", len(parts))
    return replace(first, text=text % {"entry": entries, "number": len(parts)}, quotes=(), language="", parts=parts)


def words_out_and_in(change: Change, language: str) -> SafeString:
    """The sentences of a changed text that decided, or else all that differs, with the words that went and came marked:
    safe HTML, empty for what is no text that changed."""
    if change.kind != "changed" or not change.is_text or not (change.old or change.new):
        return SafeString()
    said_in = get_language() or ""
    marks = {"said_in": said_in} if said_in.partition("-")[0] != language.partition("-")[0] else {}
    pairs = [(old, new) for old, new in change.statements if old != new]
    if pairs:
        html = "".join(as_html(diff(old, new, html=False), **marks) for old, new in pairs)
    else:
        html = "".join(part.marked for part in stretches(diff_of(change), **marks) if not part.is_same)
    return mark_safe(_deciding(html, change, language))  # noqa: S308


def _deciding(html: str, change: Change, language: str) -> str:
    """``html`` with the value that decided marked, where it stands in one piece."""
    for excerpt in excerpts_of(change, language)[:1]:
        for value in (excerpt.old, excerpt.new):
            word = str(escape(value.words))
            if value and html.count(word) == 1:
                html = html.replace(word, f"<mark>{word}</mark>")
    return html


def _why(line: Line) -> tuple[str, str]:
    """The reason and the source of the rule that decided its class."""
    weightiest = next((change for change in line.changes if change.materiality == highest(line.changes)), None)
    rule = rule_of(weightiest.rule, conf.RULES) if weightiest and weightiest.rule else None
    return (str(rule.reason), source_in_words(rule.source)) if rule else ("", "")


def source_in_words(source: str) -> str:
    return source.replace("own rule", _("our own rule"))
