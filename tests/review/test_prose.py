"""A policy that is text alone: complete in six languages, and each sentence that is taken from it is missed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.review.complete import LANGUAGES, T
from wagtail_privacy.imports.plain_text import read_text
from wagtail_privacy.review.all_findings import review
from wagtail_privacy.review.law import law, proposed_profile

SENTENCES = {
    "title": T(
        "# Så hanterar vi personuppgifter",
        "# How we handle personal data",
        "# Näin käsittelemme henkilötietoja",
        "# Slik behandler vi personopplysninger",
        "# Sådan behandler vi personoplysninger",
        "# So gehen wir mit personenbezogenen Daten um",
    ),
    "controller": T(
        "Personuppgiftsansvarig är Garnboden.",
        "The controller is Garnboden.",
        "Rekisterinpitäjä on Garnboden.",
        "Behandlingsansvarlig er Garnboden.",
        "Dataansvarlig er Garnboden.",
        "Verantwortlicher ist Garnboden.",
    ),
    "contact": T(
        "Skriv till garn@garnboden.example.",
        "Write to garn@garnboden.example.",
        "Kirjoita osoitteeseen garn@garnboden.example.",
        "Skriv til garn@garnboden.example.",
        "Skriv til garn@garnboden.example.",
        "Schreiben Sie an garn@garnboden.example.",
    ),
    "heading of purposes": T(
        "## Vad vi gör", "## What we do", "## Mitä teemme", "## Hva vi gjør", "## Hvad vi gør", "## Was wir tun"
    ),
    "selling": T(
        "Vi använder ditt namn och din adress för att leverera det du har köpt.",
        "We use your name and address to deliver what you have bought.",
        "Käytämme nimeäsi ja osoitettasi ostosten toimittamiseen.",
        "Vi bruker navnet og adressen din for å levere det du har kjøpt.",
        "Vi bruger dit navn og din adresse til at levere det, du har købt.",
        "Wir verwenden Ihren Namen und Ihre Anschrift, um Ihnen Ihren Einkauf zu liefern.",
    ),
    "basis": T(
        "Den rättsliga grunden är avtalet med dig och, för reklam, ditt samtycke.",
        "The legal basis is the contract with you and, for advertising, your consent.",
        "Oikeusperuste on sopimus kanssasi ja mainonnassa suostumuksesi.",
        "Det rettslige grunnlaget er avtalen med deg og, for reklame, samtykket ditt.",
        "Retsgrundlaget er aftalen med dig og, for reklame, dit samtykke.",
        "Rechtsgrundlage ist der Vertrag mit Ihnen und, für Werbung, Ihre Einwilligung.",
    ),
    "provision": T(
        "Om du inte lämnar din adress kan vi inte skicka något.",
        "If you do not give us your address, we cannot send anything.",
        "Jos et anna osoitettasi, emme voi lähettää mitään.",
        "Hvis du ikke gir oss adressen din, kan vi ikke sende noe.",
        "Hvis du ikke giver os din adresse, kan vi ikke sende noget.",
        "Wenn Sie Ihre Anschrift nicht angeben, können wir nichts senden.",
    ),
    "heading of recipients": T("## Andra", "## Others", "## Muut", "## Andre", "## Andre", "## Andere"),
    "recipients": T(
        "Fraktbolaget Budkaveln får din adress, och driften sköts av leverantören Molnberga.",
        "The carrier Budkaveln is given your address, and the service provider Molnberga runs our server.",
        "Luovutamme osoitteesi kuljetusliike Budkavelnille.",
        "Vi deler adressen din med transportøren Budkaveln.",
        "Vi deler din adresse med transportøren Budkaveln.",
        "Wir geben Ihre Anschrift an den Spediteur Budkaveln weiter.",
    ),
    "transfer": T(
        "Uppgifterna förs över till Japan, som har en adekvat skyddsnivå.",
        "The data are transferred to Japan, which has an adequacy decision.",
        "Tiedot siirretään Japaniin, jota koskee riittävyyspäätös.",
        "Opplysningene overføres til Japan, som har et tilstrekkelig beskyttelsesnivå.",
        "Oplysningerne overføres til Japan, som har et tilstrækkeligt beskyttelsesniveau.",
        "Die Daten werden nach Japan übermittelt, für das ein Angemessenheitsbeschluss gilt.",
    ),
    "heading of time": T(
        "## Hur länge", "## For how long", "## Kuinka kauan", "## Hvor lenge", "## Hvor længe", "## Wie lange"
    ),
    "retention": T(
        "Vi sparar uppgifterna i tre år efter köpet.",
        "We keep the data for three years after the purchase.",
        "Säilytämme tietoja kolme vuotta ostosta.",
        "Vi lagrer opplysningene i tre år etter kjøpet.",
        "Vi gemmer oplysningerne i tre år efter købet.",
        "Wir speichern die Daten drei Jahre nach dem Kauf.",
    ),
    "heading of rights": T(
        "## Dina rättigheter",
        "## Your rights",
        "## Oikeutesi",
        "## Rettighetene dine",
        "## Dine rettigheder",
        "## Ihre Rechte",
    ),
    "access": T(
        "Du kan få veta vilka uppgifter vi har om dig.",
        "You can ask for a copy of the data that we have about you.",
        "Voit saada pääsyn tietoihisi.",
        "Du kan be om innsyn i hva vi har om deg.",
        "Du kan bede om indsigt i, hvad vi har om dig.",
        "Sie können Auskunft über Ihre Daten verlangen.",
    ),
    "rectification": T(
        "Är något fel har du rätt till rättelse.",
        "If something is wrong, you can have it corrected.",
        "Jos jokin on väärin, voit pyytää oikaisua.",
        "Hvis noe er feil, kan du få det rettet.",
        "Hvis noget er forkert, kan du få det rettet.",
        "Ist etwas falsch, können Sie die Berichtigung verlangen.",
    ),
    "erasure": T(
        "Du har rätt att få dina uppgifter raderade.",
        "You have the right to have your data erased.",
        "Sinulla on oikeus saada tietosi poistetuiksi.",
        "Du har rett til å få opplysningene dine slettet.",
        "Du har ret til at få dine oplysninger slettet.",
        "Sie haben das Recht, dass Ihre Daten gelöscht werden.",
    ),
    "restriction": T(
        "Du kan begära att vi begränsar behandlingen.",
        "You can ask us to restrict the processing.",
        "Voit pyytää käsittelyn rajoittamista.",
        "Du kan be oss om å begrense behandlingen.",
        "Du kan bede os om at begrænse behandlingen.",
        "Sie können verlangen, dass wir die Verarbeitung einschränken.",
    ),
    "portability": T(
        "Du har rätt till dataportabilitet.",
        "You have the right to data portability.",
        "Sinulla on oikeus siirtää tiedot järjestelmästä toiseen.",
        "Du har rett til dataportabilitet.",
        "Du har ret til dataportabilitet.",
        "Sie haben das Recht auf Datenübertragbarkeit.",
    ),
    "objection": T(
        "Du kan alltid invända mot direktmarknadsföring och annan behandling.",
        "You can always object to direct marketing, and to other processing.",
        "Voit aina vastustaa suoramarkkinointia ja muuta käsittelyä.",
        "Du kan alltid protestere mot direkte markedsføring og annen behandling.",
        "Du kan altid gøre indsigelse mod direkte markedsføring og anden behandling.",
        "Sie können der Direktwerbung und anderer Verarbeitung jederzeit widersprechen.",
    ),
    "withdrawal": T(
        "Ditt samtycke kan du återkalla när du vill.",
        "You can withdraw your consent whenever you like.",
        "Voit peruuttaa suostumuksesi milloin tahansa.",
        "Du kan trekke tilbake samtykket når du vil.",
        "Du kan trække dit samtykke tilbage, når du vil.",
        "Ihre Einwilligung können Sie jederzeit widerrufen.",
    ),
    "complaint": T(
        "Är du missnöjd kan du klaga hos tillsynsmyndigheten, Integritetsskyddsmyndigheten.",
        "If you are not content, you can complain to the supervisory authority, the Data Protection Commission.",
        "Jos olet tyytymätön, voit valittaa tietosuojavaltuutetulle.",
        "Er du misfornøyd, kan du klage til Datatilsynet.",
        "Er du utilfreds, kan du klage til Datatilsynet.",
        "Sind Sie unzufrieden, können Sie sich beim Landesbeauftragten für den Datenschutz beschweren.",
    ),
}
#: What is found when a sentence is taken away.
MISSED = {
    "controller": ["controller.missing"],
    "contact": ["controller.contact"],
    "basis": ["basis.missing"],
    "provision": ["provision.missing"],
    "retention": ["retention.missing"],
    "access": ["rights.missing"],
    "rectification": ["rights.missing"],
    "erasure": ["rights.missing"],
    "restriction": ["rights.missing"],
    "portability": ["rights.missing"],
    "objection": ["rights.missing"],
    "withdrawal": ["rights.withdraw"],
    "complaint": ["complaint.missing"],
}


def rules(language: str, *left_out: str) -> list[str]:
    text = "\n\n".join(words[language] for name, words in SENTENCES.items() if name not in left_out)
    findings = review(read_text(text, language), law(proposed_profile("", language)), date(2026, 11, 26))
    return [finding.rule for finding in findings]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_complete_text_has_no_findings(language: str) -> None:
    assert rules(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MISSED)
def test_each_sentence_that_is_left_out_is_missed(name: str, language: str) -> None:
    assert [rule for rule in rules(language, name) if rule != "rights.route"] == MISSED[name]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "words",
    [
        T(
            "Om du vill kan du berätta vad du stickar.",
            "If you wish, you can tell us what you knit.",
            "Jos haluat, voit kertoa, mitä neulot.",
            "Hvis du vil, kan du fortelle hva du strikker.",
            "Hvis du vil, kan du fortælle, hvad du strikker.",
            "Wenn Sie möchten, können Sie uns sagen, was Sie stricken.",
        ),
        T(
            "Du behöver inte skapa ett konto för att handla.",
            "You do not need to create an account to buy.",
            "Sinun ei tarvitse luoda tiliä ostaaksesi.",
            "Du trenger ikke å opprette en konto for å handle.",
            "Du behøver ikke at oprette en konto for at handle.",
            "Sie müssen kein Konto anlegen, um einzukaufen.",
        ),
    ],
)
def test_what_is_left_to_people_is_said_to_be(words: T, language: str) -> None:
    """Art. 13(2)(e): it is said that they need not give it."""
    text = "\n\n".join(said[language] for name, said in SENTENCES.items() if name != "provision")
    policy = read_text(f"{text}\n\n{words[language]}", language)
    findings = review(policy, law(proposed_profile("", language)), date(2026, 11, 26))
    assert "provision.missing" not in {finding.rule for finding in findings}


#: Another, written by another hand: everything that a café must say, in running text.
CAFE = {
    "sv": """# Integritetspolicy för Kafé Linden

