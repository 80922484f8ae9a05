"""The same changes in six languages: language, old and new, in the order of :data:`LANGUAGES`; our own sentences."""

# ruff: noqa: E501

from __future__ import annotations

LANGUAGES = ("sv", "en", "fi", "nb", "da", "de")
#: A name, the class, and old → new in each language.
CHANGES: dict[str, tuple[str, tuple[str, str, str, str, str, str]]] = {
    "longer": (
        "material",
        (
            "Vi sparar dina uppgifter i två år. → Vi sparar dina uppgifter i fem år.",
            "We keep your data for two years. → We keep your data for five years.",
            "Säilytämme tietojasi kahden vuoden ajan. → Säilytämme tietojasi viiden vuoden ajan.",
            "Vi lagrer opplysningene dine i to år. → Vi lagrer opplysningene dine i fem år.",
            "Vi opbevarer dine oplysninger i to år. → Vi opbevarer dine oplysninger i fem år.",
            "Wir speichern Ihre Daten zwei Jahre lang. → Wir speichern Ihre Daten fünf Jahre lang.",
        ),
    ),
    "shorter": (
        "benefit",
        (
            "Vi sparar dina uppgifter i 12 månader. → Vi sparar dina uppgifter i 6 månader.",
            "We keep your data for 12 months. → We keep your data for 6 months.",
            "Säilytämme tietojasi 12 kuukautta. → Säilytämme tietojasi 6 kuukautta.",
            "Vi lagrer opplysningene dine i 12 måneder. → Vi lagrer opplysningene dine i 6 måneder.",
            "Vi opbevarer dine oplysninger i 12 måneder. → Vi opbevarer dine oplysninger i 6 måneder.",
            "Wir speichern Ihre Daten 12 Monate lang. → Wir speichern Ihre Daten 6 Monate lang.",
        ),
    ),
    "same period": (
        "editorial",
        (
            "Vi sparar dina uppgifter i 24 månader. → Vi sparar dina uppgifter i två år.",
            "We keep your data for 24 months. → We keep your data for two years.",
            "Säilytämme tietojasi 24 kuukautta. → Säilytämme tietojasi kaksi vuotta.",
            "Vi lagrer opplysningene dine i 24 måneder. → Vi lagrer opplysningene dine i to år.",
            "Vi opbevarer dine oplysninger i 24 måneder. → Vi opbevarer dine oplysninger i to år.",
            "Wir speichern Ihre Daten 24 Monate lang. → Wir speichern Ihre Daten zwei Jahre lang.",
        ),
    ),
    "negation dropped": (
        "material",
        (
            "Vi säljer aldrig dina uppgifter. → Vi säljer dina uppgifter.",
            "We never sell your data. → We sell your data.",
            "Emme myy tietojasi. → Myymme tietojasi.",
            "Vi selger aldri opplysningene dine. → Vi selger opplysningene dine.",
            "Vi sælger aldrig dine oplysninger. → Vi sælger dine oplysninger.",
            "Wir verkaufen Ihre Daten nicht. → Wir verkaufen Ihre Daten.",
        ),
    ),
    "union membership": (
        "material",
        (
            "Vi samlar in ditt namn. → Vi samlar in ditt namn och din facktillhörighet.",
            "We collect your name. → We collect your name and your trade union membership.",
            "Keräämme nimesi. → Keräämme nimesi ja ammattiliiton jäsenyytesi.",
            "Vi samler inn navnet ditt. → Vi samler inn navnet ditt og fagforeningsmedlemskapet ditt.",
            "Vi indsamler dit navn. → Vi indsamler dit navn og dit fagforeningsmedlemskab.",
            "Wir erheben Ihren Namen. → Wir erheben Ihren Namen und Ihre Gewerkschaftszugehörigkeit.",
        ),
    ),
    "consent to legitimate interest": (
        "material",
        (
            "Behandlingen grundar sig på ditt samtycke. → Behandlingen grundar sig på vårt berättigade intresse.",
            "The processing is based on your consent. → The processing is based on our legitimate interest.",
            "Käsittely perustuu suostumukseesi. → Käsittely perustuu oikeutettuun etuumme.",
            "Behandlingen bygger på samtykket ditt. → Behandlingen bygger på vår berettigede interesse.",
            "Behandlingen bygger på dit samtykke. → Behandlingen bygger på vores legitime interesse.",
            "Die Verarbeitung beruht auf Ihrer Einwilligung. → Die Verarbeitung beruht auf unserem berechtigten Interesse.",
        ),
    ),
    "India": (
        "material",
        (
            "Uppgifterna lagras i Sverige. → Uppgifterna lagras i Indien.",
            "The data are stored in Sweden. → The data are stored in India.",
            "Tiedot säilytetään Ruotsissa. → Tiedot säilytetään Intiassa.",
            "Opplysningene lagres i Sverige. → Opplysningene lagres i India.",
            "Oplysningerne opbevares i Sverige. → Oplysningerne opbevares i Indien.",
            "Die Daten werden in Schweden gespeichert. → Die Daten werden in Indien gespeichert.",
        ),
    ),
    "policy date": (
        "editorial",
        (
            "Senast uppdaterad den 3 mars 2025 → Senast uppdaterad den 9 juni 2025",
            "Last updated on 3 March 2025 → Last updated on 9 June 2025",
            "Päivitetty viimeksi 3.3.2025 → Päivitetty viimeksi 9.6.2025",
            "Sist oppdatert 3. mars 2025 → Sist oppdatert 9. juni 2025",
            "Senest opdateret den 3. marts 2025 → Senest opdateret den 9. juni 2025",
            "Zuletzt aktualisiert am 3. März 2025 → Zuletzt aktualisiert am 9. Juni 2025",
        ),
    ),
    "word order": (
        "editorial",
        (
            "Vi lagrar inte kortnummer. → Kortnummer lagrar vi inte.",
            "If you object, we stop. → We stop if you object.",
            "Emme tallenna kortin numeroa. → Kortin numeroa emme tallenna.",
            "Vi lagrer ikke kortnummer. → Kortnummer lagrer vi ikke.",
            "Vi gemmer ikke kortnumre. → Kortnumre gemmer vi ikke.",
            "Wir speichern keine Kartennummern. → Kartennummern speichern wir keine.",
        ),
    ),
    "training": (
        "material",
        (
            "Vi använder dina meddelanden för att svara dig. → Vi använder dina meddelanden för att svara dig och för att "
            "träna AI-modeller.",
            "We use your messages to answer you. → We use your messages to answer you and to train AI models.",
            "Käytämme viestejäsi vastataksemme sinulle. → Käytämme viestejäsi vastataksemme sinulle ja kouluttaaksemme "
            "tekoälymalleja.",
            "Vi bruker meldingene dine til å svare deg. → Vi bruker meldingene dine til å svare deg og til å trene "
            "KI-modeller.",
            "Vi bruger dine beskeder til at svare dig. → Vi bruger dine beskeder til at svare dig og til at træne "
            "AI-modeller.",
            "Wir verwenden Ihre Nachrichten, um Ihnen zu antworten. → Wir verwenden Ihre Nachrichten, um Ihnen zu "
            "antworten und um KI-Modelle zu trainieren.",
        ),
    ),
    "at most to at least": (
        "material",
        (
            "Vi sparar loggar i högst 30 dagar. → Vi sparar loggar i minst 30 dagar.",
            "We keep logs for at most 30 days. → We keep logs for at least 30 days.",
            "Säilytämme lokeja enintään 30 päivää. → Säilytämme lokeja vähintään 30 päivää.",
            "Vi lagrer logger i høyst 30 dager. → Vi lagrer logger i minst 30 dager.",
            "Vi gemmer logfiler i højst 30 dage. → Vi gemmer logfiler i mindst 30 dage.",
            "Wir speichern Protokolle höchstens 30 Tage. → Wir speichern Protokolle mindestens 30 Tage.",
        ),
    ),
    "required": (
        "material",
        (
            "Det är frivilligt att uppge telefonnummer. → Det är obligatoriskt att uppge telefonnummer.",
            "Giving your phone number is voluntary. → Giving your phone number is mandatory.",
            "Puhelinnumeron antaminen on vapaaehtoista. → Puhelinnumeron antaminen on pakollista.",
            "Det er frivillig å oppgi telefonnummer. → Det er obligatorisk å oppgi telefonnummer.",
            "Det er frivilligt at oplyse telefonnummer. → Det er obligatorisk at oplyse telefonnummer.",
            "Die Angabe der Telefonnummer ist freiwillig. → Die Angabe der Telefonnummer ist verpflichtend.",
        ),
    ),
}
