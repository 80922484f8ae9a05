"""Auditoriet: a company that streams seminars to private persons, and sells access to them."""

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
    "auditoriet",
    name="Auditoriet Play AB",
    role="sole",
    organisation_number="559900-0014",
    address="Lärdomsgatan 8\n602 22 Norrköping",
    country="SE",
    email="integritet@auditoriet.example",
    phone="08-465 004 10",
    website="https://www.auditoriet.example/",
    responsibility=T(
        "Vi bestämmer varför och hur dina uppgifter behandlas när du använder Auditoriets digitala tjänster.",
        "We decide why and how your data are processed when you use Auditoriet’s digital services.",
        "Me päätämme, miksi ja miten tietojasi käsitellään, kun käytät Auditorietin digitaalisia palveluja.",
    ),
)

PURPOSES = (
    part(
        "purpose",
        "registration",
        basis("b"),
        data("name", "contact"),
        kept(
            "account",
            "P12M",
            starts=T(
                "det senaste seminariet du var anmäld till",
                "the last seminar you signed up for",
                "viimeisin seminaari, johon ilmoittauduit",
            ),
        ),
        title=T("Ta emot din anmälan", "Registering your place", "Ilmoittautumisesi vastaanottaminen"),
        description=T(
            "Vi registrerar din anmälan, håller din plats och skickar en bekräftelse med e-post, sms eller brev.",
            "We register your place, hold it for you and send a confirmation by e-mail, text message or post.",
            "Kirjaamme ilmoittautumisesi, varaamme sinulle paikan ja lähetämme vahvistuksen sähköpostitse, "
            "tekstiviestillä tai kirjeitse.",
        ),
        data_subjects=[
            T("privatpersoner som anmäler sig", "private persons who sign up", "ilmoittautuvat yksityishenkilöt")
        ],
        provision="precondition",
        consequence=T(
            "Fält märkta med stjärna i anmälan måste fyllas i. Utan dem kan vi inte sälja dig tillträde.",
            "Fields marked with an asterisk in the form must be filled in. Without them we cannot sell you access.",
            "Ilmoittautumisen tähdellä merkityt kentät on täytettävä. Ilman niitä emme voi myydä sinulle pääsyä.",
        ),
    ),
    part(
        "purpose",
        "identification",
        basis("b"),
        data("login", "device"),
        kept(
            "log",
            "P6M",
            starts=T("inloggningen", "the log-in", "kirjautuminen"),
            applies_to=T("Inloggningar", "Log-ins", "Kirjautumiset"),
        ),
        title=T("Känna igen dig som kund", "Recognising you as a customer", "Asiakkaan tunnistaminen"),
        description=T(
            "Inloggningen visar att det är du, så att ingen annan använder ditt tillträde.",
            "Logging in shows that it is you, so that nobody else uses your access.",
            "Kirjautuminen osoittaa, että se olet sinä, jottei kukaan muu käytä pääsyäsi.",
        ),
    ),
    part(
        "purpose",
        "payment",
        basis("b", applies_to=T("betalningen", "the payment", "maksu")),
        basis(
            "c",
            applies_to=T("bokföringen", "the accounts", "kirjanpito"),
            statute=T(
                "Bokföringslagen (1999:1078)",
                "The Swedish Accounting Act (1999:1078)",
                "Ruotsin kirjanpitolaki (1999:1078)",
            ),
        ),
        data("payment", "order", "address"),
        given_to("payments", "accounting"),
        kept_by_rule("accounting"),
        title=T("Ta betalt", "Taking payment", "Maksujen vastaanottaminen"),
        description=T(
            "Vi tar emot din betalning, återbetalar det du har rätt att få tillbaka och bokför köpet.",
            "We take your payment, pay back what you are entitled to and enter the purchase in our accounts.",
            "Otamme vastaan maksusi, palautamme sen, mihin sinulla on oikeus, ja kirjaamme oston kirjanpitoon.",
        ),
        provision="contractual",
        consequence=T("Köpet kan inte slutföras.", "The purchase cannot be completed.", "Ostoa ei voi viedä loppuun."),
    ),
    part(
        "purpose",
        "delivery",
        basis("b"),
        data("login", "device", "usage"),
        given_to("hosting"),
        kept("delivery", "P3M", starts=T("sändningen", "the broadcast", "lähetys")),
        title=T("Sända seminarierna till dig", "Streaming the seminars to you", "Seminaarien lähettäminen sinulle"),
        description=T(
            "Vi sänder direkt, håller inspelningen öppen i trettio dagar och minns var du slutade titta.",
            "We stream live, keep the recording open for thirty days and remember where you stopped watching.",
            "Lähetämme suorana, pidämme tallenteen avoinna kolmekymmentä päivää ja muistamme, mihin kohtaan jäit.",
        ),
    ),
    part(
        "purpose",
        "complaints",
        basis("b"),
        data("name", "contact", "order", "messages"),
        kept_by_rule("complaints"),
        title=T(
            "Rätta fel och svara på klagomål",
            "Mending faults and answering complaints",
            "Vikojen korjaaminen ja valituksiin vastaaminen",
        ),
        description=T(
            "När bild eller ljud faller bort, eller när du reklamerar ett köp, behöver vi kunna se vad som har hänt.",
            "When picture or sound fails, or when you complain about a purchase, we need to see what happened.",
            "Kun kuva tai ääni katkeaa tai kun reklamoit ostosta, meidän on voitava nähdä, mitä on tapahtunut.",
        ),
    ),
    part(
        "purpose",
        "service_messages",
        basis("b"),
        data("contact"),
        kept("service_messages", "P12M", starts=T("utskicket", "the message", "viestin lähettäminen")),
        title=T(
            "Berätta om ändringar i tjänsten",
            "Telling you about changes to the service",
            "Palvelun muutoksista kertominen",
        ),
        description=T(
            "Flyttade tider, ny föreläsare eller nya villkor meddelar vi dig direkt.",
            "We tell you directly about new times, another speaker or new terms.",
            "Siirtyneistä ajoista, uudesta luennoitsijasta tai uusista ehdoista kerromme sinulle suoraan.",
        ),
    ),
    part(
        "purpose",
        "marketing",
        basis(
            "f",
            interest=T(
                "Vårt intresse av att berätta om kommande seminarier för den som redan har valt något av dem.",
                "Our interest in telling those who have chosen one of our seminars about the next.",
                "Etumme kertoa tulevista seminaareista sille, joka on jo valinnut jonkin niistä.",
            ),
        ),
        data("name", "contact", "interests"),
        given_to("newsletter"),
        kept("marketing", "P24M", starts=T("ditt senaste köp", "your last purchase", "viimeisin ostosi")),
        title=T("Nyhetsbrev och erbjudanden", "Newsletters and offers", "Uutiskirjeet ja tarjoukset"),
        description=T(
            "Vi skickar nyhetsbrev om vår verksamhet och tips om seminarier som liknar dem du har sett.",
            "We send newsletters about what we do and suggest seminars like those you have watched.",
            "Lähetämme uutiskirjeitä toiminnastamme ja vinkkejä seminaareista, jotka muistuttavat katsomiasi.",
        ),
        direct_marketing=True,
        provision="voluntary",
    ),
)

