"""A complete policy in each of six languages: the same facts, our own words, nothing missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot

LANGUAGES = ("sv", "en", "fi", "nb", "da", "de")
COUNTRIES = {"sv": "SE", "en": "IE", "fi": "FI", "nb": "NO", "da": "DK", "de": "DE"}


@dataclass(frozen=True)
class T:
    """A text in the six languages."""

    sv: str
    en: str
    fi: str
    nb: str
    da: str
    de: str

    def __getitem__(self, language: str) -> str:
        return str(getattr(self, language))


def part(kind: str, id: str, *children: Section, **values: object) -> Section:
    """A section whose texts are :class:`T` until a language is chosen."""
    facts = {name: value for name, value in values.items() if not isinstance(value, T)}
    texts = {name: value for name, value in values.items() if isinstance(value, T)}
    return Section(kind, id, facts, texts, children)  # type: ignore[arg-type]


SELLING = part(
    "purpose",
    "selling",
    part("legal_basis", "selling-basis", basis="art6_1_b"),
    part(
        "data_category",
        "selling-data",
        name=T(
            "Namn och adress",
            "Name and address",
            "Nimi ja osoite",
            "Navn og adresse",
            "Navn og adresse",
            "Name und Anschrift",
        ),
    ),
    part(
        "retention",
        "selling-kept",
        duration="P3Y",
        starts=T("köpet", "the purchase", "ostos", "kjøpet", "købet", "den Kauf"),
    ),
    title=T(
        "Leverera din beställning",
        "Delivering your order",
        "Tilauksesi toimittaminen",
        "Levere bestillingen din",
        "Levere din bestilling",
        "Ihre Bestellung liefern",
    ),
    provision="contractual",
    consequence=T(
        "<p>Om du inte lämnar uppgifterna kan vi inte skicka varan.</p>",
        "<p>If you do not give us the data, we cannot send the goods.</p>",
        "<p>Jos et anna tietoja, emme voi lähettää tavaraa.</p>",
        "<p>Hvis du ikke gir oss opplysningene, kan vi ikke sende varen.</p>",
        "<p>Hvis du ikke giver os oplysningerne, kan vi ikke sende varen.</p>",
        "<p>Wenn Sie die Daten nicht angeben, können wir die Ware nicht senden.</p>",
    ),
)
ACCOUNTS = part(
    "purpose",
    "accounts",
    part(
        "legal_basis",
        "accounts-basis",
        basis="art6_1_c",
        statute=T(
            "bokföringslagen",
            "the Companies Act 2014",
            "kirjanpitolaki",
            "bokføringsloven",
            "bogføringsloven",
            "§ 257 HGB",
        ),
    ),
    part(
        "data_category",
        "accounts-data",
        name=T("Fakturor", "Invoices", "Laskut", "Fakturaer", "Fakturaer", "Rechnungen"),
    ),
    part(
        "retention",
        "accounts-kept",
        duration="P7Y",
        starts=T(
            "årets slut", "the end of the year", "vuoden loppu", "årets slutt", "årets udgang", "das Ende des Jahres"
        ),
    ),
    title=T("Föra bok", "Keeping the books", "Kirjanpito", "Føre regnskap", "Føre regnskab", "Bücher führen"),
)
LETTER = part(
    "purpose",
    "letter",
    part("legal_basis", "letter-basis", basis="art6_1_a"),
    part(
        "data_category",
        "letter-data",
        name=T(
            "E-postadress", "E-mail address", "Sähköpostiosoite", "E-postadresse", "E-mailadresse", "E-Mail-Adresse"
        ),
    ),
    part(
        "retention",
        "letter-kept",
        criteria=T(
            "<p>Tills du avslutar prenumerationen.</p>",
            "<p>Until you end the subscription.</p>",
            "<p>Kunnes lopetat tilauksen.</p>",
            "<p>Til du avslutter abonnementet.</p>",
            "<p>Indtil du opsiger abonnementet.</p>",
            "<p>Bis Sie das Abonnement beenden.</p>",
        ),
    ),
    title=T(
        "Skicka nyhetsbrev",
        "Sending newsletters",
        "Uutiskirjeiden lähettäminen",
        "Sende nyhetsbrev",
        "Sende nyhedsbreve",
        "Newsletter senden",
    ),
    direct_marketing=True,
    provision="voluntary",
)
SAFETY = part(
    "purpose",
    "safety",
    part(
        "legal_basis",
        "safety-basis",
        basis="art6_1_f",
        interest=T(
            "<p>Att stoppa intrång i vår butik på nätet.</p>",
            "<p>To stop break-ins at our online shop.</p>",
            "<p>Murtojen estäminen verkkokaupassamme.</p>",
            "<p>Å stoppe innbrudd i nettbutikken vår.</p>",
            "<p>At stoppe indbrud i vores netbutik.</p>",
            "<p>Einbrüche in unseren Online-Shop zu verhindern.</p>",
        ),
    ),
    part("data_category", "safety-data", name=T("Loggar", "Logs", "Lokit", "Logger", "Logfiler", "Protokolle")),
    part(
        "retention",
        "safety-kept",
        duration="P30D",
        starts=T("besöket", "the visit", "käynti", "besøket", "besøget", "den Besuch"),
    ),
    title=T(
        "Skydda butiken",
        "Protecting the shop",
        "Kaupan suojaaminen",
        "Beskytte butikken",
        "Beskytte butikken",
        "Den Shop schützen",
    ),
)
DIETS = part(
    "purpose",
    "diets",
    part("legal_basis", "diets-basis", basis="art6_1_a"),
    part("special_condition", "diets-condition", condition="art9_2_a"),
    part(
        "data_category",
        "diets-data",
        special=True,
        name=T("Allergier", "Allergies", "Allergiat", "Allergier", "Allergier", "Allergien"),
    ),
    part(
        "retention",
        "diets-kept",
        duration="P1M",
        starts=T("kursen", "the course", "kurssi", "kurset", "kurset", "den Kurs"),
    ),
    title=T(
        "Laga rätt mat till kursen",
        "Cooking the right food for the course",
        "Oikean ruoan valmistaminen kurssille",
        "Lage riktig mat til kurset",
        "Lave den rigtige mad til kurset",
        "Das richtige Essen zum Kurs kochen",
    ),
)
RECIPIENTS = part(
    "recipients",
    "recipients",
    part(
        "recipient",
        "hosting",
        name="Molnberga Hosting Inc.",
        role="processor",
        country="US",
        purpose=T("drift", "hosting", "ylläpito", "drift", "drift", "Betrieb"),
    ),
    part(
        "recipient",
        "carrier",
        name="Budkaveln",
        role="controller",
        country="SE",
        purpose=T("frakt", "carriage", "kuljetus", "frakt", "fragt", "Versand"),
    ),
)
TRANSFERS = part(
    "transfers",
    "transfers",
    part(
        "transfer",
        "us",
        country="US",
        mechanism="art46_2_c_scc",
        recipient=T("Molnberga", "Molnberga", "Molnberga", "Molnberga", "Molnberga", "Molnberga"),
        copy_how=T(
            "Skriv till oss.",
            "Write to us.",
            "Kirjoita meille.",
            "Skriv til oss.",
            "Skriv til os.",
            "Schreiben Sie uns.",
        ),
    ),
    place="outside",
)
MARKETING = T(
    "<p>Du kan alltid invända mot direktmarknadsföring.</p>",
    "<p>You can always object to direct marketing.</p>",
    "<p>Voit aina vastustaa suoramarkkinointia.</p>",
    "<p>Du kan alltid protestere mot direkte markedsføring.</p>",
    "<p>Du kan altid gøre indsigelse mod direkte markedsføring.</p>",
    "<p>Sie können der Direktwerbung jederzeit widersprechen.</p>",
)
RIGHTS = part(
    "rights",
    "rights",
    *(
        part("right", f"right-{code}", right=code)
        for code in ("access", "rectification", "erasure", "restriction", "portability", "withdraw_consent")
    ),
    part("right", "right-objection", right="objection", explanation=MARKETING),
    response_time="P1M",
    free=True,
)
SECTIONS = (
    part(
        "controller",
        "controller",
        name="Garnboden AB",
        role="sole",
        organisation_number="559900-0999",
        address="Nystgatan 4\n111 11 Stockholm",
        email="garn@garnboden.example",
    ),
    part("dpo", "dpo", email="ombud@garnboden.example"),
    SELLING,
    ACCOUNTS,
    LETTER,
    SAFETY,
    DIETS,
    RECIPIENTS,
    TRANSFERS,
    RIGHTS,
    part("complaint", "complaint"),
    part(
        "sources",
        "sources",
        part(
            "source",
            "address-register",
            publicly_accessible="yes",
            name=T(
                "Adressregistret",
                "The address register",
                "Osoiterekisteri",
                "Adresseregisteret",
                "Adresseregistret",
                "Das Adressregister",
            ),
        ),
    ),
    part(
        "automated_decisions",
        "decisions",
        in_use="yes",
        ground="art6_1_b",
        logic=T(
            "<p>En regel ser till summan.</p>",
            "<p>A rule looks at the sum.</p>",
            "<p>Sääntö katsoo summaa.</p>",
            "<p>En regel ser på summen.</p>",
            "<p>En regel ser på summen.</p>",
            "<p>Eine Regel prüft die Summe.</p>",
        ),
        consequences=T(
            "<p>Du betalar i förväg.</p>",
            "<p>You pay beforehand.</p>",
            "<p>Maksat etukäteen.</p>",
            "<p>Du betaler på forhånd.</p>",
            "<p>Du betaler på forhånd.</p>",
            "<p>Sie zahlen im Voraus.</p>",
        ),
    ),
    part(
        "cookies",
        "cookies",
        part(
            "cookie",
            "counter",
            name="raknare",
            need="statistics",
            party="first",
            lifetime="persistent",
            duration="P6M",
            purpose=T(
                "räkna besök", "counting visits", "käyntien laskeminen", "telle besøk", "tælle besøg", "Besuche zählen"
            ),
        ),
        introduction=T(
            "<p>Vi frågar om samtycke innan vi sätter kakor.</p>",
            "<p>We ask for consent before we set cookies.</p>",
            "<p>Pyydämme suostumuksen ennen kuin asetamme evästeitä.</p>",
            "<p>Vi ber om samtykke før vi setter informasjonskapsler.</p>",
            "<p>Vi beder om samtykke, før vi sætter cookies.</p>",
            "<p>Wir bitten um Einwilligung, bevor wir Cookies setzen.</p>",
        ),
    ),
    part("children", "children", age_limit=16),
)


def complete(language: str) -> Snapshot:
    """The policy in ``language``, of a controller in a country where that is spoken."""
    country = COUNTRIES[language]
    sections = tuple(_in(section, language) for section in SECTIONS)
    policy = Snapshot(language, "Garnboden", sections)
    policy = changed(policy, "controller", country=country)
    return changed(policy, "complaint", authority=country)


def _in(section: Section, language: str) -> Section:
    texts = {name: text[language] if isinstance(text, T) else text for name, text in section.texts.items()}
    return replace(section, texts=texts, children=tuple(_in(child, language) for child in section.children))


Edit = Callable[[Section], Section | None]


def edited(policy: Snapshot, id: str, edit: Edit) -> Snapshot:
    """``policy`` with the section ``id`` edited; without it where ``edit`` answers ``None``."""
    assert id in policy.by_id, f"Expected a section called {id!r}."
    return replace(policy, sections=tuple(_edited(policy.sections, id, edit)))


def _edited(sections: tuple[Section, ...], id: str, edit: Edit) -> list[Section]:
    found = []
    for section in sections:
        new = (
            edit(section) if section.id == id else replace(section, children=tuple(_edited(section.children, id, edit)))
        )
        if new is not None:
            found.append(new)
    return found


def without(policy: Snapshot, id: str, *names: str) -> Snapshot:
    """``policy`` without a section, or without some of its values."""

    def drop(section: Section) -> Section | None:
        if not names:
            return None
        facts = {name: value for name, value in section.facts.items() if name not in names}
        texts = {name: value for name, value in section.texts.items() if name not in names}
        return replace(section, facts=facts, texts=texts)

    return edited(policy, id, drop)


def changed(policy: Snapshot, id: str, **facts: object) -> Snapshot:
    return edited(policy, id, lambda section: replace(section, facts={**section.facts, **facts}))  # type: ignore[arg-type]


def reworded(policy: Snapshot, id: str, **texts: str) -> Snapshot:
    return edited(policy, id, lambda section: replace(section, texts={**section.texts, **texts}))


def with_text(policy: Snapshot, words: str) -> Snapshot:
    """``policy`` and a text that says ``words``."""
    section = Section("text", "more", {}, {"body": f"<p>{words}</p>"})
    return replace(policy, sections=(*policy.sections, section))


def with_child(policy: Snapshot, id: str, child: Section) -> Snapshot:
    return edited(policy, id, lambda section: replace(section, children=(*section.children, child)))
