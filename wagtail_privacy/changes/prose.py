"""Two texts compared by what they state: which statements came, went or became another, and the worst of it.

The budget is counted in units read, not in seconds: the same verdict on any machine. What is beyond it was
rewritten, and a person is asked.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from html import escape

from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.changes.difference import WEAK, StatementDifference
from wagtail_privacy.changes.prose_rules.became import changed
from wagtail_privacy.changes.prose_rules.come_and_gone import come, gone
from wagtail_privacy.changes.prose_rules.grounds import asks_first
from wagtail_privacy.changes.prose_rules.subject import FREE, Subject
from wagtail_privacy.changes.slips import mended
from wagtail_privacy.changes.verdict import Verdict, worst
from wagtail_privacy.prose.blocks import Place, Sentence, sentences
from wagtail_privacy.prose.lexicon import base
from wagtail_privacy.prose.reader import read_sentence
from wagtail_privacy.prose.sentences import ends_a_sentence
from wagtail_privacy.prose.statement import Statement
from wagtail_privacy.prose.tokens import fold

#: Units of statements that changed, old and new together, beyond which a text counts as rewritten.
MOST_UNITS = 60_000
#: So many old statements are looked at for each new one.
MOST_CANDIDATES = 8
#: A line of so many words is understood without its heading.
LONGEST_FRAGMENT = 8
#: A word in more statements than this does not tell which of them became which.
COMMON = 30
#: The share of their content that two statements have in common if one became the other.
ALIKE = 0.3
#: The same where nothing else is left to pair them with.
ALIKE_ALONE = 0.12
_TARGET = re.compile(r'\b(?:href|linktype|uuid|id)="([^"]*)"')


class Said:
    """Everything that a policy says, to be asked whether a sentence stands in it."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts

    @cached_property
    def _whole(self) -> str:
        return " ".join("\n".join(self._texts).casefold().split())

    @cached_property
    def _beginnings(self) -> list[str]:
        """How each sentence there begins, sorted: looked up, so that a text of very many short ones takes no longer for
        each."""
        whole = f"{self._whole}<"
        return sorted({whole[place.end() : place.end() + SHORT] for place in _BEFORE.finditer(whole)})

    def __contains__(self, sentence: str) -> bool:
        """Whether ``sentence`` stands there as a whole, and not as a part of one."""
        wanted = " ".join(escape(sentence, quote=False).casefold().split())
        if not wanted:
            return False
        # It ends with its own mark, or before markup or the end.
        endings = ("",) if wanted[-1] in ".!?…" else ("<", " <")
        return any(self._begins_with(f"{wanted}{ending}") for ending in endings)

    def _begins_with(self, wanted: str) -> bool:
        """Whether anything that is said begins with ``wanted``."""
        place = bisect_left(self._beginnings, wanted[:SHORT])
        if place == len(self._beginnings) or not self._beginnings[place].startswith(wanted[:SHORT]):
            return False
        return len(wanted) <= SHORT or _begins_with(f"{self._whole}<", wanted)


def _begins_with(whole: str, wanted: str) -> bool:
    """Whether any sentence in ``whole`` begins with ``wanted``."""
    place = whole.find(wanted)
    while place >= 0:
        if whole[max(place - 2, 0) : place].strip()[-1:] in _MARKS:
            return True
        place = whole.find(wanted, place + 1)
    return False


#: What stands before a whole sentence: another one, markup, or nothing.
_MARKS = frozenset({"", ">", ".", "!", "?", "…", ":"})
_BEFORE = re.compile(r"^|[>.!?…:] ?")
#: A sentence of no more characters is short.
SHORT = 80
NOTHING_SAID = Said(())


@dataclass(frozen=True, slots=True)
class Reading:
    """The worst verdict, every pair of statements that is in doubt, and all that are certain and of the worst class."""

    verdict: Verdict
    doubts: tuple[Verdict, ...] = ()
    weightiest: tuple[Verdict, ...] = ()


NOTHING = Reading(Verdict(Materiality.EDITORIAL, "prose-same"))


def compare_prose(
    old: str,
    new: str,
    language: str,
    subject: Subject = FREE,
    before: Said = NOTHING_SAID,
    after: Said = NOTHING_SAID,
    headings: Collection[str] = frozenset(),
    heading: tuple[str, str] = ("", ""),
) -> Reading:
    """What it means that the text ``old`` became ``new``, both HTML or plain; one of them may be empty.

    ``before`` and ``after`` are what the policy said and says: a statement that stands there is neither new nor gone.
    A line that repeats one of ``headings`` belongs to a list of contents. ``heading`` is what stands above the text,
    old and new: what its fragments are read under.
    """
    if not base(language):
        return _without_lexicon(old, new)
    found = _compared(old, new, base(language), subject, frozenset(headings), heading)
    if found is None:
        return _reading([Verdict(Materiality.MATERIAL, "prose-rewritten", doubt=True)])
    pairs, lost, fresh = found
    was_for, is_for = (_names_people(head, base(language)) for head in heading)
    verdicts = list(pairs)
    verdicts += [verdict for s, verdict in lost if was_for or not _stands_elsewhere(s, after)]
    verdicts += [verdict for s, verdict in fresh if is_for or not _stands_elsewhere(s, before)]
    return _reading([*verdicts, *_links(old, new)])


