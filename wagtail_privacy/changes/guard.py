"""The words that no edit may touch and still be called editorial (WP260 rev.01, 29).

Numbers, dates, money, countries, e-mail addresses, negations, modal verbs and legal terms, in Swedish,
English, Finnish, Norwegian, Danish and German. Text in another language is read with all six lists.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale


@dataclass(frozen=True)
class Lexicon:
    """One language's guarded words.

    Negations, modal verbs and numbers map a word to what it counts as, so that "two" is 2 and "skall" is
    "ska"; ``stems`` are beginnings of the words and phrases that the law speaks in.
    """

    negations: Mapping[str, str]
    modals: Mapping[str, str]
    numbers: Mapping[str, str]
    stems: tuple[str, ...]


def _words(text: str) -> dict[str, str]:
    """``"skall=ska, får"`` as a mapping of each word to what it counts as."""
    pairs = (item.strip().partition("=") for item in text.split(","))
    return {word: same or word for word, _equals, same in pairs}


def _stems(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split(","))


LEXICONS: Mapping[str, Lexicon] = {
    "sv": Lexicon(
        _words("inte, ej=inte, icke=inte, aldrig, ingen, inget=ingen, inga=ingen, utan, utom, förutom=utom, varken"),
        _words(
            "endast, bara=endast, enbart=endast, får, kan, kunna=kan, ska, skall=ska, måste, bör, alltid, behöver, vill"
        ),
        _words(
            "två=2, tre=3, fyra=4, fem=5, sex=6, sju=7, åtta=8, nio=9, tio=10, tolv=12, tjugofyra=24, trettio=30, "
            "sextio=60, nittio=90, hundra=100, halvår=0.5"
        ),
        _stems(
            "samtyck, rättslig, berättiga, intresseavväg, personuppgiftsansvar, personuppgiftsbiträd, företrädare, "
            "dataskyddsombud, underbiträde, underleverantör, mottagar, tredjeland, tredje land, tredje part, "
            "tredjepart, överför, lagringstid, "
            "lagra, rätt, rättighet, radera, radering, rättelse, dataportabilitet, invänd, invändning, begränsning, "
            "återkalla, klagomål, tillsynsmyndighet, profilering, automatiser, känslig, hälso, hälsa, brott, avtal, "
            "säljer, sälja, säljs, lämna ut, lämnar ut, lämnas ut, delar, delas, ändamål, marknadsför, spåra, "
            "spårning, gallra, personnummer, barn, avgift, kostnad, minderårig"
        ),
    ),
    "en": Lexicon(
        _words("not, no, never, none, neither, nor, without, except, unless, excluding=except"),
        _words(
            "only, solely=only, may, might, can, could, must, shall, should, always, required=must, need, fee, "
            "fees=fee, sale"
        ),
        _words(
            "two=2, three=3, four=4, five=5, six=6, seven=7, eight=8, nine=9, ten=10, twelve=12, fourteen=14, "
            "eighteen=18, twenty=20, thirty=30, sixty=60, ninety=90, hundred=100"
        ),
        _stems(
            "consent, legal obligation, legal basis, legitimate interest, vital interest, controller, processor, "
            "representative, subprocessor, sub-processor, service provider, vendor, data protection officer, "
            "recipient, third countr, third part, third-part, transfer, "
            "retention, retain, store, storing, storage, delet, eras, right to, rights, rectif, portab, object to, "
            "objection, restrict, withdraw, complaint, supervisory authorit, profil, automated, special categor, "
            "sensitive, health, criminal, contract, sell, sold, share, sharing, disclos, purpose, advertis, "
            "marketing, track, opt-out, opt-in, opt out, opt in, law enforcement, subpoena, child, minor, biometric, "
            "location"
        ),
    ),
    "fi": Lexicon(
        _words("ei, en=ei, et=ei, emme=ei, ette=ei, eivät=ei, eikä=ei, koskaan, ilman, paitsi, ellei, älä=ei"),
        _words(
            "vain, ainoastaan=vain, voi, voimme=voi, voit=voi, voivat=voi, voidaan=voi, saa, saamme=saa, saat=saa, "
            "saavat=saa, täytyy, pitää, tulee, pakko, saattaa, saatamme=saattaa, aina"
        ),
        _words(
            "kaksi=2, kolme=3, neljä=4, viisi=5, kuusi=6, seitsemän=7, kahdeksan=8, yhdeksän=9, kymmenen=10, "
            "kaksitoista=12, kolmekymmentä=30"
        ),
        _stems(
            "suostum, oikeusperuste, oikeutet, rekisterinpitäj, käsittelij, edustaj, tietosuojavastaav, vastaanottaj, "
            "kolman, kolmas maa, kolmannel, siirt, siirr, säilyty, säilyt, poist, oikeus, oikeud, oikais, vastust, "
            "peruut, valit, valvontaviranomai, profiloi, automaatti, erityis, arkaluont, tervey, rikos, sopimu, "
            "myy, luovut, jaa, jaka, tarkoitu, markkinoi, seura, lapsi, laps, maksu, henkilötunnu, velvoi"
        ),
    ),
    "nb": Lexicon(
        _words("ikke, ikkje=ikke, aldri, ingen, intet=ingen, uten, unntatt, verken"),
        _words("kun, bare=kun, får, kan, kunne=kan, skal, må, bør, alltid, vil, trenger"),
        _words("to=2, tre=3, fire=4, fem=5, seks=6, sju=7, syv=7, åtte=8, ni=9, ti=10, tolv=12, tretti=30, nitti=90"),
        _stems(
            "samtyk, rettslig, berettige, interesseavvei, behandlingsansvar, databehandler, representant, "
            "personvernombud, mottaker, tredjestat, tredjeland, tredjepart, overfør, lagringstid, lagre, rett til, "
            "rettighet, slett, retting, dataportabilitet, protester, innsigelse, begrens, trekke tilbake, klage, "
            "tilsynsmyndighet, profiler, automatiser, sensitiv, særlige kategori, helse, straff, avtale, selge, "
            "utlever, dele, formål, markedsfør, spor, fødselsnummer, barn, gebyr"
        ),
    ),
    "da": Lexicon(
        _words("ikke, aldrig, ingen, intet=ingen, uden, undtagen, hverken, medmindre"),
        _words("kun, alene=kun, bare=kun, får, må, kan, kunne=kan, skal, bør, altid, vil"),
        _words("to=2, tre=3, fire=4, fem=5, seks=6, syv=7, otte=8, ni=9, ti=10, tolv=12, tredive=30, halvfems=90"),
        _stems(
            "samtyk, retsgrundlag, retlig, legitim, interesseafvej, dataansvar, databehandler, repræsentant, "
            "databeskyttelsesrådgiver, modtager, tredjeland, tredjepart, tredjemand, overfør, opbevaring, opbevar, "
            "ret til, rettighed, slet, berigtig, dataportabilitet, indsigelse, indsigt, begræns, tilbagekald, "
            "trække, klage, tilsynsmyndighed, profiler, automatisk, følsom, særlige kategori, sundhed, helbred, straf, "
            "kontrakt, aftale, sælge, videregiv, dele, formål, markedsfør, spor, cpr, barn, børn, gebyr"
        ),
    ),
    "de": Lexicon(
        _words(
            "nicht, kein, keine=kein, keinen=kein, keiner=kein, keinem=kein, keinerlei=kein, nie, niemals=nie, ohne, "
            "außer, ausgenommen=außer, weder"
        ),
        _words(
            "nur, ausschließlich=nur, lediglich=nur, darf, dürfen=darf, kann, können=kann, könnte=kann, könnten=kann, "
            "muss, müssen=muss, soll, sollen=soll, sollte=soll, immer, stets=immer"
        ),
        _words(
            "zwei=2, drei=3, vier=4, fünf=5, sechs=6, sieben=7, acht=8, neun=9, zehn=10, zwölf=12, dreißig=30, "
            "neunzig=90"
        ),
        _stems(
            "einwillig, rechtsgrundlage, rechtliche, berechtigt, verantwortlich, auftragsverarbeit, vertreter, "
            "datenschutzbeauftragt, empfänger, drittland, drittländer, dritte, übermitt, übertrag, speicherdauer, "
            "speicher, aufbewahr, recht auf, rechte, lösch, berichtig, widerspr, widerruf, einschränk, beschwerde, "
            "aufsichtsbehörde, profiling, automatisiert, besondere kategorie, sensib, gesundheit, straf, vertrag, "
            "verkauf, verkäuf, weitergabe, weitergeb, teilen, offenleg, zweck, werb, marketing, verfolg, kind, gebühr"
        ),
    ),
}

_CURRENCIES = {
    "€": "eur", "$": "usd", "£": "gbp", "eur": "eur", "euro": "eur", "euros": "eur", "euroa": "eur", "usd": "usd",
    "dollar": "usd", "dollars": "usd", "gbp": "gbp", "pound": "gbp", "pounds": "gbp", "sek": "sek", "kr": "kr",
    "kronor": "kr", "kroner": "kr", "nok": "nok", "dkk": "dkk", "chf": "chf",
}  # fmt: skip
_EMAIL = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
_URL = re.compile(r"(?:https?://|www\.)\S+|mailto:")
# "You can see our list": what people may do is no permission that we take.
_YOU = re.compile(r"\b(you|du|sie)(?: also| också| også| auch)? (?:can|may|could|might|kan|kann|können)\b")
_NUMBER = r"\d+(?:[.,:/–-]\d+)*"
_TOKEN = re.compile(rf"{_EMAIL}|{_NUMBER}|[€$£%]|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+(?=\W{0,4}[^\W\da-zåäöæøüß])")
_LIST_MARK = re.compile(r"^\s*(?:[-*•–#>]+|\d{1,2}[.)]|[a-z]\))\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_CONTRACTIONS = (
    (re.compile(r"\b(ca)n['’]t\b"), "can not"),
    (re.compile(r"\bwon['’]t\b"), "will not"),
    (re.compile(r"n['’]t\b"), " not"),
    (re.compile(r"\bcannot\b"), "can not"),
)


def fold(text: str) -> str:
    """``text`` in one Unicode form and lower case, without invisible characters and with contractions written out."""
    folded = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold().replace("ß", "ss")
    for pattern, full in _CONTRACTIONS:
        folded = pattern.sub(full, folded)
    return folded


def sentences(text: str) -> list[str]:
    """The sentences and lines of plain ``text``, without list marks."""
    lines = text.translate(_INVISIBLE).split("\n")
    parts = (part for line in lines for part in _SENTENCE_END.split(line.strip()))
    return [bare for part in parts if (bare := _LIST_MARK.sub("", part).strip())]


def tokens(text: str, language: str | None = None) -> list[str]:
    """The words, numbers, signs of money and e-mail addresses of ``text``, folded, without web addresses.

    With a language, guarded words as what they count as.
    """
    found: list[str] = _TOKEN.findall(_URL.sub(" ", fold(text)))
    if language is None:
        return found
    same = _watch(language.lower().split("-")[0]).words
    return [same.get(token, token) for token in found]


def web_addresses(text: str) -> list[str]:
    """The web addresses written out in ``text``."""
    return [found for found in _URL.findall(text) if found != "mailto:"]


def letters(text: str) -> str:
    """The letters and digits of ``text`` alone: equal for texts that differ only in punctuation, case or space."""
    return "".join(char for char in fold(text) if char.isalnum())


def guarded(text: str, language: str) -> list[str]:
    """What in ``text`` no editorial change may touch, in order, each as what it counts as."""
    watch = _watch(language.lower().split("-")[0])
    found = [meaning for token in _phrases(text, watch) if (meaning := watch.meaning(token))]
    # An address that is written twice, as the words of a link and as its target, is one.
    return [item for n, item in enumerate(found) if "@" not in item or item not in found[:n]]


def amounts(text: str) -> list[str]:
    """The numbers, money and e-mail addresses of ``text``: what binds in any language."""
    return [token for token in tokens(text) if token[0].isdigit() or "@" in token or token in _CURRENCIES]


@dataclass(frozen=True)
class _Watch:
    words: Mapping[str, str]
    stems: re.Pattern[str]
    countries: re.Pattern[str]
    country_codes: Mapping[str, str]

    def meaning(self, token: str) -> str:
        """What ``token`` counts as, empty if it is not guarded."""
        if token[0].isdigit() or "@" in token or token.startswith(("country:", "term:")):
            return token
        if same := self.words.get(token) or _CURRENCIES.get(token):
            return same
        stem = self.stems.match(token)
        return f"term:{stem.group()}" if stem else ""


def _phrases(text: str, watch: _Watch) -> list[str]:
    """The tokens of ``text``, each country and each legal term of several words being one."""
    plain = _YOU.sub(r"\1", _URL.sub(" ", fold(text)))
    found: list[str] = []
    position = 0
    for match in watch.countries.finditer(plain):
        found += _terms(plain[position : match.start()], watch)
        found.append(f"country:{watch.country_codes[match.group()]}")
        position = match.end()
    return found + _terms(plain[position:], watch)


def _terms(plain: str, watch: _Watch) -> list[str]:
    joined = watch.stems.sub(lambda m: m.group().replace(" ", "-") if " " in m.group() else m.group(), plain)
    return _TOKEN.findall(joined)


@lru_cache(maxsize=16)
def _watch(language: str) -> _Watch:
    known = {"no": "nb", "nn": "nb"}.get(language, language)
    used = [known] if known in LEXICONS else list(LEXICONS)
    words: dict[str, str] = {}
    stems: set[str] = set()
    codes: dict[str, str] = {}
    for name in used:
        lexicon = LEXICONS[name]
        for group in (lexicon.negations, lexicon.modals, lexicon.numbers):
            words |= {fold(word): same for word, same in group.items()}
        stems |= {variant for stem in lexicon.stems for variant in (fold(stem), fold(stem).replace(" ", "-"))}
        codes |= _countries(name)
    ordered = sorted(stems, key=len, reverse=True)
    return _Watch(
        words,
        re.compile(r"\b(?:" + "|".join(map(re.escape, ordered)) + ")"),
        re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(codes, key=len, reverse=True))) + r")\b"),
        codes,
    )


def _countries(language: str) -> dict[str, str]:
    """The names of countries and of the unions that transfers are about, folded, with their codes."""
    territories = Locale(language).territories
    names = {fold(name): code for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    extra = {"usa": "US", "united states": "US", "u.s": "US", "united kingdom": "GB", "storbritannien": "GB"}
    unions = {"eu": "EU", "ees": "EEA", "eea": "EEA", "eta": "EEA", "eøs": "EEA", "ewr": "EEA", "eu/ees": "EEA"}
    return {name: code for name, code in (names | extra | unions).items() if code not in ("ZZ", "XA", "XB")}
