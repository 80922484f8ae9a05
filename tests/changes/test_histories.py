"""Real policies with their history: every step is compared, weighed and worded, and read pairs get their class.

The policies are not part of this repository; without them these tests skip. The pairs are those of ``histories.py``.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from tests.changes.histories import PAIRS, snapshot
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.materiality import highest, weigh
from wagtail_privacy.changes.sentences import lines, sentence

HERE = Path(__file__).resolve().parent
POLICIES = HERE.parent.parent.parent / "shared" / "policies"
#: How the pairs come out: by class that was wanted, how many are right, asked about, or of another class. They were
#: read before the rules were written, and no rule was changed for them.
MEASURED = json.loads((HERE / "measured.json").read_text(encoding="utf-8"))


def needs_policies() -> None:
    if POLICIES.is_dir():
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must provide the real policies as {POLICIES.name} beside the repository.")
    pytest.skip("needs the real policies (shared/policies beside the repository)")


def outcome(pair: dict[str, str]) -> str:
    """How a pair comes out: ``right``; ``asked``, material in doubt; or ``other``, a class that it should not have."""
    old, new = (snapshot(POLICIES, pair[side], pair.get("about", "")) for side in ("old", "new"))
    changes = weigh(compare(old, new), old, new)
    found = highest(changes)
    if found is not None and found.value == pair["expected"]:
        return "right"
    weightiest = [change for change in changes if change.materiality is found]
    return "asked" if found is Materiality.MATERIAL and all(change.doubt for change in weightiest) else "other"


@pytest.mark.slow
def test_the_read_pairs_come_out_as_measured() -> None:
    needs_policies()
    counts: dict[str, Counter[str]] = {}
    for pair in PAIRS:
        counts.setdefault(pair["expected"], Counter())[outcome(pair)] += 1
    assert {expected: dict(sorted(found.items())) for expected, found in sorted(counts.items())} == MEASURED


def test_the_pairs_cover_every_class() -> None:
    classes = Counter(pair["expected"] for pair in PAIRS)
    assert sum(classes.values()) >= 60
    assert all(classes[name] >= 10 for name in ("material", "minor", "benefit", "editorial"))


def steps() -> Iterator[tuple[str, str]]:
    """Every version of every policy with the one before it, in the order of their publication."""
    for meta in sorted(POLICIES.glob("*/meta.json")):
        data: dict[str, Any] = json.loads(meta.read_text(encoding="utf-8"))
        histories = data.get("locales", {"": data}).values()
        for history in histories:
            files = [f"{meta.parent.name}/{version['file']}" for version in history["versions"]]
            yield from zip(files, files[1:], strict=False)


@pytest.mark.slow
def test_every_step_of_every_history_is_worded_in_six_languages() -> None:
    needs_policies()
    count = 0
    for before, after in steps():
        old, new = snapshot(POLICIES, before), snapshot(POLICIES, after)
        changes = weigh(compare(old, new), old, new)
        for language in ("sv", "en", "fi", "nb", "da", "de"):
            with override(language):
                assert all(sentence(change).strip() for change in changes), (before, after, language)
                assert sum(len(line.changes) for line in lines(changes)) == len(changes)
        count += 1
    assert count > 200
