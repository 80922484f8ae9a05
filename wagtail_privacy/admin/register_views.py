"""The register in the admin: shows which policies use an entry, drafts its changes, and prevents its deletion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.panels import Panel

from wagtail_privacy.actions.permissions import require_change
from wagtail_privacy.actions.register_use import (
    DraftResult,
    EntryUse,
    draft_in_all,
    find_uses,
    in_use_message,
)
from wagtail_privacy.admin.header import header_context
from wagtail_privacy.policy import words
from wagtail_privacy.policy.words import language_name
from wagtail_privacy.records.register import RegisterEntry, register_models


class UsePanel(Panel):
    """Above the fields of an entry: the policies that use it, which are live, and where its change waits."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtail_privacy/admin/register_use.html"

        class Media:
            css = {"all": ["wagtail_privacy/css/outlook.css"]}

        @cached_property
        def uses(self) -> list[EntryUse]:
            return find_uses(self.instance) if self.instance.pk else []

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"uses": self.uses, "draft_url": _draft_url(self.instance) if _waiting(self.uses) else ""}


def draft(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Confirm, then create a draft of every page where the entry's change is not published."""
    model = register_models().get(kind)
    if model is None:
        raise Http404
    entry = get_object_or_404(model, pk=pk)
    require_change(entry, request.user)
    if request.method == "POST":
        _tell(request, draft_in_all(entry, request.user))
        return redirect(_edit_url(entry))
    header = header_context(_("Draft the change in all of them"), "lock", (_edit_url(entry), str(entry)))
    context = {**header, "entry": entry, "uses": _waiting(find_uses(entry)), "back": _edit_url(entry)}
    return render(request, "wagtail_privacy/admin/register_draft.html", context)


def show_pages_to_republish(request: HttpRequest, entry: RegisterEntry) -> None:
    """After an edit, list the pages that show the old words until they are published again."""
    waiting = _waiting(find_uses(entry))
    if waiting:
        messages.info(
            request,
            ngettext(
                "The change waits on %(count)s page until that is published anew.",
                "The change waits on %(count)s pages until each is published anew.",
                len(waiting),
            )
            % {"count": len(waiting)},
            buttons=[messages.button(_draft_url(entry), _("Draft it in all of them"))],
        )


def refuse_deletion(request: HttpRequest, entries: Iterable[Any]) -> HttpResponse | None:
    """Refuse to delete an entry that a policy uses."""
    used = [(entry, uses) for entry in entries if isinstance(entry, RegisterEntry) and (uses := find_uses(entry))]
    for entry, uses in used:
        messages.error(request, in_use_message(entry, uses))
    if not used:
        return None
    entry = used[0][0]
    return redirect(_edit_url(entry) if len(used) == 1 else reverse(_viewset(entry).get_url_name("list")))


def _waiting(uses: Iterable[EntryUse]) -> list[EntryUse]:
    return [use for use in uses if use.waits]


def _tell(request: HttpRequest, drafted: DraftResult) -> None:
    for pages, message, level in (
        (drafted.made, _("A draft with the change was made of %(pages)s. Publish each of them."), messages.success),
        (drafted.existing, _("The draft of %(pages)s has the change already. Publish it too."), messages.info),
        (drafted.left, _("%(pages)s was left as it is: you may not edit it, or it is locked."), messages.warning),
    ):
        if pages:
            urls = (reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in pages)
            buttons = [messages.button(url, _name(page)) for url, page in zip(urls, pages, strict=True)]
            level(request, message % {"pages": words.listing(map(_name, pages))}, buttons=buttons)
    if not (drafted.made or drafted.existing or drafted.left):
        messages.info(request, _("The change waits nowhere. Nothing was drafted."))


def _name(page: Any) -> str:
    return f"{page.get_admin_display_title()} ({language_name(page.locale.language_code)})"


def _viewset(entry: Any) -> Any:
    return entry.snippet_viewset


def _edit_url(entry: Any) -> str:
    return reverse(_viewset(entry).get_url_name("edit"), args=[entry.pk])


def _draft_url(entry: Any) -> str:
    return reverse("wagtail_privacy:draft", args=[entry.kind, entry.pk])
