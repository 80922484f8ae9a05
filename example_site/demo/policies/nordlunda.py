"""Nordlunda: a group that publishes trade journals and arranges conferences; three controllers, one policy."""

from __future__ import annotations

from example_site.demo.story import (
    Publication,
    Story,
    T,
    add,
    basis,
    change,
    condition,
    data,
    given_to,
    kept,
    kept_by_rule,
    part,
    right,
)
from wagtail_privacy.changes.change import Materiality

CONTROLLERS = (
    part(
        "controller",
        "press",
        name="Nordlunda Fackpress AB",
        role="own_services",
        organisation_number="559900-0022",
        address="Typografvägen 12\n111 57 Stockholm",
        country="SE",
        email="personuppgifter@nordlunda.example",
        phone="08-465 004 20",
        website="https://www.nordlunda.example/",
        responsibility=T(
            "Tidningar, nyhetsbrev och webbplatser.",
            "Journals, newsletters and websites.",
            "Lehdet, uutiskirjeet ja sivustot.",
        ),
    ),
    part(
        "controller",
        "events",
        name="Nordlunda Möten AB",
        role="own_services",
        organisation_number="559900-0030",
        address="Typografvägen 12\n111 57 Stockholm",
        country="SE",
        email="personuppgifter@nordlunda.example",
        phone="08-465 004 21",
        responsibility=T(
            "Konferenser, kurser och mässor.",
            "Conferences, courses and trade fairs.",
            "Konferenssit, kurssit ja messut.",
        ),
    ),
    part(
        "controller",
        "insight",
        name="Nordlunda Insight Ltd",
        role="own_services",
        organisation_number="00990077",
        address="14 Compositor Lane\nLondon EC9 9ZZ",
        country="GB",
        email="personuppgifter@nordlunda.example",
        responsibility=T(
            "Branschrapporter för läsare i hela Europa.",
            "Industry reports for readers all over Europe.",
            "Toimialaraportit lukijoille koko Euroopassa.",
        ),
    ),
    part(
        "representative",
        "representative",
        name="Nordlunda Fackpress AB",
        address="Typografvägen 12\n111 57 Stockholm",
        country="SE",
        email="personuppgifter@nordlunda.example",
        note=T(
            "Företräder Nordlunda Insight Ltd i EU.",
            "Represents Nordlunda Insight Ltd in the EU.",
            "Edustaa Nordlunda Insight Ltd:tä EU:ssa.",
        ),
    ),
)

DEFINITIONS = part(
    "definitions",
    "definitions",
    part(
        "definition",
        "service",
        term=T("Tjänst", "Service", "Palvelu"),
        meaning=T(
            "En tidning, ett nyhetsbrev, en webbplats, en kurs eller ett evenemang från något av våra bolag.",
            "A journal, newsletter, website, course or event from one of our companies.",
            "Jonkin yhtiömme lehti, uutiskirje, sivusto, kurssi tai tapahtuma.",
        ),
    ),
    part(
        "definition",
        "sponsor",
        term=T("Sponsor", "Sponsor", "Sponsori"),
        meaning=T(
            "Ett företag som bekostar en del av ett evenemang och medverkar där.",
            "A company that bears part of the cost of an event and takes part in it.",
            "Yritys, joka maksaa osan tapahtuman kustannuksista ja osallistuu siihen.",
        ),
    ),
)

