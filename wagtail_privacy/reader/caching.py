"""Answers kept by browsers and front-end caches: what they are known by, and for how long they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from typing import Any

from django.db.models import Count, Max, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from wagtail.models import Page, Site

from wagtail_privacy import __version__
from wagtail_privacy.conf import conf
from wagtail_privacy.reader.asked import rows
from wagtail_privacy.reader.visit import Visit


def answered(visit: Visit, render: Callable[[], HttpResponse], *, framed: bool, listed: bool) -> HttpResponse:
    """``304 Not Modified`` where the reader has this very answer, found out before anything is rendered; else it.

    ``framed``: whether the answer stands in the site's frame, which changes on its own. ``listed``: whether the page's
    ``get_cached_paths()`` names the address, so that a front-end cache can be told to forget it; what it can't name is
    never kept without asking. Readers who are logged in
    may see more in the frame than others: for them each answer is rendered.
    """
    if not _may_be_kept(visit.request) or visit.state is None:
        return render()
    tag = _validator(visit, visit.state, framed=framed)
    response: HttpResponse | None = get_conditional_response(visit.request, etag=tag)
    if response is None:
        response = render()
        # A frame that hands out a cookie, such as a form's token, was made for this reader alone.
        if response.status_code != 200 or response.cookies or visit.request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
            return response
    response["ETag"] = tag
    patch_cache_control(response, max_age=_seconds(visit) if listed else 0, **_private(visit))
    return response


def _validator(visit: Visit, state: tuple[Hashable, ...], *, framed: bool) -> str:
    """The entity tag (RFC 9110 §8.8.3) of what ``visit`` asks for, from all that decides what it looks like."""
    request, page = visit.request, visit.page
    known: tuple[Any, ...] = (__version__, request.build_absolute_uri(), *state, page.pk, page.seo_title)
    if framed:
        known += (conf.FRAME_VALIDATOR(request), *_newest_of_site(request))
    return f'"{hashlib.sha256(repr(known).encode()).hexdigest()[:32]}"'


def no_frame_validator(request: HttpRequest) -> str:
    """What the frame of the site depends on beside its pages: nothing, unless a site says so."""
    return ""


def _newest_of_site(request: HttpRequest) -> list[tuple[Any, ...]]:
    """When a page of the site was last published, and how many there are: an unpublished one leaves the menu, too."""
    site = Site.find_for_request(request)
    return rows(_published, site.root_page.path if site else "")


def _published(path: str) -> QuerySet[Any]:
    live = Page.objects.live().filter(path__startswith=path).order_by()
    whole = live.annotate(all=Value(1)).values("all").annotate(newest=Max("last_published_at"), many=Count("pk"))
    return whole.values_list("newest", "many")


def _may_be_kept(request: HttpRequest) -> bool:
    if request.method not in ("GET", "HEAD") or getattr(request, "is_preview", False):
        return False
    user = getattr(request, "user", None)
    return user is None or not user.is_authenticated


def _seconds(visit: Visit) -> int:
    """How long the answer holds without asking again: never past the next moment at which a version takes effect."""
    following = visit.course.next_effect(visit.moment)
    left = int((following - visit.moment).total_seconds()) if following else conf.MAX_AGE
    return max(0, min(conf.MAX_AGE, left))


def _private(visit: Visit) -> dict[str, bool]:
    restricted = conf.MAX_AGE > 0 and visit.page.get_view_restrictions().exists()
    return {"private": True} if restricted else {}
