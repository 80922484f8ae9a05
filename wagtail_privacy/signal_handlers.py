"""One line each: what Wagtail does past the page's own ``save()``, handed to the verb that it needs."""

from __future__ import annotations

from typing import Any

from wagtail.signals import page_unpublished

from wagtail_privacy.actions.record_version import note_unpublished


def on_unpublished(sender: Any, instance: Any, **kwargs: Any) -> None:
    from wagtail_privacy.models import PolicyPageMixin

    if isinstance(instance, PolicyPageMixin):
        note_unpublished(instance)


def register_signal_handlers() -> None:
    page_unpublished.connect(on_unpublished, dispatch_uid="wagtail_privacy.unpublished")
