"""Apply a correction to the sources of the next publication: page, drafts, register, wagtail-localize's strings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.search import index

from wagtail_privacy.actions.page_states import policy_pages, update_live_and_drafts
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.localize import USES_LOCALIZE
from wagtail_privacy.page_model import page_model
from wagtail_privacy.policy import words
from wagtail_privacy.policy.kinds import CELLS
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.section import Text as Words
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.records.content import PolicyContent
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.register import register_models

if USES_LOCALIZE:  # only its models need the app
    from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource
    from wagtail_localize.segments import StringSegmentValue
    from wagtail_localize.segments.extract import extract_segments


@dataclass(frozen=True)
class TextLocation:
    """A text field of a section; without a section (``""``), the policy's title."""

    section: str
    field: str

    @property
    def is_title(self) -> bool:
        return not self.section

    def words(self, snapshot: Snapshot) -> Words | None:
        """What ``snapshot`` says here; ``None`` where it has no such section or says nothing there."""
        if self.is_title:
            return snapshot.title
        section = snapshot.by_id.get(self.section)
        return section.texts.get(self.field) if section else None


@dataclass(frozen=True)
class Rewording:
    """At ``location``, in ``language``, ``new`` instead of ``old``."""

    location: TextLocation
    language: str
    old: Words
    new: Words


def reword(policy: Policy, rewording: Rewording) -> Iterator[PolicyContent]:
    """Reword the live pages, their drafts that may go live, and what wagtail-localize keeps of them.

    This is not a publication: nothing is recorded. Yields each page that still has the old words somewhere.
    """
    for page in policy_pages(policy, rewording.language):
        missed: list[bool] = []
        replaced: set[_Replaced] = set()

        def change(state: Any, missed: list[bool] = missed, replaced: set[_Replaced] = replaced) -> bool:
            if rewording.location.words(compose(state).snapshot) != rewording.old:
                return False
            before = _strings(state)
            done = _reword(state, rewording)
            missed.append(not done)
            replaced.update(_differences(before, _strings(state)) if done else ())
            return done

        update_live_and_drafts(page, "title" if rewording.location.is_title else "body", change)
        if rewording.location.is_title:
            page_model().objects.filter(pk=page.pk, draft_title=rewording.old).update(draft_title=rewording.new)
        missed.append(not _reword_translations(page, replaced))
        missed.extend(not _reword_source(source, rewording) for source in _sources(page))
        index.insert_or_update_object(page)
        if any(missed):
            yield page


def is_from_register(section: Section) -> bool:
    """Whether ``section`` comes from an entry of the register, and not from a block of the page."""
    key = re.escape(str(section.facts.get("key", "")))
    return bool(key) and re.search(rf"/{section.kind}:{key}(~\d+)?$", section.id) is not None


def register_entry(section: Section) -> Any:
    """The register entry that ``section`` comes from; ``None`` if it was deleted."""
    model: Any = register_models().get(section.kind)
    return model._default_manager.filter(key=section.facts.get("key")).first() if model else None


def reword_entry(entry: Any, rewording: Rewording, user: Any) -> bool:
    """Reword ``entry`` of the register in the rewording's language. Whether it no longer says the old words."""
    field = rewording.location.field
    with override(rewording.language):
        if entry.to_section("entry").texts.get(field) != rewording.old:
            return True
        for candidate in _candidates(rewording.new):
            setattr(entry, field, candidate)
            if entry.to_section("entry").texts.get(field) == rewording.new:
                entry.save()
                log(instance=entry, action="wagtail.edit", user=user, content_changed=True)
                return True
    return False


def _reword(page: Any, rewording: Rewording) -> bool:
    """Reword ``page`` in memory; whether it then says the new words."""
    if rewording.location.is_title:
        page.title = rewording.new
        return True
    before = page.body.get_prep_value()
    for candidate in _candidates(rewording.new):
        body = json.loads(json.dumps(before))
        if not _write(body, rewording.location, candidate):
            return False
        attempt = copy(page)
        attempt.body = json.dumps(body)
        if rewording.location.words(compose(attempt).snapshot) == rewording.new:
            page.body = json.dumps(body)
            return True
    return False


def _candidates(new: Words) -> Iterator[Any]:
    """The values that a block or an entry may need to produce ``new``: the words, or the words without tags."""
    yield new
    if isinstance(new, str):
        yield words.plain(new)


def _write(body: Any, location: TextLocation, new: Any) -> bool:
    """Put ``new`` at ``location`` of ``body``; whether there is such a place."""
    block = _value(body, location.section)
    if location.field in CELLS:
        cells = block.get("cells") if isinstance(block, dict) else block
        return isinstance(cells, list) and _write_cell(cells, CELLS.index(location.field), new)
    if not isinstance(block, dict):
        return False
    block[location.field] = _keep_item_ids(block.get(location.field), new)
    return True


def _write_cell(cells: list[Any], position: int, new: Any) -> bool:
    if position >= len(cells):
        return False
    cell = cells[position]
    cells[position] = {**cell, "value": new} if isinstance(cell, dict) else new
    return True


