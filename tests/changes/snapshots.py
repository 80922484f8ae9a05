"""Generated snapshots and edits of them, and what it means to apply changes: for the laws of comparing."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from wagtail_privacy.changes.change import Change, Reference
from wagtail_privacy.policy.kinds import KINDS, Field, Kind
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot, clean, section_from_json

SENTENCES = """
vi sparar dina uppgifter aldrig 24 36 månader avtal samtycke e-post kunder, leverantörer. Sedan & <raderas>
henkilötiedot säilytysaika Vertrag för att 👩‍👩‍👧 שלום
"""
WORDS = SENTENCES.split()
PLACES = ("SE", "FI", "US", "DE")
VALUES: dict[str, Callable[[random.Random, Field], Any]] = {
    "code": lambda chance, field: chance.choice(list(field.terms)),
    "codes": lambda chance, field: chance.sample(list(field.terms), 2),
    "country": lambda chance, field: chance.choice(PLACES),
    "duration": lambda chance, field: chance.choice(("P12M", "P24M", "P1Y6M", "P30D")),
    "flag": lambda chance, field: chance.choice((True, False)),
    "number": lambda chance, field: chance.randrange(0, 40),
    "date": lambda chance, field: chance.choice(("2018", "2018-05", "2018-05-25")),
    "value": lambda chance, field: {"cells": [words(chance, 2), None, 3]},
    "lines": lambda chance, field: [words(chance, 2) for _ in range(chance.randrange(3))],
    "prose": lambda chance, field: f"<p>{words(chance, 12)}</p>",
}


def words(chance: random.Random, most: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randrange(most + 1)))


def value_of(field: Field, chance: random.Random) -> Any:
    return VALUES.get(field.type, lambda chance, field: words(chance, 3))(chance, field)


def section(chance: random.Random, kind: Kind, new_id: Callable[[], str], depth: int) -> Section:
    filled = [field for field in kind.fields if chance.random() < 0.6]
    allowed = list(KINDS) if "*" in kind.children else list(kind.children)
    count = chance.randrange(4) if allowed and depth else 0
    return Section(
        kind.name,
        new_id(),
        {field.name: value_of(field, chance) for field in filled if not field.is_text},
        {field.name: value_of(field, chance) for field in filled if field.is_text},
        tuple(section(chance, KINDS[chance.choice(allowed)], new_id, depth - 1) for _ in range(count)),
    )


def snapshot(chance: random.Random, *, most: int = 6) -> Snapshot:
    """A policy of up to ``most`` sections with all that stands in them, of any kind."""
    new_id = ids(chance)
    sections = tuple(
        section(chance, KINDS[chance.choice(list(KINDS))], new_id, depth=3) for _ in range(chance.randrange(most + 1))
    )
    return Snapshot("sv", words(chance, 3), sections)


def ids(chance: random.Random, prefix: str = "") -> Callable[[], str]:
    return lambda: f"{prefix}{chance.getrandbits(64):016x}"


def edited(old: Snapshot, chance: random.Random, *, most: int = 6) -> Snapshot:
    """``old`` after up to ``most`` edits of the sorts that editors make, and some that nobody should."""
    new = old
    for _ in range(chance.randrange(most + 1)):
        new = chance.choice((_retitled, _grown, _shrunk, _shuffled, _rewritten, _added_again, _carried, _other_kind))(
            new, chance
        )
    return new


def _retitled(old: Snapshot, chance: random.Random) -> Snapshot:
    return replace(old, title=words(chance, 3))


def _grown(old: Snapshot, chance: random.Random) -> Snapshot:
    new = section(chance, KINDS[chance.choice(list(KINDS))], ids(chance), depth=2)
    place = chance.randrange(len(old.sections) + 1)
    return replace(old, sections=(*old.sections[:place], new, *old.sections[place:]))


def _shrunk(old: Snapshot, chance: random.Random) -> Snapshot:
    return _with_one(old, chance, lambda section: None)


def _shuffled(old: Snapshot, chance: random.Random) -> Snapshot:
    return replace(old, sections=tuple(chance.sample(old.sections, len(old.sections))))


def _rewritten(old: Snapshot, chance: random.Random) -> Snapshot:
    def rewrite(section: Section) -> Section:
        fields = KINDS[section.kind].fields
        if not fields:
            return section
        field = chance.choice(fields)
        part = "texts" if field.is_text else "facts"
        return replace(section, **{part: {**getattr(section, part), field.name: value_of(field, chance)}})

    return _with_one(old, chance, rewrite)


def _added_again(old: Snapshot, chance: random.Random) -> Snapshot:
    """Deleted and added anew: the same, with other ids all through."""
    new_id = ids(chance)

    def renew(section: Section) -> Section:
        return replace(section, id=new_id(), children=tuple(renew(child) for child in section.children))

    return _with_one(old, chance, renew)


def _carried(old: Snapshot, chance: random.Random) -> Snapshot:
    """One section is put into another, wherever it stood."""
    carried = chance.choice([*old.walk()]) if old.sections else None
    if not carried:
        return old
    taken = _each(old, lambda section: None if section.id == carried.id else section)
    below = [section.id for section in taken.walk()]
    target = chance.choice(below) if below else ""
    if not target:
        return replace(taken, sections=(carried,))
    return _each(taken, lambda each: replace(each, children=(carried, *each.children)) if each.id == target else each)


def _other_kind(old: Snapshot, chance: random.Random) -> Snapshot:
    """A block of another kind under the id of one that was there."""
    return _with_one(old, chance, lambda section: _as_kind(section, chance.choice(list(KINDS))))


def _as_kind(section: Section, kind: str) -> Section:
    """What a block of another kind makes of the same fields: none is both a fact and a text."""
    fields = {field.name: field.is_text for field in KINDS[kind].fields}
    facts = {name: value for name, value in section.facts.items() if not fields.get(name, False)}
    texts = {name: value for name, value in section.texts.items() if fields.get(name, True)}
    return replace(section, kind=kind, facts=facts, texts=texts)


def _with_one(old: Snapshot, chance: random.Random, edit: Callable[[Section], Section | None]) -> Snapshot:
    every = [section.id for section in old.walk()]
    chosen = chance.choice(every) if every else ""
    return _each(old, lambda section: edit(section) if section.id == chosen else section)


def _each(old: Snapshot, edit: Callable[[Section], Section | None]) -> Snapshot:
    def below(sections: Iterable[Section]) -> tuple[Section, ...]:
        found = ((edit(section), section) for section in sections)
        return tuple(
            new if new is not section else replace(new, children=below(new.children)) for new, section in found if new
        )

    return replace(old, sections=below(old.sections))


chances = st.integers(0, 2**32).map(random.Random)


def snapshots() -> st.SearchStrategy[Snapshot]:
    return chances.map(snapshot)


def histories(versions: int = 2) -> st.SearchStrategy[tuple[Snapshot, ...]]:
    """Versions of one policy, each an edit of the one before."""

    def history(chance: random.Random) -> tuple[Snapshot, ...]:
        texts = [snapshot(chance)]
        while len(texts) < versions:
            texts.append(edited(texts[-1], chance))
        return tuple(texts)

    return chances.map(history)


def content(snapshot: Snapshot) -> Any:
    """All that is said, without ids and without what is empty."""
    return clean(snapshot.title), [_content(section) for section in snapshot.sections]


def _content(section: Section) -> Any:
    return section.kind, clean(section.facts), clean(section.texts), [_content(child) for child in section.children]


@dataclass
class Node:
    """A section that can still be changed."""

    section: Section
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None

    @classmethod
    def of(cls, section: Section, parent: Node | None = None) -> Node:
        node = cls(section, parent=parent)
        node.children = [cls.of(child, node) for child in section.children]
        return node

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    def detach(self) -> None:
        assert self.parent
        self.parent.children.remove(self)

    def attach(self, parent: Node, position: int) -> None:
        assert position <= len(parent.children), "the place is beyond the end: a change is missing"
        parent.children.insert(position, self)
        self.parent = parent

    def frozen(self) -> Section:
        return replace(self.section, children=tuple(child.frozen() for child in self.children))

    # Nodes are looked for in lists: by themselves, not by what they say.
    __eq__ = object.__eq__
    __hash__ = object.__hash__


def apply(changes: Iterable[Change], old: Snapshot) -> Snapshot:
    """``old`` after ``changes``: what :func:`compare` found between it and another snapshot."""
    changes = list(changes)
    policy = Node.of(Section("policy", "", texts={"title": old.title}, children=old.sections))
    known = {node.section.id: node for node in policy.walk()}
    came: dict[str, Node] = {}

    def find(path: tuple[Reference, ...]) -> Node:
        if not path:
            return policy
        step = path[-1]
        return came.get(step.id) or known[step.id] if not step.old_id else known[step.old_id]

    moved = [
        (change, known[change.path[-1].old_id or change.path[-1].id]) for change in changes if change.kind == "moved"
    ]
    gone = [known[change.path[-1].id] for change in changes if change.kind == "removed"]
    for node in [*(node for _, node in moved), *gone]:
        node.detach()
    placed = []
    for change in changes:
        if change.kind == "added":
            node = Node.of(section_from_json(change.new))
            came |= {below.section.id: below for below in node.walk()}
            placed.append((change, node, change.position))
    placed += [(change, node, change.new) for change, node in moved]
    for change, node, position in sorted(placed, key=lambda item: item[2]):
        node.attach(find(change.path[:-1]), position)
    for change in changes:
        if change.kind == "changed":
            node = find(change.path)
            part = "texts" if change.is_text else "facts"
            node.section = replace(node.section, **{part: {**getattr(node.section, part), change.field: change.new}})
    result = _ids_once(policy.frozen(), set())
    return Snapshot(old.language, result.texts.get("title") or "", result.children)


def _ids_once(section: Section, taken: set[str]) -> Section:
    """A section that was deleted and re-added keeps its old id here, which a block of another kind may have by now."""
    id = section.id
    while id in taken:
        id += "~"
    taken.add(id)
    return replace(section, id=id, children=tuple(_ids_once(child, taken) for child in section.children))
