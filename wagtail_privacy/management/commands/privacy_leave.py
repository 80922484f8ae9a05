"""Leave the plugin without losing the history or leaving pages behind that nothing can show."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.clock import now
from wagtail_privacy.exports.leave import OrdinaryPage, find_obstacles, leave, policy_pages
from wagtail_privacy.records.policy import Policy


class Command(BaseCommand):
    help = (
        "Exports every policy's history, deletes the policy pages or turns them into ordinary ones, and deletes the "
        "history. Says what it would do, and does it with --yes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--export", metavar="DIR", type=Path, help="Write every policy's history into DIR.")
        parser.add_argument("--into", metavar="APP.MODEL.FIELD", help="The page class that policy pages become.")
        parser.add_argument("--yes", action="store_true", help="Do it; without this, nothing is changed.")

    def handle(self, *args: Any, yes: bool, **options: Any) -> None:
        if yes and not options["export"]:
            raise CommandError(_("Expected --export DIR with --yes, found none: the history is deleted."))
        try:
            into = OrdinaryPage.named(options["into"]) if options["into"] else None
            if not yes:
                self._say(into)
                return
            for path in leave(options["export"], into):
                self.stdout.write(str(path))
        except ActionError as error:
            raise CommandError(error.message) from error
        self.stdout.write(_("Done. Now: migrate wagtail_privacy zero, and then take the app out of the settings."))

    def _say(self, into: OrdinaryPage | None) -> None:
        pages = policy_pages()
        for policy in Policy.objects.order_by("pk"):
            words = {"policy": str(policy), "count": policy.versions.count()}
            self.stdout.write(_("%(policy)s: its history of %(count)s versions is exported and deleted") % words)
            for version in policy.versions.announced(now()):
                words = {"policy": str(policy), "number": version.number}
                self.stdout.write(_("%(policy)s: version %(number)s is announced and will not take effect") % words)
        for page in pages:
            words = {"page": page.title, "language": page.locale.language_code, "url": page.url_path}
            becomes = {**words, "model": into.model._meta.label if into else ""}
            self.stdout.write(
                _("%(page)s (%(language)s, %(url)s): becomes a %(model)s with the text in force") % becomes
                if into
                else _("%(page)s (%(language)s, %(url)s): is deleted") % words
            )
            if page.live and page.has_unpublished_changes:
                self.stdout.write(_("%(page)s (%(language)s): what is drafted and not published is lost") % words)
        for obstacle in find_obstacles(pages, into):
            self.stderr.write(obstacle)
        self.stdout.write(_("Nothing was changed. Do it with --export DIR --yes."))
