"""Days at the end of all calendars, in addresses and in the form: an answer, never an error page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, Site

from tests.policies import posted, reloaded
from tests.reader.site import MARCH, block, draft, publish, purpose
from wagtail_privacy.clock import at

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "on/9999-12-31/",
    "on/0001-01-01/",
    "history/?year=9999",
    "history/?year=10000",
    "history/?year=0",
    "on/10000-01-01/",
]


@pytest.fixture(params=["Europe/Stockholm", "Pacific/Kiritimati", "Etc/GMT+12"])
def zone(request: Any, settings: Any) -> None:
    settings.TIME_ZONE = request.param


@pytest.mark.usefixtures("zone")
def test_addresses_of_the_last_year(root: Page, site: Site, client: Client) -> None:
    entry = {"type": "item", "id": "77777777-7777-4777-8777-777777777777", "value": {"date": "9999-12-31"}}
    earlier = block("earlier_history", "88888888-8888-4888-8888-888888888888", entries=[entry])
    page = publish(draft(root), purpose(), earlier, moment=MARCH)
    for address in ["", "history/", "history/feed/", "data/json/", *ADDRESSES]:
        assert client.get(page.url + address).status_code in (200, 302, 404), address


@pytest.mark.usefixtures("zone")
def test_a_form_with_the_last_year(root: Page, site: Site, client: Client, editor: Any) -> None:
    client.force_login(editor)
    page = publish(draft(root), purpose(), moment=MARCH)
    newest = reloaded(page).get_latest_revision_as_object()
    newest.body = page.body.stream_block.to_python([purpose(duration="P36M")])
    asked = posted(newest, action="publish", change_summary="x", change_takes_effect=date.max)
    answer = client.post(f"/admin/pages/{page.pk}/edit/", asked)
    assert "9999-12-31" in str(answer.context["form"].errors["change_takes_effect"])
    assert "2028" in str(answer.context["form"].errors["change_takes_effect"])
    later = posted(newest, action="publish", change_summary="x", go_live_at="9999-12-30 23:59")
    assert client.post(f"/admin/pages/{page.pk}/edit/", later).status_code == 302
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


@pytest.mark.usefixtures("zone")
def test_a_publication_at_the_last_moment(root: Page, site: Site, client: Client) -> None:
    page = publish(draft(root), purpose(), moment=MARCH)
    with at(datetime(9999, 12, 31, 23, 59, tzinfo=UTC)):
        page = publish(page, purpose(duration="P36M"), moment=None, summary="x")  # type: ignore[arg-type]
    assert page.policy.versions.count() == 2
    for address in ["", "history/", "history/feed/", "data/json/", "upcoming/", *ADDRESSES]:
        assert client.get(page.url + address).status_code in (200, 302, 404), address