Kafé Linden AB (org.nr 559900-1234) är personuppgiftsansvarig. Mejla oss på hej@kafelinden.se.

## Vad vi samlar in
Vi samlar in namn, telefonnummer och e-postadress när du bokar bord. Vi gör det för att kunna ta emot din bokning, med
stöd av avtalet mellan oss. Om du inte vill lämna dina uppgifter kan du inte boka på nätet.

## Nyhetsbrev
Har du samtyckt skickar vi nyhetsbrev. Du kan när som helst ta tillbaka ditt samtycke genom länken i brevet.

## Mottagare
Bokningssystemet drivs av vår leverantör Bordet AB, som är personuppgiftsbiträde.

## Lagring
Bokningar sparas i sex månader. Din e-postadress för nyhetsbrev tas bort när du avslutar prenumerationen.

## Dina rättigheter
Du har rätt till tillgång, rättelse, radering, begränsning av behandlingen och dataportabilitet samt att invända mot
direktmarknadsföring. Kontakta oss om du vill använda dem.

Du kan klaga hos Integritetsskyddsmyndigheten (IMY).
""",
    "en": """# Privacy notice

Linden Café Ltd, 4 Quay Street, Cork, is the data controller. You can email us at hello@lindencafe.ie.

We use your name and phone number to handle your booking. The legal basis is the performance of a contract. If you do
not provide them, we cannot take your booking.

