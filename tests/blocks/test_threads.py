"""Whatever number of threads makes the texts, they are byte for byte what one thread makes."""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.utils.translation import override

from tests.blocks.bodies import page
from wagtail_privacy.blocks.body import PolicyStreamBlock
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.materiality import weigh
from wagtail_privacy.changes.sentences import lines
from wagtail_privacy.models import PolicyPage
from wagtail_privacy.policy import words
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.sanitise import _cleaned, sanitise, sanitise_block
from wagtail_privacy.reader.rendering import render_snapshot

THREADS, DOCUMENTS = 6, 200
#: Of what takes longest for one document.
FEWER = 60
LANGUAGES = ("sv", "en", "fi", "nb", "da", "de")
WORDS = ("ordern", "A & B", "<b>aldrig</b>", "Åsa", "<em>3 < 4</em>", "kakor", "&nbsp;", '<a href="/om/">mer</a>')


@pytest.fixture(autouse=True)
def frequent_switches() -> Iterator[None]:
    """Threads take turns a thousand times as often as usual."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(usual)


def prose(number: int) -> str:
    choose = random.Random(number)
    paragraphs = (" ".join(choose.choices(WORDS, k=12)) for _ in range(4))
    return "".join(f"<p>{number}.{n} {paragraph}</p>" for n, paragraph in enumerate(paragraphs))


def document(number: int) -> Any:
    """A policy of a few sections, its words unlike those of any other."""
    data = [
        {"type": "text", "id": f"t{number}", "value": {"heading": f"Om {number}", "body": prose(number)}},
        {
            "type": "purpose",
            "id": f"p{number}",
            "value": {"title": f"Ändamål {number}", "description": prose(number + DOCUMENTS)},
        },
        {"type": "security", "id": f"s{number}", "value": {"description": f"<table><td>{number}<td>b</table>"}},
    ]
    language = LANGUAGES[number % len(LANGUAGES)]
    return page(body=PolicyStreamBlock().to_python(data), language=language, title=f"Policy {number}")


def in_threads(make: Callable[[int], Any], numbers: range) -> list[Any]:
    """``make(number)`` of each number, by threads that begin at the same time."""
    begin = Barrier(THREADS)

    def work(first: int) -> list[tuple[int, Any]]:
        begin.wait()
        return [(number, make(number)) for number in numbers[first::THREADS]]

    with ThreadPoolExecutor(THREADS) as pool:
        return [made for _, made in sorted(pair for part in pool.map(work, range(THREADS)) for pair in part)]


def composed(number: int) -> str:
    made = compose(document(number))
    return json.dumps([made.snapshot.to_json(), dict(made.shown), made.snapshot.digest], sort_keys=True)


def sanitised(number: int) -> tuple[str, str]:
    return sanitise(prose(number)), sanitise_block(f"<table><tr><td>{prose(number)}</td></tr></table>")


def worded(number: int) -> list[str]:
    """What the parsers and formats that Babel keeps make of values, in a language."""
    kind = kind_of("retention")
    duration = kind.field("duration")
    assert duration
    with override(LANGUAGES[number % len(LANGUAGES)]):
        said = [words.say(duration, f"P{number + 1}M"), words.country("SE"), words.number(number * 1000)]
        return [*said, words.day(f"20{number % 80 + 10}-05-01"), words.listing(said), words.plain(prose(number))]


def edited(number: int) -> str:
    """A text as the editor's form shows it, and as it is stored when that is sent back."""
    field = PolicyPage._meta.get_field("body").formfield()
    widget = field.block.child_blocks["text"].child_blocks["body"].field.widget
    shown = widget.format_value(prose(number))
    # Draftail gives a paragraph that has no key a random one.
    return re.sub(r' data-block-key="\w+"', "", str(widget.value_from_datadict({"a": shown}, {}, "a")))


def rendered(number: int) -> tuple[Any, ...]:
    made = compose(document(number))
    shown = render_snapshot(made.snapshot, made.shown)
    return shown.title, shown.contents, str(shown.body)


def compared(number: int) -> list[dict[str, Any]]:
    """What one policy changes of another, in words, too."""
    old, new = (compose(document(each)).snapshot for each in (number, (number * 7) % DOCUMENTS))
    changes = weigh(compare(old, new), old, new)
    with override(old.language):
        return [*(change.to_json() for change in changes), *({"words": str(line)} for line in lines(changes))]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "count"),
    [
        (sanitised, DOCUMENTS),
        (composed, DOCUMENTS),
        (worded, DOCUMENTS),
        (edited, FEWER),
        (rendered, FEWER),
        (compared, FEWER),
    ],
)
def test_many_threads_make_what_one_makes(make: Callable[[int], Any], count: int) -> None:
    _cleaned.cache_clear()
    together = in_threads(make, range(count))
    _cleaned.cache_clear()
    alone = [make(number) for number in range(count)]
    assert [n for n, pair in enumerate(zip(together, alone, strict=True)) if pair[0] != pair[1]] == []
