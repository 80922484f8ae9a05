"""What a person may do: the one place that asks."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from django.contrib.auth import get_permission_codename
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import page_permission_policy

from wagtail_privacy.actions.refusal import NotAllowed
from wagtail_privacy.records.policy import Policy


@dataclass(frozen=True)
class Permissions:
    """The plugin's own permissions, each by its codename. Code without a person may do everything."""

    publish_material: bool = True
    lower_materiality: bool = True
    shorten_notice: bool = True
    change_plan: bool = True
    correct_history: bool = True
    manage_notices: bool = True
    view_notice: bool = True
    view_delivery: bool = True

    @classmethod
    def for_user(cls, user: Any) -> Permissions:
        if user is None:
            return cls()
        return cls(**{field.name: user.has_perm(f"wagtail_privacy.{field.name}") for field in fields(cls)})

    @classmethod
    def for_policy(cls, user: Any, policy: Policy, language: str = "") -> Permissions:
        """What ``user`` may do about ``policy``.

        What concerns its published versions is for who may publish its page in ``language`` or, without one, its own.
        """
        found = cls.for_user(user)
        if can_publish(policy, user, language):
            return found
        return replace(found, change_plan=False, correct_history=False, manage_notices=False)

    @property
    def publish_anything(self) -> bool:
        """Whether no publication can lack one of them."""
        return self.publish_material and self.lower_materiality and self.shorten_notice

    def require(self, codename: str, field: str = "") -> None:
        """Raise :exc:`NotAllowed`, with the words for the user, where the permission is missing.

        ``field`` is the answer that asks for it, if one does.
        """
        if not getattr(self, codename):
            raise NotAllowed(_refusals()[codename], field)


def _refusals() -> dict[str, str]:
    return {
        "publish_material": _("You may not have people told by e-mail. Ask someone who may."),
        "lower_materiality": _(
            "By the rules this is no correction but a change that people must be told about, and you may not decide "
            "otherwise. Edit the page and publish it, or ask someone who may."
        ),
        "change_plan": _("You may not change when a version takes effect, or withdraw it. Ask someone who may."),
        "correct_history": _("You may not correct what is published. Ask someone who may."),
        "manage_notices": _("You may not pause, resume, retry or cancel notices. Ask someone who may."),
        "view_notice": _("You may not see the notices. Ask someone who may."),
        "view_delivery": _("You may not see who was told. Ask someone who may."),
    }


def require_view_policies(user: Any) -> None:
    """Raise :exc:`NotAllowed` unless ``user`` may do something with policies in the admin."""
    if not ModelPermissionPolicy(Policy).user_has_any_permission(user, ("add", "change", "delete", "view")):
        raise NotAllowed(_("You may not see the policies. Ask someone who may."))


def can_edit(page: Any, user: Any) -> bool:
    """Whether ``user`` may edit ``page``; code may."""
    return user is None or bool(page.permissions_for_user(user).can_edit())


def require_edit(page: Any, user: Any) -> None:
    if not can_edit(page, user):
        raise NotAllowed(_("You may not edit this page. Ask someone who may."))


def can_publish(policy: Policy, user: Any, language: str = "") -> bool:
    """Whether ``user`` may publish the page of ``policy`` in ``language``, else in its own; code may.

    Of a policy whose page is gone, whoever may publish everywhere.
    """
    if user is None or user.is_superuser:
        return user is None or user.is_active
    pages = Page.objects.filter(translation_key=policy.translation_key, alias_of=None)
    by_language = {page.locale.language_code: page for page in pages.select_related("locale")}
    page = by_language.get(language) or by_language.get(policy.source_language) or Page.get_first_root_node()
    return user.is_active and "publish" in page.permissions_for_user(user).permissions


def can_publish_everywhere(user: Any) -> bool:
    if user.is_superuser or not user.is_active:
        return bool(user.is_active)
    return "publish" in Page.get_first_root_node().permissions_for_user(user).permissions


def policies_of(user: Any) -> QuerySet[Policy]:
    """The policies of which ``user`` may edit or publish a page; where the pages are gone, whoever may publish
    everywhere; code may all."""
    if user is None or can_publish_everywhere(user):
        return Policy.objects.all()
    pages = page_permission_policy.instances_user_has_any_permission_for(user, {"change", "publish"})
    return Policy.objects.filter(translation_key__in=pages.filter(alias_of=None).values("translation_key"))


def may_see_people(policy: Policy, user: Any) -> bool:
    """Whether ``user`` may see who was told about ``policy``, not only how many: nobody sees another site's people."""
    return Permissions.for_user(user).view_delivery and policies_of(user).filter(pk=policy.pk).exists()


def require_see_people(policy: Policy, user: Any) -> None:
    if not may_see_people(policy, user):
        raise NotAllowed(_refusals()["view_delivery"])


def require_publish(policy: Policy, user: Any) -> None:
    if not can_publish(policy, user):
        raise NotAllowed(_("You may not publish this policy. Ask someone who may."))


def can_draft(page: Any, user: Any) -> bool:
    """Whether ``user`` may save a draft of ``page`` now: nobody has locked it."""
    return user is None or (can_edit(page, user) and not page.permissions_for_user(user).page_locked())


def require_draft(page: Any, user: Any) -> None:
    if user is not None and not can_draft(page, user):
        raise NotAllowed(_("You may not edit this page, or somebody has locked it. Ask someone who may."))


def require_import_history(page: Any, user: Any) -> None:
    """Raise :exc:`NotAllowed` unless ``user`` may edit ``page`` and decide what its history says."""
    require_edit(page, user)
    if not Permissions.for_user(user).correct_history:
        raise NotAllowed(_("You may not write the history of a policy. Ask someone who may."))


def can_change(entry: Any, user: Any) -> bool:
    """Whether ``user`` may change ``entry`` (a model's instance) in the register; code may."""
    return user is None or user.has_perm(f"{entry._meta.app_label}.{get_permission_codename('change', entry._meta)}")


def require_change(entry: Any, user: Any) -> None:
    if not can_change(entry, user):
        raise NotAllowed(_("You may not change this entry of the register. Ask someone who may."))
