"""Supervisory authorities of the EEA and the United Kingdom (Art. 13(2)(d), 51, 77), by country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# Names from general knowledge, hosts compared with the W3C's Data Privacy Vocabulary 2.3. Germany's federal
# authority does not supervise most companies: an editor there names the Land's authority in the explanation.


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority: ISO 3166-1 country (AX is Åland), its name, website, languages and former names."""

    country: str
    name: str
    url: str
    languages: tuple[str, ...]
    former_names: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def name_in(self, language: str) -> str:
        """Its own official name in ``language`` where it has one, else its first official name."""
        return self.names.get(language.split("-")[0], self.name)


_ALL = (
    Authority(
        "SE",
        "Integritetsskyddsmyndigheten (IMY)",
        "https://www.imy.se/",
        ("sv",),
        ("Datainspektionen (till 2020-12-31)",),
    ),
    Authority(
        "FI",
        "Tietosuojavaltuutetun toimisto",
        "https://tietosuoja.fi/",
        ("fi", "sv"),
        (),
        {"sv": "Dataombudsmannens byrå"},
    ),
    Authority("AX", "Datainspektionen", "https://www.di.ax/", ("sv",)),
    Authority("NO", "Datatilsynet", "https://www.datatilsynet.no/", ("nb", "nn")),
    Authority("DK", "Datatilsynet", "https://www.datatilsynet.dk/", ("da",)),
    Authority("IS", "Persónuvernd", "https://www.personuvernd.is/", ("is",)),
    Authority("LI", "Datenschutzstelle", "https://www.datenschutzstelle.li/", ("de",)),
    Authority(
        "DE",
        "Bundesbeauftragte für den Datenschutz und die Informationsfreiheit (BfDI)",
        "https://www.bfdi.bund.de/",
        ("de",),
    ),
    Authority("AT", "Datenschutzbehörde (DSB)", "https://www.dsb.gv.at/", ("de",)),
    Authority(
        "BE",
        "Gegevensbeschermingsautoriteit (GBA)",
        "https://www.dataprotectionauthority.be/",
        ("nl", "fr", "de"),
        ("Privacycommissie / Commission vie privée (till 2018)",),
        {"fr": "Autorité de protection des données (APD)"},
    ),
    Authority("BG", "Комисия за защита на личните данни (КЗЛД/CPDP)", "https://www.cpdp.bg/", ("bg",)),
    Authority("HR", "Agencija za zaštitu osobnih podataka (AZOP)", "https://azop.hr/", ("hr",)),
    Authority(
        "CY",
        "Γραφείο Επιτρόπου Προστασίας Δεδομένων Προσωπικού Χαρακτήρα",
        "https://www.dataprotection.gov.cy/",
        ("el",),
    ),
    Authority("CZ", "Úřad pro ochranu osobních údajů (ÚOOÚ)", "https://uoou.gov.cz/", ("cs",)),
    Authority("EE", "Andmekaitse Inspektsioon (AKI)", "https://www.aki.ee/", ("et",)),
    Authority("FR", "Commission nationale de l'informatique et des libertés (CNIL)", "https://www.cnil.fr/", ("fr",)),
    Authority("GR", "Αρχή Προστασίας Δεδομένων Προσωπικού Χαρακτήρα (HDPA)", "https://www.dpa.gr/", ("el",)),
    Authority("HU", "Nemzeti Adatvédelmi és Információszabadság Hatóság (NAIH)", "https://www.naih.hu/", ("hu",)),
    Authority(
        "IE",
        "Data Protection Commission (DPC)",
        "https://www.dataprotection.ie/",
        ("en", "ga"),
        ("Data Protection Commissioner (till 2018)",),
        {"ga": "An Coimisiún um Chosaint Sonraí"},
    ),
    Authority("IT", "Garante per la protezione dei dati personali", "https://www.garanteprivacy.it/", ("it",)),
    Authority("LV", "Datu valsts inspekcija (DVI)", "https://www.dvi.gov.lv/", ("lv",)),
    Authority("LT", "Valstybinė duomenų apsaugos inspekcija (VDAI)", "https://vdai.lrv.lt/", ("lt",)),
    Authority(
        "LU",
        "Commission nationale pour la protection des données (CNPD)",
        "https://cnpd.public.lu/",
        ("fr", "de", "lb"),
    ),
    Authority("MT", "Information and Data Protection Commissioner (IDPC)", "https://idpc.org.mt/", ("mt", "en")),
    Authority(
        "NL",
        "Autoriteit Persoonsgegevens (AP)",
        "https://autoriteitpersoonsgegevens.nl/",
        ("nl",),
        ("College bescherming persoonsgegevens (CBP, till 2015)",),
    ),
    Authority("PL", "Urząd Ochrony Danych Osobowych (UODO)", "https://uodo.gov.pl/", ("pl",), ("GIODO (till 2018)",)),
    Authority("PT", "Comissão Nacional de Proteção de Dados (CNPD)", "https://www.cnpd.pt/", ("pt",)),
    Authority(
        "RO",
        "Autoritatea Națională de Supraveghere a Prelucrării Datelor cu Caracter Personal (ANSPDCP)",
        "https://www.dataprotection.ro/",
        ("ro",),
    ),
    Authority("SK", "Úrad na ochranu osobných údajov Slovenskej republiky", "https://dataprotection.gov.sk/", ("sk",)),
    Authority("SI", "Informacijski pooblaščenec (IP)", "https://www.ip-rs.si/", ("sl",)),
    Authority("ES", "Agencia Española de Protección de Datos (AEPD)", "https://www.aepd.es/", ("es",)),
    Authority("GB", "Information Commissioner’s Office (ICO)", "https://ico.org.uk/", ("en",)),
)

AUTHORITIES: Mapping[str, Authority] = {authority.country: authority for authority in _ALL}
