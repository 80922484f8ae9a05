"""Joint controllers, sources and legal bases where no block speaks of them: what is asked for, and what says enough."""

from __future__ import annotations

from datetime import date

import pytest

from tests.review.complete import LANGUAGES, T, changed, complete, with_child, with_text
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.review.all_findings import review
from wagtail_privacy.review.law import law

DAY = date(2026, 11, 26)


def found(language: str, words: str, rules: tuple[str, ...]) -> list[str]:
    """Which of ``rules`` a text that says ``words`` breaks."""
    texts = {"heading": "", "body": f"<p>{words}</p>"}
    snapshot = Snapshot(language, "", (Section("text", "text", {}, texts),))
    return [finding.rule for finding in review(snapshot, law(), DAY) if finding.rule in rules]


#: What is asked for, and the same with what says enough.
ASKED: dict[str, tuple[T, T]] = {
    "controller.joint": (
        T(
            "Vi och Lanternan är gemensamt personuppgiftsansvariga för sidan.",
            "We and Lanternan are joint controllers of the page.",
            "Me ja Lanternan olemme sivun yhteisrekisterinpitäjiä.",
            "Vi og Lanternan er felles behandlingsansvarlige for siden.",
            "Vi og Lanternan er fælles dataansvarlige for siden.",
            "Wir und die Lanternan sind für die Seite gemeinsam Verantwortliche.",
        ),
        T(
            "Vi och Lanternan är gemensamt personuppgiftsansvariga för sidan. Vi svarar på frågor om dina rättigheter.",
            "We and Lanternan are joint controllers of the page. We have agreed that you can turn to us.",
            "Me ja Lanternan olemme sivun yhteisrekisterinpitäjiä. Olemme sopineet, että voit kääntyä meihin.",
            "Vi og Lanternan er felles behandlingsansvarlige for siden. Vi har avtalt at du kan henvende deg til oss.",
            "Vi og Lanternan er fælles dataansvarlige for siden. Vi har aftalt, at du kan henvende dig til os.",
            "Wir und die Lanternan sind für die Seite gemeinsam Verantwortliche. Vereinbart ist: wir geben Auskunft.",
        ),
    ),
    "source.vague": (
        T(
            "Vi samlar in uppgifter om dig från andra källor.",
            "We collect data about you from other sources.",
            "Keräämme tietojasi muista lähteistä.",
            "Vi samler inn opplysninger om deg fra andre kilder.",
            "Vi indsamler oplysninger om dig fra andre kilder.",
            "Wir erheben Daten über Sie aus anderen Quellen.",
        ),
        T(
            "Vi samlar in uppgifter om dig från andra källor. De är kreditupplysningsföretag.",
            "We collect data about you from other sources. These are credit agencies.",
            "Keräämme tietojasi muista lähteistä. Ne ovat luottotietoyhtiöitä.",
            "Vi samler inn opplysninger om deg fra andre kilder. Det er kredittopplysningsforetak.",
            "Vi indsamler oplysninger om dig fra andre kilder. Det er kreditoplysningsbureauer.",
            "Wir erheben Daten über Sie aus anderen Quellen. Das sind Auskunfteien.",
        ),
    ),
    "basis.several": (
        T(
            "Rättslig grund är avtal, rättslig förpliktelse och samtycke.",
            "The legal basis is contract, legal obligation and consent.",
            "Oikeusperuste on sopimus, lakisääteinen velvoite ja suostumus.",
            "Rettslig grunnlag er avtale, rettslig forpliktelse og samtykke.",
            "Retsgrundlaget er kontrakt, retlig forpligtelse og samtykke.",
            "Rechtsgrundlage sind Vertrag, rechtliche Verpflichtung und Einwilligung.",
        ),
        T(
            "Rättslig grund är avtal för leverans och samtycke för att skicka nyhetsbrev.",
            "The legal basis is contract for the delivery and, to send newsletters, consent.",
            "Oikeusperuste on toimituksissa sopimus ja uutiskirjeiden lähettämisessä suostumus.",
            "Rettslig grunnlag er avtale for levering og, for å sende nyhetsbrev, samtykke.",
            "Retsgrundlaget er kontrakt for levering og, for at sende nyhedsbreve, samtykke.",
            "Rechtsgrundlage ist für die Lieferung der Vertrag und, um Newsletter zu senden, die Einwilligung.",
        ),
    ),
    "basis.marketing": (
        T(
            "Den rättsliga grunden för direktmarknadsföring är ditt samtycke eller vårt berättigade intresse.",
            "The legal basis for direct marketing is your consent or our legitimate interest.",
            "Suoramarkkinoinnin oikeusperuste on suostumuksesi tai oikeutettu etumme.",
            "Det rettslige grunnlaget for direkte markedsføring er samtykket ditt eller vår berettigede interesse.",
            "Retsgrundlaget for direkte markedsføring er dit samtykke eller vores legitime interesse.",
            "Rechtsgrundlage für Direktwerbung ist Ihre Einwilligung oder unser berechtigtes Interesse.",
        ),
        T(
            "Den rättsliga grunden för direktmarknadsföring är ditt samtycke.",
            "The legal basis for direct marketing is your consent.",
            "Suoramarkkinoinnin oikeusperuste on suostumuksesi.",
            "Det rettslige grunnlaget for direkte markedsføring er samtykket ditt.",
            "Retsgrundlaget for direkte markedsføring er dit samtykke.",
            "Rechtsgrundlage für Direktwerbung ist Ihre Einwilligung.",
        ),
    ),
    "basis.one": (
        T(
            "Vi skickar dig marknadsföring per e-post. Den rättsliga grunden är avtalet med dig.",
            "We contact you with marketing by e-mail. The legal basis is our contract with you.",
            "Otamme sinuun yhteyttä markkinoinnissa. Käsittelyn oikeusperuste on sopimus.",
            "Vi sender deg markedsføring på e-post. Rettslig grunnlag er avtalen med deg.",
            "Vi sender dig markedsføring på e-mail. Retsgrundlaget er aftalen med dig.",
            "Wir senden Ihnen Werbung per E-Mail. Rechtsgrundlage ist der Vertrag mit Ihnen.",
        ),
        T(
            "Vi skickar dig dina varor. Den rättsliga grunden är avtalet med dig.",
            "We send you your goods. The legal basis is our contract with you.",
            "Lähetämme sinulle tavarat. Käsittelyn oikeusperuste on sopimus.",
            "Vi sender deg varene dine. Rettslig grunnlag er avtalen med deg.",
            "Vi sender dig dine varer. Retsgrundlaget er aftalen med dig.",
            "Wir senden Ihnen Ihre Waren. Rechtsgrundlage ist der Vertrag mit Ihnen.",
        ),
    ),
}
RULES = tuple(ASKED)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_what_is_asked_for(rule: str, language: str) -> None:
    assert found(language, ASKED[rule][0][language], RULES) == [rule]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_what_says_enough(rule: str, language: str) -> None:
    assert found(language, ASKED[rule][1][language], RULES) == []


