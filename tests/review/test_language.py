"""The language check: what it finds, and what only looks like it."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.review import language, outdated
from wagtail_privacy.review.all_findings import review
from wagtail_privacy.review.contents import Contents
from wagtail_privacy.review.finding import Finding
from wagtail_privacy.review.law import law

DAY = date(2026, 11, 26)
CHECKS = (*outdated.CHECKS, *language.CHECKS)


def found(language: str, words: str, *, day: date = DAY, code: str = "EU", heading: str = "") -> list[str]:
    """The rules of the language check that ``words`` break."""
    texts = {"heading": heading, "body": f"<p>{words}</p>"}
    snapshot = Snapshot(language, "Policy", (Section("text", "text", {}, texts),))
    contents = Contents(snapshot, law(code), day)
    return [finding.rule for check in CHECKS for finding in check(contents)]


FOUND = [
    ("sv", "SE", "Du kan klaga hos Datainspektionen.", "authority.renamed"),
    ("sv", "SE", "Se Datainspektionens webbplats.", "authority.renamed"),
    ("en", "EU", "You may complain to the Data Protection Commissioner.", "authority.renamed"),
    ("sv", "SE", "Vi följer personuppgiftslagen (1998:204).", "law.repealed"),
    ("sv", "SE", "Vi följer PUL.", "law.repealed"),
    ("sv", "SE", "Kakor regleras i lagen (2003:389) om elektronisk kommunikation.", "law.repealed"),
    ("fi", "FI", "Noudatamme henkilötietolakia.", "law.repealed"),
    ("da", "DK", "Vi følger persondataloven.", "law.repealed"),
    ("nb", "NO", "Vi følger personopplysningsloven av 2000.", "law.repealed"),
    ("nb", "NO", "Informasjonskapsler reguleres av ekomloven § 2-7b.", "law.repealed"),
    ("de", "DE", "Wir beachten das TMG.", "law.repealed"),
    ("de", "DE", "Rechtsgrundlage ist § 25 TTDSG.", "law.repealed"),
    ("en", "EU", "Data are sent to the USA under the Privacy Shield.", "transfer.invalid"),
    ("en", "EU", "We rely on Safe Harbor.", "transfer.invalid"),
    ("sv", "SE", "Överföringen bygger på modellklausuler.", "transfer.invalid"),
    ("en", "EU", "Contact us at [email protected] for more.", "text.placeholder"),
    ("en", "EU", "Write to privacy@example.com for more.", "text.placeholder"),
    ("en", "EU", "[Company name] is responsible.", "text.placeholder"),
    ("sv", "SE", "Kontakta oss på {{ epost }} om du undrar.", "text.placeholder"),
    ("en", "EU", "By continuing to use this site you accept our policy.", "consent.deemed"),
    ("sv", "SE", "Om du fortsätter att använda sajten godkänner du policyn.", "consent.deemed"),
    ("en", "EU", "You accept our cookies by your browser settings.", "consent.deemed"),
    ("en", "EU", "If your browser accepts cookies, you consent to our use of them.", "consent.deemed"),
    ("sv", "SE", "Du accepterar våra kakor genom inställningarna i din webbläsare.", "consent.deemed"),
    ("sv", "SE", "Om din webbläsare tillåter kakor samtycker du till att vi använder dem.", "consent.deemed"),
    ("da", "DK", "Du accepterer vores cookies gennem dine browserindstillinger.", "consent.deemed"),
    ("nb", "NO", "Du godtar informasjonskapslene våre gjennom nettleserinnstillingene.", "consent.deemed"),
    ("de", "DE", "Sie akzeptieren unsere Cookies durch Ihre Browsereinstellungen.", "consent.deemed"),
    ("fi", "FI", "Hyväksyt evästeemme selaimesi asetuksilla.", "consent.deemed"),
    ("en", "EU", "By providing your email address, you consent to our sharing it with partners.", "consent.deemed"),
    ("en", "EU", "By providing your email address, you agree to this policy.", "consent.deemed"),
    ("sv", "SE", "När du ger oss din e-postadress samtycker du till att vi delar den med andra.", "consent.deemed"),
    ("sv", "SE", "Vi uppmanar dig att regelbundet läsa den här sidan.", "change.check_back"),
    ("en", "EU", "Under no circumstances will your data be lost.", "text.absolute"),
    ("sv", "SE", "Vi lämnar under inga omständigheter ut dina uppgifter.", "text.absolute"),
    ("sv", "SE", "Vi kan komma att samla in uppgifter om dig.", "text.vague"),
    ("en", "EU", "We might sell your data.", "text.vague"),
    ("sv", "SE", "Din personliga information är säker.", "text.term"),
    ("sv", "SE", "Den som köper utdrag från Bisnode får se det.", "text.defunct"),
    (
        "sv",
        "SE",
        "We use your data to send you what you have bought, and we keep it for as long as the law says that we must.",
        "text.language",
    ),
    (
        "sv",
        "SE",
        "Du får ett gratis registerutdrag högst en gång per kalenderår, och du måste ange skäl.",
        "rights.limit",
    ),
]


@pytest.mark.parametrize(("language", "code", "words", "rule"), FOUND)
def test_what_is_found(language: str, code: str, words: str, rule: str) -> None:
    assert rule in found(language, words, code=code)


INNOCENT = [
    # The limit is the finding, not the everyday word for a lawful right.
    ("sv", "SE", "Du har rätt att få ett registerutdrag kostnadsfritt."),
    ("sv", "SE", "En gång per år raderar vi gamla loggar."),
    ("en", "EU", "We review our suppliers once a year."),
    # Åland's authority has that name today; so has a sentence that tells of the change.
    ("sv", "FI", "På Åland kan du klaga hos Datainspektionen."),
    ("sv", "SE", "Klaga hos Integritetsskyddsmyndigheten (tidigare Datainspektionen)."),
    ("no", "NO", "Du kan klage til Datatilsynet."),
    ("no", "NO", "Informasjonskapsler reguleres av ekomloven § 3-15."),
    ("da", "DK", "Du kan klage til Datatilsynet."),
    # What people may do, what depends on them, and examples leave nothing open.
    ("en", "EU", "You may ask us to erase your data."),
    ("en", "EU", "You might want to share this with your family."),
    ("sv", "SE", "Du kan eventuellt invända mot behandlingen."),
    ("en", "EU", "If you ask us to, we may share your data with your doctor."),
    ("sv", "SE", "Vi sparar till exempel ditt namn."),
    # A promise that can be kept, and one that is not made.
    ("en", "EU", "We never sell your data."),
    ("en", "EU", "No system is completely secure."),
    ("en", "EU", "We cannot guarantee that transmission is 100 % secure."),
    ("sv", "SE", "Ingen webbplats är helt säker."),
    ("en", "EU", "We do not rely on the Privacy Shield."),
    ("en", "EU", "The Privacy Shield was struck down in 2020."),
    ("en", "EU", "Using the site does not mean that you agree to anything."),
    ("sv", "SE", "Skolan har en puls, och PULS är ett system."),
    ("en", "EU", "The example is on the company’s page."),
    # What is no personal data has no other name in the law.
    ("sv", "SE", "Resten är icke-personlig information."),
    ("nb", "NO", "Resten er ikke-personlig informasjon."),
    ("da", "DK", "Resten er ikke personlige oplysninger."),
    ("de", "DE", "Der Rest sind nicht-persönliche Daten."),
    ("fi", "FI", "Loput ovat muita kuin henkilökohtaisia tietoja."),
    # Who gives an address to be written to has done an act of their own (recital 32).
    ("en", "EU", "By giving us your e-mail address you agree to receive our letter about knitting."),
    ("en", "EU", "By providing your email address, you consent to receive our newsletter."),
    ("fi", "FI", "Antamalla sähköpostiosoitteesi suostut vastaanottamaan uutiskirjeemme."),
    ("sv", "SE", "När du ger oss din e-postadress samtycker du till att få vårt nyhetsbrev."),
    ("nb", "NO", "Når du gir oss e-postadressen din, samtykker du til å motta nyhetsbrevet vårt."),
    ("da", "DK", "Når du giver os din e-mailadresse, samtykker du til at modtage vores nyhedsbrev."),
]


@pytest.mark.parametrize(("language", "code", "words"), INNOCENT)
def test_what_only_looks_like_it(language: str, code: str, words: str) -> None:
    assert found(language, words, code=code) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "In your browser settings you choose which cookies you accept."),
        ("en", "You can have your browser accept no cookies."),
        ("sv", "I din webbläsare väljer du vilka kakor du accepterar."),
        ("da", "I din browser vælger du, hvilke cookies du accepterer."),
        ("nb", "I nettleseren velger du hvilke informasjonskapsler du godtar."),
        ("de", "In Ihren Browsereinstellungen wählen Sie, welche Cookies Sie akzeptieren."),
        ("fi", "Selaimesi asetuksissa valitset, mitkä evästeet hyväksyt."),
    ],
)
def test_what_a_browser_can_do_is_not_called_consent(language: str, words: str) -> None:
    assert "consent.deemed" not in found(language, words)


def test_a_basis_is_dead_from_its_day() -> None:
    words = "Data are sent to the USA under the Privacy Shield."
    assert found("en", words, day=date(2020, 7, 15)) == []
    assert found("en", words, day=date(2020, 7, 16)) == ["transfer.invalid"]


@pytest.mark.parametrize(
    ("code", "words", "message"),
    [
        (
            "EU",
            "Data are sent to the USA under the Privacy Shield.",
            "Privacy Shield has carried no transfer since 16 July 2020: see C-311/18. Say what carries it today.",
        ),
        (
            "SE",
            "Vi följer PUL.",
            "personuppgiftslagen (1998:204) was repealed on 25 May 2018. Today: dataskyddsförordningen.",
        ),
    ],
)
def test_the_day_that_is_said_is_the_first_without_it(code: str, words: str, message: str) -> None:
    """And a judgment is why a basis is dead, not what has come in its place."""
    snapshot = Snapshot("sv" if code == "SE" else "en", "Policy", (Section("text", "text", {}, {"body": words}),))
    with override("en"):
        said = [finding.message for check in CHECKS for finding in check(Contents(snapshot, law(code), DAY))]
    assert said == [message]


def test_a_framework_does_not_carry_before_its_day() -> None:
    words = "Data are sent to the USA under the Data Privacy Framework."
    assert found("en", words, day=date(2023, 7, 9)) == ["transfer.early"]
    assert found("en", words, day=date(2023, 7, 10)) == []
    snapshot = Snapshot("en", "Policy", (Section("text", "text", {}, {"body": words}),))
    with override("en"):
        said = [one.message for one in outdated.dead_transfer_bases(Contents(snapshot, law("EU"), date(2023, 7, 9)))]
    assert said == ["Data Privacy Framework carries no transfer before 10 July 2023. Say what carries it until then."]


def test_an_authority_is_renamed_from_its_day() -> None:
    words = "Du kan klaga hos Datainspektionen."
    assert found("sv", words, code="SE", day=date(2020, 12, 31)) == []
    assert found("sv", words, code="SE", day=date(2021, 1, 1)) == ["authority.renamed"]


def test_history_may_name_what_was() -> None:
    words = "2018: Datainspektionen och PUL ersatte Privacy Shield och modellklausuler."
    assert found("sv", words, code="SE", heading="Ändringshistorik") == []


def test_a_link_to_the_former_authority_is_found() -> None:
    facts = {"choice": "other", "url": "https://www.datainspektionen.se/klaga/"}
    snapshot = Snapshot("sv", "Policy", (Section("choice", "choice", facts),))
    findings = [f for f in review(snapshot, law("SE"), DAY) if f.rule == "authority.renamed"]
    assert [(f.spot.section, f.spot.field) for f in findings] == [("choice", "url")]


def test_placeholders_stand_in_facts_too() -> None:
    snapshot = Snapshot("en", "Policy", (Section("controller", "us", {"email": "me@example.org"}),))
    findings: list[Finding] = [f for f in review(snapshot, law(), DAY) if f.rule == "text.placeholder"]
    assert [(f.spot.section, f.spot.field, f.spot.quote) for f in findings] == [("us", "email", "example.org")]


def test_a_language_without_wordings_is_said_to_be_unread() -> None:
    snapshot = Snapshot("fr", "Politique", (Section("text", "t", {}, {"body": "<p>Nous vendons vos données.</p>"}),))
    assert [(f.rule, f.severity) for f in review(snapshot, law(), DAY)] == [("text.unread", "info")]
