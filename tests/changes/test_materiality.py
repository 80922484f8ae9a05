"""The rules, row by row: how much each kind of change matters, in both directions."""

from __future__ import annotations

from typing import Any

import pytest

from wagtail_privacy.changes.change import Change, Materiality, Reference
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.materiality import RULES, Context, Rule, highest, rule_of, weigh
from wagtail_privacy.policy.kinds import KINDS
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot

MATERIAL, MINOR, BENEFIT, EDITORIAL = Materiality


def section(kind: str, *children: Section, id: str = "", **values: Any) -> Section:
    """A section of ``kind``; each value goes where its kind puts it."""
    fields = {field.name: field for field in KINDS[kind].fields}
    texts = {name: value for name, value in values.items() if fields[name].is_text}
    facts = {name: value for name, value in values.items() if name not in texts}
    return Section(kind, id or kind, facts, texts, children)


def policy(*sections: Section | None, language: str = "sv") -> Snapshot:
    return Snapshot(language, "Integritetspolicy", tuple(found for found in sections if found))


def verdict(old: Snapshot, new: Snapshot) -> tuple[Materiality | None, list[str]]:
    """The class of the version and the rules that decided its changes."""
    weighed = weigh(compare(old, new), old, new)
    return highest(weighed), [change.rule for change in weighed]


def purpose(*children: Section, **values: Any) -> Section:
    return section("purpose", *children, **{"title": "Nyhetsbrev", **values})


def basis(code: str, **values: Any) -> Section:
    return section("legal_basis", basis=code, id=f"basis-{code}", **values)


