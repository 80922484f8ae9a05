"""Who is told, in which language and by which name. ``WAGTAIL_PRIVACY_AUDIENCE`` names the class that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from wagtail.coreutils import get_supported_content_language_variant

if TYPE_CHECKING:
    from wagtail_privacy.models.policy import Policy


class Audience:
    """The users who are told about a material change of ``policy``.

    A site overrides what differs: mostly :meth:`people`, to leave some out, and :meth:`language`, where the site
    keeps it elsewhere. Each person is one of ``AUTH_USER_MODEL``.
    """

    def __init__(self, policy: Policy | None = None) -> None:
        self.policy = policy

    def people(self) -> QuerySet[Any]:
        """Everyone to be told, as a queryset of users. It is read in portions, ordered by primary key."""
        raise NotImplementedError

    def language(self, user: Any) -> str:
        """The content language that ``user`` reads: ``"sv"``. Asked once, when the ledger is written."""
        return default_language()

    def name(self, user: Any) -> str:
        """What ``user`` is called in the greeting; empty for a greeting without a name."""
        return str(user.get_full_name() or "")

    def address(self, user: Any) -> str:
        return str(getattr(user, user.get_email_field_name()) or "")

    def why(self) -> str:
        """Why these people get the message, as one sentence in the active language."""
        return _("You get this message because you have an account with us.")

    def count_by_language(self) -> dict[str, int]:
        """How many people would be told, by language, most first: the dry run. A broken address counts as one."""
        return _most_first(Counter(self.language(user) for user in self.people().iterator()).items())

    def without_address(self) -> int:
        """How many would be told if they had an address. 0 where the audience cannot know."""
        return 0


class RegisteredUsers(Audience):
    """Every active user with an address, in the language of their Wagtail profile, else the site's default one."""

    def registered(self) -> QuerySet[Any]:
        """Everyone who would be told if they had an address."""
        return get_user_model()._default_manager.filter(is_active=True)

    def people(self) -> QuerySet[Any]:
        address = get_user_model().get_email_field_name()
        return self.registered().filter(**{f"{address}__contains": "@"}).select_related("wagtail_userprofile")

    def language(self, user: Any) -> str:
        profile = getattr(user, "wagtail_userprofile", None)
        return content_language(profile.preferred_language if profile else "")

    def count_by_language(self) -> dict[str, int]:
        preferred = "wagtail_userprofile__preferred_language"
        counts: Counter[str] = Counter()
        for code, count in self.people().order_by().values_list(preferred).annotate(Count("pk")):
            counts[content_language(code or "")] += count
        return _most_first(counts.items())

    def without_address(self) -> int:
        return self.registered().count() - self.people().count()


def content_language(code: str) -> str:
    """The content language for ``code`` (``"sv-SE"`` → ``"sv"``), the site's default one where it has none for it."""
    try:
        return str(get_supported_content_language_variant(code))
    except LookupError:
        return default_language()


def default_language() -> str:
    return str(get_supported_content_language_variant(settings.LANGUAGE_CODE))


def _most_first(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    return dict(sorted(counts, key=lambda counted: (-counted[1], counted[0])))
