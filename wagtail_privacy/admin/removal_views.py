"""Before policy pages are unpublished, deleted or moved: what follows is said, and people are told if asked for."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from wagtail_privacy.actions.refusal import NotAllowed
from wagtail_privacy.actions.unpublish import telling_people
from wagtail_privacy.publication.keep_draft import run_view
from wagtail_privacy.publication.removal import explain_move

logger = logging.getLogger("wagtail_privacy")
#: The name of the tick box.
TELL = "tell_people"
#: Set on a request whose view runs inside :func:`tell_people`.
TELLING = "_wagtail_privacy_telling"


def show_what_move_means(request: HttpRequest, page: Any, destination: Any) -> None:
    if request.method != "GET":
        return
    try:
        with transaction.atomic():
            said = list(explain_move(page.specific, destination.specific))
        for sentence in said:
            messages.warning(request, sentence)
    except Exception:
        logger.exception("What follows when page %s is moved can't be said.", page.pk)


def tell_people(request: HttpRequest) -> HttpResponse | None:
    """Run the view that unpublishes or deletes, with the notice in the same transaction, if the editor has ticked that.

    Nothing happens where the editor may not have people told. Where the notice fails, the page is unpublished all the
    same: nothing of ours stands between an editor and that.
    """
    if request.method != "POST" or TELL not in request.POST or hasattr(request, TELLING):
        return None
    setattr(request, TELLING, True)
    try:
        with telling_people(request.user) as notices:
            response = run_view(request)
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
        return redirect(request.get_full_path())
    except (Http404, PermissionDenied):
        raise
    except Exception:
        logger.exception("The notice that a policy is no longer published failed; it is unpublished without.")
        messages.error(request, _("Nobody could be told by e-mail. Your administrator finds the cause in the log."))
        return run_view(request)
    for notice in notices:
        report = messages.button(reverse("wagtail_privacy:notice", args=[notice.pk]), _("Notice"))
        said = _("People are told by e-mail that “%(title)s” is no longer published.")
        messages.info(request, said % {"title": notice.version.policy}, buttons=[report])
    return response
