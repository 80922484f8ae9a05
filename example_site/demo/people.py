"""The demo's people: an administrator, an editor and twenty users, all of them invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission as PagePermission
from wagtail.models import Page
from wagtail.users.models import UserProfile

EDITORS = "Editors"
#: What the editors may do beside editing and publishing pages.
PERMISSIONS = (
    "access_admin",
    "submit_translation",
    *(
        f"{verb}_{model}"
        for verb in ("add", "change", "delete", "view")
        for model in ("datacategory", "recipient", "retentionrule")
    ),
    "lower_materiality",
    "shorten_notice",
    "view_policy",
    "publish_material",
    "change_plan",
    "correct_history",
    "manage_notices",
    "view_notice",
    "view_delivery",
)


@dataclass(frozen=True)
class Person:
    """Someone with an account; ``language`` is empty where no language was chosen."""

    username: str
    first_name: str
    last_name: str
    language: str
    domain: str = "example.org"

    @property
    def email(self) -> str:
        return f"{self.username}@{self.domain}"


USERS = (
    Person("alva.sandgren", "Alva", "Sandgren", "sv"),
    Person("birger.lundahl", "Birger", "Lundahl", "sv"),
    Person("cecilia.hjortsberg", "Cecilia", "Hjortsberg", "sv"),
    Person("daniel.oakley", "Daniel", "Oakley", "en", "example.com"),
    Person("elin.marklund", "Elin", "Marklund", "sv"),
    Person("farid.haddadi", "Farid", "Haddadi", "sv"),
    Person("grace.whitlock", "Grace", "Whitlock", "en", "example.com"),
    Person("henrik.stenfors", "Henrik", "Stenfors", "sv"),
    Person("ingrid.vallmark", "Ingrid", "Vallmark", "sv"),
    Person("juhani.koskela", "Juhani", "Koskela", "fi", "example.com"),
    Person("katja.niemela", "Katja", "Niemelä", "fi"),
    Person("lars.okerblom", "Lars", "Åkerblom", "sv"),
    Person("maria.delgado", "María", "Delgado", "en"),
    Person("nils.rosendahl", "Nils", "Rosendahl", ""),
    Person("oliver.pemberton", "Oliver", "Pemberton", "en", "example.com"),
    Person("petra.bjorkander", "Petra", "Björkander", "sv"),
    Person("riikka.tuominen", "Riikka", "Tuominen", "fi"),
    Person("sofia.grahnstrom", "Sofia", "Grahnström", "sv"),
    Person("tanvi.deshpande", "Tanvi", "Deshpande", "en"),
    Person("ylva.ostberg", "Ylva", "Östberg", "sv"),
)


def load_people(home: Page) -> Any:
    """Make everyone who is missing. Returns the editor, who publishes all policies."""
    _administrator()
    editor = _editor(home)
    for person in USERS:
        user, is_new = get_user_model().objects.get_or_create(
            username=person.username,
            defaults={"first_name": person.first_name, "last_name": person.last_name, "email": person.email},
        )
        if is_new:
            user.set_unusable_password()
            user.save()
            if person.language:
                _prefer(user, person.language)
    return editor


def _administrator() -> None:
    users = get_user_model().objects
    if not users.filter(username="admin").exists():
        # No address: the administrator of a demo needs no notices.
        admin = users.create_superuser("admin", "", "admin", first_name="Ada", last_name="Ministratör")
        _prefer(admin, "en")


def _editor(home: Page) -> Any:
    group, _ = Group.objects.get_or_create(name=EDITORS)
    group.permissions.add(*Permission.objects.filter(codename__in=PERMISSIONS))
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        PagePermission.objects.get_or_create(group=group, page=home.get_parent(), permission=permission)
    user, is_new = get_user_model().objects.get_or_create(
        username="editor", defaults={"first_name": "Rebecka", "last_name": "Redaktör"}
    )
    if is_new:
        user.set_password("editor")
        user.save()
        _prefer(user, "sv")
    user.groups.add(group)
    return user


def _prefer(user: Any, language: str) -> None:
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
