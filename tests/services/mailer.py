"""The mailer settings of a site, in the form that its Django version expects."""

from __future__ import annotations

from typing import Any

import django

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def use(settings: Any, port: int, backend: str = SMTP, **options: Any) -> None:
    """Make ``settings`` send through ``port`` of this machine; ``options`` are those of the backend."""
    if django.VERSION >= (6, 1):
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1", "port": port, **options}}}
        return
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = backend, "127.0.0.1", port
    names = {"username": "EMAIL_HOST_USER", "password": "EMAIL_HOST_PASSWORD"}
    for name, value in options.items():
        setattr(settings, names.get(name, f"EMAIL_{name.upper()}"), value)
