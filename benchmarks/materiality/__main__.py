"""Print the tables: ``python -m benchmarks.materiality [--policies FOLDER] > FILE``."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path

import django

from benchmarks.materiality import histories
from benchmarks.materiality.measures import Judged
from benchmarks.materiality.pairs import HERE, Pair, ours
from benchmarks.materiality.real import READERS, Texts, missing, policies_option, real
from benchmarks.materiality.record import commit
from benchmarks.materiality.report import agreement, of_set
from benchmarks.materiality.systems import System, systems

START, END = "<!-- results -->", "<!-- /results -->"


def main() -> None:
    parser = ArgumentParser(prog="python -m benchmarks.materiality", description=__doc__)
    policies_option(parser)
    parser.add_argument("--write", action="store_true", help="write the main tables into README.md instead")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks._settings")
    django.setup()  # what is read from files is named in the reader's language
    lines = tables(options.policies, brief=options.write)
    if options.write:
        write(HERE / "README.md", lines)
    else:
        print("\n".join(lines))
    if options.policies is None:
        print("Without --policies FOLDER the real pairs are left out.", file=sys.stderr)


def tables(policies: Path | None, *, brief: bool = False) -> Iterator[str]:
    yield from (f"Commit {commit()}.", "")
    known = systems()
    yield from of_set("Our own pairs", judged(known, ours()), brief=brief)
    yield from agreement(real())
    if policies is not None:
        yield from of_real(known, Texts(policies), brief=brief)
        if histories.there(policies):
            yield from of_set("Changes of the histories", {"program": histories.judged(policies)}, brief=brief)


def of_real(known: dict[str, System], texts: Texts, *, brief: bool = False) -> Iterator[str]:
    if lacking := missing(texts):
        how = "benchmarks/materiality/README.md says how to get them"
        sys.exit("\n".join([*lacking, f"{len(lacking)} passages are missing; {how}."]))
    labelled = {reader: [pair.labelled(reader, texts) for pair in real()] for reader in READERS}
    for reader, pairs in labelled.items():
        yield from of_set(f"Real pairs, reader {reader}", judged(known, pairs), brief=brief)
    agreed = [a for a, b in zip(*labelled.values(), strict=True) if a.label == b.label]
    yield from of_set("Real pairs on which both readers agree", judged(known, agreed), brief=brief)


def write(readme: Path, lines: Iterable[str]) -> None:
    """Put ``lines`` between the marks of ``readme``."""
    before, rest = readme.read_text(encoding="utf-8").split(START)
    after = rest.split(END)[1]
    readme.write_text("\n".join([before + START, *lines, END + after]), encoding="utf-8")


def judged(known: dict[str, System], pairs: list[Pair]) -> dict[str, Judged]:
    return {name: [(pair, system(pair)) for pair in pairs] for name, system in known.items()}


if __name__ == "__main__":
    main()
