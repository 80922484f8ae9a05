"""Answers to findings: which finding an answer is to, and the facts that it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot, canonical_json, clean
from wagtail_privacy.review.finding import Finding

#: What an answer about the policy as a whole rests on, by rule: the kinds of section whose facts decide it.
RESTS_ON: Mapping[str, frozenset[str]] = {
    "recipients.missing": frozenset({"purpose", "data_category", "transfer", "cookie", "service"}),
    "provision.missing": frozenset({"purpose", "legal_basis"}),
    "representative.missing": frozenset({"controller"}),
}

#: The values of a finding that are no words.
_CODES = frozenset({"right", "basis", "mechanism", "country", "authority"})


def question_of(finding: Finding) -> str:
    """What an answer is kept under (32 hexadecimal digits): the rule, the place and what is missing there, whatever the
    language."""
    codes = sorted((name, str(value)) for name, value in finding.values.items() if name in _CODES)
    return _digest([finding.rule, finding.spot.section, finding.spot.field, codes])[:32]


def grounds_of(finding: Finding, snapshot: Snapshot) -> str:
    """SHA-256 (hex) of what an answer to ``finding`` rests on: the law's requirement, and the facts of the section that
    it is about or, of the policy as a whole, of the sections that decide it. Neither words nor ids, so that an answer
    holds in every language."""
    facts = sorted(canonical_json([section.kind, clean(section.facts)]) for section in _sections(finding, snapshot))
    return _digest([finding.rule, finding.severity, finding.article, facts])


def _sections(finding: Finding, snapshot: Snapshot) -> Iterator[Section]:
    kinds = RESTS_ON.get(finding.rule)
    section = snapshot.by_id.get(finding.spot.section)
    if kinds is not None:
        yield from (section for section in snapshot.walk() if section.kind in kinds)
    elif section is not None:
        yield from section.walk()
    else:
        yield from snapshot.walk()


def _digest(data: Iterable[object]) -> str:
    return hashlib.sha256(canonical_json(list(data)).encode()).hexdigest()
