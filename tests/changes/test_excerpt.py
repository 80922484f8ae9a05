"""What a changed text is quoted with: values by themselves, words in quotation marks, old versions too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from wagtail_privacy.changes.change import Change
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.excerpt import LONGEST, shortened
from wagtail_privacy.changes.materiality import weigh
from wagtail_privacy.changes.sentences import lines, sentence
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot


def changed(old: str, new: str, language: str = "en") -> Change:
    before, after = (
        Snapshot(language, "", (Section("text", "t", {}, {"heading": "How long", "body": body}),))
        for body in (old, new)
    )
    (change,) = weigh(compare(before, after), before, after)
    return change


def told(old: str, new: str, language: str = "en") -> str:
    with override("en"):
        return sentence(changed(old, new, language), language)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(
            "<p>We keep order data for 30 days.</p>",
            "<p>We keep order data for 30 months.</p>",
            "The text “How long” now says 30 months instead of 30 days: “We keep order data for 30 months.”",
            id="a period",
        ),
        pytest.param(
            "<p>We keep order data for two years.</p>",
            "<p>We keep order data for ten years.</p>",
            "The text “How long” now says 10 years instead of 2 years: “We keep order data for ten years.”",
            id="the unit of the text, and not months",
        ),
        pytest.param(
            "<p>A copy costs 10 €.</p>",
            "<p>A copy costs 25 €.</p>",
            "The text “How long” now says 25 € instead of 10 €: “A copy costs 25 €.”",
            id="money",
        ),
        pytest.param(
            "<p>We collect your name and address.</p>",
            "<p>We collect your name, address and credit score.</p>",
            "The text “How long” now says “and credit score”: “We collect your name, address and credit score.”",
            id="a longer list",
        ),
        pytest.param(
            "<p>Our servers are in Sweden.</p>",
            "<p>Our servers are in the United Kingdom.</p>",
            "The text “How long” now says United Kingdom instead of Sweden: “Our servers are in the United Kingdom.”",
            id="a country",
        ),
        pytest.param(
            "<p>We share data with the carrier.</p>",
            "<p>We share data with the carrier and advertisers.</p>",
            "The text “How long” now says “and advertisers”: “We share data with the carrier and advertisers.”",
            id="words",
        ),
        pytest.param(
            "<p>We never sell your data. We like bikes.</p>",
            "<p>We like bikes.</p>",
            "The text “How long” no longer says: “We never sell your data.”",
            id="a promise that is gone",
        ),
        pytest.param(
            '<p>See <a href="https://a.example/">more</a>.</p>',
            '<p>See <a href="https://b.example/">more</a>.</p>',
            "The text “How long”: a link now leads to https://b.example/ instead of https://a.example/.",
            id="a link",
        ),
    ],
)
def test_a_change_in_prose_names_what_changed(old: str, new: str, said: str) -> None:
    assert told(old, new) == said


def test_a_change_that_was_stored_without_its_statements_gets_the_same_words() -> None:
    """Sentences are made late: older versions have better words without a migration."""
    for old, new in (
        ("<p>We keep it for 30 days. We like you.</p>", "<p>We keep it for 30 months. We like you.</p>"),
        ("<p>We never sell your data. We like you.</p>", "<p>We like you.</p>"),
        ("<p>We like you.</p>", "<p>We like you. We also sell your location to advertisers.</p>"),
    ):
        change = changed(old, new)
        assert change.statements
        with override("en"):
            assert sentence(replace(change, statements=())) == sentence(change)


def test_in_another_language_the_value_is_translated_and_the_quotation_marked() -> None:
    change = changed("<p>Vi sparar dem i 30 dagar.</p>", "<p>Vi sparar dem i två år.</p>", "sv")
    with override("en"):
        (line,) = lines([change], "sv")
    assert line.text == "The text “How long” now says 2 years instead of 30 days: “Vi sparar dem i två år.”"
    assert (line.quotes, line.language) == (("“Vi sparar dem i två år.”",), "sv")
    change = changed("<p>Vi delar dem endast med banken.</p>", "<p>Vi delar dem med banken.</p>", "sv")
    with override("en"):
        assert sentence(change, "sv") == "The text “How long” has been changed: “Vi delar dem med banken.”"
    change = changed("<p>Vi svarar inom 24 timmar.</p>", "<p>Vi svarar inom 72 timmar.</p>", "sv")
    with override("en"):
        assert "timmar" not in sentence(change, "sv").partition("“Vi")[0]


def test_of_many_statements_three_are_quoted_and_the_others_counted() -> None:
    names = ("advertisers", "insurers", "brokers", "employers", "the press")
    new = " ".join(f"We share your location with {name}." for name in names)
    said = told("<p>We like you.</p>", f"<p>We like you. {new}</p>")
    assert said.count("“We share") == 3
    assert said.endswith("(2 more)")


def test_a_language_that_cannot_be_read_is_quoted_all_the_same() -> None:
    said = told("<p>Nous aimons les vélos. Merci.</p>", "<p>Nous vendons les vélos. Merci.</p>", "fr")
    assert "“Nous vendons les vélos.”" in said


@given(st.text(st.characters(codec="utf-8"), max_size=900), st.integers(0, 900), st.integers(0, 60))
def test_what_is_quoted_is_bounded_and_stands_in_the_text(text: str, start: int, length: int) -> None:
    whole = " ".join(text.split())
    quote = shortened(text, start, start + length)
    assert quote.strip("…") in whole
    assert len(quote) <= 2 * LONGEST + 2


def test_a_long_statement_that_came_is_not_cut_before_its_country() -> None:
    said = (
        "Your data may be transferred to, stored and processed in any jurisdiction where we and our service providers "
        "store or otherwise handle information of this and other kinds, including the United States."
    )
    assert "including the United States" in told("<p>We bake bread.</p>", f"<p>We bake bread. {said}</p>")
