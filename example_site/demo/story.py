"""The words that the demo's policies are written in: sections in three languages, and edits of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from wagtail_privacy.changes.change import Materiality


class Phrase(NamedTuple):
    """A text in Swedish, the demo's source language, and in the languages that it is translated into."""

    sv: str
    en: str
    fi: str


#: Short, since it stands on every line of a policy.
T = Phrase
#: All the demo's languages, the source first.
LANGUAGES = Phrase._fields


@dataclass(frozen=True)
class Part:
    """One section of a policy. ``name`` is unique among its siblings and never changes; readers never see it."""

    kind: str
    name: str
    values: dict[str, Any] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()

    def __getitem__(self, name: str) -> Part:
        try:
            return next(part for part in self.parts if part.name == name)
        except StopIteration:
            names = ", ".join(part.name for part in self.parts)
            msg = f"Expected the name of a part of {self.name!r} ({names}), found {name!r}."
            raise KeyError(msg) from None

    def walk(self) -> Iterator[Part]:
        yield self
        for part in self.parts:
            yield from part.walk()


Edit = Callable[[Part], Part]


@dataclass(frozen=True)
class Publication:
    """A version: when it was published, what was edited since the one before, and what the editor answered.

    ``is_`` is the class that the rules must find, ``None`` for a first version; the tests hold the rules to it.
    """

    days_ago: int
    edits: tuple[Edit, ...] = ()
    is_: Materiality | None = None
    summary: Phrase = Phrase("", "", "")
    takes_effect_in: int | None = None


@dataclass(frozen=True)
class Story:
    """A policy's life: its first version and all later ones."""

    slug: Phrase
    title: Phrase
    first: tuple[Part, ...]
    first_days_ago: int
    later: tuple[Publication, ...]

    def publications(self) -> Iterator[tuple[Publication, Part]]:
        """Each version with all that the policy says in it."""
        policy = Part("policy", "", {"title": self.title, "slug": self.slug}, self.first)
        yield Publication(self.first_days_ago), policy
        for publication in self.later:
            for edit in publication.edits:
                policy = edit(policy)
            yield publication, policy


# Sections


def part(kind: str, name: str, /, *parts: Part | Iterable[Part], **values: Any) -> Part:
    """A section of ``kind`` with the parts and the values that its kind has."""
    flat = (one for item in parts for one in ([item] if isinstance(item, Part) else item))
    return Part(kind, name, values, tuple(flat))


def basis(code: str, /, **values: Any) -> Part:
    """A legal basis by its letter in Article 6(1)."""
    return Part("legal_basis", code, {"basis": f"art6_1_{code}", **values})


def condition(code: str, **values: Any) -> Part:
    """A condition by its letter in Article 9(2)."""
    return Part("special_condition", code, {"condition": f"art9_2_{code}", **values})


def data(*keys: str) -> Iterator[Part]:
    """Categories of personal data from the register."""
    return (Part("data_category", key, {"key": key}) for key in keys)


def given_to(*keys: str) -> Iterator[Part]:
    """Recipients from the register."""
    return (Part("recipient", key, {"key": key}) for key in keys)


def kept(name: str, duration: str = "", **values: Any) -> Part:
    """A storage period of ``duration``, or with ``criteria``."""
    return Part("retention", name, {"duration": duration, **values})


def kept_by_rule(key: str) -> Part:
    """A storage period from the register."""
    return Part("retention", key, {"key": key})


def right(code: str, **values: Any) -> Part:
    return Part("right", code, {"right": code, **values})


# Edits


def change(path: str, **values: Any) -> Edit:
    """Change values of the section at ``path``: names with slashes between; the empty path is the policy itself."""

    def changed(found: Part) -> Part:
        return replace(found, values={**found.values, **values})

    return lambda policy: _at(policy, path, changed)


def add(new: Part, *, to: str = "", after: str = "") -> Edit:
    """Add ``new`` to the section at ``to`` (the policy itself by default), last or after a sibling."""

    def longer(parent: Part) -> Part:
        at = parent.parts.index(parent[after]) + 1 if after else len(parent.parts)
        return replace(parent, parts=(*parent.parts[:at], new, *parent.parts[at:]))

    return lambda policy: _at(policy, to, longer)


def remove(path: str) -> Edit:
    parent, _, name = path.rpartition("/")

    def shorter(found: Part) -> Part:
        gone = found[name]
        return replace(found, parts=tuple(one for one in found.parts if one is not gone))

    return lambda policy: _at(policy, parent, shorter)


def _at(parent: Part, path: str, edit: Edit) -> Part:
    """``parent`` with ``edit`` done to what stands at ``path`` below it."""
    if not path:
        return edit(parent)
    name, _, rest = path.partition("/")
    old = parent[name]
    return replace(parent, parts=tuple(_at(one, rest, edit) if one is old else one for one in parent.parts))
