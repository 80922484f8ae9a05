"""How people write: dates of update, periods, promises, rights and exceptions, in six languages.

Swedish, English, Finnish, Norwegian, Danish and German. A pattern that misses leaves a text to the guard
(:mod:`wagtail_privacy.changes.guard`), which is the stricter one.
"""

from __future__ import annotations

import re

from babel import Locale

from wagtail_privacy.changes.guard import LEXICONS


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


#: Endings of one word in its forms.
ENDINGS = frozenset(
    ["", "s", "es", "ed", "d", "ing", "r", "ar", "er", "or", "as", "ade", "ades", "at", "ats", "t", "te", "de", "en"]
    + ["et", "na", "n", "a", "e", "ta", "tä", "ssa", "ssä", "lla", "llä", "lle", "sta", "stä", "ja", "jä", "ene", "ne"]
) - {"er", "or"}
#: Words that carry grammar and no meaning, in six languages.
GRAMMAR = frozenset(
    ["a", "an", "the", "it", "that", "so", "and", "also"]
    + ["en", "ett", "den", "det", "de", "att", "som", "och", "så", "även"]
    + ["ja", "että", "joka", "et", "og", "at", "som", "der", "die", "das", "dem", "des", "ein", "eine", "und", "dass"]
)

_MONTHS = "|".join(
    re.escape(name.rstrip("."))
    for language in LEXICONS
    for width in ("wide", "abbreviated")
    for name in Locale(language).months["format"][width].values()
)
_UPDATED = (
    r"last|updated?|revised|modified|changed|effective|as|of|from|since|on|version|policy|this|notice|was|is|date|"
    r"senast|uppdaterad|uppdaterades|ändrad|gäller|från|och|med|den|publicerad|päivitetty|viimeksi|voimassa|alkaen|"
    r"sist|oppdatert|endret|gjelder|fra|senest|opdateret|ændret|gælder|zuletzt|aktualisiert|geändert|stand|gültig|"
    r"ab|vom|seit|am|stammt|th|st|nd|rd"
)
#: "Last updated: 25 May 2018", and nothing else.
DATE_LINE = re.compile(
    rf"(?=.*(?:\d|updat|uppdat|päivit|opdat|aktualis))(?:\b(?:{_UPDATED}|{_MONTHS}|\d{{1,4}})\b[\W_]*){{1,12}}",
    re.IGNORECASE,
)

CONJUNCTION = re.compile(r"[,;]|\b(?:and|or|och|eller|samt|ja|tai|og|eller|und|oder)\b", re.IGNORECASE)
UNITS = {
    **dict.fromkeys(("hour", "timm", "tim", "tunti", "tunnin", "stunde"), 1 / 24),
    **dict.fromkeys(("day", "dag", "dygn", "dögn", "døgn", "päiv", "tag"), 1.0),
    **dict.fromkeys(("week", "veck", "viik", "uke", "uge", "woche"), 7.0),
    **dict.fromkeys(("month", "månad", "kuukau", "måned", "monat"), 30.4),
    **dict.fromkeys(("year", "år", "vuo", "jahr"), 365.0),
}
NUMBERS = {word: number for lexicon in LEXICONS.values() for word, number in lexicon.numbers.items()}
PERIOD = re.compile(
    rf"\b(\d{{1,4}}(?:[.,]\d)?|{'|'.join(map(re.escape, NUMBERS))})[\s-]+((?:{'|'.join(UNITS)})\w*)", re.IGNORECASE
)
#: Keeping data, or answering people.
WAITING = _any(
    r"\b(?:keep|kept|retain|retention|stor|delet|eras|remov|purg|log|respond|reply|answer)",
    r"\b(?:spara|lagra|bevara|behåll|gallra|radera|tas bort|tar bort|svara|besvara)",
    r"\b(?:säily|poist|vastaa|lagre|slett|oppbevar|svare|opbevar|gem|slet|besvar|speicher|lösch|aufbewahr|antwort)",
)
#: "We never sell …", in six languages: a subject, a negation, and something done to data.
PROMISE = _any(
    r"\bwe\b[^.]{0,30}?(?:\bnever\b|\bnot\b|n['’]t\b)(?! track)[^.]{0,40}?"
    r"\b(?:sell|share|rent|disclose|transfer|track|collect|store|retain|keep|use|log|profile|pass|extract|read|access|"
    r"look at|associate)\b",
    r"\bvi\b[^.]{0,30}\b(?:säljer|delar|lämnar|överför|spårar|samlar|lagrar|sparar|använder|hyr)\b[^.]{0,40}"
    r"\b(?:inte|aldrig|ej)\b",
    r"\b(?:emme|ei)\b[^.]{0,30}\b(?:koskaan|myy|luovuta|jaa|siirrä|seuraa|kerää|säilytä|käytä|vuokraa)\b",
    r"\bvi\b[^.]{0,30}\b(?:selger|deler|utleverer|overfører|sporer|samler|lagrer|bruker|leier)\b[^.]{0,40}"
    r"\b(?:ikke|aldri)\b",
    r"\bvi\b[^.]{0,30}\b(?:sælger|deler|videregiver|overfører|sporer|indsamler|opbevarer|bruger|udlejer)\b[^.]{0,40}"
    r"\b(?:ikke|aldrig)\b",
    r"\bwir\b[^.]{0,80}\b(?:nicht|nie|niemals|keine)\b",
)
#: "You can ask us to delete …", in six languages.
RIGHT = _any(
    r"\byou\b[^.]{0,20}\b(?:have (?:the|a) right|(?:can|may)[^.]{0,20}\b(?:delete|erase|access|object|withdraw|"
    r"opt.out|unsubscribe|correct|export|complain)|(?:can|may) (?:ask|request)[^.]{0,60}\b(?:delete|erase|remove))",
    r"\byou\b[^.]{0,20}\b(?:to opt.out|to unsubscribe|want to (?:delete|export|object))",
    r"\bdu\b[^.]{0,20}\b(?:har (?:också )?rätt|kan[^.]{0,40}\b(?:radera|få tillgång|invända|återkalla|tacka nej|"
    r"avregistrera|rätta|ladda ner|klaga))",
    r"\b(?:sinulla|teillä)\b[^.]{0,20}\boikeus",
    r"\bdu\b[^.]{0,20}\bhar (?:også )?rett",
    r"\bdu\b[^.]{0,20}\bhar (?:også )?ret\b",
    r"\bsie\b[^.]{0,20}\bhaben[^.]{0,20}\brecht",
)
#: What turns a promise or a right into less than it seems.
EXCEPTION = _any(
    r"\b(?:except|unless|but|however|other than|without your|only|if(?! you)|utom|förutom|men|såvida|om inte|endast|"
    r"utan ditt|paitsi|ellei|mutta|vain|ilman|unntatt|med mindre|bare|kun|uten|undtagen|medmindre|uden|außer|"
    r"es sei denn|"
    r"sofern|jedoch|nur|ohne)\b"
)