PURPOSES = (
    part(
        "purpose",
        "provide",
        basis("b"),
        data("name", "contact", "address", "company", "order", "payment"),
        given_to("hosting", "payments", "newsletter"),
        kept(
            "after_service",
            "P2Y",
            at_most=True,
            starts=T("den dag Tjänsten upphör", "the day the Service ends", "päivä, jona Palvelu päättyy"),
        ),
        title=T("Leverera det du har beställt", "Delivering what you have ordered", "Tilauksesi toimittaminen"),
        description=T(
            "Prenumerationer, premier, kurser och evenemang administreras, faktureras och får kundstöd.",
            "Subscriptions, rewards, courses and events are administered, invoiced and supported.",
            "Tilauksia, tilaajaetuja, kursseja ja tapahtumia hallinnoidaan ja laskutetaan, ja niihin annetaan "
            "asiakastukea.",
        ),
        data_subjects=[
            T("prenumeranter", "subscribers", "tilaajat"),
            T(
                "kontaktpersoner hos företagskunder",
                "contact persons of business customers",
                "yritysasiakkaiden yhteyshenkilöt",
            ),
        ],
        provision="contractual",
        consequence=T(
            "Den Tjänst eller funktion som uppgifterna behövs för kan bli omöjlig att använda.",
            "The Service or feature that needs the data may become impossible to use.",
            "Palvelua tai toimintoa, johon tietoja tarvitaan, ei ehkä voi käyttää.",
        ),
    ),
    part(
        "purpose",
        "improve",
        basis(
            "f",
            interest=T(
                "Vårt intresse av att utveckla Tjänsterna och fatta välgrundade beslut om verksamheten.",
                "Our interest in developing the Services and taking well-founded decisions about our business.",
                "Etumme kehittää Palveluja ja tehdä harkittuja päätöksiä toiminnasta.",
            ),
        ),
        data("device", "usage"),
        given_to("hosting"),
        kept(
            "analysis",
            "P14M",
            starts=T("besöket", "the visit", "käynti"),
            applies_to=T("Besöksstatistik", "Visit statistics", "Kävijätilastot"),
        ),
        title=T("Förbättra och analysera", "Improving and analysing", "Parantaminen ja analysointi"),
        description=T(
            "Felrapporter, sökfrågor och klick visar vad som behöver bli bättre. En gemensam analysgrupp gör "
            "sammanställningar där ingen enskild person framträder.",
            "Error reports, searches and clicks show what needs to become better. A joint analysis team makes "
            "summaries in which no single person can be seen.",
            "Virheilmoitukset, haut ja klikkaukset osoittavat, mitä pitää parantaa. Yhteinen analyysiryhmä tekee "
            "koosteita, joista yksittäistä ihmistä ei erota.",
        ),
    ),
    part(
        "purpose",
        "personalise",
        basis(
            "f",
            interest=T(
                "Vårt och ditt intresse av att det som visas är relevant.",
                "Our interest, and yours, in showing what is relevant.",
                "Meidän ja sinun etusi, että näytettävä sisältö on kiinnostavaa.",
            ),
        ),
        data("interests", "location", "usage"),
        kept("personalisation", "P12M", starts=T("det senaste besöket", "the latest visit", "viimeisin käynti")),
        title=T("Anpassa innehållet", "Personalising content", "Sisällön räätälöinti"),
        description=T(
            "Vi väger samman ungefärlig position, det du har läst och vilken relation vi har, till exempel om du är "
            "prenumerant, företräder en kund eller har besökt ett evenemang.",
            "We combine your approximate location, what you have read and what relation we have, for example whether "
            "you subscribe, represent a customer or have visited an event.",
            "Yhdistämme likimääräisen sijaintisi, lukemasi ja suhteemme: oletko esimerkiksi tilaaja, edustatko "
            "asiakasta tai oletko käynyt tapahtumassa.",
        ),
    ),
    part(
        "purpose",
        "security",
        basis(
            "f",
            applies_to=T("säkerheten", "security", "turvallisuus"),
            interest=T(
                "Vårt intresse av att stoppa bedrägerier, intrång och missbruk.",
                "Our interest in stopping fraud, intrusion and abuse.",
                "Etumme pysäyttää petokset, tietomurrot ja väärinkäytökset.",
            ),
        ),
        basis(
            "c",
            applies_to=T("bokföringen", "the accounts", "kirjanpito"),
            statute=T(
                "Bokföringslagen (1999:1078)",
                "The Swedish Accounting Act (1999:1078)",
                "Ruotsin kirjanpitolaki (1999:1078)",
            ),
        ),
        data("name", "contact", "order", "device", "messages"),
        given_to("accounting", "police"),
        kept_by_rule("accounting"),
        title=T(
            "Säkerhet och efterlevnad av lag", "Security and compliance with law", "Turvallisuus ja lain noudattaminen"
        ),
        description=T(
            "Vi upptäcker bedrägerier, löser tvister och ser till att avtal och regler följs. Kommentarer som bryter "
            "mot användarvillkoren tar vi bort.",
            "We detect fraud, settle disputes and see that agreements and rules are followed. Comments that break the "
            "terms of use are removed.",
            "Havaitsemme petoksia, ratkaisemme riitoja ja huolehdimme siitä, että sopimuksia ja sääntöjä "
            "noudatetaan. Käyttöehtojen vastaiset kommentit poistamme.",
        ),
    ),
    part(
        "purpose",
        "communicate",
        basis("b"),
        data("name", "contact", "messages"),
        given_to("newsletter"),
        kept("cases", "P2Y", starts=T("det avslutade ärendet", "the closed case", "asian päättäminen")),
        title=T("Kontakten med dig", "Keeping in touch with you", "Yhteydenpito sinuun"),
        description=T(
            "Vi svarar i kundärenden, påminner om en prenumeration som snart löper ut och berättar om viktiga "
            "uppdateringar.",
            "We answer enquiries, remind you of a subscription that is about to end and tell you about important "
            "updates.",
            "Vastaamme asiakkaiden kysymyksiin, muistutamme pian päättyvästä tilauksesta ja kerromme tärkeistä "
            "päivityksistä.",
        ),
    ),
    part(
        "purpose",
        "marketing",
        basis(
            "f",
            interest=T(
                "Vårt intresse av att sälja våra Tjänster och visa annonser som finansierar dem.",
                "Our interest in selling our Services and showing the advertisements that pay for them.",
                "Etumme myydä Palvelujamme ja näyttää mainoksia, joilla ne rahoitetaan.",
            ),
        ),
        data("name", "contact", "company", "interests"),
        given_to("newsletter"),
        kept(
            "customers",
            "P2Y",
            at_most=True,
            starts=T(
                "den dag kundförhållandet upphör",
                "the day the customer relationship ends",
                "päivä, jona asiakassuhde päättyy",
            ),
            applies_to=T("Kunder", "Customers", "Asiakkaat"),
        ),
        kept(
            "prospects",
            "P3M",
            at_most=True,
            starts=T("vårt samtal", "our conversation", "keskustelumme"),
            applies_to=T(
                "Den som tackar nej till att bli kund",
                "Those who decide not to become customers",
                "Ne, jotka päättävät olla ryhtymättä asiakkaiksi",
            ),
        ),
        title=T("Marknadsföring och annonser", "Marketing and advertisements", "Markkinointi ja mainokset"),
        description=T(
            "Vi skickar erbjudanden, ringer möjliga kunder och visar annonser. Tekniken för intressestyrda annonser "
            "hämtar varken namn, adress, e-postadress eller telefonnummer.",
            "We send offers, call potential customers and show advertisements. The technology for interest-based "
            "advertisements collects neither name, address, e-mail address nor telephone number.",
            "Lähetämme tarjouksia, soitamme mahdollisille asiakkaille ja näytämme mainoksia. Kiinnostukseen "
            "perustuvien mainosten tekniikka ei kerää nimeä, osoitetta, sähköpostiosoitetta eikä puhelinnumeroa.",
        ),
        direct_marketing=True,
        provision="voluntary",
    ),
)

