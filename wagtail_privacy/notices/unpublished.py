"""A policy that is no longer public, in a language or at all, for those who read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from wagtail_privacy.clock import day_of, now
from wagtail_privacy.interface import interface_language
from wagtail_privacy.notices.announcement import Announcement, address_of_policy, with_contact
from wagtail_privacy.page_model import page_model
from wagtail_privacy.policy import words
from wagtail_privacy.records.notice import Notice, NoticeKind
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.publicity import unpublished_with
from wagtail_privacy.records.version import Version


@dataclass(frozen=True)
class Unpublication:
    """What is told: the ``languages`` that are no longer public since ``day``, and where the policy can be read still.

    ``others`` are the addresses of the policy by language; without any, ``number`` names the version that came last,
    which applied from ``effect`` on. ``coming`` says that announced versions take effect all the same.
    """

    languages: tuple[str, ...]
    day: date
    others: Mapping[str, str] = field(default_factory=dict)
    number: int = 0
    effect: date | None = None
    coming: bool = False

    def as_context(self) -> dict[str, Any]:
        """For the templates, in the active language."""
        names = {code: words.language_name(code) for code in (*self.languages, *self.others)}
        return {
            "day": words.day(self.day),
            "languages": words.listing([names[code] for code in self.languages]),
            "others": words.listing([names[code] for code in self.others]),
            "links": [{"language": names[code], "url": url} for code, url in self.others.items()],
            "number": self.number,
            "effect": words.day(self.effect) if self.effect else "",
            "coming": self.coming,
        }


def unpublication(notice: Notice) -> Unpublication | None:
    """What ``notice`` tells, as it stands now; ``None`` for one of another kind."""
    event = notice.event
    if event is None or notice.kind != NoticeKind.UNPUBLISHED:
        return None
    return describe_unpublication(notice.version, unpublished_with(event), event.at)


def describe_unpublication(version: Version, languages: set[str], moment: datetime) -> Unpublication:
    """That the policy of ``version``, the one in force, is not public in ``languages`` since ``moment``."""
    policy = version.policy
    pages = {code: page for code, page in _public_pages(policy).items() if code not in languages}
    addresses = {code: address_of_policy(page.specific) for code, page in sorted(pages.items())}
    return Unpublication(
        languages=tuple(sorted(languages)),
        day=day_of(moment),
        others={code: address for code, address in addresses.items() if address},
        number=version.number,
        effect=day_of(version.takes_effect_at),
        coming=policy.versions.announced(now()).exists(),
    )


def announce_unpublication(version: Version, language: str) -> Announcement:
    """What a message about it says in ``language`` beside that: the title and whom to turn to.

    Its words need no translator, so it is in the person's own language; a title that nobody has translated is not
    quoted. Raises :exc:`LookupError` for a version without any text.
    """
    text = version.policy.text_in_force(language, now()) or version.text_for(language)
    if text is None:
        msg = f"Expected a text of {version!r}, found none."
        raise LookupError(msg)
    # Of words that nobody has translated none are left: then the whole message is in the language of ours.
    named_in = language if text.language == language else interface_language(language)
    with override(named_in):
        title = text.title if text.language == language else _("Privacy policy")
    day = day_of(version.takes_effect_at)
    told = Announcement(named_in, named_in, title, summary="", changes=(), takes_effect_on=day, at_once=False)
    return with_contact(told, text.snapshot)


def is_concerned(notice: Notice) -> Callable[[str], bool]:
    """Whether the readers of a language are to be told: of what is unpublished, those who were shown that.

    Where nothing of the policy is public any more, all are.
    """
    event = notice.event
    if event is None or notice.kind != NoticeKind.UNPUBLISHED:
        return lambda language: True
    return concerned_readers(notice.version.policy, unpublished_with(event))


def concerned_readers(policy: Policy, languages: set[str]) -> Callable[[str], bool]:
    """Whether the readers of a language miss the policy in ``languages``, which are no longer public."""
    public = set(_public_pages(policy)) - languages

    def misses(language: str) -> bool:
        shown = (code for code in policy.preferred_languages(language) if code in public | languages)
        return not public or next(shown, None) in languages

    return misses


def _public_pages(policy: Policy) -> dict[str, Any]:
    live = page_model().objects.live().filter(translation_key=policy.translation_key, alias_of=None)
    return {page.locale.language_code: page for page in live.select_related("locale")}
