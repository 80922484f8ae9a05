"""Recorded texts in the admin, which stay readable when their page, language or site is gone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wagtail_privacy.actions.permissions import Permissions, require_view_policies
from wagtail_privacy.admin.header import above_policy, header_context
from wagtail_privacy.changes.sentences import lines
from wagtail_privacy.notices.tally import Tally, tallies
from wagtail_privacy.policy.words import language_name
from wagtail_privacy.reader.rendering import render_text
from wagtail_privacy.records.notice import Notice
from wagtail_privacy.records.permanent import below
from wagtail_privacy.records.version import Text, Version


@require_safe
def recorded(request: HttpRequest, version_id: int, language: str) -> HttpResponse:
    """A version in ``language``, in its newest edition or the requested one. Needs permission to view policies."""
    require_view_policies(request.user)
    version = get_object_or_404(Version.objects.select_related("policy", "builds_on"), pk=version_id)
    editions = {str(text.edition): text for text in version.texts.filter(language=language).order_by("edition")}
    text = editions.get(request.GET.get("edition") or next(reversed(editions), ""))
    if text is None:
        raise Http404(_("Version %(number)s has no such text.") % {"number": version.number})
    context = {
        "version": version,
        "text": text,
        **header_context(text.title, "lock", *above_policy(version.policy)),
        "subtitle": f"{version}, {language_name(language)}",
        "editions": list(editions.values()),
        "readable": render_text(text),
        "lines": lines(text.changes, text.language),
        "notices": _notices(version),
        "may_see_notices": Permissions.for_user(request.user).view_notice,
        "compare_url": _compare_url(text),
    }
    return render(request, "wagtail_privacy/admin/recorded.html", context)


def _notices(version: Version) -> list[tuple[Notice, Tally]]:
    """Each notice about the version, with how many people were told."""
    notices = list(version.notices.order_by("pk"))
    counted = tallies(notices)
    return [(notice, counted[notice.pk]) for notice in notices]


def _compare_url(text: Text) -> str:
    """Where it is compared with the version before it; empty where nobody can read that."""
    page, before = text.page.specific if text.page else None, text.version.builds_on
    if page is None or before is None or not page.live or not page.url:
        return ""
    return below(page.url, page.reverse_subpage("compare", args=[before.number, text.version.number]))
