"""Sites of other people: their own users, page model and frame, addresses below a folder, a database of replicas."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copy2
from typing import Any

import pytest
from wagtail import VERSION

from tests.installing import readme
from tests.installing.sites import IN_ONE_LANGUAGE, IN_TWO, ROOT, SETTINGS, TWO, URLS, run, run_all, write

SCENARIO = (Path(__file__).parent / "scenario.py").read_text(encoding="utf-8")
USERS = """
import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models


class Members(BaseUserManager):
    def create_user(self, email, password, **fields):
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password, **fields):
        return self.create_user(email, password, is_superuser=True, **fields)


class Member(AbstractBaseUser, PermissionsMixin):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    objects = Members()
    USERNAME_FIELD = EMAIL_FIELD = "email"
"""
#: A page model in place of Wagtail's own needs migrations written by hand: Wagtail's tests have one.
SWAPS = VERSION >= (8,)
BASE_PAGE = """
from wagtail.test.basepage.models import BasePage
"""
if not SWAPS:
    BASE_PAGE = """
from django.db import models
from wagtail.models import Page


class BasePage(Page):
    strapline = models.CharField(max_length=99, blank=True)
"""
PAGES = f"""{BASE_PAGE}
from wagtail_privacy.models import PolicyPageMixin


class PrivacyPage(PolicyPageMixin, BasePage):
    pass
"""
FRAME = """<!doctype html><html><head><title>{% block title %}{% endblock %} - The shop</title></head>
<body>THE SHOP'S HEADER {% block content %}{% endblock %} THE SHOP'S FOOTER</body></html>"""
#: The router of docs/moving.md.
(ROUTER,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/moving.md").read_text(encoding="utf-8"), re.DOTALL)
FILES = {
    "scenario.py": SCENARIO,
    "people/__init__.py": "",
    "people/models.py": USERS,
    "shop/__init__.py": "",
    "shop/models.py": PAGES,
    "shop/migrations/__init__.py": "",
    "people/migrations/__init__.py": "",
    "templates/base.html": FRAME,
    "routers.py": ROUTER,
}
OWN: dict[str, Any] = {"AUTH_USER_MODEL": "people.Member", "DEFAULT_FROM_EMAIL": "policy@site.se"}
OWN_APPS = ["people", "shop", *IN_ONE_LANGUAGE]
if SWAPS:
    OWN["WAGTAIL_PAGE_MODEL"] = "basepage.BasePage"
    OWN_APPS.append("wagtail.test.basepage")


LEFT = {"files": [".html", ".json"], "rows": 0}


def scenario(folder: Path, model: str, *before: list[str]) -> dict[str, Any]:
    """What the scenario shows of a page of ``model`` after the commands ``before``."""
    play = ["shell", "--no-imports", "-c", f"import sys; sys.argv = ['', '{model}']; import scenario"]
    outcomes = run_all(folder, *before, play)
    for outcome in outcomes:
        assert outcome.returncode == 0, outcome.output
    return json.loads(outcomes[-1].output.splitlines()[-1])


def assert_shown(shown: dict[str, Any], path: str) -> None:
    assert (shown["version"], shown["path"]) == (2, path)
    for page in ("page", "history"):
        assert "THE SHOP'S HEADER" in shown[page]
        assert "THE SHOP'S FOOTER" in shown[page]
    assert "Leverera din order" in shown["page"]
    assert "24" in shown["page"]  # what is announced is not in force yet
    assert "Version 2" in shown["history"]
    assert shown["told"] == ["anna@site.se", "bo@site.se", "editor@site.se"]
    assert (shown["broken"], shown["left"]) == ([], LEFT)
    assert f"https://www.site.se{path}" in shown["letter"] or "https://www.site.se/" in shown["letter"]
    for page in ("edit", "policies", "inspect"):
        assert "localize" not in shown[page].lower()
        said = shown[page].replace("Translations of the same facts go on", "")  # what an editorial change does not stop
        assert re.findall(r".{60}[Tt]ranslat.{60}", said) == [], page


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a new site in one language, which several begin with: migrating takes half of their time."""
    folder = tmp_path_factory.mktemp("new")
    write(folder, IN_ONE_LANGUAGE)
    assert run(folder, "migrate").returncode == 0
    return folder / "site.sqlite3"


@pytest.mark.slow
def test_a_site_with_its_own_users_and_pages(tmp_path: Path) -> None:
    database = {**SETTINGS["DATABASES"]["default"], "ATOMIC_REQUESTS": True}
    write(tmp_path, OWN_APPS, FILES, DATABASES={"default": database}, **OWN)
    assert_shown(scenario(tmp_path, "shop.PrivacyPage", ["makemigrations", "people", "shop"]), "/integritet/")


#: Addresses below a folder and without a slash at their end, Jinja2 before Django's templates, digests in the names of
#: static files, short keys, and a region's language beside content in the language itself.
HABITS: dict[str, Any] = {
    "FORCE_SCRIPT_NAME": "/below",
    "APPEND_SLASH": False,
    "WAGTAIL_APPEND_SLASH": False,
    "DEFAULT_AUTO_FIELD": "django.db.models.AutoField",
    "LANGUAGE_CODE": "sv-se",
    "LANGUAGES": [("sv", "Svenska")],
    "WAGTAIL_CONTENT_LANGUAGES": [("sv", "Svenska")],
    "STATIC_ROOT": "collected",
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    },
    "TEMPLATES": [
        {"BACKEND": "django.template.backends.jinja2.Jinja2", "DIRS": ["jinja"], "APP_DIRS": True, "OPTIONS": {}},
        *SETTINGS["TEMPLATES"],
    ],
}


