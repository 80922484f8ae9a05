"""Small sites of other people, each a process of its own: their settings, their models, a command on them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from pprint import pformat
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]

#: The apps of a new site, as ``wagtail start`` lists them.
WAGTAIL = [
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
IN_ONE_LANGUAGE = ["wagtail_privacy", *WAGTAIL]
IN_TWO = ["wagtail_privacy", "wagtail_localize", "wagtail_localize.locales", *WAGTAIL]
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
TWO = {"WAGTAIL_I18N_ENABLED": True, "LANGUAGES": LANGUAGES, "WAGTAIL_CONTENT_LANGUAGES": LANGUAGES}

SETTINGS: dict[str, Any] = {
    "SECRET_KEY": "only for this test",
    "ALLOWED_HOSTS": ["*"],
    "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "site.sqlite3"}},
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": 10_000,
    "LANGUAGE_CODE": "sv",
    "MIDDLEWARE": [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    "ROOT_URLCONF": "site_urls",
    "STATIC_URL": "/static/",
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": ["templates"],
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    "USE_TZ": True,
    "WAGTAILADMIN_BASE_URL": "https://site.test",
    "WAGTAIL_SITE_NAME": "Site",
}
URLS = """
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("policies/", include("wagtail_privacy.urls")),
    path("", include(wagtail_urls)),
]
"""


class Outcome(NamedTuple):
    returncode: int
    output: str


def write(folder: Path, apps: list[str], files: dict[str, str] | None = None, **settings: Any) -> None:
    """A site in ``folder``; ``files`` are its own, ``None`` leaves a setting out."""
    values = {**SETTINGS, "INSTALLED_APPS": apps, **settings}
    lines = [f"{name} = {pformat(value)}" for name, value in values.items() if value is not None]
    for name, text in {"site_settings.py": "\n".join(lines), "site_urls.py": URLS, **(files or {})}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def run(folder: Path, *command: str) -> Outcome:
    """``manage.py`` with ``command`` on the site in ``folder``, and all that it says."""
    done = _python(folder, "django", *command)
    return Outcome(done.returncode, done.stdout + done.stderr)


def run_all(folder: Path, *commands: list[str]) -> list[Outcome]:
    """The same with several commands, one after the other in one process: it takes seconds to load a site."""
    done = _python(folder, "tests.manage", given=json.dumps(commands))
    assert done.returncode == 0, done.stderr
    found = (json.loads(line) for line in done.stdout.splitlines())
    return [Outcome(one["returncode"], one["stdout"] + one["stderr"]) for one in found]


def _python(folder: Path, module: str, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "site_settings", "PYTHONPATH": f"{folder}:{ROOT}"}
    command = [sys.executable, "-W", "ignore", "-m", module, *words]
    return subprocess.run(command, cwd=folder, env=environment, input=given, capture_output=True, text=True)
