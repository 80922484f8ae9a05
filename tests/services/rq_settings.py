"""The tests' site with its tasks on Redis, as several task workers see it."""

import os

from tests.services.mailer import SMTP
from tests.settings import *  # noqa: F403
from tests.settings import DATABASE, INSTALLED_APPS, django

DATABASE["NAME"] = os.environ["DATABASE"]
INSTALLED_APPS = [*INSTALLED_APPS, "django_rq", "django_tasks_rq"]
RQ_QUEUES = {"default": {"URL": os.environ["REDIS_URL"]}}
TASKS = {"default": {"BACKEND": "django_tasks_rq.RQBackend"}}
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": SMTP, "OPTIONS": {"host": "127.0.0.1", "port": int(os.environ["SMTP_PORT"])}}}
else:
    EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = SMTP, "127.0.0.1", int(os.environ["SMTP_PORT"])

WAGTAIL_PRIVACY_BATCH_SIZE = 10
WAGTAIL_PRIVACY_WORKERS = int(os.environ["WORKERS"])
