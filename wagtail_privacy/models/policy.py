"""The policy: one privacy policy in all its languages, the row that publications are serialised on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_privacy.conf import conf

if TYPE_CHECKING:
    from wagtail_privacy.models.version import Text, Version


class PolicyManager(models.Manager["Policy"]):
    def lock(self, translation_key: UUID, language: str) -> Policy:
        """The policy of these pages, created if need be, locked until the transaction ends.

        Taken before any page row is written: the one order in which parallel publications never deadlock. The row is
        inserted only where there is none: on MariaDB an insert that is ignored leaves a shared lock on the row, and
        two who hold that wait for each other.
        """
        if not self.filter(translation_key=translation_key).exists():
            self.bulk_create([self.new(translation_key, language)], ignore_conflicts=True)
        return self.select_for_update().get(translation_key=translation_key)

    def new(self, translation_key: UUID, language: str) -> Policy:
        """A policy with the site's periods, not saved."""
        return Policy(
            translation_key=translation_key,
            source_language=language,
            notice_days=conf.NOTICE_DAYS,
            floor_days=conf.FLOOR_DAYS,
            translation_days=conf.TRANSLATION_DAYS,
        )


class Policy(models.Model):
    """One privacy policy in all its languages. Its versions are made in ``source_language``.

    ``chain_length`` and ``chain_head`` are the position and the seal of the last row of its chain
    (:mod:`wagtail_privacy.models.chain`).
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

    chain_length = models.PositiveIntegerField(default=0, editable=False)
    chain_head = models.CharField(max_length=64, blank=True, editable=False)

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
        """Save the settings. Where the chain ends is written by its rows alone: a form may hold an older state."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            names = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            kwargs["update_fields"] = names - {"chain_length", "chain_head"}
        super().save(*args, **kwargs)

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
        """The version that the next one builds on."""
        return self.versions.standing().order_by("-number").first()

    def version_in_force(self, moment: datetime) -> Version | None:
        return self.versions.in_force(moment).first()

    def newest_text(self, language: str) -> Text | None:
        """The text that the next publication in ``language`` is compared with."""
        return self.texts().filter(language=language).order_by("-version__number", "-edition").first()

    def text_in_force(self, language: str, moment: datetime, *, without: Iterable[str] = ()) -> Text | None:
        """What the public reads in ``language`` at ``moment``, loaded ``without`` these fields.

        The newest text of a version that applies, even if a newer version has no text in this language yet. A
        language whose only text is of an announced version shows that one: there is nothing else to read.
        """
        texts = self.texts().filter(language=language).defer(*without)
        applies = texts.filter(version__takes_effect_at__lte=moment)
        return (
            applies.order_by("-version__number", "-edition").first()
            or texts.order_by("version__number", "-edition").first()
        )

    def numbers_in(self, language: str) -> list[int]:
        """The numbers of the versions that have a text in ``language`` and were not withdrawn, ascending."""
        numbers = self.texts().filter(language=language).order_by("version__number")
        return list(numbers.values_list("version__number", flat=True).distinct())

    def texts(self) -> models.QuerySet[Text]:
        """The texts of all versions that were not withdrawn."""
        from wagtail_privacy.models.version import Text

        return Text.objects.filter(version__policy=self, version__withdrawn_at=None).select_related("version__policy")
