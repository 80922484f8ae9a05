"""Which version a translation translates (DESIGN 4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.models.policy import Policy
from wagtail_privacy.models.version import Text, Version
from wagtail_privacy.policy.snapshot import Snapshot

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wagtail_privacy.models.page import PolicyPageMixin


def makes_versions(page: PolicyPageMixin, policy: Policy) -> bool:
    """Whether publishing ``page`` makes versions: its language is the policy's source, or no page in that is left."""
    if page.locale.language_code == policy.source_language:
        return True
    pages: Any = type(page)._base_manager
    sources = pages.filter(translation_key=policy.translation_key, locale__language_code=policy.source_language)
    return not sources.filter(alias_of=None).exists()


def version_translated(page: PolicyPageMixin, policy: Policy, snapshot: Snapshot) -> Version | None:
    """The version that ``page`` is a translation of; ``None`` for the page that makes versions itself.

    For a page that wagtail-localize manages, the version whose source text is the one last handed to the
    translators; otherwise the newest with the same facts; otherwise the newest. One that stands comes before one
    that was withdrawn: the translation of what was withdrawn belongs to that, and is not shown as anything else.
    """
    if not policy.pk or makes_versions(page, policy):
        return None
    sources = policy.texts().filter(language=policy.source_language).order_by("-version__number", "-edition")
    newest = sources.first()
    if newest is None:
        return None
    translation = managed_translation(page)
    text = _version_handed_over(translation, policy, sources) if translation else _same_facts(snapshot, policy)
    return (text or newest).version


def managed_translation(page: PolicyPageMixin) -> Translation | None:
    """wagtail-localize's translation that keeps ``page`` in step with its source, if it has one."""
    return (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
        )
        .select_related("source")
        .first()
    )


def _version_handed_over(translation: Translation, policy: Policy, sources: QuerySet[Text]) -> Text | None:
    """The newest source text with the content that wagtail-localize holds.

    Its content is composed anew, so a register entry edited since can make it differ from every text; then the
    newest version that was public when the content was handed over is the one.
    """
    digest = handed_over(translation, policy).digest
    same = Text.objects.filter(version__policy=policy, language=policy.source_language, digest=digest)
    return (
        sources.filter(digest=digest).first()
        or same.select_related("version__policy").order_by("-version__number").first()
        or sources.filter(version__published_at__lte=translation.source.last_updated_at).first()
    )


def handed_over(translation: Translation, policy: Policy) -> Snapshot:
    """What the source said when wagtail-localize last took it over for its translators."""
    source = translation.source.as_instance()
    return compose(source, notice_period=policy.notice_days, tells_users=policy.tells_users).snapshot


def untranslated(translation: Translation) -> frozenset[str]:
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


def says_the_original(language: str, policy: Policy, snapshot: Snapshot) -> bool:
    """Whether a page in ``language`` says, word for word, what was published in another: it isn't translated.

    An alias that becomes a page starts that way, and so does a page that becomes an alias. In a regional variety
    (``sv-fi`` beside ``sv``) the same words are a translation.
    """
    if language.partition("-")[0] == policy.source_language.partition("-")[0]:
        return False
    return policy.texts().filter(language=policy.source_language, digest=snapshot.digest).exists()


def _same_facts(snapshot: Snapshot, policy: Policy) -> Text | None:
    """The newest source text that states the facts of ``snapshot``; of a version that stands, if there is one."""
    texts = Text.objects.filter(version__policy=policy, language=policy.source_language).select_related(
        "version__policy"
    )
    newest_first = texts.order_by("-version__number", "-edition")
    for some in (newest_first.filter(version__withdrawn_at=None), newest_first.exclude(version__withdrawn_at=None)):
        for text in some.iterator():
            if text.snapshot.facts_digest == snapshot.facts_digest:
                return text
    return None
