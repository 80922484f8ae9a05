"""Compare recorded texts with the revisions that they were published from: which were damaged on the way?

Earlier releases sanitised the texts of several threads with one cleaner, so that paragraphs could get lost or come from
another policy. A text that was recorded whole stays whole: nothing changes it later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision

from wagtail_privacy.blocks.compose import compose_by
from wagtail_privacy.page_model import page_model
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot, section_to_json
from wagtail_privacy.policy.words import name_of, plain
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.register import register_models
from wagtail_privacy.records.version import Event, EventKind, Text


@dataclass(frozen=True)
class Damage:
    """A text that differs from ``revision``, which it was published from, in the sections called ``names``.

    Without a revision it cannot be checked: the revisions of its page are gone.
    """

    text: Text
    revision: Revision | None
    names: tuple[str, ...] = ()


def damaged_texts(policy: Policy) -> Iterator[Damage]:
    """The texts of ``policy`` that are not what was published, or that cannot be checked.

    No damage is what came from the register, whose entries change; what was corrected afterwards; what the policy's
    settings say; and what an upgrade makes otherwise.
    """
    revisions = _Revisions(policy)
    for editions in _publications(policy):
        if damage := _damage(editions, revisions):
            yield damage


def _publications(policy: Policy) -> Iterator[list[Text]]:
    """The editions that each publication of a text made: its own, then those that corrected that."""
    events = Event.objects.filter(version__policy=policy, kind=EventKind.CORRECTED)
    corrected = {(each.version_id, each.data.get("language"), each.data.get("edition")) for each in events}
    editions: list[Text] = []
    texts = Text.objects.filter(version__policy=policy).select_related("version__policy")
    for text in texts.order_by("version__number", "language", "edition"):
        if (text.version_id, text.language, text.edition) not in corrected:
            if editions:
                yield editions
            editions = []
        editions.append(text)
    if editions:
        yield editions


def _damage(editions: Sequence[Text], revisions: _Revisions) -> Damage | None:
    text = editions[0]
    if text.carried_over:
        return None  # the same as in the version before
    if names := _changed_when_shown(text):
        return Damage(text, revisions.own(text), names)
    recorded = [_comparable(each.snapshot) for each in editions]
    for revision in revisions.possible(text):
        if any(snapshot in recorded for snapshot in revisions.snapshots(revision, text)):
            return None
    own = revisions.own(text)
    if own is None:
        return Damage(text, None)
    return Damage(text, own, tuple(_names_of_differences(recorded[-1], revisions.snapshots(own, text)[0])))


@dataclass
class _Revisions:
    """The revisions of a policy's pages, and what they say, each composed once."""

    policy: Policy
    _composed: dict[int, Snapshot] = field(default_factory=dict)
    _of_page: dict[int, list[Revision]] = field(default_factory=dict)

    def possible(self, text: Text) -> list[Revision]:
        """The revisions that ``text`` may have been published from, the likeliest first."""
        own = self.own(text)
        rest = [each for each in self._all(text) if own is None or each.pk != own.pk]
        return [own, *rest] if own and not self._is_named(own, text) else [own] if own else rest

    def own(self, text: Text) -> Revision | None:
        """The one that the version names, or the newest from before the text was recorded."""
        before = [each for each in self._all(text) if each.created_at <= text.recorded_at]
        named = next((each for each in self._all(text) if self._is_named(each, text)), None)
        return named or next(iter(before), None)

    def snapshots(self, revision: Revision, text: Text) -> list[Snapshot]:
        """What ``revision`` says as a text of the version: by itself, by older rules, and with the original's facts."""
        if revision.pk not in self._composed:
            policy = self.policy
            page = revision.as_object()
            composed = compose_by(page, policy)
            self._composed[revision.pk] = composed.snapshot
        found = list(self._composed[revision.pk].by_all_rules)
        source = text.version.source_text()
        if source and source.language != text.language:
            found += [each.with_facts_of(source.snapshot) for each in found]
        return [_comparable(each) for each in found]

    def _is_named(self, revision: Revision, text: Text) -> bool:
        return revision.pk == text.version.revision_id and text.edition == 1

    def _all(self, text: Text) -> list[Revision]:
        """The revisions of the page of ``text``, newest first."""
        if text.page_id is None:
            return []
        if text.page_id not in self._of_page:
            pages = Revision.objects.filter(base_content_type=ContentType.objects.get_for_model(page_model()))
            of_page = pages.filter(object_id=str(text.page_id)).order_by("-created_at", "-pk")
            self._of_page[text.page_id] = list(of_page)
        return self._of_page[text.page_id]


def _changed_when_shown(text: Text) -> tuple[str, ...]:
    """The sections whose HTML does not say the words of their text."""
    sections = (section for section in text.snapshot.walk() if section.kind != "other")
    return tuple(name_of(section) for section in sections if not _is_shown_whole(section, text.shown))


def _is_shown_whole(section: Section, shown: Any) -> bool:
    prose = (known.name for known in kind_of(section.kind).texts if known.type == "prose")
    pairs = ((section.texts.get(name), shown.get(f"{section.id}:{name}")) for name in prose)
    return all(plain(str(said)).split() == plain(html).split() for said, html in pairs if said and html is not None)


def _comparable(snapshot: Snapshot) -> Snapshot:
    """``snapshot`` without what comes from elsewhere than its page."""
    return Snapshot(snapshot.language, snapshot.title, _of_page(snapshot.sections))


def _of_page(sections: Sequence[Section]) -> tuple[Section, ...]:
    own = (section for section in sections if not _is_of_register(section))
    return tuple(replace(each, facts=_own_facts(each), children=_of_page(each.children)) for each in own)


def _is_of_register(section: Section) -> bool:
    # As compose makes the id of what an entry says.
    return section.kind in register_models() and f"/{section.kind}:" in section.id


def _own_facts(section: Section) -> dict[str, Any]:
    of_settings = ("notice_period", "tells_users") if section.kind == "change_notice" else ()
    return {name: value for name, value in section.facts.items() if name not in of_settings}


def _names_of_differences(recorded: Snapshot, published: Snapshot) -> Iterator[str]:
    if recorded.title != published.title:
        yield published.title
    for id in {**published.by_id, **recorded.by_id}:
        one, other = recorded.by_id.get(id), published.by_id.get(id)
        if one is None or other is None or _alone(one) != _alone(other):
            yield name_of(other or one)  # type: ignore[arg-type]


def _alone(section: Section) -> dict[str, Any]:
    return section_to_json(replace(section, children=()))
