"""The register: facts that policies share. An edit waits until a policy that uses the entry is published anew."""

from __future__ import annotations

from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.html import linebreaks
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import cautious_slugify
from wagtail.search import index

from wagtail_privacy.policy.durations import is_iso_duration
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.sanitise import sanitise
from wagtail_privacy.policy.section import Section, without_empty
from wagtail_privacy.policy.vocabulary import RECIPIENT_ROLES


class RegisterEntry(index.Indexed, models.Model):
    """One reusable section of the kind ``kind``; its fields are those of the kind.

    ``key`` names the entry in every language and version. It is made from the name once and never changes by itself.
    """

    kind: ClassVar[str]
    key = models.SlugField(
        _("key"),
        max_length=100,
        unique=True,
        blank=True,
        help_text=_("Names the entry in every language and version. Made from the name; do not change it later."),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        kind = kind_of(self.kind)
        return next((str(name) for name in (getattr(self, field, "") for field in kind.named_by) if name), self.key)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.key:
            self.key = self._free_key()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "key"}
        super().save(*args, **kwargs)

    def to_section(self, id: str) -> Section:
        """What the entry says in the active language, else in another of the site's content languages."""
        kind = kind_of(self.kind)
        facts = {field.name: getattr(self, field.name, None) for field in kind.facts}
        texts = {field.name: getattr(self, field.name, None) for field in kind.texts}
        for field in kind.texts:
            if field.type == "prose" and texts[field.name]:
                texts[field.name] = sanitise(linebreaks(texts[field.name], autoescape=True))
        return Section(self.kind, id, without_empty(facts), without_empty(texts))

    def _free_key(self) -> str:
        base = cautious_slugify(str(self)).lower()[:90].strip("-") or self.kind.replace("_", "-")
        taken = set(type(self)._default_manager.filter(key__startswith=base).values_list("key", flat=True))
        numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return base if base not in taken else next(key for key in numbered if key not in taken)


class DataCategory(RegisterEntry):
    """A category of personal data: Art. 13 and 14(1)(d)."""

    kind = "data_category"
    name = models.TextField(_("category"), validators=[MaxLengthValidator(255)])
    description = models.TextField(_("examples"), blank=True)
    special = models.BooleanField(_("special category (Art. 9)"), default=False)
    criminal = models.BooleanField(_("criminal convictions and offences (Art. 10)"), default=False)
    national_id = models.BooleanField(_("national identity number (Art. 87)"), default=False)

    search_fields: ClassVar[list[Any]] = [index.AutocompleteField("key"), index.SearchField("key")]

    class Meta:
        verbose_name = _("category of personal data")
        verbose_name_plural = _("categories of personal data")
        ordering: ClassVar[list[str]] = ["key"]


class Recipient(RegisterEntry):
    """Someone to whom personal data are disclosed, by name or by category: Art. 4(9), 13(1)(e)."""

    kind = "recipient"
    name = models.CharField(_("name"), max_length=255, blank=True)
    category = models.TextField(_("category of recipient"), blank=True)
    role = models.CharField(_("role"), max_length=30, blank=True)
    data = models.TextField(_("which data"), blank=True)
    purpose = models.TextField(_("what for"), blank=True)
    condition = models.TextField(_("only if"), blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)

    search_fields: ClassVar[list[Any]] = [index.AutocompleteField("name"), index.SearchField("name")]

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering: ClassVar[list[str]] = ["key"]

    def clean(self) -> None:
        super().clean()
        if self.role and self.role not in RECIPIENT_ROLES:
            raise ValidationError(
                {"role": _("Expected one of the list, found “%(value)s”. Choose again.") % {"value": self.role}}
            )


class RetentionRule(RegisterEntry):
    """How long something is kept, or what decides it: Art. 13(2)(a)."""

    kind = "retention"
    applies_to = models.TextField(_("applies to"))
    duration = models.CharField(_("period"), max_length=20, blank=True)
    at_most = models.BooleanField(_("at most"), default=False)
    starts = models.TextField(_("counted from"), blank=True)
    criteria = models.TextField(_("criteria"), blank=True)
    reason = models.TextField(_("reason"), blank=True)

    search_fields: ClassVar[list[Any]] = [index.AutocompleteField("key"), index.SearchField("key")]

    class Meta:
        verbose_name = _("storage period")
        verbose_name_plural = _("storage periods")
        ordering: ClassVar[list[str]] = ["key"]

    def clean(self) -> None:
        super().clean()
        if self.duration and not is_iso_duration(self.duration):
            message = _("Expected a period such as 24 months: a whole number above 0 and a unit, found “%(found)s”.")
            raise ValidationError({"duration": message % {"found": self.duration}})


def register_models() -> dict[str, type[RegisterEntry]]:
    """The register's models by the kind of section that their entries become."""
    return {model.kind: model for model in apps.get_models() if issubclass(model, RegisterEntry)}
