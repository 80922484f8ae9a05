"""A translation that states something else is found, with both places; a faithful one is not."""

from __future__ import annotations

from datetime import date

import pytest

from tests.review.complete import LANGUAGES, T, changed, complete, reworded, with_text, without
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.review.finding import Finding
from wagtail_privacy.review.law import law
from wagtail_privacy.review.translations import review_translation


def found(original: Snapshot, translation: Snapshot) -> tuple[Finding, ...]:
    return review_translation(original, translation, law("SE"), date(2026, 11, 26))


def in_sweden(language: str) -> Snapshot:
    """A translation: the controller stays where it is, and so does the law that it follows."""
    found = changed(changed(complete(language), "controller", country="SE"), "complaint", authority="SE")
    return reworded(found, "accounts-basis", statute="bokföringslagen")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_faithful_translation_has_no_findings(language: str) -> None:
    assert found(in_sweden("sv"), in_sweden(language)) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fact_that_differs_is_found_with_both_places(language: str) -> None:
    (only,) = found(in_sweden("sv"), changed(in_sweden(language), "safety-kept", duration="P90D"))
    assert only.rule == "translation.facts"
    assert only.spot.path == ("safety", "safety-kept")
    assert only.other is not None
    assert only.other.path == only.spot.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_twelve_months_are_a_year(language: str) -> None:
    assert found(in_sweden("sv"), changed(in_sweden(language), "selling-kept", duration="P36M")) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_section_that_is_not_translated_is_found_once(language: str) -> None:
    (only,) = found(in_sweden("sv"), without(in_sweden(language), "safety"))
    assert (only.rule, only.other and only.other.section) == ("translation.facts", "safety")


STATED = T(
    "Vi säljer inte dina uppgifter. Vi sparar dina uppgifter i två år. Vi överför uppgifter till Japan.",
    "We do not sell your data. We keep your data for two years. We transfer data to Japan.",
    "Emme myy tietojasi. Säilytämme tietojasi kaksi vuotta. Siirrämme tietoja Japaniin.",
    "Vi selger ikke opplysningene dine. Vi lagrer opplysningene dine i to år. Vi overfører opplysninger til Japan.",
    "Vi sælger ikke dine oplysninger. Vi gemmer dine oplysninger i to år. Vi overfører oplysninger til Japan.",
    "Wir verkaufen Ihre Daten nicht. Wir speichern Ihre Daten zwei Jahre. Wir übermitteln Daten nach Japan.",
)
TURNED = {
    "negation": T(
        *(
            ("säljer inte", "säljer"),
            ("do not sell", "sell"),
            ("Emme myy", "Myymme"),
            ("selger ikke", "selger"),
            ("sælger ikke", "sælger"),
            (" nicht.", "."),
        )  # type: ignore[arg-type]
    ),
    "period": T(
        *(
            ("två år", "tre år"),
            ("two years", "three years"),
            ("kaksi", "kolme"),
            ("to år", "tre år"),
            ("to år", "tre år"),
            ("zwei", "drei"),
        )  # type: ignore[arg-type]
    ),
    "country": T(
        *(
            ("Japan", "Kina"),
            ("Japan", "China"),
            ("Japaniin", "Kiinaan"),
            ("Japan", "Kina"),
            ("Japan", "Kina"),
            ("Japan", "China"),
        )
    ),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_statements_are_no_finding(language: str) -> None:
    assert found(with_text(in_sweden("sv"), STATED.sv), with_text(in_sweden(language), STATED[language])) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", TURNED)
def test_a_statement_that_is_turned_is_found(kind: str, language: str) -> None:
    old, new = getattr(TURNED[kind], language)
    words = STATED[language].replace(old, new, 1)
    assert words != STATED[language]
    (only,) = found(with_text(in_sweden("sv"), STATED.sv), with_text(in_sweden(language), words))
    assert only.rule == "translation.statement"
    assert only.spot.quote in words
    assert only.other is not None
    assert only.other.quote in STATED.sv


def test_what_one_language_alone_mentions_is_to_be_looked_at() -> None:
    policy = with_text(in_sweden("sv"), "Lådan är blå.")
    (only,) = found(policy, with_text(in_sweden("en"), "The box is blue. PayPal made it. It is small."))
    assert (only.rule, only.severity, only.spot.section) == ("translation.words", "warning", "more")
    assert only.spot.quote == "PayPal"


@pytest.mark.parametrize("lag", [None, (1, 2)])
def test_a_translation_of_an_older_version_is_behind(lag: tuple[int, int] | None) -> None:
    policies = in_sweden("sv"), in_sweden("en")
    findings = review_translation(*policies, law("SE"), date(2026, 11, 26), lag=lag)
    assert [finding.rule for finding in findings] == (["translation.behind"] if lag else [])
