"""A recorded text rendered for readers: its table of contents and its sections, in its own language."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from wagtail_privacy import __version__
from wagtail_privacy.changes.touched import rights_in
from wagtail_privacy.interface import interface_language, language_to_mark
from wagtail_privacy.policy.gaps import mark_gaps
from wagtail_privacy.policy.sanitise import VERSION as SANITISER_VERSION
from wagtail_privacy.policy.sanitise import sanitise, sanitise_block
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.reader.cache import get_or_make
from wagtail_privacy.reader.rendered import ContentsEntry, RenderedText, load_rendered
from wagtail_privacy.reader.sections import GATHERED, Passage, arrange
from wagtail_privacy.reader.templates import templates_digest
from wagtail_privacy.records.version import Text

logger = logging.getLogger("wagtail_privacy")

#: Entries from before the installation are read where the history is read.
HISTORY = "earlier_history"
#: What holds sections with headings that the contents list names.
CHAPTERS = GATHERED | {"service"}


def render_text(text: Text) -> RenderedText | None:
    """``text`` ready to be read; ``None``, and a line in the log, where what is stored can't be shown.

    A reader never meets an error page for a damaged row: the history and the other versions are still there.
    """
    if settings.DEBUG:
        return render(text)
    try:
        return _render_cached(text)
    except Exception:
        logger.exception("The text %s of version %s can't be shown.", text.pk, text.version_id)
        return None


def _render_cached(text: Text) -> RenderedText:
    """``text`` as it is kept ready, else rendered, which takes five times as long as all else on the page."""
    if not (key := rendering_key(text)):
        return render(text)
    return get_or_make("text", key, lambda: load_rendered(text, key) or render(text), shared=True)


def rendering_key(text: Text) -> str:
    """A digest of all that ``text`` is rendered from; empty where that may change at any moment."""
    if (templates := templates_digest()) is None:
        return ""
    said = (text.pk, text.language, text.digest, text.recorded_at.isoformat(), interface_language(text.language))
    return hashlib.sha256(repr((*said, templates, SANITISER_VERSION, __version__)).encode()).hexdigest()


def render(text: Text) -> RenderedText:
    if deferred := text.get_deferred_fields():
        text.refresh_from_db(fields=list(deferred))  # in one statement
    return render_snapshot(text.snapshot, sanitised_html(text))


def render_snapshot(snapshot: Snapshot, shown: Mapping[str, str]) -> RenderedText:
    """What ``snapshot`` says; ``shown`` is the HTML of its prose, by ``"<section id>:<field>"``."""
    said_in, marked = interface_language(snapshot.language), language_to_mark(snapshot.language)
    with override(said_in):
        passages = list(arrange((s for s in snapshot.sections if s.kind != HISTORY), shown, marked=marked))
        earlier = (Passage(s, shown, 3, marked).render() for s in snapshot.sections if s.kind == HISTORY)
        return RenderedText(
            language=snapshot.language,
            said_in=said_in,
            title=snapshot.title,
            contents=tuple(_contents(passages)),
            body=_joined(passage.render() for passage in passages),
            earlier=_joined(earlier),
            rights=_rights(snapshot),
        )


def _rights(snapshot: Snapshot) -> dict[str, str]:
    """A fault is logged: nothing rests on it."""
    try:
        return rights_in(snapshot)
    except Exception:
        logger.exception("The rights in a text in %s can't be read.", snapshot.language)
        return {}


def with_gaps_marked(rendered: RenderedText) -> RenderedText:
    """``rendered`` with every gap that a template left standing out: for the preview, since none is ever published."""
    body, earlier = (mark_safe(mark_gaps(html)) for html in (rendered.body, rendered.earlier))  # noqa: S308
    return replace(rendered, body=body, earlier=earlier)


def sanitised_html(text: Text) -> Mapping[str, str]:
    """The HTML of the text's prose, made safe by today's rules if it was recorded under earlier ones."""
    if text.sanitiser_version >= SANITISER_VERSION:
        return text.shown
    blocks = {section.id for section in text.snapshot.walk() if section.kind == "other"}
    return {key: (sanitise_block if key in blocks else sanitise)(html) for key, html in text.shown.items()}


def _contents(passages: Iterable[Passage]) -> Iterator[ContentsEntry]:
    for passage in passages:
        if passage.heading:
            below = passage.parts if passage.kind in CHAPTERS else ()
            yield ContentsEntry(passage.heading, passage.anchor, tuple(_contents(below)))


def _joined(html: Iterator[SafeString]) -> SafeString:
    return mark_safe("".join(html))  # noqa: S308
