"""The command that judges a policy: a file, a snapshot or a page."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from wagtail.models import Page

from tests.policies import KEPT, PURPOSE, body, draft
from tests.review.complete import changed, complete, without
from wagtail_privacy.management.commands import privacy_check
from wagtail_privacy.models import Policy
from wagtail_privacy.review.law import law

TEXT = "# Policy\n\nVi sparar uppgifter så länge det är nödvändigt. Klaga hos Datainspektionen.\n"
KEYS = ["rule", "severity", "article", "section", "field", "message", "quote"]


def check(*args: str) -> str:
    out = StringIO()
    call_command("privacy_check", *args, stdout=out)
    return out.getvalue()


def findings(*args: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(check(*args, "--json"))["findings"]
    return found


@pytest.fixture
def text(tmp_path: Path) -> str:
    path = tmp_path / "policy.md"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


@pytest.fixture
def snapshot(tmp_path: Path) -> str:
    path = tmp_path / "policy.json"
    path.write_text(json.dumps(without(complete("en"), "selling-kept").to_json()), encoding="utf-8")
    return str(path)


def test_the_findings_of_a_text_as_json(text: str) -> None:
    found = findings(text, "--language", "sv")
    assert [list(finding) for finding in found] == [KEYS] * len(found)
    (empty,) = [finding for finding in found if finding["rule"] == "retention.empty"]
    assert empty["severity"] == "error"
    assert empty["article"] == "13(2)(a)"
    assert empty["field"] == "body"
    assert empty["section"]
    assert empty["quote"] == "Vi sparar uppgifter så länge det är nödvändigt."


def test_the_findings_of_a_snapshot_name_its_sections(snapshot: str) -> None:
    (only,) = findings(snapshot, "--language", "en", "--on", "2026-11-26")
    assert (only["rule"], only["section"], only["field"]) == ("retention.missing", "selling", "retention")


@pytest.fixture
def with_gaps(tmp_path: Path) -> str:
    path = tmp_path / "begun.md"
    text = "# Policy of ⟦the association⟧\n\nWe keep your address for [[how many]] years.\n"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_what_a_template_left_to_fill_is_listed_and_fails(with_gaps: str, text: str) -> None:
    told = json.loads(check(with_gaps, "--language", "en", "--json"))
    assert [gap["words"] for gap in told["gaps"]] == ["the association", "how many"]
    assert [(gap["field"], bool(gap["section"])) for gap in told["gaps"]] == [("title", False), ("body", True)]
    said = check(with_gaps, "--language", "en")
    assert "gap: how many\n" in said
    assert "= 2 gap, " in said
    for severity in ("error", "warning"):
        with pytest.raises(SystemExit):
            check(with_gaps, "--language", "en", "--fail-on", severity)
    assert json.loads(check(text, "--language", "sv", "--json"))["gaps"] == []
    assert "gap" not in check(text, "--language", "sv")


def test_a_gap_alone_fails(tmp_path: Path) -> None:
    whole = complete("en").to_json()
    path = tmp_path / "policy.json"
    for title, exits in ((whole["title"], False), ("Policy of ⟦whom⟧", True)):
        path.write_text(json.dumps({**whole, "title": title}), encoding="utf-8")
        if exits:
            with pytest.raises(SystemExit):
                check(str(path), "--language", "en", "--on", "2026-11-26", "--fail-on", "error")
        else:
            check(str(path), "--language", "en", "--on", "2026-11-26", "--fail-on", "error")


def test_findings_are_said_in_the_language(snapshot: str) -> None:
    assert "Delivering your order: it is not said how long the data are kept." in check(snapshot, "--language", "en")


def test_the_law_is_that_of_the_day(text: str) -> None:
    def renamed(day: str) -> bool:
        found = findings(text, "--language", "sv", "--on", day)
        return any(finding["rule"] == "authority.renamed" for finding in found)

    assert [renamed("2020-12-31"), renamed("2021-01-01")] == [False, True]


def test_it_fails_on_what_it_is_told_to(snapshot: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as raised:
        check(snapshot, "--language", "en", "--fail-on", "error")
    assert raised.value.code == 1
    warning = tmp_path / "warning.json"
    warning.write_text(json.dumps(without(complete("en"), "safety-kept", "starts").to_json()), encoding="utf-8")
    check(str(warning), "--language", "en", "--fail-on", "error")
    with pytest.raises(SystemExit):
        check(str(warning), "--language", "en", "--fail-on", "warning")


def test_a_survey_is_answered_with_the_places(snapshot: str) -> None:
    answers = json.loads(check(snapshot, "--language", "en", "--questionnaire", "--json"))["answers"]
    by_article = {(answer["article"], answer["answer"]) for answer in answers}
    assert ("13(2)(a)", "in part") in by_article
    assert ("13(2)(d)", "yes") in by_article
    assert [
        place["section"] for answer in answers for place in answer["places"] if answer["article"] == "13(1)(b)"
    ] == ["dpo"]
    assert "How long are data kept, or what decides it? [in part]" in check(
        snapshot, "--language", "en", "--questionnaire"
    )


def test_whether_it_is_plain_is_not_stated_of_what_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "policy.md"
    path.write_text("# Politique\n\nNous conservons votre adresse.\n", encoding="utf-8")
    answers = json.loads(check(str(path), "--language", "fr", "--questionnaire", "--json"))["answers"]
    assert {answer["answer"] for answer in answers} == {"not stated"}


def test_a_translation_is_compared_with_its_original(tmp_path: Path) -> None:
    paths = [tmp_path / "sv.json", tmp_path / "en.json"]
    for path, policy in zip(
        paths, (complete("sv"), changed(complete("en"), "safety-kept", duration="P90D")), strict=True
    ):
        path.write_text(json.dumps(policy.to_json()), encoding="utf-8")
    found = findings(str(paths[1]), "--language", "en", "--translation-of", str(paths[0]))
    assert ("translation.facts", "safety-kept", "duration") in {(f["rule"], f["section"], f["field"]) for f in found}


def test_two_texts_are_compared_by_another_command(text: str, snapshot: str) -> None:
    """It asked for the language that was given: that of the translation."""
    with pytest.raises(CommandError, match=r"found the text .*privacy_languages --files"):
        check(snapshot, "--language", "en", "--translation-of", text)


def test_a_site_adds_to_the_law(snapshot: str, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('code = "own"\n[rules]\n"retention.missing" = { severity = "info", article = "13.2 a" }\n')
    with override_settings(WAGTAIL_PRIVACY_LAW_ADDITIONS=["digital_omnibus", str(own)]):
        assert [finding["severity"] for finding in findings(snapshot, "--language", "en")] == ["info"]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nowhere.md", "--language", "sv"], "Expected a file"),
        (["{text}"], "Expected --language"),
        (["{text}", "--language", "sv", "--law", "XX"], "Expected a law profile"),
        (["{text}", "--language", "xx"], "Expected the code of a language"),
        (["{text}", "--language", "sv", "--on", "26.11.2026"], "Expected a day as YYYY-MM-DD"),
    ],
)
@pytest.mark.django_db
def test_what_cannot_be_judged_is_said(args: list[str], words: str, text: str) -> None:
    with pytest.raises(CommandError, match=words):
        check(*[arg.format(text=text) for arg in args])


@pytest.mark.parametrize("words", ["", "\n\n", "---\nslug: privacy\nuntranslated: 1\n---\n"])
def test_a_file_without_a_sentence_is_no_policy(tmp_path: Path, words: str) -> None:
    path = tmp_path / "policy.md"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(CommandError, match="found no sentence"):
        check(str(path), "--language", "sv")


def test_lines_of_a_plain_text_are_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "policy.txt"
    long = "Vi sparar uppgifter så länge det är nödvändigt, och det gäller alla som handlar hos oss, "
    long += "vare sig det är ofta eller sällan."
    path.write_text(f"Hur länge\n{long}\n", encoding="utf-8")
    (empty,) = [f for f in findings(str(path), "--language", "sv") if f["rule"] == "retention.empty"]
    assert empty["quote"] == long


@pytest.mark.django_db
def test_a_page_is_judged_as_its_newest_draft(root: Page) -> None:
    page = draft(root)
    page.save_revision()
    page.body = body(duration="")
    page.save_revision()
    for where in (str(page.pk), "integritet", page.url_path):
        rules = {(finding["rule"], finding["section"]) for finding in findings(where)}
        assert ("basis.missing", PURPOSE) in rules
        assert KEPT not in {section for _rule, section in rules}
    assert findings(str(page.pk), "--law", "EU")


@pytest.mark.django_db
def test_a_page_is_found_in_its_language(root: Page) -> None:
    page = draft(root)
    page.save_revision()
    assert findings(str(page.pk), "--language", page.locale.language_code)
    with pytest.raises(CommandError, match=rf"in 'xx', found {page.pk} \(sv, .*Say --language"):
        check(str(page.pk), "--language", "xx")


@pytest.mark.django_db
def test_where_there_is_no_page_or_several_it_says_which_there_are(root: Page, locale_en: Any) -> None:
    with pytest.raises(CommandError, match="There is no policy page yet"):
        check("nowhere")
    page = draft(root)
    english = page.copy_for_translation(locale_en, copy_parents=True)
    both = rf"{page.pk} \(sv, .*{english.pk} \(en, "
    english.slug = page.slug
    english.save()
    with pytest.raises(CommandError, match=rf"found neither for 'nowhere'\. There are {both}"):
        check("nowhere")
    with pytest.raises(CommandError, match=rf"found 2 for 'integritet': {both}.*by its id"):
        check("integritet")


@pytest.mark.django_db
@pytest.mark.usefixtures("site")
def test_the_data_of_a_page_can_be_judged(root: Page, client: Any, tmp_path: Path) -> None:
    page = draft(root)
    page.save_revision().publish()
    path = tmp_path / "policy.json"
    path.write_bytes(client.get(f"{page.url}data/json/").content)
    assert findings(str(path)) == findings(str(page.pk))


@pytest.mark.parametrize("words", ['{"a": 1}', "[]", '"text"', '{"text": null}'])
def test_other_json_is_not_called_a_newer_release(tmp_path: Path, words: str) -> None:
    path = tmp_path / "policy.json"
    path.write_text(words)
    with pytest.raises(CommandError, match=r"Expected what data/json/ below a policy page gives"):
        check(str(path), "--language", "en")
    path.write_text("We keep your address.")
    with pytest.raises(CommandError, match=r"found no JSON.*\.txt"):
        check(str(path), "--language", "en")


@pytest.mark.django_db
def test_the_law_that_is_set_for_a_policy_is_followed(root: Page, monkeypatch: Any) -> None:
    asked: list[str] = []

    def noted(code: str, *_: Any) -> Any:
        asked.append(code)
        return law(code)

    monkeypatch.setattr(privacy_check, "law", noted)
    page = draft(root)
    page.save_revision().publish()
    findings(str(page.pk))
    Policy.objects.update(law_profile="FI")
    findings(str(page.pk))
    findings(str(page.pk), "--law", "DE")
    assert asked == ["SE", "FI", "DE"]
