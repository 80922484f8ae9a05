"""The changes of real policies that a person has read, in ``pairs.json``: two files, the class that the change should
get, and why. ``about`` narrows both to the sentences with some words.
"""

from __future__ import annotations

import json
from pathlib import Path

from wagtail_privacy.imports.plain_text import read_text
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.prose.blocks import sentences

PAIRS: list[dict[str, str]] = json.loads((Path(__file__).parent / "pairs.json").read_text(encoding="utf-8"))


def language_of(path: str) -> str:
    folder = path.split("/")[1]
    return "en" if folder.endswith(".md") else folder.split("-")[0]


def snapshot(policies: Path, path: str, about: str = "") -> Snapshot:
    """The version at ``path`` below the folder ``policies``."""
    found = read_text((policies / path).read_text(encoding="utf-8"), language_of(path))
    if not about:
        return found
    said = [sentence.text for section in found.walk() for sentence in sentences(str(section.texts.get("body", "")))]
    body = " ".join(text for text in said if about in text.casefold().replace("’", "'"))
    return Snapshot(found.language, "", (Section("text", "about", texts={"body": body}),) if body else ())
