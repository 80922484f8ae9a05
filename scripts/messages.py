"""The message catalogues, kept with Babel alone: ``python scripts/messages.py extract | compile | check``."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
# Where messages stand, and where their catalogues are kept.
SOURCES = {"wagtail_privacy": ROOT / "locale", "example_site": ROOT / "example_site" / "locale"}
# What code fills in: "%(name)s" and "{name}".
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def extract_template(fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """The messages of a Django template, through Django's own translation of it to calls of gettext."""
    calls = templatize(fileobj.read().decode())
    # Between the calls stand blanked words at any indentation: only parentheses make that readable as Python.
    return extract_python(io.BytesIO(f"({calls}\n)".encode()), keywords, comment_tags, {"encoding": "utf-8"})


METHODS = [("**.py", "python"), ("**/templates/**.html", extract_template), ("**/templates/**.txt", extract_template)]


def catalogues(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/LC_MESSAGES/django.po"))


def extract(source: str) -> Catalog:
    """Every message of a package, with the file that holds it."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    found = Catalog(project="wagtail-privacy", charset="utf-8")
    messages = extract_from_dir(
        ROOT / source, METHODS, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=False
    )
    for filename, _line, message, comments, context in sorted(messages, key=lambda row: (row[0], row[1])):
        found.add(message, locations=[(f"{source}/{filename}", 0)], auto_comments=comments, context=context)
    return found


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], domain="django", abort_invalid=True)


def update() -> None:
    """Bring every catalogue up to date with its source; what is no longer used is kept, commented out."""
    for source, folder in SOURCES.items():
        found = extract(source)
        for path in catalogues(folder):
            catalogue = read(path)
            catalogue.update(found, no_fuzzy_matching=True)
            catalogue.msgid_bugs_address, catalogue.last_translator = "", "The wagtail-privacy authors"
            catalogue.language_team = str(catalogue.locale)
            with path.open("wb") as file:
                write_po(file, catalogue, width=100, include_lineno=False, sort_output=True)
            print(f"{path.relative_to(ROOT)}: {len(catalogue)} messages, {len(catalogue.obsolete)} no longer used")


def compile_all() -> None:
    """Write the compiled catalogues that Django reads."""
    for folder in SOURCES.values():
        for path in catalogues(folder):
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, read(path))


def faults(path: Path, source: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue, one sentence each. Every catalogue ships complete: what one lacks is shown in
    the site's default language, in the midst of a page in another.
    """
    catalogue = read(path)
    for message, errors in catalogue.check():
        yield from (f"{message.id!r}: {error}" for error in errors)
    for message in catalogue:
        if message.id and message.fuzzy:
            yield f"{message.id!r} is marked fuzzy: settle its translation and remove the mark"
        if message.id and all(_strings(message)) and (wrong := _misfits(message)):
            yield f"{message.id!r} is translated with other placeholders: {', '.join(sorted(wrong))}"
    for message in source:
        ours = catalogue.get(_key(message), message.context)
        if message.id and (ours is None or not all(_strings(ours))):
            yield f"{message.id!r} ({_place(message)}) is not translated"


def _misfits(message: Message) -> set[str]:
    """Placeholders that a translation has too many or too few. Of plural forms only the last must have them all."""
    *others, plural = (set(PLACEHOLDER.findall(said)) for said in _strings(message))
    wanted = set(PLACEHOLDER.findall(message.id[-1] if message.pluralizable else message.id))
    return (plural ^ wanted).union(*(form - wanted for form in others))


def _key(message: Message) -> str:
    return message.id[0] if message.pluralizable else message.id


def _strings(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, (tuple, list)) else (message.string,)


def _place(message: Message) -> str:
    return ", ".join(name for name, _line in message.locations)


def check() -> int:
    """Print every fault of every catalogue; how many there were."""
    found = [
        f"{path.relative_to(ROOT)}: {fault}"
        for source, folder in SOURCES.items()
        for path in catalogues(folder)
        for fault in faults(path, extract(source))
    ]
    print("\n".join([*found, f"{len(found)} faults in the catalogues"]))
    return len(found)


def main(verb: str) -> int:
    if verb == "extract":
        update()
    elif verb == "compile":
        compile_all()
    elif verb == "check":
        return min(check(), 1)
    else:
        print(f"Expected extract, compile or check; found {verb!r}.", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or [""]))
