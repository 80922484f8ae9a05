"""An import as lines that a person can read and compare: kind, heading, facts, suggestions; children indented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wagtail_privacy.imports.proposal import Import, ProposedSection


def told(found: Import, source: str) -> str:
    """``found`` and the parts in other languages, each with its title."""
    lines: list[str] = []
    for one in (found, *found.other):
        lines.append(f"[{one.language}] {one.title}")
        lines += [f"left out: {left.text}" for left in one.left_out]
        lines += _sections(one.proposals, source, 0)
    return "\n".join(lines) + "\n"


def _sections(sections: Sequence[ProposedSection], source: str, depth: int) -> Iterator[str]:
    for section in sections:
        words = " ".join(source[section.span[0] : section.span[1]].split())
        begins = section.heading or words[:40].rstrip()
        facts = "".join(f" | {fact.field} = {fact.value}".replace("\n", ", ") for fact in section.facts)
        yield f"{'  ' * depth}{section.kind}: {begins}{facts}"
        yield from _sections(section.children, source, depth + 1)
