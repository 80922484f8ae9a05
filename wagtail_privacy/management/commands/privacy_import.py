"""Import an existing policy as a draft, and its earlier versions as versions; publishes nothing, tells nobody."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.models import Site

from wagtail_privacy.actions.import_history import StatedText, import_history
from wagtail_privacy.actions.import_policy import import_again, import_policy, import_translation
from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.imports.as_json import as_json
from wagtail_privacy.imports.document import ImportedDocument, import_document
from wagtail_privacy.imports.outline import UnreadableDocument
from wagtail_privacy.imports.proposal import ProposedSection
from wagtail_privacy.imports.sections import as_sections
from wagtail_privacy.page_model import page_model
from wagtail_privacy.records.content import PolicyContent, policy_page_models
from wagtail_privacy.records.version import Version

#: The exit code for a file that can't be read; Django's own for whatever else stands in the way is 1.
UNREADABLE = 2


class Command(BaseCommand):
    help = (
        "Import an existing policy (text, Markdown, HTML, Word, CSV) as the draft of a new page, or into the draft of "
        "an existing one, whose sections keep their ids where they are the same. Nothing is published and nobody is "
        "told. Earlier texts with their dates become versions, marked as imported. Exits with 2 for a file that "
        "can't be read."
    )
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """``--version`` is a version of the policy here, not Django's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("file", metavar="FILE", nargs="?", help="Left out with --page: its draft stays as it is.")
        add("--language", default="", help="The language of the text: sv, en … With --page, that of the page.")
        add("--parent", default="", help="The page to put it below: its id or path. Else the home page.")
        add("--page", default="", help="The policy page (id or path) to import into, instead of a new one.")
        add("--translation-of", default="", metavar="PAGE", help="The policy page that this translates.")
        add("--translations", action="store_true", help="Import the file's parts in other languages as translations.")
        add("--title", default="", help="The title of the page. Else that of the document.")
        add("--encoding", default=None, help="How the files are encoded, where the rule finds it wrong.")
        add(
            "--version",
            dest="versions",
            action="append",
            default=[],
            metavar="DATE=FILE",
            help="An earlier text, and from when it applied: 2018-05-25=old.txt. A month (2018-05) or a year will do.",
        )
        add("--stated", default="", metavar="DATE", help="From when the newest text has applied.")
        add("--user", default="", help="The name of the account that does it: its permissions count.")
        add("--dry-run", action="store_true", help="Say what would happen; change nothing.")
        add("--json", action="store_true", help="Print JSON for other programs.")

    def handle(self, *args: Any, file: str | None, **options: Any) -> None:
        page = _page(options["page"]) if options["page"] else None
        language = page.locale.language_code if page else options["language"]
        if not language:
            raise CommandError("Expected --language for the text, such as --language sv, found none.")
        if page is None and file is None:
            raise CommandError("Expected a file, or --page for a history of what is there, found neither.")
        with override(language):
            document = _read(Path(file), language, options["encoding"]) if file else None
            old = [_stated(each, language, options["encoding"]) for each in options["versions"]]
            with _refusals_as_errors(), transaction.atomic():
                page = self._import(page, document, language, options)
                # Told before a dry run takes them back.
                versions = [_version_as_json(each, page) for each in self._import_history(page, old, options)]
                if options["dry_run"]:
                    transaction.set_rollback(True)
            if options["json"]:
                self._print_json(page, document, versions, dry_run=options["dry_run"])
            else:
                self._tell(page, document, versions, dry_run=options["dry_run"])

    def _import(
        self, page: PolicyContent | None, document: ImportedDocument | None, language: str, options: dict[str, Any]
    ) -> PolicyContent:
        user = _user(options["user"])
        if document is None:
            if page is None:
                raise CommandError("Expected a file, found none.")
            return page
        sections = as_sections(document.found)
        if page:
            return import_again(page, sections, title=options["title"] or document.found.title, user=user)
        title = options["title"] or document.found.title or gettext("Privacy policy")
        said = {"title": title, "language": language, "user": user}
        if options["translation_of"]:
            return import_translation(_page(options["translation_of"]), sections, **said)
        page = import_policy(_parent(options["parent"]), sections, **said)
        for part in document.found.other if options["translations"] else ():
            words = {"title": part.title or title, "language": part.language, "user": user}
            import_translation(page, as_sections(part), **words)
        return page

    def _import_history(self, page: PolicyContent, old: list[StatedText], options: dict[str, Any]) -> list[Version]:
        texts = [*old, *([StatedText(options["stated"])] if options["stated"] else [])]
        return import_history(page, texts, user=_user(options["user"])) if texts else []

    def _print_json(
        self, page: PolicyContent, document: ImportedDocument | None, versions: list[dict[str, Any]], *, dry_run: bool
    ) -> None:
        data = {
            **(as_json(document.found) if document else {}),
            "encoding": document.outline.encoding if document else None,
            "page": None if dry_run else page.pk,
            "versions": versions,
        }
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))

    def _tell(
        self, page: PolicyContent, document: ImportedDocument | None, versions: list[dict[str, Any]], *, dry_run: bool
    ) -> None:
        if document:
            self._tell_sections(document.found.proposals, "")
            self._tell_words(document)
        for told in versions:
            self.stdout.write("version {number}: {stated_on}, {changes} changes ({materiality})".format(**told))
        where = "" if dry_run else f" {reverse('wagtailadmin_pages:edit', args=[page.pk])}"
        done = "Nothing was changed." if dry_run else "Saved as a draft, not published:"
        self.stdout.write(f"= {done}{where}")

    def _tell_sections(self, sections: Sequence[ProposedSection], indent: str) -> None:
        for section in sections:
            heading = f" “{section.heading}”" if section.heading else ""
            self.stdout.write(f"{indent}{section.kind}{heading}: {section.reason}")
            for fact in section.facts:
                self.stdout.write(f"{indent}    {fact.field} = {fact.value} ({fact.reason})")
            for one in section.suggestions:
                self.stdout.write(
                    f"{indent}    ? {one.kind} {one.field} = {one.value} ({one.reason})".replace("?  ", "? ")
                )
            self._tell_sections(section.children, f"{indent}  ")

    def _tell_words(self, document: ImportedDocument) -> None:
        for left in document.found.left_out:
            self.stdout.write(f"left out: {' '.join(left.text.split())[:100]} ({left.reason})")
        for warning in document.found.warnings:
            self.stdout.write(f"warning: {warning}")
        words = document.found.words
        if words:
            self.stdout.write("{source} words: {placed} placed, {left_out} left out".format(**words))
        self.stdout.write(f"read as {document.outline.encoding}")


