"""The errors that actions raise."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied


class ActionError(Exception):
    """The action did nothing. ``field`` is the form field to correct, if there is one; the message is for the user."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(ActionError, PermissionDenied):
    """The user lacks a permission, and the action did nothing. Also a ``PermissionDenied``, which Wagtail handles."""
