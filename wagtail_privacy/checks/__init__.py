"""System checks: what a site's settings or database lack, named before it causes trouble."""

from wagtail_privacy.checks import installation, languages, settings

__all__ = ["installation", "languages", "settings"]
