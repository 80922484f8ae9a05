"""What people answered to findings, and what they were reminded of."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_privacy.records.policy import Policy


class FindingAnswer(models.Model):
    """ "We have none", said of a finding: by whom, when, and on which facts it rests.

    Found by the pages' ``translation_key``, since a finding may be answered before the first publication makes the
    policy's row. ``question`` and ``grounds`` are those of :mod:`wagtail_privacy.review.answers`: with other grounds,
    the finding is open again.
    """

    translation_key = models.UUIDField()
    question = models.CharField(max_length=32)
    rule = models.CharField(max_length=100)
    grounds = models.CharField(max_length=64)
    note = models.TextField(_("why it is so"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["translation_key", "question"], name="privacy_finding_answer")]
        verbose_name = _("answer to a finding")
        verbose_name_plural = _("answers to findings")

    def __str__(self) -> str:
        return self.rule


class ReviewReminder(models.Model):
    """That the editors of a policy were told of ``about`` by mail: each thing once."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="review_reminders")
    about = models.CharField(max_length=100)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "about"], name="privacy_review_reminder")]
        verbose_name = _("review reminder")
        verbose_name_plural = _("review reminders")

    def __str__(self) -> str:
        return self.about
