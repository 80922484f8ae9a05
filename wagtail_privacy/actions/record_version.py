"""Record a publication: part of the page's own ``save()``, so that both happen or neither does."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from django.db import transaction
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import PageLogEntry

from wagtail_privacy.actions.blocked import require_publishable
from wagtail_privacy.actions.carry_translations import carry_translations_over
from wagtail_privacy.actions.plan import Plan, decide, plan_publication
from wagtail_privacy.actions.proposal import current_publication, propose_text
from wagtail_privacy.actions.translated_version import makes_versions
from wagtail_privacy.actions.unpublish import gather, together_with
from wagtail_privacy.actions.wait_for_languages import as_published, hold, pop_pending_texts
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.clock import at, now
from wagtail_privacy.notices.issue import issue_notice
from wagtail_privacy.notices.stop_waiting import stop_waiting
from wagtail_privacy.policy.sanitise import VERSION as SANITISER_VERSION
from wagtail_privacy.records.content import PolicyContent
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.publicity import UNSEEN, public_languages
from wagtail_privacy.records.version import Event, EventKind, Text, Version, seal_facts

logger = logging.getLogger("wagtail_privacy")
T = TypeVar("T")

#: A save of these fields alone is Wagtail's bookkeeping around a draft, whose content the instance may carry.
LIVE_FIELDS = frozenset({"live", "live_revision", "live_revision_id"})


@contextmanager
def recording(page: PolicyContent, update_fields: Collection[str] | None) -> Iterator[None]:
    """Wrap a page's save: lock the policy, save, and record the publication if this is one, or that it ends.

    A publication makes the page live or changes its ``live_revision``, or is the first live save of a page
    without texts and revisions. Every other live save records nothing: wagtail-localize writes a translator's
    draft that way. Nothing of ours stops a page from being unpublished: what goes wrong there is logged.

    Where gaps are left to fill, or the site publishes nothing with errors,
    :exc:`~wagtail_privacy.actions.blocked.Blocked` takes the save back.
    """
    if page.alias_of_id or (update_fields is not None and not LIVE_FIELDS & set(update_fields)):
        yield
        return
    if not page.live and not _live_state(page)["live"]:
        yield
        return
    if not page.live:
        with transaction.atomic(), at(now()):
            policy = _or_logged(page, lambda: Policy.objects.lock(page.translation_key, ""))
            yield
            if policy:
                _or_logged(page, partial(record_unpublished, page, policy))
        return
    with transaction.atomic():
        policy = Policy.objects.lock(page.translation_key, "")
        before = _live_state(page)
        yield
        with at(now()):  # Everything recorded has the same timestamp.
            if _is_publication(page, policy, before):
                require_publishable(page, policy)
                record_version(page, policy)


def record_version(page: PolicyContent, policy: Policy) -> Text | None:
    """Record what ``page`` says now as a new version, or as the text of the version it translates.

    Returns the new text, ``None`` where nothing differs from the newest one. The caller holds the policy's
    lock. Never raises for invalid answers: it takes the proposed class and the earliest lawful moment.
    """
    by = _publisher(page)
    _follow_source(page, policy)
    plan = plan_publication(page, policy=policy, user=by)
    if hold(page, plan, by):
        log(instance=page, action="wagtail_privacy.held", user=by, data={"language": plan.language})
        released = release_pending_texts(policy)
        if released is None:
            # Readers see the text that was public before, until what is held is released.
            _note_republication(page, plan, by)
        return released
    if not plan.records:
        _note_revision(page, plan, by)
        _note_republication(page, plan, by)
        return None
    return _write(page, plan, by)


def release_pending_texts(policy: Policy) -> Text | None:
    """Record what ``policy`` held as its next version, in all its languages, if none is missing any more.

    Returns the text in the policy's own language; ``None`` where nothing was recorded. The caller holds the policy's
    lock. The notice period counts from now.
    """
    texts = pop_pending_texts(policy)
    released: Text | None = None
    for pending in texts:
        page, composition = as_published(pending)
        version = released.version if released else None
        plan = decide(propose_text(policy, pending.language, composition, version), page, pending.by, now())
        if not plan.records:
            return None  # the policy says the same already
        text = _write(page, plan, pending.by)
        released = released or text
    return released


def _write(page: PolicyContent, plan: Plan, by: Any) -> Text:
    version = plan.version or _new_version(page, plan, by)
    text = _new_text(page, plan, version)
    if plan.is_translation:
        data = {"language": plan.language, "edition": text.edition, **_unseen(page)}
        record_event(version, EventKind.TRANSLATED, by, data=data)
        stop_waiting(version, plan.language)
    else:
        _finish_version(page, plan, version, by)
        current_publication().recorded[page.pk] = version
    return text


def _unseen(page: PolicyContent) -> dict[str, bool]:
    """For the event of a text that was held, and is released while its page is not public."""
    return {} if page.live else {UNSEEN: True}


def _follow_source(page: PolicyContent, policy: Policy) -> None:
    """Make this page's language the source if it is the first to go live, or if the source page is gone."""
    language = page.locale.language_code
    if policy.source_language != language and makes_versions(page, policy):
        policy.source_language = language
        policy.save(update_fields=["source_language"])


