"""Timing of two ways beside each other: machines are noisy, so only what ran in turn is compared."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

Clock = Callable[[], float]


def paired(
    way: Callable[[], Any], other: Callable[[], Any], rounds: int, *, times: int = 1, clock: Clock = perf_counter
) -> list[tuple[float, float]]:
    """Seconds of both ways, round by round, each the first in every second round.

    Each runs ``times`` in a row: what takes a millisecond would else measure what the machine did beside it. With
    ``time.process_time`` as the ``clock``, they are seconds of this process alone.
    """
    way(), other()
    found = []
    with _without_collector():
        for number in range(rounds):
            gc.collect()
            both = (way, other) if number % 2 else (other, way)
            first, second = (seconds(each, times, clock) for each in both)
            found.append((first, second) if number % 2 else (second, first))
    return found


def seconds(way: Callable[[], Any], times: int = 1, clock: Clock = perf_counter) -> float:
    started = clock()
    for _ in range(times):
        way()
    return (clock() - started) / times


@contextmanager
def _without_collector() -> Iterator[None]:
    """Collections fall due by the number of objects made, anywhere: they would be charged to either way by chance."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
