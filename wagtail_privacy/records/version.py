"""What was published and when: versions, their texts in each language, and their events."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.clock import day_of, now
from wagtail_privacy.page_model import PAGE_MODEL
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.records.chain import Linked, moment
from wagtail_privacy.records.in_force import TextQuerySet, VersionQuerySet
from wagtail_privacy.records.policy import Policy


class MaterialityChoices(models.TextChoices):
    MATERIAL = Materiality.MATERIAL, _("Material")
    MINOR = Materiality.MINOR, _("Minor")
    BENEFIT = Materiality.BENEFIT, _("To people’s advantage")
    EDITORIAL = Materiality.EDITORIAL, _("Editorial")


class Version(models.Model):
    """A published, numbered state of the policy, shared by all its languages.

    ``builds_on`` is the version it was compared with, for its changes and its class; the first has none, and an
    empty ``materiality``: nothing changed. ``revision_id`` is Wagtail's revision
    that was published, kept as a number since revisions may be purged.

    ``stated_on`` is set where the version was not published here but imported: the day, month or year
    (``2018-05-25``, ``2018-05``, ``2018``) that whoever imported it states. What is computed from moments takes it
    for the version's publication and effect; when and by whom it was imported says its event.
    """

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    builds_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField()
    takes_effect_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    materiality = models.CharField(max_length=10, choices=MaterialityChoices.choices, blank=True)
    proposed_materiality = models.CharField(max_length=10, choices=MaterialityChoices.choices, blank=True)
    reason = models.TextField(blank=True)
    stated_on = models.CharField(max_length=10, blank=True, editable=False)
    revision_id = models.PositiveBigIntegerField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["policy", "number"]
        constraints = [models.UniqueConstraint(fields=["policy", "number"], name="privacy_version_number")]
        indexes = [models.Index(fields=["policy", "takes_effect_at"], name="privacy_version_effect")]
        verbose_name = _("version")
        verbose_name_plural = _("versions")

    def __str__(self) -> str:
        return str(_("Version %(number)s")) % {"number": self.number}

    def facts(self) -> dict[str, Any]:
        """What the event of its publication keeps, so that a change of this row shows against the chain."""
        return {
            "builds_on": self.builds_on.number if self.builds_on else None,
            "materiality": str(self.materiality),
            "proposed_materiality": str(self.proposed_materiality),
            "takes_effect_at": moment(self.takes_effect_at),
            "revision_id": self.revision_id,
            **({"stated_on": self.stated_on} if self.stated_on else {}),
        }

    @property
    def is_imported(self) -> bool:
        return bool(self.stated_on)

    @property
    def applies_from(self) -> date | str:
        """The site's day from which it applies; of an imported version the day, month or year that is stated."""
        return self.stated_on or day_of(self.takes_effect_at)

    def follows(self, numbers: Sequence[int]) -> int | None:
        """The number of the version that its text in one language was compared with.

        ``numbers`` are those of the versions that have a text in that language, ascending; where none before it has,
        it is the one that the version was compared with itself.
        """
        if self.builds_on is None:
            return None
        place = bisect_right(numbers, self.builds_on.number)
        return numbers[place - 1] if place else self.builds_on.number

    def applies(self, moment: datetime) -> bool:
        return self.withdrawn_at is None and self.takes_effect_at <= moment

    def source_text(self) -> Text | None:
        """The text in the language that versions are made in; where that was another one then, in that."""
        return self.text(self.policy.source_language) or self.texts.order_by("pk").first()

    def text(self, language: str) -> Text | None:
        """The newest edition of this version's text in ``language``."""
        return self.texts.filter(language=language).order_by("-edition").first()

    def text_for(self, language: str, withheld: Collection[str] = ()) -> Text | None:
        """What readers of ``language`` are shown of this version: its text in it, else in the language that prevails,
        else in the original's; none in a language that is ``withheld`` from the reader."""
        return self.texts.lent(withheld).preferring(self.policy.preferred_languages(language)).first()