@pytest.mark.slow
def test_a_site_of_other_habits_that_reads_from_a_replica(tmp_path: Path, migrated: Path) -> None:
    database = SETTINGS["DATABASES"]["default"]
    replica = {**database, "NAME": "file:site.sqlite3?mode=ro", "OPTIONS": {"uri": True}}  # it refuses to be written to
    read = {"DATABASES": {"default": database, "replica": replica}, "DATABASE_ROUTERS": ["routers.Replicas"]}
    users = {"DEFAULT_FROM_EMAIL": "policy@site.se"}
    files = {name: text for name, text in FILES.items() if not name.startswith(("shop", "people"))}
    files |= {"site_urls.py": URLS.replace("admin/", "cms/"), "jinja/base.html": "{{ nobody.reads.this() }}"}
    write(tmp_path, IN_ONE_LANGUAGE, files, **HABITS, **read, **users)
    copy2(migrated, tmp_path)
    collect = ["collectstatic", "--noinput", "--verbosity", "0", "--ignore", "admin"]  # Django's own, which none shows
    assert_shown(scenario(tmp_path, "wagtail_privacy.PolicyPage", collect), "/below/integritet")


#: A policy on a site in one language, and what its editor does once there is a second one.
PUBLISH = """
import scenario
from wagtail_privacy.models import PolicyPage
scenario.first_policy(PolicyPage, scenario.home())
"""
TRANSLATE = """
import scenario
from wagtail.models import Locale
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.models import PolicyPage, Recipient
page, english = PolicyPage.objects.get(), Locale.objects.get(language_code="en")
copy = page.copy_for_translation(english, copy_parents=True)
copy.title = "Privacy policy"
copy.body = scenario.body("P24M").replace("Leverera din order", "Deliver your order")
publish_policy(copy)
assert copy.get_parent().locale == english
Recipient.objects.create(key="mail", category_sv="Posten", category_en="The post")
assert "Leverera din order" in scenario.read("/integritet/"), "Swedish"
assert "Deliver your order" in scenario.read("/en/integritet/"), "English"
assert page.policy.versions.count() == 1
"""


@pytest.mark.slow
def test_a_second_language_later(tmp_path: Path, migrated: Path) -> None:
    """What README says under "In one language": Wagtail's own settings, then ours, then ``migrate``."""
    users = {"DEFAULT_FROM_EMAIL": "policy@site.se"}
    steps = {"scenario.py": SCENARIO.replace("    main()\n", "    pass\n"), "templates/base.html": FRAME}
    write(tmp_path, IN_ONE_LANGUAGE, steps, **users)
    copy2(migrated, tmp_path)
    edit = readme.edits(readme.SEVERAL)[-1]
    prefixed = edit.imports + URLS.replace('path("", include(wagtail_urls))', edit.code)
    assert run(tmp_path, "shell", "--no-imports", "-c", PUBLISH).returncode == 0
    asked = [*SETTINGS["MIDDLEWARE"]]
    asked.insert(1, "django.middleware.locale.LocaleMiddleware")
    write(tmp_path, IN_TWO, {**steps, "site_urls.py": prefixed}, **TWO, **users, MIDDLEWARE=asked)
    check = ["check", "--database", "default"]
    translate = ["shell", "--no-imports", "-c", TRANSLATE]
    before, *done, after, verified = run_all(
        tmp_path, check, ["migrate"], translate, check, ["privacy_history", "--verify"]
    )
    assert "W002" in before.output
    for outcome in done:
        assert outcome.returncode == 0, outcome.output
    assert "no issues" in after.output
    assert "as they were recorded" in verified.output


@pytest.mark.skipif(SWAPS, reason="tests/packaging does it with the wheel")
def test_a_new_site_of_the_oldest_wagtail(tmp_path: Path) -> None:
    start = "import sys; from wagtail.bin.wagtail import main; sys.argv = ['wagtail', 'start', 'mysite', '.']; main()"
    subprocess.run([sys.executable, "-c", start], cwd=tmp_path, check=True, capture_output=True)
    readme.make(readme.edits(readme.SEVERAL), tmp_path / "mysite/settings/base.py", tmp_path / "mysite/urls.py")
    (tmp_path / "scenario.py").write_text(SCENARIO)
    path = os.pathsep.join(map(str, [tmp_path, ROOT]))
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "mysite.settings.dev", "PYTHONPATH": path}
    command = [sys.executable, "-W", "ignore", "scenario.py", "wagtail_privacy.PolicyPage"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout.splitlines()[-1])
    assert (shown["version"], shown["path"]) == (2, "/integritet/")
    assert "js/mysite.js" in shown["page"]
    assert shown["told"] == ["anna@site.se", "bo@site.se", "editor@site.se"]
    assert shown["left"] == LEFT
