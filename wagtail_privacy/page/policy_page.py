"""The page class for sites whose pages are Wagtail's own; others mix the behaviour into theirs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from wagtail_privacy.page.mixin import PolicyPageMixin


class PolicyPage(PolicyPageMixin, Page):
    """A privacy policy."""

    page_description = _(
        "What you do with personal data, in sections. Each published change gets a place in its history."
    )

    class Meta:
        verbose_name = _("privacy policy page")
        verbose_name_plural = _("privacy policy pages")
