"""What publishing a draft would mean, in the words of the editor who is about to do it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.admin.utils import get_user_display_name

from wagtail_privacy.actions.blocked import blocking_problem
from wagtail_privacy.actions.may_publish import Problem, problems_of
from wagtail_privacy.actions.permissions import can_draft
from wagtail_privacy.actions.plan import Plan
from wagtail_privacy.actions.register_use import MissingTranslation, missing_translations
from wagtail_privacy.actions.translated_version import missing_languages, pending_source
from wagtail_privacy.actions.wait_for_languages import languages_to_wait_for
from wagtail_privacy.changes.between_languages import drift, in_words
from wagtail_privacy.changes.change import Change
from wagtail_privacy.changes.doubts import ANSWERS, QUESTION, DoubtAnswer
from wagtail_privacy.changes.sentences import draft_summary, materiality_label
from wagtail_privacy.clock import at, day_of, now
from wagtail_privacy.conf import conf
from wagtail_privacy.localize import USES_LOCALIZE
from wagtail_privacy.notices.translation_deadline import awaited_languages, translation_deadline
from wagtail_privacy.policy import words
from wagtail_privacy.policy.words import language_name
from wagtail_privacy.publication.change_lines import ChangeLines, LineGroup, PreviewLine, grouped
from wagtail_privacy.publication.day import explain_moved_day
from wagtail_privacy.publication.dry_run import AudiencePreview, preview_audience
from wagtail_privacy.publication.origin import Origin, origins_of
from wagtail_privacy.publication.place import FindingPlace
from wagtail_privacy.publication.told import ToldLanguage, told_languages
from wagtail_privacy.records.content import PolicyContent
from wagtail_privacy.records.pending import PendingText
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Version
from wagtail_privacy.sending.placeholders import explain, may_reach_people, placeholders_in

if USES_LOCALIZE:  # only its models need the app
    from wagtail_localize.models import TranslationSource

logger = logging.getLogger("wagtail_privacy")

PREVIEW_FAILED = gettext_lazy(
    "What this publication would change could not be worked out, so it was not published. Your text is not lost: "
    "save it as a draft and tell your administrator, who finds the cause in the log."
)


@dataclass(frozen=True)
class DoubtQuestion:
    """What the editor is asked about a change in doubt, and what was answered, by whom and on which day.

    ``statements`` are the sentences in question, old and new; ``choices`` each answer's code, words and whether it was
    given.
    """

    key: str
    section: str
    statements: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, str, bool], ...]
    place: FindingPlace
    note: str = ""
    by: str = ""
    day: date | None = None

    @classmethod
    def about(cls, change: Change, given: DoubtAnswer, place: FindingPlace) -> DoubtQuestion:
        choices = tuple((code, str(label), code == given.answer) for code, (label, _class) in ANSWERS.items())
        section = words.name_of(change.section) if change.section else ""
        by, day = _name(given.by), _day(given.at)
        return cls(change.question, section, change.statements, choices, place, given.note, by, day)

    @property
    def is_answered(self) -> bool:
        return any(chosen for _code, _label, chosen in self.choices)


@dataclass(frozen=True)
class PendingPublication:
    """A publication that has been held since ``since``, the missing languages, and the URL to have it translated."""

    since: date
    missing: str
    url: str

    @classmethod
    def from_text(cls, source: PendingText) -> PendingPublication:
        missing = missing_languages(source.policy, {source.digest})
        names = words.listing([language_name(code) for code in missing])
        return cls(day_of(source.since), names, translation_url(source.page))


@dataclass(frozen=True)
class WaitingReaders:
    """``count`` people who read ``languages`` and wait for the text in theirs, until ``day`` at the latest."""

    count: int
    languages: str
    day: date
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PublicationPreview:
    """A plan in words. ``moment`` is when the publication happens: now, or when it is scheduled for."""

    plan: Plan
    moment: datetime
    lines: tuple[PreviewLine, ...]
    problems: tuple[str, ...]
    page: PolicyContent
    #: Why the mails would not go out yet, if their links or their sender would lead nowhere.
    placeholders: str = ""
    #: Who alone would be told, where the site has a list of those.
    allow_list: str = ""
    #: Whether who looks may only read: somebody else holds the page, as in a workflow.
    is_locked: bool = False

    @property
    def label(self) -> str:
        return materiality_label(self.plan.materiality) if self.plan.materiality else ""

    @property
    def proposed_label(self) -> str:
        return materiality_label(self.plan.proposed) if self.plan.proposed else ""

    @cached_property
    def groups(self) -> tuple[LineGroup, ...]:
        """The lines by class, the weightiest first."""
        return grouped(self.lines)

    @property
    def saved_at(self) -> datetime | None:
        """When what is shown was saved."""
        return self.page.latest_revision_created_at if self.page.pk else None

    @cached_property
    def from_register(self) -> tuple[Origin, ...]:
        """The edits in the register that would be published with the draft."""
        return tuple(dict.fromkeys(origin for line in self.lines for origin in line.origins))

    @cached_property
    def doubts(self) -> tuple[DoubtQuestion, ...]:
        """What the editor is asked, answered or not."""
        given = self.plan.answers.doubts
        asked = [change for change in self.plan.changes if change.question]
        snapshot, form = self.plan.composition.snapshot, self.page.body.stream_block
        places = [FindingPlace.of_change(change, snapshot, form) for change in asked]
        answers = [given.get(change.question, DoubtAnswer("")) for change in asked]
        return tuple(map(DoubtQuestion.about, asked, answers, places))

    @cached_property
    def draft_summary(self) -> str:
        """A summary to start from, in the page's language; empty where an editor wrote one or nothing matters."""
        if self.plan.answers.summary:
            return ""
        with override(self.plan.language):
            return draft_summary(self.plan.changes)

    @property
    def question(self) -> str:
        return str(QUESTION)

    @property
    def overrides_proposal(self) -> bool:
        return self.plan.materiality != self.plan.proposed

    @property
    def day(self) -> date:
        return day_of(self.plan.takes_effect_at)

    @property
    def is_at_once(self) -> bool:
        return self.plan.takes_effect_at <= self.moment

    @property
    def shows_title_early(self) -> bool:
        """Whether menus, which show the title of the page's row, show a new one before it applies."""
        base = self.plan.base
        renamed = base is not None and base.title != self.plan.composition.snapshot.title
        return renamed and (bool(self.waits_for) or not self.is_at_once)

    @cached_property
    def moved_day(self) -> str:
        """Why it takes effect on another day than the chosen one; empty where it doesn't."""
        return explain_moved_day(self.plan, self.moment)

    @property
    def days_ahead(self) -> int:
        return (self.day - day_of(self.moment)).days

    @property
    def scheduled_for(self) -> date | None:
        return day_of(self.moment) if self.moment > timezone.now() else None

    @cached_property
    def people(self) -> AudiencePreview | None:
        """Who would be told; ``None`` where nobody would be."""
        return preview_audience(self.plan.policy) if self.plan.sends_notice else None

    @property
    def people_by_language(self) -> tuple[tuple[str, int], ...]:
        """How many people would be told, by language, the most first."""
        counts = self.people.run.by_language if self.people else {}
        return tuple((language_name(code), count) for code, count in counts.items())

    @property
    def people_count(self) -> int:
        return sum(count for _language, count in self.people_by_language)

    @cached_property
    def told_languages(self) -> tuple[ToldLanguage, ...]:
        """In which language people who read each would really be told."""
        if not self.people:
            return ()
        waits = self.waiting_readers
        return told_languages(self.plan, self.page, self.people.run.by_language, waits.codes if waits else frozenset())

    @cached_property
    def waiting_readers(self) -> WaitingReaders | None:
        """Those of the people told who would be told later; ``None`` where nobody would."""
        plan, policy = self.plan, self.plan.policy
        ends = translation_deadline(policy, self.moment, plan.takes_effect_at)
        if not self.people or not policy.pk or ends <= self.moment:
            return None
        awaited = awaited_languages(policy, {plan.language, *policy.required_languages})
        counts = {code: count for code, count in self.people.run.by_language.items() if code in awaited}
        names = words.listing([language_name(code) for code in counts])
        return WaitingReaders(sum(counts.values()), names, day_of(ends), frozenset(counts)) if counts else None

    @cached_property
    def is_held(self) -> bool:
        """Whether this very content was published and is held for its translations."""
        source = pending_source(self.plan.policy, self.plan.proposal.held)
        return source is not None and source.digest in self.plan.composition.snapshot.digests

    @cached_property
    def readers_see(self) -> Version | None:
        """The version that applies until the publication takes effect; ``None`` where others take effect before."""
        if not self.plan.policy.pk or any(v.takes_effect_at < self.plan.takes_effect_at for v in self.announced):
            return None
        return self.plan.policy.version_in_force(now())

    @cached_property
    def announced(self) -> tuple[Version, ...]:
        """The versions that are published and not yet in force."""
        return tuple(self.plan.policy.versions.announced(now())) if self.plan.policy.pk else ()

    @cached_property
    def waits_for(self) -> str:
        """The languages that it would be held for, in words; empty where it would not be held."""
        return words.listing([language_name(code) for code in languages_to_wait_for(self.plan)])

    @cached_property
    def pending(self) -> PendingPublication | None:
        """What the policy holds already."""
        source = pending_source(self.plan.policy, self.plan.proposal.held)
        return PendingPublication.from_text(source) if source else None

    @cached_property
    def differences_from_source(self) -> tuple[str, ...]:
        """What a translation says otherwise than the version it translates: a sentence for each difference."""
        version = self.plan.version
        source = self.plan.pending or (version.source_text() if version else None)
        differences = drift(source.snapshot, self.plan.composition.snapshot) if source else ()
        return tuple(map(in_words, differences))

    @cached_property
    def missing_translations(self) -> tuple[str, ...]:
        """What entries of the register lack in the page's language: a sentence for each."""
        return tuple(map(_gap_in_words, missing_translations(self.plan.composition.snapshot)))

    @property
    def language(self) -> str:
        return language_name(self.plan.language)


