"""The benchmark of materiality: its pairs are whole, real texts are verified, and what is counted adds up."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.materiality.__main__ import of_real, tables, write
from benchmarks.materiality.baselines import always_material, edit_distance, likeness, word_list, words_edited
from benchmarks.materiality.measures import VERDICTS, kappa, matrix, outcome, outcomes, wilson
from benchmarks.materiality.pairs import CLASSES, HERE, Pair, ours
from benchmarks.materiality.real import (
    READERS,
    Heading,
    Label,
    Missing,
    Passage,
    RealPair,
    Texts,
    digest,
    missing,
    real,
)
from tests.prose.policies import POLICIES, needs_policies

LANGUAGES = ("sv", "en", "fi", "nb", "da", "de")
FORMS = ("sentence", "document", "field")
SOURCE = re.compile(r"(GDPR Art\. [1-9]\d?\b|WP260 rev\.01 paras?\.? |ePrivacy Directive Art\. )")
POLICY = "# Policy\n\n## Sharing\n\nWe share nothing.\n"


def pair(old: str, new: str, *classes: str, language: str = "en") -> Pair:
    return Pair("x", language, "kind", "sentence", old, new, classes or ("material",), "Reason.", "GDPR Art. 13", "set")


# The data.


def test_every_pair_of_ours_is_whole() -> None:
    for row in ours():
        assert row.form in FORMS, row.id
        assert row.text("old").strip() and row.text("new").strip() and row.old != row.new, row.id
        assert row.label in CLASSES and set(row.classes) <= {*CLASSES, "none"}, row.id
        assert row.kind and row.set and row.reason.endswith("."), row.id


def test_every_source_names_the_law() -> None:
    for source in {row.source for row in ours()}:
        assert SOURCE.match(source), source
        assert all(1 <= int(article) <= 99 for article in re.findall(r"Art\. (\d+)", source)), source


def test_every_language_is_covered_and_no_pair_stands_twice() -> None:
    pairs = ours()
    assert len(pairs) >= 600
    counts = Counter(row.language for row in pairs)
    assert set(counts) == set(LANGUAGES) and min(counts.values()) >= 80
    assert len({row.id for row in pairs}) == len({(str(row.old), str(row.new)) for row in pairs}) == len(pairs)


def test_every_class_is_covered_in_every_language() -> None:
    found = {(row.language, row.label) for row in ours()}
    assert found == {(language, label) for language in LANGUAGES for label in CLASSES}


def test_the_real_pairs_hold_both_labels_and_no_text() -> None:
    rows: list[dict[str, Any]] = json.loads((HERE / "real.json").read_text(encoding="utf-8"))
    assert len(rows) == len({row["id"] for row in rows}) == 100
    for row in rows:
        assert row.keys() == {"id", "repository", "licence", "language", "heading", "old", "new", "labels"}
        assert row["heading"] is None or row["heading"].keys() == {"side", "line"}, "where it stands, not what it says"
        for side in (row["old"], row["new"]):
            assert re.fullmatch("[0-9a-f]{40}", side["commit"]) and side["path"]
            assert side.keys() in ({"commit", "path"}, {"commit", "path", "lines", "sha256"})
        for reader in READERS:
            label = row["labels"][reader]
            assert label["class"] in CLASSES and label["reason"] and SOURCE.match(label["source"]), row["id"]


def test_every_pair_has_a_recorded_verdict_of_the_program_as_it_was() -> None:
    recorded = json.loads((HERE / "before.json").read_text(encoding="utf-8"))
    assert recorded["verdicts"].keys() == {row.id for row in (*ours(), *real())}
    assert set(recorded["verdicts"].values()) <= {*CLASSES, "none"}


def test_the_word_list_knows_every_language() -> None:
    listed = json.loads((HERE / "word_list.json").read_text(encoding="utf-8"))
    assert listed.keys() == {row.language for row in (*ours(), *real())}


# Real texts.


def passage(text: str = POLICY, commit: str = "c" * 40, lines: tuple[int, int] = (3, 5)) -> Passage:
    shown = "\n".join(text.split("\n")[lines[0] - 1 : lines[1]])
    return Passage(("example/policies", commit, "privacy.md"), lines, digest(shown))


def git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    return subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True, text=True).stdout


def test_a_passage_is_read_from_a_clone_at_its_commit(tmp_path: Path) -> None:
    clone = tmp_path / "example" / "policies"
    clone.mkdir(parents=True)
    git(clone, "init", "-q")
    for text in (POLICY, "Another text.\n"):
        (clone / "privacy.md").write_text(text, encoding="utf-8")
        git(clone, "add", ".")
        git(clone, "commit", "-qm", "A version")
    commit = git(clone, "rev-parse", "HEAD~1").strip()
    assert Texts(tmp_path).passage(passage(commit=commit)) == "## Sharing\n\nWe share nothing."


def copies(folder: Path, text: str) -> Texts:
    version = {"sha": "c" * 40, "path": "privacy.md", "file": "en/1.md"}
    meta = {"source_repo": "https://github.com/example/policies", "locales": {"en": {"versions": [version]}}}
    (folder / "policies" / "en").mkdir(parents=True)
    (folder / "policies" / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    (folder / "policies" / "en" / "1.md").write_bytes(text.encode())
    return Texts(folder)


@pytest.mark.parametrize("text", [POLICY, POLICY.replace("\n", "\r\n"), "\ufeff" + POLICY])
def test_a_passage_is_read_from_a_copy(tmp_path: Path, text: str) -> None:
    assert copies(tmp_path, text).passage(passage()) == "## Sharing\n\nWe share nothing."


def test_a_passage_that_came_is_compared_with_its_heading_alone(tmp_path: Path) -> None:
    came, nothing = passage(lines=(5, 5)), Passage(("example/policies", "c" * 40, "privacy.md"), None, "")
    labels = {"a": Label("editorial", "Reason.", "GDPR Art. 13", uncertain=False)}
    found = RealPair("x", "en", Heading(came.version, 3), nothing, came, labels).labelled("a", copies(tmp_path, POLICY))
    assert (found.old, found.new) == ("# Policy\n\n## Sharing\n", POLICY)
    assert (found.kind, found.classes, found.label) == ("added", ("editorial", "none"), "editorial")


def test_other_words_than_were_labelled_are_refused(tmp_path: Path) -> None:
    with pytest.raises(
        Missing, match=r"Lines 3 to 5 of example/policies cccccccccccc privacy\.md should have the digest"
    ):
        copies(tmp_path, POLICY.replace("nothing", "everything")).passage(passage())


def test_what_is_missing_is_named_with_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="git clone https://github.com/example/policies .*example/policies"):
        Texts(tmp_path).passage(passage())
    (tmp_path / "example" / "policies").mkdir(parents=True)
    with pytest.raises(Missing, match=r"example/policies cccccccccccc privacy\.md is missing"):
        Texts(tmp_path).passage(passage())


def test_an_empty_folder_lacks_every_passage(tmp_path: Path) -> None:
    wanted = sum(side.lines is not None for row in real() for side in (row.old, row.new))
    assert len(missing(Texts(tmp_path))) == wanted > 100


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"^real-001: [^\0]* passages are missing; [^\0]*README\.md says how"):
        list(of_real({}, Texts(tmp_path)))


def test_the_real_policies_hold_every_passage() -> None:
    needs_policies()
    assert missing(Texts(POLICIES)) == []


# What is counted.

verdicts = st.sampled_from([*VERDICTS, "none"])
some_classes = st.lists(st.sampled_from(CLASSES), min_size=1, max_size=3, unique=True)


@given(st.lists(st.tuples(some_classes, verdicts)))
def test_matrices_and_outcomes_add_up(drawn: list[tuple[list[str], str]]) -> None:
    judged = [(pair("a", "b", *classes), verdict) for classes, verdict in drawn]
    rows = matrix(judged)
    assert sum(rows[label][verdict] for label in CLASSES for verdict in VERDICTS) == len(judged)
    counts = outcomes(judged)
    assert counts["all right"] == counts["told"] + counts["told in doubt"] + counts["right"]
    assert counts["told"] + counts["told in doubt"] + counts["missed"] == counts["material"]
    others = counts["right"] + counts["asked"] + counts["false alarm"] + counts["other class"]
    assert counts["material"] + others == counts["all"] == len(judged)
    assert counts["asked"] + counts["false alarm"] <= counts["harmless"]


@pytest.mark.parametrize(
    ("classes", "verdict", "expected"),
    [
        (["material"], "material", "told"),
        (["material"], "asked", "told in doubt"),
        (["material"], "minor", "missed"),
        (["minor", "material"], "asked", "right"),
        (["minor"], "asked", "asked"),
        (["minor"], "material", "false alarm"),
        (["minor"], "benefit", "other class"),
        (["editorial", "none"], "none", "right"),
        (["editorial"], "none", "other class"),
    ],
)
def test_an_outcome_follows_from_what_can_be_defended(classes: list[str], verdict: str, expected: str) -> None:
    assert outcome(pair("a", "b", *classes), verdict) == expected


@given(st.integers(1, 500), st.data())
def test_an_interval_holds_its_share(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    low, high = wilson(part, whole)
    assert 0 <= low <= part / whole + 1e-9 and part / whole - 1e-9 <= high <= 1


def test_intervals_and_kappa_are_those_of_the_textbooks() -> None:
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0, 0.2775), abs=1e-4)
    said = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert kappa(said) == pytest.approx(0.4)


def test_the_readers_agree_as_the_readme_says() -> None:
    labels = [(row.labels["a"].name, row.labels["b"].name) for row in real()]
    assert sum(a == b for a, b in labels) == 96
    assert sum((a == "material") == (b == "material") for a, b in labels) == 98
    assert kappa(labels) == pytest.approx(0.94, abs=0.005)


# The baselines and the command.


def test_the_baselines_look_at_words_only() -> None:
    longer, reworded = pair("We keep it 30 days.", "We keep it 30 months."), pair("A b c d.", "E f g h.")
    assert words_edited(longer) == 1 and words_edited(reworded) == 4
    assert [edit_distance(2)(row) for row in (longer, reworded)] == ["editorial", "material"]
    assert [likeness(0.5)(row) for row in (longer, reworded)] == ["editorial", "material"]
    assert [word_list(row) for row in (longer, reworded)] == ["material", "editorial"]
    assert always_material(longer) == "material"


@pytest.mark.slow
def test_the_command_prints_the_same_tables_every_time() -> None:
    printed = list(tables(None))
    assert "### Our own pairs" in printed and not any(line.startswith("### Real pairs") for line in printed)
    rows = [line for line in printed if line.startswith("| program | ")]
    assert len(rows) == 1 and f" of {len(ours())}" in rows[0]
    assert printed == list(tables(None))


def test_what_is_written_into_the_readme_stands_between_its_marks(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("Before\n<!-- results -->\nold\n<!-- /results -->\nafter\n", encoding="utf-8")
    write(readme, ["one", "two"])
    assert readme.read_text(encoding="utf-8") == "Before\n<!-- results -->\none\ntwo\n<!-- /results -->\nafter\n"
