"""What the editor sees before and after publishing."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page
from wagtail.users.models import UserProfile

from tests.policies import PURPOSE, body, draft, posted, reloaded
from tests.publication.test_form import edit, permitted, publish, write
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.models import Policy, PolicyPage
from wagtail_privacy.notices.audience import RegisteredUsers
from wagtail_privacy.publication.preview import preview_publication
from wagtail_privacy.publication.result import publication_result

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(root: Page, site: Any) -> PolicyPage:
    new = draft(root)
    new.save_revision().publish()
    return reloaded(new)


@pytest.fixture
def admin(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def outlook_of(page: PolicyPage) -> str:
    return reverse("wagtail_privacy:outlook", args=[page.pk])


def person(username: str, language: str = "") -> None:
    user = get_user_model().objects.create_user(username, email=f"{username}@example.org")
    if language:
        UserProfile.objects.create(user=user, preferred_language=language)


def test_a_material_change_is_foretold_with_its_rule_its_day_and_its_people(page: PolicyPage) -> None:
    for username, language in (("anna", "sv"), ("bo", "sv"), ("cy", "en")):
        person(username, language)
    with translation.override("en"):
        preview = preview_publication(write(page, duration="P36M"))
        assert preview is not None
        (line,) = preview.lines
        assert "24 months" in line.text
        assert "36 months" in line.text
        assert line.reason
        assert line.source
        assert preview.people_by_language == (("Swedish", 2), ("English", 1))
    assert (preview.people_count, preview.days_ahead, preview.is_at_once, preview.overrides_proposal) == (
        3,
        30,
        False,
        False,
    )
    assert preview.plan.materiality == "material"
    assert len(preview.problems) == 1


def test_a_summary_is_drafted_in_the_page_s_language_and_only_offered(admin: Client, page: PolicyPage) -> None:
    written = write(page, duration="P36M")
    with translation.override("en"):
        preview = preview_publication(written)
    assert preview is not None
    drafted = "Lagringstiden för ändamålet ”Leverera din order” ändras från 24 månader till 36 månader."
    assert preview.draft_summary == drafted
    written.save_revision()
    html = admin.get(edit(page)).content.decode()
    above, found, below = html.partition('data-privacy-draft="change_summary" lang="sv"')
    assert found
    assert drafted in below.partition("</blockquote>")[0]
    assert "hidden>" in below.partition("data-privacy-take")[2][:200]
    assert 'name="change_summary"' in below
    assert 'name="change_summary"' not in above
    # A material change without a summary is not published with the one that was drafted.
    assert "change_summary" in publish(admin, page).context["form"].errors
    assert not reloaded(page).get_latest_revision_as_object().change_summary


def test_no_summary_is_drafted_beside_one_that_was_written(page: PolicyPage) -> None:
    written = write(page, duration="P36M")
    written.change_summary, written.change_base = "Vi sparar längre.", 1
    preview = preview_publication(written)
    assert preview is not None
    assert preview.draft_summary == ""


def test_a_change_that_is_not_material_tells_nobody(page: PolicyPage) -> None:
    person("anna", "sv")
    preview = preview_publication(write(page, duration="P12M"))
    assert preview is not None
    assert (preview.is_at_once, preview.people_by_language, preview.problems) == (True, (), ())


def test_a_scheduled_publication_is_foretold_for_its_day(page: PolicyPage) -> None:
    newer = write(page, duration="P36M")
    newer.go_live_at = timezone.now() + timedelta(days=10)
    preview = preview_publication(newer)
    assert preview is not None
    assert preview.scheduled_for is not None
    assert preview.days_ahead == 30
    assert preview.day - preview.scheduled_for == timedelta(days=30)


def test_a_translation_that_differs_in_facts_is_found(page: PolicyPage, locale_en: Any) -> None:
    other = page.copy_for_translation(locale_en, copy_parents=True)
    other.body = body(title="Deliver your order")
    same = preview_publication(other)
    assert same is not None
    assert same.plan.version.number == 1
    assert same.differences_from_source == ()
    other.body = body(duration="P48M", title="Deliver your order")
    differences_from_source = preview_publication(other)
    assert differences_from_source is not None
    (sentence,) = differences_from_source.differences_from_source
    assert "48" in sentence


def test_a_failing_audience_does_not_stop_the_editor(
    admin: Client, page: PolicyPage, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Any) -> None:
        raise OSError("the CRM does not answer")

    monkeypatch.setattr(RegisteredUsers, "concerned", fail)
    write(page, duration="P36M").save_revision()
    response = admin.get(edit(page))
    assert response.status_code == 200
    assert "privacy-note--warning" in response.content.decode()


def test_the_open_form_is_told_anew_of_the_newest_draft(admin: Client, page: PolicyPage) -> None:
    before = admin.get(outlook_of(page)).content.decode()
    assert "36 månader" not in before
    write(page, duration="P36M").save_revision()
    after = admin.get(outlook_of(page)).content.decode()
    assert "36 månader" in after
    assert 'data-privacy-part="strip"' in after
    assert 'data-privacy-part="outlook"' in after
    assert admin.post(outlook_of(page)).status_code == 405


def test_the_outlook_is_for_those_who_may_edit_the_page(client: Client, page: PolicyPage, root: Page) -> None:
    assert client.get(outlook_of(page)).status_code == 302
    client.force_login(permitted("karin"))
    assert client.get(outlook_of(page)).status_code == 200
    assert client.get(reverse("wagtail_privacy:outlook", args=[root.pk])).status_code == 404
    assert client.get(reverse("wagtail_privacy:outlook", args=[99999])).status_code == 404
    stranger = permitted("okänd")
    stranger.groups.first().page_permissions.all().delete()
    client.force_login(stranger)
    assert client.get(outlook_of(page), headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403


def test_saving_the_form_as_it_stands_changes_nothing(admin: Client, root: Page, site: Any) -> None:
    """A browser posts every line end as CR LF."""
    address = {"type": "controller", "id": PURPOSE, "value": {"name": "Bagaren AB", "address": "Gatan 1\nUmeå"}}
    page = root.add_child(
        instance=PolicyPage(title="Policy", slug="p", body=json.dumps([address]), live=False, locale=root.locale)
    )
    page.save_revision().publish()
    data = posted(reloaded(page))
    sent = data["body-0-value-address"]
    data["body-0-value-address"] = sent.replace("\n", "\r\n")
    assert "\n" in sent
    admin.post(edit(page), data)
    preview = preview_publication(reloaded(page).get_latest_revision_as_object())
    assert preview is not None
    assert not preview.plan.records


def test_what_an_editor_wrote_is_escaped(admin: Client, page: PolicyPage) -> None:
    write(page, title="<script>alert(1)</script>").save_revision()
    html = admin.get(outlook_of(page)).content.decode()
    assert "<script>alert" not in html


def test_the_editor_is_told_what_readers_see(admin: Client, page: PolicyPage) -> None:
    with translation.override("en"):
        assert publication_result(page).message == "Published as version 1. It is in force."
        publish_policy(write(page, duration="P36M"))
        announced = publication_result(reloaded(page))
        assert announced.message.startswith("Announced as version 2. Readers see version 1 until ")
        assert announced.url.endswith("/versions/2/")
        reloaded(page).save_revision().publish()
        assert publication_result(reloaded(page)).message == "Nothing changed for readers: no new version."


def test_no_version_is_said_to_stay_where_another_takes_effect_before(page: PolicyPage) -> None:
    today = timezone.localdate()
    publish_policy(write(page, duration="P36M"), summary="Längre.", takes_effect_on=today + timedelta(days=20))
    preview = preview_publication(write(reloaded(page), duration="P48M"))
    assert preview is not None
    assert preview.readers_see is None
    publish_policy(write(reloaded(page), duration="P48M"), summary="Ännu längre.")
    with translation.override("en"):
        assert publication_result(reloaded(page)).message.startswith("Announced as version 3. It takes effect on ")


def test_publishing_in_the_admin_says_so(admin: Client, page: PolicyPage) -> None:
    publish(admin, page, change_summary="Längre.")
    response = admin.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
    assert any("/versions/2/" in str(message) for message in response.context["messages"])


def test_a_scheduled_publication_is_told_as_such(page: PolicyPage) -> None:
    newer = write(page, duration="P36M")
    newer.go_live_at = timezone.now() + timedelta(days=10)
    newer.save_revision().publish()
    with translation.override("en"):
        assert publication_result(reloaded(page)).message.startswith("Scheduled for ")


def test_a_published_translation_is_told_as_such(page: PolicyPage, locale_en: Any) -> None:
    other = page.copy_for_translation(locale_en, copy_parents=True)
    other.title = "Privacy policy"
    other.save_revision().publish()
    with translation.override("en"):
        people_by_language = publication_result(reloaded(other))
    assert people_by_language.message == "Published as the text of version 1 in English. Nobody is told again."


def test_the_desk_speaks_swedish(admin: Client, page: PolicyPage, editor: Any) -> None:
    write(page, duration="P36M").save_revision()
    html = admin.get(edit(page)).content.decode()
    for words in ("Publicering", "Måste människor få besked?", "Träder i kraft", "Innan du kan publicera"):
        assert words in html
    UserProfile.objects.create(user=editor, preferred_language="en")
    html = admin.get(edit(page)).content.decode()
    for words in ("Publication", "Must people be told?", "Takes effect", "Before you can publish"):
        assert words in html


# --- The list of policies -----------------------------------------------------------------------------------


def test_policies_are_listed_with_what_is_in_force_in_a_fixed_number_of_queries(
    admin: Client, page: PolicyPage, root: Page
) -> None:
    url = reverse("privacy-policies:index")
    admin.get(url)
    with CaptureQueriesContext(connection) as one:
        html = admin.get(url).content.decode()
    assert "Integritetspolicy" in html
    assert "svenska" in html
    for number in range(3):
        other = draft(root, slug=f"policy-{number}")
        other.save_revision().publish()
        publish_policy(write(other, duration="P36M"))
    with CaptureQueriesContext(connection) as several:
        admin.get(url)
    assert len(several) == len(one)


def test_a_policys_versions_are_shown_with_who_and_why(admin: Client, page: PolicyPage, editor: Any) -> None:
    publish(admin, page, change_materiality="minor", change_reason="Gäller bara nya kunder.")
    html = admin.get(reverse("privacy-policies:inspect", args=[page.policy.pk])).content.decode()
    assert "Gäller bara nya kunder." in html
    assert str(editor) in html
    assert "/versions/2/" in html


def test_a_policys_settings_can_be_changed_and_are_checked(admin: Client, page: PolicyPage) -> None:
    url = reverse("privacy-policies:edit", args=[page.policy.pk])
    assert admin.get(url).status_code == 200
    refused = admin.post(url, {"notice_days": 10, "floor_days": 20, "tells_users": "on", "translation_days": 7})
    assert set(refused.context["form"].errors) == {"floor_days"}
    admin.post(url, {"notice_days": 60, "floor_days": 20, "tells_users": "on", "translation_days": 7})
    assert Policy.objects.get().notice_days == 60


def test_policies_are_neither_added_nor_deleted_by_hand(admin: Client, page: PolicyPage) -> None:
    base = reverse("privacy-policies:index")
    assert admin.get(f"{base}new/").status_code == 404
    assert admin.post(f"{base}delete/{page.policy.pk}/").status_code == 404


def test_policies_are_for_those_who_may(client: Client, page: PolicyPage) -> None:
    client.force_login(permitted("karin"))
    assert client.get(reverse("privacy-policies:index")).status_code == 302
    client.force_login(permitted("lisa", "change_policy"))
    assert client.get(reverse("privacy-policies:index")).status_code == 200


def test_the_permissions_can_be_given_to_a_group(admin: Client, page: PolicyPage) -> None:
    group = Group.objects.create(name="Jurister")
    html = admin.get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()
    for codename in ("lower_materiality", "shorten_notice", "change_policy"):
        assert f'value="{Permission.objects.get(codename=codename).pk}"' in html