INNOCENT = [
    ("en", "“Controller” means whoever, alone or jointly with others, determines the purposes."),
    ("en", "We are not joint controllers with anybody."),
    ("en", "We do not collect data about you from third parties."),
    ("en", "You can block cookies from third parties."),
    ("en", "You may receive offers from third parties."),
    ("en", "We receive data about you from third parties that run payments for us."),
    ("en", "We receive data about you from third parties. For example, the shop that you bought at tells us."),
    ("sv", "Vi samlar in uppgifter om dig från tredje part, till exempel från den butik du köpt av."),
    ("de", "Wir erheben Daten über Sie aus anderen Quellen, etwa aus dem Laden, in dem Sie kaufen."),
    ("en", "The legal basis is consent (newsletter) and contract (delivery)."),
    ("en", "We and Lanternan are jointly responsible for the page. The agreement between us says who answers you."),
    ("en", "We share your data with third parties."),
    ("en", "The legal basis is consent or contract. To deliver your order we rely on the contract."),
    ("en", "If the legal basis is consent or contract, you may ask for your data in a portable format."),
    ("en", "We never send you marketing. The legal basis is our contract with you."),
    ("sv", "Du har rätt till dataportabilitet om grunden för behandlingen är samtycke eller avtal."),
    (
        "de",
        "Beruht die Verarbeitung auf einer Einwilligung oder einem Vertrag, haben Sie das Recht auf Übertragbarkeit.",
    ),
]


