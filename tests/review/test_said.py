"""What counts as said, in whatever words; and what sounds like it."""

from __future__ import annotations

from datetime import date

import pytest

from wagtail_privacy.imports.plain_text import read_text
from wagtail_privacy.review.bases import states_bases
from wagtail_privacy.review.checklist.retention import is_empty, states_time
from wagtail_privacy.review.checklist.rights import is_stated
from wagtail_privacy.review.contents import Contents
from wagtail_privacy.review.law import law

Sentences = dict[str, list[str]]


def contents(text: str, language: str) -> Contents:
    return Contents(read_text(text, language), law(), date(2026, 11, 26))


def each(table: dict[str, Sentences]) -> list[tuple[str, str, str]]:
    return [(what, code, text) for what, by in table.items() for code, texts in by.items() for text in texts]


RIGHTS: dict[str, Sentences] = {
    "access": {
        "sv": [
            "Du kan begära ett utdrag över de uppgifter vi har.",
            "Du har rätt att få tillgång till dina personuppgifter.",
            "Du får veta vilka uppgifter som behandlas om dig.",
        ],
        "en": [
            "You may request access to the personal data we hold about you.",
            "You are entitled to receive a copy of your personal data.",
            "You can see what data we have on you.",
        ],
        "fi": [
            "Sinulla on oikeus tarkastaa tietosi.",
            "Voit pyytää kopion tiedoistasi.",
            "Sinulla on oikeus saada tieto siitä, mitä tietoja sinusta käsitellään.",
        ],
        "nb": [
            "Du har rett til innsyn i personopplysningene dine.",
            "Du kan be om en kopi av opplysningene dine.",
            "Du kan få vite hvilke opplysninger vi har.",
        ],
        "da": [
            "Du har ret til at få indsigt i dine personoplysninger.",
            "Du kan bede om en kopi af dine oplysninger.",
            "Du kan få at vide, hvilke oplysninger vi har.",
        ],
        "de": [
            "Sie haben ein Recht auf Auskunft über Ihre Daten.",
            "Sie können eine Kopie Ihrer Daten anfordern.",
            "Sie können erfahren, welche Daten wir gespeichert haben.",
        ],
    },
    "rectification": {
        "sv": [
            "Du kan få felaktiga uppgifter rättade.",
            "Du har rätt att begära rättelse.",
            "Vi ändrar uppgifter som är fel om du ber om det.",
        ],
        "en": [
            "You can ask us to correct inaccurate data.",
            "You have the right to have your data rectified.",
            "You may update your information at any time.",
        ],
        "fi": [
            "Voit pyytää virheellisten tietojen korjaamista.",
            "Sinulla on oikeus oikaista tietosi.",
            "Voit vaatia tietojesi oikaisemista.",
        ],
        "nb": [
            "Du kan kreve at feil opplysninger rettes.",
            "Du har rett til retting av opplysninger.",
            "Du kan be oss rette opp feil.",
        ],
        "da": [
            "Du kan få forkerte oplysninger rettet.",
            "Du har ret til berigtigelse.",
            "Du kan bede os om at rette oplysninger om dig.",
        ],
        "de": [
            "Sie können die Berichtigung unrichtiger Daten verlangen.",
            "Sie haben das Recht, falsche Daten korrigieren zu lassen.",
            "Sie können Ihre Daten berichtigen lassen.",
        ],
    },
    "erasure": {
        "sv": ["Du kan be oss att ta bort dina uppgifter.", "Du har rätt att bli glömd.", "Du kan kräva radering."],
        "en": [
            "You can ask us to delete your data.",
            "You have the right to be forgotten.",
            "You may request erasure.",
        ],
        "fi": [
            "Voit pyytää, että poistamme tietosi.",
            "Sinulla on oikeus tulla unohdetuksi.",
            "Voit vaatia tietojesi poistamista.",
        ],
        "nb": ["Du kan be oss slette opplysningene dine.", "Du har rett til å bli glemt.", "Du kan kreve sletting."],
        "da": ["Du kan bede os slette dine oplysninger.", "Du har ret til at blive glemt.", "Du kan kræve sletning."],
        "de": [
            "Sie können uns bitten, Ihre Daten zu löschen.",
            "Sie haben das Recht auf Vergessenwerden.",
            "Sie können die Löschung verlangen.",
        ],
    },
    "restriction": {
        "sv": [
            "Du kan kräva att behandlingen begränsas.",
            "Du har rätt till begränsning av behandling.",
            "Du kan be oss att bara lagra uppgifterna.",
        ],
        "en": [
            "You can request restriction of processing.",
            "You have the right to restrict how we use your data.",
            "You can ask us to limit the processing.",
        ],
        "fi": [
            "Voit pyytää käsittelyn rajoittamista.",
            "Sinulla on oikeus rajoittaa tietojesi käsittelyä.",
            "Voit vaatia, että käsittelyä rajoitetaan.",
        ],
        "nb": [
            "Du kan kreve begrenset behandling.",
            "Du har rett til begrensning av behandlingen.",
            "Du kan be oss begrense behandlingen.",
        ],
        "da": [
            "Du kan kræve, at behandlingen begrænses.",
            "Du har ret til begrænsning af behandlingen.",
            "Du kan få behandlingen begrænset.",
        ],
        "de": [
            "Sie können die Einschränkung der Verarbeitung verlangen.",
            "Sie haben das Recht, die Verarbeitung einschränken zu lassen.",
            "Sie können fordern, dass die Verarbeitung eingeschränkt wird.",
        ],
    },
    "portability": {
        "sv": [
            "Du kan få dina uppgifter i ett maskinläsbart format.",
            "Du har rätt till dataportabilitet.",
            "Du kan flytta dina uppgifter till någon annan.",
        ],
        "en": [
            "You can receive your data in a machine-readable format.",
            "You have the right to data portability.",
            "You may move your data to another provider.",
        ],
        "fi": [
            "Voit saada tietosi koneellisesti luettavassa muodossa.",
            "Sinulla on oikeus siirtää tietosi toiselle.",
            "Sinulla on oikeus tietojen siirrettävyyteen.",
        ],
        "nb": [
            "Du kan få opplysningene i et maskinlesbart format.",
            "Du har rett til dataportabilitet.",
            "Du kan få overført opplysningene til en annen.",
        ],
        "da": [
            "Du kan få dine oplysninger i et maskinlæsbart format.",
            "Du har ret til dataportabilitet.",
            "Du kan få overført dine oplysninger til en anden.",
        ],
        "de": [
            "Sie können Ihre Daten in einem maschinenlesbaren Format erhalten.",
            "Sie haben ein Recht auf Datenübertragbarkeit.",
            "Sie können Ihre Daten auf einen anderen Anbieter übertragen lassen.",
        ],
    },
    "objection": {
        "sv": [
            "Du kan invända mot vår behandling.",
            "Du har rätt att göra invändningar.",
            "Du kan motsätta dig behandlingen.",
        ],
        "en": [
            "You can object to our processing.",
            "You have the right to object at any time.",
            "You may oppose the processing.",
        ],
        "fi": [
            "Voit vastustaa käsittelyä.",
            "Sinulla on vastustamisoikeus.",
            "Sinulla on oikeus vastustaa tietojesi käsittelyä.",
        ],
        "nb": [
            "Du kan protestere mot behandlingen.",
            "Du har rett til å protestere.",
            "Du kan motsette deg behandlingen.",
        ],
        "da": [
            "Du kan gøre indsigelse mod behandlingen.",
            "Du har ret til indsigelse.",
            "Du kan modsætte dig behandlingen.",
        ],
        "de": [
            "Sie können der Verarbeitung widersprechen.",
            "Sie haben ein Widerspruchsrecht.",
            "Sie können Widerspruch einlegen.",
        ],
    },
    "withdraw_consent": {
        "sv": [
            "Du kan när som helst ta tillbaka ditt samtycke.",
            "Samtycket går att återkalla.",
            "Du kan ångra dig och dra tillbaka samtycket.",
        ],
        "en": [
            "You can withdraw your consent at any time.",
            "Consent may be revoked.",
            "You can change your mind whenever you like.",
        ],
        "fi": [
            "Voit milloin tahansa peruuttaa suostumuksesi.",
            "Suostumuksen voi perua.",
            "Voit perua antamasi suostumuksen.",
        ],
        "nb": [
            "Du kan når som helst trekke tilbake samtykket.",
            "Samtykket kan trekkes tilbake.",
            "Du kan trekke samtykket ditt.",
        ],
        "da": [
            "Du kan til enhver tid trække dit samtykke tilbage.",
            "Samtykket kan tilbagekaldes.",
            "Du kan altid trække samtykket tilbage.",
        ],
        "de": [
            "Sie können Ihre Einwilligung jederzeit widerrufen.",
            "Die Einwilligung kann widerrufen werden.",
            "Sie können die Zustimmung zurückziehen.",
        ],
    },
}


