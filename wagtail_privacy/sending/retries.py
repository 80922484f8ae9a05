"""When a mail is tried again that the mail server deferred, and when a mail server that is unavailable."""

from __future__ import annotations

from datetime import timedelta

#: The delays after the first, second … attempt that the server deferred; after the last one the delivery has failed.
RETRY_DELAYS = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
#: The delays after the server was unavailable. The last one repeats for as long as it is.
SERVER_RETRY_DELAYS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
#: How long until it is known what became of a mail to the same address that another sender holds.
SAME_ADDRESS_DELAY = timedelta(minutes=1)


def retry_delay(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts that were deferred; ``None`` if there is no other."""
    return RETRY_DELAYS[attempts - 1] if attempts <= len(RETRY_DELAYS) else None


def server_retry_delay(refusals: int) -> timedelta:
    """How long to leave a mail server alone that has been unavailable ``refusals`` times in a row before."""
    return SERVER_RETRY_DELAYS[min(refusals, len(SERVER_RETRY_DELAYS) - 1)]
