"""What a text is about by where it stands, and how a verdict about it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.changes.difference import StatementDifference
from wagtail_privacy.changes.verdict import Verdict
from wagtail_privacy.prose.statement import Unit

MATERIAL, MINOR = Materiality.MATERIAL, Materiality.MINOR
BENEFIT, EDITORIAL = Materiality.BENEFIT, Materiality.EDITORIAL


@dataclass(frozen=True, slots=True)
class Subject:
    """What a text is about by where it stands: a field of a kind, or free text. ``gain`` and ``loss`` say what more or
    fewer words of content in it mean where no more is known; empty, the sentence itself must tell.
    """

    topic: str = ""
    gain: Materiality | None = None
    loss: Materiality | None = None


#: Text that may be about anything.
FREE = Subject()


def verdict_of(
    materiality: Materiality, rule: str, units: Iterable[Unit] | str = "", *, doubt: bool = False
) -> Verdict:
    """A verdict, shown by the words of ``units``."""
    words = units if isinstance(units, str) else ", ".join(dict.fromkeys(unit.raw for unit in units if unit.raw))
    return Verdict(materiality, rule, words, doubt=doubt)


#: Says what one kind of difference between two statements means, if there is any.
Judge = Callable[[StatementDifference, Subject], Iterator[Verdict]]


def keys(kind: str, values: Iterable[str]) -> frozenset[tuple[str, str]]:
    return frozenset((kind, value) for value in values)
