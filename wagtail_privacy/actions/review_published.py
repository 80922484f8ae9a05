"""The review of what policies have published, for their overview and for reminders."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from uuid import UUID

from wagtail_privacy.actions.mark_reviewed import review_due_on
from wagtail_privacy.actions.review import Judgement, judge
from wagtail_privacy.clock import day_of, now
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.review import FindingAnswer
from wagtail_privacy.records.version import Text

logger = logging.getLogger("wagtail_privacy")


@dataclass(frozen=True)
class TranslationReview:
    """The review of a translation, beside the text of the version that it translates."""

    text: Text
    judgement: Judgement


@dataclass(frozen=True)
class PublishedReview:
    """The review of ``text``, the newest that ``policy`` has in its own language, and the day by which somebody shall
    read it again; ``translations`` are those in which something is found. Without ``judgement``, the review failed,
    which is logged."""

    policy: Policy
    text: Text
    judgement: Judgement | None
    due_on: date | None
    translations: tuple[TranslationReview, ...] = ()

    def __str__(self) -> str:
        # Wagtail's tables ask it of each cell: the whole in words would take a query.
        return self.text.title

    @property
    def is_due(self) -> bool:
        return self.due_on is not None and self.due_on <= day_of(now())


def review_published(policies: Collection[Policy]) -> dict[int, PublishedReview]:
    """The reviews of ``policies`` by primary key; none of one without a version. Takes the same few queries however
    many there are."""
    published = {policy.pk: _Published(policy.source_language) for policy in policies}
    standing = Text.objects.filter(version__policy__in=list(published), version__withdrawn_at=None)
    for row in standing.order_by("version__number", "edition").values_list(
        "version__policy_id", "version_id", "language", "pk"
    ):
        published[row[0]].add(*row[1:])
    wanted = {pk for each in published.values() for pk in each.wanted}
    texts = Text.objects.select_related("version", "page").defer("changes_json", "shown").in_bulk(wanted)
    answers: dict[UUID, list[FindingAnswer]] = {}
    keys = [policy.translation_key for policy in policies]
    for given in FindingAnswer.objects.filter(translation_key__in=keys):
        answers.setdefault(given.translation_key, []).append(given)
    return {
        policy.pk: _review(policy, published[policy.pk], texts, answers.get(policy.translation_key, []))
        for policy in policies
        if published[policy.pk].source
    }


class _Published:
    """The newest text of each language of a policy, and the original's of each version, by primary key."""

    def __init__(self, source_language: str) -> None:
        self.source_language = source_language
        self.source = 0
        self.originals: dict[int, int] = {}
        self.newest: dict[str, tuple[int, int]] = {}

    def add(self, version: int, language: str, pk: int) -> None:
        """The next text, the newest last."""
        if language == self.source_language:
            self.source = self.originals[version] = pk
        else:
            self.newest[language] = (version, pk)

    @property
    def translations(self) -> Iterator[tuple[int, int]]:
        """Each translation with the text of the version that it translates."""
        for version, pk in self.newest.values():
            if version in self.originals:
                yield pk, self.originals[version]

    @property
    def wanted(self) -> Iterator[int]:
        yield from [self.source] if self.source else []
        yield from chain.from_iterable(self.translations)


def _review(
    policy: Policy, published: _Published, texts: Mapping[int, Text], answers: list[FindingAnswer]
) -> PublishedReview:
    text, day = texts[published.source], day_of(now())
    due_on = review_due_on(policy, text.version.published_at)
    try:
        judgement = judge(text.snapshot, policy, day, answers=answers)
        return PublishedReview(
            policy, text, judgement, due_on, tuple(_translations(policy, published, texts, answers, day))
        )
    except Exception:
        logger.exception("Could not review policy %s.", policy.pk)
        return PublishedReview(policy, text, None, due_on)


def _translations(
    policy: Policy, published: _Published, texts: Mapping[int, Text], answers: list[FindingAnswer], day: date
) -> Iterator[TranslationReview]:
    for pk, original in published.translations:
        snapshot = texts[pk].snapshot
        found = judge(snapshot, policy, day, original=texts[original].snapshot, answers=answers, ahead=0)
        if found.open:
            yield TranslationReview(texts[pk], found)
