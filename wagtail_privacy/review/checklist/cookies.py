"""Cookies: Art. 5(3) of Directive 2002/58/EC."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail_privacy.policy.section import Section
from wagtail_privacy.review.contents import Contents, ReadSentence
from wagtail_privacy.review.finding import Finding


def consent(contents: Contents) -> Iterator[Finding]:
    """What is not necessary waits for consent. One finding for all such cookies."""
    optional = [row for row in contents.of("cookie") if row.facts.get("need") not in (None, "", "necessary")]
    if optional and not _speaks_of_consent(contents):
        yield from contents.found("cookie.consent", contents.spot(optional[0], "need"), section=optional[0])


def _speaks_of_consent(contents: Contents) -> bool:
    if contents.is_unread or any(_is_about_cookies(contents, said) for said in contents.about("cookie_consent")):
        return True
    groups = contents.of("cookies")
    if any("basis_a" in said.topics for group in groups for said in contents.within(group)):
        return True
    return any(_rests_on_consent(contents, purpose) for purpose in contents.of("purpose"))


def _is_about_cookies(contents: Contents, said: ReadSentence) -> bool:
    return "cookies" in said.topics | said.heads or any(
        said.section in group.walk() for group in contents.of("cookies")
    )


def _rests_on_consent(contents: Contents, purpose: Section) -> bool:
    consents = any(row.facts.get("basis") == "art6_1_a" for row in purpose.of_kind("legal_basis"))
    return consents and any("cookies" in said.topics for said in contents.within(purpose))


def rows(contents: Contents) -> Iterator[Finding]:
    for row in contents.of("cookie"):
        explained = row.texts.get("purpose") or row.facts.get("need")
        lasts = row.facts.get("lifetime") or row.facts.get("duration")
        if not (explained and lasts):
            field = "purpose" if not explained else "lifetime"
            yield from contents.found("cookie.incomplete", contents.spot(row, field), section=row)
