"""The guides name what there is: every setting with its default, every command, and labels that are on the screen."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import get_commands
from django.test import override_settings
from django.utils.module_loading import import_string

from wagtail_privacy.conf import Settings, conf

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SETTINGS = [name for name, value in vars(Settings).items() if isinstance(value, property)]


def rows(page: str) -> dict[str, list[str]]:
    """The cells of each row of the page's tables that begins with code, by that code."""
    found = {}
    for line in (DOCS / page).read_text(encoding="utf-8").splitlines():
        first, *rest = re.split(r"(?<!\\)\|", line.strip("|")) if line.startswith("| `") else [""]
        if rest:
            found[first.strip().strip("`")] = [cell.strip() for cell in rest]
    return found


def test_the_guide_lists_every_setting() -> None:
    listed = [name for name in rows("admin/settings.md") if name.startswith("WAGTAIL_PRIVACY_")]
    assert sorted(listed) == sorted(f"WAGTAIL_PRIVACY_{name}" for name in SETTINGS)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_guide_says_the_default_and_the_unit(name: str) -> None:
    full_name = f"WAGTAIL_PRIVACY_{name}"
    default, unit, _what = rows("admin/settings.md")[full_name]
    assert unit
    with override_settings():
        if hasattr(settings, full_name):
            delattr(settings, full_name)
        assert said(default) in (getattr(conf, name), *IN_WORDS.get(name, ()))


#: Defaults that depend on the site, as the guide says them.
IN_WORDS = {
    "BASE_TEMPLATE": ['`"base.html"` if it has the blocks, else `"wagtail_privacy/base.html"`'],
    "FROM_EMAIL": ["that of `DEFAULT_FROM_EMAIL`"],
    "ALLOWED_ADDRESSES": ["everyone; nobody while `DEBUG` is on"],
}


def said(default: str) -> Any:
    """The value of a default as a table writes it: a literal, what it is the path to, or else the words."""
    try:
        value = ast.literal_eval(default.strip("`"))
    except (SyntaxError, ValueError):
        return default
    return import_string(value) if isinstance(value, str) and value.startswith("wagtail_privacy.") else value


def test_the_guide_lists_every_command() -> None:
    ours = {name for name, app in get_commands().items() if app == "wagtail_privacy"}
    assert {row.split()[0] for row in rows("admin/commands.md")} == ours


#: Labels that are Wagtail's own.
WAGTAILS = {"Reports", "Rapporter"}


@pytest.mark.parametrize("page", ["index", "writing", "afterwards", "sv/index", "sv/borja", "sv/publicera", "sv/sedan"])
def test_the_editors_guides_name_what_is_on_the_screen(page: str) -> None:
    """What stands in italics there is a label, or part of a sentence, as the interface says it in that language."""
    text = (DOCS / "editors" / f"{page}.md").read_text(encoding="utf-8")
    labels = re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", text)
    assert labels
    said = on_the_screen(is_swedish=page.startswith("sv/"))
    pieces = {piece for label in labels for piece in re.split(r" › ", " ".join(label.split()))}
    # What the interface fills in stands as "n" or "…" in the guide.
    assert {piece for piece in pieces if re.sub(r" (n|…)$", " ", piece).lower() not in said} - WAGTAILS == set()


def on_the_screen(*, is_swedish: bool) -> str:
    with (ROOT / "locale" / "sv" / "LC_MESSAGES" / "django.po").open("rb") as file:
        messages = list(read_po(file, locale="sv"))
    said = (message.string if is_swedish else message.id for message in messages)
    return "\n".join("\n".join([each] if isinstance(each, str) else each) for each in said if each).lower()
