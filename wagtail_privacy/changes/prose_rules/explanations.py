"""What explains and states nothing: headings, definitions, examples, reasons."""

from __future__ import annotations

import os
import re

from wagtail_privacy.changes.difference import StatementDifference
from wagtail_privacy.prose.statement import PROCESSING, SILENT, WELCOME, Statement, Unit

#: Acts that a heading states by naming them.
_TELLING = frozenset({"sell", "rent", "publish", "train", "profile", "track", "decide", "advertise", "transfer"})


#: Kinds of units that a heading states something with.
_STATED = frozenset({"period", "age", "money", "country", "city", "company", "name", "party", "place", "article"})


#: Data that every policy asks about; a question about others may be how people learn that they are collected.
_USUAL = frozenset(
    {
        "data",
        "name",
        "address",
        "email",
        "phone",
        "contact_details",
        "payment",
        "account",
        "ip",
        "logs",
        "purchase_history",
    }
)
#: A question that what follows answers: "Where is my data stored?"
_QUESTION = re.compile(
    r"(?:what|which|where|when|who|why|how|vad|vilk\w+|var|när|vem|varför|hur|mitä|mi[tk]kä|missä|milloin|kuka|miksi|miten"
    r"|kuinka|hva|hvad|hvilk\w+|hvor\w*|når|hvornår|hvem|was|welche\w*|wo|wann|wer|wem|warum|wie|wozu)\b[^.!?]*\?$",
    re.IGNORECASE,
)


def _asks_the_usual(statement: Statement) -> bool:
    usual = statement.values("data") <= _USUAL and not statement.values("unknown")
    return usual and bool(_QUESTION.match(statement.text))


def only_names(statement: Statement) -> bool:
    """Whether it is a heading, or a question, that names what stands under it, and states nothing itself."""
    if (
        not (statement.place.is_heading or _asks_the_usual(statement))
        or statement.negators
        or statement.acts & _TELLING
    ):
        return False
    return not any(unit.kind in _STATED for unit in statement.units)


#: How a sentence begins that says what a word means, in any of the languages.
_DEFINITION = re.compile(
    r"(?!(?:that|this|it|which|det|detta|dette|das|dies|se|tämä)\s(?:means?|betyder|betyr|bedeutet|tarkoittaa)\b)"
    r"(?:(?:the term|begreppet|unter|mit|med|ved|by|with)\s)?(?:(?:an?|ett?|en|eine?)\s)?(?:[\w'’\"”“-]+\s){1,3}"
    r"(?:(?:is|are|är|er|ist|sind|on|ovat)\s(?:an?|ett?|en|eine?\b|small|små|kleine|pieni|piene"
    r"|data|information|uppgifter|opplysninger|oplysninger|daten|informationen|tietoja)"
    r"|(?:means?|includes?|menas|avses|omfattar|är den som|menes|forstås|omfatter|er enhver|er alle|tarkoitetaan"
    r"|tarkoittaa|bedeutet|versteht man|verstehen wir|sind alle)\s)",
    re.IGNORECASE,
)
_DEFINED_BY = frozenset({"act", "data", "mode", "unknown"})


#: What is done in a definition with data as such: "any information that can be linked to a person".
_OF_A_DEFINITION = frozenset({"cookies", "store", "show", "combine", "identify"})


#: The word whose meaning is all that may be done with data.
_IS_PROCESSING = re.compile(r"processing|behandling|verarbeitung|käsittely", re.IGNORECASE)


def is_definition(statement: Statement) -> bool:
    """Whether it explains a word, and who does what to whose data is not said: "A cookie is a small text file"."""
    text = _FOR_US.sub("", statement.text)
    we = statement.operators["first_person"] - (text != statement.text)
    if not _DEFINITION.match(text) or we > 0 or statement.negators:
        return False
    acts = {unit.value for unit in statement.of("act")} & PROCESSING
    named = [unit for unit in statement.units if unit.kind not in SILENT and unit.kind != "operator"]
    by_others = [unit for unit in named if unit.kind not in _DEFINED_BY and unit.key != ("party", "machine")]
    if not (acts <= _OF_A_DEFINITION or _IS_PROCESSING.search(text[:30])) or by_others:
        return False
    return statement.values("data") <= {"data", "device"} or bool(_PERSONAL_DATA.search(text[:40]))


#: Parts that somebody plays, and what is said of them to explain it.
_ROLES = frozenset({"processor", "controller", "joint_controller"})
_OF_A_ROLE = frozenset({"use", "request"})


