"""What a difference between two statements means: its class, why, and the words that show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail_privacy.changes.change import Materiality


@dataclass(frozen=True, slots=True)
class Verdict:
    """``rule`` is the id of the rule that says why; ``words`` show it; ``old`` and ``new`` are the statements.

    ``doubt`` says that the class is a guess on the safe side, which an editor is asked about.
    """

    materiality: Materiality
    rule: str
    words: str = ""
    old: str = ""
    new: str = ""
    doubt: bool = False

    @property
    def weight(self) -> int:
        """Orders verdicts: the highest class first, among equals one that is certain."""
        return self.materiality.weight * 2 - self.doubt


def worst(verdicts: Iterable[Verdict]) -> Verdict | None:
    return max(verdicts, key=lambda verdict: verdict.weight, default=None)
