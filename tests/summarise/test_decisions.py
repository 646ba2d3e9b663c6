"""Handovers, decisions and findings: who must do what by when."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from pipeline.model import Summary
from pipeline.summarise.trace import trace

Summarise = Callable[..., Summary]
T = pd.Timestamp
HOURS = {"effort_unit": "hours", "effort_per": "total"}


def project(finish: str, **cells: object) -> dict[str, object]:
    return {"id": "P1", "title": "Upgrade", "accountable": "Ana", "responsible": "Bo", "start": T("2026-06-01"),
            "finish": T(finish), "status": "Active", "effort": 100.0, **HOURS, **cells}  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "missing"),
    [
        ({}, "Nobody takes over"),
        ({"handover_to": "Service desk"}, "Successor operation not named"),
        ({"successor": "O-7"}, "Taker not named"),
        ({"handover_to": "Service desk", "successor": "O-7"}, ""),
    ],
)
def test_a_handover_says_what_is_missing(summary: Summarise, cells: dict[str, object], missing: str):
    assert summary([project("2026-11-30", **cells)]).tables["handover"]["missing"].tolist() == [missing]


@pytest.mark.parametrize(
    ("finish", "shown"), [("2026-09-15", 1), ("2026-10-31", 1), ("2027-01-29", 1), ("2027-01-30", 0)]
)
def test_handovers_are_those_overdue_or_within_ninety_days(summary: Summarise, finish: str, shown: int):
    assert len(summary([project(finish)]).tables["handover"]) == shown


def test_closed_projects_and_operations_hand_nothing_over(summary: Summarise):
    rows = [project("2026-11-30", status="Closed"), project("2026-11-30", kind="operation")]
    assert summary(rows).tables["handover"].empty


def test_each_decision_says_what_who_and_by_when(summary: Summarise):
    rows = [
        project("2026-12-18", id="P1"),
        project("2026-09-30", id="P2", progress=0.5, handover_to="Desk"),
        {"id": "O1", "title": "Payroll", "kind": "operation", "cadence": "monthly", "effort": 200.0, **HOURS,
         "responsible": "Bo", "executive": "Eve"},
        {"id": "U1", "title": "Odd", "kind": "undecided", "accountable": "Cy", "responsible": "Cy", "review": True},
    ]  # fmt: skip
    people = [{"name": "Bo", "manager": "Dan"}, {"name": "Ana"}, {"name": "Cy"}]
    table = summary(rows, people).tables["decisions"]
    said = {
        text: (who, f"{by:%Y-%m-%d}")
        for text, who, by in zip(table["decision"], table["who"], table["by"], strict=True)
    }
    assert said == {
        "Move or share 57 h of Bo's work in November 2026 (136% of capacity); 200 h go into O1 Payroll.": (
            "Dan",
            "2026-11-06",
        ),
        "Name one accountable person for O1 Payroll (200 h in the month).": ("Eve", "2026-11-06"),
        "Close P2 Upgrade or set a new finish: it is 31 days past 30 September 2026.": ("Ana", "2026-11-06"),
        "Name who takes over P1 Upgrade before it ends on 18 December 2026.": ("Ana", "2026-11-18"),
        "Settle whether this item is a project or an operation: U1 Odd.": ("Cy", "2026-11-13"),
    }
    firsts = [text.split()[0] for text in table["decision"]]
    assert firsts == ["Name", "Move", "Close", "Settle", "Name"]


def test_the_gravest_of_each_kind_comes_first_by_day_and_hours(summary: Summarise):
    rows = [project(f"2026-12-{at:02d}", id=f"P{at}", effort=1.0 * at) for at in range(1, 21)]
    rows += [project(f"2026-0{at}-15", id=f"late {at}", effort=100.0 - at, progress=0.5) for at in (9, 7, 8)]
    rows += [{"id": f"O{at}", "responsible": "Bo", "kind": "operation", "effort": 200.0 * at,
              "effort_unit": "hours", "effort_per": "month"} for at in (1, 2)]  # fmt: skip
    said = summary(rows).tables["decisions"]["decision"]
    assert len(said) == 20 + 3 + 2 + 1
    patterns = ["Move or share", "person for O2", "Close late 7 ", "takes over P1 ", "person for O1", "Close late 8 "]
    assert [pattern in text for pattern, text in zip(patterns, said, strict=False)] == [True] * len(patterns)


def test_hours_without_any_capacity_are_over_it(summary: Summarise):
    rows = [{"owner": "Di", "kind": "operation", "effort": 40.0, "effort_unit": "hours", "effort_per": "month"}]
    found = summary(rows, [{"name": "Di", "finish": T("2026-09-30")}])
    assert found.figures["people_over"].value == 1
    assert trace(found, "people_over").made == 1
    assert [one.message.split(".")[0] for one in found.findings if one.code == "S04"] == [
        "Di is at 40 h against 0 h of capacity in October 2026"
    ]
    (moved,) = [text for text in found.tables["decisions"]["decision"] if text.startswith("Move")]
    assert moved.startswith("Move or share 40 h of Di's work in November 2026 (no capacity); 40 h go into")


def test_hours_that_nobody_carries_are_nobodys_overload(summary: Summarise):
    found = summary([{"kind": "operation", "effort": 40.0, "effort_unit": "hours", "effort_per": "month"}])
    assert found.figures["people_over"].value == 0
    assert not found.tables["decisions"]["decision"].str.startswith("Move").any()


def test_people_most_hours_over_come_first(summary: Summarise):
    rows = [{"owner": name, "kind": "operation", "effort": hours, "effort_unit": "hours", "effort_per": "month"}
            for name, hours in (("Ana", 200.0), ("Bo", 300.0))]  # fmt: skip
    said = summary(rows).tables["decisions"]["decision"]
    assert ["Bo's" in said[0], "Ana's" in said[1]] == [True, True]


def test_a_quiet_register_wants_no_decision(summary: Summarise):
    assert summary([project("2027-06-30")]).tables["decisions"].empty


def test_findings_name_place_and_person(summary: Summarise):
    rows = [
        project("2026-11-30"),
        {"title": "Full", "owner": "Bo", "kind": "operation", "effort": 1.5, "effort_unit": "fte"},
    ]
    found = {one.code: one for one in summary(rows, [{"name": "Bo"}, {"name": "Eve"}]).findings}
    assert set(found) == {"S03", "S04", "S05"}  # Ana answers for work but does none: she adds no capacity
    assert (found["S05"].read, found["S05"].cell) == ("Eve", "A3")
    assert found["S03"].read == "30 Nov 2026"
    assert found["S03"].cell.endswith("2")
    assert found["S04"].message.startswith("Bo is at 1")
    assert "October 2026" in found["S04"].message


def test_who_is_not_on_the_people_sheet_is_a_finding_and_no_sheet_at_all_is_one(summary: Summarise):
    rows = [project("2027-06-30")]
    absent = [one for one in summary(rows, [{"name": "Eve"}]).findings if one.code == "R52"]
    assert [(one.read, one.sheet) for one in absent] == [("Bo", "Register")]
    none = [one for one in summary(rows).findings if one.code in ("R52", "S01")]
    assert [one.code for one in none] == ["S01"]
    assert "37.5 hours a week are assumed for each of the 1 people" in none[0].message


def test_a_departments_findings_are_those_of_its_rows(summary: Summarise):
    rows = [
        project("2026-11-30", department="IT"),
        project("2026-11-30", department="HR"),
        {"title": "X", "department": "HR"},
    ]
    whole, part = summary(rows).tables["findings"], summary(rows, scope="HR").tables["findings"]
    assert whole["code"].tolist() == ["S03", "S03", "S01", "S02"]
    assert part["code"].tolist() == ["S03"]
    assert part["cell"][0].endswith("3")


def test_many_items_without_anybody_are_one_decision(summary: Summarise) -> None:
    rows = [{"id": f"A-{at:02}", "title": f"Item {at}", "kind": "operation"} for at in range(1, 16)]
    wanted = summary(rows).tables["decisions"]
    asked = wanted[wanted["kind"] == "owners"]
    assert asked["decision"].tolist() == [
        "Name accountable people for 15 items: A-01 Item 1, A-02 Item 2, A-03 Item 3 and 12 more."
    ]
    assert asked["items"].tolist() == [15]
    assert not (wanted["kind"] == "owner").any()
