"""The policy page: one Wagtail page, the policy in one locale."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from wagtail.admin.panels import FieldPanel
from wagtail.utils.decorators import cached_classmethod

from wagtail_privacy.actions.answer import answer
from wagtail_privacy.actions.may_publish import check_may_publish
from wagtail_privacy.actions.plan import Plan, plan_publication
from wagtail_privacy.actions.proposal import worked_out_once
from wagtail_privacy.actions.publish import acting_as
from wagtail_privacy.actions.record_version import recording
from wagtail_privacy.actions.translated_version import managed_translation
from wagtail_privacy.actions.unattended import holds_back
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.changes.doubts import ANSWERS, DoubtAnswer
from wagtail_privacy.clock import now
from wagtail_privacy.page.api_and_search import PublicText
from wagtail_privacy.page.routes import PolicyRoutes
from wagtail_privacy.publication.form import PolicyPageForm
from wagtail_privacy.publication.panels import PUBLICATION_PANELS, edit_handler
from wagtail_privacy.records.content import Answers, PolicyContent
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Text


class PolicyPageMixin(PolicyRoutes, PublicText, PolicyContent):
    """All that makes a page a policy page; for a site that has its own base page.

    Put it before the page class: ``class Policy(PolicyPageMixin, BasePage)``.
    """

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
        if ``user`` may not publish what the revision says. Without a user it is code, which may. Where gaps are left to
        fill, or the site publishes nothing with errors, :exc:`~wagtail_privacy.actions.blocked.Blocked` is raised,
        whoever asks; what publishes by itself is held back instead (:mod:`wagtail_privacy.actions.unattended`).
        """
        with acting_as(user), worked_out_once():
            draft = revision.as_object()
            check_may_publish(draft, user)
            if holds_back(draft, revision, user, kwargs.get("log_action")):
                return None
            return super().publish(revision, user, *args, **kwargs)

    @cached_classmethod
    def get_edit_handler(cls) -> Any:
        """The tabs of the page's form; a site's own ``edit_handler`` comes first."""
        return getattr(cls, "edit_handler", edit_handler(cls)).bind_to_model(cls)

    def text_in_force(self) -> Text | None:
        """What the public reads on this page now; in another language where this one has nothing that applies."""
        policy = self.policy
        return policy.text_in_force(self.locale.language_code, now()) if policy else None

    def plan(self, user: Any = None, *, policy: Policy | None = None) -> Plan:
        """What publishing this page as it stands in memory would mean now. ``policy`` saves asking for it anew."""
        return plan_publication(self, policy=policy, user=user)

    def answer(
        self,
        *,
        materiality: Materiality | str | None = None,
        summary: str = "",
        takes_effect_on: date | None = None,
        reason: str = "",
        doubts: Mapping[str, str | DoubtAnswer] | None = None,
    ) -> None:
        """Answer the questions about the next publication; they hold for the version that is newest now, of a
        translation for the one that it translates.

        ``doubts`` answers changes in doubt by their ``question`` (``page.plan().changes``), with a code of
        :data:`wagtail_privacy.changes.doubts.ANSWERS` or a ``DoubtAnswer`` with its note.
        """
        given = {key: DoubtAnswer(said) if isinstance(said, str) else said for key, said in (doubts or {}).items()}
        if wrong := [said.answer for said in given.values() if not said.is_complete]:
            msg = f"Expected each doubt answered by one of {list(ANSWERS)} ('other' with a note), found {wrong!r}."
            raise ValueError(msg)
        found = Materiality(materiality) if materiality else None
        answer(self, Answers(found, summary, takes_effect_on, reason, given))

    def is_managed_translation(self) -> bool:
        return managed_translation(self) is not None
