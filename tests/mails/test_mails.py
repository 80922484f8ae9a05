"""The mails of the demo, every kind in every language: mail programs can show them, spam filters let them through."""

from __future__ import annotations

import json
import mailbox
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_string, policy
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from example_site.demo.people import USERS
from example_site.mailbox.models import Mail
from tests.conftest import unavailable
from wagtail_privacy.actions.page_states import policy_pages
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.actions.unpublish import telling_people
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.clock import day_of
from wagtail_privacy.models import Notice, Policy
from wagtail_privacy.sending.deliver import deliver

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("demo"), pytest.mark.django_db]

HERE = Path(__file__).parent
#: Microsoft ended Windows Mail in 2024; its Outlook for Windows stands beside it in the list.
BIG = ("gmail.*", "outlook.{android,ios,macos,outlook-com,windows}", "apple-mail.*", "yahoo.*")
KINDS = ("announced", "postponed", "withdrawn", "unpublished")
#: Dark colours, for a mail program that knows how. All of it stands in the style element, which others drop.
DARK = {"<style> element", "@media", "color-scheme CSS property"}


@pytest.fixture(scope="module")
def mails(demo: None) -> Iterator[dict[str, Mail]]:
    """A mail of each kind in each language about each policy, by a name that says which."""
    with transaction.atomic():
        yield _tell_all()
        transaction.set_rollback(True)


def _tell_all() -> dict[str, Mail]:
    for policy_ in Policy.objects.order_by("pk"):
        announced = policy_.versions.announced(timezone.now()).first()
        change_day(announced, day_of(announced.takes_effect_at) + timedelta(days=10), reason="test")
        _tell(policy_)
        withdraw(announced, reason="test")
        _tell(policy_)
        with telling_people():
            for page in policy_pages(policy_):
                page.unpublish()
        _tell(policy_)
    notices = {notice.pk: notice for notice in Notice.objects.select_related("version")}
    found: dict[tuple[str, str, int], Mail] = {}
    for mail in Mail.objects.order_by("pk"):
        notice = notices[int(mail.series.rpartition("-")[2])]
        found.setdefault((mail.language, notice.kind, notice.version.policy_id), mail)
    return {f"{language} {kind} {policy_}": mail for (language, kind, policy_), mail in found.items()}


def _tell(policy_: Policy) -> None:
    for notice in Notice.objects.filter(version__policy=policy_, finished_at=None):
        deliver(notice.pk)


def test_there_is_one_of_each_kind_in_each_language_about_each_policy(mails: dict[str, Mail]) -> None:
    languages = {person.language for person in USERS if person.language}
    policies = Policy.objects.values_list("pk", flat=True)

    assert len(languages) > 1
    assert set(mails) == {
        f"{language} {kind} {policy_}" for language, kind, policy_ in product(languages, KINDS, policies)
    }


def test_the_big_mail_programs_support_all_that_the_mails_use(mails: dict[str, Mail]) -> None:
    found = unsupported({name: mail.html for name, mail in mails.items()})

    assert {name: features for name, features in found.items() if set(features) - DARK} == {}


def test_without_its_style_element_the_mail_is_whole(mails: dict[str, Mail]) -> None:
    bare = {name: without_style(mail.html) for name, mail in mails.items()}

    assert not any("<style" in html or "color-scheme" in html for html in bare.values())
    assert unsupported(bare) == dict.fromkeys(bare, {})
    for name, mail in mails.items():
        style = mail.html.partition("<style>")[2].partition("</style>")[0].strip()
        dark = r"@media \(prefers-color-scheme: dark\) \{(?:[^{}]*\{[^{}]*\})*\s*\}"
        rules = re.sub(dark, "", style).split("\n")
        assert [rule.strip() for rule in rules if rule.strip()] == [
            ":root { color-scheme: light dark; }",
            "@media screen { body { margin: 0; } }",
        ], name


def test_the_check_knows_what_outlook_cannot() -> None:
    found = unsupported({"one": '<html lang="sv"><p style="border-radius: 4px; display: grid">Hej</p></html>'})

    assert {"border-radius", "display:grid"} <= set(found["one"])
    assert "outlook.windows" in found["one"]["border-radius"]


def test_the_spam_filter_lets_each_through(mails: dict[str, Mail], tmp_path: Path) -> None:
    scores = spam_scores(list(mails.values()), tmp_path)

    assert len(scores) == len(mails)
    assert {name: score for name, score in zip(mails, scores, strict=True) if score[0] >= 1} == {}


def test_the_spam_filter_knows_spam(tmp_path: Path) -> None:
    spam = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
    ((score, _rules),) = spam_scores([Mail(raw=f"From: a@example.org\nSubject: x\n\n{spam}\n".encode())], tmp_path)

    assert score > 5


def unsupported(mails: dict[str, str]) -> dict[str, dict[str, list[str]]]:
    """What the big mail programs do not support, by mail: the feature and the programs."""
    if not shutil.which("node") or not (HERE / "node_modules").exists():
        unavailable("node, and `npm install --prefix tests/mails`")
    command = ["node", str(HERE / "unsupported.mjs"), *BIG]
    answer = subprocess.run(command, input=json.dumps(mails), capture_output=True, text=True, check=True, cwd=HERE)
    found: dict[str, dict[str, list[str]]] = json.loads(answer.stdout)
    return found


def without_style(html: str) -> str:
    return re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)


def spam_scores(mails: list[Mail], folder: Path) -> list[tuple[float, str]]:
    """What SpamAssassin gives each, without asking the network, and the rules it gives it for."""
    if not shutil.which("spamassassin"):
        unavailable("spamassassin")
    box = mailbox.mbox(folder / "mails.mbox", create=True)
    for mail in mails:
        box.add(bytes(mail.raw))
    box.close()
    command = ["spamassassin", "--local", "--mbox", str(folder / "mails.mbox")]
    preferences = ["--prefspath", str(folder / "preferences"), "--siteconfigpath", "/etc/spamassassin"]
    (folder / "preferences").write_text("use_bayes 0\nuse_txrep 0\n")
    answer = subprocess.run([*command, *preferences], capture_output=True, text=True, check=True)
    return [_score(part) for part in _parts(answer.stdout)]


def _parts(box: str) -> Iterator[Any]:
    for part in re.split(r"^From \S+ .*\n", box, flags=re.MULTILINE)[1:]:
        yield message_from_string(part, policy=policy.default)


def _score(mail: Any) -> tuple[float, str]:
    status = " ".join(mail["X-Spam-Status"].split())
    return float(re.search(r"score=(-?[\d.]+)", status)[1]), status
