"""Create a policy page that is a draft, with a body made for it: from a template, or from what was imported."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.permissions import page_permission_policy

from wagtail_privacy.actions.publish import acting_as
from wagtail_privacy.actions.refusal import NotAllowed
from wagtail_privacy.notices.languages import default_language
from wagtail_privacy.records.content import PolicyContent, policy_page_models


def create_draft(
    parent: Any, page_class: type[PolicyContent], *, title: str, body: Iterable[Any], user: Any
) -> PolicyContent:
    """A draft called ``title`` below ``parent``, in its language. ``body`` is as the page's stream is stored.

    Raises :exc:`NotAllowed` if ``user`` may not add such a page there, ``ValidationError`` if the site's page class
    asks for more than a title and a body; either way there is no page.
    """
    require_creation(parent, page_class, user)
    make: Any = page_class  # a page's fields are not those of its content alone
    page = make(title=title, locale=parent.locale, owner=user, live=False)
    page.body = page.body.stream_block.to_python(list(body))
    with transaction.atomic(), acting_as(user):
        parent.add_child(instance=page)
        page.save_revision(user=user)
    created: PolicyContent = page
    return created


def require_creation(parent: Any, page_class: type[PolicyContent], user: Any) -> None:
    if page_class not in policy_classes(parent, user):
        raise NotAllowed(_("You may not add a policy there. Choose another place, or ask someone who may."))


def policy_classes(parent: Any, user: Any) -> list[type[PolicyContent]]:
    """The classes of policy pages that ``user`` may create below ``parent``; code may create all that fit there."""
    if user is not None and not parent.permissions_for_user(user).can_add_subpage():
        return []
    allowed = parent.specific_class.creatable_subpage_models() if parent.specific_class else []
    models: list[Any] = list(policy_page_models())
    return [each for each in models if each in allowed and each.can_create_at(parent)]


def places_for_policies(user: Any, *, depth: int) -> list[Any]:
    """Where ``user`` may create a policy, in the tree down to ``depth``, by language: the site's own comes first.

    Not below another policy, though code may do that.
    """
    pages = page_permission_policy.instances_user_has_permission_for(user, "add")
    near = pages.filter(depth__gt=1, depth__lte=depth).select_related("locale", "content_type")
    ours = default_language()
    places = sorted(near, key=lambda page: (page.locale.language_code != ours, page.locale.language_code, page.path))
    policies = policy_page_models()
    return [page for page in places if page.specific_class not in policies and policy_classes(page, user)]
