"""Ripstigen: a small company in the mountains that books guided tours, with profiles, invoices and cookies."""

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
    "ripstigen",
    name="Ripstigen Guider AB",
    role="sole",
    organisation_number="559900-0048",
    address="Ripvägen 4\n981 39 Kiruna",
    country="SE",
    email="hej@ripstigen.example",
    phone="0980-319 210",
    website="https://www.ripstigen.example/",
)

COLLECTED = part(
    "data_categories",
    "collected",
    data("name", "contact", "payment", "order", "national_id", "company", "device", "usage", "profile", "messages"),
    introduction=T(
        "<p>Vad vi sparar beror på om du bokar en tur, skapar en profil, skriver till oss eller bara tittar runt.</p>"
        "<p>Ditt personnummer behandlar vi när vi prövar din betalningsförmåga inför en faktura, eftersom vi då måste "
        "kunna identifiera dig säkert (3 kap. 10 § lagen (2018:218) med kompletterande bestämmelser till EU:s "
        "dataskyddsförordning).</p>",
        "<p>What we store depends on whether you book a tour, create a profile, write to us or just look around.</p>"
        "<p>We process your national identity number when we assess your ability to pay an invoice, since we must then "
        "be able to identify you safely (Chapter 3, Section 10 of the Swedish Act (2018:218) with supplementary "
        "provisions to the EU General Data Protection Regulation).</p>",
        "<p>Se, mitä tallennamme, riippuu siitä, varaatko retken, luotko profiilin, kirjoitatko meille vai "
        "katseletko vain.</p><p>Henkilötunnustasi käsittelemme, kun arvioimme maksukykyäsi ennen laskuttamista, "
        "koska meidän on silloin voitava tunnistaa sinut luotettavasti (EU:n tietosuoja-asetusta täydentävän Ruotsin"
        " lain (2018:218) 3 luvun 10 §).</p>",
    ),
)

