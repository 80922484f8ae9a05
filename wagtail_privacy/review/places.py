"""Where prose says that data go: third countries, and that they do not leave the EU."""

from __future__ import annotations

from collections.abc import Iterable

from wagtail_privacy.prose.regions import EEA
from wagtail_privacy.review.contents import ReadSentence

#: Parties of the lexicon that receive data.
RECEIVING = frozenset(
    {
        *("processor", "third_party", "recipient", "partner", "advertiser", "broker", "bank", "insurer", "group"),
        *("police", "tax_authority", "social_media", "analytics_provider", "payment_provider", "carrier"),
        *("collector", "credit_agency", "auditor"),
    }
)
#: Those that say more than "others".
SPECIFIC = RECEIVING - {"partner", "third_party", "recipient"}
_MOVED = frozenset({"transfer", "share", "store", "host", "use", "publish", "sell"})


#: Acts that are no processing by themselves, and are with data: "we send your data to …".
_HANDLED = frozenset({"contact", "host", "deliver", "administer"})
_WEAKENED = ("if", "unless", "except", "without", "only", "as_a_rule", "sometimes")


def third_countries(sentences: Iterable[ReadSentence]) -> set[str]:
    """ISO codes of the countries outside the EEA that the sentences name."""
    return {unit.value for said in sentences for unit in said.statement.of("country") if unit.value not in EEA}


def is_denied_transfer(said: ReadSentence) -> bool:
    """Whether a sentence says that nothing goes there: "never outside the EU"."""
    return "only_inside_eea" in said.topics or bool(said.statement.negators) and "inside_eea" in said.topics


def goes_abroad(said: ReadSentence) -> bool:
    """Whether data go to a third country, or someone there has them: not what people there may do."""
    if "country" not in said.kinds and "outside_eea" not in said.topics:
        return False
    statement = said.statement
    if statement.negators or is_denied_transfer(said) or statement.has("right", "right") or is_weakened(said):
        return False
    abroad = any(unit.value not in EEA for unit in statement.of("country")) or "outside_eea" in said.topics
    handled = statement.tells_of_processing or bool(statement.acts & _HANDLED) or bool(statement.values("party"))
    return abroad and handled and bool(statement.values("data") or statement.acts & _MOVED)


def is_weakened(said: ReadSentence) -> bool:
    """Whether a condition or an exception leaves something open."""
    return any(said.statement.operators[name] for name in _WEAKENED)


def is_promise_to_stay(said: ReadSentence) -> bool:
    """Whether it is said without a condition that data stay in the EU/EEA."""
    operators = said.statement.operators
    weakened = any(
        operators[name] for name in ("if", "unless", "except", "as_a_rule", "sometimes", "without", "may_you")
    )
    moves = bool(said.statement.acts & _MOVED) or bool(said.statement.values("data"))
    return "only_inside_eea" in said.topics and moves and not weakened
