"""What is decided about a policy after its publication is for who may publish its page: tried by crafted requests."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from tests.admin.test_version_views import POSTED, urls, version
from tests.policies import body, draft, reloaded
from wagtail_privacy.actions.permissions import Permissions, may_see_people
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.actions.refusal import ActionError, NotAllowed
from wagtail_privacy.clock import day_of, days_after, now
from wagtail_privacy.models import Event, Notice, Policy, PolicyPage
from wagtail_privacy.sending.deliver import deliver

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
ALL = [*(codename for codename, _name in Policy._meta.permissions), "change_policy", "view_policy", "view_notice"]
NOTICE = {"pause", "resume", "retry", "resend", "accept", "cancel"}


@pytest.fixture
def page(root: Page, editor: Any) -> PolicyPage:
    """Version 1 in force, version 2 announced and told."""
    page = draft(root)
    page.save_revision().publish()
    newest = reloaded(page).get_latest_revision_as_object()
    newest.body = body(duration="P36M")
    publish_policy(newest, summary="Vi sparar längre.")
    return reloaded(page)


def somebody(username: str, *codenames: str, publishes: Page | None = None, **values: Any) -> Any:
    user = get_user_model().objects.create_user(username, f"{username}@example.org", **values)
    group = Group.objects.create(name=username)
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    for codename in ("change_page", "publish_page") if publishes else ():
        may = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=publishes, permission=may)
    user.groups.add(group)
    return user


@pytest.fixture
def elsewhere(root: Page) -> Page:
    """A part of the tree without the policy, as another site has."""
    return root.add_child(title="Annat", slug="annat", locale=root.locale)


def state(page: PolicyPage) -> Any:
    policies = list(Policy.objects.values_list("notice_days", "tells_users"))
    return Event.objects.count(), list(Notice.objects.values_list("state", flat=True)), policies


def refuses(response: Any) -> bool:
    return response.status_code in (302, 403)


@pytest.mark.parametrize("form", [*POSTED, "settings", *sorted(NOTICE)])
@pytest.mark.parametrize("who", ["of another site", "of no page", "without the permission", "nobody"])
def test_who_may_not_publish_the_page_decides_nothing(
    client: Client, page: PolicyPage, elsewhere: Page, form: str, who: str
) -> None:
    may = {"of another site": (ALL, elsewhere), "of no page": (ALL, None), "without the permission": ([], page)}
    if who in may:
        codenames, where = may[who]
        client.force_login(somebody("karin", *codenames, publishes=where))
    address, data = request(page, form)
    before = state(page)
    for response in (client.get(address), client.post(address, data)):
        assert refuses(response)
    assert state(page) == before


@pytest.mark.parametrize("form", [*POSTED, "settings", "pause"])
def test_who_may_publish_the_page_and_has_the_permission_decides(client: Client, page: PolicyPage, form: str) -> None:
    client.force_login(somebody("lena", *ALL, publishes=page))
    address, data = request(page, form)
    before = state(page)
    assert client.get(address).status_code == 200
    assert client.post(address, data).status_code == 302
    assert state(page) != before


def request(page: PolicyPage, form: str) -> tuple[str, dict[str, Any]]:
    if form in POSTED:
        return urls(page)[form], POSTED[form]
    if form == "settings":
        data = {"notice_days": 1, "floor_days": 1, "review_months": 12, "translation_days": 7}
        return reverse("privacy-policies:edit", args=[page.policy.pk]), data
    return reverse("wagtail_privacy:steer", args=[Notice.objects.get().pk, form]), {}


def test_the_list_offers_nothing_to_who_publishes_another_site(
    client: Client, page: PolicyPage, elsewhere: Page
) -> None:
    client.force_login(somebody("karin", *ALL, publishes=elsewhere))
    shown = client.get(reverse("privacy-policies:inspect", args=[page.policy.pk])).content.decode()
    assert not any(url.split("?")[0] in shown for url in urls(page).values())


def test_the_menus_offer_it_to_who_may_alone(client: Client, page: PolicyPage, elsewhere: Page) -> None:
    addresses = [reverse("wagtailadmin_pages:edit", args=[page.pk])]
    addresses.append(reverse("privacy-policies:inspect", args=[page.policy.pk]))
    client.force_login(somebody("lena", *ALL, publishes=page))
    for address in addresses:
        shown = client.get(address).content.decode()
        assert urls(page)["withdraw"] in shown
        assert urls(page)["day"] in shown
    client.force_login(somebody("karin", "view_policy", publishes=page))
    for address in addresses:
        assert urls(page)["withdraw"] not in client.get(address).content.decode()


def test_a_policy_without_a_page_is_for_who_may_publish_everywhere(page: PolicyPage, elsewhere: Page) -> None:
    policy, announced = page.policy, version(page)
    page.delete()
    day = days_after(day_of(now()), 60)
    with pytest.raises(NotAllowed):
        change_day(announced, day, user=somebody("karin", *ALL, publishes=elsewhere), reason="x")
    everywhere = somebody("lena", *ALL, publishes=Page.get_first_root_node())
    assert change_day(announced, day, user=everywhere, reason="x")
    assert Permissions.for_policy(None, policy).change_plan


def test_an_account_that_was_closed_decides_nothing(page: PolicyPage) -> None:
    gone = somebody("karin", *ALL, publishes=page, is_active=False)
    with pytest.raises(ActionError):
        change_day(version(page), days_after(day_of(now()), 60), user=gone, reason="x")


# --- Who was told ---


@pytest.fixture
def told(page: PolicyPage) -> Notice:
    get_user_model().objects.create_user("anna", "anna@example.org")
    notice = Notice.objects.get()
    deliver(notice.pk)
    return notice


@pytest.mark.parametrize("where", ["on the page", "everywhere", "on another site", "nowhere"])
def test_whom_a_policy_told_is_for_who_may_edit_or_publish_it(
    client: Client, page: PolicyPage, elsewhere: Page, told: Notice, where: str
) -> None:
    places = {"on the page": page, "everywhere": Page.get_first_root_node(), "on another site": elsewhere}
    client.force_login(somebody("karin", "view_notice", "view_delivery", publishes=places.get(where)))
    report, asked = reverse("wagtail_privacy:notice", args=[told.pk]), reverse("wagtail_privacy:told")
    shown = client.get(report)
    assert shown.status_code == 200  # how many is for whoever may see notices
    found = client.get(asked, {"q": "anna"}).content.decode()
    may = where in ("on the page", "everywhere")
    assert ("told/?q=anna" in shown.content.decode()) == may
    table = b"".join(client.get(asked, {"q": "anna", "export": "csv"}).streaming_content).decode()
    assert ("anna@example.org" in table) == may
    assert (report in found) == may
    for query in ({"q": "anna"}, {"export": "csv"}):
        assert refuses(client.get(report, query)) != may
    assert refuses(client.get(reverse("wagtail_privacy:notice_results", args=[told.pk]))) != may


def test_whom_a_policy_told_is_for_who_may_publish_everywhere_once_its_pages_are_gone(
    page: PolicyPage, elsewhere: Page, told: Notice
) -> None:
    policy = page.policy
    page.delete()
    codenames = ["view_delivery"]
    assert not may_see_people(policy, somebody("karin", *codenames, publishes=elsewhere))
    assert may_see_people(policy, somebody("lena", *codenames, publishes=Page.get_first_root_node()))
    assert not may_see_people(policy, somebody("olle", publishes=Page.get_first_root_node()))
