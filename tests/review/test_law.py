"""Profiles: dated data, national additions, a proposal that can be switched on, a site's own."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from tests.review.complete import changed, complete, without
from wagtail_privacy.policy.authorities import AUTHORITIES
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.review.all_findings import review
from wagtail_privacy.review.law import ADDITIONS, PROFILES, SEVERITIES, UnreadableLaw, law, proposed_profile
from wagtail_privacy.review.messages import MESSAGES
from wagtail_privacy.review.profiles import profile_for, profiles

DAY = date(2026, 11, 26)


@pytest.mark.parametrize("code", PROFILES)
def test_each_profile_has_every_rule_with_its_words(code: str) -> None:
    profile = law(code)
    assert profile.requirements.keys() == MESSAGES.keys()
    assert {requirement.severity for requirement in profile.requirements.values()} <= set(SEVERITIES)


@pytest.mark.parametrize("code", PROFILES[1:])
def test_each_country_has_its_authority_its_languages_and_its_age(code: str) -> None:
    profile = law(code)
    assert profile.country in AUTHORITIES
    assert profile.languages
    assert 13 <= profile.child_age(DAY) <= 16


def test_nothing_applies_before_the_regulation() -> None:
    assert review(without(complete("sv"), "rights"), law("SE"), date(2018, 5, 24)) == ()


@pytest.mark.parametrize(
    ("code", "citation"),
    [
        ("SE", "Article 87; 3 kap. 10 § dataskyddslagen (2018:218)"),
        ("DK", "Article 87; databeskyttelsesloven § 11"),
        ("EU", "Article 87"),
    ],
)
def test_a_national_statute_stands_beside_the_article(code: str, citation: str) -> None:
    policy = changed(complete("en"), "selling-data", national_id=True)
    with override("en"):
        assert [finding.citation for finding in review(policy, law(code), DAY)] == [citation]


def test_an_age_limit_has_its_time() -> None:
    assert [law("DK").child_age(date(year, 6, 1)) for year in (2023, 2024)] == [13, 15]


@pytest.mark.parametrize(
    ("country", "language", "code"),
    [
        ("SE", "en", "SE"),
        ("NO", "en", "NO"),
        ("FR", "sv", "EU"),
        ("", "sv", "SE"),
        ("", "fi", "FI"),
        ("", "nb", "NO"),
        ("", "no", "NO"),
        ("", "da", "DK"),
        ("", "de-at", "DE"),
        ("", "en", "EU"),
        ("", "fr", "EU"),
    ],
)
def test_a_profile_is_proposed_from_the_controllers_country_else_the_language(
    country: str, language: str, code: str
) -> None:
    assert proposed_profile(country, language) == code


def test_the_omnibus_applies_only_where_it_is_switched_on() -> None:
    policy = without(complete("sv"), "cookies", "introduction")
    assert [f.article for f in review(policy, law("SE"), DAY)] == ["ePrivacy 5.3"]
    assert [f.article for f in review(policy, law("SE", ADDITIONS), DAY)] == ["88a"]


def test_a_site_changes_a_rule() -> None:
    own = 'code = "own"\n[rules]\n"retention.start" = { severity = "error", article = "13.2 a" }\n'
    policy = without(complete("sv"), "safety-kept", "starts")
    assert [f.severity for f in review(policy, law("SE"), DAY)] == ["warning"]
    assert [f.severity for f in review(policy, law("SE", [own]), DAY)] == ["error"]


def test_a_site_switches_a_rule_off_by_its_dates() -> None:
    own = 'code = "own"\n[rules]\n"retention.start" = { severity = "error", article = "13.2 a", until = 2020-01-01 }\n'
    policy = without(complete("sv"), "safety-kept", "starts")
    assert review(policy, law("SE", [own]), DAY) == ()


def test_a_site_adds_a_profile() -> None:
    own = 'code = "AX"\ntitle = "Åland"\nbuilds_on = "FI"\ncountry = "AX"\n[[child_age]]\nage = 14\n'
    profile = law("AX", [own])
    assert (profile.title, profile.country, profile.child_age(DAY)) == ("Åland", "AX", 14)
    assert profile.statutes == law("FI").statutes
    assert [f.rule for f in review(changed(complete("sv"), "children", age_limit=13), profile, DAY)] == ["children.age"]


def test_a_sites_own_profile_is_proposed_where_it_names_the_country() -> None:
    own = ['code = "AX"\nbuilds_on = "FI"\ncountry = "AX"\n', 'code = "city"\nbuilds_on = "SE"\n', *ADDITIONS]
    assert proposed_profile("AX", "sv", own) == "AX"
    assert proposed_profile("AX", "sv") == "EU"
    assert proposed_profile("SE", "sv", own) == "SE"
    assert proposed_profile("", "fi", own) == "FI"
    controller = Section("controller", "c", {"name": "Fyren", "country": "AX"}, {})
    assert profile_for(Snapshot("sv", "Policy", (controller,)), own) == "AX"


def test_a_site_says_when_a_country_and_an_instrument_carry_no_more() -> None:
    """By whatever profile: what carries a transfer is the same in all of them."""
    own = (
        'code = "own"\n[adequacy]\nUS = { from = 2023-07-10, until = 2026-12-31 }\n'
        '[[instrument]]\nname = "Old clauses"\nnames = ["old clauses"]\nuntil = 2026-12-31\nwhy = "C-1/26"\n'
    )
    for code in PROFILES:
        changed_law = law(code, [own])
        assert changed_law.is_adequate("US", date(2026, 12, 31))
        assert not changed_law.is_adequate("US", date(2027, 1, 1))
        assert changed_law.is_adequate("JP", date(2027, 1, 1))
        assert [each.name for each in changed_law.instruments if each.valid_to == date(2026, 12, 31)] == ["Old clauses"]
    assert law("SE").is_adequate("US", date(2027, 1, 1))


def test_what_a_site_calls_by_another_name_is_refused() -> None:
    """A table that nobody reads would look as if it applied."""
    with pytest.raises(UnreadableLaw, match="'rule'"):
        law("EU", ['code = "own"\n[rule]\n"text.long" = { severity = "error", article = "12.1" }\n'])


@pytest.mark.parametrize(
    ("code", "additions"),
    [
        ("XX", ()),
        ("EU", ["no = toml ="]),
        ("EU", ["[adequacy]\nUS = { until = 2026-12-31 }"]),
        ("EU", ['code = "own"\n[rules]\n"text.long" = { severity = "dreadful", article = "1" }']),
        ("EU", ['code = "own"\n[rules]\n"text.long" = { severity = "error" }']),
        ("EU", ['code = "own"\n[rules]\n"text.long" = { severity = "error", article = "1", from = "2027-01-01" }']),
        ("EU", ['code = "own"\n[adequacy]\nUS = { until = "never" }']),
        ("EU", ['code = "own"\n[[repealed]]\nname = "Old act"']),
    ],
)
def test_what_is_no_law_is_refused(code: str, additions: list[str]) -> None:
    with pytest.raises(UnreadableLaw):
        law(code, additions)


@pytest.mark.parametrize(
    ("country", "day", "adequate"),
    [
        ("JP", date(2026, 1, 1), True),
        ("US", date(2023, 7, 9), False),
        ("US", date(2023, 7, 10), True),
        ("IN", date(2026, 1, 1), False),
        ("KR", date(2021, 12, 16), False),
        ("BR", date(2026, 1, 26), False),
        ("BR", date(2026, 1, 27), True),
        ("GB", date(2031, 12, 27), True),
        ("GB", date(2031, 12, 28), False),
    ],
)
def test_adequacy_is_of_a_day(country: str, day: date, adequate: bool) -> None:
    assert law().is_adequate(country, day) is adequate


@pytest.mark.parametrize(("language", "name"), [("de", "DSGVO"), ("sv", "GDPR"), ("fi", "tietosuoja-asetus")])
def test_each_language_calls_the_regulation_by_its_own_name(language: str, name: str) -> None:
    with override(language):
        assert profiles()["EU"] == name


def test_a_rule_that_there_is_not_is_refused() -> None:
    """It would look as if it applied."""
    with pytest.raises(UnreadableLaw, match="'text.vauge'"):
        law("SE", ['code = "own"\n[rules]\n"text.vauge" = { severity = "error", article = "12.1" }'])
