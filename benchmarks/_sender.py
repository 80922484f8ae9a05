"""A task worker's memory while it sends: ``python -m benchmarks._sender DATABASE PORT NOTICE MOMENT``.

Prints its resident set (MB) before it sends, and the largest while it sent.
"""

from __future__ import annotations

import os
import re
import sys
from datetime import datetime
from pathlib import Path


def resident(what: str) -> float:
    found = re.search(rf"{what}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0


def main(database: str, port: int, notice: int, moment: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks._settings")
    import django
    from django.conf import settings

    from tests.services.mailer import use

    settings.DATABASES["default"]["NAME"] = database
    use(settings, port)
    settings.WAGTAIL_PRIVACY_BATCH_SIZE = 500
    django.setup()
    from wagtail_privacy.clock import at
    from wagtail_privacy.models import Notice
    from wagtail_privacy.sending.send import send_notice

    Notice.objects.count()
    print(resident("VmRSS"), flush=True)
    with at(datetime.fromisoformat(moment)):
        send_notice(notice)
    print(resident("VmHWM"), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
