"""Numbers, dates, names and addresses, as each language writes them."""

from __future__ import annotations

import pytest

from wagtail_privacy.prose.mentions import Mentions


def mentioned(text: str, language: str = "en") -> set[tuple[str, str]]:
    return {(value.kind, value.value) for value in Mentions(text, language)}


def missing(text: str, language: str, other: str, other_language: str) -> list[str]:
    """What the first text mentions and the other one does not say."""
    there = Mentions(other, other_language)
    return [value.words.strip() for value in Mentions(text, language) if not there.say(value)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "From May 25, 2018 on"),
        ("en", "on 25th May 2018"),
        ("en", "Since 25/5/2018"),
        ("sv", "från den 25 maj 2018"),
        ("fi", "25. toukokuuta 2018 alkaen"),
        ("nb", "fra 25. mai 2018"),
        ("da", "den 25. maj 2018"),
        ("da", "den 25.maj 2018"),
        ("de", "ab dem 25. Mai 2018"),
        ("fr", "depuis le 25 mai 2018"),
        ("es", "desde el 25 de mayo de 2018"),
        ("de", "seit 25.05.2018"),
        ("sv", "2018-05-25"),
    ],
)
def test_a_day_is_the_same_in_every_language(language: str, text: str) -> None:
    assert [kind for kind, _value in mentioned(text, language)] == ["date"]
    assert missing("From 25 May 2018", "en", text, language) == []
    assert missing(text, language, "From 25 May 2018", "en") == []
    assert missing("From 26 May 2018", "en", text, language) == ["26 May 2018"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "for seven years"),
        ("en", "for 84 months"),
        ("sv", "i sju år"),
        ("sv", "under en period av 7 år"),
        ("fi", "vähintään seitsemän vuoden ajan"),
        ("nb", "i sju år"),
        ("da", "i syv år"),
        ("de", "mindestens sieben Jahre"),
        ("de", "für sieben (7) volle Jahre"),
        ("fr", "pendant 7 ans"),
    ],
)
def test_a_period_is_the_same_in_words_in_digits_and_in_another_unit(language: str, text: str) -> None:
    assert missing("for seven years", "en", text, language) == []
    assert missing("for 7 years", "en", text, language) == []
    assert missing(text, language, "for seven years", "en") == []
    assert missing("for 3 years", "en", text, language) == ["3 years"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "inom trettio dagar"),
        ("fi", "kolmenkymmenen päivän kuluessa"),
        ("fi", "kolmekymmentä päivää"),
        ("fi", "30 arkipäivän kuluessa"),
        ("sv", "inom 30 kalenderdagar"),
        ("de", "innerhalb von 30 Tagen"),
        ("da", "inden for tredive dage"),
    ],
)
def test_a_number_of_days_may_be_inflected_or_part_of_a_word(language: str, text: str) -> None:
    assert missing("within 30 days", "en", text, language) == []
    assert missing(text, language, "within thirty days", "en") == []


def test_one_is_often_no_number() -> None:
    assert missing("for 1 year", "en", "vuoden ajan", "fi") == []
    assert missing("for 1 year", "en", "i ett år", "sv") == []
    assert missing("one of the 3", "en", "en av de tre", "sv") == []


def test_the_same_number_with_another_unit_is_another_period() -> None:
    assert missing("kept for seven years", "en", "sparas i sju dagar", "sv") == ["seven years"]
    assert missing("sparas i sju dagar", "sv", "kept for seven years", "en") == ["sju dagar"]


@pytest.mark.parametrize(
    ("text", "language", "other", "other_language"),
    [
        ("under 13", "en", "under tretton", "sv"),
        ("10,000 customers", "en", "10 000 kunder", "sv"),
        ("10.000 Kunden", "de", "10\u00a0000 asiakasta", "fi"),
        ("2.5 per cent", "en", "2,5 %", "de"),
        ("Article 6(1)(f)", "en", "artikel 6.1 f", "sv"),
        ("Art. 46(2)", "en", "46 artiklan 2 kohta", "fi"),
        ("Regulation (EU) 2016/679", "en", "förordning (EU) 2016/679", "sv"),
        ("call 08-123 45 67", "en", "ring +46 8 123 45 67", "sv"),
    ],
)
def test_a_number_is_the_same_however_it_is_written(text: str, language: str, other: str, other_language: str) -> None:
    assert missing(text, language, other, other_language) == []
    assert missing(other, other_language, text, language) == []


def test_names_and_addresses_are_kept_in_translation() -> None:
    text = '<p>Paid through PayPal and <a href="https://www.stripe.com/privacy">them</a>, asked at Dpo@Example.org</p>'
    there = '<p>PayPalin ja <a href="https://stripe.com/fi/tietosuoja">heidän</a> kautta, dpo@example.org</p>'
    assert missing(text, "en", there, "fi") == []
    assert missing(text, "en", "<p>Maksat kortilla.</p>", "fi") == ["PayPal", "Dpo@Example.org", "stripe.com"]
    assert missing("Sent by Posten Frakt AB", "en", "Skickas av oss", "sv") == ["Frakt AB"]
    assert missing("Represents Nordlunda Insight Ltd", "en", "Edustaa Nordlunda Insight Ltd:tä", "fi") == []
    assert missing("Julkinen profiilisi LinkedInissä", "fi", "Din profil på LinkedIn", "sv") == []
    assert mentioned("URLs, FAQs and the EU") == set()
    assert mentioned("Alle NutzerInnen", "de") == set()


def test_a_known_name_is_looked_for_wherever_it_stands() -> None:
    here = Mentions("We ask Fröken Ur.", "en", ["Fröken Ur"])
    assert [value.words for value in here] == ["Fröken Ur"]
    assert [value for value in here if not Mentions("Vi frågar fröken ur.", "sv").say(value)] == []


def test_words_that_only_look_like_numbers_are_none() -> None:
    assert mentioned("IPv4, CC0 and the 1st of its kind") == set()
