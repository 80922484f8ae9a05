"""What is stored of a policy, read back, and told apart."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from tests.changes.snapshots import snapshots
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import (
    MAX_DEPTH,
    Snapshot,
    UnreadableSnapshot,
    canonical_json,
    clean,
    section_from_json,
    section_to_json,
)

#: As format 1 was written by the first release. Never edit: old formats are read for ever.
FORMAT_1 = {
    "format": 1,
    "language": "sv",
    "title": "Integritetspolicy",
    "sections": [
        {
            "kind": "purpose",
            "id": "7c1f",
            "facts": {"provision": "voluntary"},
            "texts": {"title": "Kundtjänst", "data_subjects": ["kunder"]},
            "children": [{"kind": "retention", "id": "7c1f/retention", "facts": {"duration": "P24M"}}],
        },
        {"kind": "text", "id": "a2", "texts": {"body": "<p>Hej</p>"}},
    ],
}


def of(*sections: Any, **values: Any) -> dict[str, Any]:
    return {"format": 1, "language": "sv", "title": "", "sections": list(sections), **values}


TEXT = {"kind": "text", "id": "a", "texts": {"body": "x"}}


def test_format_1_is_read_and_written_as_it_was() -> None:
    snapshot = Snapshot.from_json(FORMAT_1)
    assert snapshot.to_json() == FORMAT_1
    assert [section.id for section in snapshot.walk()] == ["7c1f", "7c1f/retention", "a2"]


@given(snapshots())
def test_what_is_stored_says_the_same_when_read(snapshot: Snapshot) -> None:
    read = Snapshot.from_json(json.loads(json.dumps(snapshot.to_json())))
    assert (read.digest, read.facts_digest) == (snapshot.digest, snapshot.facts_digest)
    assert read.to_json() == snapshot.to_json()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(None, "format 1 to 1, found None", id="nothing"),
        pytest.param([], "found None", id="a list"),
        pytest.param({}, "found None", id="no format"),
        pytest.param(of(format=2), "found 2. Upgrade", id="a later format"),
        pytest.param(of(format=0), "found 0", id="no such format"),
        pytest.param(of(format=True), "found True", id="a flag"),
        pytest.param(of(format="1"), "found '1'", id="a string"),
        pytest.param(
            {"format": 1, "title": "", "sections": []}, "'language' of a policy to be text, found None", id="language"
        ),
        pytest.param({"format": 1, "language": "sv", "sections": []}, "'title' of a policy to be text", id="title"),
        pytest.param(
            {"format": 1, "language": "sv", "title": ""}, "'sections' of a policy to be a list", id="sections"
        ),
        pytest.param(of(sections={"a": 1}), "'sections' of a policy to be a list", id="sections as object"),
        pytest.param(of("text"), "kind and id, found 'text'", id="section as string"),
        pytest.param(of({"kind": "text"}), "kind and id", id="without id"),
        pytest.param(of({"id": "a"}), "kind and id", id="without kind"),
        pytest.param(of({"kind": "text", "id": ""}), "kind and id", id="empty id"),
        pytest.param(of({"kind": "text", "id": ["a"]}), "'id' of a section to be text", id="id as list"),
        pytest.param(of({**TEXT, "texts": []}), "'texts' of a section to be an object", id="texts as list"),
        pytest.param(of({**TEXT, "facts": "x"}), "'facts' of a section to be an object", id="facts as string"),
        pytest.param(of({**TEXT, "children": {}}), "'children' of a section to be a list", id="children as object"),
        pytest.param(of(TEXT, TEXT), "more than once: ['a']", id="an id used twice"),
        pytest.param(of({**TEXT, "children": [TEXT]}), "more than once: ['a']", id="an id used in itself"),
    ],
)
def test_what_cannot_be_read_says_what_was_expected_and_found(data: Any, words: str) -> None:
    with pytest.raises(UnreadableSnapshot) as error:
        Snapshot.from_json(data)
    assert words in str(error.value)


def test_a_section_that_contains_itself_is_an_error() -> None:
    section: dict[str, Any] = {"kind": "service", "id": "s"}
    section["children"] = [section]
    with pytest.raises(UnreadableSnapshot, match=f"at most {MAX_DEPTH} deep"):
        Snapshot.from_json(of(section))


def test_sections_nested_without_end_are_an_error() -> None:
    section: dict[str, Any] = {"kind": "service", "id": "s"}
    for number in range(100_000):
        section = {"kind": "service", "id": str(number), "children": [section]}
    with pytest.raises(UnreadableSnapshot, match="deeper"):
        section_from_json(section)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Storgatan 1\r\n111 22 Stockholm", "Storgatan 1\n111 22 Stockholm"),
        ("  x ", "x"),
        ("cafe\u0301", "caf\u00e9"),
        ("a\x00b", "a\ufffdb"),
        ("a\ud800b", "a\ufffdb"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("a\u200bb", "a\u200bb"),
        (0, 0),
        (("a", ""), ["a"]),
        ({"b": None, "a": {"x": ""}, "c": [False]}, {}),
        ({"n": 0, "t": True}, {"n": 0, "t": True}),
    ],
)
def test_values_are_kept_in_one_form(value: Any, expected: Any) -> None:
    assert clean(value) == expected


def test_any_text_has_a_digest() -> None:
    """A database or a digest that refused a character would stop a publication in the middle."""
    texts = {"body": "".join(map(chr, [*range(0x300), 0xD800, 0xDFFF, 0x202E, 0xFFFE, 0x10FFFF]))}
    snapshot = Snapshot("sv", "\ud800", (Section("text", "a", texts=texts),))
    assert Snapshot.from_json(snapshot.to_json()).digest == snapshot.digest


def test_the_digest_is_of_what_is_said_and_not_of_how_it_is_stored() -> None:
    snapshot = Snapshot.from_json(FORMAT_1)
    turned = json.loads(json.dumps(FORMAT_1), object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    assert Snapshot.from_json(turned).digest == snapshot.digest
    assert replace(snapshot, language="en").digest == snapshot.digest
    assert replace(snapshot, title="Policy").digest != snapshot.digest


def test_a_field_that_a_later_release_adds_empty_changes_no_digest() -> None:
    snapshot = Snapshot.from_json(FORMAT_1)
    first, *rest = snapshot.sections
    grown = replace(first, facts={**first.facts, "new_flag": False, "new_code": "", "new_codes": ()})
    assert replace(snapshot, sections=(grown, *rest)).digest == snapshot.digest


def test_the_facts_of_a_faithful_translation_are_equal() -> None:
    swedish = Snapshot.from_json(FORMAT_1)
    first, second = swedish.sections
    english = Snapshot("en", "Privacy policy", (replace(first, texts={"title": "Customer service"}), second))
    assert english.facts_digest == swedish.facts_digest
    assert english.digest != swedish.digest


def test_the_texts_of_a_translation_stand_on_the_facts_of_its_source() -> None:
    source = Snapshot.from_json(FORMAT_1)
    first, second = source.sections
    behind = replace(first, facts={"provision": "statutory"}, texts={"title": "Customer service"}, children=())
    english = Snapshot("en", "Privacy policy", (Section("text", "gone"), behind)).with_facts_of(source)
    assert english.facts_digest == source.facts_digest
    assert [section.id for section in english.sections] == [first.id, second.id]
    assert english.sections[0].texts == {"title": "Customer service"}
    assert english.sections[1] == second


def test_a_section_is_stored_without_what_is_empty() -> None:
    section = Section("text", "a", facts={"x": None}, texts={"heading": " ", "body": "<p>x</p>"})
    assert section_to_json(section) == {"kind": "text", "id": "a", "texts": {"body": "<p>x</p>"}}
    assert section_from_json(section_to_json(section)) == Section("text", "a", texts={"body": "<p>x</p>"})


def test_canonical_json_has_one_order() -> None:
    assert canonical_json({"b": 1, "a": ["å"]}) == '{"a":["å"],"b":1}'


def test_sections_are_found_by_id() -> None:
    snapshot = Snapshot.from_json(FORMAT_1)
    assert snapshot.by_id["7c1f/retention"].facts == {"duration": "P24M"}
    assert snapshot.sections[0].of_kind("retention") == (snapshot.by_id["7c1f/retention"],)
