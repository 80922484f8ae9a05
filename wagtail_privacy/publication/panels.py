"""The "Publication" part of the policy page's form: what publishing would mean, and the questions about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface

from wagtail_privacy.publication.day_input import DayInput
from wagtail_privacy.publication.findings import DraftReview, review_draft
from wagtail_privacy.publication.preview import PublicationPreview, preview_publication

#: The panels of one page show the same outlook and the same review; each is computed once per request.
REMEMBERED = "_wagtail_privacy_outlook"
REVIEW_REMEMBERED = "_wagtail_privacy_review"


class PublicationPreviewPanel(Panel):
    """What publishing the draft would mean. ``part`` is ``"outlook"`` for all of it, ``"findings"`` for what the review
    finds, ``"strip"`` for both in one line, ``"summary"`` for the draft of a summary.

    Rendered with the form from the draft that was saved last, and again by a script after each autosave.
    """

    def __init__(self, part: str = "outlook", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.part = part

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "part": self.part}

    @property
    def clean_name(self) -> str:
        return f"privacy_{self.part}"

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtail_privacy/admin/outlook_panel.html"

        class Media:
            css = {"all": ["wagtail_privacy/css/outlook.css"]}
            js = ["wagtail_privacy/js/outlook.js", "wagtail_privacy/js/findings.js"]

        @cached_property
        def outlook(self) -> PublicationPreview | None:
            if not hasattr(self.request, REMEMBERED):
                setattr(self.request, REMEMBERED, preview_publication(self.instance, self.request.user))
            return getattr(self.request, REMEMBERED)

        @cached_property
        def review(self) -> DraftReview | None:
            if not hasattr(self.request, REVIEW_REMEMBERED):
                found = review_draft(self.outlook, self.instance, self.request.user)
                setattr(self.request, REVIEW_REMEMBERED, found)
            return getattr(self.request, REVIEW_REMEMBERED)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            # A page that is not saved yet has no number: the script puts it in once autosave has made one.
            url = reverse("wagtail_privacy:outlook", args=[self.instance.pk or 0])
            found = {"outlook": self.outlook, "review": self.review}
            more = {"part": self.panel.part, "page": self.instance, "url": url, "start_url": self._start_url()}
            return context | found | more

        def _start_url(self) -> str:
            """Where a page that is not saved yet can begin with a template instead."""
            match = self.request.resolver_match
            parent = match.kwargs.get("parent_page_id") if match and not self.instance.pk else None
            return f"{reverse('wagtail_privacy:start')}?parent={parent}" if parent else ""


class ImportPanel(Panel):
    """The ways to an existing text: for a new page, for a text on it that is to be split, for its earlier versions."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtail_privacy/admin/import_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            match = getattr(self.request, "resolver_match", None)
            parent = match.kwargs.get("parent_page_id") if match else None
            policy = self.instance.policy if self.instance.pk else None
            is_new = bool(self.instance.pk) and not (policy and policy.versions.exists())
            return context | {"page": self.instance, "parent": parent, "takes_history": is_new}


QUESTIONS = MultiFieldPanel(
    [
        FieldPanel("change_materiality", widget=forms.RadioSelect, disable_comments=True),
        PublicationPreviewPanel(part="summary"),
        FieldPanel(
            "change_summary",
            disable_comments=True,
            help_text=_(
                "What changes for the reader, in a sentence or two. It stands above the list of changes in the "
                "change history and in the e-mail."
            ),
        ),
        FieldPanel(
            "change_takes_effect",
            widget=DayInput,
            disable_comments=True,
            help_text=_("Leave empty for the usual day: at once or, if people must be told, after the notice period."),
        ),
        FieldPanel(
            "change_reason",
            disable_comments=True,
            help_text=_(
                "Needed when you choose a less important class than the rules propose, or a shorter notice. It is "
                "kept with the version and shown in the admin only."
            ),
        ),
    ],
    heading=_("Your answers"),
    icon="help",
)
PUBLICATION_PANELS = [
    PublicationPreviewPanel(heading=_("If you publish this draft"), icon="view"),
    QUESTIONS,
    PublicationPreviewPanel(part="findings", heading=_("What the review finds"), icon="clipboard-list"),
]


class PublicationTab(ObjectList):
    """A tab that can be linked to whatever language its heading is in."""

    @property
    def clean_name(self) -> str:
        return "publication"


def edit_handler(page_class: Any) -> TabbedInterface:
    """The tabs of a policy page's form. ``Page``'s own and the site's panels stay where they are."""
    strip = PublicationPreviewPanel(part="strip")
    tabs = [
        ObjectList([ImportPanel(), strip, *page_class.content_panels, *page_class.policy_panels], heading=_("Content")),
        PublicationTab(page_class.publication_panels, heading=_("Publication")),
    ]
    if page_class.promote_panels:
        tabs.append(ObjectList(page_class.promote_panels, heading=_("Promote")))
    if page_class.settings_panels:
        tabs.append(ObjectList(page_class.settings_panels, heading=_("Settings")))
    return TabbedInterface(tabs, base_form_class=page_class.base_form_class)
