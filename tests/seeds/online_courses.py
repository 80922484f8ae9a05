"""Seed 004: a company with online courses, and words of its own for them."""

from __future__ import annotations

from typing import Any

from tests.seeds.seed import Seed


def body(seed: Seed) -> list[Any]:
    return [*responsible(seed), *purposes(seed), *sharing(seed), *keeping(seed), *rights(seed)]


def responsible(seed: Seed) -> list[Any]:
    says, found = seed.says, seed.found
    return [
        ("text", {"heading": "Det viktigaste", "body": "".join((
            says("tydliggöra ansvaret", "<ul><li>vem som ansvarar</li>"),
            says("hur vi använder de personuppgifter", "<li>vad vi gör med uppgifterna</li>"),
            says("vad vi gör respektive inte gör", "<li>och vad vi låter bli</li></ul>"),
        ))}),
        ("controller", {
            "name": found(r"(\w+ \w+), \d{6}-\d{4}"),
            "organisation_number": found(r"(\d{6}-\d{4})"),
            "address": found(r"\d{6}-\d{4}, (.+?), är leverantör"),
            "role": says("Group är personuppgiftsansvarig", "sole"),
            "chat": says("via chatten eller användarstöd", "i tjänsten, med chatt och användarstöd"),
        }),
        ("dpo", {"note": says("utsett dataskyddsombud", "<p>Vi har ett ombud som granskar oss.</p>")}),
        ("definitions", {"definitions": [
            {"term": says('"Tjänsten"', "Tjänsten"),
             "meaning": says("webbaserade utbildningar", "<p>Utbildningarna på nätet.</p>")},
            {"term": says('"Användaren"', "Användaren"),
             "meaning": says("egna inloggningsuppgifter", "<p>Du som har en egen inloggning.</p>")},
        ]}),
    ]  # fmt: skip


def purposes(seed: Seed) -> list[Any]:
    says = seed.says

    def data(words: str, name: str, description: str = "") -> Any:
        return ("data_category", {"name": says(words, name), "description": description})

    return [
        ("purpose", {
            "title": says("hantera ordern, fakturera", "Ta emot och fakturera beställningen"),
            "data_categories": [data("dina kontaktuppgifter och företagsuppgifter", "Kontakt- och företagsuppgifter")],
            "legal_bases": [{"basis": says("åtaganden gentemot dig enligt avtal", "art6_1_b")}],
        }),
        ("purpose", {
            "title": says("ge dig tillgång till Tjänsten", "Ge dig tillgång till utbildningen"),
            "description": says("behandlingshistorik", "<p>Vi sparar vad som har gjorts i kontot.</p>")
            + says("administrera ditt konto", "<p>Vi sköter kontot.</p>"),
            "data_categories": [
                data("inloggningsuppgifter samt onlineidentifikationer", "Inloggning och identitet på nätet"),
            ],
        }),
        ("purpose", {
            "title": says("hantera din anmälan", "Ta emot din anmälan till en kurs"),
            "data_categories": [data("utbildningsuppgifter om kursen", "Vilken kurs du gått")],
        }),
        ("purpose", {
            "title": says("utvärdering och genomföra uppföljning", "Utvärdera och följa upp"),
            "legal_bases": [{"basis": says("som du samtycker till", "art6_1_a")}],
            "retention": [("retention", {
                "criteria": says("tills dess att uppföljning", "<p>Tills uppföljningen är klar.</p>"),
                "starts": says("efter varje avslutad utbildningskurs", "kursens slut"),
            })],
        }),
        ("purpose", {
            "title": says("kunna hantera ärendet", "Svara när du hör av dig"),
            "description": says("vid återkommande frågor", "<p>Ärendet sparas om frågan kommer igen.</p>"),
            "data_categories": [data("ärendet i sig", "Det du berättar i ärendet")],
            "retention": [("retention", {"criteria": says("så länge du är kund", "<p>Så länge du är kund.</p>")})],
        }),
        ("purpose", {
            "title": says("bästa möjliga upplevelse av både", "Göra webbplatsen bra"),
            "legal_bases": [{"basis": says("samtycker du till cookies", "art6_1_a"),
                             "applies_to": says("cookies för behandlingen", "kakor")}],
        }),
        ("purpose", {"title": says("statistiska ändamål", "Föra statistik")}),
        ("purpose", {"title": says("vidimera diplom", "Intyga diplom och intyg")}),
        ("purpose", {"title": says("delge dig nyheter", "Berätta nyheter")}),
    ]  # fmt: skip