PURPOSES = (
    part(
        "purpose",
        "booking",
        basis("b"),
        data("name", "contact", "order", "messages"),
        given_to("hosting"),
        kept("bookings", "P3Y", starts=T("turens sista dag", "the last day of the tour", "retken viimeinen päivä")),
        title=T("Ta hand om din bokning", "Taking care of your booking", "Varauksesi hoitaminen"),
        description=T(
            "Vi bokar guide, tar emot ändringar och hjälper dig före, under och efter turen.",
            "We book a guide, receive changes and help you before, during and after the tour.",
            "Varaamme oppaan, otamme vastaan muutokset ja autamme sinua ennen retkeä, sen aikana ja sen jälkeen.",
        ),
        provision="contractual",
        consequence=T(
            "Utan uppgifterna kan vi inte boka någon guide.",
            "Without the data we cannot book a guide.",
            "Ilman tietoja emme voi varata opasta.",
        ),
    ),
    part(
        "purpose",
        "website",
        basis("b"),
        data("login", "profile"),
        kept(
            "profile",
            criteria=T(
                "Så länge du har kvar din profil.",
                "As long as you keep your profile.",
                "Niin kauan kuin sinulla on profiili.",
            ),
            applies_to=T("Profilen", "The profile", "Profiili"),
        ),
        title=T("Din profil på webbplatsen", "Your profile on the website", "Profiilisi sivustolla"),
        description=T(
            "Du kan logga in, spara favoriter och lägga ut bilder. Det du själv publicerar visar vi på det sätt som "
            "du har tillåtit.",
            "You can log in, save favourites and post pictures. What you publish yourself we show in the way that you "
            "have allowed.",
            "Voit kirjautua, tallentaa suosikkeja ja julkaista kuvia. Sen, minkä itse julkaiset, näytämme sillä "
            "tavalla, jonka olet sallinut.",
        ),
        provision="voluntary",
    ),
    part(
        "purpose",
        "invoices",
        basis("b", applies_to=T("fakturan", "the invoice", "lasku")),
        basis(
            "f",
            applies_to=T("kreditprövningen", "the credit check", "luottokelpoisuuden arviointi"),
            interest=T(
                "Vårt intresse av att få betalt och minska kreditrisken.",
                "Our interest in being paid and in reducing the credit risk.",
                "Etumme saada maksu ja pienentää luottoriskiä.",
            ),
        ),
        data("name", "address", "national_id", "company", "payment"),
        given_to("payments"),
        kept_by_rule("limitation"),
        title=T("Fakturor och påminnelser", "Invoices and reminders", "Laskut ja muistutukset"),
        description=T(
            "Vi skickar fakturor, kontoutdrag och påminnelser och tar emot dina betalningar.",
            "We send invoices, statements of account and reminders and receive your payments.",
            "Lähetämme laskuja, tiliotteita ja muistutuksia ja otamme vastaan maksusi.",
        ),
        provision="contractual",
        consequence=T(
            "Du får betala med kort i stället.", "You will have to pay by card instead.", "Silloin maksat kortilla."
        ),
    ),
    part(
        "purpose",
        "requested_mail",
        basis("a"),
        data("contact"),
        given_to("newsletter"),
        kept(
            "subscription",
            criteria=T(
                "Tills du avslutar prenumerationen.", "Until you end the subscription.", "Kunnes lopetat tilauksen."
            ),
            applies_to=T("Prenumerationen", "The subscription", "Uutiskirjeen tilaus"),
        ),
        title=T("Nyhetsbrev som du har bett om", "Newsletters that you asked for", "Pyytämäsi uutiskirjeet"),
        description=T(
            "Du får brevet bara om du har anmält dig till det, och du slutar när du vill.",
            "You get the letter only if you have signed up for it, and you stop when you like.",
            "Saat kirjeen vain, jos olet tilannut sen, ja lopetat, kun haluat.",
        ),
        direct_marketing=True,
        provision="voluntary",
    ),
    part(
        "purpose",
        "statistics",
        basis(
            "f",
            interest=T(
                "Vårt och turistnäringens intresse av att veta vilka turer som efterfrågas.",
                "Our interest, and that of the tourist trade, in knowing which tours are in demand.",
                "Meidän ja matkailualan etu tietää, millaisille retkille on kysyntää.",
            ),
        ),
        data("order", "usage"),
        kept("statistics", "P13M", starts=T("besöket", "the visit", "käynti")),
        title=T("Statistik", "Statistics", "Tilastot"),
        description=T(
            "Vi räknar bokningar och besök. Andra får del av siffrorna, aldrig av uppgifter som kan knytas till dig.",
            "We count bookings and visits. Others see the figures, never data that can be linked to you.",
            "Laskemme varauksia ja käyntejä. Muut saavat luvut, eivät koskaan tietoja, jotka voi yhdistää sinuun.",
        ),
    ),
    part(
        "purpose",
        "accounts",
        basis(
            "c",
            statute=T(
                "Bokföringslagen (1999:1078)",
                "The Swedish Accounting Act (1999:1078)",
                "Ruotsin kirjanpitolaki (1999:1078)",
            ),
        ),
        data("name", "order", "payment"),
        given_to("accounting"),
        kept_by_rule("accounting"),
        title=T("Bokföring", "Bookkeeping", "Kirjanpito"),
        description=T(
            "Lagen kräver att vi bokför varje köp.",
            "The law requires us to enter each purchase in our accounts.",
            "Laki vaatii meitä kirjaamaan jokaisen oston.",
        ),
        provision="statutory",
        consequence=T(
            "Utan uppgifterna kan vi inte sälja till dig.",
            "Without the data we cannot sell to you.",
            "Ilman tietoja emme voi myydä sinulle.",
        ),
    ),
)

