"""Few edits make a site ready: as many as README says."""

from __future__ import annotations

import pytest

from tests.installing.readme import ONE, SEVERAL, Edit, edits


@pytest.mark.parametrize(("heading", "most"), [(ONE, 5), (SEVERAL, 9)])
def test_so_few_edits_are_enough(heading: str, most: int) -> None:
    """An edit is an entry added to or changed in a list, a setting, or a line of ``urlpatterns``."""
    found = edits(heading)
    assert 0 < len(found) <= most, found
    assert Edit("INSTALLED_APPS", "'wagtail_privacy'") in found
    assert sum("wagtail_privacy.urls" in edit.code for edit in found) == 1
