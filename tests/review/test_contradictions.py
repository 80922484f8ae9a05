"""Statements of one text that cannot both be so, and pairs that only sound like it."""

from __future__ import annotations

from datetime import date

import pytest

from wagtail_privacy.imports.plain_text import read_text
from wagtail_privacy.review.contents import Contents
from wagtail_privacy.review.contradictions import CHECKS
from wagtail_privacy.review.finding import Finding
from wagtail_privacy.review.law import law


def conflicts(language: str, *paragraphs: str) -> list[Finding]:
    contents = Contents(read_text("\n\n".join(paragraphs), language), law(), date(2026, 11, 26))
    return [finding for check in CHECKS for finding in check(contents)]


PAIRS = [
    (
        "en",
        ("Your data always stay within the EU.", "We host our service with Amazon in the United States."),
        "conflict.transfer",
    ),
    (
        "en",
        ("We never transfer personal data outside the EEA.", "Our e-mail provider stores your address in the USA."),
        "conflict.transfer",
    ),
    (
        "sv",
        ("Dina personuppgifter lagras endast inom EU.", "Vi skickar dina uppgifter till Mailchimp i USA."),
        "conflict.transfer",
    ),
    (
        "sv",
        ("Uppgifterna lämnar aldrig EU/EES.", "Vår leverantör i Indien har tillgång till dina uppgifter."),
        "conflict.transfer",
    ),
    ("fi", ("Tietosi säilytetään vain EU-alueella.", "Siirrämme tietojasi Yhdysvaltoihin."), "conflict.transfer"),
    ("nb", ("Opplysningene dine lagres bare innenfor EØS.", "Vi overfører opplysninger til USA."), "conflict.transfer"),
    ("da", ("Dine oplysninger opbevares kun i EU.", "Vi overfører dine oplysninger til USA."), "conflict.transfer"),
    (
        "de",
        (
            "Ihre Daten werden ausschließlich in der EU gespeichert.",
            "Wir übermitteln Ihre Daten an einen Dienstleister in den USA.",
        ),
        "conflict.transfer",
    ),
    (
        "en",
        ("You can get a copy of your data free of charge.", "For access to your data we charge a fee of 20 euros."),
        "conflict.fee",
    ),
    (
        "sv",
        ("Du får ett registerutdrag kostnadsfritt.", "För ett registerutdrag tar vi ut en avgift på 200 kronor."),
        "conflict.fee",
    ),
    ("de", ("Die Auskunft ist kostenlos.", "Für die Auskunft erheben wir eine Gebühr von 10 Euro."), "conflict.fee"),
    ("fi", ("Voit pyytää tietosi maksutta.", "Tietopyynnöstä perimme 20 euron maksun."), "conflict.fee"),
    ("en", ("We keep server logs for 30 days.", "We keep server logs for 90 days."), "conflict.period"),
    ("en", ("Server logs are deleted after 30 days.", "We store server logs for six months."), "conflict.period"),
    ("sv", ("Vi sparar loggar i 30 dagar.", "Loggar sparas i sex månader."), "conflict.period"),
    ("de", ("Wir speichern Logdateien 30 Tage.", "Logdateien werden sechs Monate gespeichert."), "conflict.period"),
    ("en", ("We do not sell your data.", "We sell your email address to advertisers."), "conflict.promise"),
    ("sv", ("Vi säljer aldrig dina uppgifter.", "Vi säljer din adress till annonsörer."), "conflict.promise"),
    ("fi", ("Emme myy tietojasi.", "Myymme osoitteesi mainostajille."), "conflict.promise"),
    ("en", ("We do not use cookies.", "We use cookies for statistics and marketing."), "conflict.promise"),
    ("sv", ("Vi använder inga kakor.", "Vi använder kakor för statistik."), "conflict.promise"),
    (
        "en",
        (
            "We never share your data with third parties.",
            "We share your name and address with our advertising partners.",
        ),
        "conflict.promise",
    ),
    (
        "en",
        ("We do not train AI models on your data.", "We use your messages to train our AI models."),
        "conflict.training",
    ),
    (
        "sv",
        (
            "Vi tränar inte AI-modeller på dina uppgifter.",
            "Vi använder dina meddelanden för att träna våra AI-modeller.",
        ),
        "conflict.training",
    ),
    ("en", ("You cannot object to processing based on legitimate interests.",), "conflict.right"),
    ("sv", ("Du kan inte invända mot behandling som grundas på berättigat intresse.",), "conflict.right"),
    ("sv", ("Du kan inte återkalla ditt samtycke.",), "conflict.right"),
    ("en", ("Consent cannot be withdrawn.",), "conflict.right"),
    ("sv", ("Rätten till dataportabilitet gäller inte när behandlingen grundas på samtycke.",), "conflict.right"),
    ("en", ("We make no automated decisions.", "Loan applications are decided automatically."), "conflict.promise"),
]


@pytest.mark.parametrize(("language", "paragraphs", "rule"), PAIRS)
def test_what_cannot_both_be_so(language: str, paragraphs: tuple[str, ...], rule: str) -> None:
    (only,) = conflicts(language, *paragraphs)
    assert only.rule == rule
    assert only.spot.quote in paragraphs
    assert len(paragraphs) == 1 or (only.other is not None and only.other.quote in paragraphs)


HARMLESS = [
    ("en", "Withdrawing your consent does not affect processing before it."),
    ("sv", "Rätten till dataportabilitet gäller inte när behandlingen grundas på berättigat intresse."),
    ("en", "Your data stay within the EU. If you live in Japan, you can write to us in Japanese."),
    ("en", "We transfer data to the United States. We never transfer sensitive data without your consent."),
    ("en", "Requests are free of charge. We may charge a fee for requests that are manifestly unfounded."),
    ("sv", "Vi sparar loggar i 30 dagar. Fakturor sparas i sju år."),
    ("sv", "Vi säljer inte dina uppgifter. Vi säljer bröd."),
    ("en", "We do not use cookies for advertising. We use cookies to keep you logged in."),
    ("en", "We do not share your data with third parties for their marketing. We share your address with a carrier."),
    ("en", "We do not share your data with anyone unless you ask us to. We share your name with partners."),
    ("de", "Wir geben Ihre Daten nicht ohne Einwilligung an Dritte weiter. Die Post erhält Ihre Anschrift."),
]


@pytest.mark.parametrize(("language", "text"), HARMLESS)
def test_what_only_sounds_like_a_contradiction(language: str, text: str) -> None:
    assert conflicts(language, text) == []
