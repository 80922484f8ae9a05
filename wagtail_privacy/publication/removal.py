"""What follows when policy pages are unpublished, deleted or moved, in words for the editor who is about to do it."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks

from wagtail_privacy.actions.permissions import Permissions
from wagtail_privacy.clock import day_of, now
from wagtail_privacy.conf import conf
from wagtail_privacy.notices.message import RenderedMail, render_mail
from wagtail_privacy.notices.unpublished import announce_unpublication, concerned_readers, describe_unpublication
from wagtail_privacy.page_model import page_model
from wagtail_privacy.policy import words
from wagtail_privacy.publication.dry_run import preview_audience
from wagtail_privacy.records.content import PolicyContent
from wagtail_privacy.records.notice import Delivery, DeliveryState, NoticeKind
from wagtail_privacy.records.permanent import permanent_path
from wagtail_privacy.records.policy import Policy

logger = logging.getLogger("wagtail_privacy")


@dataclass(frozen=True)
class Removal:
    """A policy that is to be no longer public in ``languages``. ``page`` is one of its pages that go."""

    policy: Policy
    languages: frozenset[str]
    page: Any

    @property
    def title(self) -> str:
        return str(self.policy)

    @cached_property
    def sentences(self) -> list[str]:
        """A sentence for each thing that readers, announced versions and people who were told meet."""
        return [*self._for_readers(), *_versions(self.policy), *_mails(self.policy)]

    def _for_readers(self) -> Iterator[str]:
        live = page_model().objects.live().filter(translation_key=self.policy.translation_key, alias_of=None)
        others = set(live.values_list("locale__language_code", flat=True)) - self.languages
        if others:
            sentence = _(
                "Readers of %(language)s find nothing at its address any more. The policy, its versions and its "
                "history can still be read in %(others)s."
            )
            yield sentence % {"language": _names(self.languages), "others": _names(others)}
        else:
            yield _("No other language is public: nobody can read the policy or its history on the website any more.")

    @property
    def can_be_told(self) -> bool:
        """Whether there is anybody to tell: the policy's settings may say that nobody is told by e-mail."""
        return self.policy.tells_users

    @cached_property
    def told(self) -> str:
        """How many people would be told, in words."""
        is_concerned = concerned_readers(self.policy, set(self.languages))
        counted = preview_audience(self.policy).run.by_language.items()
        count = sum(number for language, number in counted if is_concerned(language))
        sentence = ngettext("%(count)s person would be told.", "%(count)s people would be told.", count)
        return sentence % {"count": count}

    @property
    def mail_url(self) -> str:
        """Where the e-mail can be seen before it is sent."""
        query = urlencode([("language", code) for code in sorted(self.languages)])
        return f"{reverse('wagtail_privacy:removal_mail', args=[self.page.pk])}?{query}"


def removals(pages: Iterable[Any]) -> list[Removal]:
    """What follows if ``pages``, of whatever kind, are no longer public; nothing for those that are not, or aliases."""
    gone = defaultdict[UUID, list[Any]](list)
    for page in pages:
        if isinstance(page, PolicyContent) and page.live and not page.alias_of_id:
            gone[page.translation_key].append(page)
    policies = Policy.objects.filter(translation_key__in=list(gone)).order_by("pk")
    return [_removal(policy, gone[policy.translation_key]) for policy in policies]


def _removal(policy: Policy, pages: list[Any]) -> Removal:
    return Removal(policy, frozenset(page.locale.language_code for page in pages), pages[0])


@dataclass(frozen=True)
class Question:
    """What an editor is told and asked before pages are unpublished or deleted.

    ``certain`` is what follows in any case, ``below`` what does if the pages below are unpublished too. ``asks`` says
    whether the editor may have people told, and there are any.
    """

    certain: list[Removal]
    below: list[Removal]
    asks: bool

    @property
    def tellable(self) -> list[Removal]:
        known = {(removal.policy.pk, removal.languages) for removal in self.certain}
        more = [removal for removal in self.below if (removal.policy.pk, removal.languages) not in known]
        return [removal for removal in (*self.certain, *more) if removal.can_be_told]

    def work_out(self) -> list[Any]:
        """All that it says, which is kept."""
        said: list[Any] = [removal.sentences for removal in (*self.certain, *self.below)]
        return [*said, *(removal.told for removal in self.tellable if self.asks)]


