"""What a policy page holds: its body, and the editor's answers about the next publication."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.fields import SynchronizedField

from wagtail_privacy.blocks.body import ExtensibleStreamField, PolicyStreamBlock
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.changes.doubts import DoubtAnswer
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import MaterialityChoices, Version


@dataclass(frozen=True)
class Answers:
    """What the editor answered about a publication. Empty answers leave the decision to the rules."""

    materiality: Materiality | None = None
    summary: str = ""
    takes_effect_on: date | None = None
    reason: str = ""
    doubts: Mapping[str, DoubtAnswer] = field(default_factory=dict)


class PolicyContent(models.Model):
    """The fields of a policy page that are published.

    The ``change_*`` fields are the editor's answers about the next publication. They hold for one base version only
    (``change_base``), so that an answer never sticks to the change after the one it was given for.
    """

    body = ExtensibleStreamField(PolicyStreamBlock(), blank=True, verbose_name=_("policy"))
    change_materiality = models.CharField(
        _("must people be told?"), max_length=10, choices=MaterialityChoices.choices, blank=True
    )
    change_summary = models.TextField(_("summary of the change"), max_length=1000, blank=True)
    change_takes_effect = models.DateField(_("takes effect on"), null=True, blank=True)
    change_reason = models.TextField(_("reason"), max_length=1000, blank=True)
    change_doubts = models.JSONField(default=dict, blank=True, editable=False)
    change_base = models.PositiveIntegerField(null=True, blank=True, editable=False)

    answer_fields: ClassVar[list[str]] = [
        "change_materiality",
        "change_summary",
        "change_takes_effect",
        "change_reason",
        "change_doubts",
        "change_base",
    ]
    exclude_fields_in_copy: ClassVar[list[str]] = answer_fields
    # The answers belong to the original; of them, only the summary is for readers, and so for translators.
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField("change_materiality", overridable=False),
        SynchronizedField("change_takes_effect", overridable=False),
        SynchronizedField("change_reason", overridable=False),
        SynchronizedField("change_doubts", overridable=False),
        SynchronizedField("change_base", overridable=False),
    ]

    class Meta:
        abstract = True

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...  # what it is as a page: Wagtail ships no types

    @property
    def policy(self) -> Policy | None:
        """The policy that this page is one language of; ``None`` before its first publication."""
        return Policy.objects.of_pages(self.translation_key).first()

    def answers_for(self, newest: Version | None) -> Answers:
        """The editor's answers if they were given for a change of ``newest``, else none."""
        if self.change_base != (newest.number if newest else None):
            return Answers()
        return Answers(
            materiality=Materiality(self.change_materiality) if self.change_materiality else None,
            summary=self.change_summary,
            takes_effect_on=self.change_takes_effect,
            reason=self.change_reason,
            doubts=self.doubt_answers,
        )

    @property
    def doubt_answers(self) -> dict[str, DoubtAnswer]:
        """What was answered about changes in doubt, by the key of the question."""
        stored = self.change_doubts if isinstance(self.change_doubts, Mapping) else {}
        return {key: DoubtAnswer.from_json(value) for key, value in stored.items()}

    def summary_for(self, version: Version) -> str:
        """The summary of ``version`` in this page's language: it travels with the page to its translations."""
        base = version.builds_on.number if version.builds_on else None
        return self.change_summary if self.change_base == base else ""


def policy_page_models() -> list[type[PolicyContent]]:
    """The site's page classes that are policies."""
    return [model for model in apps.get_models() if issubclass(model, PolicyContent)]
