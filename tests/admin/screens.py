"""Every admin address of ours, taken from where they are registered, so that a new one can't be forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, reverse

from tests.policies import OTHER, body, draft, reloaded
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.models import DataCategory, PolicyPage, Recipient, RetentionRule
from wagtail_privacy.records.notice import Wording

REGISTER = (DataCategory, Recipient, RetentionRule)


def busy_policy(root: Any, user: Any = None) -> PolicyPage:
    """Version 1 in force, version 2 announced, a draft beyond it, and a register entry edited since."""
    entry = DataCategory.objects.create(key="mail", name_sv="E-post", name="E-post")
    Recipient.objects.create(key="hall", name="Hallen", country="SE")
    RetentionRule.objects.create(key="two", duration="P2Y", applies_to_sv="Ordrar")
    page = draft(root)
    page.save_revision(user=user).publish()
    newest, stored = reloaded(page).get_latest_revision_as_object(), json.loads(body(duration="P36M"))
    stored[0]["value"]["data_categories"] = [{"type": "register", "id": OTHER, "value": entry.pk}]
    newest.body = json.dumps(stored)
    publish_policy(newest, user=user, summary="Vi sparar längre.")
    DataCategory.objects.update(name_sv="Adresser")
    said = {
        "said_in": "sv",
        "subject": "Ändrad policy",
        "text": "Vi sparar längre.",
        "html": "<p>Vi sparar längre.</p>",
    }
    notice = page.policy.newest_version().notices.get()
    Wording.objects.keep(notice, "sv", at=notice.version.published_at, **said)
    newest.body = body(duration="P48M")
    newest.save_revision(user=user)
    return reloaded(page)


def addresses(page: PolicyPage) -> Iterator[tuple[str, str]]:
    """The name and the address of each admin view of ours, about ``page`` where it is about one."""
    from wagtail_privacy.admin.viewsets import PolicyViewSet
    from wagtail_privacy.wagtail_hooks import register_admin_urls

    (ours,) = register_admin_urls()
    policies = PolicyViewSet().get_urlpatterns()
    spaces = [("wagtail_privacy", ours.url_patterns, 0), ("privacy-policies", policies, page.policy.pk)]
    for model in REGISTER:
        viewset = model.snippet_viewset
        entry = model.objects.first()
        spaces.append((viewset.get_admin_url_namespace(), viewset.get_urlpatterns(), entry.pk if entry else 0))
    for space, patterns, pk in spaces:
        for pattern in patterns:
            yield f"{space}:{pattern.name}", reverse(f"{space}:{pattern.name}", kwargs=_arguments(page, pattern, pk))


def _arguments(page: PolicyPage, pattern: URLPattern, pk: int) -> dict[str, Any]:
    notice = page.policy.versions.get(number=2).notices.get()
    known: dict[str, Any] = {
        "page_id": page.pk,
        "policy_id": page.policy.pk,
        "version_id": notice.version_id,
        "notice_id": notice.pk,
        "wording_id": notice.wordings.first().pk,
        "language": "sv",
        "question": "retention.missing",
        "name": "pause",
        "kind": "data_category",
        "pk": pk or DataCategory.objects.get().pk,
    }
    return {name: known[name] for name in pattern.pattern.converters}
