"""Kollegiet: online courses with log-ins, certificates, a chat and a data protection officer."""

from __future__ import annotations

from example_site.demo.story import (
    Publication,
    Story,
    T,
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
    "kollegiet",
    introduction=T(
        "Vi svarar för allt som sägs här. Välkommen att höra av dig.",
        "We are responsible for all that is said here. You are welcome to get in touch.",
        "Vastaamme kaikesta, mitä tässä kerrotaan. Ota meihin rohkeasti yhteyttä.",
    ),
    name="Kollegiet Nätutbildning AB",
    role="sole",
    organisation_number="559900-0063",
    address="Läroverksgatan 9\n112 20 Stockholm",
    country="SE",
    email="fraga@kollegiet.example",
    phone="08-465 004 40",
    form_url="https://www.kollegiet.example/kontakt",
    website="https://www.kollegiet.example/",
    chat=T(
        "Chatten i Tjänsten, vardagar 9–16",
        "The chat in the Service, weekdays 9 to 16",
        "Palvelun chat, arkisin klo 9–16",
    ),
    responsibility=T(
        "Behandlingen av dina uppgifter och de tekniska och organisatoriska skyddsåtgärderna.",
        "The processing of your data and the technical and organisational safeguards.",
        "Tietojesi käsittely sekä tekniset ja organisatoriset suojatoimet.",
    ),
)

REACH_US = part(
    "table",
    "reach_us",
    part(
        "table_head",
        "columns",
        cell_1=T("Väg", "Way", "Kanava"),
        cell_2=T("När", "When", "Milloin"),
        cell_3=T("Svar", "Answer", "Vastaus"),
    ),
    part(
        "table_row",
        "chat",
        cell_1=T("Chatten", "The chat", "Chat"),
        cell_2=T("Vardagar 9–16", "Weekdays 9 to 16", "Arkisin klo 9–16"),
        cell_3=T("Genast", "At once", "Heti"),
    ),
    part(
        "table_row",
        "form",
        cell_1=T(
            '<p><a href="https://www.kollegiet.example/kontakt">Formuläret</a></p>',
            '<p><a href="https://www.kollegiet.example/kontakt">The form</a></p>',
            '<p><a href="https://www.kollegiet.example/kontakt">Lomake</a></p>',
        ),
        cell_2=T("När som helst", "At any time", "Milloin vain"),
        cell_3=T("Inom två dagar", "Within two days", "Kahden päivän kuluessa"),
    ),
    part(
        "table_row",
        "officer",
        cell_1=T("Dataskyddsombudet", "The data protection officer", "Tietosuojavastaava"),
        cell_2=T("När som helst", "At any time", "Milloin vain"),
        cell_3=T("Inom en vecka", "Within a week", "Viikon kuluessa"),
    ),
    heading=T("Så når du oss", "How to reach us", "Näin tavoitat meidät"),
    caption=T(
        "Vägar till oss, och när du får svar", "Ways to us, and when you get an answer", "Kanavat ja vastausajat"
    ),
)

DEFINITIONS = part(
    "definitions",
    "definitions",
    part(
        "definition",
        "service",
        term=T("Tjänsten", "The Service", "Palvelu"),
        meaning=T("Våra webbaserade utbildningar.", "Our web-based courses.", "Verkkokoulutuksemme."),
    ),
    part(
        "definition",
        "user",
        term=T("Användaren", "The User", "Käyttäjä"),
        meaning=T(
            "Du som har egna inloggningsuppgifter till Tjänsten.",
            "You who have log-in details of your own to the Service.",
            "Sinä, jolla on omat tunnukset Palveluun.",
        ),
    ),
)

