"""Two texts side by side: what changed, section by section, with the words that went and came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from wagtail_privacy.changes.change import Change, ChangeKind
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.text_diff import as_html, diff_of
from wagtail_privacy.changes.wording import sentence
from wagtail_privacy.models import Text
from wagtail_privacy.policy import words
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.snapshot import Snapshot, section_from_json
from wagtail_privacy.reader.passages import Passage, anchor_of
from wagtail_privacy.reader.readable import shown_of


@dataclass(frozen=True)
class Difference:
    """One change: its sentence and, as far as they apply, old and new in words, the text with its changed words
    marked, or the whole section that came or went."""

    kind: ChangeKind
    sentence: str
    old: str = ""
    new: str = ""
    marked: str = ""
    whole: str = ""


@dataclass(frozen=True)
class SectionChanges:
    """What changed in one top-level section. ``anchor`` leads to it in the newer text, if it is still there."""

    heading: str
    anchor: str
    differences: tuple[Difference, ...]


def compared(old: Text, new: Text) -> list[SectionChanges]:
    """What is different in ``new``, both in one language, in that language and in the order of the newer text."""
    with override(new.language):
        groups: dict[str, list[Change]] = {}
        for change in compare(old.snapshot, new.snapshot):
            groups.setdefault(change.path[0].id if change.path else "", []).append(change)
        shown = {**shown_of(old), **shown_of(new)}
        return [_section(id, changes, old.snapshot, new.snapshot, shown) for id, changes in groups.items()]


def _section(
    id: str, changes: Iterable[Change], old: Snapshot, new: Snapshot, shown: Mapping[str, str]
) -> SectionChanges:
    differences = tuple(_difference(change, shown) for change in changes)
    section = new.by_id.get(id) or old.by_id.get(id)
    if section is None:
        return SectionChanges(_("The policy as a whole"), "", differences)
    passage = Passage(section, shown)
    return SectionChanges(passage.heading or passage.name, anchor_of(id) if id in new.by_id else "", differences)


def _difference(change: Change, shown: Mapping[str, str]) -> Difference:
    said = sentence(change)
    if change.kind in ("added", "removed"):
        return Difference(change.kind, said, whole=_whole(change, shown))
    if change.kind == "moved":
        return Difference(change.kind, said)
    field = kind_of(change.section.kind).field(change.field) if change.section else None
    if field is None or field.is_text:
        return Difference(change.kind, said, marked=_marked(change))
    return Difference(change.kind, said, old=words.say(field, change.old), new=words.say(field, change.new))


def _marked(change: Change) -> SafeString:
    return mark_safe(as_html(diff_of(change)))  # noqa: S308


def _whole(change: Change, shown: Mapping[str, str]) -> SafeString:
    section = section_from_json(change.new if change.kind == "added" else change.old)
    return Passage(section, shown, level=3).render()
