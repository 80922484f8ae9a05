"""How an import is scored against a table of what each section of a document should become."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wagtail_privacy.imports.plain_outline import read_plain
from wagtail_privacy.imports.proposal import Import, ProposedSection
from wagtail_privacy.imports.recognition import recognise

SHARED = Path(__file__).parents[3] / "shared"
TABLE = SHARED / "cases" / "seeds-expected.json"
#: One kind by two names: the group, and its children by themselves.
GROUPS = {"purpose": {"purpose", "purposes"}, "commitment": {"commitment", "commitments"}}


@dataclass
class Score:
    right_sections: int = 0
    wrong_sections: list[Any] = field(default_factory=list)
    missed_sections: list[Any] = field(default_factory=list)
    right_facts: int = 0
    wrong_facts: list[Any] = field(default_factory=list)
    missed_facts: list[Any] = field(default_factory=list)
    never: list[Any] = field(default_factory=list)

    def __iadd__(self, other: Score) -> Score:
        self.right_sections += other.right_sections
        self.right_facts += other.right_facts
        for name in ("wrong_sections", "missed_sections", "wrong_facts", "missed_facts", "never"):
            getattr(self, name).extend(getattr(other, name))
        return self

    @property
    def figures(self) -> dict[str, float]:
        def ratio(right: int, other: list[Any]) -> float:
            return round(right / max(1, right + len(other)), 3)

        return {
            "section precision": ratio(self.right_sections, self.wrong_sections),
            "section recall": ratio(self.right_sections, self.missed_sections),
            "fact precision": ratio(self.right_facts, self.wrong_facts),
            "fact recall": ratio(self.right_facts, self.missed_facts),
        }


def table() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(TABLE.read_text(encoding="utf-8"))
    return found


def imported(expected: dict[str, Any]) -> tuple[str, Import]:
    source = (SHARED / "seeds" / expected["file"]).read_text(encoding="utf-8")
    return source, recognise(read_plain(source), "sv")


def walk(sections: Any) -> Iterator[ProposedSection]:
    for section in sections:
        yield section
        yield from walk(section.children)


class Lines:
    """The lines of a source with words in them, by position."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.filled = {n for n, line in enumerate(source.split("\n"), 1) if line.strip()}

    def of(self, section: ProposedSection) -> frozenset[int]:
        first, last = (self.source.count("\n", 0, at) + 1 for at in (section.span[0], section.span[1] - 1))
        return self.between(first, last)

    def between(self, first: int, last: int) -> frozenset[int]:
        return frozenset(n for n in range(first, last + 1) if n in self.filled)


def score(expected: dict[str, Any], source: str, found: Import) -> Score:
    result, lines = Score(), Lines(source)
    used: set[int] = set()
    for section in expected["sections"]:
        wanted = lines.between(*section["lines"])
        if run := _run(found.proposals, wanted, _kinds(section), lines):
            result.right_sections += 1
            used.update(run)
        else:
            result.missed_sections.append((expected["seed"], section["lines"], section["kind"]))
        inside = [one for one in walk(found.proposals) if lines.of(one) & wanted]
        result.never += [
            (expected["seed"], section["lines"], bad) for bad in section.get("never", ()) if _has(inside, bad)
        ]
    for number, proposal in enumerate(found.proposals):
        if number not in used:
            where = sorted(lines.of(proposal))
            result.wrong_sections.append((expected["seed"], where[0], where[-1], proposal.kind))
    result += _facts(expected, found)
    return result


def _run(proposals: Any, wanted: frozenset[int], kinds: set[str], lines: Lines) -> list[int]:
    """The proposals of these kinds that together are exactly these lines."""
    run = [n for n, one in enumerate(proposals) if lines.of(one) & wanted]
    covered = frozenset().union(*(lines.of(proposals[n]) for n in run))
    return run if covered == wanted and all(proposals[n].kind in kinds for n in run) else []


def _kinds(section: dict[str, Any]) -> set[str]:
    """The kinds that a section may have; a group may be split, then those of its children too."""
    names = [section["kind"], *section.get("accept", ())]
    for child in section.get("children", ()):
        names += [child["kind"], *(one for one in child.get("accept", ()) if ":" not in one)]
    return {kind for name in names for kind in GROUPS.get(name, {name})}


def _has(sections: list[ProposedSection], bad: str) -> bool:
    path, _equals, value = bad.partition("=")
    kind, _dot, name = path.partition(".")
    for section in sections:
        for fact in section.facts if section.kind == kind else ():
            if fact.field == name and (not value or str(fact.value) == value):
                return True
        if section.kind == kind and not name:
            return True
    return False


def _facts(expected: dict[str, Any], found: Import) -> Score:
    wanted: Counter[tuple[str, str, Any]] = Counter()
    offered: set[tuple[str, Any]] = set()
    for section in expected["sections"]:
        for one in (section, *section.get("children", ())):
            wanted.update((one["kind"], name, value) for name, value in one.get("facts", {}).items())
            offered |= {(one_["field"].rpartition(".")[2], one_.get("value")) for one_ in one.get("suggest", ())}
            offered |= {("right", code) for code in one.get("also", ())}
            offered |= {("right", a.partition(":")[2]) for a in one.get("accept", ()) if ":" in a}
    stated = Counter((one.kind, fact.field, fact.value) for one in walk(found.proposals) for fact in one.facts)
    result = Score(right_facts=sum((wanted & stated).values()))
    result.missed_facts = [(expected["seed"], *fact) for fact in (wanted - stated).elements()]
    result.wrong_facts = [
        (expected["seed"], *fact) for fact in (stated - wanted).elements() if (fact[1], fact[2]) not in offered
    ]
    return result
