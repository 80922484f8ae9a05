"""A block refuses what has no meaning, and says what it expected, what it found and what to do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from wagtail_privacy.blocks import fields
from wagtail_privacy.policy.vocabulary import LEGAL_BASES, Term


def typed(block: Any, value: Any) -> Any:
    """What is stored of something typed into the block's form."""
    data = {"x": value} if isinstance(value, str) else {f"x_{n}": part for n, part in enumerate(value)}
    return block.clean(block.value_from_datadict(data, {}, "x"))


def refusal(block: Any, value: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        typed(block, value)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize(
    ("number", "unit", "iso"),
    [
        ("24", "M", "P24M"),
        ("2", "Y", "P2Y"),
        (" 3 ", "W", "P3W"),
        ("030", "D", "P30D"),
        ("", "M", ""),
        ("p1y6m", "", "P1Y6M"),
    ],
)
def test_a_duration_is_stored_as_iso_8601(number: str, unit: str, iso: str) -> None:
    assert typed(fields.DurationBlock(), (number, unit)) == iso


@pytest.mark.parametrize(
    ("number", "unit", "found"),
    [
        ("0", "M", "“0 months”"),
        ("-5", "M", "“-5 months”"),
        ("2.5", "Y", "“2.5 years”"),
        ("two", "Y", "“two years”"),
        ("PT5H", "", "“PT5H”"),
    ],
)
def test_an_impossible_duration_is_refused(number: str, unit: str, found: str) -> None:
    with override("en"):
        assert refusal(fields.DurationBlock(), (number, unit)) == (
            f"Expected a period such as 24 months: a whole number above 0 and a unit, found {found}."
        )


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("P24M", ["24", "M"]),
        ("P2W", ["2", "W"]),
        ("P1Y6M", ["P1Y6M", ""]),
        ("", ["", "M"]),
        (None, ["", "M"]),
        (36, ["36", ""]),
    ],
)
def test_a_duration_is_shown_as_number_and_unit(stored: str | None, shown: list[str]) -> None:
    assert fields.DurationBlock().get_form_state(stored) == shown


def test_what_was_typed_is_shown_again_after_a_refusal() -> None:
    block = fields.DurationBlock()
    value = block.value_from_datadict({"x_0": "two", "x_1": "Y"}, {}, "x")
    assert block.get_form_state(value) == ["two", "Y"]


@pytest.mark.parametrize("good", ["2018", "2018-05", "2018-05-25", "2024-02-29", ""])
def test_a_date_may_be_a_year_or_a_month(good: str) -> None:
    assert typed(fields.PartialDateBlock(), good) == good


@pytest.mark.parametrize(
    ("language", "words", "iso"),
    [
        ("sv", "Maj 2018", "2018-05"),
        ("sv", "den 3 maj 2018", "2018-05-03"),
        ("sv", "3 maj, 2018", "2018-05-03"),
        ("en", "May 2018", "2018-05"),
        ("en", "3rd of May 2018", "2018-05-03"),
        ("en", "May 3, 2018", "2018-05-03"),
        ("en", "Sept. 2020", "2020-09"),
        ("en", "3 maj 2018", "2018-05-03"),
        ("fi", "3. toukokuuta 2018", "2018-05-03"),
        ("fi", "toukokuu 2018", "2018-05"),
        ("nb", "3. mai 2018", "2018-05-03"),
        ("da", "d. 3. maj 2018", "2018-05-03"),
        ("de", "3. Mai 2018", "2018-05-03"),
        ("de", "03.05.2018", "2018-05-03"),
        ("sv", "05/2018", "2018-05"),
        ("sv", "25/5/2018", "2018-05-25"),
    ],
)
def test_a_date_may_be_typed_in_words(language: str, words: str, iso: str) -> None:
    with override(language):
        assert typed(fields.PartialDateBlock(), f" {words} ") == iso


@pytest.mark.parametrize("language", ["sv", "en", "fi", "nb", "da", "de"])
def test_a_date_is_shown_in_words_that_are_read_again(language: str) -> None:
    block = fields.PartialDateBlock()
    with override(language):
        for stored in ("2018", "", *(f"2018-{month:02}{day}" for month in range(1, 13) for day in ("", "-03", "-28"))):
            shown = block.get_form_state(stored) or ""
            assert typed(block, shown) == stored
            assert not re.search(r"\d-\d", shown)


