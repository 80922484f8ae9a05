"""Import in the admin: a text is chosen, mended beside its sections, and saved as a draft; nothing before that."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page, Site

from tests.policies import TEXT, draft, reloaded
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.models import PolicyPage, Version
from wagtail_privacy.policy.words import plain

pytestmark = pytest.mark.django_db

SOURCE = "Vi säljer bröd.\n\nVi sparar din order.\n\nVi använder kakor."
START, CHECK = "wagtail_privacy:import", "wagtail_privacy:import_check"


@pytest.fixture
def admin(client: Client, editor: Any, site: Site) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def page(root: Page) -> PolicyPage:
    page = draft(root)
    page.save_revision()
    return reloaded(page)


def begin(admin: Client, root: Page, text: str = SOURCE, **more: Any) -> str:
    answer = admin.post(reverse(START), {"text": text, "language": "sv", "parent": root.pk, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def fields(html: str) -> dict[str, Any]:
    """What the browser would send of the form, without its buttons."""
    state = re.search(r'name="state" value="([^"]*)"', html)
    title = re.search(r'name="title" value="([^"]*)"', html)
    kinds = re.findall(r'<select id="(kind-\d+)".*?<option value="(\w+)" selected', html, re.DOTALL)
    assert state
    return {"state": unescape(state[1]), **({"title": unescape(title[1])} if title else {}), **dict(kinds)}


def kinds(html: str) -> list[str]:
    return [value for name, value in fields(html).items() if name.startswith("kind-")]


def said(page: Any) -> list[tuple[str, dict[str, Any]]]:
    snapshot = compose(page.get_latest_revision_as_object()).snapshot
    return [(section.kind, dict(section.texts)) for section in snapshot.sections]


def act(admin: Client, html: str, do: str, **more: Any) -> Any:
    return admin.post(reverse(CHECK), {**fields(html), "do": do, **more})


def test_the_overview_and_the_forms_lead_there(admin: Client, root: Page, page: PolicyPage) -> None:
    assert reverse(START) in admin.get(reverse("privacy-policies:index")).content.decode()
    new = admin.get(reverse("wagtailadmin_pages:add", args=["wagtail_privacy", "policypage", root.pk])).content.decode()
    assert f"{reverse(START)}?parent={root.pk}" in new
    edit = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert reverse("wagtail_privacy:import_into", args=[page.pk]) in edit
    assert reverse("wagtail_privacy:import_history", args=[page.pk]) in edit
    publish_policy(page)
    edit = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert reverse("wagtail_privacy:import_history", args=[page.pk]) not in edit


def test_pasted_text_becomes_a_draft_when_it_is_saved(admin: Client, root: Page) -> None:
    html = begin(admin, root)
    assert not PolicyPage.objects.exists()
    answer = act(admin, html, "save", title="Så gör vi")
    page = PolicyPage.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.title, page.live, page.owner.get_username()) == ("Så gör vi", False, "editor")
    assert "Vi använder kakor." in str(said(page))
    assert not Version.objects.exists()


def test_a_file_is_read_by_its_content(admin: Client, root: Page) -> None:
    file = SimpleUploadedFile("policy.txt", SOURCE.encode("windows-1252"))
    html = begin(admin, root, "", file=file)
    assert "Vi använder kakor." in html
    assert "sparar" in html


def test_sections_are_split_joined_and_changed_in_kind(admin: Client, root: Page) -> None:
    html = begin(admin, root)
    before = len(kinds(html))
    split = act(admin, html, "split:0", **{"at-0": "1"}).content.decode()
    assert len(kinds(split)) == before + 1
    changed = act(admin, split, "apply", **{"kind-0": "security"}).content.decode()
    assert kinds(changed)[0] == "security"
    joined = act(admin, changed, "join:1").content.decode()
    assert kinds(joined) == kinds(html)[:0] + ["security"] + kinds(html)[1:]
    act(admin, joined, "save")
    saved = said(PolicyPage.objects.get())
    assert saved[0][0] == "security"
    words = [word for _kind, texts in saved for text in texts.values() for word in re.findall(r"\w+", plain(text))]
    assert words == re.findall(r"\w+", SOURCE)


def test_findings_stand_beside_the_sections(admin: Client, root: Page) -> None:
    assert "privacy-finding" in begin(admin, root)


#: Two purposes whose words leave open what an editor is asked.
PURPOSES = """Hur vi använder dina uppgifter

Vi använder dina uppgifter för att:

