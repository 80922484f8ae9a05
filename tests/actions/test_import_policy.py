"""A document becomes a draft, is read into a draft again, or takes the place of one of its texts; never published."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils.translation import override
from wagtail.models import Locale, Page, PageLogEntry, Site

from tests.conftest import unavailable
from tests.policies import TEXT, draft, reloaded
from tests.seeds.seed import SEEDS
from wagtail_privacy.actions.import_policy import import_again, import_policy, import_translation, split_text
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.actions.refusal import ActionError, NotAllowed
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.imports.document import import_document
from wagtail_privacy.imports.proposal import ProposedSection
from wagtail_privacy.imports.sections import as_sections
from wagtail_privacy.models import PolicyPage
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.policy.words import plain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


ABOUT = Section("text", "a", {}, {"heading": "Om oss", "body": "<p>Vi säljer bröd.</p>"})
COOKIES = Section("security", "c", {}, {"heading": "Säkerhet", "description": "<p>Vi krypterar.</p>"})


def said(page: Any) -> Snapshot:
    return compose(page.get_latest_revision_as_object()).snapshot


def walk(section: ProposedSection) -> Iterator[ProposedSection]:
    yield section
    for child in section.children:
        yield from walk(child)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def words_of(snapshot: Snapshot) -> Counter[str]:
    """The words of its title and texts, and of facts that are said as they are."""
    found = words(snapshot.title)
    for section in snapshot.walk():
        found += words(" ".join(str(value) for value in section.facts.values() if isinstance(value, str)))
        for text in section.texts.values():
            found += words(plain(text) if isinstance(text, str) else " ".join(text))
    return found


def test_it_is_a_draft_in_the_log(root: Page, site: Site, editor: Any) -> None:
    page = import_policy(root, [ABOUT], title="Policy", language="sv", user=editor)
    stored = PolicyPage.objects.get()
    assert (stored.live, stored.owner, stored.slug) == (False, editor, "policy")
    assert said(page).sections == (ABOUT,)
    actions = set(PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True))
    assert {"wagtail.create", "wagtail_privacy.imported"} <= actions
    assert "wagtail.publish" not in actions


def test_a_language_that_the_site_lacks_is_refused(root: Page, site: Site) -> None:
    with pytest.raises(ActionError, match="xx"):
        import_policy(root, [ABOUT], title="Policy", language="xx")


def test_the_policy_stands_below_the_page_in_its_language(root: Page, site: Site, locale_en: Locale) -> None:
    home = root.copy_for_translation(locale_en)
    page = import_policy(root, [ABOUT], title="Policy", language="en")
    assert page.get_parent().pk == home.pk
    assert page.locale == locale_en


def test_who_may_not_add_or_edit_imports_nothing(root: Page, site: Site) -> None:
    someone = get_user_model().objects.create_user("someone", "s@example.org", "x")
    page = import_policy(root, [ABOUT], title="Policy", language="sv")
    for act in (
        lambda: import_policy(root, [ABOUT], title="Policy", language="sv", user=someone),
        lambda: import_again(page, [COOKIES], user=someone),
        lambda: split_text(page, "a", [COOKIES], user=someone),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert PolicyPage.objects.count() == 1
    assert said(reloaded(page)).sections == (ABOUT,)


def test_a_locked_page_is_left_alone(root: Page, site: Site, editor: Any) -> None:
    page = import_policy(root, [ABOUT], title="Policy", language="sv")
    other = get_user_model().objects.create_superuser("other", "o@example.org", "x")
    PolicyPage.objects.update(locked=True, locked_by=other)
    with pytest.raises(NotAllowed):
        import_again(reloaded(page), [COOKIES], user=editor)


def test_reading_again_changes_what_the_document_changes(root: Page, site: Site) -> None:
    page = import_policy(root, [ABOUT, COOKIES], title="Policy", language="sv")
    changed = Section("text", "x", {}, {"heading": "Om oss", "body": "<p>Vi säljer bröd och bullar.</p>"})
    same = Section("text", "y", {}, {"heading": "Säkerhet", "body": "<p>Vi krypterar.</p>"})
    found = said(import_again(page, [same, changed])).sections
    assert found[0] == COOKIES
    assert (found[1].id, found[1].texts["body"]) == ("a", "<p>Vi säljer bröd och bullar.</p>")


def test_what_is_the_same_stays_as_it_is_stored(root: Page, site: Site) -> None:
    page = import_policy(root, [ABOUT, COOKIES], title="Policy", language="sv")
    stored = [
        {"type": "text", "id": "a", "value": {"heading": "", "body": '<p data-block-key="k1">Vi säljer bröd.</p>'}}
    ]
    page.body = page.body.stream_block.to_python(stored)
    page.save_revision()
    again = import_again(reloaded(page), [Section("text", "x", {}, {"body": "<p>Vi säljer bröd.</p>"}), COOKIES])
    assert [raw["id"] for raw in again.body.get_prep_value()] == ["a", "c"]
    assert "data-block-key" in again.body.get_prep_value()[0]["value"]["body"]


def test_a_live_page_stays_as_it_is_until_it_is_published(root: Page, site: Site) -> None:
    page = import_policy(root, [ABOUT], title="Policy", language="sv")
    publish_policy(page)
    import_again(reloaded(page), [COOKIES])
    assert reloaded(page).live
    assert reloaded(page).has_unpublished_changes
    assert compose(reloaded(page)).snapshot.sections == (ABOUT,)


def test_a_text_is_split_where_it_stands(root: Page, site: Site) -> None:
    page = draft(root)
    page.save_revision()
    split_text(page, TEXT, [ABOUT, COOKIES])
    assert [section.kind for section in said(reloaded(page)).sections] == ["purpose", "text", "security"]
    with pytest.raises(ActionError, match="any more"):
        split_text(reloaded(page), TEXT, [ABOUT])


def test_a_translation_shares_the_ids_of_its_original(root: Page, site: Site, locale_en: Locale) -> None:
    root.copy_for_translation(locale_en)
    page = import_policy(root, [ABOUT, COOKIES], title="Policy", language="sv")
    read = [Section("text", "x", {}, {"heading": "About us"}), Section("security", "y", {}, {"heading": "Security"})]
    english = import_translation(page, read, title="Privacy policy", language="en")
    assert english.translation_key == page.translation_key
    assert [section.id for section in said(english).sections] == ["a", "c"]
    assert said(english).title == "Privacy policy"
    assert not english.live
    with pytest.raises(ActionError, match="already"):
        import_translation(page, read, title="Privacy policy", language="en")


def test_a_translation_without_a_page_above_is_refused(root: Page, site: Site, locale_en: Locale) -> None:
    page = import_policy(root, [ABOUT], title="Policy", language="sv")
    with pytest.raises(ActionError, match="Translate"):
        import_translation(page, [ABOUT], title="Privacy policy", language="en")


@pytest.mark.parametrize("number", range(5))
def test_no_word_of_a_seed_is_lost_in_the_draft_or_on_the_page(root: Page, site: Site, number: int) -> None:
    path = next(SEEDS.glob(f"{number:03d}_*.txt"), None)
    if path is None:
        unavailable("the seeds")
    assert path
    document = import_document(path.read_bytes(), path.name, "sv")
    page = import_policy(root, as_sections(document.found), title=document.found.title or "Policy", language="sv")
    left_out = Counter[str]()
    for left in document.found.left_out:
        left_out += words(left.text)
    stating = [fact.span for section in document.found.proposals for each in walk(section) for fact in each.facts]
    # A line that states a fact, "Org.nr: …", may be said by the fact alone, with the block's own label.
    lines = [part for part in document.outline.parts if any(a < part.span[1] and part.span[0] < b for a, b in stating)]
    left_out += words(" ".join(part.words.text for part in lines))
    source = words(document.outline.source) - left_out
    lost = source - words_of(said(page)) - words("".join(part.mark for part in document.outline.parts))
    assert lost == Counter()
    publish_policy(page)
    text = page.policy.newest_text("sv")
    assert text.snapshot.sections == said(page).sections