@pytest.mark.parametrize(
    "bad",
    [
        "2018-13", "2023-02-29", "18-05", "Majj 2018", "maj", "3 maj", "32 maj 2018", "maj eller juni 2018",
        "5/6/2018", "3 maj 2018 kl. 12", "inte maj 2018", "mellan 2018 och 2019", "maj 2018 (preliminärt)", "0000-05",
    ],
)  # fmt: skip
def test_a_date_that_does_not_exist_is_refused(bad: str) -> None:
    with override("en"):
        assert f"found “{bad}”" in refusal(fields.PartialDateBlock(), bad)
        assert fields.PartialDateBlock().get_form_state(bad) == bad


@pytest.mark.parametrize(
    ("block", "bad", "message"),
    [
        (fields.CountryBlock(), "XX", "Expected one of the list, found “XX”."),
        (fields.CodeBlock("legal_bases"), "art6_1_g", "Expected one of the list, found “art6_1_g”."),
        (fields.AuthorityBlock(), "US", "Expected one of the list, found “US”."),
        (fields.EmailBlock(), "kim@example", "Expected an e-mail address such as name@example.org."),
        (fields.UrlBlock(), "javascript:alert(1)", "Expected a web address such as https://www.example.org/page."),
        (fields.UrlBlock(), "http://", "Expected a web address such as https://www.example.org/page."),
        (fields.PhoneBlock(), "ring oss", "Expected a telephone number such as +46 8 123 45 67, found “ring oss”."),
        (fields.NumberBlock(), "-1", "greater than or equal to 0"),
    ],
    ids=lambda value: type(value).__name__ if hasattr(value, "meta") else str(value)[:20],
)
def test_nonsense_is_refused_in_words(block: Any, bad: str, message: str) -> None:
    with override("en"):
        assert message in refusal(block, bad)


@pytest.mark.parametrize(
    ("block", "good"),
    [
        (fields.CountryBlock(), "SE"),
        (fields.CodeBlock("legal_bases"), "art6_1_f"),
        (fields.AuthorityBlock(), "AX"),
        (fields.EmailBlock(), "kim@example.org"),
        (fields.UrlBlock(), "https://example.org/a?b=c"),
        (fields.PhoneBlock(), "073-692 96 09"),
        (fields.NameBlock(), "556900-2842"),
    ],
    ids=lambda value: type(value).__name__ if hasattr(value, "meta") else value,
)
def test_what_has_a_meaning_is_kept(block: Any, good: str) -> None:
    assert typed(block, good) == good


@pytest.mark.parametrize(
    "block",
    [
        fields.LineBlock(), fields.ProseBlock(), fields.NameBlock(), fields.AddressBlock(), fields.PhoneBlock(),
        fields.EmailBlock(), fields.UrlBlock(), fields.FlagBlock(), fields.NumberBlock(), fields.CountryBlock(),
        fields.CodeBlock("rights"), fields.AuthorityBlock(), fields.PartialDateBlock(), fields.DurationBlock(),
    ],
    ids=lambda block: type(block).__name__,
)  # fmt: skip
def test_nothing_is_required(block: Any) -> None:
    assert not block.required
    nothing: Any = {"DurationBlock": ("", "M"), "ProseBlock": "null"}.get(type(block).__name__, "")
    assert not typed(block, nothing)


def test_countries_are_named_in_the_editors_language() -> None:
    with override("sv"):
        assert dict(fields.country_choices())["DE"] == "Tyskland"
    with override("en"):
        assert dict(fields.country_choices())["DE"] == "Germany"


def test_countries_are_those_of_iso_3166() -> None:
    codes = {code for code, _ in fields.country_choices()}
    assert len(codes) == 249
    assert not codes & {"EU", "UN", "ZZ", "XA"}


def test_a_sites_own_code_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    block = fields.CodeBlock("legal_bases")
    monkeypatch.setattr(LEGAL_BASES, "_terms", dict(LEGAL_BASES._terms))
    LEGAL_BASES.register(Term("house_rule", "the rules of the house"))
    assert typed(block, "house_rule") == "house_rule"


def test_a_fact_is_never_offered_to_translators() -> None:
    for block in (fields.NameBlock(), fields.EmailBlock(), fields.UrlBlock(), fields.DurationBlock()):
        assert block.get_translatable_segments("x") == []
        assert block.restore_translated_segments("x", []) == "x"