@pytest.mark.parametrize(("right", "language", "text"), each(RIGHTS))
def test_a_right_is_stated(right: str, language: str, text: str) -> None:
    assert is_stated(contents(text, language), right)


NO_RIGHTS: dict[str, Sentences] = {
    "access": {
        "sv": ["Våra anställda har tillgång till uppgifterna.", "Vi skickar kontoutdrag och fakturor."],
        "en": ["Our staff have access to the server."],
        "de": ["Unsere Mitarbeiter haben Zugang zum Server."],
    },
    "erasure": {
        "sv": ["Vi raderar dina uppgifter efter ett år.", "Uppgifterna raderas när de inte behövs."],
        "en": ["We delete your data after one year.", "Logs are deleted weekly."],
        "fi": ["Poistamme tiedot vuoden kuluttua."],
        "nb": ["Vi sletter opplysningene etter ett år."],
        "da": ["Vi sletter oplysningerne efter et år."],
        "de": ["Wir löschen die Daten nach einem Jahr."],
    },
    "restriction": {"sv": ["Vi begränsar vem som kommer in i lokalerna."], "en": ["Access to the room is restricted."]},
    "rectification": {"sv": ["Vi rättar fel i systemet."], "en": ["We correct errors in our software."]},
}


@pytest.mark.parametrize(("right", "language", "text"), each(NO_RIGHTS))
def test_what_the_controller_does_by_itself_is_no_right(right: str, language: str, text: str) -> None:
    assert not is_stated(contents(text, language), right)


