"""The real pairs: where each stands in the history of a published policy, and what two readers said of it.

The policies' texts are not part of this repository. They are read from a folder that holds, for each repository, a
clone (``FOLDER/basecamp/policies/.git``) or copies of the versions with a ``meta.json`` that names them
(``FOLDER/*/meta.json``), and each passage is verified by its digest.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.materiality.pairs import HERE, Pair

READERS = ("a", "b")
_GITHUB = "https://github.com/"
#: A heading in Markdown: what it says, without its marks and its attributes.
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?P<words>.*?)\s*#*\s*(?:\{.*\})?")

#: Repository and commit and path of a version.
Version = tuple[str, str, str]


class Missing(Exception):
    """A text that the folder doesn't have, or has in other words; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines ``first`` to ``last`` (from 1) of a version of a policy; no lines where the other side stands alone."""

    version: Version
    lines: tuple[int, int] | None
    sha256: str

    @classmethod
    def from_json(cls, repository: str, data: Mapping[str, Any]) -> Passage:
        lines = (data["lines"][0], data["lines"][1]) if "lines" in data else None
        return cls((repository, data["commit"], data["path"]), lines, data.get("sha256", ""))


@dataclass(frozen=True, slots=True)
class Label:
    """What one reader said."""

    name: str
    reason: str
    source: str
    uncertain: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a passage: at ``line`` (from 1) of a version of the policy."""

    version: Version
    line: int


@dataclass(frozen=True, slots=True)
class RealPair:
    id: str
    language: str
    heading: Heading | None
    old: Passage
    new: Passage
    labels: Mapping[str, Label]

    @property
    def kind(self) -> str:
        return "added" if not self.old.lines else "removed" if not self.new.lines else "changed"

    def labelled(self, reader: str, texts: Texts) -> Pair:
        """The pair with its texts and the label of ``reader``. Raises :class:`Missing`."""
        label, old, new = self.labels[reader], texts.passage(self.old), texts.passage(self.new)
        has_heading = (old or new).lstrip().startswith("#")
        heading = "" if has_heading or not self.heading else texts.heading(self.heading)
        whole = _document(heading, old), _document(heading, new)
        # Where nothing but form has changed, to find nothing is right, too.
        classes = (label.name, "none") if label.name == "editorial" else (label.name,)
        return Pair(self.id, self.language, self.kind, "document", *whole, classes, label.reason, label.source, "real")


def real() -> list[RealPair]:
    """The pairs of ``real.json``, without texts."""
    rows = json.loads((HERE / "real.json").read_text(encoding="utf-8"))
    return [_pair(row) for row in rows]


def _pair(row: Mapping[str, Any]) -> RealPair:
    old, new = (Passage.from_json(row["repository"], row[side]) for side in ("old", "new"))
    labels = {
        reader: Label(said["class"], said["reason"], said["source"], said["uncertain"])
        for reader, said in row["labels"].items()
    }
    where = row["heading"]
    heading = Heading({"old": old, "new": new}[where["side"]].version, where["line"]) if where else None
    return RealPair(row["id"], row["language"], heading, old, new, labels)


def policies_option(parser: ArgumentParser) -> None:
    """Say where the texts are: ``--policies FOLDER``, else the environment's MATERIALITY_POLICIES, else nowhere."""
    folder = os.environ.get("MATERIALITY_POLICIES")
    parser.add_argument(
        "--policies",
        metavar="FOLDER",
        type=Path,
        default=Path(folder) if folder else None,
        help="the folder with the policies' texts, for the real pairs (default: MATERIALITY_POLICIES)",
    )


class Texts:
    """The versions of policies in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = dict(_copies(folder))

    def passage(self, passage: Passage) -> str:
        """Its words. Raises :class:`Missing` where the version isn't there or says something else."""
        if passage.lines is None:
            return ""
        first, last = passage.lines
        text = "\n".join(self._version(passage.version)[first - 1 : last])
        if digest(text) != passage.sha256:
            raise Missing(
                f"Lines {first} to {last} of {_named(passage.version)} should have the digest {passage.sha256}, "
                f"and have {digest(text)}: take that commit's own file."
            )
        return text

    def heading(self, heading: Heading) -> str:
        """Its words. Raises :class:`Missing` where the version isn't there or has no heading in that line."""
        line = self._version(heading.version)[heading.line - 1 : heading.line]
        found = _HEADING.fullmatch(line[0]) if line else None
        if found is None:
            raise Missing(
                f"Line {heading.line} of {_named(heading.version)} should be a heading: take that commit's own file."
            )
        return " ".join(found["words"].split())

    def _version(self, version: Version) -> list[str]:
        file = self._files.get(version)
        text = file.read_text(encoding="utf-8") if file else self._in_clone(version)
        return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")

    def _in_clone(self, version: Version) -> str:
        repository, commit, path = version
        clone = self.folder / repository
        command = ["git", "-C", str(clone), "show", f"{commit}:{path}"]
        shown = subprocess.run(command, capture_output=True, check=False) if clone.is_dir() else None
        if shown is None or shown.returncode:
            raise Missing(f"{_named(version)} is missing: git clone {_GITHUB}{repository} {clone}")
        return shown.stdout.decode("utf-8")


def missing(texts: Texts) -> list[str]:
    """What ``texts`` lacks of the real pairs, a line each."""
    found = []
    for pair in real():
        for passage in (pair.old, pair.new):
            try:
                texts.passage(passage)
            except Missing as error:
                found.append(f"{pair.id}: {error}")
    return found


def digest(text: str) -> str:
    """Of the words, however they are spaced: the first 16 digits of SHA-256."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def _document(heading: str, passage: str) -> str:
    parts = ["# Policy", f"## {heading}" if heading else "", passage]
    return "\n\n".join(part for part in parts if part) + "\n"


def _copies(folder: Path) -> Iterator[tuple[Version, Path]]:
    for meta in sorted(folder.glob("*/meta.json")):
        data = json.loads(meta.read_text(encoding="utf-8"))
        for history in data.get("locales", {"": data}).values():
            for version in history["versions"]:
                key = (data["source_repo"].removeprefix(_GITHUB), version["sha"], version["path"])
                yield key, meta.parent / version["file"]


def _named(version: Version) -> str:
    repository, commit, path = version
    return f"{repository} {commit[:12]} {path}"
