"""How fast a policy is judged, beside composing it from its StreamField.

Like with like: *again* is beside composing again, both with what they remember of the texts; *first* is beside
composing for the first time, neither having seen the texts, since the sanitiser remembers them as the reader does.
What the first reading is beside composing *again* is measured too, as it was before: no bar is claimed for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from statistics import median
from time import process_time
from typing import Any

from wagtail.models import Locale

from benchmarks._rounds import _without_collector, paired, seconds
from benchmarks.compare import _bodies
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.models import PolicyPage
from wagtail_privacy.policy.sanitise import _cleaned
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.prose.quantities import numeral
from wagtail_privacy.prose.reader import _words, read_sentence
from wagtail_privacy.prose.sentences import split
from wagtail_privacy.prose.tokens import tokens
from wagtail_privacy.review import texts
from wagtail_privacy.review.all_findings import review
from wagtail_privacy.review.law import law

BLOCKS = 200
ROUNDS = 15
DAY = date(2026, 11, 26)

Json = dict[str, Any]


def run() -> list[Json]:
    stored = [json.dumps(body) for body in _bodies(BLOCKS)]
    policy = _composed(stored[0])
    composing = partial(_composed, stored[0])
    first = [_of_texts_never_seen(policy, composing) for _round in range(ROUNDS)]
    return [
        _result(
            f"review, {BLOCKS} sections, again",
            "judged again, beside composing them again",
            paired(partial(_judged, policy), composing, ROUNDS, clock=process_time),
        ),
        _result(
            f"review, {BLOCKS} sections, first",
            "never seen judged, beside composing them for the first time",
            [(judged, composed) for judged, composed, _again in first],
        ),
        _result(
            f"review, {BLOCKS} sections, first beside composing again",
            "never seen judged, beside composing them again",
            [(judged, again) for judged, _composed, again in first],
            None,
        ),
    ]


def _composed(body: str) -> Snapshot:
    locale, _ = Locale.objects.get_or_create(language_code="sv")
    return compose(PolicyPage(title="Integritetspolicy", locale=locale, body=body)).snapshot


def _judged(policy: Snapshot) -> object:
    return review(policy, law("SE"), DAY)


def _of_texts_never_seen(policy: Snapshot, composing: Callable[[], object]) -> tuple[float, float, float]:
    """Seconds of judging, of composing, and of composing again. Every text and sentence is forgotten before; the
    language's words are known, as in any worker after a while."""
    for remembered in (texts.read_text, texts.topics_of, read_sentence, _words, tokens, numeral, split, _cleaned):
        remembered.cache_clear()
    with _without_collector():
        composed, again = (seconds(composing, clock=process_time) for _time in range(2))
        return seconds(partial(_judged, policy), clock=process_time), composed, again


def _result(name: str, what: str, rounds: list[tuple[float, float]], bar: float | None = 1) -> Json:
    return {
        "name": name,
        "value": median(ours / composing for ours, composing in rounds),
        "bar": bar,
        "better": "lower",
        "unit": "× composing",
        "how": f"{BLOCKS} sections {what}; median of {ROUNDS} rounds, in seconds of the process",
    }
