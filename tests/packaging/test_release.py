"""What is built can be published: the package index takes it and shows README whole, and the wheel has no litter."""

from __future__ import annotations

import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt

from tests.packaging.conftest import ROOT, run

(REPOSITORY,) = re.findall(r'^REPOSITORY = "(.+)"$', (ROOT / "setup.py").read_text(encoding="utf-8"), re.MULTILINE)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_package_index_takes_both_and_renders_the_readme(wheel: Path, sdist: Path) -> None:
    said = run(sys.executable, "-m", "twine", "check", "--strict", wheel, sdist, cwd=wheel.parent)
    assert said.count("PASSED") == 2


def test_the_wheel_has_no_litter(wheel: Path) -> None:
    # W004: a number is no name for a module, but Django's for a migration.
    command = ["check_wheel_contents", "--no-config", "--ignore", "W004"]
    run(sys.executable, "-m", *command, wheel, cwd=wheel.parent)


# Pyroma would build the metadata anew, in an environment of its own: it is given those of the wheel.
RATE = """
import sys
from importlib.metadata import PathDistribution
from zipfile import Path

import pyroma
from pyroma import projectdata

(folder,) = (path for path in Path(sys.argv[1]).iterdir() if path.name.endswith(".dist-info"))
metadata = PathDistribution(folder).metadata
projectdata.wheel_metadata = lambda path, isolated=None: metadata
print(pyroma.run("directory", sys.argv[2]), metadata["License-Expression"])
"""


def test_the_metadata_are_whole(checkout: Path, wheel: Path) -> None:
    said = run(sys.executable, "-c", RATE, wheel, checkout, cwd=wheel.parent)
    assert said.splitlines()[-1] == "10 BSD-3-Clause", said


def test_the_source_has_the_docs(checkout: Path, sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    docs = {path.relative_to(checkout).as_posix() for path in (checkout / "docs").rglob("*") if path.is_file()}
    assert docs
    assert docs | {"mkdocs.yml", "SECURITY.md", "CONTRIBUTING.md"} <= inside


def links() -> Iterator[str]:
    yield from re.findall(r"(?:\]\(|^\[[^]]+\]: )([^)\s#]\S*?)\)?$", README, re.MULTILINE)


def test_links_of_the_readme_are_absolute_and_lead_to_files_that_exist() -> None:
    found = list(links())
    assert found
    assert [link for link in found if not link.startswith("https://")] == []
    raw = REPOSITORY.replace("//github.com/", "//raw.githubusercontent.com/") + "/main/"
    for begin in (f"{REPOSITORY}/blob/main/", raw):
        files = [link.removeprefix(begin).partition("#")[0] for link in found if link.startswith(begin)]
        assert files
        assert [name for name in files if not (ROOT / name).is_file()] == []


def test_no_link_of_the_readme_is_left_as_it_was_written() -> None:
    """A definition that follows a line of text belongs to that paragraph, and links to nothing."""
    shown = re.sub(r"<pre>.*?</pre>|<code>.*?</code>", "", MarkdownIt().render(README), flags=re.DOTALL)
    assert re.findall(r"\[[^]\n]*\](?:\[[^]]*\]|:).*", shown) == []
