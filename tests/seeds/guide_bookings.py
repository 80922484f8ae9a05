"""Seed 002: a small company that sells guided tours and the tools for them."""

from __future__ import annotations

from typing import Any

from tests.seeds.seed import Seed


def body(seed: Seed) -> list[Any]:
    return [
        ("text", {"heading": "Att använda tjänsterna",
                  "body": seed.says("accepterar du vår integritetspolicy", "<p>Du godkänner policyn då.</p>")}),
        *data(seed),
        *purposes(seed),
        *receivers(seed),
        *keeping(seed),
        *readers(seed),
    ]  # fmt: skip


def data(seed: Seed) -> list[Any]:
    says = seed.says
    names = [
        says("1. Namn", "Namn"),
        says("Telefonnummer och e-post", "Telefon och e-post"),
        says("Betalningsuppgifter", "Uppgifter om betalning"),
        says("Kundnummer", "Kundnummer"),
        says("Organisationsnummer och kontonummer", "Organisationsnummer och konto"),
        says("IP-adress och information", "IP-adress och hur du använder webbplatsen"),
        says("skapar en profil", "Det du skriver i din profil"),
        says("alla former av kommunikation", "Det du skickar till oss"),
    ]
    personal_number = {"name": says("5. Personnummer", "Personnummer"), "national_id": says("Personnummer", True)}
    categories = [{"name": name} for name in names]
    return [("data_categories", {
        "data_categories": [("data_category", value) for value in [*categories, personal_number]],
    })]  # fmt: skip


def purposes(seed: Seed) -> list[Any]:
    says = seed.says
    return [
        ("purpose", {"title": says("förpliktelser gentemot dig som kund", "Göra det vi har lovat dig"),
                     "description": says("tillhandahållande av support", "<p>Beställning, betalning, hjälp.</p>")}),
        ("purpose", {"title": says("möjligt att använda tjänsterna", "Hålla tjänsterna igång")}),
        ("purpose", {"title": says("fakturor och betalningspåminnelser", "Fakturera och påminna")}),
        ("purpose", {"title": says("som du specifikt har begärt", "Skicka mejl som du bett om")}),
        ("purpose", {
            "title": says("skicka vårt nyhetsbrev", "Skicka nyhetsbrev"),
            "description": says("inte längre behöver nyhetsbrevet", "<p>Du kan sluta när du vill.</p>"),
            "direct_marketing": says("nyhetsbrev via e-post", True),
        }),
        ("purpose", {"title": says("statistisk information", "Lämna statistik till andra"),
                     "description": says("kunna identifiera en enskild", "<p>Ingen enskild syns i den.</p>")}),
        ("purpose", {"title": says("följa tillämplig lagstiftning", "Följa lagen"), "legal_bases": [{
            "basis": says("tillämplig lagstiftning", "art6_1_c"), "statute": says("bokföringslagar", "bokföringslagar"),
        }]}),
        ("purpose", {"title": says("för publicering på vår hemsida", "Publicera det du skickar in"),
                     "description": says("det tillstånd du ger oss", "<p>Så som du har tillåtit.</p>")}),
    ]  # fmt: skip


def receivers(seed: Seed) -> list[Any]:
    says = seed.says
    condition = says("rimligt nödvändigt för de syften", "det behövs för syftena här")
    inner = [
        says("våra anställda", "anställda"),
        says("styrelseledamöter", "styrelsen"),
        says("försäkringsbolag", "försäkringsbolag"),
        says("professionella rådgivare", "rådgivare"),
        says("ombud", "ombud"),
        says("underleverantörer", "leverantörer och deras leverantörer"),
    ]
    return [
        ("recipients", {"recipients": [
            *(("recipient", {"category": category, "condition": condition}) for category in inner),
            ("recipient", {"category": says("kort- och kommunikationstjänster", "kort- och teleleverantörer"),
                           "purpose": says("fullfölja tjänster", "göra det vi har avtalat")}),
            ("recipient", {"category": says("samarbetspartner för fakturering", "den som sköter fakturorna"),
                           "condition": says("utförda guidetjänster", "en guide har arbetat")}),
            ("recipient", {"condition": says("skyldiga att göra det enligt lag", "lagen kräver det")}),
            ("recipient", {"purpose": says("förebygga bedrägerier", "hävda våra rättigheter och hindra bedrägeri"),
                           "category": says("lämna ut information till andra", "andra")}),
        ]}),
        ("commitments", {"commitments": [
            {"commitment": says("tredjeparts direkta marknadsföring", "no_third_party_marketing"),
             "statement": says("utan ditt uttryckliga medgivande", "Ingen annan får göra reklam utan ditt ja.")},
            {"commitment": says("förutom i de fall som anges", "no_disclosure")},
        ]}),
    ]  # fmt: skip


def keeping(seed: Seed) -> list[Any]:
    says = seed.says
    return [
        ("retention_periods", {"periods": [("retention", {
            "criteria": says("längre än vad som är nödvändigt", "<p>Så länge ändamålet kräver.</p>")
            + says("följa lagkrav eller", "<p>Längre om lagen eller våra krav gör det nödvändigt.</p>"),
        })]}),
        ("security", {"description": says("tekniska och organisatoriska", "<p>Teknik och rutiner skyddar.</p>")}),
        ("cookies", {
            "introduction": says("textfil som innehåller information", "<p>En kaka är en liten fil hos dig.</p>")
            + says("Genom att samtycka", "<p>Ditt första ja gäller varje besök.</p>"),
            "cookies": [
                {"title": says("sessionscookies", "Kakor för besöket"),
                 "lifetime": says("försvinner när din webbläsare stängs", "session")},
                {"title": says("permanenta cookies", "Kakor som stannar"),
                 "lifetime": says("efter att giltighetstiden gått ut", "persistent")},
                {"title": "Inställningar", "need": says("spara dina inställningar", "preferences"),
                 "purpose": says("åtkomsträttigheter", "minnas val och åtkomst")},
                {"title": "Mätning", "need": says("föra statistik", "statistics")},
            ],
        }),
        ("choices", {"choices": [{
            "choice": says("i dina webbläsarinställningar", "browser"),
            "explanation": says("inte fungerar som avsett", "<p>Utan kakor kan något sluta fungera.</p>"),
        }]}),
    ]  # fmt: skip


def readers(seed: Seed) -> list[Any]:
    says, found = seed.says, seed.found
    return [
        ("rights", {"rights": [
            {"right": says("begära rättning", "rectification"),
             "explanation": says("komplettering", "<p>Även det som saknas.</p>")},
            {"right": says("radering", "erasure")},
            {"right": "other", "title": says("avidentifiering", "Bli avidentifierad")},
        ]}),
        ("change_notice", {"note": says("publicera en ny version", "<p>Nya versioner läggs ut här.</p>")
                           + says("privata meddelandesystem", "<p>Vi kan också skriva till dig.</p>")}),
        ("earlier_history", {"entries": [{"date": says("Uppdaterad 2022-02-08", "2022-02-08")}]}),
        ("controller", {
            "name": found(r"(\w+ AB) \w+vägen"),
            "address": found(r"AB (\w+vägen \w+ \d{3} \d\d \w+)"),
            "email": found(r"oss på (\S+@\S+\.com)"),
        }),
    ]  # fmt: skip
