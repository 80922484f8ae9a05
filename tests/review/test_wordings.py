"""The wordings: one list of topics in six languages, phrases found where they stand."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_privacy.prose.lexicon import LANGUAGES, read
from wagtail_privacy.review.wordings import Wordings, wordings


def topics(language: str) -> dict[str, list[str]]:
    text = files("wagtail_privacy.review.wordings").joinpath(f"{language}.txt").read_text(encoding="utf-8")
    return {topic: phrases for section in read(text).values() for topic, phrases in section.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_topic(language: str) -> None:
    assert topics(language).keys() == topics("sv").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_phrase_is_found_in_itself(language: str) -> None:
    known = wordings(language)
    assert known is not None
    lost = []
    for topic, phrases in topics(language).items():
        for phrase in phrases:
            words = " ".join(word.split("/")[0].rstrip("~") for word in phrase.split() if word != "…")
            if not any(found.topic == topic for found in known.find(f"Xxx {words} xxx.")):
                lost.append((topic, phrase))
    assert lost == []


def test_how_phrases_are_read() -> None:
    known = Wordings({"t": ["share … with", "right/rights to", "compla~ about", "e-mail us"]})

    def spans(text: str) -> list[str]:
        return [text[found.start : found.end] for found in known.find(text)]

    assert spans("We Share your name with Bob.") == ["Share your name with"]
    assert spans("Your rights to it, your right to it") == ["rights to", "right to"]
    assert spans("Complaints about us") == ["Complaints about"]
    assert spans("Please e-mail us") == ["e-mail us"]
    assert spans("bright tomorrow") == []


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    known = wordings("sv")
    assert known is not None
    for found in known.find(text):
        assert text[found.start : found.end]
