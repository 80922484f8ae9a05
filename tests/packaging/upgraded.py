"""What the demo site shows and has recorded of its policies, as JSON: run with one release of the package and another.

Given a JSON list of management commands on standard input, which are run first: loading a site takes seconds. Of the
package it uses only what each release has.
"""

from __future__ import annotations

import gc
import io
import json
import sys
from collections.abc import Iterator
from typing import Any

import django

gc.set_threshold(200_000, 50, 1_000)  # migrating makes so much that Python looks for garbage half of the time
django.setup()

from bs4 import BeautifulSoup  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from wagtail_privacy.models import Event, Policy, PolicyPage, Text  # noqa: E402


def words(html: str) -> list[list[str]]:
    """What each section of the policy says."""
    sections = BeautifulSoup(html, "html.parser").select(".privacy-section")
    return [section.get_text(" ").split() for section in sections]


def chain() -> Iterator[list[Any]]:
    for model in (Text, Event):
        for row in model.objects.order_by("pk"):
            yield [model.__name__, row.pk, row.position, row.seal, getattr(row, "digest", "")]


def pages() -> Iterator[list[Any]]:
    client = Client(SERVER_NAME="localhost")
    for page in PolicyPage.objects.filter(live=True).order_by("pk"):
        for below in ("", "history/", "data/json/", *(f"versions/{n}/" for n in numbers(page))):
            response = client.get(page.get_url_parts()[2] + below)
            yield [page.pk, below, response.status_code, words(response.content.decode())]


def numbers(page: PolicyPage) -> list[int]:
    policy = Policy.objects.get(translation_key=page.translation_key)
    return list(policy.versions.order_by("number").values_list("number", flat=True))


def said(words: list[str]) -> str:
    """What a management command prints."""
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


outputs = [said(words) for words in json.load(sys.stdin)]
heads = list(Policy.objects.order_by("pk").values_list("chain_length", "chain_head"))
shown = {"said": outputs, "heads": heads, "chain": list(chain()), "pages": list(pages())}
sys.stdout.write("\n" + json.dumps(shown))
