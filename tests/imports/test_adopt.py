"""A newer document beside a policy: what is the same stays the section that it is."""

from __future__ import annotations

from dataclasses import replace

from wagtail_privacy.changes.compare import compare
from wagtail_privacy.imports.adopt import adopt, in_step
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot


def text(id: str, body: str, heading: str = "") -> Section:
    return Section("text", id, {}, {"heading": heading, "body": f"<p>{body}</p>"})


def test_what_an_editor_made_of_the_same_words_stays() -> None:
    mended = Section("security", "s", {}, {"heading": "Säkerhet", "description": "<p>Vi krypterar.</p>"})
    assert adopt([mended], [text("new", "Vi krypterar.", "Säkerhet")]) == (mended,)


def test_a_changed_section_keeps_its_id_and_shows_its_change_alone() -> None:
    known = (text("a", "Vi säljer bröd.", "Om oss"), text("b", "Vi sparar ordern i 12 månader.", "Lagring"))
    read = (
        text("x", "Ny."),
        text("y", "Vi sparar ordern i 24 månader.", "Lagring"),
        text("z", "Vi säljer bröd.", "Om oss"),
    )
    found = adopt(known, read)
    assert [section.id for section in found] == ["x", "b", "a"]
    changes = compare(Snapshot("sv", "", known), Snapshot("sv", "", found))
    assert {change.kind for change in changes} <= {"added", "changed", "moved"}


def test_the_same_words_twice_are_two_sections() -> None:
    known = (text("a", "Samma."), text("b", "Samma."))
    found = adopt(known, (text("x", "Samma."), text("y", "Samma."), text("z", "Samma.")))
    assert [section.id for section in found] == ["a", "b", "z"]


def test_children_keep_their_ids_too() -> None:
    def rights(*ids: str, how: str = "") -> Section:
        children = tuple(
            Section("right", id, {"right": code}, {"explanation": f"<p>Om {code}.</p>"})
            for id, code in zip(ids, ("access", "erasure"), strict=False)
        )
        return Section("rights", f"r{ids[0]}", {}, {"heading": "Rättigheter", "how": how}, children)

    known = rights("1", "2")
    (found,) = adopt([known], [rights("8", "9", how="<p>Skriv.</p>")])
    assert (found.id, [child.id for child in found.children]) == ("r1", ["1", "2"])


def test_an_entry_of_the_register_stays_where_its_words_do() -> None:
    entry = Section("recipient", "r/recipient:moln", {"key": "moln"}, {"name": "", "purpose": "Drift"})
    known = Section("recipients", "r", {}, {"heading": "Mottagare"}, (entry,))
    same = Section(
        "recipients", "x", {}, {"heading": "Mottagare"}, (Section("recipient", "y", {}, {"purpose": "Drift"}),)
    )
    assert adopt([known], [same]) == (known,)
    other = replace(same, children=(Section("recipient", "y", {}, {"purpose": "Support"}),))
    (found,) = adopt([known], [other])
    assert (found.id, found.children[0].id, found.children[0].facts) == ("r", "y", {})


def test_a_translation_is_in_step_by_kind_and_order() -> None:
    source = (text("a", "Ett"), Section("security", "b", {}, {"heading": "Säkerhet"}), text("c", "Tre"))
    read = (
        text("x", "One"),
        text("new", "Extra"),
        Section("security", "y", {}, {"heading": "Security"}),
        text("z", "Three"),
    )
    found = in_step(source, read)
    assert len({section.id for section in found}) == 4
    assert [s.id for s in found if s.kind == "security"] == ["b"]
    assert found[-1].id == "c"
