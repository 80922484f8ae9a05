"""Which version applies at a moment, and which text is read where a language has none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Substr
from wagtail.models import PageViewRestriction

from wagtail_privacy.page_model import page_model


class VersionQuerySet(models.QuerySet[Any]):
    def standing(self) -> VersionQuerySet:
        """The versions that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def in_force(self, moment: datetime) -> VersionQuerySet:
        """The version that applies at ``moment``, first; older ones after it."""
        return self.standing().filter(takes_effect_at__lte=moment).order_by("-number")

    def announced(self, moment: datetime) -> VersionQuerySet:
        """The versions that are published and take effect after ``moment``, next one first."""
        return self.standing().filter(takes_effect_at__gt=moment).order_by("number")

    def applied_between(self, first: datetime, end: datetime) -> list[Any]:
        """The versions that applied at any moment from ``first`` until ``end``, earliest first.

        Of versions that took effect at the same moment only the last ever applied.
        """
        before = list(self.in_force(first)[:1])
        during = list(self.standing().filter(takes_effect_at__gt=first, takes_effect_at__lt=end).order_by("-number"))
        newest_first = [*during, *before]
        later = [None, *(version.takes_effect_at for version in newest_first)]
        applied = [v for v, until in zip(newest_first, later, strict=False) if v.takes_effect_at != until]
        return applied[::-1]


class TextQuerySet(models.QuerySet[Any]):
    def lent(self, withheld: Collection[str]) -> TextQuerySet:
        """The texts that a page may show which is not in one of the languages ``withheld`` from its visitor."""
        return self.exclude(language__in=withheld) if withheld else self

    def lent_to_everybody(self, language: Any) -> TextQuerySet:
        """The texts that the public may read on the page in ``language``: its own, and of the others those of pages
        without a view restriction."""
        carrying = page_model().objects.filter(
            translation_key=OuterRef("version__policy__translation_key"),
            locale__language_code=OuterRef("language"),
            alias_of=None,
        )
        return self.filter(Q(language=language) | ~Exists(carrying.filter(is_restricted())))

    def preferring(self, languages: Sequence[str]) -> TextQuerySet:
        """The texts in the first of ``languages`` before those in the second and so on, any other language last; of
        each, the newest first."""
        whens = [models.When(language=language, then=rank) for rank, language in enumerate(languages)]
        rank = models.Case(*whens, default=len(whens), output_field=models.IntegerField())
        return self.order_by(rank, "-version__number", "-edition")


def is_restricted() -> Q:
    """Of a page in a query: whether Wagtail restricts who may view it, itself or by what stands above it.

    An alias has the restrictions of what it is an alias of. Where an alias of an alias is restricted anywhere, which is
    hardly ever, every page is said to be: better than to follow them without end.
    """
    restricted = PageViewRestriction.objects
    any_chain = restricted.filter(page__aliases__aliases__isnull=False)
    return Q(Exists(any_chain), *(Exists(_restrictions_by(path)) for path in _RESTRICTED), _connector=Q.OR)


#: The paths of the page that bears a restriction, and of its aliases.
_RESTRICTED = ("page__path", "page__aliases__path")


def _restrictions_by(path: str) -> models.QuerySet[Any]:
    return PageViewRestriction.objects.filter(**{path: Substr(OuterRef("path"), 1, Length(path))})
