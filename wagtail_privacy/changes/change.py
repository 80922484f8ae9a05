"""One difference between two snapshots, as a value that is stored and worded later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any, Literal

from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.section import Section

#: So many of the sentences that decided are kept with a change.
MOST_STATEMENTS = 8

ChangeKind = Literal["added", "removed", "changed", "moved"]


class Materiality(StrEnum):
    """How much a change matters to the people concerned (WP260 rev.01, 29 to 31). ``weight`` orders them."""

    MATERIAL = "material"
    MINOR = "minor"
    BENEFIT = "benefit"
    EDITORIAL = "editorial"

    @property
    def weight(self) -> int:
        return {"material": 4, "minor": 3, "benefit": 2, "editorial": 1}[self.value]


@dataclass(frozen=True, slots=True)
class Reference:
    """Which section a change is about: its kind and id, and the field and value that name it.

    The name is worded when read (:func:`wagtail_privacy.policy.words.name_of`), since it may be a code.
    ``old_id`` is the id in the old snapshot where that was another: the section was deleted and added again.
    """

    kind: str
    id: str
    named_by: str = ""
    name: Any = ""
    old_id: str = ""

    @classmethod
    def to(cls, section: Section) -> Reference:
        values = {**section.facts, **section.texts}
        named_by = next((name for name in kind_of(section.kind).named_by if values.get(name)), "")
        return cls(section.kind, section.id, named_by, values.get(named_by, ""))

    def to_json(self) -> dict[str, Any]:
        values = {"kind": self.kind, "id": self.id, "named_by": self.named_by, "name": self.name}
        return {**values, "old_id": self.old_id} if self.old_id else values


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``path`` leads from the top-level section down to the one concerned.

    ``field`` names the fact or text of a ``changed`` section; ``old`` and ``new`` are its values. For
    ``added`` and ``removed``, ``new`` or ``old`` holds the section as JSON and ``position`` its place among
    its siblings, counted from 0. For ``moved``, ``old`` and ``new`` are such places; ``old_path`` is filled when
    it moved to another parent. An empty path with field ``title`` is the policy's own title.
    ``is_text`` says that the field is a text and not a fact. ``materiality`` and ``rule`` are filled once a
    change is weighed. ``statements`` are the sentences that decided, old and new, where a text was read. ``question``
    is the key under which an editor answers whether they say more than before, where that can't be told; ``answer`` is
    what was answered, by whom and when (:class:`~wagtail_privacy.changes.doubts.DoubtAnswer` as JSON): for the admin,
    never for readers.
    """

    kind: ChangeKind
    path: tuple[Reference, ...] = ()
    field: str = ""
    old: Any = None
    new: Any = None
    is_text: bool = False
    position: int | None = None
    old_path: tuple[Reference, ...] = ()
    materiality: Materiality | None = None
    rule: str = ""
    question: str = ""
    statements: tuple[tuple[str, str], ...] = ()
    answer: Mapping[str, str] | None = None

    @property
    def doubt(self) -> bool:
        """Whether the class is a guess on the safe side: material until an editor has answered the question."""
        return bool(self.question) and self.answer is None

    @property
    def section(self) -> Reference | None:
        return self.path[-1] if self.path else None

    @property
    def anchor(self) -> str:
        """The fragment of its place in a comparison: the same wherever this change of these sections is worded."""
        where = [self.kind, self.field, *(step.id for step in self.path)]
        return "c-" + sha256(json.dumps(where, ensure_ascii=False).encode()).hexdigest()[:16]

    def weighed(self, materiality: Materiality, rule: str) -> Change:
        return replace(self, materiality=materiality, rule=rule)

    def about(self, statements: Sequence[tuple[str, str]]) -> Change:
        """With the sentences that decided its class, to be quoted; mere language is not."""
        said = tuple(pair for pair in statements if any(pair))[:MOST_STATEMENTS]
        return replace(self, statements=said) if self.materiality is not Materiality.EDITORIAL else self

    def to_json(self) -> dict[str, Any]:
        values: dict[str, Any] = {
            "kind": self.kind,
            "path": [step.to_json() for step in self.path],
            "field": self.field,
            "old": self.old,
            "new": self.new,
            "is_text": self.is_text or None,
            "position": self.position,
            "old_path": [step.to_json() for step in self.old_path],
            "materiality": self.materiality.value if self.materiality else None,
            "rule": self.rule,
            "question": self.question,
            "statements": [list(pair) for pair in self.statements],
            "answer": dict(self.answer) if self.answer else None,
        }
        return {name: value for name, value in values.items() if value not in (None, "", [])}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Change:
        found = data.get("materiality")
        return cls(
            kind=data["kind"],
            path=tuple(Reference(**step) for step in data.get("path", ())),
            field=data.get("field", ""),
            old=data.get("old"),
            new=data.get("new"),
            is_text=data.get("is_text", False),
            position=data.get("position"),
            old_path=tuple(Reference(**step) for step in data.get("old_path", ())),
            materiality=Materiality(found) if found else None,
            rule=data.get("rule", ""),
            question=data.get("question", ""),
            statements=tuple((old, new) for old, new in data.get("statements", ())),
            answer=data.get("answer"),
        )
