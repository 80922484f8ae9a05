"""Cookies and similar techniques: ePrivacy Directive, Art. 5(3)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import GroupBlock, SectionBlock
from wagtail_privacy.blocks.fields import CodeBlock, DurationBlock, ItemsBlock, LineBlock, NameBlock, ProseBlock


class CookieBlock(SectionBlock):
    """One cookie, or one sort of cookies."""

    name = NameBlock(help_text=_("As the browser shows it: “sessionid”. Leave empty for a sort of cookies."))
    title = LineBlock(help_text=_("For a sort of cookies: “Cookies for statistics”."))
    provider = NameBlock()
    party = CodeBlock("cookie_parties")
    need = CodeBlock("cookie_needs")
    lifetime = CodeBlock("cookie_lifetimes")
    duration = DurationBlock()
    purpose = LineBlock()

    class Meta:
        kind = "cookie"
        icon = "radio-full"
        summary = ((("name", "title"), ""), (("provider",), ""))


class CookiesBlock(GroupBlock):
    introduction = ProseBlock(help_text=_("What cookies are, and how people say yes or no to them."))
    cookies = ItemsBlock(CookieBlock(), label=_("Cookies"))

    class Meta:
        kind = "cookies"
        icon = "radio-full"
        group = groups.WHAT
        description = _("The cookies of the website: what each is for, who sets it and how long it stays.")
        default = {"cookies": [{}]}
        preview_value = {
            "cookies": [
                {
                    "name": "sessionid",
                    "party": "first",
                    "need": "necessary",
                    "lifetime": "session",
                    "purpose": _("Keeps you logged in"),
                }
            ]
        }
