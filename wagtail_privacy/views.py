"""What the addresses of a policy page answer. Everything shown comes from recorded texts (DESIGN 4.2)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import override

from wagtail_privacy.actions.moment import day_of
from wagtail_privacy.conf import conf
from wagtail_privacy.reader.caching import answered
from wagtail_privacy.reader.comparison import compared
from wagtail_privacy.reader.corrections import corrections
from wagtail_privacy.reader.day import applied_on
from wagtail_privacy.reader.history import Entry, entries, grouped
from wagtail_privacy.reader.readable import read, read_snapshot, shown_of
from wagtail_privacy.reader.ready import ready
from wagtail_privacy.reader.syndication import as_atom, as_json
from wagtail_privacy.reader.visit import Visit, original_of

if TYPE_CHECKING:
    from wagtail_privacy.models import PolicyPageMixin, Text, Version

logger = logging.getLogger("wagtail_privacy")
P = ParamSpec("P")
T = TypeVar("T")

#: How many entries of the history stand on the policy page, and on a page of the whole history.
NEWEST = 5
PER_PAGE = 20
#: The views that answer with data, outside the frame of the site.
UNFRAMED = frozenset({"feed", "data"})
#: The views with more addresses than ``get_cached_paths()`` could name.
UNLISTED = frozenset({"on", "compare"})


def in_language(
    view: Callable[Concatenate[Visit, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, PolicyPageMixin, P], HttpResponse]:
    """Answer wholly in the page's language, whatever the reader's browser or session asks for."""

    @wraps(view)
    def answer(request: HttpRequest, page: PolicyPageMixin, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        visit = Visit(request, page)
        listed = view.__name__ not in UNLISTED and not request.GET
        with override(visit.language):
            made = partial(view, visit, *args, **kwargs)
            return answered(visit, made, framed=view.__name__ not in UNFRAMED, listed=listed)

    return answer


def in_force(request: HttpRequest, page: PolicyPageMixin) -> HttpResponse:
    """The policy as it applies now, what is announced, and the newest of its history; with a fault, the text alone."""
    try:
        return _policy(request, page)
    except (Http404, PermissionDenied):
        raise
    except Exception:
        if settings.DEBUG:
            raise
        logger.exception("Only the bare text of the policy page %s could be shown.", page.pk)
        return bare(request, page)


@in_language
def _policy(visit: Visit) -> HttpResponse:
    part = ready(visit, "policy/in_force.html", partial(_in_force, visit))
    if part is None:
        logger.error("The live policy page %s has no recorded text.", visit.page.pk)
        return visit.show("policy/missing.html", {})
    return visit.framed(part, index=True)


def bare(request: HttpRequest, page: PolicyPageMixin) -> HttpResponse:
    """The text in force in the site's frame, and nothing that could fail beside it."""
    text = original_of(page).text_in_force()
    language = text.language if text else page.locale.language_code
    with override(language):
        readable = _quietly(lambda: text and read_snapshot(text.snapshot, shown_of(text)), "show the bare text")
        context = {"base_template": conf.BASE_TEMPLATE, "text": text, "readable": readable, "said_in": language}
        whole = {**page.get_context(request), **context}
        response = render(request, "wagtail_privacy/policy/bare.html", whole)
    response["Content-Language"] = language
    add_never_cache_headers(response)
    return response


@in_language
def version(visit: Visit, number: int) -> HttpResponse:
    """A version at its permanent address, with what became of it."""
    return _version(visit, visit.version(number))


@in_language
def upcoming(visit: Visit) -> HttpResponse:
    """The announced version that takes effect next."""
    if visit.announced:
        return _version(visit, visit.announced[0])
    return visit.show("policy/nothing_announced.html", {})


@in_language
def history(visit: Visit) -> HttpResponse:
    """Every version, newest first, with what it changed."""
    asked = visit.request.GET.get("year", "")
    year = int(asked) if asked in map(str, visit.course.years) else None
    page = Paginator(visit.published_in(year), PER_PAGE).get_page(visit.request.GET.get("page"))
    text = None if page.has_next() or year else visit.text_in_force
    readable = read(text) if text else None
    context = {
        "groups": grouped(_entries(visit, page.object_list)),
        "numbered": page,
        "year": year,
        "years": visit.course.years,
        "earlier": readable.earlier if readable else "",
    }
    return visit.show("history/history.html", context, index=page.number == 1 and year is None)


@in_language
def on(visit: Visit, day: date) -> HttpResponse:
    """All that applied on the site's day ``day``: each text in full, in the order in which they applied."""
    applied = visit.applied_on(day)
    if not applied:
        raise Http404(_("No version of this policy applied on %(day)s.") % {"day": day.isoformat()})
    texts = [visit.text(version) for version in applied]
    next_one = visit.replacing(applied[-1])
    context = {
        "asked": day,
        "coming": day > day_of(visit.moment),
        "applied": applied_on(day, applied, texts, next_one.takes_effect_at if next_one else None),
    }
    return visit.show("policy/on.html", context)


@in_language
def feed(visit: Visit) -> HttpResponse:
    """The change history as an Atom feed."""
    atom = as_atom(visit, _entries(visit, visit.versions))
    return visit.headed(HttpResponse(atom, content_type="application/atom+xml; charset=utf-8"))


@in_language
def data(visit: Visit) -> HttpResponse:
    """The change history as JSON."""
    said = as_json(visit, _entries(visit, visit.versions))
    return visit.headed(JsonResponse(said, json_dumps_params={"ensure_ascii": False}))


