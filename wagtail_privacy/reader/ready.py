"""The pages that are kept ready: their content without the site's base template, and the history for programs."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpResponse
from django.templatetags.static import static

from wagtail_privacy.page_model import for_search_engines
from wagtail_privacy.reader.cache import get_or_make
from wagtail_privacy.reader.framing import PageContent, framed, render_content
from wagtail_privacy.reader.relations import relations
from wagtail_privacy.reader.visit import Visit

T = TypeVar("T")


@dataclass(frozen=True)
class PageContext:
    """A template and what it is rendered with; not kept unless it ``is_complete``. ``before`` and ``after`` are the
    numbers of the versions beside the one that is shown."""

    template: str
    values: dict[str, Any]
    is_complete: bool = True
    before: int | None = None
    after: int | None = None


class _Unkept(Exception):
    """Carries what was made and must not be kept past :func:`get_or_make`."""

    def __init__(self, value: Any) -> None:
        self.value = value


def ready_page(visit: Visit, asked: Hashable, make: Callable[[], PageContext], *, index: bool = False) -> HttpResponse:
    """The page that ``asked`` names among those of ``visit``, in the site's frame, its content kept ready.

    The content is rendered without the request: what one reader is shown holds for all.
    """

    def content() -> tuple[PageContent, bool]:
        context = make()
        related = tuple(relations(visit, before=context.before, after=context.after))
        values = {"page": visit.page, "visit": visit, "is_indexed": index, **context.values}
        return render_content(context.template, values, related), context.is_complete

    return framed(visit, kept(visit, asked, content), index=index)


def kept(visit: Visit, asked: Hashable, make: Callable[[], tuple[T, bool]]) -> T:
    """What ``make`` returns first, kept ready if it returns ``True`` beside that, and ``asked`` is not ``None``."""

    def complete() -> T:
        value, is_complete = make()
        if not is_complete:
            raise _Unkept(value)
        return value

    if asked is None or visit.state is None:
        return make()[0]
    meta = for_search_engines(visit.page)
    shown_with = (*meta, visit.request.build_absolute_uri("/"), static("wagtail_privacy/policy.css"))
    try:
        return get_or_make("page", (asked, *visit.state, *shown_with), complete, shared=True)
    except _Unkept as unkept:
        value: T = unkept.value
        return value
