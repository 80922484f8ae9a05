"""The public views of a policy page. Everything shown comes from recorded texts."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import override

from wagtail_privacy.clock import day_of
from wagtail_privacy.conf import conf
from wagtail_privacy.interface import interface_language
from wagtail_privacy.policy.gaps import gaps_in
from wagtail_privacy.reader.applied_texts import applied_on
from wagtail_privacy.reader.caching import conditional_response
from wagtail_privacy.reader.choosing import Choices, choices, day_asked, versions_asked
from wagtail_privacy.reader.comparison import compare_texts
from wagtail_privacy.reader.corrections import corrections
from wagtail_privacy.reader.framing import render_page
from wagtail_privacy.reader.headers import with_headers
from wagtail_privacy.reader.history import HistoryEntry, announced, entries, grouped
from wagtail_privacy.reader.ready import PageContext, kept, ready_page
from wagtail_privacy.reader.rendering import render_snapshot, render_text, sanitised_html, with_gaps_marked
from wagtail_privacy.reader.syndication import EntriesPage, as_atom, as_json
from wagtail_privacy.reader.visit import MOST_ANNOUNCED, MOST_READ, Visit, original_of
from wagtail_privacy.records.content import PolicyContent
from wagtail_privacy.records.version import Text, Version

logger = logging.getLogger("wagtail_privacy")
P = ParamSpec("P")
T = TypeVar("T")

#: How many entries of the history stand on the policy page, and on a page of the whole history.
NEWEST = 5
PER_PAGE = 20
#: How many versions that applied on one day are shown in full.
MOST_ON_A_DAY = 10
#: The views that return data, without the site's base template.
UNFRAMED = frozenset({"feed", "data"})
#: The views with more addresses than ``get_cached_paths()`` could name.
UNLISTED = frozenset({"on", "compare", "choose_versions", "choose_day"})


def policy_view(
    view: Callable[Concatenate[Visit, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, PolicyContent, P], HttpResponse]:
    """Answer in the page's language, whatever the reader's browser or session asks for; what is the plugin's, where it
    has no words in that, in another one."""

    @wraps(view)
    def answer(request: HttpRequest, page: PolicyContent, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        visit = Visit(request, page)
        listed = view.__name__ not in UNLISTED and not request.GET
        with override(visit.said_in):
            made = partial(view, visit, *args, **kwargs)
            return conditional_response(visit, made, framed=view.__name__ not in UNFRAMED, listed=listed)

    return answer


def in_force(request: HttpRequest, page: PolicyContent) -> HttpResponse:
    """The policy as it applies now, what is announced, and the newest of its history; with a fault, the text alone."""
    try:
        return _policy(request, page)
    except (Http404, PermissionDenied):
        raise
    except Exception:
        if settings.DEBUG:
            raise
        logger.exception("Only the bare text of the policy page %s could be shown.", page.pk)
        return bare_text(request, page)


@policy_view
def _policy(visit: Visit) -> HttpResponse:
    return ready_page(visit, "policy", partial(_in_force, visit), index=True)


def bare_text(request: HttpRequest, page: PolicyContent) -> HttpResponse:
    """The text in force in the site's frame, and nothing that could fail beside it."""
    text = original_of(page).text_in_force()
    language = text.language if text else page.locale.language_code
    said_in = interface_language(language)
    with override(said_in):
        readable = _or_none(lambda: text and render_snapshot(text.snapshot, sanitised_html(text)), "show the bare text")
        context = {"base_template": conf.BASE_TEMPLATE, "text": text, "readable": readable, "said_in": said_in}
        whole = {**page.get_context(request), **context}
        response = render(request, "wagtail_privacy/policy/bare.html", whole)
    response["Content-Language"] = language
    add_never_cache_headers(response)
    return response


@policy_view
def version(visit: Visit, number: int) -> HttpResponse:
    """A version at its permanent address, with what became of it."""
    return ready_page(visit, ("version", number), lambda: _version(visit, visit.version(number)))


@policy_view
def upcoming(visit: Visit) -> HttpResponse:
    """The announced version that takes effect next."""

    def context() -> PageContext:
        return _version(visit, visit.coming) if visit.coming else PageContext("policy/nothing_announced.html", {})

    return ready_page(visit, "upcoming", context)


