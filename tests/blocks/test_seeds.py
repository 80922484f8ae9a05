"""Each of five real policies can be built from blocks: every fact of it is there, and nothing that it doesn't state."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.utils.translation import override

from tests.blocks.bodies import composed
from tests.conftest import unavailable
from tests.seeds import digital_services, guide_bookings, media_group, online_courses, studio
from tests.seeds.seed import SEEDS, Seed
from wagtail_privacy.blocks.body import PolicyStreamBlock
from wagtail_privacy.blocks.compose import Composition
from wagtail_privacy.policy.kinds import Field, kind_of
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.policy.words import plain, say
from wagtail_privacy.reader.rendering import render_snapshot

BODIES: list[Callable[[Seed], list[Any]]] = [
    digital_services.body,
    media_group.body,
    guide_bookings.body,
    studio.body,
    online_courses.body,
]

# Codes that say "none of the list": the title or statement beside them is what the text states.
NOT_A_FACT = {"other"}
# Numbers in the texts that state nothing about personal data, with the reason.
NO_FACT = {
    "365": "a product's name at the foot of the page",
    "2020": "a copyright line",
    "20": "the address again, in the footer",
    "0736929609": "the telephone number again, without spaces",
}


@pytest.fixture(params=range(5), ids=[f"{n:03d}-{body.__module__.rpartition('.')[2]}" for n, body in enumerate(BODIES)])
def built(request: pytest.FixtureRequest) -> tuple[Seed, list[Any]]:
    if not SEEDS.is_dir():
        unavailable(f"the real policies in {SEEDS.parent.name}/{SEEDS.name} beside the repository")
    seed = Seed.read(request.param)
    return seed, BODIES[request.param](seed)


def values(composition: Composition) -> list[object]:
    """Every fact and text that the policy states, one by one; rich text as its words."""
    return [
        value if isinstance(value, bool) else plain(str(value))
        for section in composition.snapshot.walk()
        for stated in (*section.facts.values(), *section.texts.values())
        for value in (stated if isinstance(stated, list) else [stated])
    ]


def test_every_fact_that_the_text_states_is_in_the_snapshot(built: tuple[Seed, list[Any]]) -> None:
    seed, body = built
    said = values(composed(*body, tells_users=False))
    prose = " ".join(str(value) for value in said)
    lost = [
        value
        for value in seed.stated
        if (plain(value) not in prose if isinstance(value, str) and value.startswith("<") else value not in said)
    ]
    assert not lost


def test_the_snapshot_states_no_fact_that_the_text_lacks(built: tuple[Seed, list[Any]]) -> None:
    seed, body = built
    facts = [
        fact
        for section in composed(*body, tells_users=False).snapshot.walk()
        for fact in section.facts.values()
        if fact not in NOT_A_FACT
    ]
    assert not Counter(facts) - Counter(seed.stated)


def test_every_number_in_the_text_has_been_cited(built: tuple[Seed, list[Any]]) -> None:
    seed, _ = built
    text = re.sub(r"\b\d{1,2}\. ", "", seed.text)  # the numbers of its lists
    cited = " ".join(seed.cited)
    numbers = {number for number in re.findall(r"\d[\d-]*", text) if number not in NO_FACT}
    assert {number for number in numbers if number.strip("-") not in cited} == set()


def test_the_editor_may_save_it_as_it_is(built: tuple[Seed, list[Any]]) -> None:
    _, body = built
    block = PolicyStreamBlock()
    block.clean(block.normalize(body))


def test_every_fact_is_found_on_the_page(built: tuple[Seed, list[Any]]) -> None:
    _, body = built
    composition = composed(*body, notice_period=30)
    page = words_of(rendered(composition.snapshot, composition.shown))
    with override("sv"):
        lost = [
            (section.kind, field.name, value)
            for section in composition.snapshot.walk()
            for field, value in stated(section)
            if field.type != "flag" and words_of(say(field, value)) not in page
        ]
    assert not lost


def test_every_flag_makes_a_difference_to_the_page(built: tuple[Seed, list[Any]]) -> None:
    _, body = built
    composition = composed(*body, notice_period=30)
    page = rendered(composition.snapshot, composition.shown)
    flags = [
        (section, field.name)
        for section in composition.snapshot.walk()
        for field, _ in stated(section)
        if field.type == "flag"
    ]
    assert not [
        (section.kind, name)
        for section, name in flags
        if rendered(without(composition.snapshot, section.id, name), composition.shown) == page
    ]


def stated(section: Section) -> list[tuple[Field, Any]]:
    """What a section states to readers: not the code that a name in the editor's words stands for."""
    kind = kind_of(section.kind)
    filled = {**section.facts, **section.texts}
    named = [name for name in kind.named_by if name in filled]
    return [
        (field, filled[field.name]) for field in kind.fields if field.name in filled and field.name not in named[1:]
    ]


def rendered(snapshot: Snapshot, shown: Mapping[str, str]) -> str:
    page = render_snapshot(snapshot, shown)
    return f"{page.body}{page.earlier}"


def words_of(text: str) -> str:
    """The words alone; addresses on the web as they are shown, without their scheme."""
    text = unescape(re.sub(r"<[^>]+>", " ", text)).replace("\xa0", " ").replace("https://", "")
    return " ".join(text.split()).casefold().rstrip("/")


def without(snapshot: Snapshot, id: str, name: str) -> Snapshot:
    """``snapshot`` where the section ``id`` does not state the fact ``name``."""

    def drop(section: Section) -> Section:
        facts = {fact: value for fact, value in section.facts.items() if (section.id, fact) != (id, name)}
        return replace(section, facts=facts, children=tuple(map(drop, section.children)))

    return replace(snapshot, sections=tuple(map(drop, snapshot.sections)))
