"""Faults of responsibility, single points of failure and the load wave, on examples worked by hand."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pipeline.model import Summary

Summarise = Callable[..., Summary]
T = pd.Timestamp
OPERATION = {
    "kind": "operation",
    "cadence": "monthly",
    "effort": 10.0,
    "effort_unit": "hours",
    "effort_per": "occurrence",
}


def faults(summary: Summary) -> list[tuple[str, str, str]]:
    table = summary.tables["faults"]
    return list(table[["id", "fault", "person"]].itertuples(index=False, name=None))


def test_each_fault_names_the_item_and_whom_it_concerns(summary: Summarise):
    found = summary(
        [
            {"id": "A1", "accountable": "Ana", "responsible": "Bo"},
            {"id": "A2", "accountable": "Ana; Bo", "responsible": "Bo"},
            {"id": "A3", "accountable": "Ana; Bo; Cy; Dee", "responsible": "Bo"},
            {"id": "A4", "responsible": "Bo"},
            {"id": "A5", "accountable": "Old", "responsible": "Bo"},
            {"id": "A6", "accountable": "Ana", "responsible": "Old"},
            {"id": "A7", "accountable": "Ana", "responsible": "Bo", "consulted": "C; D; E; F; G; H"},
            {"id": "A8", "accountable": "Ana; Bo", "responsible": "Bo", "status": "Closed"},
        ],
        [{"name": "Old", "finish": T("2026-09-30")}, {"name": "Ana", "finish": T("2026-10-31")}],
    )
    assert faults(found) == [
        ("A4", "Nobody accountable", ""),
        ("A2", "Several accountable", "Ana; Bo"),
        ("A3", "Everybody accountable", "Ana; Bo; Cy; Dee"),
        ("A7", "Many consulted", "C; D; E; F; G; H"),
        ("A5", "Accountable has left", "Old"),
        ("A6", "Responsible has left", "Old"),
        ("A2", "Accountable not on the People sheet", "Bo"),
        ("A3", "Accountable not on the People sheet", "Bo; Cy; Dee"),
    ]


def test_one_person_in_two_spellings_is_not_several(summary: Summarise):
    assert faults(summary([{"id": "A1", "accountable": "Ana; ANA", "responsible": "Bo"}])) == []


def test_an_operation_hangs_on_one_person_without_a_deputy(summary: Summarise):
    found = summary(
        [
            {"id": "O1", "accountable": "Ana", "responsible": "Bo", **OPERATION},
            {"id": "O2", "accountable": "Ana", "responsible": "Bo; Cy", **OPERATION},
            {"id": "O3", "accountable": "Ana", "responsible": "Bo", "deputy": "Cy", **OPERATION},
            {"id": "O4", "accountable": "Ana", "responsible": "Bo", "deputy": "Bo", **OPERATION},
            {"id": "O5", "accountable": "Ana", **OPERATION},
            {"id": "O6", **OPERATION},
            {"id": "P1", "accountable": "Ana", "responsible": "Bo"},
        ]
    ).tables["single_points"]
    assert dict(zip(found["id"], found["person"], strict=True)) == {"O1": "Bo", "O4": "Bo", "O5": "Ana"}


def test_who_has_left_neither_shares_an_operation_nor_deputises(summary: Summarise):
    found = summary(
        [
            {"id": "O1", "accountable": "Ana", "responsible": "Ana; Di", **OPERATION},
            {"id": "O2", "accountable": "Ana", "responsible": "Ana", "deputy": "Di", **OPERATION},
            {"id": "O3", "accountable": "Ana", "responsible": "Ana", "deputy": "Bo", **OPERATION},
        ],
        [{"name": "Ana"}, {"name": "Bo"}, {"name": "Di", "finish": T("2026-09-30")}],
    )
    alone = found.tables["single_points"]
    assert dict(zip(alone["id"], alone["person"], strict=True)) == {"O1": "Ana", "O2": "Ana"}
    assert faults(found) == [("O1", "Responsible has left", "Di"), ("O2", "Deputy has left", "Di")]


def test_where_a_sheet_marks_critical_operations_only_those_count(summary: Summarise):
    rows = [
        {"id": "O1", "responsible": "Bo", "critical": "Yes", **OPERATION},
        {"id": "O2", "responsible": "Bo", "critical": "no", **OPERATION},
        {"id": "O3", "responsible": "Bo", **OPERATION},
    ]
    assert summary(rows).tables["single_points"]["id"].tolist() == ["O1"]


WAVE = [
    # 20 working days from 12 October to 6 November: 15 of them in October, 8 h each.
    {"id": "P1", "title": "New depot", "team": "Blue", "accountable": "Ana", "start": T("2026-10-12"), "finish": T("2026-11-06"),
     "effort": 160.0, "effort_unit": "hours", "successor": "run the depot"},
    {"id": "P2", "title": "Old roof", "team": "Blue", "accountable": "Ana", "finish": T("2026-11-20")},
    {"id": "O1", "title": "Run the depot", "team": "Blue", "accountable": "Ana", "start": T("2026-12-01"), **OPERATION},
    {"id": "O2", "title": "Payroll", "team": "Blue", "accountable": "Ana", **OPERATION},
]  # fmt: skip


def test_a_closing_project_frees_hours_and_its_operation_adds_them(summary: Summarise):
    wave = summary(WAVE, months_after=2).tables["load_wave"].set_index("month")
    assert wave["team"].unique().tolist() == ["Blue"]
    columns = ["freed_hours", "added_hours", "net_hours", "ending", "unnamed"]
    assert wave.loc[T("2026-11-01"), columns].tolist() == [0.0, 0.0, 0.0, 2, 1]
    assert wave.loc[T("2026-12-01"), columns].tolist() == [120.0, 10.0, -110.0, 0, 0]


def test_only_what_closes_and_what_begins_moves_the_wave(summary: Summarise):
    hours = {
        "kind": "operation",
        "cadence": "weekly",
        "effort": 10.0,
        "effort_unit": "hours",
        "effort_per": "occurrence",
    }
    ana = {"team": "Blue", "accountable": "Ana"}
    rows = [
        {"id": "P5", "title": "Ends in the period", "start": T("2026-10-01"), "finish": T("2026-10-30"), "effort": 44.0,
         "effort_unit": "hours", "successor": "Payroll", **ana},
        {"id": "P6", "title": "Ends years away", "start": T("2026-10-01"), "finish": T("2031-10-30"),
         "successor": "Line 9", **ana},
        {"id": "O1", "title": "Payroll", **hours, **ana},
        {"id": "O2", "title": "Line 9", "start": T("2026-11-02"), **hours, **ana},
    ]  # fmt: skip
    wave = summary(rows, months_after=3).tables["load_wave"]
    assert wave["month"].tolist() == [T("2026-11-01"), T("2026-12-01"), T("2027-01-01")]
    assert wave["freed_hours"].tolist() == [44.0, 44.0, 44.0]
    assert wave["added_hours"].tolist() == [0.0, 0.0, 0.0]


def test_a_successor_of_a_title_that_two_items_share_is_not_guessed(summary: Summarise):
    wave = summary([*WAVE, {"id": "O3", "title": "Run the depot", **OPERATION}], months_after=1).tables["load_wave"]
    assert wave["unnamed"].sum() == 2
    assert wave["added_hours"].sum() == 0.0
