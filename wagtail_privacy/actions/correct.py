"""Correct published wording: a new edition has the corrected words, the earlier ones stay readable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from wagtail_privacy.actions.blocked import added_problem
from wagtail_privacy.actions.carry_correction import (
    Rewording,
    TextLocation,
    is_from_register,
    register_entry,
    reword,
    reword_entry,
)
from wagtail_privacy.actions.permissions import Permissions, can_change
from wagtail_privacy.actions.postpone_or_withdraw import lock_version, log_event
from wagtail_privacy.actions.record_version import record_event
from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.blocks.base import render_prose
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.materiality import highest, weigh
from wagtail_privacy.clock import at, now
from wagtail_privacy.conf import conf
from wagtail_privacy.page_model import page_model
from wagtail_privacy.policy import words
from wagtail_privacy.policy.kinds import Field, kind_of
from wagtail_privacy.policy.sanitise import sanitise
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.section import Text as Words
from wagtail_privacy.policy.snapshot import Snapshot, clean
from wagtail_privacy.records.version import Event, EventKind, Text, Version

TITLE = TextLocation("", "title")
TITLE_FIELD = Field("title", "line", gettext_lazy("Title"))


@dataclass(frozen=True)
class Correction:
    """The result of a correction: the new editions, and what still has the old words.

    That is a page, or an entry of the register: the next publication would bring the old words back from there.
    """

    editions: tuple[Text, ...]
    left: tuple[Any, ...] = ()


def correct_summary(
    version: Version, language: str, summary: str, *, user: Any = None, reason: str = ""
) -> Correction | None:
    """Give the entry of ``version`` in the history another summary in ``language``, as a new edition of its text.

    Returns ``None`` where it has that summary already. ``user`` is who asks; ``None`` is code, which may do
    everything. Raises :exc:`ActionError`, with the words for the user, when it cannot be done.
    """
    with transaction.atomic(), at(now()):
        text = _newest(lock_version(version), language)
        _check(text, user, reason)
        summary = str(clean(summary))
        if summary == text.summary:
            return None
        edition = _new_edition(text, summary=summary)
        what = {"field": "summary", "old": text.summary, "new": summary}
        log_event(_corrected(edition, user, reason, what), user)
        return Correction((edition,))


def correct_wording(
    text: Text,
    section_id: str,
    field: str,
    new: Words,
    *,
    user: Any = None,
    reason: str = "",
    means_the_same: bool = False,
) -> Correction | None:
    """Put ``new`` in the place of the words in ``field`` of a section of ``text``: a line, several, or HTML for prose.

    Without a section (``""``), ``field`` is ``"title"``, the policy's own. The same words are replaced in the
    texts of later versions, in the live page, in the drafts that may go live and in what wagtail-localize keeps of
    them, so that the correction outlives the next publication. Words from the register are corrected in its entry
    too, and wherever the text says them, if ``user`` may edit the entry. Facts are refused: these are published.
    What the rules hold to be a material change is one, unless who may lower its class says that it
    ``means_the_same``. Returns ``None`` where the words are those already. ``user`` is who asks; ``None`` is code,
    which may do everything. Raises :exc:`ActionError`, with the words for the user, when it cannot be done.
    """
    with transaction.atomic(), at(now()):
        text = _newest(lock_version(text.version), text.language)
        _check(text, user, reason)
        location = TextLocation(section_id, field)
        known = _field(text.snapshot, location)
        old = location.words(text.snapshot)
        new = _as_stored(known, new, old)
        if old is None or old == new:
            return None
        _check_length(text.snapshot, location, new)
        rewording = Rewording(location, text.language, old, new)
        reworded = _reworded(text.snapshot, rewording)
        if problem := added_problem(text.version.policy, text.snapshot, reworded):
            raise ActionError(problem, "new")
        weight = _weight(text.snapshot, reworded)
        if weight is Materiality.MATERIAL:
            _check_meaning(user, means_the_same)
        editions = tuple(_editions(text, rewording))
        what = {"field": field, "old": old, "new": new, "proposed_materiality": weight or ""}
        if not location.is_title:
            what |= {"section": section_id, "kind": text.snapshot.by_id[section_id].kind}
        first = [_corrected(edition, user, reason, what) for edition in editions][0]
        log_event(first, user)
        return Correction(editions, tuple(_carry_through(text, rewording, user)))


def _newest(version: Version, language: str) -> Text:
    text = version.text(language)
    if text is None:
        raise ActionError(
            _("Version %(number)s has no text in this language that could be corrected.") % {"number": version.number}
        )
    text.version = version
    return text


def _check(text: Text, user: Any, reason: str) -> None:
    Permissions.for_policy(user, text.version.policy, text.language).require("correct_history")
    if not reason.strip():
        raise ActionError(
            _("Expected a reason, found none. Write down why; the reason is kept in the history."), "reason"
        )


def is_correctable(section: Section, known: Field) -> bool:
    """Whether words in this field can be corrected one by one: a block that is not ours knows no fields."""
    return known.type in ("line", "lines", "prose") and section.kind != "other"


def _field(snapshot: Snapshot, location: TextLocation) -> Field:
    """The field at ``location``; refused where it holds no words to correct."""
    if location == TITLE:
        return TITLE_FIELD
    section = snapshot.by_id.get(location.section)
    known = kind_of(section.kind).field(location.field) if section else None
    if section is None or known is None or location.field not in {**section.facts, **section.texts}:
        raise ActionError(
            _("Expected words of this text, found none at that place. They may have been changed."), "words"
        )
    if not known.is_text:
        raise ActionError(
            _("“%(field)s” is a fact, not wording. Facts change only with a new version: edit the page and publish.")
            % {"field": known.label},
            "words",
        )
    if not is_correctable(section, known):
        raise ActionError(_("These words can't be corrected one by one: edit the page and publish."), "words")
    return known


def _as_stored(known: Field, new: Words, old: Words | None) -> Words:
    """``new`` as a snapshot has it. Refused where it says nothing, or has more or fewer lines than ``old``."""
    if known.type == "lines":
        lines: list[str] = clean([new.splitlines() if isinstance(new, str) else list(new)])[:1] or [[]]
        if old is not None and len(lines[0]) != len(old):
            raise ActionError(
                _(
                    "Expected %(expected)s lines, one for each that there is, found %(found)s. Add or take away lines "
                    "in the page and publish it."
                )
                % {"expected": len(old), "found": len(lines[0])},
                "new",
            )
        return lines[0]
    stored = str(clean(sanitise(str(new)) if known.type == "prose" else " ".join(str(new).split())))
    if not words.plain(stored).strip():
        raise ActionError(_("Expected the corrected words, found none."), "new")
    return stored


def _check_length(snapshot: Snapshot, location: TextLocation, new: Words) -> None:
    """Check that ``new`` fits into the page or the register entry, or neither could be saved again."""
    section = snapshot.by_id.get(location.section)
    holder = register_entry(section) if section and is_from_register(section) else None
    holder = page_model() if location.is_title else holder
    most = holder and getattr(holder._meta.get_field(location.field), "max_length", None)
    if most and len(new) > most:
        raise ActionError(
            _("Expected at most %(most)s characters, found %(found)s. Say it in fewer words.")
            % {"most": most, "found": len(new)},
            "new",
        )


def _weight(old: Snapshot, new: Snapshot) -> Materiality | None:
    return highest(weigh(compare(old, new), old, new, conf.RULES))


def _check_meaning(user: Any, means_the_same: bool) -> None:
    """The rules propose, a person decides: a typo in a sentence that matters is still a typo."""
    Permissions.for_user(user).require("lower_materiality", "new")
    if not means_the_same:
        raise ActionError(
            _(
                "By the rules this is no correction but a change that people must be told about: edit the page and "
                "publish it. If the words mean the same as before, confirm that."
            ),
            "means_the_same",
        )


def _saying(snapshot: Snapshot, rewording: Rewording) -> frozenset[str]:
    """The sections of ``snapshot`` to reword: several if they are from the same register entry."""
    section = snapshot.by_id.get(rewording.location.section)
    if section is None or section.texts.get(rewording.location.field) != rewording.old:
        return frozenset()
    same = (section.kind, section.facts.get("key"))
    return frozenset(
        each.id
        for each in snapshot.walk()
        if each.id == section.id
        or (
            is_from_register(section)
            and is_from_register(each)
            and (each.kind, each.facts.get("key")) == same
            and each.texts.get(rewording.location.field) == rewording.old
        )
    )


def _reworded(snapshot: Snapshot, rewording: Rewording) -> Snapshot:
    if rewording.location.is_title:
        return Snapshot(snapshot.language, str(rewording.new), snapshot.sections)
    ids = _saying(snapshot, rewording)

    def mended(section: Section) -> Section:
        texts = {**section.texts, rewording.location.field: rewording.new} if section.id in ids else section.texts
        return replace(section, texts=texts, children=tuple(map(mended, section.children)))

    return Snapshot(snapshot.language, snapshot.title, tuple(map(mended, snapshot.sections)))


def _editions(text: Text, rewording: Rewording) -> Iterator[Text]:
    """The new edition of ``text``, and of each later version's text that has the same words there."""
    texts = text.version.policy.texts().filter(language=text.language, version__number__gt=text.version.number)
    later = {each.version_id: each for each in texts.order_by("version__number", "edition")}
    for each in (text, *later.values()):
        if rewording.location.words(each.snapshot) == rewording.old:
            mended = _saying(each.snapshot, rewording)
            yield _new_edition(each, snapshot=_reworded(each.snapshot, rewording), mended=mended)


def _new_edition(
    text: Text, *, summary: str | None = None, snapshot: Snapshot | None = None, mended: frozenset[str] = frozenset()
) -> Text:
    edition = Text(
        version=text.version,
        language=text.language,
        edition=text.edition + 1,
        title=text.title if snapshot is None else snapshot.title,
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


def _shown(snapshot: Snapshot, ids: frozenset[str]) -> dict[str, str]:
    with override(snapshot.language):
        return render_prose(replace(snapshot.by_id[id], children=()) for id in sorted(ids))


def _corrected(edition: Text, user: Any, reason: str, what: dict[str, Any]) -> Event:
    data = {"language": edition.language, "edition": edition.edition, **what}
    return record_event(edition.version, EventKind.CORRECTED, user, reason=reason.strip(), data=data)


def _carry_through(text: Text, rewording: Rewording, user: Any) -> Iterator[Any]:
    """Correct the sources of the next publication. Yields those that still have the old words."""
    section = text.snapshot.by_id.get(rewording.location.section)
    if section is None or not is_from_register(section):
        yield from reword(text.version.policy, rewording)
        return
    entry = register_entry(section)
    if entry is not None and not (can_change(entry, user) and reword_entry(entry, rewording, user)):
        yield entry
