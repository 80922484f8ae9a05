"""Who would be notified of a change, as the admin shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail_privacy.conf import conf
from wagtail_privacy.notices.audience import DryRun

if TYPE_CHECKING:
    from wagtail_privacy.records.policy import Policy

#: How many people are checked one by one while an editor waits; if there are more, they are only counted by language.
MAX_CHECKED = 2000


@dataclass(frozen=True)
class AudiencePreview:
    """The dry run. Without ``is_exact``, addresses were not checked, and some people may get no mail."""

    run: DryRun
    is_exact: bool

    @property
    def left_out(self) -> int:
        return self.run.without_address + self.run.suppressed + self.run.not_allowed


def preview_audience(policy: Policy | None, limit: int | None = MAX_CHECKED) -> AudiencePreview:
    """Who would be notified of a change of ``policy`` now. Checks each person, unless there are more than ``limit``."""
    audience = conf.AUDIENCE(policy)
    if limit is not None and audience.people_to_check().order_by()[: limit + 1].count() > limit:
        return AudiencePreview(DryRun(audience.count_by_language()), is_exact=False)
    return AudiencePreview(audience.dry_run(), is_exact=True)
