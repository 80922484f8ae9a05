"""The policy page: what applies now, what is announced, and nothing that was not recorded."""

from __future__ import annotations

import logging
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, Site

from tests.reader.site import (
    APRIL,
    FIRST_OF_JUNE,
    JUNE,
    MARCH,
    MAY,
    announce,
    block,
    draft,
    publish,
    purpose,
    text,
    visible,
)
from wagtail_privacy.clock import at
from wagtail_privacy.models import DataCategory, PolicyPage, Text

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def announced(root: Page) -> PolicyPage:
    """In force since 2 March: 24 months. Announced on 1 April, from 1 June: 36 months."""
    page = publish(draft(root, purpose(), text("Om oss", "<p>Vi säljer cyklar.</p>")), moment=MARCH)
    return announce(
        page,
        purpose(duration="P36M"),
        text("Om oss", "<p>Vi säljer cyklar.</p>"),
        moment=APRIL,
        on=FIRST_OF_JUNE,
        summary="Vi sparar uppgifterna längre.",
    )


def read(client: Client, page: PolicyPage, route: str = "", moment: Any = MAY) -> Any:
    with at(moment):
        return client.get(page.url + route)


def test_it_shows_the_version_in_force_with_its_dates_and_a_contents_list(
    client: Client, announced: PolicyPage
) -> None:
    response = read(client, announced)
    shown = visible(response)
    assert response.status_code == 200
    assert "Version 1 Uppdaterad 2 mars 2026 gäller sedan 2 mars 2026 Ändringshistorik" in shown
    assert "24 månader, räknat från leveransen" in shown
    assert "Avtal (artikel 6.1 b)" in shown
    html = response.content.decode()
    for anchor in ("s-11111111-1111-4111-8111-111111111111", "s-22222222-2222-4222-8222-222222222222"):
        assert f'href="#{anchor}"' in html
        assert html.count(f'id="{anchor}"') == 1


def test_an_announced_version_is_announced_at_the_top_and_not_yet_shown(client: Client, announced: PolicyPage) -> None:
    response = read(client, announced)
    assert "Från den 1 juni 2026 gäller en ny version Vi sparar uppgifterna längre." in visible(response)
    assert "36 månader, räknat" not in visible(response)
    assert 'href="/integritet/versions/2/"' in response.content.decode()
    assert 'href="/integritet/compare/1/2/"' in response.content.decode()


def test_of_many_announced_versions_the_next_few_stand_at_the_top_and_the_rest_in_the_history(
    client: Client, announced: PolicyPage
) -> None:
    for number in range(3, 7):
        moment = APRIL + timedelta(days=number)
        announced = announce(announced, purpose(duration=f"P{number}Y"), moment=moment, on=june(number), summary="")

    few, history = (read(client, announced, route).content.decode() for route in ("", "history/"))
    assert re.findall(r'id="privacy-announcement-(\d)"', few) == ["2", "3", "4"]
    assert '<a href="/integritet/history/">Se alla kommande versioner</a>' in few
    assert all(f"/integritet/versions/{number}/" in history for number in range(2, 7))


def june(day: int) -> date:
    return FIRST_OF_JUNE.replace(day=day)


def test_versions_that_begin_to_apply_at_one_moment_are_announced_as_the_last_of_them(
    client: Client, announced: PolicyPage
) -> None:
    for number in (3, 4, 5):
        announced = announce(
            announced, purpose(duration=f"P{number}Y"), moment=MAY, on=FIRST_OF_JUNE, summary=f"Nummer {number}."
        )
    page, earlier, compared = (read(client, announced, r) for r in ("", "versions/2/", "compare/1/2/"))
    assert re.findall(r'id="privacy-announcement-(\d)"', page.content.decode()) == ["5"]
    assert "Från den 1 juni 2026 gäller en ny version Nummer 3. Nummer 4. Nummer 5. Läs den kommande" in visible(page)
    assert "/integritet/compare/1/5/" in page.content.decode()
    assert "Den här versionen gäller aldrig för sig. Version 5, som bygger på den, börjar gälla samtidigt" in visible(
        earlier
    )
    assert "ersätts direkt av version 5" in visible(compared)


