"""A policy that is nearly too long for the server's forms says so in its own form, before anything is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.policies import reloaded
from wagtail_privacy.models import PolicyPage
from wagtail_privacy.publication.form_size import form_size

pytestmark = pytest.mark.django_db


def long_policy(root: Page, purposes: int) -> PolicyPage:
    value = {
        "retention": [{"type": "retention", "value": {"duration": "P24M"}}],
        "legal_bases": [{"type": "item", "value": {"basis": "art6_1_b"}}],
        "data_categories": [{"type": "data_category", "value": {"name": "Namn", "special": True}}],
    }
    body = [{"type": "purpose", "value": {"title": f"Ändamål {n}", **value}} for n in range(purposes)]
    page = PolicyPage(title="Lång", slug="lang", body=json.dumps(body), live=False, locale=root.locale)
    return root.add_child(instance=page)


def edited(client: Client, page: PolicyPage) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_it_is_said_before_the_limit_is_reached(
    root: Page, site: Any, client: Client, editor: Any, settings: Any
) -> None:
    client.force_login(editor)
    page = reloaded(long_policy(root, 30))
    size = form_size(page)
    assert size
    said = "DATA_UPLOAD_MAX_NUMBER_FIELDS"
    for limit, is_said in [(None, False), (2 * size.fields, False), (size.fields + 50, True), (size.fields - 1, True)]:
        settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = limit
        assert (said in edited(client, page)) is is_said, limit
    assert str(size.fields) in edited(client, page)