@policy_view
def history(visit: Visit) -> HttpResponse:
    """Every version, newest first, with what it changed."""
    year, number = _year_asked(visit), _page_asked(visit)
    first = not year and number == 1
    return ready_page(visit, ("history", year, number), partial(_whole_history, visit, year, number), index=first)


def _year_asked(visit: Visit) -> int | None:
    """The year in the query, ``None`` for all. Raises :exc:`Http404` for one in which nothing was published."""
    asked = visit.request.GET.get("year", "")
    if asked and asked not in map(str, visit.timeline.years):
        raise Http404(_("No version of this policy was published in %(year)s.") % {"year": asked})
    return int(asked) if asked else None


def _whole_history(visit: Visit, year: int | None, number: int) -> PageContext:
    page = _numbered(visit.published_in(year), number)
    text = None if page.has_next() or year else visit.text_in_force
    readable = render_text(text) if text else None
    values = {
        "groups": grouped(_entries(visit, page.object_list)),
        "numbered": page,
        "year": year,
        "years": visit.timeline.years,
        "readable": readable,
        "choices": choices(visit),
    }
    return PageContext("history/history.html", values, not text or bool(readable))


@policy_view
def on(visit: Visit, day: date) -> HttpResponse:
    """All that applied on the site's day ``day``: each text in full, in the order in which they applied."""
    applied = visit.applied_on(day)
    if not applied:
        raise Http404(_("No version of this policy applied on %(day)s.") % {"day": day.isoformat()})
    left_out, applied = applied[:-MOST_ON_A_DAY], applied[-MOST_ON_A_DAY:]
    texts = [visit.text_when_in_force(version) for version in applied]
    next_one = visit.replacing(applied[-1])
    context = {
        "asked": day,
        "left_out": left_out,
        "coming": day > day_of(visit.moment),
        "absences": visit.absent_on(day),
        "choices": choices(visit, day=day),
        "applied": applied_on(day, applied, texts, next_one.takes_effect_at if next_one else None),
    }
    return render_page(visit, "policy/on.html", context)


@policy_view
def feed(visit: Visit) -> HttpResponse:
    """The change history as an Atom feed, in pages (RFC 5005 §3)."""
    atom = kept(visit, ("feed", _page_asked(visit)), lambda: (as_atom(visit, _page_of_entries(visit)), True))
    return with_headers(visit, HttpResponse(atom, content_type="application/atom+xml; charset=utf-8"))


@policy_view
def data(visit: Visit) -> HttpResponse:
    """The change history as JSON, in pages."""

    def make() -> tuple[str, bool]:
        return json.dumps(as_json(visit, _page_of_entries(visit)), ensure_ascii=False), True

    return with_headers(visit, HttpResponse(kept(visit, ("data", _page_asked(visit)), make), "application/json"))


def _page_asked(visit: Visit) -> int:
    """The page in the query, else the first. Raises :exc:`Http404` for what is no number of a page."""
    asked = visit.request.GET.get("page") or "1"
    if not re.fullmatch(r"[1-9][0-9]{0,5}", asked):
        raise Http404(_("There is no page %(number)s.") % {"number": asked})
    return int(asked)


def _page_of_entries(visit: Visit) -> EntriesPage:
    page = _numbered(visit.versions, _page_asked(visit))
    return EntriesPage(_entries(visit, page.object_list), page.number, page.paginator.num_pages)


def _numbered(versions: Any, number: int) -> Page[Version]:
    """The page of ``versions`` with this number. Raises :exc:`Http404` where there is none."""
    pages = Paginator[Version](versions, PER_PAGE)
    if number > pages.num_pages:
        raise Http404(_("There is no page %(number)s.") % {"number": number})
    return pages.page(number)


@policy_view
def choose_versions(visit: Visit) -> HttpResponse:
    """Lead to the comparison that a form asks for, or say what is wrong with what it asks."""
    asked, offered = visit.request.GET, choices(visit)
    if "old" not in asked and "new" not in asked:
        return _choose(visit, offered)
    chosen = versions_asked(offered, asked.get("old", ""), asked.get("new", ""))
    if chosen.are_wrong:
        return _choose(visit, chosen)
    return redirect(visit.address("compare", *sorted((int(chosen.old), int(chosen.new)))))


