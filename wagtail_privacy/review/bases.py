"""Which legal bases a policy states, and which rights follow from them (Art. 15 to 22)."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail_privacy.policy.section import Section
from wagtail_privacy.review.contents import Contents, ReadSentence

BASIS_TOPICS = ("basis_a", "basis_b", "basis_c", "basis_d", "basis_e", "basis_f")
_CODES = {topic: f"art6_1_{topic[-1]}" for topic in BASIS_TOPICS}
#: A label has so many words at most.
LONGEST_LABEL = 6
_ALWAYS = ("access", "rectification", "erasure", "restriction")


@dataclass(frozen=True, slots=True)
class Bases:
    """The codes of Art. 6(1) that are stated; whether each purpose states one; whether consent is asked for at all."""

    codes: frozenset[str]
    all_known: bool
    with_consent: bool
    with_marketing: bool = False

    @property
    def rights(self) -> tuple[str, ...]:
        """The rights that people have by these bases, in the order of the articles; all where a basis is unknown.

        Erasure is not owed while Art. 17(3)(b) applies, that is for a legal obligation or a public task alone.
        """
        if not self.all_known:
            return (*_ALWAYS, "portability", "objection")
        found = [*_ALWAYS]
        if self.codes and self.codes <= {"art6_1_c", "art6_1_e"}:
            found.remove("erasure")
        if self.codes & {"art6_1_a", "art6_1_b"}:
            found.append("portability")
        if self.codes & {"art6_1_e", "art6_1_f"} or self.with_marketing:
            found.append("objection")
        return tuple(found)


def bases_of(contents: Contents) -> Bases:
    """From the facts; from prose where no purpose is a block."""
    purposes = contents.of("purpose")
    codes = {str(row.facts.get("basis")) for row in contents.of("legal_basis") if row.facts.get("basis")}
    if not purposes:
        codes |= {_CODES[topic] for topic in BASIS_TOPICS if contents.about(topic)}
        known = states_bases(contents)
    else:
        known = all(is_basis_known(contents, purpose) for purpose in purposes)
        topics = frozenset[str]().union(*(said.topics for purpose in purposes for said in contents.within(purpose)))
        codes |= {_CODES[topic] for topic in topics.intersection(BASIS_TOPICS)}
    return Bases(frozenset(codes), known, _asks_for_consent(contents, codes, known), _does_marketing(contents))


def states_bases(contents: Contents) -> bool:
    """Whether prose names legal bases as such: "our contract" alone is no legal basis."""
    if contents.says("basis_d", "basis_e", "basis_f") or any(map(_labels_a_basis, contents.about("basis_word"))):
        return True
    if any("basis_word" in said.heads and said.topics.intersection(BASIS_TOPICS) for said in contents.said):
        return True
    return any(said.topics & {"basis_a", "basis_b", "basis_c"} for said in contents.about("rests_on"))


def _labels_a_basis(said: ReadSentence) -> bool:
    """ "Legal basis: contract", or the label alone; not "read more about the legal basis"."""
    return bool(said.topics.intersection(BASIS_TOPICS)) or len(said.text.split()) <= LONGEST_LABEL


def _does_marketing(contents: Contents) -> bool:
    if any(purpose.facts.get("direct_marketing") for purpose in contents.of("purpose")):
        return True
    marketed = (said for said in contents.about("marketing") if said.statement.acts & {"advertise", "contact"})
    return contents.is_prose_only and any(not said.statement.negators for said in marketed)


def is_basis_known(contents: Contents, purpose: Section) -> bool:
    """Whether ``purpose`` states its legal basis, in its own words or in a text that lists the bases."""
    if any(row.facts.get("basis") for row in purpose.of_kind("legal_basis")):
        return True
    if any(frozenset(BASIS_TOPICS) & said.topics for said in contents.within(purpose)):
        return True
    return any(
        said.section.kind == "text" and frozenset(BASIS_TOPICS) & said.topics for said in contents.about("basis_word")
    )


def _asks_for_consent(contents: Contents, codes: set[str], known: bool) -> bool:
    special = {row.facts.get("condition") for row in contents.of("special_condition")}
    needs = {row.facts.get("need") for row in contents.of("cookie")} - {None, "necessary"}
    return "art6_1_a" in codes or "art9_2_a" in special or bool(needs) or not known or bool(contents.about("basis_a"))
