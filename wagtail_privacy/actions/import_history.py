"""Bring in what a policy said before this site: old texts with the dates that somebody states become versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from wagtail_privacy.actions.permissions import require_import_history
from wagtail_privacy.actions.proposal import Proposal, propose_text
from wagtail_privacy.actions.record_version import record_event
from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.blocks.compose import Composition, compose_by
from wagtail_privacy.blocks.decompose import decompose
from wagtail_privacy.blocks.fields import is_partial_date
from wagtail_privacy.clock import at, day_of, now, start_of
from wagtail_privacy.imports.adopt import adopt, in_step
from wagtail_privacy.policy.sanitise import VERSION as SANITISER_VERSION
from wagtail_privacy.policy.section import Section
from wagtail_privacy.records.chain import moment
from wagtail_privacy.records.content import PolicyContent
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import EventKind, Text, Version


@dataclass(frozen=True)
class StatedText:
    """What a policy said from a date on, as somebody states: ``stated_on`` is a day, a month or a year in ISO 8601.

    ``sections`` is ``None`` for what the page's newest draft says.
    """

    stated_on: str
    sections: tuple[Section, ...] | None = None
    title: str = ""


def import_history(page: PolicyContent, texts: Sequence[StatedText], *, user: Any = None) -> list[Version]:
    """Record ``texts`` as versions of the policy of ``page``, oldest first, with what each changed; tell nobody.

    For a policy that has published nothing yet: the versions become public with its first publication, which makes no
    version where it says what the newest of them says. For another language of a policy whose history was imported,
    the texts are attached to its versions by their dates. A text that says the same as the one before makes no
    version. Returns the versions that ``texts`` were recorded in.

    The dates are stated; the event in the chain has the real moment and person. Raises :exc:`ActionError` for dates
    that are none, are to come or stand twice, and where the policy has versions already;
    :exc:`~wagtail_privacy.actions.refusal.NotAllowed` where ``user`` may not write history.
    """
    require_import_history(page, user)
    language = page.locale.language_code
    ordered = _in_order(texts)
    with transaction.atomic(), at(now()):
        policy = Policy.objects.lock(page.translation_key, language)
        versions = _known_versions(policy, language)
        if versions:
            found = [_attach(page, policy, versions, text, user) for text in ordered]
        else:
            if policy.source_language != language:
                policy.source_language = language
                policy.save(update_fields=["source_language"])
            said = _compositions(page, policy, ordered)
            recorded = [_record(page, policy, *each, user) for each in zip(ordered, said, strict=True)]
            found = [version for version in recorded if version]
        log(instance=page, action="wagtail_privacy.history_imported", user=user, data={"number": len(found)})
    return found


def _in_order(texts: Sequence[StatedText]) -> list[StatedText]:
    """``texts`` from the oldest on. Raises :exc:`ActionError`."""
    for text in texts:
        if not is_partial_date(text.stated_on):
            raise ActionError(
                _("Expected a year, a month or a day such as 2018, 2018-05 or 2018-05-25, found “%(found)s”.")
                % {"found": text.stated_on}
            )
        if first_day(text.stated_on) > day_of(now()):
            raise ActionError(
                _("Expected a date that has passed, found “%(found)s”. What is to apply later is published here.")
                % {"found": text.stated_on}
            )
    days = [first_day(text.stated_on) for text in texts]
    if len(set(days)) < len(days):
        raise ActionError(_("Expected each date once, found one twice. State the day where the month isn’t enough."))
    return sorted(texts, key=lambda text: first_day(text.stated_on))


def first_day(stated_on: str) -> date:
    """The first day of a year, a month or a day."""
    return date.fromisoformat(f"{stated_on}-01-01"[:10])


def _known_versions(policy: Policy, language: str) -> list[Version]:
    """The imported versions that lack a text in ``language``; none for a policy without versions."""
    versions = list(policy.versions.order_by("number"))
    if not versions:
        return []
    if language == policy.source_language or Text.objects.filter(version__in=versions, language=language).exists():
        raise ActionError(
            _(
                "Expected a policy without versions, found %(count)s. Earlier versions are imported once, before the "
                "first publication."
            )
            % {"count": len(versions)}
        )
    imported = [version for version in versions if version.is_imported]
    if not imported:
        raise ActionError(_("Expected versions that were imported in the policy’s own language, found none."))
    return imported


def _compositions(page: PolicyContent, policy: Policy, texts: Sequence[StatedText]) -> list[Composition]:
    """What each of ``texts``, oldest first, says as a page: the newest as it is in the draft, or as it was read, and
    each older one by the sections of the one after it."""
    draft = page.get_latest_revision_as_object()
    newer = _composed(draft, policy)
    found: list[Composition] = []
    for text in reversed(texts):
        if text.sections is not None:
            draft.title = text.title or draft.title
            stream = draft.body.stream_block
            draft.body = stream.to_python(decompose(stream, adopt(newer.snapshot.sections, text.sections)))
            newer = _composed(draft, policy)
        found.append(newer)
    return found[::-1]


def _composed(draft: PolicyContent, policy: Policy) -> Composition:
    return compose_by(draft, policy)


def _record(
    page: PolicyContent, policy: Policy, text: StatedText, composition: Composition, user: Any
) -> Version | None:
    """The version that ``text`` makes; ``None`` where it says the same as the one before."""
    proposal = propose_text(policy, page.locale.language_code, composition, None)
    if proposal.base and not proposal.changes:
        return None
    begins = start_of(first_day(text.stated_on))
    version = Version.objects.create(
        policy=policy,
        number=policy.next_number(proposal.newest),
        builds_on=proposal.base.version if proposal.base else None,
        published_at=begins,
        takes_effect_at=begins,
        materiality=proposal.proposed or "",
        proposed_materiality=proposal.proposed or "",
        stated_on=text.stated_on,
        published_by=user,
    )
    _write(page, version, proposal, user)
    return version


def _attach(page: PolicyContent, policy: Policy, versions: Sequence[Version], text: StatedText, user: Any) -> Version:
    """The version with the date of ``text``, which is its text in another language."""
    version = next((each for each in versions if each.stated_on == text.stated_on), None)
    source = version.source_text() if version else None
    if version is None or source is None:
        dates = ", ".join(each.stated_on for each in versions)
        raise ActionError(
            _("Expected the date of an imported version (%(dates)s), found “%(found)s”. Use the version’s date.")
            % {"dates": dates, "found": text.stated_on}
        )
    draft = page.get_latest_revision_as_object()
    if text.sections is not None:
        draft.title, stream = text.title or draft.title, draft.body.stream_block
        draft.body = stream.to_python(decompose(stream, in_step(source.snapshot.sections, text.sections)))
    proposal = propose_text(policy, page.locale.language_code, _composed(draft, policy), version)
    _write(page, version, proposal, user)
    return version


def _write(page: PolicyContent, version: Version, proposal: Proposal, user: Any) -> None:
    """The text of ``version`` in the language of ``page``, and the event that it was imported."""
    snapshot = proposal.composition.snapshot
    Text.objects.create(
        version=version,
        language=proposal.language,
        title=snapshot.title,
        snapshot_json=snapshot.to_json(),
        changes_json=[change.to_json() for change in proposal.changes],
        shown=proposal.composition.shown,
        digest=snapshot.digest,
        sanitiser_version=SANITISER_VERSION,
        recorded_at=now(),
        page_id=page.pk,
    )
    data = {"language": proposal.language, "published_at": moment(version.published_at), **version.facts()}
    record_event(version, EventKind.IMPORTED, user, data=data)
