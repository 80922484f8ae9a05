"""What came of a publication, for the editor who made it: what readers see, and from when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wagtail_privacy.actions.gate import missing_languages, pending_source
from wagtail_privacy.actions.moment import day_of, now
from wagtail_privacy.models.pending import PendingText
from wagtail_privacy.models.version import Version
from wagtail_privacy.outlook import translation_address
from wagtail_privacy.policy.words import day, language_name, listing

if TYPE_CHECKING:
    from wagtail_privacy.models.page import PolicyPageMixin


@dataclass(frozen=True)
class Outcome:
    """``message`` says it; ``address`` leads to where it can be seen, under the words ``link``."""

    message: str
    link: str = ""
    address: str = ""


def outcome_of(page: PolicyPageMixin) -> Outcome | None:
    """What publishing ``page``, as stored now, came to; ``None`` where the page isn't public."""
    if scheduled := page.scheduled_revision:
        words = {"day": day(day_of(scheduled.approved_go_live_at))}
        return Outcome(_("Scheduled for %(day)s. A notice period counts from that day.") % words)
    policy = page.policy
    if not page.live or policy is None:
        return None
    if pending := policy.pending_texts.filter(page=page.pk, revision_id=page.live_revision_id).first():
        return _pending(pending)
    version = policy.versions.filter(revision_id=page.live_revision_id).last()
    if page.locale.language_code != policy.source_language:
        return _translated(page)
    if version is None:
        return Outcome(_("Nothing changed for readers: no new version."))
    return _published(page, version)


def _pending(text: PendingText) -> Outcome:
    source = pending_source(text.policy)
    missing = missing_languages(text.policy, source.digest) if source else []
    words = {"languages": listing([language_name(code) for code in missing])}
    message = _("Held until it is published in %(languages)s too. Until then readers see nothing of it.") % words
    if source is None or source.pk != text.pk:
        return Outcome(message)
    return Outcome(message, _("Have it translated"), translation_address(source.page))


def _published(page: PolicyPageMixin, version: Version) -> Outcome:
    words = {"number": version.number, "day": day(day_of(version.takes_effect_at))}
    if version.applies(now()):
        message = _("Published as version %(number)s. It is in force.") % words
        return Outcome(message, _("See the change history"), _address(page, "history"))
    current = version.policy.version_in_force(now())
    others_first = version.policy.versions.announced(now()).filter(takes_effect_at__lt=version.takes_effect_at)
    if current is None or others_first.exists():
        message = _("Announced as version %(number)s. It takes effect on %(day)s.") % words
    else:
        words["current"] = current.number
        message = _("Announced as version %(number)s. Readers see version %(current)s until %(day)s.") % words
    return Outcome(message, _("See the upcoming version"), _address(page, "version", version.number))


def _translated(page: PolicyPageMixin) -> Outcome:
    policy = page.policy
    text = policy.newest_text(page.locale.language_code) if policy else None
    if text is None or page.last_published_at is None or text.recorded_at < page.last_published_at:
        return Outcome(_("Nothing changed for readers in this language."))
    if text.recorded_at == text.version.published_at:
        released = _published(page, text.version)
        return replace(released, message=" ".join([_("No language is missing any more."), released.message]))
    words = {"number": text.version.number, "language": language_name(text.language)}
    message = _("Published as the text of version %(number)s in %(language)s. Nobody is told again.") % words
    return Outcome(message, _("See it"), _address(page, "version", text.version.number))


def _address(page: PolicyPageMixin, name: str, *args: int) -> str:
    url = page.url
    return url + page.reverse_subpage(name, args=args) if url else ""
