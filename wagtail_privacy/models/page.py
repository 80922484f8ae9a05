"""The policy page: one Wagtail page, the policy in one locale."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.utils.decorators import cached_classmethod
from wagtail_localize.fields import SynchronizedField

from wagtail_privacy.actions.moment import now
from wagtail_privacy.actions.plan import Answers, Plan, plan_publication
from wagtail_privacy.actions.publish import acting, check_may_publish
from wagtail_privacy.actions.record_version import recording
from wagtail_privacy.actions.translation import managed_translation
from wagtail_privacy.blocks.body import ExtensibleStreamField, PolicyStreamBlock
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.forms import PolicyPageForm
from wagtail_privacy.models.policy import Policy
from wagtail_privacy.models.version import MaterialityChoices, Text, Version
from wagtail_privacy.panels import PUBLICATION_PANELS, edit_handler
from wagtail_privacy.public import PublicText
from wagtail_privacy.routes import PolicyRoutes


class PolicyPageMixin(PolicyRoutes, PublicText, models.Model):
    """All that makes a page a policy page; for a site that has its own base page.

    Put it before the page class: ``class Policy(PolicyPageMixin, BasePage)``. The ``change_*`` fields are the
    editor's answers about the next publication. They hold for one base version only (``change_base``), so
    that an answer never sticks to the change after the one it was given for.
    """

    body = ExtensibleStreamField(PolicyStreamBlock(), blank=True, verbose_name=_("policy"))
    change_materiality = models.CharField(
        _("must people be told?"), max_length=10, choices=MaterialityChoices.choices, blank=True
    )
    change_summary = models.TextField(_("summary of the change"), max_length=1000, blank=True)
    change_takes_effect = models.DateField(_("takes effect on"), null=True, blank=True)
    change_reason = models.TextField(_("reason"), max_length=1000, blank=True)
    change_base = models.PositiveIntegerField(null=True, blank=True, editable=False)

    answer_fields: ClassVar[list[str]] = [
        "change_materiality",
        "change_summary",
        "change_takes_effect",
        "change_reason",
        "change_base",
    ]
    exclude_fields_in_copy: ClassVar[list[str]] = answer_fields
    # The answers belong to the original; of them, only the summary is for readers, and so for translators.
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField("change_materiality", overridable=False),
        SynchronizedField("change_takes_effect", overridable=False),
        SynchronizedField("change_reason", overridable=False),
        SynchronizedField("change_base", overridable=False),
    ]

    base_form_class = PolicyPageForm
    policy_panels: ClassVar[list[Any]] = [FieldPanel("body")]
    publication_panels: ClassVar[list[Any]] = PUBLICATION_PANELS

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        with recording(self, kwargs.get("update_fields")):
            return super().save(*args, **kwargs)

    def publish(self, revision: Any, user: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Publish or schedule ``revision``: the way of workflows, bulk actions, APIs and scripts.

        Raises :exc:`~wagtail_privacy.actions.refusal.NotAllowed`, a ``PermissionDenied``, before anything happens
        if ``user`` may not publish what the revision says. Without a user it is code, which may.
        """
        check_may_publish(revision.as_object(), user)
        with acting(user):
            return super().publish(revision, user, *args, **kwargs)

    @cached_classmethod
    def get_edit_handler(cls) -> Any:
        """The tabs of the page's form; a site's own ``edit_handler`` comes first."""
        return getattr(cls, "edit_handler", edit_handler(cls)).bind_to_model(cls)

    @property
    def policy(self) -> Policy | None:
        """The policy that this page is one language of; ``None`` before its first publication."""
        return Policy.objects.filter(translation_key=self.translation_key).first()

    def text_in_force(self) -> Text | None:
        """What the public reads on this page now."""
        policy = self.policy
        return policy.text_in_force(self.locale.language_code, now()) if policy else None

    def plan(self, user: Any = None) -> Plan:
        """What publishing this page as it stands in memory would mean now."""
        return plan_publication(self, user=user)

    def answer(
        self,
        *,
        materiality: Materiality | str | None = None,
        summary: str = "",
        takes_effect_on: date | None = None,
        reason: str = "",
    ) -> None:
        """Answer the questions about the next publication; they hold for the version that is newest now, of a
        translation for the one that it translates."""
        self.change_materiality = materiality or ""
        self.change_summary = summary
        self.change_takes_effect = takes_effect_on
        self.change_reason = reason
        self.change_base = self._base_of_answers()

    def _base_of_answers(self) -> int | None:
        """The number of the version that the next publication is a change of."""
        policy = self.policy
        version = policy.newest_version() if policy else None
        if policy and policy.source_language != self.locale.language_code and (translated := self.plan().version):
            version = translated.builds_on
        return version.number if version else None

    def answers_for(self, newest: Version | None) -> Answers:
        """The editor's answers if they were given for a change of ``newest``, else none."""
        if self.change_base != (newest.number if newest else None):
            return Answers()
        return Answers(
            materiality=Materiality(self.change_materiality) if self.change_materiality else None,
            summary=self.change_summary,
            takes_effect_on=self.change_takes_effect,
            reason=self.change_reason,
        )

    def summary_for(self, version: Version) -> str:
        """The summary of ``version`` in this page's language: it travels with the page to its translations."""
        base = version.builds_on.number if version.builds_on else None
        return self.change_summary if self.change_base == base else ""

    def is_managed_translation(self) -> bool:
        return managed_translation(self) is not None


class PolicyPage(PolicyPageMixin, Page):  # noqa: DJ008, Wagtail's page has a __str__
    """A privacy policy."""

    page_description = _(
        "What you do with personal data, in sections. Each published change gets a place in its history."
    )

    class Meta:
        verbose_name = _("privacy policy page")
        verbose_name_plural = _("privacy policy pages")
