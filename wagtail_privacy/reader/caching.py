"""Answers kept by browsers and front-end caches: what they are known by, and for how long they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from wagtail.models import Page, Site

from wagtail_privacy import __version__
from wagtail_privacy.conf import conf
from wagtail_privacy.reader.visit import Visit


def answered(visit: Visit, render: Callable[[], HttpResponse], *, framed: bool) -> HttpResponse:
    """``304 Not Modified`` where the reader has this very answer, found out before anything is rendered; else it.

    ``framed``: whether the answer stands in the site's frame, which changes on its own. Readers who are logged in
    may see more in the frame than others: for them each answer is rendered.
    """
    if not _may_be_kept(visit.request):
        return render()
    tag = validator(visit, framed=framed)
    response: HttpResponse | None = get_conditional_response(visit.request, etag=tag)
    if response is None:
        response = render()
        # A frame that hands out a cookie, such as a form's token, was made for this reader alone.
        if response.status_code != 200 or response.cookies or visit.request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
            return response
    response["ETag"] = tag
    patch_cache_control(response, max_age=_seconds(visit), **_private(visit))
    return response


def validator(visit: Visit, *, framed: bool) -> str:
    """The entity tag (RFC 9110 §8.8.3) of what ``visit`` asks for, from all that decides what it looks like."""
    request = visit.request
    known: tuple[Any, ...] = (__version__, request.build_absolute_uri(), *visit.state, visit.page.pk)
    if framed:
        known += (conf.FRAME_VALIDATOR(request), *_newest_of_site(request))
    return f'"{hashlib.sha256(repr(known).encode()).hexdigest()[:32]}"'


def no_frame_validator(request: HttpRequest) -> str:
    """What the frame of the site depends on beside its pages: nothing, unless a site says so."""
    return ""


def _newest_of_site(request: HttpRequest) -> tuple[Any, ...]:
    """When a page of the site was last published, and how many there are: an unpublished one leaves the menu, too."""
    site = Site.find_for_request(request)
    pages = Page.objects.live().descendant_of(site.root_page, inclusive=True) if site else Page.objects.live()
    found = pages.order_by().aggregate(newest=Max("last_published_at"), many=Count("pk"))
    return (str(found["newest"]), found["many"])


def _may_be_kept(request: HttpRequest) -> bool:
    if settings.DEBUG or request.method not in ("GET", "HEAD") or getattr(request, "is_preview", False):
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