def question(pages: Iterable[Any], action: str, user: Any) -> Question | None:
    """The question before ``action``, ``"unpublish"`` or ``"delete"``; ``None`` where no public policy is among them.

    A fault of ours must not stand before Wagtail's own question: it is logged.
    """
    try:
        with transaction.atomic():  # which a fault of the database would spoil for Wagtail
            asked = _question(list(pages), action, user)
            if asked:
                asked.work_out()
            return asked
    except Exception:
        logger.exception("What follows when pages are removed can't be said.")
        return None


def _question(pages: list[Any], action: str, user: Any) -> Question | None:
    chosen = [*pages, *_cascaded(pages, action)]
    below = [found for page in chosen for found in page.get_descendants().live().specific()]
    certain = removals([*chosen, *below] if action == "delete" else chosen)
    optional = removals([*chosen, *below]) if action == "unpublish" else []
    if optional == certain:
        optional = []
    told = any(removal.can_be_told for removal in (*certain, *optional))
    asks = told and Permissions.for_user(user).publish_material
    return Question(certain, optional, asks) if certain or optional else None


def _cascaded(pages: list[Any], action: str) -> list[Any]:
    """The pages that Wagtail takes along, such as translations in a synchronised tree."""
    found = (fn(pages, action) for fn in hooks.get_hooks("construct_translated_pages_to_cascade_actions"))
    more = (page for by_page in found if isinstance(by_page, dict) for each in by_page.values() for page in each)
    return [page.specific for page in more]


def preview_removal_mails(removal: Removal, languages: Iterable[str]) -> dict[str, RenderedMail]:
    """The mail that would be sent if it happened now, by the language of those who would get it, of ``languages``."""
    version = removal.policy.version_in_force(now())
    if version is None or not removal.can_be_told:
        return {}
    audience, gone = conf.AUDIENCE(removal.policy), set(removal.languages)
    is_concerned = concerned_readers(removal.policy, gone)
    told = describe_unpublication(version, gone, now())
    return {
        language: render_mail(
            announce_unpublication(version, language),
            audience.why,
            NoticeKind.UNPUBLISHED,
            removal=told,
            may_leave=audience.may_leave,
        )
        for language in languages
        if is_concerned(language)
    }


def explain_move(page: Any, destination: Any) -> Iterator[str]:
    """What becomes of the addresses of the public policies on and below ``page`` when it is moved."""
    moved = removals([page, *page.get_descendants().live().specific()])
    if not moved:
        return
    if destination.get_url_parts() is None:
        yield _("There is no website at the new place: nobody can read the policy or its history there.")
    elif all(permanent_path(each.policy.translation_key, "policy") for each in moved):
        yield _("The policy gets another address. Links in e-mails that were sent lead on to it.")
    elif apps.is_installed("wagtail.contrib.redirects"):
        yield _("The policy gets another address. Wagtail’s redirects lead on from the earlier one.")
    else:
        yield _("The policy gets another address. Links in e-mails that were sent lead nowhere then.")


def _names(languages: Iterable[str]) -> str:
    return words.listing([words.language_name(code) for code in sorted(languages)])


def _mails(policy: Policy) -> Iterator[str]:
    deliveries = Delivery.objects.filter(notice__version__policy=policy)
    told, unsent = deliveries.filter(state=DeliveryState.SENT).count(), deliveries.unsent().count()
    if told:
        yield ngettext(
            "%(count)s e-mail about it was sent. Its links lead to this page, or to one that says what became of it.",
            "%(count)s e-mails about it were sent. Their links lead to this page, or to one that says what became of "
            "it.",
            told,
        ) % {"count": told}
    if unsent:
        yield ngettext(
            "%(count)s e-mail about it is still to be sent, and is sent all the same.",
            "%(count)s e-mails about it are still to be sent, and are sent all the same.",
            unsent,
        ) % {"count": unsent}


def _versions(policy: Policy) -> Iterator[str]:
    current = policy.version_in_force(now())
    if current:
        yield _("This ends nothing: version %(number)s stays recorded as the one in force.") % {
            "number": current.number
        }
    for version in policy.versions.announced(now()):
        yield _(
            "Version %(number)s is announced and takes effect on %(day)s all the same. Withdraw it first if it shall "
            "not."
        ) % {"number": version.number, "day": words.day(day_of(version.takes_effect_at))}
