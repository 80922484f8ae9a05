"""Seed 001: a group of companies with subscriptions and events, and a history of its own."""

from __future__ import annotations

from typing import Any

from tests.seeds.seed import Seed


def body(seed: Seed) -> list[Any]:
    return [
        *responsible(seed),
        *purposes(seed),
        *data(seed),
        *receivers(seed),
        *places(seed),
        *periods(seed),
        *rights(seed),
        *protection(seed),
        *events(seed),
        *the_policy_itself(seed),
    ]


def responsible(seed: Seed) -> list[Any]:
    says, found = seed.says, seed.found
    return [
        ("controller", {
            "name": found(r"Personuppgiftsansvarig (\w+ AB) \w+ AB, \(org"),
            "role": says("vars Tjänst du använder", "own_services"),
            "organisation_number": found(r"org nr: (\d{6}-\d{4})"),
            "address": found(r"\d{6}-\d{4}\) (\w+ \d+, \d{3} \d\d \w+)"),
            "website": found(r"Hemsida: (https://\S+)"),
            "responsibility": says("via de Tjänster som det tillhandahåller", "<p>De tjänster som bolaget har.</p>"),
        }),
        ("text", {
            "heading": "Villkor som kan tillkomma",
            "body": says("kompletterande villkor", "<p>Vissa tjänster har egna villkor. Läs dem när du beställer.</p>"),
        }),
    ]  # fmt: skip


def purposes(seed: Seed) -> list[Any]:
    says = seed.says
    return [
        ("purpose", {
            "title": says("för att tillhandahålla Tjänsterna", "Ge dig våra tjänster"),
            "description": says("prenumerationer, premier, events och kurser",
                                "<p>Köp, prenumerationer, premier, event, kurser och support.</p>"),
            "legal_bases": [{"basis": says("avtalsenliga", "art6_1_b")}],
            "consequence": says("inte kommer att kunna använda den specifika", "<p>Tjänsten kan sluta fungera.</p>"),
        }),
        ("purpose", {"title": says("Produktförbättring", "Göra tjänsterna bättre"),
                     "description": says("felrapporter", "<p>Bland annat med felrapporter, sökningar och klick.</p>")}),
        ("purpose", {"title": says("aggregerade analyser", "Analysera verksamheten i stort")}),
        ("purpose", {"title": says("Personligt anpassade Tjänster", "Anpassa tjänsterna efter dig"),
                     "description": says("kombinerar information", "<p>Vi väger samman uppgifter.</p>")}),
        ("purpose", {
            "title": says("Säkerhet och regelefterlevnad", "Skydda tjänsterna och följa lagen"),
            "description": says("radera innehåll som du publicerat", "<p>Inlägg som bryter mot reglerna tas bort.</p>"),
            "legal_bases": [
                {"basis": says("lagliga skyldigheter", "art6_1_c"),
                 "statute": says("bokföringslagen", "bokföringslagen")},
                {"basis": says("andra berättigade intressen", "art6_1_f"),
                 "interest": says("skydda våra system och kunder", "<p>Säkra system och kunder.</p>")},
            ],
        }),
        ("purpose", {"title": says("Kommunikation.", "Hålla kontakten med dig"),
                     "description": says("e-post, telefon", "<p>Per mejl, telefon eller på annat sätt.</p>")}),
        ("purpose", {
            "title": says("Marknadsföring och reklam", "Visa reklam och erbjudanden"),
            "description": says("samlar information om ditt namn", "<p>Tekniken vet inte vad du heter.</p>"),
            "direct_marketing": says("direktmarknadsföring", True),
        }),
        ("commitments", {"commitments": [{
            "commitment": says("använda personuppgifter för ett nytt syfte", "tell_before_new_purpose"),
            "statement": says("be om din tillåtelse", "Vi frågar innan vi gör något nytt med uppgifterna."),
        }]}),
    ]  # fmt: skip


