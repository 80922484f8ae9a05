import pytest

from wagtail_privacy.reader.cache import clear_caches


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Rows of another test had the same keys."""
    clear_caches()
