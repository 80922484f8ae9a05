"""Record what the program of a commit says of every pair: ``python -m benchmarks.materiality.record FILE``.

To record another commit's verdicts, copy this folder into a worktree of it and run the command there.
"""

from __future__ import annotations

import json
import os
import subprocess
from argparse import ArgumentParser
from pathlib import Path

import django

from benchmarks.materiality.pairs import ours
from benchmarks.materiality.program import program
from benchmarks.materiality.real import Texts, policies_option, real

COMMAND = "python -m benchmarks.materiality.record FILE --policies FOLDER"


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    policies_option(parser)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks._settings")
    django.setup()
    texts = Texts(options.policies) if options.policies else None
    pairs = [*ours(), *(pair.labelled("a", texts) for pair in real() if texts)]
    verdicts = {pair.id: program(pair) for pair in pairs}
    recorded = {"command": COMMAND, "commit": commit(), "verdicts": verdicts}
    options.file.write_text(json.dumps(recorded, indent=0) + "\n", encoding="utf-8")


def commit() -> str:
    """Of the program that runs, in the current folder."""
    shown = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, check=False, text=True)
    return shown.stdout.strip() or "unknown"


if __name__ == "__main__":
    main()
