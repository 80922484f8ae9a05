"""A process that starts senders which are there to be killed: ``python -m tests.services.sender DATABASE PORT``.

For each line ``NOTICE MOMENT`` on its input it forks a sender that sends what is due of the notice as if it were that
moment (ISO 8601), prints the sender's process id, and says when the sender has ended, in whatever way.
"""

from __future__ import annotations

import os
import sys
import traceback
from datetime import datetime


def main(database: str, port: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django
    from django.conf import settings

    from tests.services.mailer import use

    settings.DATABASES["default"]["NAME"] = database
    use(settings, port)
    settings.WAGTAIL_PRIVACY_BATCH_SIZE = 10
    django.setup()
    _warm_up()
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        notice, moment = line.split()
        sender = os.fork()
        if not sender:
            _send(int(notice), datetime.fromisoformat(moment))
        print(sender, flush=True)  # noqa: T201
        os.waitpid(sender, 0)
        print("ended", flush=True)  # noqa: T201


def _warm_up() -> None:
    """Load what every sender needs, so that it is killed while it sends; without a connection that forks share."""
    from django.db import connections

    from wagtail_privacy.models import Version
    from wagtail_privacy.notices.message import render

    for version in Version.objects.filter(number=2):
        render(version, "sv")
    connections.close_all()


def _send(notice_id: int, moment: datetime) -> None:
    from wagtail_privacy.clock import at
    from wagtail_privacy.sending.send import send_notice

    try:
        with at(moment):
            send_notice(notice_id)
    except Exception:  # noqa: BLE001 (it says so, and is gone)
        traceback.print_exc()
    finally:
        os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
