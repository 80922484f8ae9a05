"""Runs management commands one after the other in one process, for tests that need a site of their own.

``python -m tests.manage``: a JSON list of commands on standard input, each a list of words; for each, a JSON object
with ``returncode``, ``stdout`` and ``stderr`` on a line of standard output.
"""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

from django.core.management import CommandError, ManagementUtility


def run(words: list[str]) -> dict[str, object]:
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            ManagementUtility(["django", *words]).execute()
        except SystemExit as stop:
            code = stop.code or 0
        except CommandError as error:
            code = error.returncode
            print(error, file=err)
    return {"returncode": code, "stdout": out.getvalue(), "stderr": err.getvalue()}


if __name__ == "__main__":
    for command in json.load(sys.stdin):
        sys.stdout.write(f"{json.dumps(run(command))}\n")
