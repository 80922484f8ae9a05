"""What people can do: Art. 13(2)(b)-(d), 14(2)(c)-(e), 12(3)-(6) and 77."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import GroupBlock, SectionBlock
from wagtail_privacy.blocks.fields import (
    AuthorityBlock,
    CodeBlock,
    DurationBlock,
    EmailBlock,
    FlagBlock,
    ItemsBlock,
    LineBlock,
    ProseBlock,
    UrlBlock,
)


class RightBlock(SectionBlock):
    """One right, and how to use it."""

    right = CodeBlock("rights")
    title = LineBlock(help_text=_("Only if you call it something else than the law does."))
    explanation = ProseBlock(help_text=_("In your own words, for someone who has never heard of it."))
    limits = ProseBlock(help_text=_("When it does not apply, or not fully."))
    frequency = DurationBlock(help_text=_("If it can be used only so often: 1 year means once a year."))
    how = ProseBlock(help_text=_("Only if it differs from how all rights are used."))
    email = EmailBlock()
    url = UrlBlock()

    class Meta:
        kind = "right"
        icon = "check"
        folded = (("title", "limits", "frequency", "how", "email", "url"),)


class RightsBlock(GroupBlock):
    """The rights, how to use them, how soon you answer and what it costs."""

    rights = ItemsBlock(
        RightBlock(),
        label=_("Rights"),
        help_text=_(
            "Every policy names these: access, rectification, erasure, restriction, objection, portability and "
            "complaint (Article 13(2) of the GDPR)."
        ),
    )
    how = ProseBlock(help_text=_("Whom to write to, and what to write."))
    response_time = DurationBlock(help_text=_("The law says one month at the latest (Article 12(3) of the GDPR)."))
    extended_time = DurationBlock(help_text=_("At most three months in all, if you tell why within the first."))
    free = FlagBlock(help_text=_("The law says so, except for manifestly unfounded or excessive requests."))
    cost = ProseBlock(help_text=_("When you may charge a fee, and how much."))
    identification_required = FlagBlock()
    identification = ProseBlock(help_text=_("How people prove who they are."))

    class Meta:
        kind = "rights"
        icon = "clipboard-list"
        folded = (("cost", "identification"), ("date",))
        group = groups.RIGHTS
        description = _("What people can ask of you, how, and how soon they get an answer.")
        preview_value = {
            "rights": [
                {"right": "access", "explanation": _("<p>You can get a copy of your personal data.</p>")},
                {"right": "rectification"},
                {"right": "erasure"},
            ],
            "response_time": "P1M",
            "free": True,
        }


class ComplaintBlock(SectionBlock):
    """Art. 13(2)(d), 77: the supervisory authority that takes complaints."""

    heading = LineBlock()
    authority = AuthorityBlock(help_text=_("The authority of the country where you are, or where your readers live."))
    explanation = ProseBlock()

    class Meta:
        kind = "complaint"
        icon = "openquote"
        group = groups.RIGHTS
        description = _("Where people can complain about how you process their personal data.")
        preview_value = {"authority": "SE"}


class ChoiceBlock(SectionBlock):
    """Something that the reader can decide."""

    choice = CodeBlock("choices")
    title = LineBlock()
    explanation = ProseBlock(help_text=_("What happens, and where it is done."))
    url = UrlBlock(help_text=_("The page where the choice is made."))

    class Meta:
        kind = "choice"
        icon = "sliders"


class ChoicesBlock(GroupBlock):
    """Opting out of marketing, communication settings, controls in the browser."""

    choices = ItemsBlock(ChoiceBlock(), label=_("Choices"))

    class Meta:
        kind = "choices"
        icon = "sliders"
        group = groups.RIGHTS
        description = _("What readers can decide themselves: opting out of marketing, settings, browser controls.")
        preview_value = {
            "choices": [
                {
                    "choice": "marketing",
                    "explanation": _("<p>Follow the link at the end of each newsletter.</p>"),
                }
            ]
        }