RECIPIENTS = part(
    "recipients",
    "recipients",
    part(
        "recipient",
        "support",
        category=T(
            "Leverantörer av kundservice och trafikmätning",
            "Customer service and traffic measurement providers",
            "Asiakaspalvelun ja kävijämittauksen toimittajat",
        ),
        role="processor",
        purpose=T(
            "Svara på frågor och mäta besök för vår räkning.",
            "To answer questions and measure visits on our behalf.",
            "Kysymyksiin vastaaminen ja käyntien mittaaminen puolestamme.",
        ),
        country="SE",
    ),
    part(
        "recipient",
        "buyer",
        category=T("Köpare av verksamheten", "Buyer of the business", "Liiketoiminnan ostaja"),
        role="controller",
        purpose=T(
            "Genomföra en sammanslagning eller överlåtelse.",
            "To carry out a merger or transfer.",
            "Yhdistymisen tai luovutuksen toteuttaminen.",
        ),
        condition=T("en sådan affär blir av", "such a transaction takes place", "tällainen kauppa toteutuu"),
    ),
    part(
        "recipient",
        "social_media",
        category=T("Sociala medier", "Social media", "Sosiaalinen media"),
        role="controller",
        purpose=T(
            "Dela en artikel; webbläsaren skickar då tid, enhet, IP-adress och vilken artikel det gäller.",
            "To share an article; the browser then sends time, device, IP address and which article it is.",
            "Artikkelin jakaminen; selain lähettää silloin ajan, laitteen, IP-osoitteen ja tiedon siitä, mikä "
            "artikkeli on kyseessä.",
        ),
        condition=T("du trycker på en delningsknapp", "you press a share button", "painat jakamispainiketta"),
    ),
    introduction=T(
        "Våra leverantörer har åtagit sig att följa denna policy och får inte använda uppgifterna till annat. Länkar "
        "kan leda till andra företag, som ansvarar för sin egen behandling.",
        "Our suppliers have undertaken to follow this policy and may not use the data for anything else. Links may "
        "lead to other companies, which are responsible for their own processing.",
        "Toimittajamme ovat sitoutuneet noudattamaan tätä selostetta eivätkä saa käyttää tietoja muuhun. Linkit "
        "voivat viedä muiden yritysten sivuille, ja ne vastaavat omasta käsittelystään.",
    ),
)

