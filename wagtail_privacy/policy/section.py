"""The one shape that everything a policy says has: a section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

#: A fact: a code, an ISO 8601 duration, an ISO 3166-1 country, a flag, a number or a list of codes.
Fact = str | int | bool | Sequence[str] | Mapping[str, Any] | None
#: A text: one line, sanitised HTML, or several lines.
Text = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Section:
    """One thing that a policy says: a purpose, a recipient, a commitment, a right …

    ``facts`` are the same in every language, ``texts`` are translated. ``id`` is unique within a
    snapshot and shared by all languages and versions of the policy. Which fields a section may have
    stands in :data:`wagtail_privacy.policy.kinds.KINDS`.
    """

    kind: str
    id: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    texts: Mapping[str, Text] = field(default_factory=dict)
    children: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """This section and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def of_kind(self, kind: str) -> tuple[Section, ...]:
        """The children of one kind, in order."""
        return tuple(child for child in self.children if child.kind == kind)

    def with_facts_of(self, source: Section) -> Section:
        """This section's texts on the facts and structure of ``source``, matched by id.

        A child that this section lacks keeps the texts of ``source``; one that ``source`` lacks goes.
        """
        mine = {child.id: child for child in self.children}
        children = tuple(
            mine[child.id].with_facts_of(child) if child.id in mine else child for child in source.children
        )
        return replace(self, kind=source.kind, facts=source.facts, children=children)


def without_empty(values: dict[str, Any]) -> dict[str, Any]:
    """The fields that state something: what is not filled in, or not ticked, says nothing."""
    return {name: value for name, value in values.items() if value not in (None, "", False, [], {})}


def anchor_of(section_id: str) -> str:
    """The fragment of a section's address, made of its id: a link survives a new heading."""
    return "s-" + re.sub(r"[^0-9A-Za-z]+", "-", section_id)
