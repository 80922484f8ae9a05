"""Legal grounds that came or went, and whether people are now asked first."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail_privacy.changes.difference import WEAK, StatementDifference
from wagtail_privacy.changes.prose_rules.explanations import is_explained_by_law
from wagtail_privacy.changes.prose_rules.subject import BENEFIT, MATERIAL, MINOR, Subject, verdict_of
from wagtail_privacy.changes.verdict import Verdict


def grounds(difference: StatementDifference, subject: Subject) -> Iterator[Verdict]:
    """Another ground gives people other rights; a law that is given as the reason does not."""
    gained = [u for u in difference.gained if u.kind == "ground"]
    found = [u for u in (*gained, *difference.lost) if u.kind == "ground" and u.key not in WEAK]
    if not found or subject.topic == "interest":
        return
    if asks_first(difference):
        yield verdict_of(BENEFIT, "prose-promise", found)
    elif is_explained_by_law(difference, found):
        yield verdict_of(MINOR, "prose-explained", found)
    else:
        consent_only = {u.value for u in found} == {"consent"} and (not gained or not difference.old.values("ground"))
        yield verdict_of(MATERIAL, "prose-ground", found, doubt=consent_only)


_ASKING = frozenset({("ground", "consent"), ("act", "consent_act"), ("act", "give"), ("operator", "only")})


def asks_first(difference: StatementDifference) -> bool:
    """Whether it is now done only with consent, and nothing else is said."""
    if difference.old.negators or difference.old.is_denied_by_its_place:
        return False  # "never" became "not without your consent"
    gained = {unit.key for unit in difference.gained}
    counts = difference.operators
    consents = bool(gained & {("ground", "consent"), ("act", "consent_act")}) or counts.get("unless", 0) < 0
    only = counts.get("only", 0) > 0 and counts.get("if", 0) >= 0
    others = counts.keys() - {"only", "if", "not", "negation", "unless"}
    lost = {unit.key for unit in difference.lost} - {("act", "refuse"), ("act", "give")}
    return consents and only and not others and not lost and gained <= _ASKING and not difference.old.values("ground")