class Text(Linked):
    """A version in one language: its snapshot, its changes from the text before it, and its summary.

    What was published stays: a correction is another *edition*, ``corrected_at`` is when its words were last
    corrected.

    ``shown`` is the HTML that was shown for the prose of the snapshot, by ``"<section id>:<field>"``.
    ``carried_over`` marks the text of a translation that an editorial version of the source left as it was.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="texts")
    language = models.CharField(max_length=100)
    edition = models.PositiveIntegerField(default=1)
    title = models.TextField()
    summary = models.TextField(blank=True)
    snapshot_json = models.JSONField()
    changes_json = models.JSONField(default=list)
    shown = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    sanitiser_version = models.PositiveIntegerField(default=1)
    carried_over = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True, blank=True)
    page = models.ForeignKey(PAGE_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = TextQuerySet.as_manager()

    class Meta:
        ordering = ["version", "language", "edition"]
        constraints = [models.UniqueConstraint(fields=["version", "language", "edition"], name="privacy_text_edition")]
        verbose_name = _("text")
        verbose_name_plural = _("texts")

    def __str__(self) -> str:
        return f"{self.title} ({self.language}, {self.version.number})"

    def content(self) -> dict[str, Any]:
        return {
            "version": self.version.number,
            "language": self.language,
            "edition": self.edition,
            "title": self.title,
            "summary": self.summary,
            "snapshot_json": self.snapshot_json,
            "changes_json": self.changes_json,
            "shown": self.shown,
            "digest": self.digest,
            "sanitiser_version": self.sanitiser_version,
            "carried_over": self.carried_over,
            "recorded_at": moment(self.recorded_at),
            "corrected_at": moment(self.corrected_at),
        }

    @cached_property
    def snapshot(self) -> Snapshot:
        return Snapshot.from_json(self.snapshot_json)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        return tuple(Change.from_json(change) for change in self.changes_json)


class EventKind(models.TextChoices):
    PUBLISHED = "published", _("Published")
    ANNOUNCED = "announced", _("Announced")
    UNPUBLISHED = "unpublished", _("Unpublished")
    POSTPONED = "postponed", _("Postponed")
    BROUGHT_FORWARD = "brought_forward", _("Brought forward")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CORRECTED = "corrected", _("Corrected")
    TRANSLATED = "translated", _("Translated")
    IMPORTED = "imported", _("Imported")
    TOLD = "told", _("Told")
    SEALED = "sealed", _("Sealed")


#: What changes when a version takes effect, or whether it ever does.
CHANGES_OF_PLAN = (EventKind.POSTPONED, EventKind.BROUGHT_FORWARD, EventKind.WITHDRAWN)


class Event(Linked):
    """An append-only fact about a version: what happened, when, by whom and why.

    *Sealed* is no happening: it states what stands in rows outside the chain (:func:`seal_facts`). ``by_key`` is
    the primary key of who did it, kept when the account is deleted.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by_key = models.CharField(max_length=64, blank=True, editable=False)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"

    def content(self) -> dict[str, Any]:
        return {
            "version": self.version.number,
            "kind": str(self.kind),
            "at": moment(self.at),
            "by": self.by_key,
            "reason": self.reason,
            "data": self.data,
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.by_key = "" if self.by_id is None else str(self.by_id)
        super().save(*args, **kwargs)


def seal_facts(version: Version, by: Any = None, **data: Any) -> Event:
    """Seal facts that stand outside the chain by an event about ``version``, so that a change of them shows.

    ``data`` is ``policy`` (its settings), ``notice`` (its facts), ``revision_id`` or ``policies`` (translation keys).
    """
    return Event.objects.create(version=version, kind=EventKind.SEALED, at=now(), by=by, data=data)


def bind(policy: Policy, version: Version) -> None:
    """Bind the chain of ``policy``, which the caller has locked, to its identity, by an event about ``version``.

    It is the first row of a new chain. In one that was begun by a release that bound nothing, it names the last seal
    of that release, and what it did not seal: the revisions of the versions and the notices that there are.
    """
    versions = list(policy.versions.order_by("number").prefetch_related("notices"))
    data = {
        "policy": policy.settings(),
        "head": policy.chain_head,
        "revisions": {str(each.number): each.revision_id for each in versions},
        "notices": [notice.facts() for each in versions for notice in each.notices.all()],
    }
    Event(version=version, kind=EventKind.SEALED, at=now(), data=data).append_to(policy)
