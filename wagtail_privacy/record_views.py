"""A recorded text in the admin: still there to be read when its page, its language or its site is gone."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.permission_policies import ModelPermissionPolicy

from wagtail_privacy.changes.wording import lines
from wagtail_privacy.models import Policy, Version
from wagtail_privacy.policy.words import language_name
from wagtail_privacy.reader.readable import read


@require_safe
def recorded(request: HttpRequest, version_id: int, language: str) -> HttpResponse:
    """A version in ``language``, in its newest edition or in that which the query names; for who may see policies."""
    if not ModelPermissionPolicy(Policy).user_has_any_permission(request.user, ("add", "change", "delete", "view")):
        raise PermissionDenied
    version = get_object_or_404(Version.objects.select_related("policy"), pk=version_id)
    editions = {str(text.edition): text for text in version.texts.filter(language=language).order_by("edition")}
    text = editions.get(request.GET.get("edition") or next(reversed(editions), ""))
    if text is None:
        raise Http404(_("Version %(number)s has no such text.") % {"number": version.number})
    context = {
        "version": version,
        "text": text,
        "title": text.title,
        "subtitle": f"{version}, {language_name(language)}",
        "editions": list(editions.values()),
        "readable": read(text),
        "lines": lines(text.changes),
    }
    return render(request, "wagtail_privacy/admin/recorded.html", context)
