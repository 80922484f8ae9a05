"""The tables, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.materiality.measures import VERDICTS, Judged, kappa, matrix, outcomes, wilson
from benchmarks.materiality.pairs import Pair
from benchmarks.materiality.real import READERS, RealPair

#: What is counted of a set, of how many.
SHARES = (
    ("right", "all right", "all"),
    ("material missed", "missed", "material"),
    ("material told as a question", "told in doubt", "material"),
    ("false alarms", "false alarm", "harmless"),
    ("harmless asked about", "asked", "harmless"),
)

#: By the name of a system, each pair with its verdict.
Results = Mapping[str, Judged]


def of_set(title: str, results: Results, *, brief: bool = False) -> Iterator[str]:
    """All tables of one set of pairs; ``brief`` leaves out those by kind, and of all systems but the program."""
    yield from (f"### {title}", "")
    yield from overall(results)
    for name, judged in results.items():
        if name == "program" or not brief:
            yield from (f"#### {title}: {name}", "")
            yield from confusion(judged)
            for group in ("set", "language") if brief else ("set", "language", "kind"):
                yield from grouped(group, judged)


def overall(results: Results) -> Iterator[str]:
    """A row for each system, a column for each share with its interval."""
    yield from _header("system", *(name for name, _part, _whole in SHARES))
    for name, judged in results.items():
        counts = outcomes(judged)
        yield _row(name, *(share(counts[part], counts[whole]) for _name, part, whole in SHARES))
    yield ""


def confusion(judged: Judged) -> Iterator[str]:
    """A row for each label, a column for each verdict."""
    yield from _header("label ↓ verdict →", *VERDICTS)
    for label, found in matrix(judged).items():
        yield _row(label, *(str(found[verdict]) for verdict in VERDICTS))
    yield ""


def grouped(name: str, judged: Judged) -> Iterator[str]:
    """A row for each set, language or kind, where there are several: parts and wholes, without intervals."""
    groups: dict[str, list[tuple[Pair, str]]] = {}
    for pair, verdict in judged:
        groups.setdefault(getattr(pair, name), []).append((pair, verdict))
    if len(groups) < 2:
        return
    yield from _header(name, *(title for title, _part, _whole in SHARES))
    for group, found in sorted(groups.items()):
        counts = outcomes(found)
        yield _row(group, *(f"{counts[part]} of {counts[whole]}" for _name, part, whole in SHARES))
    yield ""


def agreement(pairs: list[RealPair]) -> Iterator[str]:
    """How far the two readers agree."""
    first, second = READERS
    labels = [(pair.labels[first].name, pair.labels[second].name) for pair in pairs]
    material = [(str(a == "material"), str(b == "material")) for a, b in labels]
    unsure = [sum(pair.labels[reader].uncertain for pair in pairs) for reader in READERS]
    yield from ("### The two readers of the real pairs", "")
    for what, said in (("the four classes", labels), ("material or not", material)):
        same = sum(a == b for a, b in said)
        yield f"- On {what} they agree in {share(same, len(said))}; Cohen's kappa {kappa(said):.2f}."
    yield f"- Uncertain: reader a of {unsure[0]}, reader b of {unsure[1]}."
    yield ""


def share(part: int, whole: int) -> str:
    """``part`` of ``whole``, the percentage and its interval of 95 %."""
    if not whole:
        return "–"
    low, high = wilson(part, whole)
    return f"{part} of {whole}: {part / whole:.0%} ({low:.0%} to {high:.0%})"


def _header(*cells: str) -> Iterator[str]:
    yield _row(*cells)
    yield "|" + " --- |" * len(cells)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
