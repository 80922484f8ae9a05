"""Before a policy page is unpublished or deleted the editor is told what follows; the overview says what is so then."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail import hooks
from wagtail.models import GroupPagePermission, Locale, Page

from tests.notices.factories import person
from tests.reader.site import APRIL, FIRST_OF_JUNE, MARCH, MAY, announce, draft, publish, purpose, translate, visible
from wagtail_privacy.actions.verify import verify
from wagtail_privacy.clock import at
from wagtail_privacy.models import Event, EventKind, Notice, Policy, PolicyPage
from wagtail_privacy.publication.removal import explain_move, preview_removal_mails, removals
from wagtail_privacy.records.notice import NoticeKind
from wagtail_privacy.records.publicity import unpublished_with
from wagtail_privacy.sending.add_people import expand_notice

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """Version 1 in force, version 2 announced for 1 June."""
    page = publish(draft(root, purpose()), moment=MARCH)
    return announce(page, purpose(duration="P36M"), moment=APRIL, on=FIRST_OF_JUNE, summary="Vi sparar längre.")


def explained(*pages: Any) -> str:
    with at(MAY), override("en"):
        return " ".join(sentence for removal in removals(pages) for sentence in removal.sentences)


def test_it_says_for_whom_what_is_announced_and_where_the_history_is_read(page: PolicyPage, locale_en: Locale) -> None:
    assert "nobody can read the policy or its history" in explained(page)
    translate(page, locale_en, purpose(title="Deliver", duration="P36M"), title="Privacy policy", moment=APRIL)
    said = explained(page)
    assert "Readers of Swedish find nothing at its address any more." in said
    assert "can still be read in English" in said
    assert "version 1 stays recorded as the one in force" in said
    assert "Version 2 is announced and takes effect on 1 June 2026 all the same." in said


@pytest.mark.parametrize("name", ["unpublish", "delete"])
def test_it_stands_above_wagtail_s_question(client: Client, editor: Any, page: PolicyPage, name: str) -> None:
    client.force_login(editor)
    with at(MAY):
        response = client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
    assert response.status_code == 200
    assert "1 juni 2026" in visible(response) or "1 June 2026" in visible(response)


def test_nothing_is_said_of_what_nobody_sees(page: PolicyPage, root: Page) -> None:
    elsewhere = root.add_child(instance=Page(title="Kundtjänst", slug="kundtjanst", locale=root.locale))
    assert explained(page.create_alias(parent=elsewhere)) == ""
    page.unpublish()
    assert explained(PolicyPage.objects.get(pk=page.pk), elsewhere) == ""


def test_the_overview_says_that_no_page_is_public(client: Client, editor: Any, page: PolicyPage) -> None:
    client.force_login(editor)
    with at(MAY):
        assert "inte offentlig" not in visible(client.get("/admin/privacy-policies/"))
        page.unpublish()
        assert "inte offentlig" in visible(client.get("/admin/privacy-policies/"))


def test_what_goes_together_is_not_said_to_be_readable_in_each_other(page: PolicyPage, locale_en: Locale) -> None:
    english = translate(page, locale_en, purpose(title="Deliver"), title="Privacy policy", moment=APRIL)
    said = explained(page, english)
    assert "nobody can read the policy or its history" in said
    assert "can still be read" not in said


def test_mails_that_are_still_to_be_sent_are_said(page: PolicyPage) -> None:
    person("anna", "sv")
    with at(APRIL):
        expand_notice(Notice.objects.get().pk)
    assert "1 e-mail about it is still to be sent, and is sent all the same." in explained(page)


# --- As an editor does it ---


@pytest.fixture
def about(root: Page) -> Page:
    return root.add_child(title="Om oss", slug="om-oss", locale=root.locale)


@pytest.fixture
def below(about: Page) -> PolicyPage:
    return publish(draft(about, purpose(), title="Policy under Om oss", slug="policy"), moment=MARCH)


def address(way: str, *pages: Page) -> str:
    """Of Wagtail's question: ``way`` is unpublish or delete, bulk or not."""
    name, _, bulk = way.partition(" ")
    if not bulk:
        return reverse(f"wagtailadmin_pages:{name}", args=[pages[0].pk])
    query = "&".join(f"id={page.pk}" for page in pages)
    return reverse("wagtail_bulk_action", args=["wagtailcore", "page", name]) + f"?{query}&next=/admin/"