KEPT = "Vi sparar dina uppgifter så länge du är kund hos oss och i den omfattning som bokföringen kräver."
PROMISE = "Vi säljer aldrig uppgifter."
#: A name, the sections before, those after, the class and the rule that decides.
ONE_CHANGE: list[tuple[str, Section | None, Section | None, Materiality, str]] = [
    # Who is responsible
    ("new controller", section("controller", name="A", organisation_number="1"),
     section("controller", name="B", organisation_number="1"), MINOR, "controller-renamed"),
    ("other controller", section("controller", name="A"), section("controller", name="B"),
     MATERIAL, "controller-name"),
    ("controller in capitals", section("controller", name="Exempel AB"), section("controller", name="EXEMPEL AB"),
     EDITORIAL, "typography"),
    ("other organisation", section("controller", name="A", organisation_number="556000-0001"),
     section("controller", name="A", organisation_number="556000-0002"), MATERIAL, "controller-identity"),
    ("organisation number with a hyphen", section("controller", name="A", organisation_number="5560000001"),
     section("controller", name="A", organisation_number="556000-0001"), EDITORIAL, "typography"),
    ("joint controllership", section("controller", name="A", role="sole"),
     section("controller", name="A", role="joint"), MATERIAL, "controller-role"),
    ("controller moves", section("controller", name="A", country="SE"), section("controller", name="A", country="IE"),
     MATERIAL, "establishment"),
    ("the only address", section("controller", name="A", email="a@example.org"),
     section("controller", name="A", email="b@example.org"), MATERIAL, "only-route"),
    ("one address of two", section("controller", name="A", email="a@example.org", phone="08-1"),
     section("controller", name="A", email="b@example.org", phone="08-1"), MINOR, "controller-details"),
    ("controller's street", section("controller", name="A", address="Gatan 1"),
     section("controller", name="A", address="Gatan 2"), MINOR, "controller-details"),
    ("officer appointed", None, section("dpo", name="Kim"), MINOR, "contact-person"),
    ("officer gone", section("dpo", name="Kim"), None, MATERIAL, "dpo-removed"),
    ("officer replaced", section("dpo", name="Kim", email="dpo@example.org"),
     section("dpo", name="Robin", email="dpo@example.org"), MINOR, "contact-person"),
    ("representative changed", section("representative", name="A"), section("representative", name="B"),
     MINOR, "contact-person"),
    # Why
    ("purpose added", None, purpose(), MATERIAL, "purpose-added"),
    ("purpose removed", purpose(), None, BENEFIT, "purpose-removed"),
    ("purpose renamed", purpose(description="<p>Vi skickar brev om nyheter i butiken.</p>"),
     purpose(title="Utskick", description="<p>Vi skickar brev om nyheter i butiken.</p>"), MINOR, "purpose-renamed"),
    ("purpose replaced", purpose(), purpose(title="Kreditprövning"), MATERIAL, "purpose-title"),
    ("purpose reworded", purpose(description="<p>Vi skickar dig brev om nyheter i våra butiker.</p>"),
     purpose(description="<p>Vi skickar dig brev om nyheter i våra fina butiker.</p>"), MATERIAL, "prose-more"),
    ("purpose described otherwise", purpose(description="<p>Vi skickar brev om nyheter.</p>"),
     purpose(description="<p>Brev, prognoser och annat arbete med register.</p>"), MATERIAL, "prose-unclear"),
    ("slip in a purpose", purpose(description="<p>Vi skikar brev om nyhter.</p>"),
     purpose(description="<p>Vi skickar brev om nyheter.</p>"), EDITORIAL, "prose-same"),
    ("group of people added", purpose(data_subjects=["kunder"]), purpose(data_subjects=["kunder", "anhöriga"]),
     MATERIAL, "data-subjects-added"),
    ("group of people gone", purpose(data_subjects=["kunder", "anhöriga"]), purpose(data_subjects=["kunder"]),
     BENEFIT, "data-subjects-removed"),
    ("children", purpose(), purpose(concerns_children=True), MATERIAL, "children-concerned"),
    ("direct marketing", purpose(), purpose(direct_marketing=True), MATERIAL, "direct-marketing"),
    ("no direct marketing", purpose(direct_marketing=True), purpose(), BENEFIT, "direct-marketing-ended"),
    ("required", purpose(provision="voluntary"), purpose(provision="contractual"), MATERIAL, "provision-required"),
    ("voluntary", purpose(provision="statutory"), purpose(provision="voluntary"), BENEFIT, "provision-voluntary"),
    ("basis added", purpose(basis("art6_1_b")), purpose(basis("art6_1_b"), basis("art6_1_f")),
     MATERIAL, "legal-basis"),
    ("basis corrected", purpose(section("legal_basis", basis="art6_1_b")),
     purpose(section("legal_basis", basis="art6_1_c")), MATERIAL, "legal-basis"),
    ("consent swapped", purpose(section("legal_basis", basis="art6_1_a")),
     purpose(section("legal_basis", basis="art6_1_f")), MATERIAL, "consent-replaced"),
    ("interest stated", purpose(basis("art6_1_f")), purpose(basis("art6_1_f", interest="<p>Säker drift.</p>")),
     MINOR, "interest-stated"),
    ("another interest", purpose(basis("art6_1_f", interest="<p>Säker drift av tjänsten.</p>")),
     purpose(basis("art6_1_f", interest="<p>Fler köp.</p>")), MATERIAL, "prose-more"),
    ("statute", purpose(basis("art6_1_c", statute="Bokföringslagen")),
     purpose(basis("art6_1_c", statute="Arkivlagen")), MINOR, "statute"),
    ("special data allowed", purpose(), purpose(section("special_condition", condition="art9_2_a")),
     MATERIAL, "special-condition"),
    # What
    ("data added", purpose(), purpose(section("data_category", name="Adress")), MATERIAL, "data-added"),
    ("health data added", purpose(), purpose(section("data_category", name="Hälsa", special=True)),
     MATERIAL, "sensitive-data-added"),
    ("data removed", purpose(section("data_category", name="Adress")), purpose(), BENEFIT, "data-removed"),
    ("more examples", section("data_category", name="Kontakt", description="namn, e-post"),
     section("data_category", name="Kontakt", description="namn, e-post, telefon"), MATERIAL, "prose-more"),
    ("fewer examples", section("data_category", name="Kontakt", description="namn, e-post, telefon"),
     section("data_category", name="Kontakt", description="namn, e-post"), BENEFIT, "prose-fewer"),
    ("examples in another order", section("data_category", name="Kontakt", description="namn, e-post"),
     section("data_category", name="Kontakt", description="Namn, e-post"), EDITORIAL, "typography"),
    # Who receives
    ("recipient removed", section("recipient", name="A"), None, BENEFIT, "recipient-removed"),
    ("recipient added", None, section("recipient", name="A", role="processor"), MATERIAL, "recipient-added"),
    ("processor becomes controller", section("recipient", name="A", role="processor"),
     section("recipient", name="A", role="controller"), MATERIAL, "recipient-role-controller"),
    ("controller becomes processor", section("recipient", name="A", role="controller"),
     section("recipient", name="A", role="processor"), BENEFIT, "recipient-role-processor"),
    ("recipient abroad", section("recipient", name="A", country="SE"), section("recipient", name="A", country="IN"),
     MATERIAL, "new-country"),
    ("recipient home", section("recipient", name="A", country="US"), section("recipient", name="A", country="SE"),
     BENEFIT, "recipient-country-eea"),
    ("recipient within the EEA", section("recipient", name="A", country="SE"),
     section("recipient", name="A", country="DE"), MINOR, "recipient-country"),
    ("condition gone", section("recipient", name="A", condition="efter samtycke"), section("recipient", name="A"),
     MATERIAL, "recipient-condition-gone"),
    ("recipient for more", section("recipient", name="A", purpose="drift"),
     section("recipient", name="A", purpose="annonsering i sociala medier"), MATERIAL, "prose-processing"),
    ("out of the EEA", section("transfers", place="eea"), section("transfers", place="outside"),
     MATERIAL, "place-outside"),
    ("back into the EEA", section("transfers", place="outside"), section("transfers", place="eea"),
     BENEFIT, "place-inside"),
    ("first transfer", None, section("transfer", country="US", mechanism="art45_adequacy"), MATERIAL, "new-country"),
    ("transfer ended", section("transfer", country="US"), None, BENEFIT, "transfer-ended"),
    ("weaker safeguard", section("transfer", country="US", mechanism="art45_adequacy"),
     section("transfer", country="US", mechanism="art49_derogation"), MATERIAL, "safeguard-weaker"),
    ("stronger safeguard", section("transfer", country="US", mechanism="art49_derogation"),
     section("transfer", country="US", mechanism="art46_2_c_scc"), MINOR, "safeguard"),
    # How long
    ("kept longer", section("retention", duration="P24M"), section("retention", duration="P36M"),
     MATERIAL, "retention-longer"),
    ("kept shorter", section("retention", duration="P24M"), section("retention", duration="P1Y"),
     BENEFIT, "retention-shorter"),
    ("own content shorter", section("retention", duration="P24M", applies_to="bilder i ditt konto"),
     section("retention", duration="P1Y", applies_to="bilder i ditt konto"), MINOR, "retention-content-shorter"),
    ("kept the same time", section("retention", duration="P24M"), section("retention", duration="P2Y"),
     EDITORIAL, "retention-same"),
    ("about a month", section("retention", duration="P1M"), section("retention", duration="P30D"),
     MINOR, "retention-duration"),
    ("at most gone", section("retention", duration="P24M", at_most=True), section("retention", duration="P24M"),
     MATERIAL, "at-most-gone"),
    ("at most", section("retention", duration="P24M"), section("retention", duration="P24M", at_most=True),
     BENEFIT, "at-most"),
    ("counted from later", section("retention", duration="P24M", starts="köpet"),
     section("retention", duration="P24M", starts="den senaste inloggningen"), MATERIAL, "prose-fewer"),
    ("no period any more", section("retention", duration="P24M", id="r"), None, MATERIAL, "retention-unstated"),
    ("period stated", None, section("retention", duration="P24M"), MINOR, "retention-stated"),
    # Rights
    ("right added", None, section("right", right="portability"), BENEFIT, "right-added"),
    ("right removed", section("right", right="portability"), None, MATERIAL, "right-removed"),
    ("right limited", section("right", right="erasure"),
     section("right", right="erasure", limits="<p>Inte i tvist.</p>"),
     MATERIAL, "limits"),
    ("limit lifted", section("right", right="erasure", limits="<p>Inte i tvist.</p>"),
     section("right", right="erasure"),
     BENEFIT, "limits-gone"),
    ("right explained", section("right", right="access"),
     section("right", right="access", explanation="<p>Du får veta vilka uppgifter vi har om dig.</p>"),
     MINOR, "prose-stated"),
    ("another route", section("right", right="access", email="security@example.org"),
     section("right", right="access", email="privacy@example.org"), MATERIAL, "route"),
    ("slower answers", section("rights", response_time="P30D"), section("rights", response_time="P90D"),
     MATERIAL, "answer-slower"),
    ("faster answers", section("rights", response_time="P30D"), section("rights", response_time="P14D"),
     BENEFIT, "answer-faster"),
    ("a fee", section("rights", free=True), section("rights"), MATERIAL, "free-gone"),
    ("identification", section("rights"), section("rights", identification_required=True), MATERIAL, "hurdle"),
    ("no identification", section("rights", identification_required=True), section("rights"), BENEFIT, "hurdle-gone"),
    ("another authority", section("complaint", authority="SE"), section("complaint", authority="FI"),
     MINOR, "authority"),
    ("choice removed", section("choice", choice="marketing"), None, MATERIAL, "right-removed"),
    ("commitment added", None, section("commitment", commitment="no_sale"), BENEFIT, "commitment-added"),
    ("commitment removed", section("commitment", commitment="no_sale"), None, MATERIAL, "commitment-removed"),
    ("commitment weakened", section("commitment", commitment="other", statement=PROMISE),
     section("commitment", commitment="other", statement="Vi säljer sällan uppgifter."), MATERIAL, "prose-negation"),
    # The rest
    ("source added", None, section("source", name="Ett kreditupplysningsföretag"), MATERIAL, "source-added"),
    ("decisions by machine", section("automated_decisions", in_use="no"), section("automated_decisions", in_use="yes"),
     MATERIAL, "automated-decisions"),
    ("no decisions by machine", section("automated_decisions", in_use="yes"),
     section("automated_decisions", in_use="no"), BENEFIT, "no-automated-decisions"),
    ("another logic", section("automated_decisions", in_use="yes", logic="<p>Inkomst.</p>"),
     section("automated_decisions", in_use="yes", logic="<p>Postnummer och ålder.</p>"),
     MATERIAL, "prose-more"),
    ("AI used", None, section("ai_use", description="<p>Svar.</p>", training="no"), MATERIAL, "ai-use"),
    ("AI no longer used", section("ai_use", description="<p>Svar.</p>"), None, BENEFIT, "ai-use-ended"),
    ("training", section("ai_use", training="no"), section("ai_use", training="yes"), MATERIAL, "ai-training"),
    ("no longer denied", section("ai_use", training="no"), section("ai_use"), MATERIAL, "ai-training"),
    ("no training", section("ai_use", training="yes"), section("ai_use", training="no"), BENEFIT, "no-ai-training"),
    ("another AI", section("ai_use", provider="A"), section("ai_use", provider="B"), MATERIAL, "ai-provider"),
    ("AI on more data", section("ai_use", data="frågor"), section("ai_use", data="frågor och journaler"),
     MATERIAL, "prose-more"),
    ("AI promise", None, section("commitment", commitment="no_ai_training"), BENEFIT, "commitment-added"),
    ("AI promise gone", section("commitment", commitment="no_ai_training"), None, MATERIAL, "commitment-removed"),
    ("necessary cookie", None, section("cookie", name="sid", need="necessary"), MINOR, "cookie-added"),
    ("first marketing cookie", None, section("cookie", name="ad", need="marketing"), MATERIAL, "cookie-new-party"),
    ("cookie stays longer", section("cookie", name="a", need="statistics", duration="P1Y"),
     section("cookie", name="a", need="statistics", duration="P2Y"), MINOR, "cookie"),
    ("cookie gone", section("cookie", name="ad", need="marketing"), None, BENEFIT, "cookie-removed"),
    ("security", section("security", description="<p>Vi krypterar.</p>"),
     section("security", description="<p>Vi låser dörren.</p>"), MINOR, "prose-explained"),
    ("age limit", section("children", age_limit=16), section("children", age_limit=13), MATERIAL, "children"),
    ("shorter notice", section("change_notice", notice_period=30), section("change_notice", notice_period=14),
     MATERIAL, "notice-shorter"),
    ("longer notice", section("change_notice", notice_period=14), section("change_notice", notice_period=30),
     BENEFIT, "notice-longer"),
    ("history", None, section("history_entry", date="2018-05", description="<p>Ny policy.</p>"), EDITORIAL, "history"),
    ("heading", section("text", heading="Kakor", body="<p>x</p>"), section("text", heading="Om kakor", body="<p>x</p>"),
     EDITORIAL, "heading"),
    ("heading that denies", section("text", heading="Vad vi delar", body="<p>x</p>"),
     section("text", heading="Vad vi inte delar", body="<p>x</p>"), MINOR, "prose-heading"),
    ("another block", section("other", block="image", value='{"image":1}'),
     section("other", block="image", value='{"image":2}'), MATERIAL, "other"),
    # Free text
    ("text added", None, section("text", body="<p>Vi arbetar med partner.</p>"), MATERIAL, "prose-unclear"),
    ("promise added", None, section("text", body=f"<p>{PROMISE}</p>"), BENEFIT, "prose-promise"),
    ("text with a period removed", section("text", body="<p>Vi sparar loggar i 30 dagar.</p>"), None,
     MATERIAL, "prose-period-gone"),
    ("empty words removed", section("text", body="<p>Det här är viktigt för oss.</p>"), None,
     MINOR, "prose-no-practice"),
    ("markup", section("text", body="<p>Vi lyder lagen.</p>"), section("text", body="<p>Vi <b>lyder</b> lagen!</p>"),
     EDITORIAL, "prose-same"),
    ("other words", section("text", body="<p>Det här är viktigt för oss.</p>"),
     section("text", body="<p>Det här betyder mycket för oss.</p>"), EDITORIAL, "prose-same"),
    ("other number", section("text", body="<p>Vi svarar inom 10 dagar.</p>"),
     section("text", body="<p>Vi svarar inom 20 dagar.</p>"), MATERIAL, "prose-longer"),
    ("another link", section("text", body='<p><a href="/a">Läs</a></p>'),
     section("text", body='<p><a href="/b">Läs</a></p>'), MINOR, "prose-link"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "materiality", "rule"), ONE_CHANGE, ids=[row[0] for row in ONE_CHANGE])
