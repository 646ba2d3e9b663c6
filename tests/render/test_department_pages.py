"""The department head's pages: every exhibit speaks and is silent, shows what the tables say, and keeps to its sheet."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pandas as pd
import pytest
from pypdf import PdfReader

from pipeline.model import Summary
from pipeline.render.exhibits import EXHIBITS, balance
from pipeline.render.exhibits.load_map import load_map
from pipeline.render.exhibits.loads import overloaded
from pipeline.render.exhibits.part import EXHIBITS as OWN
from pipeline.render.exhibits.raci_matrix import matrix
from pipeline.render.exhibits.receiving import board, next_data_day
from pipeline.render.facts import Facts
from pipeline.render_settings import RenderSettings
from tests.render.conftest import SETTINGS, drawn, needs_pdf, page_of, pages_of
from tests.render.department_sample import OTHER, T, make_department, with_rows

OWN_LEVEL = {"level": "department", "name": "Works"}
SEPTEMBER, OCTOBER = T("2026-09-01"), T("2026-10-01")
LOUD = {
    "balance_page": "Run takes 70% of hours, −10 pts on September. That is below the target of at least 75%.",
    "balance_trend": "Change went from 20% in September to 30% in October of hours",
    "balance_teams": "One of two teams lies outside the target of at least 75%",
    "balance_people": "Bo has the largest share of change, 40%",
    "balance_largest": "The three largest items take 14% of the known hours",
    "balance_moves": "Two items changed since the last published period: one new and one reclassified.",
    "balance_reclassified": "One item is of another kind: one by a person's decision",
    "load_map": "One of two people is over capacity in a month up to November",
    "overloaded": "One person is over capacity in October, by 20 h",
    "free_hours": "One person has a fifth of their capacity or more free in October: 60 h",
    "own_plan": "One of 14 finish dates is later than first planned, by 3 weeks",
    "function_list": "Quality control takes 60% of the hours known, the most of any function",
    "operation_list": "Night watch takes most, 75% of the hours known",
    "roles_page": "One of 41 rows has a fault in who answers for it or does it. One operation hangs on one person and has no "
    "deputy.",
    "raci_matrix": "Two people are named; Ana on most, two items",
    "loose_ends": "One row depends on a person who has left, leaves or is not in the people list",
    "no_deputy": "40 h of October hang on one person each",
    "handover_page": "Eight projects end by 22 Jan 2027 or should have ended. Five name nobody to take over.",
    "handovers_in": "One project of others is handed over to the department soon; none has every condition met",
    "handover_conditions": "Eight projects hand over soon or should have; all of them lack conditions",
    "data_problems": "One problem in the department's rows: please fix by 30 November",
}
"""Exhibit -> what it says of the department below."""
QUIET = {
    "balance_page": "The share of run in October 2026 cannot be told: no hours are known",
    "balance_trend": "A trend needs two published months",
    "balance_teams": "The department's hours are not divided into teams",
    "balance_people": "Nobody of the department has known hours in October 2026",
    "balance_largest": "No item of the department has known hours in October 2026",
    "balance_moves": "What moved is told from the second published month on",
    "balance_reclassified": "Which items are of another kind is told from the second published month on",
    "load_map": "Nobody of the department has known hours from October 2026 on",
    "overloaded": "Whether anybody is over capacity in October is unknown",
    "free_hours": "Free capacity in October is unknown",
    "own_plan": "No active item is judged a project",
    "function_list": "Its operations are not told apart by function",
    "operation_list": "No active item is judged an operation",
    "roles_page": "No active item names anybody. The department has no active operation.",
    "raci_matrix": "No active item names anybody",
    "loose_ends": "Nothing hangs loose: no owner has left or leaves, and nobody is named on nothing",
    "no_deputy": "The department has no active operation",
    "handover_page": "No project hands over soon. No problem was found in the department's rows.",
    "handovers_in": "Nobody else hands a project over to the department soon",
    "handover_conditions": "No project hands over soon",
    "data_problems": "No problem was found in the department's rows",
}
"""Exhibit -> what it says where there is nothing to show."""


@pytest.fixture(scope="module")
def works() -> Summary:
    return make_department()


@pytest.fixture(scope="module")
def told(works: Summary) -> Summary:
    """The same with hours, roles, changes and problems small enough to be worked out by hand."""
    share = {"run_hours": 70.0, "change_hours": 30.0, "hours": 100.0, "run_share": 0.7, "target": "below"}
    team = {"level": "team", "run_hours": 80.0, "change_hours": 20.0, "hours": 100.0, "run_share": 0.8}
    person = {"level": "person", "run_hours": 60.0, "change_hours": 40.0, "hours": 100.0, "run_share": 0.6}
    load = {"run_hours": 60.0, "change_hours": 60.0, "hours": 120.0, "capacity_hours": 100.0, "load": 1.2}
    free = {"hours": 40.0, "capacity_hours": 100.0, "load": 0.4, "free_hours": 60.0}
    slips = [{"item": at, "slip_days": 21 if at == 0 else 0} for at in range(0, 40, 3)]
    named = {"kind": "operation", "title": "Night watch", "id": "W001"}
    changed = {"department": "Works", "file": "register.xlsx", "sheet": "Register", "row": 4}
    return replace(
        with_rows(
            works,
            trend=[
                {**OWN_LEVEL, "month": SEPTEMBER, **share, "run_share": 0.8},
                {**OWN_LEVEL, "month": OCTOBER, **share},
            ],
            run_change=[
                {**team, "name": "North", "target": "within"},
                {**team, "name": "South", "target": "below", "run_share": 0.7},
                {**person, "name": "Bo"},
            ],
            changes=[
                {"item": 1, "change": "New", "now": "In the register", **changed},
                {"item": 2, "change": "Reclassified", "before": "project", "now": "operation"}
                | {"why": "A person's decision", **changed},
            ],
            people=[{"person": "Ana", "over_hours": 20.0, **load}, {"person": "Bo", **free}],
            workload=[
                {"person": name, "month": month, **(load if name == "Ana" else free)}
                for name in ("Ana", "Bo") for month in (OCTOBER, T("2026-11-01"))
            ],
            control=slips,
            functions=[
                {"function": "Service", "hours": 40.0, "operations": 3},
                {"function": "Quality control", "hours": 60.0, "operations": 1},
            ],
            operations=[
                {"item": 1, **named, "month_hours": 60.0}, {"item": 2, "title": "Mowing", "month_hours": 20.0}
            ],
            raci=[
                {"item": 1, "person": "Ana", "raci": "R/A", **named}, {"item": 2, "person": "Ana", "raci": "A"},
                *({"item": item, "person": "Bo", "raci": "R" if item == 2 else ""} for item in range(2, 42)),
            ],
            faults=[{"item": 2, "fault": "Accountable has left", "person": "Ana", "title": "Mowing"}],
            single_points=[{"item": 1, **named, "person": "Ana", "month_hours": 40.0}],
            findings=[{"code": "R30", "level": "warning", "cell": "F12", "sheet": "Register", "message": "TBC"}],
        ),
        run_share_band=(0.75, 1.0),
    )  # fmt: skip


@pytest.fixture(scope="module")
def nothing(works: Summary) -> Summary:
    """The same without a row in any table."""
    return with_rows(works, **{name: [] for name in works.tables})


def test_every_exhibit_of_the_department_has_both_its_sentences():
    assert [one.id for one in OWN] == [*LOUD] == [*QUIET]


@pytest.mark.parametrize("name", LOUD)
def test_an_exhibit_says_what_it_found(told: Summary, name: str):
    facts = Facts(told)
    assert EXHIBITS[name].message(facts) == LOUD[name]
    assert EXHIBITS[name].speaks(facts) == (name != "balance_largest"), "which a first month alone has room for"


@pytest.mark.parametrize("name", QUIET)
def test_an_exhibit_says_honestly_that_it_found_nothing(nothing: Summary, name: str):
    assert EXHIBITS[name].message(Facts(nothing)) == QUIET[name]


def test_a_page_with_nothing_to_show_is_left_out_and_said_on_the_page_before(nothing: Summary, works: Summary):
    quiet, loud = (page_of(one, "paper", pack="department") for one in (nothing, works))
    assert re.findall(r'<section class="[^"]*" id="(\w+)"', quiet) == ["month"]
    assert len(re.findall(r"<section ", loud)) == 7
    for name in ("load_map", "own_plan", "operation_list", "raci_matrix", "data_problems"):
        assert QUIET[name].replace("'", "&#39;") in quiet
        assert QUIET[name] not in loud


def test_loads_are_those_of_the_table(works: Summary):
    facts = Facts(works)
    say, lines = facts.language, {line.person: line for line in load_map(facts).lines}
    table = works.tables["workload"]
    table = table[table["month"] >= OCTOBER]
    assert set(lines) == set(table["person"])
    for person, rows in table.groupby("person"):
        told = zip(lines[person].cells, rows["load"], rows["hours"], strict=True)
        for cell, load, hours in told:
            assert cell.share == say.load(load)
            assert cell.hours == say.number(hours) or (cell.leave and not cell.hours)


def test_leave_is_counted_in_weekdays_beside_its_month(works: Summary):
    lines = load_map(Facts(works)).lines
    assert {
        line.person: [cell.leave for cell in line.cells] for line in lines if any(one.leave for one in line.cells)
    } == {"Bo Lindqvist": [5, 0, 0, 0, 0, 0, 0]}


def test_beside_a_crowded_map_a_row_is_named_on_two_lines():
    html = page_of(make_department(30, 14), "paper", pack="department")
    named = re.findall(r'<td class="after quiet wraps">([^<]+)</td>', html)
    assert named
    assert max(map(len, named)) > 30


def test_rows_of_who_is_over_add_up_to_their_hours():
    facts = Facts(make_department(60, 4))
    found = overloaded(facts)
    hours = facts.table("people").set_index("person")["hours"]
    assert found
    for one in found:
        assert sum(row["hours"] for row in one.rows) + one.other_hours == pytest.approx(hours[one.person])


def test_letters_of_the_matrix_are_the_roles_of_the_register(works: Summary):
    found = matrix(Facts(works))
    register = works.portfolio.register
    ids = dict(enumerate(register.items["id"]))
    letter = {"responsible": "R", "accountable": "A", "deputy": "D", "consulted": "C", "informed": "I"}
    roles = register.roles.assign(id=register.roles["item"].map(ids), letter=register.roles["role"].map(letter))
    wanted = roles.groupby(["id", "person"])["letter"].agg(set).to_dict()
    shown = {
        (item.id, person): set(cell.letters)
        for item in found.items for person, cell in zip(found.people, item.cells, strict=True) if cell.letters
    }  # fmt: skip
    assert shown == {key: roles for key, roles in wanted.items() if key[0] in {item.id for item in found.items}}


def test_the_cells_that_a_fault_is_about_are_marked_and_the_fault_is_named(works: Summary):
    first = matrix(Facts(works)).items[0]
    assert (first.id, first.faults) == ("W003", ("Several accountable",))
    assert [cell.letters for cell in first.cells if cell.faulty] == ["A", "RA"] or sorted(
        cell.letters for cell in first.cells if cell.faulty
    ) == ["A", "RA"]


def test_conditions_are_those_of_the_table(works: Summary):
    found = board(Facts(works))
    table = works.tables["readiness"]
    assert {row["item"]: row["states"] for row in found.rows} == {
        item: tuple(rows["state"]) for item, rows in table.groupby("item")
    }
    assert len(found.checks) == 8


def test_problems_are_to_be_fixed_by_the_next_data_date(works: Summary):
    assert next_data_day(Facts(works)) == pd.Timestamp(2026, 11, 30).date()
    december = replace(works, period=replace(works.period, month=12))
    assert next_data_day(Facts(december)) == pd.Timestamp(2027, 1, 31).date()


@pytest.mark.parametrize("medium", ["paper", "screen"])
def test_no_other_department_is_named(works: Summary, medium: str):
    page = page_of(works, medium, pack="department")  # type: ignore[arg-type]
    assert OTHER not in page
    assert "Case 1" not in page
    assert "Depot contract" in page


@pytest.mark.parametrize("name", ["המחלקה قسم التخطيط 规划与运营部", "W" * 300])
def test_names_of_any_script_and_length_are_drawn(name: str):
    assert "</html>" in page_of(make_department(12, 3, name), "paper", pack="department")


@needs_pdf
@pytest.mark.parametrize(
    ("items", "people", "paper", "least", "most"),
    [(3, 2, "A4", 1, 4), (200, 60, "Letter", 7, 7)],
)
def test_a_departments_pack_has_as_many_pages_as_planned(items: int, people: int, paper: str, least: int, most: int):
    settings = SETTINGS.model_copy(update={"paper": paper})
    pages = pages_of(PdfReader(BytesIO(drawn(make_department(items, people), "pdf", settings, "department"))))
    assert least <= len(pages) <= most
    assert all(len(page) > 300 for page in pages)


def test_a_finish_that_moved_is_written_as_the_reader_writes_days(works: Summary):
    slipped = {"item": 3, "change": "Slipped", "before": "2026-11-02", "now": "2027-01-04"}
    decided = {"item": 4, "change": "Reclassified", "before": "project", "now": "operation", "why": "The data changed"}
    summary = with_rows(works, changes=[slipped, decided])
    german = RenderSettings(language="de", templates=SETTINGS.templates)
    for settings, days in ((SETTINGS, ("2 Nov", "4 Jan 2027")), (german, ("2. Nov.", "4. Jan. 2027"))):
        page = page_of(summary, "paper", settings, "department").replace("\u00a0", " ")
        assert all(f">{day}<" in page for day in days)


def test_whom_a_message_names_is_among_the_rows_shown(told: Summary):
    teams = [
        {"level": "team", "name": f"Team {at}", "hours": 100.0 - at, "run_share": 0.1 if at == 9 else 0.9}
        for at in range(10)
    ]
    facts = Facts(with_rows(told, run_change=teams))
    assert balance.teams_message(facts) == "Team 9 has the largest share of change, 90%"
    shown = balance.teams_rows(facts)
    assert [row["name"] for row in shown.rows][-1] == "Team 9"
    assert [round(row["change_share"], 2) for row in shown.rows] == [0.1] * 5 + [0.9]
    assert "4 more" in shown.rest
