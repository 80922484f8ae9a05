"""All that a policy says in one language, with a canonical form and a digest."""

from __future__ import annotations

import hashlib
import json
import reprlib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from wagtail_privacy.policy.characters import legible_values, storable
from wagtail_privacy.policy.section import Section

#: The format that :meth:`Snapshot.to_json` writes. Every earlier one is read for ever.
FORMAT = 1
#: How deep sections may stand in each other. Editors use three levels; what is deeper is broken.
MAX_DEPTH = 50

_TEXT, _LIST, _OBJECT = (str, "text"), (list, "a list"), (dict, "an object")
_POLICY_TYPES: Mapping[str, tuple[type, str]] = {"language": _TEXT, "title": _TEXT, "sections": _LIST}
_SECTION_TYPES: Mapping[str, tuple[type, str]] = {
    "kind": _TEXT,
    "id": _TEXT,
    "facts": _OBJECT,
    "texts": _OBJECT,
    "children": _LIST,
}


class UnreadableSnapshot(ValueError):
    """The stored JSON is not a snapshot of a format that this release knows."""


@dataclass(frozen=True)
class Snapshot:
    """A policy's title and sections in one language (a BCP 47 code such as ``sv``).

    ``former`` is the same as an earlier release would have composed it, where that differs
    (:data:`wagtail_privacy.policy.sanitise.VERSION`): what was recorded then still says the same.
    """

    language: str
    title: str
    sections: tuple[Section, ...] = ()
    former: Snapshot | None = field(default=None, compare=False, repr=False)

    def walk(self) -> Iterator[Section]:
        """Every section at every depth, in the order a reader meets them."""
        for section in self.sections:
            yield from section.walk()

    @cached_property
    def by_id(self) -> Mapping[str, Section]:
        return {section.id: section for section in self.walk()}

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of what is said: title and sections, neither language nor format."""
        return _sha256({"title": clean(self.title), "sections": [section_to_json(s) for s in self.sections]})

    @cached_property
    def facts_digest(self) -> str:
        """SHA-256 (hex) of structure and facts alone: equal for a faithful translation."""
        return _sha256([section_to_json(s, texts=False) for s in self.sections])

    @cached_property
    def legible(self) -> Snapshot:
        """The same without characters that a text can't have, which an earlier release let through."""
        return Snapshot.from_json(legible_values(self.to_json()))

    @property
    def by_all_rules(self) -> tuple[Snapshot, ...]:
        """This one, and as earlier releases would have composed it where that differs, the newest first."""
        return (self, *(self.former.by_all_rules if self.former else ()))

    @cached_property
    def digests(self) -> frozenset[str]:
        """The digests that a recorded text has which says the same."""
        return frozenset(each.digest for each in self.by_all_rules)

    @cached_property
    def facts_digests(self) -> frozenset[str]:
        """The same of :attr:`facts_digest`."""
        return frozenset(each.facts_digest for each in self.by_all_rules)

    def made_before(self, releases: int) -> Snapshot:
        """The same by the rules of so many versions of them earlier; itself where they make no difference."""
        return self.former.made_before(releases - 1) if releases > 0 and self.former else self

    def with_facts_of(self, source: Snapshot) -> Snapshot:
        """These texts on the facts and structure of ``source`` (Art. 12: one policy, several languages)."""
        whole = Section("policy", "", children=self.sections).with_facts_of(
            Section("policy", "", children=source.sections)
        )
        former = self.former.with_facts_of(source) if self.former else None
        return Snapshot(self.language, self.title, whole.children, former)

    def to_json(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "language": self.language,
            "title": clean(self.title),
            "sections": [section_to_json(section) for section in self.sections],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Snapshot:
        """Read what :meth:`to_json` wrote, in this or an earlier format.

        Raises :exc:`UnreadableSnapshot` for an unknown format, a missing field or an id used twice.
        """
        found = data.get("format") if isinstance(data, Mapping) else None
        if type(found) is not int or not 1 <= found <= FORMAT:
            msg = (
                f"Expected a snapshot of format 1 to {FORMAT}, found {found!r}. "
                "Upgrade wagtail-privacy to the release that wrote it."
            )
            raise UnreadableSnapshot(msg)
        for name, (kind, words) in _POLICY_TYPES.items():
            if not isinstance(data.get(name), kind):
                msg = f"Expected {name!r} of a policy to be {words}, found {reprlib.repr(data.get(name))}."
                raise UnreadableSnapshot(msg)
        snapshot = cls(data["language"], data["title"], tuple(map(section_from_json, data["sections"])))
        ids = [section.id for section in snapshot.walk()]
        if len(set(ids)) < len(ids):
            twice = [id for id, count in Counter(ids).items() if count > 1]
            msg = f"Expected every section id once, found these more than once: {twice!r}."
            raise UnreadableSnapshot(msg)
        return snapshot


def canonical_json(data: Any) -> str:
    """``data`` as JSON with sorted keys: databases reorder the keys of objects (PostgreSQL's jsonb does)."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _sha256(data: Any) -> str:
    return hashlib.sha256(canonical_json(data).encode()).hexdigest()


def section_to_json(section: Section, *, texts: bool = True) -> dict[str, Any]:
    """``section`` as JSON without its empty fields, so that a field added by a new release changes nothing."""
    values: dict[str, Any] = {
        "kind": section.kind,
        "id": section.id,
        "facts": clean(section.facts),
        "children": [section_to_json(child, texts=texts) for child in section.children],
    }
    if texts:
        values["texts"] = clean(section.texts)
    return {name: value for name, value in values.items() if value}


def clean(value: Any) -> Any:
    """``value`` in Unicode NFC, lines ended by LF, without empty parts; 0 is a value, False is not."""
    if isinstance(value, str):
        # A form sends CR LF: a postal address is no other one for that.
        value = storable(value).replace("\r\n", "\n").replace("\r", "\n")
        return unicodedata.normalize("NFC", value).strip()
    if isinstance(value, Mapping):
        cleaned = {str(name): clean(item) for name, item in value.items()}
        return {name: item for name, item in cleaned.items() if not _empty(item)}
    if isinstance(value, list | tuple):
        return [item for item in map(clean, value) if not _empty(item)]
    return value


def _empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})


def section_from_json(data: Any, depth: int = 1) -> Section:
    """The section that :func:`section_to_json` wrote. Raises :exc:`UnreadableSnapshot`."""
    if fault := _fault(data, depth):
        raise UnreadableSnapshot(fault)
    children = tuple([section_from_json(child, depth + 1) for child in data.get("children", ())])
    return Section(data["kind"], data["id"], data.get("facts", {}), data.get("texts", {}), children)


def _fault(data: Any, depth: int) -> str:
    """What is wrong with a stored section, leaving aside those in it; nothing if it can be read."""
    if depth > MAX_DEPTH:
        return f"Expected sections at most {MAX_DEPTH} deep, found deeper ones. Does a section contain itself?"
    if not isinstance(data, Mapping) or not data.get("kind") or not data.get("id"):
        return f"Expected each section as an object with kind and id, found {reprlib.repr(data)}."
    for name, value in data.items():
        if name in _SECTION_TYPES and not isinstance(value, _SECTION_TYPES[name][0]):
            return f"Expected {name!r} of a section to be {_SECTION_TYPES[name][1]}, found {reprlib.repr(value)}."
    return ""
