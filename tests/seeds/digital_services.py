"""Seed 000: the part about private persons who use an organiser's digital services."""

from __future__ import annotations

from typing import Any

from tests.seeds.seed import Seed


def body(seed: Seed) -> list[Any]:
    says, found = seed.says, seed.found
    whose = says("som privatperson", "Privatpersoner som använder de digitala tjänsterna")

    def purpose(title: str, **more: Any) -> Any:
        return ("purpose", {"title": title, "data_subjects": [whose], **more})

    return [
        ("controller", {"name": found(r"inom (SMGT)\.")}),
        purpose(
            says("registrera och administrera din anmälan", "Ta emot din anmälan"),
            provision=says("för att du ska kunna genomföra ett köp", "precondition"),
            consequence=says("krävs det att du lämnar", "<p>Utan uppgifterna går det inte att använda tjänsterna.</p>"),
        ),
        purpose(says("identifiera dig som kund", "Veta vem du är")),
        purpose(says("hantera betalningar", "Ta betalt")),
        purpose(says("leverera tjänsten", "Leverera det du har beställt")),
        purpose(says("reklamationer", "Rätta fel och svara på klagomål")),
        purpose(says("förändringar i tjänsterna", "Berätta när tjänsterna ändras")),
        purpose(
            says("skicka information och marknadsföring", "Informera om våra tjänster och liknande"),
            direct_marketing=says("marknadsföring", True),
        ),
        ("text", {
            "heading": "Så hör vi av oss",
            "body": "".join((
                says("E-post, sms eller post", "<ul><li>en bekräftelse på mejl, i sms eller brev</li>"),
                says("nyhetsbrev och marknadsföring", "<li>mejl med nyheter och erbjudanden</li>"),
                says("Nyhetsbrev om", "<li>nyhetsbrev om vad vi gör</li>"),
                says("marknadsundersökning", "<li>frågor om de tjänster du har använt</li></ul>"),
            )),
        }),
        ("recipients", {
            "introduction": says("kontakta oss om du vill få mer", "<p>Fråga oss om du vill veta mer.</p>"),
            "recipients": [
                ("recipient", {
                    "category": says("andra företag och organisationer", "samarbetspartner"),
                    "condition": says("nödvändigt för att fullgöra", "de behövs för det vi har lovat dig"),
                }),
                ("recipient", {
                    "category": says("extern eller intern IT-leverantör", "IT-leverantörer, egna och andras"),
                    "purpose": says("bistå oss tekniskt", "teknisk hjälp"),
                }),
                ("recipient", {
                    "category": says("tillhandahåller vår betalningslösning", "leverantören av betaltjänsten"),
                    "purpose": says("administrerar din anmälan", "hantera din anmälan"),
                }),
                ("recipient", {
                    "category": says("undersökningsföretag", "ett företag som gör undersökningar"),
                    "purpose": says("lämna omdömen", "höra vad du tyckte"),
                }),
                ("recipient", {
                    "category": says("från en partner", "en partner"),
                    "data": says("e-postadress och mobilnummer", "e-postadress och mobilnummer"),
                    "condition": says("använder en rabattkod", "du använder en rabattkod från partnern"),
                }),
            ],
        }),
    ]  # fmt: skip