def test_one_change_has_its_class_and_its_reason(
    name: str, old: Section | None, new: Section | None, materiality: Materiality, rule: str
) -> None:
    assert verdict(policy(old), policy(new)) == (materiality, [rule])


def test_a_rule_has_an_id_of_its_own_a_source_and_a_reason() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.source and str(rule.reason).endswith(".") for rule in RULES)


def test_a_named_recipient_of_a_known_category_and_country_is_minor_unless_it_decides_itself() -> None:
    known = section("recipient", category="Driftleverantörer", name="A", role="processor", country="SE", id="a")
    another = section("recipient", category="Driftleverantörer", name="B", role="processor", country="SE", id="b")
    assert verdict(policy(known), policy(known, another)) == (MINOR, ["recipient-named"])
    itself = section("recipient", category="Driftleverantörer", name="B", role="controller", country="SE", id="b")
    assert verdict(policy(known), policy(known, itself)) == (MATERIAL, ["recipient-added"])


def test_a_category_in_the_list_that_a_purpose_used_already_is_minor() -> None:
    uses = purpose(section("data_category", name="Adress", id="used"))
    old = policy(uses, section("data_categories", id="list"))
    listed = section("data_categories", section("data_category", name="Adress", id="listed"), id="list")
    assert verdict(old, policy(uses, listed)) == (MINOR, ["data-listed"])


