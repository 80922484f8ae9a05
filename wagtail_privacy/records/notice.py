"""The notice about a version and its ledger of deliveries, one row for each person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wagtail_privacy.records.chain import moment, sha256
from wagtail_privacy.records.publicity import is_public_again
from wagtail_privacy.records.version import Event, Version


class NoticeKind(models.TextChoices):
    ANNOUNCED = "announced", _("Announced")
    POSTPONED = "postponed", _("Postponed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    UNPUBLISHED = "unpublished", _("Unpublished")


#: What tells those who were told of a plan that it has changed.
PLAN_KINDS = (NoticeKind.POSTPONED, NoticeKind.WITHDRAWN)


class NoticeState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Sending")
    PAUSED = "paused", _("Paused")
    FINISHED = "finished", _("Finished")
    CANCELLED = "cancelled", _("Cancelled")


#: Why a notice is paused, if not because the mail server is unavailable.
BY_HAND = "by hand"
#: Why it is, if its links or its sender are placeholders (:mod:`sending.placeholders`).
PLACEHOLDERS = "placeholders"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def active(self, moment: datetime) -> NoticeQuerySet:
        """The notices that may have something to do: mail to send, or people who join before the version applies."""
        expecting = Q(state=NoticeState.FINISHED, version__takes_effect_at__gt=moment)
        waits = Q(state=NoticeState.PAUSED) & (Q(retry_at=None) | Q(retry_at__gt=moment))
        return self.filter(Q(finished_at=None) | expecting).exclude(waits)

    def running(self) -> NoticeQuerySet:
        """Those that are not paused, cancelled or finished: the only ones that a sender may update."""
        return self.filter(state__in=[NoticeState.WAITING, NoticeState.SENDING])

    def unsealed(self, moment: datetime) -> NoticeQuerySet:
        """Those that accept no more people, whose totals may have changed since they were sealed."""
        closed_since = Q(sealed_at__lt=F("finished_at")) | Q(sealed_at__lt=F("version__takes_effect_at"))
        changed = Q(sealed_at=None) | closed_since
        return self.filter(changed, version__takes_effect_at__lte=moment, purged_at=None).exclude(finished_at=None)

    def held_for_placeholders(self) -> NoticeQuerySet:
        """Those paused until their links and their sender lead somewhere."""
        return self.filter(state=NoticeState.PAUSED, paused_because=PLACEHOLDERS)

    def ready_to_resume(self, moment: datetime) -> NoticeQuerySet:
        """Those paused because of the mail server, whose pause is over."""
        return self.filter(state=NoticeState.PAUSED, retry_at__lte=moment)


class Notice(models.Model):
    """The message about one version to everybody concerned.

    ``expanded_at`` is when everyone concerned had their row in the ledger. A paused notice sends nothing:
    ``paused_because`` is :data:`BY_HAND` until somebody resumes it, :data:`PLACEHOLDERS` until its links and its sender
    lead somewhere, or the code by which the mail server refused to
    work, and then it goes on by itself at ``retry_at``; ``refusals`` is how often in a row the server has.
    ``sealed_at`` is when its totals were last written into the policy's chain, ``alerted_at`` when the admins were
    told that it is stuck, ``warned_at`` when they were told that some people could not be told as they should be.
    ``about`` is the place in the policy's chain of what it tells, a change of plan or that a language is no longer
    public; 0 for the announcement itself.
    ``head`` is the seal of the chain's last row when it was written: each mail prints it. ``purged_at`` is when its
    deliveries were removed for their age; their totals stand in the policy's chain.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20, choices=NoticeKind.choices, default=NoticeKind.ANNOUNCED)
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.WAITING)
    created_at = models.DateTimeField()
    expanded_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    retry_at = models.DateTimeField(null=True, blank=True)
    refusals = models.PositiveSmallIntegerField(default=0)
    paused_because = models.CharField(max_length=40, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    alerted_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)
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
        """Whether nothing more is sent: it was cancelled, or what it tells is no longer so.

        Then its version was withdrawn, the plan changed again, or a language of which it tells that it is no longer
        public was published again.
        """
        if self.state == NoticeState.CANCELLED:
            return True
        if self.kind == NoticeKind.ANNOUNCED:
            return self.version.withdrawn_at is not None
        if self.kind == NoticeKind.UNPUBLISHED:
            return (event := self.event) is not None and is_public_again(event)
        return Notice.objects.filter(version=self.version_id, kind__in=PLAN_KINDS, about__gt=self.about).exists()

    @property
    def changes_plan(self) -> bool:
        """Whether it is for those alone who were told of the plan before it."""
        return self.kind in PLAN_KINDS

    @property
    def event(self) -> Event | None:
        """What it tells, as the chain has it; ``None`` for an announcement."""
        events = Event.objects.filter(version__policy=self.version.policy_id, position=self.about)
        return events.select_related("version__policy").first() if self.about else None

    def facts(self) -> dict[str, Any]:
        """What of it never changes, as the policy's chain has it."""
        return {
            "id": self.pk,
            "version": self.version.number,
            "kind": str(self.kind),
            "about": self.about,
            "created_at": moment(self.created_at),
            "head": self.head,
        }

    def totals(self) -> dict[tuple[str, str], int]:
        """How many deliveries there are, by state and language."""
        counted = self.deliveries.order_by().values_list("state", "language").annotate(count=models.Count("pk"))
        return {(state, language): count for state, language, count in counted}

    def reasons(self) -> dict[tuple[str, str], int]:
        """How many deliveries there are, by state and the reason noted, of those that have one."""
        noted = self.deliveries.order_by().exclude(error="")
        counted = noted.values_list("state", "error").annotate(count=models.Count("pk"))
        return {(state, error): count for state, error, count in counted}


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

    def waiting_for_text(self, moment: datetime) -> DeliveryQuerySet:
        """Those not tried yet, since the text in their language is not published yet."""
        return self.filter(state=DeliveryState.DUE, attempts=0, due_at__gt=moment)

    def deferred(self, moment: datetime) -> DeliveryQuerySet:
        """Those that were tried and are to be tried again."""
        return self.filter(state=DeliveryState.DUE, attempts__gt=0, due_at__gt=moment)

    def unsent(self) -> DeliveryQuerySet:
        """Still to be sent, or being sent."""
        return self.filter(state__in=[DeliveryState.DUE, DeliveryState.CLAIMED])

    def abandoned(self, moment: datetime) -> DeliveryQuerySet:
        """Claimed by a sender that has not come back in time."""
        return self.filter(state=DeliveryState.CLAIMED, claimed_until__lt=moment)


