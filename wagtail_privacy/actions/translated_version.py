"""Which version, or which held publication, a translation translates (docs/decisions/0004)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from wagtail_privacy.blocks.compose import compose_by
from wagtail_privacy.localize import USES_LOCALIZE
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.records.content import PolicyContent
from wagtail_privacy.records.pending import PendingText
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Text, Version

if TYPE_CHECKING:
    from django.db.models import QuerySet

if USES_LOCALIZE:  # only its models need the app
    from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource


def makes_versions(page: PolicyContent, policy: Policy) -> bool:
    """Whether publishing ``page`` makes versions: its language is the policy's source, or the source page is gone."""
    if page.locale.language_code == policy.source_language:
        return True
    pages: Any = type(page)._base_manager
    sources = pages.filter(translation_key=policy.translation_key, locale__language_code=policy.source_language)
    return not sources.filter(alias_of=None).exists()


def draft_translated_by(page: PolicyContent, policy: Policy) -> Snapshot | None:
    """What ``page`` translates before any language was ever published: the newest draft of the page that was there
    first; ``None`` for that page itself."""
    pages: Any = type(page)._base_manager
    first = pages.filter(translation_key=page.translation_key, alias_of=None).order_by("pk").first()
    if first is None or first.locale_id == page.locale_id:
        return None
    return compose_by(first.get_latest_revision_as_object(), policy).snapshot


@dataclass(frozen=True)
class Translated:
    """What a page translates: a ``version``, or the held publication ``pending``; neither for what makes versions.

    ``link`` is wagtail-localize's translation that keeps the page in step with its source, if it has one.
    """

    version: Version | None = None
    pending: PendingText | None = None
    link: Translation | None = None

    @cached_property
    def text(self) -> Text | PendingText | None:
        """The text in the language that the others translate."""
        return self.pending or (self.version.source_text() if self.version else None)


def find_translated(
    page: PolicyContent, policy: Policy, snapshot: Snapshot, held: Collection[PendingText]
) -> Translated:
    """What ``page``, which says ``snapshot``, translates. ``held`` is what the policy holds.

    For a page that wagtail-localize manages, what was last sent to its translators decides; otherwise the newest with
    the same facts; otherwise the newest. A version that stands comes before one that was withdrawn: the translation
    of what was withdrawn belongs to that, and is not shown as anything else.
    """
    if makes_versions(page, policy):
        return Translated()
    link = managed_translation(page)
    sent = digests_sent_for_translation(link, policy) if link else frozenset[str]()
    source = pending_source(policy, held)
    if source and (source.digest in sent if link else source.snapshot.facts_digest in snapshot.facts_digests):
        return Translated(pending=source, link=link)
    if not policy.pk:
        return Translated(link=link)
    sources = policy.texts().filter(language=policy.source_language).order_by("-version__number", "-edition")
    text = _text_sent_for_translation(link, sent, policy, sources) if link else _text_with_same_facts(snapshot, policy)
    text = text or sources.first()
    return Translated(version=text.version if text else None, link=link)


def held_texts(policy: Policy) -> tuple[PendingText, ...]:
    """What ``policy`` holds until it can be read in all its required languages."""
    return tuple(policy.pending_texts.all()) if policy.pk and getattr(policy, "has_pending", True) else ()


def pending_source(policy: Policy, held: Collection[PendingText] | None = None) -> PendingText | None:
    """The publication that ``policy`` holds, in the language that the others translate."""
    texts = held_texts(policy) if held is None else held
    return next((text for text in texts if text.language == policy.source_language), None)


def missing_languages(
    policy: Policy, digests: Collection[str], held: Collection[PendingText] | None = None
) -> list[str]:
    """The required languages in which the content with one of ``digests``, in the policy's own, has no text yet."""
    if not policy.required_languages:
        return []
    texts = held_texts(policy) if held is None else held
    source = pending_source(policy, texts)
    there = {policy.source_language}
    if source and source.digest in digests:
        there.update(text.language for text in texts)
    return [language for language in policy.required_languages if language not in there]


def managed_translation(page: PolicyContent) -> Translation | None:
    """wagtail-localize's translation that keeps ``page`` in step with its source, if it has one."""
    if not USES_LOCALIZE:
        return None
    return (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
        )
        .select_related("source")
        .first()
    )


def _text_sent_for_translation(
    translation: Translation, digests: frozenset[str], policy: Policy, sources: QuerySet[Text]
) -> Text | None:
    """The newest source text with the content that wagtail-localize holds, which has one of ``digests``.

    Its content is composed anew, so a register entry edited since can make it differ from every text; then the
    newest version that was public when the content was handed over is the one.
    """
    same = Text.objects.filter(version__policy=policy, language=policy.source_language, digest__in=digests)
    return (
        sources.filter(digest__in=digests).first()
        or same.select_related("version__policy").order_by("-version__number").first()
        or sources.filter(version__published_at__lte=translation.source.last_updated_at).first()
    )


def digests_sent_for_translation(translation: Translation, policy: Policy) -> frozenset[str]:
    """The digests of the source as it was when it was last synchronised to wagtail-localize."""
    source = translation.source
    if policy.handed_over_digests and policy.handed_over_at == source.last_updated_at:
        return frozenset(policy.handed_over_digests)
    return _digests(source, policy)


def keep_digests(source: TranslationSource) -> None:
    """Note what was just synchronised to wagtail-localize: an entry of the register may be edited later, and to compose
    the source anew for each look at a translation takes as long as all the rest."""
    policy = Policy.objects.filter(translation_key=source.object_id).first()
    if policy and policy.source_language == source.locale.language_code:
        kept = {"handed_over_at": source.last_updated_at, "handed_over_digests": sorted(_digests(source, policy))}
        Policy.objects.filter(pk=policy.pk).update(**kept)


def _digests(source: TranslationSource, policy: Policy) -> frozenset[str]:
    page = source.as_instance()
    return compose_by(page, policy).snapshot.digests


def untranslated_paths(translation: Translation) -> frozenset[str]:
    """The paths of what has no words in the translation's language: ``"title"``, ``"body.<block id>.<field>"`` …

    wagtail-localize publishes such a page all the same, with the source's words in these places.
    """
    translated = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=translation.target_locale_id,
        has_error=False,
    )
    segments = StringSegment.objects.filter(~Exists(translated), source=translation.source_id)
    return frozenset(segments.values_list("context__path", flat=True))


def is_untranslated_copy(language: str, policy: Policy, snapshot: Snapshot) -> bool:
    """Whether a page in ``language`` repeats the source text word for word, so that it is not translated.

    An alias that becomes a page starts that way, and so does a page that becomes an alias. In a regional variety
    (``sv-fi`` beside ``sv``) the same words are a translation.
    """
    if language.partition("-")[0] == policy.source_language.partition("-")[0]:
        return False
    return policy.texts().filter(language=policy.source_language, digest__in=snapshot.digests).exists()


def _text_with_same_facts(snapshot: Snapshot, policy: Policy) -> Text | None:
    """The newest source text that states the facts of ``snapshot``; of a version that stands, if there is one."""
    texts = Text.objects.filter(version__policy=policy, language=policy.source_language).select_related(
        "version__policy"
    )
    newest_first = texts.order_by("-version__number", "-edition")
    for some in (newest_first.filter(version__withdrawn_at=None), newest_first.exclude(version__withdrawn_at=None)):
        for text in some.iterator():
            if text.snapshot.facts_digest in snapshot.facts_digests:
                return text
    return None