@in_language
def compare(visit: Visit, old: int, new: int) -> HttpResponse:
    """What is different in version ``new`` from version ``old``."""
    if old == new:
        return redirect(visit.address("version", new))
    if old > new:
        return redirect(visit.address("compare", new, old))
    return _comparison(visit, visit.version(old), visit.version(new))


@in_language
def changes_since(visit: Visit, number: int) -> HttpResponse:
    """What is different now from version ``number``."""
    known, current = visit.version(number), visit.in_force
    if current is None or known == current:
        return visit.show("history/no_changes.html", {"known": known})
    if known.number > current.number:
        return redirect(visit.address("compare", current.number, known.number))
    return _comparison(visit, known, current)


def preview(request: HttpRequest, page: PolicyPageMixin) -> HttpResponse:
    """A draft as it would be read if it were published now."""
    visit = Visit(request, page)
    with override(visit.language):
        return _preview(visit)


def _preview(visit: Visit) -> HttpResponse:
    plan = _quietly(lambda: visit.page.plan(visit.request.user), "show the draft")
    if plan is None:
        return visit.show("policy/no_preview.html", {})
    context = {
        "readable": read_snapshot(plan.composition.snapshot, plan.composition.shown),
        "title": plan.composition.snapshot.title,
        "language": visit.language,
        "takes_effect": day_of(plan.takes_effect_at),
        **_history(visit),
    }
    return visit.show("policy/preview.html", context)


def _in_force(visit: Visit) -> tuple[dict[str, Any], bool] | None:
    """The context of the policy page, and whether all of it could be shown; ``None`` where nothing was recorded."""
    text, current = visit.text_in_force, visit.in_force
    if text is None:
        return None
    behind = current is not None and text.version.number < current.number
    announcements = _quietly(lambda: _entries(visit, visit.announced), "show what is announced")
    context = {
        **_reading(visit, text.version, text),
        **_history(visit),
        "announcements": announcements,
        "not_translated": _dated(visit, current) if current and behind else None,
    }
    return context, None not in (context["readable"], context["newest"], announcements, context["corrections"])


def _version(visit: Visit, asked: Version) -> HttpResponse:
    next_one = visit.replacing(asked)
    context = {
        **_reading(visit, asked, visit.text(asked)),
        "status": _status(visit, asked, next_one),
        "withdrawn": day_of(asked.withdrawn_at) if asked.withdrawn_at else None,
        "replaced_by": next_one,
        "until": day_of(next_one.takes_effect_at) if next_one else None,
        "in_force": visit.in_force,
        "others_first": any(each.takes_effect_at < asked.takes_effect_at for each in visit.announced),
    }
    before = asked.builds_on.number if asked.builds_on else None
    return visit.show("policy/version.html", context, before=before, after=next_one.number if next_one else None)


def _status(visit: Visit, asked: Version, next_one: Version | None) -> str:
    if asked.withdrawn_at:
        return "withdrawn"
    if not asked.applies(visit.moment):
        return "announced"
    return "superseded" if next_one and next_one.applies(visit.moment) else "in_force"


def _comparison(visit: Visit, old: Version, new: Version) -> HttpResponse:
    texts = _comparable(visit, old, new)
    context = {
        "old": _dated(visit, old),
        "new": _dated(visit, new),
        "sections": _quietly(lambda: compared(*texts), "compare versions") if texts else None,
        "texts": texts,
        "language": texts[1].language if texts else visit.language,
    }
    return visit.show("history/compare.html", context)


def _dated(visit: Visit, version: Version) -> dict[str, Any]:
    return {
        "version": version,
        "number": version.number,
        "takes_effect": day_of(version.takes_effect_at),
        "announced": version.withdrawn_at is None and not version.applies(visit.moment),
    }


def _comparable(visit: Visit, old: Version, new: Version) -> tuple[Text, Text] | None:
    """Both versions in the page's language, else both in the language they were written in: never one of each."""
    for language in (visit.language, old.policy.source_language):
        texts = old.text(language), new.text(language)
        if texts[0] and texts[1]:
            return texts[0], texts[1]
    return None


def _reading(visit: Visit, version: Version, text: Text | None) -> dict[str, Any]:
    """A version's text and dates. ``language`` is that of the text, which may not be the page's."""
    return {
        "version": version,
        "text": text,
        "readable": read(text) if text else None,
        "title": text.title if text else visit.page.title,
        "language": text.language if text else visit.language,
        "published": day_of(version.published_at),
        "takes_effect": day_of(version.takes_effect_at),
        "corrections": _quietly(lambda: corrections(text) if text else [], "show the corrections"),
    }


def _history(visit: Visit) -> dict[str, Any]:
    """The newest entries. A policy is read without its history rather than not at all."""
    newest = _quietly(lambda: _entries(visit, visit.versions[: NEWEST + 1]), "show the history")
    return {"newest": newest and newest[:NEWEST], "has_more": len(newest or ()) > NEWEST}


def _entries(visit: Visit, versions: Iterable[Version]) -> list[Entry]:
    in_force = visit.in_force
    return entries(
        list(versions),
        language=visit.language,
        source=visit.policy.source_language if visit.policy else visit.language,
        moment=visit.moment,
        in_force=in_force.number if in_force else None,
    )


def _quietly(act: Callable[[], T], what: str) -> T | None:
    """What ``act`` returns; ``None``, and the error in the log, where stored data keep it from that."""
    try:
        return act()
    except Exception:
        if settings.DEBUG:
            raise
        logger.exception("Could not %s.", what)
        return None
