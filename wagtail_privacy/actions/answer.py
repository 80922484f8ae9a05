"""Answer the questions about a page's next publication."""

from __future__ import annotations

from wagtail_privacy.actions.plan import plan_publication
from wagtail_privacy.records.content import Answers, PolicyContent


def answer(page: PolicyContent, answers: Answers) -> None:
    """Put ``answers`` into the page in memory. They hold for the version that is newest now, of a translation for the
    one that it translates."""
    page.change_materiality = answers.materiality or ""
    page.change_summary = answers.summary
    page.change_takes_effect = answers.takes_effect_on
    page.change_reason = answers.reason
    page.change_doubts = {key: given.to_json() for key, given in answers.doubts.items()}
    page.change_base = _base(page)


def _base(page: PolicyContent) -> int | None:
    """The number of the version that the next publication is a change of."""
    policy = page.policy
    version = policy.newest_version() if policy else None
    is_source = policy is None or policy.source_language == page.locale.language_code
    if not is_source and (translated := plan_publication(page).version):
        version = translated.builds_on
    return version.number if version else None
