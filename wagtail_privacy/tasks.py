"""Wake-up calls for a task worker. They carry ids, can run twice and can be lost: the ledger is the truth.

Until a worker comes round, ``privacy_notices sweep`` does the same work.
"""

from __future__ import annotations

try:
    from django.tasks import task
except ImportError:  # Django 5.2
    from django_tasks import task  # type: ignore[no-redef]


@task()
def tell(notice_id: int) -> None:
    """Write the ledger of a notice and send what is due."""
    from wagtail_privacy.actions.deliver import deliver

    deliver(notice_id)
