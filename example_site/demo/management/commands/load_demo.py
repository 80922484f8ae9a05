from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from example_site.demo.load import load
from example_site.demo.policies import STORIES

POLICIES = {story.slug.sv: story for story in STORIES}


class Command(BaseCommand):
    help = "Loads five policies with their histories, their readers and the mails these were sent. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("policies", nargs="*", metavar="policy", help=f"Only these of {', '.join(POLICIES)}.")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = options["policies"] or POLICIES
        if unknown := set(chosen) - set(POLICIES):
            raise CommandError(f"Expected some of {', '.join(POLICIES)}; found {', '.join(sorted(unknown))}.")
        load([POLICIES[name] for name in chosen], self.stdout.write)
