"""Words in another language than the policy's."""

from __future__ import annotations

from datetime import date

import pytest

from tests.review.complete import LANGUAGES, T
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.review.all_findings import review
from wagtail_privacy.review.law import law
from wagtail_privacy.review.tongue import language_of_heading

OWN = T(
    "Vi sparar dina uppgifter i ett år och lämnar dem inte till någon annan, om du inte ber oss att göra det.",
    "We keep your data for a year and do not give them to anybody else, unless you ask us to do that for you.",
    "Säilytämme tietosi vuoden emmekä anna niitä muille, jos et pyydä, että me teemme niin, ja voit aina kysyä tai "
    "perua tietosi.",
    "Vi lagrer opplysningene dine i ett år og gir dem ikke til andre, om du ikke ber oss om å gjøre det for deg.",
    "Vi gemmer dine oplysninger i et år og giver dem ikke til andre, hvis du ikke beder os om at gøre det for dig.",
    "Wir speichern Ihre Daten ein Jahr und geben sie nicht an andere weiter, wenn Sie uns nicht darum bitten oder die "
    "Einwilligung geben.",
)
HEADINGS = T(
    "Så använder vi dina uppgifter",
    "How we use your data",
    "Näin käytämme tietojasi",
    "Slik bruker vi opplysningene dine",
    "Sådan bruger vi dine oplysninger",
    "So verwenden wir Ihre Daten",
)


def found(language: str, body: str, heading: str = "", title: str = "") -> list[tuple[str, str]]:
    section = Section("text", "text", {}, {"heading": heading, "body": body})
    findings = review(Snapshot(language, title, (section,)), law(), date(2026, 11, 26))
    return [(f.rule, f.spot.quote) for f in findings if f.rule in ("text.language", "text.heading_language")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paragraph_in_another_language_is_found_in_the_middle(language: str) -> None:
    other = "sv" if language == "en" else "en"
    words = f"<p>{OWN[language]}</p><p>{OWN[other]}</p><p>{OWN[language]}</p>"
    assert found(language, words) == [("text.language", OWN[other])]
    assert found(language, f"<p>{OWN[language]}</p>") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_heading_in_another_language_is_found(language: str) -> None:
    other = "sv" if language in ("en", "fi", "de") else "en"
    body = f"<p>{OWN[language]}</p>"
    assert found(language, body, HEADINGS[other]) == [("text.heading_language", HEADINGS[other])]
    assert found(language, body, HEADINGS[language]) == []
    assert found(language, body, title=HEADINGS[other]) == [("text.heading_language", HEADINGS[other])]


@pytest.mark.parametrize(
    ("language", "heading", "other"),
    [
        ("sv", "Privacy Policy", "en"),
        ("de", "Your rights", "en"),
        ("fi", "Dina rättigheter", "sv"),
        ("sv", "Google Analytics", ""),
        ("sv", "Cookies", ""),
        ("sv", "Data Privacy Framework", ""),
        ("da", "Personvern og informasjon", ""),
        ("en", "Datatilsynet", ""),
        ("fr", "Privacy Policy", ""),
    ],
)
def test_names_and_neighbours_are_no_other_language(language: str, heading: str, other: str) -> None:
    assert language_of_heading(heading, language if language != "fr" else "") == other


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_is_of_another_language_in_its_own(language: str) -> None:
    assert language_of_heading(HEADINGS[language], language) == ""