With your consent we send you a newsletter. You can unsubscribe and withdraw your consent at any time.

Our booking system is run by Tables Ltd, a processor.

Bookings are kept for six months. Newsletter addresses are kept until you unsubscribe.

You have the right of access to your data, and the rights to rectification, erasure, restriction of processing and
data portability. You also have the right to object to direct marketing.

You may lodge a complaint with the Data Protection Commission.
""",
    "de": """# Datenschutzerklärung

Verantwortlicher ist die Café Linde GmbH, Kanalstraße 4, 10115 Berlin, hallo@cafelinde.de.

Wir verarbeiten Ihren Namen und Ihre Telefonnummer, um Ihre Reservierung zu bearbeiten (Art. 6 Abs. 1 lit. b DSGVO).
Ohne diese Angaben ist eine Reservierung nicht möglich.

Mit Ihrer Einwilligung senden wir Ihnen einen Newsletter. Sie können die Einwilligung jederzeit widerrufen.

Unser Reservierungssystem betreibt die Tische GmbH als Auftragsverarbeiter.

Reservierungen speichern wir sechs Monate, die Adresse für den Newsletter bis zum Widerruf.

Sie haben das Recht auf Auskunft, Berichtigung, Löschung, Einschränkung der Verarbeitung und Datenübertragbarkeit. Der
Verwendung Ihrer Daten für Direktwerbung können Sie jederzeit widersprechen.