def defines_a_role(statement: Statement) -> bool:
    """Whether it says what a processor is: "A processor is a company that processes data on our behalf"."""
    first = next(statement.of("party"), None)
    if first is None or first.value not in _ROLES or not _DEFINITION.match(statement.text) or statement.negators:
        return False
    named = statement.values("party") <= _ROLES | {"business_customers"} and statement.values("data") <= {"data"}
    stated = any(unit.kind in _STATED - {"party"} for unit in statement.units)
    return first in statement.units[:2] and named and not stated and statement.values("act") <= _OF_A_ROLE


#: Courtesy that a text begins or ends with.
_COURTESY = re.compile(
    r"(?:thank|many thanks|welcome|tack\b|välkommen|takk\b|tusen takk|velkommen|tak\b|mange tak|kiitos|kiitämme"
    r"|tervetuloa|danke|vielen dank|(?:herzlich )?willkommen|wir freuen uns|we are happy to|we're happy to"
    r"|vi hjälper dig gärna"
    r"|vi hjelper deg gjerne|vi hjælper dig gerne|autamme (?:sinua )?mielellämme|vastaamme mielellämme)",
    re.IGNORECASE,
)
_COURTEOUS = frozenset({"answer", "contact", "show", "read", "inform", "buy", "request"})


def is_courtesy(statement: Statement) -> bool:
    """Whether it thanks, greets or offers help, and states nothing."""
    if not _COURTESY.match(statement.text) or statement.negators or statement.values("act") - _COURTEOUS:
        return False
    named = any(unit.kind in _STATED - {"name", "company", "city"} for unit in statement.units)
    return not named and not statement.values("data") and not any(True for _ in statement.of("right", "ground"))


#: The sites of others, to which a link leads.
_LINKED = re.compile(r"länk|lenk|link", re.IGNORECASE)
_OF_A_LINK = frozenset({"combine", "use", "show"})


def is_of_other_sites(statement: Statement) -> bool:
    """Whether it says that links lead to others, whose own policies hold there."""
    if not _LINKED.search(statement.text) or statement.values("data") or statement.values("act") - _OF_A_LINK:
        return False
    others = statement.values("party") - {"processor", "third_party", "social_media"}
    return not others and not any(unit.kind in _STATED - {"party"} for unit in statement.units)


def defines_personal_data(statement: Statement) -> bool:
    """Whether it says which data are personal data, not which are collected."""
    return is_definition(statement) and bool(_PERSONAL_DATA.search(_FOR_US.sub("", statement.text)[:40]))


_FOR_US = re.compile(r"^(?:for us|för oss|for oss|for os|für uns|meille),?\s", re.IGNORECASE)
_PERSONAL_DATA = re.compile(
    r"personal (?:data|information)|personuppgift|personopplysning|personoplysning|personenbezogene|henkilötie",
    re.IGNORECASE,
)


#: How a sentence begins that says what it means to be the controller.
_DECIDING = re.compile(
    r"(?:det (?:här )?(?:betyder|betyr|innebär|innebærer|vil si|vil sige)|(?:this|that|it) means"
    r"|das (?:heißt|bedeutet)|se tarkoittaa)"
    r"\W+(?:att|at|that|dass|että)?\s?(?:vi|we|wir)?\s?"
    r"(?:bestämmer|beslutar|avgör|bestemmer|avgjør|afgør|decide|determine|entscheiden|bestimmen|päätämme)\W+"
    r"(?:why|how|the purposes?|varför|hur|ändamål\w*|hvorfor|hvordan|formål\w*|warum|wie|über die zwecke"
    r"|miksi|miten)\b",
    re.IGNORECASE,
)


def explains_the_controller(statement: Statement) -> bool:
    """Whether it says what a controller is: "This means that we decide why and how your data are processed"."""
    begins = _DECIDING.match(statement.text)
    if not begins or statement.negators or statement.values("data") - {"data"}:
        return False
    others = [unit for unit in statement.of("unknown", *_STATED) if unit.raw not in begins[0]]
    return not others and statement.acts & PROCESSING <= {"decide", "use"} and "use" in statement.acts


#: What the reader's browser is called, and what can be done in it.
_IN_A_BROWSER = frozenset({"cookies", "store", "show", "erase", "refuse", "activate", "change", "verify", "administer"})
_BROWSER = re.compile(r"browser|webbläsar|nettleser|selai", re.IGNORECASE)