def record_unpublished(page: PolicyContent, policy: Policy) -> None:
    """Note that the page in this language is no longer public; its history stays. It is about what readers had."""
    version, language = version_shown(policy), page.locale.language_code
    if version and language in public_languages(policy):
        data = {"language": language, **together_with(policy)}
        gather(record_event(version, EventKind.UNPUBLISHED, get_active_log_context().user, data=data))


def version_shown(policy: Policy) -> Version | None:
    """The version in force; the first one where that is only coming."""
    return policy.version_in_force(now()) or policy.newest_version()


def note_unpublished(page: PolicyContent) -> None:
    """The same, if Wagtail unpublished the page without its ``save()``: on expiry, or in bulk."""

    def record() -> None:
        if not page.alias_of_id and page.policy:
            record_unpublished(page, Policy.objects.lock(page.translation_key, ""))

    _or_logged(page, record)


def _or_logged(page: PolicyContent, record: Callable[[], T]) -> T | None:
    """What ``record`` returns. Where it fails, nothing of it is kept: ``privacy_reconcile`` finds what is missing."""
    try:
        with transaction.atomic():
            return record()
    except Exception:
        logger.exception("It is not recorded that page %s was unpublished; `privacy_reconcile` does that.", page.pk)
        return None


def _live_state(page: PolicyContent) -> dict[str, Any]:
    """``live`` and ``live_revision_id`` as stored before the save."""
    pages: Any = type(page)._base_manager
    row = pages.filter(pk=page.pk).values("live", "live_revision_id").first() if page.pk else None
    return row or {"live": False, "live_revision_id": None}


def _is_publication(page: PolicyContent, policy: Policy, before: dict[str, Any]) -> bool:
    if page.live_revision_id is None and page.go_live_at and page.go_live_at > now():
        return False  # Wagtail puts a new page live before it schedules it.
    if not before["live"] or before["live_revision_id"] != page.live_revision_id:
        return True
    # With a revision of its own, what is in the row may be a draft: wagtail-localize makes one of an alias that way.
    return not page.latest_revision_id and not policy.texts().filter(language=page.locale.language_code).exists()


def _publisher(page: PolicyContent) -> Any:
    """Who publishes now: the current user, else who scheduled it, else who made the revision or owns the page."""
    if user := get_active_log_context().user:
        return user
    revision = page.live_revision
    if revision is None or str(revision.object_id) != str(page.pk):
        return page.owner
    scheduled = PageLogEntry.objects.filter(page=page.pk, revision=revision.pk, action="wagtail.publish.schedule")
    entry = scheduled.select_related("user").order_by("-timestamp", "-pk").first()
    return entry.user if entry and entry.user else revision.user