def data(seed: Seed) -> list[Any]:
    says = seed.says
    return [
        ("data_categories", {
            "introduction": says("tillhandahåller du direkt", "<p>En del ger du oss själv.</p>"),
            "data_categories": [
                ("data_category", {
                    "name": says("Namn och kontaktuppgifter", "Namn och kontaktuppgifter"),
                    "description": says("företag och befattning", "namn, adresser, telefon, företag och titel"),
                }),
                ("data_category", {
                    "name": says("Enhets- och användningsdata", "Enhet och användning"),
                    "description": says("IP-adress, språkinställningar och pushinställningar",
                                        "ip-adress, språk och pushnotiser"),
                }),
                ("data_category", {
                    "name": says("Företagsuppgifter", "Företaget du arbetar för"),
                    "description": says("betalsätt", "kontaktpersoner, adress och hur ni betalar"),
                }),
                ("data_category", {"name": says("innehållet i meddelanden", "Det du skriver till oss")}),
            ],
        }),
        ("sources", {"sources": [
            {"name": says("Datamäklare såsom Bisnode", "Bisnode"), "data": says("befattningshavare", "företagsdata")},
            {"name": says("Facebook- eller Linkedinprofil", "Facebook och Linkedin"),
             "publicly_accessible": says("offentliga Facebook", "yes")},
            {"name": says("uppgifter från sponsorer", "Partner och sponsorer")},
            {"name": says("Statens Personadressregister", "Öppna register, till exempel Spar"),
             "publicly_accessible": says("Offentligt tillgängliga källor", "yes")},
        ]}),
        ("cookies", {"introduction": says("teknik som cookies/kakor", "<p>Kakor visar hur sidorna används.</p>")}),
    ]  # fmt: skip


def receivers(seed: Seed) -> list[Any]:
    says = seed.says
    return [("recipients", {
        "introduction": says("inte rätt att använda personuppgifter", "<p>De får inte göra annat med uppgifterna.</p>"),
        "recipients": [
            ("recipient", {"category": says("våra leverantörer", "leverantörer"),
                           "role": says("utför tjänster för vår räkning", "processor")}),
            ("recipient", {"category": says("kundservicesupport", "kundtjänst, reklam och trafikmätning")}),
            ("recipient", {"category": says("försäljning av tillgångar", "köpare av verksamheten"),
                           "condition": says("en gemensam affär", "bolaget säljs eller går samman med ett annat")}),
            ("recipient", {"category": says("sponsorer som sponsrat", "eventets sponsorer"),
                           "condition": says("Vid deltagande i ett event", "du kommer till ett event")}),
            ("recipient", {"category": says("sociala mediet", "sociala medier"),
                           "data": says("operativsystem och IP-adress", "tid, enhet, system, ip-adress och sida"),
                           "condition": says("social plug-in", "du delar en artikel med en knapp")}),
            ("recipient", {"category": says("polis och andra behöriga", "polisen och andra myndigheter"),
                           "role": says("myndigheter", "authority"),
                           "condition": says("följa lagen eller rättslig process", "lagen eller tvister kräver det")}),
        ],
    }), ("text", {
        "heading": "Andras webbplatser",
        "body": says("länkar till externa företag", "<p>Där gäller deras egna regler.</p>"),
    })]  # fmt: skip


def places(seed: Seed) -> list[Any]:
    says = seed.says
    return [("transfers", {
        "place": says("I huvudsak sker", "mostly_eea"),
        "transfers": [
            {"purpose": says("skicka nyhetsbrev", "Utskick av nyhetsbrev")},
            {"purpose": says("utveckling och underhåll", "Utveckling och drift av system")},
            {"mechanism": says("adekvat skyddsnivå", "art45_adequacy")},
            {"mechanism": says("lämpliga säkerhetsåtgärder", "art46_safeguards")},
            {"mechanism": says("standardiserade modellklausuler", "art46_2_c_scc"),
             "copy_how": says("tillgängliga via Datainspektionens", "De finns hos tillsynsmyndigheten.")},
        ],
    })]  # fmt: skip


def periods(seed: Seed) -> list[Any]:
    says = seed.says
    return [("retention_periods", {
        "introduction": says("varierar perioden", "<p>Tiden beror på vad uppgifterna är till för.</p>"),
        "periods": [
            ("retention", {
                "applies_to": "Direktreklam",
                "duration": says("upp till två år", "P2Y"), "at_most": says("sparar dina uppgifter upp till", True),
                "starts": says("efter Tjänsten avslutats", "dagen då tjänsten tog slut"),
            }),
            ("retention", {
                "applies_to": says("kopplade till ett företag", "Kontaktuppgifter till företag"),
                "duration": says("36 månader", "P36M"), "at_most": says("upp till 36", True),
                "starts": says("efter avslutat event", "eventets sista dag"),
            }),
            ("retention", {
                "applies_to": says("potentiella kunder", "Den som inte blev kund"),
                "duration": says("3 månader från", "P3M"), "at_most": says("kontaktuppgifterna upp till", True),
                "starts": says("kontakttillfället", "samtalet"),
            }),
            ("retention", {
                "applies_to": says("e-postadressen i vår spärrlista", "Adresser i spärrlistan"),
                "reason": says("inte får del av oönskade", "så att du slipper nya utskick"),
            }),
            ("retention", {
                "applies_to": "Allt annat",
                "criteria": says("kriterier som avgör", "<p>Syftet, arten, sättet, vår relation.</p>"),
            }),
            ("retention", {
                "applies_to": says("lösa en tvist", "Tvister och lagkrav"),
                "criteria": says("skyldiga att göra det enligt lag", "<p>Så länge lagen eller tvisten kräver.</p>"),
            }),
        ],
    })]  # fmt: skip


