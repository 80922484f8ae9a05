"""The last approval in a workflow, where it is not given in the page's form: refused with the reasons, as there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from wagtail_privacy.actions.blocked import Blocked
from wagtail_privacy.records.content import policy_page_models


def page_viewsets() -> Iterator[Any]:
    """Wagtail's views of policy pages, with ours for workflow actions. A site's own for the same model prevail."""
    # Here, since Wagtail's needs its models.
    from wagtail.admin.viewsets.pages import PageViewSet

    wagtails = getattr(PageViewSet, "workflow_action_view_class", None)
    if wagtails is None:
        return  # Before Wagtail 8 a page type has no such view of its own, and Wagtail's refusal gives no reasons.
    view = type("PolicyWorkflowAction", (_SaysWhatBlocks, wagtails), {})
    for model in policy_page_models():
        yield type("PolicyPageViewSet", (PageViewSet,), {"model": model, "workflow_action_view_class": view})()


class _SaysWhatBlocks:
    """Beside Wagtail's view of a workflow action."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        view: Any = self
        try:
            response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        except Blocked as blocked:
            messages.error(request, blocked.message)
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                return view.render_modal_json(request, {"step": "success", "redirect": view.redirect_url})
            return redirect(view.redirect_url)
        return response
