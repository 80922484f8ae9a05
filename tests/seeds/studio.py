"""Seed 003: a studio that sells to companies."""

from __future__ import annotations

from typing import Any

from tests.seeds.seed import Seed


def body(seed: Seed) -> list[Any]:
    says, found = seed.says, seed.found
    return [
        *purposes(seed),
        ("data_categories", {"data_categories": [("data_category", {"name": name}) for name in (
            says("företagsnamn", "Företagets namn"),
            says("organisationsnummer", "Organisationsnummer"),
            says("faktureringsadress adress för annan post", "Adresser för faktura och post"),
            says("förnamn på användare efternamn", "För- och efternamn"),
            says("telefonnummer till användare", "E-post och telefon"),
            says("IP-adressen på datorn", "Datorns ip-adress"),
        )]}),
        ("cookies", {
            "introduction": says("liten textfil", "<p>En kaka är en liten textfil.</p>"),
            "cookies": [{
                "purpose": says("återvänt till en viss webbsida", "minnas att du har varit här och vem du är"),
            }],
        }),
        *keeping(seed),
        *rights(seed),
        ("controller", {
            "name": found(r"Personuppgiftspolicy - (\w+ \w) "),
            "address": found(r"Vår adress (.+?\d{3} \d\d \w+) "),
            "phone": found(r"Telefon (\d{3}-[\d ]+\d)"),
        }),
    ]  # fmt: skip


def purposes(seed: Seed) -> list[Any]:
    says = seed.says

    def contract() -> dict[str, Any]:
        return {"legal_bases": [{"basis": says("fullgöra eller ingå avtal", "art6_1_b")}]}

    return [
        ("purpose", {
            "title": says("Kontrollera användares identitet", "Veta vem som köper"),
            **contract(),
            "provision": says("för att avtal ska kunna ingås", "precondition"),
            "consequence": says("Utan de efterfrågade uppgifterna", "<p>Då kan vi inte leverera.</p>"),
        }),
        ("purpose", {"title": says("support under och efter köp", "Ge support"), **contract()}),
        ("purpose", {"title": says("befintliga eller nya tjänster", "Erbjuda fler tjänster"), **contract()}),
        ("purpose", {"title": says("tillhandahålla fakturor", "Skriva avtal och fakturor"), **contract()}),
        ("purpose", {
            "title": says("nyhetsbrev och annan marknadsföring", "Skicka nyhetsbrev och reklam"),
            "legal_bases": [{"basis": says("begär samtycke", "art6_1_a")}],
            "direct_marketing": says("annan marknadsföring", True),
            "retention": [("retention", {
                "criteria": says("den tid samtycket gäller", "<p>Så länge samtycket gäller.</p>"),
            })],
        }),
        ("purpose", {
            "title": says("förstå behoven bättre", "Förstå vad kunderna behöver"),
            "description": says("demografiska förhållanden", "<p>Vem kunderna är, vad de vill och gör.</p>")
            + says("på en sammanslagen nivå", "<p>Ingen enskild pekas ut.</p>"),
        }),
    ]  # fmt: skip


def keeping(seed: Seed) -> list[Any]:
    says = seed.says
    return [
        ("retention_periods", {"periods": [("retention", {
            "criteria": says("den tid användaren är registrerad", "<p>Så länge du är användare.</p>"),
        })]}),
        ("commitments", {"commitments": [
            {"commitment": says("säljer eller hyr ut", "no_sale")},
            {"commitment": says("andra organisationer i marknadsföringssyfte", "no_third_party_marketing")},
        ]}),
        ("recipients", {"recipients": [
            ("recipient", {"category": says("personuppgifter till underleverantörer", "underleverantörer"),
                           "purpose": says("erbjuda bättre tjänster", "bättre tjänster")}),
            ("recipient", {"purpose": says("rättsliga anspråk", "hävda rättsliga anspråk"),
                           "condition": says("i särskilda fall", "det behövs i ett särskilt fall")}),
        ]}),
        ("transfers", {
            "introduction": says("samma slags lagstadgade skydd", "<p>Skyddet i lag kan vara sämre där.</p>")
            + says("ett land utanför EU", "<p>Vi berättar om uppgifter lämnar EU/EES.</p>"),
            "place": says("inte måste finnas inom EU", "outside"),
            "transfers": [
                {"mechanism": says("krav på lämpliga skyddsåtgärder", "art46_safeguards")},
                {"mechanism": says("adekvat skyddsnivå", "art45_adequacy")},
            ],
        }),
    ]  # fmt: skip


def rights(seed: Seed) -> list[Any]:
    says = seed.says
    return [
        ("rights", {
            "how": says("när som helst ta kontakt", "<p>Hör av dig när du vill.</p>"),
            "rights": [
                {"right": says("registerutdrag", "access")},
                {"right": says("rättade eller kompletterade", "rectification")},
                {"right": says("uppgifter kring användaren raderade", "erasure"),
                 "limits": says("inte säkert att", "<p>Vissa tjänster kan då upphöra.</p>")},
                {"right": says("information om hur behandling sker", "information")},
                {"right": says("rätt till begränsning", "restriction")},
                {"right": says("rätt till dataportabilitet", "portability"),
                 "explanation": says("maskinläsbart format", "<p>I en form som datorer läser.</p>")},
                {"right": says("inge klagomål", "complaint")},
                {"right": says("återkalla sitt samtycke", "withdraw_consent")},
            ],
        }),
        ("complaint", {"authority": says("Datainspektionen", "SE")}),
        ("change_notice", {"note": says("kommer användaren att informeras", "<p>Vi berättar om något ändras.</p>")}),
    ]  # fmt: skip
