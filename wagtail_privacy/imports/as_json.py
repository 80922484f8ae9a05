"""An import as values for JSON: what `privacy_import --json` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail_privacy.imports.proposal import Fact, Import, ProposedSection, Suggestion
from wagtail_privacy.policy.words import plain


def as_json(found: Import) -> dict[str, Any]:
    """``found`` as lists, dictionaries, strings and numbers. Spans are characters of the decoded source."""
    other = {"other": [as_json(part) for part in found.other]} if found.other else {}
    return {
        "title": found.title,
        "language": found.language,
        "sections": [_section(section) for section in found.proposals],
        "left_out": [{"text": left.text, "reason": left.reason, "span": list(left.span)} for left in found.left_out],
        "warnings": list(found.warnings),
        "words": dict(found.words),
        **other,
    }


def _section(section: ProposedSection) -> dict[str, Any]:
    return {
        "kind": section.kind,
        "heading": section.heading,
        "text": plain_words(section.texts),
        "facts": [_value(fact) for fact in section.facts],
        "suggestions": [_value(one) for one in section.suggestions],
        "children": [_section(child) for child in section.children],
        "confidence": section.confidence,
        "reason": section.reason,
        "span": list(section.span),
    }


def plain_words(texts: Mapping[str, str]) -> str:
    """The words of a section's texts below its heading, a line for each paragraph."""
    return "\n".join(plain(text) for name, text in texts.items() if name != "heading" and text)


def _value(one: Fact | Suggestion) -> dict[str, Any]:
    kind = {"kind": one.kind} if isinstance(one, Suggestion) and one.kind else {}
    return {"field": one.field, "value": one.value, "span": list(one.span), "reason": one.reason, **kind}
