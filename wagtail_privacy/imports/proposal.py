"""What an import proposes: sections with the facts that the source states, each with its reason and its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wagtail_privacy.imports.outline import LeftOut, Span


@dataclass(frozen=True)
class Fact:
    """One fact: the ``field`` of its section's kind, its ``value`` as in a snapshot, and the words that state it."""

    field: str
    value: Any
    span: Span
    reason: str


@dataclass(frozen=True)
class Suggestion:
    """A fact that the words may mean: offered, never taken by itself. ``kind`` is set where it is another section's."""

    field: str
    value: Any
    span: Span
    reason: str
    kind: str = ""


@dataclass(frozen=True)
class ProposedSection:
    """One section to be: its kind of :mod:`wagtail_privacy.policy.kinds`, and where its words stand.

    ``texts`` are fields with rich or plain text as in a snapshot: all words of ``span`` that no child holds.
    ``confidence`` is 0 to 1; below :data:`SURE` a section stays ``text`` under its heading.
    """

    kind: str
    heading: str
    texts: Mapping[str, str]
    span: Span
    reason: str
    confidence: float
    facts: tuple[Fact, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    children: tuple[ProposedSection, ...] = ()


@dataclass(frozen=True)
class Import:
    """A document read as a policy in one language, ready to be looked at, mended and composed."""

    title: str
    language: str
    proposals: tuple[ProposedSection, ...]
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()
    #: Tokens of the second reading: "source", "placed", "left_out"; placed and left out make the source.
    words: Mapping[str, int] = field(default_factory=dict)
    #: The parts in other languages, where the document holds several: each may be taken as the translation.
    other: tuple[Import, ...] = ()
    #: Where the title stands, if it is a line of the document.
    title_span: Span | None = None


#: How sure a reading must be to become more than text.
SURE = 0.7
