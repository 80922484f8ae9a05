"""Mending an import: whatever a person does, no word is lost or added."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from wagtail_privacy.imports.as_state import Mending, OtherPart
from wagtail_privacy.imports.mend import SourceLine, accept, change_kind, join, paragraphs, prose_of, split
from wagtail_privacy.imports.outline import LeftOut
from wagtail_privacy.imports.proposal import Fact, ProposedSection, Suggestion
from wagtail_privacy.policy.kinds import KINDS, kind_of
from wagtail_privacy.policy.words import plain

LINE = st.sampled_from(["Vi sparar dem", "a & b", "Kakor <x>", "Rättigheter"])
PROSE = st.lists(
    st.sampled_from(
        ["<p>Vi <b>sparar</b> dem.</p>", "<ul><li>namn<ul><li>för</li></ul></li></ul>", "<p>A<br>\n&amp;</p>"]
    )
).map("".join)
KINDS_WITH_PROSE = sorted(name for name, kind in KINDS.items() if prose_of(kind))


@st.composite
def proposals(draw: Any, depth: int = 1) -> ProposedSection:
    kind = kind_of(draw(st.sampled_from(sorted(set(KINDS) - {"other"}))))
    texts = {
        f.name: draw(PROSE if f.type == "prose" else LINE)
        for f in kind.texts
        if f.type != "lines" and draw(st.booleans())
    }
    children = tuple(draw(st.lists(proposals(depth - 1), max_size=2))) if depth else ()
    return ProposedSection(kind.name, texts.get("heading", ""), texts, (0, 100), "", 1.0, children=children)


def words(*sections: ProposedSection) -> Counter[str]:
    found: Counter[str] = Counter()
    for section in sections:
        for text in section.texts.values():
            said = plain(text) if text.startswith("<") else text
            found.update(re.findall(r"\w+", said))
        found += words(*section.children)
    return found


@given(proposals(), st.sampled_from(KINDS_WITH_PROSE))
def test_another_kind_says_the_same_words(section: ProposedSection, kind: str) -> None:
    changed = change_kind(section, kind)
    assert changed.kind == kind
    assert words(changed) == words(section)


@given(proposals(), proposals())
def test_two_joined_say_the_words_of_both(first: ProposedSection, second: ProposedSection) -> None:
    assert words(join(first, second)) == words(first, second)


@given(proposals(), st.integers(-1, 5))
def test_one_split_says_its_words_in_two(section: ProposedSection, at: int) -> None:
    parts = split(section, at, 50)
    assert words(*parts) == words(section)
    assert len(parts) == (2 if 0 < at < len(paragraphs(section)) else 1)


def text(body: str, **more: Any) -> ProposedSection:
    return ProposedSection("text", "Kakor", {"heading": "Kakor", "body": body}, (0, 100), "", 1.0, **more)


def test_a_subheading_becomes_the_heading_of_what_is_split_off() -> None:
    first, second = split(text("<p>Ett</p><p><strong>Cookies</strong></p><p>Två</p>"), 1, 10)
    assert (first.texts["body"], second.texts) == ("<p>Ett</p>", {"heading": "Cookies", "body": "<p>Två</p>"})
    assert (first.span, second.span) == ((0, 10), (10, 100))


def test_facts_stay_with_the_words_that_state_them() -> None:
    early, late = Fact("age_limit", 13, (0, 5), ""), Suggestion("age_limit", 16, (60, 70), "")
    children = ProposedSection(
        "children", "", {"description": "<p>a</p><p>b</p>"}, (0, 100), "", 1.0, (early,), (late,)
    )
    first, second = split(children, 1, 50)
    assert (first.facts, first.suggestions, second.facts) == ((early,), (), ())
    assert change_kind(children, "security").facts == ()


def test_words_that_only_a_fact_says_come_back_with_another_kind() -> None:
    lines = (
        SourceLine("heading", "Ansvarig", (0, 10)),
        SourceLine("paragraph", "Bageriet AB, 559000-0005", (10, 40)),
        SourceLine("item", "a@example.org", (40, 60), "–"),
    )
    facts = (Fact("name", "Bageriet AB", (10, 21), ""), Fact("email", "a@example.org", (42, 55), ""))
    controller = ProposedSection("controller", "Ansvarig", {"heading": "Ansvarig"}, (0, 60), "", 1.0, facts)
    text = change_kind(controller, "text", lines)
    assert text.texts == {
        "heading": "Ansvarig", "body": "<p>Bageriet AB, 559000-0005</p><ul><li>a@example.org</li></ul>",
    }  # fmt: skip
    assert text.facts == ()
    assert [fact.field for fact in change_kind(controller, "dpo", lines).facts] == ["name", "email"]
    assert "559000" in str(
        join(ProposedSection("text", "", {"body": "<p>a</p>"}, (60, 70), "", 1.0), controller, lines).texts
    )


def test_a_suggestion_that_is_accepted_is_a_fact() -> None:
    one = Suggestion("age_limit", 16, (60, 70), "Det står så")
    section = ProposedSection("children", "", {}, (0, 100), "", 1.0, suggestions=(one,))
    (accepted,) = accept(section, 0)
    assert accepted.facts == (Fact("age_limit", 16, (60, 70), "Det står så"),)
    assert accepted.suggestions == ()


def test_a_suggestion_of_another_kind_is_a_section_of_its_own() -> None:
    child = Suggestion("right", "access", (0, 1), "", "right")
    other = Suggestion("authority", "SE", (0, 1), "", "complaint")
    section = ProposedSection("rights", "", {}, (0, 9), "", 1.0, suggestions=(child, other))
    (with_child,) = accept(section, 0)
    assert [c.kind for c in with_child.children] == ["right"]
    assert [s.kind for s in accept(section, 1)] == ["rights", "complaint"]


@given(st.lists(proposals(), max_size=3))
def test_the_state_comes_back_as_it_went(sections: list[ProposedSection]) -> None:
    mending = Mending(
        "T", "sv", "UTF-8", (SourceLine("heading", "A", (0, 1)),), tuple(sections), (LeftOut("b", "c", (1, 2)),),
        ("w",), {"source": 1}, (OtherPart("T", "en", tuple(sections)),),
    )  # fmt: skip
    assert Mending.from_json(json.loads(json.dumps(mending.to_json()))) == mending