def sharing(seed: Seed) -> list[Any]:
    says = seed.says
    return [
        ("commitments", {"commitments": [
            {"commitment": "other", "statement": says("lämna våra servrar", "Uppgifterna stannar hos oss.")},
            {"commitment": says("användas till något annat", "stated_purposes_only")},
            {"commitment": says("tillgänglig för tredje person", "no_disclosure")},
            {"commitment": says("säljas till andra företag", "no_sale")},
        ]}),
        ("security", {"description": says("endast tillgängliga för de som är behöriga", "<p>Bara behöriga ser dem.</p>")
                      + says("interna riktlinjer", "<p>Egna rutiner gäller.</p>")}),
    ]  # fmt: skip


def keeping(seed: Seed) -> list[Any]:
    says = seed.says
    return [("retention_periods", {"periods": [
        ("retention", {
            "applies_to": "Uppgifter om dig som kund",
            "criteria": says("så länge det finns en kundrelation", "<p>Så länge du är kund.</p>")
            + says("inom rimlig tid efter", "<p>Sedan raderas de inom rimlig tid.</p>"),
        }),
        ("retention", {
            "applies_to": says("Uppgifter i Tjänsten", "Det som finns i utbildningen"),
            "criteria": says("raderar systemadministratören", "<p>Den som sköter systemet raderar.</p>"),
        }),
        ("retention", {
            "applies_to": says("fakturering av utbildning", "Fakturaunderlag"),
            "criteria": says("underlag till bokföringen", "<p>Så länge bokföringen kräver.</p>"),
        }),
        ("retention", {
            "applies_to": says("bevismaterial ifall", "Bevis om något blir fel"),
            "criteria": says("Lagringen begränsas", "<p>I ett enda system som få når.</p>"),
            "reason": says("säkerhets- eller ekonomiska skäl", "säkerhet och ekonomi"),
        }),
    ]})]  # fmt: skip


def rights(seed: Seed) -> list[Any]:
    says = seed.says
    return [
        ("rights", {"rights": [
            {"right": says("begära ett registerutdrag", "access"),
             "limits": says("kostnadsfritt en gång per år", "<p>Gratis en gång om året.</p>")
             + says("du har berättigade skäl", "<p>Du behöver ha skäl.</p>")},
            {"right": says("dataportabilitet av personuppgifterna", "portability"),
             "limits": says("i vissa fall även", "<p>I vissa fall.</p>")},
            {"right": says("korrigerade om de är felaktiga", "rectification")},
            {"right": says("begränsa behandlingen", "restriction"),
             "limits": says("tills de blir ändrade", "<p>Tills de har rättats.</p>")},
            {"right": says("rätten att bli glömd", "erasure"),
             "limits": says("om det krävs för att fullgöra avtalet", "<p>Inte om avtal eller lag hindrar.</p>")},
            {"right": says("rätt att invända mot behandlingen", "objection")},
            {"right": says("dra in ett samtycke", "withdraw_consent")},
            {"right": says("lämna klagomål", "complaint")},
            {"right": says("automatiskt beslutsfattande", "automated_decisions")},
            {"right": says("invända direktmarknadsföring", "objection"), "title": "Slippa direktreklam"},
        ]}),
        ("complaint", {"authority": says("till Datainspektionen", "SE")}),
    ]  # fmt: skip
