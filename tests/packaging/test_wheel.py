"""A wheel of a clean checkout, in an empty environment: all that a site gets with ``pip install``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.installing import readme
from tests.packaging.conftest import ROOT, once, run

# What an installed site shows, printed as JSON by a process that sees nothing of the checkout.
SITE = """
import json, django
from django.conf import settings
settings.configure(**json.loads({settings!r}))
django.setup()

from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import get_template
from django.utils.translation import gettext, override
import wagtail_privacy

call_command("makemigrations", "wagtail_privacy", check=True, dry_run=True, verbosity=0)
call_command("check")
with override("sv"):
    swedish = [gettext(message) for message in json.loads({messages!r})]
for name in json.loads({templates!r}):
    get_template(name)
missing = [name for name in json.loads({static!r}) if finders.find(name) is None]
print("\\n" + json.dumps({{"from": wagtail_privacy.__file__, "swedish": swedish, "missing": missing}}))
"""
SETTINGS = {
    "SECRET_KEY": "only for this test",
    "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    "LANGUAGE_CODE": "sv",
    "LANGUAGES": [["sv", "svenska"], ["en", "English"]],
    "WAGTAIL_CONTENT_LANGUAGES": [["sv", "svenska"], ["en", "English"]],
    "WAGTAIL_I18N_ENABLED": True,
    "WAGTAILADMIN_BASE_URL": "http://localhost",
    "WAGTAIL_SITE_NAME": "Test",
    "ROOT_URLCONF": "wagtail.admin.urls",
    "STATIC_URL": "/static/",
    "USE_TZ": True,
}
FROM_TESTS = ("INSTALLED_APPS", "MIDDLEWARE", "TEMPLATES")


@pytest.fixture(scope="session")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that has the wheel, and what it asks for."""
    return _python_of(once(tmp_path_factory, "environment", lambda home: _install(wheel, home)))


def _install(wheel: Path, home: Path) -> None:
    venv.create(home, with_pip=False)  # pip installs into it from outside: making another pip takes seconds
    run(sys.executable, "-m", "pip", "--python", _python_of(home), "install", "--quiet", wheel, cwd=home)


def _python_of(home: Path) -> Path:
    return home / ("Scripts" if os.name == "nt" else "bin") / "python"


def packaged(checkout: Path, folder: str) -> list[str]:
    """The names below one of the package's folders, as Django's loaders and finders call them."""
    top = checkout / "wagtail_privacy" / folder
    return sorted(path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file())


def test_the_wheel_holds_what_the_checkout_holds(checkout: Path, wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    expected = {
        path.relative_to(checkout).as_posix()
        for path in (checkout / "wagtail_privacy").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    for catalogue in checkout.glob("locale/*/LC_MESSAGES/django.po"):
        name = catalogue.relative_to(checkout).with_suffix("")
        expected |= {f"wagtail_privacy/{name}.po", f"wagtail_privacy/{name}.mo"}
    ours = {name for name in inside if name.startswith("wagtail_privacy/")}
    assert ours == expected
    assert {name.split("/")[0] for name in inside - ours} == {
        wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info"
    }


def test_an_empty_environment_gets_templates_static_files_and_swedish(
    checkout: Path, python: Path, tmp_path: Path
) -> None:
    import polib
    from django.conf import settings

    translated = polib.pofile(str(checkout / "locale" / "sv" / "LC_MESSAGES" / "django.po")).translated_entries()
    entries = [entry for entry in translated if not entry.msgctxt and not entry.msgid_plural]
    assert entries
    left_out = ("django.contrib.postgres", "example_site")  # of another database, and not in the wheel
    apps = [app for app in settings.INSTALLED_APPS if not app.startswith(left_out)]
    values = {**SETTINGS, **{name: getattr(settings, name) for name in FROM_TESTS}, "INSTALLED_APPS": apps}
    static = packaged(checkout, "static")
    code = SITE.format(
        settings=json.dumps(values),
        messages=json.dumps([entry.msgid for entry in entries]),
        templates=json.dumps(packaged(checkout, "templates")),
        static=json.dumps(static),
    )
    shown = json.loads(run(python, "-c", code, cwd=tmp_path).splitlines()[-1])

    assert Path(shown["from"]).is_relative_to(python.parent.parent)
    assert shown["swedish"] == [entry.msgstr for entry in entries]
    assert static and shown["missing"] == []


SCENARIO = ROOT / "tests" / "installing" / "scenario.py"


def test_new_sites_publish_a_policy_after_the_edits_of_the_readme(python: Path, tmp_path: Path) -> None:
    """``wagtail start``, README's blocks, and what an editor, a reader and somebody who is told then see.

    First in one language. Its tables are what the site in several begins with: these add those of translations.
    """
    one, several = (
        new_site(python, tmp_path / "one", readme.ONE),
        new_site(python, tmp_path / "several", readme.SEVERAL),
    )
    run(python, "-W", "ignore", "-c", MIGRATE, cwd=one)
    shutil.copy2(one / "db.sqlite3", several)
    assert not assert_whole(site_shows(python, one))
    assert assert_whole(site_shows(python, several))


#: ``manage.py migrate``; it makes so much that Python looks for garbage half of the time.
MIGRATE = (
    "import gc, sys; gc.set_threshold(200_000, 50, 1_000); sys.argv += ['migrate', '-v0']; import runpy; "
    "runpy.run_path('manage.py', run_name='__main__')"
)


def new_site(python: Path, folder: Path, heading: str) -> Path:
    """A site as ``wagtail start`` makes it, with the edits below README's ``heading``."""
    folder.mkdir()
    run(python.parent / "wagtail", "start", "mysite", ".", cwd=folder)
    readme.make(readme.edits(heading), folder / "mysite/settings/base.py", folder / "mysite/urls.py")
    return folder


def assert_whole(shown: dict[str, Any]) -> bool:
    """The policy is published, shown and told of; whether it can be given to translators."""
    assert (shown["version"], shown["path"]) == (2, "/integritet/")
    assert shown["permanent"].endswith("/integritet/")
    for page in ("page", "history"):
        assert "js/mysite.js" in shown[page], "not in the frame of the site"
    assert "Leverera din order" in shown["page"]
    assert "Version 2" in shown["history"]
    assert shown["told"] == ["anna@site.se", "bo@site.se", "editor@site.se"]
    assert "https://www.site.se/" in shown["letter"]
    assert shown["left"] == {"files": [".html", ".json"], "rows": 0}
    return "Give to translators" in shown["inspect"]


def site_shows(python: Path, folder: Path) -> dict[str, Any]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "mysite.settings.dev", "PYTHONPATH": str(folder)}
    command = [python, "-W", "ignore", SCENARIO, "wagtail_privacy.PolicyPage"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])
