"""The plugin's settings, read on each access, so that tests can override them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode
from django.utils.module_loading import import_string

SITES_BASE, OUR_BASE = "base.html", "wagtail_privacy/base.html"
#: Where a page of ours stands in its frame.
BLOCKS = ("title", "content")


class Settings:
    """One property per setting; its docstring is its documentation."""

    @property
    def NOTICE_DAYS(self) -> int:
        """Days between announcement and effect of a material change, for a new policy."""
        return _at_least(0, "WAGTAIL_PRIVACY_NOTICE_DAYS", 30)

    @property
    def FLOOR_DAYS(self) -> int:
        """Fewest such days without a written reason and a permission, for a new policy."""
        return _at_least(0, "WAGTAIL_PRIVACY_FLOOR_DAYS", 14)

    @property
    def TRANSLATION_DAYS(self) -> int:
        """Days that the mail to those who read another language waits for the text in it, for a new policy."""
        return _at_least(0, "WAGTAIL_PRIVACY_TRANSLATION_DAYS", 7)

    @property
    def BASE_TEMPLATE(self) -> str:
        """The site's template that the reader's pages extend; it needs the blocks ``title`` and ``content``.
        Not set, it is ``"base.html"`` where the site has one with them, else a plain one of ours."""
        return str(getattr(settings, "WAGTAIL_PRIVACY_BASE_TEMPLATE", "") or default_base_template())

    @property
    def MAX_AGE(self) -> int:
        """Seconds that a policy's pages may be kept without asking again; never past the next moment of effect."""
        return _at_least(0, "WAGTAIL_PRIVACY_MAX_AGE", 0)

    @property
    def CACHE(self) -> str:
        """The alias in ``CACHES`` that ready-made pages are shared in by a site's processes; ``None``: each its own."""
        return str(getattr(settings, "WAGTAIL_PRIVACY_CACHE", "default") or "")

    @property
    def FRAME_VALIDATOR(self) -> Any:
        """A dotted path to what is called with the request and answers a string that changes with the site's frame,
        where that depends on more than its pages: menus, banners, site settings."""
        default = "wagtail_privacy.reader.caching.no_frame_validator"
        return import_string(getattr(settings, "WAGTAIL_PRIVACY_FRAME_VALIDATOR", default))

    @property
    def PREVAILING_LANGUAGE(self) -> str:
        """Which text prevails where the languages of a policy differ, as each other language's page says:
        ``"original"``, the code of a language such as ``"en"``, or ``None`` for pages that say nothing about it."""
        return str(getattr(settings, "WAGTAIL_PRIVACY_PREVAILING_LANGUAGE", "original") or "")

    @property
    def AUDIENCE(self) -> Any:
        """The class that says who is told: a dotted path to a subclass of ``notices.audience.Audience``."""
        return import_string(
            getattr(settings, "WAGTAIL_PRIVACY_AUDIENCE", "wagtail_privacy.notices.audience.RegisteredUsers")
        )

    @property
    def RULES(self) -> Any:
        """The rules that weigh changes: a dotted path to a sequence of ``changes.materiality.Rule``."""
        return import_string(getattr(settings, "WAGTAIL_PRIVACY_RULES", "wagtail_privacy.changes.materiality.RULES"))

    @property
    def LAW_ADDITIONS(self) -> tuple[str, ...]:
        """What a policy is judged by beyond the law profiles of the package: names (``"digital_omnibus"``) or paths of
        TOML files with rules or a profile of the site's own (docs/review.md)."""
        found = getattr(settings, "WAGTAIL_PRIVACY_LAW_ADDITIONS", ())
        if isinstance(found, str):
            msg = f"Expected WAGTAIL_PRIVACY_LAW_ADDITIONS to be a list of names or paths, found {found!r}."
            raise ImproperlyConfigured(msg)
        return tuple(_document(str(each)) for each in found)

    @property
    def ERRORS_BLOCK(self) -> bool:
        """Whether nothing is published while the review finds an error in it; it warns if not."""
        return _flag("WAGTAIL_PRIVACY_ERRORS_BLOCK")

    @property
    def REVIEW_MONTHS(self) -> int:
        """Months after which somebody shall read a policy again, for a new policy; 0 for never."""
        return _at_least(0, "WAGTAIL_PRIVACY_REVIEW_MONTHS", 12)

    @property
    def REVIEW_MAILS(self) -> bool:
        """Whether a policy's editors are told by mail, once each, of a review that is due and of what the law will miss
        from a day on."""
        return _flag("WAGTAIL_PRIVACY_REVIEW_MAILS")

    @property
    def BATCH_SIZE(self) -> int:
        """Notices claimed and sent at a time over one connection to the mail server."""
        return _at_least(1, "WAGTAIL_PRIVACY_BATCH_SIZE", 500)

    @property
    def CONNECTIONS(self) -> int:
        """Connections to the mail server that one task worker keeps, each with a thread of its own."""
        return _at_least(1, "WAGTAIL_PRIVACY_CONNECTIONS", 1)

    @property
    def WORKERS(self) -> int:
        """Task workers that send a notice together: as many tasks are queued for each."""
        return _at_least(1, "WAGTAIL_PRIVACY_WORKERS", 1)

    @property
    def MAX_RATE(self) -> float | None:
        """Mails a second that all workers together send at most, said as ``"14/s"``, ``"600/m"`` or ``"2500/h"``;
        ``None`` for as many as they can."""
        found = getattr(settings, "WAGTAIL_PRIVACY_MAX_RATE", None)
        if found is None:
            return None
        parsed = re.fullmatch(r"([1-9]\d*)/([smh])", str(found))
        if parsed is None:
            msg = f'Expected WAGTAIL_PRIVACY_MAX_RATE to be like "14/s", "600/m" or "2500/h", or None, found {found!r}.'
            raise ImproperlyConfigured(msg)
        return int(parsed[1]) / {"s": 1, "m": 60, "h": 3600}[parsed[2]]

    @property
    def FROM_EMAIL(self) -> str:
        """The sender of notices; ``DEFAULT_FROM_EMAIL`` where it is not set."""
        return str(getattr(settings, "WAGTAIL_PRIVACY_FROM_EMAIL", settings.DEFAULT_FROM_EMAIL))

    @property
    def ALLOW_PLACEHOLDERS(self) -> bool:
        """Whether notices go out although their links or their sender lead nowhere, such as ``http://localhost/``,
        ``example.com`` or ``webmaster@localhost``."""
        return _flag("WAGTAIL_PRIVACY_ALLOW_PLACEHOLDERS")

    @property
    def IN_DOUBT(self) -> str:
        """What becomes of a mail that may have been sent when its sender was killed: ``"resend"`` or ``"hold"``."""
        found = str(getattr(settings, "WAGTAIL_PRIVACY_IN_DOUBT", "resend"))
        if found not in ("resend", "hold"):
            msg = f'Expected WAGTAIL_PRIVACY_IN_DOUBT to be "resend" or "hold", found {found!r}.'
            raise ImproperlyConfigured(msg)
        return found

    @property
    def ALLOWED_ADDRESSES(self) -> frozenset[str] | None:
        """The only addresses that this site may send notices to, whole (``"anna@example.org"``) or by their domain
        (``"@example.org"``); ``None`` for everyone. Not set, it is everyone, and nobody while ``DEBUG`` is on."""
        found = getattr(settings, "WAGTAIL_PRIVACY_ALLOWED_ADDRESSES", () if settings.DEBUG else None)
        if found is None:
            return None
        if isinstance(found, str):
            msg = f"Expected WAGTAIL_PRIVACY_ALLOWED_ADDRESSES to be a list of addresses or None, found {found!r}."
            raise ImproperlyConfigured(msg)
        return frozenset(str(address).strip().casefold() for address in found)

    @property
    def KEEP_RECEIPTS_DAYS(self) -> int | None:
        """Days after which the provider's receipts and the hashes of addresses used are purged; ``None``: never."""
        return _days("WAGTAIL_PRIVACY_KEEP_RECEIPTS_DAYS", 90)

    @property
    def KEEP_DELIVERIES_DAYS(self) -> int | None:
        """Days after which the ledger of who was told is purged, except for its totals; ``None``: never."""
        return _days("WAGTAIL_PRIVACY_KEEP_DELIVERIES_DAYS", 365 * 3)