COOKIES = part(
    "cookies",
    "cookies",
    part(
        "cookie",
        "session",
        name="rip_session",
        provider="Ripstigen Guider AB",
        party="first",
        need="necessary",
        lifetime="session",
        purpose=T("Hålla dig inloggad.", "To keep you logged in.", "Pitää sinut kirjautuneena."),
    ),
    part(
        "cookie",
        "settings",
        name="rip_val",
        provider="Ripstigen Guider AB",
        party="first",
        need="preferences",
        lifetime="persistent",
        duration="P12M",
        purpose=T(
            "Minnas språk och kartvy.", "To remember language and map view.", "Kielen ja karttanäkymän muistaminen."
        ),
    ),
    part(
        "cookie",
        "statistics",
        name="rip_stat",
        provider="Ripstigen Guider AB",
        party="first",
        need="statistics",
        lifetime="persistent",
        duration="P13M",
        purpose=T("Räkna återkommande besök.", "To count returning visits.", "Toistuvien käyntien laskeminen."),
    ),
    introduction=T(
        "En kaka är en liten textfil i din dator. Nödvändiga kakor sätts direkt, de andra först när du har sagt ja. "
        "Ändra ditt val med länken längst ned på varje sida.",
        "A cookie is a small text file on your computer. Necessary cookies are set at once, the others only when you "
        "have said yes. Change your choice with the link at the bottom of each page.",
        "Eväste on pieni tekstitiedosto tietokoneellasi. Välttämättömät evästeet asetetaan heti, muut vasta, kun "
        "olet suostunut. Muuta valintaasi kunkin sivun alareunan linkistä.",
    ),
)

