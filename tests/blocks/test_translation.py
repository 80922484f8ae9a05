"""wagtail-localize is offered every text and no fact."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments

from tests.blocks.test_sections import CASES
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.models import DataCategory, PolicyPage

pytestmark = pytest.mark.django_db

BODY: list[Any] = [(kind, value) for kind, value, _ in CASES] + [("change_notice", {"note": "<p>Läs igen.</p>"})]


@pytest.fixture
def policy(root: Page) -> PolicyPage:
    category = DataCategory.objects.create(name_sv="Kontaktuppgifter", name_en="Contact details")
    register = ("data_categories", {"heading": "Ur registret", "data_categories": [("register", category)]})
    root.add_child(instance=PolicyPage(title="Integritetspolicy", live=False, body=[*BODY, register]))
    return PolicyPage.objects.get()


def of_the_body(policy: PolicyPage) -> list[Any]:
    return [segment for segment in extract_segments(policy) if segment.path.startswith("body.")]


def test_every_text_is_offered(policy: PolicyPage) -> None:
    offered = {segment.string.data for segment in of_the_body(policy) if isinstance(segment, StringSegmentValue)}
    texts = [text for section in compose(policy).snapshot.walk() for text in section.texts.values()]
    lines = {line for text in texts for line in ([text] if isinstance(text, str) else text)}
    wanted = {line.removeprefix("<p>").removesuffix("</p>") for line in lines} - {"Kontaktuppgifter"}
    assert offered == wanted


def test_no_fact_is_offered(policy: PolicyPage) -> None:
    assert not [segment for segment in of_the_body(policy) if isinstance(segment, OverridableSegmentValue)]


def test_a_translated_body_states_the_same_facts(policy: PolicyPage, locale_en: Locale) -> None:
    english = policy.copy_for_translation(locale_en, copy_parents=True)
    segments = of_the_body(policy)
    for segment in segments:
        if isinstance(segment, StringSegmentValue):
            segment.string.data = f"EN {segment.string.data}"
    ingest_segments(policy, english, policy.locale, locale_en, segments)
    source, target = compose(policy).snapshot, compose(english).snapshot
    assert target.facts_digest == source.facts_digest
    assert target.digest != source.digest
    assert [section.id for section in target.walk()] == [section.id for section in source.walk()]


def test_the_source_that_translators_hold_says_what_the_page_says(policy: PolicyPage) -> None:
    source, _ = TranslationSource.get_or_create_from_instance(policy)
    assert compose(source.as_instance()).snapshot.digest == compose(policy).snapshot.digest
