"""What somebody does who has just installed the package, as a process on their site: ``python scenario.py PAGE``.

Makes a policy on a page of the model PAGE, publishes it, changes it, and prints as JSON what readers, editors and the
mail show, and leaves. It uses nothing of the tests: the site may have the wheel alone.
"""

from __future__ import annotations

import gc
import json
import os
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urljoin, urlsplit

import django

gc.set_threshold(200_000, 50, 1_000)  # migrating makes so much that Python looks for garbage half of the time
django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core import mail  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from wagtail.models import Locale, Site  # noqa: E402

from wagtail_privacy.actions.publish import publish_policy  # noqa: E402
from wagtail_privacy.page_model import page_model  # noqa: E402

HOST = os.environ.get("SCENARIO_HOST", "www.site.se")
IN_MEMORY = "django.core.mail.backends.locmem.EmailBackend"
MAIL = {"MAILERS": {"default": {"BACKEND": IN_MEMORY}}} if django.VERSION >= (6, 1) else {"EMAIL_BACKEND": IN_MEMORY}


def body(duration: str) -> str:
    kept = {"type": "retention", "id": "22222222-2222-4222-8222-222222222222", "value": {"duration": duration}}
    purpose = {"title": "Leverera din order", "retention": [kept]}
    return json.dumps([{"type": "purpose", "id": "11111111-1111-4111-8111-111111111111", "value": purpose}])


def people() -> Any:
    """An editor who may do everything, and two readers."""
    users = get_user_model()
    named = {} if users.USERNAME_FIELD == "email" else {"username": "editor"}
    editor = users._default_manager.create_superuser(email="editor@site.se", password="editor", **named)
    for name in ("anna", "bo"):
        named = {} if users.USERNAME_FIELD == "email" else {"username": name}
        users._default_manager.create_user(email=f"{name}@site.se", password="reader", **named)
    return editor


def home() -> Any:
    """The site's home page, made where ``migrate`` has made none."""
    pages = page_model()
    locale = Locale.get_default()
    found = pages.objects.filter(depth=2).first()
    if found is None:
        top = pages.objects.filter(depth=1).first() or pages.add_root(title="Root", slug="root", locale=locale)
        found = top.add_child(title="Home", slug="home-page", locale=locale)
    site = {"hostname": HOST, "port": 443, "root_page_id": found.pk}
    Site.objects.update_or_create(is_default_site=True, defaults=site)
    return found


def first_policy(model: Any, parent: Any) -> Any:
    page = model(title="Integritetspolicy", slug="integritet", body=body("P24M"), live=False, locale=parent.locale)
    page = parent.add_child(instance=page)
    publish_policy(page)
    return page


def lengthened(page: Any) -> Any:
    page = type(page).objects.get(pk=page.pk)
    page.body = body("P36M")
    return publish_policy(page)


def main() -> None:
    model = apps.get_model(sys.argv[1])
    call_command("migrate", verbosity=0)
    call_command("makemigrations", "wagtail_privacy", check=True, dry_run=True, verbosity=0)
    editor, page = people(), first_policy(model, home())
    version = lengthened(page)
    office = Client(SERVER_NAME=HOST)
    office.force_login(editor)
    path = page.get_url_parts()[2]
    inspect = reverse("privacy-policies:inspect", args=[version.policy_id])
    shown = {
        "version": version.number,
        "path": path,
        "page": read(path),
        "history": read(f"{path.rstrip('/')}/history/"),
        "edit": read(reverse("wagtailadmin_pages:edit", args=[page.pk]), office),
        "policies": read(reverse("privacy-policies:index"), office),
        "inspect": read(inspect, office),
        "register": read(reverse("wagtailsnippets_wagtail_privacy_recipient:add"), office),
        "permanent": permanent(page),
        "broken": broken(path),
        "told": sorted(address for letter in mail.outbox for address in letter.to),
        "letter": mail.outbox[0].body if mail.outbox else "",
        "left": left(page, office),
    }
    sys.stdout.write("\n" + json.dumps(shown))


def left(page: Any, office: Any) -> dict[str, Any]:
    """What is there when the site has left: files, rows, and what the explorer answers."""
    with TemporaryDirectory() as folder:
        call_command("privacy_leave", export=Path(folder), yes=True, verbosity=0)
        files = sorted(path.suffix for path in Path(folder).iterdir())
    read(reverse("wagtailadmin_explore", args=[page.get_parent().pk]), office)
    ours = [
        type(page),
        *(apps.get_model("wagtail_privacy", name) for name in ("Policy", "Version", "Text", "Delivery")),
    ]
    return {"files": files, "rows": sum(model._base_manager.count() for model in ours)}


def read(path: str, client: Any = None) -> str:
    """What is at ``path``, as a server below ``FORCE_SCRIPT_NAME`` hands it on."""
    prefix = (settings.FORCE_SCRIPT_NAME or "").rstrip("/")
    response = (client or Client(SERVER_NAME=HOST)).get(path.removeprefix(prefix), secure=True)
    if response.status_code != 200:
        raise AssertionError(f"{path}: {response.status_code} {response.get('Location', '')}")
    return response.content.decode()


def broken(path: str) -> list[str]:
    """Where links of the policy's pages lead to nothing, from page to page."""
    reader, ahead, seen, found = Client(SERVER_NAME=HOST), [path], {path}, []
    while ahead:
        here = ahead.pop()
        response = reader.get(here.removeprefix((settings.FORCE_SCRIPT_NAME or "").rstrip("/")), secure=True)
        if response.status_code != 200:
            found.append(here)
        links = re.findall(r'<a [^>]*href="([^"#]+)', response.content.decode()) if is_html(response) else []
        for link in (urlsplit(urljoin(f"https://{HOST}{here}", link)) for link in links):
            if link.hostname == HOST and link.path.startswith(path.rstrip("/")) and link.path not in seen:
                seen.add(link.path)
                ahead.append(link.path)
    return found


def is_html(response: Any) -> bool:
    return response.headers["Content-Type"].startswith("text/html")


def permanent(page: Any) -> str:
    client = Client(SERVER_NAME=HOST)
    return client.get(f"/policies/{page.translation_key}/", secure=True).get("Location", "")


with override_settings(**MAIL, ALLOWED_HOSTS=["*"], WAGTAIL_PRIVACY_ALLOWED_ADDRESSES=None):
    main()