1. skicka vårt nyhetsbrev till den som har bett om det,
2. följa tillämplig lagstiftning, till exempel bokföringslagen.
"""


def test_a_suggestion_quotes_the_words_that_it_was_read_in(admin: Client, root: Page) -> None:
    html = begin(admin, root, PURPOSES)
    quoted = re.findall(r'name="accept".*?<q lang="sv">(.*?)</q>', html, re.DOTALL)
    assert "följa tillämplig lagstiftning, till exempel bokföringslagen." in quoted
    assert len(quoted) == html.count('name="accept"')


def test_an_accepted_suggestion_stands_beside_the_words_that_it_was_read_in(admin: Client, root: Page) -> None:
    text = "Ändringar\n\nVi kan ändra denna policy. Om vi gör större ändringar kan vi meddela dig via e-post."
    html = begin(admin, root, text)
    accepted = act(admin, html, "apply", accept="0:0")
    sources = re.findall(r'<div class="privacy-import-source"[^>]*>(.*?)</div>', accepted.content.decode(), re.S)
    assert len(sources) == html.count('class="privacy-import-source"') + 1
    assert all(re.search(r"\w", re.sub("<[^>]+>", "", source)) for source in sources)


def test_a_suggestion_is_named_once(admin: Client, root: Page) -> None:
    assert re.search(r"(\b[A-ZÅÄÖ][a-zåäö ]+) – \1", begin(admin, root, PURPOSES)) is None


def test_a_text_of_the_page_is_split_in_its_place(admin: Client, page: PolicyPage) -> None:
    url = reverse("wagtail_privacy:import_into", args=[page.pk])
    assert "Vi säljer bröd." in admin.get(url).content.decode()
    html = admin.post(url, {"block": TEXT}).content.decode()
    act(admin, html, "save")
    assert [kind for kind, _texts in said(reloaded(page))][0] == "purpose"
    assert "Vi säljer bröd." in str(said(reloaded(page)))
    assert "Om oss" in str(said(reloaded(page)))
    assert not reloaded(page).live


def test_a_newer_text_of_the_page_keeps_what_is_the_same(admin: Client, page: PolicyPage) -> None:
    url = reverse("wagtail_privacy:import_into", args=[page.pk])
    act(admin, admin.post(url, {"text": SOURCE}).content.decode(), "save")
    before = compose(reloaded(page).get_latest_revision_as_object()).snapshot
    act(admin, admin.post(url, {"text": SOURCE}).content.decode(), "save")
    assert compose(reloaded(page).get_latest_revision_as_object()).snapshot == before


def test_the_heading_of_a_text_that_is_split_stays_in_it(admin: Client, root: Page, page: PolicyPage) -> None:
    page.body = page.body.stream_block.to_python(
        [{"type": "text", "id": TEXT, "value": {"heading": "Personuppgiftspolicy", "body": "<p>Vi säljer bröd.</p>"}}]
    )
    page.save_revision()
    url = reverse("wagtail_privacy:import_into", args=[page.pk])
    act(admin, admin.post(url, {"block": TEXT}).content.decode(), "save")
    assert "Personuppgiftspolicy" in str(said(reloaded(page)))
    assert reloaded(page).get_latest_revision_as_object().title == page.title


def test_a_title_that_is_too_long_is_said(admin: Client, root: Page) -> None:
    answer = act(admin, begin(admin, root), "save", title="Policy " * 50)
    assert answer.status_code == 200
    assert not PolicyPage.objects.exists()


@pytest.mark.parametrize("posted", [{}, {"text": "a", "block": TEXT}])
def test_one_text_is_asked_for(admin: Client, page: PolicyPage, posted: dict[str, str]) -> None:
    answer = admin.post(reverse("wagtail_privacy:import_into", args=[page.pk]), posted)
    assert 'role="alert"' in answer.content.decode()


def test_a_file_that_cannot_be_read_is_refused_with_a_word(admin: Client, root: Page) -> None:
    file = SimpleUploadedFile("policy.pdf", b"%PDF-1.4 \0\0")
    answer = admin.post(reverse(START), {"file": file, "language": "sv", "parent": root.pk})
    assert answer.status_code == 200
    assert not PolicyPage.objects.exists()


def test_a_form_that_was_altered_begins_again(admin: Client, root: Page) -> None:
    html = begin(admin, root)
    state = fields(html)["state"]
    answer = admin.post(reverse(CHECK), {"state": f"{state[:-2]}xx", "do": "save"})
    assert answer.url == reverse(START)
    assert admin.get(reverse(CHECK)).url == reverse(START)
    assert not PolicyPage.objects.exists()


@pytest.mark.parametrize("do", ["join:0", "join:99", "split:99", "split:x", "nonsense", ""])
def test_what_no_button_sends_changes_nothing(admin: Client, root: Page, do: str) -> None:
    html = begin(admin, root)
    answer = act(admin, html, do, **{"at-0": "x", "accept": ["9.9:9", "../x", "0:0"]})
    assert kinds(answer.content.decode()) == kinds(html)


BILINGUAL = """# Integritetspolicy

## Personuppgiftsansvarig

Bageriet Exempel AB ansvarar för dina personuppgifter. Vi sparar dina uppgifter så länge som du är kund hos oss.

## Kakor

Vi använder bara kakor som behövs för att webbplatsen ska fungera, och inga andra. När du lämnar sidan tas de bort av
sig själva. Vi följer inte vad du gör på andra webbplatser, och vi säljer inga uppgifter om dig till någon. Om vi ändrar
det här talar vi om det för dig innan det börjar gälla, och du kan alltid skriva till oss med frågor om dina uppgifter.

