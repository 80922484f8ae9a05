"""Sections as readers meet them: words for codes, links that lead to the web alone, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import Context, Template
from django.utils.translation import override

from wagtail_privacy.policy.kinds import KINDS, Field, Kind, register_kind
from wagtail_privacy.policy.section import Section, anchor_of
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.reader.rendering import render_snapshot
from wagtail_privacy.reader.sections import Passage, arrange


def rendered(section: Section, shown: dict[str, str] | None = None, language: str = "sv") -> str:
    with override(language):
        return " ".join(Passage(section, shown or {}).render().split())


def example(kind: Kind) -> Section:
    """A section of ``kind`` that states everything it can, each value recognisable."""
    facts: dict[str, Any] = {}
    texts: dict[str, Any] = {}
    for field in kind.fields:
        value: Any = {
            "code": lambda field=field: next(iter(field.terms)),
            "codes": lambda field=field: list(field.terms)[:2],
            "country": lambda: "SE",
            "duration": lambda: "P18M",
            "flag": lambda: True,
            "number": lambda: 13,
            "date": lambda: "2018-05",
            "email": lambda: "post@example.org",
            "url": lambda: "https://example.org/sida",
            "lines": lambda field=field: [f"{field.name} ett"],
            "prose": lambda field=field: f"<p>prosa {field.name}</p>",
        }.get(field.type, lambda field=field: f"ord {field.name}")()
        (texts if field.is_text else facts)[field.name] = value
    children = tuple(
        Section(child.kind, f"{kind.name}/{name}", child.facts, child.texts)
        for name in kind.children
        if name != "*"
        for child in [example(KINDS[name])]
    )
    return Section(kind.name, kind.name, facts, texts, children)


@pytest.mark.parametrize("name", sorted(KINDS))
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_kind_shows_all_its_texts_and_no_code(name: str, language: str) -> None:
    section = example(KINDS[name])
    html = rendered(section, {}, language)
    for part in section.walk():
        for field in KINDS[part.kind].fields:
            value = part.texts.get(field.name) if field.is_text else part.facts.get(field.name)
            if field.type == "prose" or (field.type in ("line", "name") and name != "other"):
                assert str(value).removeprefix("<p>").removesuffix("</p>").lower() in html.lower(), (
                    part.kind,
                    field.name,
                )
            if field.type in ("code", "codes", "duration", "key") and "_" in str(value):
                assert str(value) not in html, (part.kind, field.name)
        if "duration" in part.facts:
            assert "P18M" not in html


@pytest.mark.parametrize(
    ("url", "links"),
    [("https://example.org/a", True), ("http://example.org", True), ("javascript:alert(1)", False), ("data:x", False)],
)
def test_only_web_addresses_become_links(url: str, links: bool) -> None:
    html = rendered(Section("controller", "c", {"name": "Bolaget", "website": url}))
    assert (f'href="{url}"' in html) is links


def test_purposes_that_follow_each_other_are_read_together() -> None:
    sections = [Section("purpose", id, texts={"title": id}) for id in ("a", "b")]
    with override("sv"):
        (only,) = arrange(sections, {})
        assert [part.heading for part in only.parts] == ["a", "b"]
        assert only.heading == "Varför vi behandlar dina personuppgifter"
        assert [part.level for part in only.parts] == [3, 3]


def test_the_right_to_object_is_told_apart_from_the_others() -> None:
    rights = tuple(Section("right", code, {"right": code}) for code in ("access", "objection", "erasure"))
    html = rendered(Section("rights", "r", children=rights))
    callout = html[html.index('<div class="privacy-objection"') :]
    assert "Rätt att göra invändningar" in callout
    assert "Rätt att göra invändningar" not in html[: html.index('<div class="privacy-objection"')]
    assert "Den registrerades rätt till tillgång" not in callout


def test_the_authority_is_named_and_linked() -> None:
    html = rendered(Section("complaint", "c", {"authority": "SE"}))
    assert '<a href="https://www.imy.se/">Integritetsskyddsmyndigheten (IMY)</a>' in html


def test_what_is_announced_and_how_is_said_in_a_sentence() -> None:
    html = rendered(Section("change_notice", "n", {"notice_period": 30, "tells_users": True}))
    assert "normalt 30 dagar i förväg" in html
    assert "Registrerade användare får dessutom ett meddelande med e-post." in html


def test_a_site_s_own_kind_is_listed_field_by_field() -> None:
    kind = Kind("pet", "Husdjur", (Field("name", "name", "Namn"), Field("born", "date", "Född")), named_by=("name",))
    register_kind(kind)
    try:
        html = rendered(Section("pet", "p", {"name": "Doris", "born": "2020-04"}))
    finally:
        del KINDS["pet"]
    assert "<h2>Doris</h2>" in html
    assert '<dt>Född</dt><dd dir="auto">april 2020</dd>' in html


def test_a_kind_that_the_site_no_longer_has_still_shows_its_words() -> None:
    gone = Section("pet", "p", {"code": "dog_big"}, {"title": "Husdjur", "story": "En <hund>."})
    html = rendered(gone, {"p:story": "<p>En hund.</p>"})
    assert "Husdjur" in html
    assert "<p>En hund.</p>" in html
    assert "dog_big" not in html
    assert "pet<" not in html


def test_another_block_inside_a_purpose_is_not_lost() -> None:
    inner = Section("other", "o", {"block": "video"}, {"text": "Se filmen"})
    html = rendered(Section("purpose", "p", texts={"title": "A"}, children=(inner,)), {"o": "<figure>film</figure>"})
    assert "<figure>film</figure>" in html


def test_an_anchor_is_made_of_the_id_alone() -> None:
    assert anchor_of("1a-2b/data_category:contact") == "s-1a-2b-data-category-contact"


def test_the_contents_list_names_what_has_a_heading() -> None:
    snapshot = Snapshot(
        "sv",
        "Policy",
        (
            Section("text", "t", texts={"body": "<p>Utan rubrik.</p>"}),
            Section("purpose", "p", texts={"title": "Sälja"}),
            Section("earlier_history", "h", children=(Section("history_entry", "e", {"date": "2018"}),)),
        ),
    )
    readable = render_snapshot(snapshot, {})
    assert [(entry.heading, [inner.heading for inner in entry.below]) for entry in readable.contents] == [
        ("Varför vi behandlar dina personuppgifter", ["Sälja"])
    ]
    assert "Utan rubrik." in readable.body
    assert "2018" not in readable.body
    assert "2018" in readable.earlier


def test_a_site_s_template_shows_a_section_by_its_tag() -> None:
    template = Template("{% load wagtail_privacy_tags %}{% policy_section section shown %}")
    section = Section("text", "t", texts={"heading": "Rubrik", "body": "<p>Ord</p>"})
    html = template.render(Context({"section": section, "shown": {"t:body": "<p>Ord</p>"}}))
    assert "<h2>Rubrik</h2>" in html
    assert "<p>Ord</p>" in html


def purposes(**texts: str) -> Section:
    """Two purposes in a group."""
    children = tuple(Section("purpose", id, texts={"title": title}) for id, title in (("1", "Sälja"), ("2", "Svara")))
    return Section("purposes", "g", texts=texts, children=children)


def test_purposes_in_a_group_stand_under_the_editor_s_heading() -> None:
    html = rendered(purposes(heading="Därför", introduction="<p>Bara detta.</p>"))
    assert html.index("<h2>Därför</h2>") < html.index("Bara detta.") < html.index("<h3>Sälja</h3>")


def test_a_group_without_a_heading_looks_as_purposes_that_stand_alone() -> None:
    with override("sv"):
        (alone,) = arrange(purposes().children, {})
        html, grouped = alone.render(), Passage(purposes(), {}).render()
    assert "<h2>Varför vi behandlar dina personuppgifter</h2>" in html
    assert str(grouped).replace(anchor_of("g"), "") == str(html).replace(alone.anchor, "")


def test_a_heading_of_the_editor_s_is_marked_in_its_language_and_ours_is_not() -> None:
    with override("en"):
        own = Passage(purposes(heading="Därför"), {}, marked="sv").render()
        ours = Passage(purposes(), {}, marked="sv").render()
    assert '<span lang="sv"' in own.split("</h2>")[0]
    assert "Why we process" in ours.split("</h2>")[0] and "lang=" not in ours.split("</h2>")[0]


def test_purposes_of_a_group_are_in_the_contents() -> None:
    (entry,) = render_snapshot(Snapshot("sv", "P", (purposes(heading="Därför"),)), {}).contents
    assert (entry.heading, [below.heading for below in entry.below]) == ("Därför", ["Sälja", "Svara"])


def test_the_day_of_a_text_stands_below_its_heading() -> None:
    html = rendered(Section("text", "t", {"date": "2018-05"}, {"heading": "Nytt", "body": "<p>Ord</p>"}))
    assert html.index("<h2>Nytt</h2>") < html.index('<time datetime="2018-05">maj 2018</time>') < html.index("Ord")


def test_a_condition_for_all_recipients_stands_above_them() -> None:
    row = Section("recipient", "1", {"name": "Ek AB"})
    html = rendered(Section("recipients", "r", {}, {"condition": "du samtycker"}, (row,)))
    assert html.index("du samtycker") < html.index("Ek AB")
    with override("en"):
        foreign = Passage(
            Section("recipients", "r", {}, {"condition": "du samtycker"}, (row,)), {}, marked="sv"
        ).render()
    assert foreign.count("du samtycker") == 1


def test_how_often_a_right_can_be_used_is_said_in_words() -> None:
    right = Section("right", "1", {"right": "access", "frequency": "P1Y"})
    assert "once a year" in rendered(Section("rights", "r", children=(right,)), language="en")


def test_a_list_that_was_imported_says_so_once() -> None:
    entry = Section("history_entry", "e", {"date": "2018"}, {"description": "<p>Ny lag.</p>"})
    with override("en"):
        readable = render_snapshot(
            Snapshot("en", "", (Section("earlier_history", "h", {"imported": True}, {}, (entry,)),)), {}
        )
    assert readable.earlier.count("mported") == 1
