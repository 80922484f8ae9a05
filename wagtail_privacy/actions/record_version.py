"""Record a publication: part of the page's own ``save()``, so that both happen or neither does (DESIGN 4.3)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import PageLogEntry

from wagtail_privacy.actions.gate import as_published, hold, take_out
from wagtail_privacy.actions.issue_notice import issue_notice
from wagtail_privacy.actions.moment import at, now
from wagtail_privacy.actions.plan import Plan, plan_of, plan_publication
from wagtail_privacy.actions.stop_waiting import stop_waiting
from wagtail_privacy.actions.translation import makes_versions
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.models.policy import Policy
from wagtail_privacy.models.version import Event, EventKind, Text, Version
from wagtail_privacy.policy.sanitise import VERSION as SANITISER_VERSION

if TYPE_CHECKING:
    from wagtail_privacy.models.page import PolicyPageMixin

#: A save of these fields alone is Wagtail's bookkeeping around a draft, whose content the instance may carry.
LIVE_FIELDS = frozenset({"live", "live_revision", "live_revision_id"})


@contextmanager
def recording(page: PolicyPageMixin, update_fields: Collection[str] | None) -> Iterator[None]:
    """Wrap a page's save: lock the policy, save, and record the publication if this is one.

    A publication makes the page live or changes its ``live_revision``, or is the first live save of a page
    without texts and revisions. Every other live save records nothing: wagtail-localize writes a translator's
    draft that way.
    """
    if not _may_publish(page, update_fields):
        yield
        return
    with transaction.atomic():
        policy = Policy.objects.lock(page.translation_key, "")
        before = _live_state(page)
        yield
        with at(now()):  # All that is recorded happened at one moment.
            if before["live"] and not page.live:
                record_unpublished(page, policy)
            elif page.live and _is_publication(page, policy, before):
                record_version(page, policy)


def record_version(page: PolicyPageMixin, policy: Policy) -> Text | None:
    """Record what ``page`` says now as a new version, or as the text of the version it translates.

    Returns the new text, ``None`` where nothing differs from the newest one. The caller holds the policy's
    lock. Never raises for what a person did: it takes the proposed class and the earliest lawful moment.
    """
    by = _publisher(page)
    _follow_source(page, policy)
    plan = plan_publication(page, policy=policy, user=by)
    if hold(page, plan, by):
        log(instance=page, action="wagtail_privacy.held", user=by, data={"language": plan.language})
        return release(policy)
    if not plan.records:
        _note_republication(page, plan, by)
        return None
    return _write(page, plan, by)


def release(policy: Policy) -> Text | None:
    """Record what ``policy`` held as its next version, in all its languages, if none is missing any more.

    Returns the text in the policy's own language; ``None`` where nothing was recorded. The caller holds the policy's
    lock. The notice period counts from now.
    """
    texts = take_out(policy)
    released: Text | None = None
    for pending in texts:
        page, composition = as_published(pending)
        plan = plan_of(page, composition, policy, released.version if released else None, pending.by, now())
        if not plan.records:
            return None  # the policy has come to say the same in another way
        text = _write(page, plan, pending.by)
        released = released or text
    return released


def _write(page: PolicyPageMixin, plan: Plan, by: Any) -> Text:
    version = plan.version or _new_version(page, plan, by)
    text = _new_text(page, plan, version)
    if plan.is_translation:
        record_event(version, EventKind.TRANSLATED, by, data={"language": plan.language, "edition": text.edition})
        stop_waiting(version, plan.language)
    else:
        _finish_version(page, plan, version, by)
    return text


def _follow_source(page: PolicyPageMixin, policy: Policy) -> None:
    """The first page to go live is the source; so is the next one that is published once the source page is gone."""
    language = page.locale.language_code
    if policy.source_language != language and makes_versions(page, policy):
        policy.source_language = language
        policy.save(update_fields=["source_language"])


def record_unpublished(page: PolicyPageMixin, policy: Policy) -> None:
    """Note that the page in this language is no longer public; its history stays."""
    version = policy.newest_version()
    if version and _is_public(page, policy):
        by = get_active_log_context().user
        record_event(version, EventKind.UNPUBLISHED, by, data={"language": page.locale.language_code})


def note_unpublished(page: PolicyPageMixin) -> None:
    """The same, where Wagtail unpublished the page past its own ``save()``: when it expires, or with others at once."""
    if page.alias_of_id or page.policy is None:
        return
    with transaction.atomic():
        record_unpublished(page, Policy.objects.lock(page.translation_key, ""))


def _is_public(page: PolicyPageMixin, policy: Policy) -> bool:
    """Whether the newest event about this language says so. An event without a language is about the original."""
    told = Event.objects.filter(
        version__policy=policy, kind__in=[EventKind.PUBLISHED, EventKind.TRANSLATED, EventKind.UNPUBLISHED]
    )
    languages = ((event, event.data.get("language", policy.source_language)) for event in told.order_by("-at", "-pk"))
    newest = next((event for event, language in languages if language == page.locale.language_code), None)
    return newest is not None and newest.kind != EventKind.UNPUBLISHED


def _may_publish(page: PolicyPageMixin, update_fields: Collection[str] | None) -> bool:
    if page.alias_of_id or (update_fields is not None and not LIVE_FIELDS & set(update_fields)):
        return False
    return bool(page.live or _live_state(page)["live"])


def _live_state(page: PolicyPageMixin) -> dict[str, Any]:
    """``live`` and ``live_revision_id`` as stored before the save."""
    pages: Any = type(page)._base_manager
    row = pages.filter(pk=page.pk).values("live", "live_revision_id").first() if page.pk else None
    return row or {"live": False, "live_revision_id": None}


def _is_publication(page: PolicyPageMixin, policy: Policy, before: dict[str, Any]) -> bool:
    if page.live_revision_id is None and page.go_live_at and page.go_live_at > now():
        return False  # Wagtail puts a new page live before it schedules it.
    if not before["live"] or before["live_revision_id"] != page.live_revision_id:
        return True
    # With a revision of its own, what is in the row may be a draft: wagtail-localize makes one of an alias that way.
    return not page.latest_revision_id and not policy.texts().filter(language=page.locale.language_code).exists()


def _publisher(page: PolicyPageMixin) -> Any:
    """Who publishes now. By the clock, who scheduled it; from code, who made the revision, or else the page."""
    if user := get_active_log_context().user:
        return user
    revision = page.live_revision
    if revision is None or str(revision.object_id) != str(page.pk):
        return page.owner
    scheduled = PageLogEntry.objects.filter(page=page.pk, revision=revision.pk, action="wagtail.publish.schedule")
    entry = scheduled.select_related("user").order_by("-timestamp", "-pk").first()
    return entry.user if entry and entry.user else revision.user


def _new_version(page: PolicyPageMixin, plan: Plan, by: Any) -> Version:
    newest = plan.policy.versions.order_by("-number").first()
    return Version.objects.create(
        policy=plan.policy,
        number=newest.number + 1 if newest else 1,
        builds_on=plan.base.version if plan.base else None,
        published_at=now(),
        takes_effect_at=plan.takes_effect_at,
        materiality=plan.materiality or "",
        proposed_materiality=plan.proposed or "",
        reason=plan.answers.reason,
        revision_id=page.live_revision_id,
        published_by=by,
    )


def _new_text(page: PolicyPageMixin, plan: Plan, version: Version) -> Text:
    snapshot = plan.composition.snapshot
    earlier = version.text(plan.language)
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


def _summary(page: PolicyPageMixin, plan: Plan, version: Version, earlier: Text | None) -> str:
    """The summary that came with the page, unless it is one that was corrected since, or is not translated."""
    summary = "" if "change_summary" in plan.untranslated else page.summary_for(version)
    if earlier is None:
        return summary
    told = version.texts.filter(language=earlier.language).values_list("summary", flat=True)
    return earlier.summary if summary in told else summary


def _changes_json(plan: Plan, earlier: Text | None) -> list[dict[str, Any]]:
    """A corrected translation keeps telling what the version changed, not what the correction did."""
    if earlier and not earlier.carried_over:
        return list(earlier.changes_json)
    return [change.to_json() for change in plan.changes]


def _finish_version(page: PolicyPageMixin, plan: Plan, version: Version, by: Any) -> None:
    record_event(version, EventKind.PUBLISHED, by, reason=version.reason, data=version.facts())
    if version.takes_effect_at > version.published_at:
        data = {"takes_effect_at": version.takes_effect_at.isoformat()}
        record_event(version, EventKind.ANNOUNCED, by, reason=version.reason, data=data)
    if plan.materiality is Materiality.EDITORIAL:
        _carry_translations_over(plan, version)
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
    if plan.tells:
        issue_notice(version)


def _carry_translations_over(plan: Plan, version: Version) -> None:
    """A typo mended in the source leaves no translation behind: their texts go on as they are."""
    others = Text.objects.filter(version=version.builds_on).exclude(language=plan.language).order_by("edition")
    current = {text.language: text for text in others}
    for text in current.values():
        text.pk, text.version, text.edition = None, version, 1
        text.summary, text.changes_json, text.carried_over, text.recorded_at = "", [], True, now()
        text.corrected_at = None
        text._state.adding = True
        text.save()


def _note_republication(page: PolicyPageMixin, plan: Plan, by: Any) -> None:
    """A page that was unpublished and comes back unchanged is an event, not a version."""
    if plan.base is None:
        return
    version = plan.base.version
    if version.revision_id is None and not plan.is_translation:
        # Wagtail puts a new page live before it makes the revision.
        version.revision_id = page.live_revision_id
        version.save(update_fields=["revision_id"])
    if not _is_public(page, plan.policy):
        record_event(version, EventKind.PUBLISHED, by, data={"language": page.locale.language_code})


def record_event(
    version: Version, kind: EventKind, by: Any, *, reason: str = "", data: dict[str, Any] | None = None
) -> Event:
    """Note what happened to ``version``, when, by whom and why."""
    return Event.objects.create(version=version, kind=kind, at=now(), by=by, reason=reason, data=data or {})
