"""The plugin's admin views for pages, and what hooks add to Wagtail's own."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from copy import copy
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from wagtail_privacy.actions.blocked import NAMED, explain_gaps
from wagtail_privacy.actions.permissions import require_edit
from wagtail_privacy.actions.proposal import current_publication
from wagtail_privacy.actions.translated_version import managed_translation
from wagtail_privacy.clock import now
from wagtail_privacy.notices.stop_waiting import waiting_for
from wagtail_privacy.page.mixin import PolicyPageMixin
from wagtail_privacy.page_model import page_model
from wagtail_privacy.policy.gaps import gaps_in
from wagtail_privacy.publication.findings import DraftReview, review_draft
from wagtail_privacy.publication.preview import PublicationPreview, find_problems, preview_publication
from wagtail_privacy.publication.result import PublicationResult, publication_result
from wagtail_privacy.review.translations import BETWEEN_LANGUAGES

if TYPE_CHECKING:
    from wagtail_privacy.actions.plan import Plan
    from wagtail_privacy.records.version import Version

logger = logging.getLogger("wagtail_privacy")

#: How many findings are shown above a translation's editor; all are listed under Privacy › Policies.
FINDINGS = 5
#: How long after a publication wagtail-localize's editor shows its result.
JUST_NOW = timedelta(seconds=30)


@require_safe
def outlook(request: HttpRequest, page_id: int) -> HttpResponse:
    """What publishing the newest draft would mean, as HTML for the open form. Needs permission to edit the page."""
    page = get_object_or_404(page_model(), pk=page_id).specific
    if not isinstance(page, PolicyPageMixin):
        raise Http404
    require_edit(page, request.user)
    draft = page.get_latest_revision_as_object()
    preview = preview_publication(draft, request.user)
    context = {"outlook": preview, "review": review_draft(preview, draft, request.user), "page": draft}
    return render(request, "wagtail_privacy/admin/refresh.html", context)


def block_publication(request: HttpRequest, page: PolicyPageMixin) -> HttpResponse | None:
    """Say what stands in the way of publishing the draft just saved, where no form of ours has said it."""
    if page.pk in current_publication().checked:
        return None
    problems = find_problems(page, request.user)
    for problem in problems:
        messages.error(request, problem.message)
    return redirect("wagtailadmin_pages:edit", page.pk) if problems else None


def block_bulk_publication(request: HttpRequest, pages: Iterable[Any], next_url: str) -> HttpResponse | None:
    """The same for the bulk action: all of the pages are published or none."""
    chosen = [page.specific for page in pages]
    if "include_descendants" in request.POST:
        chosen += [below for page in pages for below in page.get_descendants().not_live().specific()]
    policies = [page for page in chosen if isinstance(page, PolicyPageMixin)]
    drafts = (page.get_latest_revision_as_object() for page in policies)
    refused = [draft for draft in drafts if block_publication(request, draft)]
    return redirect(next_url) if refused else None


def block_copies(request: HttpRequest, page: Any) -> HttpResponse | None:
    """The same where a page is copied and its copies are public at once, which Wagtail refuses without the reasons."""
    if "publish_copies" not in request.POST or "alias" in request.POST:
        return None
    copied = [page, *page.get_descendants()] if "copy_subpages" in request.POST else [page]
    public = [each for each in copied if each.live and issubclass(each.specific_class, PolicyPageMixin)]
    refused = [each for each in public if block_publication(request, _as_copied(request, each, page))]
    return redirect("wagtailadmin_pages:copy", page.pk) if refused else None


def _as_copied(request: HttpRequest, page: Any, top: Any) -> PolicyPageMixin:
    """What the copy of ``page`` would say: a policy of its own, with the title that was given to the ``top`` one."""
    copied: PolicyPageMixin = copy(page.specific)
    copied.translation_key = uuid4()
    if page.pk == top.pk:
        copied.title = request.POST.get("new_title") or copied.title
    return copied


def block_conversion(request: HttpRequest, alias: Any) -> HttpResponse | None:
    """The same where an alias becomes a page of its own."""
    if request.method != "POST" or not alias.live or not isinstance(alias, PolicyPageMixin):
        return None
    return redirect("wagtailadmin_pages:edit", alias.pk) if block_publication(request, alias) else None


def block_translation(request: HttpRequest, page: PolicyPageMixin) -> HttpResponse | None:
    """The same where wagtail-localize's editor publishes a translation: it asks nobody, and would say that it has."""
    link = managed_translation(page) if request.POST.get("action") == "publish" else None
    if link is None:
        return None
    try:
        draft = link.source.get_ephemeral_translated_instance(link.target_locale, fallback=True)
    except Exception:
        logger.exception("The translation of page %s could not be looked at before its publication.", page.pk)
        return None
    return block_publication(request, draft)


