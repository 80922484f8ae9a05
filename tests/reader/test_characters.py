"""Any Unicode in any text: whatever an editor pastes, or an earlier release recorded, every output can be read."""

from __future__ import annotations

import json
import re
from email import message_from_bytes
from email import policy as email_policy
from html import escape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, Site

from tests.actions.test_upgrade import RECORDED, load
from tests.policies import posted, reloaded
from tests.reader.site import MARCH, MAY, block, draft, publish, purpose, text
from wagtail_privacy.exports.evidence import export
from wagtail_privacy.models import Policy, PolicyPage, Text
from wagtail_privacy.notices.mail_headers import build_email
from wagtail_privacy.notices.message import render
from wagtail_privacy.policy.characters import legible
from wagtail_privacy.records.notice import Delivery

pytestmark = pytest.mark.django_db
CONTROLS = "".join(
    map(chr, [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x202E, 0xFFFE, 0xFFFF, 0x1FFFF, 0xD800, 0xDFFF])
)
BEFORE = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f]")
ADDRESSES = ["", "history/", "versions/1/", "versions/2/", "compare/1/2/", "upcoming/"]
# What no database takes does not get as far as a row: NUL and halves of pairs.
STORABLE = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)
few = settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read_everything(client: Client, page: PolicyPage, folder: Path, name: str, *, clean: bool) -> None:
    """Parse all that is made of ``page``; with ``clean``, no page has a character that HTML forbids."""
    for address in ADDRESSES:
        answer = client.get(page.url + address)
        assert answer.status_code == 200, address
        # Where no text is shown, the title is the page's own, which a script may have set.
        assert not clean or address == "upcoming/" or legible(answer.content.decode()) == answer.content.decode(), (
            address
        )
    fromstring(client.get(f"{page.url}history/feed/").content)
    json.loads(client.get(f"{page.url}data/json/").content)
    for version in page.policy.versions.all():
        for language in ("sv", "en"):
            _read_mail(render(version, language, name))
    files = export(page.policy, folder)
    json.loads(files[0].read_text(encoding="utf-8"))
    assert files[1].read_text(encoding="utf-8").rstrip().endswith("</html>")


def _read_mail(message: Any) -> None:
    built = build_email(Delivery(pk=1, notice_id=1), message, "anna@example.org").message()
    mail = message_from_bytes(built.as_bytes(), policy=email_policy.default)
    assert str(mail["Subject"]).split() == message.subject.split()
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    for part, expected in zip(mail.iter_parts(), (message.text, message.html), strict=True):
        assert part.get_content().splitlines() == expected.splitlines()
        assert legible(part.get_content()) == part.get_content()


def blocks(said: str, duration: str) -> list[Any]:
    return [
        block("controller", "55555555-5555-4555-8555-555555555555", name=f"AB {said}", address=said),
        purpose(duration=duration, title=f"Sälja {said}", starts=said, description=f"<p>x{escape(said)}</p>"),
        text(f"Om {said}", f"<p>{escape(said)}</p>"),
    ]


@pytest.mark.slow
@few
@example(said=CONTROLS)
@given(said=st.text(min_size=1))
def test_whatever_is_published_can_be_read(said: str, root: Page, site: Site, client: Client, tmp_path: Path) -> None:
    page = draft(root, slug=f"p{Page.objects.count()}", title=f"Policy {legible(said)[:80]}")
    page.title = f"Policy {said}".replace("\0", "").encode("utf-8", "replace").decode()[:90]
    page = publish(page, *blocks(said, "P12M"), moment=MARCH)
    page = publish(page, *blocks(said + "y", "P36M"), moment=MAY, summary=legible(said), reason="x")
    read_everything(client, page, tmp_path, said, clean=True)


@pytest.mark.slow
@few
@example(said=CONTROLS.replace("\0", "").replace("\ud800", "").replace("\udfff", ""))
@given(said=STORABLE)
def test_whatever_was_recorded_can_be_read(said: str, root: Page, site: Site, client: Client, tmp_path: Path) -> None:
    """As a release recorded it that let every character through."""
    page = draft(root, slug=f"p{Page.objects.count()}")
    page = publish(page, *blocks("MARK", "P12M"), moment=MARCH)
    page = publish(page, *blocks("MARKy", "P36M"), moment=MAY, summary="MARK")
    for row in Text.objects.filter(version__policy=page.policy):
        for name in ("title", "summary", "snapshot_json", "changes_json", "shown"):
            value = json.loads(json.dumps(getattr(row, name)).replace("MARK", json.dumps(said)[1:-1]))
            Text.objects.filter(pk=row.pk).update(**{name: value})
    read_everything(client, page, tmp_path, said, clean=False)


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_what_an_earlier_release_recorded_can_be_read(path: Path, client: Client) -> None:
    load(path)
    # Rules 1 let them through.
    assert any(BEFORE.search(text.title) for text in Text.objects.all()) is (path.stem == "rules-1")
    for policy in Policy.objects.all():
        page = PolicyPage.objects.get(translation_key=policy.translation_key, locale__language_code="sv")
        address = page.get_url_parts()[2]
        if address != "/en/":  # the tests' site has its English pages there
            fromstring(client.get(f"{address}history/feed/", headers={"host": "localhost"}).content)
            assert client.get(address, headers={"host": "localhost"}).status_code == 200


def test_the_form_takes_no_control_character(root: Page, site: Site, client: Client, editor: Any) -> None:
    client.force_login(editor)
    page = draft(root, *blocks("MARK", "P12M"))
    data = posted(reloaded(page), action="publish")
    for name in [name for name in data if "MARK" in data[name]]:
        # Rich text comes as JSON, where a control character is written with letters.
        said = (
            json.dumps(CONTROLS)[1:-1]
            if data[name].startswith("{")
            else CONTROLS.replace("\ud800", "").replace("\udfff", "")
        )
        data[name] = data[name].replace("MARK", said)
    answer = client.post(f"/admin/pages/{page.pk}/edit/", data)
    assert answer.status_code == 302
    stored = reloaded(page)
    for said in (stored.title, *map(str, stored.body.raw_data)):
        assert said == legible(said)
        assert "\\u000" not in said
