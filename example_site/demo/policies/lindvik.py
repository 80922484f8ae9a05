"""Ateljé Lindvik: a design studio whose customers are companies; consent for its newsletter, suppliers abroad."""

from __future__ import annotations

from example_site.demo.story import (
    Publication,
    Story,
    T,
    add,
    basis,
    change,
    data,
    given_to,
    kept,
    kept_by_rule,
    part,
    right,
)
from wagtail_privacy.changes.change import Materiality

CONTROLLER = part(
    "controller",
    "lindvik",
    name="Ateljé Lindvik AB",
    role="sole",
    organisation_number="559900-0055",
    address="Fyrvaktargatan 20\n211 20 Malmö",
    country="SE",
    email="studio@lindvik.example",
    phone="040-628 04 10",
    website="https://www.lindvik.example/",
)

PURPOSES = (
    part(
        "purpose",
        "identity",
        basis("b"),
        data("name", "contact", "company"),
        title=T("Veta vem som köper", "Knowing who buys", "Ostajan tunteminen"),
        description=T(
            "Vi kontrollerar att den som beställer får göra det för sitt företag.",
            "We check that the person who orders may do so on behalf of the company.",
            "Tarkistamme, että tilaaja saa tilata yrityksensä puolesta.",
        ),
        data_subjects=[
            T(
                "företag som beställer av oss och deras anställda",
                "companies that order from us and their staff",
                "meiltä tilaavat yritykset ja niiden työntekijät",
            )
        ],
        provision="precondition",
        consequence=T(
            "Uppgifterna behövs för att ingå avtalet. Saknas de kan vi inte leverera.",
            "The data are needed to enter into the contract. If they are missing, we cannot deliver.",
            "Tiedot tarvitaan sopimuksen tekemiseen. Jos ne puuttuvat, emme voi toimittaa.",
        ),
    ),
    part(
        "purpose",
        "support",
        basis("b"),
        data("name", "contact", "messages"),
        title=T("Hjälp före och efter köpet", "Help before and after the purchase", "Apu ennen ostoa ja sen jälkeen"),
        description=T(
            "Frågor om skisser, filer och leveranser besvaras av den formgivare som har ditt uppdrag.",
            "Questions about sketches, files and deliveries are answered by the designer who has your assignment.",
            "Luonnoksia, tiedostoja ja toimituksia koskeviin kysymyksiin vastaa toimeksiantoasi hoitava muotoilija.",
        ),
    ),
    part(
        "purpose",
        "contracts",
        basis("b", applies_to=T("avtal och fakturor", "contracts and invoices", "sopimukset ja laskut")),
        basis(
            "c",
            applies_to=T("bokföringen", "the accounts", "kirjanpito"),
            statute=T(
                "Bokföringslagen (1999:1078)",
                "The Swedish Accounting Act (1999:1078)",
                "Ruotsin kirjanpitolaki (1999:1078)",
            ),
        ),
        data("name", "company", "address", "order", "payment"),
        given_to("accounting"),
        kept_by_rule("accounting"),
        title=T(
            "Offerter, avtal och fakturor", "Quotations, contracts and invoices", "Tarjoukset, sopimukset ja laskut"
        ),
        description=T(
            "Vi skriver offert och avtal, fakturerar och skickar annat underlag för beställningen.",
            "We write quotations and contracts, invoice and send other documents for the order.",
            "Teemme tarjouksen ja sopimuksen, laskutamme ja lähetämme muut tilaukseen liittyvät asiakirjat.",
        ),
        provision="contractual",
        consequence=T(
            "Vi kan inte ta emot beställningen.", "We cannot accept the order.", "Emme voi ottaa tilausta vastaan."
        ),
    ),
    part(
        "purpose",
        "offers",
        basis(
            "f",
            interest=T(
                "Vårt intresse av att förstå vad kunderna behöver och utveckla nya tjänster.",
                "Our interest in understanding what customers need and in developing new services.",
                "Etumme ymmärtää, mitä asiakkaat tarvitsevat, ja kehittää uusia palveluja.",
            ),
        ),
        data("company", "interests", "usage"),
        kept("analysis", "P12M", starts=T("insamlingen", "collection", "tietojen kerääminen")),
        title=T(
            "Förstå behov och utveckla tjänster",
            "Understanding needs and developing services",
            "Tarpeiden ymmärtäminen ja palvelujen kehittäminen",
        ),
        description=T(
            "Bransch, intressen och beteenden på webbplatsen analyseras i grupp. Avsikten är inte att peka ut någon.",
            "Industry, interests and behaviour on the website are analysed in groups. The intention is not to single "
            "anyone out.",
            "Toimialaa, kiinnostuksen kohteita ja käyttäytymistä sivustolla analysoidaan ryhmittäin. Tarkoitus ei "
            "ole erottaa ketään joukosta.",
        ),
    ),
    part(
        "purpose",
        "newsletter",
        basis("a"),
        data("name", "contact"),
        given_to("newsletter"),
        kept(
            "consent",
            criteria=T(
                "Så länge ditt samtycke gäller.",
                "For as long as your consent lasts.",
                "Niin kauan kuin suostumuksesi on voimassa.",
            ),
            applies_to=T("Adressen till nyhetsbrevet", "The address for the newsletter", "Uutiskirjeen osoite"),
        ),
        title=T(
            "Nyhetsbrev och annan marknadsföring", "Newsletters and other marketing", "Uutiskirjeet ja muu markkinointi"
        ),
        description=T(
            "Har du sagt ja får du nyhetsbrev om våra produkter och tjänster, och bara de utskick du har valt.",
            "If you have said yes, you get newsletters about our products and services, and only the mailings you "
            "chose.",
            "Jos olet suostunut, saat uutiskirjeitä tuotteistamme ja palveluistamme, ja vain ne lähetykset, jotka "
            "olet valinnut.",
        ),
        direct_marketing=True,
        provision="voluntary",
    ),
)