def test_of_versions_from_one_day_the_coming_one_is_that_which_will_apply(
    client: Client, announced: PolicyPage
) -> None:
    announce(announced, purpose(duration="P48M"), moment=MAY, on=FIRST_OF_JUNE, summary="")
    shown = visible(read(client, announced, "upcoming/"))
    assert "48 månader, räknat" in shown
    assert "36 månader, räknat" not in shown


def test_a_few_announced_versions_are_all_there_are(client: Client, announced: PolicyPage) -> None:
    assert "Se alla kommande versioner" not in read(client, announced).content.decode()


def test_on_its_day_the_announced_version_is_the_one_in_force(client: Client, announced: PolicyPage) -> None:
    shown = visible(read(client, announced, moment=JUNE))
    assert "Version 2 Uppdaterad 1 april 2026 gäller sedan 1 juni 2026" in shown
    assert "36 månader, räknat från leveransen" in shown
    assert "gäller en ny version" not in shown


def test_the_history_stands_at_the_bottom_newest_first_and_folded_by_the_browser(
    client: Client, announced: PolicyPage
) -> None:
    html = read(client, announced).content.decode()
    history = html[html.index('id="change-history"') :]
    assert history.index('id="version-2"') < history.index('id="version-1"')
    assert '<time datetime="2026-04-01">1 april 2026</time>' in history
    assert "från 24 månader till 36 månader" in history
    assert "<details" in history
    assert "<script" not in html


def test_no_inline_script_or_style_so_that_a_strict_policy_works(client: Client, announced: PolicyPage) -> None:
    for route in ("", "history/", "versions/1/", "compare/1/2/", "upcoming/"):
        html = read(client, announced, route).content.decode()
        assert "<script" not in html
        assert "<style" not in html
        assert " style=" not in html
        assert " onclick" not in html


def test_an_edit_of_the_live_row_or_a_draft_is_not_public(client: Client, announced: PolicyPage) -> None:
    before = read(client, announced).content
    announced.body = PolicyPage.body.field.to_python("[]")
    announced.save_revision()
    PolicyPage.objects.filter(pk=announced.pk).update(body="[]", title="Något annat")
    assert read(client, announced).content == before
    assert "Något annat" not in visible(read(client, announced, "history/"))


def test_an_edit_in_the_register_waits_for_the_next_publication(client: Client, root: Page) -> None:
    category = DataCategory.objects.create(key="contact", name_sv="Kontaktuppgifter", name_en="Contact details")
    chosen = [{"type": "register", "id": "44444444-4444-4444-8444-444444444444", "value": category.pk}]
    page = publish(draft(root, purpose(data_categories=chosen)), moment=MARCH)
    category.name_sv = "Hälsouppgifter"
    category.save()
    assert "Kontaktuppgifter" in visible(read(client, page))
    assert "Hälsouppgifter" not in visible(read(client, page))


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7|add:7 }}"


def test_hostile_words_are_shown_as_words(client: Client, root: Page) -> None:
    page = draft(
        root,
        purpose(title=HOSTILE, starts=HOSTILE, description=f"<p>{HOSTILE}</p>", data_subjects=[HOSTILE]),
        text(HOSTILE, f"<p onclick='x()'>{HOSTILE}<a href='javascript:alert(3)'>hit</a></p>"),
        block("controller", "44444444-4444-4444-8444-444444444444", name=HOSTILE, address=f"{HOSTILE}\n{HOSTILE}"),
        title=HOSTILE,
    )
    page = publish(page, moment=MARCH)
    page = announce(page, purpose(title=HOSTILE + "2"), moment=APRIL, on=FIRST_OF_JUNE, summary=HOSTILE)
    for route in ("", "history/", "versions/1/", "versions/2/", "compare/1/2/"):
        html = read(client, page, route).content.decode()
        assert "<script" not in html
        assert "<img" not in html
        assert "onclick" not in html
        assert "javascript:" not in html
    assert "{{ 7|add:7 }}" in visible(read(client, page))


