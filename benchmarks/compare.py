"""How fast two versions are compared, beside the least that any comparison must do and beside Wagtail's own."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from math import log
from statistics import median
from time import process_time
from typing import Any

from django.utils.translation import override
from wagtail.admin.compare import StreamFieldComparison
from wagtail.models import Locale

from benchmarks._rounds import paired, seconds
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.marked import as_html
from wagtail_privacy.changes.materiality import weigh
from wagtail_privacy.changes.prose import _compared
from wagtail_privacy.changes.sentences import lines
from wagtail_privacy.changes.text_diff import diff, diff_of
from wagtail_privacy.models import PolicyPage
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.prose.lexicon import LANGUAGES
from wagtail_privacy.prose.quantities import numeral
from wagtail_privacy.prose.reader import _words, read_sentence
from wagtail_privacy.prose.tokens import tokens

SIZES = (60, 300, 2000)
BARS = {60: 12, 300: 8, 2000: 8}
#: The same with weighing and wording.
WEIGHED_BAR = 12
#: What a worker may gain by reading prose, in MB, by how many languages it has read.
MEMORY_BARS = {2: 40, 6: 80}
EDITED = 0.05
ROUNDS = 15
#: Wagtail's own comparison takes seconds at the largest size.
ROUNDS_WITH_WAGTAIL = {60: 15, 300: 7, 2000: 3}
#: A purpose with its legal basis, category of data, recipient and storage period.
SECTIONS_PER_PURPOSE = 5
WORST_SECONDS = 10
#: Both ways grow alike, so chance decides the third decimal.
NOISE = 0.02

Json = dict[str, Any]


def run() -> list[Json]:
    bodies = {size: _bodies(size) for size in SIZES}
    stored = {size: tuple(_stored(body) for body in both) for size, both in bodies.items()}
    rounds = {
        size: paired(partial(_ours, *both), partial(_lower_bound, *both), ROUNDS) for size, both in stored.items()
    }
    return [
        *(_against_the_lower_bound(size, rounds[size]) for size in SIZES),
        _growth(rounds),
        *(_weighed_and_worded(size, stored[size]) for size in SIZES),
        *(_weighed_for_the_first_time(size, stored[size]) for size in SIZES),
        *_memory_of_lexicons(),
        *(_against_wagtail(size, bodies[size], stored[size]) for size in SIZES),
        _memory(stored[SIZES[-1]]),
        *_worst_cases(),
    ]


def _ours(old: str, new: str) -> object:
    return compare(_read(old), _read(new))


def _lower_bound(old: str, new: str) -> list[str]:
    """Parse both, index by id, one pass that asks which are equal."""
    before, after = _by_id(json.loads(old)), _by_id(json.loads(new))
    return [id for id in before.keys() & after.keys() if before[id] != after[id]]


def _against_the_lower_bound(size: int, rounds: list[tuple[float, float]]) -> Json:
    return _result(
        f"comparison, {size} sections",
        median(ours / bound for ours, bound in rounds),
        BARS[size],
        unit="× the lower bound",
        how=f"{EDITED:.0%} of the sections edited; from stored JSON to changes, against parsing both, indexing by id "
        f"and one equality pass; median of {ROUNDS} paired rounds",
    )


def _weighed_and_worded(size: int, stored: tuple[str, ...]) -> Json:
    def ours() -> object:
        old, new = map(_read, stored)
        with override("sv"):
            return lines(weigh(compare(old, new), old, new))

    ours()  # lexicons are read once a worker
    times = max(1, SIZES[1] // size)
    rounds = paired(ours, partial(_lower_bound, *stored), ROUNDS, times=times, clock=process_time)
    return _result(
        f"comparison, weighed and worded, {size} sections",
        median(own / bound for own, bound in rounds),
        WEIGHED_BAR,
        unit="× the lower bound",
        how=f"{EDITED:.0%} of the sections edited; from stored JSON to sentences with their class, against the same "
        f"lower bound, in seconds of the process; median of {ROUNDS} paired rounds",
    )


def _weighed_for_the_first_time(size: int, stored: tuple[str, ...]) -> Json:
    """The same where no sentence was read before; the words of the language were, as in any worker after a while."""
    own, bound = [], []
    for _round in range(ROUNDS):
        for remembered in (_compared, read_sentence, _words, tokens, numeral):
            remembered.cache_clear()
        begin = process_time()
        old, new = map(_read, stored)
        with override("sv"):
            lines(weigh(compare(old, new), old, new))
        own.append(process_time() - begin)
        begin = process_time()
        _lower_bound(*stored)
        bound.append(process_time() - begin)
    return _result(
        f"comparison, weighed and worded for the first time, {size} sections",
        min(own) / min(bound),
        None,
        unit="× the lower bound",
        how=f"as above, with every sentence forgotten before each round; the shortest of {ROUNDS} rounds each",
    )


_MEASURE = """
import gc, resource, sys, django
from django.conf import settings
settings.configure(USE_I18N=False)
django.setup()
from wagtail_privacy.changes.prose import compare_prose
def used():
    # Not the peak of resource: a child begins with its parent's.
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6
before = used()
for language in sys.argv[1:]:
    compare_prose("", "We keep your data for 30 days in Sweden.", language)
