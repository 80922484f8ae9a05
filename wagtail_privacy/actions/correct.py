"""Correct words that are published: a new edition says them better, the earlier words stay readable."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from wagtail_privacy.actions.change_of_plan import locked, note
from wagtail_privacy.actions.moment import at, now
from wagtail_privacy.actions.page_states import mend, pages_of
from wagtail_privacy.actions.plan import May
from wagtail_privacy.actions.record_version import record_event
from wagtail_privacy.actions.refusal import Refused
from wagtail_privacy.blocks.base import shown_of
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.materiality import highest, weigh
from wagtail_privacy.conf import conf
from wagtail_privacy.models.version import Event, EventKind, Text, Version
from wagtail_privacy.policy import words
from wagtail_privacy.policy.kinds import Field, kind_of
from wagtail_privacy.policy.sanitise import sanitise
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot, clean


@dataclass(frozen=True)
class Correction:
    """What a correction came to: the new editions, and the pages whose own words could not be mended."""

    editions: tuple[Text, ...]
    left: tuple[Any, ...] = ()


def correct_summary(
    version: Version, language: str, summary: str, *, user: Any = None, reason: str = ""
) -> Correction | None:
    """Give the entry of ``version`` in the history another summary in ``language``, as a new edition of its text.

    Returns ``None`` where it has that summary already. ``user`` is who asks; ``None`` is code, which may do
    everything. Raises :exc:`Refused`, with the words for the user, when it cannot be done.
    """
    with transaction.atomic(), at(now()):
        text = _newest(locked(version), language)
        _check(user, reason)
        summary = str(clean(summary))
        if summary == text.summary:
            return None
        edition = _new_edition(text, summary=summary)
        what = {"field": "summary", "old": text.summary, "new": summary}
        note(_corrected(edition, user, reason, what), user)
        return Correction((edition,))


def correct_wording(
    text: Text, section_id: str, field: str, new: str, *, user: Any = None, reason: str = ""
) -> Correction | None:
    """Put ``new`` in the place of the words in ``field`` of a section of ``text``: one line, or HTML for prose.

    The same words are replaced in the texts of later versions, in the live page and in the drafts that may go
    live, so that the correction outlives the next publication. Facts are refused, and so is what the rules hold
    to be a material change: these are published. Returns ``None`` where the words are those already. ``user`` is
    who asks; ``None`` is code, which may do everything. Raises :exc:`Refused`, with the words for the user, when
    it cannot be done.
    """
    with transaction.atomic(), at(now()):
        text = _newest(locked(text.version), text.language)
        _check(user, reason)
        section, known = _place(text, section_id, field)
        old, new = section.texts.get(field), str(clean(sanitise(new) if known.type == "prose" else new))
        if not words.plain(new).strip():
            raise Refused(_("Expected the corrected words, found none."), "new")
        if old == new:
            return None
        _check_weight(text.snapshot, _with_words(text.snapshot, section_id, field, new))
        what = {"field": field, "section": section_id, "kind": section.kind, "old": old, "new": new}
        editions = tuple(_editions(text, section_id, field, old, new))
        first = [_corrected(edition, user, reason, what) for edition in editions][0]
        note(first, user)
        return Correction(editions, tuple(_mend_pages(text, section_id, field, old, new)))


def _newest(version: Version, language: str) -> Text:
    text = version.text(language)
    if text is None:
        raise Refused(
            _("Version %(number)s has no text in this language that could be corrected.") % {"number": version.number}
        )
    text.version = version
    return text


def _check(user: Any, reason: str) -> None:
    if not May.of(user).correct_history:
        raise Refused(_("You may not correct what is published. Ask someone who may."))
    if not reason.strip():
        raise Refused(_("Expected a reason, found none. Write down why; the reason is kept in the history."), "reason")


def _place(text: Text, section_id: str, field: str) -> tuple[Section, Field]:
    """The section and the field to correct; refused where it is none, or no text."""
    section = text.snapshot.by_id.get(section_id)
    known = kind_of(section.kind).field(field) if section else None
    if section is None or known is None or field not in {**section.facts, **section.texts}:
        raise Refused(_("Expected words of this text, found none at that place. They may have been changed."), "words")
    if not known.is_text:
        raise Refused(
            _("“%(field)s” is a fact, not wording. Facts change only with a new version: edit the page and publish.")
            % {"field": known.label},
            "words",
        )
    if known.type not in ("line", "prose") or section.kind == "other":
        raise Refused(_("These words can't be corrected one by one: edit the page and publish."), "words")
    return section, known


def _check_weight(old: Snapshot, new: Snapshot) -> None:
    changes = weigh(compare(old, new), old, new, conf.RULES)
    if highest(changes) is Materiality.MATERIAL:
        raise Refused(
            _(
                "By the rules this is no correction but a change that people must be told about. Edit the page and "
                "publish it."
            ),
            "new",
        )


def _with_words(snapshot: Snapshot, section_id: str, field: str, new: str) -> Snapshot:
    def mended(section: Section) -> Section:
        texts = {**section.texts, field: new} if section.id == section_id else section.texts
        return replace(section, texts=texts, children=tuple(map(mended, section.children)))

    return Snapshot(snapshot.language, snapshot.title, tuple(map(mended, snapshot.sections)))


def _editions(text: Text, section_id: str, field: str, old: Any, new: str) -> Iterator[Text]:
    """The new edition of ``text``, and of each later version's text that has the same words there."""
    texts = text.version.policy.texts().filter(language=text.language, version__number__gt=text.version.number)
    later = {each.version_id: each for each in texts.order_by("version__number", "edition")}
    for each in (text, *later.values()):
        section = each.snapshot.by_id.get(section_id)
        if section and section.texts.get(field) == old:
            yield _new_edition(each, snapshot=_with_words(each.snapshot, section_id, field, new), mended=section_id)


