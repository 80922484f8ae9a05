"""Who may read a page: Wagtail's view restrictions, asked where Wagtail itself doesn't ask."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def refusing_restriction(page: Any, request: HttpRequest) -> Any:
    """The first restriction on ``page``, or on what stands above it, that keeps this visitor out; ``None`` to who may
    read it."""
    restrictions = page.get_view_restrictions()
    return next((each for each in restrictions if not each.accept_request(request)), None)
