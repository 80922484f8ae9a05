"""A text rendered for readers, as a value and as it is stored beside the text for other processes."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.safestring import SafeString, mark_safe

from wagtail_privacy.clock import now
from wagtail_privacy.reader.cache import SECONDS
from wagtail_privacy.records.ready_text import ReadyText
from wagtail_privacy.records.version import Text

logger = logging.getLogger("wagtail_privacy")

#: As long as in Django's cache: code of a site that a template calls may change, and no key names it.
LIFETIME = timedelta(seconds=SECONDS)


@dataclass(frozen=True)
class ContentsEntry:
    """A line of the contents list, with the lines below it."""

    heading: str
    anchor: str
    below: tuple[ContentsEntry, ...] = ()


@dataclass(frozen=True)
class RenderedText:
    """What a text says, in ``language``: ready HTML, and the history from before the installation.

    ``said_in`` is the language of the plugin's words in it; where that is another one, what is in ``language`` is
    marked with it. ``rights`` are the ids of the sections that tell of people's rights, by code.
    """

    language: str
    said_in: str
    title: str
    contents: tuple[ContentsEntry, ...]
    body: SafeString
    earlier: SafeString
    rights: Mapping[str, str]

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, content: str) -> RenderedText:
        """It as :meth:`to_json` has written it: its HTML is taken to be safe."""
        data: dict[str, Any] = json.loads(content)
        html = {name: mark_safe(data[name]) for name in ("body", "earlier")}  # noqa: S308
        return cls(**{**data, **html, "contents": _contents(data["contents"])})


def _contents(entries: Iterable[Mapping[str, Any]]) -> tuple[ContentsEntry, ...]:
    return tuple(ContentsEntry(each["heading"], each["anchor"], _contents(each["below"])) for each in entries)


def load_rendered(text: Text, key: str) -> RenderedText | None:
    """``text`` as it is stored, made from all that ``key`` is a digest of; ``None`` where it must be rendered."""
    try:
        with transaction.atomic():
            fresh = ReadyText.objects.filter(text=text.pk, key=key, made_at__gt=now() - LIFETIME)
            found = fresh.values_list("content", "seal").first()
    except DatabaseError:  # before the site has migrated, say
        logger.exception("What is stored of the text %s can't be read.", text.pk)
        return None
    if found is None or not constant_time_compare(found[1], _seal(text, key, found[0])):
        return None
    return RenderedText.from_json(found[0])


def store_rendered(text: Text, key: str, rendered: RenderedText) -> None:
    content = rendered.to_json()
    values = {"key": key, "content": content, "seal": _seal(text, key, content), "made_at": now()}
    ReadyText.objects.update_or_create(text=text, defaults=values)


def _seal(text: Text, key: str, content: str) -> str:
    value = f"{text.pk}\n{key}\n{content}"
    return salted_hmac("wagtail_privacy.ready_text", value, algorithm="sha256").hexdigest()
