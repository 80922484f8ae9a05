"""What an import proposes, as the sections that a policy page composes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from wagtail_privacy.imports.proposal import Import, ProposedSection
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.sanitise import sanitise
from wagtail_privacy.policy.section import Section, without_empty


def as_sections(found: Import) -> tuple[Section, ...]:
    """The sections of ``found`` with the facts that it states, and none that it only suggests. Their ids are new."""
    return tuple(map(as_section, found.proposals))


def as_section(proposed: ProposedSection) -> Section:
    """``proposed`` with what it states. A list of earlier changes that somebody kept by hand is marked as imported."""
    kind = kind_of(proposed.kind)
    values: dict[str, Any] = {name: _clean(proposed.kind, name, text) for name, text in proposed.texts.items()}
    values |= {fact.field: fact.value for fact in proposed.facts}
    texts = {name: value for name, value in values.items() if (known := kind.field(name)) and known.is_text}
    facts = {name: value for name, value in values.items() if (known := kind.field(name)) and not known.is_text}
    if proposed.kind == "earlier_history":
        facts["imported"] = True
    children = tuple(map(as_section, proposed.children))
    return Section(proposed.kind, str(uuid4()), without_empty(facts), without_empty(texts), children)


def _clean(kind: str, name: str, text: Any) -> Any:
    known = kind_of(kind).field(name)
    return sanitise(text) if known and known.type == "prose" and isinstance(text, str) else text
