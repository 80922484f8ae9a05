"""Where two languages of a policy say different things: facts that differ, and what only one of the texts mentions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from wagtail_privacy.changes.change import Change, Reference
from wagtail_privacy.changes.compare import Path, compare
from wagtail_privacy.changes.matching import POLICY, Matching, said
from wagtail_privacy.policy.durations import is_iso_duration, parse
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot, clean
from wagtail_privacy.policy.words import name_of, quoted, say
from wagtail_privacy.prose.lexicon import base
from wagtail_privacy.prose.mentions import Mention, Mentions
from wagtail_privacy.prose.reader import read
from wagtail_privacy.prose.translated import StatementPair, stated_otherwise

Side = Literal["original", "translation"]
_SIDES: dict[str, Side] = {"added": "translation", "removed": "original"}
#: A shorter name, such as that of a cookie, may be part of any word.
_SHORTEST_NAME = 3
#: Sections of words alone. Translated apart from each other, as files are, nothing tells which is which.
_WORDS = frozenset({"text", "other"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One of them: ``change``, a fact that differs, as a change from the original to the translation; or ``mention``,
    what only one of the two mentions; or ``statements``, two sentences of ``field`` that state different things; or
    ``field`` alone, a text that only one of them has; or ``sections``, how many sections of words each has.

    ``only_in`` is the one that says it. ``path`` leads to the section; it is empty for the policy as a whole.
    """

    path: Path = ()
    only_in: Side | Literal[""] = ""
    change: Change | None = None
    mention: Mention | None = None
    field: str = ""
    statements: StatementPair | None = None
    sections: tuple[int, int] = (0, 0)


def drift(original: Snapshot, translation: Snapshot) -> tuple[Difference, ...]:
    """What ``translation`` says otherwise than ``original``; nothing for a faithful one.

    Facts are compared as such: purposes, legal bases, recipients, periods, countries, rights. In free text, the
    sentences that state different things (a denial, a period, a country), and the numbers, periods, dates, names and
    addresses that one of the two mentions and the other does not. Sections are paired as those of two versions are;
    words that have no counterpart are compared as a whole. Order is no difference. Raises
    :exc:`~wagtail_privacy.policy.snapshot.UnreadableSnapshot` as :func:`compare` does.
    """
    if original.digest == translation.digest:
        return ()
    pairs = _Pairs(original, translation)
    return (*pairs.facts(), *pairs.texts())


class _Pairs:
    """Two languages, section by section. ``aligned`` says that they share their sections, as a translation does."""

    def __init__(self, original: Snapshot, translation: Snapshot) -> None:
        self.both = (original, translation)
        shared = original.by_id.keys() & translation.by_id.keys()
        self.aligned = 2 * len(shared) > min(len(original.by_id), len(translation.by_id))
        self.names = frozenset(name for snapshot in self.both for name in _names(snapshot))
        self.whole = self._mentions(*(_all_words(snapshot) for snapshot in self.both))

    def facts(self) -> Iterator[Difference]:
        for change in compare(*self.both):
            if _is_fact(change) and (self.aligned or not _is_added_or_removed_words(change)):
                yield Difference(change.path, _SIDES.get(change.kind, ""), change)

    def texts(self) -> Iterator[Difference]:
        matching = Matching(*self.both)
        for id, place in matching.new.items():
            if id in matching.old_of and id != POLICY and self._is_paired(place.section):
                yield from self._pair(matching.old_section(id), place.section)
        if not self.aligned:
            yield from self._mentioned((), *self._mentions(*map(_unpaired_words, self.both)))
            counts = [len(list(_unpaired(snapshot))) for snapshot in self.both]
            if counts[0] != counts[1]:
                yield Difference(sections=(counts[0], counts[1]))

    def _is_paired(self, section: Section) -> bool:
        """Whether a section has one counterpart; that two files have a heading in common says nothing."""
        return self.aligned or section.kind not in _WORDS

    def _pair(self, original: Section, translation: Section) -> Iterator[Difference]:
        path = (Reference.to(translation),)
        before, after = said(original), said(translation)
        for field in kind_of(original.kind).texts:
            if bool(before.get(field.name)) != bool(after.get(field.name)):
                yield Difference(path, "original" if before.get(field.name) else "translation", field=field.name)
        stated = list(self._stated(path, original, translation))
        yield from stated
        # What stands in sentences that are named already need not be named again.
        quoted_words = {
            "original": "\n".join(each.statements.original for each in stated if each.statements),
            "translation": "\n".join(each.statements.translation for each in stated if each.statements),
        }
        for found in self._mentioned(path, *self._mentions(words_of(original), words_of(translation))):
            words = found.mention.words.strip() if found.mention else ""
            if not (found.only_in and words in quoted_words[found.only_in]):
                yield found

    def _stated(self, path: Path, original: Section, translation: Section) -> Iterator[Difference]:
        """Running text, sentence by sentence: a line's words are names and headings, which languages say in their own
        way."""
        languages = [base(snapshot.language) for snapshot in self.both]
        fields = (field.name for field in kind_of(translation.kind).texts if field.type == "prose")
        for name in fields if all(languages) else ():
            texts = [str(section.texts.get(name) or "") for section in (original, translation)]
            if all(texts):
                sentences = (read(text, language) for text, language in zip(texts, languages, strict=True))
                for pair in stated_otherwise(*sentences):
                    side: Side | Literal[""] = "" if pair.original and pair.translation else _only(pair)
                    yield Difference(path, side, field=name, statements=pair)

    def _mentioned(
        self, path: tuple[Reference, ...], original: Mentions, translation: Mentions
    ) -> Iterator[Difference]:
        """A name or an address may stand anywhere in the other language, a number belongs where it stands."""
        sides: tuple[tuple[Side, Mentions, Mentions, Mentions], ...] = (
            ("original", original, translation, self.whole[1]),
            ("translation", translation, original, self.whole[0]),
        )
        for side, here, there, anywhere in sides:
            for mention in here:
                if not (anywhere if mention.kind in ("name", "address") else there).say(mention):
                    yield Difference(path, side, mention=mention)

    def _mentions(self, original: str, translation: str) -> tuple[Mentions, Mentions]:
        texts = zip((original, translation), self.both, strict=True)
        found = [Mentions(text, snapshot.language, self.names) for text, snapshot in texts]
        return found[0], found[1]