def test_a_category_that_moves_to_another_purpose_is_used_for_something_new() -> None:
    address = section("data_category", name="Adress", id="address")
    first, second = purpose(id="first"), purpose(id="second", title="Leverans")
    old = policy(purpose(address, id="first"), second)
    new = policy(first, purpose(address, id="second", title="Leverans"))
    assert verdict(old, new)[0] is MATERIAL


def test_a_fixed_period_that_becomes_criteria_is_material_and_the_other_way_a_benefit() -> None:
    fixed = section("retention", duration="P24M")
    open_ended = section("retention", criteria="<p>Så länge vi behöver uppgifterna.</p>")
    assert verdict(policy(fixed), policy(open_ended))[0] is MATERIAL
    assert verdict(policy(open_ended), policy(fixed))[0] is MINOR  # the criteria are gone, which is no benefit
    assert "retention-fixed" in verdict(policy(open_ended), policy(fixed))[1]


def test_a_longest_period_that_becomes_a_shorter_fixed_one_is_a_benefit() -> None:
    old = section("retention", duration="P24M", at_most=True)
    assert verdict(policy(old), policy(section("retention", duration="P12M")))[0] is BENEFIT
    assert verdict(policy(old), policy(section("retention", duration="P36M")))[0] is MATERIAL


def test_a_period_that_takes_the_place_of_a_shorter_one_is_material() -> None:
    short = section("retention", duration="P12M", applies_to="loggar", id="a")
    long = section("retention", duration="P24M", applies_to="helt andra slags uppgifter", id="b")
    old, new = section("retention_periods", short), section("retention_periods", long)
    assert verdict(policy(old), policy(new))[0] is MATERIAL


