"""Which version a translation translates (DESIGN 4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail_localize.models import Translation

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
    translators; otherwise the newest with the same facts; otherwise the newest.
    """
    if not policy.pk or makes_versions(page, policy):
        return None
    sources = policy.texts().filter(language=policy.source_language).order_by("-version__number", "-edition")
    newest = sources.first()
    if newest is None:
        return None
    translation = managed_translation(page)
    text = _handed_over(translation, policy, sources) if translation else _same_facts(snapshot, sources)
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


def _handed_over(translation: Translation, policy: Policy, sources: QuerySet[Text]) -> Text | None:
    """The newest source text with the content that wagtail-localize holds.

    Its content is composed anew, so a register entry edited since can make it differ from every text; then the
    newest version that was public when the content was handed over is the one.
    """
    source = translation.source
    handed = compose(source.as_instance(), notice_period=policy.notice_days, tells_users=policy.tells_users)
    same = Text.objects.filter(
        version__policy=policy, language=policy.source_language, digest=handed.snapshot.digest
    ).select_related("version__policy")
    return (
        sources.filter(digest=handed.snapshot.digest).first()
        # The translation of what was withdrawn belongs to that, and is not shown as anything else.
        or same.order_by("-version__number").first()
        or sources.filter(version__published_at__lte=source.last_updated_at).first()
    )


def _same_facts(snapshot: Snapshot, sources: QuerySet[Text]) -> Text | None:
    return next((text for text in sources.iterator() if text.snapshot.facts_digest == snapshot.facts_digest), None)
