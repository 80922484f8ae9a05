"""Whether a text is wholly in one language, told by its small words."""

from __future__ import annotations

import re

# Words that stand in any text of some length in one language, and in none in the other.
SWEDISH = {"och", "att", "som", "är", "inte", "från", "till", "eller", "vi", "dina", "har", "av", "när"}
ENGLISH = {"the", "and", "of", "your", "we", "that", "with", "from", "when", "you", "are", "this", "change"}


def words_of(html: str) -> str:
    """What a reader sees of a page, without what is marked as being in another language."""
    html = re.sub(r"<(head|style|script)\b.*?</\1>", " ", html, flags=re.DOTALL)
    html = re.sub(r"<(\w+)\b[^>]*\bhreflang=[^>]*>.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", html)


def foreign_words(text: str, language: str) -> set[str]:
    foreign = ENGLISH if language == "sv" else SWEDISH
    # An address is in no language.
    return foreign & set(re.findall(r"[^\W\d_]+", re.sub(r"\S+[@/]\S+", " ", text).lower()))
