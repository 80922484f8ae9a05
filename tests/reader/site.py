"""A policy published on the tests' site: small bodies, by keyword, each publication at its own moment."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Any

from wagtail.models import Locale, Page

from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.models import PolicyPage

MARCH = datetime(2026, 3, 2, 9, tzinfo=UTC)
APRIL = datetime(2026, 4, 1, 9, tzinfo=UTC)
MAY = datetime(2026, 5, 4, 9, tzinfo=UTC)
JUNE = datetime(2026, 6, 10, 9, tzinfo=UTC)
FIRST_OF_JUNE = date(2026, 6, 1)

PURPOSE = "11111111-1111-4111-8111-111111111111"
TEXT = "22222222-2222-4222-8222-222222222222"
EARLIER = "33333333-3333-4333-8333-333333333333"


def block(type: str, id: str, **value: Any) -> dict[str, Any]:
    return {"type": type, "id": id, "value": value}


def purpose(
    id: str = PURPOSE,
    *,
    title: str = "Leverera din order",
    duration: str = "P24M",
    starts: str = "leveransen",
    **more: Any,
) -> dict[str, Any]:
    """A purpose with a legal basis and a storage period."""
    basis = {"type": "item", "id": f"{id[:-1]}a", "value": {"basis": "art6_1_b"}}
    kept = {"type": "retention", "id": f"{id[:-1]}b", "value": {"duration": duration, "starts": starts}}
    return block("purpose", id, **{"title": title, "legal_bases": [basis], "retention": [kept], **more})


def text(heading: str, body: str, id: str = TEXT) -> dict[str, Any]:
    return block("text", id, heading=heading, body=body)


def draft(root: Page, *blocks: Any, title: str = "Integritetspolicy", slug: str = "integritet") -> PolicyPage:
    """A page below ``root`` that was never published."""
    page = PolicyPage(title=title, slug=slug, body=json.dumps(blocks), locale=root.locale, live=False)
    return root.add_child(instance=page)


def publish(page: PolicyPage, *blocks: Any, moment: datetime, **answers: Any) -> PolicyPage:
    """Publish ``page``, with ``blocks`` if any are given; answers as for :func:`publish_policy`."""
    if blocks:
        page.body = PolicyPage.body.field.to_python(json.dumps(blocks))
    publish_policy(page, moment=moment, **answers)
    return PolicyPage.objects.get(pk=page.pk)


def announce(page: PolicyPage, *blocks: Any, moment: datetime, on: date, summary: str) -> PolicyPage:
    return publish(page, *blocks, moment=moment, takes_effect_on=on, summary=summary, materiality=Materiality.MATERIAL)


def translate(page: PolicyPage, locale: Locale, *blocks: Any, title: str, moment: datetime) -> PolicyPage:
    """Publish ``page`` in another language, with ``blocks`` in that language."""
    known = PolicyPage.objects.filter(translation_key=page.translation_key, locale=locale).first()
    translated = known or page.copy_for_translation(locale, copy_parents=True)
    translated.title = title
    return publish(translated, *blocks, moment=moment)


def visible(response: Any) -> str:
    """The text of a page without its markup, each run of white space as one space."""
    html = re.sub(r"<head>.*?</head>|</?(?:strong|time)\b[^>]*>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
