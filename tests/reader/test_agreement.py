"""Whatever happens to a policy in three languages, all that is public says the same about it at every moment."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import override_settings
from django.utils.translation import override
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from wagtail.models import Locale, Page

from tests.reader.site import MARCH, draft, publish, purpose, translate
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.actions.unpublish import unpublish_policy
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.changes.sentences import lines
from wagtail_privacy.clock import at, day_of, now, start_of
from wagtail_privacy.models import Notice, Policy, PolicyPage, Version
from wagtail_privacy.notices.language_told_in import Announcements
from wagtail_privacy.notices.message import RenderedMails
from wagtail_privacy.reader.cache import clear_caches
from wagtail_privacy.records.publicity import Absence, public_languages

pytestmark = [pytest.mark.usefixtures("site"), pytest.mark.urls("tests.reader.api_urls"), pytest.mark.slow]
SITE = [("sv", "svenska"), ("en", "English"), ("fi", "suomi")]
SOURCE, *OTHERS = (code for code, _ in SITE)
ATOM = "{http://www.w3.org/2005/Atom}"
#: The shown text as each surface has it: the version in force, the version of the text, its language.
Shown = tuple[int, int, str]


@dataclass
class Gap:
    """A time in which a language is not public, noted with the version that was in force when it began."""

    number: int
    language: str
    since: date
    until: date | None = None

    def as_json(self) -> dict[str, Any]:
        back = self.until.isoformat() if self.until else None
        return {"language": self.language, "from": self.since.isoformat(), "to": back}


class Publicity(RuleBasedStateMachine):
    """A Swedish policy, two languages that follow it now and then, and a clock that goes forward.

    The model knows when each version takes effect and which languages have a text of it; nothing else.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        clear_caches()
        self.client, self.now = Client(), MARCH
        self.effects: dict[int, datetime] = {}
        self.withdrawn: set[int] = set()
        self.postponed: list[int] = []
        self.texts: dict[str, set[int]] = {code: set() for code, _ in SITE}
        self.gaps: list[Gap] = []
        self.page = draft(Page.objects.get(depth=2, locale__language_code=SOURCE), purpose(), title="Policy 1")
        self.publish(0)

    @initialize(prevailing=st.sampled_from(["original", "en", "fi", "de", None]))
    def choose_what_prevails(self, prevailing: str | None) -> None:
        self.prevailing = prevailing

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.rollback.__exit__(None, None, None)

    # --- What happens ---

    @rule(days=st.integers(0, 40))
    def publish(self, days: int) -> None:
        number = len(self.effects) + 1
        answers = {"takes_effect_on": day_of(self.now) + timedelta(days=days), "materiality": Materiality.MINOR}
        blocks = [purpose(duration=f"P{number}M")]
        self.page.title = f"Policy {number}"
        self.page = publish(self.page, *blocks, moment=self.now, reason="Därför.", **answers)
        moment = start_of(day_of(self.now) + timedelta(days=days)) if days and number > 1 else self.now
        self.effects[number] = max([moment, *(self.effects[each] for each in self.standing)])
        self.texts[SOURCE].add(number)
        self.comes_back(SOURCE)

    @rule(language=st.sampled_from(OTHERS))
    def translate(self, language: str) -> None:
        """The newest version that stands."""
        number = self.standing[-1]
        locale, _ = Locale.objects.get_or_create(language_code=language)
        blocks = [purpose(title=f"Purpose ({language})", starts=f"({language})", duration=f"P{number}M")]
        translate(self.page, locale, *blocks, title=f"Policy {number} ({language})", moment=self.now)
        self.texts[language].add(number)
        self.comes_back(language)

    @rule(language=st.sampled_from([SOURCE, *OTHERS]), tells=st.booleans())
    def unpublish(self, language: str, tells: bool) -> None:
        page = self.page_in(language)
        if page is None or not page.live:
            return
        notice = unpublish_policy(page, moment=self.now, tell_people=tells)
        self.gaps.append(Gap(self.in_force, language, day_of(self.now)))
        self.page = PolicyPage.objects.get(pk=self.page.pk)
        assert (notice is not None) is tells
        if notice:
            self._look_at_mails(notice)

    @rule(language=st.sampled_from([SOURCE, *OTHERS]))
    def publish_again(self, language: str) -> None:
        """As it was: what was withdrawn meanwhile would be a version of its own."""
        page = self.page_in(language)
        if page is None or page.live or max(self.texts[language], default=0) not in self.standing:
            return
        if language == SOURCE and max(self.effects) in self.withdrawn:
            return
        with at(self.now):
            page.get_latest_revision().publish()
        self.comes_back(language)
        self.page = PolicyPage.objects.get(pk=self.page.pk)

    def comes_back(self, language: str) -> None:
        for gap in self.gaps:
            if gap.language == language and gap.until is None:
                gap.until = day_of(self.now)

    @precondition(lambda self: self.announced)
    @rule(which=st.integers(0, 5))
    def withdraw(self, which: int) -> None:
        number = self.announced[which % len(self.announced)]
        self.withdrawn |= {each for each in self.announced if each >= number}
        with at(self.now):
            withdraw(self.version(number), reason="Behövs inte.")

    @precondition(lambda self: self.announced)
    @rule(which=st.integers(0, 5), days=st.integers(1, 30))
    def postpone(self, which: int, days: int) -> None:
        number = self.announced[which % len(self.announced)]
        day = day_of(self.effects[number]) + timedelta(days=days)
        with at(self.now):
            change_day(self.version(number), day, reason="Inte klart.")
        self.postponed += [
            each for each in self.announced if each == number or (each > number and self.effects[each] < start_of(day))
        ]
        self.effects |= {each: max(self.effects[each], start_of(day)) for each in self.announced if each >= number}

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    # --- The model ---

    @property
    def standing(self) -> list[int]:
        return [number for number in sorted(self.effects) if number not in self.withdrawn]

    @property
    def in_force(self) -> int:
        return [number for number in self.standing if self.effects[number] <= self.now][-1]

    @property
    def announced(self) -> list[int]:
        return [number for number in self.standing if self.effects[number] > self.now]

    def replaced_at_once_by(self, number: int) -> int | None:
        """The last of the versions that take effect with this one: the only one of them that ever applies."""
        last = max((each for each in self.standing if self.effects[each] == self.effects[number]), default=number)
        return last if number in self.standing and last > number else None

    @property
    def coming(self) -> list[int]:
        """The announced versions that will apply."""
        return [number for number in self.announced if not self.replaced_at_once_by(number)]

    def preferred(self, language: str) -> list[str]:
        return [language, self.prevailing if self.prevailing in self.texts else SOURCE, SOURCE]

    def shown(self, language: str) -> Shown:
        for code in self.preferred(language):
            applying = [n for n in self.standing if n in self.texts[code] and self.effects[n] <= self.now]
            if applying:
                return self.in_force, applying[-1], code
        raise AssertionError("The original has a text of every version.")

    def language_of(self, number: int, language: str) -> str:
        return next(code for code in self.preferred(language) if number in self.texts[code])

    @property
    def public(self) -> set[str]:
        absent = {gap.language for gap in self.gaps if gap.until is None}
        return {code for code, numbers in self.texts.items() if numbers} - absent

    def page_in(self, language: str) -> PolicyPage | None:
        pages = PolicyPage.objects.filter(translation_key=self.page.translation_key)
        return pages.filter(locale__language_code=language).first()

    def version(self, number: int) -> Version:
        return Version.objects.get(policy__translation_key=self.page.translation_key, number=number)

    # --- What the public reads ---

    @invariant()
    def all_that_is_public_agrees(self) -> None:
        if not hasattr(self, "prevailing"):
            return
        pages = PolicyPage.objects.filter(translation_key=self.page.translation_key, live=True)
        policy = Policy.objects.get(translation_key=self.page.translation_key)
        assert public_languages(policy) == self.public == {page.locale.language_code for page in pages}
        with at(self.now), override_settings(WAGTAIL_PRIVACY_PREVAILING_LANGUAGE=self.prevailing):
            for page in pages.select_related("locale"):
                self._look_at(page, page.locale.language_code)

    def _look_at(self, page: PolicyPage, language: str) -> None:
        expected = self.shown(language)
        data = json.loads(self.read(page, "data/json/"))
        surfaces = {
            "page": on_page(self.read(page, ""), language),
            "day": on_day(self.read(page, f"on/{day_of(self.now)}/"), language),
            "data": (data["in_force"], data["text"]["version"], data["text"]["language"]),
            "api": self.in_api(page),
        }
        assert surfaces == dict.fromkeys(surfaces, expected)
        assert in_force_in_history(self.read(page, "history/")) == [self.in_force]
        assert in_force_in_feed(self.read(page, "history/feed/")) == [self.in_force]
        assert offered(self.read(page, "")) == self.coming[:3]
        for number in self.coming[:1]:
            days = applied_on_day(self.read(page, f"on/{day_of(self.effects[number])}/"))
            assert number in days and not any(map(self.replaced_at_once_by, days))
            assert f"compare/{self.in_force}/{number}/" in self.read(page, "upcoming/")
        found = re.search(rf'href="{page.url}versions/{self.in_force}/" hreflang="(\w+)"', self.read(page, ""))
        assert found is None or found[1] == self.language_of(self.in_force, language)
        self._look_at_versions(page, language, data)

    def _look_at_versions(self, page: PolicyPage, language: str, data: dict[str, Any]) -> None:
        languages = {number: self.language_of(number, language) for number in self.effects}
        assert {each["number"]: each["language"] for each in data["versions"]} == languages
        for number in self.announced or [self.in_force]:
            assert text_language(self.read(page, f"versions/{number}/"), language) == languages[number]
            told = Announcements(self.version(number)).for_language(language)
            assert told.text_language == languages[number]
            below = [each for each in self.standing if each < number and number in self.announced]
            assert told.others_too is (self.effects[number] in [self.effects[each] for each in below])
            if told.language == language:
                assert entry_lines(self.read(page, "history/"), number) == [
                    line.text for line in self.worded(told.changes, language, told.text_language)
                ]
        for each in data["versions"]:
            assert entry_lines(self.read(page, "history/"), each["number"]) == each["changes"]
            replaced_by = self.replaced_at_once_by(each["number"])
            assert each["replaced_at_once_by"] == replaced_by
            assert replaced_in_history(self.read(page, "history/"), each["number"]) == replaced_by
            kinds = [change["kind"] for change in each["plan_changes"]]
            assert ("withdrawn" in kinds) is (each["number"] in self.withdrawn)
            assert kinds.count("postponed") == self.postponed.count(each["number"])
            assert each["not_public"] == [gap.as_json() for gap in self.gaps if gap.number == each["number"]]
        for surface in (self.read(page, "history/"), unescape(self.read(page, "history/feed/"))):
            self._look_at_gaps(surface, self.gaps, language)
        for day in {day_of(self.now), *(gap.since for gap in self.gaps[-2:])}:
            gaps = [gap for gap in self.gaps if gap.since <= day and (gap.until is None or gap.until >= day)]
            self._look_at_gaps(self.read(page, f"on/{day}/"), gaps, language)

    def _look_at_gaps(self, surface: str, gaps: list[Gap], language: str) -> None:
        """It tells of ``gaps``, each as often as there are such, and of no other."""
        told = [self.said_of(gap, language) for gap in gaps]
        shown = " ".join(re.sub(r"<[^>]+>", "", surface).split())
        every = {self.said_of(gap, language) for gap in self.gaps}
        assert {sentence: shown.count(sentence) for sentence in every} == {each: told.count(each) for each in every}

    def said_of(self, gap: Gap, language: str) -> str:
        """The sentence of the history about it, with its end."""
        with override(language):
            absence = Absence(gap.language, start_of(gap.since), start_of(gap.until) if gap.until else None)
            html = render_to_string("wagtail_privacy/history/absence.html", {"absence": absence})
        return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())

    def _look_at_mails(self, notice: Notice) -> None:
        """In each language they name the languages in which the policy is public still, and link to nothing else."""
        mails = RenderedMails(notice.version, lambda: "", notice)
        pages = [page for code in self.public if (page := self.page_in(code))]
        for code, _ in SITE:
            message = mails[code].message
            assert message.language == code
            assert sorted(re.findall(r"https?://\S+", message.text)) == sorted(page.full_url for page in pages)
            shown = text_in_own_language(notice.version.policy, code)
            assert shown in message.subject
            assert shown or not re.search(r"Policy \d", message.subject + message.text)

    def worded(self, changes: Any, language: str, text_language: str) -> list[Any]:
        with override(language):
            return lines(changes, text_language)

    def read(self, page: PolicyPage, route: str) -> str:
        response = self.client.get(page.url + route)
        assert response.status_code == 200, page.url + route
        return str(response.content.decode())

    def in_api(self, page: PolicyPage) -> Shown:
        found = self.client.get(f"/api/pages/{page.pk}/?fields=*").json()
        assert found["text"]["title"] == found["title"]
        return found["version_in_force"], found["version"], found["language"]


