"""Sentences at the edges: one, none and all; what is unknown; what nobody carries."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from pipeline.model import Period, Summary
from pipeline.render.attention import attention
from pipeline.render.exhibits import EXHIBITS
from pipeline.render.exhibits.phases import health
from pipeline.render.facts import Facts
from pipeline.render.item_messages import items
from pipeline.render.language import ENGLISH
from pipeline.render.load_messages import parts
from tests.render.organisation_sample import MONTHLY, PROJECT, T, summary_of

LATE = {**PROJECT, "finish": T("2026-10-05")}
AHEAD = {**PROJECT, "finish": T("2027-02-26")}


def said(name: str, rows: list[dict[str, object]]) -> str:
    facts = Facts(summary_of([{"title": f"Work {at}", **row} for at, row in enumerate(rows)]))
    return EXHIBITS[name].message(facts)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{**PROJECT}], "One work item: one active project, no active operation"),
        ([{**MONTHLY}] * 2, "Two work items: two active operations, no active project"),
        ([{**PROJECT, "status": "Closed"}], "One work item, no active project or operation"),
        ([{**PROJECT}, {**MONTHLY}], "Two work items, of which one active project and one active operation"),
    ],
)
def test_items_of_one_kind_name_no_other_share(rows: list[dict[str, object]], words: str) -> None:
    assert items(Facts(summary_of(rows))) == words


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([LATE], "The one active project needs attention; it is overdue"),
        ([LATE, LATE], "All two active projects need attention; two of them are overdue"),
        ([{**PROJECT, "health": "Red"}, PROJECT], "One of two projects needs attention"),
        ([LATE, AHEAD], "One of two projects needs attention; one of them is overdue"),
    ],
)
def test_projects_that_need_attention(rows: list[dict[str, object]], words: str) -> None:
    assert said("attention", rows).lower() == words.lower()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("Build", LATE)], "All projects are in one phase or status, Build"),
        ([("Build", PROJECT), ("Build", PROJECT), ("Test", PROJECT)], "2 of 3, are in Build"),
        ([("Build", AHEAD), ("Build", AHEAD), ("Test", AHEAD)], "none is overdue"),
        ([("Build", AHEAD), ("Build", AHEAD), ("Test", LATE)], "the one overdue project is not among them"),
        ([("Build", LATE), ("Build", AHEAD), ("Test", AHEAD)], "the one overdue project is among them"),
        ([("Build", LATE), ("Build", LATE), ("Test", AHEAD)], "all 2 overdue ones are among them"),
        ([("Build", LATE), ("Build", AHEAD), ("Test", LATE)], "one of the 2 overdue projects is among them"),
    ],
)
def test_overdue_projects_of_a_phase(rows: list[tuple[str, dict[str, object]]], words: str) -> None:
    assert said("phases", [{**row, "phase": phase} for phase, row in rows]).endswith(words)


def test_health_is_counted_once_whatever_its_case() -> None:
    rows = [{**AHEAD, "title": str(at), "health": word} for at, word in enumerate(["Green", "green", "Red"])]
    summary = summary_of(rows)
    assert health(Facts(summary)) == "Health as registered: Green 2, Red 1."
    control = summary.tables["control"].assign(health_before=["GREEN", "green", "Green"])
    after = replace(summary, previous=Period(2026, 9), tables={**summary.tables, "control": control})
    assert health(Facts(after)) == "Health as registered: Green 2 (3 in September), Red 1 (0 in September)."


def test_the_latest_project_comes_first_whatever_else_stands_against_others() -> None:
    worse = {**LATE, "title": "Late by weeks", "health": "Red", "accountable": ""}
    later = {**PROJECT, "title": "Late by months", "finish": T("2026-08-28"), "accountable": "Ana"}
    calm = {**AHEAD, "title": "In time", "accountable": "Ana"}
    found = attention(Facts(summary_of([calm, worse, later])), 10, 400)
    assert [row["title"] for row in found.rows] == ["Late by months", "Late by weeks", "In time"]
    assert found.needing == 2


def test_a_project_that_will_be_months_late_at_its_pace_needs_attention_by_that_alone() -> None:
    owned = {**PROJECT, "accountable": "Ana", "start": T("2026-08-03"), "finish": T("2026-11-27")}
    behind = {**owned, "title": "Behind", "progress": 0.62}
    slow, slower = {**owned, "title": "Slow", "progress": 0.35}, {**owned, "title": "Slower", "progress": 0.2}
    found = attention(
        Facts(summary_of([{**owned, "title": "On time", "progress": 0.9}, behind, slow, slower])), 10, 400
    )
    assert [(row["title"], row["reason"]) for row in found.rows] == [
        ("Slower", "At its pace 48 weeks late"), ("Slow", "At its pace 20 weeks late"),
        ("Behind", "At its pace 4 weeks late"), ("On time", ""),
    ]  # fmt: skip
    assert found.needing == 2


def _load(*people: tuple[str, float, float]) -> Facts:
    summary = summary_of([{**MONTHLY, "title": "Payroll", "effort": 10.0, "responsible": "Ana"}])
    row = summary.tables["people"].iloc[0]
    rows = [
        {**row, "person": name, "hours": hours, "capacity_hours": able, "load": hours / able if able else None}
        for name, hours, able in people
    ]
    empty = summary.tables["teams"].head(0), summary.tables["departments"].head(0)
    tables = {**summary.tables, "people": pd.DataFrame(rows), "teams": empty[0], "departments": empty[1]}
    return Facts(replace(summary, tables=tables))


def test_who_has_hours_and_no_capacity_is_over_it_and_nobody_is_no_person() -> None:
    facts = _load(("Ana", 10.0, 0.0), ("Bo", 20.0, 100.0), ("", 50.0, 0.0))
    assert [one.name for one in facts.parts[1]] == ["Ana", "Bo"]
    assert parts(facts) == "Ana is over capacity"
    assert parts(_load(("Ana", 10.0, 0.0))) == "Ana is over capacity"


def test_a_week_of_half_an_hour_more_is_said_as_it_is_set() -> None:
    summary: Summary = summary_of([{**PROJECT}])
    assert any("A full-time week has 37.5 hours." in ENGLISH.sentence(one) for one in summary.assumptions)


def test_what_cannot_be_told_is_no_zero() -> None:
    ana = [{"name": "Ana", "weekly_hours": 37.5}]
    unknown = {"kind": "project", "title": "Move", "responsible": "Ana"}
    figures = summary_of([unknown], ana).figures
    assert figures["overdue_projects"].value is None
    assert figures["people_over"].value is None
    known = summary_of([{**LATE, "title": "Move", "responsible": "Ana"}], ana).figures
    assert (known["overdue_projects"].value, known["people_over"].value) == (1, 0)


def test_work_past_its_finish_of_unknown_hours_is_said_to_be() -> None:
    summary = summary_of([{"kind": "project", "title": "Move", "start": T("2026-08-03"), "finish": T("2026-09-04")}])
    assert "One project past the finish, with unknown hours." in summary.assumptions
