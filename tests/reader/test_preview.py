"""The preview of a draft goes through the same templates as the public page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from wagtail.models import Page

from tests.reader.site import FIRST_OF_JUNE, MARCH, MAY, announce, draft, publish, purpose, text, visible
from wagtail_privacy.clock import at
from wagtail_privacy.models import PolicyPage, Version

pytestmark = pytest.mark.usefixtures("site")


def preview(page: Any, user: Any) -> Any:
    with at(MAY):
        return page.make_preview_request(extra_request_attrs={"user": user})


def test_a_draft_is_shown_as_it_would_be_read(root: Page, editor: Any) -> None:
    page = publish(draft(root, purpose()), moment=MARCH)
    page.body = PolicyPage.body.field.to_python(json.dumps([text("Nytt", "<p>Ja.</p>")]))
    response = preview(page, editor)
    assert response.status_code == 200
    assert "Integritetspolicy Utkast skulle gälla från" in visible(response)
    assert "Nytt Ja." in visible(response)
    assert "Leverera din order" not in visible(response).split("Ändringshistorik")[0]
    assert Version.objects.count() == 1


def test_a_page_that_was_never_saved_can_be_previewed(root: Page, editor: Any) -> None:
    page = PolicyPage(title="Ny policy", slug="ny", locale=root.locale, body="[]")
    page.path, page.depth, page.url_path = root.path + "0009", root.depth + 1, "/hem/ny/"
    response = preview(page, editor)
    assert response.status_code == 200
    assert "Ny policy" in visible(response)


def test_the_preview_of_an_announced_change_says_from_when(root: Page, editor: Any) -> None:
    page = publish(draft(root, purpose(), text("Om oss", "<p>Vi.</p>")), moment=MARCH)
    page = announce(
        page, purpose(duration="P36M"), text("Om oss", "<p>Vi.</p>"), moment=MARCH, on=FIRST_OF_JUNE, summary="x"
    )
    page.title = "Policy om integritet"
    assert "skulle gälla från 1 juni 2026 om det publicerades nu" in visible(preview(page, editor))


def test_a_draft_that_cannot_be_read_is_previewed_in_words(
    root: Page, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = publish(draft(root, purpose()), moment=MARCH)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("a block of the site's own")

    monkeypatch.setattr("wagtail_privacy.page.mixin.plan_publication", fail)
    response = preview(page, editor)
    assert response.status_code == 200
    assert "administratör" in visible(response) or "administrator" in visible(response)
