"""What compare finds, case by case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from wagtail_privacy.changes.change import Change
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.policy.kinds import KINDS, TEXT_TYPES, Kind
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot, UnreadableSnapshot


def section(kind: str, id: str, *children: Section, **values: Any) -> Section:
    """A section of our kinds, its values put among facts or texts as the table says."""
    texts = {field.name for field in KINDS[kind].fields if field.type in TEXT_TYPES}
    return Section(
        kind,
        id,
        {name: value for name, value in values.items() if name not in texts},
        {name: value for name, value in values.items() if name in texts},
        children,
    )


def policy(*sections: Section, title: str = "Integritetspolicy") -> Snapshot:
    return Snapshot("sv", title, sections)


def brief(changes: Sequence[Change]) -> list[tuple[Any, ...]]:
    """Kind, ids down to the section, field, old and new: of what was added or removed its kind of section."""

    def shown(value: Any) -> Any:
        return value["kind"] if isinstance(value, dict) else value

    return [
        (change.kind, "/".join(step.id for step in change.path), change.field, shown(change.old), shown(change.new))
        for change in changes
    ]


def purpose(id: str = "p", title: str = "Kundtjänst", *children: Section, **values: Any) -> Section:
    values.setdefault("description", "<p>Vi svarar på dina frågor och följer upp ärenden.</p>")
    return section("purpose", id, *children, title=title, **values)


def retention(id: str, duration: str = "P24M", **values: Any) -> Section:
    return section("retention", id, duration=duration, **values)


def recipient(id: str, name: str = "Postbudet AB", **values: Any) -> Section:
    return section("recipient", id, name=name, **values)


A, B, C, D = (section("text", id, heading=f"Rubrik {id}", body=f"<p>{id * 5}</p>") for id in "abcd")


def test_a_first_version_has_no_changes() -> None:
    assert compare(None, policy(A)) == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(policy(A), policy(A, B), [("added", "b", "", None, "text")], id="added"),
        pytest.param(policy(A, B), policy(B), [("removed", "a", "", "text", None)], id="removed"),
        pytest.param(
            policy(title="Policy"),
            policy(title="Vår policy"),
            [("changed", "", "title", "Policy", "Vår policy")],
            id="the policy's own title",
        ),
        pytest.param(
            policy(purpose("p", "Kundtjänst", retention("r", "P24M"))),
            policy(purpose("p", "Kundtjänst", retention("r", "P36M"))),
            [("changed", "p/r", "duration", "P24M", "P36M")],
            id="a fact of a nested section",
        ),
        pytest.param(
            policy(purpose(data_subjects=["kunder", "besökare"])),
            policy(purpose(data_subjects=["kunder", "besökare", "barn"])),
            [("changed", "p", "data_subjects", ["kunder", "besökare"], ["kunder", "besökare", "barn"])],
            id="a list is one change",
        ),
        pytest.param(
            policy(purpose(direct_marketing=True)),
            policy(purpose(direct_marketing=False)),
            [("changed", "p", "direct_marketing", True, None)],
            id="a flag that is no longer stated",
        ),
        pytest.param(
            policy(section("children", "c", age_limit=0)),
            policy(section("children", "c", age_limit=13)),
            [("changed", "c", "age_limit", 0, 13)],
            id="nought is a value",
        ),
        pytest.param(
            policy(section("text", "x", body="<p>y</p>")),
            policy(section("security", "x", description="<p>y</p>")),
            [("added", "x", "", None, "security"), ("removed", "x", "", "text", None)],
            id="another kind under the same id",
        ),
    ],
)
def test_a_difference(old: Snapshot, new: Snapshot, expected: list[tuple[Any, ...]]) -> None:
    assert brief(compare(old, new)) == expected


def test_a_changed_field_is_a_fact_or_a_text() -> None:
    old = policy(recipient("r", category="Frakt", role="processor"))
    new = policy(recipient("r", category="Transport", role="controller"))
    assert {change.field: change.is_text for change in compare(old, new)} == {"category": True, "role": False}


def test_fields_come_in_the_order_of_the_kind_and_unknown_ones_last() -> None:
    new = replace(
        recipient("r", "B", category="c", country="SE"), facts={"zeta": 1, "country": "SE", "name": "B", "alfa": 2}
    )
    changes = compare(policy(recipient("r", "A")), policy(replace(new, texts={"category": "c"})))
    assert [change.field for change in changes] == ["name", "category", "country", "alfa", "zeta"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param({"title": "x", "description": ""}, {"title": "x"}, id="empty text"),
        pytest.param({"title": "x", "data_subjects": []}, {"title": "x"}, id="empty list"),
        pytest.param({"title": "x", "data_subjects": ["kund"]}, {"title": "x", "data_subjects": ("kund",)}, id="tuple"),
        pytest.param({"title": "x", "direct_marketing": False}, {"title": "x"}, id="flag that is not stated"),
        pytest.param({"title": "x", "provision": None}, {"title": "x"}, id="nothing"),
        pytest.param({"title": "caf\u00e9"}, {"title": "cafe\u0301"}, id="two spellings of one letter"),
        pytest.param({"title": " x "}, {"title": "x"}, id="white space around"),
        pytest.param({"description": "<p>R&amp;D<br/></p>"}, {"description": "<p>R&#38;D<br></p>"}, id="HTML entities"),
        pytest.param({"description": "<p>a</p>\n<p>b</p>"}, {"description": "<p>a</p><p>b</p>"}, id="lines of HTML"),
        pytest.param(
            {"description": """<a href="/x" id="2">a</a>"""},
            {"description": """<a id='2' href='/x'>a</a>"""},
            id="order of attributes",
        ),
    ],
)
def test_what_an_upgrade_may_write_differently_is_no_change(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert compare(policy(section("purpose", "p", **old)), policy(section("purpose", "p", **new))) == ()


def test_a_fact_that_became_a_text_with_the_same_words_is_no_change() -> None:
    """A later release may find that a name is translated after all."""
    old = Section("recipient", "r", facts={"name": "Skatteverket"})
    assert compare(policy(old), policy(replace(old, facts={}, texts=old.facts))) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("<p>x</p>", "<p><b>x</b></p>", id="bold"),
        pytest.param('<a href="/a">x</a>', '<a href="/b">x</a>', id="a link's target"),
        pytest.param("<p>1 000</p>", "<p>1\u00a0000</p>", id="a hard space"),
        pytest.param("<p>x</p>", "<p>x\u200b</p>", id="a character without width"),
        pytest.param("&lt;p&gt;x", "<p>x</p>", id="a tag that is text"),
    ],
)
def test_what_an_editor_did_to_a_text_is_a_change(old: str, new: str) -> None:
    found = compare(policy(purpose(description=old)), policy(purpose(description=new)))
    assert brief(found) == [("changed", "p", "description", old, new)]


# Moves


@pytest.mark.parametrize(
    ("order", "moves"),
    [
        pytest.param((B, A, C, D), 1, id="two changed places"),
        pytest.param((D, A, B, C), 1, id="the last came first"),
        pytest.param((B, C, D, A), 1, id="the first came last"),
        pytest.param((D, C, B, A), 3, id="turned round"),
    ],
)
def test_a_reorder_is_the_fewest_moves(order: tuple[Section, ...], moves: int) -> None:
    changes = compare(policy(A, B, C, D), policy(*order))
    assert [change.kind for change in changes] == ["moved"] * moves


def test_a_move_says_from_where_and_to_where() -> None:
    assert brief(compare(policy(A, B, C, D), policy(D, A, B, C))) == [("moved", "d", "", 3, 0)]


def test_what_comes_and_goes_moves_nothing_else() -> None:
    assert {change.kind for change in compare(policy(A, B, C), policy(D, B, C))} == {"added", "removed"}


def test_a_section_that_moved_may_have_changed_too() -> None:
    edited = replace(D, texts={**D.texts, "heading": "Ny rubrik"})
    assert [(change.kind, change.field) for change in compare(policy(A, B, D), policy(edited, A, B))] == [
        ("moved", ""),
        ("changed", "heading"),
    ]


def test_a_section_put_into_another_has_moved() -> None:
    service = section("service", "s", title="Appen")
    found = compare(policy(A, service, B), policy(A, replace(service, children=(B,))))
    assert brief(found) == [("moved", "s/b", "", 2, 0)]
    assert [step.id for step in found[0].old_path] == ["b"]


def test_a_section_that_outlives_the_one_around_it_has_moved_and_is_not_among_what_went() -> None:
    service = section("service", "s", A, B, title="Appen")
    moved, removed = compare(policy(service), policy(A))
    assert (moved.kind, [step.id for step in moved.old_path]) == ("moved", ["s", "a"])
    assert [child["id"] for child in removed.old["children"]] == ["b"]


def test_sections_that_changed_places_with_what_holds_them() -> None:
    inner, outer = section("service", "i", title="Inre"), section("service", "o", title="Yttre")
    found = compare(policy(replace(outer, children=(inner,))), policy(replace(inner, children=(outer,))))
    assert brief(found) == [("moved", "i", "", 0, 0), ("moved", "i/o", "", 0, 0)]


# One change with all that it holds


def test_an_added_section_holds_its_children_and_its_place() -> None:
    (added,) = compare(policy(A), policy(A, purpose("p", "Kundtjänst", retention("r", criteria="<p>Tills vidare</p>"))))
    assert (added.position, added.new["id"], added.new["children"]) == (
        1,
        "p",
        [
            {
                "kind": "retention",
                "id": "r",
                "facts": {"duration": "P24M"},
                "texts": {"criteria": "<p>Tills vidare</p>"},
            }
        ],
    )


def test_a_removed_section_holds_its_children_and_its_place() -> None:
    (removed,) = compare(policy(A, purpose("p", "Kundtjänst", retention("r"))), policy(A))
    assert (removed.position, [child["id"] for child in removed.old["children"]]) == (1, ["r"])


# Matching without ids


def again(section: Section, suffix: str = "2") -> Section:
    """Deleted and added again: the same under other ids."""
    return replace(section, id=section.id + suffix, children=tuple(again(child) for child in section.children))


def test_a_purpose_deleted_and_added_again_is_nothing() -> None:
    one = purpose("p", "Kundtjänst", retention("r"), recipient("x"))
    assert compare(policy(A, one), policy(A, again(one))) == ()


def test_a_renamed_one_is_a_rename() -> None:
    one = purpose("p", "Kundtjänst", retention("r"), recipient("x"))
    other = again(replace(one, texts={**one.texts, "title": "Support"}))
    (change,) = compare(policy(one), policy(other))
    assert (change.field, change.old, change.new) == ("title", "Kundtjänst", "Support")
    assert (change.path[0].id, change.path[0].old_id) == ("p2", "p")


def test_a_rewritten_one_with_most_of_its_words_is_the_same() -> None:
    one = purpose("p", description="<p>Vi svarar på dina frågor och följer upp ärenden hos vår kundtjänst.</p>")
    other = purpose("q", "Support", description="<p>Vi svarar på dina frågor och följer upp ärenden.</p>")
    assert [change.field for change in compare(policy(one), policy(other))] == ["title", "description"]


def test_another_purpose_with_the_same_recipients_is_another_purpose() -> None:
    """It must be announced as new (Art. 13(3)), whatever it shares with one that ended."""
    shared = (recipient("x"), retention("r"))
    old = purpose("p", "Kundtjänst", *shared, description="<p>Vi svarar på dina frågor.</p>")
    new = purpose("q", "Profilering", *map(again, shared), description="<p>Visa annonser efter beteende.</p>")
    assert [change.kind for change in compare(policy(old), policy(new))] == ["added", "removed"]


@pytest.mark.parametrize(
    ("old", "new", "fields"),
    [
        pytest.param(
            recipient("a", "Posten", key="post"), recipient("b", "PostNord", key="post"), ["name"], id="register key"
        ),
        pytest.param(
            section("right", "a", right="access", explanation="<p>Du får veta.</p>"),
            section("right", "b", right="access", explanation="<p>Begär utdrag.</p>"),
            ["explanation"],
            id="code",
        ),
        pytest.param(
            section("commitment", "a", commitment="no_sale"),
            section("commitment", "b", commitment="no_sale", statement="Vi säljer inget."),
            ["statement"],
            id="code that names it",
        ),
        pytest.param(
            section("cookie", "a", name="_ga", purpose="Mäta besök"),
            section("cookie", "b", name="_ga", purpose="Räkna"),
            ["purpose"],
            id="name of a cookie",
        ),
        pytest.param(
            section("dpo", "a", name="Åsa Ek", email="dpo@example.com"),
            section("dpo", "b", name="Bo Alm", email="bo@example.com"),
            ["name", "email"],
            id="the only one of its kind",
        ),
    ],
)
def test_what_is_paired_without_an_id(old: Section, new: Section, fields: list[str]) -> None:
    changes = compare(policy(D, old), policy(D, new))
    assert [(change.kind, change.field) for change in changes] == [("changed", field) for field in fields]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(recipient("a", "Posten AB", key="post"), recipient("b", "Bring AS", key="bring"), id="recipients"),
        pytest.param(
            section("right", "a", right="other", title="Rätt till kopia", explanation="<p>Ring.</p>"),
            section("right", "b", right="other", title="Annan", explanation="<p>Skriv.</p>"),
            id="two rights that are none of the list",
        ),
        pytest.param(
            section("text", "a", heading="Säkerhet", body="<p>Kryptering används.</p>"),
            section("text", "b", heading="Kakor", body="<p>Läs mer här.</p>"),
            id="two texts",
        ),
    ],
)
def test_what_is_not_paired(old: Section, new: Section) -> None:
    assert [change.kind for change in compare(policy(old), policy(new))] == ["added", "removed"]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (section("legal_basis", "a", basis="art6_1_a"), section("legal_basis", "b", basis="art6_1_f"), "basis"),
        (retention("a", "P24M", key="two"), retention("b", "P36M", key="three"), "duration"),
    ],
    ids=["legal basis", "storage period"],
)
def test_what_a_purpose_has_one_of_is_changed_and_not_replaced(old: Section, new: Section, field: str) -> None:
    changes = compare(policy(purpose("p", "x", old)), policy(purpose("p", "x", new)))
    assert {change.kind for change in changes} == {"changed"}
    assert field in {change.field for change in changes}


def test_one_of_two_controllers_replaced_is_another_controller() -> None:
    first, second, third = (section("controller", id, name=f"{id} AB") for id in ("Ett", "Två", "Tre"))
    assert {change.kind for change in compare(policy(first, second), policy(first, third))} == {"added", "removed"}


def test_a_recipient_of_one_purpose_has_not_moved_from_another() -> None:
    """Each purpose tells who receives its data: that another purpose told it too makes nothing less new."""
    old = policy(purpose("p", "Köp", recipient("x")), purpose("q", "Frakt"))
    new = policy(purpose("p", "Köp"), purpose("q", "Frakt", recipient("y")))
    assert brief(compare(old, new)) == [
        ("removed", "p/x", "", "recipient", None),
        ("added", "q/y", "", None, "recipient"),
    ]


def test_the_same_purpose_added_again_inside_a_service_section_has_moved() -> None:
    service = section("service", "s", title="Appen")
    one = purpose("p", "Köp", retention("r"))
    (moved,) = compare(policy(service, one), policy(replace(service, children=(again(one),))))
    assert (moved.kind, moved.path[-1].old_id, [step.id for step in moved.old_path]) == ("moved", "p", ["p"])


def test_a_service_section_added_again_is_known_by_what_it_holds() -> None:
    held = [purpose(f"p{n}", f"Ändamål {n}", description=f"<p>Beskrivning nummer {n} av {n * 7}</p>") for n in range(5)]
    service = section("service", "s", *held, title="Appen")
    other = again(section("service", "s", *held[1:], title="Webben"))
    assert brief(compare(policy(service), policy(other))) == [
        ("changed", "s2", "title", "Appen", "Webben"),
        ("removed", "s2/p0", "", "purpose", None),
    ]


def test_two_policies_without_any_shared_id_are_compared_by_what_they_say() -> None:
    old = policy(A, B, purpose("p", "Köp"), section("dpo", "d", email="a@example.com"))
    new = policy(*map(again, (A, B, purpose("p", "Köp"), section("dpo", "d", email="b@example.com"), C)))
    assert brief(compare(old, new)) == [
        ("changed", "d2", "email", "a@example.com", "b@example.com"),
        ("added", "c2", "", None, "text"),
    ]


# Readers' comparisons


def test_what_came_and_went_is_not_in_the_net_change() -> None:
    second, third, fourth = policy(A), policy(A, purpose()), policy(A, purpose(), B)
    fifth = policy(A, B)
    assert [brief(compare(*pair)) for pair in ((second, third), (third, fourth), (fourth, fifth))] == [
        [("added", "p", "", None, "purpose")],
        [("added", "b", "", None, "text")],
        [("removed", "p", "", "purpose", None)],
    ]
    assert brief(compare(second, fifth)) == [("added", "b", "", None, "text")]


# Bad input


def test_an_id_used_twice_is_an_error_that_names_it() -> None:
    with pytest.raises(UnreadableSnapshot, match="'a' more than once"):
        compare(policy(A), policy(A, A))


def test_sections_nested_without_end_are_an_error() -> None:
    def nested(heading: str) -> Section:
        deep = section("text", "text", heading=heading)
        for number in range(5000):
            deep = Section("service", str(number), children=(deep,))
        return deep

    with pytest.raises(UnreadableSnapshot, match="too many levels"):
        compare(policy(nested("a")), policy(nested("b")))


@pytest.mark.parametrize(
    "value",
    [
        "art6_1_z",
        "",
        "\u202eabc",
        "שלום",
        "👩‍👩‍👧",
        "a\u200bb",
        "\x00",
        "\ud800",
        "<p><b>x",
        "</p>",
        "<",
        "x" * 200_000,
    ],
    ids=["gone code", "empty", "rtl", "hebrew", "emoji", "zw", "nul", "surrogate", "open", "closed", "<", "long"],
)
def test_any_value_has_a_defined_difference(value: str) -> None:
    old = purpose("p", "x", section("legal_basis", "b", basis="art6_1_a"))
    new = purpose("p", value, section("legal_basis", "b", basis=value), description=value)
    found = compare(policy(old), policy(new))
    assert {(change.kind, change.field) for change in found} == {
        ("changed", "title"),
        ("changed", "description"),
        ("changed", "basis"),
    }


def test_a_kind_that_the_site_no_longer_has_is_compared_by_its_values() -> None:
    old, new = (Section("gone", "g", facts={"n": n}, texts={"t": "x"}) for n in (1, 2))
    assert brief(compare(policy(old), policy(new))) == [("changed", "g", "n", 1, 2)]


def test_a_site_gives_its_own_kind_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "camera", Kind("camera", "Kamera", key="place"))
    old, new = (Section("camera", id, facts={"place": "entré", "zone": zone}) for id, zone in (("1", "a"), ("2", "b")))
    assert brief(compare(policy(old), policy(new))) == [("changed", "2", "zone", "a", "b")]
