"""Sentences, places, values, names and operators, each as a table."""

from __future__ import annotations

import itertools

import pytest

from tests.prose.test_rewrites import rewrites
from wagtail_privacy.prose.blocks import Place, Sentence, sentences
from wagtail_privacy.prose.reader import _simple, _words, read
from wagtail_privacy.prose.sentences import split


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Vi delar namn m.m. med t.ex. banker. Vi säljer inget.", 2),
        ("Die Art. 6 Abs. 1 lit. f DSGVO gilt. Stand: 2. Februar 2024.", 2),
        ("We use e.g. cookies, logs etc. for Acme Inc. and others.", 1),
        ("Hallitus hyväksyi sen 15. tammikuuta 2025. Laadittu 1.1.2025.", 2),
        ("Zum Beauftragten haben wir Herrn Dr. Felix Auer bestellt.", 1),
        ("Det kostar 1.5 kr per styck. Fråga oss!", 2),
        ("Dit privatliv er vigtigt for os. I denne politik forklarer vi alt.", 2),
        ("Vi delar ingenting med andra.Det gör vi aldrig.", 2),
        ("Se www.exempel.Se om du undrar.", 1),
        ("No stop", 1),
        ("", 0),
    ],
)
def test_sentences_survive_abbreviations_ordinals_and_numbers(text: str, count: int) -> None:
    assert len(split(text)) == count


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>We share:</p><ul><li>name</li><li>age</li></ul>", [Sentence("We share: name, age")]),
        (
            "<p>We keep:</p><ul><li>orders for 2 years</li></ul>",
            [Sentence("We keep:"), Sentence("orders for 2 years", Place(lead="We keep"))],
        ),
        ("<p>Orders</p><p>2 years.</p>", [Sentence("2 years.", Place(label="Orders"))]),
        (
            "| What | Days |\n| --- | --- |\n| Orders | 30 |",
            [Sentence("Orders", Place(column="What")), Sentence("30", Place(row="Orders", column="Days"))],
        ),
        (
            "<table><tr><th>What</th><th>Days</th></tr><tr><td>Orders</td><td>30</td></tr></table>",
            [Sentence("Orders", Place(column="What")), Sentence("30", Place(row="Orders", column="Days"))],
        ),
        (
            "<table><tr><td>What</td><td>Days</td></tr><tr><td><p>Orders</p></td><td><p>30</p></td></tr></table>",
            [Sentence("Orders", Place(column="What")), Sentence("30", Place(row="Orders", column="Days"))],
        ),
    ],
)
def test_a_sentence_knows_its_place(html: str, found: list[Sentence]) -> None:
    assert list(sentences(html)) == found


@pytest.mark.parametrize(
    ("language", "text", "denied", "conditions"),
    [
        ("en", "It is described in the Cookies and Do Not Track section.", 0, 0),
        ("en", "We do not track you in this section.", 1, 0),
        ("de", "Fordern Sie einen Bericht an, indem Sie uns schreiben.", 0, 0),
        ("de", "Widersprechen Sie der Nutzung, so löschen wir die Daten.", 0, 1),
    ],
)
def test_titles_of_sections_and_requests_are_no_turns(language: str, text: str, denied: int, conditions: int) -> None:
    (statement,) = read(text, language)
    assert (statement.negators, statement.operators["if"]) == (denied, conditions)


@pytest.mark.parametrize(
    ("language", "text", "kind", "value"),
    [
        ("sv", "i två år", "period", "P24M"),
        ("sv", "i 24 månader", "period", "P24M"),
        ("sv", "i ett och ett halvt år", "period", "P18M"),
        ("en", "within one week", "period", "P7D"),
        ("en", "within a month", "period", "P1M"),
        ("en", "for at most a year", "period", "P12M"),
        ("en", "once a year", "period", ""),
        ("en", "5 euros a month", "period", ""),
        ("en", "1-2 years", "period", "P24M"),
        ("en", "for twenty-one days", "period", "P21D"),
        ("en", "24 hours", "period", "P1D"),
        ("fi", "kahden vuoden ajan", "period", "P24M"),
        ("fi", "viikon kuluessa", "period", "P7D"),
        ("fi", "puolentoista vuoden ajan", "period", "P18M"),
        ("da", "i halvfems dage", "period", "P90D"),
        ("de", "fünfundzwanzig Tage", "period", "P25D"),
        ("nb", "i ett år", "period", "P12M"),
        ("sv", "Du ska ha fyllt 16 år för att bli medlem.", "age", "P192M"),
        ("sv", "Du måste vara minst 16 år gammal.", "age", "P192M"),
        ("en", "You must be at least 16 years old.", "age", "P192M"),
        ("en", "You must be at least 16 years of age.", "age", "P192M"),
        ("fi", "Jäsenen on pitänyt täyttää 16 vuotta.", "age", "P192M"),
        ("fi", "Sinun on oltava 16 vuotta täyttänyt.", "age", "P192M"),
        ("nb", "Du må ha fylt 16 år.", "age", "P192M"),
        ("da", "Du skal være fyldt 16 år.", "age", "P192M"),
        ("de", "Sie müssen das 16. Lebensjahr vollendet haben.", "period", ""),
        ("de", "Sie müssen mindestens 16 Jahre alt sein.", "age", "P192M"),
        ("sv", "Uppgifter som är två år gamla raderas.", "period", "P24M"),
        ("en", "We erase orders that are two years old.", "period", "P24M"),
        ("de", "Wir löschen Daten, die zwei Jahre alt sind.", "period", "P24M"),
        ("sv", "Servrarna står i Indien", "country", "IN"),
        ("fi", "Palvelimet ovat Intiassa", "country", "IN"),
        ("fi", "Palvelimet ovat Yhdysvalloissa", "country", "US"),
        ("de", "in den Vereinigten Staaten", "country", "US"),
        ("en", "a server in Mumbai", "city", "IN"),
        ("en", "hosted in Council Bluffs", "city", "US"),
        ("fi", "palvelimet ovat Helsingissä", "city", "FI"),
        ("fi", "palvelimet ovat Lahdessa", "city", "FI"),
        ("fi", "toimisto on Turussa", "city", "FI"),
        ("en", "they gave it to us", "country", ""),
        ("sv", "artikel 6.1 f", "article", "6.1.f"),
        ("de", "Art. 6 Abs. 1 lit. f", "article", "6.1.f"),
        ("da", "artikel 6, stk. 1, litra a", "article", "6.1.a"),
        ("en", "It costs 50 dollars", "money", "50USD"),
        ("en", "write to Privacy@Example.org.", "email", "privacy@example.org"),
        ("nb", "Ring 55 00 11 22", "phone", "55001122"),
        ("en", "Our host is Acme Marketing Cloud", "name", "acme marketing cloud"),
        ("de", "durch die Nordserver GmbH", "company", "nordserver"),
    ],
)
def test_values_are_the_same_in_every_language(language: str, text: str, kind: str, value: str) -> None:
    found = [unit.value for statement in read(text, language) for unit in statement.of(kind)]
    assert found == ([value] if value else [])


