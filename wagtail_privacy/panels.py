"""The "Publication" part of the policy page's form: what publishing would mean, and the questions about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface

from wagtail_privacy.outlook import Outlook, look_ahead

#: Both panels of one page show the same outlook; it is worked out once for a request.
REMEMBERED = "_wagtail_privacy_outlook"


class OutlookPanel(Panel):
    """What publishing the draft would mean. ``part`` is ``"outlook"`` for all of it, ``"strip"`` for one line.

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
            js = ["wagtail_privacy/js/outlook.js"]

        @cached_property
        def outlook(self) -> Outlook | None:
            if not hasattr(self.request, REMEMBERED):
                setattr(self.request, REMEMBERED, look_ahead(self.instance, self.request.user))
            return getattr(self.request, REMEMBERED)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            # A page that is not saved yet has no number: the script puts it in once autosave has made one.
            url = reverse("wagtail_privacy:outlook", args=[self.instance.pk or 0])
            return context | {"part": self.panel.part, "outlook": self.outlook, "page": self.instance, "url": url}


QUESTIONS = MultiFieldPanel(
    [
        FieldPanel("change_materiality", widget=forms.RadioSelect, disable_comments=True),
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
PUBLICATION_PANELS = [OutlookPanel(heading=_("If you publish this draft"), icon="view"), QUESTIONS]


class PublicationTab(ObjectList):
    """A tab that can be linked to whatever language its heading is in."""

    @property
    def clean_name(self) -> str:
        return "publication"


def edit_handler(page_class: Any) -> TabbedInterface:
    """The tabs of a policy page's form. ``Page``'s own and the site's panels stay where they are."""
    strip = OutlookPanel(part="strip")
    tabs = [
        ObjectList([strip, *page_class.content_panels, *page_class.policy_panels], heading=_("Content")),
        PublicationTab(page_class.publication_panels, heading=_("Publication")),
    ]
    if page_class.promote_panels:
        tabs.append(ObjectList(page_class.promote_panels, heading=_("Promote")))
    if page_class.settings_panels:
        tabs.append(ObjectList(page_class.settings_panels, heading=_("Settings")))
    return TabbedInterface(tabs, base_form_class=page_class.base_form_class)
