"""Runs the benchmarks, prints a table and writes ``results/latest.json``: ``python -m benchmarks [MODULE …]``."""

from __future__ import annotations

import json
import os
import pkgutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import django

RESULTS = Path(__file__).parent / "results" / "latest.json"
# A module states these; whether the bar holds follows from them, so it isn't the module's to say.
STATED = ("name", "value", "bar", "better", "unit", "how")


def names(wanted: list[str]) -> list[str]:
    """The modules to run: those asked for, else all whose name doesn't begin with an underscore."""
    found = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]) if module.name[0] != "_"]
    if unknown := sorted(set(wanted) - set(found)):
        sys.exit(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(found) or 'none'}.")
    return wanted or found


def judged(result: dict[str, Any]) -> dict[str, Any]:
    """The result in the order of its keys, with whether it holds its bar; what is there to compare with has none."""
    if missing := [key for key in STATED if key not in result]:
        raise ValueError(f"A result states {', '.join(STATED)}; {result!r} lacks {', '.join(missing)}.")
    if result["better"] not in ("lower", "higher"):
        raise ValueError(f'"better" is "lower" or "higher"; found {result["better"]!r} in {result["name"]!r}.')
    value, bar = result["value"], result["bar"]
    holds = None if bar is None else value <= bar if result["better"] == "lower" else value >= bar
    order = ("name", "value", "bar", "better", "holds", "unit", "how")
    return {key: {**result, "holds": holds}[key] for key in order}


def table(results: list[dict[str, Any]]) -> Iterator[str]:
    width = max([4, *(len(result["name"]) for result in results)])
    yield f"{'name':<{width}}  {'value':>10}  {'bar':>10}  unit"
    for result in results:
        sign, mark = ("≤" if result["better"] == "lower" else "≥"), ("  MISSED" if result["holds"] is False else "")
        bar = "" if result["bar"] is None else f"{sign} {result['bar']:g}"
        yield f"{result['name']:<{width}}  {result['value']:>10.4g}  {bar:>10}  {result['unit']}{mark}"


def measure(modules: list[str]) -> list[dict[str, Any]]:
    """Run the modules one after the other in a database of their own, which is removed afterwards."""
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases, teardown_test_environment

    setup_test_environment(debug=False)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        return [judged(result) for name in modules for result in import_module(f"benchmarks.{name}").run()]
    finally:
        teardown_databases(databases, verbosity=0)
        teardown_test_environment()


def main() -> None:
    modules = names(sys.argv[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks._settings")
    django.setup()
    results = measure(modules)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print("\n".join(table(results)))


if __name__ == "__main__":
    main()
