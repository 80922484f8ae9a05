"""Countries and cities in running text, in every inflection, as ISO 3166 codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from babel import Locale

from wagtail_privacy.prose.lexicon import lexicon, read
from wagtail_privacy.prose.tokens import tokens

# The European Economic Area: no third countries (Art. 44, and the EEA Joint Committee's decision 154/2018).
EEA = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS"),
        *("IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "AX"),
    }
)
#: A name of so many words and signs is the longest that is looked for: "South Georgia & South Sandwich Islands".
LONGEST = 10
#: Names of countries that are words too: they count with a capital only, and not alone at the start of a sentence.
_NO_COUNTRY = frozenset({"ZZ", "XA", "XB", "EU", "UN", "EZ"})
#: Finnish consonants that weaken where a name bends: Englanti, Englannissa.
_GRADES = (
    ("nti", "nni"), ("nta", "nna"), ("nki", "ngi"), ("hti", "hde"), ("joki", "joe"),
    ("tti", "ti"), ("kki", "ki"), ("ppi", "pi"), ("ko", "o"), ("ku", "u"), ("ka", "a"),
    ("ta", "da"), ("tä", "dä"), ("ti", "di"), ("ki", "i"), ("lti", "lli"), ("rta", "rra"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Region:
    """A country by code, and whether the text names a city in it."""

    code: str
    is_city: bool = False


@lru_cache(maxsize=8)
def _names(language: str) -> Mapping[str, Region]:
    """The names of countries and cities, or what their forms begin with."""
    stems: dict[str, Region] = {}
    for code, name in Locale(language).territories.items():
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY:
            written = [_as_read(one, language) for one in (name, *_PARTS.split(name))]
            stems |= {stem: Region(code) for one in written if one for stem in _stems(one, language)}
    for code, cities in read("[cities]\n" + _cities())["cities"].items():
        # Singapore is a country that is a city.
        named = {stem: Region(code, is_city=True) for city in cities for stem in _stems(city, language)}
        stems = named | stems
    return stems


#: "Myanmar (Burma)" is called by either name.
_PARTS = re.compile(r"\s*[()]\s*")


def _as_read(name: str, language: str) -> str:
    """``name`` as the words of a sentence are read."""
    return " ".join(token.text for token in tokens(name, language)).replace("ß", "ss")


@lru_cache(maxsize=8)
def _starts(language: str) -> frozenset[str]:
    """What the names begin with: three letters, or a word of one or two and the space after it."""
    return frozenset(f"{stem} "[:count] for stem in _names(language) for count in (2, 3))


def _cities() -> str:
    return files(__package__).joinpath("cities.txt").read_text(encoding="utf-8")


def _stems(name: str, language: str) -> Iterator[str]:
    """``name`` and, in Finnish, what its forms begin with."""
    yield name
    if language != "fi" or len(name) < 4:
        return
    bent = [name, name.replace(" ", "")]
    if name.endswith(("at", "ät")):
        bent += [name[:-1], name[:-2], name[:-2] + "oi", name[:-2] + "o"]
    if name.endswith("i"):
        bent += [name[:-1] + "e"]
    if name.endswith("nen"):
        bent += [name[:-3] + "se", name[:-3] + "s"]
    bent += [name[: -len(strong)] + weak for strong, weak in _GRADES if name.endswith(strong)]
    yield from bent


def may_begin(word: str, language: str) -> bool:
    """Whether the name of a country or a city may begin with ``word`` (folded)."""
    return f"{word} "[:3] in _starts(language)


#: What a name takes beside the endings of its language.
_ENDINGS = frozenset({"s", "'s", "n"})


def find(words: Sequence[str], at: int, language: str) -> tuple[Region, int] | None:
    """The country or city that ``words`` (folded) name from ``at`` on, and how many of them."""
    if not may_begin(words[at], language):
        return None
    stems, endings = _names(language), lexicon(language).endings
    for count in range(min(LONGEST, len(words) - at), 0, -1):
        name = " ".join(words[at : at + count])
        if region := stems.get(name):
            return region, count
        for end in range(len(name) - 1, max(3, len(name) - 8), -1):
            if (name[end:] in endings or name[end:] in _ENDINGS) and (region := stems.get(name[:end])):
                return region, count
    return None
