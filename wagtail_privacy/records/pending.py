"""What waits for its translations: published by its editors, but not public yet."""

from __future__ import annotations

from functools import cached_property

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_privacy.page_model import PAGE_MODEL
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.records.policy import Policy


class PendingText(models.Model):
    """One language of a publication that its policy holds until every required language has its text.

    The one in the policy's own language is what the others translate. ``answers`` are the editor's about the
    publication, by the page's field names. The rows are gone when the publication is released as a version, or
    when the next one takes its place.
    """

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="pending_texts")
    language = models.CharField(max_length=100)
    page = models.ForeignKey(PAGE_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    revision_id = models.PositiveBigIntegerField(null=True, blank=True)
    answers = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    snapshot_json = models.JSONField()
    shown = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["policy", "language"]
        constraints = [models.UniqueConstraint(fields=["policy", "language"], name="privacy_pending_language")]
        verbose_name = _("pending text")
        verbose_name_plural = _("pending texts")

    def __str__(self) -> str:
        return f"{self.snapshot.title} ({self.language})"

    @cached_property
    def snapshot(self) -> Snapshot:
        return Snapshot.from_json(self.snapshot_json)
