"""HTTP caching of the public pages: entity tags and ``max-age``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control

from wagtail_privacy import __version__
from wagtail_privacy.conf import conf
from wagtail_privacy.page_model import for_search_engines
from wagtail_privacy.reader.visit import Visit


def conditional_response(
    visit: Visit, render: Callable[[], HttpResponse], *, framed: bool, listed: bool
) -> HttpResponse:
    """``304 Not Modified`` if the client has the current response, without rendering it; else the response.

    ``framed``: whether the answer stands in the site's frame, which changes on its own. ``listed``: whether the page's
    ``get_cached_paths()`` names the address, so that it can be purged from a front-end cache; other addresses
    are always revalidated. Readers who are logged in
    may see more in the frame than others: for them each answer is rendered.
    """
    if not _may_be_kept(visit.request) or visit.state is None:
        return _for_this_reader(render())
    tag = _validator(visit, visit.state, framed=framed)
    response: HttpResponse | None = get_conditional_response(visit.request, etag=tag)
    if response is None:
        response = render()
        # A response that sets a cookie, such as a CSRF token, is for this reader only.
        if response.status_code != 200 or response.cookies or visit.request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
            return _for_this_reader(response)
    response["ETag"] = tag
    patch_cache_control(response, max_age=_seconds(visit) if listed else 0, **_private(visit))
    return response


def _for_this_reader(response: HttpResponse) -> HttpResponse:
    """Asked for anew each time; Django's cache middleware would else keep it for as long as the site's other pages."""
    patch_cache_control(response, private=True, max_age=0)
    return response


def _validator(visit: Visit, state: tuple[Hashable, ...], *, framed: bool) -> str:
    """The entity tag (RFC 9110 §8.8.3) of what ``visit`` asks for, from all that decides what it looks like."""
    request, page = visit.request, visit.page
    known: tuple[Any, ...] = (__version__, request.build_absolute_uri(), *state, page.pk)
    known += for_search_engines(page)
    if framed:
        known += (conf.FRAME_VALIDATOR(request), *visit.newest_of_site)
    return f'"{hashlib.sha256(repr(known).encode()).hexdigest()[:32]}"'


def no_frame_validator(request: HttpRequest) -> str:
    """What the frame of the site depends on beside its pages: nothing, unless a site says so."""
    return ""


def _may_be_kept(request: HttpRequest) -> bool:
    if request.method not in ("GET", "HEAD") or getattr(request, "is_preview", False):
        return False
    user = getattr(request, "user", None)
    return user is None or not user.is_authenticated


def _seconds(visit: Visit) -> int:
    """How long the answer holds without asking again: never past the next moment at which a version takes effect."""
    following = visit.timeline.next_effect(visit.moment)
    left = int((following - visit.moment).total_seconds()) if following else conf.MAX_AGE
    return max(0, min(conf.MAX_AGE, left))


def _private(visit: Visit) -> dict[str, bool]:
    return {"private": True} if visit.is_restricted else {}
