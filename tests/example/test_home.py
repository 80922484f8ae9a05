"""The example site's first page speaks of each policy as it is in force."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Page, Site

from example_site.home.models import HomePage
from tests.reader.site import APRIL, FIRST_OF_JUNE, MARCH, MAY, announce, draft, publish, purpose
from wagtail_privacy.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.urls("example_site.urls")]


def test_a_title_that_is_only_announced_is_not_shown(root: Page, site: Site, client: Client) -> None:
    home = root.add_child(instance=HomePage(title="Policyer", slug="policyer", locale=root.locale))
    page = publish(draft(home, purpose(), title="Integritetspolicy"), moment=MARCH)
    page.title = "Dataskyddspolicy"
    announce(page, purpose(duration="P36M"), moment=APRIL, on=FIRST_OF_JUNE, summary="Längre.")
    with at(MAY):
        said = client.get(home.url).content.decode()
    assert "Integritetspolicy" in said
    assert "Dataskyddspolicy" not in said
