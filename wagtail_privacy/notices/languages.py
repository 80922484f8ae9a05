"""In which of the site's languages a person is written to."""

from __future__ import annotations

from django.conf import settings
from wagtail.coreutils import get_supported_content_language_variant


def content_language(code: str | None) -> str:
    """The content language for ``code`` (``"sv-SE"`` → ``"sv"``), the site's default one where it has none for it."""
    try:
        return str(get_supported_content_language_variant(code))
    except LookupError:
        return default_language()


def default_language() -> str:
    return str(get_supported_content_language_variant(settings.LANGUAGE_CODE))
