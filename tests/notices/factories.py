"""A policy with an announced version in Swedish and English, and people to tell it to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile

from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.models import Notice, Policy, PolicyPage, Text, Version
from wagtail_privacy.notices.issue import issue_notice
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot

PUBLISHED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
EFFECT = datetime(2026, 12, 21, 23, 0, tzinfo=UTC)  # 22 December in Stockholm

WORDS = {
    "sv": {"title": "Integritetspolicy för Lingonlådan", "purpose": "Leverera kassar", "rule": "Köphistorik"},
    "en": {"title": "Privacy policy of Lingonlådan", "purpose": "Deliver boxes", "rule": "Purchase history"},
}
SUMMARY = {
    "sv": "Vi sparar din köphistorik längre, så att du kan reklamera i tre år.",
    "en": "We keep your purchase history longer, so that you can complain about goods for three years.",
}


def snapshot(language: str, duration: str = "P24M") -> Snapshot:
    words = WORDS[language]
    retention = Section("retention", "r1", {"duration": duration}, {"applies_to": words["rule"]})
    return Snapshot(
        language,
        words["title"],
        (
            Section(
                "controller",
                "c1",
                {"name": "Lingonlådan AB", "email": "integritet@lingon.example", "phone": "08-123 45"},
            ),
            Section("purpose", "p1", {}, {"title": words["purpose"]}, (retention,)),
            Section("complaint", "k1", {"authority": "SE"}),
        ),
    )


def changes(language: str, old: str = "P24M", new: str = "P36M") -> list[dict[str, Any]]:
    found = compare(snapshot(language, old), snapshot(language, new))
    return [change.weighed(Materiality.MATERIAL, "test").to_json() for change in found]


def policy_page(language: str, key: Any = None) -> PolicyPage:
    """A page that is not live, so that nothing is recorded but what the test records."""
    locale = Locale.objects.get_or_create(language_code=language)[0]
    home = Page.objects.filter(depth=2).first()
    page = PolicyPage(title=WORDS[language]["title"], slug=f"policy-{language}", locale=locale, live=False)
    page.translation_key = key or page.translation_key
    return home.add_child(instance=page)


def announced(*languages: str, takes_effect_at: datetime = EFFECT, known: tuple[str, ...] = ("sv", "en")) -> Version:
    """Version 2 of a policy that was published in ``known`` languages, with texts in ``languages``."""
    policy = Policy.objects.create(translation_key=uuid4(), source_language="sv")
    pages = {language: policy_page(language, policy.translation_key) for language in known}
    first = Version.objects.create(
        policy=policy, number=1, published_at=PUBLISHED - timedelta(days=90), takes_effect_at=PUBLISHED - timedelta(90)
    )
    second = Version.objects.create(
        policy=policy,
        number=2,
        builds_on=first,
        published_at=PUBLISHED,
        takes_effect_at=takes_effect_at,
        materiality=Materiality.MATERIAL,
        proposed_materiality=Materiality.MATERIAL,
    )
    for language in known:
        text(first, language, pages[language], "P24M", [])
    for language in languages or ("sv", "en"):
        text(second, language, pages[language], "P36M", changes(language), SUMMARY[language])
    return second


def text(
    version: Version, language: str, page: Any, duration: str, told: list[dict[str, Any]], summary: str = ""
) -> Text:
    said = snapshot(language, duration)
    return Text.objects.create(
        version=version,
        language=language,
        title=said.title,
        summary=summary,
        snapshot_json=said.to_json(),
        changes_json=told,
        digest=said.digest,
        recorded_at=PUBLISHED,
        page_id=page.pk,
    )


def notice(*languages: str, **values: Any) -> Notice:
    """The notice of an announced version; in a test without real transactions no task is woken by it."""
    return issue_notice(announced(*languages, **values))


def person(username: str, language: str = "", **values: Any) -> Any:
    """A registered user; without ``language``, one who never chose any."""
    values = {"email": f"{username}@example.org"} | values
    user = get_user_model().objects.create_user(username, **values)
    if language:
        UserProfile.objects.create(user=user, preferred_language=language)
    return user
