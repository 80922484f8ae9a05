"""What publishing a page would change, whoever publishes it and whenever: worked out once for a publication."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

from wagtail_privacy.actions.translated_version import (
    Translated,
    find_translated,
    held_texts,
    is_untranslated_copy,
    untranslated_paths,
)
from wagtail_privacy.blocks.compose import Composition, compose_by
from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.materiality import highest, weigh
from wagtail_privacy.conf import conf
from wagtail_privacy.policy.sanitise import VERSION as SANITISER_VERSION
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.records.content import PolicyContent
from wagtail_privacy.records.pending import PendingText
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Text, Version


@dataclass(frozen=True)
class Proposal:
    """What a page says, and how that differs from what was published.

    ``base`` is the text that it is compared with, ``newest`` the version that the next one builds on. ``translated``
    is what a translation translates. ``held`` is what the policy holds. ``untranslated`` are the paths in the page
    that are not in its language.
    """

    policy: Policy
    language: str
    composition: Composition
    base: Text | None
    newest: Version | None
    changes: tuple[Change, ...]
    proposed: Materiality | None
    translated: Translated = field(default_factory=Translated)
    held: tuple[PendingText, ...] = ()
    untranslated: frozenset[str] = frozenset()

    @property
    def version(self) -> Version | None:
        """The existing version that the page's text belongs to; ``None`` where it makes one of its own."""
        return self.translated.version

    @property
    def pending(self) -> PendingText | None:
        """The held publication that the page's text belongs to."""
        return self.translated.pending


@dataclass
class Publication:
    """What is known while a page is being published: ``proposals`` by all that they were worked out from, the primary
    keys of the pages that were ``checked`` by their form, the versions that were ``recorded``, by page, and each
    policy's ``newest`` by the end of its chain."""

    proposals: dict[Hashable, Proposal] = field(default_factory=dict)
    checked: set[int] = field(default_factory=set)
    recorded: dict[int, Version] = field(default_factory=dict)
    newest: dict[Hashable, Version | None] = field(default_factory=dict)


#: Each thread and task has its own.
_publication: ContextVar[Publication | None] = ContextVar("publication", default=None)


def current_publication() -> Publication:
    """That which :func:`worked_out_once` has begun; outside it, one that nobody asks again."""
    return _publication.get() or Publication()


@contextmanager
def worked_out_once() -> Iterator[None]:
    """Within this, what a page would change is worked out once.

    The form, the last look before publishing and the recorder ask the same, and Wagtail's own steps lie between
    them. A proposal is used again only for the same page with the same content, while nothing has been recorded or
    held meanwhile.
    """
    if _publication.get() is not None:
        yield
        return
    token = _publication.set(Publication())
    try:
        yield
    finally:
        _publication.reset(token)


def newest_version(policy: Policy) -> Version | None:
    """The version that the next one of ``policy`` builds on."""
    known, key = current_publication().newest, (policy.pk, policy.chain_head)
    if key not in known:
        known[key] = policy.newest_version()
    return known[key]


def propose(page: PolicyContent, policy: Policy) -> Proposal:
    """What publishing ``page``, as it is in memory, would change."""
    held = held_texts(policy)
    publication = _publication.get()
    if publication is None:
        return _propose(page, policy, held)
    known = publication.proposals
    key = _key(page, policy, held)
    if key in known:
        return replace(known[key], policy=policy)
    proposal = _propose(page, policy, held)
    if proposal.translated == Translated():  # what a translation translates may be synchronised meanwhile
        known[key] = proposal
    return proposal


def propose_text(policy: Policy, language: str, composition: Composition, version: Version | None) -> Proposal:
    """What publishing ``composition`` would change, as a text of ``version`` if given."""
    base = _base(policy, language, version)
    changes = _changes(base, composition.snapshot) if base else ()
    newest = newest_version(policy) if policy.pk else None
    translated = Translated(version=version)
    return Proposal(policy, language, composition, base, newest, changes, highest(changes), translated)


def _changes(base: Text, new: Snapshot) -> tuple[Change, ...]:
    """What ``new`` changes of ``base``, both as the release that recorded it made texts: an upgrade is no change.

    What that release left in, the form may have taken out of the page since: both are compared without it.
    """
    old = base.snapshot
    if old.digest != new.digest and base.sanitiser_version < SANITISER_VERSION:
        old, new = old.legible, new.made_before(SANITISER_VERSION - base.sanitiser_version).legible
    return () if old.digest == new.digest else weigh(compare(old, new), old, new, conf.RULES)


def _propose(page: PolicyContent, policy: Policy, held: tuple[PendingText, ...]) -> Proposal:
    language = page.locale.language_code
    composition = compose_by(page, policy)
    translated = find_translated(page, policy, composition.snapshot, held)
    untranslated = frozenset[str]()
    if source := translated.text:
        untranslated = _untranslated(language, policy, composition, translated)
        if translated.link:
            composition = _with_facts_of(source, composition)
    proposal = propose_text(policy, language, composition, translated.version)
    return replace(proposal, translated=translated, held=held, untranslated=untranslated)


def _key(page: PolicyContent, policy: Policy, held: tuple[PendingText, ...]) -> Hashable:
    settings = (policy.notice_days, policy.tells_users, policy.source_language)
    recorded = (policy.pk, policy.chain_head, tuple((text.pk, text.digest, text.since) for text in held))
    stream: Any = page.body
    body = json.dumps(stream.get_prep_value(), sort_keys=True, default=str)
    return (*recorded, *settings, page.pk, page.locale_id, page.title, body)


def _base(policy: Policy, language: str, version: Version | None) -> Text | None:
    """The text to compare with: the newest in this language, of the translated version or an earlier one."""
    if not policy.pk:
        return None
    texts = policy.texts().filter(language=language)
    if version and version.withdrawn_at:
        return version.text(language) or texts.filter(version__number__lt=version.number).last()
    if version:
        texts = texts.filter(version__number__lte=version.number)
    return texts.order_by("-version__number", "-edition").first()


def _untranslated(language: str, policy: Policy, composition: Composition, translated: Translated) -> frozenset[str]:
    if is_untranslated_copy(language, policy, composition.snapshot):
        return frozenset({"title", "body"})
    return untranslated_paths(translated.link) if translated.link else frozenset()


def _with_facts_of(source: Text | PendingText, composition: Composition) -> Composition:
    """A translation that wagtail-localize manages takes its facts from what it translates."""
    return Composition(composition.snapshot.with_facts_of(source.snapshot), {**source.shown, **composition.shown})
