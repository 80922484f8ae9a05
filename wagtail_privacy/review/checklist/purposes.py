"""What is done, why, with which data and by which right: Art. 13(1)(c)-(d), 13(2)(e), 14, 6, 9, 10, 87."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wagtail_privacy.policy.section import Section
from wagtail_privacy.review.bases import bases_of, is_basis_known, states_bases
from wagtail_privacy.review.contents import Contents, ReadSentence
from wagtail_privacy.review.finding import Finding
from wagtail_privacy.review.places import SPECIFIC

#: Conditions that lean on a law (Art. 9(2)(b), (g) to (j)).
_BY_LAW = frozenset({"art9_2_b", "art9_2_g", "art9_2_h", "art9_2_i", "art9_2_j"})
_ARTICLE_9 = re.compile(r"\b(?:art\.?|artikel|article|artikkel)\s?9\b|\b9\s?artikla", re.IGNORECASE)
_REQUIRED = frozenset({"statutory", "contractual", "precondition"})
#: People object to the one and withdraw the other: which applies decides what they can do.
_MARKETING = frozenset({"art6_1_a", "art6_1_f"})
#: What describes whom a text means by "third parties", after these words or in the next sentence.
_DESCRIBES = re.compile(
    r"[\s,:;(–-]*(?:(?:such as|includ\w+|like|for example|e\.g\.|namely|we use|we work|that|who|which|whom"
    r"|såsom|som|till exempel|exempelvis|t\.ex\.|bland annat|bl\.a\.|inklusive|nämligen|vilka"
    r"|kuten|esimerkiksi|muun muassa|mm\.|jotka|joilta|joita|mukaan lukien"
    r"|for eksempel|f\.eks\.|blant annet|bl\.a\.|slik som|inkludert|herunder|blandt andet|såsom|der|hvilke"
    r"|wie|zum beispiel|z\.\s?b\.|beispielsweise|etwa|insbesondere|einschließlich|die|denen|nämlich)\b|\()",
    re.IGNORECASE,
)


def purposes(contents: Contents) -> Iterator[Finding]:
    if contents.of("purpose"):
        for section in contents.of("purpose"):
            yield from _vague(contents, section)
    elif not contents.is_unread and not any(said.statement.tells_of_processing for said in contents.said):
        yield from contents.found("purpose.missing")


def _vague(contents: Contents, section: Section) -> Iterator[Finding]:
    title = str(section.texts.get("title", ""))
    for said in contents.within(section):
        vague = said.words("vague_purpose") if "vague_purpose" in said.topics else ""
        if said.section is section and said.field == "title" and _is_all(vague, title):
            if not section.texts.get("description"):
                yield from contents.found("purpose.vague", contents.spot(section, "title", title), quote=title)
            return


def _is_all(part: str, whole: str) -> bool:
    return bool(part) and len(part) >= 0.8 * len(whole.strip(" ."))


def legal_bases(contents: Contents) -> Iterator[Finding]:
    missing = [section for section in contents.of("purpose") if not is_basis_known(contents, section)]
    if contents.of("purpose"):
        for section in missing:
            yield from contents.found("basis.missing", contents.spot(section, "legal_basis"), section=section)
    elif not states_bases(contents):
        yield from contents.found("basis.missing", section=None)
    for section in contents.of("purpose"):
        yield from _one_purpose(contents, section)


def _one_purpose(contents: Contents, purpose: Section) -> Iterator[Finding]:
    rows = purpose.of_kind("legal_basis")
    codes = {str(row.facts.get("basis")) for row in rows}
    if len(codes) > 1 and any(not row.texts.get("applies_to") for row in rows):
        yield from contents.found(
            "basis.marketing" if purpose.facts.get("direct_marketing") and codes >= _MARKETING else "basis.several",
            contents.spot(purpose, "legal_basis"),
            section=purpose,
        )
    for row in rows:
        basis = row.facts.get("basis")
        if basis == "art6_1_f" and not row.texts.get("interest"):
            yield from contents.found("basis.interest", contents.spot(row, "interest"), section=purpose)
        if basis in ("art6_1_c", "art6_1_e") and not row.texts.get("statute"):
            yield from contents.found("basis.statute", contents.spot(row, "statute"), section=purpose)


def sensitive_data(contents: Contents) -> Iterator[Finding]:
    """Special categories need a condition (Art. 9(2)), data about offences a law (Art. 10)."""
    for purpose in contents.of("purpose"):
        categories = purpose.of_kind("data_category")
        conditions = purpose.of_kind("special_condition")
        special = next((category for category in categories if category.facts.get("special")), None)
        if special and not conditions:
            yield from contents.found("special.condition", contents.spot(special, "special"), section=purpose)
        for condition in conditions:
            if condition.facts.get("condition") in _BY_LAW and not condition.texts.get("statute"):
                yield from contents.found("special.statute", contents.spot(condition, "statute"), section=purpose)
        criminal = next((category for category in categories if category.facts.get("criminal")), None)
        if criminal and not _names_a_law(purpose):
            yield from contents.found("criminal.statute", contents.spot(criminal, "criminal"), section=purpose)
    yield from _sensitive_without_purpose(contents)


def sensitive_data_in_prose(contents: Contents) -> Iterator[Finding]:
    """Where no block speaks of data: special categories that are collected without consent or Art. 9 near by."""
    if contents.of("data_category", "special_condition"):
        return
    for said in contents.about("sensitive"):
        if _collects(said) and not _has_condition(contents, said):
            yield from contents.found("special.condition", contents.spot_of(said), section=said.section)
            return


def _collects(said: ReadSentence) -> bool:
    collected = said.statement.acts & {"collect", "use", "register", "store"}
    return bool(collected) and said.is_of_us and not said.statement.negators


def _has_condition(contents: Contents, said: ReadSentence) -> bool:
    near = contents.within(said.section)
    return any("basis_a" in other.topics or _ARTICLE_9.search(other.text) for other in near)


def _sensitive_without_purpose(contents: Contents) -> Iterator[Finding]:
    if contents.of("special_condition"):
        return
    for category in contents.of("data_category"):
        parent = contents.parents.get(category.id)
        if category.facts.get("special") and (parent is None or parent.kind != "purpose"):
            yield from contents.found("special.condition", contents.spot(category, "special"), section=category)


def _names_a_law(purpose: Section) -> bool:
    return any(row.texts.get("statute") for row in purpose.walk())


def national_number(contents: Contents) -> Iterator[Finding]:
    """Art. 87, and in Sweden 3 kap. 10 § dataskyddslagen: consent, or a ground that is stated."""
    if _has_ground_in_prose(contents):
        return
    numbers = [category for category in contents.of("data_category") if category.facts.get("national_id")]
    without = [category for category in numbers if not _has_ground(contents, category)]
    grounded = {category.facts.get("key") for category in numbers if category not in without} - {None}
    for category in without:
        if category.facts.get("key") not in grounded:
            yield from contents.found("national_id.ground", contents.spot(category, "national_id"), section=category)
            return
    if not numbers:
        spoken = [said for said in contents.about("identity_number") if not said.statement.negators]
        for said in spoken[:1]:
            yield from contents.found(
                "national_id.ground", contents.spot_of(said), section=said.words("identity_number")
            )


def _has_ground_in_prose(contents: Contents) -> bool:
    return any("identity_ground" in said.topics for said in contents.about("identity_number"))


def _has_ground(contents: Contents, category: Section) -> bool:
    purpose = contents.parents.get(category.id)
    if purpose is None or purpose.kind != "purpose":
        return False
    rests = {row.facts.get("basis") for row in purpose.of_kind("legal_basis")}
    return (
        "art6_1_a" in rests
        or _names_a_law(purpose)
        or any("identity_ground" in said.topics for said in contents.within(purpose))
    )


def categories(contents: Contents) -> Iterator[Finding]:
    if contents.of("data_category") or any(
        "data" in said.kinds and said.statement.values("data") - {"data"} for said in contents.said
    ):
        return
    if contents.is_unread:
        return
    sources = contents.of("source")
    if sources:
        yield from contents.found("data.missing", contents.spot(sources[0], "data"))
    else:
        yield from contents.found("data.unnamed")


def provision(contents: Contents) -> Iterator[Finding]:
    """Must the data be given, and what if not (Art. 13(2)(e))."""
    rows = contents.of("purpose")
    for row in rows:
        required = row.facts.get("provision") in _REQUIRED and not row.texts.get("consequence")
        if required and not any("consequence" in said.topics for said in contents.within(row)):
            yield from contents.found("provision.consequence", contents.spot(row, "consequence"), section=row)
    if any(row.facts.get("provision") or row.texts.get("consequence") for row in rows):
        return
    if not contents.says("consequence") and _may_be_required(contents):
        yield from contents.found("provision.missing")


def _may_be_required(contents: Contents) -> bool:
    bases = bases_of(contents)
    return not bases.all_known or bool(bases.codes & {"art6_1_b", "art6_1_c"})


def sources(contents: Contents) -> Iterator[Finding]:
    for section in contents.of("source"):
        if not section.facts.get("publicly_accessible"):
            yield from contents.found("source.public", contents.spot(section, "publicly_accessible"), section=section)


def sources_in_prose(contents: Contents) -> Iterator[Finding]:
    """ "We obtain data from third parties", and nowhere from whom (Art. 14(2)(f)). Once a policy."""
    if contents.of("source"):
        return
    for said in contents.about("vague_source"):
        if _obtains(said) and not _describes_source(contents, said):
            yield from contents.found("source.vague", contents.spot_of(said), quote=said.words("vague_source"))
            return


def _obtains(said: ReadSentence) -> bool:
    obtained = said.statement.acts & {"collect", "register", "record"} and not said.statement.negators
    about_people = said.statement.values("data") or (said.is_of_us and said.statement.operators["second_person"])
    return bool(obtained) and "cookies" not in said.topics and bool(about_people)


def _describes_source(contents: Contents, said: ReadSentence) -> bool:
    """Whether the sentence goes on to say whom it means, or the next does, or a name follows in its section."""
    here = _from_here(contents, said)
    rest = said.text[next(found.end for found in said.wordings if found.topic == "vague_source") :]
    next_one = here[1].text if len(here) > 1 else ""
    return bool(_DESCRIBES.match(rest) or _DESCRIBES.match(next_one)) or any(map(_names_source, here))


def _from_here(contents: Contents, said: ReadSentence) -> list[ReadSentence]:
    """The sentence, and those that follow in its section, which may be a list of the sources."""
    near = contents.within(said.section)
    return near[next(number for number, other in enumerate(near) if other is said) :]


def _names_source(said: ReadSentence) -> bool:
    return bool(said.kinds & {"name", "company"}) or bool(said.statement.values("party") & SPECIFIC)
