"""The policy: one privacy policy in all its languages, the row that publications are serialised on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import get_active_log_context

from wagtail_privacy.conf import conf

if TYPE_CHECKING:
    from wagtail_privacy.records.version import Text, TextQuerySet, Version

#: The columns that no form writes.
NO_SETTINGS = frozenset(
    {"chain_length", "chain_head", "chain_format", "handed_over_at", "handed_over_digests"}
    | {"reviewed_at", "review_looked_on"}
)


class PolicyManager(models.Manager["Policy"]):
    def of_pages(self, translation_key: UUID) -> models.QuerySet[Policy]:
        """The policy of these pages, if it exists, with whether it holds anything."""
        held = self.model._meta.get_field("pending_texts").related_model
        return self.filter(translation_key=translation_key).annotate(
            has_pending=models.Exists(held._default_manager.filter(policy=models.OuterRef("pk")))
        )

    def lock(self, translation_key: UUID, language: str) -> Policy:
        """The policy of these pages, created if need be, locked until the transaction ends.

        Taken before any page row is written: the one order in which parallel publications never deadlock. The row is
        inserted only where there is none: on MariaDB an insert that is ignored leaves a shared lock on the row, and
        two who hold that wait for each other.
        """
        rows = self.of_pages(translation_key).select_for_update()
        try:
            return rows.get()
        except self.model.DoesNotExist:
            self.bulk_create([self.new(translation_key, language)], ignore_conflicts=True)
            return rows.get()

    def new(self, translation_key: UUID, language: str) -> Policy:
        """A policy with the site's periods, not saved."""
        return Policy(
            translation_key=translation_key,
            source_language=language,
            notice_days=conf.NOTICE_DAYS,
            floor_days=conf.FLOOR_DAYS,
            translation_days=conf.TRANSLATION_DAYS,
            review_months=conf.REVIEW_MONTHS,
        )