def test_a_damaged_snapshot_is_logged_and_the_page_still_serves(
    client: Client, announced: PolicyPage, caplog: pytest.LogCaptureFixture
) -> None:
    Text.objects.filter(version__number=1).update(snapshot_json={"format": 99})
    with caplog.at_level(logging.ERROR, "wagtail_privacy"):
        response = read(client, announced)
    assert response.status_code == 200
    assert "Texten kan inte visas just nu." in visible(response)
    assert "från 24 månader till 36 månader" in visible(response)
    assert any("can't be shown" in record.getMessage() for record in caplog.records)


def test_damaged_changes_are_logged_and_the_policy_is_read_all_the_same(
    client: Client, announced: PolicyPage, caplog: pytest.LogCaptureFixture
) -> None:
    Text.objects.filter(version__number=2).update(changes_json=[{"nonsense": 1}])
    with caplog.at_level(logging.ERROR, "wagtail_privacy"):
        response = read(client, announced)
    assert "24 månader, räknat från leveransen" in visible(response)
    assert any("can't be worded" in record.getMessage() for record in caplog.records)


def test_a_live_page_without_a_recorded_text_says_so(
    client: Client, announced: PolicyPage, caplog: pytest.LogCaptureFixture
) -> None:
    Text.objects.all().delete()
    with caplog.at_level(logging.ERROR, "wagtail_privacy"):
        response = read(client, announced)
    assert response.status_code == 200
    assert "Ännu finns ingen text att visa." in visible(response)
    assert any("has no recorded text" in record.getMessage() for record in caplog.records)


def test_what_search_engines_must_know_is_in_the_headers(client: Client, announced: PolicyPage) -> None:
    current, old = read(client, announced), read(client, announced, "versions/1/")
    assert current["Content-Language"] == "sv"
    assert '<http://testserver/integritet/>; rel="canonical"' in current["Link"]
    assert "X-Robots-Tag" not in current
    assert old["X-Robots-Tag"] == "noindex"
    assert read(client, announced, "compare/1/2/")["X-Robots-Tag"] == "noindex"
    assert read(client, announced, "upcoming/")["X-Robots-Tag"] == "noindex"


def test_an_alias_shows_the_text_of_the_page_that_it_is_an_alias_of(
    client: Client, root: Page, announced: PolicyPage
) -> None:
    elsewhere = root.add_child(title="Kundtjänst", slug="kundtjanst", locale=root.locale)
    alias = announced.create_alias(parent=elsewhere)
    for route in ("", "versions/2/", "history/", "compare/1/2/"):
        response = read(client, alias, route)
        assert response.status_code == 200
        assert f"<http://testserver/integritet/{route}>" in response["Link"]
    assert "24 månader, räknat från leveransen" in visible(read(client, alias))
    assert 'href="/kundtjanst/integritet/versions/2/"' in read(client, alias).content.decode()


def test_a_site_brings_its_own_base_template(
    client: Client, announced: PolicyPage, settings: Any, tmp_path: Any
) -> None:
    (tmp_path / "frame.html").write_text(
        "<title>{% block title %}{% endblock %}</title>FRAME {% block content %}{% endblock %}"
    )
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path]}]
    settings.WAGTAIL_PRIVACY_BASE_TEMPLATE = "frame.html"
    html = read(client, announced).content.decode()
    assert html.startswith("<title>Integritetspolicy</title>FRAME")
    assert "wagtail_privacy/policy.css" in html


def test_neither_search_nor_the_api_gets_the_live_body() -> None:
    fields = {field.field_name for field in PolicyPage.get_search_fields()}
    assert "body" not in fields
    assert "body" not in getattr(PolicyPage, "api_fields", [])


def test_an_unpublished_page_and_its_routes_are_gone(client: Client, announced: PolicyPage) -> None:
    announced.unpublish()
    for route in ("", "history/", "versions/1/", "upcoming/"):
        assert read(client, announced, route).status_code == 404


def test_a_policy_of_a_site_with_one_language_offers_no_other(
    client: Client, site: Site, announced: PolicyPage
) -> None:
    assert "privacy-languages" not in read(client, announced).content.decode()
