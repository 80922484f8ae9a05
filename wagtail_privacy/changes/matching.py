"""Which section of the old snapshot is which of the new."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from wagtail_privacy.changes.change import Reference
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot, UnreadableSnapshot, canonical_json, clean

#: The id of the whole policy, which holds the title and the top-level sections.
POLICY = ""
#: What only groups sections: whether one stands in it or beside it, it is the same one, and it comes or goes by itself.
SEEN_THROUGH = frozenset({"purposes"})
#: What a purpose has one of: another one in its place is a change of it, as 36 months are of 24.
_ONE_FOR_ANOTHER = frozenset({"legal_basis", "special_condition", "retention"})
#: The share of their words that two sections must have in common to be one section, rewritten.
_ALIKE = 0.5
#: A word that stands in more sections than this does not tell which of them is meant.
_COMMON = 8

Pair = tuple[Section, Section]
Ways = tuple[Callable[[list[Section], list[Section]], Iterable[Pair]], ...]


class SectionPlace(NamedTuple):
    """Where a section stands: below which parent, at which position among its siblings."""

    section: Section
    parent: str
    position: int


class Matching:
    """Pairs of an old and a new section that are the same one.

    First by id, wherever they stand. Then, among what is left below the same parent: the same content, the same
    register key or code, the same name, the same but for its name, mostly the same words, the only one of its
    kind. Last, the same content that was put into a service section or taken out of it.
    """

    def __init__(self, old: Snapshot, new: Snapshot) -> None:
        self.old, self.new = _places(old), _places(new)
        self.old_of = {
            id: id
            for id, place in self.new.items()
            if id in self.old and self.old[id].section.kind == place.section.kind
        }
        self.new_of = dict(self.old_of)
        self._contents = _Contents()
        if len(self.old_of) < min(len(self.old), len(self.new)):
            self._pair_below(self.new)
            self._pair_grouped()
            self._pair_across()

    def old_section(self, new_id: str) -> Section:
        return self.old[self.old_of[new_id]].section

    def untouched(self, section: Section) -> bool:
        """Whether the old snapshot has the very same section, with all below it."""
        place = self.old.get(section.id)
        return place is not None and place.section == section

    def reference(self, section: Section) -> Reference:
        """The new ``section`` by name, with the id that it had before."""
        old_id = self.old_of.get(section.id, section.id)
        reference = Reference.to(section)
        return reference if old_id == section.id else replace(reference, old_id=old_id)

    def old_path(self, old_id: str) -> tuple[Reference, ...]:
        """The way down to a section of the old snapshot."""
        steps = []
        while old_id != POLICY:
            steps.append(Reference.to(self.old[old_id].section))
            old_id = self.old[old_id].parent
        return tuple(reversed(steps))

    def _pair(self, pairs: Iterable[Pair]) -> None:
        for old, new in pairs:
            self.old_of[new.id] = old.id
            self.new_of[old.id] = new.id

    def _pair_below(self, ids: Iterable[str]) -> None:
        """Pair what is left below each pair of parents. ``ids`` come parents first."""
        for parent in dict.fromkeys(self.new[id].parent for id in ids if id not in self.old_of):
            if parent in self.old_of:
                self._pair_children(self.old_section(parent), self.new[parent].section)

    def _pair_children(self, old: Section, new: Section) -> None:
        self._pair_by((*self._ways(), lambda olds, news: _only_ones(old, new, olds, news)), old.children, new.children)

    def _ways(self) -> Ways:
        """What tells two sections of one place as the same, the surest first."""
        return (
            lambda olds, news: _with_same(self._contents.number, olds, news, several=True),
            lambda olds, news: _with_same(_key, olds, news, several=True),
            lambda olds, news: _with_same(_name, olds, news),
            lambda olds, news: _with_same(self._contents.number_but_for_name, olds, news),
            _alike,
        )

    def _pair_by(self, ways: Ways, before: Iterable[Section], after: Iterable[Section]) -> None:
        before, after = tuple(before), tuple(after)
        for way in ways:
            olds = [section for section in before if section.id not in self.new_of]
            news = [section for section in after if section.id not in self.old_of]
            if not olds or not news:
                return
            self._pair(way(olds, news))

    def _pair_grouped(self) -> None:
        """What stands in a group pairs with what stands beside it or in another group of the same place."""
        olds, news = _by_place(self.old), _by_place(self.new)
        for place in news.keys() & self.old_of.keys():
            before, after = olds.get(self.old_of[place], []), news[place]
            if len(_grouped(self.old, before)) + len(_grouped(self.new, after)):
                self._pair_by(self._ways(), before, after)
                self._pair_below(below.id for section in after for below in section.walk())

    def _pair_across(self) -> None:
        """A recipient of one purpose is no recipient moved from another, so only what a service section can hold."""
        olds, news = _movable(self.old, self.new_of), _movable(self.new, self.old_of)
        pairs = list(_with_same(self._contents.number, olds, news, several=True)) if olds and news else []
        self._pair(pairs)
        self._pair_below(below.id for _, new in pairs for below in new.walk())


class _Contents:
    """Numbers for what sections say: equal for equal content, whatever the ids."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._known: dict[int, int] = {}

    def number(self, section: Section) -> int:
        if id(section) not in self._known:
            self._known[id(section)] = self._number(section, said(section))
        return self._known[id(section)]

    def number_but_for_name(self, section: Section) -> int | None:
        """None for a section that says nothing beside its name."""
        naming = kind_of(section.kind).named_by
        rest = {name: value for name, value in said(section).items() if name not in naming}
        return self._number(section, rest) if rest or section.children else None

    def _number(self, section: Section, values: Mapping[str, Any]) -> int:
        children = tuple(self.number(child) for child in section.children)
        content = (section.kind, canonical_json(values), children)
        return self._numbers.setdefault(content, len(self._numbers))


