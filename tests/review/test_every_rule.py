"""Each rule that the other tables leave out, as one thing that is wrong in a complete policy, in six languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.review.complete import LANGUAGES, T, complete, reworded, with_child, with_text, without
from tests.review.test_complete import MISSING, WRITTEN, found
from tests.review.test_parties_in_prose import ASKED
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.review.all_findings import review
from wagtail_privacy.review.law import law, proposed_profile

DAY = date(2026, 11, 26)

_ENGLISH = "Here is the story of the shop and of the people that make it what it is, and that you meet in it."
_SWEDISH = "Här är berättelsen om butiken och om dem som gör den till vad den är, och som du möter för det mesta där."
#: What is said beside all the rest, by the rule that it breaks.
SAID: dict[str, T] = {
    "authority.renamed": T(
        "Du kan klaga hos Data Protection Commissioner.",
        "You may complain to the Data Protection Commissioner.",
        "Voit valittaa: Data Protection Commissioner.",
        "Du kan klage til Data Protection Commissioner.",
        "Du kan klage til Data Protection Commissioner.",
        "Sie können sich bei Data Protection Commissioner beschweren.",
    ),
    "law.repealed": T(
        "Vi följer direktivet 95/46/EG.",
        "We follow directive 95/46/EC.",
        "Noudatamme direktiiviä 95/46/EY.",
        "Vi følger direktivet 95/46/EF.",
        "Vi følger direktivet 95/46/EF.",
        "Wir befolgen die Richtlinie 95/46/EG.",
    ),
    "text.defunct": T(
        "Siffrorna kommer från Universal Analytics.",
        "The figures come from Universal Analytics.",
        "Luvut ovat peräisin: Universal Analytics.",
        "Tallene kommer fra Universal Analytics.",
        "Tallene kommer fra Universal Analytics.",
        "Die Zahlen stammen von Universal Analytics.",
    ),
    "recipients.merger": T(
        "Vid en fusion delar vi dina uppgifter.",
        "In a merger we share your data.",
        "Fuusiossa luovutamme tietosi.",
        "Ved en fusjon deler vi opplysningene dine.",
        "Ved en fusion deler vi dine oplysninger.",
        "Bei einer Fusion geben wir Ihre Daten weiter.",
    ),
    "rights.renamed": T(
        "Du har rätt till radering och utplåning.",
        "You have the right to erasure and to the blocking of your data.",
        "Sinulla on oikeus tietojen poistamiseen ja tietojen sulkemiseen.",
        "Du har rett til sletting og sperring av opplysningene.",
        "Du har ret til sletning og blokering af oplysningerne.",
        "Sie haben das Recht auf Löschung und Sperrung Ihrer Daten.",
    ),
    "conflict.count": T(
        "Här nedan räknar vi upp fem skäl för garn. Här nedan räknar vi upp fyra skäl för garn.",
        "Here below we list our five reasons for yarn. Here below we list our four reasons for yarn.",
        "Tässä alla me luettelemme sinulle viisi syytä neuloa. Tässä alla me luettelemme sinulle neljä syytä neuloa.",
        "Her nedenfor regner vi opp fem grunner for garn. Her nedenfor regner vi opp fire grunner for garn.",
        "Her nedenfor regner vi op fem grunde for garn. Her nedenfor regner vi op fire grunde for garn.",
        "Hier unten nennen wir Ihnen fünf Gründe für Garn. Hier unten nennen wir Ihnen vier Gründe für Garn.",
    ),
    "conflict.training": T(
        "Vi tränar aldrig AI på dina uppgifter. Vi tränar vår AI på dina uppgifter.",
        "We never train AI on your data. We train our AI on your data.",
        "Emme kouluta tekoälyä tiedoillasi. Koulutamme tekoälyämme tiedoillasi.",
        "Vi trener aldri KI på opplysningene dine. Vi trener vår KI på opplysningene dine.",
        "Vi træner aldrig AI på dine oplysninger. Vi træner vores AI på dine oplysninger.",
        "Wir trainieren nie KI mit Ihren Daten. Wir trainieren unsere KI mit Ihren Daten.",
    ),
    "text.language": T(_ENGLISH, _SWEDISH, _ENGLISH, _ENGLISH, _ENGLISH, _ENGLISH),
    "text.stale": T(
        "Senast uppdaterad den 6 maj 2024.",
        "Last updated on 6 May 2024.",
        "Päivitetty viimeksi 6. toukokuuta 2024.",
        "Sist oppdatert 6. mai 2024.",
        "Senest opdateret den 6. maj 2024.",
        "Zuletzt aktualisiert am 6. Mai 2024.",
    ),
    "text.long": T(
        "Här är vi" + " och vi ler" * 14 + ".",
        "Here we are" + " and we smile" * 14 + ".",
        "Tässä ollaan" + " ja siinä hymyillään" * 14 + ".",
        "Her er vi" + " og vi smiler" * 14 + ".",
        "Her er vi" + " og vi smiler" * 14 + ".",
        "Hier sind wir" + " und wir lächeln" * 14 + ".",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", SAID)
def test_what_is_said_gives_exactly_its_finding(rule: str, language: str) -> None:
    findings = found(with_text(complete(language), SAID[rule][language]))
    assert [(f.rule, f.spot.section) for f in findings] == [(rule, "more")]


#: English has no such list of its own: the law's word is the everyday one.
TERMS = {
    "sv": "Här finns lite personlig information.",
    "fi": "Tässä on henkilökohtaisia tietoja.",
    "nb": "Her er litt personlig informasjon.",
    "da": "Her er nogle personlige oplysninger.",
    "de": "Hier stehen persönliche Daten.",
}


@pytest.mark.parametrize("language", TERMS)
def test_a_word_that_is_not_the_laws(language: str) -> None:
    findings = found(with_text(complete(language), TERMS[language]))
    assert [(f.rule, f.spot.section) for f in findings] == [("text.term", "more")]


def _vague(policy: Snapshot) -> Snapshot:
    partners = T(
        "Utvalda partners",
        "Selected partners",
        "Valitut kumppanit",
        "Utvalgte partnere",
        "Udvalgte partnere",
        "Ausgewählte Partner",
    )
    row = Section("recipient", "vague", {"role": "processor"}, {"category": partners[policy.language]})
    return with_child(policy, "recipients", row)


def _unreached(policy: Snapshot) -> Snapshot:
    """Without an address, and without a word that asks people to write."""
    policy = without(without(without(policy, "rights", "how"), "controller", "email"), "dpo")
    return reworded(policy, "us", copy_how="<p>Nystgatan 4</p>")


def _headed(policy: Snapshot) -> Snapshot:
    heading = "Kakor och dina rättigheter" if policy.language == "en" else "Cookies and your rights"
    return with_child(policy, "rights", Section("text", "more", {}, {"heading": heading}))


def _hard(policy: Snapshot) -> Snapshot:
    words = T(
        "Verksamhetsplaneringen kompletterar kvalitetssäkringen, dokumentationsrutinerna, utvecklingsarbetet.",
        "Institutional considerations necessitate organisational interoperability, methodological sophistication.",
        "Toimintasuunnitelma täydentää laadunvarmistusta, dokumentointikäytäntöjä, kehittämistyötä.",
        "Virksomhetsplanleggingen kompletterer kvalitetssikringen, dokumentasjonsrutinene, utviklingsarbeidet.",
        "Virksomhedsplanlægningen kompletterer kvalitetssikringen, dokumentationsrutinerne, udviklingsarbejdet.",
        "Unternehmensplanungen komplettieren Qualitätssicherungen, Dokumentationsverfahren, Entwicklungsarbeiten.",
    )
    return with_text(policy, " ".join([words[policy.language]] * 80))


#: What is done to the policy, by the rule that it breaks, and the section of the only finding.
DONE: dict[str, tuple[Callable[[Snapshot], Snapshot], str]] = {
    "recipients.vague": (_vague, "vague"),
    "rights.route": (_unreached, "rights"),
    "text.heading_language": (_headed, "more"),
    "text.hard": (_hard, ""),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", DONE)
def test_what_is_done_gives_exactly_its_finding(rule: str, language: str) -> None:
    mutation, section = DONE[rule]
    assert [(f.rule, f.spot.section) for f in found(mutation(complete(language)))] == [(rule, section)]


#: What a small text says, by the rule that misses something in it, or finds something.
ALONE: dict[str, T] = {
    "purpose.missing": T(
        "Välkommen till vår butik.",
        "Welcome to our shop.",
        "Tervetuloa kauppaamme.",
        "Velkommen til butikken vår.",
        "Velkommen til vores butik.",
        "Willkommen in unserem Laden.",
    ),
    "cookie.browser": T(
        "Du kan säga nej till kakor genom att ändra inställningarna i din webbläsare.",
        "You can refuse cookies: change your browser settings.",
        "Voit kieltää evästeet selaimesi asetuksista.",
        "Du kan si nei til informasjonskapsler i innstillingene i nettleseren.",
        "Du kan sige nej til cookies i indstillingerne i din browser.",
        "Sie können Cookies in Ihren Browsereinstellungen ablehnen.",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", ALONE)
def test_what_a_small_text_lacks(rule: str, language: str) -> None:
    assert rule in {f.rule for f in found(with_text(Snapshot(language, "Garnboden", ()), ALONE[rule][language]))}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", ["data.unnamed", "data.missing"])
def test_which_data_it_is_must_be_said(rule: str, language: str) -> None:
    titles = T("Frakt", "Freight", "Rahti", "Frakt", "Fragt", "Fracht")
    purpose = Section("purpose", "sending", {}, {"title": titles[language]})
    source = Section("source", "register", {"publicly_accessible": "yes"}, {"name": "Garnboden"})
    sections = (purpose, source) if rule == "data.missing" else (purpose,)
    rules = {f.rule for f in found(Snapshot(language, "Garnboden", sections))}
    assert rules & {"data.unnamed", "data.missing"} == {rule}


PROMISED = T(
    "Datumet för senaste ändringen står längst upp.",
    "The date of the last change stands at the top of the page.",
    "Viimeisen muutoksen päivämäärä on sivun yläreunassa.",
    "Datoen for siste endring står øverst.",
    "Datoen for den seneste ændring står øverst.",
    "Das Datum der letzten Änderung steht oben.",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", ["text.undated", "text.date_promised"])
def test_a_text_that_is_shown_without_its_day(rule: str, language: str) -> None:
    policy = complete(language)
    policy = policy if rule == "text.undated" else with_text(policy, PROMISED[language])
    country = next(str(s.facts["country"]) for s in policy.walk() if s.kind == "controller")
    findings = review(policy, law(proposed_profile(country, language)), DAY, shows_day=False)
    assert [f.rule for f in findings] == [rule]


FRAMEWORK = T(
    "Överföringen vilar på Data Privacy Framework.",
    "The transfer rests on the Data Privacy Framework.",
    "Siirto perustuu Data Privacy Framework -järjestelyyn.",
    "Overføringen bygger på Data Privacy Framework.",
    "Overførslen bygger på Data Privacy Framework.",
    "Die Übermittlung beruht auf dem Data Privacy Framework.",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("day", "said"), [(date(2023, 7, 9), {"transfer.early"}), (date(2023, 7, 10), set())])
def test_what_carries_transfers_from_a_day_on_does_not_before(language: str, day: date, said: set[str]) -> None:
    policy = with_text(Snapshot(language, "Garnboden", ()), FRAMEWORK[language])
    rules = {finding.rule for finding in review(policy, law(), day)}
    assert rules & {"transfer.early", "transfer.invalid"} == said


#: Tried elsewhere in each language that they are about: between two languages, by a measure of three, in none.
ELSEWHERE = frozenset(
    {"translation.facts", "translation.statement", "translation.words", "translation.behind"}
    | {"children.language", "text.unread", "text.term"}
    | {"retention.empty", "purpose.vague", "rights.fee", "text.undated", "text.date_promised"}
    | {"data.unnamed", "data.missing", "transfer.early"}
)


def test_no_rule_is_left_out() -> None:
    tried = {rule for _mutation, rule, _section in MISSING.values()} | {rule for _words, rule in WRITTEN.values()}
    tried |= {*ASKED, *SAID, *DONE, *ALONE, *ELSEWHERE}
    assert tried == set(law().requirements)
