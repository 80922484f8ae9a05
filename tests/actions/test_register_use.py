"""An entry of the register in the policies that use it: where its change waits, and how it gets there."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from tests.reader.site import MARCH, block, draft, publish, translate, visible
from wagtail_privacy.actions.register_use import draft_in_all, find_uses, missing_translations
from wagtail_privacy.models import PolicyPage, Recipient, RetentionRule, Version
from wagtail_privacy.publication.preview import preview_publication

PURPOSE = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def admin(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def cloud(db: None) -> Recipient:
    return Recipient.objects.create(
        name="Moln AB", country="SE", purpose_sv="drift av servrar", purpose_en="running servers", role="processor"
    )


def using(entry: Any, title: str = "Leverera din order") -> dict[str, Any]:
    chosen = {"type": "register", "id": f"{PURPOSE[:-1]}c", "value": entry.pk}
    return block("purpose", PURPOSE, title=title, recipients=[chosen])


@pytest.fixture
def swedish(root: Page, site: Any, cloud: Recipient) -> PolicyPage:
    return publish(draft(root, using(cloud)), moment=MARCH)


@pytest.fixture
def english(swedish: PolicyPage, locale_en: Locale, cloud: Recipient) -> PolicyPage:
    return translate(swedish, locale_en, using(cloud, "Deliver your order"), title="Privacy policy", moment=MARCH)


def url(action: str, entry: Any) -> str:
    return reverse(type(entry).snippet_viewset.get_url_name(action), args=[entry.pk])


def drafting(entry: Any) -> str:
    return reverse("wagtail_privacy:draft", args=[entry.kind, entry.pk])


def rename(entry: Recipient, **values: Any) -> Recipient:
    for name, value in {"name": "Nya Moln AB", **values}.items():
        setattr(entry, name, value)
    entry.save()
    return entry


def reloaded(page: PolicyPage) -> PolicyPage:
    return PolicyPage.objects.get(pk=page.pk)


def test_who_uses_an_entry_and_where_its_change_waits(
    root: Page, cloud: Recipient, swedish: PolicyPage, english: PolicyPage
) -> None:
    unpublished = draft(root, using(cloud), slug="utkast")
    draft(root, block("text", PURPOSE, heading="Om oss", body="<p>x</p>"), slug="utan")
    found = {use.page.pk: (use.is_live, use.is_recorded, use.waits, use.has_draft) for use in find_uses(cloud)}
    assert found == {
        swedish.pk: (True, True, False, False),
        english.pk: (True, True, False, False),
        unpublished.pk: (False, False, False, False),
    }
    rename(cloud)
    assert {use.page.pk for use in find_uses(cloud) if use.waits} == {swedish.pk, english.pk}
    cloud.name = "Moln AB"
    rename(cloud, name="Moln AB", purpose_en="hosting")
    assert {use.page.pk for use in find_uses(cloud) if use.waits} == {english.pk}


def test_the_form_of_an_entry_shows_its_policies(
    admin: Client, cloud: Recipient, swedish: PolicyPage, english: PolicyPage
) -> None:
    shown = visible(admin.get(url("edit", cloud)))
    assert "Integritetspolicy (svenska): publicerad" in shown
    assert "Privacy policy (engelska): publicerad" in shown
    assert drafting(cloud) not in admin.get(url("edit", cloud)).text
    rename(cloud)
    assert drafting(cloud) in admin.get(url("edit", cloud)).text
    assert "ändringen väntar" in visible(admin.get(url("edit", cloud)))
    alone = Recipient.objects.create(name="Ensam AB")
    assert "Ingen policy använder posten." in visible(admin.get(url("edit", alone)))


def test_a_changed_entry_is_drafted_in_all_published_and_told_in_every_history(
    admin: Client, cloud: Recipient, swedish: PolicyPage, english: PolicyPage
) -> None:
    form = {"name": "Nya Moln AB", "role": "processor", "country": "SE", "key": cloud.key,
            "purpose_sv": "drift av servrar", "purpose_en": "running servers"}  # fmt: skip
    response = admin.post(url("edit", cloud), form, follow=True)
    assert "Ändringen väntar på 2 sidor" in visible(response)
    assert "Moln AB" in visible(admin.get(swedish.url))
    assert "Nya Moln AB" not in visible(admin.get(swedish.url))

    assert "Varje sida nedan får ett utkast" in visible(admin.get(drafting(cloud)))
    assert not reloaded(swedish).has_unpublished_changes
    response = admin.post(drafting(cloud), follow=True)
    assert "Ett utkast med ändringen har gjorts" in visible(response)
    assert reloaded(swedish).has_unpublished_changes
    assert reloaded(english).has_unpublished_changes
    assert Version.objects.count() == 1

    for page in (swedish, english):
        reloaded(page).get_latest_revision().publish()
    assert Version.objects.count() == 2
    entry = "Mottagaren för ändamålet ”Leverera din order” ändras från Moln AB till Nya Moln AB."
    assert entry in visible(admin.get(swedish.url + "history/"))
    entry = "The recipient for the purpose “Deliver your order” changes from Moln AB to Nya Moln AB."
    assert entry in visible(admin.get(english.url + "history/"))
    assert not [use for use in find_uses(cloud) if use.waits]


def test_a_draft_that_is_there_is_kept_and_has_the_change(cloud: Recipient, swedish: PolicyPage, editor: Any) -> None:
    page = reloaded(swedish)
    page.title = "Ny rubrik"
    page.save_revision()
    rename(cloud)
    before = page.revisions.count()
    drafted = draft_in_all(cloud, editor)
    assert [found.pk for found in drafted.existing] == [swedish.pk]
    assert page.revisions.count() == before
    reloaded(swedish).get_latest_revision().publish()
    said = Version.objects.get(number=2).text("sv").snapshot
    assert said.title == "Ny rubrik"
    assert "Nya Moln AB" in str(said.to_json())


def test_drafting_twice_makes_one_draft(cloud: Recipient, swedish: PolicyPage, editor: Any) -> None:
    rename(cloud)
    assert len(draft_in_all(cloud, editor).made) == 1
    again = draft_in_all(cloud, editor)
    assert (len(again.made), len(again.existing)) == (0, 1)


def test_drafting_asks_for_permission(
    client: Client, cloud: Recipient, swedish: PolicyPage, english: PolicyPage, django_user_model: Any
) -> None:
    rename(cloud)
    person = django_user_model.objects.create_user("other", "other@example.org", "other")
    group = Group.objects.create(name="Englishers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    person.groups.add(group)
    client.force_login(person)
    assert client.post(drafting(cloud)).status_code == 302
    assert not reloaded(swedish).has_unpublished_changes
    group.permissions.add(Permission.objects.get(codename="change_recipient"))
    change = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=english.get_parent(), permission=change)
    with override("en"):
        client.post(drafting(cloud))
    assert reloaded(english).has_unpublished_changes
    assert not reloaded(swedish).has_unpublished_changes
    assert client.get(reverse("wagtail_privacy:draft", args=["purpose", 1])).status_code == 404


def test_a_locked_page_is_left(cloud: Recipient, swedish: PolicyPage, editor: Any, django_user_model: Any) -> None:
    other = django_user_model.objects.create_superuser("other", "other@example.org", "other")
    PolicyPage.objects.filter(pk=swedish.pk).update(locked=True, locked_by=other)
    rename(cloud)
    assert [page.pk for page in draft_in_all(cloud, editor).left] == [swedish.pk]


def test_what_a_policy_uses_is_not_deleted(admin: Client, cloud: Recipient, swedish: PolicyPage) -> None:
    response = admin.post(url("delete", cloud), follow=True)
    (message,) = response.context["messages"]
    assert "”Moln AB” används i ”Integritetspolicy” och togs inte bort" in str(message)
    with pytest.raises(ProtectedError, match="Integritetspolicy"), transaction.atomic():
        cloud.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        Recipient.objects.all().delete()
    publish(swedish, block("purpose", PURPOSE, title="Leverera din order"), moment=MARCH)
    assert admin.post(url("delete", cloud)).status_code == 302
    assert not Recipient.objects.exists()


def test_words_that_an_entry_lacks_in_the_page_s_language_are_found_before_publication(
    admin: Client, cloud: Recipient, swedish: PolicyPage, english: PolicyPage
) -> None:
    rename(cloud, name="Moln AB", purpose_en="", category_sv="IT-leverantörer")
    with override("en"):
        preview = preview_publication(reloaded(english))
        assert preview is not None
        assert preview.missing_translations == (
            "“Moln AB” lacks “Category of recipient” and “What for”. Readers would see the words in Swedish.",
        )
        preview = preview_publication(reloaded(swedish))
        assert preview is not None
        assert preview.missing_translations == ()
    shown = visible(admin.get(reverse("wagtailadmin_pages:edit", args=[english.pk])))
    assert "”Moln AB” saknar" in shown


def test_a_period_lacks_its_words_too(root: Page, locale_en: Locale) -> None:
    rule = RetentionRule.objects.create(applies_to_sv="Order", duration="P24M", starts_sv="köpet", starts_en="purchase")
    chosen = {"type": "register", "id": f"{PURPOSE[:-1]}d", "value": rule.pk}
    page = draft(root, block("purpose", PURPOSE, title="x", retention=[chosen]))
    other = page.copy_for_translation(locale_en, copy_parents=True)
    snapshot = other.plan().composition.snapshot
    (gap,) = missing_translations(snapshot)
    assert (gap.entry, gap.shown_in) == (rule, "sv")
    assert list(missing_translations(page.plan().composition.snapshot)) == []


def test_a_translator_is_told_of_words_that_the_register_lacks(
    admin: Client, root: Page, site: Any, cloud: Recipient, locale_en: Locale, django_capture_on_commit_callbacks: Any
) -> None:
    """In wagtail-localize's editor, which has no place for our tab."""
    page = publish(draft(root, using(cloud)), moment=MARCH)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale_en)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=False)
    rename(cloud, name="Moln AB", purpose_en="")
    translated = PolicyPage.objects.get(translation_key=page.translation_key, locale=locale_en)
    response = admin.get(reverse("wagtailadmin_pages:edit", args=[translated.pk]))
    assert any(
        "”Moln AB” saknar ”Vad uppgifterna används till”" in str(message) for message in response.context["messages"]
    )


def test_a_changed_entry_is_not_taken_for_content_that_nobody_published(root: Page, site: Any) -> None:
    rule = RetentionRule.objects.create(applies_to="Order", duration="P24M", starts="köpet")
    chosen = {"type": "register", "id": f"{PURPOSE[:-1]}d", "value": rule.pk}
    page = publish(draft(root, block("purpose", PURPOSE, title="x", retention=[chosen])), moment=MARCH)
    rule.duration = "P36M"
    rule.save()
    out = StringIO()
    call_command("privacy_reconcile", "--record", stdout=out)
    assert f"{page.pk} Integritetspolicy (sv): the register has changed" in out.getvalue()
    assert Version.objects.count() == 1
