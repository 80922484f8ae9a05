"""The register: entries that policies share, in the admin and in code."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page
from wagtail.users.models import UserProfile

from wagtail_privacy.models import DataCategory, Recipient, RetentionRule

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def test_a_key_is_made_from_the_name_and_stays() -> None:
    entry = DataCategory.objects.create(name_sv="Hälsouppgifter")
    assert entry.key == "halsouppgifter"
    entry.name_sv = "Uppgifter om hälsa"
    entry.save()
    assert DataCategory.objects.get().key == "halsouppgifter"


def test_keys_are_told_apart() -> None:
    keys = [DataCategory.objects.create(name_sv="Namn").key for _ in range(3)]
    assert keys == ["namn", "namn-2", "namn-3"]


def test_an_entry_without_a_name_gets_a_key_too() -> None:
    assert Recipient.objects.create().key == "recipient"


def test_a_recipient_is_known_by_its_name_else_by_its_category() -> None:
    assert str(Recipient(name="Moln AB", category_sv="IT-leverantörer")) == "Moln AB"
    assert str(Recipient(category_sv="IT-leverantörer")) == "IT-leverantörer"


def test_a_text_that_a_language_lacks_is_shown_in_another() -> None:
    entry = DataCategory.objects.create(name_sv="Namn")
    with override("en"):
        assert str(DataCategory.objects.get(pk=entry.pk)) == "Namn"


def test_an_impossible_period_is_refused() -> None:
    with override("en"), pytest.raises(ValidationError, match="found “2 år”"):
        RetentionRule(applies_to_sv="Order", duration="2 år").full_clean(exclude=["key", "applies_to"])


def test_an_unknown_role_is_refused() -> None:
    with override("en"), pytest.raises(ValidationError, match="Expected one of the list, found “friend”"):
        Recipient(name="Moln AB", role="friend").full_clean(exclude=["key"])


FORMS = [
    (DataCategory, {"name_sv": "Namn", "name_en": "Name", "special": "on"}, {"name_en": "Name", "special": True}),
    (
        Recipient,
        {"name": "Moln AB", "role": "processor", "country": "US", "data_sv": "namn"},
        {"name": "Moln AB", "role": "processor", "country": "US", "data_sv": "namn"},
    ),
    (
        RetentionRule,
        {"applies_to_sv": "Order", "duration_0": "24", "duration_1": "M", "at_most": "on"},
        {"applies_to_sv": "Order", "duration": "P24M", "at_most": True},
    ),
]


def url(model: type, action: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(action), args=args)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("model", "form", "stored"), FORMS, ids=[row[0].__name__ for row in FORMS])
def test_an_entry_is_made_changed_and_listed_in_the_admin(
    admin: Client, model: Any, form: dict[str, str], stored: dict[str, Any]
) -> None:
    assert admin.get(url(model, "add")).status_code == 200
    response = admin.post(url(model, "add"), form)
    assert response.status_code == 302, response.context["form"].errors
    entry = model.objects.get()
    assert {name: getattr(entry, name) for name in stored} == stored
    assert admin.post(url(model, "edit", entry.pk), {**form, "key": entry.key}).status_code == 302
    assert str(entry) in admin.get(url(model, "list")).text


def test_an_entry_needs_a_name_in_one_language(admin: Client) -> None:
    response = admin.post(url(DataCategory, "add"), {"description_sv": "namn, adress"})
    assert response.status_code == 200
    assert "name_sv" in response.context["form"].errors
    assert not DataCategory.objects.exists()


def test_an_impossible_period_is_refused_in_the_admin(admin: Client) -> None:
    form = {"applies_to_sv": "Order", "duration_0": "0", "duration_1": "M"}
    response = admin.post(url(RetentionRule, "add"), form)
    assert response.status_code == 200
    assert "0 månader" in response.context["form"].errors["duration"][0]


def test_its_screens_speak_the_admins_language_alone(admin: Client, editor: Any) -> None:
    entry = DataCategory.objects.create(key="health", name_sv="Hälsa", special=True)
    DataCategory.objects.create(key="mail", name_sv="E-post")
    UserProfile.objects.update_or_create(user=editor, defaults={"preferred_language": "en"})
    listed = admin.get(url(DataCategory, "list")).text
    cells = re.findall(r"<td[^>]*>\s*(Yes|True|False)\s*</td>", listed)
    assert cells == ["Yes"]
    form = admin.get(url(DataCategory, "edit", entry.pk)).text
    assert "Swedish" in form and "Svenska" not in form


def test_the_register_is_in_the_menu(admin: Client, root: Page) -> None:
    text = admin.get(reverse("wagtailadmin_home")).text
    assert all(url(model, "list") in text for model in (DataCategory, Recipient, RetentionRule))
