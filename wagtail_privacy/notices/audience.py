"""Who is notified, in which language and by which name. ``WAGTAIL_PRIVACY_AUDIENCE`` is the class to use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Count, F, QuerySet, Value
from django.utils.translation import gettext as _
from wagtail.models import Site

from wagtail_privacy.notices.addresses import address_hash, is_allowed, is_usable
from wagtail_privacy.notices.languages import content_language, default_language
from wagtail_privacy.notices.person import read_language, read_person
from wagtail_privacy.records.notice import Suppression

if TYPE_CHECKING:
    from wagtail_privacy.records.policy import Policy

#: How many people are loaded at a time.
CHUNK_SIZE = 1000


@dataclass(frozen=True)
class DryRun:
    """Who would be told if it were now, and who would not.

    ``by_language`` counts those who would get a mail, most first; the others are counted by the reason why not:
    no address that mail can be sent to, one that is suppressed, or one that this site, outside production, may not
    write to. People who share an address count one by one.
    """

    by_language: dict[str, int]
    without_address: int = 0
    suppressed: int = 0
    not_allowed: int = 0

    @property
    def total(self) -> int:
        return sum(self.by_language.values())


class Audience:
    """The users who are told about a material change of ``policy``.

    A site overrides what differs: mostly :meth:`people`, to leave some out, and where the site keeps the language
    elsewhere, :meth:`language_expression` and :meth:`language`. Each person is one of ``AUTH_USER_MODEL``.
    """

    #: Whether these people can have themselves taken off the list. News of a change in the terms on which an account
    #: holder's data are used is a service message: by default nobody can decline it.
    may_leave = False

    def __init__(self, policy: Policy | None = None) -> None:
        self.policy = policy

    @cached_property
    def site(self) -> Site | None:
        """The Wagtail site that the policy is published on, for an audience of that site's users alone."""
        text = self.policy.newest_text(self.policy.source_language) if self.policy and self.policy.pk else None
        return text.page.get_site() if text and text.page else None

    def people(self) -> QuerySet[Any]:
        """Everyone to be told, as a queryset of users. It is read in portions, ordered by primary key."""
        raise NotImplementedError

    def concerned(self) -> QuerySet[Any]:
        """Everyone who would be told if they had an address."""
        return self.people()

    def people_to_check(self) -> QuerySet[Any]:
        """The people that a dry run checks: :meth:`concerned`, or :meth:`people` if a class overrides only that."""
        is_said = _depth(self, "concerned") <= _depth(self, "people")
        return self.concerned() if is_said else self.people()

    def language(self, user: Any) -> str:
        """The content language that ``user`` reads: ``"sv"``. Asked once, when the ledger is written."""
        return default_language()

    def language_expression(self) -> Any:
        """The same as a database expression over :meth:`people`, whose value is a language code.

        Any code will do (``"sv-SE"``): it is taken for the content language that the site has for it, and for the
        default one where it has none. For a class that overrides only :meth:`language`, that is called for each person.
        """
        return Value(default_language())

    def name(self, user: Any) -> str:
        """What ``user`` is called in the greeting; empty for a greeting without a name."""
        full_name = getattr(user, "get_full_name", None)  # Django asks for none
        return str(full_name() or "") if full_name else ""

    def address(self, user: Any) -> str:
        return str(getattr(user, user.get_email_field_name()) or "")

    def why(self) -> str:
        """Why these people get the message, as one sentence in the active language."""
        return _("You get this message because you have an account with us.")

    def unsubscribe_url(self, user: Any) -> str:
        """Where ``user`` says that no such mail shall come again, an absolute https address; only asked if
        :attr:`may_leave`. A GET shows what would happen, a POST without cookies does it (RFC 8058)."""
        raise NotImplementedError

    @property
    def has_language_in_sql(self) -> bool:
        """Whether :meth:`language_expression` can be used: no subclass overrides only :meth:`language`."""
        return _depth(self, "language_expression") <= _depth(self, "language")

    def count_by_language(self) -> dict[str, int]:
        """How many people would be told, by language, most first; in one query. A broken address counts as one."""
        if not self.has_language_in_sql:
            default = default_language()
            return _most_first(Counter(read_language(self, user, default)[0] for user in one_by_one(self.people())))
        counts: Counter[str] = Counter()
        coded = self.people().order_by().annotate(_code=self.language_expression())
        for code, count in coded.values_list("_code").annotate(Count("pk")):
            counts[content_language(code)] += count
        return _most_first(counts)

    def dry_run(self) -> DryRun:
        """Who would be told, found out by looking at each person, in constant memory."""
        told: Counter[str] = Counter()
        obstacles: Counter[str] = Counter()
        for people in chunks(self.people_to_check()):
            addresses = [read_person(self, user).address for user in people]
            hashes = [address_hash(address) for address in addresses]
            suppressed = Suppression.objects.among(hashes)
            for user, address, hashed in zip(people, addresses, hashes, strict=True):
                if obstacle := _obstacle(address, hashed in suppressed):
                    obstacles[obstacle] += 1
                else:
                    told[read_language(self, user, default_language())[0]] += 1
        return DryRun(_most_first(told), **obstacles)


class RegisteredUsers(Audience):
    """Every active user with an address, in the language of their Wagtail profile, else the site's default one."""

    def concerned(self) -> QuerySet[Any]:
        people = get_user_model()._default_manager.all()
        if _has_field("is_active"):  # Django asks for an attribute only
            people = people.filter(is_active=True)
        return people.select_related("wagtail_userprofile") if _has_field("wagtail_userprofile") else people

    def people(self) -> QuerySet[Any]:
        address = get_user_model().get_email_field_name()
        if not _has_field(address):  # its name is Django's guess; the site's own audience says where addresses are
            return self.concerned().none()
        return self.concerned().filter(**{f"{address}__contains": "@"})

    def language(self, user: Any) -> str:
        profile = getattr(user, "wagtail_userprofile", None)
        return content_language(profile.preferred_language if profile else "")

    def language_expression(self) -> Any:
        if not _has_field("wagtail_userprofile"):
            return super().language_expression()
        return F("wagtail_userprofile__preferred_language")


def _has_field(name: str) -> bool:
    """Whether the site's users have a field or relation of that name."""
    return any(field.name == name for field in get_user_model()._meta.get_fields())


def chunks(people: QuerySet[Any]) -> Iterator[list[Any]]:
    """``people`` by primary key, a list at a time: not every database can stream what it found."""
    people = people.order_by("pk")
    portion = list(people[:CHUNK_SIZE])
    while portion:
        yield portion
        portion = list(people.filter(pk__gt=portion[-1].pk)[:CHUNK_SIZE])


def one_by_one(people: QuerySet[Any]) -> Iterator[Any]:
    return (user for portion in chunks(people) for user in portion)


def _obstacle(address: str, is_suppressed: bool) -> str:
    """Why no mail would go to ``address``; empty if one would."""
    if not is_usable(address):
        return "without_address"
    if is_suppressed:
        return "suppressed"
    return "" if is_allowed(address) else "not_allowed"


def _depth(audience: Audience, name: str) -> int:
    """How far from the audience's own class the method is defined."""
    return next(depth for depth, cls in enumerate(type(audience).__mro__) if name in cls.__dict__)


def _most_first(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda counted: (-counted[1], counted[0])))
