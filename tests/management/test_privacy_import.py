"""`privacy_import`: a draft from a file, never published; again onto a page; with its earlier versions."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import Locale, Page, Site

from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.models import PolicyPage, Version
from wagtail_privacy.policy.words import plain

pytestmark = pytest.mark.django_db

OLD = "Integritetspolicy\n\nVi säljer bröd.\n\nVi sparar din order i 12 månader.\n"
NEW = "Integritetspolicy\n\nVi säljer bröd.\n\nVi sparar din order i 24 månader.\n\nVi använder kakor.\n"


@pytest.fixture
def file(tmp_path: Path) -> Any:
    def write(text: str, name: str = "policy.txt") -> str:
        path = tmp_path / name
        path.write_bytes(text.encode())
        return str(path)

    return write


def run(*args: str) -> str:
    out = StringIO()
    call_command("privacy_import", *args, stdout=out)
    return out.getvalue()


def said(page: Any) -> str:
    """All words of the newest draft."""
    sections = compose(page.get_latest_revision_as_object()).snapshot
    texts = (text for section in sections.walk() for text in section.texts.values())
    return " ".join(plain(str(text)) for text in texts)


def test_a_file_becomes_a_draft_with_its_words(root: Page, site: Site, file: Any) -> None:
    run(file(NEW), "--language", "sv")
    page = PolicyPage.objects.get()
    assert not page.live
    assert page.get_parent().pk == root.pk
    assert page.locale.language_code == "sv"
    for words in ("Vi säljer bröd.", "24 månader", "Vi använder kakor."):
        assert words in said(page) + page.title
    assert page.latest_revision
    assert page.has_unpublished_changes or not page.first_published_at
    assert not Version.objects.exists()


def test_json_says_what_was_found(root: Page, site: Site, file: Any) -> None:
    data = json.loads(run(file(NEW), "--language", "sv", "--json", "--title", "Policy"))
    assert data["page"] == PolicyPage.objects.get(title="Policy").pk
    assert data["versions"] == []
    assert data["encoding"]
    assert {"sections", "left_out", "words", "warnings"} <= data.keys()


def test_a_dry_run_changes_nothing(root: Page, site: Site, file: Any) -> None:
    history = ("--version", f"2018={file(OLD, 'o.txt')}", "--stated", "2024")
    data = json.loads(run(file(NEW), "--language", "sv", "--json", "--dry-run", *history))
    assert data["page"] is None
    assert [(version["stated_on"], version["changes"]) for version in data["versions"]] == [("2018", 0), ("2024", 2)]
    assert not PolicyPage.objects.exists()
    assert not Version.objects.exists()
    assert "Nothing was changed" in run(file(NEW), "--language", "sv", "--dry-run")


def test_a_newer_file_keeps_the_ids_of_what_is_the_same(root: Page, site: Site, file: Any) -> None:
    run(file(NEW), "--language", "sv")
    page = PolicyPage.objects.get()
    before = compose(page.get_latest_revision_as_object()).snapshot
    run(file(NEW), "--page", str(page.pk))
    assert compose(PolicyPage.objects.get().get_latest_revision_as_object()).snapshot == before
    run(file(NEW + "\n\nNytt stycke om säkerhet.\n"), "--page", page.slug)
    after = compose(PolicyPage.objects.get().get_latest_revision_as_object()).snapshot
    assert {s.id for s in before.sections} & {s.id for s in after.sections}
    assert "Nytt stycke" in said(PolicyPage.objects.get())
    assert not PolicyPage.objects.get().live


def test_earlier_texts_become_versions(root: Page, site: Site, file: Any, editor: Any) -> None:
    told = run(
        file(NEW), "--language", "sv", "--version", f"2018-05-25={file(OLD, 'old.txt')}", "--stated", "2024", "--user",
        "editor",
    )  # fmt: skip
    assert [(v.number, v.stated_on, v.published_by) for v in Version.objects.order_by("number")] == [
        (1, "2018-05-25", editor), (2, "2024", editor),
    ]  # fmt: skip
    assert "version 2: 2024" in told
    assert not PolicyPage.objects.get().live


def test_the_history_can_come_later(root: Page, site: Site, file: Any) -> None:
    run(file(NEW), "--language", "sv")
    run("--page", str(PolicyPage.objects.get().pk), "--version", f"2018={file(OLD, 'old.txt')}", "--stated", "2024")
    assert Version.objects.count() == 2


def test_a_translation_is_put_beside_its_original(root: Page, site: Site, locale_en: Locale, file: Any) -> None:
    run(file(NEW), "--language", "sv", "--version", f"2018={file(OLD, 'old.txt')}")
    root.copy_for_translation(locale_en).save_revision().publish()
    page = PolicyPage.objects.get()
    english = OLD.replace("Vi säljer bröd", "We sell bread")
    run(
        file(english), "--language", "en", "--translation-of", str(page.pk), "--version",
        f"2018={file(english, 'old-en.txt')}",
    )  # fmt: skip
    translation = PolicyPage.objects.get(locale=locale_en)
    assert translation.translation_key == page.translation_key
    assert not translation.live
    assert set(Version.objects.get().texts.values_list("language", flat=True)) == {"sv", "en"}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "--language"),
        (["--language", "sv"], "--page"),
        (["gone.txt", "--language", "sv"], "can be read"),
        (["{file}", "--language", "xx"], "xx"),
        (["{file}", "--language", "sv", "--parent", "nowhere"], "nowhere"),
        (["{file}", "--page", "4711"], "4711"),
        (["{file}", "--language", "sv", "--version", "2018"], "DATE=FILE"),
        (["{file}", "--language", "sv", "--stated", "i maj"], "i maj"),
        (["{file}", "--language", "sv", "--user", "nobody"], "nobody"),
    ],
)
def test_what_it_cannot_do_it_says(root: Page, site: Site, file: Any, args: list[str], said: str) -> None:
    given = [arg.format(file=file(NEW)) for arg in args]
    with pytest.raises(CommandError, match=said):
        run(*given)
    assert not PolicyPage.objects.exists()


def test_it_does_what_the_account_may(root: Page, site: Site, file: Any) -> None:
    get_user_model().objects.create_user("someone", "s@example.org", "x")
    with pytest.raises(CommandError, match="may not|får inte"):
        run(file(NEW), "--language", "sv", "--user", "someone")
    assert not PolicyPage.objects.exists()
