"""The announcement that publishing a draft would make, before there is a version to announce."""

from __future__ import annotations

from collections.abc import Iterable

from wagtail_privacy.actions.plan import Plan
from wagtail_privacy.clock import day_of, now
from wagtail_privacy.conf import conf
from wagtail_privacy.notices.announcement import Announcement, others_first, others_too, with_contact, with_links
from wagtail_privacy.notices.audience import Audience
from wagtail_privacy.notices.language_told_in import in_language, in_spoken_words
from wagtail_privacy.notices.message import RenderedMail, render_mail
from wagtail_privacy.records.content import PolicyContent


def preview_mails(plan: Plan, page: PolicyContent, languages: Iterable[str]) -> dict[str, RenderedMail]:
    """The letters that would be sent to people who read each of ``languages``, the page's own first, if ``page`` were
    published as ``plan`` says. Where it cannot be said in theirs, it is in the page's."""
    audience: Audience = conf.AUDIENCE(plan.policy)
    told = planned_announcements(plan, page, languages)
    return {language: render_mail(told[language], audience.why, may_leave=audience.may_leave) for language in told}


def planned_announcement(plan: Plan, page: PolicyContent) -> Announcement:
    """What would be told, in the page's language, if ``page`` were published as ``plan`` says."""
    moment = now()
    number = _planned_number(plan)
    told = Announcement(
        language=plan.language,
        text_language=plan.language,
        title=plan.composition.snapshot.title,
        summary=plan.answers.summary,
        changes=plan.changes,
        takes_effect_on=day_of(plan.takes_effect_at),
        at_once=plan.takes_effect_at <= moment,
        others_first=others_first(plan.policy, moment, plan.takes_effect_at),
        others_too=others_too(plan.policy, moment, plan.takes_effect_at),
    )
    base = plan.base.version.number if plan.base else None
    return with_links(with_contact(told, plan.composition.snapshot), page, base, number)


def planned_announcements(plan: Plan, page: PolicyContent, languages: Iterable[str]) -> dict[str, Announcement]:
    """The same for people who read each of ``languages``, as long as no translation of it is published."""
    told = planned_announcement(plan, page)

    def told_in(language: str) -> Announcement:
        if language == plan.language or not plan.policy.pk:
            return told
        return in_language(told, language, plan.policy, _planned_number(plan)) or told

    return {each: in_spoken_words(told_in(each), told_in) for each in dict.fromkeys((plan.language, *languages))}


def _planned_number(plan: Plan) -> int:
    newest = plan.policy.versions.order_by("-number").first() if plan.policy.pk else None
    return newest.number + 1 if newest else 1
