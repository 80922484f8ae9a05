"""Timing of two ways beside each other: machines are noisy, so only what ran in turn is compared."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any


def paired(way: Callable[[], Any], other: Callable[[], Any], rounds: int) -> list[tuple[float, float]]:
    """Seconds of both ways, round by round, each the first in every second round."""
    way(), other()
    found = []
    with _without_collector():
        for number in range(rounds):
            both = (way, other) if number % 2 else (other, way)
            first, second = (seconds(each) for each in both)
            found.append((first, second) if number % 2 else (second, first))
    return found


def seconds(way: Callable[[], Any]) -> float:
    gc.collect()
    started = perf_counter()
    way()
    return perf_counter() - started


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
