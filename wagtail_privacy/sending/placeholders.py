"""Links and senders that a new site has until somebody sets its own: ``http://localhost/``, ``webmaster@localhost``.

A mail cannot be taken back. So nothing is sent over a backend that reaches people as long as what it links to, or whom
it comes from, would lead them nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from email.utils import parseaddr
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from wagtail_privacy.conf import conf
from wagtail_privacy.page_model import page_model
from wagtail_privacy.records.version import Version
from wagtail_privacy.sending import transport

ADVICE = (
    "Set the site's hostname under Settings › Sites and WAGTAIL_PRIVACY_FROM_EMAIL or DEFAULT_FROM_EMAIL; if they are "
    "meant to be so, set WAGTAIL_PRIVACY_ALLOW_PLACEHOLDERS = True."
)

#: Django's backends that bring mail to nobody. A site's own says so with ``reaches_nobody = True``.
_BACKENDS = tuple(f"django.core.mail.backends.{name}" for name in ("console", "dummy", "filebased", "locmem"))
#: Names that nobody can have, with all below them (RFC 2606, RFC 6761), and the host of Django's test client.
_NAMES = ("localhost", "localdomain", "example", "test", "invalid", "example.com", "example.net", "example.org")
_TEST_CLIENT = "testserver"


def placeholders_of(version: Version) -> list[str]:
    """The sender and the links of the mails about ``version`` that would lead nowhere; none where that is allowed."""
    if not may_reach_people():
        return []
    keys = version.policy.texts().exclude(page=None).order_by().values_list("page", flat=True).distinct()
    return placeholders_in(page_model().objects.filter(pk__in=list(keys)).order_by("pk"))


def placeholders_in(pages: Iterable[Any]) -> list[str]:
    """The site's sender, and the addresses of ``pages``, as far as they would lead nowhere."""
    return [*placeholder_sender(), *(url for page in pages if is_placeholder(_host(url := page.get_full_url() or "")))]


def explain(placeholders: Iterable[str]) -> str:
    """Why nothing is mailed as long as there are ``placeholders``, in the active language."""
    return _(
        "Nothing is mailed while links or sender lead nowhere: %(placeholders)s. An administrator sets the site’s "
        "hostname and the sender of its mail."
    ) % {"placeholders": ", ".join(placeholders)}


def placeholder_sender() -> Iterator[str]:
    """The sender of notices, if nobody could answer it."""
    sender = conf.FROM_EMAIL
    _local, at, domain = parseaddr(sender)[1].rpartition("@")
    if not (at and domain) or is_placeholder(domain):
        yield sender


def may_reach_people() -> bool:
    """Whether placeholders matter: mail goes out to people, and the site does not allow them."""
    return not conf.ALLOW_PLACEHOLDERS and not _reaches_nobody(transport.default_backend())


def is_placeholder(host: str) -> bool:
    """Whether nobody can reach ``host`` from outside. An empty one is none: a page that is gone has no link."""
    host = host.casefold().rstrip(".")
    try:
        address = ip_address(host)
    except ValueError:
        return host == _TEST_CLIENT or any(host == name or host.endswith(f".{name}") for name in _NAMES)
    return address.is_loopback or address.is_unspecified


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _reaches_nobody(backend: Any) -> bool:
    is_djangos = any(cls.__module__ in _BACKENDS for cls in type(backend).__mro__)
    return is_djangos or bool(getattr(backend, "reaches_nobody", False))