# Privacy policy

## Controller

Bageriet Exempel AB is responsible for your personal data. We keep your data for as long as you are a customer of ours.

## Cookies

We only use cookies that the website needs in order to work, and no others. When you leave the page they are removed by
themselves. We do not follow what you do on other websites, and we sell no data about you to anybody. If we
change this, we tell you before it applies, and you can always write to us with questions about your personal
data and how we use them.
"""


def test_a_part_in_another_language_becomes_the_translation(admin: Client, root: Page, locale_en: Locale) -> None:
    root.copy_for_translation(locale_en).save_revision().publish()
    html = begin(admin, root, "", file=SimpleUploadedFile("policy.md", BILINGUAL.encode()))
    act(admin, act(admin, html, "apply", translation="en").content.decode(), "save", translation="en")
    pages = {page.locale.language_code: page for page in PolicyPage.objects.select_related("locale")}
    assert set(pages) == {"sv", "en"}
    assert pages["en"].translation_key == pages["sv"].translation_key
    assert "We only use cookies" in str(said(pages["en"]))
    assert "We only use cookies" not in str(said(pages["sv"]))


def test_a_translation_that_has_no_place_is_said(admin: Client, root: Page, locale_en: Locale) -> None:
    html = begin(admin, root, "", file=SimpleUploadedFile("policy.md", BILINGUAL.encode()))
    act(admin, html, "save", translation="en")
    assert PolicyPage.objects.count() == 1


class TestWhoMay:
    @pytest.fixture
    def someone(self, client: Client, site: Site) -> Any:
        user = get_user_model().objects.create_user("someone", "s@example.org", "x")
        group = Group.objects.create(name="Some")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        user.groups.add(group)
        client.force_login(user)
        return group

    def test_who_may_add_nowhere_imports_nothing(self, client: Client, someone: Group, page: PolicyPage) -> None:
        for url in (reverse(START), reverse("wagtail_privacy:import_into", args=[page.pk])):
            assert client.get(url).status_code == 302
            assert client.post(url, {"text": SOURCE}).status_code == 302
        assert PolicyPage.objects.count() == 1

    def test_another_user_cannot_go_on(self, admin: Client, root: Page, someone: Group) -> None:
        admin.force_login(get_user_model().objects.get(username="editor"))
        html = begin(admin, root)
        admin.force_login(get_user_model().objects.get(username="someone"))
        assert act(admin, html, "save").status_code == 302
        assert not PolicyPage.objects.exists()

    def test_who_may_add_below_one_page_is_offered_that(self, client: Client, someone: Group, root: Page) -> None:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename="add_page")
        GroupPagePermission.objects.create(group=someone, page=root, permission=permission)
        assert client.get(reverse(START)).status_code == 200
        begin(client, root)

    def test_history_needs_its_permission(self, client: Client, someone: Group, page: PolicyPage) -> None:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
        GroupPagePermission.objects.create(group=someone, page=page, permission=permission)
        assert client.get(reverse("wagtail_privacy:import_history", args=[page.pk])).status_code == 302
        assert client.get(reverse("wagtail_privacy:import_into", args=[page.pk])).status_code == 200


class TestHistory:
    def see(self, admin: Client, page: PolicyPage, **more: Any) -> Any:
        files = {"date_1": "25 maj 2018", "file_1": SimpleUploadedFile("old.txt", "Vi säljer kakor.".encode())}
        return admin.post(reverse("wagtail_privacy:import_history", args=[page.pk]), {**files, **more})

    def test_what_it_makes_is_shown_before_it_is_made(self, admin: Client, page: PolicyPage) -> None:
        html = self.see(admin, page, stated="2024").content.decode()
        assert "25 maj 2018" in html
        assert not Version.objects.exists()
        url = reverse("wagtail_privacy:import_history", args=[page.pk])
        answer = admin.post(url, {"state": fields(html)["state"]})
        assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert list(Version.objects.order_by("number").values_list("stated_on", flat=True)) == ["2018-05-25", "2024"]
        assert not reloaded(page).live

    def test_a_form_that_is_sent_twice_imports_once(self, admin: Client, page: PolicyPage) -> None:
        sent = {"state": fields(self.see(admin, page).content.decode())["state"]}
        url = reverse("wagtail_privacy:import_history", args=[page.pk])
        assert [admin.post(url, sent).status_code for _time in range(2)] == [302, 302]
        assert Version.objects.count() == 1

    @pytest.mark.parametrize("more", [{"date_1": "majj"}, {"date_1": ""}, {"stated": "2999"}, {"date_2": "2020"}])
    def test_what_is_wrong_is_said(self, admin: Client, page: PolicyPage, more: dict[str, str]) -> None:
        answer = self.see(admin, page, **more)
        assert answer.status_code == 200
        assert 'name="state"' not in answer.content.decode()
        assert not Version.objects.exists()
