"""The titles of policies as they are in force, for what a site builds from pages: menus, lists, its API.

The row of a page holds the title that was published last, which may be announced or held back.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from wagtail.api.v2.serializers import PageAliasOfField, PageParentField, PageSerializer

from wagtail_privacy.clock import now
from wagtail_privacy.conf import conf
from wagtail_privacy.records.version import Text


def with_title_in_force(pages: QuerySet[Any]) -> QuerySet[Any]:
    """``pages``, of any class, each with a ``title_in_force``: of a policy the title of the text in force, of any
    other page its own. In the same query."""
    key = Coalesce(OuterRef("alias_of__translation_key"), OuterRef("translation_key"))
    texts = Text.objects.filter(
        version__policy__translation_key=key, version__withdrawn_at=None, version__takes_effect_at__lte=now()
    ).lent_to_everybody(OuterRef("locale__language_code"))
    # One subquery for each: SQLite takes no reference to the outer query in an ordering.
    languages = (
        OuterRef("locale__language_code"),
        Value(conf.PREVAILING_LANGUAGE),
        F("version__policy__source_language"),
    )
    newest = texts.order_by("-version__number", "-edition").values("title")
    titles = [Subquery(newest.filter(language=language)[:1]) for language in languages]
    return pages.annotate(title_in_force=Coalesce(*titles, F("title"), output_field=TextField()))


class _WithTitleInForce:
    """What represents a page says of a policy the title in force."""

    def to_representation(self, page: Any) -> Any:
        found = super().to_representation(page)  # type: ignore[misc]
        if "title" in found and hasattr(page.specific_class, "title_in_force"):
            found["title"] = page.specific_deferred.title_in_force
        return found


class _Parent(_WithTitleInForce, PageParentField):
    pass


class _AliasOf(_WithTitleInForce, PageAliasOfField):
    pass


class TitleInForceSerializer(_WithTitleInForce, PageSerializer):
    """A serializer of Wagtail's API (v2) that says of policies the title in force, in lists of every type, too.

    For a site's own ``PagesAPIViewSet``: ``base_serializer_class = TitleInForceSerializer``.
    """

    parent = _Parent(read_only=True)
    alias_of = _AliasOf(read_only=True)