PURPOSES = part(
    "purposes",
    "purposes",
    part(
        "purpose",
        "order",
        basis("b", applies_to=T("beställningen", "the order", "tilaus")),
        basis(
            "c",
            applies_to=T("bokföringen", "the accounts", "kirjanpito"),
            statute=T(
                "Bokföringslagen (1999:1078)",
                "The Swedish Accounting Act (1999:1078)",
                "Ruotsin kirjanpitolaki (1999:1078)",
            ),
        ),
        data("name", "contact", "company", "order"),
        given_to("accounting"),
        kept_by_rule("accounting"),
        title=T("När du beställer", "When you order", "Kun teet tilauksen"),
        description=T(
            "Vi behandlar beställningen, fakturerar och skickar inloggningsuppgifter.",
            "We handle the order, invoice you and send the log-in details.",
            "Käsittelemme tilauksen, laskutamme ja lähetämme kirjautumistiedot.",
        ),
        data_subjects=[T("beställare hos företag", "persons ordering for companies", "yritysten tilaajat")],
        provision="contractual",
        consequence=T(
            "Beställningen kan inte behandlas.", "The order cannot be handled.", "Tilausta ei voida käsitellä."
        ),
    ),
    part(
        "purpose",
        "use",
        basis("b"),
        data("contact", "login", "device", "usage"),
        given_to("hosting"),
        kept(
            "account",
            criteria=T(
                "Tills din administratör tar bort kontot, eller inom rimlig tid efter att avtalet har upphört.",
                "Until your administrator removes the account, or within a reasonable time after the contract ends.",
                "Kunnes pääkäyttäjäsi poistaa tilin, tai kohtuullisessa ajassa sopimuksen päätyttyä.",
            ),
            applies_to=T("Användarkontot", "The user account", "Käyttäjätili"),
        ),
        title=T("När du använder Tjänsten", "When you use the Service", "Kun käytät Palvelua"),
        description=T(
            "Vi känner igen dig, ger dig tillgång, administrerar kontot och visar din historik.",
            "We recognise you, give you access, administer your account and show your history.",
            "Tunnistamme sinut, avaamme sinulle pääsyn, hallinnoimme tiliä ja näytämme historiasi.",
        ),
        data_subjects=[T("Användare", "Users", "Käyttäjät")],
    ),
    part(
        "purpose",
        "courses",
        basis("b"),
        data("name", "contact", "company", "education"),
        kept(
            "follow_up",
            criteria=T(
                "Tills uppföljningen är klar. Varje ny kurs har sin egen uppföljning.",
                "Until the follow-up is finished. Each new course has a follow-up of its own.",
                "Kunnes seuranta on valmis. Jokaisella uudella kurssilla on oma seurantansa.",
            ),
            applies_to=T("Anmälan och närvaro", "Registration and attendance", "Ilmoittautuminen ja läsnäolo"),
        ),
        title=T("När du går en kurs", "When you take a course", "Kun käyt kurssin"),
        description=T(
            "Vi tar emot din anmälan, genomför kursen och följer upp den.",
            "We take your registration, hold the course and follow it up.",
            "Otamme vastaan ilmoittautumisesi, pidämme kurssin ja seuraamme sen tuloksia.",
        ),
        data_subjects=[T("kursdeltagare", "course participants", "kurssin osallistujat")],
        provision="precondition",
        consequence=T(
            "Vi kan inte ge dig någon plats.", "We cannot give you a place.", "Emme voi antaa sinulle paikkaa."
        ),
    ),
    part(
        "purpose",
        "evaluation",
        basis("a"),
        data("contact", "survey"),
        kept("evaluation", "P6M", starts=T("kursens slut", "the end of the course", "kurssin päättyminen")),
        title=T("Utvärdering", "Evaluation", "Arviointi"),
        description=T(
            "Säger du ja får du frågor om kursen och blir kanske uppringd.",
            "If you say yes, you get questions about the course and may be called.",
            "Jos suostut, saat kysymyksiä kurssista ja sinulle ehkä soitetaan.",
        ),
        provision="voluntary",
    ),
    part(
        "purpose",
        "certificates",
        basis(
            "f",
            interest=T(
                "Din och din arbetsgivares möjlighet att visa att ett diplom är äkta.",
                "The possibility for you and your employer to show that a diploma is genuine.",
                "Sinun ja työnantajasi mahdollisuus osoittaa, että todistus on aito.",
            ),
        ),
        data("name", "education"),
        kept(
            "certificates",
            "P10Y",
            starts=T("utfärdandet", "the day of issue", "myöntäminen"),
            applies_to=T("Diplom", "Diplomas", "Todistukset"),
        ),
        title=T("Bekräfta diplom och intyg", "Confirming diplomas and certificates", "Todistusten vahvistaminen"),
        description=T(
            "Den som har numret på ett diplom kan kontrollera det hos oss.",
            "Anyone who has the number of a diploma can check it with us.",
            "Se, jolla on todistuksen numero, voi tarkistaa sen meiltä.",
        ),
    ),
    part(
        "purpose",
        "enquiries",
        basis(
            "f",
            interest=T(
                "Vårt intresse av att svara, lära av återkommande frågor och kunna visa vad som har sagts.",
                "Our interest in answering, in learning from recurring questions and in being able to show what was "
                "said.",
                "Etumme vastata, oppia toistuvista kysymyksistä ja voida osoittaa, mitä on sanottu.",
            ),
        ),
        data("contact", "company", "device", "messages"),
        kept(
            "evidence",
            "P12M",
            at_most=True,
            starts=T("kundförhållandets slut", "the end of the customer relationship", "asiakassuhteen päättyminen"),
            applies_to=T("Ärenden", "Enquiries", "Yhteydenotot"),
            reason=T(
                "Bevisning om något skulle bli tvistigt.",
                "Evidence should anything be disputed.",
                "Näyttö, jos jostakin syntyisi riita.",
            ),
        ),
        title=T("När du kontaktar oss", "When you contact us", "Kun otat meihin yhteyttä"),
        description=T(
            "Vi svarar och sparar ärendet. Hur mycket vi får veta beror på vad du skriver och var.",
            "We answer and store the enquiry. How much we learn depends on what you write and where.",
            "Vastaamme ja tallennamme asian. Se, mitä saamme tietää, riippuu siitä, mitä kirjoitat ja missä.",
        ),
    ),
    part(
        "purpose",
        "news",
        basis(
            "f",
            interest=T(
                "Vårt intresse av att hålla kunder underrättade och att se vad som används.",
                "Our interest in keeping customers informed and in seeing what is used.",
                "Etumme pitää asiakkaat ajan tasalla ja nähdä, mitä käytetään.",
            ),
        ),
        data("contact", "usage"),
        given_to("newsletter"),
        kept(
            "news",
            "P12M",
            starts=T("kundförhållandets slut", "the end of the customer relationship", "asiakassuhteen päättyminen"),
        ),
        title=T("Nyheter och statistik", "News and statistics", "Uutiset ja tilastot"),
        description=T(
            "Vi berättar om nya kurser och räknar hur Tjänsten används.",
            "We tell you about new courses and count how the Service is used.",
            "Kerromme uusista kursseista ja laskemme, miten Palvelua käytetään.",
        ),
        direct_marketing=True,
        provision="voluntary",
    ),
    heading=T("Vad vi gör med dina uppgifter", "What we do with your data", "Mitä teemme tiedoillasi"),
    introduction=T(
        "Vi använder dina uppgifter bara för det som står här, och aldrig fler än vad som behövs.",
        "We use your data only for what is said here, and never more of them than needed.",
        "Käytämme tietojasi vain tässä kerrottuun emmekä koskaan enempää kuin on tarpeen.",
    ),
)

