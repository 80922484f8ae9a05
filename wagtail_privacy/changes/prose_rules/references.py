"""Sentences that lead to another place, or say what the policy is about, and state nothing themselves."""

from __future__ import annotations

import re

from wagtail_privacy.prose.blocks import Sentence
from wagtail_privacy.prose.reader import read_sentence
from wagtail_privacy.prose.statement import PROCESSING, Statement, Unit


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


#: How a sentence leads to another place, by language.
_LEADS = {
    "en": _any(
        r"(?:^|[,:;—–]\s|\bplease\s)(?:also\s)?(?:see|read|visit|review|refer to|go to|check)\b",
        r"\bsee (?:also\b|our\b|section\b|\[|here\b)",
        r"\bshould (?:go to|visit|see|read)\b",
        r"\b(?:more|further|additional) (?:information|details)\b",
        r"\b(?:learn|read|find out) more\b",
        r"\b(?:you can|you may|you will|can be) (?:also )?(?:find|found|read|see|view|visit)\b",
        r"\b(?:is|are) (?:also )?(?:found|described|explained|listed)(?: \w+)? (?:in|on|at|under|below|here)\b",
        r"\b(?:terms|conditions)\b.*\bappl(?:y|ies)\b",
    ),
    "sv": _any(
        r"(?:^|,\s)(?:se|läs|besök|gå till)\b",
        r"\bse (?:även|också|vidare|avsnitt\w*|här|vår\w*|\[)",
        r"\bläs\w* (?:mer|om|vidare)\b",
        r"\b(?:mer|ytterligare|närmare) (?:information|om|upplysningar)\b",
        r"\bhitta[rs]?\b",
        r"\b(?:finns|står) (?:det )?(?:i|på|här|under|mer|information)\b",
        r"\b(?:framgår|beskrivs|förklaras) (?:i|av|på|under|här)\b",
        r"\bgäller\b.*villkor|villkor\w* gäller\b",
    ),
    "fi": _any(
        r"(?:^|,\s)(?:katso|ks\.|lue|tutustu)\b",
        r"\bkatso myös\b|\blue (?:lisää|myös)\b",
        r"\blisätieto\w*",
        r"\blöydät\b|\blöyty(?:y|vät)\b",
        r"\b(?:kuvataan|kerrotaan) (?:kohdassa|tarkemmin|sivulla|täällä)\b",
        r"\bsovelletaan\b.*ehto\w*|ehto\w*\b.*\bsovelletaan\b",
    ),
    "nb": _any(
        r"(?:^|,\s)(?:se|les|besøk|gå til)\b",
        r"\bse (?:også|her|vår\w*|avsnitt\w*|\[)",
        r"\bles\w* (?:mer|om|videre)\b",
        r"\b(?:mer|ytterligere|nærmere) (?:informasjon|om|opplysninger)\b",
        r"\bfinner\b",
        r"\b(?:finnes|står|fremgår|beskrives) (?:det )?(?:i|på|her|av|under|mer)\b",
        r"\bgjelder\b.*vilkår|vilkår\w*\b.*\bgjelder\b",
    ),
    "da": _any(
        r"(?:^|,\s)(?:se|læs|besøg|gå til)\b",
        r"\bse (?:også|her|vores|afsnit\w*|\[)",
        r"\blæs\w* (?:mere|om|videre)\b",
        r"\b(?:mere|yderligere|nærmere) (?:information|om|oplysninger)\b",
        r"\bfinder\b",
        r"\b(?:findes|står|fremgår|beskrives) (?:der )?(?:i|på|her|af|under|mere)\b",
        r"\bgælder\b.*betingelser|betingelser\w*\b.*\bgælder\b",
    ),
    "de": _any(
        r"(?:^|,\s)(?:lesen|besuchen) sie\b",
        r"\bsiehe\b|\bnäheres\b",
        r"\bmehr (?:dazu|hierzu|erfahren|über|zu)\b",
        r"\b(?:weitere|nähere|mehr|ausführliche) (?:informationen|details|einzelheiten|hinweise|angaben)\b",
        r"\bfinden (?:sie|sich)\b|\berfahren sie\b",
        r"\bgelten\b.*(?:\bagb\b|bedingungen)|(?:\bagb\b|bedingungen)\b.*\bgelten\b",
    ),
}
#: What may be done in such a sentence: one sees and visits, and asks and pays where it leads.
_DONE = frozenset({"read", "show", "cookies", "identify"})
#: What the other place may be said to tell of: "how we collect your data".
_TOLD_OF = frozenset({"collect", "register", "record", "use", "store", "protect", "erase"})
#: To whom it may be said, or whom it may tell of.
READERS = frozenset(
    {"customers", "business_customers", "visitors", "users", "members", "applicants", "dpo", "supervisory_authority"}
)
#: Kinds of units with which a sentence states something, wherever it leads.
_STATED = frozenset({"period", "age", "money", "company", "email", "phone", "article"})
_TURNING = frozenset({"not", "no_longer", "only", "unless", "except", "even_if", "without"})
#: What opens a clause that the place where it leads answers.
_ASKED = re.compile(
    r"(?:how|what|which|why|hur|vilka|vad|varför|hvordan|hvilke\w*|hva|hvad|hvorfor|wie|welche\w*|was|warum|miten|mitä|mitkä|miksi)",
    re.IGNORECASE,
)


#: Acts that are no more than a way to another page: "go to", "linked in clause 7".
_LEADING = re.compile(r"go$|(?:ver)?link|länk|lenk", re.IGNORECASE)


