"""A page knows what it translates: the tab, the overview and the command compare the languages by themselves."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from tests.reader.site import APRIL, MARCH, draft, publish, purpose, text, translate
from wagtail_privacy.actions.review_published import review_published
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.models import Policy, PolicyPage
from wagtail_privacy.publication.findings import review_draft
from wagtail_privacy.publication.preview import preview_publication

SWEDISH = text("Om oss", "<p>Vi säljer inte dina uppgifter.</p>")
FAITHFUL = text("About us", "<p>We do not sell your data.</p>")
TURNED = text("About us", "<p>We sell your data.</p>")


@pytest.fixture
def swedish(root: Page) -> PolicyPage:
    return publish(draft(root, purpose(), SWEDISH), moment=MARCH)


def english(page: PolicyPage, locale: Locale, words: Any) -> PolicyPage:
    blocks = (purpose(title="Deliver your order", starts="the delivery"), words)
    return translate(page, locale, *blocks, title="Privacy policy", moment=MARCH)


def in_the_tab(page: PolicyPage) -> set[str]:
    draft = page.get_latest_revision_as_object()
    review = review_draft(preview_publication(draft), draft, None)
    assert review
    return {finding.rule for finding in review.judgement.open}


def by_the_command(page: PolicyPage) -> set[str]:
    out = StringIO()
    call_command("privacy_check", str(page.pk), "--json", stdout=out)
    return {finding["rule"] for finding in json.loads(out.getvalue())["findings"]}


def in_the_overview(page: PolicyPage) -> set[str]:
    policy = Policy.objects.get(translation_key=page.translation_key)
    reviews = review_published([policy])[policy.pk].translations
    return {finding.rule for review in reviews for finding in review.judgement.open}


@pytest.mark.parametrize("asked", [in_the_tab, by_the_command, in_the_overview])
def test_what_a_translation_states_otherwise_is_found(swedish: PolicyPage, locale_en: Locale, asked: Any) -> None:
    assert "translation.statement" in asked(english(swedish, locale_en, TURNED))


@pytest.mark.parametrize("asked", [in_the_tab, by_the_command, in_the_overview])
def test_a_faithful_translation_has_no_such_finding(swedish: PolicyPage, locale_en: Locale, asked: Any) -> None:
    assert not {rule for rule in asked(english(swedish, locale_en, FAITHFUL)) if rule.startswith("translation.")}


@pytest.mark.parametrize("asked", [in_the_tab, by_the_command])
def test_a_translation_of_an_older_version_says_so(swedish: PolicyPage, locale_en: Locale, asked: Any) -> None:
    page = english(swedish, locale_en, FAITHFUL)
    assert "translation.behind" not in asked(page)
    longer = (purpose(duration="P36M"), SWEDISH)
    publish(swedish, *longer, moment=APRIL, materiality=Materiality.MINOR, reason="Ett prov.")
    assert "translation.behind" in asked(page)


def test_the_overview_counts_by_language_and_leads_to_the_page(
    client: Client, editor: Any, swedish: PolicyPage, locale_en: Locale
) -> None:
    page = english(swedish, locale_en, TURNED)
    client.force_login(editor)
    html = client.get(reverse("privacy-policies:index")).content.decode()
    assert f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}#tab-publication" in html
