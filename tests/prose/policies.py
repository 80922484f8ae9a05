"""Sentences of real policies, read from beside the repository: what only CI and those who work on the rules have."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from wagtail_privacy.imports.plain_text import read_text
from wagtail_privacy.prose.blocks import sentences

POLICIES = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "policies"
LANGUAGES = ("sv", "en", "fi", "nb", "da", "de")


def needs_policies() -> None:
    if not POLICIES.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI must provide the real policies as {POLICIES.name} beside the repository.")
        pytest.skip("needs the real policies (shared/policies beside the repository)")


def language_of(path: Path) -> str:
    folder = path.parent.name.split("-")[0]
    return folder if folder in LANGUAGES else "en"


@lru_cache(maxsize=len(LANGUAGES))
def sentences_in(language: str) -> tuple[str, ...]:
    """Every whole sentence of every version in ``language``, each once."""
    return tuple(dict.fromkeys(_sentences(language)))


def _sentences(language: str) -> Iterator[str]:
    for path in sorted(POLICIES.rglob("*.md")):
        if language_of(path) == language and path.parent.name not in ("fr", "nl"):
            for section in read_text(path.read_text(encoding="utf-8"), language).walk():
                for sentence in sentences(str(section.texts.get("body", ""))):
                    if sentence.text.endswith(".") and len(sentence.text.split()) > 4:
                        yield sentence.text
