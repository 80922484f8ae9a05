"""The example site in Swedish (default), English and Finnish, on SQLite. For your own machine, never for the world."""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.utils.translation import gettext_noop as _

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent

SECRET_KEY = "the demo runs on your own machine and keeps no secrets"
# As on a live site: DEBUG would keep nothing ready made and give no entity tags.
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ROOT_URLCONF = "example_site.urls"
WSGI_APPLICATION = "example_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Writers queue up from the beginning of their transaction: without that, an editor who publishes while the task
# worker sends mail meets "database is locked" now and then.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("DEMO_DATABASE", HERE / "db.sqlite3"),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}

INSTALLED_APPS = [
    "example_site.home",
    "example_site.demo",
    "example_site.mailbox",
    "wagtail_privacy",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
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
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "example_site.security.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Languages: the interface, the pages and the register are all in these three.
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English"), ("fi", "Suomi")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# An editable install has no compiled catalogues inside the package.
LOCALE_PATHS = [ROOT / "locale", HERE / "locale"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
# A policy that was sent to translators stays a draft until they are done.

USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

STATIC_URL = "/static/"
STATIC_ROOT = HERE / "static_collected"
MEDIA_URL = "/media/"
MEDIA_ROOT = HERE / "media"

WAGTAIL_SITE_NAME = "wagtail-privacy"
WAGTAILADMIN_BASE_URL = os.environ.get("DEMO_BASE_URL", f"http://localhost:{os.environ.get('PORT', '8000')}")
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PRIVACY_BASE_TEMPLATE = "base.html"
# Its mails go no further than the mailbox page; while DEBUG is on, nobody is written to by default.
WAGTAIL_PRIVACY_ALLOWED_ADDRESSES = None
# Nobody waits for a translation, so that the mailbox fills at once: each policy's own settings say otherwise.
WAGTAIL_PRIVACY_TRANSLATION_DAYS = 0
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Every mail lands in the mailbox at /mailbox/.
DEFAULT_FROM_EMAIL = "Demo <privacy@example.org>"
MAIL_BACKEND = "example_site.mailbox.backend.EmailBackend"
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": MAIL_BACKEND}}
else:
    EMAIL_BACKEND = MAIL_BACKEND

# Tasks wait in the database for the worker that `make demo` starts (`django-admin db_worker`).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# What `make demo` prints and the home page shows. The passwords are the demo's, known to everyone.
DEMO_ADDRESSES = [
    (_("Site in Swedish"), "/"),
    (_("Site in English"), "/en/"),
    (_("Site in Finnish"), "/fi/"),
    (_("Mailbox"), "/mailbox/"),
    (_("Admin"), "/admin/"),
]
DEMO_LOGINS = [
    (_("Editor"), "editor", "editor"),
    (_("Administrator"), "admin", "admin"),
]