TRANSFERS = part(
    "transfers",
    "transfers",
    part(
        "transfer",
        "uk",
        country="GB",
        mechanism="art45_adequacy",
        recipient=T("Nordlunda Insight Ltd", "Nordlunda Insight Ltd", "Nordlunda Insight Ltd"),
        purpose=T("Ta fram branschrapporter.", "To compile industry reports.", "Toimialaraporttien laatiminen."),
    ),
    part(
        "transfer",
        "india",
        country="IN",
        mechanism="art46_2_c_scc",
        recipient=T(
            "En systemutvecklare i Bengaluru", "A software developer in Bengaluru", "Ohjelmistokehittäjä Bengalurussa"
        ),
        purpose=T(
            "Utveckla och underhålla våra system.",
            "To develop and maintain our systems.",
            "Järjestelmiemme kehittäminen ja ylläpito.",
        ),
        copy_how=T(
            "Skriv till personuppgifter@nordlunda.example, så skickar vi klausulerna.",
            "Write to personuppgifter@nordlunda.example and we will send you the clauses.",
            "Kirjoita osoitteeseen personuppgifter@nordlunda.example, niin lähetämme lausekkeet.",
        ),
    ),
    place="mostly_eea",
    introduction=T(
        "Insamling, lagring och radering sker i huvudsak inom EU och EES.",
        "Collection, storage and erasure mainly take place within the EU and EEA.",
        "Tiedot kerätään, säilytetään ja poistetaan pääosin EU:ssa ja ETA:ssa.",
    ),
)

RETENTION = part(
    "retention_periods",
    "retention",
    kept(
        "criteria",
        applies_to=T("Övriga uppgifter", "Other data", "Muut tiedot"),
        criteria=T(
            "<p>Fyra frågor avgör hur länge:</p><ul><li>varför uppgiften används,</li><li>hur känslig den är,</li>"
            "<li>om den är pseudonymiserad,</li><li>om du är kund, har varit det eller bara besöker oss.</li></ul>",
            "<p>Four questions decide how long:</p><ul><li>why the data are used,</li><li>how sensitive they are,</li>"
            "<li>whether they are pseudonymised,</li><li>whether you are a customer, were one or only visit "
            "us.</li></ul>",
            "<p>Neljä kysymystä ratkaisee ajan:</p><ul><li>miksi tietoa käytetään,</li><li>kuinka arkaluonteinen se "
            "on,</li><li>onko se pseudonymisoitu,</li><li>oletko asiakas, oletko ollut sellainen vai käytkö vain "
            "sivuillamme.</li></ul>",
        ),
    ),
    kept_by_rule("limitation"),
    introduction=T(
        "Perioderna vid varje ändamål gäller först. Har du avböjt utskick står din e-postadress kvar i vår spärrlista, "
        "så att du slipper dem även framöver.",
        "The periods at each purpose apply first. If you have declined mailings, your e-mail address stays on our "
        "suppression list, so that you are spared them in future too.",
        "Kunkin käsittelyn tarkoituksen kohdalla mainitut ajat ovat ensisijaisia. Jos olet kieltänyt lähetykset, "
        "sähköpostiosoitteesi jää estolistallemme, jotta säästyt niiltä myös jatkossa.",
    ),
)

