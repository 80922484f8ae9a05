"""A proposal that a person is mending, as values for JSON and back: it travels in the form, not in the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from wagtail_privacy.imports.document import ImportedDocument
from wagtail_privacy.imports.mend import SourceLine
from wagtail_privacy.imports.outline import LeftOut, OutlinePart, Span
from wagtail_privacy.imports.proposal import Fact, ProposedSection, Suggestion


@dataclass(frozen=True)
class OtherPart:
    """A part of the document in another language, which may become the translation."""

    title: str
    language: str
    proposals: tuple[ProposedSection, ...]


@dataclass(frozen=True)
class Mending:
    """What was read, and what is to become of it."""

    title: str
    language: str
    encoding: str
    lines: tuple[SourceLine, ...]
    proposals: tuple[ProposedSection, ...]
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()
    words: Mapping[str, int] | None = None
    other: tuple[OtherPart, ...] = ()

    @classmethod
    def of(cls, document: ImportedDocument, language: str) -> Mending:
        found, outline = document.found, document.outline
        lines = tuple(SourceLine(part.kind, _said(part), part.span, part.mark) for part in outline.parts)
        return cls(
            found.title,
            language,
            outline.encoding,
            lines,
            found.proposals,
            found.left_out,
            found.warnings,
            dict(found.words),
            tuple(OtherPart(part.title or found.title, part.language, part.proposals) for part in found.other),
        )

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Mending:
        """Read what :meth:`to_json` wrote."""
        return cls(
            data["title"],
            data["language"],
            data["encoding"],
            tuple(SourceLine(line["kind"], line["text"], _span(line["span"]), line["mark"]) for line in data["lines"]),
            tuple(map(_section, data["proposals"])),
            tuple(LeftOut(one["text"], one["reason"], _span(one["span"])) for one in data["left_out"]),
            tuple(data["warnings"]),
            dict(data["words"] or {}),
            tuple(OtherPart(o["title"], o["language"], tuple(map(_section, o["proposals"]))) for o in data["other"]),
        )


def _said(part: OutlinePart) -> str:
    return " | ".join(cell.words.text for cell in part.cells) if part.cells else part.words.text


def _section(data: Mapping[str, Any]) -> ProposedSection:
    return ProposedSection(
        **{
            **data,
            "span": _span(data["span"]),
            "facts": tuple(Fact(**{**one, "span": _span(one["span"])}) for one in data["facts"]),
            "suggestions": tuple(Suggestion(**{**one, "span": _span(one["span"])}) for one in data["suggestions"]),
            "children": tuple(map(_section, data["children"])),
        }
    )


def _span(pair: Any) -> Span:
    start, end = pair
    return int(start), int(end)