Sie können sich bei der Berliner Beauftragten für Datenschutz beschweren.
""",
    "fi": """# Tietosuojaseloste

Rekisterinpitäjä on Kahvila Lehmus Oy, Rantakatu 4, 20100 Turku, puh. 02 123 4567.

Käsittelemme nimeäsi ja puhelinnumeroasi pöytävarauksen tekemiseksi. Käsittelyn oikeusperuste on sopimus. Jos et anna
tietoja, emme voi ottaa varausta.

Lähetämme uutiskirjeen, jos olet antanut siihen suostumuksen. Suostumuksen voi peruuttaa milloin tahansa.

Varausjärjestelmän ylläpitää palveluntarjoajamme Pöytä Oy.

Varaukset säilytetään kuusi kuukautta, uutiskirjeen osoite kunnes peruutat tilauksen.

Sinulla on oikeus saada pääsy tietoihisi, oikaista ne, poistaa ne, rajoittaa käsittelyä ja siirtää tiedot
järjestelmästä toiseen sekä vastustaa suoramarkkinointia.

Voit tehdä valituksen tietosuojavaltuutetulle.
""",
    "nb": """# Personvernerklæring

Kafé Lind AS, Kaia 4, 0150 Oslo, er behandlingsansvarlig. Kontakt oss på hei@kafelind.no.

Vi behandler navn og telefonnummer for å ta imot bestillingen din. Rettslig grunnlag er avtale. Hvis du ikke oppgir
dem, kan du ikke bestille bord.

Har du samtykket, sender vi nyhetsbrev. Du kan når som helst trekke tilbake samtykket.

Bestillingssystemet drives av databehandleren Bord AS.

Bestillinger lagres i seks måneder. Adressen til nyhetsbrevet slettes når du melder deg av.

Du har rett til innsyn, retting, sletting, begrensning av behandlingen og dataportabilitet, og du kan protestere mot
direkte markedsføring.

