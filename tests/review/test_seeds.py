"""Five real policies, read before: what is wrong in them, as text and as blocks."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from tests.blocks.bodies import composed
from tests.blocks.test_seeds import BODIES
from tests.conftest import unavailable
from tests.seeds.seed import SEEDS, Seed
from wagtail_privacy.imports.plain_text import read_text
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.review.all_findings import review
from wagtail_privacy.review.finding import Finding
from wagtail_privacy.review.law import law

DAY = date(2026, 11, 26)
ALL_RIGHTS = ["access", "rectification", "erasure", "restriction", "portability", "objection"]


@pytest.fixture(autouse=True)
def _seeds() -> None:
    if not SEEDS.is_dir():
        unavailable(f"the real policies in {SEEDS.parent.name}/{SEEDS.name} beside the repository")


def judged(policy: Snapshot) -> tuple[Finding, ...]:
    return review(policy, law("SE"), DAY)


def as_text(number: int) -> tuple[Finding, ...]:
    """The lines of these files are paragraphs."""
    (path,) = SEEDS.glob(f"{number:03d}_*.txt")
    return judged(read_text(path.read_text(encoding="utf-8").replace("\n", "\n\n"), "sv"))


def rules(findings: tuple[Finding, ...]) -> Counter[str]:
    return Counter(finding.rule for finding in findings)


#: As text. What each rule stands for by its number in the list of lint rules that was made by reading:
#: L-01 authority.renamed, L-03 transfer.invalid, L-04 text.vague, L-05 change.check_back, L-06 consent.deemed, L-07
#: rights.limit and rights.renamed, L-08 retention.empty, L-09 transfer.country, L-10 dpo.contact, L-11 rights.missing,
#: L-12 conflict.count, L-13 conflict.reference, L-14 text.undated, text.date_promised (below), L-15 text.placeholder,
#: L-16 text.anonymous, L-17 text.absolute, L-18 text.heading_language, L-19 text.term, L-21 text.stale, L-22 text.hard,
#: L-23 text.long, L-24 recipients.merger, L-25 text.defunct.
#:
#: Where this differs from that list, after reading:
#: - L-04 in 000 and 004: "exempelvis" and "bland annat" are examples of what is said; only what may or may not be done
#:   is left open. So the vague words are "kan komma att" and its like, where data are used or handed on.
#: - L-14 (no date): asked of files alone; the plugin shows on every page from when it applies, and when it was changed.
#: - L-17 "aldrig": what one never does can be promised and kept; that nothing leaves the servers, come what may, can't.
#: - L-19 in 001: "personuppgiftsansvarig" for a contact person is right where that company is the controller.
#: - L-20, L-26: of translations, and of marketing on two bases; none in these texts.
#: - L-23: one finding a text, its longest sentence: 001 has fifteen in one text.
#: Beyond it: 004 denies erasure for legitimate interest (Art. 17(1)(c)); 002 and 004 don't say whether data must be
#: given; 002 and 000 state no legal basis; 003 gives no copy of its safeguards; 002 has the number without a ground.
TEXTS: list[dict[str, int]] = [
    {
        "retention.missing": 1,
        "rights.missing": 6,
        "rights.withdraw": 1,
        "complaint.missing": 1,
        "basis.missing": 1,
        "controller.missing": 1,
        "controller.contact": 1,
        "text.long": 1,
    },
    {
        "retention.empty": 1,
        "consent.deemed": 1,
        "transfer.country": 1,
        "transfer.invalid": 1,
        "authority.renamed": 2,
        "text.placeholder": 1,
        "recipients.merger": 1,
        "change.check_back": 1,
        "conflict.count": 1,
        "conflict.reference": 2,
        "text.defunct": 1,
        "text.vague": 1,
        "text.hard": 1,
        "text.long": 1,
    },
    {
        "retention.empty": 1,
        "rights.missing": 4,
        "rights.withdraw": 1,
        "complaint.missing": 1,
        "basis.missing": 1,
        "consent.deemed": 1,
        "provision.missing": 1,
        "national_id.ground": 1,
        "rights.renamed": 1,
        "change.check_back": 1,
        "text.vague": 1,
        "text.stale": 1,
        "text.heading_language": 1,
        "text.term": 2,
    },
    {
        "retention.empty": 1,
        "rights.missing": 1,
        "transfer.country": 1,
        "transfer.copy": 1,
        "authority.renamed": 1,
        "text.anonymous": 1,
        "text.vague": 1,
        "text.stale": 1,
        "text.long": 1,
    },
    {
        "retention.empty": 1,
        "conflict.right": 1,
        "rights.limit": 1,
        "consent.deemed": 1,
        "dpo.contact": 1,
        "authority.renamed": 1,
        "provision.missing": 1,
        "text.absolute": 1,
    },
]
MISSING_RIGHTS = [ALL_RIGHTS, [], ["access", "restriction", "portability", "objection"], ["objection"], []]


@pytest.mark.parametrize("number", range(5))
def test_what_is_wrong_in_the_text(number: int) -> None:
    findings = as_text(number)
    assert rules(findings) == TEXTS[number]
    assert [f.values["right"] for f in findings if f.rule == "rights.missing"] == MISSING_RIGHTS[number]


#: L-14, of a file: 001 promises a date and has none, 002 has one, and the others don't.
UNDATED = [["text.undated"], ["text.date_promised"], [], ["text.undated"], ["text.undated"]]


@pytest.mark.parametrize("number", range(5))
def test_whether_the_text_is_dated(number: int) -> None:
    (path,) = SEEDS.glob(f"{number:03d}_*.txt")
    text = read_text(path.read_text(encoding="utf-8").replace("\n", "\n\n"), "sv")
    found = [finding.rule for finding in review(text, law("SE"), DAY, shows_day=False)]
    assert [rule for rule in found if rule in ("text.undated", "text.date_promised")] == UNDATED[number]


#: As blocks: bases, periods and cookies are asked for one by one.
BLOCKS: list[dict[str, int]] = [
    {
        "retention.missing": 7,
        "rights.missing": 6,
        "rights.withdraw": 1,
        "complaint.missing": 1,
        "basis.missing": 7,
        "controller.contact": 1,
    },
    {
        "basis.missing": 5,
        "basis.several": 1,
        "transfer.country": 1,
        "source.public": 2,
        "text.defunct": 1,
    },
    {
        "retention.empty": 1,
        "rights.missing": 4,
        "rights.withdraw": 1,
        "complaint.missing": 1,
        "basis.missing": 7,
        "national_id.ground": 1,
        "provision.missing": 1,
        "rights.renamed": 1,
        "cookie.consent": 1,
        "cookie.incomplete": 4,
    },
    {
        "rights.missing": 1,
        "basis.missing": 1,
        "transfer.country": 1,
        "transfer.copy": 1,
        "cookie.incomplete": 1,
    },
    {
        "retention.empty": 1,
        "rights.limit": 2,
        "basis.missing": 6,
        "dpo.contact": 1,
        "provision.missing": 1,
        "recipients.missing": 1,
    },
]


@pytest.mark.parametrize("number", range(5))
def test_what_is_missing_in_the_blocks(number: int) -> None:
    policy = composed(*BODIES[number](Seed.read(number))).snapshot
    findings = judged(policy)
    assert rules(findings) == BLOCKS[number]
    assert all(finding.spot.section in policy.by_id for finding in findings if finding.spot.path)


def test_the_small_policy_that_nobody_spoke_about() -> None:
    """Seven purposes without a legal basis, five rights missing, no way to complain, a number without a ground."""
    found = rules(judged(composed(*BODIES[2](Seed.read(2))).snapshot))
    assert found["basis.missing"] == 7
    assert found["rights.missing"] + found["rights.withdraw"] == 5
    assert found["complaint.missing"] == found["national_id.ground"] == 1


def test_the_worst_comes_first() -> None:
    findings = as_text(2)
    assert [finding.rule for finding in findings][:2] == ["retention.empty", "rights.missing"]
    assert [finding.severity for finding in findings] == sorted(
        (finding.severity for finding in findings), key=["error", "warning", "info"].index
    )
