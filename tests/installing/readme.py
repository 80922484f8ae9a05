"""README's blocks of the installation, as edits: counted, and made in the files of a site."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parents[2]
#: The blocks of a site in one language, and those of one with several.
ONE, SEVERAL = "In one language", "Install"
LISTS = ("INSTALLED_APPS", "MIDDLEWARE", "urlpatterns")


@dataclass(frozen=True)
class Edit:
    """An entry that is added to the list ``into`` or, without one, a setting; what it takes of imports is with it."""

    into: str
    code: str
    imports: str = ""


def edits(heading: str) -> list[Edit]:
    return [edit for block in _blocks(heading) for edit in _edits(block)]


def _blocks(heading: str) -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (section,) = re.findall(rf"^##+ {heading}\n(.*?)(?=^##)", text, re.MULTILINE | re.DOTALL)
    return [dedent(block) for block in re.findall(r"^ *```python\n(.*?)^ *```", section, re.MULTILINE | re.DOTALL)]


def _edits(block: str) -> Iterator[Edit]:
    imports = ""
    for node in ast.parse(block).body:
        code = ast.unparse(node)
        if isinstance(node, ast.ImportFrom):
            imports += f"{code}\n"
            continue
        assert isinstance(node, ast.Assign), code
        for target in node.targets:
            name = ast.unparse(target)
            if name in LISTS:
                assert isinstance(node.value, ast.List)
                yield from (Edit(name, ast.unparse(entry), imports) for entry in node.value.elts)
            else:
                yield Edit("", f"{name} = {ast.unparse(node.value)}")


def make(edits: list[Edit], settings: Path, urls: Path) -> None:
    """Make ``edits`` in the files of a site that ``wagtail start`` has made."""
    for edit in edits:
        if not edit.into:
            settings.write_text(f"{settings.read_text()}\n{edit.code}\n")
        elif edit.into == "urlpatterns":
            _add_route(edit, urls)
        else:
            after = {"INSTALLED_APPS": "INSTALLED_APPS = [", "MIDDLEWARE": 'SessionMiddleware",'}[edit.into]
            _insert(settings, after, f"    {edit.code},")


def _add_route(edit: Edit, urls: Path) -> None:
    if "wagtail_urls" not in edit.code:
        _insert(urls, "urlpatterns = [", f"    {edit.code},")
        return
    there = '    path("", include(wagtail_urls)),'
    text = urls.read_text()
    assert there in text
    urls.write_text(edit.imports + text.replace(there, f"    {edit.code},"))


def _insert(file: Path, after: str, line: str) -> None:
    text = file.read_text()
    assert after in text, f"{file} has no {after}"
    file.write_text(text.replace(f"{after}\n", f"{after}\n{line}\n", 1))
