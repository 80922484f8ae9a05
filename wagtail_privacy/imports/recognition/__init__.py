"""Which sections a document's outline makes: known by headings, lead-ins, table heads and statements."""

from __future__ import annotations

from wagtail_privacy.imports.recognition.recognise import recognise

__all__ = ["recognise"]