@pytest.mark.parametrize(
    ("language", "text", "operators"),
    [
        ("en", "We do not share it unless you agree.", {"only", "if"}),
        ("fi", "Emme lähetä mainoksia, ellet ole antanut lupaa.", {"only", "if"}),
        ("fi", "Julkaisemme kuvasi suostumuksettasi.", {"without"}),
        ("sv", "Vi delar det även om du inte har samtyckt.", {"even_if", "not"}),
        ("de", "Wir geben Ihr Foto an Händler nicht mehr weiter.", {"no_longer"}),
        ("nb", "Vi gir som hovedregel ikke ut noe.", {"as_a_rule", "not"}),
        ("da", "Vi sælger det aldrig.", {"not"}),
        ("en", "You may complain.", {"may_you"}),
        ("en", "We may share it.", {"may"}),
    ],
)
def test_operators_are_those_that_turn_a_sentence(language: str, text: str, operators: set[str]) -> None:
    (statement,) = read(text, language)
    assert set(statement.operators) - {"first_person", "second_person", "also", "all"} == operators


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Senast uppdaterad: 2026-06-05 · Version: 1.0"),
        ("sv", "Diarienummer: KS/2017:107"),
        ("en", "Last updated: 02/02/2024"),
        ("en", "Effective date: February 2, 2024"),
        ("fi", "Voimassa 1.1.2025 alkaen"),
        ("nb", "Sist oppdatert 3. mars 2025"),
        ("da", "Senest revideret den 2/2-2024"),
        ("de", "Stand: Februar 2024"),
    ],
)
def test_the_policys_own_papers_are_known(language: str, text: str) -> None:
    assert all(statement.is_paper for statement in read(text, language))


def test_a_negative_lead_in_denies_what_stands_under_it() -> None:
    html = "<p>We never share:</p><ul><li>orders from 2 years</li></ul>"
    *_lead, item = read(html, "en")
    assert item.is_denied_by_its_place


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We disclose it where we have an honest belief that the law wants it, or act in good faith."),
        ("sv", "Vi lämnar ut den om vi i god tro menar att lagen kräver det, eller har skäl att tro det."),
        ("de", "Wir geben sie weiter, wenn wir in gutem Glauben annehmen, dass das Gesetz es verlangt."),
        ("fi", "Luovutamme sen, jos hyvässä uskossa katsomme lain vaativan sitä."),
        ("da", "Vi videregiver dem, hvis vi i god tro mener, at loven kræver det."),
        ("nb", "Vi gir den videre hvis vi i god tro mener at loven krever det."),
    ],
)
def test_good_faith_is_no_religion(language: str, text: str) -> None:
    assert "religion" not in {unit.value for said in read(text, language) for unit in said.units}


def test_months_in_small_letters_are_verbs_but_beside_a_year() -> None:
    kinds = {
        text: {unit.kind for unit in read(text, "en")[0].units} for text in ("Under 13 may not.", "On 3 may 2024.")
    }
    assert "date" not in kinds["Under 13 may not."]
    assert "date" in kinds["On 3 may 2024."]


def test_years_that_data_are_kept_are_no_age() -> None:
    assert [unit.kind for unit in read("We keep the file for over 15 years.", "en")[0].of("age", "period")] == [
        "period"
    ]


@pytest.mark.parametrize("language", ["sv", "en", "da", "nb", "de", "fi"])
def test_a_sentence_is_read_alike_whatever_was_read_before(language: str) -> None:
    """What a process remembers of a word is what it means everywhere: "Dem" is you, "dem" is them."""
    pairs = [pair for name in ("rewrites.txt", "rewrites_kept_back.txt") for pair in rewrites(name)]
    lines = [line for pair in pairs if pair.language == language for line in f"{pair.old}\n{pair.new}".splitlines()]
    written = {*itertools.chain(*map(split, lines)), "Vi hjelper Dem med Deres sak.", "Har De frågor, kontakta oss."}
    anew = {text: forgetful(text, language) for text in sorted(written)}
    for text in sorted(written):
        _words(text.lower(), language)
        _words(text.upper(), language)
    _words.cache_clear()
    assert {text: _words(text, language).units for text in anew} == anew


def forgetful(text: str, language: str) -> object:
    """What a process reads whose first text this is."""
    _words.cache_clear()
    _simple(language).clear()
    return _words(text, language).units
