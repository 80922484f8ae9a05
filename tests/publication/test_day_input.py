"""Where an editor gives a day: what is typed is what is read."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from wagtail_privacy.publication.day_input import DayInput


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [
        ("sv", "1 december 2026", "2026-12-01"),
        ("en", "December 1, 2026", "2026-12-01"),
        ("fi", "1. joulukuuta 2026", "2026-12-01"),
        ("de", "1. Dezember 2026", "2026-12-01"),
        ("en", "2026-12-01", "2026-12-01"),
        ("en", "December 2026", "December 2026"),  # no day: the form says so
        ("en", "soon", "soon"),
        ("en", "", ""),
    ],
)
def test_a_day_in_words_is_read(language: str, typed: str, read: str) -> None:
    with override(language):
        assert DayInput().value_from_datadict({"day": typed}, {}, "day") == read


def test_the_picker_leaves_alone_what_it_cannot_read() -> None:
    assert '"validateOnBlur": false' in DayInput().get_context("day", None, {})["widget"]["config_json"]
