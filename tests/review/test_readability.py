"""How hard a text is to read, by the measure of its language."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import unavailable
from tests.seeds.seed import SEEDS
from wagtail_privacy.imports.plain_text import read_text
from wagtail_privacy.review.contents import Contents
from wagtail_privacy.review.law import law
from wagtail_privacy.review.readability import amstad, counts, flesch, lix, measure, total, wiio


def test_lix_is_that_of_its_author() -> None:
    """Two sentences of five words, two of them longer than six letters: 5 + 100 * 2 / 10."""
    assert lix(counts(["Vi sparar dina uppgifter här.", "Sedan tar vi bort dem."], "sv")) == 5 + 10
    assert lix(counts(["Personuppgifter behandlas varsamt."], "sv")) == 3 + 100


@pytest.mark.parametrize(
    ("scale", "language", "easy", "hard"),
    [
        (
            flesch,
            "en",
            "We keep your name for a year.",
            "Notwithstanding contractual obligations, retention necessitates.",
        ),
        (
            amstad,
            "de",
            "Wir speichern das ein Jahr.",
            "Personenbezogene Daten unterliegen Aufbewahrungsverpflichtungen.",
        ),
    ],
)
def test_easy_is_more_than_hard(scale: object, language: str, easy: str, hard: str) -> None:
    assert callable(scale)
    assert scale(counts([easy], language)) > scale(counts([hard], language))


def test_the_finnish_grade_rises_with_long_words() -> None:
    assert wiio(counts(["Me otamme sen talteen."], "fi")) < wiio(
        counts(["Henkilötietojen käsittelyperusteet tarkistetaan vuosittain."], "fi")
    )


def test_few_words_are_not_measured() -> None:
    assert measure(counts(["Personuppgiftsbehandlingsansvarig."], "sv"), "sv") is None


#: Measured by hand with another count of headings: the scale is too blunt for that to matter.
LIX = [46.6, 52.3, 43.5, 47.4, 47.4]


@pytest.mark.parametrize("number", range(5))
def test_real_policies_have_the_lix_that_was_measured(number: int) -> None:
    if not SEEDS.is_dir():
        unavailable(f"the real policies in {SEEDS.parent.name}/{SEEDS.name} beside the repository")
    (path,) = SEEDS.glob(f"{number:03d}_*.txt")
    policy = read_text(path.read_text(encoding="utf-8").replace("\n", "\n\n"), "sv")
    contents = Contents(policy, law("SE"), date(2026, 11, 26))
    value = lix(total(text.counts for _section, field, text in contents.texts if field.type == "prose"))
    assert abs(value - LIX[number]) < 5.1
    assert (value > 50) == (LIX[number] > 50)