SURVEY = part(
    "purpose",
    "survey",
    basis(
        "f",
        interest=T(
            "Vårt intresse av att veta vad deltagarna tyckte och bli bättre.",
            "Our interest in knowing what participants thought, and in getting better.",
            "Etumme saada tietää, mitä osallistujat ajattelivat, ja kehittyä paremmaksi.",
        ),
    ),
    data("contact", "survey"),
    part(
        "recipient",
        "survey_company",
        name="Mätbart Opinion AB",
        category=T("Undersökningsföretag", "Survey company", "Tutkimusyritys"),
        role="processor",
        purpose=T(
            "Skicka enkäten och sammanställa svaren.",
            "To send the questionnaire and compile the answers.",
            "Kyselyn lähettäminen ja vastausten kokoaminen.",
        ),
        country="SE",
    ),
    kept("survey", "P6M", starts=T("enkäten", "the questionnaire", "kysely")),
    title=T("Fråga vad du tyckte", "Asking what you thought", "Mielipiteesi kysyminen"),
    description=T(
        "Efter seminariet får du en enkät med e-post. Svaren redovisas bara i sammanställd form.",
        "After the seminar you get a questionnaire by e-mail. The answers are reported in compiled form only.",
        "Seminaarin jälkeen saat sähköpostitse kyselyn. Vastaukset esitetään vain koosteena.",
    ),
    provision="voluntary",
)