RIGHTS = part(
    "rights",
    "rights",
    right(
        "access",
        explanation=T(
            "Du får en kopia av det vi har registrerat.",
            "You get a copy of what we have on record.",
            "Saat jäljennöksen siitä, mitä olemme tallentaneet.",
        ),
    ),
    right(
        "rectification",
        explanation=T(
            "Felaktigt, ofullständigt eller missvisande rättas, och under tiden begränsas behandlingen.",
            "What is wrong, incomplete or misleading is corrected, and in the meantime processing is restricted.",
            "Virheellinen, puutteellinen tai harhaanjohtava tieto korjataan, ja sillä aikaa käsittelyä rajoitetaan.",
        ),
    ),
    right(
        "erasure",
        explanation=T("Du kan bli bortglömd hos oss.", "You can be forgotten by us.", "Voit tulla unohdetuksi meillä."),
        limits=T(
            "Det som avtal, lag, domstol eller myndighet kräver att vi behåller raderas senare.",
            "What a contract, the law, a court or an authority requires us to keep is erased later.",
            "Se, mitä sopimus, laki, tuomioistuin tai viranomainen vaatii meitä säilyttämään, poistetaan myöhemmin.",
        ),
    ),
    right(
        "restriction",
        explanation=T(
            "Du kan begära att uppgifter bara lagras.",
            "You can ask that data are only stored.",
            "Voit pyytää, että tiedot vain säilytetään.",
        ),
    ),
    right(
        "portability",
        explanation=T(
            "Kursresultat kan du ta med dig.",
            "Course results you can take with you.",
            "Kurssitulokset voit ottaa mukaasi.",
        ),
    ),
    right(
        "objection",
        explanation=T(
            "Tycker du att vår avvägning är fel kan du invända. Mot direktmarknadsföring räcker ett nej.",
            "If you think that our balancing is wrong, you can object. Against direct marketing a no is enough.",
            "Jos punnintamme on mielestäsi väärä, voit vastustaa käsittelyä. Suoramarkkinoinnin lopettamiseen "
            "riittää yksi ei.",
        ),
    ),
    right(
        "withdraw_consent",
        explanation=T(
            "Ett ja till utvärdering kan du ändra till nej.",
            "A yes to evaluation you can change to a no.",
            "Arviointiin annetun suostumuksen voit perua.",
        ),
    ),
    right(
        "automated_decisions",
        explanation=T(
            "Du kan kräva att en människa prövar ett beslut.",
            "You can demand that a human being reviews a decision.",
            "Voit vaatia, että ihminen arvioi päätöksen.",
        ),
    ),
    how=T(
        "Hör av dig i chatten, via webbplatsens formulär eller till vårt dataskyddsombud.",
        "Get in touch in the chat, through the form on the website or with our data protection officer.",
        "Ota yhteyttä chatissa, sivuston lomakkeella tai tietosuojavastaavaamme.",
    ),
    response_time="P1M",
    free=True,
    cost=T(
        "Registerutdrag är kostnadsfria en gång per år; därefter betalar du portot.",
        "Extracts are free of charge once a year; after that you pay the postage.",
        "Tietojen jäljennös on maksuton kerran vuodessa; sen jälkeen maksat postikulut.",
    ),
)

