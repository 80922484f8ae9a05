"""From a page's blocks to its snapshot: ids, links, other blocks, and what it costs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail import blocks
from wagtail.models import Locale, Page, Site

from tests.blocks.bodies import composed, page, section
from wagtail_privacy.blocks.base import SectionBlock
from wagtail_privacy.blocks.body import PolicyStreamBlock
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.blocks.fields import LineBlock, NameBlock, PhoneBlock
from wagtail_privacy.models import DataCategory, PolicyPage, Recipient, RetentionRule
from wagtail_privacy.policy.kinds import KINDS, Field, Kind
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.policy.words import plain

RIGHTS = ("rights", {"rights": [{"right": "access"}, {"right": "erasure"}]})


def ids(snapshot: Snapshot) -> list[str]:
    return [section.id for section in snapshot.walk()]


def stored(raw: list[dict[str, Any]]) -> Any:
    """A body as the database has it."""
    return PolicyStreamBlock().to_python(raw)


def test_the_language_and_the_title_are_the_pages() -> None:
    snapshot = compose(page(title="Privacy policy", language="en")).snapshot
    assert (snapshot.language, snapshot.title) == ("en", "Privacy policy")


def test_a_snapshot_is_equal_to_what_is_read_back() -> None:
    snapshot = composed(RIGHTS, ("text", {"heading": " Cafe\u0301 "})).snapshot
    assert Snapshot.from_json(json.loads(json.dumps(snapshot.to_json()))) == snapshot
    assert snapshot.sections[1].texts == {"heading": "Café"}


def test_ids_are_those_of_the_stream_and_of_its_lists() -> None:
    raw = [
        {"type": "rights", "id": "r", "value": {"rights": [
            {"type": "item", "id": "a", "value": {"right": "access"}},
            {"type": "item", "id": "b", "value": {"right": "erasure"}},
        ]}},
        {"type": "service", "id": "s", "value": {"title": "Event", "sections": [
            {"type": "text", "id": "t", "value": {"heading": "Mat"}},
        ]}},
    ]  # fmt: skip
    assert ids(compose(page(body=stored(raw))).snapshot) == ["r", "a", "b", "s", "t"]


def test_items_without_ids_are_known_by_their_position_each_time_they_are_read() -> None:
    raw = [{"type": "rights", "id": "r", "value": {"rights": [{"right": "access"}, {"right": "erasure"}]}}]
    first, second = (ids(compose(page(body=stored(raw))).snapshot) for _ in range(2))
    assert first == second == ["r", "r/rights:0", "r/rights:1"]


@pytest.mark.django_db
def test_a_body_made_by_code_has_the_same_ids_before_and_after_it_is_read_back(root: Page) -> None:
    policy = root.add_child(instance=PolicyPage(title="Policy", live=False, body=[RIGHTS]))
    assert ids(compose(policy).snapshot) == ids(compose(PolicyPage.objects.get()).snapshot)


def test_an_id_that_is_used_twice_is_told_apart() -> None:
    raw = [{"type": "text", "id": "t", "value": {"heading": heading}} for heading in ("Ett", "Två", "Tre")]
    assert ids(compose(page(body=stored(raw))).snapshot) == ["t", "t~2", "t~3"]


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ('<p data-block-key="a1b2c">Hej</p>', "<p>Hej</p>"),
        ("<p>Hej<script>alert(1)</script></p>", "<p>Hej</p>"),
        ('<p onclick="x()">Hej <a href="javascript:x()">du</a></p>', "<p>Hej <a>du</a></p>"),
        ("<h3>Rubrik</h3><ul><li><b>Hej</b></li></ul>", "<h3>Rubrik</h3><ul><li><b>Hej</b></li></ul>"),
        ('<p style="color:red">A &amp; B &lt; C</p>', "<p>A &amp; B &lt; C</p>"),
        ('<embed embedtype="image" id="1"/>', None),
        ("<p></p>", None),
    ],
)
def test_prose_is_sanitised_when_it_is_taken(html: str, kept: str | None) -> None:
    assert section("security", {"heading": "x", "description": html}).texts.get("description") == kept


@pytest.mark.django_db
class TestLinks:
    @pytest.fixture
    def contact(self, root: Page, site: Site) -> Page:
        return root.add_child(title="Kontakt", slug="kontakt")

    def shown(self, linked: Page, language: str = "sv") -> tuple[str, str]:
        html = f'<p><a id="{linked.pk}" linktype="page">Kontakt</a></p>'
        composition = compose(page(("text", {"body": html}), language=language))
        (only,) = composition.snapshot.sections
        return str(only.texts["body"]), composition.shown[f"{only.id}:body"]

    def test_a_link_is_kept_by_id_and_shown_with_its_address(self, contact: Page) -> None:
        text, shown = self.shown(contact)
        assert text == f'<p><a id="{contact.pk}" linktype="page">Kontakt</a></p>'
        assert shown == '<p><a href="/kontakt/">Kontakt</a></p>'

    def test_a_moved_page_changes_what_is_shown_and_not_what_is_said(self, contact: Page) -> None:
        before, _ = self.shown(contact)
        contact.slug = "skriv"
        contact.save()
        after, shown = self.shown(contact)
        assert after == before
        assert 'href="/skriv/"' in shown

    def test_a_link_leads_to_the_translation_where_that_is_live(
        self, contact: Page, root: Page, locale_en: Locale
    ) -> None:
        home = root.copy_for_translation(locale_en)
        home.save_revision().publish()
        english = contact.copy_for_translation(locale_en)
        assert 'href="/kontakt/"' in self.shown(contact, "en")[1]
        english.save_revision().publish()
        assert f'href="{Page.objects.get(pk=english.pk).url}"' in self.shown(contact, "en")[1]

    def test_a_link_to_a_page_that_is_gone_is_no_link(self, contact: Page) -> None:
        html = '<p><a id="999999" linktype="page">Borta</a> <a href="https://example.org/">Finns</a></p>'
        composition = composed(("text", {"body": html}))
        assert list(composition.shown.values()) == ['<p><a>Borta</a> <a href="https://example.org/">Finns</a></p>']


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock()
    body = blocks.RichTextBlock()
    color = blocks.ChoiceBlock(choices=[("red", "Red"), ("blue", "Blue")])
    points = blocks.ListBlock(blocks.IntegerBlock())


class SiteBody(PolicyStreamBlock):
    callout = CalloutBlock()
    html = blocks.RawHTMLBlock()
    on = blocks.DateBlock()
    cookies = None


class TestOtherBlocks:
    """Any Wagtail block works: it becomes a section of the kind ``other``."""

    VALUE = {"title": "Obs", "body": '<p data-block-key="x">Läs <b>detta</b></p>', "color": "red", "points": [1, 2]}

    def compose(self, *content: tuple[str, Any]) -> Any:
        body = SiteBody().normalize(SiteBody().clean(SiteBody().normalize(list(content))))
        return compose(page(body=body))

    def test_its_value_is_a_fact_and_its_texts_are_a_text(self) -> None:
        (only,) = self.compose(("callout", self.VALUE)).snapshot.sections
        assert only.kind == "other"
        assert only.facts == {"block": "callout", "value": {"color": "red", "points": [1, 2]}}
        assert only.texts == {"text": "<p>Obs</p><p>Läs <b>detta</b></p>"}

    def test_a_translation_of_it_states_the_same_facts(self) -> None:
        swedish = self.compose(("callout", self.VALUE)).snapshot
        english = self.compose(("callout", {**self.VALUE, "title": "Note", "body": "<p>Read</p>"})).snapshot
        assert [s.facts for s in swedish.sections] == [s.facts for s in english.sections]
        assert [s.texts for s in swedish.sections] != [s.texts for s in english.sections]

    def test_what_is_shown_is_its_own_rendering_without_anything_that_acts(self) -> None:
        composition = self.compose(
            ("html", '<table class="t"><tr><td onclick="x()">1</td></tr></table><script>x()</script>')
        )
        (only,) = composition.snapshot.sections
        assert composition.shown[only.id].replace("<tbody>", "").replace("</tbody>", "") == (
            '<table class="t"><tr><td>1 </td></tr></table>'
        )

    def test_a_date_is_kept_as_text(self) -> None:
        (only,) = self.compose(("on", "2026-01-02")).snapshot.sections
        assert only.facts == {"block": "on", "value": "2026-01-02"}

    def test_a_site_leaves_out_and_adds_blocks(self) -> None:
        names = set(SiteBody().child_blocks)
        assert "cookies" not in names
        assert {"callout", "purpose"} <= names


@pytest.mark.django_db
class TestRegisterEntries:
    @pytest.fixture
    def contact(self) -> DataCategory:
        return DataCategory.objects.create(name_sv="Kontaktuppgifter", name_en="Contact details", description_sv="namn")

    def test_an_entry_is_a_section_with_its_key(self, contact: DataCategory) -> None:
        purpose = section("purpose", {"title": "Sälja", "data_categories": [("register", contact)]})
        (entry,) = purpose.children
        assert entry.id == f"{purpose.id}/data_category:kontaktuppgifter"
        assert entry.facts == {"key": "kontaktuppgifter"}
        assert entry.texts == {"name": "Kontaktuppgifter", "description": "namn"}

    def test_an_entry_speaks_the_pages_language_else_another(self, contact: DataCategory) -> None:
        body = ("data_categories", {"data_categories": [("register", contact)]})
        ((entry,),) = (top.children for top in compose(page(body, language="en")).snapshot.sections)
        assert entry.texts == {"name": "Contact details", "description": "namn"}

    def test_an_entry_chosen_twice_is_told_apart(self, contact: DataCategory) -> None:
        body = ("data_categories", {"data_categories": [("register", contact), ("register", contact)]})
        (top,) = composed(body).snapshot.sections
        assert [child.id for child in top.children] == [
            f"{top.id}/data_category:kontaktuppgifter",
            f"{top.id}/data_category:kontaktuppgifter~2",
        ]

    def test_an_entry_that_is_gone_says_nothing(self, root: Page, contact: DataCategory) -> None:
        body = ("data_categories", {"heading": "Data", "data_categories": [("register", contact)]})
        root.add_child(instance=PolicyPage(title="Policy", live=False, body=[body]))
        DataCategory.objects.filter(pk=contact.pk)._raw_delete("default")  # past what protects an entry in use
        (top,) = compose(PolicyPage.objects.get()).snapshot.sections
        assert top.children == ()

    def test_criteria_of_several_lines_are_paragraphs(self) -> None:
        rule = RetentionRule.objects.create(
            applies_to_sv="Order", criteria_sv="Så länge\n\nlagen <kräver>", duration="P7Y"
        )
        (top,) = composed(("retention_periods", {"periods": [("register", rule)]})).snapshot.sections
        assert top.children[0].texts["criteria"] == "<p>Så länge</p>\n\n<p>lagen &lt;kräver&gt;</p>"

    def test_queries_do_not_grow_with_the_blocks(self, root: Page, site: Site, contact: DataCategory) -> None:
        recipient = Recipient.objects.create(name="Moln AB")
        rule = RetentionRule.objects.create(applies_to_sv="Order", duration="P2Y")
        links = [root.add_child(title=f"Sida {n}", slug=f"sida-{n}") for n in range(30)]

        def purpose(n: int) -> Any:
            return ("purpose", {
                "title": f"Ändamål {n}",
                "description": f'<p><a id="{links[n].pk}" linktype="page">här</a></p>',
                "data_categories": [("register", contact)],
                "recipients": [("register", recipient)],
                "retention": [("register", rule)],
            })  # fmt: skip

        def queries(count: int) -> int:
            slug = f"policy-{count}"
            root.add_child(
                instance=PolicyPage(title="Policy", slug=slug, live=False, body=[purpose(n) for n in range(count)])
            )
            found = PolicyPage.objects.select_related("locale").get(slug=slug)
            compose(found)  # fills the caches that a running site has
            found = PolicyPage.objects.select_related("locale").get(slug=slug)
            with CaptureQueriesContext(connection) as captured:
                assert len(compose(found).snapshot.by_id) == 4 * count
            return len(captured)

        assert queries(30) == queries(2) <= 6


class ContactBlock(SectionBlock):
    phone = PhoneBlock()
    hours = LineBlock()

    class Meta:
        kind = "contact"


class BranchBlock(SectionBlock):
    name = NameBlock()
    contact = ContactBlock()
    color = blocks.CharBlock(required=False)

    class Meta:
        kind = "branch"


class BranchBody(PolicyStreamBlock):
    branch = BranchBlock()


class TestASitesOwnSections:
    @pytest.fixture(autouse=True)
    def kinds(self, monkeypatch: pytest.MonkeyPatch) -> None:
        hours = Field("hours", "line", "Opening hours")
        monkeypatch.setitem(KINDS, "contact", Kind("contact", "Contact", (Field("phone", "phone", "Phone"), hours)))
        monkeypatch.setitem(KINDS, "branch", Kind("branch", "Branch", (Field("name", "name", "Name"),), ("contact",)))

    def compose(self, value: dict[str, Any]) -> Section:
        body = BranchBody().to_python([{"type": "branch", "id": "b", "value": value}])
        (only,) = compose(page(body=body)).snapshot.sections
        return only

    def test_a_block_in_a_block_is_known_by_its_field(self) -> None:
        branch = self.compose({"name": "Åre", "contact": {"phone": "0647-123 45", "hours": "9–17"}})
        assert branch.children == (Section("contact", "b/contact", {"phone": "0647-123 45"}, {"hours": "9–17"}),)

    def test_an_empty_block_in_a_block_says_nothing(self) -> None:
        assert self.compose({"name": "Åre", "contact": {}}).children == ()

    def test_a_field_that_the_kind_lacks_is_other_content(self) -> None:
        branch = self.compose({"name": "Åre", "color": "blå"})
        assert branch.children == (Section("other", "b/color", {"block": "color"}, {"text": "<p>blå</p>"}),)


BROKEN = [
    '<a linktype="page" id="x">mer</a>',
    '<a id="x" linktype="page">mer</a>',
    '<a linktype="page">mer</a>',
    '<a linktype="page" id="">mer</a>',
    '<a linktype="page" id="-1">mer</a>',
    '<a linktype="page" id="1.5">mer</a>',
    '<a linktype="page" id="١">mer</a>',
    '<a linktype="page" id="99999999999999999999999999">mer</a>',
    '<a linktype="document" id="x">mer</a>',
    '<a linktype="document" id="99999999999999999999999999">mer</a>',
    '<a linktype="document">mer</a>',
    '<a linktype="nonsense" id="x">mer</a>',
]


@pytest.mark.django_db
@pytest.mark.parametrize("link", BROKEN)
def test_a_link_that_leads_nowhere_stops_neither_publication_nor_form(
    root: Page, site: Any, client: Any, editor: Any, link: str
) -> None:
    """What a script wrote: words without a link, and the other links as they are."""
    html = f'<p>{link} <a linktype="page" id="{root.pk}">hem</a></p>'
    body = json.dumps([{"type": "text", "id": "a" * 8, "value": {"heading": "Om", "body": html}}])
    page = root.add_child(instance=PolicyPage(title="Policy", slug="policy", body=body, locale=root.locale))
    page.save_revision().publish()
    (shown,) = page.policy.newest_text("sv").shown.values()
    assert plain(shown) == "mer hem"
    assert shown.count("href=") == 1
    client.force_login(editor)
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
