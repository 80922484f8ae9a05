"""What a message about a version says, in one language and before any wording."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wagtail_privacy.actions.moment import day_of, now
from wagtail_privacy.changes.change import Change, Materiality, Reference
from wagtail_privacy.models.version import Text, Version
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot

if TYPE_CHECKING:
    from wagtail_privacy.actions.plan import Plan
    from wagtail_privacy.models.page import PolicyPageMixin
    from wagtail_privacy.models.policy import Policy


@dataclass(frozen=True)
class Announcement:
    """What people are told about a version in ``language``.

    ``text_language`` is the language of the text that the links lead to: the source's, as long as the
    translation isn't published. ``instead_of`` is the language of the people told, where that is another one.
    ``others_first``: changes announced before take effect earlier than these.
    ``contact`` is whom to turn to: the data protection officer, else a controller. ``authority`` is the country
    whose supervisory authority takes complaints. Links are absolute; those of a page that is gone are empty.
    """

    language: str
    text_language: str
    title: str
    summary: str
    changes: tuple[Change, ...]
    takes_effect_on: date
    at_once: bool
    others_first: bool = False
    controllers: tuple[str, ...] = ()
    contact: Section | None = None
    authority: str = ""
    compare_url: str = ""
    version_url: str = ""
    policy_url: str = ""
    instead_of: str = ""

    @property
    def is_translated(self) -> bool:
        """Whether the text that the links lead to is in the message's own language."""
        return self.language == self.text_language


class Speaker:
    """Says in which languages a version can be told, and what is told in each.

    A language can tell a version when the version has a text in it; or when all its changes are of facts, whose
    sentences need no translator, in sections that an earlier text names in that language. Otherwise the message
    is wholly in the source's language: never half in one and half in the other.
    """

    def __init__(self, version: Version) -> None:
        self.version = version

    def announcement(self, language: str) -> Announcement:
        """What is told to people who read ``language``: in it where that can be, else in the original's."""
        if language not in self._announcements:
            self._announcements[language] = self._tell(language)
        return self._announcements[language] or replace(_of_text(self.source), instead_of=language)

    @cached_property
    def _announcements(self) -> dict[str, Announcement | None]:
        return {self.source.language: _of_text(self.source)}

    @cached_property
    def source(self) -> Text:
        text = self.version.source_text()
        if text is None:
            msg = f"Expected a text of {self.version!r}, found none."
            raise LookupError(msg)
        return text

    def _tell(self, language: str) -> Announcement | None:
        text = self.version.text(language)
        if text:
            return _of_text(text)
        return _told_in(_of_text(self.source), language, self.version.policy, self.version.number)


def _told_in(told: Announcement, language: str, policy: Policy, number: int) -> Announcement | None:
    """``told`` about version ``number`` in a language that it has no text in; ``None`` where that cannot be said."""
    earlier = policy.texts().filter(language=language, version__number__lt=number)
    known = earlier.order_by("-version__number", "-edition").first()
    changes = said_in(known.snapshot, told.changes) if known else None
    if known is None or changes is None:
        return None
    said = replace(told, language=language, title=known.title, summary="", changes=changes)
    # The policy and its history can be read in this language; only the new text cannot.
    return replace(said, policy_url=(known.page and known.page.get_full_url()) or said.policy_url)


def said_in(known: Snapshot, changes: Iterable[Change]) -> tuple[Change, ...] | None:
    """``changes`` with the names that ``known``, a text in another language, has for their sections.

    ``None`` if the sentence about one of them would quote words, or name a section that ``known`` lacks.
    """
    said = [_said_in(known, change) for change in changes]
    return None if None in said else tuple(change for change in said if change)


def _said_in(known: Snapshot, change: Change) -> Change | None:
    if change.materiality is Materiality.EDITORIAL:
        return change  # only counted
    path, old_path = _path_in(known, change.path), _path_in(known, change.old_path)
    if not path or old_path is None or (change.is_text and not _is_unquoted(change)):
        return None
    return replace(change, path=path, old_path=old_path)