RIGHTS = part(
    "rights",
    "rights",
    right(
        "access",
        explanation=T(
            "Du får veta om vi behandlar uppgifter om dig och kan få en kopia av dem.",
            "You can learn whether we process data about you and get a copy of them.",
            "Saat tietää, käsittelemmekö sinua koskevia tietoja, ja voit saada niistä jäljennöksen.",
        ),
    ),
    right(
        "rectification",
        explanation=T(
            "Vi rättar det som är fel och fyller i det som saknas.",
            "We correct what is wrong and add what is missing.",
            "Korjaamme virheellisen ja täydennämme puuttuvan.",
        ),
    ),
    right(
        "erasure",
        explanation=T(
            "Vi raderar uppgifter som inte längre behövs, och sådana som du med framgång har invänt mot.",
            "We erase data that are no longer needed, and data that you have successfully objected to.",
            "Poistamme tiedot, joita ei enää tarvita, ja ne, joiden käsittelyä olet aiheellisesti vastustanut.",
        ),
        limits=T(
            "Räkenskapsinformation måste vi behålla.",
            "We must keep accounting records.",
            "Kirjanpitoaineisto meidän on säilytettävä.",
        ),
    ),
    right(
        "restriction",
        explanation=T(
            "Medan en fråga utreds kan du begära att vi bara lagrar uppgifterna.",
            "While a question is being looked into, you can ask us to do no more than store the data.",
            "Kun asiaa selvitetään, voit pyytää, että vain säilytämme tiedot.",
        ),
    ),
    right(
        "portability",
        explanation=T(
            "Det du har lämnat till oss enligt avtalet kan du få i ett format som datorer läser.",
            "What you gave us under the contract you can get in a format that computers read.",
            "Sen, minkä olet antanut meille sopimuksen perusteella, voit saada koneluettavassa muodossa.",
        ),
    ),
    right(
        "objection",
        explanation=T(
            "Du kan när som helst säga nej till marknadsföring; då upphör den. Du kan även invända mot annat som vi "
            "gör med stöd av en intresseavvägning.",
            "You can say no to marketing at any time, and it stops. You can also object to anything else that we do "
            "on the ground of legitimate interests.",
            "Voit milloin tahansa kieltää markkinoinnin, ja silloin se loppuu. Voit vastustaa myös muuta, minkä "
            "teemme oikeutetun edun perusteella.",
        ),
    ),
    how=T(
        "Skriv till integritet@auditoriet.example eller ring kundtjänst.",
        "Write to integritet@auditoriet.example or call customer service.",
        "Kirjoita osoitteeseen integritet@auditoriet.example tai soita asiakaspalveluun.",
    ),
    response_time="P1M",
    extended_time="P3M",
    free=True,
)

