"""Leaving: the history into files, the pages away or into ordinary ones; and no way back that forgets it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, migrations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState
from django.db.migrations.writer import MigrationWriter
from django.utils.translation import override
from wagtail.models import Page, Site

from example_site.home.models import HomePage
from tests.policies import body, draft, reloaded
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.clock import now
from wagtail_privacy.exports.plain_html import rich_text
from wagtail_privacy.keep_history import refuse_to_drop_history
from wagtail_privacy.models import Event, Policy, PolicyPage, Text, Version
from wagtail_privacy.reader.rendering import render

pytestmark = pytest.mark.django_db
INTO = "home.HomePage.introduction"


def run(*args: Any) -> str:
    out = StringIO()
    with override("en"):
        call_command("privacy_leave", *args, stdout=out, stderr=out)
    return out.getvalue()


def published(root: Page) -> PolicyPage:
    page = draft(root)
    publish_policy(page)
    page.body = body("P12M")
    publish_policy(page)
    return reloaded(page)


def words(html: str) -> list[str]:
    return BeautifulSoup(html, "html.parser").get_text(" ").replace("·", " ").split()


def test_says_first_what_it_would_do(root: Page) -> None:
    page = published(root)
    said = run()
    assert f"{page.title} (sv, {page.url_path}): is deleted" in said
    assert "its history of 2 versions" in said
    assert "HomePage with the text in force" in run("--into", INTO)
    assert (PolicyPage.objects.count(), Version.objects.count()) == (1, 2)


def test_pages_go_and_their_history_is_in_files(root: Page, site: Site, tmp_path: Path) -> None:
    published(root)
    draft(root, slug="utkast")
    key = Policy.objects.get().translation_key
    run("--export", tmp_path, "--yes")
    assert json.loads((tmp_path / f"policy-{key}.json").read_text())["rows"]
    assert not any(model.objects.exists() for model in (PolicyPage, Policy, Version, Text, Event))
    assert Page.find_problems() == ([], [], [], [], [])


def test_pages_become_ordinary_ones_at_their_addresses(
    root: Page, site: Site, tmp_path: Path, admin_client: Any
) -> None:
    page, unpublished = published(root), draft(root, slug="utkast", words="Ännu inte.")
    text = page.policy.text_in_force("sv", now())
    shown = render(text).body
    run("--export", tmp_path, "--into", INTO, "--yes")
    ordinary = HomePage.objects.get(pk=page.pk)
    assert (ordinary.url_path, ordinary.live, ordinary.translation_key) == (page.url_path, True, page.translation_key)
    assert words(ordinary.introduction)  # no word is lost, and nothing of ours is left
    assert set(words(shown)) <= set(words(ordinary.introduction))
    assert "class=" not in ordinary.introduction
    assert "Ännu inte." in HomePage.objects.get(pk=unpublished.pk).introduction
    assert not PolicyPage.objects.exists()
    for address in (f"/admin/pages/{root.pk}/", f"/admin/pages/{page.pk}/edit/", f"/admin/pages/{page.pk}/history/"):
        assert admin_client.get(address).status_code == 200


def test_refuses_without_a_place_for_the_history(root: Page) -> None:
    published(root)
    with pytest.raises(CommandError, match="--export"):
        run("--yes")


@pytest.mark.parametrize("name", ["home", "home.HomePage.title", "wagtail_privacy.PolicyPage.body", "no.Page.body"])
def test_refuses_what_takes_no_words(name: str) -> None:
    with pytest.raises(CommandError, match=name):
        run("--into", name)


def test_refuses_to_take_other_pages_along(root: Page, tmp_path: Path) -> None:
    page = published(root)
    page.add_child(instance=HomePage(title="Under", locale=page.locale))
    with pytest.raises(CommandError, match="Under"):
        run("--export", tmp_path, "--yes")
    assert Version.objects.count() == 2


def zero() -> None:
    plan = MigrationExecutor(connection).migration_plan([("wagtail_privacy", None)])
    assert any(back for _, back in plan)
    refuse_to_drop_history(None, plan=plan, apps=apps, using="default")


def test_migrating_to_zero_is_refused_until_one_has_left(root: Page, site: Site, tmp_path: Path) -> None:
    zero()
    page = draft(root)
    with pytest.raises(CommandError, match="privacy_leave"):
        zero()
    publish_policy(page)
    with pytest.raises(CommandError, match="privacy_leave"):
        call_command("migrate", "wagtail_privacy", "zero", verbosity=0)
    run("--export", tmp_path, "--yes")
    zero()


def test_a_site_s_own_migrations_can_be_run_without_the_plugin() -> None:
    """What ``makemigrations`` writes for a page class that mixes the behaviour in."""
    state = ModelState.from_model(PolicyPage)
    created = migrations.CreateModel("PrivacyPage", list(state.fields.items()), state.options, state.bases)
    written = type("Migration", (migrations.Migration,), {"operations": [created]})("0001_initial", "shop")
    assert "import wagtail_privacy" not in MigrationWriter(written).as_string()


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<section><h2 id='a'>A</h2><div>b <b>c</b></div></section>", "<h2>A</h2><p>b <b>c</b></p>"),
        ("<dl><dt>T</dt><dd>d</dd></dl>", "<p><b>T</b></p><p>d</p>"),
        ("<table><tr><th>a</th><td><p>b</p></td></tr></table>", "<p>a · b </p>"),
        ("<ul><li><p>a</p></li></ul>", "<ul><li>a </li></ul>"),
        ("<p><a href='#x'>a</a> <a class='y' href='/z/'>b</a></p>", '<p>a <a href="/z/">b</a></p>'),
    ],
)
def test_rich_text(html: str, expected: str) -> None:
    assert rich_text(html) == expected


def test_dump_and_load_keep_the_chain(root: Page, site: Site, tmp_path: Path) -> None:
    published(root)
    before = list(Text.objects.order_by("pk").values_list("pk", "digest"))
    file = tmp_path / "dump.yaml"
    # JSON cuts moments to milliseconds, which the chain would notice.
    call_command(
        "dumpdata", "wagtailcore.page", "wagtailcore.revision", "wagtail_privacy", format="yaml", output=str(file)
    )
    for model in (Event, Text):
        model.objects.all().delete()
    call_command("loaddata", file, verbosity=0)
    assert list(Text.objects.order_by("pk").values_list("pk", "digest")) == before
    call_command("privacy_history", "--verify", stdout=StringIO())
