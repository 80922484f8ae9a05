"""Promises: whole sentences of a few closed shapes. What is bounded otherwise stays text, a code alone would lie."""

from __future__ import annotations

import re

from wagtail_privacy.imports.recognition.sentences import PlacedSentence


def commitment(sentence: PlacedSentence) -> str:
    """The code of the promise that a sentence makes, empty if it makes none."""
    statement = sentence.statement
    acts = {unit.value for unit in statement.of("act")}
    if acts & {"inform", "request"} and "new_purpose" in sentence.said and not statement.negators:
        return "tell_before_new_purpose"
    if statement.operators["may"] or not statement.negators and not statement.operators["only"]:
        return ""
    if statement.negators > 1 and not acts <= {"sell", "rent", "share"}:
        return ""
    return _denied(sentence, acts)


def _denied(sentence: PlacedSentence, acts: set[str]) -> str:
    bounded = _is_bounded(sentence)
    given = {"share", "transfer", "give", "sell", "publish"}
    if "marketing" in sentence.said and _denies(sentence, given):
        return "no_third_party_marketing" if _names_others(sentence) and not _has_two_clauses(sentence) else ""
    if not bounded and _denies(sentence, {"sell", "rent"}):
        return "no_sale"
    if not bounded and "train" in acts and _denies(sentence, {"train", "use"}):
        return "no_ai_training"
    stated = not bounded or "stated_here" in sentence.said
    return "no_disclosure" if stated and _names_others(sentence) and _denies(sentence, {"share"}) else ""


#: So far from the act its negation stands at most: "geben Ihre Daten nicht an Dritte weiter".
_NEAR = 7


def _denies(sentence: PlacedSentence, acts: set[str]) -> bool:
    """Whether one of ``acts`` is denied, not something else in the sentence: "including, but not limited to"."""
    if sentence.statement.operators["only"]:
        return bool(sentence.statement.acts & acts)  # "not … without" and its like, whose place is that of "without"
    units = sentence.statement.units
    denials = [u for u in units if u.kind == "operator" and u.value in ("not", "no_longer")]
    done = [u for u in units if u.kind == "act" and u.value in acts]
    return any(abs(one.at - other.at) <= _NEAR for one in denials for other in done)


def _has_two_clauses(sentence: PlacedSentence) -> bool:
    """Whether two things are promised: "we never sell …, and we don't use your name in marketing"."""
    return len(re.findall(r"\b(?:we|vi|wir|me)\b", sentence.text, re.IGNORECASE)) > 1


def _is_bounded(sentence: PlacedSentence) -> bool:
    """Whether there is a condition or an exception: "without your consent", "unless the law requires it"."""
    operators = sentence.statement.operators
    return any(operators[name] for name in ("if", "unless", "without", "except", "only", "as_a_rule", "sometimes"))


def _names_others(sentence: PlacedSentence) -> bool:
    return bool(sentence.statement.values("party") & {"third_party", "advertiser", "partner", "recipient", "broker"})
