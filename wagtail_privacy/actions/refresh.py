"""Bring up to date what others keep of a policy's public text: Wagtail's search index and front-end caches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from wagtail.log_actions import log, registry
from wagtail.models import Page
from wagtail.search import index

from wagtail_privacy.actions.moment import now
from wagtail_privacy.actions.page_states import pages_of
from wagtail_privacy.models.policy import Policy
from wagtail_privacy.models.version import Version

#: The entry in Wagtail's audit log that a version took effect and that this was acted on.
TOOK_EFFECT = "wagtail_privacy.took_effect"


def refresh(policy: Policy) -> None:
    """Index the pages of ``policy`` anew, aliases too, and make front-end caches forget all their addresses."""
    pages = list(_with_aliases(pages_of(policy)))
    for page in pages:
        index.insert_or_update_object(page)
    if apps.is_installed("wagtail.contrib.frontend_cache"):
        from wagtail.contrib.frontend_cache.utils import purge_pages_from_cache

        purge_pages_from_cache([page for page in pages if page.live])


def refresh_what_took_effect() -> list[Version]:
    """Refresh the policies whose version in force took effect since this was last called, and return those versions.

    A version takes effect by the clock, and no signal tells of it. Each is noted in Wagtail's audit log, at the moment
    from which it applies; what is noted there is done.
    """
    in_force = (policy.version_in_force(now()) for policy in Policy.objects.all())
    taken = [version for version in in_force if version and version.takes_effect_at > version.published_at]
    new = [version for version in taken if _note(version)]
    for version in new:
        refresh(version.policy)
    return new


def _note(version: Version) -> bool:
    """Note that ``version`` took effect, on the page that versions are made on, unless that was done."""
    policy = version.policy
    place: Any = next(pages_of(policy, policy.source_language), policy)
    noted = registry.get_logs_for_instance(place).filter(action=TOOK_EFFECT)
    if any(entry.data.get("number") == version.number for entry in noted):
        return False
    log(place, TOOK_EFFECT, timestamp=version.takes_effect_at, data={"number": version.number})
    return True


def _with_aliases(pages: Iterator[Any]) -> Iterator[Any]:
    for page in pages:
        yield page
        yield from _with_aliases(alias.specific for alias in Page.objects.filter(alias_of=page.pk))
