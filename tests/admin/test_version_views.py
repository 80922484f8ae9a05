"""The admin's forms for what happens to a version after its publication."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text

from tests.policies import TEXT, body, draft, reloaded
from tests.publication.test_form import permitted
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.blocks.fields import PROSE_FEATURES
from wagtail_privacy.clock import day_of
from wagtail_privacy.models import PolicyPage, Version
from wagtail_privacy.templatetags.privacy_admin import version_events

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def prose(html: str) -> str:
    """What the rich text editor posts."""
    return str(rich_text(html, features=PROSE_FEATURES))


LATER = day_of(timezone.now()) + timedelta(days=60)


@pytest.fixture
def page(root: Page) -> PolicyPage:
    page = draft(root)
    page.save_revision().publish()
    newest = reloaded(page).get_latest_revision_as_object()
    newest.body = body(duration="P36M")
    publish_policy(newest, summary="Vi sparar längre.")
    return reloaded(page)


def version(page: PolicyPage) -> Version:
    return page.policy.versions.get(number=2)


def urls(page: PolicyPage) -> dict[str, str]:
    pk = version(page).pk
    return {
        "day": reverse("wagtail_privacy:day", args=[pk]),
        "withdraw": reverse("wagtail_privacy:withdraw", args=[pk]),
        "summary": reverse("wagtail_privacy:summary", args=[pk, "sv"]),
        "wording": reverse("wagtail_privacy:wording", args=[pk, "sv"]) + f"?words={TEXT}:body",
    }


POSTED = {
    "day": {"day": LATER.isoformat(), "reason": "Inte klart."},
    "withdraw": {"reason": "Inte klart."},
    "summary": {"new": "Längre än förut.", "reason": "Otydligt."},
    "wording": {"new": prose("<p>Bröd säljer vi.</p>"), "reason": "Stavfel."},
}
PERMISSION = {
    "day": "change_plan",
    "withdraw": "change_plan",
    "summary": "correct_history",
    "wording": "correct_history",
}


@pytest.mark.parametrize("form", POSTED)
def test_each_form_is_for_who_may_alone(client: Client, page: PolicyPage, form: str) -> None:
    others = {"change_plan", "correct_history", "shorten_notice", "view_policy"} - {PERMISSION[form]}
    client.force_login(permitted("karin", *others))
    for response in (client.get(urls(page)[form]), client.post(urls(page)[form], POSTED[form])):
        assert response.status_code == 302  # Wagtail leads away, with a message
    assert version(page).events.filter(kind__in=["postponed", "withdrawn", "corrected"]).count() == 0
    client.force_login(permitted("lena", PERMISSION[form], "view_policy"))
    assert client.get(urls(page)[form]).status_code == 200
    assert client.post(urls(page)[form], POSTED[form]).status_code == 302
    (event,) = version(page).events.filter(kind__in=["postponed", "withdrawn", "corrected"])
    assert (event.by.username, event.reason) == ("lena", POSTED[form]["reason"])


def test_an_impossible_day_is_said_beside_the_field(client: Client, page: PolicyPage, editor: Any) -> None:
    client.force_login(editor)
    response = client.post(urls(page)["day"], {"day": "2020-01-01", "reason": "x"})
    assert set(response.context["form"].errors) == {"day"}
    response = client.post(urls(page)["day"], {"day": LATER.isoformat(), "reason": ""})
    assert set(response.context["form"].errors) == {"reason"}
    version(page).takes_effect_at = timezone.now()


def test_who_moves_a_day_is_told_what_moves_with_it(client: Client, page: PolicyPage, editor: Any) -> None:
    newest = reloaded(page).get_latest_revision_as_object()
    newest.body = body(duration="P48M")
    publish_policy(newest, summary="Vi sparar ännu längre.")
    client.force_login(editor)
    shown = client.post(urls(page)["day"], POSTED["day"], follow=True).content.decode()
    assert "Version 3 flyttas med." in shown


def test_what_was_withdrawn_is_not_offered_to_be_withdrawn(client: Client, page: PolicyPage, editor: Any) -> None:
    client.force_login(editor)
    client.post(urls(page)["withdraw"], POSTED["withdraw"])
    shown = client.get(urls(page)["withdraw"], follow=True)
    assert shown.redirect_chain
    assert "Den var redan tillbakadragen." in shown.content.decode()
    assert version(page).events.filter(kind="withdrawn").count() == 1


def test_before_it_is_withdrawn_it_says_who_was_told_and_after_it_the_draft_can_be_put_back(
    client: Client, page: PolicyPage, editor: Any
) -> None:
    client.force_login(editor)
    asked = client.get(urls(page)["withdraw"])
    assert "breadcrumbs_items" in asked.context
    assert 'class="button serious"' in asked.content.decode()
    shown = client.post(urls(page)["withdraw"], POSTED["withdraw"], follow=True).content.decode()
    first = page.policy.versions.get(number=1)
    back = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.revision_id])
    assert back in shown
    assert back in client.get(reverse("wagtail_privacy:outlook", args=[page.pk])).content.decode()
    assert "P24M" in str(client.get(back).context["form"].instance.body.get_prep_value())


def test_a_version_says_who_was_told_and_leads_to_the_report_and_the_comparison(
    client: Client, page: PolicyPage, editor: Any
) -> None:
    client.force_login(editor)
    response = client.get(reverse("wagtail_privacy:recorded", args=[version(page).pk, "sv"]))
    shown = response.content.decode()
    assert reverse("wagtail_privacy:notice", args=[version(page).notices.get().pk]) in shown
    assert response.context["compare_url"].endswith("/compare/1/2/")
    client.force_login(permitted("karin", "view_policy"))
    shown = client.get(reverse("wagtail_privacy:recorded", args=[version(page).pk, "sv"])).content.decode()
    assert reverse("wagtail_privacy:notice", args=[version(page).notices.get().pk]) not in shown


def test_there_is_no_summary_in_a_language_without_a_text(client: Client, page: PolicyPage, editor: Any) -> None:
    client.force_login(editor)
    address = reverse("wagtail_privacy:summary", args=[version(page).pk, "de"])
    assert client.get(address).status_code == 404


def test_the_list_of_versions_offers_what_can_be_done(client: Client, page: PolicyPage, editor: Any) -> None:
    client.force_login(editor)
    url = reverse("privacy-policies:inspect", args=[page.policy.pk])
    shown = client.get(url).content.decode()
    assert urls(page)["day"] in shown
    assert urls(page)["withdraw"] in shown
    assert reverse("wagtail_privacy:day", args=[page.policy.versions.get(number=1).pk]) not in shown
    client.post(urls(page)["withdraw"], POSTED["withdraw"])
    assert urls(page)["day"] not in client.get(url).content.decode()


def test_the_list_offers_nothing_to_who_may_only_look(client: Client, page: PolicyPage) -> None:
    client.force_login(permitted("karin", "view_policy"))
    shown = client.get(reverse("privacy-policies:inspect", args=[page.policy.pk])).content.decode()
    assert not any(url.split("?")[0] in shown for url in urls(page).values())


def test_the_words_to_correct_are_chosen_from_the_text(client: Client, page: PolicyPage, editor: Any) -> None:
    client.force_login(editor)
    url = reverse("wagtail_privacy:wording", args=[version(page).pk, "sv"])
    assert "Vi säljer bröd." in client.get(url).content.decode()
    assert client.get(urls(page)["wording"]).context["form"]["new"].value() == "<p>Vi säljer bröd.</p>"


def test_what_the_rules_hold_to_be_material_is_confirmed_by_who_may(
    client: Client, page: PolicyPage, editor: Any
) -> None:
    url, new = urls(page)["wording"], prose("<p>Vi säljer dina uppgifter till andra.</p>")
    client.force_login(permitted("karin", "correct_history"))
    assert set(client.post(url, {"new": new, "reason": "x"}).context["form"].errors) == {"new"}
    assert client.post(url, {"new": new, "reason": "x", "means_the_same": "on"}).status_code == 200
    client.force_login(editor)
    assert client.get(url).context["form"]["means_the_same"].is_hidden
    asked = client.post(url, {"new": new, "reason": "x", "means_the_same": ""}).context["form"]
    assert set(asked.errors) == {"means_the_same"}
    assert not asked["means_the_same"].is_hidden
    assert version(page).events.filter(kind="corrected").count() == 0
    assert client.post(url, {"new": new, "reason": "x", "means_the_same": "on"}).status_code == 302
    assert version(page).events.get(kind="corrected").data["proposed_materiality"] == "material"


def test_the_list_says_what_happened_when_by_whom_and_why(client: Client, page: PolicyPage, editor: Any) -> None:
    client.force_login(editor)
    client.post(urls(page)["day"], POSTED["day"])
    client.post(urls(page)["wording"], POSTED["wording"])
    response = client.get(reverse("privacy-policies:inspect", args=[page.policy.pk]))
    shown = version_events(response.context["page_of_versions"])["events"]
    events = [(event.kind, event.version.number, event.by, event.reason) for event, _said in shown]
    assert events[:2] == [("corrected", 2, editor, "Stavfel."), ("postponed", 2, editor, "Inte klart.")]
    assert ("published", 1, None, "") in events
    html = response.content.decode()
    assert "Stavfel." in html
    assert "Inte klart." in html


def test_group_screens_offer_the_permissions(client: Client, editor: Any) -> None:
    client.force_login(editor)
    permissions = client.get(reverse("wagtailusers_groups:add")).context["form"].fields["permissions"].queryset
    offered = set(permissions.filter(content_type__app_label="wagtail_privacy").values_list("codename", flat=True))
    assert offered >= {"publish_material", "lower_materiality", "shorten_notice", "change_plan", "correct_history"}
    assert not offered & {"add_policy", "delete_policy"}


def test_who_may_not_publish_what_people_must_be_told_is_stopped(client: Client, page: PolicyPage) -> None:
    from django.contrib.auth.models import Permission

    from tests.policies import posted

    user = permitted("karin")
    user.groups.get().permissions.remove(Permission.objects.get(codename="publish_material"))
    client.force_login(user)
    newest = reloaded(page).get_latest_revision_as_object()
    newest.body = body(duration="P60M")
    data = posted(newest, action="publish", change_summary="Ännu längre.")
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert set(response.context["form"].errors) == {"change_materiality"}
    assert page.policy.versions.count() == 2