print(used() - before)
"""


def _memory_of_lexicons() -> Iterator[Json]:
    """What reading prose adds to a worker, the first load included; each in a process of its own."""
    for languages in (LANGUAGES[:2], LANGUAGES):
        run = [sys.executable, "-c", _MEASURE, *languages]
        added = float(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
        yield _result(
            f"prose, memory of a worker with {len(languages)} languages",
            added,
            MEMORY_BARS[len(languages)],
            unit="MB",
            how="resident memory after reading a sentence in each, less before",
        )


def _growth(rounds: dict[int, list[tuple[float, float]]]) -> Json:
    """How time grows with size, as the exponent e of size ** e."""
    small, large = SIZES[0], SIZES[-1]

    def exponent(way: int) -> float:
        return log(median(r[way] for r in rounds[large]) / median(r[way] for r in rounds[small])) / log(large / small)

    return _result(
        "comparison, growth with the number of sections",
        exponent(0),
        round(exponent(1) + NOISE, 3),
        unit="exponent",
        how=f"of the time from {small} to {large} sections; the bar is the lower bound's own in the same run, "
        f"and {NOISE} by which two measurements of one way differ",
    )


def _against_wagtail(size: int, bodies: tuple[list[Json], ...], stored: tuple[str, ...]) -> Json:
    def wagtails() -> str:
        field = PolicyPage._meta.get_field("body")
        return str(StreamFieldComparison(field, *(_page(body) for body in bodies)).htmldiff())

    def ours() -> list[str]:
        changes = compare(*map(_read, stored))
        return [as_html(diff_of(change)) for change in changes if change.is_text]

    return _result(
        f"comparison with text differences, {size} sections",
        median(theirs / own for theirs, own in paired(wagtails, ours, ROUNDS_WITH_WAGTAIL[size])),
        20,
        better="higher",
        unit="× as fast as Wagtail's revision comparison",
        how="the same StreamFields, each way from what is stored to HTML; median of "
        f"{ROUNDS_WITH_WAGTAIL[size]} paired rounds",
    )


def _memory(stored: tuple[str, ...]) -> Json:
    old, new = map(_read, stored)
    tracemalloc.start()
    compare(old, new)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return _result(
        f"comparison, peak memory beside the inputs, {SIZES[-1]} sections",
        peak / 1e6,
        10,
        unit="MB",
        how="tracemalloc's peak while two read snapshots are compared",
    )


def _worst_cases() -> Iterator[Json]:
    """Each must end within a bound that holds on a slow machine too: seconds of this process, however busy it is."""
    ways_by_name = (
        ("text difference", _hostile_texts()),
        ("comparison", _hostile_policies()),
        ("weighing", {"sections of sentences much alike": _alike()}),
    )
    for name, ways in ways_by_name:
        times = {label: seconds(way, clock=process_time) for label, way in ways.items()}
        slowest = max(times, key=times.__getitem__)
        yield _result(
            f"{name}, worst case",
            times[slowest],
            WORST_SECONDS,
            unit="s",
            how=f"the slowest of {', '.join(times)}: {slowest}",
        )


def _hostile_texts() -> dict[str, Callable[[], object]]:
    first, second = (_prose(random.Random(seed), 16_000) for seed in (1, 2))
    pairs = {
        "100 kB all changed": (first, second),
        "a million equal words": ("a " + "ord " * 10**6, "b " + "ord " * 10**6),
        "equal words just below the cap": ("a " + "ord " * 37_000 + "b", "c " + "ord " * 37_000 + "d"),
        "equal sentences": ("A. " + "Hej du. " * 18_000 + "B.", "C. " + "Hej du. " * 18_000 + "D."),
        "unclosed tags": ("<p a=" * 25_000, "<p a=" * 25_001),
    }
    return {name: partial(diff, *pair) for name, pair in pairs.items()}


def _alike() -> Callable[[], object]:
    """20 sections of 59 sentences that differ in a number, each edited in one letter."""

    def policy(letter: str) -> Snapshot:
        sentence = "Vi delar uppgift {n}{letter} med partner {s} och bank {n} för ändamål {n}."
        bodies = (" ".join(sentence.format(n=n, s=s, letter=letter) for n in range(59)) for s in range(20))
        return Snapshot("sv", "", tuple(Section("text", f"s{n}", texts={"body": b}) for n, b in enumerate(bodies)))

    old, new = policy("a"), policy("b")
    return lambda: weigh(compare(old, new), old, new)


def _hostile_policies() -> dict[str, Callable[[], object]]:
    size = SIZES[-1]

    def policy(prefix: str, body: Callable[[int], str]) -> Snapshot:
        return Snapshot("sv", "", tuple(Section("text", f"{prefix}{n}", texts={"body": body(n)}) for n in range(size)))

    def text(seed: int) -> str:
        return _prose(random.Random(seed), 60)

    one = policy("a", text)
    pairs = {
        "no shared ids": (one, policy("b", text)),
        "nothing shared": (one, policy("b", lambda n: text(n + size))),
        "everything edited": (one, policy("a", lambda n: text(n + size))),
        "turned round": (one, Snapshot("sv", "", one.sections[::-1])),
        "all the same under new ids": (policy("a", lambda n: "x"), policy("b", lambda n: "x")),
        "groups much alike": (policy("a", lambda n: f"{text(n // 8)} a"), policy("b", lambda n: f"{text(n // 8)} b")),
    }
    return {name: partial(compare, *pair) for name, pair in pairs.items()}


def _result(name: str, value: float, bar: float | None, *, unit: str, how: str, better: str = "lower") -> Json:
    holds = None if bar is None else value <= bar if better == "lower" else value >= bar
    return {"name": name, "value": value, "bar": bar, "better": better, "holds": holds, "unit": unit, "how": how}


def _bodies(size: int) -> tuple[list[Json], list[Json]]:
    """A StreamField with about ``size`` sections in all, and the same with some of them edited."""
    chance = random.Random(size)
    old = [_purpose(chance) for _ in range(size // SECTIONS_PER_PURPOSE)]
    new = copy.deepcopy(old)
    for number in range(round(size * EDITED)):
        # Evenly spread, and as many of each sort of section.
        _edit(new[int(number / EDITED) // SECTIONS_PER_PURPOSE]["value"], number % SECTIONS_PER_PURPOSE)
    return old, new


def _purpose(chance: random.Random) -> Json:
    def item(type: str, **value: Any) -> Json:
        return {"type": type, "id": f"{chance.getrandbits(128):032x}", "value": value}

    return item(
        "purpose",
        title=_prose(chance, 4),
        description=f"<p>{_prose(chance, 40)}</p><p>{_prose(chance, 20)}</p>",
        provision="voluntary",
        legal_bases=[item("item", basis="art6_1_f", interest=f"<p>{_prose(chance, 15)}</p>")],
        data_categories=[item("data_category", name=_prose(chance, 2), description=_prose(chance, 6))],
        recipients=[item("recipient", name=_prose(chance, 2), role="processor", purpose=_prose(chance, 6))],
        retention=[item("retention", duration="P24M", starts=_prose(chance, 5))],
    )


def _edit(value: Json, part: int) -> None:
    """Edit the purpose itself or one of the sections in it."""
    (basis,), (category,), (recipient,), (retention,) = (
        value[name] for name in ("legal_bases", "data_categories", "recipients", "retention")
    )
    edits = (
        partial(
            value.update, description=value["description"].replace("uppgifter", "handlingar").replace(".", " nu.", 1)
        ),
        partial(basis["value"].update, interest="<p>Vi vill förstå hur tjänsten används.</p>"),
        partial(category["value"].update, description="namn, adress och telefonnummer"),
        partial(recipient["value"].update, role="controller"),
        partial(retention["value"].update, duration="P36M"),
    )
    edits[part]()


_WORDS = tuple(f"ord{number}" for number in range(1500))
_COMMON = ("och", "att", "vi", "som", "dina", "uppgifter", "för", "en", "med", "av")


def _prose(chance: random.Random, words: int) -> str:
    """So many words, four of ten the same few, in sentences of about twelve."""
    some = (
        (chance.choice(_COMMON) if chance.random() < 0.4 else chance.choice(_WORDS))
        + (". Vi" if number % 12 == 11 else "")
        for number in range(words)
    )
    return " ".join(some)


def _page(body: list[Json]) -> PolicyPage:
    locale, _ = Locale.objects.get_or_create(language_code="sv")
    return PolicyPage(title="Integritetspolicy", locale=locale, body=json.dumps(body))


def _stored(body: list[Json]) -> str:
    return json.dumps(compose(_page(body)).snapshot.to_json())


def _read(stored: str) -> Snapshot:
    return Snapshot.from_json(json.loads(stored))


def _by_id(data: Json) -> dict[str, Json]:
    found: dict[str, Json] = {}
    left = list(data["sections"])
    while left:
        section = left.pop()
        found[section["id"]] = section
        left += section.get("children", ())
    return found
