"""A new policy from a template: two forms without a script, names asked once, and only where somebody may."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, PageLogEntry

from tests.foreign import LANGUAGES
from tests.policies import reloaded
from wagtail_privacy.actions.create_draft import create_draft, places_for_policies
from wagtail_privacy.actions.refusal import NotAllowed
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.models import Policy, PolicyPage
from wagtail_privacy.policy.gaps import gaps_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
NAMES = {"title": "Vår policy", "controller": "<b>Lindvik</b> & Ko", "address": "Storgatan 1\n111 22 Stockholm"}


@pytest.fixture
def admin(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def start(**query: Any) -> str:
    return reverse("wagtail_privacy:start") + "?" + "&".join(f"{name}={value}" for name, value in query.items())


def start_with(parent: Page, way: str = "shop") -> str:
    return f"{reverse('wagtail_privacy:start_with')}?parent={parent.pk}&way={way}"


def usual(client: Client, url: str) -> list[str]:
    """The parts that are chosen before anybody chooses."""
    found = re.findall(
        r'<input type="checkbox" name="parts" value="(\w+)"[^>]*\bchecked', client.get(url).content.decode()
    )
    assert found
    return found


def editor_with(name: str, *pages: Page, codenames: tuple[str, ...] = ("add_page",)) -> Any:
    user = get_user_model().objects.create_user(name)
    group = Group.objects.create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_policy"]))
    for page in pages:
        for codename in codenames:
            permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
            GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    user.groups.add(group)
    return user


def test_from_the_policies_to_a_draft(admin: Client, root: Page) -> None:
    overview = admin.get(reverse("privacy-policies:index")).content.decode()
    assert reverse("wagtail_privacy:start") in overview
    assert admin.get(start()).status_code == 200
    led_on = admin.get(start(parent=root.pk, way="shop"))
    assert led_on.headers["Location"] == start_with(root)
    parts = usual(admin, start_with(root))
    answer = admin.post(start_with(root), {**NAMES, "country": "SE", "email": "info@lindvik.se", "parts": parts})
    page = PolicyPage.objects.get()
    assert answer.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.title, page.live, page.get_parent(), page.locale) == ("Vår policy", False, root, root.locale)
    assert page.owner.username == "editor"
    snapshot = compose(page.get_latest_revision_as_object()).snapshot
    (controller,) = (section for section in snapshot.sections if section.kind == "controller")
    assert controller.facts == {
        "name": NAMES["controller"],
        "address": NAMES["address"],
        "country": "SE",
        "email": "info@lindvik.se",
    }
    assert "<p>Den här policyn berättar vilka personuppgifter &lt;b&gt;Lindvik&lt;/b&gt; &amp; Ko" in str(
        snapshot.sections[0].texts["body"]
    )
    assert not Policy.objects.exists()
    assert PageLogEntry.objects.filter(page=page, action="wagtail.create", user=page.owner).count() == 1


def test_the_draft_says_what_is_left(admin: Client, root: Page, settings: Any) -> None:
    admin.post(start_with(root, "association"), {"title": "Policy", "parts": ["introduction", "controller", "rights"]})
    page = PolicyPage.objects.get()
    gaps = gaps_in(compose(page).snapshot)
    assert [gap.words for gap in gaps] == ["föreningens namn", "föreningens namn", "postadress", "föreningens namn"]
    edit = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    strip, _, tab = edit.partition('data-privacy-part="findings"')
    assert "4 luckor kvar att fylla i" in strip
    assert "4 luckor kvar att fylla i" in tab
    for gap in gaps:
        assert f'data-privacy-path="{" ".join(gap.path)}" data-privacy-field="{gap.field}">{gap.words}</a>' in tab
    preview = page.make_preview_request(original_request=None, preview_mode="").content.decode()
    assert preview.count('<mark class="privacy-gap">⟦') == len(gaps)
    assert "4 luckor kvar att fylla i" in preview


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_in_the_language_of_the_place(admin: Client, root: Page, language: str) -> None:
    from wagtail.models import Locale

    locale, _ = Locale.objects.get_or_create(language_code=language)
    home = root if root.locale == locale else root.copy_for_translation(locale)
    titles = {
        "sv": "Integritetspolicy",
        "en": "Privacy policy",
        "fi": "Tietosuojaseloste",
        "nb": "Personvernerklæring",
        "da": "Privatlivspolitik",
        "de": "Datenschutzerklärung",
    }
    assert f'value="{titles[language]}"' in admin.get(start_with(home)).content.decode()
    admin.post(start_with(home), {"title": titles[language], "parts": ["controller"]})
    page = PolicyPage.objects.get()
    assert page.locale == locale
    about = {"sv": "företagets namn", "en": "name of the company", "fi": "yrityksen nimi"}
    words = [gap.words for gap in gaps_in(compose(page).snapshot)]
    assert words[0] == about.get(language, words[0])


def test_empty_leads_to_wagtails_own_form_and_that_leads_here(admin: Client, root: Page) -> None:
    own = reverse("wagtailadmin_pages:add", args=["wagtail_privacy", "policypage", root.pk])
    assert admin.get(start(parent=root.pk, way="empty")).headers["Location"] == own
    assert start(parent=root.pk) in admin.get(own).content.decode()
    admin.post(start_with(root), {"title": "Policy", "parts": ["controller"]})
    edit = reverse("wagtailadmin_pages:edit", args=[PolicyPage.objects.get().pk])
    assert reverse("wagtail_privacy:start") not in admin.get(edit).content.decode()


@pytest.mark.parametrize(
    ("posted", "wrong"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 300}, "title"),
        ({"title": "P", "email": "nobody"}, "email"),
        ({"title": "P", "country": "XX"}, "country"),
        ({"title": "P", "parts": ["other"]}, "parts"),
        ({"title": "P", "purposes": "x" * 10_001}, "purposes"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(admin: Client, root: Page, posted: dict[str, Any], wrong: str) -> None:
    response = admin.post(start_with(root), posted)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [wrong]
    assert not PolicyPage.objects.exists()


def test_lines_of_ones_own(admin: Client, root: Page) -> None:
    lines = {"data_categories": "Namn\r\n\r\n  Kundnummer \x0c", "purposes": "Hyra ut kajaker"}
    admin.post(start_with(root), {"title": "P", "parts": ["own_data", "own_purposes", "own_recipients"], **lines})
    sections = compose(PolicyPage.objects.get()).snapshot.walk()
    assert [section.texts for section in sections if section.texts] == [
        {"name": "Namn"},
        {"name": "Kundnummer"},
        {"title": "Hyra ut kajaker"},
    ]


def test_no_script_of_ours_and_no_style(admin: Client, root: Page) -> None:
    for url in (start(), start_with(root)):
        html = admin.get(url).content.decode()
        main = html[html.index('<form class="privacy-start"') : html.index("</form>", html.index("privacy-start"))]
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", main)


# --- Permission, by crafted requests ---


def test_only_below_pages_where_one_may_add(client: Client, root: Page) -> None:
    mine = root.add_child(instance=Page(title="Min", slug="min", locale=root.locale))
    others = root.add_child(instance=Page(title="Deras", slug="deras", locale=root.locale))
    user = editor_with("ada", mine)
    client.force_login(user)
    form = client.get(start()).content.decode()
    assert f'value="{mine.pk}"' in form
    assert f'value="{others.pk}"' not in form
    for url in (start(parent=others.pk, way="shop"), start(parent=others.pk, way="empty")):
        assert "Location" not in client.get(url).headers  # the form again, with its error
    for answer in (client.get(start_with(others)), client.post(start_with(others), {"title": "P"})):
        assert answer.status_code in (302, 403)
    assert not PolicyPage.objects.exists()
    assert client.post(start_with(mine), {"title": "P", "parts": ["controller"]}).status_code == 302
    assert PolicyPage.objects.get().get_parent() == mine


@pytest.mark.parametrize("parent", ["", "0", "x", "999999", "1 OR 1"])
def test_no_such_place(admin: Client, parent: str) -> None:
    url = f"{reverse('wagtail_privacy:start_with')}?parent={parent}&way=shop"
    assert admin.post(url, {"title": "P"}).status_code in (302, 403)
    assert not PolicyPage.objects.exists()


def test_no_such_template(admin: Client, root: Page) -> None:
    assert admin.post(start_with(root, "none"), {"title": "P"}).headers["Location"] == reverse("wagtail_privacy:start")
    assert admin.get(start(parent=root.pk, way="none")).context["form"].errors
    assert not PolicyPage.objects.exists()


@pytest.mark.parametrize("codenames", [(), ("change_page",), ("publish_page",)])
def test_who_may_add_nowhere(client: Client, root: Page, codenames: tuple[str, ...]) -> None:
    user = editor_with("kim", root, codenames=codenames)
    client.force_login(user)
    assert places_for_policies(user, depth=4) == []
    for url in (start(), start(parent=root.pk, way="shop"), start_with(root)):
        assert client.get(url).status_code in (302, 403)
        assert client.get(url).headers.get("Location", "") != start_with(root)
    client.post(start_with(root), {"title": "P", "parts": ["controller"]})
    assert not PolicyPage.objects.exists()
    overview = client.get(reverse("privacy-policies:index"))
    assert overview.status_code == 200
    assert reverse("wagtail_privacy:start") not in overview.content.decode()


def test_who_is_not_logged_in(client: Client, root: Page) -> None:
    for url in (start(), start_with(root)):
        assert reverse("wagtailadmin_login") in client.get(url).headers["Location"]
        assert reverse("wagtailadmin_login") in client.post(url, {"title": "P"}).headers["Location"]
    assert not PolicyPage.objects.exists()


def test_the_site_may_forbid_policies_somewhere(root: Page, editor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PolicyPage, "max_count", 0)
    with pytest.raises(NotAllowed):
        create_draft(root, PolicyPage, title="P", body=[], user=editor)
    assert places_for_policies(editor, depth=4) == []


def test_a_draft_by_code_needs_nobody(root: Page) -> None:
    page = create_draft(root, PolicyPage, title="P", body=[], user=None)
    assert reloaded(page).get_latest_revision_as_object().title == "P"
