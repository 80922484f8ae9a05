"""Tell a policy's editors by mail, once each, that it is to be read again, and what it will lack from a day on."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import Revision, Site
from wagtail.users.models import UserProfile

from wagtail_privacy.actions.permissions import can_edit
from wagtail_privacy.actions.review_published import PublishedReview, review_published
from wagtail_privacy.clock import day_of, now
from wagtail_privacy.conf import conf
from wagtail_privacy.interface import interface_language
from wagtail_privacy.notices.addresses import is_allowed, is_usable
from wagtail_privacy.policy import words
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.review import ReviewReminder
from wagtail_privacy.review.answers import question_of
from wagtail_privacy.review.coming import ComingFinding

logger = logging.getLogger(__name__)

#: So many of those who edited a policy last are asked whether they still may.
_EDITORS = 50


@dataclass(frozen=True)
class Reminder:
    """One thing to tell: ``about`` is what it is known by, so that it is told once."""

    about: str
    due_on: date | None = None
    coming: ComingFinding | None = None

    @property
    def sentence(self) -> str:
        """It in the active language."""
        if self.coming:
            return self.coming.sentence
        return _("Somebody should read it again, by %(day)s.") % {"day": words.day(self.due_on)} if self.due_on else ""


def remind() -> None:
    """Look at each public policy once a day, and tell its editors what is new, if the site wants it."""
    if not conf.REVIEW_MAILS:
        return
    for policy in Policy.objects.exclude(review_looked_on=day_of(now())):
        if _is_first_today(policy):
            try:
                _remind(policy)
            except Exception:
                logger.exception("The editors of policy %s could not be reminded.", policy.pk)


def _is_first_today(policy: Policy) -> bool:
    """Claim ``policy`` for today: another sweep may be looking at it."""
    today = day_of(now())
    waiting = Policy.objects.filter(pk=policy.pk).exclude(review_looked_on=today)
    return waiting.update(review_looked_on=today) == 1


def _remind(policy: Policy) -> None:
    review = review_published([policy]).get(policy.pk)
    page = review.text.page.specific if review and review.text.page else None
    if review is None or page is None or not page.live:
        return
    told = set(policy.review_reminders.values_list("about", flat=True))
    reminders = [reminder for reminder in _reminders(review) if reminder.about not in told]
    if reminders and _tell(page, review, reminders):
        rows = [ReviewReminder(policy=policy, about=each.about, told_at=now()) for each in reminders]
        ReviewReminder.objects.bulk_create(rows, ignore_conflicts=True)


def _reminders(review: PublishedReview) -> Iterator[Reminder]:
    if review.due_on and review.is_due:
        yield Reminder(f"review {review.due_on}", due_on=review.due_on)
    for each in review.judgement.coming if review.judgement else ():
        if each.finding.severity == "error":
            yield Reminder(f"finding {question_of(each.finding)} {each.day}", coming=each)


def _tell(page: Any, review: PublishedReview, reminders: list[Reminder]) -> bool:
    """Whether anybody was told; nobody's failing address keeps the others from being told."""
    sent = [_send(user, page, review, reminders) for user in editors(page)]
    return any(sent)


def editors(page: Any) -> list[Any]:
    """Who edited ``page`` and still may; else everybody who may. Those with an address that the site writes to."""
    drafted = Revision.page_revisions.filter(object_id=str(page.pk)).exclude(user=None).order_by("-created_at")
    ids = list(dict.fromkeys(drafted.values_list("user", flat=True)))[:_EDITORS]
    people = [user for user in _users().filter(pk__in=ids) if can_edit(page, user)]
    people = people or [user for user in _users() if can_edit(page, user)]
    return [user for user in people if is_usable(user.email) and is_allowed(user.email)]


def _users() -> Any:
    """Active accounts that may enter the admin."""
    users = get_user_model()._default_manager.filter(is_active=True).order_by("pk")
    return users.select_related("wagtail_userprofile")


def _send(user: Any, page: Any, review: PublishedReview, reminders: list[Reminder]) -> bool:
    with override(interface_language(UserProfile.get_for_user(user).get_preferred_language())):
        context = {"title": review.text.title, "sentences": [each.sentence for each in reminders], "url": _url(page)}
        subject = " ".join(render_to_string("wagtail_privacy/reminders/subject.txt", context).split())
        body = render_to_string("wagtail_privacy/reminders/body.txt", context)
    try:
        EmailMessage(subject, body, conf.FROM_EMAIL, [user.email], headers={"Auto-Submitted": "auto-generated"}).send()
    except Exception:  # a mail backend may be anything
        logger.exception("User %s could not be reminded of policy %s.", user.pk, review.policy.pk)
        return False
    return True


def _url(page: Any) -> str:
    """Where the policy is reviewed in the admin."""
    site = page.get_site() or Site.objects.filter(is_default_site=True).first()
    base = get_admin_base_url() or (site.root_url if site else "")
    return f"{base}{reverse('wagtailadmin_pages:edit', args=[page.pk])}#tab-publication"