STORY = Story(
    slug=T("ripstigen", "ripstigen", "ripstigen"),
    title=T("Integritetspolicy för Ripstigen", "Privacy policy of Ripstigen", "Ripstigenin tietosuojaseloste"),
    first_days_ago=788,
    first=(
        part(
            "text",
            "brief",
            heading=T("Välkommen till fjälls", "Welcome to the mountains", "Tervetuloa tuntureille"),
            body=T(
                "Här läser du vad vi gör med dina personuppgifter när du hittar och bokar guidade turer hos oss.",
                "Here you can read what we do with your personal data when you find and book guided tours with us.",
                "Tästä luet, mitä teemme henkilötiedoillasi, kun etsit ja varaat meiltä opastettuja retkiä.",
            ),
        ),
        CONTROLLER,
        COLLECTED,
        *PURPOSES,
        part(
            "recipients",
            "recipients",
            part(
                "recipient",
                "card_and_messages",
                category=T(
                    "Leverantör av kort- och meddelandetjänster",
                    "Card and messaging services provider",
                    "Kortti- ja viestipalvelujen toimittaja",
                ),
                role="processor",
                purpose=T(
                    "Fullgöra vårt avtal med dig.", "To perform our contract with you.", "Sopimuksemme täyttäminen."
                ),
                country="SE",
            ),
            part(
                "recipient",
                "advisers",
                category=T(
                    "Försäkringsbolag, ombud och rådgivare",
                    "Insurers, agents and advisers",
                    "Vakuutusyhtiöt, asiamiehet ja neuvonantajat",
                ),
                role="controller",
                purpose=T(
                    "Fastställa, göra gällande eller försvara rättsliga anspråk och förebygga bedrägerier.",
                    "To establish, exercise or defend legal claims and to prevent fraud.",
                    "Oikeusvaateiden laatiminen, esittäminen tai puolustaminen ja petosten ehkäiseminen.",
                ),
                condition=T("ärendet kräver det", "the matter requires it", "asia vaatii sitä"),
            ),
            given_to("police"),
            introduction=T(
                "Anställda, styrelse och underleverantörer ser bara det som behövs för uppgiften.",
                "Staff, board and subcontractors see only what the task requires.",
                "Työntekijät, hallitus ja alihankkijat näkevät vain sen, mitä tehtävä vaatii.",
            ),
        ),
        part(
            "retention_periods",
            "retention",
            part(
                "retention",
                "rest",
                applies_to=T("Allt annat", "Everything else", "Kaikki muu"),
                criteria=T(
                    "Längst så länge ändamålet kräver det, därefter raderas uppgiften eller avidentifieras.",
                    "For no longer than the purpose requires; after that the data are erased or de-identified.",
                    "Enintään niin kauan kuin käsittelyn tarkoitus vaatii; sen jälkeen tieto poistetaan tai siitä "
                    "poistetaan tunnisteet.",
                ),
            ),
        ),
        COOKIES,
        part(
            "rights",
            "rights",
            right(
                "rectification",
                explanation=T(
                    "Uppgifter som är felaktiga, ofullständiga eller missvisande rättar eller kompletterar vi.",
                    "Data that are wrong, incomplete or misleading we correct or complete.",
                    "Virheelliset, puutteelliset tai harhaanjohtavat tiedot korjaamme tai täydennämme.",
                ),
            ),
            right(
                "erasure",
                explanation=T(
                    "Du kan begära att uppgifter raderas eller avidentifieras.",
                    "You can ask for data to be erased or de-identified.",
                    "Voit pyytää, että tiedot poistetaan tai niistä poistetaan tunnisteet.",
                ),
            ),
            right(
                "withdraw_consent",
                explanation=T(
                    "Varje nyhetsbrev har en avslutslänk; kakor väljer du bort med länken på sidan.",
                    "Each newsletter has a link for leaving; cookies you decline with the link on the page.",
                    "Jokaisessa uutiskirjeessä on peruutuslinkki; evästeet kiellät sivulla olevasta linkistä.",
                ),
            ),
            how=T(
                "Skriv till hej@ripstigen.example.",
                "Write to hej@ripstigen.example.",
                "Kirjoita osoitteeseen hej@ripstigen.example.",
            ),
            free=True,
        ),
        part("complaint", "complaint", authority="SE"),
        part(
            "choices",
            "choices",
            part(
                "choice",
                "browser",
                choice="browser",
                explanation=T(
                    "Stänger du av alla kakor i webbläsaren fungerar inloggningen sämre.",
                    "If you turn off all cookies in the browser, logging in works less well.",
                    "Jos estät selaimessa kaikki evästeet, kirjautuminen toimii huonommin.",
                ),
            ),
        ),
        part(
            "commitments",
            "commitments",
            part(
                "commitment",
                "no_marketing_by_others",
                commitment="no_third_party_marketing",
                statement=T(
                    "Ingen annan får dina uppgifter för egen marknadsföring om du inte uttryckligen har sagt ja.",
                    "Nobody else gets your data for their own marketing unless you have expressly said yes.",
                    "Kukaan muu ei saa tietojasi omaan markkinointiinsa, ellet ole nimenomaisesti suostunut siihen.",
                ),
            ),
            part("commitment", "no_disclosure", commitment="no_disclosure"),
        ),
        part(
            "security",
            "safety",
            description=T(
                "Vi vidtar rimliga tekniska och organisatoriska åtgärder mot förlust, missbruk och obehörig ändring.",
                "We take reasonable technical and organisational measures against loss, misuse and unauthorised "
                "change.",
                "Suojaamme tietoja kohtuullisin teknisin ja organisatorisin toimin katoamiselta, väärinkäytöltä ja "
                "luvattomalta muuttamiselta.",
            ),
        ),
        part(
            "change_notice",
            "changes",
            note=T(
                "Har du en profil lägger vi även ett meddelande i din inkorg på webbplatsen.",
                "If you have a profile, we also put a message in your inbox on the website.",
                "Jos sinulla on profiili, saat viestin myös sivuston postilaatikkoosi.",
            ),
        ),
    ),
    later=(
        Publication(
            days_ago=640,
            is_=Materiality.EDITORIAL,
            edits=(
                change(
                    "brief", heading=T("Välkommen till fjälls!", "Welcome to the mountains!", "Tervetuloa tuntureille!")
                ),
            ),
        ),
        Publication(
            days_ago=505,
            is_=Materiality.BENEFIT,
            summary=T(
                "Vi beskriver rätten till tillgång, begränsning, dataportabilitet och rätten att invända.",
                "We describe the rights of access, restriction and data portability, and the right to object.",
                "Kerromme oikeudesta saada pääsy tietoihin, rajoittaa käsittelyä ja siirtää tiedot sekä "
                "vastustamisoikeudesta.",
            ),
            edits=(
                add(
                    right(
                        "access",
                        explanation=T(
                            "Be om en kopia, så skickar vi det vi har om dig.",
                            "Ask for a copy and we send you what we hold about you.",
                            "Pyydä jäljennöstä, niin lähetämme sen, mitä meillä on sinusta.",
                        ),
                    ),
                    to="rights",
                ),
                add(
                    right(
                        "restriction",
                        explanation=T(
                            "Medan vi undersöker saken kan uppgifterna spärras för annan användning.",
                            "While we look into the matter, the data can be blocked from other use.",
                            "Kun selvitämme asiaa, tiedot voidaan sulkea muulta käytöltä.",
                        ),
                    ),
                    to="rights",
                ),
                add(
                    right(
                        "portability",
                        explanation=T(
                            "Profil och bokningar lämnas ut som en fil som andra system kan läsa.",
                            "Your profile and bookings are handed out as a file that other systems can read.",
                            "Profiili ja varaukset annetaan tiedostona, jonka muut järjestelmät voivat lukea.",
                        ),
                    ),
                    to="rights",
                ),
                add(
                    right(
                        "objection",
                        explanation=T(
                            "Kreditprövning och statistik kan du invända mot; vi prövar då dina skäl.",
                            "You can object to credit checks and statistics; we then examine your reasons.",
                            "Luottokelpoisuuden arviointia ja tilastoja voit vastustaa; silloin tutkimme syysi.",
                        ),
                    ),
                    to="rights",
                ),
            ),
        ),
        Publication(
            days_ago=345,
            is_=Materiality.MINOR,
            summary=T(
                "Kakan för statistik lever kortare tid.",
                "The statistics cookie lives for a shorter time.",
                "Tilastointieväste säilyy lyhyemmän ajan.",
            ),
            edits=(change("cookies/statistics", duration="P6M"),),
        ),
        Publication(
            days_ago=140,
            is_=Materiality.MATERIAL,
            summary=T(
                "Ett faktureringsbolag sköter våra fakturor och får de uppgifter som behövs för det.",
                "An invoicing company handles our invoices and gets the data needed for that.",
                "Laskutusyhtiö hoitaa laskumme ja saa siihen tarvittavat tiedot.",
            ),
            takes_effect_in=30,
            edits=(
                add(
                    part(
                        "recipient",
                        "invoicing",
                        category=T("Samarbetspartner för fakturering", "Invoicing partner", "Laskutuskumppani"),
                        role="controller",
                        purpose=T(
                            "Fakturera utförda guideuppdrag.",
                            "To invoice guided tours that have taken place.",
                            "Toteutuneiden opastusten laskuttaminen.",
                        ),
                        condition=T(
                            "du väljer att betala mot faktura",
                            "you choose to pay by invoice",
                            "valitset maksutavaksi laskun",
                        ),
                        country="SE",
                    ),
                    to="recipients",
                    after="card_and_messages",
                ),
            ),
        ),
        Publication(
            days_ago=4,
            is_=Materiality.MATERIAL,
            summary=T(
                "Våra meddelanden går snart genom en leverantör i USA som är ansluten till ramverket för "
                "dataskydd mellan EU och USA.",
                "Our messages will soon pass through a provider in the United States that takes part in the EU-US Data "
                "Privacy Framework.",
                "Viestimme kulkevat pian yhdysvaltalaisen toimittajan kautta, joka on liittynyt EU:n ja "
                "Yhdysvaltojen väliseen tietosuojakehykseen.",
            ),
            takes_effect_in=30,
            edits=(
                add(
                    part(
                        "transfers",
                        "transfers",
                        part(
                            "transfer",
                            "messages",
                            country="US",
                            mechanism="art45_adequacy",
                            recipient=T(
                                "Cairnpost Messaging Inc.", "Cairnpost Messaging Inc.", "Cairnpost Messaging Inc."
                            ),
                            purpose=T(
                                "Förmedla sms och aviseringar; företaget är certifierat enligt beslut (EU) 2023/1795.",
                                "To deliver text messages and alerts; the company is certified under Decision (EU) "
                                "2023/1795.",
                                "Tekstiviestien ja ilmoitusten välittäminen; yritys on sertifioitu päätöksen (EU) "
                                "2023/1795 mukaisesti.",
                            ),
                        ),
                        place="mostly_eea",
                    ),
                    after="recipients",
                ),
            ),
        ),
    ),
)