PORTFOLIO = part(
    "purpose",
    "portfolio",
    basis("a"),
    data("name", "company", "profile"),
    kept("portfolio", "P5Y", starts=T("publiceringen", "publication", "julkaiseminen"), at_most=True),
    title=T("Visa upp avslutade uppdrag", "Showing finished assignments", "Valmiiden töiden esitteleminen"),
    description=T(
        "Vill du vara med visar vi uppdraget på webbplatsen med ditt namn, ditt företag och ett citat.",
        "If you want to take part, we show the assignment on the website with your name, your company and a quote.",
        "Jos haluat olla mukana, näytämme työn sivustolla nimesi, yrityksesi ja lainauksen kera.",
    ),
    provision="voluntary",
)

RIGHTS = part(
    "rights",
    "rights",
    right(
        "access",
        explanation=T(
            "Ett registerutdrag visar vad vi behandlar om dig; du kan också kontrollera att det stämmer.",
            "An extract shows what we process about you; you can also check that it is right.",
            "Jäljennöksestä näet, mitä tietoja sinusta käsittelemme; voit myös tarkistaa, että ne ovat oikein.",
        ),
    ),
    right(
        "rectification",
        explanation=T(
            "Fel rättas och luckor fylls.",
            "Errors are corrected and gaps filled.",
            "Virheet korjataan ja aukot täytetään.",
        ),
    ),
    right(
        "erasure",
        explanation=T(
            "Under vissa förutsättningar raderar vi uppgifter.",
            "Under certain conditions we erase data.",
            "Tietyin edellytyksin poistamme tietoja.",
        ),
        limits=T(
            "Vilka uppgifter som raderas avgör vilka tjänster du sedan kan använda.",
            "Which data are erased decides which services you can use afterwards.",
            "Se, mitkä tiedot poistetaan, ratkaisee, mitä palveluja voit sen jälkeen käyttää.",
        ),
    ),
    right(
        "restriction",
        explanation=T(
            "Begränsade uppgifter används bara för vissa avgränsade syften.",
            "Restricted data are used for certain limited purposes only.",
            "Rajoitettuja tietoja käytetään vain tiettyihin rajattuihin tarkoituksiin.",
        ),
    ),
    right(
        "portability",
        explanation=T(
            "Du får ut uppgifterna i ett strukturerat format, klart att läsa in på annat håll.",
            "You get the data in a structured format, ready to be read elsewhere.",
            "Saat tiedot jäsennellyssä muodossa, jonka voi lukea muualla.",
        ),
    ),
    right(
        "objection",
        explanation=T(
            "Analyser av behov kan du invända mot.",
            "You can object to analyses of needs.",
            "Tarpeiden analysointia voit vastustaa.",
        ),
    ),
    right(
        "withdraw_consent",
        explanation=T(
            "Avsluta ett utskick i taget eller alla på en gång.",
            "End one mailing at a time or all at once.",
            "Lopeta yksi lähetys kerrallaan tai kaikki yhdellä kertaa.",
        ),
    ),
    right(
        "information",
        explanation=T(
            "Den här policyn läser du före avtalet. Ändras behandlingen får du veta det.",
            "You read this policy before the contract. If the processing changes, you will be told.",
            "Tämän selosteen luet ennen sopimusta. Jos käsittely muuttuu, saat siitä tiedon.",
        ),
    ),
    how=T(
        "Skriv till studio@lindvik.example eller ring.",
        "Write to studio@lindvik.example or call.",
        "Kirjoita osoitteeseen studio@lindvik.example tai soita.",
    ),
    response_time="P1M",
    free=True,
)

