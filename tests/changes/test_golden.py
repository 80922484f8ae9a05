"""Golden sentences: a whole page of changes in each of the six languages, to be read as a page.

``golden/texts.json`` has the words of a policy in each language, ``golden/<language>.txt`` what is told of its changes.
``python -m tests.changes.test_golden`` writes the pages anew; read them before they are committed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.materiality import weigh
from wagtail_privacy.changes.sentences import Line, lines
from wagtail_privacy.policy.kinds import KINDS, kind_of
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot

GOLDEN = Path(__file__).parent / "golden"
TEXTS: dict[str, dict[str, Any]] = json.loads((GOLDEN / "texts.json").read_text(encoding="utf-8"))
LANGUAGES = ("en", "sv", "fi", "nb", "da", "de")
Sections = tuple[Section, ...]


def section(kind: str, *children: Section, id: str = "", **values: Any) -> Section:
    fields = {field.name: field for field in kind_of(kind).fields}
    facts = {name: value for name, value in values.items() if not fields[name].is_text}
    texts = {name: value for name, value in values.items() if fields[name].is_text}
    return Section(kind, id, facts, texts, children)


def numbered(sections: Sections, above: str = "") -> Sections:
    """With ids, by their places."""
    named = ((f"{above}/{number}", each) for number, each in enumerate(sections))
    return tuple(replace(each, id=id, children=numbered(each.children, id)) for id, each in named)


def policy_of(said: dict[str, Any]) -> Sections:
    """A policy with every kind of section, with what people should know of."""
    return numbered((*who_and_why(said), *where_and_how_long(said), *what_people_may_do(said), *and_all_else(said)))


def paragraph(words: str) -> str:
    return f"<p>{words}</p>"


def health(said: dict[str, Any]) -> Section:
    return section("data_category", name=said["health"], special=True)


def meta(said: dict[str, Any]) -> Section:
    return section("recipient", name="Meta", role="controller", country="US", purpose=said["advertising"])


def who_and_why(said: dict[str, Any]) -> Sections:
    return (
        section("controller", name="Exempel AB", role="joint", country="SE"),
        section("dpo", name="Ada"),
        section("representative", name="Rep AB", country="DE"),
        section("definitions", section("definition", term=said["term"], meaning=paragraph(said["meaning"]))),
        section(
            "purpose",
            section("legal_basis", basis="art6_1_f", interest=paragraph(said["interest"])),
            section("special_condition", condition="art9_2_a"),
            health(said),
            section("data_category", name=said["name"]),
            meta(said),
            section("retention", duration="P24M", at_most=True),
            title=said["newsletter"],
            direct_marketing=True,
        ),
        section("purposes", section("purpose", title=said["banks"]), heading=said["promise"]),
        section(
            "data_categories", health(said), section("data_category", name=said["name"]), heading=said["categories"]
        ),
    )


def where_and_how_long(said: dict[str, Any]) -> Sections:
    tata = section("recipient", name="Tata", role="processor", country="IN", data=said["email"])
    return (
        section(
            "recipients", tata, section("recipient", category=said["banks"]), meta(said), heading=said["recipients"]
        ),
        section(
            "transfers",
            section("transfer", country="US", mechanism="art46_2_c_scc"),
            section("transfer", country="IN", mechanism="art49_derogation", recipient="Tata"),
            heading=said["places"],
            place="outside",
        ),
        section(
            "retention_periods",
            section("retention", applies_to=said["customers"], duration="P10Y", starts=said["starts"]),
            section("retention", applies_to=said["email"], criteria=paragraph(said["criteria"])),
            heading=said["periods"],
        ),
        section(
            "rights",
            section("right", right="access"),
            section("right", right="withdraw_consent", limits=paragraph(said["limits"])),
            heading=said["rights"],
        ),
    )


def what_people_may_do(said: dict[str, Any]) -> Sections:
    return (
        section("complaint", authority="SE"),
        section("choices", section("choice", choice="marketing"), heading=said["choices"]),
        section(
            "commitments",
            section("commitment", commitment="no_sale"),
            section("commitment", commitment="other", statement=said["promise"]),
            heading=said["promises"],
        ),
        section("sources", section("source", name=said["register"], data=said["name"]), heading=said["sources"]),
        section(
            "automated_decisions",
            in_use="yes",
            ground="art6_1_b",
            logic=paragraph(said["logic"]),
            consequences=paragraph(said["consequences"]),
        ),
        section("ai_use", description=paragraph(said["logic"]), training="yes", provider="OpenAI"),
    )


def and_all_else(said: dict[str, Any]) -> Sections:
    return (
        section(
            "cookies",
            section("cookie", name="sid", need="necessary", party="first", lifetime="session"),
            section("cookie", name="_fbp", need="marketing", party="third", provider="Meta", duration="P90D"),
            heading=said["cookies"],
        ),
        section("security", description=paragraph(said["security"])),
        section("children", age_limit=13),
        section("change_notice", notice_period=30),
        section("decision", decided="2024-05", decided_by=said["banks"]),
        section("service", meta(said), title="App"),
        section(
            "table",
            section("table_head", cell_1=said["categories"], cell_2=said["periods"]),
            section("table_row", cell_1=said["email"], cell_2=paragraph(said["criteria"])),
            section("table_row", cell_1=paragraph(said["customers"]), cell_2="<p>24 / 36</p>"),
            heading=said["periods"],
        ),
    )


def in_lists(said: dict[str, Any]) -> tuple[Sections, Sections]:
    """The same lists with nothing in them, and with one thing that came."""
    empty, full = [], []
    for each in policy_of(said):
        if each.children:
            empty.append(Section(each.kind, each.id, each.facts, each.texts))
            full.append(each)
    return tuple(empty), tuple(full)


def statements(said: dict[str, Any]) -> tuple[Sections, Sections]:
    both = [
        [section("text", id=f"t{number}", heading=f"§ {number}", body=f"<p>{pair[side]}</p>") for side in (0, 1)]
        for number, pair in enumerate(said["statements"], 1)
    ]
    return tuple(old for old, _ in both), tuple(new for _, new in both)


def details(said: dict[str, Any]) -> tuple[Sections, Sections]:
    """Facts that change."""
    period = {"applies_to": said["customers"], "id": "r"}
    return (
        section("retention", duration="P24M", starts=said["starts"], **period),
        section("recipient", name="Tata", role="processor", country="SE", id="x"),
        section("purpose", section("retention", duration="P24M", id="pr"), title=said["newsletter"], id="p"),
        section("transfer", country="US", mechanism="art45_adequacy", id="tr"),
        section("dpo", name="Ada", phone="08-1", id="d"),
    ), (
        section("retention", duration="P36M", starts=said["email"], **period),
        section("recipient", name="Tata", role="controller", country="US", id="x"),
        section(
            "purpose",
            section("retention", duration="P36M", id="pr"),
            title=said["newsletter"],
            id="p",
            direct_marketing=True,
            concerns_children=True,
        ),
        section("transfer", country="US", mechanism="art46_2_c_scc", id="tr"),
        section("dpo", name="Ada", phone="08-2", id="d"),
    )


def parts(language: str) -> Iterator[tuple[str, list[Line]]]:
    said = TEXTS[language]
    every = policy_of(said)
    empty, full = in_lists(said)
    for name, (old, new) in {
        "statements": statements(said),
        "details": details(said),
        "sections that come": ((), every),
        "sections that go": (every, ()),
        "what comes into lists": (empty, full),
        "what goes from lists": (full, empty),
    }.items():
        yield name, told(old, new, language)


def told(old: Sections, new: Sections, language: str, said_in: str = "") -> list[Line]:
    before, after = (Snapshot(language, "", sections) for sections in (old, new))
    with override(said_in or language):
        return lines(weigh(compare(before, after), before, after), language)


def page(language: str) -> str:
    found = []
    for name, each in parts(language):
        found += [f"# {name}", *(f"[{line.tag}] {line.text}" for line in each), ""]
    return "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_reads_as_it_was_read(language: str) -> None:
    with override(language):
        said = page(language)
    assert said == (GOLDEN / f"{language}.txt").read_text(encoding="utf-8")


def test_every_kind_that_can_stand_alone_is_on_the_page() -> None:
    of_their_own = {"text", "other", "earlier_history", "history_entry", "legal_basis", "special_condition"}
    shown = {each.kind for one in policy_of(TEXTS["en"]) for each in one.walk()}
    assert set(KINDS) - of_their_own <= shown


@pytest.mark.parametrize("said_in", LANGUAGES)
def test_what_is_quoted_from_another_language_is_marked_and_nothing_else_is_of_it(said_in: str) -> None:
    old, new = statements(TEXTS["sv"])
    for line in told(old, new, "sv", said_in):
        assert line.language == ("" if said_in == "sv" else "sv")
        rest = line.text
        for quote in line.quotes:
            assert quote in rest
            rest = rest.replace(quote, "")
        assert said_in == "sv" or not {"uppgifter", "endast", "månader"} & set(rest.split())


def write() -> None:
    for language in LANGUAGES:
        with override(language):
            (GOLDEN / f"{language}.txt").write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    write()
