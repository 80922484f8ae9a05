"""Four processes publish two languages of one policy: no version lost, no number given twice, no deadlock."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page

from tests.policies import KEPT, draft, reloaded
from tests.settings import ROOT
from wagtail_privacy.actions.verify import verify
from wagtail_privacy.models import PolicyPage, Text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("site")]
ROUNDS = 6


def start(page: PolicyPage, durations: list[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.services.publisher", str(connection.settings_dict["NAME"]), str(page.pk)]
    pipe = subprocess.PIPE
    return subprocess.Popen([*command, *durations], cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def test_four_processes_publish_two_languages_of_one_policy(root: Page, locale_en: Any) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("A database server is what this tries; DB=postgres and DB=mysql run it.")
    page = draft(root)
    page.save_revision().publish()
    page = reloaded(page)
    other = page.copy_for_translation(locale_en, copy_parents=True)
    other.title = "Privacy policy"
    other.save_revision().publish()
    # Each its own values, so that every publication of the original is a version.
    values = [[f"P{process * 100 + number}M" for number in range(1, ROUNDS + 1)] for process in range(1, 5)]
    processes = [start(each, rounds) for each, rounds in zip([page, page, other, other], values, strict=True)]
    for process in processes:
        assert process.stdout and process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    errors = [process.communicate(timeout=300)[1] for process in processes]
    if any(process.returncode for process in processes):
        pytest.fail("\n".join(errors))

    policy = page.policy
    assert policy
    recorded = [
        text.snapshot.by_id[KEPT].facts["duration"]
        for text in Text.objects.filter(version__policy=policy, language="sv", version__number__gt=1)
    ]
    assert sorted(recorded) == sorted([*values[0], *values[1]])
    numbers = list(policy.versions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 2 * ROUNDS + 2))
    moments = list(policy.versions.order_by("number").values_list("takes_effect_at", flat=True))
    assert moments == sorted(moments)
    assert [finding.message for finding in verify(policy)] == []
