"""The chain: each text and event of a policy carries the digest of what it says and of the row before it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction

from wagtail_privacy.models.policy import Policy
from wagtail_privacy.policy.snapshot import canonical_json


class Linked(models.Model):
    """A row of a policy's chain, written once and never changed.

    ``position`` counts from 1 over all texts and events of a policy. ``seal`` is the SHA-256 (hex) of the row's
    content, its position and ``predecessor``, the seal of the row before it. ``fingerprints`` holds the beginning of
    each column's own digest: they prove nothing by themselves, but tell which column was altered.
    """

    position = models.PositiveIntegerField(default=0, editable=False)
    predecessor = models.CharField(max_length=64, blank=True, editable=False)
    seal = models.CharField(max_length=64, blank=True, editable=False)
    fingerprints = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append the row to its policy's chain, under the policy's lock. Raises :exc:`TypeError` for a stored row."""
        if not self._state.adding:
            msg = (
                f"Expected a new {self._meta.model_name}, found one that is stored. What is in the history is never "
                "changed: record another one."
            )
            raise TypeError(msg)
        with transaction.atomic():
            policy = Policy.objects.select_for_update().get(pk=self.version.policy_id)  # type: ignore[attr-defined]
            self.position, self.predecessor = policy.chain_length + 1, policy.chain_head
            self.fingerprints = fingerprints(self.content())
            self.seal = seal_of(self)
            super().save(*args, **kwargs)
            Policy.objects.filter(pk=policy.pk).update(chain_length=self.position, chain_head=self.seal)

    def content(self) -> dict[str, Any]:
        """What the seal covers, by column, as JSON has it."""
        raise NotImplementedError


def seal_of(row: Linked, *, position: int | None = None) -> str:
    """The seal that ``row`` should have, at its own place or at ``position``."""
    place = {"position": row.position if position is None else position, "predecessor": row.predecessor}
    return sha256({"row": row._meta.model_name, **place, "content": row.content()})


def fingerprints(content: dict[str, Any]) -> dict[str, str]:
    return {name: sha256(value)[:16] for name, value in content.items()}


def sha256(data: Any) -> str:
    return hashlib.sha256(canonical_json(data).encode()).hexdigest()


def moment(value: datetime | None) -> str | None:
    """A moment as the chain writes it: in UTC, with microseconds, the same from every database."""
    return value.astimezone(UTC).isoformat(timespec="microseconds") if value else None