@policy_view
def choose_day(visit: Visit) -> HttpResponse:
    """Lead to what applied on the day that a form asks for, or say what is wrong with it."""
    offered = choices(visit)
    if "day" not in visit.request.GET:
        return _choose(visit, offered)
    chosen, day = day_asked(offered, visit.request.GET["day"])
    return redirect(visit.address("on", day)) if day else _choose(visit, chosen)


def _choose(visit: Visit, offered: Choices) -> HttpResponse:
    response = render_page(visit, "history/choose_again.html", {"choices": offered})
    response.status_code = 400 if offered.are_wrong else 200
    return response


@policy_view
def compare(visit: Visit, old: int, new: int) -> HttpResponse:
    """What is different in version ``new`` from version ``old``."""
    if old == new:
        return redirect(visit.address("version", new))
    if old > new:
        return redirect(visit.address("compare", new, old))
    return _compared(visit, old, new)


@policy_view
def changes_since(visit: Visit, number: int) -> HttpResponse:
    """What is different now from version ``number``."""
    known, current = visit.version(number), visit.in_force
    if current is None or known == current:
        return render_page(visit, "history/no_changes.html", {"known": known})
    if known.number > current.number:
        return redirect(visit.address("compare", current.number, known.number))
    return _compared(visit, known.number, current.number)


def _compared(visit: Visit, old: int, new: int) -> HttpResponse:
    return ready_page(visit, ("compare", old, new), lambda: _comparison(visit, visit.version(old), visit.version(new)))


def preview(request: HttpRequest, page: PolicyContent) -> HttpResponse:
    """A draft as it would be read if it were published now."""
    visit = Visit(request, page)
    with override(visit.said_in):
        return _preview(visit)


def _preview(visit: Visit) -> HttpResponse:
    plan = _or_none(lambda: visit.page.plan(visit.request.user), "show the draft")
    if plan is None:
        return render_page(visit, "policy/no_preview.html", {})
    draft = plan.composition.snapshot
    context = {
        "readable": with_gaps_marked(render_snapshot(draft, plan.composition.shown)),
        "title": draft.title,
        "gaps": len(gaps_in(draft)),
        "language": visit.language,
        "takes_effect": day_of(plan.takes_effect_at),
        **_history(visit),
    }
    return render_page(visit, "policy/preview.html", context)


def _in_force(visit: Visit) -> PageContext:
    """The policy page; complete if all of it could be shown."""
    text, current = visit.text_in_force, visit.in_force
    if text is None:
        if not visit.withheld:
            logger.error("The live policy page %s has no recorded text.", visit.page.pk)
        return PageContext("policy/missing.html", {}, is_complete=bool(visit.withheld))
    visit.readable_in = text.version.policy.languages_in_force(visit.moment)
    behind = current is not None and text.version.number < current.number
    context = {
        **_text_context(visit, text.version, text),
        **_history(visit),
        **_announcements(visit),
        "not_translated": _version_dates(visit, current) if current and behind else None,
        "found": _language_shown(visit, current) if current and behind else "",
    }
    whole = None not in (context[name] for name in ("readable", "newest", "announcements", "corrections"))
    return PageContext("policy/in_force.html", context, whole)


def _language_shown(visit: Visit, version: Version) -> str:
    """The language in which the address of ``version`` shows it."""
    text = visit.text_of(version)
    return text.language if text else ""


def _version(visit: Visit, asked: Version) -> PageContext:
    next_one = visit.replacing(asked)
    visit.readable_in = set(asked.texts.values_list("language", flat=True))
    context = {
        **_text_context(visit, asked, visit.text_of(asked)),
        "status": _status(visit, asked, next_one),
        "withdrawn": day_of(asked.withdrawn_at) if asked.withdrawn_at else None,
        "replaced_by": next_one,
        "replaced_at_once_by": visit.timeline.replaced_at_once_by(asked),
        "until": next_one.applies_from if next_one else None,
        "in_force": visit.in_force,
        "others_first": any(each.takes_effect_at < asked.takes_effect_at for each in visit.announced),
    }
    before = asked.builds_on.number if asked.builds_on else None
    whole = None not in (context["readable"], context["corrections"])
    return PageContext("policy/version.html", context, whole, before, next_one.number if next_one else None)


