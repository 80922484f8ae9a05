"""A rule about changes, and what it may look at besides the change itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from wagtail_privacy.changes.change import Change, Materiality, Reference
from wagtail_privacy.changes.free_text import said_in
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.policy.vocabulary import Label

Applies = Callable[["Change", "Context"], "Materiality | None"]


@dataclass(frozen=True)
class Rule:
    """One line of the law, of guidance or of good sense.

    ``applies`` returns the class of a change that the rule is about, else ``None``. ``source`` is the article,
    the paragraph of WP260 rev.01 or "own rule"; ``reason`` tells an editor why, in a sentence.
    """

    id: str
    source: str
    reason: Label
    applies: Applies


@dataclass(frozen=True)
class Context:
    """Both snapshots that a change lies between, and the rules in force, for rules that need more than the change."""

    old: Snapshot
    new: Snapshot
    rules: Sequence[Rule] = ()

    @property
    def language(self) -> str:
        return self.new.language

    def weigh(self, change: Change) -> Change:
        """``change`` with the class that the first rule to answer gives it, and that rule's id."""
        for rule in self.rules:
            if (materiality := rule.applies(change, self)) is not None:
                return change.weighed(materiality, rule.id)
        return change.weighed(Materiality.MATERIAL, UNKNOWN)

    def before(self, reference: Reference) -> Section | None:
        """The section as it was."""
        return self.old.by_id.get(reference.old_id or reference.id)

    def after(self, reference: Reference) -> Section | None:
        """The section as it is."""
        return self.new.by_id.get(reference.id)

    def before_all(self, *kinds: str) -> tuple[Section, ...]:
        return tuple(section for section in self._old_sections if section.kind in kinds)

    def after_all(self, *kinds: str) -> tuple[Section, ...]:
        return tuple(section for section in self._new_sections if section.kind in kinds)

    @cached_property
    def _old_sections(self) -> tuple[Section, ...]:
        return tuple(self.old.walk())

    @cached_property
    def _new_sections(self) -> tuple[Section, ...]:
        return tuple(self.new.walk())

    @cached_property
    def said_before(self) -> frozenset[str]:
        """Every sentence of the old policy, letters alone."""
        return said_in(_texts(self._old_sections))

    @cached_property
    def said_after(self) -> frozenset[str]:
        """Every sentence of the new policy, letters alone."""
        return said_in(_texts(self._new_sections))

    @cached_property
    def old_countries(self) -> frozenset[str]:
        """Where personal data went: the countries of recipients and transfers."""
        found = (section.facts.get("country") for section in self.before_all("recipient", "transfer"))
        return frozenset(str(code) for code in found if code)


#: The rule that decides where no other answers.
UNKNOWN = "unknown"


def _texts(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        for name, text in section.texts.items():
            if name != "heading":
                yield from [text] if isinstance(text, str) else text
