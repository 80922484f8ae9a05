"""Who is told about a version: the notice and its ledger, one row for each person."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wagtail_privacy.models.version import Event, Version


class NoticeKind(models.TextChoices):
    ANNOUNCED = "announced", _("Announced")
    POSTPONED = "postponed", _("Postponed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REMINDER = "reminder", _("Reminder")


class NoticeState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Sending")
    FINISHED = "finished", _("Finished")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def alive(self, moment: datetime) -> NoticeQuerySet:
        """The notices that may have something to do: mail to send, or people who join before the version applies."""
        unfinished = ~Q(state=NoticeState.FINISHED) | Q(version__takes_effect_at__gt=moment)
        return self.filter(unfinished).filter(Q(retry_at=None) | Q(retry_at__lte=moment))


class Notice(models.Model):
    """The message about one version to everybody concerned.

    ``expanded_at`` is when everyone concerned had their row in the ledger. ``retry_at`` is when to try again
    after the mail server refused to work, ``refusals`` how often in a row it has. ``about`` is the place in the
    policy's chain of the change of plan that it tells, 0 for the announcement itself. ``head`` is the seal of the
    chain's last row when it was written: each mail prints it.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=NoticeKind.choices, default=NoticeKind.ANNOUNCED)
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.WAITING)
    created_at = models.DateTimeField()
    expanded_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    retry_at = models.DateTimeField(null=True, blank=True)
    refusals = models.PositiveSmallIntegerField(default=0)
    about = models.PositiveIntegerField(default=0, editable=False)
    head = models.CharField(max_length=64, blank=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "kind", "about"], name="privacy_notice_about")]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self) -> str:
        return f"{self.version.policy}, {self.version}: {self.get_kind_display()}"

    @property
    def is_stopped(self) -> bool:
        """Whether nobody more is told: what it is about was withdrawn, or the plan that it tells changed again."""
        if self.kind == NoticeKind.ANNOUNCED:
            return self.version.withdrawn_at is not None
        return Notice.objects.filter(version=self.version_id, about__gt=self.about).exists()

    @property
    def event(self) -> Event | None:
        """The change of plan that it tells; ``None`` for an announcement."""
        events = Event.objects.filter(version__policy=self.version.policy_id, position=self.about)
        return events.first() if self.about else None

    def totals(self) -> dict[tuple[str, str], int]:
        """How many deliveries there are, by state and language."""
        counted = self.deliveries.order_by().values_list("state", "language").annotate(count=models.Count("pk"))
        return {(state, language): count for state, language, count in counted}


class DeliveryState(models.TextChoices):
    DUE = "due", _("Due")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    SKIPPED = "skipped", _("Skipped")
    IN_DOUBT = "doubt", _("In doubt")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, moment: datetime) -> DeliveryQuerySet:
        return self.filter(state=DeliveryState.DUE, due_at__lte=moment)

    def abandoned(self, moment: datetime) -> DeliveryQuerySet:
        """Claimed by a sender that has not come back in time."""
        return self.filter(state=DeliveryState.CLAIMED, claimed_until__lt=moment)


class Delivery(models.Model):
    """One notice to one person.

    A million of these are written at a time: they hold ids and codes, no address and no name. *Sent* means
    that the mail server took it. ``error`` is a reply code or one of :class:`Reason`, never the server's words,
    which quote the address. ``address_hash`` is a keyed hash of the address used, by which one address gets
    one mail: empty until a sender claims the row. A person is a user; ``user`` is nullable for the
    subscribers without an account that will stand beside it.
    """

    # The unique constraint begins with the notice and serves as its index.
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    language = models.CharField(max_length=20)
    # How long the policy's chain was when the mail was written: which plan this person was told.
    as_of = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=7, choices=DeliveryState.choices, default=DeliveryState.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=20, blank=True)
    address_hash = models.CharField(max_length=22, null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        # Plain constraints: MariaDB creates none that has a condition. NULL equals no other NULL.
        constraints = [
            models.UniqueConstraint(fields=["notice", "user"], name="privacy_delivery_user"),
            models.UniqueConstraint(fields=["notice", "address_hash"], name="privacy_delivery_address"),
        ]
        indexes = [models.Index(fields=["notice", "state", "due_at"], name="privacy_delivery_due")]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")

    def __str__(self) -> str:
        return f"{self.pk} ({self.language}, {self.state})"


class Reason(models.TextChoices):
    """Why a delivery was not sent, where no mail server said so."""

    BAD_ADDRESS = "bad address", _("The address is not a valid one.")
    SAME_ADDRESS = "same address", _("Somebody else with the same address got the mail.")
    NOT_CONCERNED = "not concerned", _("No longer among those who are told, for example since the account was closed.")
    NO_ANSWER = "no answer", _("The sender stopped before it could note whether the mail was sent.")