def _status(visit: Visit, asked: Version, next_one: Version | None) -> str:
    if asked.withdrawn_at:
        return "withdrawn"
    if not asked.applies(visit.moment):
        return "announced"
    return "superseded" if next_one and next_one.applies(visit.moment) else "in_force"


def _comparison(visit: Visit, old: Version, new: Version) -> PageContext:
    texts = _comparable(visit, old, new)
    visit.readable_in = {*old.texts.values_list("language", flat=True)} & {
        *new.texts.values_list("language", flat=True)
    }
    compared = _or_none(lambda: compare_texts(*texts), "compare versions") if texts else None
    context = {
        "old": _version_dates(visit, old),
        "new": _version_dates(visit, new),
        "sections": compared.sections if compared else None,
        "unchanged": compared.unchanged if compared else (),
        "is_whole": compared is None or compared.is_whole,
        "texts": texts,
        "choices": choices(visit, old=old.number, new=new.number),
        "language": texts[1].language if texts else visit.language,
        "compared_in": interface_language(texts[1].language if texts else visit.language),
    }
    return PageContext("history/compare.html", context, not texts or context["sections"] is not None)


def _version_dates(visit: Visit, version: Version) -> dict[str, Any]:
    return {
        "version": version,
        "number": version.number,
        "takes_effect": version.applies_from,
        "announced": version.withdrawn_at is None and not version.applies(visit.moment),
        "replaced_at_once_by": visit.timeline.replaced_at_once_by(version),
    }


def _comparable(visit: Visit, old: Version, new: Version) -> tuple[Text, Text] | None:
    """Both versions in the page's language, else both in the one that is shown instead: never one of each."""
    for language in old.policy.preferred_languages(visit.language):
        if language in visit.withheld:
            continue
        texts = old.text(language), new.text(language)
        if texts[0] and texts[1]:
            return texts[0], texts[1]
    return None


def _text_context(visit: Visit, version: Version, text: Text | None) -> dict[str, Any]:
    """A version's text and dates. ``language`` is that of the text, which may not be the page's."""
    return {
        "version": version,
        "text": text,
        "readable": render_text(text) if text else None,
        "title": text.title if text else visit.title,
        "language": text.language if text else visit.language,
        "published": day_of(version.published_at),
        "takes_effect": version.applies_from,
        "corrections": _or_none(lambda: corrections(text) if text else [], "show the corrections"),
    }


def _history(visit: Visit) -> dict[str, Any]:
    """The newest entries. A policy is read without its history rather than not at all."""
    newest = _or_none(lambda: _entries(visit, visit.versions[: NEWEST + 1]), "show the history")
    return {"newest": newest and newest[:NEWEST], "has_more": len(newest or ()) > NEWEST}


def _announcements(visit: Visit) -> dict[str, Any]:
    """What is announced, by the moments from which it applies, next one first."""
    coming = _or_none(lambda: announced(_entries(visit, visit.announced)), "show what is announced")
    more = len(coming or ()) > MOST_ANNOUNCED or len(visit.announced) == MOST_READ
    return {"announcements": coming and coming[:MOST_ANNOUNCED], "more_announced": more}


def _entries(visit: Visit, versions: Iterable[Version]) -> list[HistoryEntry]:
    in_force = visit.in_force
    return entries(
        list(versions),
        language=visit.language,
        moment=visit.moment,
        in_force=in_force.number if in_force else None,
        timeline=visit.timeline,
        withheld=visit.withheld,
        said_in=visit.said_in,
    )


def _or_none(act: Callable[[], T], what: str) -> T | None:
    """The result of ``act``; ``None`` if it raises, and the error is logged."""
    try:
        return act()
    except Exception:
        if settings.DEBUG:
            raise
        logger.exception("Could not %s.", what)
        return None
