"""Art. 13 and 14, item by item: from the facts, and from statements of prose where no block speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wagtail_privacy.review.checklist import (
    bases_in_prose,
    cookies,
    decisions,
    purposes,
    recipients,
    responsible,
    retention,
    rights,
)
from wagtail_privacy.review.contents import Contents
from wagtail_privacy.review.finding import Finding

Check = Callable[[Contents], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    retention.periods,
    retention.empty_periods,
    retention.starts,
    rights.rights,
    rights.marketing,
    rights.surplus,
    rights.route,
    rights.time_to_answer,
    rights.fee,
    rights.complaint,
    purposes.purposes,
    purposes.legal_bases,
    bases_in_prose.bases,
    bases_in_prose.interest,
    purposes.sensitive_data,
    purposes.sensitive_data_in_prose,
    purposes.national_number,
    purposes.categories,
    purposes.provision,
    purposes.sources,
    purposes.sources_in_prose,
    recipients.recipients,
    recipients.transfers,
    responsible.controller,
    responsible.joint_controllers,
    responsible.joint_controllers_in_prose,
    responsible.representative,
    responsible.data_protection_officer,
    decisions.decisions,
    decisions.decisions_in_prose,
    decisions.age,
    cookies.consent,
    cookies.rows,
)