#: A title between quotation marks.
_QUOTED = re.compile(r"[\"”“„»«][^\"”“„»«]{1,60}[\"”“„»«]")


def _without_quotes(statement: Statement) -> Statement:
    """``statement`` without the titles that it leads to: 'in the section "Our processors"'."""
    text = _QUOTED.sub("", statement.text)
    return statement if text == statement.text else read_sentence(Sentence(text, statement.place), statement.language)


def is_reference(statement: Statement) -> bool:
    """Whether it leads to where more is said, and states nothing itself: "See also the section on your rights"."""
    leads = _LEADS.get(statement.language)
    statement = _without_quotes(statement)
    if leads is None or not leads.search(statement.text) or _says_more(statement):
        return False
    told = _told_of(statement)
    leads_on = [unit for unit in statement.of("act") if _LEADING.match(unit.raw)]
    done = {unit.value for unit in statement.of("act") if unit not in told and unit not in leads_on}
    stated = PROCESSING | {"host", "lose", "close"}
    return done & stated <= _DONE and {unit.value for unit in told} & stated <= _TOLD_OF | _DONE


def tells_of_little(statement: Statement) -> bool:
    """Whether what an introduction names is what every policy tells of: collecting, using, keeping."""
    return {unit.value for unit in statement.of("act")} & PROCESSING <= _TOLD_OF | _DONE


def _says_more(statement: Statement) -> bool:
    """Whether a word turns it, or it names what only a statement does."""
    if _TURNING & statement.operators.keys() or statement.is_denied_by_its_place:
        return True
    if any(unit.value in ("which", "but", "because") for unit in statement.of("opener") if unit.at):
        return True
    named = statement.values("party") - READERS - {"authority"}
    data = statement.values("data") - {"data", "contact_details", "address", "browsing"}
    grounds = statement.values("ground") - {"contract"}
    return bool(named or data or grounds or any(unit.kind in _STATED for unit in statement.units))


def _told_of(statement: Statement) -> list[Unit]:
    """The acts that stand behind "how", "what" or "which"."""
    asked = [unit.at for unit in statement.units if _ASKED.fullmatch(unit.raw)]
    return [unit for unit in statement.of("act") if asked and unit.at > asked[0]]


#: How a sentence begins that says what the policy is about, by language.
_INTRODUCES = {
    "en": _any(
        r"(?:this|the|our|in this)\b.{0,80}?\b(?:describes?|explains?|covers?|sets out|outlines?)\b",
        r"in this\b.{0,60}?\bwe (?:describe|explain)\b",
    ),
    "sv": _any(
        r"(?:den här|denna|vår|i den här|i denna|här)\b.{0,60}?"
        r"\b(?:beskriver|förklarar|berättar|redogör|informerar|handlar om)\b",
        r"(?:i den här|i denna|här)\b.{0,60}?\b(?:kan du läsa|får du veta)\b",
    ),
    "fi": _any(
        r"(?:tämä|tässä|tällä|seloste\w*|tietosuoja\w*)\b.{0,60}?\b(?:kuvaa|kuvaamme|kuvataan|kerromme|kerrotaan)\b",
    ),
    "nb": _any(
        r"(?:denne|dette|vår|i denne|i dette|her)\b.{0,60}?\b(?:beskriver|forklarer|forteller|redegjør|informerer)\b",
        r"(?:i denne|her)\b.{0,60}?\bkan du lese\b",
    ),
    "da": _any(
        r"(?:denne|dette|vores|i denne|i dette|her)\b.{0,60}?\b(?:beskriver|forklarer|fortæller|redegør|informerer)\b",
        r"(?:i denne|her)\b.{0,60}?\bkan du læse\b",
    ),
    "de": _any(
        r"(?:dies\w*|unsere|in dieser|in der|hier|nachfolgend)\b.{0,80}?\b"
        r"(?:beschreib\w*|erklärt|erklären|erläuter\w*|informier\w*|erfahren sie|beschrieben)\b",
    ),
}
_POLICY = re.compile(
    r"policy|notice|statement|personal (?:data|information)|personuppgift|personopplysning|personoplysning|"
    r"personenbezogene|henkilötie|"
    r"politik|erklär|erklær|hinweis|richtlini|bestimmung|seloste|käytän|information|integritet|"
    r"\b(?:page|sidan?|siden|sivu\w*|seite)\b",
    re.IGNORECASE,
)


def tells_what_is_told(statement: Statement) -> bool:
    """Whether it says that people are told what is collected: "We always tell you which data we collect"."""
    if "inform" not in statement.acts or _says_more(statement):
        return False
    told = _told_of(statement)
    rest = {unit.value for unit in statement.of("act") if unit not in told}
    return bool(told) and not rest & PROCESSING and {unit.value for unit in told} & PROCESSING <= _TOLD_OF


def introduces_alike(old: Statement, new: Statement) -> bool:
    """Whether both say what the policy tells, the new one of no more that is done."""
    fresh = new.acts - old.acts
    return is_introduction(old) and is_introduction(new) and not fresh & PROCESSING - _TOLD_OF


def is_introduction(statement: Statement) -> bool:
    """Whether it says what the policy tells: "This policy describes how we handle your data"."""
    introduces = _INTRODUCES.get(statement.language)
    if introduces is None or not introduces.match(statement.text) or not _POLICY.search(statement.text):
        return False
    named = statement.values("party") - READERS - {"recipient"}
    other = _TURNING & statement.operators.keys() or any(unit.kind in _STATED - {"company"} for unit in statement.units)
    return not (named or other or statement.values("data") - {"data", "browsing"})
