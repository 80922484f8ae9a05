"""A lawyer builds a real policy from a template that was not made for it: few clicks, few typed fields, nothing unsaid.

The policy is a seed: its words are read where they lie, and none of them stands here but to find a line by.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from tests.browser.editor import log_in, open_editor, saving
from tests.conftest import unavailable
from tests.seeds.seed import SEEDS
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.models import PolicyPage
from wagtail_privacy.policy.gaps import gaps_in
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.policy.words import plain

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("patience", "site", "editor"),
    pytest.mark.slow,
]

MOST_CLICKS, MOST_FIELDS = 60, 40
EXPECTED = SEEDS.parent / "cases" / "seeds-expected.json"
COUNT_CLICKS = """
document.addEventListener('click', (event) => {
  if (event.isTrusted && event.detail > 0) sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
}, true);
"""
#: Parts of the template that the policy says nothing of, and those that it does.
LEFT_OUT = (
    *("orders", "accounts", "enquiries", "newsletter", "bookkeeping"),
    *("recipients", "transfers", "complaint", "changes"),
)
TAKEN = ("own_recipients", "storage", "promises", "security")


class Lawyer:
    """Works in a browser, and counts what it does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.typed = 0

    def click(self, place: Locator) -> None:
        self.unfold(place)
        self.clicks += 1
        place.click()

    def choose(self, place: Locator, value: str) -> None:
        self.unfold(place)
        self.clicks += 1
        place.select_option(value)

    def fill(self, place: Locator, words: str) -> None:
        self.unfold(place)
        self.typed += 1
        place.fill(words)

    def write(self, name: str, *paragraphs: str) -> None:
        """Replace what stands in the rich text of that name."""
        stored = self.page.locator(f"[name='{name}']")
        self.unfold(stored)
        place = stored.locator("xpath=ancestor::*[@data-contentpath][1]").locator("[contenteditable=true]").first
        self.unfold(place)
        self.typed += 1
        place.focus()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        for number, words in enumerate(paragraphs):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.insert_text(words)
        # The editor's own form field follows a moment later.
        said = re.escape(json.dumps(paragraphs[-1], ensure_ascii=False)[1:-1]) if paragraphs else "^null$"
        expect(stored).to_have_value(re.compile(said))

    def unfold(self, place: Locator) -> None:
        """Open the panels that a field stands in: each is a click."""
        expect(place).to_be_attached()
        closed = place.locator(
            "xpath=ancestor::section[@data-panel]/div[1]/button[@data-panel-toggle][@aria-expanded='false']"
        )
        while not place.is_visible() and closed.count():
            self.clicks += 1
            closed.first.click()

    def block(self, kind: str, number: int = 0) -> str:
        """How the names of a block's fields begin: of that kind, counted among those that are not removed."""
        found = self.page.evaluate(
            """kind => [...document.querySelectorAll("input[name^='body-'][name$='-type']")]
              .filter(each => /^body-\\d+-type$/.test(each.name) && each.value === kind)
              .map(each => each.name.replace(/-type$/, ''))
              .filter(name => !document.getElementsByName(name + '-deleted')[0].value)""",
            kind,
        )
        return f"{found[number]}-value"

    def add(self, kind: str) -> str:
        """Another block at the end of the policy."""
        label = str(PolicyPage.body.field.stream_block.child_blocks[kind].label)
        buttons = self.page.locator("[data-contentpath=body] > * button.c-sf-add-button").filter(visible=True)
        count = int(self.page.locator("[name=body-count]").input_value())
        self.click(buttons.last)
        self.click(self.page.locator(".w-combobox__option:visible").get_by_text(label, exact=True))
        expect(self.page.locator(f"[name='body-{count}-type'][value={kind}]")).to_be_attached()
        return f"body-{count}-value"

    def add_item(self, prefix: str, kind: str = "") -> str:
        """Another item at the end of a list, or of a stream within a block; how the names of its fields begin."""
        count = int(self.page.locator(f"[name='{prefix}-count']").input_value())
        place = self.page.locator(f"[name='{prefix}-count']").locator("xpath=..")
        self.click(place.locator("button.c-sf-add-button").last)
        if kind:
            self.click(self.page.locator(".w-combobox__option:visible").get_by_text(kind, exact=True))
        expect(self.page.locator(f"[name='{prefix}-{count}-order']")).to_be_attached()
        return f"{prefix}-{count}-value"

    def remove(self, prefix: str) -> None:
        item = self.page.locator(f"[name='{prefix.removesuffix('-value')}-deleted']").locator("xpath=..")
        self.click(item.locator("[data-streamfield-action=DELETE]").first)