@pytest.mark.parametrize(("language", "words"), INNOCENT)
def test_what_only_looks_like_it(language: str, words: str) -> None:
    assert found(language, words, RULES) == []


MARKETING_TWICE = [
    ("en", "We send you marketing with your consent. We also send you marketing for our legitimate interest."),
    ("en", "The legal basis for direct marketing is your consent. It may also be our legitimate interest."),
    ("sv", "Direktmarknadsföring sker med ditt samtycke. Direktmarknadsföring sker med vårt berättigade intresse."),
    ("sv", "Rättslig grund för direktmarknadsföring är ditt samtycke. Den är också vårt berättigade intresse."),
    ("fi", "Suoramarkkinointi perustuu suostumukseesi. Suoramarkkinointi perustuu myös oikeutettuun etuumme."),
    ("nb", "Direkte markedsføring bygger på samtykket ditt. Den bygger også på vår berettigede interesse."),
    ("da", "Direkte markedsføring bygger på dit samtykke. Direkte markedsføring bygger på vores legitime interesse."),
    ("de", "Unsere Direktwerbung beruht auf Ihrer Einwilligung. Sie beruht auch auf unserem berechtigten Interesse."),
]


@pytest.mark.parametrize(("language", "words"), MARKETING_TWICE)
def test_marketing_has_two_bases_in_two_sentences(language: str, words: str) -> None:
    assert found(language, words, ("basis.marketing",)) == ["basis.marketing"]


@pytest.mark.parametrize(
    "words",
    [
        "We send you our newsletter with your consent. We send our customers marketing for our legitimate interest.",
        "We send you marketing by text message with your consent. We send you marketing by post for our legitimate "
        "interest.",
        "We send you marketing with your consent. You can object to marketing for our legitimate interest.",
        "We send you marketing with your consent. Our legitimate interest is to keep the shop safe.",
        "We send you marketing with your consent. We store your orders. This is also our legitimate interest.",
        "We send you marketing with your consent. We do not send marketing for our legitimate interest.",
    ],
)
def test_each_basis_is_for_marketing_of_its_own(words: str) -> None:
    assert found("en", words, ("basis.marketing",)) == []


def judged(policy: Snapshot) -> list[tuple[str, str]]:
    return [(finding.rule, finding.spot.section) for finding in review(policy, law("SE"), DAY)]


def test_a_recipient_that_is_a_joint_controller_needs_the_arrangement() -> None:
    policy = changed(complete("sv"), "carrier", role="joint_controller")
    assert judged(policy) == [("controller.joint", "carrier")]
    told = with_text(policy, "Vi och Budkaveln har en ansvarsfördelning: de svarar för leveransen.")
    assert judged(told) == []


def test_marketing_on_two_bases_says_which_is_for_what() -> None:
    interest = {"interest": "<p>Att berätta om nya garner.</p>"}
    policy = with_child(complete("sv"), "letter", Section("legal_basis", "second", {"basis": "art6_1_f"}, interest))
    assert judged(policy) == [("basis.marketing", "letter")]


NO_OFFICER = T(
    "Vi är inte skyldiga att ha ett dataskyddsombud.",
    "We are not required to appoint a data protection officer.",
    "Meidän ei tarvitse nimittää tietosuojavastaavaa.",
    "Vi er ikke pålagt å ha personvernombud.",
    "Vi er ikke forpligtet til at have en databeskyttelsesrådgiver.",
    "Wir sind nicht verpflichtet, einen Datenschutzbeauftragten zu benennen.",
)
AN_OFFICER = T(
    "Du behöver inte skriva till vårt dataskyddsombud på svenska.",
    "You need not write to our data protection officer in English.",
    "Sinun ei tarvitse ottaa yhteyttä tietosuojavastaavaan.",
    "Du trenger ikke å skrive til personvernombudet vårt på norsk.",
    "Du behøver ikke at skrive til vores databeskyttelsesrådgiver på dansk.",
    "Sie müssen unserem Datenschutzbeauftragten nicht auf Deutsch schreiben.",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_need_not_have_an_officer_is_not_asked_for_an_address(language: str) -> None:
    assert found(language, NO_OFFICER[language], ("dpo.contact",)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_officer_that_one_need_not_write_to_has_an_address(language: str) -> None:
    assert found(language, AN_OFFICER[language], ("dpo.contact",)) == ["dpo.contact"]
