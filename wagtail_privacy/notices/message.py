"""The message: its three templates rendered once for each language, and the person's values put in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from email.utils import format_datetime, parseaddr
from functools import cached_property, lru_cache
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
from wagtail_privacy.notices.announcement import Announcement, Speaker, announcements_planned
from wagtail_privacy.notices.audience import Audience
from wagtail_privacy.notices.plan import ChangedPlan, changed_plan
from wagtail_privacy.policy import words

if TYPE_CHECKING:
    from wagtail_privacy.actions.plan import Plan
    from wagtail_privacy.models.page import PolicyPageMixin

#: Where the greeting goes. The templates put it in as ``{{ greeting }}``.
GREETING = "[[privacy-notice-greeting]]"
#: Where the person's own address for leaving goes: ``{{ leave }}``, empty where nobody can leave.
LEAVE = "[[privacy-notice-leave]]"
#: A name longer than this isn't one.
LONGEST_NAME = 100
#: Lines of a change list in a mail; the comparison that it links to has them all.
MOST_LINES = 20


@dataclass(frozen=True)
class Message:
    """A mail in one language: its subject, its plain text and its HTML.

    ``leave_url`` is where this person says that no such mail shall come again; empty where they cannot.
    """

    language: str
    subject: str
    text: str
    html: str
    leave_url: str = ""


@dataclass(frozen=True)
class Letter:
    """A message to everybody who reads one language, with a gap for the greeting.

    Where people can leave (``may_leave``), it has gaps for each one's own address for that, too.
    """

    message: Message
    may_leave: bool = False

    @cached_property
    def _greetings(self) -> tuple[str, str]:
        """How a person with a name and one without is greeted."""
        with translation.override(self.message.language):
            return _("Hello {name},"), pgettext("greeting without a name", "Hello,")

    def greeting(self, name: str = "") -> str:
        """The greeting. Whatever is in ``name``, it stays on one line and of decent length."""
        named, unnamed = self._greetings
        clean = _clean(name)
        return named.format(name=clean) if clean else unnamed

    def addressed_to(self, name: str = "", leave_url: str = "") -> Message:
        """The message to the person called ``name``; without one, to nobody in particular."""
        greeting, text, html = self.greeting(name), self.message.text, self.message.html
        if self.may_leave:
            text, html = text.replace(LEAVE, leave_url), html.replace(LEAVE, escape(leave_url))
        return replace(
            self.message,
            text=text.replace(GREETING, greeting, 1),
            html=html.replace(GREETING, escape(greeting), 1),
            leave_url=leave_url if self.may_leave else "",
        )


class Letters(dict[str, Letter]):
    """The letters about a version by language, each written when first asked for.

    ``notice`` is the one they are sent for; without it they announce. ``as_of`` is how long the policy's chain was
    when they were begun: they tell the plan of that moment.
    """

    def __init__(
        self, version: Version, why: Callable[[], str], notice: Notice | None = None, *, may_leave: bool = False
    ) -> None:
        super().__init__()
        self._speaker = Speaker(version)
        self._why = why
        self._notice = notice
        self._may_leave = may_leave
        self.as_of = version.policy.chain_length

    def __missing__(self, language: str) -> Letter:
        self[language] = self.written(language)
        return self[language]

    def written(self, language: str) -> Letter:
        told, notice = self._speaker.announcement(language), self._notice
        if notice is None:
            return write(told, self._why, may_leave=self._may_leave)
        plan = changed_plan(notice)
        return write(told, self._why, notice.kind, plan=plan, head=notice.head, may_leave=self._may_leave)


def render(version: Version, language: str, name: str = "") -> Message:
    """The message about ``version`` as a person called ``name`` who reads ``language`` gets it."""
    notice = version.notices.filter(kind=NoticeKind.ANNOUNCED).first()
    audience = _audience(version)
    return Letters(version, audience.why, notice, may_leave=audience.may_leave)[language].addressed_to(name)


def previews(plan: Plan, page: PolicyPageMixin, languages: Iterable[str]) -> dict[str, Letter]:
    """The letters that would be sent to people who read each of ``languages``, the page's own first, if ``page`` were
    published as ``plan`` says. Where it cannot be said in theirs, it is in the page's."""
    audience: Audience = conf.AUDIENCE(plan.policy)
    told = announcements_planned(plan, page, languages)
    return {language: write(told[language], audience.why, may_leave=audience.may_leave) for language in told}


def write(
    told: Announcement,
    why: Callable[[], str],
    kind: str = NoticeKind.ANNOUNCED,
    *,
    plan: ChangedPlan | None = None,
    head: str = "",
    may_leave: bool = False,
) -> Letter:
    """Render the templates of ``kind`` with everything in them wholly in the language of ``told``.

    ``plan`` is the change of plan that it tells; ``head`` the seal that the policy's chain ended with; ``may_leave``
    says whether people can have themselves taken off the list.
    """
    folder = f"wagtail_privacy/notices/{kind}"
    with translation.override(told.language):
        context = {
            **_context(told, why),
            "head": head,
            "head_in_parts": " ".join(head[start : start + 16] for start in range(0, len(head), 16)),
            "leave": LEAVE if may_leave else "",
            "plan": plan.in_words() if plan else None,
        }
        message = Message(
            language=told.language,
            subject=" ".join(render_to_string(f"{folder}/subject.txt", context).split()),
            text=render_to_string(f"{folder}/body.txt", context).strip() + "\n",
            html=render_to_string(f"{folder}/body.html", context),
        )
    return Letter(message, may_leave)


def _clean(name: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in name).split())[:LONGEST_NAME]


def envelope(delivery: Delivery, message: Message, address: str) -> EmailMultiAlternatives:
    """``message`` as a mail to ``address``.

    The same delivery always has the same Message-ID, so that a mail sent twice can be told to be one. It says
    that a machine sent it (RFC 3834), which keeps answering machines quiet. Where the person can leave, the mail
    program can offer that with one click (RFC 2369, RFC 8058; the server must sign these headers with DKIM).
    """
    headers = {
        "Message-ID": message_id(delivery),
        "Date": format_datetime(now()),
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    if message.leave_url:
        headers |= {
            "List-Unsubscribe": f"<{message.leave_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    mail = EmailMultiAlternatives(message.subject, message.text, conf.FROM_EMAIL, [address], headers=headers)
    mail.attach_alternative(message.html, "text/html")
    return mail


def message_id(delivery: Delivery) -> str:
    return f"<privacy-notice-{ids_of(delivery)}@{_domain(conf.FROM_EMAIL)}>"


def ids_of(delivery: Delivery) -> str:
    """What differs from one Message-ID to the next."""
    return f"{delivery.notice_id}-{delivery.pk}"


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
        "text_language": words.language_name(told.text_language),
        "instead_of": words.language_name(told.instead_of) if told.instead_of else "",
        "why": why(),
    }


@lru_cache(maxsize=8)
def _domain(sender: str) -> str:
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return domain or "localhost"


def _audience(version: Version) -> Audience:
    audience: Audience = conf.AUDIENCE(version.policy)
    return audience
