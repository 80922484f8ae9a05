"""Render the texts that readers meet when something happened to their policy, so that no reader waits for that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from wagtail_privacy.clock import now
from wagtail_privacy.reader.rendered import LIFETIME, store_rendered
from wagtail_privacy.reader.rendering import render, rendering_key
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.ready_text import ReadyText
from wagtail_privacy.records.version import Text


def store_ready_texts(policy: Policy) -> None:
    """Store the texts of ``policy`` that are in force or come next, in each language, and no other.

    What is stored is kept for a part of its time: called every day, as the sweep does, there is always one.
    """
    if settings.DEBUG:
        return
    texts = {text.pk: text for text in _texts(policy)}
    for text in texts.values():
        key = rendering_key(text)
        recent = ReadyText.objects.filter(text=text, key=key, made_at__gt=now() - LIFETIME / 2)
        if key and not recent.exists():
            store_rendered(text, key, render(text))
    ReadyText.objects.filter(text__version__policy=policy).exclude(text__in=list(texts)).delete()


def on_refreshed(sender: Any, policy: Policy, **kwargs: Any) -> None:
    store_ready_texts(policy)


def _texts(policy: Policy) -> Iterator[Text]:
    languages = policy.texts().order_by().values_list("language", flat=True).distinct()
    for language in languages:
        found = (policy.text_in_force(language, now(), withheld=()), policy.newest_text(language))
        yield from (text for text in found if text)
