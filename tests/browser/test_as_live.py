"""The demo answers as a live site does."""

from __future__ import annotations

from email.message import Message
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

pytestmark = pytest.mark.slow


def ask(address: str, tag: str = "") -> tuple[int, Message, str]:
    """Status, headers and body of the answer to who knows the one with this entity tag."""
    try:
        response = urlopen(Request(address, headers={"If-None-Match": tag} if tag else {}))
    except HTTPError as error:
        response = error
    with response:
        return response.status, response.headers, response.read().decode()


@pytest.mark.parametrize("route", ["", "history/feed/"])
def test_who_asks_again_is_told_that_nothing_changed(demo: str, route: str) -> None:
    address = f"{demo}/ripstigen/{route}"
    tag = ask(address)[1]["ETag"]
    assert tag
    assert ask(address, tag)[0] == 304


def test_what_is_not_there_is_said_in_the_frame_of_the_site_with_its_styles(demo: str) -> None:
    status, _, html = ask(f"{demo}/ripstigen/versions/99/")
    assert status == 404
    assert 'class="site-header"' in html
    assert ask(f"{demo}/static/home/site.css")[0] == 200