STORY = Story(
    slug=T("auditoriet", "auditoriet", "auditoriet"),
    title=T("Integritetspolicy för Auditoriet", "Privacy policy of Auditoriet", "Auditorietin tietosuojaseloste"),
    first_days_ago=795,
    first=(
        part(
            "text",
            "brief",
            heading=T("I korthet", "In brief", "Lyhyesti"),
            body=T(
                "Den här policyn gäller dig som privatperson tittar på våra livesända seminarier ,köper tillträde "
                "eller prenumererar på vårt nyhetsbrev.",
                "This policy applies to you who, as a private person, watch our live seminars ,buy access or subscribe "
                "to our newsletter.",
                "Tämä seloste koskee sinua, joka yksityishenkilönä katsot suorina lähetettäviä seminaarejamme ,ostat"
                " pääsyn tai tilaat uutiskirjeemme.",
            ),
        ),
        CONTROLLER,
        *PURPOSES,
        part(
            "recipients",
            "recipients",
            part(
                "recipient",
                "discount_partner",
                category=T(
                    "Partner som har gett dig en rabattkod",
                    "Partner that gave you a discount code",
                    "Alennuskoodin antanut kumppani",
                ),
                role="controller",
                purpose=T(
                    "Få veta att koden är använd; partnern ser din e-postadress och ditt mobilnummer.",
                    "To learn that the code was used; the partner sees your e-mail address and mobile number.",
                    "Tiedon saaminen koodin käytöstä; kumppani näkee sähköpostiosoitteesi ja matkapuhelinnumerosi.",
                ),
                condition=T(
                    "du använder koden när du anmäler dig",
                    "you use the code when you sign up",
                    "käytät koodia ilmoittautuessasi",
                ),
                country="SE",
            ),
            introduction=T(
                "Uppgifterna samlas in för Auditoriet. De som nämns här och vid varje ändamål får se det de behöver "
                "för sitt uppdrag. Fråga oss gärna om du vill veta mer.",
                "The data are collected for Auditoriet. Those named here and at each purpose see what they need for "
                "their task. Do ask us if you want to know more.",
                "Tiedot kerätään Auditorietia varten. Tässä ja kunkin käsittelyn tarkoituksen kohdalla mainitut "
                "näkevät sen, mitä tarvitsevat tehtäväänsä. Kysy meiltä, jos haluat tietää enemmän.",
            ),
        ),
        RIGHTS,
        part(
            "complaint",
            "complaint",
            authority="SE",
            explanation=T(
                "Hör gärna av dig till oss först. Är du inte nöjd kan du klaga hos tillsynsmyndigheten.",
                "Do contact us first. If you are not satisfied, you can complain to the supervisory authority.",
                "Ota mielellään ensin yhteyttä meihin. Jos et ole tyytyväinen, voit tehdä valituksen "
                "valvontaviranomaiselle.",
            ),
        ),
        part(
            "choices",
            "choices",
            part(
                "choice",
                "marketing",
                choice="marketing",
                explanation=T(
                    "Länken längst ned i varje nyhetsbrev avslutar alla utskick på en gång.",
                    "The link at the bottom of each newsletter ends all mailings at once.",
                    "Kunkin uutiskirjeen lopussa oleva linkki lopettaa kaikki kirjeet kerralla.",
                ),
                url="https://www.auditoriet.example/avsluta",
            ),
        ),
        part("change_notice", "changes"),
    ),
    later=(
        Publication(
            days_ago=660,
            is_=Materiality.EDITORIAL,
            edits=(
                change(
                    "brief",
                    body=T(
                        "Den här policyn gäller dig som privatperson tittar på våra livesända seminarier, köper "
                        "tillträde eller prenumererar på vårt nyhetsbrev.",
                        "This policy applies to you who, as a private person, watch our live seminars, buy access or "
                        "subscribe to our newsletter.",
                        "Tämä seloste koskee sinua, joka yksityishenkilönä katsot suorina lähetettäviä "
                        "seminaarejamme, ostat pääsyn tai tilaat uutiskirjeemme.",
                    ),
                ),
            ),
        ),
        Publication(
            days_ago=480,
            is_=Materiality.MINOR,
            summary=T(
                "Vi har flyttat till nya lokaler och bytt växelnummer.",
                "We have moved to new premises and have a new telephone number.",
                "Olemme muuttaneet uusiin tiloihin, ja vaihteemme numero on vaihtunut.",
            ),
            edits=(change("auditoriet", address="Spinnargatan 3\n602 33 Norrköping", phone="08-465 004 55"),),
        ),
        Publication(
            days_ago=330,
            is_=Materiality.BENEFIT,
            summary=T(
                "Vi slutar skicka nyhetsbrev till dig ett år efter ditt senaste köp, i stället för två.",
                "We stop sending you newsletters one year after your last purchase, instead of two.",
                "Lopetamme uutiskirjeiden lähettämisen sinulle vuoden kuluttua viimeisimmästä ostostasi, ei enää "
                "kahden.",
            ),
            edits=(change("marketing/marketing", duration="P12M"),),
        ),
        Publication(
            days_ago=205,
            is_=Materiality.MATERIAL,
            summary=T(
                "Vi börjar skicka en enkät efter varje seminarium och anlitar ett undersökningsföretag för den. "
                "Det är frivilligt att svara.",
                "We start sending a questionnaire after each seminar and engage a survey company for it. "
                "Answering is voluntary.",
                "Alamme lähettää jokaisen seminaarin jälkeen kyselyn ja käytämme siihen tutkimusyritystä. "
                "Vastaaminen on vapaaehtoista.",
            ),
            takes_effect_in=31,
            edits=(add(SURVEY, after="marketing"),),
        ),
        Publication(
            days_ago=5,
            is_=Materiality.MATERIAL,
            summary=T(
                "Vi sparar din anmälan i 24 månader i stället för 12, så att du kan hämta gamla kursintyg.",
                "We keep your registration for 24 months instead of 12, so that you can fetch old certificates.",
                "Säilytämme ilmoittautumisesi 24 kuukautta 12 kuukauden sijaan, jotta voit hakea vanhoja "
                "kurssitodistuksia.",
            ),
            takes_effect_in=30,
            edits=(change("registration/account", duration="P24M"),),
        ),
    ),
)
