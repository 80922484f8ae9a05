"""An earlier commit's wheel on a site of its own, filled and then upgraded: nothing that was recorded or shown differs.

From the first tag on, it is the one before that is installed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.conftest import unavailable
from tests.installing.sites import ROOT
from tests.packaging.test_wheel import run

BEFORE = "c635a7a0857ed800d9ed298192480e71a628781d"
#: What the wheel is built of, and the site that it is installed on: the demo as it was, with one of its policies.
FILES = ("wagtail_privacy", "locale", "setup.py", "pyproject.toml", "README.md", "LICENSE", "example_site")
POLICY = "ripstigen"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    archive = folder / "before.tar"
    command = ["git", "archive", "--output", str(archive), BEFORE, *FILES]
    if shutil.which("git") is None or subprocess.run(command, cwd=ROOT, capture_output=True).returncode:
        unavailable(f"a clone with the commit {BEFORE}")
    shutil.unpack_archive(archive, folder / "checkout")
    return folder / "checkout"


@pytest.fixture(scope="module")
def installed(checkout: Path) -> Path:
    """A folder with the package as ``pip`` makes it of that commit."""
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", ".", checkout, cwd=checkout.parent)
    (wheel,) = checkout.parent.glob("wagtail_privacy-*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(checkout.parent / "installed")
    return checkout.parent / "installed"


@pytest.fixture(scope="module")
def site(checkout: Path) -> Path:
    """A folder with the site alone. Its catalogues are today's: our labels are worded better from release to release,
    and what is compared is what policies say."""
    folder = checkout.parent / "site"
    shutil.copytree(checkout / "example_site", folder / "example_site")
    (folder / "locale").symlink_to(ROOT / "locale")
    return folder


def shown(site: Path, package: Path, *commands: list[str]) -> dict[str, Any]:
    """What the site shows after ``commands`` with the package that is in the folder ``package``."""
    path = os.pathsep.join(map(str, [site, package, ROOT]))
    environment = {
        **os.environ,
        "PYTHONPATH": path,
        "DJANGO_SETTINGS_MODULE": "example_site.settings",
        "DEMO_DATABASE": str(site / "db.sqlite3"),
    }
    words = [sys.executable, "-W", "ignore", "-m", "tests.packaging.upgraded"]
    given = json.dumps(commands)
    done = subprocess.run(words, cwd=site, env=environment, input=given, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_after_an_upgrade_each_page_says_the_same_and_each_digest_stands(installed: Path, site: Path) -> None:
    migrate = ["migrate", "--verbosity=0"]
    before = shown(site, installed, migrate, ["load_demo", "--verbosity=0", POLICY])
    after = shown(site, ROOT, migrate, ["privacy_history", "--verify"])
    assert len(before["chain"]) > 10 and all(status == 200 for _page, _below, status, _words in before["pages"])
    assert after["heads"] == before["heads"]
    assert after["chain"] == before["chain"]
    different = [pair for pair in zip(before["pages"], after["pages"], strict=True) if pair[0] != pair[1]]
    assert different == []
    assert "som de registrerades" in after["said"][-1]
