"""Where the database refuses a publication, the editor's text is kept as a draft."""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from wagtail_privacy.actions.proposal import worked_out_once

logger = logging.getLogger("wagtail_privacy")
#: Set on a request whose view runs inside :func:`publish_or_keep_draft`.
GUARDED = "_wagtail_privacy_guarded"


def publish_or_keep_draft(request: HttpRequest) -> HttpResponse | None:
    """Run the page's view; where the database refuses the publication, save a draft and say so.

    Recording is part of publishing, so an error rolls the publication back. Wagtail's view has no place
    to answer that, and the editor would lose the text of a new page to an error page.
    """
    if "action-publish" not in request.POST or hasattr(request, GUARDED):
        return None
    setattr(request, GUARDED, True)
    try:
        with worked_out_once():
            return run_view(request)
    except DatabaseError:
        logger.exception("The publication was taken back: the database refused it.")
    messages.error(
        request,
        _(
            "The database refused the publication, so nothing was published and nobody was told. Your text is saved "
            "as a draft. Try again in a while; if it happens again, tell your administrator, who finds the cause in "
            "the log."
        ),
    )
    as_draft: Any = request.POST.copy()
    del as_draft["action-publish"]
    request.POST = as_draft
    return run_view(request)


def run_view(request: HttpRequest) -> HttpResponse:
    """Answer the request by its own view, from within a hook of that."""
    view: Any = request.resolver_match
    response: HttpResponse = view.func(request, *view.args, **view.kwargs)
    return response
