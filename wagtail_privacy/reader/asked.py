"""All that a request asks of the database about a policy before anything is shown, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, QuerySet, Subquery, Value
from django.http import HttpRequest
from wagtail.models import Site

from wagtail_privacy.page_model import page_model
from wagtail_privacy.reader.queries import fetch_rows
from wagtail_privacy.records.in_force import is_restricted
from wagtail_privacy.records.policy import Policy


@dataclass(frozen=True)
class AboutPage:
    """What is asked about the policy's page in ``language``; ``columns`` are what its address is made of."""

    language: str
    is_live: bool
    is_restricted: bool
    columns: dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """``recorded`` is the policy's key and the head of its chain, which every event moves; ``newest_of_site`` when a
    page of the site was last published, and how many there are."""

    recorded: tuple[int, str] | None
    newest_of_site: tuple[Any, ...]
    pages: tuple[AboutPage, ...]

    def is_restricted(self, page: Any) -> bool:
        """Whether ``page`` may not be read by everybody; ``True``, too, of one that was not asked about."""
        found = (about.is_restricted for about in self.pages if about.columns[page._meta.pk.attname] == page.pk)
        return next(found, True)


def ask(request: HttpRequest, original: Any) -> Asked:
    """About the policy whose page is ``original``, which is no alias, on the site that ``request`` is to."""
    site, model, key = Site.find_for_request(request), type(original), original.translation_key
    rows = fetch_rows(_all_about, model, key=key, path=site.root_page.path if site else "")
    if not rows:
        return Asked(next(iter(fetch_rows(_recorded, key=key)), None), (), ())
    policy, head, *newest = rows[0][:_ABOUT_ALL]
    return Asked((policy, head) if policy else None, tuple(newest), tuple(_about(row, model) for row in rows))


def _about(row: Sequence[Any], model: Any) -> AboutPage:
    language, is_live, restricted, *columns = row[_ABOUT_ALL:]
    return AboutPage(language, bool(is_live), bool(restricted), dict(zip(_columns(model), columns, strict=True)))


def _columns(model: Any) -> tuple[str, ...]:
    """What the address of a page is made of, in the order of its model."""
    wanted = {model._meta.pk.attname, "id", "locale_id", "url_path"}
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname in wanted)


#: How many columns of each row say the same in all.
_ABOUT_ALL = 4


def _all_about(model: Any, translation_key: UUID, site_path: str) -> QuerySet[Any]:
    """The policy's key and the head of its chain, when a page of the site was last published and how many there are,
    and the policy's pages: which are live, and which restricted."""
    recorded = Policy.objects.filter(translation_key=translation_key).order_by()
    live = page_model().objects.live().filter(path__startswith=site_path).order_by()
    published = live.annotate(all=Value(1)).values("all")
    pages = model._default_manager.filter(translation_key=translation_key, alias_of=None).order_by()
    return pages.annotate(
        recorded=Subquery(recorded.values("pk")),
        head=Subquery(recorded.values("chain_head")),
        newest=Subquery(published.annotate(newest=Max("last_published_at")).values("newest")),
        many=Subquery(published.annotate(many=Count("pk")).values("many")),
        restricted=ExpressionWrapper(is_restricted(), BooleanField()),
    ).values_list("recorded", "head", "newest", "many", "locale__language_code", "live", "restricted", *_columns(model))


def _recorded(translation_key: UUID, site_path: str) -> QuerySet[Any]:
    return Policy.objects.filter(translation_key=translation_key).values_list("pk", "chain_head")
