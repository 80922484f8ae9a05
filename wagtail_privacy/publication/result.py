"""The result of a publication, for its editor: what readers see, and from when."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from wagtail_privacy.actions.proposal import current_publication
from wagtail_privacy.actions.translated_version import missing_languages, pending_source
from wagtail_privacy.clock import day_of, now
from wagtail_privacy.policy.words import day, language_name, listing
from wagtail_privacy.publication.preview import translation_url
from wagtail_privacy.records.content import PolicyContent
from wagtail_privacy.records.pending import PendingText
from wagtail_privacy.records.permanent import below
from wagtail_privacy.records.version import Version


@dataclass(frozen=True)
class PublicationResult:
    """``message`` says it; ``url`` leads to where it can be seen, under the words ``link``."""

    message: str
    link: str = ""
    url: str = ""


def publication_result(page: PolicyContent) -> PublicationResult | None:
    """The result of publishing ``page`` as it is stored now; ``None`` if it is not public."""
    if page.has_unpublished_changes and (scheduled := page.scheduled_revision):
        words = {"day": day(day_of(scheduled.approved_go_live_at))}
        return PublicationResult(_("Scheduled for %(day)s. A notice period counts from that day.") % words)
    if not page.live:
        return None
    if version := _version_made(page):
        return _published(page, version)
    policy = page.policy
    if policy is None:
        return None
    if pending := policy.pending_texts.filter(page=page.pk, revision_id=page.live_revision_id).first():
        return _pending(pending)
    if page.locale.language_code != policy.source_language:
        return _translated(page)
    return PublicationResult(_("Nothing changed for readers: no new version."))


def _version_made(page: PolicyContent) -> Version | None:
    """The version that the newest publication of ``page`` has made, if it has."""
    recorded = current_publication().recorded.get(page.pk)
    if recorded and recorded.revision_id == page.live_revision_id:
        return recorded
    made = Version.objects.filter(policy__translation_key=page.translation_key, revision_id=page.live_revision_id)
    return made.select_related("policy").order_by("number").last()


def _pending(text: PendingText) -> PublicationResult:
    source = pending_source(text.policy)
    missing = missing_languages(text.policy, {source.digest}) if source else []
    words = {"languages": listing([language_name(code) for code in missing])}
    message = _("Held until it is published in %(languages)s too. Until then readers see nothing of it.") % words
    if source is None or source.pk != text.pk:
        return PublicationResult(message)
    url = translation_url(source.page)
    return PublicationResult(message, _("Have it translated"), url) if url else PublicationResult(message)


def _published(page: PolicyContent, version: Version) -> PublicationResult:
    words = {"number": version.number, "day": day(day_of(version.takes_effect_at))}
    if version.applies(now()):
        message = _("Published as version %(number)s. It is in force.") % words
        return PublicationResult(message, _("See the change history"), _page_url(page, "history"))
    earlier = version.policy.versions.standing().filter(takes_effect_at__lt=version.takes_effect_at)
    newest = earlier.order_by("-takes_effect_at", "-number").first()
    if newest is None or not newest.applies(now()):
        message = _("Announced as version %(number)s. It takes effect on %(day)s.") % words
    else:
        words["current"] = newest.number
        message = _("Announced as version %(number)s. Readers see version %(current)s until %(day)s.") % words
    return PublicationResult(message, _("See the upcoming version"), _page_url(page, "version", version.number))


def _translated(page: PolicyContent) -> PublicationResult:
    policy = page.policy
    text = policy.newest_text(page.locale.language_code) if policy else None
    if text is None or page.last_published_at is None or text.recorded_at < page.last_published_at:
        return PublicationResult(_("Nothing changed for readers in this language."))
    if text.recorded_at == text.version.published_at:
        released = _published(page, text.version)
        return replace(released, message=" ".join([_("No language is missing any more."), released.message]))
    words = {"number": text.version.number, "language": language_name(text.language)}
    message = _("Published as the text of version %(number)s in %(language)s. Nobody is told again.") % words
    return PublicationResult(message, _("See it"), _page_url(page, "version", text.version.number))


def _page_url(page: PolicyContent, name: str, *args: int) -> str:
    url = page.url
    return below(url, page.reverse_subpage(name, args=args)) if url else ""
