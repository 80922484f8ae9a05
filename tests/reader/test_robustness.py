"""Nothing stands between a visitor and the policy: whatever else fails, its page is served and the fault is logged."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.reader.site import APRIL, FIRST_OF_JUNE, MARCH, MAY, announce, draft, publish, purpose, visible
from wagtail_privacy.actions.correct import correct_summary
from wagtail_privacy.clock import at
from wagtail_privacy.models import PolicyPage, Version

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """Version 1 in force and corrected, version 2 announced."""
    page = publish(draft(root, purpose()), moment=MARCH)
    announce(page, purpose(duration="P36M"), moment=APRIL, on=FIRST_OF_JUNE, summary="Längre.")
    with at(APRIL):
        correct_summary(Version.objects.get(number=1), "sv", "Den första.", reason="Fattades.")
    return page


class Fault(Exception):
    pass


def fault(*args: Any, **kwargs: Any) -> Any:
    raise Fault


@pytest.mark.parametrize(
    "part",
    [
        "reader.views.entries",
        "reader.views.corrections",
        "reader.history.lines",
        "reader.ready.relations",
        "reader.visit.get_timeline",
        "reader.caching._validator",
        "reader.asked._all_about",
        "reader.caching.no_frame_validator",
        "reader.relations._of_policy",
        "reader.syndication.as_json",
        "records.policy.Policy.version_in_force",
        "records.version.VersionQuerySet.announced",
    ],
)
def test_the_policy_is_read_whatever_else_fails(
    client: Client, page: PolicyPage, part: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(f"wagtail_privacy.{part}", fault)
    with at(MAY), caplog.at_level(logging.ERROR, "wagtail_privacy"):
        response = client.get(page.url)
    assert response.status_code == 200
    assert "24 månader, räknat från leveransen" in visible(response)
    if part != "reader.syndication.as_json":
        assert any(record.exc_info and record.exc_info[0] is Fault for record in caplog.records)


@pytest.mark.parametrize("template", ["history/newest.html", "policy/contents.html", "policy/announcement_links.html"])
def test_a_site_s_own_template_with_a_fault_hides_no_policy(
    client: Client, page: PolicyPage, template: str, settings: Any, tmp_path: Any
) -> None:
    own = tmp_path / "wagtail_privacy" / template
    own.parent.mkdir(parents=True)
    own.write_text("{{ no_such_thing|no_such_filter }}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    with at(MAY):
        response = client.get(page.url)
    assert response.status_code == 200
    assert "24 månader, räknat från leveransen" in visible(response)


@pytest.mark.parametrize("address", ["", "versions/2/", "compare/1/2/", "history/", "on/2026-05-04/"])
def test_names_that_the_site_s_frame_gives_values_are_not_mistaken_for_ours(
    client: Client, page: PolicyPage, address: str, settings: Any, tmp_path: Any
) -> None:
    names = "language title text version status old new page readable entries sections published until part"
    values = "".join(f"{{% firstof 'wrong' as {name} %}}" for name in names.split())
    frame = "<title>{% block title %}{% endblock %}</title>{% block content %}{% endblock %}"
    (tmp_path / "frame.html").write_text(f"{values}{frame}", encoding="utf-8")
    with at(MAY):
        expected = client.get(f"{page.url}{address}")
        settings.WAGTAIL_PRIVACY_BASE_TEMPLATE = "frame.html"
        settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(tmp_path)]}]
        response = client.get(f"{page.url}{address}")
    assert "wrong" not in visible(response)
    assert privacy(response) == privacy(expected)


def privacy(response: Any) -> str:
    """What stands on the page inside the site's frame."""
    html = response.content.decode()
    return html[html.index('<div class="privacy"') :].partition("</main>")[0].strip()
