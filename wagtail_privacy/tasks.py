"""Wake-up calls for a task worker. They carry ids, can run twice and can be lost: the ledger is the truth.

Until a worker comes round, ``privacy_notices sweep`` does the same work.
"""

from __future__ import annotations

from datetime import timedelta

from wagtail_privacy.conf import conf

try:
    from django.tasks import task
except ImportError:  # Django 5.2
    from django_tasks import task  # type: ignore[no-redef]


#: After so long, a task that sends lets others have their turn and queues another: engines end long ones by force.
TURN = timedelta(seconds=90)


@task()
def tell(notice_id: int) -> None:
    """Write the ledger of a notice and send what is due, together with as many workers as the site has for it."""
    from wagtail_privacy.actions.deliver import deliver

    deliver(notice_id, helpers=conf.WORKERS - 1, for_at_most=TURN)


@task()
def send(notice_id: int) -> None:
    """Send what is due of a notice."""
    from wagtail_privacy.actions.send_notice import send_notice

    send_notice(notice_id, TURN)


@task()
def refresh(policy_id: int) -> None:
    """Index a policy's pages anew and make front-end caches forget them."""
    from wagtail_privacy.actions.refresh import refresh as bring_up_to_date
    from wagtail_privacy.models import Policy

    bring_up_to_date(Policy.objects.get(pk=policy_id))
