"""What an editor looks at while mending an import: each section beside its words in the document."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django.utils.safestring import SafeString
from django.utils.text import Truncator

from wagtail_privacy.actions.review import judge
from wagtail_privacy.blocks.base import render_prose
from wagtail_privacy.blocks.places import kinds_held
from wagtail_privacy.clock import day_of, now
from wagtail_privacy.imports.as_state import Mending
from wagtail_privacy.imports.mend import SourceLine, paragraphs, prose_of, touched, within
from wagtail_privacy.imports.outline import Span
from wagtail_privacy.imports.proposal import ProposedSection
from wagtail_privacy.imports.sections import as_section
from wagtail_privacy.policy import words
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.reader.sections import Passage
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.review.finding import Finding

logger = logging.getLogger("wagtail_privacy")

#: A section of so many paragraphs offers so many places to split it at; the rest after that.
MOST_SPLITS = 40
#: So many characters of the document are quoted beside what was read in it.
LONGEST_QUOTE = 90


@dataclass(frozen=True)
class Choice:
    """A fact, a suggestion or a place to split at: its value in the form, what it says, why, and in which words."""

    value: str
    label: str
    reason: str = ""
    words: str = ""


@dataclass(frozen=True)
class SectionRow:
    """A section as it will be, beside ``lines``, its words in the document."""

    number: int
    proposed: ProposedSection
    section: Section
    lines: tuple[SourceLine, ...]
    kinds: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]

    @property
    def is_first(self) -> bool:
        return self.number == 0

    @property
    def before(self) -> int:
        """The number of the section above."""
        return self.number - 1

    @property
    def name(self) -> str:
        return words.name_of(self.section)

    @property
    def html(self) -> SafeString:
        """As readers will see it."""
        return Passage(self.section, render_prose((self.section,)), 3).render()

    @property
    def facts(self) -> list[Choice]:
        return [choice for section in _walk(self.proposed) for choice in _facts(section, self.lines)]

    @property
    def suggestions(self) -> list[Choice]:
        return list(_suggestions(self.proposed, str(self.number), self.lines))

    @property
    def splits(self) -> list[Choice]:
        """Before which paragraphs it can be split; none for one that holds sections: those are parts already."""
        if self.proposed.children:
            return []
        found = enumerate(paragraphs(self.proposed, self.lines))
        return [Choice(str(n), Truncator(" ".join(words.plain(html).split())).chars(60)) for n, html in found if n][
            :MOST_SPLITS
        ]


@dataclass(frozen=True)
class LeftOutRow:
    """Words of the document that go nowhere, and why."""

    text: str
    reason: str


@dataclass(frozen=True)
class Screen:
    """All of it, in the order of the document. ``findings`` are those about the policy as a whole."""

    rows: tuple[SectionRow | LeftOutRow, ...]
    findings: tuple[Finding, ...]


def screen(mending: Mending, stream: Any, policy: Policy) -> Screen:
    """``mending`` as it is looked at.

    ``stream`` is the block of the body that it will stand in, ``policy`` the one that it will belong to, saved or not.
    """
    made = [replace(as_section(proposed), id=str(uuid4())) for proposed in mending.proposals]
    found = _findings(Snapshot(mending.language, mending.title, tuple(made)), policy)
    kinds = _kinds(stream)
    rows: list[tuple[int, SectionRow | LeftOutRow]] = [
        (proposed.span[0], _row(number, proposed, section, mending.lines, kinds, tuple(found[section.id])))
        for number, (proposed, section) in enumerate(zip(mending.proposals, made, strict=True))
    ]
    rows += [(left.span[0], LeftOutRow(left.text, left.reason)) for left in mending.left_out]
    rows.sort(key=lambda row: row[0])
    return Screen(tuple(row for _, row in rows), tuple(found[""]))


def _row(
    number: int,
    proposed: ProposedSection,
    section: Section,
    lines: Sequence[SourceLine],
    kinds: Sequence[tuple[str, str]],
    findings: tuple[Finding, ...],
) -> SectionRow:
    offered = dict(kinds) | {proposed.kind: _label(proposed.kind)}
    # An accepted suggestion stands in the middle of a line, which is shown where its own section is, too.
    beside = within(lines, proposed.span) or touched(lines, proposed.span)
    return SectionRow(number, proposed, section, beside, tuple(offered.items()), findings)


def _kinds(stream: Any) -> list[tuple[str, str]]:
    """The kinds that a section of free text can become in ``stream``, in the order of its blocks."""
    held = dict.fromkeys(kind for block in stream.child_blocks.values() for kind in kinds_held(block))
    return [(kind, _label(kind)) for kind in held if prose_of(kind_of(kind))]


def _label(kind: str) -> str:
    return str(kind_of(kind).label)


def _findings(snapshot: Snapshot, policy: Policy) -> defaultdict[str, list[Finding]]:
    """What the review finds, by the id of the section; by none for the policy as a whole. It stands in nobody's way."""
    found = defaultdict[str, list[Finding]](list)
    try:
        for finding in judge(snapshot, policy, day_of(now())).open:
            str(finding.message)  # worded here, so that an error doesn't surface in the template
            found[finding.spot.path[0] if finding.spot.path else ""].append(finding)
    except Exception:
        logger.exception("Could not review an import.")
        found.clear()
    return found


def _walk(section: ProposedSection) -> Iterator[ProposedSection]:
    yield section
    for child in section.children:
        yield from _walk(child)


def _facts(section: ProposedSection, lines: Sequence[SourceLine]) -> Iterator[Choice]:
    for fact in section.facts:
        yield Choice("", _said(section.kind, fact.field, fact.value), fact.reason, _quoted(fact.span, lines))


def _suggestions(section: ProposedSection, path: str, lines: Sequence[SourceLine]) -> Iterator[Choice]:
    for number, one in enumerate(section.suggestions):
        label = _said(one.kind or section.kind, one.field, one.value)
        if one.kind and one.kind != section.kind and not label.startswith(_label(one.kind)):
            label = f"{_label(one.kind)} – {label}"
        yield Choice(f"{path}:{number}", label, one.reason, _quoted(one.span, lines))
    for number, child in enumerate(section.children):
        yield from _suggestions(child, f"{path}.{number}", lines)


def _quoted(span: Span, lines: Sequence[SourceLine]) -> str:
    """The beginning of the lines that ``span`` touches: which of several purposes or recipients is meant."""
    return Truncator(" ".join(line.text for line in touched(lines, span))).chars(LONGEST_QUOTE)


def _said(kind: str, name: str, value: Any) -> str:
    field = kind_of(kind).field(name)
    if field is None:
        return _label(kind)
    return f"{field.label}: {words.say(field, value)}"
