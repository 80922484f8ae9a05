"""How many sentences about prose quote what changed or name its value, on real policies with their history.

The policies are not part of this repository: a folder beside it, or ``PRIVACY_POLICIES``, has them as text files with a
``meta.json`` that lists each history, oldest first.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import override

from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.materiality import weigh
from wagtail_privacy.changes.sentences import Line, lines
from wagtail_privacy.imports.plain_text import read_text
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.snapshot import Snapshot

POLICIES = Path(os.environ.get("PRIVACY_POLICIES", Path(__file__).resolve().parents[2] / "shared" / "policies"))
#: The share of sentences about prose that may say no more than that a text has changed.
BAR = 0.15

Json = dict[str, Any]


def run() -> list[Json]:
    """Nothing where the policies are missing."""
    told = list(_told()) if POLICIES.is_dir() else []
    if not told:
        return []
    mute = [line for line in told if not tells(line)]
    return [
        {
            "name": "sentences about prose without a quoted word or value",
            "value": len(mute) / len(told),
            "bar": BAR,
            "better": "lower",
            "holds": len(mute) <= BAR * len(told),
            "unit": "of all",
            "how": f"{len(told)} sentences about prose in every step of the histories in {POLICIES.name}, "
            "each in its policy's language, corrections of language aside",
        }
    ]


def tells(line: Line) -> bool:
    """Whether a line quotes the policy beyond the name of the section."""
    return bool(line.quotes)


def is_about_prose(change: Change) -> bool:
    """Whether a text that a person wrote came, went or changed."""
    if change.section is None or change.materiality is Materiality.EDITORIAL:
        return False
    if change.kind in ("added", "removed"):
        return change.section.kind == "text"
    field = kind_of(change.section.kind).field(change.field)
    return change.kind == "changed" and field is not None and field.type == "prose"


def steps() -> Iterator[tuple[Path, Path, str]]:
    """Every version of every policy with the one before it, and its language."""
    for meta in sorted(POLICIES.glob("*/meta.json")):
        data: Json = json.loads(meta.read_text(encoding="utf-8"))
        for locale, history in data.get("locales", {"en": data}).items():
            files = [meta.parent / version["file"] for version in history["versions"]]
            yield from ((old, new, locale.split("-")[0]) for old, new in zip(files, files[1:], strict=False))


def _told() -> Iterator[Line]:
    for before, after, language in steps():
        old, new = (_snapshot(path, language) for path in (before, after))
        with override(language):
            for line in lines(weigh(compare(old, new), old, new), language):
                if any(map(is_about_prose, line.changes)):
                    yield line


def _snapshot(path: Path, language: str) -> Snapshot:
    return read_text(path.read_text(encoding="utf-8"), language)