SOURCES = part(
    "sources",
    "sources",
    part(
        "source",
        "spar",
        name=T(
            "Statens personadressregister (SPAR)",
            "The Swedish state personal address register",
            "Ruotsin valtion henkilöosoiterekisteri (SPAR)",
        ),
        data=T("namn och adress", "name and address", "nimi ja osoite"),
        publicly_accessible="yes",
    ),
    part(
        "source",
        "profiles",
        name=T(
            "Din öppna profil på Facebook eller LinkedIn",
            "Your public profile on Facebook or LinkedIn",
            "Julkinen profiilisi Facebookissa tai LinkedInissä",
        ),
        data=T("befattning och arbetsgivare", "position and employer", "tehtävänimike ja työnantaja"),
        publicly_accessible="yes",
    ),
    part(
        "source",
        "sponsors",
        name=T("Partner och sponsorer", "Partners and sponsors", "Kumppanit ja sponsorit"),
        data=T(
            "kontaktuppgifter till inbjudna gäster",
            "contact details of invited guests",
            "kutsuttujen vieraiden yhteystiedot",
        ),
        publicly_accessible="no",
    ),
    introduction=T(
        "Det mesta får vi av dig själv eller av din arbetsgivare. En del hämtar vi på andra håll.",
        "Most of it we get from you or from your employer. Some of it we obtain elsewhere.",
        "Suurimman osan tiedoista saamme sinulta itseltäsi tai työnantajaltasi. Osan haemme muualta.",
    ),
)

BROKER = part(
    "source",
    "broker",
    name=T(
        "Datamäklaren Befattningsregistret Kompass AB",
        "The data broker Befattningsregistret Kompass AB",
        "Tietojen välittäjä Befattningsregistret Kompass AB",
    ),
    data=T(
        "befattningshavare i företag i vår bransch",
        "officers of companies in our industry",
        "alamme yritysten vastuuhenkilöt",
    ),
    publicly_accessible="no",
)

