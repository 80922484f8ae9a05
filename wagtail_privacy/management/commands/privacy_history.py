"""Verify and export what was recorded."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_privacy.actions.verify import chain_contains, verify
from wagtail_privacy.exports.evidence import export
from wagtail_privacy.records.policy import Policy


class Command(BaseCommand):
    help = "Verifies that the recorded history of every policy is as it was recorded, or exports it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--verify", action="store_true", help="Say what was altered, is missing or out of order.")
        parser.add_argument(
            "--expect", metavar="DIGEST", help="Verify, and say whether a digest from a notice or an export is there."
        )
        parser.add_argument("--export", metavar="DIR", type=Path, help="Write every policy's history into DIR.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["verify"] or options["expect"] or options["export"]):
            raise CommandError(_("Expected --verify, --expect or --export, found none of them."))
        policies = list(Policy.objects.order_by("pk"))
        if options["export"]:
            for policy in policies:
                for path in export(policy, options["export"]):
                    self.stdout.write(str(path))
        # A digest that is found proves nothing of a chain whose rows were altered since.
        faults = self._verify(policies) if options["verify"] or options["expect"] else 0
        if options["expect"]:
            self._expect(options["expect"], policies)
        if faults:
            raise CommandError(
                ngettext(
                    "%(count)s thing is not as it was recorded.",
                    "%(count)s things are not as they were recorded.",
                    faults,
                )
                % {"count": faults}
            )

    def _expect(self, digest: str, policies: list[Policy]) -> None:
        found = next((policy for policy in policies if chain_contains(policy, digest)), None)
        if found is None:
            raise CommandError(
                _(
                    "No policy's chain has the digest %(digest)s. The history was rewritten since, or it is of "
                    "another site."
                )
                % {"digest": digest}
            )
        words = {"policy": str(found), "digest": digest}
        self.stdout.write(_("%(policy)s: the digest %(digest)s is in its history") % words)

    def _verify(self, policies: list[Policy]) -> int:
        faults = 0
        for policy in policies:
            findings = list(verify(policy))
            faults += len(findings)
            words = {"policy": str(policy), "length": policy.chain_length, "head": policy.chain_head}
            if not findings:
                self.stdout.write(_("%(policy)s: %(length)s rows as they were recorded, the last one %(head)s") % words)
            for finding in findings:
                self.stderr.write(f"{words['policy']}: {finding.message}")
        return faults