def _names_people(heading: str, language: str) -> bool:
    """Whether a heading says whom, or what not, the text is about: moved from business customers to consumers, a
    statement is another one."""
    if not heading:
        return False
    statement = read_sentence(Sentence(heading), language)
    return bool(statement.negators) or any(True for _ in statement.of("party"))


Judged = tuple[tuple[Statement, Verdict], ...]
Compared = tuple[tuple[Verdict, ...], Judged, Judged]


@lru_cache(maxsize=512)
def _compared(
    old: str, new: str, language: str, subject: Subject, headings: frozenset[str], heading: tuple[str, str]
) -> Compared | None:
    """What became of each statement, those that are gone and those that came; ``None`` beyond the budget.

    Remembered: the tab, the form and the recorder ask for the same publication, one after the other.
    """
    placed = [_placed(text, head) for text, head in zip((old, new), heading, strict=True)]
    was, now = ([read_sentence(s, language) for s in side] for side in _without_equal(*placed))
    was, now = ([s for s in side if s.place.context or fingerprint(s.text) not in headings] for side in (was, now))
    if sum(len(statement.units) for statement in (*was, *now)) > MOST_UNITS:
        return None
    joined, lost, fresh = _joined(*pair(was, now))
    said, says, came = (_content_of(statements) for statements in (was, now, fresh))
    told = _asked_about if _may_be_retold(was, now) else _about
    return (
        tuple(told(_weighed(one, subject, came), one.old.text, one.new.text) for one in joined),
        tuple((s, told(_said_in(says, s, gone(s, subject)), s.text, "")) for s in lost),
        tuple((s, told(_said_in(said, s, come(s, subject)), "", s.text)) for s in fresh),
    )


def _may_be_retold(was: Sequence[Statement], now: Sequence[Statement]) -> bool:
    """Whether several sentences that changed speak, together, of all that they spoke of, and turn it as often: which
    of them became which is not known, so that nothing of it is certain.
    """
    if max(len(was), len(now)) < 2 or any(s.place != Place() for s in (*was, *now)):
        return False
    return _together_told(was) == _together_told(now)


def _together_told(statements: Sequence[Statement]) -> tuple[object, ...]:
    known = frozenset(
        unit.key for s in statements for unit in s.units if unit.kind in _KNOWN_KINDS and unit.key not in WEAK
    )
    periods = sorted((u.value, u.quantity.bound) for s in statements for u in s.units if u.quantity)
    turned = sum(s.negators + sum(s.operators[name] for name in _TURNING) for s in statements)
    return known, tuple(periods), turned


#: Kinds of units that a text speaks of, with what is told of them.
_KNOWN_KINDS = frozenset(
    {"act", "data", "party", "right", "ground", "mode", "place", "country", "city", "company", "name"}
)
_TURNING = ("unless", "except", "without", "even_if")


def _links(old: str, new: str) -> Iterator[Verdict]:
    """The same words that lead elsewhere; a link to write to is the address itself."""
    before, after = (set(_TARGET.findall(text)) for text in (old, new))
    if "href" not in old or before == after:
        return
    # An address that the text spells out is weighed with the text.
    spelt = f"{old} {new}".casefold()
    changed_ = [target for target in before ^ after if spelt.count(target.removeprefix("mailto:").casefold()) < 3]
    if not changed_:
        return
    written = [target for target in changed_ if target.startswith("mailto:")]
    if written:
        swapped = any(target.startswith("mailto:") for target in after - before)
        yield Verdict(Materiality.MATERIAL, "prose-contact", doubt=swapped)
    else:
        yield Verdict(Materiality.MINOR, "prose-link")


def fingerprint(statement_text: str) -> str:
    """Equal for sentences that differ in punctuation, case and space alone."""
    return "".join(char for char in fold(statement_text) if char.isalnum())


def _reading(verdicts: Sequence[Verdict]) -> Reading:
    found = worst(verdicts)
    if found is None:
        return NOTHING
    weightiest = (v for v in verdicts if v.weight == found.weight and v is not found and (v.old or v.new))
    return Reading(found, tuple(v for v in verdicts if v.doubt), (found, *weightiest))


