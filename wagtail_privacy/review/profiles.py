"""Which law profiles there are, and which of them a policy's own words propose."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from wagtail_privacy.policy import words
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.review.law import Law, codes, law, proposed_profile


def profiles(additions: Iterable[str] = ()) -> dict[str, str]:
    """The profiles by their codes, as they are called: the package's, and those that a site's ``additions`` bring.

    Raises :exc:`~wagtail_privacy.review.law.UnreadableLaw` for what is no profile.
    """
    documents = tuple(additions)
    return {code: title_of(law(code, documents)) for code in codes(documents)}


def title_of(known: Law) -> str:
    """What ``known`` is called in the active language: as it says itself, or else by its country."""
    if known.title == "GDPR":
        return _("GDPR")  # every language has a name of its own for it
    return known.title or (words.country(known.country) if known.country else known.code)


def profile_for(snapshot: Snapshot, additions: Iterable[str] = ()) -> str:
    """The code of the profile for the country of the policy's controller, else for its language; a site's own are in
    its ``additions``."""
    controllers = (section for section in snapshot.walk() if section.kind == "controller")
    country = next((str(section.facts["country"]) for section in controllers if section.facts.get("country")), "")
    return proposed_profile(country, snapshot.language, additions)
