"""Recognition: what the sections of a policy are, and what they state."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.imports.seeds import SHARED, TABLE, Score, imported, score, table, walk
from tests.imports.told import told
from wagtail_privacy.imports.as_json import as_json
from wagtail_privacy.imports.outline import Outline
from wagtail_privacy.imports.plain_outline import read_plain
from wagtail_privacy.imports.proposal import SURE, Import, ProposedSection
from wagtail_privacy.imports.read import read_document
from wagtail_privacy.imports.recognition import recognise
from wagtail_privacy.imports.recognition.contacts import label_of
from wagtail_privacy.policy.kinds import KINDS
from wagtail_privacy.policy.words import plain
from wagtail_privacy.prose.lexicon import LANGUAGES, read

POLICIES = sorted((Path(__file__).parent / "policies").glob("*.[mt][dx]*"))
WORDS = Path(__file__).parents[2] / "wagtail_privacy" / "imports" / "recognition" / "words"
needs_seeds = pytest.mark.skipif(not TABLE.exists(), reason="the shared cases are not here")


def import_of(source: str, language: str, *, marked: bool = False) -> Import:
    outline = read_document(source.encode(), "policy.md") if marked else read_plain(source)
    return recognise(outline, language)


def facts_of(found: Import) -> set[tuple[str, str, object]]:
    return {(one.kind, fact.field, fact.value) for one in walk(found.proposals) for fact in one.facts}


def offers_of(found: Import) -> set[tuple[str, object]]:
    return {(offer.field, offer.value) for one in walk(found.proposals) for offer in one.suggestions}


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name)
def test_a_policy_in_another_shape_becomes_what_it_says(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    found = import_of(source, path.name[:2], marked=path.suffix == ".md")
    assert told(found, source) == path.with_suffix(".expected").read_text(encoding="utf-8")


@needs_seeds
def test_the_seeds_become_what_two_readers_expect() -> None:
    total = Score()
    for expected in table():
        total += score(expected, *imported(expected))
    figures = total.figures
    assert not total.never
    assert figures["section precision"] >= 0.95, total.wrong_sections
    assert figures["section recall"] >= 0.85, total.missed_sections
    assert figures["fact precision"] >= 0.98, total.wrong_facts
    assert figures["fact recall"] >= 0.8, total.missed_facts


# --- Nothing lost, nothing added ---


def _placed(found: Import, source: str) -> list[int]:
    """How many sections of the first level, titles and left-out parts hold each character."""
    held = [0] * len(source)
    for one in (found, *found.other):
        spans = [section.span for section in one.proposals] + [left.span for left in one.left_out]
        for start, end in [*spans, *([one.title_span] if one.title_span else [])]:
            for at in range(start, end):
                held[at] += 1
    return held


def _check(found: Import, source: str) -> None:
    held = _placed(found, source)
    for word in re.finditer(r"\w+", source):
        assert held[word.start()] == 1, (word.group(), word.start())
    for one in (found, *found.other):
        for section in one.proposals:
            _check_section(section)


def _check_section(section: ProposedSection) -> None:
    kind = KINDS[section.kind]
    assert section.confidence >= SURE
    assert section.reason
    for fact in section.facts:
        assert kind.field(fact.field), (section.kind, fact)
        assert fact.span[0] < fact.span[1]
        assert fact.reason
    assert set(section.texts) <= {field.name for field in kind.texts}
    at = section.span[0]
    for child in section.children:
        assert "*" in kind.children or child.kind in kind.children
        assert at <= child.span[0] <= child.span[1] <= section.span[1]
        at = child.span[0]
        _check_section(child)


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name)
def test_every_word_of_a_policy_is_placed_once(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    _check(import_of(source, path.name[:2], marked=path.suffix == ".md"), source)


@needs_seeds
def test_every_word_of_the_seeds_is_placed_once() -> None:
    for expected in table():
        source, found = imported(expected)
        _check(found, source)


@needs_seeds
def test_every_shared_policy_is_read_whole() -> None:
    for path in sorted((SHARED / "policies").rglob("*.md"))[::5]:
        source = path.read_text(encoding="utf-8")
        language = next((code for code in LANGUAGES if f"/{code}/" in str(path)), "en")
        _check(import_of(source, language), source)


_WORDS = (
    "vi dig samlar uppgifter namn följande: rättigheter, Kakor Kontakt 24 månader § 12 – • 1. a) "
    "https://x.example a@b.example Datainspektionen samtycke. USA inte AB © 111 22 Staden"
)
_WORD = st.sampled_from(_WORDS.split())


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_WORD, max_size=9).map(" ".join), max_size=14), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_whatever_lines_stand_in_a_text_none_is_lost(lines: list[str], end: str) -> None:
    source = end.join(lines)
    _check(import_of(source, "sv"), source)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.sampled_from([*LANGUAGES, "fr", ""]))
def test_any_text_is_read(source: str, language: str) -> None:
    found = import_of(source, language)
    assert [held for held in _placed(found, source) if held > 1] == []


def test_the_words_of_a_section_stand_in_its_texts_facts_or_children() -> None:
    source = "Säkerhet\n\nVi skyddar uppgifterna med kryptering & lås.\n"
    (section,) = import_of(source, "sv").proposals
    assert section.kind == "security"
    assert section.texts == {
        "heading": "Säkerhet",
        "description": "<p>Vi skyddar uppgifterna med kryptering &amp; lås.</p>",
    }


def _tokens(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", unescape(text).casefold().replace("\u00ad", "")))


def _without_place(outline: Outline, found: Import) -> Counter[str]:
    """The words of the parts that state no fact, as far as no text, title or left-out part has them.

    Labels ("Purpose: …") are the names of the fields that hold what stands behind them.
    """
    everything = [section for one in (found, *found.other) for section in walk(one.proposals)]
    facts = [fact.span for section in everything for fact in section.facts]
    stated: Counter[str] = Counter()
    for part in outline.parts:
        if not any(start < part.span[1] and part.span[0] < end for start, end in facts):
            stated += _tokens(part.words.text[label_of(part.words.text, found.language)[1] :])
    for section in everything:
        for text in section.texts.values():
            stated -= _tokens(plain(text))
    for one in (found, *found.other):
        stated -= _tokens(" ".join([one.title, *(left.text for left in one.left_out)]))
    return stated


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name)
def test_words_that_state_no_fact_stand_in_a_text(path: Path) -> None:
    outline = read_document(path.read_bytes(), path.name)
    assert _without_place(outline, recognise(outline, path.name[:2])) == Counter()


@needs_seeds
def test_words_of_shared_policies_that_state_no_fact_stand_in_a_text() -> None:
    paths = [*sorted((SHARED / "policies").rglob("*.md"))[::10], *sorted((SHARED / "seeds").glob("*.txt"))]
    for path in paths:
        outline = read_document(path.read_bytes(), path.name)
        other = "sv" if path.suffix == ".txt" else "en"
        language = next((code for code in LANGUAGES if f"/{code}/" in str(path)), other)
        assert _without_place(outline, recognise(outline, language)) == Counter(), path


# --- The traps ---


def test_two_periods_in_one_sentence_are_offered() -> None:
    found = import_of("Lagring\n\nVi sparar uppgifter inte längre än 36 månader, dock sju år för fakturor.\n", "sv")
    assert facts_of(found) == set()
    assert offers_of(found) >= {("duration", "P36M"), ("duration", "P7Y")}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Utlämnande\n\nVi lämnar inte ut uppgifter till tredje part utan ditt medgivande.\n", "sv"),
        ("Sharing your data\n\nWe do not share your data with third parties without your consent.\n", "en"),
        ("Weitergabe\n\nWir geben Ihre Daten ohne Ihre Einwilligung nicht an Dritte weiter.\n", "de"),
    ],
)
def test_a_promise_with_an_exception_is_no_fact(text: str, language: str) -> None:
    assert not {fact for fact in facts_of(import_of(text, language)) if fact[0] == "commitment"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Automated decisions\n\nWe do not make automated decisions without human review.\n", "en"),
        ("Automatiserade beslut\n\nDu har rätt att inte bli föremål för automatiserade beslut.\n", "sv"),
        ("Use of AI\n\nWe do not use your data to train AI models unless you opt in.\n", "en"),
        ("Överföring\n\nVi överför inte uppgifter utanför EU utan ditt samtycke.\n", "sv"),
        ("Complaints\n\nContact our complaints team; we are not the ICO.\n", "en"),
        ("Controller\n\nA controller is a company that decides why data are used.\n", "en"),
        (
            "Partners\n\nWe may use services of third parties including, but not limited to, Example Ltd.\n",
            "en",
        ),
        ("Transfers\n\nThe GDPR requires that data transferred out of the EU are protected.\n", "en"),
    ],
)
def test_what_is_bounded_or_of_others_is_no_fact(text: str, language: str) -> None:
    assert facts_of(import_of(text, language)) == set()


def test_an_old_name_of_an_authority_is_its_country() -> None:
    found = import_of("Klagomål\n\nDu kan klaga hos Datainspektionen.\n", "sv")
    assert ("complaint", "authority", "SE") in facts_of(found)
    assert "Datainspektionen" in found.proposals[0].texts["explanation"]


def test_what_may_be_abroad_is_no_transfer() -> None:
    found = import_of("Överföring\n\nVåra leverantörer kan, men måste inte, finnas i USA.\n", "sv")
    assert facts_of(found) == set()


@pytest.mark.parametrize(
    ("cell", "code", "name"),
    [
        ("Ireland", "IE", "Molnet AB"),
        ("United States", "US", "Molnet AB"),
        ("New Zealand", "NZ", "Molnet AB"),
        ("Germany (Frankfurt)", "DE", "Molnet AB – Germany (Frankfurt)"),
    ],
)
def test_a_country_s_name_alone_in_a_cell_is_said_by_the_fact(cell: str, code: str, name: str) -> None:
    """However many words it has; what the cell says beside it stays, and is no condition: "only if: Frankfurt"."""
    rows = f"| Provider | Purpose | Location |\n|---|---|---|\n| Molnet AB | Hosting | {cell} |\n"
    found = import_of(f"# Policy\n\n## Sub-processors\n\n{rows}", "en", marked=True)
    (recipient,) = (one for one in walk(found.proposals) if one.kind == "recipient")
    assert [(fact.field, fact.value) for fact in recipient.facts] == [("country", code)]
    assert recipient.texts == {"category": name, "purpose": "Hosting"}


def test_using_a_site_is_no_consent() -> None:
    found = import_of("Genom att använda sidan godkänner du vår policy.\n", "sv")
    assert facts_of(found) == offers_of(found) == set()


def test_free_once_a_year_is_not_free() -> None:
    found = import_of("Dina rättigheter\n\nDu kan kostnadsfritt en gång per år begära ett registerutdrag.\n", "sv")
    assert ("rights", "free", True) not in facts_of(found)
    assert ("right", "right", "access") in facts_of(found)


def test_an_address_names_no_country() -> None:
    found = import_of("Kontakt\n\nLaxå Fiske Ab\nHamngatan 1\n00990 Björkstrand\n", "sv")
    assert ("controller", "address", "Hamngatan 1\n00990 Björkstrand") in facts_of(found)
    assert not {fact for fact in facts_of(found) if fact[1] == "country"}


def test_a_glued_item_is_an_item() -> None:
    source = "Vi behandlar uppgifter för följande ändamål:\n– För att avhjälpa fel.- För att skicka fakturor.\n"
    outline = read_plain(source)
    assert [part.words.text for part in outline.parts if part.kind == "item"] == [
        "För att avhjälpa fel.",
        "För att skicka fakturor.",
    ]


def test_a_lost_line_break_is_not_guessed() -> None:
    outline = read_plain("Vi samlar in följande uppgifter\n\nförnamn efternamn\n\nadress\n")
    assert [part.words.text for part in outline.parts if part.kind == "item"] == ["förnamn efternamn", "adress"]


def test_a_masked_address_is_no_address() -> None:
    found = import_of("Kontakt\n\nExempel AB\nStorgatan 1\n111 22 Staden\nE-post: [email protected]\n", "sv")
    assert not {fact for fact in facts_of(found) if fact[1] == "email"}


def test_that_people_may_be_told_of_changes_stays_text() -> None:
    found = import_of("Ändringar\n\nVi kan meddela dig om ändringar via e-post.\n", "sv")
    assert [section.kind for section in found.proposals] == ["text"]


def test_a_heading_alone_decides_nothing() -> None:
    found = import_of("Cookies\n\nPå onsdagar bakar vi bröd.\n", "sv")
    assert [section.kind for section in found.proposals] == ["text"]


# --- Words, languages, JSON ---


def _concepts(language: str) -> dict[str, set[str]]:
    text = (WORDS / f"{language}.txt").read_text(encoding="utf-8")
    return {section: {name for name, words in concepts.items() if words} for section, concepts in read(text).items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_lacks_a_concept(language: str) -> None:
    assert _concepts(language) == _concepts("sv")


def test_the_part_in_another_language_is_offered_as_translation() -> None:
    path = next(path for path in POLICIES if path.stem == "sv-en")
    found = import_of(path.read_text(encoding="utf-8"), "sv")
    assert [one.language for one in (found, *found.other)] == ["sv", "en"]
    assert [one.kind for one in found.proposals] == [one.kind for one in found.other[0].proposals]


def test_a_language_without_words_stays_text() -> None:
    found = import_of("Cookies\n\nNous utilisons des cookies.\n", "fr")
    assert [section.kind for section in found.proposals] == ["text"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Uppgifter raderas när du fyllt 18 år."),
        ("fi", "Tiedot poistetaan, kun olet täyttänyt 18 vuotta."),
        ("nb", "Opplysningene slettes når du har fylt 18 år."),
        ("da", "Oplysningerne slettes, når du er fyldt 18 år."),
        ("de", "Die Daten werden gelöscht, wenn Sie 18 Jahre alt sind."),
        ("en", "The data is erased when you are 18 years old."),
    ],
)
def test_an_age_is_no_period(language: str, text: str) -> None:
    assert "P18Y" not in json.dumps(as_json(import_of(f"{text}\n", language)))


def test_an_import_as_json() -> None:
    source = "Hur länge sparas uppgifterna?\n\nUppgifter raderas efter två år.\n"
    value = json.loads(json.dumps(as_json(import_of(source, "sv"))))
    (section,) = value["sections"]
    assert set(value) == {"title", "language", "sections", "left_out", "warnings", "words"}
    assert set(section) == {
        "kind", "heading", "text", "facts", "suggestions", "children", "confidence", "reason", "span"
    }  # fmt: skip
    assert section["span"] == [0, len(source) - 1]
    (child,) = section["children"]
    assert [fact["value"] for fact in child["facts"]] == ["P2Y"]
    start, end = child["facts"][0]["span"]
    assert source[start:end] == "två år"
    assert child["text"] == "Uppgifter raderas efter två år."


# --- Whether people must give their data, and how often a right may be used ---


@pytest.mark.parametrize(
    ("language", "words", "code"),
    [
        ("sv", "Att lämna dina uppgifter är ett lagstadgat krav.", "statutory"),
        ("sv", "Du är inte skyldig att lämna uppgifterna.", "voluntary"),
        ("sv", "Vi lämnar uppgifter till myndigheten, vilket är ett lagstadgat krav.", ""),
        ("en", "Providing your name is necessary to enter into the contract.", "precondition"),
        ("en", "We provide data to the police where required by law.", ""),
        ("fi", "Tietojen antaminen on sopimukseen perustuva vaatimus.", "contractual"),
        ("nb", "Det er frivillig å oppgi e-postadressen.", "voluntary"),
        ("da", "Det er nødvendigt for at indgå aftalen, at du oplyser dit navn.", "precondition"),
        ("de", "Die Bereitstellung der Daten ist gesetzlich vorgeschrieben.", "statutory"),
        ("de", "Die Bereitstellung ist weder gesetzlich noch vertraglich vorgeschrieben.", ""),
    ],
)
def test_whether_data_must_be_given_is_offered_and_a_fact_of_a_purpose(language: str, words: str, code: str) -> None:
    offered = {value for field, value in offers_of(import_of(f"A\n\n{words}\n", language)) if field == "provision"}
    assert offered == ({code} if code else set())


def test_a_purpose_says_whether_its_data_must_be_given() -> None:
    source = "## Avtal\n\nÄndamål: Leverera.\n\nRättslig grund: Avtal. Du är inte skyldig att lämna uppgifterna.\n"
    assert ("purpose", "provision", "voluntary") in facts_of(import_of(source, "sv", marked=True))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", "Du har rätt att begära registerutdrag en gång per år."),
        ("en", "You have the right to access your data once a year."),
        ("fi", "Sinulla on oikeus tarkastaa tietosi kerran vuodessa."),
        ("nb", "Du har rett til innsyn én gang i året."),
        ("da", "Du har ret til indsigt én gang om året."),
        ("de", "Sie haben das Recht auf Auskunft einmal im Jahr."),
    ],
)
def test_how_often_a_right_may_be_used_is_a_fact_unless_it_is_only_free_so_often(language: str, words: str) -> None:
    heading = {
        "sv": "Dina rättigheter",
        "en": "Your rights",
        "fi": "Oikeutesi",
        "nb": "Rettigheter",
        "da": "Dine rettigheder",
    }
    free = {"sv": "gratis", "en": "free of charge", "fi": "maksutta", "nb": "gratis", "da": "gratis", "de": "kostenlos"}
    above = heading.get(language, "Ihre Rechte")
    found = import_of(f"{above}\n\n{words}\n", language)
    assert ("right", "frequency", "P1Y") in facts_of(found)
    found = import_of(f"{above}\n\n{words[:-1]} {free[language]}.\n", language)
    assert ("right", "frequency", "P1Y") not in facts_of(found)
    assert ("frequency", "P1Y") in offers_of(found)


@pytest.mark.parametrize(
    ("heading", "columns", "cells"),
    [
        ("Purposes", ("Purpose", "Legal basis"), ("To send orders", "Contract (Article 6(1)(b))")),
        ("Recipients", ("Recipient", "Country"), ("Carriers", "Norway")),
        ("How long data are kept", ("Data", "Period"), ("Orders", "2 years")),
        ("Cookies", ("Cookie", "Purpose", "Lifetime"), ("basket", "Remembers the basket", "1 day")),
        ("Definitions", ("Term", "Meaning"), ("Order", "What is bought at once")),
    ],
)
def test_a_note_across_a_table_is_no_row_of_it(heading: str, columns: tuple[str, ...], cells: tuple[str, ...]) -> None:
    def rows(note: str) -> list[tuple[str, int]]:
        lines = [("th", columns), ("td", cells)]
        table = "".join(f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in row)}</tr>" for tag, row in lines)
        html = f"<html><body><h1>Privacy policy</h1><h2>{heading}</h2><table>{table}{note}</table></body></html>"
        found = recognise(read_document(html.encode(), "a.html"), "en").proposals
        assert not note or "the year" in found[0].texts["introduction"]
        return [(one.kind, len(one.children)) for one in found]

    note = f"<tr><td colspan='{len(columns)}'>Periods are counted from the end of the year.</td></tr>"
    assert rows(note) == rows("") != [("table", 2)]


@pytest.mark.parametrize("names", [("Svenska", "English"), ("Swedish", "English")])
def test_names_of_languages_above_columns_are_no_words_of_the_policy(names: tuple[str, str]) -> None:
    rows = [
        ("Integritetspolicy", "Privacy policy"),
        (
            "Vi sparar ditt namn och din adress för att kunna leverera det som du har beställt av oss.",
            "We keep your name and your address so that we can deliver what you have ordered from us.",
        ),
        (
            "Du har rätt att få veta vad vi har sparat om dig och att få det rättat när det är fel.",
            "You have the right to know what we keep about you and to have it corrected when it is wrong.",
        ),
    ]
    cells = "".join(f"<tr><td>{mine}</td><td>{theirs}</td></tr>" for mine, theirs in [names, *rows])
    found = recognise(read_document(f"<html><body><table>{cells}</table></body></html>".encode(), "a.html"), "sv")
    assert [(one.title, [left.text for left in one.left_out]) for one in (found, *found.other)] == [
        ("Integritetspolicy", [names[0]]),
        ("Privacy policy", [names[1]]),
    ]