def is_of_the_browser(statement: Statement) -> bool:
    """Whether it tells what the reader's own browser does: "Most browsers let you delete cookies"."""
    if not _BROWSER.search(statement.text) or statement.operators["first_person"] or statement.negators:
        return False
    done = statement.values("act") & (PROCESSING | WELCOME)
    if not statement.has("data", "data"):
        done -= {"use"}  # of the browser itself
    named = statement.values("data") <= {"data", "device"} and not any(u.kind in _STATED for u in statement.units)
    return named and bool(statement.values("act")) and done <= _IN_A_BROWSER


#: What an example or the same in other words begins with.
_EXAMPLES = re.compile(
    r"such as|for example|e\.g\.|that is|i\.e\.|namely|including|in other words|"
    r"till exempel|t\.ex\.|det vill säga|d\.v\.s\.|dvs|såsom|exempelvis|med andra ord|"
    r"for eksempel|f\.eks\.|\bfx\b|det vil si|det vil sige|dvs\.|som for|herunder|med andre ord|"
    r"zum beispiel|z\. ?b\.|das heißt|d\. ?h\.|etwa|nämlich|\balso\b|"
    r"esimerkiksi|esim\.|kuten|eli|toisin sanoen",
    re.IGNORECASE,
)


def are_examples_at(start: str, text: str) -> bool:
    """Whether what follows ``start`` in ``text`` begins as an example or an explanation does: "that is", "such as"."""
    return bool(_EXAMPLES.match(text[len(start) :].lstrip(" ,(–-")))


def are_examples(gained: list[Unit], difference: StatementDifference) -> bool:
    """Whether what is gained explains what stands before it: "(name and phone number)", "such as a parent"."""
    text = difference.new.text
    for unit in gained:
        place = text.find(unit.raw)
        before = text[:place]
        inside = before.rfind("(") > before.rfind(")") and "(" not in difference.old.text
        if not inside and not _EXAMPLES.search(before[len(common_start(difference)) :]):
            return False
    return True


#: Brackets that begin as an example does.
_BRACKETS = re.compile(rf"\(\s*(?:{_EXAMPLES.pattern})[^()]*\)", re.IGNORECASE)


def are_named_as_examples(units: list[Unit], difference: StatementDifference) -> bool:
    """Whether all of ``units`` stand in brackets with examples, the rest being as it was: "(e.g. what you paid)"."""
    text = difference.new.text
    rest = _BRACKETS.sub("", text)
    return rest != text and not any(re.search(rf"\b{re.escape(unit.raw)}\b", rest) for unit in units)


#: What is meant by some categories of data: naming it as an example names nothing new.
_PARTS = {
    "contact_details": {"name", "address", "email", "phone"},
    "payment": {"payment", "customer_number"},
    "device": {"device", "ip", "logs"},
    "account": {"account", "name", "email"},
    "identity_document": {"identity_document"},
}


#: What a processor is and does.
_OF_A_PROCESSOR = frozenset(
    {("party", "business_customers"), ("party", "processor"), ("act", "use"), ("act", "request"), ("data", "data")}
)


def is_explained(gained: list[Unit], difference: StatementDifference) -> bool:
    """Whether what is gained says by example or in other words what the sentence named before."""
    if not are_examples(gained, difference):
        return False
    named = set().union(*(_PARTS.get(unit.value, set()) for unit in difference.old.of("data")))
    if all(unit.kind == "data" and unit.value in named for unit in gained):
        return True
    old, new = difference.old, difference.new
    orders = [sum(u.key == ("party", "processor") for u in s.units) for s in (old, new)]
    ours = new.operators["first_person"] > old.operators["first_person"] or orders[1] > orders[0]
    if difference.old.has("party", "processor") and ours and {unit.key for unit in gained} <= _OF_A_PROCESSOR:
        return True
    if is_definition(old) and is_definition(new):
        return all(unit.kind in ("unknown", "small", "mode") for unit in gained)
    protects = bool(old.acts) and old.acts <= WELCOME and not new.acts & PROCESSING
    return protects and all(unit.kind in ("unknown", "data", "act") for unit in gained)


def common_start(difference: StatementDifference) -> str:
    return os.path.commonprefix([difference.old.text.rstrip(". "), difference.new.text])


def is_explained_by_law(difference: StatementDifference, found: list[Unit]) -> bool:
    """Whether it is now said that a law demands what was said before: "… because the accounting act demands it"."""
    because = ("opener", "because") in [unit.key for unit in difference.new.of("opener")]
    grounds = [*difference.old.of("ground", "article"), *(u for u in found if u.value != "legal_obligation")]
    return because and not grounds and not difference.lost
