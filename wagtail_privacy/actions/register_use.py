"""An entry of the register in the policies: who uses it, where its change waits, and drafting that in all of them."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from wagtail_privacy.actions.reconcile import policy_page_models
from wagtail_privacy.actions.reword import is_from_register
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.localized import content_languages, fallbacks
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot, clean
from wagtail_privacy.policy.words import listing, quoted

if TYPE_CHECKING:
    from wagtail_privacy.models.page import PolicyPageMixin
    from wagtail_privacy.models.register import RegisterEntry

logger = logging.getLogger("wagtail_privacy")


@dataclass(frozen=True)
class Use:
    """A page whose text or draft has the entry.

    ``is_recorded`` says that readers see the entry there, ``waits`` that they see something else than it says now,
    ``has_draft`` that the page has changes to publish; these have the entry as it is now.
    """

    page: PolicyPageMixin
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
class Drafted:
    """What came of drafting: new drafts, pages whose draft has the change already, and those left as they are."""

    made: tuple[PolicyPageMixin, ...] = ()
    existing: tuple[PolicyPageMixin, ...] = ()
    left: tuple[PolicyPageMixin, ...] = ()


def uses_of(entry: RegisterEntry) -> list[Use]:
    """Every policy page, in every language, that has ``entry`` in what it says or in its draft."""
    found = (_use(entry, page) for model in policy_page_models() for page in _pages(model))
    return [use for use in found if use]


def draft_in_all(entry: RegisterEntry, user: Any) -> Drafted:
    """Make a draft of each page where a change of ``entry`` waits, as ``user``. In one transaction; safe to repeat.

    A draft names the entry and not its words, so one that is there already has the change. Pages that ``user`` may
    not edit, and those that someone has locked, are left.
    """
    made: list[PolicyPageMixin] = []
    existing: list[PolicyPageMixin] = []
    left: list[PolicyPageMixin] = []
    with transaction.atomic():
        for use in uses_of(entry):
            if not (use.waits and use.in_draft):
                continue
            if use.has_draft:
                existing.append(use.page)
            elif may_draft(use.page, user):
                draft = use.page.get_latest_revision_as_object()
                draft.save_revision(user=user, log_action=True)
                made.append(use.page)
            else:
                left.append(use.page)
    return Drafted(tuple(made), tuple(existing), tuple(left))


def may_draft(page: PolicyPageMixin, user: Any) -> bool:
    permissions: Any = page.permissions_for_user(user)
    return bool(permissions.can_edit() and not permissions.page_locked())


def protect(entry: RegisterEntry) -> None:
    """Refuse to delete what a policy says or is about to. Raises :exc:`django.db.models.ProtectedError`."""
    if uses := uses_of(entry):
        raise ProtectedError(in_use(entry, uses), {use.page for use in uses})


def in_use(entry: RegisterEntry, uses: list[Use]) -> str:
    """Why ``entry`` is not deleted, in words."""
    pages = dict.fromkeys(quoted(use.page.get_admin_display_title()) for use in uses)
    return _("“%(entry)s” is used in %(pages)s and was not deleted. Take it out of there and publish first.") % {
        "entry": entry,
        "pages": listing(pages),
    }


def _pages(model: Any) -> Iterable[PolicyPageMixin]:
    pages: Iterable[PolicyPageMixin] = (
        model._default_manager.exact_type(model).filter(alias_of=None).select_related("locale").order_by("pk")
    )
    return pages


def _use(entry: RegisterEntry, page: PolicyPageMixin) -> Use | None:
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
    return Use(page, bool(recorded), bool(now), waits=bool(recorded and now) and _said(recorded) != _said(now))


def _sections(entry: RegisterEntry, snapshot: Snapshot) -> list[Section]:
    return [
        section
        for section in snapshot.walk()
        if section.kind == entry.kind and section.facts.get("key") == entry.key and is_from_register(section)
    ]


def _said(sections: list[Section]) -> Any:
    """What the entry says: the same wherever it stands."""
    return clean({**sections[0].facts, **sections[0].texts})


@dataclass(frozen=True)
class Gap:
    """What an entry lacks in a language: ``fields``, by their labels. Readers would see them in ``shown_in``."""

    entry: RegisterEntry
    fields: tuple[str, ...]
    shown_in: str


def gaps(snapshot: Snapshot) -> Iterator[Gap]:
    """Where entries that ``snapshot`` has would be shown in another language than its own.

    Another country's form of the same language is none.
    """
    language = snapshot.language
    if language not in content_languages():
        return
    keys: dict[str, set[str]] = defaultdict(set)
    for section in snapshot.walk():
        if is_from_register(section):
            keys[section.kind].add(str(section.facts["key"]))
    for model in register_models():
        for entry in model._default_manager.filter(key__in=keys.get(model.kind, ())):
            yield from _gaps_of(entry, language)


def _gaps_of(entry: RegisterEntry, language: str) -> Iterator[Gap]:
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
        yield Gap(entry, tuple(fields), code)


def register_models() -> list[Any]:
    from wagtail_privacy.models.register import RegisterEntry

    return [model for model in apps.get_models() if issubclass(model, RegisterEntry)]
