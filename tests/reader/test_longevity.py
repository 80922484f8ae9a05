"""What becomes of a policy's history when its page is unpublished, moved, copied, deleted, or loses its language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from tests.reader.site import APRIL, FIRST_OF_JUNE, MARCH, MAY, announce, draft, publish, purpose, translate, visible
from wagtail_privacy.clock import at
from wagtail_privacy.models import Policy, PolicyPage, Text

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def page(root: Page) -> PolicyPage:
    page = publish(draft(root, purpose()), moment=MARCH)
    return announce(page, purpose(duration="P36M"), moment=APRIL, on=FIRST_OF_JUNE, summary="Längre.")


@pytest.fixture
def admin(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def read(client: Client, address: str) -> Any:
    with at(MAY):
        return client.get(address)


def history_in_admin(admin: Client, policy: Policy) -> str:
    response = read(admin, reverse("privacy-policies:inspect", args=[policy.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_an_unpublished_page_s_history_stays_with_the_admins(admin: Client, page: PolicyPage) -> None:
    page.unpublish()
    assert read(admin, f"{page.url}history/").status_code == 404
    html = history_in_admin(admin, page.policy)
    assert f"{page.url}versions/1/" not in html
    assert '<th scope="row">2</th>' in html


def test_a_moved_page_takes_its_history_along(client: Client, root: Page, page: PolicyPage) -> None:
    about = root.add_child(title="Om oss", slug="om-oss", locale=root.locale)
    page.move(about, pos="last-child")
    page = PolicyPage.objects.get(pk=page.pk)
    assert page.url == "/om-oss/integritet/"
    for route in ("history/", "versions/1/", "compare/1/2/", "history/feed/", "data/json/"):
        assert read(client, page.url + route).status_code == 200
    assert "24 månader" in visible(read(client, f"{page.url}versions/1/"))


def test_a_copy_begins_a_history_of_its_own(client: Client, root: Page, page: PolicyPage) -> None:
    with at(MAY):
        copy = page.copy(update_attrs={"slug": "kopia"}, keep_live=True)
    assert copy.policy.pk != page.policy.pk
    assert [version.number for version in copy.policy.versions.all()] == [1]
    assert page.policy.versions.count() == 2
    assert "Första versionen" in visible(read(client, f"{copy.url}history/"))


def test_a_deleted_page_s_history_opens_in_the_admin_and_can_be_exported(
    admin: Client, page: PolicyPage, tmp_path: Path
) -> None:
    policy = page.policy
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    admin.post(address)
    assert not PolicyPage.objects.exists()
    html = history_in_admin(admin, policy)
    assert '<th scope="row">2</th>' in html
    listing = read(admin, reverse("privacy-policies:index")).content.decode()
    assert "Integritetspolicy" in listing
    call_command("privacy_history", "--export", str(tmp_path), "--verify")
    exported = json.loads((tmp_path / f"policy-{policy.translation_key}.json").read_text())
    assert [row["content"]["title"] for row in exported["rows"] if row["row"] == "text"] == ["Integritetspolicy"] * 2
    assert "24 månader" in (tmp_path / f"policy-{policy.translation_key}.html").read_text()


def test_a_deleted_version_of_the_past_can_still_be_read_by_an_admin(admin: Client, page: PolicyPage) -> None:
    policy = page.policy
    page.delete()
    first = policy.versions.get(number=1)
    response = read(admin, reverse("wagtail_privacy:recorded", args=[first.pk, "sv"]))
    assert response.status_code == 200
    assert "24 månader" in visible(response)


def test_a_language_that_is_removed_leaves_its_texts(
    admin: Client, page: PolicyPage, locale_en: Locale, tmp_path: Path
) -> None:
    english = translate(page, locale_en, purpose(title="Deliver"), title="Privacy policy", moment=MAY)
    texts = list(Text.objects.filter(language="en").values_list("pk", flat=True))
    english.get_parent().specific.delete()
    admin.post(reverse("wagtaillocales:delete", args=[locale_en.pk]))
    assert not Locale.objects.filter(language_code="en").exists()
    assert list(Text.objects.filter(language="en").values_list("pk", flat=True)) == texts
    assert "24 månader" in visible(read(admin, page.url))
    response = read(admin, reverse("wagtail_privacy:recorded", args=[Text.objects.get(pk=texts[0]).version_id, "en"]))
    assert "Deliver" in visible(response)
    call_command("privacy_history", "--export", str(tmp_path), "--verify")
    assert '"language": "en"' in (tmp_path / f"policy-{page.translation_key}.json").read_text()


def test_a_deleted_account_leaves_what_it_published(root: Page, editor: Any) -> None:
    page = draft(root, purpose())
    page.save_revision(user=editor).publish(user=editor)
    editor.delete()
    call_command("privacy_history", "--verify")
    assert page.policy.versions.get().published_by is None