class Policy(models.Model):
    """One privacy policy in all its languages. Its versions are made in ``source_language``.

    ``handed_over_digests`` are those of what wagtail-localize took over for its translators at ``handed_over_at``.

    ``reviewed_at`` is when somebody last read it and found it right as it is, ``review_looked_on`` the day on which it
    was last looked at for reminders.

    ``chain_length``, ``chain_head`` and ``chain_format`` are the position, the seal and the seal's format of the last
    row of its chain (:mod:`wagtail_privacy.records.chain`).
    """

    translation_key = models.UUIDField(unique=True, editable=False)
    source_language = models.CharField(max_length=100, editable=False)
    notice_days = models.PositiveSmallIntegerField(
        _("notice period"),
        default=30,
        validators=[MaxValueValidator(366)],
        help_text=_("Days between the announcement of a material change and the day it takes effect."),
    )
    floor_days = models.PositiveSmallIntegerField(
        _("shortest notice period"),
        default=14,
        validators=[MaxValueValidator(366)],
        help_text=_("Fewer days than this need a permission and a written reason."),
    )
    tells_users = models.BooleanField(
        _("tell registered users by e-mail"),
        default=True,
        help_text=_("When a material change is published, each registered user gets one e-mail about it."),
    )

    required_languages = models.JSONField(
        _("required languages"),
        default=list,
        blank=True,
        help_text=_(
            "A change is held until it is published in each of these languages too; then it is released, announced "
            "and told in all of them at once."
        ),
    )
    translation_days = models.PositiveSmallIntegerField(
        _("waiting for translations"),
        default=7,
        validators=[MaxValueValidator(366)],
        help_text=_(
            "Days that the e-mail to those who read another language waits for the text in it. Then they are told "
            "in the language of the original."
        ),
    )

    law_profile = models.CharField(
        _("law"),
        max_length=50,
        blank=True,
        help_text=_("What the policy is checked by. Left open, it is that of the controller’s country."),
    )
    review_months = models.PositiveSmallIntegerField(
        _("review it every … months"),
        default=12,
        validators=[MaxValueValidator(120)],
        help_text=_("Months after which somebody shall read it again, from the last publication. 0 is never."),
    )
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    review_looked_on = models.DateField(null=True, blank=True, editable=False)

    handed_over_at = models.DateTimeField(null=True, blank=True, editable=False)
    handed_over_digests = models.JSONField(default=list, blank=True, editable=False)

    chain_length = models.PositiveIntegerField(default=0, editable=False)
    chain_head = models.CharField(max_length=64, blank=True, editable=False)
    chain_format = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = PolicyManager()

    class Meta:
        verbose_name = _("privacy policy")
        verbose_name_plural = _("privacy policies")
        permissions = [
            ("lower_materiality", _("Can publish a change as less important than proposed")),
            ("shorten_notice", _("Can announce a material change with less than the shortest notice period")),
            ("publish_material", _("Can publish a change that people must be told about")),
            ("change_plan", _("Can postpone, bring forward and withdraw an announced version")),
            ("correct_history", _("Can correct the wording of the history and of published texts")),
            ("manage_notices", _("Can pause, resume, retry and cancel notices")),
        ]

    def __str__(self) -> str:
        text = self.newest_text(self.source_language)
        return text.title if text else str(_("Privacy policy"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the settings, and seal what changed of them.

        Neither the end of the chain, which only its rows write, nor what was handed over is saved: a form may hold old
        ones.
        """
        if self._state.adding:
            super().save(*args, **kwargs)
            return
        if kwargs.get("update_fields") is None:
            names = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            kwargs["update_fields"] = names - NO_SETTINGS
        with transaction.atomic():
            before = Policy.objects.select_for_update().get(pk=self.pk)
            super().save(*args, **kwargs)
            self._seal_settings(before)

    def _seal_settings(self, before: Policy) -> None:
        from wagtail_privacy.records.version import seal_facts

        newest = self.versions.order_by("-number").first() if before.chain_length else None
        settings = Policy.objects.get(pk=self.pk).settings() if newest else {}
        if newest and settings != before.settings():
            seal_facts(newest, get_active_log_context().user, policy=settings)

    def settings(self) -> dict[str, Any]:
        """Whose chain it is, and the settings that decide what happens to its versions, as JSON has them."""
        return {
            "translation_key": str(self.translation_key),
            "source_language": self.source_language,
            "notice_days": self.notice_days,
            "floor_days": self.floor_days,
            "tells_users": self.tells_users,
            "required_languages": self.required_languages,
            "translation_days": self.translation_days,
        }

    def clean(self) -> None:
        if self.floor_days > self.notice_days:
            raise ValidationError(
                {
                    "floor_days": _(
                        "Expected at most the notice period of %(notice)s days, found %(floor)s. "
                        "Lower this number or raise the notice period."
                    )
                    % {"notice": self.notice_days, "floor": self.floor_days}
                }
            )

    def newest_version(self) -> Version | None:
        """The version that the next one builds on. Its ``last_number`` is that of the newest, withdrawn or not."""
        numbers = self.versions.model._default_manager.filter(policy=models.OuterRef("policy")).order_by("-number")
        last = models.Subquery(numbers.values("number")[:1])
        return self.versions.standing().annotate(last_number=last).order_by("-number").first()

    def next_number(self, newest: Version | None) -> int:
        """The number of the next version; ``newest`` is what :meth:`newest_version` has returned."""
        if newest:
            return int(newest.last_number) + 1  # type: ignore[attr-defined]
        withdrawn = self.versions.order_by("-number").first()
        return withdrawn.number + 1 if withdrawn else 1

    def version_in_force(self, moment: datetime) -> Version | None:
        return self.versions.in_force(moment).first()

    def newest_text(self, language: str) -> Text | None:
        """The text that the next publication in ``language`` is compared with."""
        return self.texts().filter(language=language).order_by("-version__number", "-edition").first()

    def preferred_languages(self, language: str) -> list[str]:
        """In which languages the policy is shown to readers of ``language``: that one, else the one that prevails,
        else the original's."""
        prevails = self.source_language if conf.PREVAILING_LANGUAGE == "original" else conf.PREVAILING_LANGUAGE
        return [code for code in dict.fromkeys((language, prevails, self.source_language)) if code]

    def text_in_force(
        self,
        language: str,
        moment: datetime,
        *,
        without: Iterable[str] = (),
        withheld: Collection[str] | None = None,
    ) -> Text | None:
        """What readers of ``language`` are shown at ``moment``, loaded ``without`` these fields.

        The newest text in ``language`` of a version that has taken effect, even if a newer version has no text in it
        yet; in a language without one, the same in the one that prevails or was translated, but none of a language
        that is ``withheld`` from the reader: for ``None``, of a page that is not for everybody. A text that is only
        announced is never in force. ``None`` where nothing that may be shown has taken effect.
        """
        texts = self.texts().filter(version__takes_effect_at__lte=moment).defer(*without)
        lent = texts.lent_to_everybody(language) if withheld is None else texts.lent(withheld)
        return lent.preferring(self.preferred_languages(language)).first()

    def languages_in_force(self, moment: datetime) -> set[str]:
        """The languages that have a text of their own of a version that has taken effect by ``moment``."""
        texts = self.texts().filter(version__takes_effect_at__lte=moment).order_by()
        return set(texts.values_list("language", flat=True).distinct())

    def numbers_in(self, language: str) -> list[int]:
        """The numbers of the versions that have a text in ``language`` and were not withdrawn, ascending."""
        numbers = self.texts().filter(language=language).order_by("version__number")
        return list(numbers.values_list("version__number", flat=True).distinct())

    def texts(self) -> TextQuerySet:
        """The texts of all versions that were not withdrawn."""
        from wagtail_privacy.records.version import Text

        return Text.objects.filter(version__policy=self, version__withdrawn_at=None).select_related("version__policy")
