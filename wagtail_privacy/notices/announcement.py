"""What a message about a version says, in one language and before any wording."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin

from wagtail_privacy.changes.change import Change, Materiality, Reference
from wagtail_privacy.changes.touched import rights_in
from wagtail_privacy.clock import day_of
from wagtail_privacy.interface import interface_language
from wagtail_privacy.notices.contact import contact_in
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.records.permanent import below, permanent_path
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Text, Version


@dataclass(frozen=True)
class Announcement:
    """What people are told about a version in ``language``.

    ``text_language`` is the language of the text that the links lead to: the source's, as long as the
    translation isn't published. ``instead_of`` is the language of the people told, where that is another one.
    ``others_first``: changes announced before take effect earlier than these.
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
        announcement = _of_text(text, self.withheld)
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


def changes_in_language(known: Snapshot, changes: Iterable[Change]) -> tuple[Change, ...] | None:
    """``changes`` with the names that ``known``, a text in another language, has for their sections.

    ``None`` if the sentence about one of them would quote untranslated words or name a section that ``known`` lacks.
    """
    translated = [_change_in_language(known, change) for change in changes]
    return None if None in translated else tuple(change for change in translated if change)


def _change_in_language(known: Snapshot, change: Change) -> Change | None:
    if change.materiality is Materiality.EDITORIAL:
        return change  # only counted
    path, old_path = _path_in(known, change.path), _path_in(known, change.old_path)
    if not path or old_path is None or (change.is_text and not _is_unquoted(change)):
        return None
    return replace(change, path=path, old_path=old_path)


def _is_unquoted(change: Change) -> bool:
    field = kind_of(change.path[-1].kind).field(change.field)
    return field is not None and field.type in ("prose", "value")


def _path_in(known: Snapshot, path: tuple[Reference, ...]) -> tuple[Reference, ...] | None:
    steps = [_step_in(known, step) for step in path]
    return None if None in steps else tuple(step for step in steps if step)


def _step_in(known: Snapshot, step: Reference) -> Reference | None:
    section = known.by_id.get(step.old_id) or known.by_id.get(step.id)
    if section:
        return replace(Reference.to(section), id=step.id, old_id=step.old_id)
    field = kind_of(step.kind).field(step.named_by)
    return step if field and not field.is_text else None


def _of_text(text: Text, withheld: Collection[str]) -> Announcement:
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
