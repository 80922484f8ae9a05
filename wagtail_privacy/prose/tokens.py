"""A sentence as tokens: words, numbers, dates, addresses and the like, each found once."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from wagtail_privacy.prose.dates import month_of, months, number_of_month

#: What a sentence is read up to; what is beyond is one unknown word, so that it can't be overlooked.
LONGEST = 4000
#: No language has longer words; what is longer is known by its digest.
LONGEST_WORD = 60
#: So many words, as written, are remembered.
MOST_WORDS = 10_000

_CONTRACTIONS = (
    (re.compile(r"\bcan['’]t\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bwon['’]t\b", re.IGNORECASE), "will not"),
    (re.compile(r"n['’]t\b", re.IGNORECASE), " not"),
    (re.compile(r"\bcannot\b", re.IGNORECASE), "can not"),
    (re.compile(r"['’](?:re|ll|ve|d|m)\b", re.IGNORECASE), " "),
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_PATTERNS = {
    "email": r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
    "url": r"(?:https?://|www\.)[^\s<>\"')]+",
    "date": (
        r"\b(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?\b|\b(?:19|20)\d\d/\d\d/\d\d\b"
        rf"|\b{_DAY}\s?[./]\s?{_MONTH}\s?[./ -]\s?(?:19|20)?\d\d\b"
        r"|\b(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\b"
        r"|\b(?:0[1-9]|1[0-2])/(?:19|20)\d\d\b"
    ),
    "article": (
        r"\b(?:artikla|artiklan|artikeln|artikelns|artikel|artikkel|article|articles|art)\b\.?\s?\d{1,3}"
        r"(?:\s?\(?\d{1,2}\)|\.\d{1,2}\b)?(?:\s?,?\s?(?:absatz|abs|stk|nr|punkt|paragraph|para|kohdan)\.?\s?\d{1,2})?"
        r"(?:\s?,?\s?(?:satz|s)\.?\s?\d)?"
        r"(?:\s?,?\s?(?:litra|lit|buchstabe|buchst|bokstav|point|punkt|led)?\.?\s?\(?\b[a-k]\b\)?)?"
    ),
    "phone": r"(?<![\w.,])(?:\+\d|0|\d)\d?(?:[ ()/–-]{0,2}\d){6,13}(?![\w-])",
    "number": r"\d+(?:[ \u00a0\u202f.,]\d{3}(?!\d))*(?:[.,]\d+)?(?:\s?[-–]\s?\d+)?",
    "symbol": r"[€$£%§&]",
    "word": r"[^\W\d_]+\d*(?:[-'’.:][^\W\d_]+\d*)*",
    "break": r"[,;:()–—]|\s-\s",
}
_DIGIT = re.compile(r"\d")
#: Digits that end a word are the word's.
_FREE_DIGIT = re.compile(r"\d(?<![^\W_]\d)")
_PLAIN = re.compile("|".join(f"(?:{_PATTERNS[name]})" for name in ("word", "symbol", "break")), re.IGNORECASE)
_SYMBOLS = frozenset("€$£%§&")
#: These have digits.
_COUNTED = frozenset({"date", "article", "phone", "number"})


@lru_cache(maxsize=8)
def _pattern(has_at: bool, has_url: bool, has_digit: bool) -> re.Pattern[str]:
    """The kinds of tokens that a text may have: each is tried wherever one may begin, so that fewer are faster."""
    absent = {name for name, present in (("email", has_at), ("url", has_url)) if not present}
    absent |= set() if has_digit else _COUNTED
    kinds = (f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items() if name not in absent)
    return re.compile("|".join(kinds), re.IGNORECASE)


class Token(NamedTuple):
    """``kind`` is the name of its pattern; ``text`` is folded, ``raw`` as written."""

    kind: str
    text: str
    raw: str


def fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'")


@lru_cache(maxsize=2048)
def tokens(text: str, language: str) -> tuple[Token, ...]:
    """The tokens of one sentence of plain text."""
    text = unicodedata.normalize("NFKC", text)
    if language == "en":
        for pattern, full in _CONTRACTIONS:
            text = pattern.sub(full, text)
    has_at, has_url = "@" in text, "://" in text or "www." in text.lower()
    if has_at or has_url or _FREE_DIGIT.search(text):
        pattern = _pattern(has_at, has_url, bool(_DIGIT.search(text)))
        found = [_token(m.lastgroup or "word", m[0]) for m in pattern.finditer(text[:LONGEST])]
    else:
        # Words, symbols and breaks alone.
        found = list(map(_plain_token, _PLAIN.findall(text[:LONGEST])))
    if len(text) > LONGEST:
        rest = sha256(fold(text[LONGEST:]).encode(errors="replace")).hexdigest()[:LONGEST_WORD]
        found.append(Token("word", rest, rest))
    return tuple(_named_dates(found, language) if _may_name_months(found, language) else found)


@lru_cache(maxsize=MOST_WORDS)
def _token(kind: str, raw: str) -> Token:
    text = fold(raw)
    if len(text) > LONGEST_WORD and kind == "word":
        text = sha256(text.encode(errors="replace")).hexdigest()[:LONGEST_WORD]
    return Token(kind, text, raw)


@lru_cache(maxsize=MOST_WORDS)
def _plain_token(raw: str) -> Token:
    """The same of what :data:`_PLAIN` found."""
    return _token("word" if raw[0].isalnum() else "symbol" if raw in _SYMBOLS else "break", raw)


def _may_name_months(found: list[Token], language: str) -> bool:
    starts = _starts(language)
    if starts.isdisjoint([text[:2] for _kind, text, _raw in found]):
        return False
    known = months(language)
    return any(kind == "word" and number_of_month(text, known) for kind, text, _raw in found if text[:2] in starts)


@lru_cache(maxsize=16)
def _starts(language: str) -> frozenset[str]:
    """What the names of the months begin with."""
    return frozenset(name[:2] for name in months(language))


def _named_dates(found: list[Token], language: str) -> list[Token]:
    """Days, months and years that stand side by side as one date: "2. Februar 2024", "May 2018"."""
    parts = [_part_of_date(token, language) for token in found]
    result: list[Token] = []
    at = 0
    while at < len(found):
        end = _date_end(found, parts, at)
        if end > at:
            taken = found[at:end]
            text, raw = (
                " ".join(words).replace(" ,", ",") for words in zip(*((t.text, t.raw) for t in taken), strict=True)
            )
            result.append(Token("date", text, raw))
            at = end
        else:
            result.append(found[at])
            at += 1
    return result


def _date_end(found: list[Token], parts: list[str], at: int) -> int:
    """Where a date that begins at ``at`` and names a month ends; ``at`` if there is none."""
    seen: set[str] = set()
    end = at
    for number in range(at, min(at + 5, len(found))):
        part = parts[number]
        if not part and found[number].text in _WITHIN_A_DATE and end > at:
            continue
        if not part or part in seen:
            break
        if part == "month" and found[number].raw in _VERBS and not _is_beside_a_year(parts, number):
            break
        seen.add(part)
        end = number + 1
    return end if "month" in seen and len(seen) > 1 else at


#: Months that in small letters are verbs: "children under 13 may not".
_VERBS = frozenset({"may", "march"})


def _is_beside_a_year(parts: list[str], month: int) -> bool:
    return "year" in parts[month + 1 : month + 3]


_WITHIN_A_DATE = frozenset({"of", "de", ",", "st", "nd", "rd", "th", "."})


def _part_of_date(token: Token, language: str) -> str:
    if token.kind == "number" and token.text.isdigit():
        return "year" if re.fullmatch(r"(?:19|20)\d\d", token.text) else "day" if int(token.text) <= 31 else ""
    return "month" if token.kind == "word" and month_of(token.text, language) else ""
