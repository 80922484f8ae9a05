"""Where a policy says two things that cannot both be so: facts first, then statements. Each names both places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from wagtail_privacy.policy.durations import is_iso_duration, parse
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.vocabulary import COMMITMENTS, PLACES
from wagtail_privacy.policy.words import country, duration, name_of
from wagtail_privacy.prose.regions import EEA
from wagtail_privacy.review.contents import Contents, ReadSentence
from wagtail_privacy.review.finding import Finding, Spot
from wagtail_privacy.review.places import goes_abroad, is_promise_to_stay, is_weakened

#: A promise or its breach: where it stands and how it is said.
Place = tuple[Spot, str]
_KEPT = frozenset({"store", "erase", "anonymise"})
#: Whom nobody means by "our processors".
_OUTSIDE = frozenset({"third_party", "partner", "advertiser", "broker", "social_media"})
#: Alike enough to be an older form of the same heading.
_ALIKE = 0.6
#: A longer line is no heading.
_LONGEST_HEADING = 10
#: So many words before a number say what it counts.
_AROUND = 5
#: "Including, but not limited to, …" denies nothing.
_NOT_LIMITED = re.compile(
    r"not limited to|inte begräns|utan begränsning|ikke begrens|ikke begræns|nicht beschränkt|rajoittumatta",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“”\"„«»]([^“”\"„«»]{8,120})[“”\"»«]")


def transfers(contents: Contents) -> Iterator[Finding]:
    """ "We never leave the EU" beside a recipient or a server elsewhere."""
    promise, breach = next(_promises_to_stay(contents), None), next(_departures(contents), None)
    if promise and breach:
        yield _conflict(contents, "conflict.transfer", promise, breach)


def _promises_to_stay(contents: Contents) -> Iterator[Place]:
    yield from _commitments(contents, "no_transfer")
    for group in contents.of("transfers"):
        if group.facts.get("place") == "eea":
            yield contents.spot(group, "place"), str(PLACES.label("eea"))
    for said in contents.about("only_inside_eea"):
        if is_promise_to_stay(said):
            yield contents.spot_of(said), said.text


def _departures(contents: Contents) -> Iterator[Place]:
    for row in contents.of("transfer", "recipient"):
        code = str(row.facts.get("country") or "")
        if code and code not in EEA:
            yield (
                contents.spot(row, "country"),
                f"{name_of(row)}, {country(code)}" if row.kind == "recipient" else country(code),
            )
    for group in contents.of("transfers"):
        if group.facts.get("place") in ("outside", "mostly_eea"):
            yield contents.spot(group, "place"), str(PLACES.label(str(group.facts["place"])))
    for said in contents.said:
        if goes_abroad(said):
            yield contents.spot_of(said), said.text


def _commitments(contents: Contents, code: str) -> Iterator[Place]:
    for row in contents.of("commitment"):
        if row.facts.get("commitment") == code:
            yield contents.spot(row, "commitment"), str(row.texts.get("statement") or COMMITMENTS.label(code))


def _conflict(contents: Contents, rule: str, promise: Place, breach: Place) -> Finding:
    spot, other = _quoting(promise), _quoting(breach)
    (finding,) = contents.found(rule, spot, other=other, quote=promise[1], other_quote=breach[1])
    return finding


def _quoting(place: Place) -> Spot:
    spot, words = place
    return spot if spot.quote else Spot(spot.path, spot.field, words)


def promises(contents: Contents) -> Iterator[Finding]:
    """Commitments beside a sale, a recipient, a cookie or a decision that breaks them."""
    pairs = (
        (_no_sale, _sales),
        (_no_marketing_by_others, _marketing_by_others),
        (_no_recipients, _outside_recipients),
        (_no_cookies, _optional_cookies),
        (_no_decisions, _decisions),
    )
    for promised, broken in pairs:
        promise = next(promised(contents), None)
        breach = next(broken(contents), None) if promise else None
        if promise and breach:
            yield _conflict(contents, "conflict.promise", promise, breach)


def _no_sale(contents: Contents) -> Iterator[Place]:
    yield from _commitments(contents, "no_sale")
    yield from (_place(contents, said) for said in contents.doing("sell") if _denies(said, "sell"))


def _sales(contents: Contents) -> Iterator[Place]:
    for said in contents.about("sells"):
        denied = said.statement.negators or said.statement.is_denied_by_its_place or said.statement.operators["if"]
        if "sell" in said.statement.acts and said.statement.values("data") and not denied:
            yield _place(contents, said)


def _no_marketing_by_others(contents: Contents) -> Iterator[Place]:
    yield from _commitments(contents, "no_third_party_marketing")


def _marketing_by_others(contents: Contents) -> Iterator[Place]:
    for row in contents.of("recipient"):
        if row.facts.get("role") != "processor":
            for said in contents.within(row):
                if said.field == "purpose" and "marketing" in said.topics and not _asks_first(contents, row):
                    yield contents.spot(row, "purpose", said.text), f"{name_of(row)}: {said.text}"


def _asks_first(contents: Contents, row: Section) -> bool:
    """Whether the data go there only with consent."""
    group = contents.parents.get(row.id)
    conditions = [*contents.within(row), *(contents.own(group) if group else ())]
    return any(said.field == "condition" and "basis_a" in said.topics for said in conditions)


def _no_recipients(contents: Contents) -> Iterator[Place]:
    for said in contents.doing("share"):
        if (
            _denies(said, "share")
            and said.statement.values("party") & {"third_party", "public"}
            and not _is_narrow(said)
        ):
            yield _place(contents, said)


def _is_narrow(said: ReadSentence) -> bool:
    """A purpose or a kind of data makes it a promise about that alone."""
    narrow = said.statement.values("data") - {"data"} or said.statement.acts & {"advertise", "sell", "rent", "publish"}
    return bool(narrow) or "marketing" in said.topics or bool(said.statement.values("opener") & {"purpose"})


def _outside_recipients(contents: Contents) -> Iterator[Place]:
    for row in contents.of("recipient"):
        if row.facts.get("role") in ("controller", "joint_controller"):
            yield contents.spot(row, "role"), name_of(row)
    for said in contents.doing("share"):
        if said.statement.values("party") & _OUTSIDE and _is_flat(said):
            yield _place(contents, said)


def _is_flat(said: ReadSentence) -> bool:
    """Whether something is done with data, without a denial or a condition."""
    denied = said.statement.negators or said.statement.is_denied_by_its_place
    return not denied and not is_weakened(said) and bool(said.statement.values("data"))


def _no_cookies(contents: Contents) -> Iterator[Place]:
    for said in contents.about("no_cookies", "no_tracking"):
        for_one_thing = "marketing" in said.topics or said.statement.acts & {"advertise", "analyse", "show"}
        if not for_one_thing and not is_weakened(said):
            yield _place(contents, said)


def _optional_cookies(contents: Contents) -> Iterator[Place]:
    for row in contents.of("cookie"):
        if row.facts.get("need") not in (None, "", "necessary"):
            yield contents.spot(row, "need"), name_of(row)
    for said in contents.about("cookies"):
        uses = "use" in said.statement.acts and said.is_of_us
        if uses and not said.statement.negators and not is_weakened(said):
            yield _place(contents, said)


def _no_decisions(contents: Contents) -> Iterator[Place]:
    yield from (_place(contents, said) for said in contents.about("adm_none") if not is_weakened(said))


def _decisions(contents: Contents) -> Iterator[Place]:
    for section in contents.of("automated_decisions"):
        if section.facts.get("in_use") == "yes":
            yield contents.spot(section, "in_use"), name_of(section)
    for said in contents.about("adm"):
        if not said.statement.negators and not said.statement.values("right") and "adm_none" not in said.topics:
            yield _place(contents, said)


def _denies(said: ReadSentence, act: str) -> bool:
    statement = said.statement
    denied = statement.negators % 2 == 1 and not _NOT_LIMITED.search(said.text)
    return act in statement.acts and denied and not is_weakened(said)


def _place(contents: Contents, said: ReadSentence) -> Place:
    return contents.spot_of(said), said.text


def training(contents: Contents) -> Iterator[Finding]:
    promise = next(_commitments(contents, "no_ai_training"), None) or next(
        (_place(contents, said) for said in contents.doing("train") if _denies(said, "train")), None
    )
    breach = next(_trainings(contents), None) if promise else None
    if promise and breach:
        yield from contents.found("conflict.training", _quoting(promise), other=breach, quote=promise[1])


def _trainings(contents: Contents) -> Iterator[Spot]:
    for section in contents.of("ai_use"):
        if section.facts.get("training") == "yes":
            yield contents.spot(section, "training")
    for said in contents.doing("train"):
        if _is_flat(said):
            yield contents.spot_of(said)


def fees(contents: Contents) -> Iterator[Finding]:
    """Free, and yet a fee, though not only for requests that are manifestly unfounded (Art. 12(5))."""
    free = next(_free(contents), None)
    for said in contents.said:
        if free and _is_fee(said):
            yield _conflict(contents, "conflict.fee", free, _place(contents, said))
            return


def _free(contents: Contents) -> Iterator[Place]:
    for group in contents.of("rights"):
        if group.facts.get("free"):
            yield contents.spot(group, "free"), str(_label(group, "free"))
    for said in contents.about("free"):
        if _is_about_rights(said) and not said.statement.negators and "yearly_limit" not in said.topics:
            yield _place(contents, said)


def _label(section: Section, name: str) -> object:
    field = kind_of(section.kind).field(name)
    return field.label if field else name


def _is_about_rights(said: ReadSentence) -> bool:
    if (
        said.section.kind in ("rights", "right")
        or said.statement.values("right")
        or said.statement.has("act", "request")
    ):
        return True
    return any(topic.startswith("right_") for topic in said.topics)


def _is_fee(said: ReadSentence) -> bool:
    charged = "fee" in said.topics or any(said.statement.of("money"))
    return (
        charged and _is_about_rights(said) and not said.statement.negators and not said.topics & {"unfounded", "free"}
    )


def periods(contents: Contents) -> Iterator[Finding]:
    yield from _periods_of_rows(contents)
    yield from _periods_beside_prose(contents)
    yield from _answers(contents)
    yield from _periods_in_prose(contents)


def _periods_of_rows(contents: Contents) -> Iterator[Finding]:
    """Rows for the same thing, by its key or its words, counted from the same day."""
    seen: dict[object, Section] = {}
    for row in contents.of("retention"):
        parent = contents.parents.get(row.id)
        of_purpose = parent.id if parent and parent.kind == "purpose" else ""
        what = _folded(row, "applies_to")
        if not what and not of_purpose:
            continue
        same = (of_purpose, what, _folded(row, "starts"), _folded(row, "reason"))
        other = seen.setdefault(same, row)
        if other is not row and _differ(row.facts.get("duration"), other.facts.get("duration")):
            yield from _two_periods(contents, other, row)


def _folded(row: Section, name: str) -> str:
    return " ".join(str(row.texts.get(name, "")).casefold().split())


def _two_periods(contents: Contents, first: Section, second: Section) -> Iterator[Finding]:
    durations = {"duration": first.facts["duration"], "other_duration": second.facts["duration"]}
    spots = [contents.spot(row, "duration", duration(str(row.facts["duration"]))) for row in (first, second)]
    yield from contents.found("conflict.period", spots[0], other=spots[1], **durations)


def _differ(first: object, second: object) -> bool:
    if not (isinstance(first, str) and isinstance(second, str) and is_iso_duration(first) and is_iso_duration(second)):
        return False
    return parse(first).compare(parse(second)) in (-1, 1)


def _periods_beside_prose(contents: Contents) -> Iterator[Finding]:
    """A purpose with one period whose own words name another."""
    for purpose in contents.of("purpose"):
        rows = [row for row in purpose.of_kind("retention") if row.facts.get("duration")]
        if len(rows) != 1:
            continue
        stated = str(rows[0].facts["duration"])
        for said in contents.within(purpose):
            other = _period_of_keeping(said)
            if said.section.kind == "purpose" and other and _differ(stated, other):
                yield from contents.found(
                    "conflict.period",
                    contents.spot(rows[0], "duration", duration(stated)),
                    other=contents.spot_of(said),
                    duration=stated,
                    other_duration=other,
                )


def _period_of_keeping(said: ReadSentence) -> str:
    """The one period that a sentence about keeping or erasing data names, if people need not ask for it."""
    if "period" not in said.kinds or not said.statement.acts & _KEPT or said.statement.has("act", "request"):
        return ""
    found = [unit.value for unit in said.statement.of("period") if unit.value != "indefinite"]
    flat = bool(said.statement.values("data")) and not said.statement.negators and not said.statement.values("right")
    return found[0] if len(found) == 1 and flat else ""


def _answers(contents: Contents) -> Iterator[Finding]:
    for group in contents.of("rights"):
        stated = str(group.facts.get("response_time") or "")
        for said in contents.within(group):
            found = [unit.value for unit in said.statement.of("period")]
            answers = "answer" in said.statement.acts and len(found) == 1
            if stated and answers and _differ(stated, found[0]) and found[0] != group.facts.get("extended_time"):
                yield from contents.found(
                    "conflict.period",
                    contents.spot(group, "response_time", duration(stated)),
                    other=contents.spot_of(said),
                    duration=stated,
                    other_duration=found[0],
                )


def _periods_in_prose(contents: Contents) -> Iterator[Finding]:
    """Two sentences about keeping the same data, and about nothing else, with different periods."""
    seen: dict[object, tuple[str, ReadSentence]] = {}
    for said in contents.said:
        period = _period_of_keeping(said)
        if not period or said.section.kind not in ("text", "retention_periods", "service", "other"):
            continue
        rest = frozenset(key for key in said.statement.content if not _is_of_keeping(key))
        if not rest - {("data", "data")}:
            continue
        first, other = seen.setdefault((rest, said.statement.place), (period, said))
        if _differ(first, period):
            yield from contents.found(
                "conflict.period",
                contents.spot_of(other),
                other=contents.spot_of(said),
                duration=first,
                other_duration=period,
            )


def _is_of_keeping(key: tuple[str, str]) -> bool:
    return key[0] in ("period", "number", "bound") or (key[0] == "act" and key[1] in _KEPT)


def rights(contents: Contents) -> Iterator[Finding]:
    """A right denied for the very basis that it rests on (Art. 7(3), 17(1)(c), 20, 21)."""
    for said in contents.about("denial"):
        if _denies_right(said) and not _is_other_clause(said):
            yield from contents.found("conflict.right", contents.spot_of(said), quote=said.text)


def _denies_right(said: ReadSentence) -> bool:
    topics, code = said.topics, str(said.section.facts.get("right", ""))
    named = {"erasure", "objection", "portability", "withdraw_consent"} & {
        code,
        *(t.removeprefix("right_") for t in topics),
    }
    if "right_withdraw" in topics:
        named |= {"withdraw_consent"}
    on_interest = "basis_f" in topics and bool(named & {"erasure", "objection"})
    on_consent = "basis_a" in topics and "portability" in named
    on_contract = "basis_b" in topics and "portability" in named
    return on_interest or on_consent or on_contract or ("withdraw_consent" in named and "basis_a" in topics)


def _is_other_clause(said: ReadSentence) -> bool:
    """ "Withdrawing does not affect …", "we then may not go on": the denial is of something else."""
    denial = next(found for found in said.wordings if found.topic == "denial")
    right = [
        found
        for found in said.wordings
        if found.topic in ("right_erasure", "right_objection", "right_portability", "right_withdraw")
    ]
    if not right:
        return False
    near = min(min(abs(found.start - denial.end), abs(denial.start - found.end)) for found in right)
    return near > 60 or bool(
        said.statement.operators["second_person"] == 0 and "right_withdraw" in said.topics and near > 25
    )


def counts(contents: Contents) -> Iterator[Finding]:
    """Five reasons announced in one place, four in another, in the same words."""
    seen: dict[str, tuple[str, ReadSentence]] = {}
    for said in contents.about("count_lead"):
        word = said.words("count_lead").casefold()
        frame = _frame(said, word)
        if frame:
            first, other = seen.setdefault(frame, (word, said))
            if first != word:
                spots = (contents.spot_of(other), contents.spot_of(said))
                yield from contents.found("conflict.count", spots[0], other=spots[1], quote=first, other_quote=word)


def _frame(said: ReadSentence, word: str) -> str:
    """The words around a number; empty where it counts time or money, or begins its sentence."""
    words = said.text.casefold().replace(":", " :").split()
    if word not in words or any(said.statement.of("period", "age", "money")):
        return ""
    at = words.index(word)
    return " ".join([*words[max(0, at - _AROUND) : at], "#", *words[at + 1 : at + 3]]) if at >= _AROUND else ""


def references(contents: Contents) -> Iterator[Finding]:
    """A heading that is cited, but reads otherwise."""
    cited = [(said, quoted) for said in contents.about("see_section") for quoted in _QUOTED.findall(said.text)]
    headings = {_words(heading) for heading in _headings(contents)} if cited else set()
    for said, quoted in cited:
        wanted = _words(quoted)
        if wanted in headings or len(wanted.split()) < 2:
            continue
        if any(SequenceMatcher(None, wanted, heading).ratio() >= _ALIKE for heading in headings):
            yield from contents.found("conflict.reference", contents.spot_of(said, quoted), quote=quoted)


def _headings(contents: Contents) -> Iterator[str]:
    """Headings, titles, and the short lines of a text that has its headings as lines."""
    yield from map(name_of, contents.snapshot.walk())
    for _section, _field, text in contents.texts:
        yield from (line for line in text.words.splitlines() if len(line.split()) <= _LONGEST_HEADING)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


CHECKS = (transfers, promises, training, fees, periods, rights, counts, references)
