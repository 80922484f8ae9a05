"""The controller that a sentence names: "Example Ltd is the controller", "the controller is Example Ltd"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from wagtail_privacy.imports.outline import OutlinePart
from wagtail_privacy.imports.proposal import Fact
from wagtail_privacy.imports.recognition.sentences import PlacedSentence, sentences
from wagtail_privacy.imports.recognition.words import concepts
from wagtail_privacy.prose.lexicon import base, lexicon


def controllers_in(part: OutlinePart, language: str) -> Iterator[Fact]:
    """The controller that a sentence names: "Example Ltd is the controller", "the controller is Example Ltd"."""
    for sentence in sentences(part, language):
        if "controller" in sentence.said and not sentence.statement.negators:
            name = _subject(sentence)
            if name:
                at = sentence.text.index(name)
                span = sentence.words.in_source(sentence.start + at, sentence.start + at + len(name))
                yield Fact("name", name, span, _("The sentence calls it the controller."))
                role = "joint" if "joint" in sentence.said else "sole"
                yield Fact("role", role, sentence.span, _("The sentence calls it the controller."))


_IS = {"sv": "är", "en": "is|are", "fi": "on|ovat|toimii", "nb": "er", "da": "er", "de": "ist|sind"}
_ARTICLE = re.compile(r"(?:(?i:die|der|das)|den|det|the|a)\s+(?=[A-ZÅÄÖÆØÜ])")
_CUT = re.compile(r"\s*[,(;:–]|\s-\s|\.\s|\.$")


def _subject(sentence: PlacedSentence) -> str:
    """What stands on the other side of "is" than the controller, if it is a name: capitalised, and no pronoun."""
    verb = re.search(rf"\s(?:{_IS[base(sentence.language)]})\s", sentence.text)
    if not verb:
        return ""
    before, after = sentence.text[: verb.start()], sentence.text[verb.end() :]
    if "controller" in concepts("said", before, sentence.language):
        return _name(after, sentence.language) if "controller" not in concepts("said", after, sentence.language) else ""
    near = after[:80]
    return _name(before, sentence.language) if "controller" in concepts("said", near, sentence.language) else ""


def _name(text: str, language: str) -> str:
    """The name that ``text`` begins with."""
    article = _ARTICLE.match(text)
    words = text[article.end() if article else 0 :]
    cut = _CUT.search(words)
    words = (words[: cut.start()] if cut else words).strip().rstrip(".")
    return words if _is_name(words, language) else ""


def _is_name(words: str, language: str) -> bool:
    """Whether ``words`` name somebody: capitalised, few, and not "we", "the company" or "the controller"."""
    first, *others = words.split() or [""]
    named = concepts("said", first, language)
    if not first[:1].isupper() or {"pronoun", "controller"} & set(named) or len(others) > 6:
        return False
    if first == "The" or base(language) == "de":
        return bool(others) and any(word[:1].isupper() for word in others)
    parts = lexicon(base(language)).parts(first.casefold())
    return bool(others) or not any(part.concept == "operator.first_person" for part in parts)
