"""The demo's register: what several of its policies share, in all its languages."""

from __future__ import annotations

from example_site.demo.story import T

#: Categories of personal data: key, name, examples, and what makes the category sensitive.
DATA_CATEGORIES = {
    "name": {
        "name": T("Namn", "Name", "Nimi"),
        "description": T("För- och efternamn.", "First name and surname.", "Etu- ja sukunimi."),
    },
    "contact": {
        "name": T("Kontaktuppgifter", "Contact details", "Yhteystiedot"),
        "description": T(
            "E-postadress och telefonnummer.",
            "E-mail address and telephone number.",
            "Sähköpostiosoite ja puhelinnumero.",
        ),
    },
    "address": {
        "name": T("Postadress", "Postal address", "Postiosoite"),
        "description": T(
            "Adress för faktura, leverans och annan post.",
            "Address for invoices, deliveries and other post.",
            "Laskun, toimituksen ja muun postin osoite.",
        ),
    },
    "national_id": {
        "name": T("Personnummer", "National identity number", "Henkilötunnus"),
        "description": T(
            "Personnummer eller samordningsnummer.",
            "Personal or coordination number.",
            "Henkilönumero tai koordinaationumero.",
        ),
        "national_id": True,
    },
    "company": {
        "name": T("Företagsuppgifter", "Company details", "Yritystiedot"),
        "description": T(
            "Företagets namn, organisationsnummer och din befattning.",
            "The company’s name and registration number, and your position.",
            "Yrityksen nimi ja rekisterinumero sekä asemasi siinä.",
        ),
    },
    "payment": {
        "name": T("Betalningsuppgifter", "Payment details", "Maksutiedot"),
        "description": T(
            "Betalsätt, belopp, kontonummer och betalningens status; aldrig hela kortnumret.",
            "Means of payment, amount, account number and the status of the payment; never the whole card number.",
            "Maksutapa, summa, tilinumero ja maksun tila; ei koskaan koko kortin numeroa.",
        ),
    },
    "order": {
        "name": T("Beställningar", "Orders", "Tilaukset"),
        "description": T(
            "Kundnummer, vad du har beställt och när.",
            "Customer number, what you have ordered and when.",
            "Asiakasnumero, mitä olet tilannut ja milloin.",
        ),
    },
    "login": {
        "name": T("Inloggningsuppgifter", "Log-in details", "Kirjautumistiedot"),
        "description": T(
            "Användarnamn, lösenord i krypterad form.",
            "User name, password in encrypted form.",
            "Käyttäjätunnus, salasana salattuna.",
        ),
    },
    "device": {
        "name": T("Enhetsuppgifter", "Device data", "Laitetiedot"),
        "description": T(
            "IP-adress, webbläsare, operativsystem och språkinställning.",
            "IP address, browser, operating system and language setting.",
            "IP-osoite, selain, käyttöjärjestelmä ja kieliasetus.",
        ),
    },
    "usage": {
        "name": T("Användningsuppgifter", "Usage data", "Käyttötiedot"),
        "description": T(
            "Vilka sidor du öppnar, vad du söker efter och vad du klickar på.",
            "Which pages you open, what you search for and what you click on.",
            "Mitä sivuja avaat, mitä haet ja mitä klikkaat.",
        ),
    },
    "location": {
        "name": T("Ungefärlig position", "Approximate location", "Likimääräinen sijainti"),
        "description": T(
            "Ort, härledd ur IP-adressen.", "Town, derived from the IP address.", "IP-osoitteesta päätelty paikkakunta."
        ),
    },
    "messages": {
        "name": T("Meddelanden till oss", "Messages to us", "Viestit meille"),
        "description": T(
            "Det du skriver i ärenden, frågor och omdömen.",
            "What you write in enquiries, questions and reviews.",
            "Mitä kirjoitat yhteydenotoissa, kysymyksissä ja arvosteluissa.",
        ),
    },
    "profile": {
        "name": T("Profiluppgifter", "Profile data", "Profiilitiedot"),
        "description": T(
            "Bild, presentation och annat som du själv lägger in.",
            "Picture, introduction and whatever else you enter yourself.",
            "Kuva, esittely ja muu, minkä itse lisäät.",
        ),
    },
    "interests": {
        "name": T("Intressen", "Interests", "Kiinnostuksen kohteet"),
        "description": T(
            "Ämnen som du följer eller har visat intresse för.",
            "Topics that you follow or have shown interest in.",
            "Aiheet, joita seuraat tai joista olet ollut kiinnostunut.",
        ),
    },
    "survey": {
        "name": T("Enkätsvar", "Survey answers", "Kyselyvastaukset"),
        "description": T(
            "Betyg och omdömen som du lämnar.", "Ratings and comments that you give.", "Antamasi arvosanat ja arviot."
        ),
    },
    "education": {
        "name": T("Utbildningsuppgifter", "Course records", "Koulutustiedot"),
        "description": T(
            "Kurser, närvaro, provresultat, intyg och diplom.",
            "Courses, attendance, test results, certificates and diplomas.",
            "Kurssit, läsnäolo, koetulokset ja todistukset.",
        ),
    },
    "diet": {
        "name": T("Specialkost och allergier", "Special diets and allergies", "Erityisruokavaliot ja allergiat"),
        "description": T(
            "Uppgift om kost som avslöjar hälsa eller religion.",
            "Dietary needs that reveal health or religion.",
            "Ruokavaliotieto, josta ilmenee terveys tai uskonto.",
        ),
        "special": True,
    },
}