class Delivery(models.Model):
    """One notice to one person.

    A million of these are written at a time: they hold ids and codes, no address and no name; the columns stand in
    the order that packs a row best, and the indexes are as few as can be (``benchmarks/ledger.py``). ``language`` is
    the one that the person reads; the notice's wording in it may be in the original's, where nothing else is there.
    *Sent* means that the mail server took it. ``error`` is a reply code or one of :class:`Reason`, never the server's
    words, which quote the address. ``address_hash`` is a keyed hash of the address used, by which one address gets one
    mail: empty until a sender claims the row. ``as_of`` is how long the policy's chain was when the mail was written:
    which plan this person was told. A person is a user; without one, the account was deleted and the row counts
    towards the totals alone (:mod:`actions.forget`). Subscribers without an account will stand beside it.
    """

    # The index on what is due begins with the notice, the unique constraint with the user: neither needs its own.
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries", db_index=False)
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    as_of = models.PositiveIntegerField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=7, choices=DeliveryState.choices, default=DeliveryState.DUE)
    language = models.CharField(max_length=20)
    error = models.CharField(max_length=20, blank=True)
    address_hash = models.CharField(max_length=22, null=True)
    claim = models.UUIDField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        # Plain constraints: MariaDB creates none that has a condition. NULL equals no other NULL.
        constraints = [
            models.UniqueConstraint(fields=["user", "notice"], name="privacy_delivery_person"),
            models.UniqueConstraint(fields=["notice", "address_hash"], name="privacy_delivery_address"),
        ]
        indexes = [models.Index(fields=["notice", "state", "due_at"], name="privacy_delivery_due")]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")

    def __str__(self) -> str:
        return f"{self.pk} ({self.language}, {self.state})"


class Reason(models.TextChoices):
    """Why a delivery was not sent, if the mail server gave no code."""

    BAD_ADDRESS = "bad address", _("The address is not a valid one.")
    SAME_ADDRESS = "same address", _("Somebody else with the same address got the mail.")
    NOT_CONCERNED = "not concerned", _("No longer among those who are told, for example since the account was closed.")
    NO_ANSWER = "no answer", _("It is not known whether the mail server took the mail.")
    UNREADABLE = "unreadable", _("The person’s address could not be read from the account.")
    NO_UNSUBSCRIBE = "no unsubscribe", _("The person’s own link for unsubscribing could not be made.")
    NO_NAME = "no name", _("The person’s name could not be read from the account; the greeting names nobody.")
    NO_LANGUAGE = (
        "no language",
        _("The person’s language could not be read from the account; the site’s default one is used."),
    )
    NOT_RENDERED = "not rendered", _("The mail could not be put together in this language.")
    SUPPRESSED = (
        "suppressed",
        _("No mail goes to the address: it bounced, its owner complained, or it was entered by hand."),
    )
    NOT_ALLOWED = "not allowed", _("The address is not among those that this site, not in production, may write to.")
    CANCELLED = "cancelled", _("The notice was cancelled.")
    WITHDRAWN = "withdrawn", _("What it was about was withdrawn, or changed again, before this person was told.")
    TOLD_LATER = "told later", _("A later notice, about a version that takes effect at the same time, says it too.")


