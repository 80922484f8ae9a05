"""What a message about a version says, in one language and before any wording."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin

from wagtail_privacy.changes.change import Change
from wagtail_privacy.changes.touched import rights_in
from wagtail_privacy.clock import day_of
from wagtail_privacy.interface import interface_language
from wagtail_privacy.notices.changes_in_language import changes_in_language
from wagtail_privacy.notices.contact import contact_in
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.records.permanent import below, permanent_path
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Text


@dataclass(frozen=True)
class Announcement:
    """What people are told about a version in ``language``.

    ``text_language`` is the language of the text that the links lead to: the source's, as long as the
    translation isn't published. ``instead_of`` is the language of the people told, where that is another one.
    ``others_first``: changes announced before take effect earlier than these; ``others_too``: at the same moment.
    ``contact`` is whom to turn to: the data protection officer, else a controller; ``reply_to`` is the address that
    replies go to: a controller's, else the officer's. ``authority`` is the country
    whose supervisory authority takes complaints. ``rights`` are the ids of the sections about people's rights, by code.
    Links are absolute; those of a page that is gone are empty. ``changes_language`` is the language of the text that
    ``changes`` are of, where that is none of these.
    """

    language: str
    text_language: str
    title: str
    summary: str
    changes: tuple[Change, ...]
    takes_effect_on: date
    at_once: bool
    others_first: bool = False
    others_too: bool = False
    controllers: tuple[str, ...] = ()
    contact: Section | None = None
    reply_to: str = ""
    authority: str = ""
    compare_url: str = ""
    version_url: str = ""
    policy_url: str = ""
    instead_of: str = ""
    rights: Mapping[str, str] = field(default_factory=dict)
    changes_language: str = ""

    @property
    def said_in(self) -> str:
        """The language of the plugin's own words in the message: its own, where they are translated into that."""
        return interface_language(self.language)

    @property
    def is_translated(self) -> bool:
        """Whether the text that the links lead to is in the message's own language."""
        return self.language == self.text_language


def of_text(text: Text, withheld: Collection[str]) -> Announcement:
    version = text.version
    announcement = Announcement(
        language=text.language,
        text_language=text.language,
        title=text.title,
        summary=text.summary,
        changes=_changes_of(text, withheld),
        takes_effect_on=day_of(version.takes_effect_at),
        at_once=version.takes_effect_at <= version.published_at,
        others_first=others_first(version.policy, version.published_at, version.takes_effect_at),
        others_too=others_too(version.policy, version.published_at, version.takes_effect_at, below=version.number),
    )
    base = version.follows(version.policy.numbers_in(text.language))
    return with_links(with_contact(announcement, text.snapshot), text.page and text.page.specific, base, version.number)


def _changes_of(text: Text, withheld: Collection[str]) -> tuple[Change, ...]:
    """The changes of ``text``. The first one in its language was compared with none: those of the original's text,
    where they can be said with its names."""
    version = text.version
    if text.changes or version.builds_on is None:
        return text.changes
    earlier = version.policy.texts().filter(language=text.language, version__number__lt=version.number)
    source = version.source_text()
    if source is None or source.language in (text.language, *withheld) or earlier.exists():
        return ()
    return changes_in_language(text.snapshot, source.changes) or ()


def others_first(policy: Policy, published_at: datetime, takes_effect_at: datetime) -> bool:
    """Whether the policy changes between the announcement and the day: then it doesn't stay as it is today."""
    if policy.pk is None:
        return False
    return policy.versions.announced(published_at).filter(takes_effect_at__lt=takes_effect_at).exists()


def others_too(policy: Policy, published_at: datetime, takes_effect_at: datetime, *, below: int | None = None) -> bool:
    """Whether versions that are announced already, with numbers ``below`` this one, take effect at the same moment."""
    if policy.pk is None:
        return False
    together = policy.versions.announced(published_at).filter(takes_effect_at=takes_effect_at)
    return (together if below is None else together.filter(number__lt=below)).exists()


def with_contact(announcement: Announcement, snapshot: Snapshot) -> Announcement:
    contact = contact_in(snapshot)
    return replace(
        announcement,
        controllers=contact.controllers,
        contact=contact.section,
        reply_to=contact.reply_to,
        authority=contact.authority,
        rights=rights_in(snapshot),
    )


def with_links(announcement: Announcement, page: Any, base: int | None, number: int) -> Announcement:
    """``announcement`` with links to the version on ``page``: permanent ones, where the site has them."""
    url = page.get_full_url() if page else None
    if not url:
        return announcement
    return replace(
        announcement,
        compare_url=_link(page, url, "compare", old=base, new=number) if base else "",
        version_url=_link(page, url, "version", number=number),
        policy_url=_link(page, url, "policy"),
    )


def address_of_policy(page: Any) -> str:
    """The absolute address of the policy on ``page``, a permanent one where the site has them; empty without any."""
    url = page.get_full_url()
    return _link(page, url, "policy") if url else ""


def _link(page: Any, url: str, route: str, **values: int) -> str:
    path = permanent_path(page.translation_key, route, page.locale.language_code, **values)
    if path:
        return urljoin(url, path)
    return below(url, page.reverse_subpage(route, kwargs=values) if values else "")
