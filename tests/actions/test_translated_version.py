"""Every way that wagtail-localize brings a translation to readers, by its own views and with real commits.

Each ends with the right text under the right version: nobody is told twice, and nothing that readers see changes
without a record.
"""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import polib
import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    LocaleSynchronization,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from tests.actions.test_record_version import ENGLISH, changed, edit, numbers, published, texts
from tests.policies import TEXT, body, draft, reloaded
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.models import Event, EventKind, Notice, PolicyPage, Text

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin(client: Client, root: Page, site: Any, editor: Any) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def english(root: Page, locale_en: Any) -> Locale:
    root.copy_for_translation(locale_en)
    return locale_en


@pytest.fixture
def page(root: Page, admin: Client, english: Locale) -> PolicyPage:
    """A policy with a version, handed over to the translators into English."""
    page = published(root)
    admin.post(reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": [english.pk]})
    assert texts(page) == [(1, "sv", "", False)]
    return page


@pytest.mark.parametrize("synchronised", [True, False])
def test_a_copy_for_the_translators_is_not_public_before_they_translate_it(
    root: Page, admin: Client, english: Locale, settings: Any, synchronised: bool
) -> None:
    """wagtail-localize publishes it at once, unless the site says otherwise."""
    settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = synchronised
    page = published(root)
    admin.post(reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": [english.pk]})
    assert not in_english(page).live
    type_in(admin, page)
    publish(admin, page)
    assert in_english(page).live
    assert texts(page) == [(1, "en", "", False), (1, "sv", "", False)]


def test_nor_is_a_copy_that_states_what_the_settings_say(
    root: Page, admin: Client, english: Locale, settings: Any
) -> None:
    settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = True
    said = {"type": "change_notice", "id": "55555555-5555-4555-8555-555555555555", "value": {}}
    page = draft(root)
    page.body = json.dumps([*json.loads(body()), said])
    page.save_revision().publish()
    admin.post(reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": [english.pk]})
    assert not in_english(page).live


def translation_of(page: PolicyPage) -> Translation:
    return Translation.objects.get(source__object_id=page.translation_key)


def in_english(page: PolicyPage) -> PolicyPage:
    return page.get_translation(Locale.objects.get(language_code="en")).specific


def words(page: PolicyPage) -> str:
    """What the public reads as the running text of the English page."""
    text = in_english(page).text_in_force()
    return text.snapshot.by_id[TEXT].texts["body"] if text else ""


def segments(page: PolicyPage) -> list[StringSegment]:
    return list(StringSegment.objects.filter(source=translation_of(page).source).select_related("string", "context"))


def type_in(admin: Client, page: PolicyPage, *left_out: str) -> None:
    """Translate each string as wagtail-localize's editor does, but for those ``left_out``."""
    translation = translation_of(page)
    for segment in segments(page):
        if segment.string.data in left_out:
            continue
        url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
        value = ENGLISH.get(segment.string.data, segment.string.data)
        # The API reads a form where it is sent with PUT.
        assert admin.put(url, f"value={value}", "application/x-www-form-urlencoded").status_code in (200, 201)


def publish(admin: Client, page: PolicyPage) -> None:
    assert admin.post(edit(in_english(page)), {"action": "publish"}).status_code == 302


def synchronise(admin: Client, page: PolicyPage, **options: str) -> None:
    url = reverse("wagtail_localize:update_translations", args=[translation_of(page).source.pk])
    assert admin.post(url, options).status_code == 302


def test_typed_in_the_editor_and_published(admin: Client, page: PolicyPage) -> None:
    type_in(admin, page)
    assert texts(page) == [(1, "sv", "", False)]
    publish(admin, page)
    assert texts(page) == [(1, "en", "", False), (1, "sv", "", False)]
    assert words(page) == "<p>We sell bread.</p>"


def test_saved_as_a_draft_it_is_not_public(admin: Client, page: PolicyPage) -> None:
    type_in(admin, page)
    admin.post(edit(in_english(page)), {"action": "save-draft"})
    assert texts(page) == [(1, "sv", "", False)]


def test_exported_and_imported_as_a_file(admin: Client, page: PolicyPage) -> None:
    translation = translation_of(page)
    exported = admin.get(reverse("wagtail_localize:download_pofile", args=[translation.pk])).content.decode()
    po = polib.pofile(exported)
    assert {entry.msgid for entry in po} >= {"Integritetspolicy", "Vi säljer bröd."}
    assert not {entry.msgid for entry in po} & {"P24M", "24"}  # facts are not for translators
    for entry in po:
        entry.msgstr = ENGLISH.get(entry.msgid, entry.msgid)
    file = BytesIO(str(po).encode())
    file.name = "policy.po"
    admin.post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), {"file": file})
    publish(admin, page)
    assert words(page) == "<p>We sell bread.</p>"


def test_translated_by_a_machine(admin: Client, page: PolicyPage, settings: Any) -> None:
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }
    admin.post(reverse("wagtail_localize:machine_translate", args=[translation_of(page).pk]))
    publish(admin, page)
    assert words(page) == "<p>bröd. säljer Vi</p>"
    assert texts(page) == [(1, "en", "", False), (1, "sv", "", False)]


def test_a_half_translated_page_shows_readers_nothing_of_it(admin: Client, page: PolicyPage) -> None:
    type_in(admin, page, "Vi säljer bröd.")
    publish(admin, page)
    assert in_english(page).live
    assert texts(page) == [(1, "sv", "", False)]
    told = [str(message) for message in admin.get(edit(in_english(page))).context["messages"]]
    assert any("inte översatt" in message for message in told)


