"""Purposes in a group are what they are beside it: found again, weighed and told alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils.translation import override

from wagtail_privacy.changes.change import Change
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.materiality import weigh
from wagtail_privacy.changes.sentences import lines
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot


def purpose(id: str, title: str, *children: Section, description: str = "") -> Section:
    return Section("purpose", id, texts={"title": title, "description": description}, children=children)


def group(*purposes: Section, **texts: str) -> Section:
    return Section("purposes", "g", texts=texts, children=purposes)


def recipients(*rows: Section, condition: str = "") -> Section:
    return Section("recipients", "r", texts={"condition": condition}, children=rows)


def recipient(id: str, name: str, condition: str = "") -> Section:
    return Section("recipient", id, facts={"name": name}, texts={"condition": condition})


def policy(*sections: Section) -> Snapshot:
    return Snapshot("en", "P", sections)


def weighed(old: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    return weigh(compare(old, new), old, new)


def told(old: Snapshot, new: Snapshot) -> list[str]:
    with override("en"):
        return [line.text for line in lines(weighed(old, new))]


BASIS = Section("legal_basis", "b", facts={"basis": "art6_1_b"})
KEPT = Section("retention", "k", facts={"duration": "P24M"})
DELIVER = purpose("1", "Deliver your order", BASIS, KEPT, description="<p>We pack it and send it to you.</p>")
ANSWER = purpose("2", "Answer your questions")
LONGER = replace(DELIVER, children=(BASIS, replace(KEPT, facts={"duration": "P36M"})))
ADS = purpose("3", "Send you advertising", description="<p>We send offers to your e-mail address.</p>")
REWORDED = replace(DELIVER, id="9", texts={**DELIVER.texts, "title": "Bring you what you ordered"})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ((DELIVER, ANSWER), (LONGER, ANSWER)),
        ((DELIVER,), (DELIVER, ADS)),
        ((DELIVER, ADS), (DELIVER,)),
        ((DELIVER, ANSWER), (ANSWER, DELIVER)),
        ((DELIVER,), (REWORDED,)),
        ((), (DELIVER, ADS)),
        ((DELIVER, ADS), ()),
    ],
    ids=["longer", "added", "removed", "moved", "with another id", "from none", "to none"],
)
def test_a_change_in_a_group_weighs_and_reads_as_beside_it(old: tuple[Section, ...], new: tuple[Section, ...]) -> None:
    beside = policy(*old), policy(*new)
    grouped = policy(group(*old)), policy(group(*new))
    assert [(c.kind, c.field, c.materiality, c.rule) for c in weighed(*grouped)] == [
        (c.kind, c.field, c.materiality, c.rule) for c in weighed(*beside)
    ]
    assert told(*grouped) == told(*beside)


@pytest.mark.parametrize("renumbered", [False, True])
def test_putting_purposes_in_a_group_says_nothing_new(renumbered: bool) -> None:
    """An editor has to add them anew, so their ids are others."""
    inside = (replace(LONGER, id="7"), replace(ANSWER, id="8")) if renumbered else (LONGER, ANSWER)
    if renumbered:
        inside = tuple(
            replace(each, children=tuple(replace(child, id=f"{child.id}7") for child in each.children))
            for each in inside
        )
    found = weighed(policy(DELIVER, ANSWER), policy(group(*inside, heading="Why we use your data")))
    weighty = [(change.kind, change.field) for change in found if change.materiality != "editorial"]
    assert weighty == [("changed", "duration")]
    back = weighed(policy(group(*inside, heading="Why we use your data")), policy(DELIVER, ANSWER))
    assert {change.kind for change in back if change.materiality != "editorial"} == {"changed"}


def test_a_new_group_tells_of_each_purpose_and_weighs_its_introduction() -> None:
    new = policy(DELIVER, group(ANSWER, ADS, heading="More", introduction="<p>We sell your data to advertisers.</p>"))
    found = weighed(policy(DELIVER), new)
    assert [change.path[-1].name for change in found if change.rule == "purpose-added"] == [
        "Answer your questions",
        "Send you advertising",
    ]
    (own,) = [change for change in found if change.path[-1].kind == "purposes"]
    assert own.materiality == "material"


def test_a_purpose_in_a_group_of_a_service_is_told_under_the_service() -> None:
    def service(*purposes: Section) -> Snapshot:
        return policy(Section("service", "s", texts={"title": "Events"}, children=(group(*purposes),)))

    assert told(service(DELIVER), service(DELIVER, ADS))[0].startswith("Events: A new purpose is added")


YES = "you have agreed"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            recipients(recipient("1", "A AB"), recipient("2", "B AB")),
            recipients(recipient("1", "A AB"), recipient("2", "B AB"), condition=YES),
            {"recipient-condition": "benefit"},
        ),
        (
            recipients(recipient("1", "A AB"), condition=YES),
            recipients(recipient("1", "A AB")),
            {"recipient-condition-gone": "material"},
        ),
        (
            recipients(recipient("1", "A AB", YES), recipient("2", "B AB", YES)),
            recipients(recipient("1", "A AB"), recipient("2", "B AB"), condition=YES),
            {"recipient-condition-kept": "minor"},
        ),
        (
            recipients(recipient("1", "A AB"), recipient("2", "B AB"), condition=YES),
            recipients(recipient("1", "A AB", YES), recipient("2", "B AB", YES)),
            {"recipient-condition-kept": "minor"},
        ),
    ],
    ids=["stated", "gone", "to all", "to each"],
)
def test_a_condition_holds_for_a_whole_list(old: Section, new: Section, expected: dict[str, str]) -> None:
    found = weighed(policy(old), policy(new))
    assert {change.rule: change.materiality for change in found} == expected


def test_a_condition_that_some_lose_on_the_way_is_gone() -> None:
    old = recipients(recipient("1", "A AB"), recipient("2", "B AB"), condition=YES)
    new = recipients(recipient("1", "A AB", YES), recipient("2", "B AB"))
    assert "material" in {change.materiality for change in weighed(policy(old), policy(new))}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "P1Y", "material"),
        ("P1Y", "", "benefit"),
        ("P1Y", "P6M", "benefit"),
        ("P6M", "P1Y", "material"),
        ("P1Y", "P12M", "editorial"),
    ],
)
def test_how_often_a_right_can_be_used_is_a_limit(old: str, new: str, expected: str) -> None:
    before, after = (
        policy(Section("rights", "r", children=(Section("right", "a", {"right": "access", "frequency": often}),)))
        for often in (old, new)
    )
    (change,) = weighed(before, after)
    assert change.materiality == expected


def test_how_often_is_said_in_words() -> None:
    before, after = (
        policy(Section("rights", "r", children=(Section("right", "a", {"right": "access", "frequency": often}),)))
        for often in ("P1Y", "P6M")
    )
    (line,) = told(before, after)
    assert "from once a year to once in 6 months" in line


@pytest.mark.parametrize("kind", ["text", "purposes", "recipients", "service"])
def test_a_date_of_the_text_s_own_changes_nothing_that_applies(kind: str) -> None:
    before, after = (policy(Section(kind, "x", {"date": date}, {"heading": "H"})) for date in ("2018-05", "2022-02-08"))
    (change,) = weighed(before, after)
    assert (change.rule, change.materiality) == ("own-date", "editorial")


def test_when_and_by_whom_it_was_decided_changes_nothing_that_applies() -> None:
    decided = Section("decision", "d", {"decided": "2018", "reference": "7"}, {"decided_by": "the board"})
    other = Section("decision", "d", {"decided": "2024-05", "reference": "9"}, {"decided_by": "the council"})
    for old, new in ((policy(), policy(decided)), (policy(decided), policy()), (policy(decided), policy(other))):
        assert {change.materiality for change in weighed(old, new)} == {"editorial"}