class Policy:
    """The text of the seed: lines by their beginning, and what is expected of it."""

    def __init__(self) -> None:
        (path,) = SEEDS.glob("002_*.txt")
        self.lines = [" ".join(line.split()) for line in path.read_text(encoding="utf-8").splitlines()]
        self.whole = " ".join(" ".join(self.lines).split())
        self.expected = next(each for each in json.loads(EXPECTED.read_text()) if each["seed"] == "002")

    def at(self, number: int) -> str:
        """The line of that number, counted from 1, without the mark of a list."""
        return re.sub(r"^\d+\. ", "", self.lines[number - 1])

    def section(self, kind: str, at: int = 0) -> dict[str, Any]:
        found = [each for each in self.expected["sections"] if each["kind"] == kind]
        return dict(found[at])

    def between(self, section: dict[str, Any], *, skip: int = 1) -> list[str]:
        first, last = section["lines"]
        return [line for number in range(first + skip, last + 1) if (line := self.at(number))]

    def children(self, section: dict[str, Any]) -> list[str]:
        return [self.at(child["line"]) for child in section["children"]]


@pytest.fixture
def policy() -> Policy:
    if not EXPECTED.exists():
        unavailable(f"the policies in {SEEDS.name} and what is expected of them")
    return Policy()


def test_a_policy_is_built_from_a_template_not_made_for_it(
    page: Page, live_server: Any, root: Any, policy: Policy
) -> None:
    page.add_init_script(COUNT_CLICKS)
    log_in(page, live_server.url)
    page.goto(live_server.url + reverse("privacy-policies:index"))
    page.evaluate("sessionStorage.clicks = 0")
    lawyer = Lawyer(page)
    answer_the_form(lawyer, policy)
    write_the_rest(lawyer, policy)
    save(lawyer)

    trusted = int(page.evaluate("sessionStorage.clicks"))
    done = f"{lawyer.clicks} clicks ({trusted} in the browser), {lawyer.typed} fields typed in"
    assert max(lawyer.clicks, trusted) <= MOST_CLICKS, done
    assert lawyer.typed <= MOST_FIELDS, done
    built = PolicyPage.objects.get()
    snapshot = compose(built.get_latest_revision_as_object()).snapshot
    assert gaps_in(snapshot) == ()
    assert list(missing(snapshot, policy)) == []
    assert list(invented(snapshot, policy)) == []
    assert publish_policy(built.get_latest_revision_as_object())


def answer_the_form(lawyer: Lawyer, policy: Policy) -> None:
    page, controller = lawyer.page, policy.section("controller")["facts"]
    lawyer.click(page.get_by_role("link", name="Ny policy"))
    lawyer.click(page.locator("[name=way][value=shop]"))
    lawyer.click(page.get_by_role("button", name="Fortsätt"))
    for name in ("name", "address", "email"):
        lawyer.fill(page.locator(f"[name={'controller' if name == 'name' else name}]"), controller[name])
    for part in (*LEFT_OUT, *TAKEN):
        lawyer.click(page.locator(f"[name=parts][value={part}]"))
    lawyer.fill(page.locator("[name=data_categories]"), "\n".join(policy.children(policy.section("data_categories"))))
    lawyer.fill(page.locator("[name=purposes]"), "\n".join(policy.children(policy.section("purpose"))))
    lawyer.fill(page.locator("[name=recipients]"), "\n".join(who for who, _rest in receivers(policy) if who))
    open_editor(page, lambda: lawyer.click(page.get_by_role("button", name="Skapa ett utkast")))


def receivers(policy: Policy) -> Iterator[tuple[str, tuple[str, str]]]:
    """Who gets the data, and the field of what is said of it: a purpose, or in which case."""
    for child in policy.section("recipients")["children"]:
        line = policy.at(child["line"])
        purpose = child.get("texts", {}).get("purpose")
        if purpose:
            who, _purpose, rest = line.partition(purpose)
            yield re.sub(r"^till | (?:endast i syfte att|för) $", "", who), ("purpose", purpose + rest)
        else:
            yield "", ("condition", line)


def write_the_rest(lawyer: Lawyer, policy: Policy) -> None:
    page, section = lawyer.page, policy.section
    first = lawyer.block("text")
    lawyer.fill(page.locator(f"[name='{first}-heading']"), "")
    lawyer.write(f"{first}-body", *(policy.at(section("text", number)["lines"][0]) for number in (0, 1)))
    data = lawyer.block("data_categories")
    lawyer.write(f"{data}-introduction", policy.between(section("data_categories"))[0])
    number = [bool(child["facts"]) for child in section("data_categories")["children"]].index(True)
    lawyer.click(page.locator(f"[name='{data}-data_categories-{number}-value-national_id']"))
    cookies = lawyer.block("cookies")
    lawyer.write(f"{cookies}-introduction", *policy.between(section("cookies")))
    lawyer.remove(f"{cookies}-cookies-0-value")
    write_recipients(lawyer, policy)
    lawyer.write(
        f"{lawyer.block('retention_periods')}-periods-0-value-criteria", *policy.between(section("retention_periods"))
    )
    write_rights(lawyer, policy)
    write_promises(lawyer, policy)
    lawyer.write(f"{lawyer.block('security')}-description", *policy.between(section("security")))
    for at in (2, 3, 4):
        add_text(lawyer, policy, section("text", at))
    history = lawyer.add("earlier_history")
    if not page.locator(f"[name='{history}-entries-0-value-date']").count():
        lawyer.add_item(f"{history}-entries")
    (entry,) = section("earlier_history")["children"]
    lawyer.fill(page.locator(f"[name='{history}-entries-0-value-date']"), entry["facts"]["date"])


