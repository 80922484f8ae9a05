"""What ``privacy_doctor`` looks at on a running site: not only what the settings say, but whether it works."""

from __future__ import annotations

import platform
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import ERROR, WARNING, run_checks
from django.core.mail import EmailMessage
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale

from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.conf import OUR_BASE, conf
from wagtail_privacy.localized import content_languages
from wagtail_privacy.page_model import page_model
from wagtail_privacy.records.content import policy_page_models
from wagtail_privacy.records.notice import Pace
from wagtail_privacy.records.permanent import permanent_path
from wagtail_privacy.sending import transport
from wagtail_privacy.sending.placeholders import is_placeholder
from wagtail_privacy.sending.sweep import SWEPT
from wagtail_privacy.tasks import echo

FINE, DOUBTFUL, WRONG = "ok", "warning", "ERROR"
PACKAGES = ("wagtail-privacy", "Django", "wagtail", "wagtail-localize", "django-modeltranslation", "bleach")
#: Cron runs the sweep every few minutes; without it for this long, something is wrong with it.
SWEPT_WITHIN = timedelta(hours=1)
#: Moments of effect are compared with the clock: some seconds are nothing.
SKEW = timedelta(seconds=5)
STYLESHEET = "wagtail_privacy/policy.css"
_SCHEME = re.compile(r'<meta[^>]+name=["\']?color-scheme["\']?[^>]*>', re.IGNORECASE)


@dataclass(frozen=True)
class Examined:
    """What was looked at, how it is, and what to do where it is not well."""

    what: str
    state: str
    found: str
    todo: str = ""


def examine(mail_to: str = "", wait: float = 10) -> Iterator[Examined]:
    """All that can be looked at, one after the other; what fails unexpectedly is a finding and not the end."""
    looks: list[tuple[str, Callable[[], Iterator[Examined]]]] = [
        ("checks", look_at_checks),
        ("clock", look_at_clock),
        ("version", look_at_version),
        ("tasks", lambda: look_at_tasks(wait)),
        ("cron", look_at_cron),
        ("mail", lambda: look_at_mail(mail_to)),
        ("pages", look_at_pages),
    ]
    for what, look in looks:
        try:
            yield from look()
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the site is what is looked for
            yield Examined(what, WRONG, f"{type(error).__name__}: {error}", "See the message, and the log.")


def describe() -> Iterator[tuple[str, str]]:
    """What somebody who shall help has to know of the site; nothing secret."""
    yield "Python", platform.python_version()
    for name in PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, "not installed"
    for alias in connections:
        found = connections[alias]
        yield f"database {alias}", f"{found.display_name} {'.'.join(map(str, found.get_database_version()))}"
    yield "tasks", _name(echo.get_backend())
    yield "mail", _name(transport.default_backend())
    yield "languages", ", ".join(content_languages())
    yield "frame", conf.BASE_TEMPLATE


def _name(backend: Any) -> str:
    return f"{type(backend).__module__}.{type(backend).__name__}"


def look_at_checks() -> Iterator[Examined]:
    """All checks, those of the database and of a deployment too."""
    messages = run_checks(include_deployment_checks=not settings.DEBUG, databases=list(connections))
    grave = [message for message in messages if message.level >= WARNING and not message.is_silenced()]
    for message in grave:
        state = WRONG if message.level >= ERROR else DOUBTFUL
        yield Examined("checks", state, f"{message.id}: {message.msg}", message.hint or "")
    if not grave:
        yield Examined("checks", FINE, "nothing to say")


