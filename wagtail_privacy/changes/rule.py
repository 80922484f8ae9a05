"""A rule about changes, and what it may look at besides the change itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from wagtail_privacy.changes.change import Change, Materiality, Reference
from wagtail_privacy.changes.doubts import asked
from wagtail_privacy.changes.fields import subject_of
from wagtail_privacy.changes.prose import Reading, Said, compare_prose, fingerprint
from wagtail_privacy.changes.prose_rules.subject import FREE
from wagtail_privacy.changes.verdict import Verdict
from wagtail_privacy.policy.kinds import CELLS
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.policy.tables import SEPARATOR
from wagtail_privacy.policy.vocabulary import Label
from wagtail_privacy.policy.words import plain

Applies = Callable[["Change", "Context"], "Materiality | None"]


@dataclass(frozen=True)
class Rule:
    """One line of the law, of guidance or of good sense.

    ``applies`` returns the class of a change that the rule is about, else ``None``. ``source`` is the article,
    the paragraph of WP260 rev.01 or "own rule"; ``reason`` tells an editor why, in a sentence.
    """

    id: str
    source: str
    reason: Label
    applies: Applies


@dataclass(frozen=True)
class Context:
    """Both snapshots that a change lies between, and the rules in force, for rules that need more than the change."""

    old: Snapshot
    new: Snapshot
    rules: Sequence[Rule] = ()
    _readings: dict[int, tuple[Change, Reading | None]] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.new.language

    def weigh(self, change: Change) -> Change:
        """``change`` with the class that the first rule to answer gives it, and that rule's id."""
        for rule in self.rules:
            if (materiality := rule.applies(change, self)) is not None:
                weighed = change.weighed(materiality, rule.id)
                return self._in_doubt(change, weighed) if rule.id.startswith(PROSE) else weighed
        return change.weighed(Materiality.MATERIAL, UNKNOWN)

    def reading(self, change: Change) -> Reading | None:
        """What the texts of ``change`` state; ``None`` if it has none that a person wrote."""
        # By identity: what a change holds may be large. The change is kept, so that its identity stays its own.
        if id(change) not in self._readings:
            self._readings[id(change)] = (change, self._read(change))
        return self._readings[id(change)][1]

    def verdict(self, change: Change) -> Verdict | None:
        reading = self.reading(change)
        return reading.verdict if reading else None

    def _read(self, change: Change) -> Reading | None:
        if change.kind == "changed" and (subject := subject_of(change)):
            old, new = self._in_place(change)
        elif change.kind in ("added", "removed") and change.path[-1].kind in WRITTEN:
            subject = FREE
            old, new = (_html(_body(value)) for value in (change.old, change.new))
        else:
            return None
        headings = self.headings if change.field not in ("heading", "title") else frozenset()
        return compare_prose(
            old, new, self.language, subject, self.said_before, self.said_after, headings, self._heads(change)
        )

    def _in_place(self, change: Change) -> tuple[str, str]:
        """The texts of a changed field; a cell's under its column's heading, beside the first cell of the row."""
        reference = change.section
        if reference is None or reference.kind != "table_row" or change.field not in CELLS or len(change.path) < 2:
            return _html(change.old), _html(change.new)
        table = change.path[-2]
        before = _cell_in_place(self.before(table), self.before(reference), change.field, change.old)
        return before, _cell_in_place(self.after(table), self.after(reference), change.field, change.new)

    def _heads(self, change: Change) -> tuple[str, str]:
        """What stands above the changed text."""
        if change.section is None or change.field in ("heading", "title"):
            return "", ""
        sections = self.before(change.section), self.after(change.section)
        old, new = (str(section.texts.get("heading", "")) if section else "" for section in sections)
        return old or new, new or old

    def _in_doubt(self, change: Change, weighed: Change) -> Change:
        reading = self.reading(change)
        if reading is None or not reading.verdict.doubt:
            return weighed.about([(said.old, said.new) for said in reading.weightiest]) if reading else weighed
        return asked(weighed, [(doubt.old, doubt.new) for doubt in reading.doubts])

    def before(self, reference: Reference) -> Section | None:
        """The section as it was."""
        return self.old.by_id.get(reference.old_id or reference.id)

    def after(self, reference: Reference) -> Section | None:
        """The section as it is."""
        return self.new.by_id.get(reference.id)

    def before_all(self, *kinds: str) -> tuple[Section, ...]:
        return tuple(section for section in self._old_sections if section.kind in kinds)

    def after_all(self, *kinds: str) -> tuple[Section, ...]:
        return tuple(section for section in self._new_sections if section.kind in kinds)

    @cached_property
    def _old_sections(self) -> tuple[Section, ...]:
        return tuple(self.old.walk())

    @cached_property
    def _new_sections(self) -> tuple[Section, ...]:
        return tuple(self.new.walk())

    @cached_property
    def said_before(self) -> Said:
        """What the old policy says."""
        return Said(_texts(self._old_sections))

    @cached_property
    def said_after(self) -> Said:
        """What the new policy says."""
        return Said(_texts(self._new_sections))

    @cached_property
    def headings(self) -> frozenset[str]:
        """What stands above sections, old and new: what a list of contents repeats."""
        texts = (section.texts.get("heading") for section in (*self._old_sections, *self._new_sections))
        return frozenset(fingerprint(str(text)) for text in texts if text)

    @cached_property
    def old_countries(self) -> frozenset[str]:
        """Where personal data went: the countries of recipients and transfers."""
        found = (section.facts.get("country") for section in self.before_all("recipient", "transfer"))
        return frozenset(str(code) for code in found if code)


#: The rule that decides where no other answers.
UNKNOWN = "unknown"
#: What the ids of rules begin with that weigh by what a text states.
PROSE = "prose-"
#: Kinds that are nothing but text.
WRITTEN = ("text", "other", "table_head", "table_row")


def _html(value: object) -> str:
    """A text, or a list of lines, as HTML or plain text; empty for what is none."""
    lines = value if isinstance(value, list | tuple) else [value]
    return "\n".join(str(line) for line in lines if line)


def _cell_in_place(table: Section | None, row: Section | None, name: str, value: object) -> str:
    names = list(dict.fromkeys((CELLS[0], name)))
    heads = table.of_kind("table_head")[:1] if table else ()
    rows = [[_html(head.texts.get(each)) for each in names] for head in heads]
    rows.append([_html(value if each == name else row and row.texts.get(each)) for each in names])
    lines = ("".join(f"<td>{cell}</td>" for cell in cells) for cells in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _body(section: object) -> object:
    """The text of an added or removed section that is nothing but text."""
    texts = section.get("texts", {}) if isinstance(section, dict) else {}
    return (
        texts.get("body") or texts.get("text") or SEPARATOR.join(plain(texts[name]) for name in CELLS if name in texts)
    )


def _texts(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        for name, text in section.texts.items():
            if name != "heading":
                yield from [text] if isinstance(text, str) else text
