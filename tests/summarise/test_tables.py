"""Every declared table is there in its declared columns, and roll-ups say what they should."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from pipeline.ingest import people
from pipeline.model import Summary
from pipeline.summarise import coded
from pipeline.summarise.layout import Desk, LazyTables, laid_out
from pipeline.summarise.listings import contradictions
from pipeline.summarise.scope import View
from pipeline.summarise.tables import TABLES

Summarise = Callable[..., Summary]
T = pd.Timestamp
MONTHLY = {"kind": "operation", "cadence": "monthly", "effort_unit": "hours", "effort_per": "occurrence"}
RICH = [
    {"id": "P1", "title": "Upgrade", "department": "IT Services", "team": "Blue", "accountable": "Ana", "responsible": "Ana; Bo",
     "start": T("2026-10-01"), "finish": T("2026-10-30"), "effort": 44.0, "effort_unit": "hours", "status": "Active"},
    {"id": "O1", "title": "Payroll", "department": "Finance", "responsible": "Bo", "effort": 200.0, "review": True, **MONTHLY},
    {"id": "O2", "title": "Audit", "department": "finance ", "effort": 8.0, "contradiction": "It says both.", **MONTHLY},
    {"id": "U1", "title": "Mixed", "kind": "mixed", "department": "Finance", "accountable": "Cy"},
]  # fmt: skip
PEOPLE = [
    {"name": "Ana", "department": "IT Services", "team": "Blue", "weekly_hours": 37.5},
    {"name": "Bo", "department": "Finance", "manager": "Cy", "weekly_hours": 37.5},
    {"name": "Eve", "department": "Finance"},
]
KINDS = {
    "item": "int64", "date": "datetime64[s]", "month": "datetime64[s]", "hours": "float64", "share": "float64",
    "number": "float64", "probability": "float64", "flag": "bool", "count": ("int64", "float64"),
}  # fmt: skip


@pytest.mark.parametrize("rows", [RICH, []], ids=["rich", "empty"])
def test_every_table_has_exactly_its_declared_columns_and_kinds(summary: Summarise, rows: list[dict[str, object]]):
    tables = summary(rows, PEOPLE if rows else []).tables
    assert set(tables) == {table.id for table in TABLES}
    for table in TABLES:
        frame = tables[table.id]
        assert list(frame.columns) == [column.id for column in table.columns], table.id
        assert frame.index.tolist() == list(range(len(frame)))
        for column in table.columns:
            assert str(frame[column.id].dtype) in KINDS.get(column.kind, "string"), (table.id, column.id)


def test_departments_are_one_whatever_their_spelling_and_carry_what_their_people_do(summary: Summarise):
    table = summary(RICH, PEOPLE).tables["departments"].set_index("department")
    assert table.index.tolist() == ["Finance", "IT Services"]
    assert table.loc["Finance", ["people", "operations", "undecided", "unknown_effort"]].tolist() == [3, 2, 1, 2]
    assert table.loc["Finance", ["run_hours", "change_hours"]].tolist() == [208.0, 22.0]  # Bo's half of P1, and O2
    assert table.loc["Finance", "load"] == pytest.approx(230 / (3 * 165))  # Bo, Eve, and Cy at an assumed full time
    assert table.loc["IT Services", "run_share"] == 0.0


def test_over_and_free_hours_are_never_netted(summary: Summarise):
    people = summary(RICH, PEOPLE).tables["people"].set_index("person")
    assert people.loc["Bo", ["hours", "capacity_hours", "over_hours", "free_hours"]].tolist() == [
        222.0,
        165.0,
        57.0,
        0.0,
    ]
    assert people.loc["Eve", ["hours", "over_hours", "free_hours", "load"]].tolist() == [0.0, 0.0, 165.0, 0.0]
    assert people.loc["Cy", "unknown_effort"] == 1
    assert people.index.tolist() == ["Bo", "Ana", "Eve", "Cy", ""]


def test_months_show_the_set_window_and_which_of_it_is_forecast(summary: Summarise):
    months = summary(RICH, PEOPLE, months_before=1, months_after=2).tables["months"]
    assert [f"{month:%Y-%m}" for month in months["month"]] == ["2026-09", "2026-10", "2026-11", "2026-12"]
    assert months["forecast"].tolist() == [False, False, True, True]


def test_figures_are_those_of_the_tables_with_the_items_behind(summary: Summarise):
    found = summary(RICH, PEOPLE)
    values = {id: (figure.value, figure.of, figure.items) for id, figure in found.figures.items()}
    assert values["active_projects"] == (1, None, (0,))
    assert values["operations"] == (2, None, (1, 2))
    assert values["undecided"] == (1, None, (3,))
    assert values["overdue_projects"] == (1, 1, (0,))
    assert values["people_over"] == (1, 4, (0, 1))
    assert values["review_rows"] == (1, 4, (1,))
    assert values["unknown_effort"] == (2, 4, (0, 3))  # P1 is past its finish, and nothing says what remains
    assert values["unowned"] == (3, 4, (1, 2, 3))
    assert values["hours"][0] == 252.0
    assert values["run_share"][0] == pytest.approx(208 / 252)
    assert values["load"][0] == pytest.approx(252 / (4 * 165))
    assert values["cells_filled"] == (pytest.approx(1 - 2 / 16), 16, (2, 3))


def test_figures_without_a_whole_are_not_applicable(summary: Summarise):
    figures = summary([]).figures
    assert [figures[id].value for id in ("load", "run_share", "cells_filled")] == [None, None, None]
    assert figures["hours"].value == 0


def test_a_department_has_its_items_and_all_hours_of_its_people(summary: Summarise):
    finance = summary(RICH, PEOPLE, scope="Finance")
    assert finance.tables["register"]["id"].tolist() == ["O1", "O2", "U1"]
    assert finance.tables["people"]["person"].tolist() == ["Bo", "Eve", "Cy", ""]
    assert finance.figures["hours"].value == 230.0
    assert set(finance.tables["allocations"]["id"]) == {"P1", "O1", "O2"}
    assert any("wherever they work" in sentence for sentence in finance.assumptions)
    whole = summary(RICH, PEOPLE).tables["departments"]
    pd.testing.assert_frame_equal(finance.tables["departments"], whole.iloc[[0]])


def test_responsibility_counts_each_item_once_a_person(summary: Summarise):
    table = summary(RICH, PEOPLE).tables["responsibility"].set_index("person")
    assert table.loc["Bo"].tolist() == ["Finance", 0, 0, 1, 1, 2]
    assert table.loc["Ana"].tolist() == ["IT Services", 1, 0, 1, 0, 1]
    assert table.loc["Cy", "items"] == 1


def test_unowned_says_what_is_missing(summary: Summarise):
    table = summary(RICH, PEOPLE).tables["unowned"]
    assert dict(zip(table["id"], table["missing"], strict=True)) == {
        "O1": "Nobody accountable", "O2": "Nobody at all", "U1": "Nobody responsible",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ([{"id": "A", "accountable": "Ana"}, {"id": "B"}], {"B": "Nobody at all"}),
        ([{"id": "A", "responsible": "Ana"}, {"id": "B", "team": "Blue"}], {"B": "Nobody at all"}),
        ([{"id": "A", "team": "Blue"}, {"id": "B"}], {"B": "Nobody at all"}),
        ([{"id": "A", "accountable": "Cy", "responsible": "Bo", "status": "Closed"}, {"id": "B", "responsible": "Bo"}],
         {"B": "Nobody accountable"}),
    ],
    ids=["only accountable", "only responsible", "only teams", "a closed item shows that the column is kept"],
)  # fmt: skip
def test_a_role_the_sheet_does_not_keep_is_not_missed(
    summary: Summarise, rows: list[dict[str, object]], missing: dict[str, str]
):
    found = summary(rows)
    table = found.tables["unowned"]
    assert dict(zip(table["id"], table["missing"], strict=True)) == missing
    assert found.figures["unowned"].value == len(missing)
    asked = found.tables["decisions"]["decision"].str.contains("accountable person for B").sum()
    assert asked == 1


def test_every_count_of_rows_to_review_is_the_same_and_leaves_closed_ones_out(summary: Summarise):
    rows = [
        {"id": at, "review": True, "status": status} for at, status in zip("ABC", ["", "Closed", "Active"], strict=True)
    ]
    found = summary([*rows, {"id": "D"}, {"id": "E", "kind": "undecided"}, {"id": "F", "kind": "mixed"}])
    figure, register = found.figures["review_rows"], found.tables["register"]
    assert (figure.value, figure.of, figure.items) == (2, 5, (0, 2))
    assert found.tables["review"]["id"].tolist() == register.loc[register["review"], "id"].tolist() == ["A", "C"]
    assert (found.figures["undecided"].title, found.figures["undecided"].value) == ("Undecided or mixed", 2)


def test_a_deputy_who_is_the_accountable_person_is_shown(summary: Summarise):
    found = summary([{"id": "A", "kind": "operation", "accountable": "Ana", "deputy": "Ana"}])
    assert found.tables["operations"]["deputy"].tolist() == ["Ana"]


def test_one_person_under_an_alias_or_an_address_is_one(summary: Summarise):
    rows = [
        {"title": name, "owner": name, "effort": 1.0, **MONTHLY} for name in ("ANA  SILVA", "Ana S.", "ana@example.org")
    ]
    people = [{"name": "Ana Silva", "aliases": "Ana S.; A. Silva", "email": "ana@example.org"}]
    assert summary(rows, people).tables["people"][["person", "hours"]].to_numpy().tolist() == [["Ana Silva", 3.0]]


def test_an_alias_of_two_people_stands_for_neither(summary: Summarise):
    people = [{"name": "Ana Silva", "aliases": "Silva"}, {"name": "Bo Silva", "aliases": "Silva"}]
    found = summary([{"title": "A", "owner": "Silva", "effort": 1.0, **MONTHLY}], people)
    assert found.tables["people"]["person"].tolist() == ["Silva", "Ana Silva", "Bo Silva"]


def test_main_reason_and_strongest_evidence_are_sentences(summary: Summarise):
    found = summary(RICH, PEOPLE)
    assert found.tables["projects"]["reason"].tolist() == ["It has a finish."]
    assert found.tables["review"]["reasons_for"].tolist() == ["Finish '30 Nov' (+1.2)"]
    assert found.tables["contradictions"][["id", "what"]].to_numpy().tolist() == [["O2", "It says both."]]


MONTHS = pd.DataFrame({column.id: [] for table in TABLES if table.id == "months" for column in table.columns})


def test_tables_of_one_part_at_a_time_are_kept():
    desk = Desk()
    one, other = (LazyTables({"months": lambda: MONTHS}, desk) for _ in range(2))
    first = one["months"]
    assert one["months"] is first
    assert other["months"] is not first
    assert one["months"] is not first
    pd.testing.assert_frame_equal(one["months"], first)
    alone = LazyTables({"months": lambda: MONTHS})
    kept = alone["months"]
    assert one["months"] is not kept
    assert alone["months"] is kept


def test_what_is_only_shown_of_an_item_is_taken_from_the_items(view: Callable[..., View]):
    one = view([{**row, "type": f"type of {row['id']}"} for row in RICH])
    found = contradictions(one).drop(columns=["type"])
    assert "type" not in one.active
    assert laid_out("contradictions", found, one.work.items)["type"].tolist() == ["type of O2"]
    with pytest.raises(KeyError):
        laid_out("contradictions", found)


def test_a_departments_register_is_the_organisations_rows_of_it(summary: Summarise):
    whole, own = (summary(RICH, PEOPLE, scope=scope).tables["register"] for scope in ("", "Finance"))
    cut = whole[whole["department"] == "Finance"].reset_index(drop=True)
    pd.testing.assert_frame_equal(own, cut, check_exact=True)


def test_what_is_shown_of_an_item_is_never_that_of_another(view: Callable[..., View]):
    one = view(RICH, PEOPLE)
    found = contradictions(one)
    with pytest.raises(KeyError, match="-1"):
        laid_out("contradictions", found.drop(columns="type", errors="ignore").assign(item=-1), one.work.items)
    with pytest.raises(KeyError, match="title"):
        laid_out("contradictions", found.drop(columns="title"), one.work.items)


def test_a_table_that_was_let_go_is_made_anew_and_equal(summary: Summarise):
    tables = summary(RICH, PEOPLE).tables
    assert isinstance(tables, LazyTables)
    first = tables["measures"]
    assert tables["measures"] is first
    tables.let_go("measures")
    again = tables["measures"]
    assert again is not first
    pd.testing.assert_frame_equal(again, first)


def test_every_role_of_a_register_has_a_number():
    assert set(coded.ROLES) == set(people.ROLES)
