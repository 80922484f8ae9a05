"""A text is rendered when it is published and stored beside it; what was made otherwise is never shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale, Page

from tests.reader.site import APRIL, FIRST_OF_JUNE, MARCH, MAY, announce, draft, publish, purpose, translate
from wagtail_privacy import tasks
from wagtail_privacy.actions.correct import correct_wording
from wagtail_privacy.clock import at
from wagtail_privacy.models import PolicyPage, ReadyText, Text
from wagtail_privacy.reader import rendered, rendering, stored, templates
from wagtail_privacy.reader.cache import clear_caches
from wagtail_privacy.reader.rendered import LIFETIME, ContentsEntry, RenderedText
from wagtail_privacy.reader.rendering import render, render_text
from wagtail_privacy.reader.stored import store_ready_texts

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def page(root: Page) -> PolicyPage:
    page = publish(draft(root, purpose()), moment=MARCH)
    with at(MARCH):
        tasks.refresh.call(page.policy.pk)
    clear_caches()
    return page


@pytest.fixture
def text(page: PolicyPage) -> Text:
    return Text.objects.get()


@pytest.fixture
def renders() -> Any:
    """How often a text is rendered."""
    with mock.patch.object(rendering, "render", side_effect=render) as counted:
        yield counted


def read(client: Client, page: PolicyPage, moment: Any = MARCH) -> str:
    clear_caches()
    with at(moment):
        return client.get(page.url).content.decode()


def test_a_process_that_kept_nothing_renders_nothing(client: Client, page: PolicyPage, renders: Any) -> None:
    shown = read(client, page)
    assert renders.call_count == 0
    ReadyText.objects.all().delete()
    assert read(client, page) == shown
    assert renders.call_count == 1


entry = st.builds(ContentsEntry, st.text(), st.text(), st.just(()))
entries = st.lists(st.builds(ContentsEntry, st.text(), st.text(), st.lists(entry).map(tuple))).map(tuple)
html = st.text().map(translation.gettext).map(rendered.mark_safe)


@given(
    st.builds(RenderedText, st.text(), st.text(), st.text(), entries, html, html, st.dictionaries(st.text(), st.text()))
)
def test_what_is_stored_reads_as_it_was(rendered_text: RenderedText) -> None:
    again = RenderedText.from_json(rendered_text.to_json())
    assert again == rendered_text
    assert hasattr(again.body, "__html__") and hasattr(again.earlier, "__html__")


@pytest.mark.parametrize("column", ["content", "key", "seal"])
def test_what_was_altered_in_the_database_is_not_shown(client: Client, page: PolicyPage, column: str) -> None:
    shown = read(client, page)
    altered = {"content": ReadyText.objects.get().content.replace("Leverera", "Sälja"), "key": "x", "seal": "0" * 64}
    ReadyText.objects.update(**{column: altered[column]})
    assert read(client, page) == shown


def test_what_is_stored_of_another_text_is_not_shown(root: Page, client: Client, page: PolicyPage) -> None:
    other = publish(draft(root, purpose(title="Något annat"), slug="annan"), moment=MARCH)
    with at(MARCH):
        store_ready_texts(other.policy)
    shown = read(client, page)
    foreign = ReadyText.objects.exclude(text__version__policy=page.policy).get()
    own = ReadyText.objects.filter(text__version__policy=page.policy)
    own.update(content=foreign.content, seal=foreign.seal)
    assert read(client, page) == shown


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        (templates, "_catalogues_digest", lambda: "other words"),
        (templates, "_names", lambda: iter(["wagtail_privacy/layout.html"])),
        (rendering, "SANITISER_VERSION", 99),
        (rendering, "__version__", "99"),
    ],
)
def test_other_words_templates_rules_and_releases_are_shown(
    client: Client, page: PolicyPage, renders: Any, module: Any, name: str, value: Any
) -> None:
    with mock.patch.object(module, name, value):
        read(client, page)
        assert renders.call_count == 1
        clear_caches()
        with at(MARCH):
            store_ready_texts(page.policy)
        read(client, page)
    assert renders.call_count == 1


def test_a_changed_catalogue_of_the_site_changes_the_tag(client: Client, page: PolicyPage, tmp_path: Any) -> None:
    with at(MARCH):
        tag = client.get(page.url)["ETag"]
        with mock.patch.object(templates, "_catalogues_digest", lambda: "other words"):
            clear_caches()
            assert client.get(page.url, headers={"If-None-Match": tag}).status_code == 200


def test_the_catalogues_are_read(settings: Any, tmp_path: Any) -> None:
    folder = tmp_path / "sv" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    settings.LOCALE_PATHS = [tmp_path]
    digests = []
    for content in (b"one", b"two"):
        (folder / "django.mo").write_bytes(content)
        digests.append(templates._catalogues_digest())
    assert digests[0] != digests[1]


def test_it_is_made_anew_before_it_is_too_old(client: Client, page: PolicyPage, renders: Any) -> None:
    store_at = [MARCH + LIFETIME * share for share in (0.4, 0.8, 1.2)]
    for moment in store_at:
        with at(moment):
            store_ready_texts(page.policy)
        read(client, page, moment + LIFETIME * 0.3)
    assert renders.call_count == 0
    read(client, page, store_at[-1] + LIFETIME + timedelta(days=1))
    assert renders.call_count == 1


def test_a_correction_is_stored_in_place_of_what_it_corrects(client: Client, page: PolicyPage, renders: Any) -> None:
    with at(APRIL):
        section = Text.objects.get().snapshot.sections[0]
        correct_wording(Text.objects.get(), section.id, "title", "Leverera kassar!", reason="test", means_the_same=True)
        tasks.refresh.call(page.policy.pk)
    assert "Leverera kassar!" in read(client, page, APRIL)
    assert renders.call_count == 0
    assert [ready.text.edition for ready in ReadyText.objects.all()] == [2]


def test_of_each_language_what_is_in_force_and_what_comes_is_stored(
    client: Client, page: PolicyPage, locale_en: Locale, renders: Any
) -> None:
    english = translate(page, locale_en, purpose(title="Deliver"), title="Privacy policy", moment=MARCH)
    page = publish(page, purpose(duration="P30M"), moment=APRIL, reason="test")
    page = announce(page, purpose(duration="P36M"), moment=APRIL, on=FIRST_OF_JUNE, summary="x")
    with at(MAY):
        store_ready_texts(page.policy)
    known = ReadyText.objects.values_list("text__language", "text__version__number")
    assert sorted(known) == [("en", 1), ("sv", 2), ("sv", 3)]
    with at(FIRST_OF_JUNE_AT_NOON - timedelta(days=1)):
        store_ready_texts(page.policy)
    for each, moment in ((page, FIRST_OF_JUNE_AT_NOON), (english, FIRST_OF_JUNE_AT_NOON)):
        read(client, each, moment)
    assert renders.call_count == 0


FIRST_OF_JUNE_AT_NOON = MAY.replace(month=6, day=1, hour=12)


def test_without_its_table_the_page_is_shown(client: Client, page: PolicyPage, caplog: Any) -> None:
    shown = read(client, page)
    with mock.patch.object(rendered.ReadyText, "objects") as objects:
        objects.filter.side_effect = DatabaseError("no such table")
        assert read(client, page) == shown
    assert "can't be read" in caplog.text


def test_where_storing_fails_the_event_stands(page: PolicyPage, caplog: Any) -> None:
    with mock.patch.object(stored, "render", side_effect=RuntimeError("broken")), transaction.atomic():
        ReadyText.objects.all().delete()
        tasks.refresh.call(page.policy.pk)
    assert "broken" in caplog.text


def test_nothing_is_stored_while_templates_are_being_written(page: PolicyPage, settings: Any) -> None:
    ReadyText.objects.all().delete()
    settings.DEBUG = True
    with at(MARCH):
        store_ready_texts(page.policy)
    assert not ReadyText.objects.exists()
    assert render_text(Text.objects.get())


def test_the_sweep_stores_what_is_lacking(page: PolicyPage, capsys: Any) -> None:
    from django.core.management import call_command

    ReadyText.objects.all().delete()
    call_command("privacy_notices", "sweep")
    assert ReadyText.objects.count() == 1
