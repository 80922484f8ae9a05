"""Who would be told of a change, as the admin shows it: the dry run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail_privacy.conf import conf
from wagtail_privacy.notices.audience import DryRun

if TYPE_CHECKING:
    from wagtail_privacy.models.policy import Policy

#: People looked at one by one while an editor waits; of more, only the number in each language is asked at once.
MOST_LOOKED_AT = 2000


@dataclass(frozen=True)
class Foreseen:
    """The dry run. Not ``is_exact``: without a look at each address, so that some may yet get no mail."""

    run: DryRun
    is_exact: bool

    @property
    def left_out(self) -> int:
        return self.run.without_address + self.run.suppressed + self.run.not_allowed


def foresee(policy: Policy | None, most: int | None = MOST_LOOKED_AT) -> Foreseen:
    """Who would be told of a change of ``policy`` now. Each is looked at, unless they are more than ``most``."""
    audience = conf.AUDIENCE(policy)
    if most is not None and audience.looked_at().order_by()[: most + 1].count() > most:
        return Foreseen(DryRun(audience.count_by_language()), is_exact=False)
    return Foreseen(audience.dry_run(), is_exact=True)
