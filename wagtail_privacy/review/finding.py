"""What the review finds: a rule that a policy breaks, where, and what to do, in the editor's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from wagtail_privacy.policy import words
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.vocabulary import LEGAL_BASES, RIGHTS, TRANSFER_MECHANISMS
from wagtail_privacy.review.law import Severity
from wagtail_privacy.review.messages import MESSAGES

#: A longer quotation is cut.
LONGEST_QUOTE = 240


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a policy: the ids of the blocks that lead to it, the outermost first; the field; the words there.

    No id is the policy as a whole, no field the block as a whole.
    """

    path: tuple[str, ...] = ()
    field: str = ""
    quote: str = ""

    @property
    def section(self) -> str:
        """The id of the section itself."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. ``article`` is written as in the vocabulary (``"13.2 a"``); ``values`` fill the message's
    placeholders; ``other`` is the second place of a contradiction. ``answerable``: "we have none" is an answer.
    ``statute`` is the national law beside the article."""

    rule: str
    severity: Severity
    article: str
    spot: Spot = Spot()
    values: Mapping[str, Any] = field(default_factory=dict)
    other: Spot | None = None
    answerable: bool = False
    rank: int = 0
    statute: str = ""

    @property
    def message(self) -> str:
        """What is missing or wrong, as a sentence in the active language."""
        template = str(MESSAGES[self.rule])
        said = {name: _SPEAKERS.get(name, str)(value) for name, value in self.values.items()}
        return template.format(**said) if said else template

    @property
    def citation(self) -> str:
        """The article as the active language cites it, with the national statute beside it."""
        article = words.citation(self.article)
        return f"{article}; {self.statute}" if self.statute else article

    def to_json(self) -> dict[str, str]:
        """For other programs: the section by its id, the article as the Regulation's English text writes it."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "article": short_citation(self.article),
            "section": self.spot.section,
            "field": self.spot.field,
            "message": self.message,
            "quote": self.spot.quote,
        }


def short_citation(article: str) -> str:
    """``"13.2 a"`` as ``"13(2)(a)"``."""
    return re.sub(r" ([a-z])$", r"(\1)", re.sub(r"(\d)\.(\d+)", r"\1(\2)", article))


def cut(quote: str) -> str:
    """``quote`` on one line, at most :data:`LONGEST_QUOTE` characters long."""
    line = " ".join(quote.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 2].rsplit(' ', 1)[0]} …"


def _section(value: Any) -> str:
    return words.name_of(value) if isinstance(value, Section) else str(value or _("The policy"))


def _rights(value: Any) -> str:
    return words.listing(RIGHTS.label(code) for code in value)


#: How the value of a placeholder is said, by the placeholder's name; any other is said as it stands.
_SPEAKERS: Mapping[str, Callable[[Any], str]] = {
    "section": _section,
    "right": lambda value: str(RIGHTS.label(value)),
    "rights": _rights,
    "basis": lambda value: str(LEGAL_BASES.label(value)),
    "mechanism": lambda value: str(TRANSFER_MECHANISMS.label(value)),
    "country": words.country,
    "authority": words.authority,
    "duration": words.duration,
    "other_duration": words.duration,
    "count": words.number,
    "other_count": words.number,
    "day": words.day,
    "quote": lambda value: words.quoted(cut(value)),
    "other_quote": lambda value: words.quoted(cut(value)),
}