@pytest.fixture
def translated(admin: Client, page: PolicyPage) -> PolicyPage:
    type_in(admin, page)
    publish(admin, page)
    return page


def test_a_changed_source_is_synchronised_and_published(admin: Client, translated: PolicyPage) -> None:
    publish_policy(changed(translated, duration="P36M"), summary="Vi sparar längre.")
    synchronise(admin, translated)
    assert [row[:2] for row in texts(translated)] == [(1, "en"), (1, "sv"), (2, "sv")]
    type_in(admin, translated)
    publish(admin, translated)
    assert texts(translated)[2:] == [(2, "en", "We keep it longer.", False), (2, "sv", "Vi sparar längre.", False)]
    assert Notice.objects.count() == 1


def test_synchronised_and_published_at_once_new_words_wait_for_their_translation(
    admin: Client, translated: PolicyPage
) -> None:
    """wagtail-localize puts the source's words where the translation lacks its own, and publishes that."""
    publish_policy(changed(translated, words="Vi säljer kakor."), materiality=Materiality.MINOR, reason="Nytt.")
    synchronise(admin, translated, publish_translations="on")
    assert words(translated) == "<p>We sell bread.</p>"
    type_in(admin, translated)
    publish(admin, translated)
    assert [row[:2] for row in texts(translated)] == [(1, "en"), (1, "sv"), (2, "en"), (2, "sv")]


def test_synchronised_and_published_at_once_new_facts_are_told_without_a_summary(
    admin: Client, translated: PolicyPage
) -> None:
    publish_policy(changed(translated, duration="P36M"), summary="Vi sparar längre.")
    synchronise(admin, translated, publish_translations="on")
    assert texts(translated)[2:] == [(2, "en", "", False), (2, "sv", "Vi sparar längre.", False)]


def test_a_stopped_translation_is_edited_by_hand_and_may_be_taken_up_again(
    admin: Client, translated: PolicyPage
) -> None:
    admin.post(reverse("wagtail_localize:stop_translation", args=[translation_of(translated).pk]))
    own = in_english(translated)
    assert not own.is_managed_translation()
    own.title = "Our privacy policy"
    own.save_revision().publish()
    assert [row[:2] for row in texts(translated)] == [(1, "en"), (1, "en"), (1, "sv")]
    assert in_english(translated).text_in_force().title == "Our privacy policy"
    admin.post(edit(in_english(translated)), {"localize-restart-translation": "1"})
    assert in_english(translated).is_managed_translation()
    publish(admin, translated)
    assert in_english(translated).text_in_force().title == "Privacy policy"
    assert numbers(translated) == [1]
    assert not Notice.objects.exists()


def test_a_translation_turned_back_into_an_alias_keeps_its_history(admin: Client, translated: PolicyPage) -> None:
    before = Text.objects.count()
    admin.post(reverse("wagtail_localize:convert_to_alias", args=[in_english(translated).pk]))
    assert in_english(translated).alias_of_id == translated.pk
    assert Text.objects.count() == before
    publish_policy(changed(translated, duration="P36M"), summary="Vi sparar längre.")
    assert [row[:2] for row in texts(translated)] == [(1, "en"), (1, "sv"), (2, "sv")]


def test_an_alias_becomes_a_page_of_its_own(admin: Client, root: Page, english: Locale) -> None:
    page = published(root)
    alias = page.copy_for_translation(english, alias=True)
    assert texts(page) == [(1, "sv", "", False)]
    admin.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    assert not Page.objects.get(pk=alias.pk).alias_of_id
    assert texts(page) == [(1, "sv", "", False)]


def test_a_locale_kept_in_step_shows_the_original_until_it_is_translated(
    admin: Client, client: Client, root: Page, locale_en: Locale
) -> None:
    page = published(root)
    LocaleSynchronization.objects.create(locale=locale_en, sync_from=page.locale)
    alias = page.get_translation(locale_en)
    assert (alias.live, alias.alias_of_id) == (True, page.pk)
    assert texts(page) == [(1, "sv", "", False)]
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    assert [row[:2] for row in texts(page)] == [(1, "sv"), (2, "sv")]
    assert 'lang="sv"' in client.get(alias.url).content.decode()


def test_a_source_published_between_leaves_the_translation_under_the_version_it_translates(
    admin: Client, page: PolicyPage
) -> None:
    type_in(admin, page)
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    publish(admin, page)
    assert texts(page) == [(1, "en", "", False), (1, "sv", "", False), (2, "sv", "Vi sparar längre.", False)]
    assert (
        in_english(page).text_in_force().snapshot.facts_digest
        == page.policy.versions.get(number=1).source_text().snapshot.facts_digest
    )


def test_only_texts_are_offered_to_translators(page: PolicyPage) -> None:
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.", reason="Hemligt skäl.")
    source, _created = TranslationSource.update_or_create_from_instance(reloaded(page))
    offered = set(StringSegment.objects.filter(source=source).values_list("string__data", flat=True))
    assert offered == {"integritet", *ENGLISH}  # the address is a text too


def test_every_way_is_an_event_under_its_version(admin: Client, translated: PolicyPage) -> None:
    kinds = Event.objects.filter(version__policy=translated.policy).values_list("kind", "data__language")
    assert (EventKind.TRANSLATED, "en") in set(kinds)
    assert StringTranslation.objects.exists()