def test_an_added_list_weighs_as_much_as_what_it_holds() -> None:
    cookies = section("cookies", section("cookie", name="sid", need="necessary"))
    assert verdict(policy(), policy(cookies)) == (MINOR, ["contents"])
    tracked = section("cookies", section("cookie", name="ad", need="marketing"))
    assert verdict(policy(), policy(tracked)) == (MATERIAL, ["contents"])
    assert verdict(policy(cookies), policy()) == (BENEFIT, ["contents"])
    assert verdict(policy(), policy(section("cookies"))) == (EDITORIAL, ["contents"])


def test_a_service_weighs_as_much_as_what_it_holds() -> None:
    app = section("service", purpose(), title="Appen", id="app")
    assert verdict(policy(), policy(app)) == (MATERIAL, ["contents"])
    assert verdict(policy(app), policy()) == (BENEFIT, ["contents"])
    assert verdict(policy(section("service", title="Appen", id="app")), policy(app)) == (MATERIAL, ["purpose-added"])


def test_a_mere_reorder_is_editorial() -> None:
    a, b = section("text", id="a", body="<p>Ett.</p>"), section("text", id="b", body="<p>Annat.</p>")
    assert verdict(policy(a, b), policy(b, a))[0] is EDITORIAL


def test_a_text_that_only_repeats_states_nothing_new() -> None:
    said = section("text", id="a", body=f"<p>{KEPT}</p><p>Och mer därtill.</p>")
    again = section("text", id="b", heading="Kort sagt", body=f"<p>{KEPT}</p>")
    assert verdict(policy(said), policy(said, again)) == (EDITORIAL, ["prose-same"])


