"""Update copies of a policy's public text: Wagtail's search index and front-end caches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from wagtail.log_actions import log, registry
from wagtail.search import index

from wagtail_privacy.actions.page_states import policy_pages
from wagtail_privacy.clock import now
from wagtail_privacy.page_model import page_model
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Version
from wagtail_privacy.signals import policy_refreshed

#: The entry in Wagtail's audit log that a version took effect and that this was acted on.
TOOK_EFFECT = "wagtail_privacy.took_effect"


def refresh(policy: Policy) -> None:
    """Reindex the pages of ``policy``, including aliases, and purge all their URLs from front-end caches.

    Its texts are rendered for readers by who listens to ``policy_refreshed``; what goes wrong there is logged.
    """
    pages = list(_with_aliases(policy_pages(policy)))
    for page in pages:
        index.insert_or_update_object(page)
    if apps.is_installed("wagtail.contrib.frontend_cache"):
        from wagtail.contrib.frontend_cache.utils import purge_pages_from_cache

        purge_pages_from_cache([page for page in pages if page.live])
    policy_refreshed.send_robust(sender=Policy, policy=policy)


def refresh_newly_in_force() -> list[Version]:
    """Refresh the policies whose version in force took effect since this was last called, and return those versions.

    A version takes effect by the clock, without a signal. Each is added to Wagtail's audit log, with the moment from
    which it applies; versions in the log are not refreshed again.
    """
    in_force = (policy.version_in_force(now()) for policy in Policy.objects.all())
    taken = [version for version in in_force if version and version.takes_effect_at > version.published_at]
    new = [version for version in taken if _note(version)]
    for version in new:
        refresh(version.policy)
    return new


def _note(version: Version) -> bool:
    """Log on the source page that ``version`` took effect. Returns whether it was not logged before."""
    policy = version.policy
    place: Any = next(policy_pages(policy, policy.source_language), policy)
    noted = registry.get_logs_for_instance(place).filter(action=TOOK_EFFECT)
    if any(entry.data.get("number") == version.number for entry in noted):
        return False
    log(place, TOOK_EFFECT, timestamp=version.takes_effect_at, data={"number": version.number})
    return True


def _with_aliases(pages: Iterator[Any]) -> Iterator[Any]:
    for page in pages:
        yield page
        yield from _with_aliases(alias.specific for alias in page_model().objects.filter(alias_of=page.pk))
