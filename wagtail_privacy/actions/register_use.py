"""Which policies use an entry of the register, where its changes are not published yet, and drafting those."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from wagtail_privacy.actions.carry_correction import is_from_register
from wagtail_privacy.actions.permissions import can_draft
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.localized import content_languages, fallbacks
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot, clean
from wagtail_privacy.policy.words import listing, name_of, quoted
from wagtail_privacy.records.content import PolicyContent, policy_page_models
from wagtail_privacy.records.register import RegisterEntry, register_models
from wagtail_privacy.records.version import Text

logger = logging.getLogger("wagtail_privacy")


@dataclass(frozen=True)
class EntryUse:
    """A page whose text or draft has the entry.

    ``is_recorded`` says that readers see the entry there, ``waits`` that they see an older wording of it,
    ``has_draft`` that the page has changes to publish; these have the entry as it is now.
    """

    page: PolicyContent
    is_recorded: bool
    in_draft: bool
    waits: bool

    @property
    def is_live(self) -> bool:
        return bool(self.page.live)

    @property
    def has_draft(self) -> bool:
        return bool(self.page.has_unpublished_changes)


@dataclass(frozen=True)
class DraftResult:
    """What came of drafting: new drafts, pages whose draft has the change already, and those left as they are."""

    made: tuple[PolicyContent, ...] = ()
    existing: tuple[PolicyContent, ...] = ()
    left: tuple[PolicyContent, ...] = ()


def find_uses(entry: RegisterEntry) -> list[EntryUse]:
    """Every policy page, in every language, that has ``entry`` in what it says or in its draft."""
    found = (_use(entry, page) for model in policy_page_models() for page in _pages(model))
    return [use for use in found if use]


def draft_in_all(entry: RegisterEntry, user: Any) -> DraftResult:
    """Make a draft of each page where a change of ``entry`` waits, as ``user``. In one transaction; safe to repeat.

    A draft names the entry and not its words, so one that is there already has the change. Pages that ``user`` may
    not edit, and those that someone has locked, are left.
    """
    made: list[PolicyContent] = []
    existing: list[PolicyContent] = []
    left: list[PolicyContent] = []
    with transaction.atomic():
        for use in find_uses(entry):
            if not (use.waits and use.in_draft):
                continue
            if use.has_draft:
                existing.append(use.page)
            elif can_draft(use.page, user):
                draft = use.page.get_latest_revision_as_object()
                draft.save_revision(user=user, log_action=True)
                made.append(use.page)
            else:
                left.append(use.page)
    return DraftResult(tuple(made), tuple(existing), tuple(left))


def changed_entries(page: PolicyContent, text: Text) -> list[str]:
    """The entries that ``text``, the newest of ``page``, has in older words than the register, by their names now."""
    try:
        current = compose(page.get_latest_revision_as_object()).snapshot
    except Exception:
        logger.exception("Could not say whether page %s uses an entry that was changed.", page.pk)
        return []
    recorded = {_entry_of(section): section for section in text.snapshot.walk() if is_from_register(section)}
    found = {_entry_of(section): section for section in current.walk() if is_from_register(section)}
    changed = (now for entry, now in found.items() if entry in recorded and _said([recorded[entry]]) != _said([now]))
    return [name_of(section) for section in changed]


def _entry_of(section: Section) -> tuple[str, str]:
    return section.kind, str(section.facts["key"])


def check_not_in_use(entry: RegisterEntry) -> None:
    """Check that no policy or draft uses ``entry``. Raises :exc:`django.db.models.ProtectedError`."""
    if uses := find_uses(entry):
        raise ProtectedError(in_use_message(entry, uses), {use.page for use in uses})


def in_use_message(entry: RegisterEntry, uses: list[EntryUse]) -> str:
    """Why ``entry`` is not deleted, in words."""
    pages = dict.fromkeys(quoted(use.page.get_admin_display_title()) for use in uses)
    return _("“%(entry)s” is used in %(pages)s and was not deleted. Take it out of there and publish first.") % {
        "entry": entry,
        "pages": listing(pages),
    }


def _pages(model: Any) -> Iterable[PolicyContent]:
    pages: Iterable[PolicyContent] = (
        model._default_manager.exact_type(model).filter(alias_of=None).select_related("locale").order_by("pk")
    )
    return pages


def _use(entry: RegisterEntry, page: PolicyContent) -> EntryUse | None:
    policy = page.policy
    text = policy.newest_text(page.locale.language_code) if policy else None
    try:
        now = _sections(entry, compose(page.get_latest_revision_as_object()).snapshot)
        recorded = _sections(entry, text.snapshot) if text else []
    except Exception:
        logger.exception("Could not say whether page %s uses %r.", page.pk, entry.key)
        return None
    if not now and not recorded:
        return None
    return EntryUse(page, bool(recorded), bool(now), waits=bool(recorded and now) and _said(recorded) != _said(now))


def _sections(entry: RegisterEntry, snapshot: Snapshot) -> list[Section]:
    return [
        section
        for section in snapshot.walk()
        if section.kind == entry.kind and section.facts.get("key") == entry.key and is_from_register(section)
    ]


def _said(sections: list[Section]) -> Any:
    """The entry's values: the same in all of ``sections``."""
    return clean({**sections[0].facts, **sections[0].texts})


@dataclass(frozen=True)
class MissingTranslation:
    """What an entry lacks in a language: ``fields``, by their labels. Readers would see them in ``shown_in``."""

    entry: RegisterEntry
    fields: tuple[str, ...]
    shown_in: str


def missing_translations(snapshot: Snapshot) -> Iterator[MissingTranslation]:
    """Where entries that ``snapshot`` has would be shown in another language than its own.

    A regional variety of the same language does not count.
    """
    language = snapshot.language
    if language not in content_languages():
        return
    keys: dict[str, set[str]] = defaultdict(set)
    for section in snapshot.walk():
        if is_from_register(section):
            keys[section.kind].add(str(section.facts["key"]))
    for kind, model in register_models().items():
        for entry in model._default_manager.filter(key__in=keys.get(kind, ())):
            yield from _missing_translations_of(entry, language)


def _missing_translations_of(entry: RegisterEntry, language: str) -> Iterator[MissingTranslation]:
    translated = translator.get_options_for_model(type(entry)).get_field_names()
    lacking: dict[str, list[str]] = defaultdict(list)
    for field in kind_of(entry.kind).texts:
        if field.name not in translated:
            continue
        names = ((code, build_localized_fieldname(field.name, code)) for code in fallbacks(language))
        code = next((code for code, name in names if getattr(entry, name)), language)
        if code.split("-")[0] != language.split("-")[0]:
            lacking[code].append(str(field.label))
    for code, fields in lacking.items():
        yield MissingTranslation(entry, tuple(fields), code)