def test_a_commitment_that_stands_elsewhere_is_not_gone() -> None:
    one = section("commitment", commitment="no_sale", id="a")
    two = section("commitment", commitment="no_sale", statement=PROMISE, id="b")
    assert verdict(policy(one, two), policy(two))[1] == ["commitment-kept"]


def test_equal_snapshots_have_no_class() -> None:
    same = policy(purpose())
    assert verdict(same, same) == (None, [])


def test_what_no_rule_knows_is_material() -> None:
    unknown = Change("changed", (Reference("sent_by_pigeon", "x"),), "wings", old=1, new=2)
    (weighed,) = weigh([unknown], policy(), policy())
    assert (weighed.materiality, weighed.rule) == (MATERIAL, "unknown")
    assert weigh([unknown], policy(), policy(), rules=())[0].materiality is MATERIAL


def test_a_site_puts_its_own_rule_first() -> None:
    def always_minor(change: Change, context: Context) -> Materiality | None:
        return MINOR if change.path[-1].kind == "purpose" else None

    mine = Rule("mine", "our lawyer", "We tell people by letter.", always_minor)
    old, new = policy(), policy(purpose())
    (weighed,) = weigh(compare(old, new), old, new, rules=(mine, *RULES))
    assert (weighed.materiality, weighed.rule) == (MINOR, "mine")
    assert rule_of("mine", (mine, *RULES)) is mine
    assert rule_of("gone") is None