def rights(seed: Seed) -> list[Any]:
    says = seed.says
    return [
        ("rights", {
            "rights": [
                {"right": says("återkalla samtycket", "withdraw_consent")},
                {"right": says("s k registerutdrag", "access")},
                {"right": says("rättelse av felaktiga", "rectification")},
                {"right": says("uppgifter raderas", "erasure"),
                 "limits": says("vissa omständigheter", "<p>Ibland.</p>")},
                {"right": says("begränsar behandlingen", "restriction")},
                {"right": says("dataportabilitet", "portability"),
                 "limits": says("ditt samtycke eller fullgörande", "<p>Vid samtycke eller avtal.</p>")},
                {"right": says("göra invändning", "objection")},
                {"right": says("rätt att när som helst invända", "objection"), "title": "Slippa direktreklam"},
                {"right": says("framföra klagomål", "complaint")},
            ],
            "response_time": says("inom 30 dagar", "P30D"),
            "extended_time": says("upp till 3 månader. Vi", "P3M"),
            "free": says("kostnadsfritt", True),
            "cost": says("ta ut en rimlig avgift", "<p>Orimliga krav kan få kosta eller nekas.</p>"),
            "how": says("kontakta oss via vår kundservice", "<p>Skriv till kundservice.</p>"),
        }),
        ("complaint", {"authority": says("Datainspektionen är den myndighet i Sverige", "SE")}),
        ("choices", {"choices": [
            {"choice": says("vill avanmäla dig", "marketing"),
             "explanation": says("följa anvisningarna i meddelandet", "<p>Gör som det står i utskicket.</p>")},
            {"choice": says("Dina kommunikationsinställningar", "communication"),
             "explanation": says("omfattas av en sådan avanmälan", "<p>Viktiga besked kommer ändå.</p>")},
            {"choice": says("Cookie-kontroller", "browser"), "title": "Kakor",
             "explanation": says("beskrivs i vår Cookiepolicy", "<p>Läs vår sida om kakor.</p>")},
            {"choice": says("Spårningsskydd", "browser"), "title": "Skydd mot spårning"},
            {"choice": says("push-inställningar i din telefon", "other"), "title": "Telefonens notiser"},
        ]}),
    ]  # fmt: skip


def protection(seed: Seed) -> list[Any]:
    says = seed.says
    return [("security", {"description": says("begränsad åtkomst", "<p>Låsta lokaler och få som kommer in.</p>")
                          + says("kontinuerligt revision", "<p>Underleverantörer granskas.</p>")})]  # fmt: skip


def events(seed: Seed) -> list[Any]:
    says = seed.says
    return [("service", {
        "title": says("Konferens och event", "Konferenser och event"),
        "sections": [
            ("purpose", {
                "title": says("tillhandahållandet av eventet", "Ordna eventet"),
                "data_categories": [("data_category", {
                    "name": says("specialkost och allergier", "Specialkost och allergier"),
                    "special": says("särskilt känslig", True),
                })],
                "legal_bases": [{"basis": says("stöd av det samtycke", "art6_1_a")}],
                "special_conditions": [{"condition": says("det samtycke som du lämnar", "art9_2_a")}],
                "recipients": [("recipient", {
                    "category": says("sponsorer som deltar på eventet", "sponsorer på plats"),
                    "data": says("dina kontaktuppgifter kan delas", "kontaktuppgifter"),
                })],
            }),
        ],
    })]  # fmt: skip


def the_policy_itself(seed: Seed) -> list[Any]:
    says = seed.says
    return [
        ("change_notice", {"note": says("datumet för senaste uppdatering", "<p>Senaste datum står överst.</p>")}),
        ("earlier_history", {"entries": [{
            "date": says("Maj 2018", "2018-05"),
            "description": says("den 25 maj 2018", "<p>Anpassad till förordningen, i kraft 25 maj 2018.</p>"),
        }]}),
    ]  # fmt: skip
