"""The detector of other languages finds what it is there for, and nothing in a text of the language itself."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from tests.foreign import LANGUAGES, foreign, passages

PAGE = '<html lang="{language}"><head><title>{0}</title></head><body><p>{1}</p><a title="{2}">{3}</a></body></html>'
SAID = {
    "sv": ("Ändringshistorik", "Vi behandlar dina uppgifter när du handlar.", "Gäller från 1 maj.", "Läs mer"),
    "en": ("Change history", "We process your data when you buy.", "Applies from 1 May.", "Read more"),
    "fi": (
        "Muutoshistoria",
        "Käsittelemme tietojasi, jos ostat tai kysyt.",
        "Tulee voimaan 1. toukokuuta.",
        "Lue lisää",
    ),
    "nb": ("Endringshistorikk", "Vi behandler opplysninger om deg.", "Gjelder fra 1. mai.", "Les mer"),
    "da": ("Ændringshistorik", "Vi behandler oplysninger, hvad du end køber.", "Gælder fra den 1. maj.", "Læs mere"),
    "de": (
        "Änderungsverlauf",
        "Wir verarbeiten Daten, wenn Sie kaufen.",
        "Gilt ab dem 1. Mai.",
        "Weitere Informationen",
    ),
}


def page(language: str, said: Any) -> str:
    return PAGE.format(*said, language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_in_one_language_is_clean(language: str) -> None:
    assert foreign(page(language, SAID[language]), language) == set()


@pytest.mark.parametrize(("language", "other"), permutations(LANGUAGES, 2))
@pytest.mark.parametrize("place", range(4), ids=["title", "text", "attribute", "link"])
def test_one_string_in_another_language_is_found(language: str, other: str, place: int) -> None:
    said = list(SAID[language])
    said[place] = SAID[other][place]

    assert foreign(page(language, said), language)


def test_what_is_marked_is_held_to_the_language_it_is_marked_with() -> None:
    marked = '<html lang="fi"><p>Lue lisää: <a lang="{0}" href="/">{1}</a></p></html>'

    assert foreign(marked.format("sv", "Läs mer om dina uppgifter"), "fi") == set()
    assert foreign(marked.format("en", "Läs mer om dina uppgifter"), "fi") == {"dina"}
    assert foreign(marked.format("fi", "Läs mer om dina uppgifter"), "fi") == {"dina"}


def test_attributes_are_said_too_and_scripts_are_not() -> None:
    html = '<p lang="fi"><img alt="Kuva"><br><input type="submit" value="Hae"><script>"och"</script>Teksti</p>loppu'

    assert list(passages(html, "sv")) == [("fi", "Kuva"), ("fi", "Hae"), ("fi", "Teksti"), ("sv", "loppu")]
