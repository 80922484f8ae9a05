"""Two sites of one Wagtail, each with a policy and people of its own: who is told what, and where the links lead."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db.models import QuerySet
from django.test import Client
from wagtail.models import Page, Site

from tests.notices.factories import person
from tests.policies import body, draft
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.models import Notice, PolicyPage, Version
from wagtail_privacy.notices.audience import RegisteredUsers
from wagtail_privacy.sending.deliver import deliver

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.reader.permanent_urls")]
HOSTS = {"bageriet": "www.bageriet.se", "mejeriet": "www.mejeriet.se"}


class PeopleOfTheSite(RegisteredUsers):
    """Everybody whose name says which site they belong to; nobody where the policy is on none."""

    def people(self) -> QuerySet[Any]:
        if self.site is None:
            return get_user_model()._default_manager.none()
        return super().people().filter(username__startswith=self.site.site_name)


@pytest.fixture
def policies(root: Page, settings: Any) -> dict[str, PolicyPage]:
    """The policy of each site: the second site's home is beside the first one's."""
    settings.WAGTAIL_PRIVACY_AUDIENCE = f"{__name__}.PeopleOfTheSite"
    settings.WAGTAIL_PRIVACY_ALLOWED_ADDRESSES = None
    second = root.get_parent().add_child(instance=Page(title="Mejeriet", slug="mejeriet", locale=root.locale))
    Site.objects.all().delete()
    for (name, host), home in zip(HOSTS.items(), (root, second), strict=True):
        Site.objects.create(hostname=host, port=443, site_name=name, root_page=home, is_default_site=home.pk == root.pk)
        for who in ("anna", "bo"):
            person(f"{name}-{who}", "sv")
    pages = {name: draft(home, title=f"{name}s policy") for name, home in zip(HOSTS, (root, second), strict=True)}
    for page in pages.values():
        publish_policy(page)
    return pages


def change(page: PolicyPage) -> Version:
    page.body = body("P48M")
    return publish_policy(page)


@pytest.mark.parametrize("name", HOSTS)
def test_a_change_is_told_to_the_people_of_its_site_with_links_that_lead_there(
    policies: dict[str, PolicyPage], name: str
) -> None:
    version = change(policies[name])
    for notice in Notice.objects.filter(version=version):
        deliver(notice.pk)
    assert sorted(letter.to[0] for letter in mail.outbox) == [f"{name}-anna@example.org", f"{name}-bo@example.org"]
    (other,) = set(HOSTS) - {name}
    for letter in mail.outbox:
        (html,) = (content for content, _type in letter.alternatives)
        for text in (letter.body, str(html)):
            assert f"https://{HOSTS[name]}/" in text
            assert HOSTS[other] not in text


def test_each_site_answers_with_its_own_policy(policies: dict[str, PolicyPage], client: Client) -> None:
    change(policies["mejeriet"])
    for name, host in HOSTS.items():
        said = client.get("/integritet/history/", headers={"host": host}, secure=True).content.decode()
        assert f"{name}s policy" in said
        assert ("Version 2" in said) == (name == "mejeriet")


def test_a_policy_that_is_moved_to_the_other_site_takes_its_history_and_its_people_along(
    policies: dict[str, PolicyPage], client: Client
) -> None:
    page, home = policies["bageriet"], policies["mejeriet"].get_parent()
    page.slug = "bageriets"
    page.save_revision().publish()
    page.refresh_from_db()
    page.move(home, pos="last-child")
    moved = PolicyPage.objects.get(pk=page.pk)
    assert moved.get_full_url() == "https://www.mejeriet.se/bageriets/"
    version = change(moved)
    assert version.number == 2
    for notice in Notice.objects.filter(version=version):
        deliver(notice.pk)
    assert {letter.to[0] for letter in mail.outbox} == {"mejeriet-anna@example.org", "mejeriet-bo@example.org"}
    assert all(
        "https://www.mejeriet.se/" in letter.body and HOSTS["bageriet"] not in letter.body for letter in mail.outbox
    )
    lasting = client.get(f"/policies/{page.translation_key}/", headers={"host": "www.mejeriet.se"}, secure=True)
    assert lasting["Location"] == "/bageriets/"
