"""The tab *Publication* says what changes, where from, when and to whom it is told: each once, and truly."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page

from tests.policies import KEPT, OTHER, PURPOSE, TEXT, body, draft, reloaded
from tests.publication.test_form import permitted, write
from tests.publication.test_preview import outlook_of, person
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.changes.change import Change, Reference
from wagtail_privacy.clock import day_of, days_after
from wagtail_privacy.models import DataCategory, PolicyPage
from wagtail_privacy.policy.words import day as in_words
from wagtail_privacy.publication.change_lines import words_out_and_in
from wagtail_privacy.publication.preview import PublicationPreview, preview_publication

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def page(root: Page) -> PolicyPage:
    new = draft(root)
    new.save_revision().publish()
    return reloaded(new)


def previewed(page: PolicyPage, user: Any = None) -> PublicationPreview:
    with translation.override("en"):
        found = preview_publication(page, user)
    assert found is not None
    return found


def test_the_sentence_that_decided_stands_with_its_words_out_and_in(page: PolicyPage) -> None:
    (line,) = previewed(write(page, words="Vi säljer bröd och kaffe.")).lines
    (part,) = line.parts
    assert "<ins>" in part.marked
    assert "kaffe" in part.marked
    assert part.place.path == (TEXT,)
    assert part.place.field == "body"


def test_a_text_is_never_taken_for_html() -> None:
    change = Change(
        "changed", (Reference("text", "1"),), "body", "<p>a &lt;b&gt; one</p>", "<p>a &lt;b&gt; two</p>", True
    )
    assert "<b>" not in words_out_and_in(change, "en")
    change = change.about([("<script>1</script> is old", "<script>1</script> is new")])
    assert "<script>" not in words_out_and_in(change, "en")


def test_each_line_leads_to_its_block_also_where_it_is_gone(page: PolicyPage) -> None:
    changed = previewed(write(page, duration="P36M")).lines[0].place
    assert changed and (changed.path, changed.field) == ((PURPOSE, KEPT), "duration")
    gone = page.get_latest_revision_as_object()
    gone.body = body().replace('"retention": [', '"retention": [], "x": [')
    place = previewed(gone).lines[0].place
    assert place and place.path == (PURPOSE,)


def test_the_lines_are_grouped_by_weight_and_those_of_language_are_folded(page: PolicyPage) -> None:
    written = write(page, duration="P36M", words="Vi säljer  bröd!")
    found = previewed(written)
    assert [group.materiality for group in found.groups] == ["material", "editorial"]
    assert [group.is_folded for group in found.groups] == [False, True]
    assert found.groups[1].lines[0].parts[0].place.path == (TEXT,)


@pytest.mark.parametrize("is_admin", [True, False], ids=["edited by somebody", "edited by code"])
def test_an_edit_in_the_register_never_rides_along_unseen(
    client: Client, page: PolicyPage, editor: Any, is_admin: bool
) -> None:
    entry = DataCategory.objects.create(key="mail", name_sv="E-post", name="E-post")
    newest, stored = page.get_latest_revision_as_object(), json.loads(body())
    stored[0]["value"]["data_categories"] = [{"type": "register", "id": OTHER, "value": entry.pk}]
    newest.body = json.dumps(stored)
    publish_policy(newest, summary="E-post.")
    client.force_login(editor)
    if is_admin:
        data = {"name_sv": "E-postadresser", "key": "mail"}
        client.post(reverse(DataCategory.snippet_viewset.get_url_name("edit"), args=[entry.pk]), data)
    else:
        DataCategory.objects.update(name_sv="E-postadresser", name="E-postadresser")
    found = previewed(reloaded(page).get_latest_revision_as_object())
    (origin,) = found.from_register
    assert origin.by == ("editor" if is_admin else "")
    assert "E-post" in origin.entry
    shown = client.get(outlook_of(page)).content.decode()
    assert shown.count("privacy-origin") == 1
    assert not previewed(write(reloaded(page), words="Vi säljer kaffe.")).lines[0].origins


def test_one_edit_in_the_register_is_one_line_however_often_the_policy_names_the_entry(
    client: Client, page: PolicyPage, editor: Any
) -> None:
    entry = DataCategory.objects.create(key="mail", name_sv="E-post", name="E-post")
    newest, stored = page.get_latest_revision_as_object(), json.loads(body(new="Nyhetsbrev"))
    for id, purpose in ((KEPT, stored[0]), (TEXT, stored[2])):
        named = {"type": "register", "id": id.replace("0", "a"), "value": entry.pk}
        purpose["value"]["data_categories"] = [named]
    newest.body = json.dumps(stored)
    publish_policy(newest, summary="E-post.")
    DataCategory.objects.update(name_sv="Hälsa", name="Hälsa", special=True)
    found = previewed(reloaded(page).get_latest_revision_as_object())
    lines = [line for group in found.groups for line in group.lines]
    assert sum(len(line.parts) for line in lines) > len(lines) == len({(x.materiality, x.reason) for x in lines})
    client.force_login(editor)
    shown = client.get(outlook_of(page)).content.decode()
    assert shown.count("privacy-origin") == len(lines)


def test_who_cannot_be_told_in_their_own_language_is_said_to_be_told_in_another(page: PolicyPage) -> None:
    for username, language in (("anna", "sv"), ("bo", "sv"), ("cy", "en")):
        person(username, language)
    told = previewed(write(page, words="Vi säljer dina uppgifter.")).told_languages
    assert [(each.language, each.count, each.told_in) for each in told] == [
        ("Swedish", 2, "Swedish"),
        ("English", 1, "Swedish"),
    ]


def test_the_day_is_said_once_and_why_a_chosen_one_was_moved(page: PolicyPage) -> None:
    chosen = days_after(day_of(timezone.now()), 5)
    written = write(page, duration="P36M")
    written.answer(takes_effect_on=chosen)
    found = previewed(written)
    with translation.override("en"):
        assert in_words(chosen) in found.moved_day
        assert in_words(found.day) in found.moved_day
    assert "may not" in previewed(written, permitted("karin")).moved_day
    written.answer(takes_effect_on=chosen, reason="Det brådskar.")
    assert previewed(written).moved_day == ""
    assert previewed(written).day == chosen


def test_the_day_of_a_version_to_build_on_is_said_once_and_nothing_against_it(
    client: Client, page: PolicyPage, editor: Any
) -> None:
    announced = publish_policy(write(page, duration="P36M"), summary="Längre.")
    written = write(page, duration="P48M")
    written.answer(summary="Än längre.", takes_effect_on=days_after(day_of(timezone.now()), 5))
    written.save_revision()
    client.force_login(editor)
    said = client.get(outlook_of(page)).content.decode()
    assert said.split("<dl")[1].split("</dl>")[0].count(in_words(announced.applies_from)) == 1
    assert "Innan du kan publicera" not in said


def test_a_day_that_is_past_is_said_to_be(page: PolicyPage) -> None:
    written = write(page, duration="P36M")
    written.answer(takes_effect_on=day_of(timezone.now()) - timedelta(days=3))
    assert "past" in previewed(written).moved_day


def test_says_when_what_it_shows_was_saved(client: Client, page: PolicyPage, editor: Any) -> None:
    write(page, duration="P36M").save_revision()
    client.force_login(editor)
    shown = client.get(outlook_of(page)).content.decode()
    saved = timezone.localtime(reloaded(page).latest_revision_created_at)
    assert f"{saved:%H:%M}" in shown.partition("privacy-saved")[2].partition("</p>")[0]