def _new_version(page: PolicyContent, plan: Plan, by: Any) -> Version:
    return Version.objects.create(
        policy=plan.policy,
        number=plan.policy.next_number(plan.proposal.newest),
        builds_on=plan.base.version if plan.base else None,
        published_at=now(),
        takes_effect_at=plan.takes_effect_at,
        materiality=plan.materiality or "",
        proposed_materiality=plan.proposed or "",
        reason=plan.answers.reason,
        revision_id=page.live_revision_id,
        published_by=by,
    )


def _new_text(page: PolicyContent, plan: Plan, version: Version) -> Text:
    snapshot = plan.composition.snapshot
    earlier = version.text(plan.language) if plan.version else None
    return Text.objects.create(
        version=version,
        language=plan.language,
        edition=earlier.edition + 1 if earlier else 1,
        title=snapshot.title,
        summary=_summary(page, plan, version, earlier),
        snapshot_json=snapshot.to_json(),
        changes_json=_changes_json(plan, earlier),
        shown=plan.composition.shown,
        digest=snapshot.digest,
        sanitiser_version=SANITISER_VERSION,
        recorded_at=now(),
        corrected_at=earlier.corrected_at if earlier else None,
        page_id=page.pk,
    )


def _summary(page: PolicyContent, plan: Plan, version: Version, earlier: Text | None) -> str:
    """The summary that came with the page, unless it is one that was corrected since, or is not translated."""
    summary = "" if "change_summary" in plan.proposal.untranslated else page.summary_for(version)
    if earlier is None:
        return summary
    told = version.texts.filter(language=earlier.language).values_list("summary", flat=True)
    return earlier.summary if summary in told else summary


def _changes_json(plan: Plan, earlier: Text | None) -> list[dict[str, Any]]:
    """The changes of the version. A corrected translation keeps them; the correction adds none."""
    if earlier and not earlier.carried_over:
        return list(earlier.changes_json)
    return [change.to_json() for change in plan.changes]


def _finish_version(page: PolicyContent, plan: Plan, version: Version, by: Any) -> None:
    record_event(version, EventKind.PUBLISHED, by, reason=version.reason, data=version.facts() | _unseen(page))
    if version.takes_effect_at > version.published_at:
        data = {"takes_effect_at": version.takes_effect_at.isoformat()}
        record_event(version, EventKind.ANNOUNCED, by, reason=version.reason, data=data)
    if plan.materiality is Materiality.EDITORIAL:
        carry_translations_over(plan, version)
    log(
        instance=page,
        action="wagtail_privacy.version",
        user=by,
        data={
            "number": version.number,
            "materiality": version.materiality,
            "takes_effect_at": version.takes_effect_at.isoformat(),
        },
    )
    if plan.sends_notice:
        issue_notice(version)


def _note_revision(page: PolicyContent, plan: Plan, by: Any) -> None:
    """Wagtail puts a new page live before it makes the revision, which becomes known only now."""
    if plan.base is None or plan.is_translation:
        return
    version = plan.base.version
    if version.revision_id is None and page.live_revision_id:
        version.revision_id = page.live_revision_id
        version.save(update_fields=["revision_id"])
        seal_facts(version, by, revision_id=version.revision_id)


def _note_republication(page: PolicyContent, plan: Plan, by: Any) -> None:
    """A page that was unpublished and comes back unchanged is an event, not a version."""
    if plan.base and page.locale.language_code not in public_languages(plan.policy):
        record_event(plan.base.version, EventKind.PUBLISHED, by, data={"language": page.locale.language_code})


def record_event(
    version: Version, kind: EventKind, by: Any, *, reason: str = "", data: dict[str, Any] | None = None
) -> Event:
    """Note what happened to ``version``, when, by whom and why."""
    return Event.objects.create(version=version, kind=kind, at=now(), by=by, reason=reason, data=data or {})
