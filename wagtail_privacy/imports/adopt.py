"""A newer document beside what there is of a policy: sections that are the same stay the ones that they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from wagtail_privacy.changes.matching import Matching
from wagtail_privacy.policy.flatten import as_text
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.policy.words import plain

Sections = tuple[Section, ...]


def adopt(known: Sequence[Section], read: Sequence[Section]) -> Sections:
    """The sections ``read`` from a document, as those of the policy that they are.

    One that says the same words as one of ``known`` is that section, with all that people made of it since: its kind,
    its facts, its entries of the register. Of the others, each that :class:`Matching` takes for a changed one of
    ``known`` has its id. One that only holds facts, such as a suggestion that was accepted, stays in its place. So a
    comparison shows what the document changes, and nothing else.
    """
    same = dict(_same_words(known, read))
    taken = {section.id for section in same.values()}
    left_of_known = tuple(section for section in known if section.id not in taken)
    left_of_read = tuple(section for section in read if section.id not in same)
    matching = Matching(Snapshot("", "", left_of_known), Snapshot("", "", left_of_read))
    return _with_accepted(known, [same.get(section.id) or _adopted(section, matching) for section in read])


def _with_accepted(known: Sequence[Section], read: list[Section]) -> Sections:
    """``read`` with those of ``known`` that hold facts alone: no document has words of their own for them."""
    for at, section in enumerate(known):
        if section.texts or section.children or any(_stands_for(other, section) for other in read):
            continue
        ids = [other.id for other in read]
        before = next((ids.index(other.id) + 1 for other in reversed(known[:at]) if other.id in ids), 0)
        read.insert(before, section)
    return tuple(read)


def _stands_for(section: Section, known: Section) -> bool:
    """Whether ``section`` of the newer document says what ``known`` said."""
    key = kind_of(known.kind).key
    alike = section.kind == known.kind and section.facts.get(key) == known.facts.get(key)
    return section.id == known.id or alike


def in_step(source: Sequence[Section], read: Sequence[Section]) -> Sections:
    """The sections ``read`` from a translation with the ids of those of ``source`` that they translate.

    No words tell which is which: sections of one kind are taken for each other in their order.
    """
    kinds = SequenceMatcher(None, [each.kind for each in source], [each.kind for each in read], autojunk=False)
    pairs = {m.b + n: source[m.a + n] for m in kinds.get_matching_blocks() for n in range(m.size)}
    return tuple(
        replace(each, id=pairs[n].id, children=in_step(pairs[n].children, each.children)) if n in pairs else each
        for n, each in enumerate(read)
    )


def _adopted(section: Section, matching: Matching) -> Section:
    """``section`` with the id of the known one that it is, if it is one, and so on below it."""
    if section.id not in matching.old_of:
        return replace(section, children=tuple(_adopted(child, matching) for child in section.children))
    known = matching.old_section(section.id)
    if known.facts.get("key"):
        return section  # an entry of the register says something else: it is written in place
    same = dict(_same_words(known.children, section.children))
    children = [same.get(child.id) or _adopted(child, matching) for child in section.children]
    facts = _facts_of(known, section) if known.texts == section.texts else section.facts
    return replace(section, id=known.id, facts=facts, children=_each_once(_with_accepted(known.children, children)))


#: Facts that a document writes out: one that it has no more is gone.
_WRITTEN_OUT = frozenset({"name", "address", "email", "phone", "url"})


def _facts_of(known: Section, section: Section) -> dict[str, Any]:
    """The facts of ``section`` as the document states them, with those of ``known`` that people added to them."""
    kind = kind_of(section.kind)
    added = {n: v for n, v in known.facts.items() if (f := kind.field(n)) is None or f.type not in _WRITTEN_OUT}
    return {**added, **section.facts}


def _each_once(children: Sections) -> Sections:
    """``children`` without an id used twice: that a child is the same was seen in two ways."""
    seen: set[str] = set()
    found = []
    for child in children:
        found.append(replace(child, id=f"{child.id}~") if child.id in seen else child)
        seen.add(found[-1].id)
    return tuple(found)


def _same_words(known: Sequence[Section], read: Sequence[Section]) -> Iterator[tuple[str, Section]]:
    """The ids of those of ``read`` that say what one of ``known`` says, with that one; each once, in order."""
    waiting = defaultdict[Hashable, list[Section]](list)
    for section in known:
        waiting[_words(section)].append(section)
    for section in read:
        words = _words(section)
        if words and waiting[words]:
            yield section.id, waiting[words].pop(0)


def _words(section: Section) -> tuple[str, ...]:
    text = as_text(section).texts
    said = f"{text.get('heading', '')} {plain(str(text.get('body', '')))} {' '.join(_stated(section))}"
    return tuple(re.findall(r"\w+", said.casefold()))


#: Facts that stand for words of the document, which no text of their section repeats.
_FOR_WORDS = _WRITTEN_OUT | {"country", "date", "duration", "number"}


def _stated(section: Section) -> Iterator[str]:
    kind = kind_of(section.kind)
    for name, value in sorted(section.facts.items()):
        field = kind.field(name)
        if field and field.type in _FOR_WORDS:
            yield f"{name} {value}"
    for child in section.children:
        yield from _stated(child)