def find_problems(page: PolicyContent, user: Any = None, *, policy: Policy | None = None) -> list[Problem]:
    """What stands in the way of publishing ``page``, as it stands in memory, on the day that it is scheduled for.

    ``policy`` saves asking for it anew.
    """
    try:
        with at(_scheduled_for(page)):
            plan = page.plan(user, policy=policy)
            blocked = blocking_problem(plan, page)
            return [*problems_of(plan), *([Problem("", blocked)] if blocked else [])]
    except Exception:
        logger.exception("Could not plan the publication of page %s.", page.pk)
        return [Problem("", str(PREVIEW_FAILED))]


def preview_publication(page: PolicyContent, user: Any = None) -> PublicationPreview | None:
    """What publishing ``page``, as it stands in memory, would mean; ``None`` where that can't be worked out.

    Errors are logged and not raised, so that the editor keeps working.
    """
    scheduled = _scheduled_for(page)
    try:
        with at(scheduled):
            plan = page.plan(user)
            problems = tuple(problem.message for problem in problems_of(plan))
            placeholders = _placeholders(page) if plan.sends_notice else ""
            outlook = PublicationPreview(
                plan,
                scheduled or now(),
                tuple(_lines(plan, page)),
                problems,
                page,
                placeholders,
                _allow_list() if plan.sends_notice else "",
                _is_locked(page, user),
            )
        # Evaluated here, so that errors are caught and do not surface in the template.
        for name in (
            "doubts",
            "draft_summary",
            "people",
            "waiting_readers",
            "told_languages",
            "moved_day",
            "is_held",
            "differences_from_source",
            "waits_for",
            "pending",
            "missing_translations",
        ):
            getattr(outlook, name)
    except Exception:
        logger.exception("Could not plan the publication of page %s.", page.pk)
        return None
    return outlook


