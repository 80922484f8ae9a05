"""Permanent addresses of a policy: each leads to where the policy's page is now."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from wagtail.forms import PasswordViewRestrictionForm
from wagtail.models import PageViewRestriction

from wagtail_privacy.clock import now
from wagtail_privacy.conf import conf
from wagtail_privacy.interface import interface_language
from wagtail_privacy.page_model import page_model
from wagtail_privacy.reader.restrictions import refusing_restriction
from wagtail_privacy.records.permanent import below
from wagtail_privacy.records.policy import Policy


def redirect_to_page(request: HttpRequest, policy: UUID, route: str, language: str = "", **values: Any) -> HttpResponse:
    """Lead to ``route`` below the page of the policy with this translation key, in ``language`` or the reader's.

    Where that language has no public page, to the one that prevails, else to the original's, else to any. Who may
    not read the page is asked to log in, or for its password, and is not told where it is. A page without an address,
    on a site that shows its pages elsewhere and does not say where, is not found.
    """
    record = Policy.objects.filter(translation_key=policy).first()
    wanted = language or get_language_from_request(request)
    page = _page(policy, record.preferred_languages(wanted) if record else [wanted])
    url = page.get_url(request) if page else None
    if page is None or not url:
        return _not_public(request, policy, record, wanted)
    response = _ask_restrictions(page, request)
    if response is None:
        path = below(url, page.reverse_subpage(route, kwargs=values) if route != "policy" else "")
        query = request.META.get("QUERY_STRING", "")
        response = HttpResponseRedirect(path + (f"?{query}" if query else ""))
    if not language:
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def _page(policy: UUID, languages: list[str]) -> Any:
    """The policy's public page in the first of ``languages`` that has one."""
    live = page_model().objects.live().filter(translation_key=policy, alias_of=None).order_by("pk")
    found = {page.locale.language_code: page for page in live.select_related("locale")}
    page = next((found[code] for code in (*languages, *found) if code in found), None)
    return page.specific if page else None


def _ask_restrictions(page: Any, request: HttpRequest) -> HttpResponse | None:
    """The answer to who may not read ``page``: as Wagtail's own, but it leads back here; ``None`` to who may."""
    restriction = refusing_restriction(page, request)
    if restriction is None:
        return None
    here = request.get_full_path()
    if restriction.restriction_type == PageViewRestriction.PASSWORD:
        form = PasswordViewRestrictionForm(instance=restriction, initial={"return_url": here})
        action = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])
        response: HttpResponse = page.serve_password_required_response(request, form, action)
    else:
        login = getattr(settings, "WAGTAIL_FRONTEND_LOGIN_URL", None) or reverse("wagtailcore_login")
        response = redirect_to_login(here, login)
    add_never_cache_headers(response)
    return response


def _not_public(request: HttpRequest, key: UUID, policy: Policy | None, language: str) -> HttpResponse:
    """``410 Gone`` where all pages of a recorded policy were deleted, ``404`` where they are only not public.

    It says which version came last and since when it applied: nothing of what it says, which may have been for some
    readers only.
    """
    # An announced version of a policy without pages never reaches anybody: the one in force was the last.
    version = (
        policy.version_in_force(now()) or policy.versions.standing().order_by("-number").first() if policy else None
    )
    if version is None:
        raise Http404(_("There is no privacy policy at this address."))
    is_gone = not page_model().objects.filter(translation_key=key).exists()
    said_in = interface_language(language)
    with override(said_in):
        context = {
            "base_template": conf.BASE_TEMPLATE,
            "visit": SimpleNamespace(language=said_in, said_in=said_in, is_spoken=True),
            "is_gone": is_gone,
            "number": version.number,
            "day": version.applies_from,
        }
        response = render(request, "wagtail_privacy/policy/gone.html", context, status=410 if is_gone else 404)
    response["Content-Language"] = said_in
    response["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response
