"""Two languages of one policy, as findings: what ``changes.between_languages`` finds, with both places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wagtail_privacy.changes.between_languages import Difference, drift, in_words
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.policy.words import say
from wagtail_privacy.review.contents import Contents
from wagtail_privacy.review.finding import Finding, Spot
from wagtail_privacy.review.law import Law

#: The rules whose other place is in the original, which has a form of its own.
BETWEEN_LANGUAGES = frozenset({"translation.facts", "translation.statement", "translation.words", "translation.behind"})


def review_translation(
    original: Snapshot, translation: Snapshot, law: Law, day: date, *, lag: tuple[int, int] | None = None
) -> tuple[Finding, ...]:
    """What ``translation`` says otherwise than ``original``; each finding's place is in the translation, its other
    place in the original, and both quote. ``lag``: the version that it translates, and the newest, if that is another.
    """
    pair = _Pair(Contents(original, law, day), Contents(translation, law, day))
    found = (finding for difference in drift(original, translation) for finding in pair.finding(difference))
    return (*pair.behind(lag), *found)


class _Pair:
    def __init__(self, original: Contents, translation: Contents) -> None:
        self.original = original
        self.translation = translation

    def behind(self, lag: tuple[int, int] | None) -> Iterator[Finding]:
        if lag:
            yield from self.translation.found("translation.behind", count=lag[0], other_count=lag[1])

    def finding(self, difference: Difference) -> Iterator[Finding]:
        rule = "translation.facts" if difference.change else "translation.words"
        spots = self._spots(difference)
        if difference.statements:
            there, here = difference.statements.original, difference.statements.translation
            rule = "translation.statement" if there and here else rule
            values = {"quote": here, "other_quote": there}
        else:
            values = {}
        values = values if rule == "translation.statement" else {"what": in_words(difference)}
        yield from self.translation.found(rule, spots[1], other=spots[0], **values)

    def _spots(self, difference: Difference) -> tuple[Spot, Spot]:
        """The places in the original and in the translation; the policy as a whole where one lacks it."""
        quotes = _quotes(difference)
        field = difference.change.field if difference.change else difference.field
        step = difference.path[-1] if difference.path else None
        ids = (step.old_id or step.id, step.id) if step else ("", "")
        both = (self.original, self.translation)
        found = [
            contents.spot(section, field, quote) if (section := contents.snapshot.by_id.get(id)) else Spot(quote=quote)
            for contents, id, quote in zip(both, ids, quotes, strict=True)
        ]
        return found[0], found[1]


def _quotes(difference: Difference) -> tuple[str, str]:
    """The words of both."""
    if difference.statements:
        return difference.statements.original, difference.statements.translation
    if difference.mention:
        words = difference.mention.words.strip()
        return (words, "") if difference.only_in == "original" else ("", words)
    change = difference.change
    field = kind_of(change.path[-1].kind).field(change.field) if change and change.field and change.path else None
    return (say(field, change.old), say(field, change.new)) if change and field else ("", "")
