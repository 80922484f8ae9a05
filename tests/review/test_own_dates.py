"""What a text says of its own age."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.review.complete import LANGUAGES, T
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.review.all_findings import review
from wagtail_privacy.review.law import law

DAY = date(2026, 11, 26)
RULES = ("text.stale", "text.undated", "text.date_promised")


def found(language: str, words: str, *, shows_day: bool = True, heading: str = "") -> list[str]:
    section = Section("text", "text", {}, {"heading": heading, "body": words})
    findings = review(Snapshot(language, "", (section,)), law(), DAY, shows_day=shows_day)
    return [finding.rule for finding in findings if finding.rule in RULES]


OLD = T(
    "<p>Senast uppdaterad 3 maj 2024.</p>",
    "<p>Last updated: 3 May 2024</p>",
    "<p>Päivitetty 3.5.2024.</p>",
    "<p>Sist oppdatert 3. mai 2024.</p>",
    "<p>Sidst opdateret 3. maj 2024.</p>",
    "<p>Stand: 3. Mai 2024</p>",
)
NEW = T(
    "<p>Senast uppdaterad 3 maj 2026.</p>",
    "<p>Last updated: 3 May 2026</p>",
    "<p>Päivitetty 3.5.2026.</p>",
    "<p>Sist oppdatert 3. mai 2026.</p>",
    "<p>Sidst opdateret 3. maj 2026.</p>",
    "<p>Stand: 3. Mai 2026</p>",
)
PROMISED = T(
    "<p>När vi ändrar texten ändras datumet högst upp.</p>",
    "<p>When we change the text, we change the date at the top.</p>",
    "<p>Kun muutamme tekstiä, päivämäärä sivun alussa muuttuu.</p>",
    "<p>Når vi endrer teksten, endres datoen øverst.</p>",
    "<p>Når vi ændrer teksten, ændres datoen øverst.</p>",
    "<p>Wenn wir den Text ändern, ändert sich das Datum am Anfang.</p>",
)
#: Days of something else than the text.
OF_OTHERS = T(
    "<p>Lagen trädde i kraft den 25 maj 2018, och sedan dess följer vi den och alla råd som myndigheten ger.</p>",
    "<p>The Regulation took effect on 25 May 2018, and since then we have followed it and all advice given.</p>",
    "<p>Asetus tuli voimaan 25.5.2018, ja siitä lähtien olemme noudattaneet sitä ja kaikkia viranomaisen antamia "
    "monia ja tarkkoja ohjeita.</p>",
    "<p>Loven trådte i kraft 25. mai 2018, og siden har vi fulgt den og alle råd som tilsynet har gitt oss.</p>",
    "<p>Loven trådte i kraft den 25. maj 2018, og siden har vi fulgt den og alle råd, som tilsynet har givet os.</p>",
    "<p>Die Verordnung gilt seit dem 25. Mai 2018, und seitdem folgen wir ihr und allen Hinweisen der Behörde.</p>",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_nobody_has_changed_for_a_year_is_stale(language: str) -> None:
    assert found(language, OLD[language]) == ["text.stale"]
    assert found(language, NEW[language]) == []
    assert found(language, OLD[language] + NEW[language]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_of_something_else_is_not_the_texts_own(language: str) -> None:
    assert found(language, OF_OTHERS[language]) == []


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("<p>© Garnboden 2020</p>", ["text.stale"]),
        ("<p>Copyright 2018–2026 Garnboden</p>", []),
        ("<p>(c) 2018-2024</p>", ["text.stale"]),
        ("<p>September 9, 2020</p><p>We sell yarn.</p>", ["text.stale"]),
        ("<p>Effective 26 November 2025</p>", ["text.stale"]),
        ("<p>Effective 27 November 2025</p>", []),
        ("<p>We have sold yarn since 9 September 2020.</p>", []),
        ("<p>The GDPR took effect on 25 May 2018.</p>", []),
    ],
)
def test_years_and_lines_that_are_a_date(words: str, rules: list[str]) -> None:
    assert found("en", words) == rules


def test_the_history_of_changes_may_be_old() -> None:
    assert found("en", "<p>Last updated: 3 May 2019</p>", heading="Change history") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_needs_a_date_and_a_page_shows_one(language: str) -> None:
    words = PROMISED[language]
    assert found(language, words) == []
    assert found(language, words, shows_day=False) == ["text.date_promised"]
    assert found(language, NEW[language] + words, shows_day=False) == []
    assert found(language, "<p>Garnboden.</p>", shows_day=False) == ["text.undated"]
    assert found(language, OF_OTHERS[language], shows_day=False) == []


@pytest.mark.parametrize(("head", "is_dated"), [("", False), ("---\ntitle: P\nlastmod: 2026-07-06\n---\n\n", True)])
def test_the_head_of_a_file_may_hold_the_date(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], head: str, is_dated: bool
) -> None:
    path = tmp_path / "policy.md"
    path.write_text(f"{head}# Policy\n\nWe sell yarn.\n", encoding="utf-8")
    call_command("privacy_check", str(path), "--language", "en")
    assert ("text.undated" in capsys.readouterr().out) is not is_dated
