"""Editors at one threaded server: what each sends is what is recorded of their policy, to the letter."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.policies import posted, reloaded
from wagtail_privacy.models import PolicyPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("site")]
EDITORS, READERS, ROUNDS, SECTIONS, PARAGRAPHS = 4, 2, 4, 4, 20
TOKEN = "a" * 32


class Browser:
    """Somebody who is logged in, on a connection of their own."""

    def __init__(self, address: str, client: Client) -> None:
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self._connection = HTTPConnection(urlsplit(address).netloc, timeout=120)
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        self._headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *error: object) -> None:
        self._connection.close()

    def ask(self, method: str, path: str, body: str = "") -> int:
        self._connection.request(method, path, body.encode(), self._headers)
        answer = self._connection.getresponse()
        answer.read()
        return answer.status


def paragraphs(editor: int, round: int, section: int) -> str:
    choose = random.Random(f"{editor} {round} {section}")
    words = ["ordern", "<b>aldrig</b>", "adress", "<i>bara</i>", "Åsa", "kakor", "tolv"]
    return "".join(
        f"<p>{editor}.{round}.{section}.{n} {' '.join(choose.choices(words, k=8))}</p>" for n in range(PARAGRAPHS)
    )


def body(editor: int, round: int) -> list[dict[str, Any]]:
    return [
        {
            "type": "text",
            "id": f"{editor}{section}111111-1111-4111-8111-111111111111",
            "value": {"heading": f"Avsnitt {section}", "body": paragraphs(editor, round, section)},
        }
        for section in range(SECTIONS)
    ]


def policy_of(root: Page, editor: int) -> PolicyPage:
    page = PolicyPage(title=f"Policy {editor}", slug=f"policy-{editor}", locale=root.locale, live=False)
    page.body = json.dumps(body(editor, 0))
    root.add_child(instance=page)
    return reloaded(page)


def sent(page: PolicyPage, editor: int) -> Iterator[str]:
    """What the browser posts to publish ``page``, round by round: every change corrects the wording."""
    for round in range(ROUNDS):
        page.body = page.body.stream_block.to_python(body(editor, round))
        answers = {"change_materiality": "editorial", "change_reason": "Ordval", "change_summary": "Ordval"}
        answers |= {"change_base": round} if round else {}
        data = posted(page, action="publish", csrfmiddlewaretoken=TOKEN, **answers)
        yield data.urlencode()


def test_threads_of_a_server_leave_each_other_alone(root: Page, live_server: Any, editor: Any) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("A database server is what this tries; DB=postgres and DB=mysql run it.")
    client = Client()
    client.force_login(editor)
    pages = [policy_of(root, number) for number in range(EDITORS)]
    forms = [list(sent(page, number)) for number, page in enumerate(pages)]
    edit = [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in pages]
    is_done = Event()

    def publish(number: int) -> list[int]:
        with Browser(live_server.url, client) as browser:
            return [browser.ask("POST", edit[number], form) for form in forms[number]]

    def read(number: int) -> None:
        """Open the forms, which shows what publishing would change."""
        choose = random.Random(number)
        with Browser(live_server.url, client) as browser:
            while not is_done.is_set():
                assert browser.ask("GET", choose.choice(edit)) == 200

    with ThreadPoolExecutor(EDITORS + READERS) as pool:
        readers = [pool.submit(read, number) for number in range(READERS)]
        statuses = list(pool.map(publish, range(EDITORS)))
        is_done.set()
        for reader in readers:
            reader.result()
    assert statuses == [[302] * ROUNDS] * EDITORS
    for number, page in enumerate(pages):
        texts = page.policy.texts().order_by("version__number") if page.policy else []
        recorded = [[section.texts["body"] for section in text.snapshot.sections] for text in texts]
        assert recorded == [[each["value"]["body"] for each in body(number, round)] for round in range(ROUNDS)]
        for text in texts:
            assert list(text.shown.values()) == [section.texts["body"] for section in text.snapshot.sections]