def _document(addition: str) -> str:
    """The name of an addition as it is, a file as its text."""
    if not addition.endswith(".toml"):
        return addition
    try:
        return Path(addition).read_text(encoding="utf-8")
    except OSError as error:
        msg = f"Expected WAGTAIL_PRIVACY_LAW_ADDITIONS to name TOML files that can be read, found {addition!r}: {error}"
        raise ImproperlyConfigured(msg) from error


def _at_least(least: int, name: str, default: int) -> int:
    found = getattr(settings, name, default)
    if not isinstance(found, int) or isinstance(found, bool) or found < least:
        msg = f"Expected {name} to be a whole number of at least {least}, found {found!r}."
        raise ImproperlyConfigured(msg)
    return found


def _flag(name: str) -> bool:
    """False where it is not set."""
    found = getattr(settings, name, False)
    if not isinstance(found, bool):
        msg = f"Expected {name} to be True or False, found {found!r}."
        raise ImproperlyConfigured(msg)
    return found


def _days(name: str, default: int) -> int | None:
    return None if getattr(settings, name, default) is None else _at_least(0, name, default)


@cache
def default_base_template() -> str:
    """``base.html``, as ``wagtail start`` calls it, if there is one that has a place for a page of ours."""
    try:
        return OUR_BASE if lacking_blocks(SITES_BASE) else SITES_BASE
    except TemplateDoesNotExist:
        return OUR_BASE


def lacking_blocks(name: str) -> tuple[str, ...]:
    """Which of :data:`BLOCKS` the template ``name`` has not, nor those that it extends; none where that can't be told.

    Raises :exc:`TemplateDoesNotExist`.
    """
    try:
        found = set(_blocks(get_template(name)))
    except (_Untold, ImproperlyConfigured, TemplateSyntaxError):
        return ()
    return tuple(block for block in BLOCKS if block not in found)


class _Untold(Exception):
    """A template of another engine, or one that extends what only a request says."""


def _blocks(template: Any) -> Iterator[str]:
    nodes = getattr(template.template, "nodelist", None)
    if nodes is None:
        raise _Untold
    yield from (node.name for node in nodes.get_nodes_by_type(BlockNode))
    for node in nodes.get_nodes_by_type(ExtendsNode):
        if not isinstance(node.parent_name.var, str):
            raise _Untold
        yield from _blocks(get_template(node.parent_name.var))


conf = Settings()