Du kan klage til Datatilsynet.
""",
    "da": """# Privatlivspolitik

Café Lind ApS, Havnegade 4, 1058 København, er dataansvarlig. Skriv til hej@cafelind.dk.

Vi behandler dit navn og telefonnummer for at modtage din bestilling. Retsgrundlaget er vores aftale. Hvis du ikke
oplyser dem, kan du ikke bestille bord.

Har du givet samtykke, sender vi nyhedsbreve. Du kan altid trække dit samtykke tilbage.

Bestillingssystemet drives af vores databehandler Bord ApS.

Bestillinger gemmes i seks måneder. Adressen til nyhedsbrevet slettes, når du afmelder dig.

Du har ret til indsigt, berigtigelse, sletning, begrænsning af behandlingen og dataportabilitet, og du kan gøre
indsigelse mod direkte markedsføring.

Du kan klage til Datatilsynet.
""",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_small_policy_that_says_all_has_no_findings(language: str) -> None:
    findings = review(read_text(CAFE[language], language), law(proposed_profile("", language)), date(2026, 11, 26))
    assert [(finding.rule, finding.spot.quote) for finding in findings] == []


#: What is wrong in one more sentence, and the rules that say so.
WRONG: dict[str, tuple[dict[str, str], set[str]]] = {
    "an officer without an address": (
        {
            "sv": "Vi har utsett ett dataskyddsombud.",
            "en": "We have appointed a data protection officer.",
            "fi": "Olemme nimittäneet tietosuojavastaavan.",
            "nb": "Vi har utpekt et personvernombud.",
            "da": "Vi har udpeget en databeskyttelsesrådgiver.",
            "de": "Wir haben einen Datenschutzbeauftragten benannt.",
        },
        {"dpo.contact"},
    ),
    "suppliers somewhere outside": (
        {
            "sv": "Vissa av våra leverantörer finns utanför EU/EES.",
            "en": "Some of our suppliers are located outside the EU/EEA.",
            "fi": "Osa toimittajistamme on EU:n ja ETA:n ulkopuolella.",
            "nb": "Noen av leverandørene våre er utenfor EU/EØS.",
            "da": "Nogle af vores leverandører er uden for EU/EØS.",
            "de": "Einige unserer Dienstleister sitzen außerhalb der EU.",
        },
        {"transfer.mechanism", "transfer.country"},
    ),
    "a number without a ground": (
        {
            "sv": "Vi behandlar även ditt personnummer.",
            "en": "We also process your national identity number.",
            "fi": "Käsittelemme myös henkilötunnustasi.",
            "nb": "Vi behandler også fødselsnummeret ditt.",
            "da": "Vi behandler også dit CPR-nummer.",
            "de": "Wir verarbeiten auch Ihre Steuer-Identifikationsnummer.",
        },
        {"national_id.ground"},
    ),
    "a period that is none": (
        {
            "sv": "Loggar sparas så länge som det behövs för ändamålet.",
            "en": "Logs are retained for as long as needed for the purpose.",
            "fi": "Lokeja säilytetään niin kauan kuin tarkoitus sitä edellyttää.",
            "nb": "Logger oppbevares så lenge formålet krever det.",
            "da": "Logfiler opbevares, så længe formålet kræver det.",
            "de": "Protokolle werden so lange gespeichert, wie der Zweck es erfordert.",
        },
        {"retention.empty"},
    ),
    "a country without a safeguard": (
        {
            "sv": "Vi överför uppgifter till USA.",
            "en": "We transfer data to the United States.",
            "fi": "Siirrämme tietoja Yhdysvaltoihin.",
            "nb": "Vi overfører opplysninger til USA.",
            "da": "Vi overfører oplysninger til USA.",
            "de": "Wir übermitteln Daten in die USA.",
        },
        {"transfer.mechanism"},
    ),
    "clauses without a copy": (
        {
            "sv": "Vi överför uppgifter till Indien med stöd av standardavtalsklausuler.",
            "en": "We transfer data to India under standard contractual clauses.",
            "fi": "Siirrämme tietoja Intiaan vakiosopimuslausekkeiden perusteella.",
            "nb": "Vi overfører opplysninger til India på grunnlag av standardavtalevilkår.",
            "da": "Vi overfører oplysninger til Indien på grundlag af standardkontraktbestemmelser.",
            "de": "Wir übermitteln Daten nach Indien auf Grundlage von Standardvertragsklauseln.",
        },
        {"transfer.copy"},
    ),
    "another country without a safeguard": (
        {
            "sv": "Vi överför uppgifter till Indien.",
            "en": "We transfer data to India.",
            "fi": "Siirrämme tietoja Intiaan.",
            "nb": "Vi overfører opplysninger til India.",
            "da": "Vi overfører oplysninger til Indien.",
            "de": "Wir übermitteln Daten nach Indien.",
        },
        {"transfer.mechanism"},
    ),
    "consent by use": (
        {
            "sv": "Genom att besöka vår webbplats samtycker du till att vi använder kakor.",
            "en": "By using this website, you consent to our use of cookies.",
            "fi": "Käyttämällä tätä sivustoa hyväksyt evästeiden käytön.",
            "nb": "Ved å bruke dette nettstedet samtykker du til bruk av informasjonskapsler.",
            "da": "Ved at bruge dette websted accepterer du brugen af cookies.",
            "de": "Durch die Nutzung dieser Website stimmen Sie der Verwendung von Cookies zu.",
        },
        {"consent.deemed"},
    ),
    "decisions without their logic": (
        {
            "sv": "Vi fattar automatiserade beslut om kredit.",
            "en": "We make automated decisions about credit.",
            "fi": "Teemme automatisoituja luottopäätöksiä.",
            "nb": "Vi treffer automatiserte avgjørelser om kreditt.",
            "da": "Vi træffer automatiske afgørelser om kredit.",
            "de": "Wir treffen automatisierte Entscheidungen über Kredite.",
        },
        {"decisions.explained"},
    ),
    "an interest that is not named": (
        {
            "sv": "Vi loggar trafiken med stöd av vårt berättigade intresse.",
            "en": "We log traffic on the basis of our legitimate interests.",
            "nb": "Vi logger trafikken på grunnlag av vår berettigede interesse.",
            "da": "Vi logger trafikken på grundlag af vores legitime interesse.",
            "de": "Wir protokollieren den Verkehr auf Grundlage unseres berechtigten Interesses.",
        },
        {"basis.interest"},
    ),
    "sensitive data without a condition": (
        {
            "sv": "Vi behandlar uppgifter om allergier.",
            "en": "We process data about allergies.",
            "fi": "Käsittelemme tietoja allergioista.",
            "nb": "Vi behandler opplysninger om allergier.",
            "da": "Vi behandler oplysninger om allergier.",
            "de": "Wir verarbeiten Daten über Allergien.",
        },
        {"special.condition"},
    ),
    "partners without a name": (
        {
            "sv": "Uppgifterna delas med utvalda partners.",
            "en": "The data are shared with selected partners.",
            "fi": "Tietoja luovutetaan valituille kumppaneille.",
            "nb": "Opplysningene deles med utvalgte partnere.",
            "da": "Oplysningerne deles med udvalgte partnere.",
            "de": "Die Daten werden an ausgewählte Partner weitergegeben.",
        },
        {"recipients.vague"},
    ),
}


@pytest.mark.parametrize(
    ("what", "language"), [(what, language) for what, (texts, _rules) in WRONG.items() for language in texts]
)
def test_one_wrong_sentence_is_found_and_nothing_else(what: str, language: str) -> None:
    texts, expected = WRONG[what]
    policy = read_text(f"{CAFE[language]}\n## +\n\n{texts[language]}", language)
    findings = review(policy, law(proposed_profile("", language)), date(2026, 11, 26))
    assert {finding.rule for finding in findings} == expected