RIGHTS = part(
    "rights",
    "rights",
    right(
        "withdraw_consent",
        explanation=T(
            "Ett samtycke kan du ta tillbaka när du vill; det påverkar inte det som redan har gjorts.",
            "Consent can be withdrawn whenever you wish; it does not affect what has already been done.",
            "Suostumuksen voit peruuttaa milloin haluat; se ei vaikuta jo tehtyyn.",
        ),
    ),
    right(
        "access",
        explanation=T(
            "Ett registerutdrag visar vilka uppgifter vi har och vad vi gör med dem.",
            "An extract from our registers shows which data we hold and what we do with them.",
            "Jäljennöksestä näet, mitä tietoja meillä on ja mitä teemme niillä.",
        ),
    ),
    right(
        "rectification",
        explanation=T(
            "Felaktiga uppgifter rättar vi.", "We correct inaccurate data.", "Virheelliset tiedot korjaamme."
        ),
    ),
    right(
        "erasure",
        explanation=T(
            "I vissa fall kan du få uppgifter raderade.",
            "In certain cases you can have data erased.",
            "Joissakin tapauksissa voit saada tiedot poistetuiksi.",
        ),
    ),
    right(
        "restriction",
        explanation=T(
            "Du kan begära att vi bara lagrar uppgifterna, till exempel medan en invändning prövas eller när du själv "
            "behöver dem för ett rättsligt anspråk.",
            "You can ask us only to store the data, for example while an objection is being examined or when you "
            "need them yourself for a legal claim.",
            "Voit pyytää, että vain säilytämme tiedot, esimerkiksi kun vastustamistasi tutkitaan tai kun itse "
            "tarvitset niitä oikeusvaadetta varten.",
        ),
    ),
    right(
        "portability",
        explanation=T(
            "Uppgifter som du har lämnat på grund av avtal eller samtycke kan flyttas till någon annan.",
            "Data that you provided under a contract or with consent can be moved to someone else.",
            "Sopimuksen tai suostumuksen perusteella antamasi tiedot voidaan siirtää jollekin toiselle.",
        ),
    ),
    right(
        "objection",
        explanation=T(
            "Säger du nej till direktmarknadsföring slutar vi. I övrigt fortsätter vi bara om våra skäl väger tyngre.",
            "If you say no to direct marketing, we stop. Otherwise we go on only if our grounds weigh more heavily.",
            "Jos kiellät suoramarkkinoinnin, lopetamme sen. Muuta jatkamme vain, jos syymme painavat enemmän.",
        ),
    ),
    how=T(
        "Skriv till personuppgifter@nordlunda.example; adressen gäller för alla tre bolagen.",
        "Write to personuppgifter@nordlunda.example; the address serves all three companies.",
        "Kirjoita osoitteeseen personuppgifter@nordlunda.example; se palvelee kaikkia kolmea yhtiötä.",
    ),
    response_time="P1M",
    extended_time="P3M",
    free=True,
    cost=T(
        "Är en begäran uppenbart ogrundad eller orimlig får vi ta ut en rimlig avgift eller avslå den.",
        "If a request is manifestly unfounded or excessive, we may charge a reasonable fee or refuse it.",
        "Jos pyyntö on ilmeisen perusteeton tai kohtuuton, voimme periä kohtuullisen maksun tai kieltäytyä.",
    ),
)

EVENTS = part(
    "service",
    "conferences",
    part(
        "purpose",
        "attendance",
        basis("b", applies_to=T("anmälan", "the registration", "ilmoittautuminen")),
        basis("a", applies_to=T("specialkosten", "the special diet", "erityisruokavalio")),
        condition("a"),
        data("name", "contact", "company", "diet"),
        part(
            "recipient",
            "sponsors",
            category=T("Sponsorer av evenemanget", "Sponsors of the event", "Tapahtuman sponsorit"),
            role="controller",
            purpose=T(
                "Bjuda in dig till sin verksamhet.",
                "To invite you to their own activities.",
                "Kutsuminen sponsorin omaan toimintaan.",
            ),
            condition=T("de medverkar vid evenemanget", "they take part in the event", "ne osallistuvat tapahtumaan"),
        ),
        part(
            "recipient",
            "venue",
            category=T("Konferensanläggningen", "The conference venue", "Konferenssipaikka"),
            role="processor",
            purpose=T(
                "Laga mat som du tål.", "To prepare food that you can eat.", "Sinulle sopivan ruoan valmistaminen."
            ),
        ),
        kept(
            "delegates",
            "P24M",
            at_most=True,
            starts=T("evenemangets sista dag", "the last day of the event", "tapahtuman viimeinen päivä"),
            applies_to=T(
                "Kontaktuppgifter till deltagare från företag",
                "Contact details of delegates from companies",
                "Yritysten osallistujien yhteystiedot",
            ),
        ),
        kept(
            "diet",
            "P14D",
            starts=T("evenemangets sista dag", "the last day of the event", "tapahtuman viimeinen päivä"),
            applies_to=T("Specialkost", "Special diets", "Erityisruokavaliot"),
        ),
        title=T("Ditt deltagande", "Your attendance", "Osallistumisesi"),
        description=T(
            "Vi tar emot anmälan, skriver ut namnbrickor och ser till att maten passar dig.",
            "We take your registration, print name badges and see that the food suits you.",
            "Otamme vastaan ilmoittautumisen, tulostamme nimilaput ja huolehdimme, että ruoka sopii sinulle.",
        ),
        provision="precondition",
        consequence=T(
            "Utan anmälan ingen plats. Uppgift om kost är frivillig.",
            "No registration, no place. Dietary needs are voluntary.",
            "Ilman ilmoittautumista ei ole paikkaa. Ruokavaliosta kertominen on vapaaehtoista.",
        ),
    ),
    title=T("Konferenser och evenemang", "Conferences and events", "Konferenssit ja tapahtumat"),
    introduction=T(
        "Vi ordnar mötesplatser för näringslivet, ofta tillsammans med sponsorer. För deltagandet kan särskilda "
        "villkor "
        "gälla.",
        "We arrange meeting places for business, often together with sponsors. Separate terms may apply to attendance.",
        "Järjestämme elinkeinoelämän kohtaamispaikkoja, usein yhdessä sponsorien kanssa. Osallistumiseen voi liittyä"
        " erityisiä ehtoja.",
    ),
)

