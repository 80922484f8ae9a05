"""What verdicts are worth: outcomes, matrices, agreement, and how sure one can be of a share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import sqrt

from benchmarks.materiality.pairs import CLASSES, Pair

#: The columns of a matrix. "asked" is material until a person has answered; "none" counts as editorial.
VERDICTS = ("material", "asked", "minor", "benefit", "editorial")
#: Of a normal distribution, for 95 %.
_Z = 1.959963984540054

Judged = Sequence[tuple[Pair, str]]


def outcome(pair: Pair, verdict: str) -> str:
    """What became of a pair.

    Of those that only material can be defended for: "told", "told in doubt" or "missed". Of the others: "right",
    "asked" (in doubt, neither right nor wrong), "false alarm" or "other class".
    """
    found = "material" if verdict == "asked" else verdict
    if pair.classes == ("material",):
        return "missed" if found != "material" else "told in doubt" if verdict == "asked" else "told"
    if found in pair.classes:
        return "right"
    return "asked" if verdict == "asked" else "false alarm" if found == "material" else "other class"


def outcomes(judged: Judged) -> Counter[str]:
    """How many pairs had each outcome, and of how many.

    Of "all", of the "material" (nothing else can be defended), or of the "harmless" (material cannot be defended).
    """
    counts = Counter(outcome(pair, verdict) for pair, verdict in judged)
    counts["all"] = len(judged)
    counts["material"] = sum(pair.classes == ("material",) for pair, _verdict in judged)
    counts["harmless"] = sum("material" not in pair.classes for pair, _verdict in judged)
    counts["all right"] = counts["told"] + counts["told in doubt"] + counts["right"]
    return counts


def matrix(judged: Judged) -> dict[str, Counter[str]]:
    """By label, how often each verdict."""
    rows = {name: Counter[str]() for name in CLASSES}
    for pair, verdict in judged:
        rows[pair.label]["editorial" if verdict == "none" else verdict] += 1
    return rows


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The interval that holds a share with 95 % confidence (Wilson 1927)."""
    if not whole:
        return 0.0, 1.0
    share, z2 = part / whole, _Z**2
    middle = share + z2 / (2 * whole)
    reach = _Z * sqrt(share * (1 - share) / whole + z2 / (4 * whole**2))
    scale = 1 + z2 / whole
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def kappa(labels: Iterable[tuple[str, str]]) -> float:
    """How far two readers agree beyond chance (Cohen 1960): 1 is always, 0 as chance would."""
    pairs = list(labels)
    same = sum(a == b for a, b in pairs) / len(pairs)
    first, second = Counter(a for a, _b in pairs), Counter(b for _a, b in pairs)
    chance = sum(first[name] * second[name] for name in first) / len(pairs) ** 2
    return (same - chance) / (1 - chance)
