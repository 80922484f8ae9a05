"""The checks of what hurts everybody on a site that looks well."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from wagtail_privacy.checks import installation as checks
from wagtail_privacy.conf import default_base_template

OF_THE_SITE = "<title>{% block title %}{% endblock %}</title>HEADER{% block content %}{% endblock %}"


def ids(messages: list[Any]) -> list[str]:
    return [message.id.removeprefix("wagtail_privacy.") for message in messages]


@pytest.fixture
def with_backend(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes the site's task backend one of the module of that name."""

    def use(module: str) -> None:
        found = type("Backend", (), {"__module__": module})()
        monkeypatch.setattr(checks, "tell", SimpleNamespace(get_backend=lambda: found))

    return use


@pytest.mark.django_db
def test_tasks_that_run_at_once_are_warned_of_where_there_are_many_people(
    monkeypatch: pytest.MonkeyPatch, with_backend: Any
) -> None:
    monkeypatch.setattr(checks, "FEW", 3)
    users = get_user_model()
    users.objects.bulk_create(users(username=str(n), email=f"{n}@example.org") for n in range(3))
    assert checks.check_many_people() == []
    assert ids(checks.check_tasks()) == ["W003"], "Whoever deploys it is told all the same."
    users.objects.create_user("one", "one@example.org")
    (warning,) = checks.check_many_people()
    assert (warning.id, "more than 3 people" in warning.msg) == ("wagtail_privacy.W003", True)
    assert checks.check_tasks() == [], "once is enough"
    with_backend("django_tasks_db.backend")
    assert checks.check_many_people() == checks.check_tasks() == []


@pytest.mark.parametrize(
    ("tables", "there"), [([], True), (["django_migrations"], False), (["django_migrations", "its_table"], True)]
)
def test_a_table_for_tasks_is_missed_where_others_are(monkeypatch: Any, tables: list[str], there: bool) -> None:
    """Whatever label the app has: it isn't its name."""
    model = SimpleNamespace(_meta=SimpleNamespace(db_table="its_table"))
    config = SimpleNamespace(name="django_tasks_db", label="another", get_model=lambda name: model)
    monkeypatch.setattr(checks, "apps", SimpleNamespace(get_app_configs=lambda: [config]))
    monkeypatch.setattr(checks, "router", SimpleNamespace(db_for_write=lambda model: "default"))
    introspection = SimpleNamespace(table_names=lambda: tables)
    monkeypatch.setattr(checks, "connections", {"default": SimpleNamespace(introspection=introspection)})
    assert checks._has_task_table() is there


def test_without_a_database_the_checks_say_nothing(with_backend: Any) -> None:
    assert checks.check_many_people() == []
    with_backend("django_tasks_db.backend")
    assert ids(checks.check_task_tables()) in ([], ["E041"])


@pytest.mark.parametrize(("installed", "there", "said"), [(False, False, ["E041"]), (True, False, ["W042"])])
def test_missing_tables_for_tasks(
    monkeypatch: pytest.MonkeyPatch, with_backend: Any, installed: bool, there: bool, said: list[str]
) -> None:
    with_backend("django_tasks_db.backend")
    monkeypatch.setattr(checks, "apps", SimpleNamespace(is_installed=lambda _name: installed))
    monkeypatch.setattr(checks, "_has_task_table", lambda: there)
    assert ids(checks.check_task_tables()) == said
    with_backend("django.tasks.backends.immediate")
    assert checks.check_task_tables() == []


@pytest.mark.parametrize(("mode", "said"), [(None, ["W043"]), ("DEFERRED", ["W043"]), ("IMMEDIATE", [])])
def test_sqlite_beside_a_worker_takes_its_locks_at_once(
    monkeypatch: pytest.MonkeyPatch, with_backend: Any, mode: str | None, said: list[str]
) -> None:
    options = {"transaction_mode": mode} if mode else {}
    databases = {"default": {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": options}}
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES=databases))
    with_backend("django_tasks_db.backend")
    assert ids(checks.check_sqlite()) == said
    with_backend("django.tasks.backends.immediate")
    assert checks.check_sqlite() == []


@pytest.fixture
def site_templates(settings: Any, tmp_path: Path) -> Any:
    """Makes templates of a site that has no other."""

    def make(**texts: str) -> None:
        for name, text in texts.items():
            (tmp_path / f"{name}.html").write_text(text)
        ours = Path(checks.__file__).parent.parent / "templates"
        settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, ours], "APP_DIRS": False}]
        default_base_template.cache_clear()

    yield make
    default_base_template.cache_clear()


def test_the_site_s_base_html_is_the_frame(settings: Any, site_templates: Any) -> None:
    del settings.WAGTAIL_PRIVACY_BASE_TEMPLATE
    site_templates(base='{% extends "all.html" %}', all=OF_THE_SITE)
    assert default_base_template() == "base.html"
    assert checks.check_frame() == []


def test_a_site_without_a_frame_is_warned(settings: Any, site_templates: Any) -> None:
    del settings.WAGTAIL_PRIVACY_BASE_TEMPLATE
    site_templates(base="{% block body %}{% endblock %}")
    assert default_base_template() == "wagtail_privacy/base.html"
    assert ids(checks.check_frame()) == ["W044"]
    settings.WAGTAIL_PRIVACY_BASE_TEMPLATE = "wagtail_privacy/base.html"
    assert checks.check_frame() == [], "It is said that it shall be so."


def test_a_frame_that_would_show_nothing_is_an_error(settings: Any, site_templates: Any) -> None:
    site_templates(frame="{% block title %}{% endblock %}", other="{% extends layout %}")
    settings.WAGTAIL_PRIVACY_BASE_TEMPLATE = "frame.html"
    (error,) = checks.check_frame()
    assert (error.id, "no block content" in error.msg) == ("wagtail_privacy.E045", True)
    settings.WAGTAIL_PRIVACY_BASE_TEMPLATE = "other.html"
    assert checks.check_frame() == [], "What it extends is known when it is rendered."


def test_a_list_of_allowed_addresses_is_named(settings: Any) -> None:
    settings.WAGTAIL_PRIVACY_ALLOWED_ADDRESSES = ["@example.org"]
    (warning,) = checks.check_allow_list()
    assert (warning.id, "@example.org" in warning.msg) == ("wagtail_privacy.W046", True)
    settings.DEBUG = True
    assert checks.check_allow_list() == []


def test_two_apps_that_translate_are_one_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.check_two_translators() == []
    monkeypatch.setattr(checks, "apps", SimpleNamespace(is_installed=lambda _name: True))
    assert ids(checks.check_two_translators()) == ["W047"]
