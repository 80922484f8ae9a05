"""Changes in words: the exact sentences in Swedish and English, and laws for all six languages."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.changes.snapshots import edited, snapshot
from tests.changes.test_materiality import policy, purpose, section
from wagtail_privacy.changes.change import Change, Materiality, Reference
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.materiality import RULES, weigh
from wagtail_privacy.changes.particulars import fact
from wagtail_privacy.changes.sentences import lines, materiality_label, sentence
from wagtail_privacy.policy.kinds import KINDS, Field, Kind, register_kind
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.policy.vocabulary import VOCABULARIES

LANGUAGES = ("sv", "en", "fi", "nb", "da", "de")
CODES = re.compile(
    r"\b(?:art\d+_\w+|" + "|".join(code for v in VOCABULARIES.values() for code in v if "_" in code) + ")"
)


def told(old: Section | None, new: Section | None, language: str) -> list[str]:
    with override(language):
        return [sentence(change) for change in compare(policy(old), policy(new))]


def in_purpose(child: Section | None = None, **values: Any) -> Section:
    return purpose(*([child] if child else []), **values)


PERIOD = {"applies_to": "kunduppgifter"}
SENTENCES: list[tuple[str, Section | None, Section | None, str, str]] = [
    ("period", section("retention", duration="P24M", **PERIOD), section("retention", duration="P36M", **PERIOD),
     "Lagringstiden för kunduppgifter ändras från 24 månader till 36 månader.",
     "The storage period for kunduppgifter changes from 24 months to 36 months."),
    ("period in capitals", section("retention", duration="P1Y", applies_to="Kunduppgifter"),
     section("retention", duration="P1Y6M", applies_to="Kunduppgifter"),
     "Lagringstiden för kunduppgifter ändras från 1 år till 1 år och 6 månader.",
     "The storage period for kunduppgifter changes from 1 year to 1 year and 6 months."),
    ("period of a purpose", in_purpose(section("retention", duration="P24M")),
     in_purpose(section("retention", duration="P12M")),
     "Lagringstiden för ändamålet ”Nyhetsbrev” ändras från 24 månader till 12 månader.",
     "The storage period for the purpose “Nyhetsbrev” changes from 24 months to 12 months."),
    ("period stated", None, section("retention", duration="P30D", applies_to="loggar"),
     "Lagringstiden för loggar anges nu: 30 dagar.", "The storage period for loggar is now stated: 30 days."),
    ("period open", section("retention", duration="P24M", **PERIOD), section("retention", **PERIOD),
     "Lagringstiden för kunduppgifter är inte längre en bestämd tid. Tidigare angavs 24 månader.",
     "The storage period for kunduppgifter is no longer a fixed time. It was 24 months."),
    ("purpose added", None, purpose(), "Ett nytt ändamål läggs till: ”Nyhetsbrev”.",
     "A new purpose is added: “Nyhetsbrev”."),
    ("purpose removed", purpose(), None, "Ändamålet ”Nyhetsbrev” tas bort.",
     "The purpose “Nyhetsbrev” is removed."),
    ("purpose renamed", purpose(description="<p>x</p>"), purpose(title="Utskick", description="<p>x</p>"),
     "Ändamålet ”Nyhetsbrev” heter nu ”Utskick”.", "The purpose “Nyhetsbrev” is now called “Utskick”."),
    ("purpose described", purpose(description="<p>Ett.</p>"), purpose(description="<p>Annat.</p>"),
     "Beskrivningen av ändamålet ”Nyhetsbrev” lyder nu: ”Annat.”",
     "The description of the purpose “Nyhetsbrev” now reads: “Annat.”"),
    ("basis", in_purpose(section("legal_basis", basis="art6_1_a")),
     in_purpose(section("legal_basis", basis="art6_1_f")),
     "Den rättsliga grunden för ändamålet ”Nyhetsbrev” ändras från samtycke (artikel 6.1 a) till berättigade intressen "
     "(artikel 6.1 f).",
     "The legal basis for the purpose “Nyhetsbrev” changes from consent (Article 6(1)(a)) to legitimate interests "
     "(Article 6(1)(f))."),
    ("people", purpose(data_subjects=["kunder"]), purpose(data_subjects=["kunder", "anhöriga", "barn"]),
     "Listan över vems uppgifter som används för ändamålet ”Nyhetsbrev” omfattar nu även anhöriga och barn.",
     "The list of people whose data are used for the purpose “Nyhetsbrev” now also includes anhöriga and barn."),
    ("must", purpose(provision="voluntary"), purpose(provision="statutory"),
     "Lagen kräver nu att du lämnar uppgifter för ändamålet ”Nyhetsbrev”.",
     "The law now requires you to provide data for the purpose “Nyhetsbrev”."),
    ("data in a purpose", purpose(), in_purpose(section("data_category", name="Hälsouppgifter")),
     "En kategori av personuppgifter används nu för ändamålet ”Nyhetsbrev”: ”Hälsouppgifter”.",
     "A category of personal data is now used for the purpose “Nyhetsbrev”: “Hälsouppgifter”."),
    ("recipient", None, section("recipient", name="Posten AB"), "En ny mottagare läggs till: Posten AB.",
     "A new recipient is added: Posten AB."),
    ("role", section("recipient", name="Posten AB", role="processor"),
     section("recipient", name="Posten AB", role="controller"),
     "Rollen för mottagaren Posten AB ändras från personuppgiftsbiträde till självständigt personuppgiftsansvarig.",
     "The role of the recipient Posten AB changes from processor to independent controller."),
    ("transfer", None, section("transfer", country="US"), "Personuppgifter överförs nu till USA.",
     "Personal data are now transferred to the United States."),
    ("safeguard", section("transfer", country="US", mechanism="art45_adequacy"),
     section("transfer", country="US", mechanism="art46_2_c_scc"),
     "Skyddsåtgärden för överföringen till USA ändras från beslut om adekvat skyddsnivå till standardiserade "
     "dataskyddsbestämmelser.",
     "The safeguard for the transfer to the United States changes from adequacy decision to standard data protection "
     "clauses."),
    ("right", section("right", right="objection"), None, "Rättigheten ”Rätt att göra invändningar” tas bort.",
     "The right “Right to object” is removed."),
    ("answers", section("rights", response_time="P30D"), section("rights", response_time="P2M"),
     "Den tid inom vilken vi svarar på en begäran ändras från 30 dagar till 2 månader.",
     "The time within which we answer requests changes from 30 days to 2 months."),
    ("authority", section("complaint", authority="SE"), section("complaint", authority="DK"),
     "Tillsynsmyndigheten ändras från Integritetsskyddsmyndigheten (IMY) till Datatilsynet (Danmark).",
     "The supervisory authority changes from Integritetsskyddsmyndigheten (IMY) to Datatilsynet (Denmark)."),
    ("commitment", section("commitment", commitment="no_sale"), None,
     "Åtagandet ”Vi säljer inte personuppgifter” tas bort.",
     "The commitment “We do not sell personal data” is removed."),
    ("notice", section("change_notice", notice_period=30), section("change_notice", notice_period=14),
     "Tiden mellan besked och ikraftträdande vid viktiga ändringar ändras från 30 dagar till 14 dagar.",
     "The notice period before important changes is altered from 30 days to 14 days."),
    ("place", section("transfers", place="eea"), section("transfers", place="outside"),
     "Personuppgifter behandlas nu även utanför EU/EES.", "Personal data are now processed outside the EU/EEA too."),
    ("age", section("children", age_limit=13), section("children", age_limit=16),
     "Åldersgränsen ändras från 13 till 16 år.", "The age limit changes from 13 to 16 years."),
    ("in a service", section("service", purpose(), title="Appen", id="app"),
     section("service", title="Appen", id="app"),
     "Appen: Ändamålet ”Nyhetsbrev” tas bort.", "Appen: The purpose “Nyhetsbrev” is removed."),
    ("block", section("other", block="image_block", value='{"a":1}'),
     section("other", block="image_block", value="{}"),
     "Annat innehåll har ändrats.", "Other content has been changed."),
    ("list", None, section("recipients", heading="Mottagare"), "Avsnittet ”Mottagare” läggs till.",
     "The section “Mottagare” is added."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new", "swedish", "english"), SENTENCES, ids=[str(row[0]) for row in SENTENCES]
)
def test_a_change_is_one_sentence(
    name: str, old: Section | None, new: Section | None, swedish: str, english: str
) -> None:
    assert told(old, new, "sv") == [swedish]
    assert told(old, new, "en") == [english]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "Säilytysaika (asiakastiedot) muuttuu: aiemmin 24 kuukautta, jatkossa 36 kuukautta."),
        ("nb", "Lagringstiden for asiakastiedot endres fra 24 måneder til 36 måneder."),
        ("da", "Opbevaringsperioden for asiakastiedot ændres fra 24 måneder til 36 måneder."),
        ("de", "Die Speicherdauer für asiakastiedot ändert sich: bisher 24 Monate, künftig 36 Monate."),
    ],
)
def test_the_other_languages_say_it_in_their_own_way(language: str, said: str) -> None:
    old = section("retention", duration="P24M", applies_to="asiakastiedot")
    new = section("retention", duration="P36M", applies_to="asiakastiedot")
    assert told(old, new, language) == [said]


def test_a_name_stays_as_it_is_written_inside_a_sentence() -> None:
    for name in ("E-post", "BankID", "IP-adresser", "3D-filer"):
        old = section("retention", duration="P1Y", applies_to=name)
        (said,) = told(old, section("retention", duration="P2Y", applies_to=name), "sv")
        assert f"för {name} ändras" in said


def test_the_title_of_the_policy_has_its_sentence() -> None:
    with override("sv"):
        assert sentence(Change("changed", (), "title", "Integritet", "Integritetspolicy")) == (
            "Policyns rubrik ändras från ”Integritet” till ”Integritetspolicy”."
        )


def test_a_site_s_own_kind_is_worded_with_its_labels() -> None:
    register_kind(Kind("loyalty", "Loyalty card", (Field("points", "number", "Points"),), heading="Loyalty card"))
    try:
        old, new = Section("loyalty", "x", {"points": 5}), Section("loyalty", "x", {"points": 10})
        assert told(old, new, "en") == ["“Points” in the section “Loyalty card” changes from 5 to 10."]
    finally:
        del KINDS["loyalty"]
    old, new = Section("gone_kind", "x", {"wings": 1}), Section("gone_kind", "x", {"wings": 2})
    assert told(old, new, "sv") == ["”wings” i avsnittet ”gone kind” har ändrats."]


def test_a_long_name_is_cut_at_a_word() -> None:
    long = "Vi lovar att " + "alltid " * 40 + "lyssna."
    (said,) = told(None, section("commitment", commitment="other", statement=long), "sv")
    assert said.endswith("alltid…”.")
    assert len(said) < 140


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_every_change_is_a_sentence_in_every_language_without_placeholder_or_code(seed: int) -> None:
    chance = random.Random(seed)
    old = snapshot(chance)
    new = edited(old, chance) if chance.random() < 0.7 else snapshot(chance)
    changes = weigh(compare(old, new), old, new)
    for language in LANGUAGES:
        with override(language):
            said = [sentence(change) for change in changes]
            grouped = lines(changes)
        for text in (*said, *(line.text for line in grouped)):
            assert text.strip()
            assert not re.search(r"\{\w+\}|%\(|None", text), text
            assert not CODES.search(text), text
        assert sorted(id(c) for line in grouped for c in line.changes) == sorted(map(id, changes))
    assert all(change.materiality and change.rule for change in changes)


def test_editorial_changes_fold_into_one_line() -> None:
    def editorial(kind: Any, n: int) -> Change:
        return Change(kind, (Reference("text", str(n)),), "body", "a", "b", materiality=Materiality.EDITORIAL)

    with override("sv"):
        (four,) = lines([editorial("changed", n) for n in range(4)])
        assert (four.text, len(four.changes)) == ("Språkliga rättelser på 4 ställen", 4)
        assert lines([editorial("changed", 1)])[0].text == "Språkliga rättelser på 1 ställe"
        assert lines([editorial("moved", 1)])[0].text == "Ändrad ordning på 1 ställe"
        mixed = lines([editorial("moved", 1), editorial("changed", 2)])
        assert [line.text for line in mixed] == ["Språkliga rättelser och ändrad ordning på 2 ställen"]


def test_many_small_changes_in_one_section_become_one_line_and_a_material_one_stays_alone() -> None:
    old = policy(section("controller", name="Exempel AB", email="a@example.org", phone="08-1", website="https://a.se"))
    new = policy(section("controller", name="Exempel AB", email="b@example.org", phone="08-2", website="https://b.se"))
    with override("sv"):
        (line,) = lines(weigh(compare(old, new), old, new))
        assert line.text == (
            "Flera uppgifter om den personuppgiftsansvariga Exempel AB ändras: e-post, telefon och webbplats."
        )
        old = policy(section("rights", response_time="P30D", free=True))
        new = policy(section("rights", response_time="P60D"))
        assert len(lines(weigh(compare(old, new), old, new))) == 2


def test_a_reader_sees_how_much_it_matters_in_plain_words() -> None:
    with override("sv"):
        assert [materiality_label(m) for m in Materiality] == [
            "Viktig ändring",
            "Mindre ändring",
            "Ändring till din fördel",
            "Språklig rättelse",
        ]
        assert materiality_label("material") == "Viktig ändring"


def test_every_rule_gives_its_reason_in_every_language() -> None:
    with override("en"):
        english = {rule.id: str(rule.reason) for rule in RULES}
    for language in ("sv", "fi", "nb", "da", "de"):
        with override(language):
            assert not [rule.id for rule in RULES if str(rule.reason) == english[rule.id]]


def test_what_a_person_wrote_cannot_become_a_placeholder() -> None:
    old = Snapshot("sv", "x", (section("purpose", title="{name} %(old)s {0}"),))
    with override("sv"):
        (change,) = compare(Snapshot("sv", "x"), old)
        assert sentence(change) == "Ett nytt ändamål läggs till: ”{name} %(old)s {0}”."


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [("Period", "24 months", "Period: 24 months."), ("Must you?", "no", "Must you? No."), ("Why", "so?", "Why: so?")],
)
def test_a_fact_stands_under_its_label_as_a_sentence(label: str, value: str, said: str) -> None:
    with override("en"):
        assert fact(label, value) == said
