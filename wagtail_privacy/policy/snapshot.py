"""All that a policy says in one language, with a canonical form and a digest."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wagtail_privacy.policy.section import Section

#: The format that :meth:`Snapshot.to_json` writes. Every earlier one is read for ever.
FORMAT = 1


class UnreadableSnapshot(ValueError):
    """The stored JSON is not a snapshot of a format that this release knows."""


@dataclass(frozen=True)
class Snapshot:
    """A policy's title and sections in one language (a BCP 47 code such as ``sv``)."""

    language: str
    title: str
    sections: tuple[Section, ...] = ()

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
        return _sha256({"title": _clean(self.title), "sections": [_values(s) for s in self.sections]})

    @cached_property
    def facts_digest(self) -> str:
        """SHA-256 (hex) of structure and facts alone: equal for a faithful translation."""
        return _sha256([_values(s, texts=False) for s in self.sections])

    def with_facts_of(self, source: Snapshot) -> Snapshot:
        """These texts on the facts and structure of ``source`` (Art. 12: one policy, several languages)."""
        whole = Section("policy", "", children=self.sections).with_facts_of(
            Section("policy", "", children=source.sections)
        )
        return Snapshot(self.language, self.title, whole.children)

    def to_json(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "language": self.language,
            "title": _clean(self.title),
            "sections": [_values(section) for section in self.sections],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Snapshot:
        """Read what :meth:`to_json` wrote, in this or an earlier format.

        Raises :exc:`UnreadableSnapshot` for an unknown format, a missing field or an id used twice.
        """
        found = data.get("format") if isinstance(data, Mapping) else None
        if not isinstance(found, int) or not 1 <= found <= FORMAT:
            msg = (
                f"Expected a snapshot of format 1 to {FORMAT}, found {found!r}. "
                "Upgrade wagtail-privacy to the release that wrote it."
            )
            raise UnreadableSnapshot(msg)
        try:
            sections = tuple(_section(item) for item in data["sections"])
            snapshot = cls(data["language"], data["title"], sections)
        except (KeyError, TypeError) as error:
            msg = f"Expected language, title and sections, each section with kind and id; found {error!r}."
            raise UnreadableSnapshot(msg) from error
        twice = [id for id, count in Counter(s.id for s in snapshot.walk()).items() if count > 1]
        if twice:
            msg = f"Expected every section id once, found these more than once: {twice!r}."
            raise UnreadableSnapshot(msg)
        return snapshot


def canonical_json(data: Any) -> str:
    """``data`` as JSON with sorted keys: databases reorder the keys of objects (PostgreSQL's jsonb does)."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _sha256(data: Any) -> str:
    return hashlib.sha256(canonical_json(data).encode()).hexdigest()


def _values(section: Section, *, texts: bool = True) -> dict[str, Any]:
    """``section`` as JSON without its empty fields, so that a field added by a new release changes nothing."""
    values: dict[str, Any] = {
        "kind": section.kind,
        "id": section.id,
        "facts": _clean(section.facts),
        "children": [_values(child, texts=texts) for child in section.children],
    }
    if texts:
        values["texts"] = _clean(section.texts)
    return {name: value for name, value in values.items() if value}


def _clean(value: Any) -> Any:
    """``value`` in Unicode NFC and without empty parts; 0 is a value, False is not."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip()
    if isinstance(value, Mapping):
        cleaned = {str(name): _clean(item) for name, item in value.items()}
        return {name: item for name, item in cleaned.items() if not _empty(item)}
    if isinstance(value, list | tuple):
        return [item for item in map(_clean, value) if not _empty(item)]
    return value


def _empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})


def _section(data: Mapping[str, Any]) -> Section:
    return Section(
        kind=data["kind"],
        id=data["id"],
        facts=data.get("facts", {}),
        texts=data.get("texts", {}),
        children=tuple(_section(child) for child in data.get("children", ())),
    )
