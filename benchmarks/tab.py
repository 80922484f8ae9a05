"""What the tab *Publication* costs the server after each autosave, beside composing the policy from its StreamField.

Beside the editor's form, too, which holds the tab: after an autosave nobody waits as long as for opening the page.
"""

from __future__ import annotations

import json
from functools import partial
from statistics import median
from time import process_time
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from benchmarks._rounds import paired
from benchmarks.compare import _bodies
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.models import PolicyPage

BLOCKS = 200
ROUNDS = 15
#: So many times what composing takes: the tab composes twice, compares, reviews and renders.
BAR = 8
#: So many times what opening the editor's form takes.
FORM_BAR = 0.5
FORM_ROUNDS = 5

Json = dict[str, Any]


def run() -> list[Json]:
    old, new = (json.dumps(body) for body in _bodies(BLOCKS)[:2])
    page, client = _drafted(old, new), _editor()
    url = reverse("wagtail_privacy:outlook", args=[page.pk])
    assert "privacy-words" in client.get(url).content.decode()
    rounds = paired(partial(client.get, url), partial(compose, page), ROUNDS, clock=process_time)
    how = f"the answer after an autosave of {BLOCKS} sections, several changed, beside composing them; median"
    ratio = median(ours / composing for ours, composing in rounds)
    spent = 1000 * median(ours for ours, _composing in rounds)
    stated = {"better": "lower", "how": how}
    form = reverse("wagtailadmin_pages:edit", args=[page.pk])
    beside = paired(partial(client.get, url), partial(client.get, form), FORM_ROUNDS, clock=process_time)
    how_form = f"the same answer beside the editor's form with {BLOCKS} sections, from its address; median"
    return [
        {"name": f"tab, {BLOCKS} sections", "value": ratio, "bar": BAR, "unit": "× composing", **stated},
        {
            "name": f"tab beside the editor's form, {BLOCKS} sections",
            "value": median(ours / whole for ours, whole in beside),
            "bar": FORM_BAR,
            "unit": "× form",
            "better": "lower",
            "how": how_form,
        },
        {"name": f"tab, {BLOCKS} sections, absolute", "value": spent, "bar": None, "unit": "ms", **stated},
    ]


def _drafted(old: str, new: str) -> PolicyPage:
    locale, _ = Locale.objects.get_or_create(language_code="sv")
    top = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root", locale=locale)
    page = top.add_child(
        instance=PolicyPage(title="Integritetspolicy", slug="tab", locale=locale, body=old, live=False)
    )
    page.save_revision().publish()
    draft = page.get_latest_revision_as_object()
    draft.body = new
    draft.save_revision()
    return PolicyPage.objects.get(pk=page.pk)


def _editor() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("tab", "tab@example.org", "tab"))
    return client
