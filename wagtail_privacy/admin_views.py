"""The admin's own addresses of the plugin, and what it does around Wagtail's page views."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.models import Page

from wagtail_privacy.actions.moment import now
from wagtail_privacy.actions.stop_waiting import waiting_for
from wagtail_privacy.forms import NO_FORESIGHT
from wagtail_privacy.models import PolicyPageMixin
from wagtail_privacy.outcome import Outcome, outcome_of
from wagtail_privacy.outlook import look_ahead

if TYPE_CHECKING:
    from wagtail_privacy.actions.plan import Plan

logger = logging.getLogger("wagtail_privacy")
GUARDED = "_wagtail_privacy_guarded"
#: So many findings about a translation are named above its editor; all stand under Privacy › Policies.
FINDINGS = 5
#: How long after a publication wagtail-localize's editor, opened again, says what came of it.
JUST_NOW = timedelta(seconds=30)


@require_safe
def outlook(request: HttpRequest, page_id: int) -> HttpResponse:
    """What publishing the newest draft would mean, as HTML for the open form. Only for who may edit the page."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, PolicyPageMixin):
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    context = {"outlook": look_ahead(draft, request.user), "page": draft}
    return render(request, "wagtail_privacy/admin/refresh.html", context)


def refuse_publication(request: HttpRequest, page: PolicyPageMixin) -> HttpResponse | None:
    """Say what stands in the way of publishing the draft just saved, where no form has said it.

    Another publication may have come between the form and this, and a site's own form may not ask at all.
    """
    ahead = look_ahead(page, request.user)
    problems = [str(NO_FORESIGHT)] if ahead is None else list(ahead.problems)
    if not problems:
        return None
    for problem in problems:
        messages.error(request, problem)
    return redirect("wagtailadmin_pages:edit", page.pk)


def refuse_bulk_publication(request: HttpRequest, pages: Iterable[Page], next_url: str) -> HttpResponse | None:
    """The same for pages that are chosen in a listing and published at once: all of them or none."""
    chosen = [page.specific for page in pages]
    if "include_descendants" in request.POST:
        chosen += [below for page in pages for below in page.get_descendants().not_live().specific()]
    policies = [page for page in chosen if isinstance(page, PolicyPageMixin)]
    drafts = (page.get_latest_revision_as_object() for page in policies)
    refused = [draft for draft in drafts if refuse_publication(request, draft)]
    return redirect(next_url) if refused else None


def say_what_is_translated(request: HttpRequest, page: PolicyPageMixin) -> None:
    """Tell a translator which version the text is of. wagtail-localize's editor has no place for our panels."""
    if request.method != "GET" or not page.is_managed_translation():
        return
    ahead = look_ahead(page.get_latest_revision_as_object(), request.user)
    if ahead is None:
        return
    if ahead.plan.is_half_translated:
        messages.warning(
            request,
            _(
                "Not all of this is translated. Readers keep the text that they have until everything is translated "
                "and published, whatever is published before."
            ),
        )
    for sentence in (*ahead.gaps, *(() if ahead.plan.is_half_translated else ahead.differing))[:FINDINGS]:
        messages.warning(request, sentence)
    if ahead.plan.pending:
        missing = ahead.pending.missing if ahead.pending else ""
        said = _("This translates a change that is held until it is published in %(languages)s too.")
        messages.info(request, said % {"languages": missing})
        return
    if ahead.plan.version is None:
        return
    _say_what_it_is_of(request, page, ahead.plan)
    if waiting := waiting_for(ahead.plan.version, page.locale.language_code).count():
        messages.info(
            request,
            ngettext(
                "%(count)s person waits for the text in this language and is told by e-mail when it is published.",
                "%(count)s people wait for the text in this language and are told by e-mail when it is published.",
                waiting,
            )
            % {"count": waiting},
        )
    newest = ahead.plan.policy.newest_version()
    if newest and newest.number > ahead.plan.version.number:
        words = {"number": newest.number}
        messages.warning(
            request,
            _(
                "Version %(number)s of the original is not handed over to this translation yet. Synchronise the "
                "translations of the original."
            )
            % words,
        )


def _say_what_it_is_of(request: HttpRequest, page: PolicyPageMixin, plan: Plan) -> None:
    """Which version a translation is of; where it was published just now, what came of that.

    wagtail-localize's editor publishes, and then shows the page anew.
    """
    published = page.last_published_at
    if not plan.records and published and now() - published < JUST_NOW:
        if outcome := outcome_of(page):
            say_outcome(request, outcome)
        return
    if plan.version:
        messages.info(
            request,
            _(
                "This translates version %(number)s. Publishing it makes no version of its own, and nobody is told "
                "again."
            )
            % {"number": plan.version.number},
        )


def say_outcome(request: HttpRequest, outcome: Outcome) -> None:
    buttons = [messages.button(outcome.address, outcome.link)] if outcome.address else []
    messages.info(request, outcome.message, buttons=buttons)


def publish_or_keep_draft(request: HttpRequest) -> HttpResponse | None:
    """Run the page's view; where the database refuses the publication, save a draft and say so.

    Recording is part of publishing, so a refused record takes the publication back. Wagtail's view has no place
    to answer that, and the editor would lose the text of a new page to an error page.
    """
    if "action-publish" not in request.POST or hasattr(request, GUARDED):
        return None
    setattr(request, GUARDED, True)
    try:
        return _run_view(request)
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
    return _run_view(request)


def _run_view(request: HttpRequest) -> HttpResponse:
    view: Any = request.resolver_match
    response: HttpResponse = view.func(request, *view.args, **view.kwargs)
    return response
