"""What stands before an item or a heading: bullets and numbers. They are no words of it, and are kept beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wagtail_privacy.imports.inline import Run, has_words

#: "25. maj 2018" is a day, not the twenty-fifth of anything.
_NO_DAY = r"(?!\d{1,2}\.?\s+\w+\s+\d{4}\b)"
HEADING_MARK = re.compile(
    rf"\s*{_NO_DAY}(\d{{1,3}}(?:\.\d{{1,3}})+[.)]?|\d{{1,3}}[.)]|[a-zA-Z]\)|§\s?\d{{1,3}}|\d{{1,2}}(?=\s+[A-ZÅÄÖÆØÜ]))\s+(?=\S)"
)
LINE_MARK = re.compile(r"\s*([•·▪‣◦●○■–—*-])\s+(?=\S)")
LONGEST_BOLD_HEADING = 120


def take_mark(runs: Sequence[Run], pattern: re.Pattern[str]) -> tuple[str, int, list[Run]]:
    """The mark that ``runs`` begin with, where it stands, and the runs without it; "" and -1 for none."""
    beginning = _beginning(runs)
    match = pattern.match(beginning)
    if match is None:
        return "", -1, list(runs)
    start, rest, position = -1, list[Run](), 0
    for run in runs:
        after = position + len(run.text)
        if start < 0 and after > match.start(1):
            start = run.start + (match.start(1) - position if run.end - run.start == len(run.text) else 0)
        if after > match.end():
            cut = max(0, match.end() - position)
            moved = run.start + cut if run.end - run.start == len(run.text) else run.start
            rest.append(run._replace(text=run.text[cut:], start=moved) if cut else run)
        position = after
    return " ".join(match.group(1).split()), start, rest


def _beginning(runs: Sequence[Run], length: int = 60) -> str:
    text = ""
    for run in runs:
        text += run.text
        if len(text) > 8 * length or len(text.strip()) > length:
            break
    return text


def is_heading_like(line: Sequence[Run]) -> bool:
    """Whether a line is all in bold, short, and no sentence."""
    if not has_words(line) or any(not run.style.bold and has_words([run]) for run in line):
        return False
    text = " ".join("".join(run.text for run in line).split())
    return len(text) <= LONGEST_BOLD_HEADING and not text.endswith((".", ",", ";")) and any(map(str.isalpha, text))
