"""The message: its three templates are rendered once for each language, then personalised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wagtail_privacy.changes.sentences import Line, lines, right_in_words
from wagtail_privacy.conf import conf
from wagtail_privacy.interface import language_attributes
from wagtail_privacy.notices.announcement import Announcement
from wagtail_privacy.notices.audience import Audience
from wagtail_privacy.notices.changed_plan import ChangedPlan, changed_plan
from wagtail_privacy.notices.language_told_in import Announcements
from wagtail_privacy.notices.unpublished import Unpublication, announce_unpublication, unpublication
from wagtail_privacy.policy import words
from wagtail_privacy.policy.characters import legible
from wagtail_privacy.policy.section import anchor_of
from wagtail_privacy.records.notice import Notice, NoticeKind
from wagtail_privacy.records.version import Version

#: The placeholder for the greeting: ``{{ greeting }}`` in the templates.
GREETING = "[[privacy-notice-greeting]]"
#: The placeholder for the person's unsubscribe URL: ``{{ leave }}``, empty if nobody can leave.
LEAVE = "[[privacy-notice-leave]]"
#: Longer names are cut.
MAX_NAME_LENGTH = 100
#: Lines of a change list in a mail; the comparison that it links to has them all.
MAX_LINES = 20


@dataclass(frozen=True)
class Message:
    """A mail in one language: its subject, its plain text and its HTML. Title and summary are the policy's, and may be
    in another one: in HTML they are marked with it.

    ``unsubscribe_url`` is where this person can unsubscribe; empty if they cannot. ``reply_to`` is the address that
    replies go to, empty where it is the sender's.
    """

    language: str
    subject: str
    text: str
    html: str
    unsubscribe_url: str = ""
    reply_to: str = ""


@dataclass(frozen=True)
class ToldLine:
    """A line of what changes, with where it leads: to its change in the comparison, to the right that it touches."""

    line: Line
    announcement: Announcement

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def tag(self) -> str:
        return self.line.tag

    @property
    def quotes(self) -> tuple[str, ...]:
        return self.line.quotes

    @property
    def language(self) -> str:
        return self.line.language

    @property
    def compare_url(self) -> str:
        """Its change in the comparison; empty where there is nothing to compare with."""
        url = self.announcement.compare_url
        return f"{url}#{self.line.anchor}" if url else ""

    @property
    def right(self) -> str:
        """What the right is called that it touches; empty where the policy doesn't tell of it."""
        return right_in_words(self.line.right) if self.right_url else ""

    @property
    def right_url(self) -> str:
        section = self.announcement.rights.get(self.line.right, "")
        url = self.announcement.version_url
        return f"{url}#{anchor_of(section)}" if section and url else ""


@dataclass(frozen=True)
class RenderedMail:
    """A message to everybody who reads one language, with a gap for the greeting.

    If people can leave (``may_leave``), it has gaps for each one's unsubscribe URL, too.
    """

    message: Message
    may_leave: bool = False

    @cached_property
    def _greetings(self) -> tuple[str, str]:
        """How a person with a name and one without is greeted."""
        with translation.override(self.message.language):
            return _("Hello {name},"), pgettext("greeting without a name", "Hello,")

    def greeting(self, name: str = "") -> str:
        """The greeting, on one line; a long name is cut."""
        named, unnamed = self._greetings
        clean = _clean(name)
        return named.format(name=clean) if clean else unnamed

    def for_person(self, name: str = "", unsubscribe_url: str = "") -> Message:
        """The message to the person called ``name``; without one, to nobody in particular."""
        greeting, text, html = self.greeting(name), self.message.text, self.message.html
        if self.may_leave:
            text, html = text.replace(LEAVE, unsubscribe_url), html.replace(LEAVE, escape(unsubscribe_url))
        return replace(
            self.message,
            text=text.replace(GREETING, greeting, 1),
            html=html.replace(GREETING, escape(greeting), 1),
            unsubscribe_url=unsubscribe_url if self.may_leave else "",
        )