class SendingTask(models.Model):
    """A task that sends a notice, from when it is queued until it ends: no more of them than there are workers.

    ``number`` counts from 0, and ``token`` is what the task itself carries: one with another token has been replaced,
    and ends at once. ``due_at`` is when it is to run. It counts as lost after ``lives_until``, unless the queue, where
    it is known as ``result_id``, says that it is still waiting there.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="tasks", db_index=False)
    number = models.PositiveSmallIntegerField()
    token = models.UUIDField(unique=True)
    due_at = models.DateTimeField()
    lives_until = models.DateTimeField()
    result_id = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "number"], name="privacy_sending_task")]
        verbose_name = _("sending task")
        verbose_name_plural = _("sending tasks")

    def __str__(self) -> str:
        return f"{self.notice_id}: {self.number}"


class WordingManager(models.Manager["Wording"]):
    def keep(
        self, notice: Notice, language: str, *, said_in: str, subject: str, text: str, html: str, at: datetime
    ) -> None:
        """Record the wording of ``notice`` for those who read ``language``, once, before the first mail is sent."""
        digest = sha256([subject, text, html])
        words = {"said_in": said_in, "subject": subject, "text": text, "html": html, "written_at": at}
        self.get_or_create(notice=notice, language=language, digest=digest, defaults=words)


class Wording(models.Model):
    """What a notice says to those who read one language, as it was sent, with a gap for the greeting.

    ``said_in`` is the language of its words: another one than ``language`` where there was no text in that.
    ``digest`` is the SHA-256 (hex) of subject, text and HTML as a canonical JSON list. There is more than one in a
    language if the plan changed on the way.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="wordings", db_index=False)
    language = models.CharField(max_length=20)
    said_in = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    subject = models.TextField()
    text = models.TextField()
    html = models.TextField()
    written_at = models.DateTimeField()

    objects = WordingManager()

    class Meta:
        ordering = ["notice", "language", "pk"]
        constraints = [models.UniqueConstraint(fields=["notice", "language", "digest"], name="privacy_wording_digest")]
        verbose_name = _("wording of a notice")
        verbose_name_plural = _("wordings of notices")

    def __str__(self) -> str:
        return f"{self.subject} ({self.language})"


class ReceiptState(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    DELIVERED = "delivered", _("Delivered")
    BOUNCED = "bounced", _("Bounced")
    COMPLAINED = "complained", _("Complained about")


class Receipt(models.Model):
    """What the mail provider says became of a delivery that it took; ``provider_id`` is its name for the message."""

    delivery = models.OneToOneField(Delivery, models.CASCADE, related_name="receipt")
    provider_id = models.CharField(max_length=128, db_index=True)
    state = models.CharField(max_length=10, choices=ReceiptState.choices, default=ReceiptState.ACCEPTED)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self) -> str:
        return f"{self.provider_id}: {self.get_state_display()}"


class SuppressionReason(models.TextChoices):
    BOUNCED = "bounced", _("Bounced")
    COMPLAINED = "complained", _("Complained about")
    BY_HAND = "by hand", _("By hand")


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def among(self, hashes: Iterable[str]) -> set[str]:
        """Those of ``hashes`` that are suppressed."""
        return set(self.filter(address_hash__in=list(hashes)).values_list("address_hash", flat=True))


class Suppression(models.Model):
    """An address that no mail goes to any more, known by its keyed hash alone (:mod:`notices.addresses`)."""

    address_hash = models.CharField(max_length=22, unique=True)
    reason = models.CharField(max_length=10, choices=SuppressionReason.choices)
    at = models.DateTimeField()

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")

    def __str__(self) -> str:
        return f"{self.address_hash}: {self.get_reason_display()}"


class Pace(models.Model):
    """When the next mail may be sent, shared by all workers to hold the rate; and when cron's sweep was last run."""

    name = models.CharField(max_length=40, unique=True)
    next_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pace")
        verbose_name_plural = _("paces")

    def __str__(self) -> str:
        return self.name
