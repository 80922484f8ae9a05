"""What is put together from a skeleton says to its reader, byte for byte, what Django's own mail would."""

from __future__ import annotations

import email.policy
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wagtail_privacy.models import Delivery
from wagtail_privacy.notices.mail_headers import build_email
from wagtail_privacy.notices.message import GREETING, Message, RenderedMail
from wagtail_privacy.sending.skeleton import Skeleton

TEXT = f"""{GREETING}

Vi ändrar ”Integritetspolicy” – läs mer: https://example.org/?a=1&b=2
.
.. Två punkter, och en rad med blanksteg sist
{"En mycket lång rad utan slut, " * 60}
From here on = 100 %
"""
HTML = f"""<!doctype html>
<html lang="sv"><body>
<p style="margin: 0">{GREETING}</p>
{"<p>En mycket lång rad utan slut – åäö</p>" * 60}
.
</body></html>
"""
RENDERED = RenderedMail(
    Message(language="sv", subject="Ändringar i ”Integritetspolicy” den 22 december", text=TEXT, html=HTML)
)
DELIVERY = Delivery(pk=71, notice_id=5)

NAMES = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="åäöÅÄÖéñ漢字🙂.=\r\n%<>&\"'?_- ", max_size=200),
    st.sampled_from(["", "Åsa Örn", "." * 100, "=" * 100, "=20", "=?utf-8?q?x?=", "%s %(text)s", GREETING]),
)
LOCAL = st.text(alphabet="abcXYZ019.!#$%&'*+/=?^_`{|}~-", min_size=1, max_size=64).filter(
    lambda local: not (local.startswith(".") or local.endswith(".") or ".." in local)
)
ADDRESSES = st.builds("{}@{}".format, LOCAL, st.sampled_from(["example.org", "xn--rksmrgs-5wao1o.se", "a.b-c.example"]))


@pytest.fixture(autouse=True, scope="module")
def moment() -> Any:
    from tests.notices.factories import PUBLISHED
    from wagtail_privacy.clock import at

    with at(PUBLISHED):
        yield


def django(rendered_mail: RenderedMail, name: str, address: str) -> bytes:
    """What Django's own backend would hand over."""
    return build_email(DELIVERY, rendered_mail.for_person(name), address).message().as_bytes().replace(b"\n", b"\r\n")


def parsed(data: bytes) -> tuple[Any, ...]:
    """Everything that a mail program gets to see."""
    mail = message_from_bytes(data, _class=EmailMessage, policy=email.policy.default)
    assert not mail.defects
    headers = {
        name: str(value)
        for name, value in mail.items()
        if name not in ("Content-Type", "Content-Transfer-Encoding", "MIME-Version")
    }
    # Where a mail goes out in base64, its line ends are those of the text that Django was given.
    bodies = [
        (part.get_content_type(), part.get_content_charset(), part.get_content().replace("\r\n", "\n"))
        for part in mail.iter_parts()
    ]
    return mail.get_content_type(), headers, mail["To"].addresses, bodies


@given(name=NAMES, address=ADDRESSES)
@example(name="Anna\r\nBcc: eve@example.org\r\n\r\n.\r\nMAIL FROM:<eve@example.org>", address="anna@example.org")
@example(name=". Punkt", address="anna@example.org")
@example(name="privacy-notice-gap-html privacy-notice-address@example.invalid", address="a@example.org")
@example(name="--=_privacy-notice--", address="privacy-notice-gap-text@example.org")
@example(name="\ud800 half a pair", address="anna@example.org")
@example(name="</p><script>alert(1)</script>", address="=@example.org")
def test_says_what_djangos_own_mail_says(name: str, address: str) -> None:
    made = SKELETON.bytes_for(DELIVERY, name, address)
    if "?" in address:
        assert made is None
        return
    assert made is not None

    assert parsed(made) == parsed(django(RENDERED, name, address))
    lines = made.split(b"\r\n")
    assert max(map(len, lines)) <= 998, "RFC 5322, 2.1.1"
    assert made.isascii()
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    assert made.count(b"\r\nBcc") == 0


SKELETON = Skeleton(RENDERED)


@pytest.mark.parametrize(
    "address",
    [
        "åsa@example.org",
        "anna@räksmörgås.se",
        '"anna lind"@example.org',
        "anna@example.org\r\nBcc: eve@example.org",
        "anna@example.org, eve@example.org",
        "<anna@example.org>",
        "=?utf-8?q?anna?=@example.org",
        "a" * 65 + "@example.org",
        "a@" + "b" * 200 + ".org",
        "",
    ],
)
def test_leaves_an_address_that_is_not_plain_to_django(address: str) -> None:
    assert SKELETON.bytes_for(DELIVERY, "Anna", address) is None


@pytest.mark.parametrize(
    ("text", "html", "is_valid"),
    [
        (TEXT, HTML, True),
        ("No greeting.", HTML, True),
        (TEXT.replace("\n", "\r\n"), HTML, True),
        (TEXT, HTML + "privacy-notice-address@example.invalid", False),
        (TEXT + "Thu, 01 Jan 1970 00:00:00 +0000", HTML, False),
        (TEXT + "privacy-notice-gap-html", HTML, False),
    ],
    ids=["as it is", "no greeting in the text", "CRLF", "a stand-in's address", "a stand-in's date", "a gap's mark"],
)
def test_proves_itself_or_leaves_everything_to_django(text: str, html: str, is_valid: bool) -> None:
    rendered_mail = RenderedMail(replace(RENDERED.message, text=text, html=html))
    skeleton = Skeleton(rendered_mail)

    made = skeleton.bytes_for(DELIVERY, "Åsa", "anna@example.org")

    assert skeleton.is_valid is is_valid
    if is_valid:
        assert made is not None
        assert parsed(made) == parsed(django(rendered_mail, "Åsa", "anna@example.org"))
    else:
        assert made is None


@pytest.mark.parametrize("sender", ["Sekretess <integritet@räksmörgås.se>", '"a b"@example.org'])
def test_leaves_a_sender_that_is_not_plain_to_django(settings: Any, sender: str) -> None:
    settings.WAGTAIL_PRIVACY_FROM_EMAIL = sender

    assert not Skeleton(RENDERED).is_valid


def test_the_sender_may_have_a_name_in_any_script(settings: Any) -> None:
    settings.WAGTAIL_PRIVACY_FROM_EMAIL = "Lingonlådan AB <integritet@lingon.example>"
    skeleton = Skeleton(RENDERED)

    assert skeleton.is_valid
    assert skeleton.sender == "integritet@lingon.example"
    made = skeleton.bytes_for(DELIVERY, "Åsa", "anna@example.org")
    assert made
    assert parsed(made) == parsed(django(RENDERED, "Åsa", "anna@example.org"))
