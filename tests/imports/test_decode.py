"""Encodings by rule."""

from __future__ import annotations

import pytest

from wagtail_privacy.imports.decode import decode
from wagtail_privacy.imports.outline import UnreadableDocument

TEXT = "Så sparar vi uppgifter om dig – åäö €."


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_the_encoding_is_found_by_rule(encoding: str, name: str) -> None:
    assert decode(TEXT.encode(encoding)) == (TEXT, name)


def test_a_person_s_choice_goes_before_the_rule() -> None:
    assert decode("å".encode("mac-roman"), "mac-roman")[0] == "å"


def test_a_page_says_what_it_is_written_in() -> None:
    page = '<meta charset="iso-8859-15"><p>€'
    assert decode(page.encode("iso-8859-15"))[0] == page


@pytest.mark.parametrize(
    ("data", "encoding", "found"),
    [
        (bytes(range(32)) * 9, None, "holds no text"),
        (b"\xff", "utf-8", "byte 0"),
        (b"a", "klingon", "klingon"),
        (b"a", "hex", "hex"),
    ],
)
def test_what_cannot_be_decoded_is_refused(data: bytes, encoding: str | None, found: str) -> None:
    with pytest.raises(UnreadableDocument, match=found):
        decode(data, encoding)
