"""The state of each language of a policy: up to date, behind, not public or missing, and where it says otherwise."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.changes.between_languages import Difference, drift, in_words
from wagtail_privacy.localized import content_languages
from wagtail_privacy.page_model import page_model
from wagtail_privacy.reader.cache import get_or_make
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Text, Version

logger = logging.getLogger("wagtail_privacy")


class TranslationState(StrEnum):
    """``label`` is what the admin calls it."""

    ORIGINAL = "original"
    CURRENT = "current"
    BEHIND = "behind"
    NOT_PUBLIC = "not-public"
    MISSING = "missing"

    @property
    def label(self) -> Any:
        return _LABELS[self]


_LABELS = {
    TranslationState.ORIGINAL: _("original"),
    TranslationState.CURRENT: _("up to date"),
    TranslationState.BEHIND: _("behind"),
    TranslationState.NOT_PUBLIC: _("not public"),
    TranslationState.MISSING: _("missing"),
}


@dataclass(frozen=True)
class LanguageState:
    """One language of a policy.

    ``shows`` is the version that its newest text is of, ``current`` the newest version of the original.
    ``differences`` are what it says otherwise than the original's newest text. ``page_id`` is its page, also one
    that is not public.
    """

    language: str
    state: TranslationState
    shows: Version | None = None
    current: Version | None = None
    differences: tuple[Difference, ...] = ()
    page_id: int | None = None
    is_public: bool = False

    @property
    def is_faithful(self) -> bool:
        """Whether the language is up to date and does not differ from the original."""
        return self.state in (TranslationState.ORIGINAL, TranslationState.CURRENT) and not self.differences

    @property
    def sentences(self) -> list[str]:
        """The differences in the active language."""
        return [in_words(difference) for difference in self.differences]


def get_language_states(policy: Policy) -> list[LanguageState]:
    """Each language that ``policy`` has texts or pages in, or that the site's content is in; the original first."""
    return get_language_states_by_policy([policy])[policy.pk]


def get_language_states_by_policy(policies: Collection[Policy]) -> dict[int, list[LanguageState]]:
    """The same for several, by their primary keys, in two queries beside what is compared for the first time."""
    texts = {policy.pk: dict[str, Text]() for policy in policies}
    # By their keys: MariaDB takes no page of a listing as a subquery.
    standing = Text.objects.filter(version__policy__in=list(texts), version__withdrawn_at=None)
    for text in standing.select_related("version").defer(*_CONTENT).order_by("version__number", "edition"):
        texts[text.version.policy_id][text.language] = text
    pages: dict[UUID, dict[str, tuple[int, bool]]] = {policy.translation_key: {} for policy in policies}
    found = page_model().objects.filter(translation_key__in=pages, alias_of=None)
    for key, language, pk, live in found.values_list("translation_key", "locale__language_code", "pk", "live"):
        pages[key][language] = (pk, live)
    return {policy.pk: list(_states(policy, texts[policy.pk], pages[policy.translation_key])) for policy in policies}


_CONTENT = ("snapshot_json", "changes_json", "shown")


def _states(
    policy: Policy, texts: Mapping[str, Text], pages: Mapping[str, tuple[int, bool]]
) -> Iterator[LanguageState]:
    source = texts.get(policy.source_language)
    for code in dict.fromkeys([policy.source_language, *content_languages(), *sorted(texts), *sorted(pages)]):
        if code:
            yield _state(policy, code, source, texts.get(code), *pages.get(code, (None, False)))


def _state(
    policy: Policy, language: str, source: Text | None, text: Text | None, page_id: int | None, is_public: bool
) -> LanguageState:
    current = source.version if source else None
    shows = text.version if text else None
    if shows is None or current is None:
        state = TranslationState.MISSING
    elif not is_public:
        state = TranslationState.NOT_PUBLIC
    elif language == policy.source_language:
        state = TranslationState.ORIGINAL
    else:
        state = TranslationState.BEHIND if shows.number < current.number else TranslationState.CURRENT
    compared = state in (TranslationState.CURRENT, TranslationState.BEHIND) and source and text
    differences = find_differences(source, text) if compared and source and text else ()
    return LanguageState(language, state, shows, current, differences, page_id, is_public)


def find_differences(original: Text, translation: Text) -> tuple[Difference, ...]:
    """What ``translation`` says otherwise than ``original``; nothing, and a line in the log, where one is damaged."""
    key = (original.pk, original.digest, translation.pk, translation.digest)
    try:
        return get_or_make("drift", key, lambda: drift(original.snapshot, translation.snapshot))
    except Exception:
        logger.exception("The texts %s and %s can't be compared.", original.pk, translation.pk)
        return ()


def facts_differ(differences: Iterable[Difference]) -> bool:
    """Whether any of them is a difference of facts, not only of words."""
    return any(difference.change for difference in differences)
