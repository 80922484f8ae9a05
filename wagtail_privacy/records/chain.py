"""The chain: each text and event of a policy has a digest of its content and of the row before it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction

from wagtail_privacy.policy.snapshot import canonical_json
from wagtail_privacy.records.policy import Policy

#: The format of the seals that are written. Every earlier one is verified for ever; along a chain it never falls.
#: Format 1 doesn't say whose chain the row is in, format 2 names the policy.
FORMAT = 2


class Linked(models.Model):
    """A row of a policy's chain, written once and never changed.

    ``position`` counts from 1 over all texts and events of a policy. ``seal`` is the SHA-256 (hex) of the row's
    content, its position and ``predecessor``, the seal of the row before it, in the format ``seal_format``.
    ``fingerprints`` holds the beginning of each column's own digest: they prove nothing by themselves, but tell which
    column was altered.
    """

    position = models.PositiveIntegerField(default=0, editable=False)
    predecessor = models.CharField(max_length=64, blank=True, editable=False)
    seal = models.CharField(max_length=64, blank=True, editable=False)
    seal_format = models.PositiveSmallIntegerField(default=1, editable=False)
    fingerprints = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append the row to its policy's chain, under the policy's lock. Raises :exc:`TypeError` for a stored row."""
        from wagtail_privacy.records.version import bind

        if not self._state.adding:
            msg = (
                f"Expected a new {self._meta.model_name}, found one that is stored. What is in the history is never "
                "changed: record another one."
            )
            raise TypeError(msg)
        # Without a savepoint: a row that can't be appended takes back all that happened with it.
        with transaction.atomic(savepoint=False):
            policy: Policy = self.version.policy  # type: ignore[attr-defined]
            if policy.chain_format < FORMAT or not self._take_place(policy):
                policy = Policy.objects.select_for_update().get(pk=policy.pk)
                if policy.chain_format < FORMAT:
                    bind(policy, self.version)  # type: ignore[attr-defined]
                self._take_place(policy)
            super().save(*args, **kwargs)

    def append_to(self, policy: Policy, *args: Any, **kwargs: Any) -> None:
        """Save the row as the last one of the chain of ``policy``, which the caller has locked."""
        self._take_place(policy)
        super().save(*args, **kwargs)

    def _take_place(self, policy: Policy) -> bool:
        """Whether the chain ended where ``policy``, as it is in memory, says: then this row's seal is its end now.

        The statement locks the policy, as ``select_for_update()`` does, and saves asking for what the caller knows.
        """
        end = {"chain_length": policy.chain_length, "chain_head": policy.chain_head}
        self.version.policy = policy  # type: ignore[attr-defined]
        self.position, self.predecessor = policy.chain_length + 1, policy.chain_head
        self.fingerprints, self.seal_format = fingerprints(self.content()), FORMAT
        self.seal = seal_of(self)
        new_end = {"chain_length": self.position, "chain_head": self.seal, "chain_format": FORMAT}
        is_taken = Policy.objects.filter(pk=policy.pk, **end).update(**new_end) == 1
        if is_taken:
            policy.chain_length, policy.chain_head, policy.chain_format = self.position, self.seal, FORMAT
        return is_taken

    def content(self) -> dict[str, Any]:
        """What the seal covers, by column, as JSON has it."""
        raise NotImplementedError


def sealed(row: Linked) -> dict[str, Any]:
    """What the seal of ``row`` is computed from, in the row's own format."""
    key = str(row.version.policy.translation_key)  # type: ignore[attr-defined]
    return {
        **({"format": row.seal_format, "policy": key} if row.seal_format > 1 else {}),
        "row": row._meta.model_name,
        "position": row.position,
        "predecessor": row.predecessor,
        "content": row.content(),
    }


def seal_of(row: Linked) -> str:
    """The seal that ``row`` should have at its place."""
    return sha256(sealed(row))


def fingerprints(content: dict[str, Any]) -> dict[str, str]:
    return {name: sha256(value)[:16] for name, value in content.items()}


def sha256(data: Any) -> str:
    return hashlib.sha256(canonical_json(data).encode()).hexdigest()


def moment(value: datetime | None) -> str | None:
    """A moment as the chain writes it: in UTC, with microseconds, the same from every database."""
    return value.astimezone(UTC).isoformat(timespec="microseconds") if value else None
