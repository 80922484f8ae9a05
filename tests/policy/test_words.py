"""Values in plain words: what a reader sees is never a code."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from wagtail_privacy.changes.change import Reference
from wagtail_privacy.policy import words
from wagtail_privacy.policy.kinds import KINDS, Field
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.vocabulary import VOCABULARIES

LANGUAGES = ("sv", "en", "fi", "nb", "da", "de")


def field(kind: str, name: str) -> Field:
    found = KINDS[kind].field(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("language", "iso", "said"),
    [
        ("sv", "P24M", "24 månader"),
        ("sv", "P1Y6M", "1 år och 6 månader"),
        ("sv", "P1D", "1 dag"),
        ("sv", "P30D", "30 dagar"),
        ("sv", "P2W", "2 veckor"),
        ("en", "P24M", "24 months"),
        ("en", "P1M", "1 month"),
        ("en", "P1Y6M10D", "1 year, 6 months and 10 days"),
        ("fi", "P24M", "24 kuukautta"),
        ("nb", "P30D", "30 dager"),
        ("da", "P2W", "2 uger"),
        ("de", "P10Y", "10 Jahre"),
        ("sv", "until the end", "until the end"),
    ],
)
def test_a_duration_is_said_in_units_of_the_calendar(language: str, iso: str, said: str) -> None:
    with override(language):
        assert words.duration(iso) == said


@pytest.mark.parametrize(
    ("language", "date", "said"),
    [
        ("sv", "2018", "2018"),
        ("sv", "2018-05", "maj 2018"),
        ("sv", "2018-05-25", "25 maj 2018"),
        ("en", "2018-05-25", "25 May 2018"),
        ("en-us", "2018-05-25", "May 25, 2018"),
        ("fi", "2018-05-25", "25. toukokuuta 2018"),
        ("de", "2018-05", "Mai 2018"),
        ("nb", "2018-05-25", "25. mai 2018"),
        ("da", "2018-05-25", "25. maj 2018"),
        ("de", "2018-05-25", "25. Mai 2018"),
        ("sv", "2018-13", "2018-13"),
    ],
)
def test_a_date_may_be_a_year_or_a_month(language: str, date: str, said: str) -> None:
    with override(language):
        assert words.day(date) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("sv", "1 234 567,5"),
        ("en", "1,234,567.5"),
        ("fi", "1 234 567,5"),
        ("nb", "1 234 567,5"),
        ("da", "1.234.567,5"),
        ("de", "1.234.567,5"),
    ],
)
def test_a_number_has_the_separators_of_the_language(language: str, said: str) -> None:
    with override(language):
        assert words.number(1234567.5).replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("language", "article", "said"),
    [
        ("sv", "6.1 f", "artikel 6.1 f"),
        ("en", "6.1 f", "Article 6(1)(f)"),
        ("fi", "6.1 f", "6 artiklan 1 kohdan f alakohta"),
        ("nb", "6.1 f", "artikkel 6 nr. 1 bokstav f"),
        ("da", "6.1 f", "artikel 6, stk. 1, litra f"),
        ("de", "6.1 f", "Artikel 6 Abs. 1 lit. f"),
        ("en", "45", "Article 45"),
        ("en", "7.3", "Article 7(3)"),
        ("sv", "46.2 c", "artikel 46.2 c"),
        ("fi", "45", "45 artikla"),
        ("fi", "7.3", "7 artiklan 3 kohta"),
        ("da", "7.3", "artikel 7, stk. 3"),
        ("nb", "7.3", "artikkel 7 nr. 3"),
        ("de", "7.3", "Artikel 7 Abs. 3"),
        ("sv", "7.3", "artikel 7.3"),
        ("fi", "46.2 c", "46 artiklan 2 kohdan c alakohta"),
        ("nb", "46.2 c", "artikkel 46 nr. 2 bokstav c"),
        ("da", "46.2 c", "artikel 46, stk. 2, litra c"),
        ("de", "46.2 c", "Artikel 46 Abs. 2 lit. c"),
        ("nb", "45", "artikkel 45"),
        ("da", "45", "artikel 45"),
        ("de", "45", "Artikel 45"),
    ],
)
def test_an_article_is_cited_as_the_language_does(language: str, article: str, said: str) -> None:
    with override(language):
        assert words.citation(article) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("sv", "”x”"), ("en", "“x”"), ("fi", "”x”"), ("nb", "«x»"), ("da", "»x«"), ("de", "„x“")],
)
def test_a_word_is_quoted_as_the_language_does(language: str, said: str) -> None:
    with override(language):
        assert words.quoted("x") == said


@pytest.mark.parametrize(
    ("language", "code", "said"),
    [
        ("sv", "SE", "Integritetsskyddsmyndigheten (IMY)"),
        ("sv", "FI", "Dataombudsmannens byrå"),
        ("fi", "FI", "Tietosuojavaltuutetun toimisto"),
        ("sv", "NO", "Datatilsynet (Norge)"),
        ("da", "DK", "Datatilsynet (Danmark)"),
        ("sv", "US", "tillsynsmyndigheten (USA)"),
    ],
)
def test_an_authority_is_said_by_its_name_and_with_its_country_where_two_share_it(
    language: str, code: str, said: str
) -> None:
    with override(language):
        assert words.say(field("complaint", "authority"), code) == said


@pytest.mark.parametrize(
    ("kind", "name", "value", "said"),
    [
        ("legal_basis", "basis", "art6_1_f", "berättigade intressen"),
        ("legal_basis", "basis", "left_long_ago", "left long ago"),
        ("recipient", "country", "US", "USA"),
        ("recipient", "country", "XX", "okänd region"),
        ("purpose", "direct_marketing", True, "Ja"),
        ("purpose", "direct_marketing", None, ""),
        ("purpose", "data_subjects", ["kunder", "anställda", "besökare"], "kunder, anställda och besökare"),
        ("purpose", "description", "<p>Vi skickar <b>brev</b>.</p><ul><li>Ett</li></ul>", "Vi skickar brev. Ett"),
        ("children", "age_limit", 13, "13"),
        ("controller", "address", "Storgatan 1\n111 22 Orten", "Storgatan 1, 111 22 Orten"),
        ("other", "value", '{"image": 3}', ""),
    ],
)
def test_each_type_of_field_has_its_words(kind: str, name: str, value: Any, said: str) -> None:
    with override("sv"):
        assert words.say(field(kind, name), value) == said


def test_every_code_of_every_vocabulary_has_words_of_its_own_in_every_language() -> None:
    for language in LANGUAGES:
        with override(language):
            for vocabulary in VOCABULARIES.values():
                said = [str(vocabulary.label(code)) for code in vocabulary]
                assert len(set(said)) == len(said), (language, vocabulary.name)
                assert not any("_" in label for label in said), (language, vocabulary.name)


@pytest.mark.parametrize(
    ("section", "said"),
    [
        (Section("purpose", "a", texts={"title": "Nyhetsbrev"}), "Nyhetsbrev"),
        (Section("legal_basis", "a", {"basis": "art6_1_a"}), "samtycke"),
        (Section("transfer", "a", {"country": "US"}), "USA"),
        (Section("rights", "a"), "Dina rättigheter"),
        (Section("dpo", "a"), "Dataskyddsombud"),
    ],
)
def test_a_section_is_named_by_what_names_it_else_by_its_kind(section: Section, said: str) -> None:
    with override("sv"):
        assert words.name_of(section) == said
        assert words.name_of(Reference.to(section)) == said


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Ett</p><p>Två &amp; tre</p>", "Ett\nTvå & tre"),
        ("<ul><li>Ett</li><li><b>Två</b>!</li></ul>", "Ett\nTvå!"),
        ("Ett<br>Två", "Ett\nTvå"),
        ("<p>Ett\n  två</p>", "Ett två"),
        ("<p>Trasig <b>text", "Trasig text"),
        ("<script>alert(1)</script><p>Kvar</p>", "Kvar"),
        ("Bara text", "Bara text"),
        ("", ""),
    ],
)
def test_rich_text_becomes_lines(html: str, text: str) -> None:
    assert words.plain(html) == text


def test_a_language_that_babel_lacks_is_said_in_english() -> None:
    with override("xx"):
        assert words.duration("P24M") == "24 months"