def _keep_item_ids(stored: Any, new: Any) -> Any:
    """``new`` as the block stores it: the items of a list keep their ids, by which translations know them."""
    if not isinstance(new, list) or not isinstance(stored, list):
        return new
    said = iter(new)
    return [_item_with(item, said) for item in stored]


def _item_with(item: Any, said: Iterator[str]) -> Any:
    value = item.get("value") if isinstance(item, dict) else item
    if not str(value or "").strip():
        return item
    new = next(said, "")
    return {**item, "value": new} if isinstance(item, dict) else new


def _value(body: Any, section_id: str) -> Any:
    """What the block holds that says the section: that with its id, or a single block, or a list, inside of one."""
    id, *names = section_id.split("/")
    value = next((item["value"] for item in _items(body) if item.get("id") == id), None)
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _items(data: Any) -> Iterator[dict[str, Any]]:
    values: Iterable[Any] = ()
    if isinstance(data, dict):
        if "id" in data and "value" in data:
            yield data
        values = data.values()
    elif isinstance(data, list):
        values = data
    for value in values:
        yield from _items(value)


# What wagtail-localize keeps: each string of the original by its path in the page, and its translations. Without a
# correction there, the next publication of the translation brings the old words back.


@dataclass(frozen=True)
class _Replaced:
    """The string at ``path`` and ``position`` among those there; ``count`` of them; ``None`` if they don't pair."""

    path: str
    position: int
    count: int
    old: str
    new: str | None


def _strings(page: Any) -> dict[str, list[str]]:
    """The strings that wagtail-localize finds in ``page``, by path: rich text has several at one."""
    found: dict[str, list[str]] = {}
    for segment in extract_segments(page) if USES_LOCALIZE else ():
        if isinstance(segment, StringSegmentValue):
            found.setdefault(segment.path, []).append(segment.string.data)
    return found


def _differences(before: dict[str, list[str]], after: dict[str, list[str]]) -> Iterator[_Replaced]:
    for path, olds in before.items():
        news: list[str | None] = list(after.get(path, []))
        if len(news) != len(olds):
            news = [None] * len(olds)
        for position, (old, new) in enumerate(zip(olds, news, strict=True)):
            if old != new:
                yield _Replaced(path, position, len(olds), old, new)


def _reword_translations(page: PolicyContent, replaced: Iterable[_Replaced]) -> bool:
    """Reword the strings that ``page`` is translated with; whether none is left that says the old words."""
    if not USES_LOCALIZE:
        return True
    translations = StringTranslation.objects.filter(locale=page.locale_id, context__object_id=page.translation_key)
    missed = False
    for each in replaced:
        segments = StringSegment.objects.filter(source__object_id=page.translation_key, context__path=each.path)
        originals = list(segments.order_by("order").values_list("string_id", flat=True))
        said = translations.filter(context__path=each.path, data=each.old)
        if each.new is not None and len(originals) == each.count:
            said.filter(translation_of=originals[each.position]).update(data=each.new)
        missed = missed or said.filter(translation_of__in=originals).exists()
    return not missed


def _sources(page: PolicyContent) -> list[TranslationSource]:
    """What was handed over of ``page`` as an original to translate."""
    if not USES_LOCALIZE:
        return []
    return list(TranslationSource.objects.filter(object_id=page.translation_key, locale=page.locale_id))


def _reword_source(source: TranslationSource, rewording: Rewording) -> bool:
    """Reword what was handed over. The translations of the old words go on as those of the new ones."""
    page = source.as_instance()
    if rewording.location.words(compose(page).snapshot) != rewording.old:
        return True
    before = _strings(page)
    if not _reword(page, rewording):
        return False
    name = "title" if rewording.location.is_title else "body"
    content = json.loads(source.content_json) | {name: page.serializable_data()[name]}
    source.content_json = json.dumps(content)
    source.save(update_fields=["content_json"])
    earlier = _segments(source)
    source.refresh_segments()
    later = _segments(source)
    for location in {(each.path, each.position) for each in _differences(before, _strings(page))}:
        if location in earlier and location in later:
            _move_translations(earlier[location], later[location])
    return True


def _move_translations(earlier: StringSegment, later: StringSegment) -> None:
    """Move the translations of the earlier string to the later one, in each language that has none for it."""
    in_context = StringTranslation.objects.filter(context=earlier.context_id)
    taken = in_context.filter(translation_of=later.string_id).values_list("locale", flat=True)
    translations = in_context.filter(translation_of=earlier.string_id).exclude(locale__in=list(taken))
    translations.update(translation_of=later.string_id)


def _segments(source: TranslationSource) -> dict[tuple[str, int], StringSegment]:
    """The stored strings of ``source`` by path and position among those at it."""
    found: dict[tuple[str, int], StringSegment] = {}
    counts: dict[str, int] = {}
    for segment in StringSegment.objects.filter(source=source).select_related("context").order_by("order"):
        path = segment.context.path
        found[path, counts.get(path, 0)] = segment
        counts[path] = counts.get(path, 0) + 1
    return found
