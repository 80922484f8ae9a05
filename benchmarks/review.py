"""How fast a policy is judged, beside composing it from its StreamField."""

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
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.prose.quantities import numeral
from wagtail_privacy.prose.reader import _units, read_sentence
from wagtail_privacy.prose.sentences import split
from wagtail_privacy.prose.tokens import tokens
from wagtail_privacy.review import texts
from wagtail_privacy.review.check import review
from wagtail_privacy.review.law import law

BLOCKS = 200
ROUNDS = 15
DAY = date(2026, 11, 26)

Json = dict[str, Any]


def run() -> list[Json]:
    stored = [json.dumps(body) for body in _bodies(BLOCKS)]
    policies = [_composed(body) for body in stored]
    composing = partial(_composed, stored[0])
    return [
        _result(
            f"review, {BLOCKS} sections, again",
            "again",
            paired(partial(_judged, policies[0]), composing, ROUNDS, clock=process_time),
            1,
        ),
        _result(
            f"review, {BLOCKS} sections, first",
            "of texts never seen",
            [_of_texts_never_seen(policies[0], composing) for _round in range(ROUNDS)],
        ),
    ]


def _composed(body: str) -> Snapshot:
    locale, _ = Locale.objects.get_or_create(language_code="sv")
    return compose(PolicyPage(title="Integritetspolicy", locale=locale, body=body)).snapshot


def _judged(policy: Snapshot) -> object:
    return review(policy, law("SE"), DAY)


def _of_texts_never_seen(policy: Snapshot, composing: Callable[[], object]) -> tuple[float, float]:
    """Every text and sentence is forgotten before; the language's words are known, as in any worker after a while."""
    for remembered in (texts.read_text, texts.topics_of, read_sentence, _units, tokens, numeral, split):
        remembered.cache_clear()
    with _without_collector():
        return seconds(partial(_judged, policy), clock=process_time), seconds(composing, clock=process_time)


def _result(name: str, what: str, rounds: list[tuple[float, float]], bar: float | None = None) -> Json:
    return {
        "name": name,
        "value": median(ours / composing for ours, composing in rounds),
        "bar": bar,
        "better": "lower",
        "unit": "× composing",
        "how": f"{BLOCKS} sections judged {what}, beside composing them from their StreamField; median of the rounds",
    }
