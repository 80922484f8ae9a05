"""Verifying and exporting a long history: what they keep in memory, however long it is, and how the time grows."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from benchmarks.page import PUBLISHED, _change, _home, _policy
from wagtail_privacy.actions.record_version import record_event
from wagtail_privacy.actions.verify import verify
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.clock import at
from wagtail_privacy.exports.evidence import export
from wagtail_privacy.models import EventKind, Policy, Text, Version
from wagtail_privacy.reader.cache import clear_caches

Json = dict[str, Any]
#: A text says sixty purposes, as in the benchmark of the page.
SHORT, LONG = 100, 1000
LOW: Json = {"better": "lower"}
BARS = {"verify": 50, "export": 100}


def run() -> list[Json]:
    page = _policy(_home())
    policy = page.policy
    assert policy
    seconds: dict[tuple[str, int], float] = {}
    results = []
    for length in (SHORT, LONG):
        _lengthen(policy, length)
        for name, step in _steps(policy):
            clear_caches()
            seconds[name, length] = _seconds(step)
            if length == LONG:
                results.append(_result(name, step))
    for name in BARS:
        growth = seconds[name, LONG] / seconds[name, SHORT]
        results.append(
            {
                "name": f"{name} a history: time for {LONG} versions beside {SHORT}",
                "value": round(growth, 2),
                "bar": 1.2 * LONG / SHORT,
                **LOW,
                "unit": f"× {SHORT} versions",
                "how": f"CPU time, {seconds[name, LONG]:.1f} s against {seconds[name, SHORT]:.1f} s here",
            }
        )
    return results


def _steps(policy: Policy) -> Iterator[tuple[str, Callable[[], None]]]:
    yield "verify", lambda: _verify(policy)
    yield "export", lambda: _export(policy)


def _verify(policy: Policy) -> None:
    assert not [finding.message for finding in verify(policy)]


def _export(policy: Policy) -> None:
    with TemporaryDirectory() as directory:
        export(policy, Path(directory))


def _seconds(step: Callable[[], None]) -> float:
    started = process_time()
    step()
    return process_time() - started


def _result(name: str, step: Callable[[], None]) -> Json:
    clear_caches()
    gc.collect()
    tracemalloc.start()
    step()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {
        "name": f"{name} a history of {LONG} versions: memory",
        "value": round(peak / 1e6, 1),
        "bar": BARS[name],
        **LOW,
        "unit": "MB",
        "how": "tracemalloc's peak, nothing kept ready; each version says sixty purposes and changes one",
    }


def _lengthen(policy: Policy, length: int) -> None:
    """Record versions until there are ``length``, each with another storage period, in the chain as publishing does."""
    newest = policy.versions.select_related("policy").order_by("-number").first()
    assert newest
    text = Text.objects.get(version=newest)
    for number in range(newest.number + 1, length + 1):
        moment = PUBLISHED + timedelta(days=number)
        newest = Version.objects.create(
            policy=policy,
            number=number,
            builds_on=newest,
            published_at=moment,
            takes_effect_at=moment,
            materiality=Materiality.MINOR,
            proposed_materiality=Materiality.MINOR,
        )
        _next_text(text, newest, number)
        with at(moment):
            record_event(newest, EventKind.PUBLISHED, None, data=newest.facts())


def _next_text(text: Text, version: Version, number: int) -> None:
    text.changes_json, text.summary = [_change(text).to_json()], "Vi sparar längre."
    section = text.snapshot_json["sections"][number % len(text.snapshot_json["sections"])]
    (kept,) = (child for child in section["children"] if child["kind"] == "retention")
    kept["facts"]["duration"] = f"P{12 + number}M"
    text.pk, text.version, text._state.adding = None, version, True
    text.__dict__.pop("snapshot", None)
    text.digest, text.recorded_at = text.snapshot.digest, version.published_at
    text.save()