def said(section: Section) -> dict[str, Any]:
    """What ``section`` states, field by field, without what is empty."""
    values: dict[str, Any] = clean({**section.facts, **section.texts})
    return values


def _places(snapshot: Snapshot) -> dict[str, SectionPlace]:
    """Every section's place by its id, parents first. Raises :exc:`UnreadableSnapshot` for an id used twice."""
    policy = Section("policy", POLICY, texts={"title": snapshot.title}, children=snapshot.sections)
    places = {POLICY: SectionPlace(policy, POLICY, 0)}
    parents = [policy]
    for parent in parents:
        for position, child in enumerate(parent.children):
            if child.id in places:
                msg = f"Expected every section id once, found {child.id!r} more than once. Give one of them a new id."
                raise UnreadableSnapshot(msg)
            places[child.id] = SectionPlace(child, parent.id, position)
            if child.children:
                parents.append(child)
    return places


def _by_place(places: Mapping[str, SectionPlace]) -> dict[str, list[Section]]:
    """The sections that a group can hold, by the id of what they stand in, groups seen through."""
    kinds = {kind for name in SEEN_THROUGH for kind in kind_of(name).children}
    found: dict[str, list[Section]] = defaultdict(list)
    for section, parent, _ in places.values():
        if section.kind in kinds:
            is_grouped = places[parent].section.kind in SEEN_THROUGH
            found[places[parent].parent if is_grouped else parent].append(section)
    return found


def _grouped(places: Mapping[str, SectionPlace], sections: Iterable[Section]) -> list[Section]:
    return [each for each in sections if places[places[each.id].parent].section.kind in SEEN_THROUGH]


def _movable(places: Mapping[str, SectionPlace], paired: Mapping[str, str]) -> list[Section]:
    """The unpaired sections that say something and stand in the policy itself or in a service section."""
    return [
        section
        for id, (section, parent, _) in places.items()
        if id not in paired and (parent == POLICY or _holds_any(places[parent].section)) and _says_something(section)
    ]


def _holds_any(section: Section) -> bool:
    return "*" in kind_of(section.kind).children or section.kind in SEEN_THROUGH


def _says_something(section: Section) -> bool:
    return bool(section.children or said(section))


def _with_same(
    label: Callable[[Section], Hashable], olds: Sequence[Section], news: Sequence[Section], *, several: bool = False
) -> Iterator[Pair]:
    """Pairs of one kind and with one label. Where ``several`` share a label they pair in order, or else not at all."""
    waiting: dict[Hashable, tuple[list[Section], list[Section]]] = defaultdict(lambda: ([], []))
    for side, sections in enumerate((olds, news)):
        for section in sections:
            found = label(section)
            if found is not None:
                waiting[section.kind, found][side].append(section)
    for old_ones, new_ones in waiting.values():
        if several or len(old_ones) == len(new_ones) == 1:
            yield from zip(old_ones, new_ones, strict=False)


def _key(section: Section) -> Hashable:
    """The register key, or the code that names it; the code "other" says only that it is none of the list."""
    kind = kind_of(section.kind)
    codes = (field.name for field in kind.facts if field.type == "code" and field.name in kind.named_by)
    value = said(section).get(kind.key or next(codes, ""))
    return value if isinstance(value, str) and value != "other" else None


def _name(section: Section) -> Hashable:
    reference = Reference.to(section)
    name = clean(reference.name)
    return (reference.named_by, canonical_json(name)) if reference.named_by else None


def _alike(olds: Sequence[Section], news: Sequence[Section]) -> Iterator[Pair]:
    """Pairs that share most of their words, the most alike first."""
    old_words, new_words = [_words(section) for section in olds], [_words(section) for section in news]
    by_word: dict[Hashable, list[int]] = defaultdict(list)
    for position, words in enumerate(old_words):
        for word in words:
            by_word[olds[position].kind, word].append(position)
    found = []
    for position, words in enumerate(new_words):
        candidates = {
            other
            for word in words
            if len(others := by_word.get((news[position].kind, word), ())) <= _COMMON
            for other in others
        }
        for other in candidates:
            likeness = 2 * len(words & old_words[other]) / (len(words) + len(old_words[other]))
            if likeness >= _ALIKE:
                found.append((-likeness, abs(position - other), position, other))
    old_taken, new_taken = set(), set()
    for _, _, position, other in sorted(found):
        if other not in old_taken and position not in new_taken:
            old_taken.add(other)
            new_taken.add(position)
            yield olds[other], news[position]


def _words(section: Section) -> frozenset[str]:
    """The words of its texts, and of all that a service section holds."""
    sections = section.walk() if _holds_any(section) else [section]
    texts = (canonical_json(clean(each.texts[name])) for each in sections for name in each.texts)
    return frozenset(word for text in texts for word in re.findall(r"\w+", re.sub(r"<[^<>]*>", " ", text.lower())))


def _only_ones(old: Section, new: Section, olds: Sequence[Section], news: Sequence[Section]) -> Iterator[Pair]:
    """What a policy or a purpose has one of: the data protection officer, the period of storage."""
    left = {section.kind: section for section in olds}
    for section in news:
        single = bool(kind_of(section.kind).heading) or section.kind in _ONE_FOR_ANOTHER
        if single and section.kind in left and len(old.of_kind(section.kind)) == len(new.of_kind(section.kind)) == 1:
            yield left[section.kind], section
