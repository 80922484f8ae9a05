"""Answer a finding, and say that a policy was read: the review's own screens."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from wagtail_privacy.actions.answer_finding import answer_finding, ask_again, finding_to_answer
from wagtail_privacy.actions.mark_reviewed import mark_reviewed
from wagtail_privacy.actions.permissions import require_edit
from wagtail_privacy.actions.refusal import ActionError, NotAllowed
from wagtail_privacy.admin.mail_views import header_context
from wagtail_privacy.page.mixin import PolicyPageMixin
from wagtail_privacy.page_model import page_model
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.review import FindingAnswer
from wagtail_privacy.review.messages import MESSAGES


@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, page_id: int, question: str) -> HttpResponse:
    """Answer "we have none" to a finding in the newest draft of a page, or take the answer back."""
    draft = _draft(page_id)
    require_edit(draft, request.user)
    given = FindingAnswer.objects.filter(translation_key=draft.translation_key, question=question).first()
    try:
        if request.method == "POST":
            return _answer(request, draft, question)
        context = _asked(draft, question, given, request.user)
    except NotAllowed:
        raise
    except ActionError as refused:
        if given is None:
            messages.error(request, refused.message)
            return redirect(_publication_tab(draft))
        context = {"message": MESSAGES.get(given.rule, given.rule), "is_answered": True}
    back = _publication_tab(draft)
    above = (back, draft.get_admin_display_title())
    context |= {"back": back, **header_context(_("What the review asks"), "clipboard-list", above)}
    return render(request, "wagtail_privacy/admin/answer_finding.html", context)


def _answer(request: HttpRequest, draft: Any, question: str) -> HttpResponse:
    if "ask" in request.POST:
        ask_again(draft, question, request.user)
        messages.success(request, _("The review asks again."))
    else:
        answer_finding(draft, question, request.user, request.POST.get("note", ""))
        messages.success(request, _("Your answer is kept."))
    return redirect(_publication_tab(draft))


def _asked(draft: Any, question: str, given: FindingAnswer | None, user: Any) -> dict[str, Any]:
    """What is asked, if it is; an answer on other facts does not count."""
    found = finding_to_answer(draft, question, user)
    return {"message": found.message, "citation": found.citation, "is_answered": False}


@require_POST
def reviewed(request: HttpRequest, policy_id: int) -> HttpResponse:
    """Note that somebody has read the policy and that it needs no change."""
    policy = get_object_or_404(Policy, pk=policy_id)
    mark_reviewed(policy, source_page(policy), request.user)
    messages.success(request, _("It is noted that the policy was read today and needs no change."))
    return redirect("privacy-policies:inspect", policy.pk)


def source_page(policy: Policy) -> Any:
    """The policy's page in its own language. Raises ``Http404`` where it is gone."""
    text = policy.newest_text(policy.source_language)
    if text is None or text.page is None:
        raise Http404
    return text.page.specific


def _draft(page_id: int) -> Any:
    page = get_object_or_404(page_model(), pk=page_id).specific
    if not isinstance(page, PolicyPageMixin):
        raise Http404
    return page.get_latest_revision_as_object()


def _publication_tab(page: Any) -> str:
    return f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}#tab-publication"
