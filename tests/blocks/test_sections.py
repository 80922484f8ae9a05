"""Each block's value in, its section out."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from tests.blocks.bodies import said, section
from wagtail_privacy.blocks.base import SectionBlock
from wagtail_privacy.blocks.body import PolicyStreamBlock
from wagtail_privacy.policy.kinds import CELLS, KINDS

CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "controller",
        {"name": "Ek AB", "role": "joint", "organisation_number": "559000-0005", "address": "Gatan 1\n111 22 Stad",
         "country": "SE", "email": "a@example.org", "phone": "08-12 34 56", "form_url": "https://example.org/f",
         "website": "https://example.org/", "chat": "I tjänsten", "responsibility": "<p>Allt</p>",
         "arrangement": "<p>Ek svarar</p>", "heading": "Kontakt", "introduction": "<p>Hör av dig</p>",
         "note": "<p>Eller ring</p>"},
        {"name": "Ek AB", "role": "joint", "organisation_number": "559000-0005", "address": "Gatan 1\n111 22 Stad",
         "country": "SE", "email": "a@example.org", "phone": "08-12 34 56", "form_url": "https://example.org/f",
         "website": "https://example.org/", "chat": "I tjänsten", "responsibility": "<p>Allt</p>",
         "arrangement": "<p>Ek svarar</p>", "heading": "Kontakt", "introduction": "<p>Hör av dig</p>",
         "note": "<p>Eller ring</p>"},
    ),
    (
        "table",
        {"heading": "Tider", "caption": "Så länge", "columns": ["", "Tid"],
         "rows": [{"cells": ["<p>Loggar</p>", "<p>12 månader</p>"]}, {"cells": ["", ""]},
                  {"cells": ["<p>Konto</p>", "", '<p>enligt <b>lag</b></p>']}]},
        {"heading": "Tider", "caption": "Så länge",
         "children": [
             ("table_head", {"cell_2": "Tid"}),
             ("table_row", {"cell_1": "<p>Loggar</p>", "cell_2": "<p>12 månader</p>"}),
             ("table_row", {"cell_1": "<p>Konto</p>",
                            "cell_3": '<p>enligt <b>lag</b></p>'}),
         ]},
    ),
    ("dpo", {"email": "d@example.org", "note": "<p>Skriv</p>"}, {"email": "d@example.org", "note": "<p>Skriv</p>"}),
    ("representative", {"name": "Ek EU", "country": "DE"}, {"name": "Ek EU", "country": "DE"}),
    (
        "definitions",
        {"heading": "Ord", "definitions": [{"term": "Tjänsten", "meaning": "<p>Kurserna</p>"}]},
        {"heading": "Ord", "children": [("definition", {"term": "Tjänsten", "meaning": "<p>Kurserna</p>"})]},
    ),
    (
        "purpose",
        {
            "title": "Leverera", "description": "<p>Vi packar.</p>", "data_subjects": ["Kunder", "", "Besökare"],
            "legal_bases": [{"basis": "art6_1_f", "interest": "<p>Vårt</p>"}, {"basis": "art6_1_c", "statute": "BFL"}],
            "data_categories": [("data_category", {"name": "Kontakt", "special": True})],
            "recipients": [("recipient", {"category": "Åkerier", "role": "controller", "data": "adress"})],
            "retention": [("retention", {"duration": "P24M", "at_most": True, "starts": "leveransen"})],
            "special_conditions": [{"condition": "art9_2_a"}],
            "provision": "contractual", "consequence": "<p>Inget köp.</p>", "direct_marketing": True,
            "concerns_children": False,
        },
        {
            "provision": "contractual", "direct_marketing": True, "title": "Leverera",
            "description": "<p>Vi packar.</p>", "data_subjects": ["Kunder", "Besökare"],
            "consequence": "<p>Inget köp.</p>",
            "children": [
                ("legal_basis", {"basis": "art6_1_f", "interest": "<p>Vårt</p>"}),
                ("legal_basis", {"basis": "art6_1_c", "statute": "BFL"}),
                ("data_category", {"special": True, "name": "Kontakt"}),
                ("recipient", {"role": "controller", "category": "Åkerier", "data": "adress"}),
                ("retention", {"duration": "P24M", "at_most": True, "starts": "leveransen"}),
                ("special_condition", {"condition": "art9_2_a"}),
            ],
        },
    ),
    (
        "data_categories",
        {"introduction": "<p>Vi samlar:</p>", "data_categories": [("data_category", {"name": "Namn"})]},
        {"introduction": "<p>Vi samlar:</p>", "children": [("data_category", {"name": "Namn"})]},
    ),
    (
        "recipients",
        {"recipients": [("recipient", {"name": "Moln AB", "country": "US", "condition": "du ber om det"})],
         "condition": "du samtycker"},
        {"condition": "du samtycker",
         "children": [("recipient", {"name": "Moln AB", "country": "US", "condition": "du ber om det"})]},
    ),
    (
        "transfers",
        {"place": "mostly_eea", "transfers": [{"mechanism": "art46_2_c_scc", "copy_url": "https://example.org/scc"}]},
        {"place": "mostly_eea",
         "children": [("transfer", {"mechanism": "art46_2_c_scc", "copy_url": "https://example.org/scc"})]},
    ),
    (
        "retention_periods",
        {"periods": [("retention", {"applies_to": "Order", "criteria": "<p>Så länge…</p>", "reason": "lag"})]},
        {"children": [("retention", {"applies_to": "Order", "criteria": "<p>Så länge…</p>", "reason": "lag"})]},
    ),
    (
        "rights",
        {"rights": [{"right": "access", "limits": "<p>Inte alltid</p>", "frequency": "P1Y"}], "response_time": "P30D",
         "extended_time": "P3M", "free": True, "identification_required": True},
        {"response_time": "P30D", "extended_time": "P3M", "free": True, "identification_required": True,
         "children": [("right", {"right": "access", "limits": "<p>Inte alltid</p>", "frequency": "P1Y"})]},
    ),
    ("complaint", {"authority": "FI", "explanation": "<p>Hit</p>"}, {"authority": "FI", "explanation": "<p>Hit</p>"}),
    (
        "choices",
        {"choices": [{"choice": "browser", "title": "Spårningsskydd"}]},
        {"children": [("choice", {"choice": "browser", "title": "Spårningsskydd"})]},
    ),
    (
        "commitments",
        {"commitments": [{"commitment": "no_sale", "statement": "Vi säljer aldrig."}]},
        {"children": [("commitment", {"commitment": "no_sale", "statement": "Vi säljer aldrig."})]},
    ),
    (
        "sources",
        {"sources": [{"name": "SPAR", "data": "adress", "publicly_accessible": "yes"}]},
        {"children": [("source", {"publicly_accessible": "yes", "name": "SPAR", "data": "adress"})]},
    ),
    (
        "automated_decisions",
        {"in_use": "yes", "ground": "art6_1_a", "logic": "<p>Poäng</p>", "consequences": "<p>Nej</p>"},
        {"in_use": "yes", "ground": "art6_1_a", "logic": "<p>Poäng</p>", "consequences": "<p>Nej</p>"},
    ),
    (
        "ai_use",
        {"description": "<p>Svar</p>", "data": "ärenden", "training": "no", "provider": "Modell AB"},
        {"description": "<p>Svar</p>", "data": "ärenden", "training": "no", "provider": "Modell AB"},
    ),
    (
        "cookies",
        {"cookies": [{"name": "sid", "party": "first", "need": "necessary", "lifetime": "persistent",
                      "duration": "P1Y", "purpose": "Inloggning"}]},
        {"children": [("cookie", {"name": "sid", "party": "first", "need": "necessary", "lifetime": "persistent",
                                  "duration": "P1Y", "purpose": "Inloggning"})]},
    ),
    ("security", {"description": "<p>Låst</p>"}, {"description": "<p>Låst</p>"}),
    ("children", {"age_limit": 13}, {"age_limit": 13}),
    (
        "service",
        {"title": "Event", "sections": [("text", {"heading": "Mat"}), ("complaint", {"authority": "SE"})]},
        {"title": "Event", "children": [("text", {"heading": "Mat"}), ("complaint", {"authority": "SE"})]},
    ),
    (
        "earlier_history",
        {"entries": [{"date": "2018-05", "description": "<p>GDPR</p>"}]},
        {"children": [("history_entry", {"date": "2018-05", "description": "<p>GDPR</p>"})]},
    ),
    ("text", {"heading": "Hej", "date": "2018-05", "body": "<p>Du</p>"},
     {"heading": "Hej", "date": "2018-05", "body": "<p>Du</p>"}),
    (
        "purposes",
        {"heading": "Varför", "introduction": "<p>Bara detta.</p>",
         "purposes": [("purpose", {"title": "Leverera"}), ("purpose", {"title": "Svara"})]},
        {"heading": "Varför", "introduction": "<p>Bara detta.</p>",
         "children": [("purpose", {"title": "Leverera"}), ("purpose", {"title": "Svara"})]},
    ),
    (
        "decision",
        {"updated": "2022-02-08", "applies_from": "2018-05", "decided": "2018", "decided_by": "Styrelsen",
         "paragraph": "§ 45", "reference": "KS 2018/7"},
        {"updated": "2022-02-08", "applies_from": "2018-05", "decided": "2018", "decided_by": "Styrelsen",
         "paragraph": "§ 45", "reference": "KS 2018/7"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_block_becomes_a_section(kind: str, value: dict[str, Any], expected: dict[str, Any]) -> None:
    assert said(section(kind, value)) == expected


def test_every_block_is_tried_above() -> None:
    assert {case[0] for case in CASES} | {"change_notice"} == set(PolicyStreamBlock().child_blocks)


def test_how_changes_are_announced_comes_from_the_settings() -> None:
    notice = section("change_notice", {"note": "<p>Läs gärna igen.</p>"}, notice_period=45, tells_users=True)
    assert said(notice) == {"notice_period": 45, "tells_users": True, "note": "<p>Läs gärna igen.</p>"}


def test_a_policy_that_writes_to_nobody_does_not_say_it_does() -> None:
    assert said(section("change_notice", {}, notice_period=30, tells_users=False)) == {"notice_period": 30}


def section_blocks() -> list[SectionBlock]:
    """Every section block of the policy, however deep."""

    def within(block: Any) -> list[SectionBlock]:
        children = [*getattr(block, "child_blocks", {}).values(), *filter(None, [getattr(block, "child_block", None)])]
        return [block] * isinstance(block, SectionBlock) + [found for child in children for found in within(child)]

    return within(PolicyStreamBlock())


@pytest.mark.parametrize("block", section_blocks(), ids=lambda block: block.meta.kind)
def test_a_block_can_state_each_field_of_its_kind(block: SectionBlock) -> None:
    # A key is the register's; how changes are announced is the settings' to state.
    elsewhere = {"key"} | ({"notice_period", "tells_users"} if block.meta.kind == "change_notice" else set())
    elsewhere |= set(CELLS)  # stated by the list of cells
    assert {field.name for field in KINDS[block.meta.kind].fields} - elsewhere <= set(block.child_blocks)


@pytest.mark.parametrize("block", section_blocks(), ids=lambda block: block.meta.kind)
def test_labels_are_those_of_the_table_of_kinds(block: SectionBlock) -> None:
    with override("en"):
        for field in block.kind.fields:
            if field.name in block.child_blocks:
                assert str(block.child_blocks[field.name].label) == str(field.label)


@pytest.mark.parametrize("block", PolicyStreamBlock().child_blocks.values(), ids=lambda block: block.name)
def test_a_block_is_found_and_understood_in_the_picker(block: SectionBlock) -> None:
    assert block.meta.group
    assert block.get_description()
    assert block.meta.icon != "placeholder"
    assert block.is_previewable
    assert block.get_preview_context(block.get_preview_value())["section"].kind == block.meta.kind


def test_a_list_that_is_left_out_says_nothing() -> None:
    assert section("rights", {"heading": "Rättigheter"}).children == ()


def test_an_empty_row_says_nothing() -> None:
    assert section("rights", {"heading": "Rättigheter", "rights": [{}, {"right": ""}]}).children == ()