@pytest.mark.parametrize(
    ("language", "old", "new", "materiality"),
    [
        ("sv", "Vi delar uppgifter med myndigheter.", "Vi får dela uppgifter med myndigheter.", MATERIAL),
        ("sv", "Vi lämnar inte ut uppgifter.", "Vi lämnar ut uppgifter.", MATERIAL),
        ("sv", "Vi skall svara dig.", "Vi ska svara dig.", EDITORIAL),
        ("sv", "Det kostar 100 kronor.", "Det kostar 100 euro.", MATERIAL),
        ("sv", "Servrarna står i Sverige.", "Servrarna står i Indien.", MATERIAL),
        ("sv", "Vi svarar inom två veckor.", "Vi svarar inom tre veckor.", MATERIAL),
        ("en", "We may log visits.", "We log visits.", MATERIAL),
        ("en", "We do not log visits.", "We don’t log visits.", EDITORIAL),
        ("en", "Our servers recieve your visit.", "Our servers receive your visit.", EDITORIAL),
        ("en", "Write to security@example.org.", "Write to privacy@example.org.", MATERIAL),
        ("en", "That is legal here.", "That is illegal here.", MATERIAL),
        ("en", "It is kept for thirty days.", "It is kept for sixty days.", MATERIAL),
        ("fi", "Emme luovuta tietoja.", "Luovutamme tietoja.", MATERIAL),
        ("fi", "Vastaamme pian kysymykseesi.", "Vastaamme pian kysymyksesi.", EDITORIAL),
        ("nb", "Vi deler ikke opplysninger.", "Vi deler opplysninger.", MATERIAL),
        ("nb", "Vi svarer deg raskt i dag.", "I dag svarer vi deg raskt.", EDITORIAL),
        ("da", "Vi må gemme svaret.", "Vi gemmer svaret.", MATERIAL),
        ("da", "Serverne står i Danmark.", "Serverne står i USA.", MATERIAL),
        ("de", "Wir geben nichts an Dritte weiter.", "Wir geben es weiter.", MATERIAL),
        ("de", "Wir antworten inerhalb der Woche.", "Wir antworten innerhalb der Woche.", EDITORIAL),
        ("xx", "We may ask.", "We ask.", MATERIAL),
    ],
)
def test_prose_is_read_in_six_languages(language: str, old: str, new: str, materiality: Materiality) -> None:
    before = policy(section("text", body=f"<p>{old}</p>"), language=language)
    after = policy(section("text", body=f"<p>{new}</p>"), language=language)
    assert verdict(before, after)[0] is materiality


@pytest.mark.parametrize("body", ["a " * 50_000, "<b>" * 20_000, "! " * 20_000, "\u200b" * 1000, "שלום 👩‍👩‍👧 " * 500])
def test_a_hostile_text_is_weighed_all_the_same(body: str) -> None:
    old, new = policy(section("text", body="<p>Vi svarar.</p>")), policy(section("text", body=body))
    assert verdict(old, new)[0] in Materiality


def test_a_word_without_end_is_weighed_in_time() -> None:
    """Not in the square of its length: this would take minutes."""
    old, new = (policy(section("text", body=f"<p>{'a' * 100_000}{end}</p>")) for end in "bc")
    assert verdict(old, new)[0] in Materiality


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("sv", "Statistik", "Statistik och marknadsundersökningar"),
        ("en", "Deliver your order", "Deliver your order and advertise"),
        ("fi", "Tilastot", "Tilastot ja markkinatutkimus"),
        ("nb", "Statistikk", "Statistikk og kredittvurdering"),
        ("da", "Statistik", "Statistik og reklame"),
        ("de", "Statistik", "Statistik und Werbung"),
    ],
)
def test_a_purpose_whose_name_says_more_is_not_only_renamed(language: str, old: str, new: str) -> None:
    described = "<p>Ledger 7.</p>"
    before, after = (Snapshot(language, "P", (purpose(title=title, description=described),)) for title in (old, new))
    (there,), (back,) = weigh(compare(before, after), before, after), weigh(compare(after, before), after, before)
    assert (there.materiality, back.materiality) == (MATERIAL, MINOR)