def _without_lexicon(old: str, new: str) -> Reading:
    """A language that nothing is known of is never read as if it were understood."""
    was, now = (" ".join(sentence.text for sentence in sentences(text)) for text in (old, new))
    if _marks(was) == _marks(now):
        return NOTHING
    verdict = Verdict(Materiality.MATERIAL, "prose-language", "", was, now, doubt=True)
    return Reading(verdict, (verdict,))


def _marks(text: str) -> list[str]:
    """The words and numbers of ``text`` without punctuation, spaces and case."""
    return "".join(char if char.isalnum() or char in "@%€$£" else " " for char in fold(text)).split()


def _placed(text: str, heading: str) -> list[Sentence]:
    return [_under(sentence, heading) for sentence in sentences(text)]


def _under(sentence: Sentence, heading: str) -> Sentence:
    """A fragment with its heading as its label: "your income" under "What we never publish"."""
    whole = (
        ends_a_sentence(sentence.text) or sentence.place != Place() or len(sentence.text.split()) >= LONGEST_FRAGMENT
    )
    return sentence if whole or not heading else sentence._replace(place=Place(label=heading))


def _without_equal(was: list[Sentence], now: list[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """Without the sentences that stand on both sides in the same words and place."""
    here, there = Counter(was), Counter(now)
    return _left(was, here - there), _left(now, there - here)


def _left(sentences: Sequence[Sentence], count: Counter[Sentence]) -> list[Sentence]:
    left = []
    for sentence in sentences:
        if count[sentence] > 0:
            count[sentence] -= 1
            left.append(sentence)
    return left


def _asked_about(verdict: Verdict, old: str, new: str) -> Verdict:
    return _about(replace(verdict, doubt=True) if verdict.materiality is Materiality.MATERIAL else verdict, old, new)


def _about(verdict: Verdict, old: str, new: str) -> Verdict:
    return replace(verdict, old=old, new=new)


def _stands_elsewhere(statement: Statement, known: Said) -> bool:
    """A period belongs to where it stands: "We keep these data for 2 years" is not the same in another section.

    Nor is a fragment: "your income" under "What we publish".
    """
    counted = any(unit.quantity is not None for unit in statement.units)
    whole = ends_a_sentence(statement.text) or len(statement.text.split()) >= LONGEST_FRAGMENT
    return whole and not counted and _stands_alone(statement.place) and statement.text in known


def _stands_alone(place: Place) -> bool:
    """Whether a sentence can be understood without a lead-in or the heads of a table."""
    return not (place.lead or place.row or place.column)


Pairs = list[tuple[Statement, Statement]]


def pair(was: Sequence[Statement], now: Sequence[Statement]) -> tuple[Pairs, list[Statement], list[Statement]]:
    """Each old statement with the new one that it most likely became; what is left on either side."""
    scored = sorted(_scores(was, now), key=lambda row: (-row[0], row[1], row[2]))
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    pairs: Pairs = []
    for _score, i, j in scored:
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            pairs.append((was[i], now[j]))
    lost = [statement for i, statement in enumerate(was) if i not in taken_old]
    fresh = [statement for j, statement in enumerate(now) if j not in taken_new]
    if len(lost) == len(fresh) == 1 and _are_alike_alone(lost[0], fresh[0]):
        return [*pairs, (lost[0], fresh[0])], [], []
    return pairs, lost, fresh


def _are_alike_alone(old: Statement, new: Statement) -> bool:
    if old.place.is_heading != new.place.is_heading:
        return False
    if old.place.is_heading or _likeness(old, new) >= ALIKE_ALONE:
        return True
    if mended(old, new) is new:
        return True
    one, other = set(_marks(old.text)), set(_marks(new.text))
    return 2 * len(one & other) >= len(one | other)


def _scores(was: Sequence[Statement], now: Sequence[Statement]) -> Iterator[tuple[float, int, int]]:
    index: dict[object, list[int]] = defaultdict(list)
    for i, statement in enumerate(was):
        for key in _keys(statement):
            index[key].append(i)
    for j, statement in enumerate(now):
        shared = Counter(i for key in _keys(statement) for i in index.get(key, ())[:COMMON])
        for i, _count in shared.most_common(MOST_CANDIDATES):
            score = _likeness(was[i], statement)
            if score >= ALIKE:
                yield score, i, j


def _keys(statement: Statement) -> Iterator[object]:
    yield from statement.content
    if statement.place.context:
        yield statement.place
    for unit in statement.units:
        if unit.kind == "discourse":
            yield unit.raw.casefold()


def _likeness(old: Statement, new: Statement) -> float:
    """How much of what two statements speak of is the same, from 0 to 1; more in the same place."""
    if old.place.row and (old.place.row, old.place.column) == (new.place.row, new.place.column):
        return 2.0
    one, other = set(_keys(old)), set(_keys(new))
    if old.place.is_heading != new.place.is_heading:
        return 0.0
    if not one or not other:
        return 0.0
    near = 0.2 if old.place == new.place else 0.0
    return 2 * len(one & other) / (len(one) + len(other)) + near * bool(one & other)


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of a statement, or of several; ``is_clear`` unless unknown words of it are missing."""

    old: Statement
    new: Statement
    is_clear: bool = True


#: What is asked about where a statement beside it may say it.
_GONE = frozenset({"prose-period-gone", "prose-promise-cut", "prose-right-gone"})


Content = frozenset[tuple[str, str]]


def _content_of(statements: Iterable[Statement]) -> Content:
    return frozenset(key for statement in statements for key in statement.content)


def _said_in(said: Content, statement: Statement, verdict: Verdict) -> Verdict:
    """A statement that came or went, where the text said or says all that it speaks of: it may be told otherwise."""
    strong = statement.content - WEAK
    is_certain = verdict.materiality is Materiality.MATERIAL and not verdict.doubt and not statement.negators
    return replace(verdict, doubt=True) if is_certain and len(strong) > 1 and strong <= said else verdict


def _weighed(joined: Joined, subject: Subject, came: Content) -> Verdict:
    verdict = changed(joined.old, joined.new, subject)
    if verdict.rule in _GONE and not verdict.doubt:
        units = StatementDifference(joined.old, joined.new).lost
        told = [unit for unit in units if unit.kind in ("right", "period")] or units
        lost = {unit.key for unit in told if unit.kind != "unknown"} - WEAK
        return replace(verdict, doubt=bool(lost) and lost <= came)
    if joined.is_clear or verdict.materiality is Materiality.MATERIAL:
        return verdict
    return replace(verdict, materiality=Materiality.MATERIAL, rule="prose-unclear", doubt=True)


def _joined(
    pairs: Pairs, lost: list[Statement], fresh: list[Statement]
) -> tuple[list[Joined], list[Statement], list[Statement]]:
    """One sentence that became several, or several that became one, where nothing is gained or lost by that."""
    result: list[Joined] = []
    for old, new in pairs:
        difference = StatementDifference(old, new)
        is_clear = True
        if difference.lost and (found := _completing(old, new, fresh, is_new=True)):
            parts, is_clear = found
            fresh = [statement for statement in fresh if statement not in parts]
            new = _together(new, *parts)
        elif difference.gained and (found := _completing(old, new, lost, is_new=False)):
            parts, is_clear = found
            lost = [statement for statement in lost if statement not in parts]
            old = _together(old, *parts)
        if asks_first(difference):
            lost = [statement for statement in lost if not _is_a_way_out(statement)]
        result.append(Joined(old, new, is_clear))
    return result, lost, fresh


def _is_a_way_out(statement: Statement) -> bool:
    """Whether it says that people can refuse, which goes without saying where they are asked first."""
    return statement.acts == {"refuse"} and bool(statement.operators["may_you"])


def _completing(
    old: Statement, new: Statement, others: Sequence[Statement], *, is_new: bool
) -> tuple[list[Statement], bool] | None:
    """Those of ``others`` that say the rest of ``old`` beside ``new``, or of ``new`` beside ``old``, and whether
    they say all of it: an unknown word may be left.
    """
    parts: list[Statement] = []
    missing, beyond = _apart(old, new, is_new=is_new)
    for other in others[:MOST_CANDIDATES]:
        whole = _together(new if is_new else old, *parts, other)
        left, more = _apart(*((old, whole) if is_new else (whole, new)), is_new=is_new)
        if len(left) < len(missing) and more <= beyond:
            parts.append(other)
            missing, beyond = left, more
    if not parts or any(kind != "unknown" for kind, _value in missing) or (beyond and is_new):
        return None
    return parts, not missing


def _apart(old: Statement, new: Statement, *, is_new: bool) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """What the side that is to be completed lacks, and what it says beyond the other."""
    difference = StatementDifference(old, new)
    lost, gained = ({unit.key for unit in units} - WEAK for units in (difference.lost, difference.gained))
    return (lost, gained) if is_new else (gained, lost)


def _together(one: Statement, *others: Statement) -> Statement:
    """Sentences that follow each other, read as one."""
    units = list(one.units)
    for other in others:
        last = max((unit.clause for unit in units), default=0) + 1
        far = max((unit.at for unit in units), default=0) + 1
        units += (unit._replace(clause=unit.clause + last, at=unit.at + far) for unit in other.units)
    return replace(one, text=" ".join(statement.text for statement in (one, *others)), units=tuple(units))
