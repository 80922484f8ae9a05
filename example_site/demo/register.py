"""The demo's register: what several of its policies share, in Swedish and English."""

from __future__ import annotations

from example_site.demo.story import T

#: Categories of personal data: key, name, examples, and what makes the category sensitive.
DATA_CATEGORIES = {
    "name": {"name": T("Namn", "Name"), "description": T("För- och efternamn.", "First name and surname.")},
    "contact": {
        "name": T("Kontaktuppgifter", "Contact details"),
        "description": T("E-postadress och telefonnummer.", "E-mail address and telephone number."),
    },
    "address": {
        "name": T("Postadress", "Postal address"),
        "description": T(
            "Adress för faktura, leverans och annan post.", "Address for invoices, deliveries and other post."
        ),
    },
    "national_id": {
        "name": T("Personnummer", "National identity number"),
        "description": T("Personnummer eller samordningsnummer.", "Personal or coordination number."),
        "national_id": True,
    },
    "company": {
        "name": T("Företagsuppgifter", "Company details"),
        "description": T(
            "Företagets namn, organisationsnummer och din befattning.",
            "The company’s name and registration number, and your position.",
        ),
    },
    "payment": {
        "name": T("Betalningsuppgifter", "Payment details"),
        "description": T(
            "Betalsätt, belopp, kontonummer och betalningens status; aldrig hela kortnumret.",
            "Means of payment, amount, account number and the status of the payment; never the whole card number.",
        ),
    },
    "order": {
        "name": T("Beställningar", "Orders"),
        "description": T(
            "Kundnummer, vad du har beställt och när.", "Customer number, what you have ordered and when."
        ),
    },
    "login": {
        "name": T("Inloggningsuppgifter", "Log-in details"),
        "description": T("Användarnamn, lösenord i krypterad form.", "User name, password in encrypted form."),
    },
    "device": {
        "name": T("Enhetsuppgifter", "Device data"),
        "description": T(
            "IP-adress, webbläsare, operativsystem och språkinställning.",
            "IP address, browser, operating system and language setting.",
        ),
    },
    "usage": {
        "name": T("Användningsuppgifter", "Usage data"),
        "description": T(
            "Vilka sidor du öppnar, vad du söker efter och vad du klickar på.",
            "Which pages you open, what you search for and what you click on.",
        ),
    },
    "location": {
        "name": T("Ungefärlig position", "Approximate location"),
        "description": T("Ort, härledd ur IP-adressen.", "Town, derived from the IP address."),
    },
    "messages": {
        "name": T("Meddelanden till oss", "Messages to us"),
        "description": T(
            "Det du skriver i ärenden, frågor och omdömen.", "What you write in enquiries, questions and reviews."
        ),
    },
    "profile": {
        "name": T("Profiluppgifter", "Profile data"),
        "description": T(
            "Bild, presentation och annat som du själv lägger in.",
            "Picture, introduction and whatever else you enter yourself.",
        ),
    },
    "interests": {
        "name": T("Intressen", "Interests"),
        "description": T(
            "Ämnen som du följer eller har visat intresse för.", "Topics that you follow or have shown interest in."
        ),
    },
    "survey": {
        "name": T("Enkätsvar", "Survey answers"),
        "description": T("Betyg och omdömen som du lämnar.", "Ratings and comments that you give."),
    },
    "education": {
        "name": T("Utbildningsuppgifter", "Course records"),
        "description": T(
            "Kurser, närvaro, provresultat, intyg och diplom.",
            "Courses, attendance, test results, certificates and diplomas.",
        ),
    },
    "diet": {
        "name": T("Specialkost och allergier", "Special diets and allergies"),
        "description": T(
            "Uppgift om kost som avslöjar hälsa eller religion.", "Dietary needs that reveal health or religion."
        ),
        "special": True,
    },
}

#: Recipients that several policies name.
RECIPIENTS = {
    "payments": {
        "category": T("Betaltjänstleverantör", "Payment service provider"),
        "role": "controller",
        "purpose": T("Genomföra och kontrollera kortbetalningar.", "To carry out and check card payments."),
        "country": "SE",
    },
    "hosting": {
        "category": T("Driftleverantör", "Hosting provider"),
        "role": "processor",
        "purpose": T("Drift, lagring och säkerhetskopiering.", "Operation, storage and backups."),
        "country": "SE",
    },
    "newsletter": {
        "category": T("Leverantör av e-postutskick", "E-mail distribution provider"),
        "role": "processor",
        "purpose": T("Skicka nyhetsbrev och bekräftelser.", "To send newsletters and confirmations."),
        "country": "IE",
    },
    "accounting": {
        "category": T("Redovisningsbyrå", "Accounting firm"),
        "role": "processor",
        "purpose": T("Löpande bokföring och bokslut.", "Bookkeeping and annual accounts."),
        "country": "SE",
    },
    "police": {
        "category": T("Polismyndigheten och andra myndigheter", "The Police and other authorities"),
        "role": "authority",
        "purpose": T("Utreda brott och säkerhetsincidenter.", "To investigate crimes and security incidents."),
        "condition": T(
            "lagen kräver det eller en brottsmisstanke anmäls", "the law requires it or a suspected crime is reported"
        ),
        "country": "SE",
    },
}

#: Storage periods that the law sets.
RETENTION_RULES = {
    "accounting": {
        "duration": "P7Y",
        "applies_to": T("Räkenskapsinformation", "Accounting records"),
        "starts": T(
            "utgången av det kalenderår då räkenskapsåret avslutades",
            "the end of the calendar year in which the financial year ended",
        ),
        "reason": T(
            "7 kap. 2 § bokföringslagen (1999:1078)", "Chapter 7, Section 2 of the Swedish Accounting Act (1999:1078)"
        ),
    },
    "complaints": {
        "duration": "P3Y",
        "applies_to": T("Underlag för reklamationer", "Records needed for complaints about defects"),
        "starts": T("leveransen", "delivery"),
        "reason": T("5 kap. konsumentköplagen (2022:260)", "Chapter 5 of the Swedish Consumer Sales Act (2022:260)"),
    },
    "limitation": {
        "duration": "P10Y",
        "at_most": True,
        "applies_to": T("Uppgifter som behövs i en tvist", "Data needed in a dispute"),
        "starts": T("fordringens tillkomst", "the day the claim arose"),
        "reason": T("2 § preskriptionslagen (1981:130)", "Section 2 of the Swedish Limitations Act (1981:130)"),
    },
}
