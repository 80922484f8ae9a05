"""What an action says when it cannot do what was asked."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """The action did nothing. ``field`` names the answer to mend, if it is one; the message is for the user."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(Refused, PermissionDenied):
    """The action did nothing, since who asked lacks a permission. Views of Wagtail and Django answer it as such."""