def write_recipients(lawyer: Lawyer, policy: Policy) -> None:
    group = lawyer.block("recipients")
    lawyer.write(f"{group}-introduction", policy.between(policy.section("recipients"))[0])
    for number, (who, (field, words)) in enumerate(receivers(policy)):
        row = f"{group}-recipients-{number}-value" if who else lawyer.add_item(f"{group}-recipients", "Mottagare")
        lawyer.fill(lawyer.page.locator(f"[name='{row}-{field}']"), words)


def write_rights(lawyer: Lawyer, policy: Policy) -> None:
    page, rights = lawyer.page, lawyer.block("rights")
    (child,) = policy.section("rights")["children"]
    kept = {child["facts"]["right"], *child["also"]}
    lawyer.write(f"{rights}-introduction", *policy.between(policy.section("rights")))
    lawyer.write(f"{rights}-how")
    for number in range(int(page.locator(f"[name='{rights}-rights-count']").input_value())):
        row = f"{rights}-rights-{number}-value"
        if page.locator(f"[name='{row}-right']").input_value() not in kept:
            lawyer.remove(row)
    lawyer.fill(page.locator(f"[name='{rights}-response_time_0']"), "")
    lawyer.click(page.locator(f"[name='{rights}-free']"))


def write_promises(lawyer: Lawyer, policy: Policy) -> None:
    promises = f"{lawyer.block('commitments')}-commitments"
    for number in (0, 1):
        section = policy.section("commitments", number)
        (child,) = section["children"]
        row = f"{promises}-0-value" if number == 0 else lawyer.add_item(promises)
        lawyer.choose(lawyer.page.locator(f"[name='{row}-commitment']"), child["facts"]["commitment"])
        lawyer.fill(
            lawyer.page.locator(f"[name='{row}-statement']"),
            policy.between(policy.section("commitments", number), skip=0)[0],
        )


def add_text(lawyer: Lawyer, policy: Policy, section: dict[str, Any]) -> None:
    block, has_heading = lawyer.add("text"), "heading_line" in section
    if has_heading:
        lawyer.fill(lawyer.page.locator(f"[name='{block}-heading']"), policy.at(section["heading_line"]))
    lawyer.write(f"{block}-body", *policy.between(section, skip=int(has_heading)))


def save(lawyer: Lawyer) -> None:
    with saving(lawyer.page):
        lawyer.click(lawyer.page.locator("button.action-save").first)


def missing(snapshot: Snapshot, policy: Policy) -> Iterator[str]:
    """What the policy states and the page lacks: facts, and the lines of sections and of what is in them."""
    for section in policy.expected["sections"]:
        kinds = {section["kind"], *section.get("accept", ())}
        below = [(child, {child["kind"], *child.get("accept", ()), *kinds}) for child in section.get("children", ())]
        for each, fitting in [(section, kinds), *below]:
            found = [held for held in snapshot.walk() if held.kind in fitting]
            lines = (
                [policy.at(each["line"])] if "line" in each else policy.between(each, skip=int("heading_line" in each))
            )
            held = " ".join(said for one in found for inner in one.walk() for said in said_in(inner))
            if each.get("facts") and not any(each["facts"].items() <= dict(one.facts).items() for one in found):
                yield f"{each['kind']}: {each['facts']}"
            elif not each.get("facts") and not each.get("children") and not all(_is_in(line, held) for line in lines):
                yield f"{each['kind']}: {each['starts']}"


def _is_in(line: str, held: str) -> bool:
    """Whether every word stands there: a line may be divided among fields, its little words being ours."""
    return set(re.findall(r"\w{5,}", line)) - {"endast", "syfte"} <= set(re.findall(r"\w+", held))


def invented(snapshot: Snapshot, policy: Policy) -> Iterator[str]:
    """What the page says and the policy doesn't: words that are not its own, facts that nobody expects, other kinds."""
    sections = [*policy.expected["sections"], *(c for s in policy.expected["sections"] for c in s.get("children", ()))]
    # How long is said in words alone: as an introduction or as the criteria of one period. A group says nothing itself.
    kinds = {"retention", "purposes", *(kind for each in sections for kind in (each["kind"], *each.get("accept", ())))}
    facts = [(name, value) for each in sections for name, value in each.get("facts", {}).items()]
    facts += [("right", code) for each in sections for code in each.get("also", ())]
    for section in snapshot.walk():
        if section.kind not in kinds:
            yield section.kind
        yield from (
            f"{section.kind}.{name}={fact}" for name, fact in section.facts.items() if (name, fact) not in facts
        )
        yield from (said for said in said_in(section) if " ".join(said.split()) not in policy.whole)


def said_in(section: Section) -> list[str]:
    return [line for words in section.texts.values() for line in plain(str(words)).splitlines()]