def _version_as_json(version: Version, page: PolicyContent) -> dict[str, Any]:
    text = version.text(page.locale.language_code)
    return {
        "number": version.number,
        "stated_on": version.stated_on,
        "changes": len(text.changes_json) if text else 0,
        "materiality": version.materiality or None,
    }


@contextmanager
def _refusals_as_errors() -> Iterator[None]:
    """What an action refuses ends the command with its words."""
    try:
        yield
    except ActionError as error:
        raise CommandError(error.message) from error


def _read(path: Path, language: str, encoding: str | None) -> ImportedDocument:
    try:
        return import_document(path.read_bytes(), path.name, language, encoding)
    except OSError as error:
        raise CommandError(f"Expected a file that can be read, found {str(path)!r}: {error.strerror}.") from error
    except UnreadableDocument as error:
        raise CommandError(f"{path.name}: {error}", returncode=UNREADABLE) from error


def _stated(argument: str, language: str, encoding: str | None) -> StatedText:
    stated_on, separator, file = argument.partition("=")
    if not separator or not file:
        raise CommandError(f"Expected --version DATE=FILE, such as 2018-05-25=old.txt, found {argument!r}.")
    document = _read(Path(file), language, encoding)
    return StatedText(stated_on, as_sections(document.found), document.found.title)


def _user(name: str) -> Any:
    if not name:
        return None
    users = get_user_model()._default_manager
    found = users.filter(**{get_user_model().USERNAME_FIELD: name}).first()
    if found is None:
        raise CommandError(f"Expected the name of an account, found {name!r}.")
    return found


def _page(where: str) -> Any:
    return _found(where, page_model().objects.type(*policy_page_models()), "a policy page")


def _parent(where: str) -> Any:
    if where:
        return _found(where, page_model().objects.all(), "a page")
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        raise CommandError("Expected --parent, the page to put the policy below: the site has no home page.")
    return site.root_page


def _found(where: str, pages: Any, what: str) -> Any:
    """The one page with this id, slug or path."""
    asked = pages.filter(pk=where) if where.isdecimal() else pages.filter(slug=where.strip("/").rpartition("/")[2])
    found = [page for page in asked.specific() if where.isdecimal() or _matches(page, where)]
    if len(found) != 1:
        raise CommandError(f"Expected {what} by its id or path (/en/privacy/), found {len(found)} for {where!r}.")
    return found[0]


def _matches(page: Any, where: str) -> bool:
    paths: Iterable[str] = filter(None, (page.slug, page.url_path, (page.get_url_parts() or ("", "", ""))[2]))
    return where.strip("/") in {path.strip("/") for path in paths}
