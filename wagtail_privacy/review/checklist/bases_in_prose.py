"""The legal bases of a policy that is text alone: what each is for, and the interest behind one: Art. 13(1)(c)-(d)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from wagtail_privacy.review.bases import BASIS_TOPICS, LONGEST_LABEL, bases_of
from wagtail_privacy.review.contents import Contents, ReadSentence
from wagtail_privacy.review.finding import Finding

#: So many words join two bases at most: "and the fulfilment of a".
_JOINING = 5
#: What is done with data whatever the purpose.
_ANY_PROCESSING = frozenset({"use", "collect", "store", "register", "record", "share", "consent_act", "administer"})
#: People object to the one and withdraw the other: which applies decides what they can do.
_OF_MARKETING = frozenset({"basis_a", "basis_f"})


def bases(contents: Contents) -> Iterator[Finding]:
    """Where no block speaks of them: bases in a row without what each is for, and one that can't carry all."""
    if contents.of("purpose"):
        return
    for said in contents.said:
        if _lists_bases(said):
            marketed = "marketing" in said.topics and {"basis_a", "basis_f"} <= said.topics
            if marketed or not _are_told_apart(contents, said):
                rule = "basis.marketing" if marketed else "basis.several"
                yield from contents.found(rule, contents.spot_of(said), section=said.section)
                break
    else:
        yield from _marketing_on_two_bases(contents)
    known = bases_of(contents)
    if known.codes == {"art6_1_b"} and known.all_known and known.with_marketing:
        marketing = next(said for said in contents.about("marketing") if not said.statement.negators)
        yield from contents.found("basis.one", contents.spot_of(marketing))


def _lists_bases(said: ReadSentence) -> bool:
    """Whether two bases stand side by side, with nothing between them that says what each is for."""
    named = [found for found in said.wordings if found.topic in BASIS_TOPICS]
    rests = said.topics & {"basis_word", "rests_on"} or "basis_word" in said.heads
    of_a_right = said.statement.operators["if"] or any(topic.startswith("right_") for topic in said.topics)
    if not rests or of_a_right or "(" in said.text:
        return False
    pairs = pairwise(sorted(named, key=lambda found: found.start))
    return any(one.topic != two.topic and _is_joint(said.text[one.end : two.start]) for one, two in pairs)


def _is_joint(between: str) -> bool:
    """Whether the words between two bases only join them: "and our", "or on your"."""
    return len(between.split()) <= _JOINING and not re.search(r"[.;:]", between)


def _are_told_apart(contents: Contents, said: ReadSentence) -> bool:
    """Whether the sentence, or another one, says what one of its bases is for."""
    if said.statement.values("opener") & {"purpose"} or len(said.statement.values("act") - _ANY_PROCESSING) > 0:
        return True
    listed = said.topics.intersection(BASIS_TOPICS)
    others = (other for other in contents.said if other is not said)
    return any(len(basis := other.topics.intersection(BASIS_TOPICS)) == 1 and basis <= listed for other in others)


def _marketing_on_two_bases(contents: Contents) -> Iterator[Finding]:
    """Two sentences that rest the same marketing on a basis each: "We send you offers with your consent. …"."""
    resting = list(_resting_marketing(contents))
    for number, (said, basis, about) in enumerate(resting):
        for other, another, about_other in resting[:number]:
            if basis != another and about == about_other:
                places = contents.spot_of(said), contents.spot_of(other)
                yield from contents.found("basis.marketing", places[0], other=places[1], section=said.section)
                return


def _resting_marketing(contents: Contents) -> Iterator[tuple[ReadSentence, str, frozenset[str]]]:
    """The sentences that rest marketing on consent or on an interest: with which, and what they are about.

    One that follows such a sentence and speaks of nothing else is about the same: "It may also rest on …".
    """
    before, about_before = None, frozenset[str]()
    for said in contents.said:
        basis, about = _only_basis(said), _about(said)
        goes_on = before is not None and said.section is before.section and about <= about_before
        markets = "marketing" in said.topics or "advertise" in said.statement.acts
        before = said if basis and (markets or goes_on) else None
        if before:
            about_before = about if markets else about_before
            yield said, basis, about_before


def _only_basis(said: ReadSentence) -> str:
    """The one basis that is named, of those that marketing can rest on; empty where it is denied or gives a right."""
    named = said.topics.intersection(BASIS_TOPICS)
    is_of_a_right = any(topic.startswith("right_") for topic in said.topics)
    if len(named) != 1 or is_of_a_right or said.statement.operators["if"] or said.statement.negators:
        return ""
    return next(iter(named & _OF_MARKETING), "")


def _about(said: ReadSentence) -> frozenset[str]:
    """The words that say something beside the basis."""
    content = said.statement.content
    return frozenset(u.raw.casefold() for u in said.statement.units if u.key in content and u.kind != "ground")


def interest(contents: Contents) -> Iterator[Finding]:
    """Where no block speaks of bases: "our legitimate interests", and nowhere which (Art. 13(1)(d))."""
    spoken = contents.about("basis_f")
    if contents.of("purpose") or not spoken or "interest_named" in contents.topics:
        return
    if not any(said.statement.values("opener") & {"purpose"} or _is_label(said) for said in spoken):
        yield from contents.found("basis.interest", contents.spot_of(spoken[0]), section=spoken[0].section)


def _is_label(said: ReadSentence) -> bool:
    """A cell or a label of a table: the purpose stands beside it."""
    return len(said.text.split()) <= LONGEST_LABEL