def text_language(html: str, language: str) -> str:
    found = re.search(r'<h1(?: lang="(\w+)")?', html)
    assert found
    return found[1] or language


def on_page(html: str, language: str) -> Shown:
    """Which version a page says is in force, and of which version and in which language the text is that it shows."""
    shown = re.search(r'<ul class="privacy-dates">\s*<li>\D*(\d+)</li>', html)
    behind = re.search(r'<p class="privacy-note" data-in-force="(\d+)"', html)
    assert shown
    return int((behind or shown)[1]), int(shown[1]), text_language(html, language)


def on_day(html: str, language: str) -> Shown:
    article = html.rpartition('<article class="privacy-applied" id="version-')[2]
    number = re.match(r"\d+", article)
    shown = re.search(r'data-shown="(\d+)"', article)
    code = re.search(r'<h2 id="[^"]*"(?: lang="(\w+)")?', article)
    assert number and code
    return int(number[0]), int((shown or number)[1 if shown else 0]), code[1] or language


def in_force_in_history(html: str) -> list[int]:
    entries = re.split(r'(?=<li class="privacy-entry")', html)
    return [int(re.findall(r'id="version-(\d+)"', each)[0]) for each in entries if "privacy-tag-in-force" in each]


def entry_lines(html: str, number: int) -> list[str]:
    """The sentences of the changes of a version in the history."""
    entry = re.search(
        rf'<li class="privacy-entry" id="version-{number}">(.*?)(?=<li class="privacy-entry"|$)', html, re.S
    )
    found = re.search(r'<details class="privacy-changes".*?<ul>(.*?)</ul>', entry[1] if entry else "", re.S)
    said = re.findall(
        r'<span class="privacy-said">(.*?)</span>\s*(?:<span class="privacy-leads">|</li>)',
        found[1] if found else "",
        re.S,
    )
    return [unescape(re.sub(r"<[^>]*>", "", line)) for line in said]


