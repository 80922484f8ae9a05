"""Every country and territory is known by its name in each language, and by what it is called officially."""

from __future__ import annotations

import pytest
from babel import Locale

from wagtail_privacy.prose.blocks import Place, Sentence
from wagtail_privacy.prose.reader import read_sentence
from wagtail_privacy.prose.regions import find
from wagtail_privacy.prose.tokens import tokens

SENTENCES = {
    "sv": "Vi överför uppgifter till {}.",
    "en": "We transfer data to {}.",
    "fi": "Palvelin on maassa {} vuodesta 2020.",
    "nb": "Vi overfører opplysninger til {}.",
    "da": "Vi overfører oplysninger til {}.",
    "de": "Wir verarbeiten Daten in {}.",
}
#: Union, world regions and codes that are no country's.
NONE = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}


def countries_in(text: str, language: str) -> frozenset[str]:
    return read_sentence(Sentence(text, Place()), language).values("country")


@pytest.mark.parametrize("language", SENTENCES)
def test_each_territory_is_known_by_its_name(language: str) -> None:
    names = {code: name for code, name in Locale(language).territories.items() if len(code) == 2 and code not in NONE}
    read = {}
    for code, name in names.items():
        words = [token.text for token in tokens(name, language)]
        found = find(words, 0, language)
        read[code] = found[0].code if found and found[1] == len(words) else None
    assert {code: names[code] for code, found in read.items() if found != code} == {}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_state_that_is_a_city_is_a_country(language: str) -> None:
    name = Locale(language).territories["SG"]
    assert countries_in(SENTENCES[language].format(name), language) == {"SG"}


@pytest.mark.parametrize(
    ("language", "name", "code"),
    [
        ("sv", "Förenade kungariket", "GB"),
        ("sv", "Förenta staterna", "US"),
        ("sv", "Republiken Korea", "KR"),
        ("en", "the United Kingdom of Great Britain and Northern Ireland", "GB"),
        ("en", "the Republic of Ireland", "IE"),
        ("en", "the Swiss Confederation", "CH"),
        ("nb", "Det forente kongerike", "GB"),
        ("da", "Det Forenede Kongerige", "GB"),
        ("de", "der Bundesrepublik Deutschland", "DE"),
        ("de", "dem Vereinigten Königreich", "GB"),
    ],
)
def test_official_names_are_known(language: str, name: str, code: str) -> None:
    assert countries_in(SENTENCES[language].format(name), language) == {code}
