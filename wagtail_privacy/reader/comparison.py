"""Two texts compared for people: what matters most first, before beside after, unchanged parts folded."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext as _

from wagtail_privacy.changes.change import Change, ChangeKind, Materiality
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.importance import importance, tag
from wagtail_privacy.changes.marked import Stretch, as_html, stretches
from wagtail_privacy.changes.materiality import highest, weigh
from wagtail_privacy.changes.sentences import sentence
from wagtail_privacy.changes.text_diff import diff_of
from wagtail_privacy.conf import conf
from wagtail_privacy.interface import interface_language, language_to_mark
from wagtail_privacy.notices.changes_in_language import changes_in_language
from wagtail_privacy.policy import words
from wagtail_privacy.policy.kinds import CELLS, Field, kind_of
from wagtail_privacy.policy.section import Section, anchor_of
from wagtail_privacy.policy.snapshot import Snapshot, section_from_json
from wagtail_privacy.reader.grid import Grid, grid_of
from wagtail_privacy.reader.rendering import HISTORY, sanitised_html
from wagtail_privacy.reader.sections import Passage
from wagtail_privacy.records.version import Text


@dataclass(frozen=True)
class ComparedChange:
    """One change, or those of one row: its sentence, the fragments that lead to it and, as far as they apply,
    how much it matters, old and new in words, the text with its changed words marked, the row with its changed cells
    marked, or the whole section that came or went."""

    kind: ChangeKind
    sentence: str
    anchors: tuple[str, ...] = ()
    materiality: Materiality | None = None
    old: str = ""
    new: str = ""
    stretches: tuple[Stretch, ...] = ()
    row: Grid | None = None
    whole: str = ""

    @property
    def label(self) -> str:
        return tag(self.materiality) if self.materiality else ""

    @property
    def is_the_same(self) -> bool:
        """Whether no word of a changed text came or went: only paragraphs, lists or emphasis are others."""
        return bool(self.stretches) and not any("</ins>" in s.marked or "</del>" in s.marked for s in self.stretches)


@dataclass(frozen=True)
class SectionChanges:
    """What changed in one top-level section. ``anchor`` leads to it in the newer text, if it is still there."""

    heading: str
    anchor: str
    differences: tuple[ComparedChange, ...]


@dataclass(frozen=True)
class UnchangedSection:
    """A section that says the same in both texts, and where it stands in the newer one."""

    heading: str
    anchor: str


@dataclass(frozen=True)
class Comparison:
    """What is different, section by section, and what is not; not ``is_whole`` where there was too much to show all of
    it in full."""

    sections: tuple[SectionChanges, ...]
    unchanged: tuple[UnchangedSection, ...]
    is_whole: bool


#: So many characters of changed text, old and new, one comparison shows; of what comes after, only the sentences.
MOST_CHARACTERS = 400_000
#: So many characters of changed text are read to tell how much each change matters; where there are more, none is told.
MOST_READ = 40_000


def compare_texts(old: Text, new: Text) -> Comparison:
    """What is different in ``new``, both in one language, in that language: what matters most first, else in the order
    of the newer text.

    Both versions can be read in full at their own addresses: what passes :data:`MOST_CHARACTERS` is said in a sentence.
    """
    with override(interface_language(new.language)):
        changes = compare(old.snapshot, new.snapshot)
        groups: dict[str, list[Change]] = {}
        for change in _weighed(changes, old, new):
            groups.setdefault(change.path[0].id if change.path else "", []).append(change)
        ordered = {key: _by_importance(group) for key, group in groups.items()}
        full = _within_bounds(change for group in ordered.values() for change in group)
        showing = _Showing(old, new, full)
        sections = sorted(ordered.items(), key=lambda item: _first_of(item[1]))
        return Comparison(
            tuple(showing.section(key, group) for key, group in sections),
            tuple(showing.unchanged(groups)),
            len(full) == len(changes),
        )


def _weighed(changes: tuple[Change, ...], old: Text, new: Text) -> tuple[Change, ...]:
    """``changes`` with how much each matters: as it was decided when the newer text was published after the older one,
    else by rule."""
    if new.version.builds_on_id == old.version_id:
        decided = {_place(change): change for change in new.changes}
        return tuple(_as_decided(change, decided) for change in changes)
    if sum(map(_length, changes)) > MOST_READ:
        return changes
    return weigh(changes, old.snapshot, new.snapshot, conf.RULES)


def _as_decided(change: Change, decided: Mapping[object, Change]) -> Change:
    found = decided.get(_place(change))
    if found is None or found.materiality is None:
        return change
    return replace(change, materiality=found.materiality, rule=found.rule, statements=found.statements)


def _place(change: Change) -> object:
    return change.kind, tuple(step.id for step in change.path), change.field


def _length(change: Change) -> int:
    return len(str(change.old or "")) + len(str(change.new or ""))


def _first_of(changes: Iterable[Change]) -> tuple[int, bool, int]:
    return min(map(importance, changes))


def _by_importance(changes: Iterable[Change]) -> list[Change]:
    """The most important first; what changed in one row of a table stays together."""
    rows = [list(group) for _, group in groupby(changes, key=_row)]
    return [change for row in sorted(rows, key=_first_of) for change in row]


def _row(change: Change) -> object:
    """Equal for the cells of one row, and for no other changes."""
    in_a_row = change.kind == "changed" and change.path and change.path[-1].kind == "table_row"
    return tuple(step.id for step in change.path) if in_a_row else id(change)


def _within_bounds(changes: Iterable[Change]) -> set[int]:
    """The identities of the changes whose texts are shown."""
    full, left = set[int](), MOST_CHARACTERS
    for change in changes:
        left -= _length(change)
        if left >= 0:
            full.add(id(change))
    return full


class _Showing:
    """Changes from ``old`` to ``new`` as they are shown, those whose identities are in ``full`` with their texts.

    ``marked`` is the language to mark the texts with, where the sentences are in another one.
    """

    def __init__(self, old: Text, new: Text, full: Container[int]) -> None:
        self.old, self.new, self.full = old.snapshot, new.snapshot, full
        before, after = sanitised_html(old), sanitised_html(new)
        self.shown = {**before, **after}
        self.marked = language_to_mark(new.language)
        self._targets = {**_targets(old.snapshot, before), **_targets(new.snapshot, after)}

    def section(self, key: str, changes: Sequence[Change]) -> SectionChanges:
        differences = tuple(self._difference(list(group)) for _, group in groupby(changes, key=_row))
        section = self.new.by_id.get(key) or self.old.by_id.get(key)
        if section is None:
            return SectionChanges(_("The policy as a whole"), "", differences)
        passage = Passage(section, self.shown, marked=self.marked)
        anchor = anchor_of(key) if key in self.new.by_id else ""
        return SectionChanges(passage.heading or passage.name, anchor, differences)

    def unchanged(self, changed: Container[str]) -> Iterator[UnchangedSection]:
        for section in self.new.sections:
            if section.id not in changed and section.kind != HISTORY:
                passage = Passage(section, self.shown, marked=self.marked)
                yield UnchangedSection(passage.heading or passage.name, passage.anchor)

    def _difference(self, changes: Sequence[Change]) -> ComparedChange:
        """One change, or those of the cells of one row."""
        change = changes[0]
        said = " ".join(dict.fromkeys(map(self._sentence, changes)))
        shown = ComparedChange(change.kind, said, tuple(each.anchor for each in changes), highest(changes))
        if id(change) not in self.full or change.kind == "moved":
            return shown
        if change.path and change.path[-1].kind == "table_row":
            return replace(shown, row=self._grid(changes))
        if change.kind in ("added", "removed"):
            return replace(shown, whole=self._whole(change))
        field = _field_of(change)
        if field is None or field.is_text:
            marked = stretches(diff_of(self._with_targets(change)), said_in=self._said_in)
            return replace(shown, stretches=marked)
        return replace(shown, old=words.say(field, change.old), new=words.say(field, change.new))

    def _sentence(self, change: Change) -> str:
        """What is said of ``change``, wholly in one language."""
        # A correction of language is told here by its own sentence, not as one of so many.
        if not self.marked or changes_in_language(_WORDLESS, [replace(change, materiality=None)]):
            return sentence(change)
        field = _field_of(change) if change.kind == "changed" else None
        return str(field.label if field else _IN_A_WORD[change.kind])

    @property
    def _said_in(self) -> str:
        return (get_language() or "") if self.marked else ""

    def _whole(self, change: Change) -> SafeString:
        return Passage(_section_of(change), self.shown, 3, self.marked).render()

    def _grid(self, changes: Sequence[Change]) -> Grid:
        """The row under the headings of its columns; a cell that changed with its words marked."""
        change = changes[0]
        snapshot = self.old if change.kind == "removed" else self.new
        table = snapshot.by_id.get(change.path[-2].id) if len(change.path) > 1 else None
        heads = table.of_kind("table_head") if table else ()
        row = self.new.by_id[change.path[-1].id] if change.kind == "changed" else _section_of(change)
        marked = {each.field: self._marked(each) for each in changes} if change.kind == "changed" else {}
        return grid_of([Passage(head, self.shown) for head in heads], [_MarkedRow(row, self.shown, marked)])

    def _marked(self, change: Change) -> SafeString:
        return mark_safe(as_html(diff_of(self._with_targets(change)), said_in=self._said_in))  # noqa: S308

    def _with_targets(self, change: Change) -> Change:
        """``change`` with the addresses of links that are stored by the id of what they lead to."""
        old, new = (
            _LINK.sub(lambda tag: self._targets.get(tag[0], tag[0]), value) if isinstance(value, str) else value
            for value in (change.old, change.new)
        )
        return replace(change, old=old, new=new)


#: What is said of a change where its sentence would quote words of another language.
_IN_A_WORD: dict[ChangeKind, Any] = {
    "added": pgettext_lazy("difference", "Added"),
    "removed": pgettext_lazy("difference", "Removed"),
    "moved": pgettext_lazy("difference", "Moved"),
    "changed": pgettext_lazy("difference", "Changed"),
}
_WORDLESS = Snapshot("", "")


def _field_of(change: Change) -> Field | None:
    return kind_of(change.section.kind).field(change.field) if change.section else None


class _MarkedRow:
    """A row some of whose cells are shown with their changed words marked."""

    anchor = ""

    def __init__(self, row: Section, shown: Mapping[str, str], marked: Mapping[str, SafeString]) -> None:
        said = Passage(row, shown).says
        self.says = {name: marked.get(name) or said[name] for name in CELLS}


_LINK = re.compile(r"<a\b[^<>]*>")


def _targets(snapshot: Snapshot, shown: Mapping[str, str]) -> dict[str, str]:
    """By the tag of a link that is stored by an id, the tag with its address as it was shown."""
    found: dict[str, str] = {}
    for section in snapshot.walk():
        for name, text in section.texts.items():
            if isinstance(text, str) and "linktype=" in text:
                tags, shown_tags = _LINK.findall(text), _LINK.findall(shown.get(f"{section.id}:{name}", ""))
                found |= dict(zip(tags, shown_tags, strict=False))
    return {tag: target for tag, target in found.items() if "linktype=" in tag}


def _section_of(change: Change) -> Section:
    return section_from_json(change.new if change.kind == "added" else change.old)
