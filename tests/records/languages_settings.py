"""The tests' site with the languages and the database that the environment names."""

import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASE

DATABASES = {"default": DATABASE | {"NAME": os.environ["LANGUAGES_DB"]}}

if os.environ["LANGUAGES"]:
    LANGUAGES = [(code, code) for code in os.environ["LANGUAGES"].split()]
    LANGUAGE_CODE = LANGUAGES[0][0]
else:
    del LANGUAGES
if os.environ["CONTENT"]:
    WAGTAIL_CONTENT_LANGUAGES = [(code, code) for code in os.environ["CONTENT"].split()]
else:
    del WAGTAIL_CONTENT_LANGUAGES
