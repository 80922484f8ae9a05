"""Each message is wholly in one language, and says what a person needs to know."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.notices import factories
from tests.notices.factories import SUMMARY
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.materiality import weigh
from wagtail_privacy.models import Delivery, Text, Version
from wagtail_privacy.notices.announcement import Announcement, with_contact
from wagtail_privacy.notices.changed_plan import ChangedDay, ChangedPlan
from wagtail_privacy.notices.changes_in_language import changes_in_language
from wagtail_privacy.notices.language_told_in import Announcements
from wagtail_privacy.notices.mail_headers import build_email
from wagtail_privacy.notices.message import LEAVE, RenderedMails, render, render_mail
from wagtail_privacy.notices.unpublished import Unpublication
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

SWEDISH = [
    "Ändringar i ”Integritetspolicy för Lingonlådan” den 22 december 2026",
    "Hej Anna Lind!",
    "Vad som ändras",
    "från 24 månader till 36 månader",
    "Leverera kassar",
    "tillsynsmyndigheten: Integritetsskyddsmyndigheten",
    "du har ett konto hos oss",
    SUMMARY["sv"],
]
ENGLISH = [
    "Changes to “Privacy policy of Lingonlådan” on 22 December 2026",
    "Hello Anna Lind,",
    "What changes",
    "from 24 months to 36 months",
    "Deliver boxes",
    "supervisory authority: Integritetsskyddsmyndigheten",
    "you have an account with us",
    SUMMARY["en"],
]
BOTH = {"sv": SWEDISH, "en": ENGLISH}
#: Words that every Swedish text has and no English one, and the other way round.
MARKS = {"sv": [" och ", " att ", " den "], "en": [" the ", " and ", " to "]}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("part", ["text", "html"])
def test_is_wholly_in_the_persons_language(language: str, part: str) -> None:
    version = factories.announced()
    other = {"sv": "en", "en": "sv"}[language]

    with translation.override(other):
        message = render(version, language, "Anna Lind")
    body = getattr(message, part)

    assert message.subject == BOTH[language][0]
    found = body.casefold()
    assert [words for words in BOTH[language][1:] if words.casefold() not in found] == []
    assert [words for words in BOTH[other] if words.casefold() in found] == []
    assert all(mark in found for mark in MARKS[language])
    assert not any(mark in found for mark in MARKS[other])


@pytest.mark.parametrize("language", ["sv", "en"])
def test_names_its_language(language: str) -> None:
    assert f'<html lang="{language}"' in render(factories.announced(), language).html


@pytest.mark.parametrize("part", ["text", "html"])
def test_links_lead_to_the_page_in_the_messages_language(part: str) -> None:
    version = factories.announced()
    swedish, english = (getattr(render(version, language), part) for language in ("sv", "en"))

    for path in ("", "compare/1/2/", "versions/2/"):
        assert f"http://testserver/policy-sv/{path}" in swedish
        assert f"http://testserver/en/policy-en/{path}" in english or f"http://testserver/policy-en/{path}" in english
    assert "policy-sv" not in english
    assert "policy-en" not in swedish


def test_the_policy_is_not_said_to_stay_as_it_is_where_other_changes_come_before() -> None:
    version = factories.announced("sv", "en")
    assert "Until then it applies as it is today." in render(version, "en").text
    before = {"published_at": factories.PUBLISHED, "takes_effect_at": factories.EFFECT - timedelta(days=5)}
    Version.objects.create(policy=version.policy, number=3, **before)
    message = render(version, "en")
    for said in (message.text, message.html):
        assert "Other changes, announced before, take effect earlier." in said
        assert "as it is today" not in said


def test_a_change_at_once_is_said_to_apply_already() -> None:
    version = factories.announced(takes_effect_at=factories.PUBLISHED)

    assert render(version, "sv").subject == "Ändringar i ”Integritetspolicy för Lingonlådan”"
    assert "Ändringarna gäller från och med den 22 november 2026." in render(version, "sv").text
    assert "The changes apply from 22 November 2026." in render(version, "en").html


def test_without_a_translation_facts_are_told_in_english_and_words_left_out() -> None:
    message = render(factories.announced("sv"), "en", "Anna Lind")

    assert message.language == "en"
    assert "from 24 months to 36 months" in message.text
    assert "Deliver boxes" in message.text
    assert SUMMARY["sv"] not in message.text
    assert "The new text is not translated yet. The links lead to it in Swedish." in message.html
    assert not any(mark in message.text for mark in MARKS["sv"])


def test_what_cannot_be_said_without_a_translation_is_told_wholly_in_the_source_language() -> None:
    version = factories.announced("sv")
    text = version.text("sv")
    renamed = {**text.changes_json[0], "field": "applies_to", "old": "Köphistorik", "new": "Köp", "is_text": True}
    Text.objects.filter(pk=text.pk).update(changes_json=[renamed])

    message = render(version, "en", "Anna Lind")

    assert message.language == "sv"
    assert message.subject == SWEDISH[0]
    assert "Hej Anna Lind!" in message.html
    assert not any(mark in message.text for mark in MARKS["en"])


def test_a_language_that_the_policy_never_had_is_told_in_the_source_language() -> None:
    version = factories.announced("sv", known=("sv",))

    assert render(version, "en").language == "sv"


def test_a_page_that_is_gone_leaves_no_broken_link() -> None:
    version = factories.announced()
    version.texts.update(page=None)

    assert "http" not in render(version, "sv").text.replace("integritet@lingon.example", "")
    assert "href" not in render(version, "sv").html.replace('href="mailto:', "")


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("", "Hej!"),
        ("  ", "Hej!"),
        ("Anna\r\nBcc: eve@example.org", "Hej Anna Bcc: eve@example.org!"),
        ("<script>alert(1)</script>", "Hej <script>alert(1)</script>!"),
        ("{name} %(name)s", "Hej {name} %(name)s!"),
        ("A" * 300, f"Hej {'A' * 100}!"),
    ],
    ids=["none", "blank", "newline", "markup", "placeholders", "long"],
)
def test_whatever_the_name_the_greeting_is_one_plain_line(name: str, greeting: str) -> None:
    message = render(factories.announced(), "sv", name)

    assert message.text.splitlines()[0] == greeting
    assert "<script" not in message.html


def test_a_title_with_a_newline_and_markup_stays_in_its_place() -> None:
    version = factories.announced()
    version.texts.update(title="Policy\nBcc: eve@example.org <b>")
    delivery = Delivery(pk=1, notice_id=1)

    message = render(version, "sv")
    mail = build_email(delivery, message, "anna@example.org").message()

    assert "\n" not in message.subject
    assert mail["Bcc"] is None
    assert "<b>" not in message.html
    assert "&lt;b&gt;" in message.html


def test_the_mail_is_marked_as_sent_by_a_machine_and_always_has_the_same_id() -> None:
    message = render(factories.announced(), "sv")
    delivery = Delivery(pk=7, notice_id=3)

    first, again = (build_email(delivery, message, "anna@example.org").message() for _ in range(2))

    assert first["Message-ID"] == again["Message-ID"] == "<privacy-notice-3-7@example.org>"
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Content-Language"] == "sv"
    assert first["To"] == "anna@example.org"
    assert [part.get_content_type() for part in first.walk()][1:] == ["text/plain", "text/html"]


def test_asks_nothing_from_the_network_when_opened() -> None:
    html = render(factories.announced(), "sv").html

    assert "<img" not in html
    assert "url(" not in html
    assert "<link" not in html
    assert "<script" not in html


def test_where_people_cannot_leave_nothing_says_they_can() -> None:
    message = render(factories.announced(), "en")
    mail = build_email(Delivery(pk=1, notice_id=1), message, "anna@example.org").message()

    assert mail["List-Unsubscribe"] is None
    assert mail["List-Unsubscribe-Post"] is None
    assert "Stop messages" not in message.text + message.html


def test_where_people_can_leave_it_takes_one_click() -> None:
    url = "https://example.org/leave/1-x/?a=1&b=2"
    rendered_mail = RenderedMails(factories.announced(), str, may_leave=True)["en"]

    message = rendered_mail.for_person("Anna", url)
    mail = build_email(Delivery(pk=1, notice_id=1), message, "anna@example.org").message()

    assert mail["List-Unsubscribe"] == f"<{url}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"Stop messages of this kind:\n{url}" in message.text
    assert 'href="https://example.org/leave/1-x/?a=1&amp;b=2"' in message.html
    assert "[[" not in message.text + message.html


def test_a_name_cannot_put_an_address_for_leaving_into_the_mail() -> None:
    rendered_mail = RenderedMails(factories.announced(), str, may_leave=True)["en"]

    message = rendered_mail.for_person(LEAVE, "https://example.org/leave/")

    assert message.text.splitlines()[0] == f"Hello {LEAVE},"


def test_a_site_overrides_the_subject_and_the_words(settings: Any, tmp_path: Path) -> None:
    folder = tmp_path / "wagtail_privacy" / "notices" / "announced"
    folder.mkdir(parents=True)
    (folder / "subject.txt").write_text("Lingon news:\n{{ told.title }}\n")
    (folder / "body.txt").write_text("{{ greeting }}\n\nSee {{ told.policy_url }} from {{ day }}.\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    message = render(factories.announced(), "en", "Anna")

    assert message.subject == "Lingon news: Privacy policy of Lingonlådan"
    assert re.fullmatch(r"Hello Anna,\n\nSee http\S+/policy-en/ from 22 December 2026\.\n", message.text)
    assert "What changes" in message.html


# --- Replies, beginnings, odd addresses ---


def with_facts(version: Version, *sections: Section) -> Version:
    """``version`` whose text has these sections in front."""
    text = version.text("sv")
    said = replace(text.snapshot, sections=(*sections, *text.snapshot.sections[1:]))
    Text.objects.filter(pk=text.pk).update(snapshot_json=said.to_json())
    return Version.objects.get(pk=version.pk)


CONTROLLER = Section("controller", "c1", {"name": "Lingonlådan AB", "email": "integritet@lingon.example"})
SILENT = Section("controller", "c1", {"name": "Lingonlådan AB"})
ODD = Section("controller", "c1", {"name": "Lingonlådan AB", "email": "=?utf-8?q?eve?=@evil.example"})
OFFICER = Section("dpo", "d1", {"name": "Dana", "email": "dso@lingon.example"})


@pytest.mark.parametrize(
    ("sections", "reply_to"),
    [
        ((CONTROLLER, OFFICER), "integritet@lingon.example"),
        ((SILENT, OFFICER), "dso@lingon.example"),
        ((ODD, OFFICER), "dso@lingon.example"),
        ((SILENT,), None),
        ((ODD,), None),
    ],
    ids=["the controller", "else the officer", "whose address is one", "nobody", "nobody who can be"],
)
def test_replies_go_to_whoever_answers_for_the_data(sections: tuple[Section, ...], reply_to: str | None) -> None:
    version = with_facts(factories.announced("sv"), *sections)

    mail = build_email(Delivery(pk=1, notice_id=1), render(version, "sv"), "anna@example.org").message()

    assert mail["Reply-To"] == reply_to
    assert "evil.example" not in mail.as_string()


@given(
    form=st.one_of(
        st.sampled_from(["javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//[", "x"]),
        st.text(max_size=30),
    )
)
def test_a_contact_form_is_a_page_or_none(form: str) -> None:
    found = with_contact(ANNOUNCEMENT, Snapshot("sv", "", (replace(SILENT, facts={"form_url": form}),)))

    assert found.contact is None or str(found.contact.facts["form_url"]).startswith(("http://", "https://"))


ANNOUNCEMENT = Announcement("sv", "sv", "", "", (), date(2026, 12, 22), at_once=False)


@pytest.mark.parametrize("kind", ["announced", "postponed", "withdrawn", "unpublished"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_nothing_is_said_before_the_heading_that_is_said_again(kind: str, language: str) -> None:
    version = factories.announced()
    announcement = Announcements(version).for_language(language)
    plan = ChangedPlan((ChangedDay(2, date(2026, 12, 22), date(2027, 1, 15)),), applies=False, others=False)
    removal = Unpublication(("sv",), date(2026, 12, 22), {"en": "https://lingon.example/en/policy/"})

    html = render_mail(announcement, lambda: "why", kind, plan=plan, removal=removal).message.html

    words = re.sub(r"<[^>]+>", "", html.partition("</head>")[2])
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    assert lines[0] == "Lingonlådan AB"
    assert lines[1] in html.partition("<h1")[2].partition("</h1>")[0]
    assert len(lines[1:]) == len(set(lines[1:]))


def prose(language: str, body: str) -> Snapshot:
    texts = {"heading": WORDS_OF_TEXT[language], "body": body}
    return Snapshot(language, "", (Section("text", "t1", {}, texts),))


WORDS_OF_TEXT = {"sv": "Hur länge", "en": "How long"}


def told_of(old: str, new: str, language: str) -> Announcement:
    """What is told in ``language`` of a change in a Swedish text."""
    before, after = prose("sv", old), prose("sv", new)
    changes = weigh(compare(before, after), before, after)
    told = changes_in_language(prose(language, ""), changes) if language != "sv" else changes
    assert told is not None
    return Announcement(
        language, "sv", "Policy", "", told, date(2026, 12, 22), at_once=False, compare_url="https://x/c"
    )


def test_what_is_quoted_in_another_language_is_marked_in_the_mail() -> None:
    announcement = told_of("<p>Vi sparar dem i 30 dagar.</p>", "<p>Vi sparar dem i 30 månader.</p>", "en")
    message = render_mail(announcement, lambda: "").message
    said = "The text “How long” now says 30 months instead of 30 days: “Vi sparar dem i 30 månader.”"
    assert said in message.text
    marked = '<span lang="sv" dir="ltr">“Vi sparar dem i 30 månader.”</span>'
    assert f"30 months instead of 30 days: {marked}" in message.html


def test_in_its_own_language_nothing_is_marked() -> None:
    announcement = told_of("<p>Vi sparar dem i 30 dagar.</p>", "<p>Vi sparar dem i 30 månader.</p>", "sv")
    html = render_mail(announcement, lambda: "").message.html
    assert "Texten ”Hur länge” säger nu 30 månader i stället för 30 dagar: ”Vi sparar dem i 30 månader.”" in html
    assert 'lang="sv" dir="ltr">”' not in html


def test_each_line_of_the_mail_has_its_tag_and_leads_to_its_change() -> None:
    announcement = told_of("<p>Vi sparar dem i 30 dagar.</p>", "<p>Vi sparar dem i 30 månader.</p>", "en")
    message = render_mail(announcement, lambda: "").message
    address = f"https://x/c#{announcement.changes[0].anchor}"
    assert "- [Important] The text" in message.text
    assert address in message.text
    assert f'href="{address}"' in message.html


def test_the_mail_leads_to_the_right_that_a_change_touches() -> None:
    announcement = told_of("<p>Vi sparar dem i 30 dagar.</p>", "<p>Vi sparar dem i 30 månader.</p>", "en")
    told = replace(announcement, rights={"erasure": "r/1"}, version_url="https://x/v")
    for said in (message := render_mail(told, lambda: "").message).text, message.html:
        assert "Read about: Right to erasure (right to be forgotten)" in said
        assert "https://x/v#s-r-1" in said
    untold = render_mail(announcement, lambda: "").message
    assert "Read about:" not in untold.text


def test_a_right_that_several_changes_touch_is_named_once() -> None:
    announcement = told_of("<p>Vi sparar dem i 30 dagar.</p>", "<p>Vi sparar dem i 30 månader.</p>", "en")
    (change,) = announcement.changes
    twice = replace(announcement, changes=(change, replace(change, field="heading")))
    told = render_mail(replace(twice, rights={"erasure": "r/1"}, version_url="https://x/v"), lambda: "").message
    for said, changes in ((told.text, "[Important]"), (told.html, "<strong>Important</strong>")):
        assert (said.count(changes), said.count("Read about:")) == (2, 1)


def test_a_withdrawal_says_what_would_have_changed() -> None:
    announcement = told_of("<p>Vi sparar dem i 30 dagar.</p>", "<p>Vi sparar dem i 30 månader.</p>", "sv")
    plan = ChangedPlan((ChangedDay(2, date(2026, 12, 22), None),), applies=False, others=False)
    message = render_mail(announcement, lambda: "", "withdrawn", plan=plan).message
    for said in (message.text, message.html):
        assert said.index("Detta skulle ändras:") < said.index("30 månader i stället för 30 dagar")
