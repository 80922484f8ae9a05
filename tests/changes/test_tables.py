"""Tables are compared row by row, and a row weighs as much as its words."""

from __future__ import annotations

from django.utils.translation import override

from wagtail_privacy.changes.change import Change
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.materiality import weigh
from wagtail_privacy.changes.rules import RULES
from wagtail_privacy.changes.sentences import sentence
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot


def row(id: str, *cells: str) -> Section:
    texts = {f"cell_{n}": f"<p>{cell}</p>" for n, cell in enumerate(cells, 1) if cell}
    return Section("table_row", id, texts=texts)


def policy(*rows: Section, head: tuple[str, ...] = ("Data", "Kept for")) -> Snapshot:
    columns = Section("table_head", "t/columns", texts={f"cell_{n}": cell for n, cell in enumerate(head, 1)})
    return Snapshot("en", "P", (Section("table", "t", texts={"heading": "Periods"}, children=(columns, *rows)),))


LOGS = row("1", "Server logs", "We keep them for 12 months.")
ACCOUNT = row("2", "Your account", "We keep it for 24 months.")


def weighed(old: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    return weigh(compare(old, new), old, new, RULES)


def test_a_longer_period_in_a_cell_is_a_change_of_that_row_alone() -> None:
    (change,) = weighed(policy(LOGS, ACCOUNT), policy(LOGS, row("2", "Your account", "We keep it for 36 months.")))
    assert (change.path[-1].kind, change.field, change.rule) == ("table_row", "cell_2", "prose-longer")
    assert change.materiality == "material"
    with override("en"):
        assert "row “Your account”" in sentence(change)


def test_rows_are_found_again_by_their_words_whatever_their_ids() -> None:
    assert compare(policy(LOGS, ACCOUNT), policy(row("8", "Server logs", "We keep them for 12 months."), ACCOUNT)) == ()
    (change,) = compare(policy(LOGS, ACCOUNT), policy(row("8", "Server logs", "We keep them for 6 months."), ACCOUNT))
    assert (change.kind, change.field) == ("changed", "cell_2")


def test_a_row_that_comes_or_goes_is_weighed_by_what_it_says() -> None:
    shared = row("3", "Your e-mail address", "We share it with advertisers.")
    (came,) = weighed(policy(LOGS), policy(LOGS, shared))
    assert (came.kind, came.materiality) == ("added", "material")
    assert came.rule.startswith("prose-")


def test_a_table_weighs_as_much_as_its_rows() -> None:
    empty = Snapshot("en", "P", ())
    (came,) = weighed(empty, policy(row("3", "Your e-mail address", "We share it with advertisers.")))
    assert (came.kind, came.rule, came.materiality) == ("added", "contents", "material")


def test_another_heading_of_a_column_is_a_change_of_the_headings() -> None:
    (change,) = weighed(policy(LOGS), policy(LOGS, head=("Data", "Stored for")))
    assert (change.path[-1].kind, change.old, change.new) == ("table_head", "Kept for", "Stored for")
    with override("en"):
        assert sentence(change) == "A column heading of a table changes from “Kept for” to “Stored for”."


def test_the_headings_of_a_new_table_weigh_nothing_beside_its_rows() -> None:
    (came,) = weighed(Snapshot("en", "P", ()), policy(row("1", "You can write to us.", "We answer within 30 days.")))
    plain = Section("table_row", "1", texts={"cell_1": "<p>You can write to us.</p>"})
    (alone,) = weighed(Snapshot("en", "P", ()), policy(plain, head=()))
    (headed,) = weighed(Snapshot("en", "P", ()), policy(plain, head=("Xyzzy", "Plugh")))
    assert came.rule == "contents"
    assert alone.materiality == headed.materiality
