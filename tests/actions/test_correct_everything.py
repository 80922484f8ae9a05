"""Every text of a policy can be corrected, wherever it stands, and the correction outlives the next publication."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from tests.policies import KEPT, PURPOSE, TEXT, may_publish_everywhere, reloaded
from wagtail_privacy.actions.correct import correct_wording
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.actions.verify import verify
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.models import DataCategory, EventKind, PolicyPage, Text

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("site")]
WHY = "Stavfel."
SUBJECTS = ["55555555-5555-4555-8555-55555555555" + str(number) for number in range(2)]
BASIS = "66666666-6666-4666-8666-666666666666"
SERVICE = "77777777-7777-4777-8777-777777777777"
INNER = "88888888-8888-4888-8888-888888888888"
TABLE = "abababab-abab-4bab-8bab-abababababa0"
ROW = "cdcdcdcd-cdcd-4dcd-8dcd-cdcdcdcdcdc0"
SECOND = "99999999-9999-4999-8999-999999999999"


def full_body(duration: str = "P24M") -> str:
    """Texts of every type, at several depths, and an entry of the register used twice."""
    subjects = [
        {"type": "item", "id": id, "value": words} for id, words in zip(SUBJECTS, ("kundr", "besökare"), strict=True)
    ]
    category = DataCategory.objects.get(key="kontakt").pk
    data, also = ([{"type": "register", "id": KEPT[:-1] + end, "value": category}] for end in "34")
    basis = {
        "type": "item",
        "id": BASIS,
        "value": {"basis": "art6_1_f", "interest": "<p>Att säja bröd.</p>"},
    }
    purpose = {
        "title": "Leverrera din order",
        "data_subjects": subjects,
        "legal_bases": [basis],
        "data_categories": also,
        "retention": [{"type": "retention", "id": KEPT, "value": {"duration": duration, "starts": "leveransn"}}],
    }
    return json.dumps(
        [
            {"type": "purpose", "id": PURPOSE, "value": purpose},
            {"type": "data_categories", "id": SECOND, "value": {"heading": "Uppgifter", "data_categories": data}},
            {
                "type": "service",
                "id": SERVICE,
                "value": {
                    "title": "Appen",
                    "sections": [
                        {"type": "text", "id": INNER, "value": {"heading": "Apen", "body": "<p>I apen.</p><p>Två.</p>"}}
                    ],
                },
            },
            {
                "type": "table",
                "id": TABLE,
                "value": {
                    "caption": "Tidr",
                    "columns": [
                        {"type": "item", "id": f"{TABLE[:-1]}{n}", "value": w} for n, w in ((1, ""), (2, "Tidd"))
                    ],
                    "rows": [
                        {
                            "type": "item",
                            "id": ROW,
                            "value": {
                                "cells": [
                                    {"type": "item", "id": f"{ROW[:-1]}{n}", "value": cell}
                                    for n, cell in ((1, "<p>Loggar</p>"), (2, ""), (3, "<p>tolv <b>månadr</b></p>"))
                                ]
                            },
                        }
                    ],
                },
            },
            {"type": "text", "id": TEXT, "value": {"heading": "Om oss", "body": "<p>Vi säljr <b>bröd</b>.</p>"}},
        ]
    )


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """Version 1 in force, version 2 announced."""
    DataCategory.objects.create(key="kontakt", name_sv="Kontaktupgifter", name_en="Contact details")
    page = root.add_child(
        instance=PolicyPage(title="Intergritetspolicy", slug="p", body=full_body(), live=False, locale=root.locale)
    )
    page.save_revision().publish()
    newest = reloaded(page).get_latest_revision_as_object()
    newest.body = full_body("P36M")
    publish_policy(newest, summary="Längre.")
    return reloaded(page)


def correct(text: Text, *place: Any, **kwargs: Any) -> Any:
    return correct_wording(text, *place, reason=WHY, means_the_same=True, **kwargs)


def text(page: PolicyPage, number: int = 1, language: str = "sv") -> Text:
    found = page.policy.versions.get(number=number).text(language)
    assert found
    return found


def said(snapshot: Any, section: str, field: str) -> Any:
    return snapshot.by_id[section].texts[field] if section else snapshot.title


PLACES = [
    pytest.param("", "title", "Integritetspolicy", id="the title"),
    pytest.param(PURPOSE, "title", "Leverera din order", id="a line"),
    pytest.param(PURPOSE, "data_subjects", ["kunder", "besökare"], id="several lines"),
    pytest.param(BASIS, "interest", "<p>Att sälja bröd.</p>", id="prose in a list"),
    pytest.param(KEPT, "starts", "leveransen", id="a line in a list"),
    pytest.param(INNER, "body", "<p>I appen.</p><p>Två.</p>", id="prose two levels down"),
    pytest.param(TABLE, "caption", "Tider", id="the caption of a table"),
    pytest.param(f"{TABLE}/columns", "cell_2", "Tid", id="a column heading"),
    pytest.param(ROW, "cell_3", "<p>tolv <b>månader</b></p>", id="a cell"),
    pytest.param(TEXT, "body", "<p>Vi säljer <b>bröd</b>.</p>", id="formatted prose"),
]


@pytest.mark.parametrize(("section", "field", "new"), PLACES)
def test_any_text_is_corrected_wherever_it_is_kept(page: PolicyPage, section: str, field: str, new: Any) -> None:
    old = said(text(page).snapshot, section, field)
    done = correct(text(page), section, field, new)
    assert done and done.left == ()
    assert [edition.version.number for edition in done.editions] == [1, 2]
    now = reloaded(page)
    states = [now, now.get_latest_revision_as_object(), now.live_revision.as_object()]
    assert [said(compose(state).snapshot, section, field) for state in states] == [new] * 3
    assert said(text(page).snapshot, section, field) == said(text(page, 2).snapshot, section, field) == new
    assert said(Text.objects.get(version__number=1, edition=1).snapshot, section, field) == old
    event = page.policy.versions.get(number=1).events.get(kind=EventKind.CORRECTED)
    assert (event.data["old"], event.data["new"]) == (old, new)
    reloaded(page).get_latest_revision().publish()
    assert page.policy.versions.count() == 2
    assert list(verify(page.policy)) == []


def test_the_corrected_title_is_read_and_dated(page: PolicyPage, client: Any) -> None:
    correct(text(page), "", "title", "Integritetspolicy")
    now = reloaded(page)
    assert (now.title, now.draft_title, text(page).title) == ("Integritetspolicy",) * 3
    html = client.get(now.url).content.decode()
    assert "Integritetspolicy" in html
    assert "<ins>" in html


def test_the_ids_of_lines_stay(page: PolicyPage) -> None:
    correct(text(page), PURPOSE, "data_subjects", "kunder\nbesökare")
    (purpose, *_others) = reloaded(page).body.get_prep_value()
    assert [item["id"] for item in purpose["value"]["data_subjects"]] == SUBJECTS


def test_lines_are_neither_added_nor_taken_away(page: PolicyPage) -> None:
    for lines in ("kunder", "kunder\nbesökare\nbarn", " \n "):
        with pytest.raises(ActionError):
            correct(text(page), PURPOSE, "data_subjects", lines)


def test_only_what_may_go_live_is_rewritten(page: PolicyPage) -> None:
    live = reloaded(page).live_revision_id
    newest = reloaded(page).get_latest_revision_as_object()
    latest = newest.save_revision().pk
    before = dict(Revision.objects.for_instance(page).values_list("pk", "content"))
    correct(text(page), TEXT, "heading", "Om företaget")
    after = dict(Revision.objects.for_instance(page).values_list("pk", "content"))
    assert {pk for pk in after if after[pk] != before[pk]} == {live, latest}
    for pk in (live, latest):
        assert {name for name in after[pk] if after[pk][name] != before[pk][name]} == {"body"}


# --- The register ---


def categories(page: PolicyPage, number: int = 1) -> list[Any]:
    return [section for section in text(page, number).snapshot.walk() if section.kind == "data_category"]


def category(page: PolicyPage) -> Any:
    return categories(page)[0]


def editor(*codenames: str) -> Any:
    user = get_user_model().objects.create_user("karin", "karin@example.org")
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    may_publish_everywhere(user)
    return user


def test_words_from_the_register_are_corrected_there_too(page: PolicyPage) -> None:
    user = editor("correct_history", "lower_materiality", "change_datacategory")
    place = (category(page).id, "name")
    done = correct(text(page), *place, "Kontaktuppgifter", user=user)
    assert done and done.left == ()
    names = [section.texts["name"] for number in (1, 2) for section in categories(page, number)]
    assert names == ["Kontaktuppgifter"] * 4
    entry = DataCategory.objects.get()
    assert (entry.name_sv, entry.name_en) == ("Kontaktuppgifter", "Contact details")
    reloaded(page).get_latest_revision().publish()
    assert page.policy.versions.count() == 2


def test_who_may_not_edit_the_register_learns_that_it_goes_on_as_it_was(page: PolicyPage) -> None:
    done = correct(
        text(page),
        category(page).id,
        "name",
        "Kontaktuppgifter",
        user=editor("correct_history", "lower_materiality"),
    )
    assert done and done.left == (DataCategory.objects.get(),)
    assert category(page).texts["name"] == "Kontaktuppgifter"
    assert DataCategory.objects.get().name_sv == "Kontaktupgifter"


# --- wagtail-localize ---

ENGLISH = {
    "Intergritetspolicy": "Privacy policy",
    "Leverrera din order": "Delivr your order",
    "kundr": "custmers",
    "besökare": "visitors",
    "leveransn": "the deliv",
    "Att säja bröd.": "To sel bread.",
    "Vi säljr <b>bröd</b>.": "We sel <b>bread</b>.",
    "I apen.": "In the ap.",
    "Två.": "Two.",
}


@pytest.fixture
def translation(page: PolicyPage, locale_en: Any, django_capture_on_commit_callbacks: Any) -> Translation:
    """The announced version in English, through wagtail-localize."""
    source, _ = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale_en, enabled=True)
    for segment in source.stringsegment_set.select_related("string"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=locale_en,
            context=segment.context,
            data=ENGLISH.get(segment.string.data, segment.string.data),
            translation_type="manual",
        )
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target()
    return translation


def publish_again(translation: Translation, capture: Any) -> PolicyPage:
    with capture(execute=True):
        translation.save_target()
    return translation.get_target_instance().specific


@pytest.mark.parametrize(
    ("section", "field", "new"),
    [
        pytest.param("", "title", "Privacy notice", id="the title"),
        pytest.param(PURPOSE, "title", "Deliver your order", id="a line"),
        pytest.param(PURPOSE, "data_subjects", ["customers", "visitors"], id="several lines"),
        pytest.param(TEXT, "body", "<p>We sell <b>bread</b>.</p>", id="formatted prose"),
        pytest.param(INNER, "body", "<p>In the app.</p><p>Two.</p>", id="one of two paragraphs"),
    ],
)
def test_the_next_publication_of_a_translation_keeps_the_correction(
    translation: Translation,
    page: PolicyPage,
    section: str,
    field: str,
    new: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    english = text(page, 2, "en")
    done = correct(english, section, field, new)
    assert done and done.left == ()
    editions = Text.objects.count()
    target = publish_again(translation, django_capture_on_commit_callbacks)
    assert said(compose(target).snapshot, section, field) == new
    assert said(text(page, 2, "en").snapshot, section, field) == new
    assert Text.objects.count() == editions
    assert said(text(page, 2).snapshot, section, field) != new


@pytest.mark.parametrize(("section", "field", "new"), PLACES)
def test_a_correction_of_the_original_leaves_no_translation_behind(
    translation: Translation,
    page: PolicyPage,
    section: str,
    field: str,
    new: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    before = text(page, 2, "en").snapshot
    done = correct(text(page), section, field, new)
    assert done and done.left == ()
    translation.source.refresh_from_db()
    assert said(compose(translation.source.as_instance()).snapshot, section, field) == new
    publish_again(translation, django_capture_on_commit_callbacks)
    assert text(page, 2, "en").snapshot == before
    translation.source.update_from_db()  # the original is handed over anew
    assert translation.get_progress()[0] == translation.get_progress()[1]
    publish_again(translation, django_capture_on_commit_callbacks)
    assert text(page, 2, "en").snapshot == before
    assert page.policy.versions.count() == 2


def test_what_wagtail_localize_cannot_say_is_told(translation: Translation, page: PolicyPage) -> None:
    """Two paragraphs in place of one: its strings are those of the original, one for each paragraph."""
    done = correct(text(page, 2, "en"), TEXT, "body", "<p>We sell.</p><p>Bread.</p>")
    assert done and done.left == (translation.get_target_instance(),)
    assert text(page, 2, "en").snapshot.by_id[TEXT].texts["body"] == "<p>We sell.</p><p>Bread.</p>"
