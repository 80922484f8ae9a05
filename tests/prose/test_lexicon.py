from __future__ import annotations

from importlib.resources import files

import pytest

from wagtail_privacy.prose.lexicon import ASIDE, LANGUAGES, UnreadableLexicon, base, lexicon, read

#: What languages have of their own: endings, and what CLDR calls countries otherwise than people do.
OWN = ("endings", "country")


def sections(language: str) -> dict[str, dict[str, list[str]]]:
    return read(files("wagtail_privacy.prose.lexicon").joinpath(f"{language}.txt").read_text(encoding="utf-8"))


def concepts(language: str) -> set[tuple[str, str]]:
    return {(section, name) for section, lines in sections(language).items() for name in lines if section not in OWN}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_lacks_a_concept_and_none_is_without_words(language: str) -> None:
    assert concepts(language) == concepts("en")
    assert [name for lines in sections(language).values() for name, words in lines.items() if not words] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_mean_one_thing(language: str) -> None:
    seen: dict[str, tuple[str, str]] = {}
    twice = []
    for section, lines in sections(language).items():
        for name, words in lines.items():
            for word in words:
                if section not in (*ASIDE, "endings") and seen.setdefault(word, (section, name)) != (section, name):
                    twice.append((word, seen[word], (section, name)))
    assert twice == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_lower_case_and_in_one_piece(language: str) -> None:
    words = [word for lines in sections(language).values() for entries in lines.values() for word in entries]
    assert [word for word in words if word != word.casefold().replace("ss", "ss") and "ß" not in word] == []
    assert lexicon(language).words


@pytest.mark.parametrize(
    ("language", "read_as"),
    [("sv", "sv"), ("sv-fi", "sv"), ("de_AT", "de"), ("no", "nb"), ("nn", ""), ("fr", ""), ("", "")],
)
def test_a_regional_code_uses_its_base_and_others_have_none(language: str, read_as: str) -> None:
    assert base(language) == read_as


def test_a_line_that_is_no_concept_is_named() -> None:
    with pytest.raises(UnreadableLexicon, match="line 2"):
        read("[act]\nno colon here\n")
