"""One site for all tests: Swedish (default) and English, on the database that DB names."""

import os
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parent.parent
DB = os.environ.get("DB", "sqlite")
# Runs beside each other need databases of their own: DB_NAME=_mine makes test_wagtail_privacy_mine.
DB_NAME = f"wagtail_privacy{os.environ.get('DB_NAME', '')}"

DATABASE: dict[str, Any]
if DB == "sqlite":
    DATABASE = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
elif DB == "postgres":
    DATABASE = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DB_NAME,
        "HOST": os.environ.get("POSTGRES_HOST", "127.0.0.1"),
        "PORT": os.environ.get("POSTGRES_PORT", "5432"),
        "USER": os.environ.get("POSTGRES_USER", "postgres"),
        "PASSWORD": os.environ.get("POSTGRES_PASSWORD", ""),
        # A test database needs no data on disk when a transaction ends.
        "OPTIONS": {"options": "-c synchronous_commit=off"},
    }
elif DB == "mysql":
    DATABASE = {
        "ENGINE": "django.db.backends.mysql",
        "NAME": DB_NAME,
        "HOST": os.environ.get("MYSQL_HOST", "127.0.0.1"),
        "PORT": os.environ.get("MYSQL_PORT", "3306"),
        "USER": os.environ.get("MYSQL_USER", "root"),
        "PASSWORD": os.environ.get("MYSQL_PASSWORD", ""),
        "OPTIONS": {"charset": "utf8mb4"},
        "TEST": {"CHARSET": "utf8mb4"},
    }
else:
    raise ValueError(f"DB says which database the tests use: sqlite, postgres or mysql; found {DB!r}.")

if DB == "sqlite" and "SQLITE_FILE" in os.environ:
    # For tests with several processes or threads: a file, and write locks taken when a transaction begins.
    # Wherever a test goes, it is the same file.
    SQLITE_FILE = str(Path(os.environ["SQLITE_FILE"]).resolve())
    DATABASE |= {
        "NAME": SQLITE_FILE,
        "OPTIONS": {"transaction_mode": "IMMEDIATE"},
        "TEST": {"NAME": SQLITE_FILE},
    }

DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SECRET_KEY = "only for tests"
ALLOWED_HOSTS = ["*"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
ROOT_URLCONF = "tests.urls"
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
STATIC_URL = "/static/"
MEDIA_ROOT = ROOT / "test-results" / "media"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

INSTALLED_APPS = [
    "modeltranslation",
    "example_site.home",
    "example_site.demo",
    "example_site.mailbox",
    "wagtail_privacy",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.frontend_cache",
    "wagtail.contrib.routable_page",
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
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
if DB == "postgres":
    INSTALLED_APPS.append("django.contrib.postgres")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
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
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    }
]

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "svenska"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# Wagtail's index is brought up to date by a task. Run at once, within the transaction, two of them deadlock on
# PostgreSQL: each writes every row. A site has a worker for them.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}

WAGTAIL_SITE_NAME = "Tests"
WAGTAIL_PRIVACY_BASE_TEMPLATE = "wagtail_privacy/base.html"
# Rows of different tests have the same keys.
WAGTAIL_PRIVACY_CACHE = None
WAGTAILADMIN_BASE_URL = "http://testserver"

DEFAULT_FROM_EMAIL = "privacy@example.org"
# The tests' names are made up; tests/notices/test_placeholders.py says otherwise.
WAGTAIL_PRIVACY_ALLOW_PLACEHOLDERS = True
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
else:
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

CORE = "django.tasks" if django.VERSION >= (6, 0) else "django_tasks"
TASKS = {"default": {"BACKEND": f"{CORE}.backends.immediate.ImmediateBackend"}}
