"""The catalogues say what the Regulation says: official terms in six languages (``official_terms.json``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import gettext, override, pgettext

from wagtail_privacy.policy.vocabulary import VOCABULARIES

LANGUAGES = ("sv", "en", "fi", "nb", "da", "de")
OFFICIAL: dict[str, Any] = json.loads((Path(__file__).parent / "official_terms.json").read_text(encoding="utf-8"))
#: A right of Article 13(2)(c) has no heading of its own: the sentence has the definite form, a list the bare one. And a
#: page that says "you" speaks of no "data subject" in the third person.
BARE = {
    ("withdraw_consent", "sv"): "Rätt att när som helst återkalla ditt samtycke",
    ("access", "sv"): "Rätt till tillgång",
    ("access", "fi"): "Oikeus saada pääsy tietoihin",
    ("access", "nb"): "Rett til innsyn",
    ("access", "da"): "Indsigtsret",
    ("access", "de"): "Auskunftsrecht",
    ("withdraw_consent", "nb"): "Rett til når som helst å trekke tilbake et samtykke",
    ("withdraw_consent", "da"): "Ret til at trække samtykke tilbage på ethvert tidspunkt",
}
#: Where the interface says each concept.
CONCEPTS: dict[str, str | tuple[str, str]] = {
    "controller": "Controller",
    "representative": "Representative in the EU",
    "processor": ("recipient role", "processor"),
    "dpo": "Data protection officer",
    "personal_data": "Personal data that we collect",
    "purpose": "Purpose",
    "legal_basis": "Legal basis",
    "recipients": "Recipients",
    "third_country": "Transfer to a third country",
    "consent": "consent",
    "supervisory_authority": "Supervisory authority",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OFFICIAL["vocabularies"])
def test_every_code_of_the_law_is_said_in_its_words(name: str, language: str) -> None:
    """Ours may say more ("between public authorities"), never other words."""
    with override(language):
        for code, terms in OFFICIAL["vocabularies"][name].items():
            official = BARE.get((code, language), terms[language])
            assert official.casefold() in str(VOCABULARIES[name].label(code)).casefold(), code


@pytest.mark.parametrize("name", OFFICIAL["vocabularies"])
def test_every_code_of_ours_that_the_law_has_is_compared(name: str) -> None:
    unofficial = {"information", "other"}
    assert set(VOCABULARIES[name]) - unofficial == set(OFFICIAL["vocabularies"][name])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("concept", CONCEPTS)
def test_every_concept_of_the_law_is_said_in_its_words(concept: str, language: str) -> None:
    message = CONCEPTS[concept]
    with override(language):
        said = gettext(message) if isinstance(message, str) else pgettext(*message)
    assert OFFICIAL["concepts"][concept][language].casefold() in said.casefold()


@pytest.mark.parametrize("language", LANGUAGES[:1] + LANGUAGES[2:])
def test_no_term_is_left_in_english(language: str) -> None:
    with override("en"):
        english = {
            (name, code): str(VOCABULARIES[name].label(code)) for name in VOCABULARIES for code in VOCABULARIES[name]
        }
    with override(language):
        left = {key for key, label in english.items() if str(VOCABULARIES[key[0]].label(key[1])) == label}
    assert left == set()