def show_translation_status(request: HttpRequest, page: PolicyPageMixin) -> None:
    """Show a translator which version they translate. wagtail-localize's editor has no place for our panels."""
    if request.method != "GET" or not page.is_managed_translation():
        return
    draft = page.get_latest_revision_as_object()
    if preview := preview_publication(draft, request.user):
        _show_draft(request, draft, preview)
        _show_what_is_translated(request, page, preview)


def _show_draft(request: HttpRequest, draft: PolicyPageMixin, preview: PublicationPreview) -> None:
    """What the draft of a translation lacks, and where it says something else than its original."""
    missing, differences = preview.missing_translations, preview.differences_from_source
    if preview.plan.is_half_translated:
        differences = ()
        messages.warning(
            request,
            _(
                "Not all of this is translated. Readers keep the text that they have until everything is translated "
                "and published, whatever is published before."
            ),
        )
    else:
        if gaps := gaps_in(preview.plan.composition.snapshot):
            messages.error(request, explain_gaps(gaps))
        _show_what_is_found(request, review_draft(preview, draft, request.user))
    for sentence in (*missing, *differences)[:FINDINGS]:
        messages.warning(request, sentence)


def _show_what_is_translated(request: HttpRequest, page: PolicyPageMixin, preview: PublicationPreview) -> None:
    """The version or the held publication that a translation translates, and who waits for it."""
    version = preview.plan.version
    if preview.plan.pending:
        missing = preview.pending.missing if preview.pending else ""
        said = _("This translates a change that is held until it is published in %(languages)s too.")
        messages.info(request, said % {"languages": missing})
    elif version:
        _show_translated_version(request, page, preview.plan)
        _show_who_waits(request, waiting_for(version, page.locale.language_code).count())
        _show_newer_version(request, version.number, preview.plan.policy.newest_version())


def _show_who_waits(request: HttpRequest, waiting: int) -> None:
    if waiting:
        said = ngettext(
            "%(count)s person waits for the text in this language and is told by e-mail when it is published.",
            "%(count)s people wait for the text in this language and are told by e-mail when it is published.",
            waiting,
        )
        messages.info(request, said % {"count": waiting})


def _show_newer_version(request: HttpRequest, translated: int, newest: Version | None) -> None:
    if newest and newest.number > translated:
        said = _(
            "Version %(number)s of the original is not handed over to this translation yet. Synchronise the "
            "translations of the original."
        )
        messages.warning(request, said % {"number": newest.number})


def _show_what_is_found(request: HttpRequest, review: DraftReview | None) -> None:
    """The findings in a translation, counted, with the first of them; an error where they keep it from being published.

    What it says otherwise than the original is shown for itself.
    """
    if not review or not review.summary:
        return
    found = [finding for finding in review.judgement.open if finding.severity != "info"]
    named = [finding.message for finding in found if finding.rule not in BETWEEN_LANGUAGES][:NAMED]
    said = {"found": review.summary, "what": " ".join(named)}
    show = messages.error if review.is_blocked else messages.warning
    show(request, (_("The review finds %(found)s. %(what)s") % said).strip())


def _show_translated_version(request: HttpRequest, page: PolicyPageMixin, plan: Plan) -> None:
    """Show which version a translation is of, or the result if it was published just now.

    wagtail-localize's editor publishes, and then shows the page anew.
    """
    published = page.last_published_at
    if not plan.records and published and now() - published < JUST_NOW:
        if result := publication_result(page):
            show_result(request, result)
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


def show_result(request: HttpRequest, result: PublicationResult) -> None:
    buttons = [messages.button(result.url, result.link)] if result.url else []
    messages.info(request, result.message, buttons=buttons)
