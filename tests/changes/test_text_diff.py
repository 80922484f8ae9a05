"""Differences inside one text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.utils.translation import override

from wagtail_privacy.changes import sequence, text_diff
from wagtail_privacy.changes.change import Change, Reference
from wagtail_privacy.changes.marked import as_html
from wagtail_privacy.changes.text_diff import Part, diff, diff_of, visible

MARKS = {"same": "{}", "ins": "+{}+", "del": "-{}-"}


@pytest.fixture(autouse=True)
def _english() -> Any:
    with override("en"):
        yield


def brief(parts: Sequence[Part]) -> str:
    return "".join(MARKS[part.kind].format(part.text) for part in parts)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("Vi sparar i 24 månader.", "Vi sparar i 36 månader.", "Vi sparar i -24 -+36 +månader.", id="word"),
        pytest.param("<p>A.</p>", "<p>A.</p><p>Ny.</p>", "A.\n+Ny.+", id="paragraph came"),
        pytest.param("<p>A.</p><p>B.</p>", "<p>B.</p>", "-A.\n-B.", id="paragraph went"),
        pytest.param("<p>Vi <b>delar</b>.</p>", "<p>Vi delar.</p>", "Vi delar.", id="bold is no word"),
        pytest.param(
            '<p>Hur vi gör: <a href="/x">Läs mer här</a>.</p>',
            '<p>Hur vi gör: <a href="/y?a=1&amp;b">Läs mer här</a>.</p>',
            "Hur vi gör: Läs mer här -(/x)-+(/y?a=1&b)+.",
            id="another target is shown",
        ),
        pytest.param('<a href="/x">Läs</a>', '<a id="k" href="/x">Läs</a>', "Läs", id="the same target is not"),
        pytest.param(
            '<p>Skriv till oss: <a href="mailto:a@example.com">a@example.com</a></p>',
            '<p>Skriv till oss: <a href="mailto:b@example.com">b@example.com</a></p>',
            "Skriv till oss: -a@example.com-+b@example.com+",
            id="a target that is its own words is not repeated",
        ),
        pytest.param("<p>Vi d<b>el</b>ar</p>", "<p>Vi delar</p>", "Vi delar", id="markup inside a word"),
        pytest.param("<p>A &amp; B</p>", "<p>A &#38; B</p>", "A & B", id="entities"),
        pytest.param(
            "<p>Skriv till a@example.com.</p>",
            "<p>Skriv till b@example.com.</p>",
            "Skriv till -a@example.com-+b@example.com+.",
            id="an address is one word",
        ),
        pytest.param("Avgift 24,50 kr", "Avgift 24,90 kr", "Avgift -24,50 -+24,90 +kr", id="a number is one word"),
        pytest.param("a, b", "c, d", "-a, b-+c, d+", id="a comma between other words is not kept"),
        pytest.param("Ja 👩‍👩‍👧 nu", "Ja 👩‍👩‍👦 nu", "Ja -👩‍👩‍👧 -+👩‍👩‍👦 +nu", id="an emoji is not taken apart"),
        pytest.param(
            "सहमति सहमति दें", "सहमति सहमति लें", "सहमति सहमति -दें-+लें+", id="combining signs stay with their letters"
        ),
        pytest.param("Vi har a och b", "Vi har a, b och c", "Vi har a- och -+, +b +och c+", id="a space went"),
        pytest.param("Kort. Mer.", "Kort.", "Kort.- Mer.-", id="a space went with a sentence"),
        pytest.param("我们的隐私政策", "我们的隐私声明", "我们的隐私-政策-+声明+", id="without spaces"),
        pytest.param("data\u00adskydd", "dataskydd", "dataskydd", id="a soft hyphen is no difference"),
        pytest.param("", "Nytt", "+Nytt+", id="from nothing"),
        pytest.param("Gammalt", "", "-Gammalt-", id="to nothing"),
        pytest.param("", "", "", id="nothing"),
        pytest.param("<p>Vi gör <b>x</p>", "<p>Vi gör </i>y", "Vi gör -x-+y+", id="broken markup"),
        pytest.param("a < b och c > d", "a < b och c > e", "a < b och c > -d-+e+", id="no markup at all"),
    ],
)
def test_a_difference(old: str, new: str, expected: str) -> None:
    assert brief(diff(old, new)) == expected


def test_another_sentence_is_shown_whole_and_not_as_a_salad_of_words() -> None:
    parts = diff(
        "Vi delar uppgifter med Posten. Vi säljer aldrig uppgifter om dig till någon.",
        "Vi delar uppgifter med Posten. Den som vill kan begära ett utdrag om sig.",
    )
    assert brief(parts) == (
        "Vi delar uppgifter med Posten. "
        "-Vi säljer aldrig uppgifter om dig till någon.-+Den som vill kan begära ett utdrag om sig.+"
    )


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("Vi sparar uppgifter om köp i ett år.", "Vi sparar uppgifter om besök i två år.", True),
        ("Vi sparar uppgifter om köp i ett år.", "Vi raderar allt om dig efter ett år.", False),
        ("Vi sparar uppgifter om köp.", "Vi sparar uppgifter om köp och delar dem med partner i hela världen.", True),
        ("Vi delar.", "Vi säljer uppgifter och delar dem med var och en som vill ha dem.", False),
    ],
)
def test_words_of_a_sentence_are_kept_where_it_is_still_the_same_sentence(old: str, new: str, kept: bool) -> None:
    assert any(part.kind == "same" for part in diff(old, new)) is kept


def test_a_sentence_that_was_split_keeps_its_words() -> None:
    parts = diff("Vi spar namn och e-post i ett år.", "Vi spar namn i ett år. Vi spar e-post i två år.")
    assert [part.text for part in parts if part.kind == "same"][0] == "Vi spar namn "


def test_an_abbreviation_ends_no_sentence() -> None:
    assert brief(diff("T.ex. enligt art. 6 raderas det.", "T.ex. enligt art. 9 raderas det.")) == (
        "T.ex. enligt art. -6 -+9 +raderas det."
    )


def test_edits_far_apart_are_found_in_a_long_text() -> None:
    middle = [f"Mening nummer {number} står kvar." for number in range(500)]
    old = " ".join(["Vi sparar i ett år.", *middle, "Skriv till oss."])
    new = " ".join(["Vi sparar i två år.", *middle, "Ring till oss."])
    assert [part.text for part in diff(old, new) if part.kind != "same"] == ["ett ", "två ", "Skriv ", "Ring "]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Ett</p><p>Två</p>", "Ett\nTvå"),
        ("<ul><li>Ett</li>\n  <li>Två <b>tre</b></li></ul>", "• Ett\n• Två tre"),
        ("<ol><li><p>Ett</p><ul><li>Två</li></ul></li><li></li></ol><p>Tre</p>", "• Ett\n• Två\nTre"),
        ("Ett<br/>Två<hr>Tre", "Ett\nTvå\nTre"),
        ("<p>\n Ett\n två </p>", "Ett två"),
        ("1&nbsp;000 &lt;b&gt;", "1\u00a0000 <b>"),
        ("<!-- inte detta --><p>Ett", "Ett"),
        ("a < b", "a < b"),
        ("<", "<"),
    ],
)
def test_visible_text(html: str, expected: str) -> None:
    assert visible(html) == expected


# For people


def test_html_is_escaped_and_says_its_marks_in_words() -> None:
    assert as_html(diff("<p>Kod &lt;a&gt; & 24</p>", "<p>Kod &lt;a&gt; & <i>36</i></p>")) == (
        "<p>Kod &lt;a&gt; &amp; "
        '<del><span class="privacy-visually-hidden"> removed: </span>24'
        '<span class="privacy-visually-hidden"> end of removal </span></del> '
        '<ins><span class="privacy-visually-hidden"> added: </span>36'
        '<span class="privacy-visually-hidden"> end of addition </span></ins></p>'
    )


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</ins><b>"])
def test_no_text_becomes_markup(text: str) -> None:
    shown = as_html(diff("", text, html=False))
    assert "<script" not in shown and "<img" not in shown and shown.count("</ins>") == 1


def test_paragraphs_stay_apart() -> None:
    assert as_html(diff("<p>Ett</p>", "<p>Ett</p><p>Två</p>")).startswith("<p>Ett</p><p><ins>")


def test_what_went_and_what_came_never_touch() -> None:
    shown = re.sub(r"<[^>]*>", "", as_html(diff("Gammalt.", "Helt annat!")))
    assert " ".join(shown.split()) == "removed: Gammalt. end of removal added: Helt annat! end of addition"


def test_right_to_left_words_cannot_turn_the_line_around() -> None:
    parts = diff("x x \u202etest", "x x שלום")
    assert as_html(parts).count("<bdi>") == 2


@pytest.mark.parametrize(
    ("kind", "field", "old", "new", "expected"),
    [
        pytest.param("purpose", "description", "<p>a</p>", "<p>a <b>b</b></p>", "a +b+", id="prose"),
        pytest.param("purpose", "title", "a <b>x</b>", "a <b>y</b>", "a <b>-x-+y+</b>", id="a line has no markup"),
        pytest.param("purpose", "data_subjects", ["kund"], ["kund", "barn"], "kund\n+barn+", id="lines"),
        pytest.param("purpose", "description", None, "<p>a</p>", "+a+", id="not stated before"),
        pytest.param("gone", "body", "<p>a</p>", "<p>b</p>", "-a-+b+", id="a kind that the site no longer has"),
    ],
)
def test_the_difference_of_a_change(kind: str, field: str, old: Any, new: Any, expected: str) -> None:
    parts = diff_of(Change("changed", (Reference(kind, "1"),), field, old, new))
    assert brief(parts) == expected


def test_the_difference_of_the_policys_title() -> None:
    assert brief(diff_of(Change("changed", (), "title", "Vår <p> här", "Er <p> här"))) == "-Vår -+Er +<p> här"


# Bounds


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pairs of equal items each alignment looked at."""
    steps: list[int] = []
    original = sequence.longest_increasing

    def counted(values: Sequence[int]) -> list[int]:
        steps.append(len(values))
        return original(values)

    monkeypatch.setattr(sequence, "longest_increasing", counted)
    return steps


