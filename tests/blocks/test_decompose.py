"""From sections back to raw blocks: what composing makes of them is what they were."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from example_site.demo.load import load_register
from example_site.demo.policies import STORIES
from example_site.demo.stream import raw_body
from tests.blocks.bodies import page
from wagtail_privacy.blocks.body import PolicyStreamBlock
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.blocks.decompose import decompose
from wagtail_privacy.blocks.places import kinds_held
from wagtail_privacy.models import DataCategory
from wagtail_privacy.policy.kinds import CELLS, KINDS, Field, kind_of
from wagtail_privacy.policy.section import Section, without_empty
from wagtail_privacy.policy.vocabulary import VOCABULARIES
from wagtail_privacy.policy.words import plain

BODY = PolicyStreamBlock()
WORDS = st.text(st.sampled_from("abc åä<&>'\" "), min_size=1, max_size=8).map(str.strip).filter(bool)
PROSE = st.lists(st.sampled_from(["<p>Vi <b>sparar</b> dem.</p>", "<ul><li>namn</li></ul>", "<h3>A &amp; B</h3>"]))
VALUES: dict[str, Any] = {
    "line": WORDS,
    "lines": st.lists(WORDS, max_size=3),
    "prose": PROSE.map("".join),
    "country": st.sampled_from(["SE", "FI"]),
    "duration": st.sampled_from(["P24M", "P1Y6M"]),
    "flag": st.booleans(),
    "number": st.integers(0, 40),
    "date": st.sampled_from(["2018", "2018-05", "2018-05-25"]),
    "email": st.just("a@example.org"),
    "url": st.just("https://example.org/"),
    "address": st.just("Storgatan 1\n111 22 Stockholm"),
}


def values(field: Field) -> Any:
    if field.type == "code":
        return st.sampled_from([code for code, _ in VOCABULARIES[field.vocabulary].choices()])
    return VALUES.get(field.type, WORDS)


#: What follows from a policy's settings, and a register entry's key, which needs the register.
SETTINGS = {("change_notice", "notice_period"), ("change_notice", "tells_users")}


@st.composite
def sections(draw: Any, block: Any, ids: Any, id: str = "") -> Section:
    """A section of the kind of ``block`` with anything in it, its children in the order of their blocks."""
    kind, id = block.kind, id or f"s{next(ids)}"
    stated = [f for f in kind.fields if f.type != "key" and (kind.name, f.name) not in SETTINGS and draw(st.booleans())]
    found = {field.name: draw(values(field)) for field in stated}
    if not found and kind.fields and kind.fields[0].is_text:
        found = {kind.fields[0].name: draw(WORDS)}
    texts = without_empty({f.name: found[f.name] for f in kind.texts if f.name in found})
    facts = without_empty({f.name: found[f.name] for f in kind.facts if f.name in found})
    children: list[Section] = []
    for name, child in getattr(block, "child_blocks", {}).items():
        if kind.field(name) or name == "cells":
            continue
        if name == "columns":
            children.append(draw(sections(child, ids, f"{id}/columns")))
            continue
        each = [child.child_block] if hasattr(child, "child_block") else child.child_blocks.values()
        made = [one for one in each if hasattr(one, "kind")]
        chosen = draw(st.lists(st.sampled_from(made), max_size=2)) if made else []
        children += [draw(sections(one, ids)) for one in chosen]
    said = [each for each in children if each.facts or each.texts or each.children]
    return Section(kind.name, id, facts, texts, tuple(said))


@st.composite
def bodies(draw: Any, name: str) -> Section:
    return draw(sections(BODY.child_blocks[name], iter(range(10_000))))


def composed(found: list[Section]) -> tuple[Section, ...]:
    raw = json.loads(json.dumps(decompose(BODY, found)))
    return compose(page(body=BODY.to_python(raw)), tells_users=False).snapshot.sections


@pytest.mark.parametrize("name", BODY.child_blocks)
@given(data=st.data())
@settings(max_examples=40)
def test_composing_what_it_gives_yields_the_same_section(name: str, data: Any) -> None:
    section = data.draw(bodies(name))
    assume(section.facts or section.texts or section.children)
    assert composed([section]) == (section,)


def test_every_kind_but_other_content_is_made_by_some_block() -> None:
    def held(block: Any) -> set[str]:
        below = [*getattr(block, "child_blocks", {}).values(), *filter(None, [getattr(block, "child_block", None)])]
        return (set(kinds_held(block)) if hasattr(block, "kind") else set()).union(*map(held, below))

    assert set(KINDS) - held(BODY) == {"other"}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title.en)
@pytest.mark.django_db
def test_the_policies_of_the_demo_come_back_as_they_were(story: Any) -> None:
    load_register()
    for _publication, policy in story.publications():
        body = BODY.to_python(raw_body(policy))
        snapshot = compose(page(body=body)).snapshot
        again = compose(page(body=BODY.to_python(decompose(BODY, snapshot.sections)))).snapshot
        assert again == snapshot


@pytest.mark.django_db
def test_an_entry_of_the_register_is_chosen_again_and_written_in_place_once_it_is_gone() -> None:
    entry = DataCategory.objects.create(name_sv="Kontaktuppgifter")
    section = Section(
        "data_categories",
        "d",
        children=(
            Section("data_category", f"d/data_category:{entry.key}", {"key": entry.key}, {"name": "Kontaktuppgifter"}),
        ),
    )
    assert composed([section]) == (section,)
    DataCategory.objects.filter(pk=entry.pk)._raw_delete("default")
    ((written,),) = (each.children for each in composed([section]))
    assert (written.facts, written.texts) == ({}, {"name": "Kontaktuppgifter"})


def test_what_no_block_makes_becomes_a_text_with_all_its_words() -> None:
    odd = Section(
        "gone",
        "g",
        {"x": 1},
        {"title": "Rubrik", "note": "Ett & två"},
        (Section("text", "t", {}, {"body": "<p>Tre</p>"}),),
    )
    (text,) = composed([odd])
    assert (text.kind, text.id, text.texts["heading"]) == ("text", "g", "Rubrik")
    assert plain(str(text.texts["body"])).split() == ["Ett", "&", "två", "Tre"]


def test_an_empty_cell_keeps_its_place() -> None:
    row = Section("table_row", "r", texts={CELLS[2]: "<p>c</p>"})
    table = Section("table", "t", children=(Section("table_head", "t/columns", texts={CELLS[1]: "B"}), row))
    assert composed([table]) == (table,)
    assert kind_of("table_row").fields[2].name == CELLS[2]
