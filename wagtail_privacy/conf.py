"""The plugin's settings, read when asked, so that a test or a site can override them at any time."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string


class Settings:
    """One property per setting; its docstring is its documentation."""

    @property
    def NOTICE_DAYS(self) -> int:
        """Days between announcement and effect of a material change, for a new policy."""
        return int(getattr(settings, "WAGTAIL_PRIVACY_NOTICE_DAYS", 30))

    @property
    def FLOOR_DAYS(self) -> int:
        """Fewest such days without a written reason and a permission, for a new policy."""
        return int(getattr(settings, "WAGTAIL_PRIVACY_FLOOR_DAYS", 14))

    @property
    def BASE_TEMPLATE(self) -> str:
        """The site's template that the reader's pages extend; it needs the blocks ``title`` and ``content``."""
        return str(getattr(settings, "WAGTAIL_PRIVACY_BASE_TEMPLATE", "wagtail_privacy/base.html"))

    @property
    def MAX_AGE(self) -> int:
        """Seconds that a policy's pages may be kept without asking again; never past the next moment of effect."""
        return int(getattr(settings, "WAGTAIL_PRIVACY_MAX_AGE", 0))

    @property
    def FRAME_VALIDATOR(self) -> Any:
        """A dotted path to what is called with the request and answers a string that changes with the site's frame,
        where that depends on more than its pages: menus, banners, site settings."""
        default = "wagtail_privacy.reader.caching.no_frame_validator"
        return import_string(getattr(settings, "WAGTAIL_PRIVACY_FRAME_VALIDATOR", default))

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
        return int(getattr(settings, "WAGTAIL_PRIVACY_BATCH_SIZE", 100))

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


conf = Settings()
