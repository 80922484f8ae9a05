"""What can be said of a pair without reading it: by how much it differs, or by its words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from functools import cache

from benchmarks.materiality.pairs import HERE, Pair

System = Callable[[Pair], str]


def always_material(pair: Pair) -> str:
    return "material"


def edit_distance(threshold: int) -> System:
    """Material where at least ``threshold`` words come, go or change, else editorial."""
    return lambda pair: _class(words_edited(pair) >= threshold)


def likeness(threshold: float) -> System:
    """Material where the texts are less alike than ``threshold`` (from 0 to 1, difflib's ratio of words)."""
    return lambda pair: _class(alike(pair) < threshold)


def word_list(pair: Pair) -> str:
    """Material where a word that comes or goes has a digit or is on the list of its language, else editorial."""
    old, new = (Counter(_words(pair, side)) for side in ("old", "new"))
    whole, stems = _listed(pair.language)
    changed = [*(old - new), *(new - old)]
    return _class(any(word in whole or word.startswith(stems) or _has_digit(word) for word in changed))


def fitted_edit_distance(pairs: Iterable[Pair]) -> int:
    """The threshold that tells material from other pairs best."""
    return int(_best([(words_edited(pair), pair.label == "material") for pair in pairs]))


def fitted_likeness(pairs: Iterable[Pair]) -> float:
    return -_best([(-alike(pair), pair.label == "material") for pair in pairs])


def words_edited(pair: Pair) -> int:
    """Levenshtein's distance in words."""
    old, new = _words(pair, "old"), _words(pair, "new")
    row = list(range(len(new) + 1))
    for i, was in enumerate(old, 1):
        before, row[0] = row[0], i
        for j, now in enumerate(new, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (was != now))
    return row[-1]


def alike(pair: Pair) -> float:
    return SequenceMatcher(None, _words(pair, "old"), _words(pair, "new"), autojunk=False).ratio()


def _best(scored: list[tuple[float, bool]]) -> float:
    """The least score from which material pairs begin, by the mean of both rates; ties go to the lowest."""
    material = sum(is_material for _score, is_material in scored)

    def rate(threshold: float) -> float:
        found = [is_material for score, is_material in scored if score >= threshold]
        return sum(found) / material - (len(found) - sum(found)) / (len(scored) - material)

    return max(sorted({score for score, _is_material in scored}), key=rate)


def _class(is_material: bool) -> str:
    return "material" if is_material else "editorial"


def _words(pair: Pair, side: str) -> list[str]:
    words = (word.strip(".,:;!?()[]{}*_#|\"'„“”‘’«»–-") for word in pair.text(side).casefold().split())
    return [word for word in words if word]


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


@cache
def _listed(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole words, and stems (written with a star)."""
    words = json.loads((HERE / "word_list.json").read_text(encoding="utf-8"))[language].split()
    stems = tuple(word[:-1] for word in words if word.endswith("*"))
    return frozenset(word for word in words if not word.endswith("*")), stems
