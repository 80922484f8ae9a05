import pytest

from wagtail_privacy.reader.kept import forget


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Rows of another test had the same keys."""
    forget()
