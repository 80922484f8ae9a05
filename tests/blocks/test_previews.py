"""The block picker shows each block as readers will see it."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from wagtail_privacy.models import PolicyPage

pytestmark = pytest.mark.django_db

BLOCKS = PolicyPage._meta.get_field("body").stream_block.child_blocks  # type: ignore[union-attr]
SEEN = {
    "controller": "Lindvik Design AB",
    "dpo": "dpo@example.org",
    "representative": "Lindvik Europe AB",
    "definitions": "the Service",
    "purpose": "24 months",
    "purposes": "Answer your questions",
    "data_categories": "Payment details",
    "sources": "The population register",
    "automated_decisions": "No",
    "ai_use": "language model",
    "cookies": "sessionid",
    "recipients": "Molnet Drift AB",
    "transfers": "United States",
    "retention_periods": "At most 7 years",
    "rights": "1 month",
    "complaint": "https://www.imy.se/",
    "choices": "Opting out of marketing",
    "commitments": "We do not sell personal data",
    "security": "encrypted",
    "children": "13",
    "service": "Conferences and events",
    "change_notice": "30 days ahead",
    "decision": "KS 2024/117",
    "earlier_history": "May 2018",
    "table": "24 months after you last logged in",
    "text": "Your privacy matters to us",
}


@pytest.mark.parametrize("name", BLOCKS)
def test_a_preview_shows_the_section(client: Client, editor: Any, name: str) -> None:
    UserProfile.objects.create(user=editor, preferred_language="en")
    client.force_login(editor)
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": BLOCKS[name].definition_prefix})
    assert response.status_code == 200
    assert SEEN[name].casefold() in unescape(response.text).casefold()
    assert "wagtail_privacy/policy.css" in response.text
    assert "<script" not in response.text
