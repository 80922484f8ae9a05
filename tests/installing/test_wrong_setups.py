"""Each wrong setup says the line to add, before models load; what is not wrong is not in the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.installing.sites import IN_ONE_LANGUAGE, IN_TWO, TWO, WAGTAIL, run, write

OWN_PAGE = """
from wagtail.models import Page
from wagtail_privacy.models import PolicyPageMixin

class PrivacyPage(PolicyPageMixin, Page):
    pass
"""
OWN = {"shop/__init__.py": "", "shop/models.py": OWN_PAGE}


def without(apps: list[str], *names: str) -> list[str]:
    return [app for app in apps if app not in names]


class Wrong(NamedTuple):
    """The apps of a site, its settings, and what it is told."""

    apps: list[str]
    settings: dict[str, Any]
    said: str


WRONG = {
    "no wagtail_localize in two languages": Wrong(
        IN_ONE_LANGUAGE, TWO, 'Add: "wagtail_localize", "wagtail_localize.locales"'
    ),
    "wagtail_localize.locales alone": Wrong(without(IN_TWO, "wagtail_localize"), TWO, 'Add: "wagtail_localize"'),
    "wagtail.locales left in": Wrong([*IN_TWO, "wagtail.locales"], TWO, 'Take out: "wagtail.locales"'),
    "no internationalisation": Wrong(IN_ONE_LANGUAGE, {"USE_I18N": False}, "Set in the settings: USE_I18N = True"),
    "no registrations": Wrong(
        IN_ONE_LANGUAGE,
        {"MODELTRANSLATION_ENABLE_REGISTRATIONS": False},
        "Take MODELTRANSLATION_ENABLE_REGISTRATIONS out",
    ),
    "no admin": Wrong(without(IN_ONE_LANGUAGE, "wagtail.admin"), {}, 'Add: "wagtail.admin"'),
    "not installed": Wrong(["shop", *WAGTAIL], {}, 'Add "wagtail_privacy"'),
    "not installed, before a wrong app": Wrong(["shop", *IN_ONE_LANGUAGE], TWO, 'Add: "wagtail_localize"'),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=list(WRONG))
def test_a_wrong_setup_says_the_line_to_add(tmp_path: Path, wrong: Wrong) -> None:
    write(tmp_path, wrong.apps, OWN, **wrong.settings)
    returncode, output = run(tmp_path, "check")
    assert returncode != 0
    assert output.splitlines()[-1].startswith(("- Expected", "django.core.exceptions.ImproperlyConfigured: Expected"))
    assert "ImproperlyConfigured" in output
    assert wrong.said in output.splitlines()[-1]


#: A new site in one language and one in two are tried with all that follows: test_sites.py and tests/packaging.
RIGHT: dict[str, tuple[list[str], dict[str, Any]]] = {
    "one language, in America": (IN_ONE_LANGUAGE, {"LANGUAGE_CODE": "en-us"}),
    "with modeltranslation": (["modeltranslation", *IN_TWO], TWO),
    "ours after the site's, modeltranslation last": (
        ["shop", *without(IN_TWO, "wagtail_privacy"), "wagtail_privacy", "modeltranslation"],
        TWO,
    ),
    "with simple_translation": ([*IN_ONE_LANGUAGE, "wagtail.contrib.simple_translation", "wagtail.locales"], TWO),
}


@pytest.mark.slow
@pytest.mark.parametrize(("apps", "settings"), RIGHT.values(), ids=list(RIGHT))
def test_any_order_will_do_and_nothing_is_in_the_way(tmp_path: Path, apps: list[str], settings: dict[str, Any]) -> None:
    write(tmp_path, apps, OWN, **settings)
    returncode, output = run(tmp_path, "makemigrations", "--check", "--dry-run", "wagtail_privacy")
    assert returncode == 0, output
    assert "No changes detected" in output