def varied(words: int, seed: int) -> str:
    """Text in which four words of ten are the same few, as in real ones."""
    common = ("och", "att", "det", "som", "en")
    every = (
        common[n % 5] if n * seed % 10 < 4 else f"o{n * seed % 2999}{'.' if n % 9 == 0 else ''}" for n in range(words)
    )
    return " ".join(every)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("x1 " * 33_000, "y2 " * 33_000, id="100 kB replaced"),
        pytest.param(varied(20_000, 7), varied(20_000, 11), id="100 kB of other sentences"),
        pytest.param("a " + "ord " * 30_000 + "b", "c " + "ord " * 30_000 + "d", id="equal words"),
        pytest.param("A. " + "Hej du. " * 15_000 + "B.", "C. " + "Hej du. " * 15_000 + "D.", id="equal sentences"),
        pytest.param("Ja. Nej. Jo. " * 9_000, "Jo. Ja. Nej. " * 9_000, id="sentences shuffled"),
    ],
)
def test_work_is_bounded(old: str, new: str, looked_at: list[int]) -> None:
    parts = diff(old, new)
    assert sum(looked_at) <= text_diff.MOST_PAIRS
    assert "".join("".join(part.text for part in parts if part.kind != "del").split()) == "".join(new.split())


def test_a_million_equal_words_are_shown_as_replaced_without_a_look() -> None:
    words = "ord " * 1_000_000
    assert [part.kind for part in diff(f"a {words}", f"b {words}")] == ["del", "ins"]


def test_what_is_beyond_the_bound_leaves_the_rest_readable() -> None:
    many = "och det " * 1000
    old = f"Vi sparar i ett år. Slut.\nA {many}b"
    new = f"Vi sparar i två år. Slut.\nC {many}d"
    assert brief(diff(old, new)).startswith("Vi sparar i -ett -+två +år. Slut.\n-A och")


@pytest.mark.parametrize(
    "piece", ["<", "<a", "<!--", '<p a="', "&#", "</p", "a ", "x.", "<li><p>x", "<a href=x>y", "<p><a href=x>y</a>"]
)
def test_broken_markup_costs_no_more_than_whole(piece: str) -> None:
    """No search for the end of a tag begins before the last one has ended."""
    assert diff(piece * 8_000, piece * 8_001)
