"""A process that leaves the plugin: ``python -m tests.services.leaver DATABASE FOLDER``; prints what became of it.

Going back to zero drops tables, which no transaction undoes everywhere: the database is to be one of its own.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def main(database: str, folder: str) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from django.core.management import CommandError, call_command
    from django.db import connection
    from wagtail.models import Locale, Page

    from tests.policies import draft
    from wagtail_privacy.actions.publish import publish_policy

    home = Page.objects.filter(depth=2, locale=Locale.get_default()).first()
    assert home is not None
    page = draft(home)
    publish_policy(page)
    try:
        call_command("migrate", "wagtail_privacy", "zero", verbosity=0)
        refused = ""
    except CommandError as error:
        refused = str(error)
    call_command("privacy_leave", "--export", folder, "--into", "home.HomePage.introduction", "--yes", verbosity=0)
    call_command("migrate", "wagtail_privacy", "zero", verbosity=0)
    tables = [name for name in connection.introspection.table_names() if name.startswith("wagtail_privacy")]
    return {"refused": refused, "tables": tables, "shown": explore(home.pk, page.pk)}


def explore(*pages: int) -> dict[str, int]:
    """What the explorer answers of each of ``pages``, and the editor of the last."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin", "admin@example.org", "admin"))
    addresses = [*(f"/admin/pages/{page}/" for page in pages), f"/admin/pages/{pages[-1]}/edit/"]
    return {address: client.get(address).status_code for address in addresses}


if __name__ == "__main__":
    print(f"\n{json.dumps(main(*sys.argv[1:]))}")  # noqa: T201
