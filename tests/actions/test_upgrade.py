"""A database as the release before left it: an upgrade is no version, in no language, whatever the texts hold."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import Translation, TranslationSource

from tests.actions.upgrades.write import changed, translated
from wagtail_privacy.actions.proposal import propose_text
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.blocks.compose import Composition
from wagtail_privacy.models import PendingText, Policy, PolicyPage, Text
from wagtail_privacy.reader.languages import TranslationState, get_language_states

pytestmark = pytest.mark.django_db
RECORDED = sorted((Path(__file__).parent / "upgrades").glob("rules-*.json"))


def load(recorded: Path) -> None:
    """Tables as an earlier release left them.

    A test with real transactions leaves no pages behind, and locales and content types that have other keys. A page's
    content in a revision names its content type by its key.
    """
    locales = list(Locale.objects.values_list("pk", flat=True))
    if not Page.objects.exists():
        Locale.objects.all().delete()
    call_command("loaddata", recorded, verbosity=0)
    if connection.vendor == "postgresql":
        # Loading sets the next key by what was loaded, for good; the locales that were there come back.
        with connection.cursor() as cursor:
            highest = max([*locales, *Locale.objects.values_list("pk", flat=True)])
            cursor.execute("SELECT setval(pg_get_serial_sequence('wagtailcore_locale', 'id'), %s)", [highest])
    for revision in Revision.objects.all():
        revision.content["content_type"] = revision.content_type_id
        revision.save(update_fields=["content"])
    for source in TranslationSource.objects.all():
        content = json.loads(source.content_json)
        source.content_json = json.dumps({**content, "content_type": source.specific_content_type_id})
        source.save(update_fields=["content_json"])


@pytest.fixture(params=RECORDED, ids=lambda path: path.stem)
def upgraded(request: Any, settings: Any) -> None:
    load(request.param)


def recorded() -> list[tuple[Any, ...]]:
    """All that is kept of texts, held ones too."""
    texts = Text.objects.order_by("pk").values_list("version__number", "language", "edition", "digest")
    return [*texts, *PendingText.objects.values_list("policy", "language")]


def languages() -> list[tuple[str, str, list[str]]]:
    """The state of each language, and in what it differs from the original."""
    states = [state for policy in Policy.objects.order_by("pk") for state in get_language_states(policy)]
    return [(state.language, state.state, state.sentences) for state in states]


def reconcile() -> str:
    out = StringIO()
    call_command("privacy_reconcile", stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("upgraded")
def test_what_is_published_again_unchanged_is_no_version(django_capture_on_commit_callbacks: Any) -> None:
    before, were = recorded(), languages()
    assert len(before) == 8
    assert TranslationState.BEHIND not in {state for _, state, _ in were}
    assert reconcile() == "0 found.\n"
    for page in PolicyPage.objects.exclude(slug="fyra").order_by("pk"):
        page.get_latest_revision_as_object().save_revision().publish()
    for translation in Translation.objects.all():
        source = translation.source.get_source_instance()
        with django_capture_on_commit_callbacks(execute=True):
            translated(source, translation.target_locale).save_target(publish=True)
    assert recorded() == before
    assert languages() == were
    assert reconcile() == "0 found.\n"


@pytest.mark.usefixtures("upgraded")
def test_a_change_after_the_upgrade_is_that_change_alone() -> None:
    page = PolicyPage.objects.get(slug="en")
    publish_policy(changed(page, duration="P36M", number="1", category=1, recipient=1), summary="Vi sparar längre.")
    assert page.policy
    text = page.policy.newest_text("sv")
    assert text
    assert [(change.kind, change.field, change.old, change.new) for change in text.changes] == [
        ("changed", "duration", "P24M", "P36M")
    ]
    assert "order – adress" in str(text.snapshot.sections[0].texts["description"])


def test_what_the_form_took_out_of_the_page_is_no_version() -> None:
    """Opened and saved in the form, the page lost the controls that its recorded text has."""
    load(RECORDED[0])
    page = PolicyPage.objects.get(slug="fyra")
    assert page.policy
    base = page.policy.versions.get(number=1).text("sv")
    assert base
    assert base.snapshot.legible.digest != base.digest
    composition = Composition(base.snapshot.legible, base.shown)
    assert propose_text(page.policy, "sv", composition, base.version).changes == ()
    other = replace(base.snapshot.legible, title="Annan titel")
    changes = propose_text(page.policy, "sv", Composition(other, base.shown), base.version).changes
    assert [(change.kind, change.field, change.new) for change in changes] == [("changed", "title", "Annan titel")]


@pytest.mark.usefixtures("upgraded")
def test_what_was_held_is_released_by_its_translation(locale_en: Any, django_capture_on_commit_callbacks: Any) -> None:
    page = PolicyPage.objects.get(slug="tre")
    other = page.copy_for_translation(locale_en)
    other.title = "Privacy policy"
    other.save_revision().publish()
    policy = page.policy
    assert policy
    assert [version.number for version in policy.versions.order_by("number")] == [1, 2]
    assert sorted(policy.newest_version().texts.values_list("language", flat=True)) == ["en", "sv"]