STORY = Story(
    slug=T("nordlunda", "nordlunda", "nordlunda"),
    title=T(
        "Personuppgiftspolicy för Nordlunda", "Personal data policy of Nordlunda", "Nordlundan henkilötietoseloste"
    ),
    first_days_ago=802,
    first=(
        part(
            "text",
            "brief",
            heading=T("Vem policyn gäller", "Who this policy is for", "Ketä seloste koskee"),
            body=T(
                "Policyn vänder sig till läsare, kunder och besökare. Det bolag vars Tjänst du använder är "
                "personuppgiftsansvarigt, om inget annat sägs.",
                "This policy is addressed to readers, customers and visitors. The company whose Service you use is the "
                "controller, unless otherwise stated.",
                "Seloste on tarkoitettu lukijoille, asiakkaille ja kävijöille. Rekisterinpitäjä on se yhtiö, jonka "
                "Palvelua käytät, jollei muuta sanota.",
            ),
        ),
        *CONTROLLERS,
        DEFINITIONS,
        *PURPOSES,
        SOURCES,
        RECIPIENTS,
        TRANSFERS,
        RETENTION,
        part(
            "security",
            "security_measures",
            description=T(
                "Uppgifterna finns i system med begränsad behörighet i skyddade lokaler. Leverantörers "
                "underleverantörer granskas regelbundet.",
                "The data are held in systems with restricted access on protected premises. Our suppliers’ "
                "sub-processors are reviewed regularly.",
                "Tiedot ovat suojatuissa tiloissa järjestelmissä, joihin on rajattu pääsy. Toimittajien alihankkijat"
                " tarkastetaan säännöllisesti.",
            ),
        ),
        RIGHTS,
        part(
            "complaint",
            "complaint",
            authority="SE",
            explanation=T(
                "Du kan alltid vända dig till tillsynsmyndigheten, även utan att ha frågat oss först.",
                "You can always turn to the supervisory authority, even without having asked us first.",
                "Voit aina kääntyä valvontaviranomaisen puoleen, myös kysymättä ensin meiltä.",
            ),
        ),
        part(
            "choices",
            "choices",
            part(
                "choice",
                "mailings",
                choice="communication",
                explanation=T(
                    "Varje utskick talar om hur du avbeställer det. Meddelanden som hör till en Tjänst du har, till "
                    "exempel om ändrade villkor, kommer ändå.",
                    "Every mailing says how to cancel it. Messages that belong to a Service you have, for example "
                    "about "
                    "changed terms, will still come.",
                    "Jokaisessa lähetyksessä kerrotaan, miten sen voi perua. Viestit, jotka kuuluvat käyttämääsi "
                    "Palveluun, esimerkiksi ehtojen muutoksista, tulevat silti.",
                ),
            ),
            part(
                "choice",
                "tracking",
                choice="browser",
                explanation=T(
                    "I webbläsaren kan du rensa kakor, stänga av platsdelning och slå på spårningsskydd.",
                    "In the browser you can clear cookies, turn off location sharing and turn on tracking protection.",
                    "Selaimessa voit tyhjentää evästeet, kytkeä sijainnin jakamisen pois ja seurannan eston päälle.",
                ),
            ),
        ),
        part(
            "commitments",
            "commitments",
            part("commitment", "new_purpose", commitment="tell_before_new_purpose"),
        ),
        EVENTS,
        part(
            "change_notice",
            "changes",
            note=T(
                "Dagen för den senaste uppdateringen står högst upp och alla ändringar längst ned.",
                "The day of the latest update stands at the top and all changes at the bottom.",
                "Viimeisimmän päivityksen päivä on ylimpänä ja kaikki muutokset alimpana.",
            ),
        ),
        part(
            "earlier_history",
            "earlier",
            part(
                "history_entry",
                "gdpr",
                date="2018-05",
                description=T(
                    "Policyn skrevs om när dataskyddsförordningen började tillämpas den 25 maj 2018, och blev kortare.",
                    "The policy was rewritten when the General Data Protection Regulation became applicable on "
                    "25 May 2018, and became shorter.",
                    "Seloste kirjoitettiin uudelleen, kun yleistä tietosuoja-asetusta alettiin soveltaa 25. "
                    "toukokuuta 2018, ja se lyheni.",
                ),
            ),
        ),
    ),
    later=(
        Publication(
            days_ago=700,
            is_=Materiality.EDITORIAL,
            edits=(
                change(
                    "brief",
                    heading=T("Vem gäller policyn?", "Who is this policy for?", "Ketä seloste koskee?"),
                ),
            ),
        ),
        Publication(
            days_ago=545,
            is_=Materiality.MINOR,
            summary=T(
                "Vi beskriver hur vi skyddar uppgifterna sedan alla system har fått tvåfaktorsinloggning.",
                "We describe how we protect the data now that all systems have two-factor log-in.",
                "Kerromme, miten suojaamme tietoja nyt, kun kaikissa järjestelmissä on kaksivaiheinen kirjautuminen.",
            ),
            edits=(
                change(
                    "security_measures",
                    description=T(
                        "Uppgifterna finns i system med tvåfaktorsinloggning och begränsad behörighet i skyddade "
                        "lokaler. Leverantörers underleverantörer granskas regelbundet.",
                        "The data are held in systems with two-factor log-in and restricted access on protected "
                        "premises. Our suppliers’ sub-processors are reviewed regularly.",
                        "Tiedot ovat suojatuissa tiloissa järjestelmissä, joissa on kaksivaiheinen kirjautuminen ja "
                        "rajattu pääsy. Toimittajien alihankkijat tarkastetaan säännöllisesti.",
                    ),
                ),
            ),
        ),
        Publication(
            days_ago=390,
            is_=Materiality.BENEFIT,
            summary=T(
                "Vi lovar att aldrig sälja personuppgifter.",
                "We promise never to sell personal data.",
                "Lupaamme, ettemme koskaan myy henkilötietoja.",
            ),
            edits=(add(part("commitment", "no_sale", commitment="no_sale"), to="commitments"),),
        ),
        Publication(
            days_ago=170,
            is_=Materiality.MATERIAL,
            summary=T(
                "Kontaktuppgifter till dig som deltar för ett företags räkning sparas i tre år efter evenemanget, "
                "i stället för två.",
                "Contact details of those who attend on behalf of a company are kept for three years after the event, "
                "instead of two.",
                "Yrityksen puolesta osallistuvien yhteystiedot säilytetään kolme vuotta tapahtuman jälkeen kahden "
                "sijaan.",
            ),
            takes_effect_in=30,
            edits=(change("conferences/attendance/delegates", duration="P36M"),),
        ),
        Publication(
            days_ago=6,
            is_=Materiality.MATERIAL,
            summary=T(
                "Vi börjar köpa uppgifter om befattningshavare av en datamäklare. Du kan invända mot det.",
                "We start buying data about company officers from a data broker. You can object to this.",
                "Alamme ostaa tietoja yritysten vastuuhenkilöistä tietojen välittäjältä. Voit vastustaa sitä.",
            ),
            takes_effect_in=32,
            edits=(add(BROKER, to="sources"),),
        ),
    ),
)
