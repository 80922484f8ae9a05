"""Tasks. They take ids, can run twice and can be lost: the ledger decides what is left to do.

Until a worker comes round, ``privacy_notices sweep`` does the same work.
"""

from __future__ import annotations

from uuid import UUID

from wagtail_privacy.actions.search_and_caches import refresh as refresh_policy
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.sending.deliver import take_turn

try:
    from django.tasks import task
except ImportError:  # Django 5.2
    from django_tasks import task  # type: ignore[no-redef]


@task()
def tell(notice_id: int, token: str = "") -> None:
    """Write the ledger of a notice and send what is due, together with as many workers as the site has for it."""
    take_turn(notice_id, UUID(token) if token else None)


@task()
def send(notice_id: int, token: str = "") -> None:
    """Send what is due of a notice."""
    take_turn(notice_id, UUID(token) if token else None, helper=True)


@task()
def echo(word: str) -> str:
    """Return ``word``: what comes back shows that a worker runs."""
    return word


@task()
def refresh(policy_id: int) -> None:
    """Reindex a policy's pages and purge them from front-end caches. One that was deleted meanwhile has none."""
    for policy in Policy.objects.filter(pk=policy_id):
        refresh_policy(policy)
