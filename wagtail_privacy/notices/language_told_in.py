"""The language in which people are told of a version: their own where that is possible, else that of the text shown."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from wagtail_privacy.notices.announcement import Announcement, address_of_policy, of_text
from wagtail_privacy.notices.changes_in_language import changes_in_language
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Version


class Announcements:
    """The announcements of a version by language.

    A version can be announced in a language when it has a text in it; or when all its changes are of facts, whose
    sentences need no translator, in sections that an earlier text names in that language. Otherwise the message
    is wholly in the language of the text shown instead: never half in one and half in the other. No text in a language
    that is ``withheld`` from those people is asked. Where the plugin has no words in the message's language, they are
    in the one that the public pages use instead (:func:`in_spoken_words`).
    """

    def __init__(self, version: Version, withheld: Collection[str] = ()) -> None:
        self.version = version
        self.withheld = withheld
        self._by_language: dict[str, Announcement] = {}

    def for_language(self, language: str) -> Announcement:
        """The announcement for people who read ``language``: in it if possible, else in that of the text shown to them.

        Raises :exc:`LookupError` for a version without any text.
        """
        if language not in self._by_language:
            self._by_language[language] = self._for_language(language)
        return self._by_language[language]

    def _for_language(self, language: str) -> Announcement:
        return in_spoken_words(self._told_in(language), self._told_in)

    def _told_in(self, language: str) -> Announcement:
        text = self.version.text_for(language, self.withheld)
        if text is None:
            msg = f"Expected a text of {self.version!r}, found none."
            raise LookupError(msg)
        announcement = of_text(text, self.withheld)
        if text.language == language:
            return announcement
        translated = in_language(announcement, language, self.version.policy, self.version.number)
        return translated or replace(announcement, instead_of=language)


def in_language(announcement: Announcement, language: str, policy: Policy, number: int) -> Announcement | None:
    """``announcement`` in a language in which version ``number`` has no text; ``None`` if that is not possible."""
    earlier = policy.texts().filter(language=language, version__number__lt=number)
    known = earlier.order_by("-version__number", "-edition").first()
    changes = changes_in_language(known.snapshot, announcement.changes) if known else None
    if known is None or changes is None:
        return None
    translated = replace(announcement, language=language, title=known.title, summary="", changes=changes)
    # The policy and its history can be read in this language; only the new text cannot.
    url = address_of_policy(known.page.specific) if known.page else ""
    return replace(translated, policy_url=url) if url else translated


def in_spoken_words(announcement: Announcement, told_in: Callable[[str], Announcement]) -> Announcement:
    """``announcement``, its changes in sentences that are wholly in the language ``said_in``.

    ``told_in`` gives what is told in a language if possible. Where that is not possible in ``said_in``, there are no
    sentences: they would quote words in the one language within the other. The history has the same.
    """
    if announcement.said_in == announcement.language:
        return announcement
    spoken = told_in(announcement.said_in)
    if spoken.language != announcement.said_in:
        return replace(announcement, changes=())
    return replace(announcement, changes=spoken.changes, changes_language=spoken.text_language)
