"""Summaries for executives and people: whose items, whose hours, and nothing of anybody else's."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.model import Audience, Period, Summary
from pipeline.settings import SummariseSettings
from pipeline.snapshots import Snapshot
from pipeline.summarise import summarise
from pipeline.summarise.scope import own_and_touched
from pipeline.summarise.tables import TABLES
from tests.summarise.conftest import make_portfolio

OCTOBER = Period(2026, 10)
ITEMS = [
    {"id": "P-1", "title": "New pumps", "department": "Water", "executive": "Di Kay", "accountable": "Ana", "responsible": "Ana; Bo",
     "effort": 100.0, "start": pd.Timestamp(2026, 10, 1), "finish": pd.Timestamp(2026, 10, 31)},
    {"id": "P-2", "title": "New bridge", "department": "Roads", "executive": "Ed Moe", "accountable": "Cy", "responsible": "Cy",
     "effort": 60.0, "start": pd.Timestamp(2026, 10, 1), "finish": pd.Timestamp(2026, 10, 31), "handover_to": "Ana"},
    {"id": "O-1", "title": "Meters", "department": "Water", "executive": "Di Kay", "kind": "operation", "accountable": "Bo",
     "responsible": "Bo", "deputy": "Flo", "effort": 20.0, "cadence": "monthly"},
]  # fmt: skip
PEOPLE = [
    {"name": "Ana", "department": "Water", "weekly_hours": 37.5, "manager": "Di Kay"},
    {"name": "Bo", "department": "Water", "weekly_hours": 37.5},
    {"name": "Cy", "department": "Roads", "weekly_hours": 37.5},
]


def summaries(*audiences: Audience, previous: Snapshot | None = None, **settings: object) -> dict[str, Summary]:
    chosen = SummariseSettings.model_validate(settings)
    made = summarise(make_portfolio(ITEMS, PEOPLE), chosen, OCTOBER, audiences=audiences, previous=previous)
    return {one.scope: one for one in made}


def test_only_the_audiences_that_are_wanted_are_made() -> None:
    assert list(summaries()) == [""]
    assert list(summaries("executive", "person")) == ["", "Di Kay", "Ed Moe", "Ana", "Bo", "Cy", "Flo"]


def test_an_executive_has_the_items_they_govern_and_their_people() -> None:
    water = summaries("executive")["Di Kay"]
    assert water.tables["register"]["id"].tolist() == ["P-1", "O-1"]
    assert water.tables["people"]["person"].tolist() == ["Bo", "Ana"]
    assert water.figures["hours"].value == pytest.approx(120)
    assert water.tables["departments"]["department"].tolist() == ["Water"]
    assert water.seen.items == {0, 1, 2}, "the second is handed over to one of their people"
    assert water.seen.names == {"Ana", "Bo", "Cy", "Flo", "Di Kay", "Ed Moe"}
    assert water.seen.departments == {"Water"}


def test_an_executive_who_leads_nobody_has_the_hours_of_their_own_items() -> None:
    made = summaries("executive", executives={"COO": {"governs": ["operations"]}, "CIO": {"governs": ["projects"]}})
    operations = made["COO"]
    assert operations.figures["hours"].value == pytest.approx(20)
    assert operations.tables["allocations"]["id"].unique().tolist() == ["O-1"]
    assert any(one.startswith("Nobody reports to COO: ") for one in operations.assumptions)
    room, every = (one.tables["people"].set_index("person")["free_hours"] for one in (operations, made[""]))
    assert room.to_dict() == pytest.approx({"Bo": every["Bo"]}), "room is what all their work leaves"


def test_one_executive_alone_is_the_organisation() -> None:
    one = [{**row, "executive": "Di Kay"} for row in ITEMS]
    made = summarise(make_portfolio(one, PEOPLE), SummariseSettings(), OCTOBER, audiences=["executive"])
    assert len(made) == 1


def test_the_executives_of_the_settings_come_before_those_of_the_register() -> None:
    executives = {"COO": {"person": "Flo", "governs": ["operations"]}, "CIO": {"governs": ["projects"]}}
    made = summaries("executive", executives=executives)
    assert list(made) == ["", "COO (Flo)", "CIO"]
    assert made["COO (Flo)"].tables["register"]["id"].tolist() == ["O-1"]
    assert made["CIO"].tables["register"]["id"].tolist() == ["P-1", "P-2"]


def test_a_person_has_the_items_that_name_them_and_their_own_hours_only() -> None:
    ana = summaries("person")["Ana"]
    assert ana.tables["register"]["id"].tolist() == ["P-1", "P-2"], "the second they take over"
    assert ana.tables["projects"].set_index("id")["month_hours"].to_dict() == {"P-1": pytest.approx(50), "P-2": 0}
    assert ana.figures["hours"].value == pytest.approx(50)
    assert ana.tables["allocations"]["person"].unique().tolist() == ["Ana"]
    assert ana.tables["people"]["person"].tolist() == ["Ana"]
    assert ana.tables["incoming"]["id"].tolist() == ["P-2"]
    assert ana.seen.items == {0, 1}
    assert "Flo" not in ana.seen.names


def test_who_only_deputises_has_a_summary_without_hours() -> None:
    flo = summaries("person")["Flo"]
    assert flo.tables["operations"]["id"].tolist() == ["O-1"]
    assert flo.tables["raci"]["deputy"].tolist() == [True]
    assert flo.figures["load"].value is None
    assert (flo.tables["months"]["hours"] == 0).all()
    assert len(flo.tables["months"]) == len(summaries()[""].tables["months"])


def test_people_add_up_to_the_organisation() -> None:
    made = summaries("person")
    own = [one for scope, one in made.items() if scope]
    for table in ("allocations", "workload"):
        every = sum(one.tables[table]["hours"].sum() for one in own)
        assert every == pytest.approx(made[""].tables[table]["hours"].sum())
    months = sum(one.tables["months"]["hours"] for one in own)
    assert months.tolist() == pytest.approx(made[""].tables["months"]["hours"].tolist())


def test_every_table_of_a_person_is_declared_and_names_nobody_else() -> None:
    ana = summaries("person")["Ana"]
    for table in TABLES:
        frame = ana.tables[table.id]
        assert list(frame.columns) == [column.id for column in table.columns], table.id
        if "person" in frame and table.id != "faults":
            assert set(frame["person"]) <= {"Ana"}, table.id


def test_what_is_asked_for_last_is_kept_and_no_more() -> None:
    made = summaries("person")
    first = made["Ana"].tables["projects"]
    assert made["Ana"].tables["projects"] is first
    assert made["Bo"].tables["projects"]["id"].tolist() == ["P-1"]
    assert made["Ana"].tables["projects"] is not first
    pd.testing.assert_frame_equal(made["Ana"].tables["projects"], first)


def test_what_others_carry_of_a_scopes_items_is_added_and_where_there_is_none_nothing_is_copied() -> None:
    rows, own = pd.DataFrame({"hours": [1.0, 2.0, 4.0]}), np.array([True, False, False])
    mine, every = own_and_touched(rows, own, np.array([False, True, False]))
    assert (mine["hours"].tolist(), every["hours"].tolist()) == ([1.0], [1.0, 2.0])
    mine, every = own_and_touched(rows, own, own)
    assert every is mine