def _name(pk: str) -> str:
    """Who has the account with the key ``pk``; empty where it is gone."""
    try:
        user = get_user_model()._default_manager.filter(pk=pk).first() if pk else None
    except (ValueError, ValidationError):
        return ""
    return get_user_display_name(user) if user else ""


def _day(moment: str) -> date | None:
    try:
        return day_of(datetime.fromisoformat(moment)) if moment else None
    except ValueError:
        return None


def _placeholders(page: PolicyContent) -> str:
    found = placeholders_in([page] if page.pk else []) if may_reach_people() else []
    return explain(found) if found else ""


def _allow_list() -> str:
    allowed = conf.ALLOWED_ADDRESSES
    if allowed is None:
        return ""
    if not allowed:
        return _("Nobody is told: WAGTAIL_PRIVACY_ALLOWED_ADDRESSES says so for this copy of the site.")
    return _("Only %(addresses)s are told: WAGTAIL_PRIVACY_ALLOWED_ADDRESSES says so for this copy of the site.") % {
        "addresses": words.listing(sorted(allowed))
    }


def _scheduled_for(page: PolicyContent) -> datetime | None:
    go_live: datetime | None = page.go_live_at
    return go_live if go_live and go_live > timezone.now() else None


def _gap_in_words(gap: MissingTranslation) -> str:
    return _("“%(entry)s” lacks %(fields)s. Readers would see the words in %(language)s.") % {
        "entry": gap.entry,
        "fields": words.listing(map(words.quoted, gap.fields)),
        "language": language_name(gap.shown_in),
    }


def translation_url(page: Any) -> str:
    """Where in the admin ``page`` is given to its translators, first or again; empty without wagtail-localize."""
    if not USES_LOCALIZE:
        return ""
    source = TranslationSource.objects.filter(object_id=page.translation_key, locale=page.locale_id).first()
    if source and source.translations.filter(enabled=True).exists():
        return reverse("wagtail_localize:update_translations", args=[source.pk])
    return reverse("wagtail_localize:submit_page_translation", args=[page.pk])


def _lines(plan: Plan, page: PolicyContent) -> ChangeLines:
    snapshot = plan.composition.snapshot
    origins = origins_of(plan.changes, snapshot, plan.base.recorded_at) if plan.base else {}
    return ChangeLines(plan.changes, snapshot, page.body.stream_block, origins)


def _is_locked(page: PolicyContent, user: Any) -> bool:
    return bool(page.pk) and not can_draft(page, user)
