"""Addresses: whether mail can be sent to one, and the short keyed hash by which the ledger knows it."""

from __future__ import annotations

import base64

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac

from wagtail_privacy.conf import conf

#: 128 bits: no two of a million addresses meet by chance.
_BYTES = 16


def is_usable(address: str) -> bool:
    """Whether ``address`` is one bare address that mail can be sent to (RFC 5321, 4.5.3.1: at most 254 characters).

    "=?" begins an encoded word (RFC 2047): in a header, what is written after it would be read as another address.
    """
    try:
        validate_email(address)
    except ValidationError:
        return False
    return len(address) <= 254 and "=?" not in address


def is_allowed(address: str) -> bool:
    """Whether this site may write to ``address``: in production to any, elsewhere to those that it names."""
    allowed = conf.ALLOWED_ADDRESSES
    if allowed is None:
        return True
    normal = address.strip().casefold()
    return normal in allowed or normal[normal.rfind("@") :] in allowed


def address_hash(address: str) -> str:
    """A keyed hash (22 characters) of ``address``, the same for any case of its letters.

    The key is the site's ``SECRET_KEY``: without it, nobody can try addresses against the ledger. With another key,
    suppressed addresses are no longer known for what they are (docs/privacy-of-the-plugin.md).
    """
    mac = salted_hmac("wagtail_privacy.address", address.strip().casefold(), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac[:_BYTES]).rstrip(b"=").decode()