class RenderedMails(dict[str, RenderedMail]):
    """The rendered mails about a version by language, each rendered when first used.

    ``notice`` is the one they are sent for; without it they announce. ``as_of`` is the length of the policy's chain
    when they were created: they describe the plan at that moment.
    """

    def __init__(
        self, version: Version, why: Callable[[], str], notice: Notice | None = None, *, may_leave: bool = False
    ) -> None:
        super().__init__()
        self._announcements = Announcements(version)
        self._why = why
        self._notice = notice
        self._may_leave = may_leave
        self.as_of = version.policy.chain_length

    def __missing__(self, language: str) -> RenderedMail:
        self[language] = self.render_for(language)
        return self[language]

    def render_for(self, language: str) -> RenderedMail:
        notice = self._notice
        if notice is None:
            return render_mail(self._announcements.for_language(language), self._why, may_leave=self._may_leave)
        if removal := unpublication(notice):
            announcement = announce_unpublication(notice.version, language)
            return self._render(announcement, notice, removal=removal)
        return self._render(self._announcements.for_language(language), notice, plan=changed_plan(notice))

    def _render(self, announcement: Announcement, notice: Notice, **told: Any) -> RenderedMail:
        return render_mail(announcement, self._why, notice.kind, head=notice.head, may_leave=self._may_leave, **told)


def render(version: Version, language: str, name: str = "") -> Message:
    """The message about ``version`` as a person called ``name`` who reads ``language`` gets it."""
    notice = version.notices.filter(kind=NoticeKind.ANNOUNCED).first()
    audience = _audience(version)
    return RenderedMails(version, audience.why, notice, may_leave=audience.may_leave)[language].for_person(name)


def render_mail(
    announcement: Announcement,
    why: Callable[[], str],
    kind: str = NoticeKind.ANNOUNCED,
    *,
    plan: ChangedPlan | None = None,
    removal: Unpublication | None = None,
    head: str = "",
    may_leave: bool = False,
) -> RenderedMail:
    """Render the templates of ``kind`` with everything in them wholly in the language that ``announcement`` is said in.

    ``plan`` is the change of plan that it tells, ``removal`` what is no longer public; ``head`` the seal that the
    policy's chain ended with; ``may_leave`` says whether people can have themselves taken off the list.
    """
    folder = f"wagtail_privacy/notices/{kind}"
    with translation.override(announcement.said_in):
        context: dict[str, Any] = {
            **_context(announcement, why),
            "head": head,
            "head_in_parts": " ".join(head[start : start + 16] for start in range(0, len(head), 16)),
            "leave": LEAVE if may_leave else "",
            "plan": plan.as_context() if plan else None,
            "removal": removal.as_context() if removal else None,
        }
        message = Message(
            language=announcement.said_in,
            subject=" ".join(legible(render_to_string(f"{folder}/subject.txt", context)).split()),
            text=legible(render_to_string(f"{folder}/body.txt", context)).strip() + "\n",
            html=legible(render_to_string(f"{folder}/body.html", {**context, "told": _marked(announcement)})),
            reply_to=announcement.reply_to,
        )
    return RenderedMail(message, may_leave)


def _marked(announcement: Announcement) -> Announcement:
    """``announcement`` for HTML: its title marked with its language where the words around it are in another one."""
    if announcement.said_in == announcement.language:
        return announcement
    title = format_html("<span {}>{}</span>", language_attributes(announcement.language), announcement.title)
    return replace(announcement, title=title)


def _clean(name: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in name).split())[:MAX_NAME_LENGTH]


def _context(announcement: Announcement, why: Callable[[], str]) -> dict[str, Any]:
    """The context of the templates, already in words."""
    language = announcement.changes_language or announcement.text_language
    changed = [ToldLine(line, announcement) for line in lines(announcement.changes, language)]
    return {
        "told": announcement,
        "title": announcement.title,
        "greeting": GREETING,
        "day": words.day(announcement.takes_effect_on),
        "lines": changed[:MAX_LINES],
        "more": len(changed[MAX_LINES:]),
        "controller": words.listing(announcement.controllers),
        "contact": announcement.contact.facts if announcement.contact else {},
        "authority": words.authority(announcement.authority) if announcement.authority else "",
        "text_language": words.language_name(announcement.text_language),
        "instead_of": words.language_name(announcement.instead_of) if announcement.instead_of else "",
        "why": why(),
    }


def _audience(version: Version) -> Audience:
    audience: Audience = conf.AUDIENCE(version.policy)
    return audience
