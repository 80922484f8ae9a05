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


def test_what_holds_facts_alone_stays_in_its_place() -> None:
    accepted = Section("decision", "d", {"updated": "2022-02-08"}, {})
    known = (text("a", "Vi säljer bröd."), accepted, text("b", "Vi sparar ordern."))
    read = (text("x", "Vi säljer bröd och kakor."), text("y", "Vi sparar ordern."))
    assert [section.id for section in adopt(known, read)] == ["a", "d", "b"]
    newer = Section("decision", "z", {"updated": "2024-01-01"}, {})
    assert [section.facts for section in adopt(known, (*read, newer)) if section.kind == "decision"] == [newer.facts]


def test_facts_are_those_of_the_newer_document_and_what_people_added() -> None:
    known = Section("controller", "c", {"phone": "08-11 11 11", "email": "a@b.example", "role": "sole"}, {})
    read = Section("controller", "x", {"phone": "08-22 22 22"}, {})
    assert adopt([known], [read]) == (replace(known, facts={"role": "sole", "phone": "08-22 22 22"}),)


def test_a_fact_that_changes_under_the_same_words_is_that_of_the_newer_document() -> None:
    known = Section("controller", "c", {"phone": "08-11 11 11", "role": "sole"}, {"heading": "Kontakt"})
    cookie = Section("cookie", "k", {"name": "_ga", "duration": "P2Y"}, {})
    read = replace(known, id="x", facts={"phone": "08-22 22 22"}), Section("cookies", "y", {}, {}, (cookie,))
    found = adopt([known, Section("cookies", "z", {}, {}, (replace(cookie, facts={"name": "_gid"}),))], read)
    assert [section.id for section in found] == ["c", "z"]
    assert found[0].facts == {"phone": "08-22 22 22", "role": "sole"}
    assert [child.facts["name"] for child in found[1].children] == ["_ga"]


def test_a_suggestion_accepted_below_a_changed_section_stays() -> None:
    accepted = Section("legal_basis", "b", {"basis": "art6_1_a"}, {})
    known = Section("purpose", "p", {"direct_marketing": True}, {"title": "Nyhetsbrev"}, (accepted,))
    read = Section("purpose", "x", {}, {"title": "Nyhetsbrev varje månad"})
    (found,) = adopt([known], [read])
    assert (found.id, found.children) == ("p", (accepted,))