WAYS = ["unpublish", "delete", "unpublish bulk", "delete bulk"]


@pytest.fixture
def admin(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


@pytest.mark.parametrize("way", WAYS)
def test_the_question_says_what_follows_and_offers_to_tell(admin: Client, page: PolicyPage, way: str) -> None:
    with at(MAY):
        response = admin.get(address(way, page))
        shown = visible(response)
        assert "1 juni 2026" in shown
        assert 'name="tell_people"' in response.content.decode()
        form = response.content.decode().partition('name="tell_people"')[0].rpartition("<form")[2]
        assert 'method="POST"' in form
        (link,) = re.findall(r'href="([^"]*/removal/mail/[^"]*)"', response.content.decode())
        preview = admin.get(unescape(link))
    assert "Integritetspolicy" in visible(preview)
    assert visible(preview).count("Nobody would be told") == 0


@pytest.mark.parametrize("way", WAYS)
def test_what_follows_and_who_is_told_stand_in_the_question_itself(
    client: Client, admin: Client, page: PolicyPage, way: str
) -> None:
    """No banners above it, which fill a small screen; and silence is said, too."""
    with at(MAY), override("sv"):
        response = admin.get(address(way, page))
        assert not list(response.context["messages"])
        assert visible(response).count("1 juni 2026") == 1
        assert gettext("Unless you tick this, nobody is told.") in visible(response)
        client.force_login(limited())
        assert gettext("Nobody is told of it by e-mail.") in visible(client.get(address(way, page)))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("tells", [True, False])
def test_people_are_told_if_the_editor_wants_it(admin: Client, page: PolicyPage, way: str, tells: bool) -> None:
    with at(MAY):
        response = admin.post(address(way, page), {"tell_people": "on"} if tells else {}, follow=True)
    assert not PolicyPage.objects.filter(live=True).exists()
    told = list(Notice.objects.filter(kind=NoticeKind.UNPUBLISHED))
    assert len(told) == tells
    events = Event.objects.filter(kind=EventKind.UNPUBLISHED)
    assert [event.by.username for event in events] == ["editor"]
    assert (f"/notices/{told[0].pk}/" in response.content.decode()) if tells else True
    assert list(verify(Policy.objects.get())) == []


@pytest.mark.parametrize("way", WAYS)
def test_several_languages_and_policies_get_one_notice_each(
    admin: Client, page: PolicyPage, locale_en: Locale, below: PolicyPage, about: Page, way: str
) -> None:
    english = translate(page, locale_en, purpose(title="Deliver"), title="Privacy policy", moment=APRIL)
    data = {"tell_people": "on", "include_descendants": "on"}
    with at(MAY):
        if "bulk" in way:
            response = admin.get(address(way, page, english, about))
            shown = visible(response)
            admin.post(address(way, page, english, about), data)
        else:
            shown = visible(admin.get(address(way, about)))
            admin.post(address(way, about), data)
    assert "Policy under Om oss" in shown
    found = [str(notice.version.policy) for notice in Notice.objects.filter(kind=NoticeKind.UNPUBLISHED)]
    assert sorted(found) == (["Integritetspolicy", "Policy under Om oss"] if "bulk" in way else ["Policy under Om oss"])
    assert not PolicyPage.objects.filter(live=True, pk=below.pk).exists()


def test_pages_that_wagtail_takes_along_belong_to_the_question_and_the_notice(
    admin: Client, page: PolicyPage, locale_en: Locale
) -> None:
    """A synchronised tree: contrib.simple_translation has translations unpublished with the page."""
    english = translate(page, locale_en, purpose(title="Deliver"), title="Privacy policy", moment=APRIL)

    def take_along(pages: list[Any], action: str) -> dict[Any, list[Page]]:
        return {pages[0]: [Page.objects.get(pk=english.pk)]}

    hook = "construct_translated_pages_to_cascade_actions"
    with at(MAY), hooks.register_temporarily(hook, take_along):
        shown = visible(admin.get(address("unpublish", page)))
        admin.post(address("unpublish", page), {"tell_people": "on"})
    with override("sv"):
        said = "No other language is public: nobody can read the policy or its history on the website any more."
        assert gettext(said) in shown
    assert not PolicyPage.objects.filter(live=True).exists()
    notice = Notice.objects.get(kind=NoticeKind.UNPUBLISHED)
    assert notice.event
    assert unpublished_with(notice.event) == {"sv", "en"}


@pytest.mark.parametrize("way", WAYS)
def test_a_fault_of_the_database_leaves_wagtail_s_question(admin: Client, page: PolicyPage, way: str) -> None:
    def broken(*args: Any) -> None:
        Policy.objects.raw("SELECT nothing FROM nowhere")[0]

    with mock.patch("wagtail_privacy.publication.removal.preview_audience", broken):
        assert admin.get(address(way, page)).status_code == 200


def limited(*codenames: str) -> Any:
    user = get_user_model().objects.create_user("erik", email="erik@example.org")
    group = Group.objects.create(name="Redaktörer")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    for codename in ("change_page", "publish_page"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=permission)
    user.groups.add(group)
    return user


@pytest.mark.parametrize("way", WAYS)
def test_who_may_not_have_people_told_is_not_asked_and_can_not(client: Client, page: PolicyPage, way: str) -> None:
    client.force_login(limited())
    with at(MAY):
        assert 'name="tell_people"' not in client.get(address(way, page)).content.decode()
        response = client.post(address(way, page), {"tell_people": "on"}, follow=True)
        assert PolicyPage.objects.get(pk=page.pk).live
        assert not Notice.objects.filter(kind=NoticeKind.UNPUBLISHED).exists()
        with override("sv"):
            assert gettext("You may not have people told by e-mail. Ask someone who may.") in visible(response)
        client.post(address(way, page))
    assert not PolicyPage.objects.filter(live=True).exists()


@pytest.mark.parametrize("way", WAYS)
def test_a_notice_that_fails_stops_nobody(admin: Client, page: PolicyPage, way: str, caplog: Any) -> None:
    with at(MAY), mock.patch("wagtail_privacy.actions.unpublish.issue_notice", side_effect=RuntimeError("broken")):
        response = admin.post(address(way, page), {"tell_people": "on"}, follow=True)
    assert response.status_code == 200
    assert not PolicyPage.objects.filter(live=True).exists()
    assert Event.objects.filter(kind=EventKind.UNPUBLISHED).count() == 1
    assert not Notice.objects.filter(kind=NoticeKind.UNPUBLISHED).exists()
    assert "unpublished without" in caplog.text


@pytest.mark.parametrize("way", WAYS)
def test_a_fault_of_ours_leaves_wagtail_s_question(admin: Client, page: PolicyPage, way: str, caplog: Any) -> None:
    with mock.patch("wagtail_privacy.publication.removal.preview_audience", side_effect=RuntimeError("broken")):
        response = admin.get(address(way, page))
    assert response.status_code == 200
    assert "<form" in response.content.decode()
    assert "can't be said" in caplog.text
    with mock.patch("wagtail_privacy.records.policy.Policy.version_in_force", side_effect=RuntimeError("broken")):
        assert admin.get(address(way, page)).status_code == 200


def test_other_pages_are_asked_nothing(admin: Client, about: Page) -> None:
    for way in WAYS:
        response = admin.get(address(way, about))
        assert 'name="tell_people"' not in response.content.decode()
    admin.post(address("unpublish", about), {"tell_people": "on"})
    assert not Notice.objects.exists()


def test_the_preview_says_what_would_be_so_then(page: PolicyPage, locale_en: Locale) -> None:
    english = translate(page, locale_en, purpose(title="Deliver"), title="Privacy policy", moment=APRIL)
    with at(MAY):
        (only,) = removals([page])
        (both,) = removals([page, english])
        mails = preview_removal_mails(only, ["sv", "en"])
        assert list(mails) == ["sv"]  # who reads English has what they had
        found = re.findall(r"https?://\S+", mails["sv"].message.text)
        assert found == [PolicyPage.objects.get(pk=english.pk).full_url]
        texts = [mail.message.text for mail in preview_removal_mails(both, ["sv", "en"]).values()]
    assert len(texts) == 2
    assert not any("http" in text for text in texts)


def test_the_preview_can_be_sent_as_a_test(admin: Client, page: PolicyPage) -> None:
    with at(MAY):
        html = admin.get(address("unpublish", page)).content.decode()
        (link,) = re.findall(r'href="([^"]*/removal/mail/[^"]*)"', html)
        preview = admin.get(unescape(link)).content.decode()
        (test, *_) = re.findall(r'action="([^"]*/test/[^"]*)"', preview)
        (frame, *_) = re.findall(r'src="([^"]*/removal/mail/[^"]*)"', preview)
        assert "Integritetspolicy" in admin.get(unescape(frame)).content.decode()
        admin.post(unescape(test))
    (message,) = mail.outbox
    assert message.to == ["editor@example.org"]
    assert "Integritetspolicy" in message.subject
    assert not Notice.objects.filter(kind=NoticeKind.UNPUBLISHED).exists()


def test_who_may_not_edit_the_page_may_not_see_its_mail(client: Client, page: PolicyPage) -> None:
    user = get_user_model().objects.create_user("erik")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    response = client.get(reverse("wagtail_privacy:removal_mail", args=[page.pk]))
    assert response.status_code in (302, 403)


@pytest.mark.parametrize("way", WAYS)
def test_the_button_that_takes_a_policy_from_readers_is_red(admin: Client, page: PolicyPage, way: str) -> None:
    assert " serious" in yes(admin, address(way, page))


@pytest.mark.parametrize("way", ["unpublish", "unpublish bulk"])
def test_other_pages_keep_wagtail_s_button(admin: Client, about: Page, way: str) -> None:
    assert " serious" not in yes(admin, address(way, about))


def yes(admin: Client, url: str) -> str:
    """The class of the button, or the input, that does what Wagtail asks."""
    html = admin.get(url).content.decode()
    form = html[html.rindex('name="csrfmiddlewaretoken"') :]
    found = re.search(r'<(?:button|input)(?=[^>]*type="submit")[^>]*class="(button[^"]*)"', form)
    assert found
    return found[1]


def test_a_move_says_what_becomes_of_the_addresses(admin: Client, page: PolicyPage, about: Page) -> None:
    nowhere = Page.objects.get(depth=1)
    for moved, destination, words in ((page, about, "address"), (page, nowhere, "website"), (about, nowhere, "")):
        response = admin.get(reverse("wagtailadmin_pages:move_confirm", args=[moved.pk, destination.pk]))
        with override("en"):
            said = list(explain_move(moved, destination))
        assert words in " ".join(said)
        assert bool(said) is bool(words)
        assert response.status_code == 200


def test_the_overview_says_which_languages_are_not_public(admin: Client, page: PolicyPage, locale_en: Locale) -> None:
    translate(page, locale_en, purpose(title="Deliver", duration="P36M"), title="Privacy policy", moment=APRIL)
    with at(MAY):
        PolicyPage.objects.get(pk=page.pk).unpublish()
        listing = visible(admin.get("/admin/privacy-policies/"))
        inspected = visible(admin.get(reverse("privacy-policies:inspect", args=[page.policy.pk])))
    with override("sv"):
        assert f"svenska: {gettext('not public')}" in listing
        assert gettext("The page in this language is not public.") in inspected
