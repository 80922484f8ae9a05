"""The message: its three templates rendered once for each language, and the person's values put in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING, Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wagtail_privacy.actions.moment import now
from wagtail_privacy.changes.wording import lines
from wagtail_privacy.conf import conf
from wagtail_privacy.models.notice import Delivery, Notice, NoticeKind
from wagtail_privacy.models.version import Version
from wagtail_privacy.notices.announcement import Announcement, Speaker, announcement_planned
from wagtail_privacy.notices.audience import Audience
from wagtail_privacy.notices.plan import ChangedPlan, changed_plan
from wagtail_privacy.policy import words

if TYPE_CHECKING:
    from wagtail_privacy.actions.plan import Plan
    from wagtail_privacy.models.page import PolicyPageMixin

#: Where the greeting goes. The templates put it in as ``{{ greeting }}``.
GREETING = "[[privacy-notice-greeting]]"
#: A name longer than this isn't one.
LONGEST_NAME = 100
#: Lines of a change list in a mail; the comparison that it links to has them all.
MOST_LINES = 20


@dataclass(frozen=True)
class Message:
    """A mail in one language: its subject, its plain text and its HTML."""

    language: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Letter:
    """A message to everybody who reads one language, with a gap for the greeting."""

    message: Message

    def addressed_to(self, name: str = "") -> Message:
        """The message to the person called ``name``; without one, to nobody in particular."""
        greeting = greet(name, self.message.language)
        return replace(
            self.message,
            text=self.message.text.replace(GREETING, greeting, 1),
            html=self.message.html.replace(GREETING, escape(greeting), 1),
        )


class Letters(dict[str, Letter]):
    """The letters about a version by language, each written when first asked for.

    ``notice`` is the one they are sent for; without it they announce. ``as_of`` is how long the policy's chain was
    when they were begun: they tell the plan of that moment.
    """

    def __init__(self, version: Version, why: Callable[[], str], notice: Notice | None = None) -> None:
        super().__init__()
        self._speaker = Speaker(version)
        self._why = why
        self._notice = notice
        self.as_of = version.policy.chain_length

    def __missing__(self, language: str) -> Letter:
        told, notice = self._speaker.announcement(language), self._notice
        if notice is None:
            self[language] = write(told, self._why)
        else:
            plan = changed_plan(notice)
            self[language] = write(told, self._why, notice.kind, plan=plan, head=notice.head)
        return self[language]


def render(version: Version, language: str, name: str = "") -> Message:
    """The message about ``version`` as a person called ``name`` who reads ``language`` gets it."""
    notice = version.notices.filter(kind=NoticeKind.ANNOUNCED).first()
    return Letters(version, _audience(version).why, notice)[language].addressed_to(name)


def preview(plan: Plan, page: PolicyPageMixin) -> Message:
    """The message that would be sent, in the page's language, if ``page`` were published as ``plan`` says."""
    audience: Audience = conf.AUDIENCE(plan.policy)
    return write(announcement_planned(plan, page), audience.why).addressed_to()


def write(
    told: Announcement,
    why: Callable[[], str],
    kind: str = NoticeKind.ANNOUNCED,
    *,
    plan: ChangedPlan | None = None,
    head: str = "",
) -> Letter:
    """Render the templates of ``kind`` with everything in them wholly in the language of ``told``.

    ``plan`` is the change of plan that it tells; ``head`` the seal that the policy's chain ended with.
    """
    folder = f"wagtail_privacy/notices/{kind}"
    with translation.override(told.language):
        context = {**_context(told, why), "head": head, "plan": plan.in_words() if plan else None}
        message = Message(
            language=told.language,
            subject=" ".join(render_to_string(f"{folder}/subject.txt", context).split()),
            text=render_to_string(f"{folder}/body.txt", context).strip() + "\n",
            html=render_to_string(f"{folder}/body.html", context),
        )
    return Letter(message)


def greet(name: str, language: str) -> str:
    """The greeting in ``language``. Whatever is in ``name``, it stays on one line and of decent length."""
    clean = " ".join("".join(char if char.isprintable() else " " for char in name).split())[:LONGEST_NAME]
    with translation.override(language):
        return _("Hello {name},").format(name=clean) if clean else pgettext("greeting without a name", "Hello,")


def envelope(delivery: Delivery, message: Message, address: str) -> EmailMultiAlternatives:
    """``message`` as a mail to ``address``.

    The same delivery always has the same Message-ID, so that a mail sent twice can be told to be one. It says
    that a machine sent it (RFC 3834), which keeps answering machines quiet.
    """
    headers = {
        "Message-ID": f"<privacy-notice-{delivery.notice_id}-{delivery.pk}@{_domain(conf.FROM_EMAIL)}>",
        "Date": format_datetime(now()),
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    mail = EmailMultiAlternatives(message.subject, message.text, conf.FROM_EMAIL, [address], headers=headers)
    mail.attach_alternative(message.html, "text/html")
    return mail


def _context(told: Announcement, why: Callable[[], str]) -> dict[str, Any]:
    """What the templates say, already in words."""
    changed = lines(told.changes)
    return {
        "told": told,
        "greeting": GREETING,
        "day": words.day(told.takes_effect_on),
        "lines": changed[:MOST_LINES],
        "more": len(changed[MOST_LINES:]),
        "controller": words.listing(told.controllers),
        "contact": told.contact.facts if told.contact else {},
        "authority": words.authority(told.authority) if told.authority else "",
        "text_language": _language_name(told.text_language),
        "why": why(),
    }


def _language_name(code: str) -> str:
    return str(translation.get_language_info(code)["name_translated"])


def _domain(sender: str) -> str:
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return domain or "localhost"


def _audience(version: Version) -> Audience:
    audience: Audience = conf.AUDIENCE(version.policy)
    return audience
