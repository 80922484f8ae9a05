from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from wagtail_privacy.models import PolicyPage, Version


@dataclass(frozen=True)
class Card:
    """A policy as the home page shows it."""

    page: PolicyPage
    title: str
    language: str
    organisation: str
    in_force: Version
    announced: list[Version]


class HomePage(Page):
    """The site's first page: the policies, and the ways into the demo."""

    introduction = RichTextField(blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("introduction")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "policies": list(self._cards()), "logins": getattr(settings, "DEMO_LOGINS", ())}

    def _cards(self) -> Iterator[Card]:
        moment = timezone.now()
        for page in PolicyPage.objects.live().child_of(self).select_related("locale"):
            policy, text = page.policy, page.text_in_force()
            if policy and text:
                controllers = (section for section in text.snapshot.sections if section.kind == "controller")
                name = next((str(section.facts.get("name", "")) for section in controllers), "")
                yield Card(page, text.title, text.language, name, text.version, list(policy.versions.announced(moment)))