def _new_edition(text: Text, *, summary: str | None = None, snapshot: Snapshot | None = None, mended: str = "") -> Text:
    edition = Text(
        version=text.version,
        language=text.language,
        edition=text.edition + 1,
        title=text.title,
        summary=text.summary if summary is None else summary,
        snapshot_json=text.snapshot_json if snapshot is None else snapshot.to_json(),
        changes_json=text.changes_json,
        shown=text.shown if snapshot is None else {**text.shown, **_shown(snapshot, mended)},
        digest=text.digest if snapshot is None else snapshot.digest,
        sanitiser_version=text.sanitiser_version,  # most of it is as it was
        carried_over=text.carried_over,
        recorded_at=now(),
        corrected_at=now(),
        page_id=text.page_id,
    )
    edition.save()
    return edition


def _shown(snapshot: Snapshot, section_id: str) -> dict[str, str]:
    with override(snapshot.language):
        return shown_of((replace(snapshot.by_id[section_id], children=()),))


def _corrected(edition: Text, user: Any, reason: str, what: dict[str, Any]) -> Event:
    data = {"language": edition.language, "edition": edition.edition, **what}
    return record_event(edition.version, EventKind.CORRECTED, user, reason=reason.strip(), data=data)


def _mend_pages(text: Text, section_id: str, field: str, old: Any, new: str) -> Iterator[Any]:
    """Mend the live pages and their drafts. Yields those pages that still say the old words."""
    for page in pages_of(text.version.policy, text.language):
        missed: list[bool] = []

        def change(state: Any, missed: list[bool] = missed) -> bool:
            section = compose(state).snapshot.by_id.get(section_id)
            if section is None or section.texts.get(field) != old:
                return False
            done = _reword(state, section_id, field, new)
            missed.append(not done)
            return done

        mend(page, "body", change)
        # wagtail-localize writes its own words into the page again when the translation is published next.
        if any(missed) or page.is_managed_translation():
            yield page


def _reword(page: Any, section_id: str, field: str, new: str) -> bool:
    """Put ``new`` into the block that says the section; whether the page then says it."""
    before = page.body.get_prep_value()
    for candidate in (new, words.plain(new)):
        body = json.loads(json.dumps(before))
        block = _block(body, section_id)
        if block is None:
            return False
        block[field] = candidate
        attempt = copy(page)
        attempt.body = json.dumps(body)
        if compose(attempt).snapshot.by_id[section_id].texts.get(field) == new:
            page.body = json.dumps(body)
            return True
    return False


def _block(body: Any, section_id: str) -> dict[str, Any] | None:
    """The values of the block that says the section: that with its id, or a single block inside of one."""
    id, *names = section_id.split("/")
    value = next((item["value"] for item in _items(body) if item.get("id") == id), None)
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else None


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