SAID: dict[str, Sentences] = {
    "complaint": {
        "sv": [
            "Du har rätt att lämna klagomål till Integritetsskyddsmyndigheten.",
            "Är du inte nöjd kan du vända dig till IMY.",
            "Klagomål lämnas till tillsynsmyndigheten.",
        ],
        "en": [
            "You have the right to lodge a complaint with a supervisory authority.",
            "You can complain to the ICO.",
            "If you are unhappy, you may contact the data protection authority with a complaint.",
        ],
        "fi": [
            "Sinulla on oikeus tehdä valitus valvontaviranomaiselle.",
            "Voit kannella tietosuojavaltuutetulle.",
            "Voit ottaa yhteyttä tietosuojavaltuutettuun ja valittaa käsittelystä.",
        ],
        "nb": [
            "Du har rett til å klage til Datatilsynet.",
            "Du kan sende inn en klage til tilsynsmyndigheten.",
            "Klager rettes til Datatilsynet.",
        ],
        "da": [
            "Du har ret til at indgive en klage til Datatilsynet.",
            "Du kan klage over vores behandling til Datatilsynet.",
            "Klager sendes til Datatilsynet.",
        ],
        "de": [
            "Sie haben das Recht, sich bei einer Aufsichtsbehörde zu beschweren.",
            "Beschwerden können Sie an die Aufsichtsbehörde richten.",
            "Ihnen steht ein Beschwerderecht bei der Aufsichtsbehörde zu.",
        ],
    },
    "recipients": {
        "sv": [
            "Vi anlitar ett företag för drift av servrar.",
            "Uppgifterna lämnas ut till myndigheter.",
            "Bara våra anställda har tillgång till uppgifterna.",
        ],
        "en": [
            "We use a hosting company.",
            "Your data are passed on to the tax office.",
            "Only our staff have access.",
        ],
        "de": ["Ein Dienstleister betreibt unseren Server.", "Wir geben keine Daten weiter."],
        "fi": ["Käytämme palveluntarjoajaa palvelimiin.", "Tietoja luovutetaan viranomaisille."],
        "nb": ["Vi bruker en databehandler til drift.", "Opplysninger utleveres til politiet."],
        "da": ["Vi bruger en leverandør til drift.", "Oplysninger videregives til politiet."],
    },
    "consequence": {
        "sv": [
            "Om du inte vill lämna uppgifterna kan du inte bli kund.",
            "Du måste lämna ditt namn för att vi ska kunna leverera.",
            "Det är frivilligt att lämna uppgifter.",
        ],
        "en": [
            "If you don't want to give us your data, you can't become a customer.",
            "You must give us your name so that we can deliver.",
            "Giving your data is voluntary.",
        ],
        "fi": ["Jos et halua antaa tietoja, et voi tulla asiakkaaksi.", "Tietojen antaminen on vapaaehtoista."],
        "nb": ["Hvis du ikke vil gi oss opplysningene, kan du ikke bli kunde.", "Det er frivillig å gi opplysninger."],
        "da": [
            "Hvis du ikke vil give os oplysningerne, kan du ikke blive kunde.",
            "Det er frivilligt at give oplysninger.",
        ],
        "de": [
            "Wenn Sie uns die Daten nicht geben, können Sie nicht Kunde werden.",
            "Die Angabe Ihrer Daten ist freiwillig.",
        ],
    },
    "controller": {
        "sv": ["Ansvarig för behandlingen är Bageriet AB.", "Bageriet AB ansvarar för dina personuppgifter."],
        "en": ["Bakery Ltd is responsible for your personal data.", "The data controller is Bakery Ltd."],
        "fi": ["Rekisterinpitäjänä toimii Leipomo Oy.", "Leipomo Oy vastaa tietojesi käsittelystä."],
        "nb": ["Bakeriet AS er behandlingsansvarlig.", "Bakeriet AS har ansvaret for opplysningene dine."],
        "da": ["Bageriet ApS er dataansvarlig.", "Bageriet ApS er ansvarlig for dine oplysninger."],
        "de": ["Verantwortlich ist die Bäckerei GmbH.", "Verantwortliche Stelle ist die Bäckerei GmbH."],
    },
}