STORY = Story(
    slug=T("kollegiet", "kollegiet", "kollegiet"),
    title=T("Integritetspolicy för Kollegiet", "Privacy policy of Kollegiet", "Kollegietin tietosuojaseloste"),
    first_days_ago=780,
    first=(
        part(
            "text",
            "brief",
            heading=T("Tre saker är viktiga för oss", "Three things matter to us", "Kolme asiaa on meille tärkeitä"),
            body=T(
                "<ol><li>Ansvaret för dina uppgifter ska vara tydligt.</li><li>Du ska förstå vad de används till.</li>"
                "<li>Du ska veta vad vi gör, och vad vi låter bli.</li></ol>",
                "<ol><li>It should be clear who is responsible for your data.</li><li>You should understand what they "
                "are used for.</li><li>You should know what we do, and what we refrain from.</li></ol>",
                "<ol><li>On oltava selvää, kuka tiedoistasi vastaa.</li><li>Sinun on ymmärrettävä, mihin niitä "
                "käytetään.</li><li>Sinun on tiedettävä, mitä teemme ja mitä jätämme tekemättä.</li></ol>",
            ),
        ),
        CONTROLLER,
        part(
            "dpo",
            "dpo",
            email="dataskyddsombud@kollegiet.example",
            phone="08-465 004 41",
            note=T(
                "Ombudet granskar att reglerna följs och svarar på frågor i förtroende.",
                "The officer checks that the rules are followed and answers questions in confidence.",
                "Tietosuojavastaava valvoo sääntöjen noudattamista ja vastaa kysymyksiin luottamuksellisesti.",
            ),
        ),
        REACH_US,
        DEFINITIONS,
        PURPOSES,
        part(
            "cookies",
            "cookies",
            part(
                "cookie",
                "login",
                name="kollegiet_login",
                provider="Kollegiet Nätutbildning AB",
                party="first",
                need="necessary",
                lifetime="session",
                purpose=T(
                    "Hålla dig inloggad under lektionen.",
                    "To keep you logged in during the lesson.",
                    "Pitää sinut kirjautuneena oppitunnin ajan.",
                ),
            ),
            introduction=T(
                "Andra kakor sätter vi bara efter ditt ja.",
                "We set other cookies only after your yes.",
                "Muita evästeitä asetamme vasta suostumuksesi jälkeen.",
            ),
        ),
        part(
            "commitments",
            "commitments",
            part(
                "commitment",
                "own_servers",
                commitment="no_transfer",
                statement=T(
                    "Uppgifterna stannar på servrar som vi råder över inom EU och EES.",
                    "The data stay on servers under our control within the EU and EEA.",
                    "Tiedot pysyvät hallinnassamme olevilla palvelimilla EU:ssa ja ETA:ssa.",
                ),
            ),
            part("commitment", "stated_purposes", commitment="stated_purposes_only"),
            part("commitment", "no_disclosure", commitment="no_disclosure"),
            part("commitment", "no_sale", commitment="no_sale"),
        ),
        part(
            "security",
            "safety",
            description=T(
                "Bara behöriga ser uppgifterna. Ärenden från tidigare kunder finns i ett enda system med särskild "
                "behörighet.",
                "Only authorised staff see the data. Enquiries from former customers are held in a single system with "
                "separate authorisation.",
                "Vain valtuutetut näkevät tiedot. Entisten asiakkaiden asiat ovat yhdessä ainoassa järjestelmässä, "
                "johon tarvitaan erillinen valtuutus.",
            ),
        ),
        part(
            "automated_decisions",
            "automation",
            in_use="no",
            logic=T(
                "Prov rättas av en lärare. Profilering förekommer inte.",
                "Tests are marked by a teacher. There is no profiling.",
                "Kokeet tarkastaa opettaja. Profilointia ei tehdä.",
            ),
        ),
        part(
            "ai_use",
            "assistant",
            training="no",
            description=T(
                "En språkmodell föreslår svar i chatten; en medarbetare läser dem innan de skickas.",
                "A language model suggests answers in the chat; a member of staff reads them before they are sent.",
                "Kielimalli ehdottaa vastauksia chatissa; työntekijä lukee ne ennen lähettämistä.",
            ),
        ),
        part(
            "children",
            "minors",
            age_limit=16,
            description=T(
                "Kurserna är gjorda för yrkesverksamma. Praktikanter från gymnasiet är välkomna från den åldern.",
                "The courses are made for professionals. Trainees from upper secondary school are welcome from that "
                "age.",
                "Kurssit on tehty työelämässä oleville. Lukion harjoittelijat ovat tervetulleita tuosta iästä alkaen.",
            ),
        ),
        RIGHTS,
        part(
            "complaint",
            "complaint",
            authority="SE",
            explanation=T(
                "Myndigheten tar emot klagomål på webben och med brev.",
                "The authority receives complaints online and by letter.",
                "Viranomainen ottaa valituksia vastaan verkossa ja kirjeitse.",
            ),
        ),
        part("change_notice", "changes"),
        part(
            "decision",
            "decision",
            decided="2024-09",
            decided_by=T("Kollegiets styrelse", "the board of Kollegiet", "Kollegietin hallitus"),
            reference="K 2024:7",
        ),
    ),
    later=(
        Publication(
            days_ago=690,
            is_=Materiality.MINOR,
            summary=T(
                "Dataskyddsombudet har ett nytt telefonnummer.",
                "The data protection officer has a new telephone number.",
                "Tietosuojavastaavalla on uusi puhelinnumero.",
            ),
            edits=(change("dpo", phone="08-465 004 49"),),
        ),
        Publication(
            days_ago=560,
            is_=Materiality.EDITORIAL,
            edits=(
                change(
                    "brief",
                    heading=T(
                        "Tre saker som är viktiga för oss",
                        "Three things that matter to us",
                        "Kolme asiaa, jotka ovat meille tärkeitä",
                    ),
                ),
            ),
        ),
        Publication(
            days_ago=420,
            is_=Materiality.BENEFIT,
            summary=T(
                "Registerutdrag är alltid kostnadsfria, hur ofta du än frågar.",
                "Extracts are always free of charge, however often you ask.",
                "Tietojen jäljennös on aina maksuton, pyysitpä sitä kuinka usein tahansa.",
            ),
            edits=(change("rights", cost=T("", "", "")),),
        ),
        Publication(
            days_ago=190,
            is_=Materiality.MATERIAL,
            summary=T(
                "Ärenden sparas i upp till 24 månader efter att du har slutat som kund, i stället för 12.",
                "Enquiries are kept for up to 24 months after you cease to be a customer, instead of 12.",
                "Yhteydenottoja säilytetään enintään 24 kuukautta asiakkuutesi päättymisestä 12 kuukauden sijaan.",
            ),
            takes_effect_in=30,
            edits=(change("purposes/enquiries/evidence", duration="P24M"),),
        ),
        Publication(
            days_ago=5,
            is_=Materiality.MATERIAL,
            summary=T(
                "Slutprov med flervalsfrågor börjar rättas automatiskt. Du kan alltid be en lärare göra om "
                "bedömningen.",
                "Final tests with multiple-choice questions will be marked automatically. You can always ask a teacher "
                "to redo the assessment.",
                "Monivalintakysymyksistä koostuvat loppukokeet aletaan tarkastaa automaattisesti. Voit aina pyytää "
                "opettajaa arvioimaan kokeen uudelleen.",
            ),
            takes_effect_in=30,
            edits=(
                change(
                    "automation",
                    in_use="yes",
                    ground="art6_1_b",
                    logic=T(
                        "Datorn räknar rätta svar i provet och jämför summan med kursens gräns för godkänt.",
                        "The computer counts the correct answers in the test and compares the sum with the pass mark "
                        "of "
                        "the course.",
                        "Tietokone laskee kokeen oikeat vastaukset ja vertaa summaa kurssin hyväksymisrajaan.",
                    ),
                    consequences=T(
                        "Resultatet avgör om du får diplom. En lärare gör om bedömningen när du ber om det.",
                        "The result decides whether you get a diploma. A teacher redoes the assessment when you ask "
                        "for "
                        "it.",
                        "Tulos ratkaisee, saatko todistuksen. Opettaja arvioi kokeen uudelleen, kun pyydät sitä.",
                    ),
                ),
            ),
        ),
    ),
)
