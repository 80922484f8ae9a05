"""The state of each language of a policy: in the overview, on the policy's page in the admin, and as a command."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, Page

from tests.reader.site import APRIL, MARCH, MAY, announce, draft, publish, purpose, text, translate, visible
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.models import Policy, PolicyPage
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.reader.languages import LanguageState, TranslationState, get_language_states

SWEDISH = text("Om oss", "<p>Vi säljer cyklar sedan 1997.</p>")
ENGLISH = text("About us", "<p>We sell bicycles since 1997.</p>")


@pytest.fixture
def swedish(root: Page) -> PolicyPage:
    return publish(draft(root, purpose(), SWEDISH), moment=MARCH)


def english(page: PolicyPage, locale: Locale, *blocks: Any, moment: Any = MARCH) -> PolicyPage:
    blocks = blocks or (purpose(title="Deliver your order", starts="the delivery"), ENGLISH)
    return translate(page, locale, *blocks, title="Privacy policy", moment=moment)


def state(page: PolicyPage, language: str = "en") -> LanguageState:
    policy = Policy.objects.get(translation_key=page.translation_key)
    return next(found for found in get_language_states(policy) if found.language == language)


def test_a_language_without_a_text_is_missing(swedish: PolicyPage) -> None:
    assert state(swedish, "sv").state is TranslationState.ORIGINAL
    assert state(swedish).state is TranslationState.MISSING


def test_a_translation_is_up_to_date_until_the_original_says_something_else(
    swedish: PolicyPage, locale_en: Locale
) -> None:
    english(swedish, locale_en)
    assert state(swedish).state is TranslationState.CURRENT
    assert state(swedish).is_faithful
    # Other words, none of them weighty: the translation is behind all the same.
    publish(swedish, purpose(), text("Om oss", "<p>Vi lagar cyklar sedan 1997.</p>"), moment=APRIL,
            materiality=Materiality.MINOR, reason="Bara ord.")  # fmt: skip
    found = state(swedish)
    assert found.state is TranslationState.BEHIND
    assert found.shows and found.current
    assert (found.shows.number, found.current.number) == (1, 2)
    english(swedish, locale_en, purpose(title="Deliver", starts="it"), text("About us", "<p>We mend, 1997.</p>"),
            moment=APRIL)  # fmt: skip
    assert state(swedish).state is TranslationState.CURRENT


def test_an_editorial_change_leaves_no_translation_behind(swedish: PolicyPage, locale_en: Locale) -> None:
    english(swedish, locale_en)
    mended = (purpose(), text("Om oss", "<p>Vi säljer cyklar sedan 1997!</p>"))
    publish(swedish, *mended, moment=APRIL, materiality=Materiality.EDITORIAL, reason="Skiljetecken.")
    found = state(swedish)
    assert found.state is TranslationState.CURRENT
    assert found.shows
    assert found.shows.number == 2


def test_a_language_that_is_no_longer_public_is_said_to_be_that(swedish: PolicyPage, locale_en: Locale) -> None:
    english(swedish, locale_en).unpublish()
    assert state(swedish).state is TranslationState.NOT_PUBLIC
    swedish.unpublish()
    assert state(swedish, "sv").state is TranslationState.NOT_PUBLIC


def test_what_a_translation_says_otherwise_is_listed(swedish: PolicyPage, locale_en: Locale) -> None:
    english(
        swedish,
        locale_en,
        purpose(title="Deliver your order", starts="the delivery", duration="P36M"),
        text("About us", "<p>We sell bicycles since 1979.</p>"),
    )
    with override("en"):
        assert state(swedish).sentences == [
            "Deliver your order › Storage period: Period is 24 months in the original and 36 months in the "
            "translation.",
            "About us: “1997” stands in the original only.",
            "About us: “1979” stands in the translation only.",
        ]
    assert not state(swedish).is_faithful


def test_the_overview_and_the_policy_s_page_say_it(
    client: Client, editor: Any, swedish: PolicyPage, locale_en: Locale
) -> None:
    client.force_login(editor)
    policy = Policy.objects.get()
    overview, inspect = reverse("privacy-policies:index"), reverse("privacy-policies:inspect", args=[policy.pk])
    assert "svenska: original engelska: saknas" in visible(client.get(overview))
    submit = reverse("wagtail_localize:submit_page_translation", args=[swedish.pk])
    assert submit in client.get(inspect).content.decode()

    english(swedish, locale_en, purpose(title="Deliver", starts="it", duration="P36M"), ENGLISH)
    assert "engelska: säger något annat" in visible(client.get(overview))
    assert "24 månader i originalet och 36 månader i översättningen" in visible(client.get(inspect))

    announce(swedish, purpose(duration="P36M"), SWEDISH, moment=APRIL, on=MAY.date(), summary="Vi sparar längre.")
    assert "engelska: släpar efter (version 1 av 2)" in visible(client.get(overview))
    assert "Säger version 1. Den senaste är version 2." in visible(client.get(inspect))


def run(*args: Any, **options: Any) -> str:
    out = StringIO()
    call_command("privacy_languages", *args, stdout=out, **options)
    return out.getvalue()


def test_the_command_says_it_too_and_can_fail(swedish: PolicyPage, locale_en: Locale) -> None:
    english(swedish, locale_en, purpose(title="Deliver", starts="it", duration="P36M"), ENGLISH)
    number = Policy.objects.get().pk
    assert run().splitlines() == [
        f"{number} sv: original 1/1",
        f"{number} en: current 1/1",
        "    Deliver › Storage period: Period is 24 months in the original and 36 months in the translation.",
    ]
    rows = json.loads(run(number, json=True))
    assert [(row["language"], row["state"], len(row["differences"])) for row in rows] == [
        ("sv", "original", 0),
        ("en", "current", 1),
    ]
    with pytest.raises(CommandError, match="has to be mended"):
        run(fail=True)
    with pytest.raises(CommandError, match=r"found \[0\], which are none"):
        run(0)


def test_the_command_compares_files(tmp_path: Path) -> None:
    swedish, english = tmp_path / "policy.md", tmp_path / "policy.json"
    swedish.write_text("# Policy\n\nVi sparar i två år.", encoding="utf-8")
    english.write_text(json.dumps(Snapshot("en", "Kept for 2 years").to_json()), encoding="utf-8")
    assert "policy.json en: differs" in run(files=[f"{swedish}=sv", f"{english}=en"])
    english.with_suffix(".md").write_text("# Policy\n\nWe keep it for two years.", encoding="utf-8")
    same = [f"{swedish}=sv", f"{english.with_suffix('.md')}=en"]
    assert run(files=same, fail=True).strip().endswith("policy.md en: current")
    with pytest.raises(CommandError, match="each with its language"):
        run(files=[str(swedish)])
    with pytest.raises(CommandError, match="of which there is no nowhere.md"):
        run(files=[f"{swedish}=sv", "nowhere.md=en"])
