"""The page that an import becomes holds the words of its source: measured on the page, not by the import's account."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.imports.documents import POLICIES as SHARED_POLICIES
from tests.imports.documents import SEEDS, needs_cases
from tests.imports.published import not_published, page_of
from tests.imports.test_recognition import POLICIES
from wagtail_privacy.imports.document import import_document
from wagtail_privacy.prose.lexicon import LANGUAGES


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name)
def test_the_page_holds_all_words(path: Path) -> None:
    assert not_published(import_document(path.read_bytes(), path.name, path.name[:2])) == Counter()


def test_the_pages_of_the_seeds_hold_all_words() -> None:
    needs_cases(SEEDS)
    for path in sorted(SEEDS.glob("*.txt")):
        assert not_published(import_document(path.read_bytes(), path.name, "sv")) == Counter(), path.name


def test_the_pages_of_shared_policies_hold_all_words() -> None:
    needs_cases(SHARED_POLICIES)
    for path in sorted(SHARED_POLICIES.rglob("*.md"))[::12]:
        language = next((code for code in LANGUAGES if f"/{code}/" in str(path)), "en")
        assert not_published(import_document(path.read_bytes(), path.name, language)) == Counter(), path.name


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Kontakt\n\nGranskogen AB\nSkogsgatan 1\n111 22 Staden\nOrg nr 556000-1234\n", "Org nr 556000-1234"),
        ("Kontakt\n\nGranskogen AB\nSkogsgatan 1\n111 22 Staden\nHemsida www.skog.example\n", "Hemsida"),
        ("Beslut\n\nPolicyn antogs av styrelsen 2023-04-12, § 7.\n", "Policyn antogs av styrelsen"),
    ],
)
def test_a_label_that_the_block_does_not_print_stays(text: str, line: str) -> None:
    document = import_document(text.encode(), "policy.txt", "sv")
    assert line in page_of(document.found)
    assert not_published(document) == Counter()


_LABELS = (
    "Org nr 556000-1234|Personuppgiftsansvarig: Granskogen AB|Hemsida https://skog.example|Tel: 08-555 55 55|"
    "E-post: hej@skog.example|Skogsgatan 1|111 22 Staden|Granskogen AB|Ändamål: fakturering|Rättslig grund: avtal|"
    "Lagringstid: 24 månader|Uppgifter: namn och adress|Mottagare: vår bank|Dnr 2023:15|"
    "Beslutad av styrelsen 2023-04-12|Uppdaterad 12 maj 2023|Kontakt|Dina rättigheter|Ändamål|– namn|"
    "Vi sparar uppgifter i två år.|Vi säljer aldrig dina uppgifter.|Gäller från 2024-01-01|– rätt till rättelse"
)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(_LABELS.split("|")), max_size=16), st.sampled_from(["\n", "\n\n"]))
def test_whatever_lines_stand_together_the_page_holds_them(lines: list[str], end: str) -> None:
    assert not_published(import_document(end.join(lines).encode(), "policy.txt", "sv")) <= _SAID_ANEW


#: A block says a day or a period in its own way: "två år" as "2 år", "2023-04-12" as "12 april 2023".
_SAID_ANEW = Counter(dict.fromkeys(("två", "04", "01", "12", "1"), 99))
