"""The tests' site, with the queues that sending is compared with where these are installed (``.[bench]``)."""

from importlib.util import find_spec

from tests.settings import *  # noqa: F403
from tests.settings import CORE, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, *(app for app in ("mailer", "post_office") if find_spec(app))]
# What is measured runs when it is called, and not when a transaction ends.
TASKS = {"default": {"BACKEND": f"{CORE}.backends.dummy.DummyBackend"}}
# A form of thirty purposes has more fields than Django allows by default.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
MAILER_EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
POST_OFFICE = {"BACKENDS": {"default": MAILER_EMAIL_BACKEND}, "BATCH_SIZE": 500, "LOG_LEVEL": 0}
# Where its logger has no handler, it gives itself one that speaks of every batch.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"nobody": {"class": "logging.NullHandler"}},
    "loggers": {"post_office": {"handlers": ["nobody"], "propagate": False}},
}
