"""Is this change to a privacy policy material? Labelled pairs, and how well a program tells (README.md).

``python -m benchmarks.materiality`` prints the tables; ``python -m benchmarks materiality`` holds our own pairs
against the bars.
"""

from __future__ import annotations

from typing import Any


def run() -> list[dict[str, Any]]:
    from benchmarks.materiality.measures import outcomes
    from benchmarks.materiality.pairs import ours
    from benchmarks.materiality.program import program

    counts = outcomes([(pair, program(pair)) for pair in ours()])
    answered = counts["all"] - counts["asked"]
    return [
        _result("material missed", counts["missed"], 0),
        _result("material told as a question", counts["told in doubt"] / counts["material"], 0.25),
        _result("false alarms", counts["false alarm"] / counts["harmless"], 0.04),
        _result("harmless asked about", counts["asked"] / counts["harmless"], 0.15),
        _result("right of what is not asked about", counts["all right"] / answered, 0.95, "higher"),
    ]


def _result(name: str, value: float, bar: float, better: str = "lower") -> dict[str, Any]:
    how = "benchmarks/materiality/pairs.jsonl, each pair read as a policy of its own"
    unit = "pairs" if isinstance(value, int) else "share"
    return {"name": f"materiality: {name}", "value": value, "bar": bar, "better": better, "unit": unit, "how": how}
