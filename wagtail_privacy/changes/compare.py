"""What differs between two snapshots: sections added, removed, changed and moved, at any depth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wagtail_privacy.changes.change import Change, Reference
from wagtail_privacy.changes.matching import POLICY, SEEN_THROUGH, Matching, said
from wagtail_privacy.changes.sequence import longest_increasing
from wagtail_privacy.changes.text_diff import same_html
from wagtail_privacy.policy.kinds import Kind, kind_of
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot, UnreadableSnapshot, section_to_json

Path = tuple[Reference, ...]


def compare(old: Snapshot | None, new: Snapshot) -> tuple[Change, ...]:
    """All differences from ``old`` to ``new``, in the order of the new text; none for a first version.

    It is the net change: what came and went between the two is not in it. An added or removed section is one
    change with all that it holds, but for the sections in it that stood, or stand, elsewhere: those have moved.
    Raises :exc:`UnreadableSnapshot` for an id used twice and for sections nested without end.
    """
    if old is None:
        return ()
    try:
        matching = Matching(old, new)
        return tuple(_inside(matching, matching.new[POLICY].section, ()))
    except RecursionError:
        msg = "Expected sections and values a few levels deep, found too many levels to compare. Flatten them."
        raise UnreadableSnapshot(msg) from None


def _inside(matching: Matching, new: Section, path: Path) -> Iterator[Change]:
    """What changed in a section that both snapshots have."""
    old = matching.old_section(new.id)
    if old == new:
        return
    yield from _fields(old, new, path)
    moved = _moved(matching, old, new)
    for position, child in enumerate(new.children):
        if child.id in moved or not matching.untouched(child):
            yield from _child(matching, child, position, path, moved)
    for position, child in enumerate(old.children):
        if child.id not in matching.new_of:
            yield from _gone(matching, child, position, path)


def _gone(matching: Matching, child: Section, position: int, path: Path) -> Iterator[Change]:
    here = (*path, Reference.to(child))
    if child.kind not in SEEN_THROUGH:
        yield Change("removed", here, old=section_to_json(_without(child, matching.new_of)), position=position)
        return
    yield Change("removed", here, old=section_to_json(replace(child, children=())), position=position)
    for place, inner in enumerate(child.children):
        if inner.id not in matching.new_of:
            yield from _gone(matching, inner, place, here)


def _child(matching: Matching, child: Section, position: int, path: Path, moved: set[str]) -> Iterator[Change]:
    here = (*path, matching.reference(child))
    if child.id not in matching.old_of and child.kind in SEEN_THROUGH:
        yield Change("added", here, new=section_to_json(replace(child, children=())), position=position)
        for place, inner in enumerate(child.children):
            yield from _child(matching, inner, place, here, {inner.id} & matching.old_of.keys())
        return
    if child.id not in matching.old_of:
        yield Change("added", here, new=section_to_json(_without(child, matching.old_of)), position=position)
        yield from _moved_into(matching, child, here)
        return
    if child.id in moved:
        yield _move(matching, child, position, here)
    yield from _inside(matching, child, here)


def _moved_into(matching: Matching, added: Section, path: Path) -> Iterator[Change]:
    """Sections that stood elsewhere and now stand in an ``added`` one."""
    for position, child in enumerate(added.children):
        here = (*path, matching.reference(child))
        if child.id in matching.old_of:
            yield _move(matching, child, position, here)
            yield from _inside(matching, child, here)
        else:
            yield from _moved_into(matching, child, here)


def _move(matching: Matching, child: Section, position: int, path: Path) -> Change:
    old_id = matching.old_of[child.id]
    old_parent, new_parent = matching.old[old_id].parent, matching.new[child.id].parent
    stayed = matching.old_of.get(new_parent) == old_parent
    old_path = () if stayed else matching.old_path(old_id)
    return Change("moved", path, old=matching.old[old_id].position, new=position, old_path=old_path)


def _moved(matching: Matching, old: Section, new: Section) -> set[str]:
    """The children of ``new`` that moved: the fewest that explain the new order, and those from other parents."""
    both = [child.id for child in new.children if child.id in matching.old_of]
    stayed = [id for id in both if matching.old[matching.old_of[id]].parent == old.id]
    in_order = longest_increasing([matching.old[matching.old_of[id]].position for id in stayed])
    return set(both).difference(stayed[position] for position in in_order)


def _without(section: Section, ids: dict[str, str]) -> Section:
    """``section`` without what is known under ``ids`` below it."""
    return replace(section, children=tuple(_without(child, ids) for child in section.children if child.id not in ids))


def _fields(old: Section, new: Section, path: Path) -> Iterator[Change]:
    """The facts and texts that differ, in the order of the kind's table, unknown ones last."""
    if old.facts == new.facts and old.texts == new.texts:
        return
    before, after = said(old), said(new)
    kind = kind_of(new.kind)
    known = [field.name for field in kind.fields]
    for name in [*known, *sorted({*before, *after} - {*known})]:
        was, became = before.get(name), after.get(name)
        if was != became:
            is_text = name in (new.texts if name in after else old.texts)
            if not (is_text and _is_prose(kind, name) and same_html(was, became)):
                yield Change("changed", path, name, was, became, is_text=is_text)


def _is_prose(kind: Kind, name: str) -> bool:
    """Whether HTML stands in the field; a field that left the table may have held it."""
    field = kind.field(name)
    return field is None or field.type == "prose"
