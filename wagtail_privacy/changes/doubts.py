"""What an editor answers where the program cannot tell whether a text says more than before.

An answer is knowledge about these very words: it holds under the key of their question and for no others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.policy.vocabulary import Label

#: Does the text now say more about what you do with people's data?
QUESTION = _("Does the text now say more about what you do with people’s data?")
#: That question in a key.
MEANING = "meaning"
OTHER = "other"
#: The answers, in the order in which they are offered: their words and the class that follows.
ANSWERS: Mapping[str, tuple[Label, Materiality]] = {
    "same": (_("No, the same in other words"), Materiality.EDITORIAL),
    "less": (_("Less: fewer data, fewer recipients or a shorter time"), Materiality.BENEFIT),
    "purpose": (_("Yes, a new purpose"), Materiality.MATERIAL),
    "recipient": (_("Yes, a new recipient"), Materiality.MATERIAL),
    "data": (_("Yes, more data"), Materiality.MATERIAL),
    "longer": (_("Yes, a longer time"), Materiality.MATERIAL),
    OTHER: (_("Something else"), Materiality.MATERIAL),
}


def asked(change: Change, statements: Sequence[tuple[str, str]]) -> Change:
    """``change`` in doubt about ``statements``: other words, another section or another question make another key."""
    where = [change.section.id if change.section else "", change.field]
    question = sha256(json.dumps([*where, *statements, MEANING], ensure_ascii=False).encode()).hexdigest()[:32]
    return replace(change, question=question, statements=tuple(statements))


@dataclass(frozen=True, slots=True)
class DoubtAnswer:
    """A code of :data:`ANSWERS`, and a sentence in ``note`` where it is ``"other"``.

    ``by`` is the key of the account that answered, ``at`` the moment in ISO 8601; both empty where code answered.
    """

    answer: str
    note: str = ""
    by: str = ""
    at: str = ""

    @property
    def is_complete(self) -> bool:
        return self.answer in ANSWERS and (self.answer != OTHER or bool(self.note.strip()))

    @property
    def materiality(self) -> Materiality:
        return ANSWERS[self.answer][1]

    def to_json(self) -> dict[str, str]:
        values = {"answer": self.answer, "note": self.note, "by": self.by, "at": self.at}
        return {name: value for name, value in values.items() if value}

    @classmethod
    def from_json(cls, data: object) -> DoubtAnswer:
        """The answer that :meth:`to_json` wrote, or a bare code; an incomplete one for anything else."""
        if isinstance(data, str):
            return cls(data)
        values = data if isinstance(data, Mapping) else {}
        return cls(*(str(values.get(name, "")) for name in ("answer", "note", "by", "at")))


def with_answers(changes: Iterable[Change], answers: Mapping[str, DoubtAnswer]) -> tuple[Change, ...]:
    """``changes`` with the class that follows from what was answered about those in doubt."""
    return tuple(_answered(change, answers.get(change.question)) for change in changes)


def _answered(change: Change, answer: DoubtAnswer | None) -> Change:
    if not change.question or answer is None or not answer.is_complete:
        return change
    return replace(change, materiality=answer.materiality, answer=answer.to_json())
