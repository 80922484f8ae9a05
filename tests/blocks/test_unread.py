"""The body of a policy page as the database gave it: parsed when asked for, a stream like any other."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest
from wagtail.blocks import StreamValue
from wagtail.models import Page

from wagtail_privacy.models import PolicyPage

BODY = [
    {
        "type": "text",
        "id": "22222222-2222-4222-8222-222222222222",
        "value": {"heading": "Om oss", "date": None, "body": "<p>Vi</p>"},
    }
]


@pytest.fixture
def page(root: Page) -> PolicyPage:
    page = PolicyPage(title="Policy", slug="policy", body=json.dumps(BODY), locale=root.locale, live=False)
    root.add_child(instance=page)
    return PolicyPage.objects.get(pk=page.pk)


def said(body: Any) -> list[tuple[str, str]]:
    return [(block.block_type, str(block.value["heading"])) for block in body]


def test_it_is_not_parsed_before_it_is_asked_for(page: PolicyPage) -> None:
    page.title = "En annan titel"
    assert isinstance(page.body, StreamValue)
    assert "_raw_data" not in vars(page.body)
    assert said(page.body) == [("text", "Om oss")]
    assert "_raw_data" in vars(page.body)


def test_it_is_a_stream_whichever_way_it_was_loaded(page: PolicyPage) -> None:
    expected = [("text", "Om oss")]
    deferred = PolicyPage.objects.defer("body").get(pk=page.pk)
    (value,) = PolicyPage.objects.filter(pk=page.pk).values_list("body", flat=True)
    specific = Page.objects.get(pk=page.pk).specific
    for body in (page.body, deferred.body, value, specific.body, copy.copy(value), copy.deepcopy(specific.body)):
        assert said(body) == expected
        assert len(body) == 1
        assert body[0].value["heading"] == "Om oss"
        assert "Om oss" in str(body)
    assert page.body == deferred.body
    assert bool(page.body)
    assert said(pickle.loads(pickle.dumps(specific)).body) == expected


def test_unread_or_read_it_is_stored_as_it_was(page: PolicyPage) -> None:
    raw = list(page.body.raw_data)
    PolicyPage.objects.get(pk=page.pk).save()
    read = PolicyPage.objects.get(pk=page.pk)
    assert said(read.body) == [("text", "Om oss")]
    read.save()
    assert list(PolicyPage.objects.get(pk=page.pk).body.raw_data) == raw
    revision = PolicyPage.objects.get(pk=page.pk).save_revision()
    assert said(revision.as_object().body) == [("text", "Om oss")]


def test_an_attribute_that_no_stream_has_is_missing(page: PolicyPage) -> None:
    assert not hasattr(page.body, "nonsense")
    assert said(page.body) == [("text", "Om oss")]


def test_an_empty_body_is_empty(root: Page) -> None:
    page = root.add_child(instance=PolicyPage(title="Tom", slug="tom", locale=root.locale, live=False))
    assert not PolicyPage.objects.get(pk=page.pk).body
