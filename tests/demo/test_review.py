"""What the review says of the demo's five policies, in the three languages that they are published in."""

from __future__ import annotations

from datetime import date

import pytest
from wagtail.models import Page

from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.models import PolicyPage
from wagtail_privacy.review.all_findings import review
from wagtail_privacy.review.law import law
from wagtail_privacy.review.translations import review_translation

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

DAY = date(2026, 11, 26)
#: Read beforehand: Lindvik sets a cookie that is not necessary without a word about consent, and calls visitors whose
#: address it sees anonymous; Ripstigen keeps "everything else" for as long as the purpose requires.
EXPECTED = {
    "auditoriet": [],
    "nordlunda": [],
    "kollegiet": [],
    "atelje-lindvik": [("cookie.consent", "need"), ("text.anonymous", "body")],
    "ripstigen": [("retention.empty", "criteria")],
}


def newest(page: PolicyPage) -> Page:
    return page.get_latest_revision_as_object() if page.latest_revision_id else page


@pytest.mark.parametrize("language", ["sv", "en", "fi"])
@pytest.mark.parametrize("slug", EXPECTED)
def test_what_is_found_in_the_demo(slug: str, language: str) -> None:
    page = PolicyPage.objects.get(slug=slug, locale__language_code=language)
    findings = review(compose(newest(page)).snapshot, law("SE"), DAY)
    assert [(f.rule, f.spot.field) for f in findings if f.severity != "info"] == EXPECTED[slug]


@pytest.mark.parametrize("language", ["en", "fi"])
@pytest.mark.parametrize("slug", EXPECTED)
def test_its_translations_say_the_same(slug: str, language: str) -> None:
    pages = [PolicyPage.objects.get(slug=slug, locale__language_code=code) for code in ("sv", language)]
    original, translation = (compose(newest(page)).snapshot for page in pages)
    assert review_translation(original, translation, law("SE"), DAY) == ()
