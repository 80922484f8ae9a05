"""Old texts with stated dates become versions: computed changes, told to nobody, public with the policy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from tests.conftest import unavailable
from tests.policies import draft, reloaded
from tests.seeds.seed import SEEDS
from wagtail_privacy.actions.import_history import StatedText, import_history
from wagtail_privacy.actions.import_policy import import_policy
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.actions.refusal import ActionError, NotAllowed
from wagtail_privacy.actions.verify import verify
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.exports.evidence import export
from wagtail_privacy.imports.document import import_document
from wagtail_privacy.imports.sections import as_sections
from wagtail_privacy.models import Event, Notice, PolicyPage, Text, Version
from wagtail_privacy.policy.section import Section

pytestmark = pytest.mark.django_db

POLICIES = SEEDS.parent / "policies"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


def said(duration: str, *more: str) -> tuple[Section, ...]:
    """Sections as an import makes them: with ids of their own."""
    starts = {"starts": f"leveransen, i {duration[1:-1]} månader"}
    kept = Section("retention", f"k{duration}", {"duration": duration}, starts)
    purpose = Section("purpose", f"p{duration}", {}, {"title": "Leverera din order"}, (kept,))
    about = Section("text", f"t{duration}", {}, {"heading": "Om oss", "body": "<p>Vi säljer bröd.</p>"})
    return (purpose, about, *(Section("text", f"{duration}{n}", {}, {"body": words}) for n, words in enumerate(more)))


OLD = [StatedText("2018-05-25", said("P12M")), StatedText("2021", said("P36M"))]
NEWEST = StatedText("2024-03")


@pytest.fixture
def page(root: Page, site: Site) -> PolicyPage:
    page = draft(root)
    page.save_revision()
    return page


def versions(page: PolicyPage) -> list[Version]:
    policy = page.policy
    return list(policy.versions.order_by("number")) if policy else []


def faults(page: PolicyPage) -> list[str]:
    assert page.policy
    return [fault.message for fault in verify(page.policy)]


def test_old_texts_become_versions_with_what_each_changed(page: PolicyPage, editor: Any) -> None:
    import_history(page, [NEWEST, *OLD], user=editor)
    found = versions(page)
    assert [(v.number, v.stated_on, v.is_imported) for v in found] == [
        (1, "2018-05-25", True), (2, "2021", True), (3, "2024-03", True),
    ]  # fmt: skip
    changes = [[(c.kind, c.field) for c in v.texts.get().changes] for v in found]
    of_the_period = [("changed", "duration"), ("changed", "starts")]
    assert changes == [[], of_the_period, of_the_period]
    assert [v.materiality for v in found][0] == ""
    assert all(v.materiality for v in found[1:])


def test_nobody_is_told_and_the_chain_is_whole(page: PolicyPage, editor: Any) -> None:
    before = timezone.now()
    import_history(page, [*OLD, NEWEST], user=editor)
    assert not Notice.objects.exists()
    assert mail.outbox == []
    events = Event.objects.filter(kind="imported").order_by("position")
    assert [(e.version.number, e.by, e.data["stated_on"]) for e in events] == [
        (1, editor, "2018-05-25"), (2, editor, "2021"), (3, editor, "2024-03"),
    ]  # fmt: skip
    assert all(event.at >= before for event in events)
    assert faults(page) == []


def test_a_stated_date_that_is_altered_is_found(page: PolicyPage, editor: Any) -> None:
    import_history(page, OLD, user=editor)
    Version.objects.filter(number=1).update(stated_on="2017")
    Version.objects.filter(number=2).update(published_at=timezone.now())
    assert len(faults(page)) == 2


def test_a_publication_that_is_made_an_import_is_found(page: PolicyPage) -> None:
    publish_policy(page)
    Version.objects.update(stated_on="2017")
    assert len(faults(page)) == 1


def test_the_page_itself_stays_a_draft_without_readers(page: PolicyPage, editor: Any, client: Client) -> None:
    import_history(page, [*OLD, NEWEST], user=editor)
    assert not reloaded(page).live
    assert client.get("/integritet/").status_code == 404


def test_publishing_the_same_text_makes_no_version_and_tells_nobody(
    page: PolicyPage, editor: Any, client: Client
) -> None:
    import_history(page, [*OLD, NEWEST], user=editor)
    page.get_latest_revision_as_object().save_revision(user=editor).publish(user=editor)
    assert len(versions(page)) == 3
    assert not Notice.objects.exists()
    assert faults(page) == []
    assert client.get("/integritet/").status_code == 200


def test_readers_are_told_that_a_date_is_stated(page: PolicyPage, editor: Any, client: Client) -> None:
    import_history(page, [*OLD, NEWEST], user=editor)
    publish_policy(page, user=editor)
    history = " ".join(client.get("/integritet/history/").content.decode().split())
    for day in ("25 maj 2018", "2021", "mars 2024"):
        assert re.search(rf"[^.]{day}", history)
    assert "Publicerad" not in history
    data = client.get("/integritet/data/json/").json()
    assert [(v["number"], v["published_at"], v["stated_on"]) for v in data["versions"]] == [
        (3, None, "2024-03"), (2, None, "2021"), (1, None, "2018-05-25"),
    ]  # fmt: skip
    for path in (
        "",
        "versions/2/",
        "versions/3/",
        "compare/1/3/",
        "on/2022-01-01/",
        "history/feed/",
        "history/?year=2021",
    ):
        answer = client.get(f"/integritet/{path}")
        assert answer.status_code == 200
        assert "2021" in answer.content.decode() or path in ("", "versions/3/")


def test_the_export_says_what_is_stated_and_finds_nothing(page: PolicyPage, editor: Any, tmp_path: Path) -> None:
    import_history(page, OLD, user=editor)
    assert page.policy
    data, html = export(page.policy, tmp_path)
    rows = json.loads(data.read_text())
    assert rows["findings"] == []
    stated = [row["content"]["data"]["stated_on"] for row in rows["rows"] if row["content"].get("kind") == "imported"]
    assert stated == ["2018-05-25", "2021"]
    assert "2018-05-25" in html.read_text()


def test_the_next_change_continues_the_numbers(page: PolicyPage, editor: Any) -> None:
    import_history(page, [*OLD, NEWEST], user=editor)
    publish_policy(page, user=editor)
    changed = reloaded(page)
    changed.title = "Integritetspolicy för kunder"
    publish_policy(changed, user=editor)
    assert [v.number for v in versions(page)] == [1, 2, 3, 4]
    assert not versions(page)[3].is_imported
    assert faults(page) == []


def test_a_text_that_says_the_same_as_the_one_before_makes_no_version(page: PolicyPage) -> None:
    again = StatedText("2019", said("P12M"))
    assert [v.stated_on for v in import_history(page, [OLD[0], again, OLD[1]])] == ["2018-05-25", "2021"]


def test_the_changes_are_those_of_the_mended_draft(page: PolicyPage) -> None:
    """What an editor made of words holds for the same words in older texts."""
    text = Section("text", "x", {}, {"heading": "Leverera din order", "body": "<p>Vi säljer bröd.</p>"})
    import_history(page, [StatedText("2018", (text,)), NEWEST])
    assert [c.kind for c in versions(page)[1].texts.get().changes] != []


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        (["2018-13"], "2018-13"),
        (["igår"], "igår"),
        (["2018", "2018-01-01"], "twice"),
        ([(date.today() + timedelta(days=2)).isoformat()], "passed"),  # noqa: DTZ011
    ],
)
def test_a_date_that_is_none_is_refused(page: PolicyPage, dates: list[str], found: str) -> None:
    with pytest.raises(ActionError, match=found):
        import_history(page, [StatedText(day, said("P1M")) for day in dates])
    assert versions(page) == []


def test_a_policy_with_a_history_takes_no_other(page: PolicyPage) -> None:
    import_history(page, OLD)
    with pytest.raises(ActionError, match="found 2"):
        import_history(page, [NEWEST])
    publish_policy(page)
    with pytest.raises(ActionError, match="found 3"):
        import_history(page, [NEWEST])


def test_who_may_not_write_history_does_not(page: PolicyPage) -> None:
    someone = get_user_model().objects.create_user("someone", "s@example.org", "x")
    with pytest.raises(NotAllowed):
        import_history(page, OLD, user=someone)
    assert not Version.objects.exists()


def test_another_language_is_attached_to_the_same_versions(
    page: PolicyPage, root: Page, locale_en: Locale, editor: Any
) -> None:
    import_history(page, [*OLD, NEWEST], user=editor)
    root.copy_for_translation(locale_en).save_revision().publish()
    english = page.copy_for_translation(locale_en)
    texts = [
        StatedText("2021", said("P36M"), "Privacy policy"),
        StatedText("2018-05-25", said("P12M"), "Privacy policy"),
    ]
    import_history(english, texts, user=editor)
    assert [v.number for v in versions(page)] == [1, 2, 3]
    found = Text.objects.filter(language="en").order_by("version__number")
    assert [(t.version.number, t.title, len(t.changes)) for t in found] == [
        (1, "Privacy policy", 0),
        (2, "Privacy policy", 2),
    ]
    assert [t.snapshot.facts_digest for t in found] == [v.text("sv").snapshot.facts_digest for v in versions(page)[:2]]
    assert faults(page) == []
    with pytest.raises(ActionError, match="found 3"):
        import_history(english, texts, user=editor)


def test_a_date_that_no_version_has_is_refused(page: PolicyPage, root: Page, locale_en: Locale) -> None:
    import_history(page, OLD)
    root.copy_for_translation(locale_en).save_revision().publish()
    english = page.copy_for_translation(locale_en)
    with pytest.raises(ActionError, match="2018-05-25, 2021"):
        import_history(english, [StatedText("2019", said("P12M"))])


def test_the_newest_imported_text_is_what_the_draft_says(page: PolicyPage) -> None:
    import_history(page, [*OLD, NEWEST])
    newest = versions(page)[-1].texts.get()
    assert newest.digest == compose(page, notice_period=30).snapshot.digest


def test_the_commands_take_an_imported_history_as_it_is(
    page: PolicyPage, editor: Any, client: Client, django_user_model: Any
) -> None:
    django_user_model.objects.create_user("reader", "reader@example.org", "x")
    import_history(page, [*OLD, NEWEST], user=editor)
    publish_policy(page, user=editor)
    for command in (
        ["privacy_history", "--verify"],
        ["privacy_reconcile"],
        ["privacy_reconcile", "--texts"],
        ["privacy_languages"],
        ["privacy_notices", "sweep"],
        ["privacy_notices", "list"],
        ["privacy_purge"],
    ):
        call_command(*command, stdout=StringIO())
    assert not Notice.objects.exists()
    assert mail.outbox == []
    assert len(versions(page)) == 3
    assert faults(page) == []
    client.force_login(editor)
    policy = page.policy
    assert policy
    for name, args in (("privacy-policies:inspect", [policy.pk]), ("privacy-policies:index", [])):
        assert client.get(reverse(name, args=args)).status_code == 200
    version = versions(page)[0]
    assert "2018" in client.get(reverse("wagtail_privacy:recorded", args=[version.pk, "sv"])).content.decode()


@pytest.mark.slow
@pytest.mark.parametrize(("folder", "language"), [("basecamp", "en"), ("mozilla-privacy-policy/sv", "sv")])
def test_real_histories_become_versions(root: Page, site: Site, locale_en: Locale, folder: str, language: str) -> None:
    files = sorted((POLICIES / folder).glob("20*"))
    if not files:
        unavailable("the policies")
    parent = root if language == "sv" else root.copy_for_translation(locale_en)
    newest_of_day = {file.name[:10]: file for file in files}
    read = {day: import_document(file.read_bytes(), file.name, language) for day, file in newest_of_day.items()}
    texts = {day: as_sections(document.found) for day, document in read.items()}
    (last, newest), *_rest = reversed(texts.items())
    title = "Policy"
    page = import_policy(parent, newest, title=title, language=language)
    old = [StatedText(day, sections, title) for day, sections in texts.items() if day != last]
    found = import_history(page, [*old, StatedText(last)])
    assert 2 <= len(found) <= len(texts)
    assert all(version.texts.get().changes for version in found[1:])
    assert faults(page) == []
    publish_policy(page)
    assert len(versions(page)) == len(found)
    assert not Notice.objects.exists()
