"""The tests' site with the languages of the example site: ``pytest --ds=tests.demo.settings tests/demo``."""

from example_site import settings as example
from tests.settings import *  # noqa: F403

LANGUAGES = example.LANGUAGES
WAGTAIL_CONTENT_LANGUAGES = example.WAGTAIL_CONTENT_LANGUAGES