def _is_unquoted(change: Change) -> bool:
    field = kind_of(change.path[-1].kind).field(change.field)
    return field is not None and field.type in ("prose", "value")


def _path_in(known: Snapshot, path: tuple[Reference, ...]) -> tuple[Reference, ...] | None:
    steps = [_step_in(known, step) for step in path]
    return None if None in steps else tuple(step for step in steps if step)


def _step_in(known: Snapshot, step: Reference) -> Reference | None:
    section = known.by_id.get(step.old_id) or known.by_id.get(step.id)
    if section:
        return replace(Reference.to(section), id=step.id, old_id=step.old_id)
    field = kind_of(step.kind).field(step.named_by)
    return step if field and not field.is_text else None


def announcement_planned(plan: Plan, page: PolicyPageMixin) -> Announcement:
    """What would be told, in the page's language, if ``page`` were published as ``plan`` says."""
    moment = now()
    number = _number_planned(plan)
    told = Announcement(
        language=plan.language,
        text_language=plan.language,
        title=plan.composition.snapshot.title,
        summary=plan.answers.summary,
        changes=plan.changes,
        takes_effect_on=day_of(plan.takes_effect_at),
        at_once=plan.takes_effect_at <= moment,
        others_first=_others_first(plan.policy, moment, plan.takes_effect_at),
    )
    base = plan.base.version.number if plan.base else None
    return _with_links(_with_contact(told, plan.composition.snapshot), page, base, number)


def announcements_planned(plan: Plan, page: PolicyPageMixin, languages: Iterable[str]) -> dict[str, Announcement]:
    """The same for people who read each of ``languages``, as long as no translation of it is published."""
    told = announcement_planned(plan, page)
    found = {plan.language: told}
    for language in languages:
        if language not in found:
            said = _told_in(told, language, plan.policy, _number_planned(plan)) if plan.policy.pk else None
            found[language] = said or told
    return found


def _number_planned(plan: Plan) -> int:
    newest = plan.policy.versions.order_by("-number").first() if plan.policy.pk else None
    return newest.number + 1 if newest else 1


def _of_text(text: Text) -> Announcement:
    version = text.version
    told = Announcement(
        language=text.language,
        text_language=text.language,
        title=text.title,
        summary=text.summary,
        changes=text.changes,
        takes_effect_on=day_of(version.takes_effect_at),
        at_once=version.takes_effect_at <= version.published_at,
        others_first=_others_first(version.policy, version.published_at, version.takes_effect_at),
    )
    base = version.follows(version.policy.numbers_in(text.language))
    return _with_links(_with_contact(told, text.snapshot), text.page and text.page.specific, base, version.number)


def _others_first(policy: Policy, published_at: datetime, takes_effect_at: datetime) -> bool:
    """Whether the policy changes between the announcement and the day: then it doesn't stay as it is today."""
    if policy.pk is None:
        return False
    return policy.versions.announced(published_at).filter(takes_effect_at__lt=takes_effect_at).exists()


def _with_contact(told: Announcement, snapshot: Snapshot) -> Announcement:
    sections = list(snapshot.walk())
    controllers = [section for section in sections if section.kind == "controller"]
    officers = [section for section in sections if section.kind == "dpo"]
    reachable = [who for who in (*officers, *controllers) if {"email", "phone", "form_url"} & who.facts.keys()]
    complaints = [section for section in sections if section.kind == "complaint"]
    return replace(
        told,
        controllers=tuple(str(who.facts["name"]) for who in controllers if who.facts.get("name")),
        contact=reachable[0] if reachable else None,
        authority=next((str(who.facts["authority"]) for who in complaints if who.facts.get("authority")), ""),
    )


def _with_links(told: Announcement, page: Any, base: int | None, number: int) -> Announcement:
    url = page.get_full_url() if page else None
    if not url:
        return told
    return replace(
        told,
        compare_url=url + page.reverse_subpage("compare", args=(base, number)) if base else "",
        version_url=url + page.reverse_subpage("version", args=(number,)),
        policy_url=url,
    )
