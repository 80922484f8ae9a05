"""The plugin's settings, read when asked, so that a test or a site can override them at any time."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string


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
        """The site's template that the reader's pages extend; it needs the blocks ``title`` and ``content``."""
        return str(getattr(settings, "WAGTAIL_PRIVACY_BASE_TEMPLATE", "wagtail_privacy/base.html"))

    @property
    def MAX_AGE(self) -> int:
        """Seconds that a policy's pages may be kept without asking again; never past the next moment of effect."""
        return _at_least(0, "WAGTAIL_PRIVACY_MAX_AGE", 0)

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


def _at_least(least: int, name: str, default: int) -> int:
    found = getattr(settings, name, default)
    if not isinstance(found, int) or isinstance(found, bool) or found < least:
        msg = f"Expected {name} to be a whole number of at least {least}, found {found!r}."
        raise ImproperlyConfigured(msg)
    return found


def _days(name: str, default: int) -> int | None:
    return None if getattr(settings, name, default) is None else _at_least(0, name, default)


conf = Settings()