@pytest.mark.parametrize(("topic", "language", "text"), each(SAID))
def test_a_topic_is_said(topic: str, language: str, text: str) -> None:
    assert contents(text, language).says(topic)


BASES: Sentences = {
    "sv": [
        "Vi behandlar uppgifterna med stöd av avtalet.",
        "Behandlingen sker på grundval av ditt samtycke.",
        "Laglig grund: rättslig förpliktelse.",
    ],
    "en": [
        "We process your data to perform our contract with you (Article 6(1)(b)).",
        "Our lawful basis is consent.",
        "This is necessary for our legitimate interests.",
    ],
    "fi": ["Käsittely perustuu sopimukseen.", "Käsittelyn oikeusperuste on suostumus."],
    "nb": ["Behandlingen skjer på grunnlag av samtykke.", "Behandlingsgrunnlaget er avtale."],
    "da": ["Behandlingen sker på grundlag af samtykke.", "Hjemlen er kontrakt."],
    "de": [
        "Die Verarbeitung erfolgt auf Grundlage Ihrer Einwilligung.",
        "Rechtsgrundlage ist Art. 6 Abs. 1 lit. b DSGVO.",
    ],
}


@pytest.mark.parametrize(("_what", "language", "text"), each({"basis": BASES}))
def test_a_legal_basis_is_stated(_what: str, language: str, text: str) -> None:
    assert states_bases(contents(text, language))


KEPT: Sentences = {
    "sv": [
        "Vi sparar uppgifterna i två år.",
        "Uppgifterna raderas ett år efter köpet.",
        "Vi gallrar efter 24 månader.",
        "Uppgifterna behålls så länge du är kund.",
    ],
    "en": [
        "We keep the data for two years.",
        "Data are erased one year after the purchase.",
        "Retention period: 24 months.",
        "We keep it as long as you are a customer.",
    ],
    "fi": ["Säilytämme tiedot kaksi vuotta.", "Tiedot poistetaan vuoden kuluttua.", "Säilytysaika: 24 kuukautta."],
    "nb": [
        "Vi lagrer opplysningene i to år.",
        "Opplysningene slettes ett år etter kjøpet.",
        "Lagringstid: 24 måneder.",
    ],
    "da": [
        "Vi gemmer oplysningerne i to år.",
        "Oplysningerne slettes et år efter købet.",
        "Opbevaringsperiode: 24 måneder.",
    ],
    "de": [
        "Wir speichern die Daten zwei Jahre.",
        "Die Daten werden ein Jahr nach dem Kauf gelöscht.",
        "Speicherdauer: 24 Monate.",
    ],
}


@pytest.mark.parametrize(("_what", "language", "text"), each({"kept": KEPT}))
def test_a_period_is_stated(_what: str, language: str, text: str) -> None:
    sentences = contents(text, language).said
    assert any(map(states_time, sentences))
    assert not any(map(is_empty, sentences))


EMPTY: Sentences = {
    "sv": [
        "Uppgifterna sparas inte längre än vad som krävs för ändamålen.",
        "Vi behåller dina uppgifter så länge som vi har behov av dem.",
        "Uppgifter lagras bara så länge som det är motiverat.",
    ],
    "en": [
        "We retain your data only as long as required for our purposes.",
        "Data are stored for no longer than required.",
        "We keep your data for an appropriate period.",
    ],
    "fi": ["Säilytämme tietoja vain niin kauan kuin on välttämätöntä.", "Tietoja säilytetään tarpeellisen ajan."],
    "nb": [
        "Vi oppbevarer opplysningene så lenge vi har behov for dem.",
        "Opplysninger lagres ikke lenger enn det som er nødvendig.",
    ],
    "da": [
        "Vi opbevarer oplysningerne, så længe vi har behov for dem.",
        "Oplysninger gemmes ikke længere end nødvendigt.",
    ],
    "de": [
        "Wir speichern Daten nur so lange, wie es nötig ist.",
        "Die Daten werden nicht länger gespeichert, als für den Zweck erforderlich.",
    ],
}


@pytest.mark.parametrize(("_what", "language", "text"), each({"empty": EMPTY}))
def test_an_empty_period_is_none(_what: str, language: str, text: str) -> None:
    assert any(map(is_empty, contents(text, language).said))
