"""The database may go away for a moment: a restart, a failover, a lost connection, a statement that took too long."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import sleep
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, connection

logger = logging.getLogger(__name__)

#: Seconds before each further try over a new connection. All together are well within the lease of a claim.
RECONNECT_DELAYS = (0.0, 0.5, 2.0, 5.0, 15.0)

Result = TypeVar("Result")


def persist(query: Callable[[], Result]) -> Result:
    """The result of ``query``, which is tried again over a new connection when the database fails.

    ``query`` must be safe to run twice: when a connection is lost, nobody knows whether the last statement was carried
    out. Raises what the database raised last. Within a transaction there is nothing to try again.
    """
    for delay in RECONNECT_DELAYS:
        try:
            return query()
        except (DatabaseError, InterfaceError) as error:
            if connection.in_atomic_block:
                raise
            logger.warning("The database failed (%s); trying again over a new connection.", error)
            connection.close()
            sleep(delay)
    return query()
