"""A process that publishes one page again and again: ``python -m tests.services.publisher DATABASE PAGE DURATION…``."""

from __future__ import annotations

import os
import sys


def main(database: str, page_id: int, durations: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from tests.policies import body
    from wagtail_privacy.models import PolicyPage

    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    for duration in durations:
        page = PolicyPage.objects.get(pk=page_id)
        page.body = body(duration=duration)
        page.save_revision().publish()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
