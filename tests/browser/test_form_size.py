"""The number of form fields that the editor is told is the number that a browser sends."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.admin.test_form_size import long_policy
from tests.browser.editor import log_in, open_editor
from tests.policies import reloaded
from wagtail_privacy.publication.form_size import form_size

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_the_fields_counted_are_those_that_a_browser_sends(
    page: Page, live_server: Any, root: Any, site: Any, editor: Any
) -> None:
    policy = reloaded(long_policy(root, 20))  # a field of a purpose that is counted wrong is then wrong 20 times
    policy.save_revision()
    log_in(page, live_server.url)
    open_editor(page, lambda: page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[policy.pk])))
    sent = page.evaluate("[...new FormData(document.querySelector('form[data-edit-form]')).keys()].length")
    size = form_size(policy)
    assert size
    assert sent - 10 <= size.fields <= sent + 30