#: Recipients that several policies name.
RECIPIENTS = {
    "payments": {
        "category": T("Betaltjänstleverantör", "Payment service provider", "Maksupalveluntarjoaja"),
        "role": "controller",
        "purpose": T(
            "Genomföra och kontrollera kortbetalningar.",
            "To carry out and check card payments.",
            "Korttimaksujen toteuttaminen ja tarkistaminen.",
        ),
        "country": "SE",
    },
    "hosting": {
        "category": T("Driftleverantör", "Hosting provider", "Palvelinpalvelujen tarjoaja"),
        "role": "processor",
        "purpose": T(
            "Drift, lagring och säkerhetskopiering.",
            "Operation, storage and backups.",
            "Ylläpito, tallennus ja varmuuskopiointi.",
        ),
        "country": "SE",
    },
    "newsletter": {
        "category": T("Leverantör av e-postutskick", "E-mail distribution provider", "Sähköpostilähetysten toimittaja"),
        "role": "processor",
        "purpose": T(
            "Skicka nyhetsbrev och bekräftelser.",
            "To send newsletters and confirmations.",
            "Uutiskirjeiden ja vahvistusten lähettäminen.",
        ),
        "country": "IE",
    },
    "accounting": {
        "category": T("Redovisningsbyrå", "Accounting firm", "Tilitoimisto"),
        "role": "processor",
        "purpose": T(
            "Löpande bokföring och bokslut.", "Bookkeeping and annual accounts.", "Juokseva kirjanpito ja tilinpäätös."
        ),
        "country": "SE",
    },
    "police": {
        "category": T(
            "Polismyndigheten och andra myndigheter",
            "The Police and other authorities",
            "Ruotsin poliisi ja muut viranomaiset",
        ),
        "role": "authority",
        "purpose": T(
            "Utreda brott och säkerhetsincidenter.",
            "To investigate crimes and security incidents.",
            "Rikosten ja tietoturvapoikkeamien selvittäminen.",
        ),
        "condition": T(
            "lagen kräver det eller en brottsmisstanke anmäls",
            "the law requires it or a suspected crime is reported",
            "laki vaatii sitä tai rikosepäily ilmoitetaan",
        ),
        "country": "SE",
    },
}

#: Storage periods that the law sets.
RETENTION_RULES = {
    "accounting": {
        "duration": "P7Y",
        "applies_to": T("Räkenskapsinformation", "Accounting records", "Kirjanpitoaineisto"),
        "starts": T(
            "utgången av det kalenderår då räkenskapsåret avslutades",
            "the end of the calendar year in which the financial year ended",
            "sen kalenterivuoden loppu, jona tilikausi päättyi",
        ),
        "reason": T(
            "7 kap. 2 § bokföringslagen (1999:1078)",
            "Chapter 7, Section 2 of the Swedish Accounting Act (1999:1078)",
            "Ruotsin kirjanpitolain (1999:1078) 7 luvun 2 §",
        ),
    },
    "complaints": {
        "duration": "P3Y",
        "applies_to": T(
            "Underlag för reklamationer",
            "Records needed for complaints about defects",
            "Reklamaatioissa tarvittavat tiedot",
        ),
        "starts": T("leveransen", "delivery", "toimitus"),
        "reason": T(
            "5 kap. konsumentköplagen (2022:260)",
            "Chapter 5 of the Swedish Consumer Sales Act (2022:260)",
            "Ruotsin kuluttajakauppalain (2022:260) 5 luku",
        ),
    },
    "limitation": {
        "duration": "P10Y",
        "at_most": True,
        "applies_to": T(
            "Uppgifter som behövs i en tvist", "Data needed in a dispute", "Riita-asiassa tarvittavat tiedot"
        ),
        "starts": T("fordringens tillkomst", "the day the claim arose", "saatavan syntyminen"),
        "reason": T(
            "2 § preskriptionslagen (1981:130)",
            "Section 2 of the Swedish Limitations Act (1981:130)",
            "Ruotsin vanhentumislain (1981:130) 2 §",
        ),
    },
}