def look_at_clock() -> Iterator[Examined]:
    """Whether this machine and the database agree on the time."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW.get(connection.vendor, "SELECT CURRENT_TIMESTAMP"))
        (found,) = cursor.fetchone()
    theirs = datetime.fromisoformat(found) if isinstance(found, str) else found
    theirs = theirs if timezone.is_aware(theirs) else timezone.make_aware(theirs, timezone.get_fixed_timezone(0))
    apart = abs(timezone.now() - theirs)
    state = FINE if apart <= SKEW else WRONG
    todo = "" if state == FINE else "Keep the clocks of both machines by NTP: they say from when a version applies."
    yield Examined("clock", state, f"this machine and the database are {apart.total_seconds():.1f} s apart", todo)


_NOW = {"mysql": "SELECT UTC_TIMESTAMP(6)"}


class _UndoneError(Exception):
    """Raised to take back what was written."""


def look_at_version() -> Iterator[Examined]:
    """Publish a policy, read it, and take all of it back."""
    models = policy_page_models()
    if not models:
        yield Examined("version", WRONG, "no page class is a policy", "Mix PolicyPageMixin into a page class.")
        return
    text = ""
    try:
        with transaction.atomic():
            text = _published(models[0])
            raise _UndoneError
    except _UndoneError:
        pass
    state = FINE if text else WRONG
    yield Examined("version", state, "written, read and taken back" if text else "what was written can't be read")


def _published(model: Any) -> str:
    parent = page_model().objects.filter(depth=2).order_by("path").first() or page_model().objects.get(depth=1)
    slug = f"privacy-doctor-{uuid4().hex[:8]}"
    page = model(title="privacy_doctor", slug=slug, live=False, locale=Locale.get_default())
    page = parent.add_child(instance=page)
    publish_policy(page)
    text = page.text_in_force()
    return text.snapshot.title if text else ""


def look_at_tasks(wait: float) -> Iterator[Examined]:
    """Whether a task that is queued comes back."""
    backend, word = echo.get_backend(), uuid4().hex
    result = echo.enqueue(word)
    if not backend.supports_get_result and not result.is_finished:
        yield Examined("tasks", DOUBTFUL, f"{_name(backend)} does not say what became of a task", "Look at its worker.")
        return
    until = time.monotonic() + wait
    while not result.is_finished and time.monotonic() < until:
        time.sleep(0.2)
        result.refresh()
    if result.is_finished and result.return_value == word:
        yield Examined("tasks", FINE, f"a task came back from {_name(backend)}")
    else:
        found = f"no worker has run a task within {wait:g} seconds"
        yield Examined(
            "tasks", WRONG, found, "Run the worker of your task backend, such as: python manage.py db_worker"
        )


def look_at_cron() -> Iterator[Examined]:
    """When ``privacy_notices sweep`` ran last."""
    last = Pace.objects.filter(name=SWEPT).values_list("next_at", flat=True).first()
    todo = "Run from cron, every few minutes: python manage.py privacy_notices sweep"
    if last is None:
        yield Examined("cron", DOUBTFUL, "privacy_notices sweep has never run", todo)
        return
    ago = timezone.now() - last
    state = FINE if ago <= SWEPT_WITHIN else DOUBTFUL
    found = f"privacy_notices sweep ran {ago.total_seconds() / 60:.0f} minutes ago"
    yield Examined("cron", state, found, "" if state == FINE else todo)


def look_at_mail(to: str) -> Iterator[Examined]:
    """Whether the mail server takes a mail to ``to`` from the sender of notices."""
    if not to:
        yield Examined("mail", DOUBTFUL, "no test mail was sent", "Say where to: privacy_doctor --mail you@…")
        return
    subject, body = "privacy_doctor", "This is the test mail of wagtail-privacy's privacy_doctor."
    message = EmailMessage(subject, body, conf.FROM_EMAIL, [to])
    try:
        taken = transport.default_backend().send_messages([message])
    except Exception as error:  # noqa: BLE001 - a mail backend may be anything
        todo = "Mend the settings of your mail server, and try again."
        yield Examined("mail", WRONG, f"{type(error).__name__}: {error}", todo)
        return
    state = FINE if taken else WRONG
    yield Examined(
        "mail", state, f"the mail server took {taken or 0} mail from {conf.FROM_EMAIL}: look into the mailbox"
    )


def look_at_pages() -> Iterator[Examined]:
    """The public pages as a reader gets them."""
    models: list[Any] = list(policy_page_models())
    pages = [page for model in models for page in model._default_manager.filter(live=True).order_by("pk")]
    if not pages:
        yield Examined("pages", DOUBTFUL, "no policy is public yet", "Publish one, and look again.")
    for page in pages:
        yield from look_at_page(page)


def look_at_page(page: Any) -> Iterator[Examined]:
    url = page.get_full_url() or ""
    parts = urlsplit(url)
    what = f"page {url or page.pk}"
    if not parts.hostname:
        yield Examined(what, WRONG, "it belongs to no site", "Set the site's root page under Settings › Sites.")
        return
    yield from _address(what, parts.scheme, parts.hostname, page)
    prefix = (settings.FORCE_SCRIPT_NAME or "").rstrip("/")
    client = Client(raise_request_exception=False, SERVER_NAME=parts.hostname, SERVER_PORT=str(parts.port or 80))
    response = client.get(parts.path.removeprefix(prefix), secure=parts.scheme == "https")
    if response.status_code != 200:
        todo = "Is the host in ALLOWED_HOSTS, and the port of the site under Settings › Sites right?"
        yield Examined(what, WRONG, f"answers {response.status_code} {response.get('Location', '')}".strip(), todo)
        return
    yield from _look(what, response.content.decode())


def _address(what: str, scheme: str, host: str, page: Any) -> Iterator[Examined]:
    if is_placeholder(host):
        yield Examined(what, WRONG, f"the host {host} leads nowhere", "Set the hostname under Settings › Sites.")
    elif scheme != "https":
        todo = "Set the port under Settings › Sites to 443, so that links begin with https."
        yield Examined(what, DOUBTFUL, "its links are not https", todo)
    else:
        yield Examined(what, FINE, "host and https")
    if not permanent_path(page.translation_key, "policy"):
        yield Examined(what, DOUBTFUL, "links end when the page is moved", "See W028 of check.")


def _look(what: str, html: str) -> Iterator[Examined]:
    name = conf.BASE_TEMPLATE
    if name == OUR_BASE:
        yield Examined(what, DOUBTFUL, f"its frame is {name}", "Name your own: WAGTAIL_PRIVACY_BASE_TEMPLATE")
    else:
        yield Examined(what, FINE, f"its frame is {name}")
    if "policy.css" not in html:
        yield Examined(what, WRONG, "the stylesheet is not linked", "Does the base template have the block “content”?")
    elif "django.contrib.staticfiles" in settings.INSTALLED_APPS and not finders.find(STYLESHEET):
        yield Examined(what, WRONG, f"{STYLESHEET} is not found", "Add AppDirectoriesFinder to STATICFILES_FINDERS.")
    else:
        yield Examined(what, FINE, "its stylesheet is linked")
    declared = _SCHEME.search(html)
    yield Examined(what, FINE, f"color-scheme: {declared[0] if declared else 'none declared in the page: light'}")