def replaced_in_history(html: str, number: int) -> int | None:
    """By which version a version is said to be replaced as soon as it takes effect."""
    entry = re.split(rf'<li class="privacy-entry" id="version-{number}">', html)[1].partition(
        '<li class="privacy-entry"'
    )
    found = re.search(r'data-replaced-by="(\d+)"', entry[0])
    return int(found[1]) if found else None


def applied_on_day(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'<article class="privacy-applied" id="version-(\d+)"', html)]


def in_force_in_feed(xml: str) -> list[int]:
    def number(entry: Any) -> int:
        return int(entry.find(f"{ATOM}link").get("href").rstrip("/").rpartition("/")[2])

    entries = ElementTree.fromstring(xml).findall(f"{ATOM}entry")
    return [number(e) for e in entries if "in_force" in {c.get("term") for c in e.iter(f"{ATOM}category")}]


def offered(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="privacy-announcement-(\d+)"', html)]


def text_in_own_language(policy: Policy, language: str) -> str:
    """The title of the policy in words of this language; empty where there are none."""
    text = policy.text_in_force(language, now())
    return text.title if text and text.language == language else ""


@contextmanager
def three_languages() -> Iterator[None]:
    with override_settings(LANGUAGES=SITE, WAGTAIL_CONTENT_LANGUAGES=SITE):
        yield


def test_all_that_is_public_agrees_at_every_moment() -> None:
    bounded = hypothesis_settings(
        deadline=None,
        suppress_health_check=list(HealthCheck),
        stateful_step_count=10,
        max_examples=6,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        report_multiple_bugs=False,
    )
    with three_languages():
        run_state_machine_as_test(Publicity, settings=bounded)


def test_a_language_added_while_a_version_is_announced_shows_what_applies(client: Client, root: Page) -> None:
    """Its own first text is of the announced version: until that applies, the original's is shown, marked as that."""
    page = publish(draft(root, purpose(), title="Policy 1"), moment=MARCH)
    page.title = "Policy 2"
    on = day_of(MARCH) + timedelta(days=30)
    page = publish(page, purpose(duration="P36M"), moment=MARCH, takes_effect_on=on, materiality=Materiality.MATERIAL)
    english, _ = Locale.objects.get_or_create(language_code="en")
    translated = translate(page, english, purpose(duration="P36M"), title="Policy 2 (en)", moment=MARCH)
    for days, shown in ((1, (1, 1, "sv")), (31, (2, 2, "en"))):
        with at(MARCH + timedelta(days=days)):
            html = client.get(translated.url).content.decode()
            assert on_page(html, "en") == shown
            assert offered(html) == ([2] if days == 1 else [])
            text = Policy.objects.get().text_in_force("en", MARCH + timedelta(days=days))
            assert text and (text.version.number, text.language) == shown[1:]