STORY = Story(
    slug=T("atelje-lindvik", "atelje-lindvik", "atelje-lindvik"),
    title=T(
        "Personuppgiftspolicy för Ateljé Lindvik",
        "Personal data policy of Ateljé Lindvik",
        "Ateljé Lindvikin henkilötietoseloste",
    ),
    first_days_ago=797,
    first=(
        part(
            "text",
            "brief",
            heading=T("Varför vi behöver uppgifter", "Why we need data", "Miksi tarvitsemme tietoja"),
            body=T(
                "Våra kunder är företag. För att kunna arbeta för dem behöver vi några uppgifter om människorna där.",
                "Our customers are companies. To work for them we need some data about the people there.",
                "Asiakkaamme ovat yrityksiä. Jotta voimme työskennellä heille, tarvitsemme joitakin tietoja "
                "yritysten ihmisistä.",
            ),
        ),
        CONTROLLER,
        *PURPOSES,
        part(
            "text",
            "visits",
            heading=T("När du besöker webbplatsen", "When you visit the website", "Kun käyt sivustolla"),
            body=T(
                "En besökare är anonym för oss: vi ser datorns IP-adress och ingenting mer, tills du själv berättar "
                "vem "
                "du är genom att köpa, registrera dig eller skriva till oss.",
                "A visitor is anonymous to us: we see the computer’s IP address and nothing more, until you tell us "
                "who "
                "you are by buying, registering or writing to us.",
                "Kävijä on meille nimetön: näemme tietokoneen IP-osoitteen emmekä mitään muuta, kunnes itse kerrot, "
                "kuka olet, kun ostat, rekisteröidyt tai kirjoitat meille.",
            ),
        ),
        part(
            "cookies",
            "cookies",
            part(
                "cookie",
                "returning",
                name="lindvik_id",
                provider="Ateljé Lindvik AB",
                party="first",
                need="preferences",
                lifetime="persistent",
                duration="P12M",
                purpose=T(
                    "Känna igen webbläsaren och dina val.",
                    "To recognise the browser and your choices.",
                    "Selaimen ja valintojesi tunnistaminen.",
                ),
            ),
            introduction=T(
                "Kakan är ett slags passerkort för din webbläsare. Den säger ingenting om vem du är, och den kan läsas "
                "enbart av vår server.",
                "The cookie is a kind of pass for your browser. It says nothing about who you are, and it can be "
                "read by "
                "our server alone.",
                "Eväste on eräänlainen kulkukortti selaimellesi. Se ei kerro mitään siitä, kuka olet, ja vain meidän"
                " palvelimemme voi lukea sen.",
            ),
        ),
        part(
            "recipients",
            "recipients",
            given_to("hosting"),
            part(
                "recipient",
                "subcontractors",
                category=T(
                    "Underleverantörer av tryck och bildbehandling",
                    "Subcontractors for printing and image editing",
                    "Painatuksen ja kuvankäsittelyn alihankkijat",
                ),
                role="processor",
                purpose=T(
                    "Utföra delar av ditt uppdrag.",
                    "To carry out parts of your assignment.",
                    "Toimeksiantosi osien tekeminen.",
                ),
            ),
            part(
                "recipient",
                "counsel",
                category=T(
                    "Juridiska ombud och domstolar",
                    "Legal counsel and courts",
                    "Oikeudelliset asiamiehet ja tuomioistuimet",
                ),
                role="controller",
                purpose=T(
                    "Bevaka och göra gällande rättsliga anspråk, till exempel efter intrång.",
                    "To protect and pursue legal claims, for example after an intrusion.",
                    "Oikeusvaateiden valvominen ja esittäminen esimerkiksi tietomurron jälkeen.",
                ),
                condition=T(
                    "någon har skadat våra eller andra användares rättigheter",
                    "someone has harmed our rights or those of other users",
                    "joku on loukannut meidän tai muiden käyttäjien oikeuksia",
                ),
            ),
        ),
        part(
            "transfers",
            "transfers",
            part(
                "transfer",
                "retouching",
                country="PH",
                mechanism="art46_2_c_scc",
                recipient=T("En studio för retusch i Cebu", "A retouching studio in Cebu", "Retusointistudio Cebussa"),
                purpose=T(
                    "Frilägga och retuschera bilder.",
                    "To cut out and retouch images.",
                    "Kuvien syvääminen ja retusointi.",
                ),
                copy_how=T(
                    "Fråga oss, så mejlar vi avtalet.",
                    "Ask us and we will e-mail the agreement.",
                    "Pyydä meiltä, niin lähetämme sopimuksen sähköpostitse.",
                ),
            ),
            place="outside",
            introduction=T(
                "Lagen ger inte samma skydd i alla länder. Därför ställer vi krav på våra leverantörer överallt, och "
                "du "
                "får veta om ett nytt land blir aktuellt.",
                "The law does not give the same protection in all countries. That is why we make demands on our "
                "suppliers everywhere, and you will be told if another country comes into question.",
                "Laki ei anna samaa suojaa kaikissa maissa. Siksi asetamme toimittajillemme vaatimuksia kaikkialla, "
                "ja saat tiedon, jos jokin uusi maa tulee kyseeseen.",
            ),
        ),
        part(
            "retention_periods",
            "retention",
            kept(
                "registered",
                criteria=T(
                    "Så länge du är registrerad som användare av någon av våra tjänster.",
                    "For as long as you are registered as a user of one of our services.",
                    "Niin kauan kuin olet jonkin palvelumme rekisteröity käyttäjä.",
                ),
                applies_to=T("Uppgifter om användare", "Data about users", "Käyttäjätiedot"),
            ),
        ),
        part(
            "commitments",
            "commitments",
            part(
                "commitment",
                "no_sale",
                commitment="no_sale",
                statement=T(
                    "Dina uppgifter säljs inte, hyrs inte ut och ges inte bort.",
                    "Your data are not sold, not rented out and not given away.",
                    "Tietojasi ei myydä, vuokrata eikä anneta pois.",
                ),
            ),
            part("commitment", "no_third_party_marketing", commitment="no_third_party_marketing"),
        ),
        RIGHTS,
        part("complaint", "complaint", authority="SE"),
        part("change_notice", "changes"),
    ),
    later=(
        Publication(
            days_ago=655,
            is_=Materiality.MINOR,
            summary=T(
                "Studion har ett nytt telefonnummer.",
                "The studio has a new telephone number.",
                "Studiolla on uusi puhelinnumero.",
            ),
            edits=(change("lindvik", phone="040-628 04 40"),),
        ),
        Publication(
            days_ago=520,
            is_=Materiality.EDITORIAL,
            edits=(
                change(
                    "visits",
                    heading=T("När du besöker vår webbplats", "When you visit our website", "Kun käyt sivustollamme"),
                ),
            ),
        ),
        Publication(
            days_ago=310,
            is_=Materiality.BENEFIT,
            summary=T(
                "Underlaget för våra analyser raderas efter 6 månader i stället för 12.",
                "The data behind our analyses are erased after 6 months instead of 12.",
                "Analyysiemme aineisto poistetaan 6 kuukauden kuluttua 12 kuukauden sijaan.",
            ),
            edits=(change("offers/analysis", duration="P6M"),),
        ),
        Publication(
            days_ago=155,
            is_=Materiality.MATERIAL,
            summary=T(
                "Du behöver legitimera dig när du begär ett registerutdrag, så att ingen annan får dina uppgifter.",
                "You need to identify yourself when you ask for an extract, so that nobody else gets your data.",
                "Sinun on todistettava henkilöllisyytesi, kun pyydät jäljennöstä tiedoistasi, jottei kukaan muu saa "
                "niitä.",
            ),
            takes_effect_in=30,
            edits=(
                change(
                    "rights",
                    identification_required=True,
                    identification=T(
                        "Logga in med e-legitimation eller visa id-kort i studion.",
                        "Log in with an electronic ID or show an identity card at the studio.",
                        "Kirjaudu sähköisellä henkilöllisyydellä tai näytä henkilökortti studiolla.",
                    ),
                ),
            ),
        ),
        Publication(
            days_ago=5,
            is_=Materiality.MATERIAL,
            summary=T(
                "Vi vill visa upp avslutade uppdrag på webbplatsen. Det sker bara om du säger ja.",
                "We want to show finished assignments on the website. This is done only if you say yes.",
                "Haluamme esitellä valmiita töitä sivustolla. Se tehdään vain, jos suostut.",
            ),
            takes_effect_in=30,
            edits=(add(PORTFOLIO, after="newsletter"),),
        ),
    ),
)
