"""The layout: who may import whom, what is pure, one name for one class, and what can be imported first."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "wagtail_privacy"

#: Values in, values out. Of Django, what knows neither settings nor database nor request.
PURE = ("policy", "prose", "changes", "review", "imports", "starts")
ALLOWED = frozenset(
    {
        "babel",
        "bleach",
        "django.utils.functional",
        "django.utils.html",
        "django.utils.translation",
        "markdown_it",
    }
)
#: Modules that can't be imported while models load, each with who forbids it.
LATE = {
    "wagtail_privacy.admin.reports": "wagtail.admin.views.reports asks for the page model",
    "wagtail_privacy.admin.version_views": "wagtail.admin.rich_text asks for the page model",
    "wagtail_privacy.reader.titles": "wagtail.api.v2.serializers asks for the page model",
    "wagtail_privacy.translation": "modeltranslation registers models that are all loaded",
    "wagtail_privacy.wagtail_hooks": "imports admin.reports",
}
#: A policy has versions, they form a chain, and the chain is the policy's.
CIRCLE = {"wagtail_privacy.records.policy", "wagtail_privacy.records.version", "wagtail_privacy.records.chain"}


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    """The dotted names of all imports, those in functions and for type checkers too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def is_pure(name: str) -> bool:
    first = name.split(".")[0]
    if first == "wagtail_privacy":
        return name.split(".")[1] in PURE
    return first in sys.stdlib_module_names or any(name == own or name.startswith(f"{own}.") for own in ALLOWED)


@pytest.mark.parametrize("folder", PURE)
def test_values_know_neither_database_nor_settings_nor_request(folder: str) -> None:
    wrong = {
        f"{path.relative_to(ROOT)}: {name}"
        for path, tree in modules()
        if path.is_relative_to(PACKAGE / folder)
        for name in imported(tree)
        if not is_pure(name)
    }
    assert wrong == set()


def test_no_two_classes_of_one_name() -> None:
    names = Counter(node.name for _path, tree in modules() for node in tree.body if isinstance(node, ast.ClassDef))
    assert [name for name, count in names.items() if count > 1 and name not in ("Command", "Migration")] == []


def test_every_module_says_what_it_is_for() -> None:
    """docs/modules.md is made of it."""
    silent = [path.name for path, tree in modules() if tree.body and not ast.get_docstring(tree)]
    assert [name for name in silent if not name[0].isdigit()] == []


def test_the_face_that_django_loads_is_short() -> None:
    assert len((PACKAGE / "models.py").read_text(encoding="utf-8").splitlines()) <= 41


def test_only_policy_version_and_chain_import_each_other_in_a_circle() -> None:
    graph = grimp.build_graph("wagtail_privacy", exclude_type_checking_imports=False, cache_dir=None)
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    in_circles = {name for name in imports if name in _reached(imports, imports[name])}
    assert in_circles == CIRCLE


def _reached(imports: dict[str, set[str]], begin: Iterable[str]) -> set[str]:
    found, waiting = set(), list(begin)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(imports.get(name, ()))
    return found


def test_any_module_can_be_imported_first_while_models_load() -> None:
    """As a site's own ``models.py`` does, whatever it needs of ours."""
    command = [sys.executable, "-m", "tests.house.first_import"]
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
    answer = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    found = json.loads(answer.stdout)
    assert {name: why for name, why in found.items() if name not in LATE} == {}
    assert set(LATE) <= set(found), "can be imported first by now: take it off the list"


#: What makes something that all threads of a process share, or that each has for itself.
SHARING = frozenset(
    {"LRUCache", "ContextVar", "local", "WeakSet", "WeakValueDictionary", "OrderedDict", "lru_cache", "cache"}
)


def shared(tree: ast.Module) -> Iterator[str]:
    """The names of a module's caches and of its values per thread."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and SHARING & set(map(called, node.decorator_list)):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value and called(node.value) in SHARING:
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            yield target.id if isinstance(target, ast.Name) else ast.unparse(target)


def called(node: ast.expr) -> str:
    """The last name of what is called or named: ``lru_cache`` of ``functools.lru_cache(maxsize=8)``."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def test_what_threads_share_is_written_down_with_its_reason() -> None:
    said = (ROOT / "docs" / "threads.md").read_text(encoding="utf-8")
    names = [
        f"{'.'.join(path.relative_to(PACKAGE).with_suffix('').parts)}.{name}"
        for path, tree in modules()
        for name in shared(tree)
    ]
    assert "policy.sanitise._cleaners" in names
    assert [name for name in names if f"`{name}`" not in said] == []


#: Mails have no other styles, and are shown in a frame with a policy of its own.
MAILS = "notices/"


def test_no_template_of_a_screen_needs_more_than_a_strict_content_security_policy() -> None:
    """Nothing inline, for readers and in the admin: no script, no style, no handler."""
    inline = re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))|<style|\sstyle=|\son[a-z]+=\"")
    folder = PACKAGE / "templates" / "wagtail_privacy"
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.html")
        if inline.search(path.read_text(encoding="utf-8"))
    }
    assert {name for name in found if not name.startswith(MAILS)} == set()
    assert f"{MAILS}frame.html" in found, "It would be found."
