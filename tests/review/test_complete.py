"""A complete policy has no finding; each thing taken from it or wrong in it gives just its own, in six languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import reduce

import pytest

from tests.review.complete import LANGUAGES, T, changed, complete, reworded, with_child, with_text, without
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.review.all_findings import review
from wagtail_privacy.review.finding import Finding
from wagtail_privacy.review.law import law, proposed_profile

DAY = date(2026, 11, 26)
Mutation = Callable[[Snapshot], Snapshot]


def found(policy: Snapshot, day: date = DAY) -> tuple[Finding, ...]:
    country = next((str(s.facts.get("country", "")) for s in policy.walk() if s.kind == "controller"), "")
    return review(policy, law(proposed_profile(country, policy.language)), day)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_complete_policy_has_no_findings(language: str) -> None:
    assert [(f.rule, f.spot, f.message) for f in found(complete(language))] == []


_BAKERY = {"name": "Skogsbacka Bageri AB", "email": "fraga@skogsbacka.example", "country": "SE"}
#: What is done to the policy, and the rule and the section of the only finding.
MISSING: dict[str, tuple[Mutation, str, str]] = {
    "controller": (lambda p: without(p, "controller", "name"), "controller.missing", "controller"),
    "contact": (lambda p: without(p, "controller", "email", "address"), "controller.contact", "controller"),
    "arrangement": (lambda p: changed(p, "controller", role="joint"), "controller.arrangement", "controller"),
    "representative": (lambda p: changed(p, "controller", country="JP"), "representative.missing", "controller"),
    "address of the officer": (lambda p: without(p, "dpo", "email"), "dpo.contact", "dpo"),
    "legal basis": (lambda p: without(p, "accounts-basis"), "basis.missing", "accounts"),
    "interest": (lambda p: without(p, "safety-basis", "interest"), "basis.interest", "safety-basis"),
    "statute": (lambda p: without(p, "accounts-basis", "statute"), "basis.statute", "accounts-basis"),
    "which basis for what": (
        lambda p: with_child(p, "safety", Section("legal_basis", "second", {"basis": "art6_1_b"})),
        "basis.several",
        "safety",
    ),
    "condition": (lambda p: without(p, "diets-condition"), "special.condition", "diets-data"),
    "law behind the condition": (
        lambda p: changed(p, "diets-condition", condition="art9_2_h"),
        "special.statute",
        "diets-condition",
    ),
    "law about offences": (lambda p: changed(p, "letter-data", criminal=True), "criminal.statute", "letter-data"),
    "ground for the number": (
        lambda p: changed(p, "selling-data", national_id=True),
        "national_id.ground",
        "selling-data",
    ),
    "consequence": (lambda p: without(p, "selling", "consequence"), "provision.consequence", "selling"),
    "whether data must be given": (
        lambda p: without(without(p, "selling", "provision", "consequence"), "letter", "provision"),
        "provision.missing",
        "",
    ),
    "public source": (
        lambda p: without(p, "address-register", "publicly_accessible"),
        "source.public",
        "address-register",
    ),
    "recipients": (lambda p: without(p, "recipients"), "recipients.missing", ""),
    "country": (lambda p: without(p, "us", "country"), "transfer.country", "us"),
    "mechanism": (lambda p: without(p, "us", "mechanism"), "transfer.mechanism", "us"),
    "transfer": (lambda p: without(p, "transfers"), "transfer.recipient", "hosting"),
    "copy": (lambda p: without(p, "us", "copy_how"), "transfer.copy", "us"),
    "adequacy": (
        lambda p: changed(changed(p, "us", country="IN", mechanism="art45_adequacy"), "hosting", country="IN"),
        "transfer.adequacy",
        "us",
    ),
    "period": (lambda p: without(p, "selling-kept"), "retention.missing", "selling"),
    "start": (lambda p: without(p, "safety-kept", "starts"), "retention.start", "safety-kept"),
    **{
        f"right: {code}": (lambda p, code=code: without(p, f"right-{code}"), "rights.missing", "rights")  # type: ignore[misc]
        for code in ("access", "rectification", "erasure", "restriction", "portability")
    },
    "right: objection": (lambda p: without(p, "right-objection"), "rights.missing", "rights"),
    "withdrawal": (lambda p: without(p, "right-withdraw_consent"), "rights.withdraw", "rights"),
    "objection to marketing": (lambda p: without(p, "right-objection", "explanation"), "rights.marketing", "letter"),
    "time to answer": (lambda p: changed(p, "rights", response_time="P2M"), "rights.time", "rights"),
    "complaint": (lambda p: without(p, "complaint"), "complaint.missing", ""),
    "authority": (lambda p: without(p, "complaint", "authority"), "complaint.authority", "complaint"),
    "logic": (lambda p: without(p, "decisions", "logic"), "decisions.explained", "decisions"),
    "ground of decisions": (lambda p: without(p, "decisions", "ground"), "decisions.ground", "decisions"),
    "consent to cookies": (lambda p: without(p, "cookies", "introduction"), "cookie.consent", "counter"),
    "life of the cookie": (lambda p: without(p, "counter", "lifetime", "duration"), "cookie.incomplete", "counter"),
    "age": (lambda p: changed(p, "children", age_limit=10), "children.age", "children"),
    "promise to stay": (
        lambda p: with_child(p, "rights", Section("commitment", "stay", {"commitment": "no_transfer"})),
        "conflict.transfer",
        "stay",
    ),
    "two periods": (
        lambda p: with_child(
            p, "selling", Section("retention", "again", {"duration": "P5Y"}, dict(p.by_id["selling-kept"].texts))
        ),
        "conflict.period",
        "selling-kept",
    ),
    "which of two bases for marketing": (
        lambda p: with_child(
            p, "letter", Section("legal_basis", "second", {"basis": "art6_1_f"}, dict(p.by_id["safety-basis"].texts))
        ),
        "basis.marketing",
        "letter",
    ),
    "who is certified": (
        lambda p: without(without(changed(p, "us", mechanism="art45_adequacy"), "us", "recipient"), "hosting"),
        "transfer.certified",
        "us",
    ),
    "two controllers": (
        lambda p: replace(p, sections=(*p.sections, Section("controller", "bakery", _BAKERY))),
        "conflict.controllers",
        "bakery",
    ),
    "a right that no basis gives": (
        lambda p: reduce(
            without, ("selling", "letter", "diets", "cookies"), changed(p, "safety", provision="voluntary")
        ),
        "rights.surplus",
        "right-portability",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MISSING)
def test_each_missing_thing_gives_exactly_its_finding(name: str, language: str) -> None:
    mutation, rule, section = MISSING[name]
    findings = found(mutation(complete(language)))
    assert [(f.rule, f.spot.section) for f in findings] == [(rule, section)]


#: A sentence that is wrong, and its rule.
WRITTEN: dict[str, tuple[T, str]] = {
    "deemed consent": (
        T(
            "Genom att använda webbplatsen samtycker du till policyn.",
            "By using the website you agree to this policy.",
            "Käyttämällä sivustoa hyväksyt tämän selosteen.",
            "Ved å bruke nettstedet godtar du erklæringen.",
            "Ved at bruge hjemmesiden accepterer du politikken.",
            "Mit der Nutzung der Website sind Sie mit dieser Erklärung einverstanden.",
        ),
        "consent.deemed",
    ),
    "check back": (
        T(
            "Läs gärna denna policy då och då.",
            "Please check this page from time to time.",
            "Tarkista tämä sivu säännöllisesti.",
            "Les gjerne denne siden med jevne mellomrom.",
            "Læs gerne denne side med jævne mellemrum.",
            "Lesen Sie diese Seite bitte regelmäßig.",
        ),
        "change.check_back",
    ),
    "once a year": (
        T(
            "Du får gratis ett registerutdrag en gång per år.",
            "You can get a copy of your data free of charge once a year.",
            "Saat jäljennöksen tiedoistasi maksutta kerran vuodessa.",
            "Du kan få innsyn i opplysningene gratis en gang i året.",
            "Du kan få indsigt i dine oplysninger gratis en gang om året.",
            "Sie erhalten einmal im Jahr kostenlos Auskunft über Ihre Daten.",
        ),
        "rights.limit",
    ),
    "empty period": (
        T(
            "Vi sparar uppgifterna så länge det är nödvändigt.",
            "We keep the data for as long as necessary.",
            "Säilytämme tietoja niin kauan kuin se on tarpeen.",
            "Vi lagrer opplysningene så lenge det er nødvendig.",
            "Vi opbevarer oplysningerne, så længe det er nødvendigt.",
            "Wir speichern die Daten, solange es erforderlich ist.",
        ),
        "retention.empty",
    ),
    "placeholder": (T(*["Lorem ipsum dolor sit amet."] * 6), "text.placeholder"),
    "absolute": (
        T(
            "Dina uppgifter är helt säkra hos oss.",
            "Your data are completely secure with us.",
            "Tietosi ovat täysin turvassa meillä.",
            "Opplysningene dine er helt trygge hos oss.",
            "Dine oplysninger er helt sikre hos os.",
            "Ihre Daten sind bei uns absolut sicher.",
        ),
        "text.absolute",
    ),
    "dead transfer basis": (
        T(
            "Överföringen vilar på Privacy Shield.",
            "The transfer rests on the Privacy Shield.",
            "Siirto perustuu Privacy Shield -järjestelyyn.",
            "Overføringen bygger på Privacy Shield.",
            "Overførslen bygger på Privacy Shield.",
            "Die Übermittlung beruht auf dem Privacy Shield.",
        ),
        "transfer.invalid",
    ),
    "vague": (
        T(
            "Vi kan komma att dela dina uppgifter med andra.",
            "We may share your data with others.",
            "Saatamme luovuttaa tietojasi muille.",
            "Vi kan komme til å dele opplysningene dine med andre.",
            "Vi kan komme til at dele dine oplysninger med andre.",
            "Wir geben Ihre Daten möglicherweise an andere weiter.",
        ),
        "text.vague",
    ),
    "anonymous": (
        T(
            "Vi ser din IP-adress, men du är anonym.",
            "We see your IP address, but you remain anonymous.",
            "Näemme IP-osoitteesi, mutta olet anonyymi: kävijä on anonyymi.",
            "Vi ser IP-adressen din, men besøkeren er anonym.",
            "Vi ser din IP-adresse, men den besøgende er anonym.",
            "Wir sehen Ihre IP-Adresse, aber der Besucher ist anonym.",
        ),
        "text.anonymous",
    ),
    "promise to stay in the EU": (
        T(
            "Dina uppgifter lämnar aldrig EU.",
            "Your data never leave the EU.",
            "Emme siirrä tietojasi koskaan EU:n ulkopuolelle.",
            "Vi overfører aldri opplysningene dine utenfor EU.",
            "Vi overfører aldrig dine oplysninger uden for EU.",
            "Wir übermitteln Ihre Daten nie außerhalb der EU.",
        ),
        "conflict.transfer",
    ),
    "fee": (
        T(
            "För rätten till registerutdrag tar vi ut en avgift på 200 kronor.",
            "For a request for access we charge a fee of 20 euros.",
            "Oikeudesta saada jäljennös perimme 20 euron maksun.",
            "For retten til innsyn tar vi et gebyr på 200 kroner.",
            "For retten til indsigt tager vi et gebyr på 200 kroner.",
            "Für das Recht auf Auskunft erheben wir eine Gebühr von 20 Euro.",
        ),
        "conflict.fee",
    ),
    "right denied": (
        T(
            "Radering kan inte ske när behandlingen grundas på berättigat intresse.",
            "Erasure is not possible where we rely on legitimate interests.",
            "Tietojen poistaminen ei ole mahdollista, kun käsittely perustuu oikeutettuun etuun.",
            "Sletting er ikke mulig å få når behandlingen bygger på berettigede interesser.",
            "Sletning kan ikke ske, når behandlingen bygger på legitime interesser.",
            "Löschung ist nicht möglich, wenn die Verarbeitung auf berechtigten Interessen beruht.",
        ),
        "conflict.right",
    ),
    "no decisions": (
        T(
            "Vi fattar inga automatiserade beslut.",
            "We make no automated decisions.",
            "Emme tee automaattisia päätöksiä.",
            "Vi tar ingen automatiserte avgjørelser.",
            "Vi træffer ingen automatiske afgørelser.",
            "Wir treffen keine automatisierten Entscheidungen.",
        ),
        "conflict.promise",
    ),
    "no cookies": (
        T(
            "Vi använder inga kakor.",
            "We use no cookies.",
            "Emme käytä evästeitä.",
            "Vi bruker ingen informasjonskapsler.",
            "Vi bruger ingen cookies.",
            "Wir verwenden keine Cookies.",
        ),
        "conflict.promise",
    ),
    "no recipients": (
        T(
            "Vi delar aldrig dina uppgifter med tredje part.",
            "We never share your data with third parties.",
            "Emme koskaan luovuta tietojasi kolmansille osapuolille.",
            "Vi deler aldri opplysningene dine med tredjeparter.",
            "Vi deler aldrig dine oplysninger med tredjeparter.",
            "Wir geben Ihre Daten nie an Dritte weiter.",
        ),
        "conflict.promise",
    ),
    "broken reference": (
        T(
            "Läs mer under rubriken ”Leverera din beställning hem”.",
            "Read more in the section “Delivering your orders”.",
            "Lue lisää kohdassa ”Tilauksen toimittaminen”.",
            "Les mer under overskriften «Levere bestillinger din».",
            "Læs mere under overskriften »Levere dine bestillinger«.",
            "Mehr dazu im Abschnitt „Ihre Bestellungen liefern“.",
        ),
        "conflict.reference",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WRITTEN)
def test_each_wrong_sentence_gives_exactly_its_finding(name: str, language: str) -> None:
    words, rule = WRITTEN[name]
    findings = found(with_text(complete(language), words[language]))
    assert [(f.rule, "more" in (f.spot.section, f.other.section if f.other else "")) for f in findings] == [
        (rule, True)
    ]
    assert all(f.message for f in findings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_criterion_is_no_period(language: str) -> None:
    words = T(
        "<p>Så länge som det behövs för ändamålet.</p>",
        "<p>No longer than is needed for the purpose.</p>",
        "<p>Niin kauan kuin se on tarpeen tarkoituksen kannalta.</p>",
        "<p>Så lenge det er nødvendig for formålet.</p>",
        "<p>Så længe det er nødvendigt for formålet.</p>",
        "<p>Solange es für den Zweck erforderlich ist.</p>",
    )
    (only,) = found(reworded(complete(language), "letter-kept", criteria=words[language]))
    assert (only.rule, only.spot.section, only.spot.field) == ("retention.empty", "letter-kept", "criteria")
    assert only.spot.quote in words[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_that_may_be_any_purpose_is_vague(language: str) -> None:
    title = T(
        "Övriga ändamål", "Other purposes", "Muut tarkoitukset", "Andre formål", "Andre formål", "Sonstige Zwecke"
    )
    (only,) = found(reworded(complete(language), "safety", title=title[language]))
    assert (only.rule, only.spot.section, only.spot.field) == ("purpose.vague", "safety", "title")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fee_for_every_request_is_a_finding(language: str) -> None:
    cost = T(
        "<p>Ett utdrag kostar 100 kronor.</p>",
        "<p>A copy costs 10 euros.</p>",
        "<p>Jäljennös maksaa 10 euroa.</p>",
        "<p>En kopi koster 100 kroner.</p>",
        "<p>En kopi koster 100 kroner.</p>",
        "<p>Eine Kopie kostet 10 Euro.</p>",
    )
    policy = reworded(without(complete(language), "rights", "free"), "rights", cost=cost[language])
    assert [(f.rule, f.spot.section, f.spot.field) for f in found(policy)] == [("rights.fee", "rights", "cost")]


def test_a_policy_without_processing_lacks_purposes() -> None:
    policy = Snapshot("en", "Garnboden", (Section("text", "hello", {}, {"body": "<p>Welcome to our shop.</p>"}),))
    assert "purpose.missing" in {f.rule for f in found(policy)}


def test_which_data_it_is_must_be_said_of_data_from_elsewhere() -> None:
    purpose = Section("purpose", "sending", {}, {"title": "Sending parcels"})
    source = Section("source", "register", {"publicly_accessible": "yes"}, {"name": "A register"})
    rules = [
        {f.rule for f in found(Snapshot("en", "Garnboden", sections))} for sections in ((purpose,), (purpose, source))
    ]
    assert [{"data.unnamed", "data.missing"} & each for each in rules] == [{"data.unnamed"}, {"data.missing"}]


def test_what_concerns_children_is_easy_to_read() -> None:
    """By LIX: forty words a sentence, half of them long."""
    hard = "Personuppgiftsbehandlingen förutsätter vårdnadshavares uttryckliga godkännande och omfattar samtliga " * 5
    description = f"<p>{hard}deltagaruppgifter.</p>" * 3
    policy = reworded(changed(complete("sv"), "safety", concerns_children=True), "safety", description=description)
    assert "children.language" in {f.rule for f in found(policy)}


def test_settings_of_the_browser_are_no_consent() -> None:
    words = "You can refuse cookies: change your browser settings."
    policy = Snapshot("en", "Garnboden", (Section("text", "cookies", {}, {"body": f"<p>{words}</p>"}),))
    assert "cookie.browser" in {f.rule for f in found(policy)}