def in_words(difference: Difference) -> str:
    """``difference`` as a sentence in the active language."""
    section = " › ".join(name_of(step) for step in difference.path)
    if difference.change and difference.change.kind == "changed":
        return _changed_in_words(section, difference.change)
    if difference.sections != (0, 0):
        original, translation = difference.sections
        template = _("The original has {original} sections and the translation {translation}.")
        return template.format(original=original, translation=translation)
    if difference.statements and not difference.only_in:
        there, here = (quoted(words) for words in (difference.statements.original, difference.statements.translation))
        what = _("The languages state different things: {quote} and {other_quote}.").format(
            quote=here, other_quote=there
        )
        return f"{section}: {what}" if section else what
    if difference.statements:
        section = f"{section}: " if section else ""
        what = quoted(difference.statements.original or difference.statements.translation)
    elif difference.mention:
        section, what = f"{section}: " if section else "", quoted(difference.mention.words.strip())
    elif difference.field:
        field = kind_of(difference.path[-1].kind).field(difference.field)
        section, what = f"{section}: ", str(field.label if field else difference.field)
    else:
        section, what = "", section
    if difference.only_in == "original":
        return section + _("{what} stands in the original only.").format(what=what)
    if difference.only_in == "translation":
        return section + _("{what} stands in the translation only.").format(what=what)
    return _("{what} stands elsewhere in the translation.").format(what=what)


def _only(pair: StatementPair) -> Side:
    return "original" if pair.original else "translation"


def _changed_in_words(section: str, change: Change) -> str:
    kind = kind_of(change.path[-1].kind)
    field = kind.field(change.field)
    original, translation = (say(field, value) if field else "" for value in (change.old, change.new))
    words = {
        "section": section,
        "field": str(field.label if field else change.field),
        "original": original or _("not stated"),
        "translation": translation or _("not stated"),
    }
    if not original and not translation:
        return _("{section}: {field} differs.").format(**words)
    return _("{section}: {field} is {original} in the original and {translation} in the translation.").format(**words)


def words_of(section: Section) -> str:
    """The texts of ``section`` itself as HTML, a line for each."""
    values = clean(section.texts).values()
    return "\n".join(line for value in values for line in ([value] if isinstance(value, str) else map(str, value)))


def _all_words(snapshot: Snapshot) -> str:
    return "\n".join([snapshot.title, *map(words_of, snapshot.walk()), *_names(snapshot)])


def _names(snapshot: Snapshot) -> Iterator[str]:
    """The names that the policy states as facts: companies, cookies."""
    for section in snapshot.walk():
        for field in kind_of(section.kind).facts:
            name = section.facts.get(field.name)
            if field.type == "name" and isinstance(name, str) and len(name) >= _SHORTEST_NAME:
                yield name


def _unpaired(snapshot: Snapshot) -> Iterator[Section]:
    return (section for section in snapshot.walk() if section.kind in _WORDS)


def _unpaired_words(snapshot: Snapshot) -> str:
    return "\n".join(map(words_of, _unpaired(snapshot)))


def _is_fact(change: Change) -> bool:
    if not change.section or change.is_text or _is_same_length(change.old, change.new):
        return False
    return change.kind != "moved" or bool(change.old_path)


def _is_same_length(old: object, new: object) -> bool:
    """Whether both are durations, and as long: twelve months are a year."""
    lengths = [parse(str(value)) for value in (old, new) if isinstance(value, str) and is_iso_duration(value)]
    return len(lengths) == 2 and lengths[0].compare(lengths[1]) == 0


def _is_added_or_removed_words(change: Change) -> bool:
    return change.kind in _SIDES and change.path[-1].kind in _WORDS
