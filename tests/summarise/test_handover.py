"""What closing projects leave: takers, readiness, results that nobody carries on, and lessons; all worked by hand."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from pipeline.model import Summary
from pipeline.summarise.handover import handover, unfollowed
from pipeline.summarise.lessons import lessons
from pipeline.summarise.readiness import CHECKS
from pipeline.summarise.scope import View
from pipeline.summarise.ticks import MET, NOT_APPLICABLE, OPEN, UNKNOWN, name_tick, tick_of

Looked = Callable[..., View]
T = pd.Timestamp
RUN = {"id": "O1", "title": "Run the depot", "kind": "operation", "owner": "Ana"}
READY = {
    "id": "P1", "title": "New depot", "accountable": "Ana", "finish": T("2026-11-30"), "handover_to": "Night team",
    "successor": "Run the depot", "support_team": "Second line", "level_agreed": "99.5 %", "runbook_ready": "No, in draft",
    "knowledge_transfer": "2026-10-20", "monitoring_ready": "N/A", "issues_accepted": "see minutes", "support_exit": "2027-01-31",
}  # fmt: skip
BARE = {"id": "P2", "title": "Old roof", "finish": T("2026-12-10"), "handover_date": T("2027-01-04")}


def rows(table: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return list(table[list(columns)].itertuples(index=False, name=None))


def test_readiness_is_what_is_met_of_what_applies_and_unknown_is_not_met(view: Looked):
    found = handover(view([RUN, READY, BARE]))
    assert rows(found, "id", "in_register", "missing", "met", "applicable", "not_known") == [
        ("P1", True, "", 5, 7, 1),
        ("P2", False, "Nobody takes over", 0, 8, 7),
    ]
    assert found["readiness"].tolist() == [5 / 7, 0.0]
    assert found["date"].tolist() == [T("2026-11-30"), T("2027-01-04")]


def test_where_nothing_is_known_readiness_is_unknown_and_not_zero(view: Looked):
    found = handover(view([BARE]))
    assert rows(found, "met", "applicable", "not_known") == [(0, 8, 8)]
    assert found["readiness"].isna().all()


def test_each_check_says_how_it_stands_and_what_the_register_says(summary: Callable[..., Summary]):
    found = summary([RUN, READY]).tables["readiness"]
    assert rows(found, "id", "check", "state", "said") == [
        ("P1", "Accepting owner named", "Met", "Night team"),
        ("P1", "Support team or model", "Met", "Second line"),
        ("P1", "Service level agreed", "Met", "99.5 %"),
        ("P1", "Runbook or SOP", "Open", "No, in draft"),
        ("P1", "Knowledge transferred", "Met", "2026-10-20"),
        ("P1", "Monitoring, tooling and access", "Not applicable", "N/A"),
        ("P1", "Known issues accepted", "Unknown", "see minutes"),
        ("P1", "Budget and end of early-life support", "Met", "2027-01-31"),
    ]
    assert len(CHECKS) == 8


@pytest.mark.parametrize(
    ("texts", "tick"),
    [
        ("Yes|ja|Oui|sí|Sim|SÌ|x|✓|done|Erledigt|100 %|agreed 3 Oct|2026-10-31|2026-10-31 00:00:00|unterschrieben", MET),
        ("No|nein|non|não|nee|not done|in progress|pending|TBC|offen|geplant|0|2026-11-01|draft", OPEN),
        ("n/a|N/A|not applicable|entfällt|sans objet|no aplica|n.v.t.", NOT_APPLICABLE),
        ("|see minutes|Nobody said yes|80 %|Notes of May|Jan Novak|okra", UNKNOWN),
    ],
)  # fmt: skip
def test_a_cell_of_a_checklist_is_told_by_how_it_begins(texts: str, tick: str):
    assert {text: tick_of(text, "2026-10-31") for text in texts.split("|")} == dict.fromkeys(texts.split("|"), tick)


@pytest.mark.parametrize(
    ("texts", "tick"),
    [
        ("Crew|New depot team|N. Weber|Non-food|Open Systems|Nada Hassan|✓", MET),
        ("TBD|T.B.C.|none|Nobody yet|niemand|aucun|ninguna|nenhum|nessuno|geen|à confirmer|New|Open: HR|not named", OPEN),
        ("|-|–|?|...|unknown|unbekannt|inconnu|desconocido|desconhecido|sconosciuto|onbekend|keine Angabe|N.N.", UNKNOWN),
        ("n/a|n.v.t.", NOT_APPLICABLE),
    ],
)  # fmt: skip
def test_what_names_nothing_is_no_name(texts: str, tick: str):
    said = {text: name_tick(text, "2026-10-31", people=True) for text in texts.split("|")}
    assert said == dict.fromkeys(texts.split("|"), tick)


@pytest.mark.parametrize(
    ("text", "tick"),
    [
        ("2026-11-05", OPEN),
        ("agreed by 2026-12-01", OPEN),
        ("vereinbart am 2026-12-01", OPEN),
        ("agreed 2026-10-01", MET),
        ("agreed until 2027-12-31", MET),
        ("SLA 12, valid until 2027-12-31", MET),
    ],
)
def test_what_is_agreed_by_a_day_to_come_is_open(text: str, tick: str):
    assert name_tick(text, "2026-10-31") == tick


@pytest.mark.parametrize("nobody", ["TBD", "-", "?", "nobody yet"])
def test_a_taker_who_is_nobody_silences_nothing(summary: Callable[..., Summary], nobody: str):
    ending = {**BARE, "handover_to": nobody, "successor": nobody}
    found = summary([ending, {"id": "P3", "handover_to": nobody, **CLOSED}])
    assert rows(found.tables["handover"], "id", "missing") == [("P2", "Nobody takes over")]
    assert found.tables["unfollowed"]["id"].tolist() == ["P3"]
    assert {"S03", "S07"} <= {one.code for one in found.findings}
    assert found.tables["decisions"]["decision"].str.contains("Name who takes over P2").any()


@pytest.mark.parametrize(("plan", "step"), [("1", "1.1"), ("１", "１.１"), ("١", "١.١")])
def test_a_step_of_a_plan_hands_over_to_no_operation_whatever_its_digits(
    summary: Callable[..., Summary], plan: str, step: str
):
    ends = {"finish": pd.Timestamp(2026, 11, 10), "status": "Active"}
    found = summary([{"id": plan, "title": "Rebuild", **ends}, {"id": step, "title": "Dig", **ends}])
    assert found.tables["handover"]["id"].tolist() == [plan]


CLOSED = {"status": "Closed", "accountable": "Ana"}


def test_a_closed_project_without_successor_is_told(view: Looked):
    found = unfollowed(
        view(
            [
                RUN,
                {"id": "P1", "finish": T("2026-09-30"), "successor": "O1", **CLOSED},
                {"id": "P2", "finish": T("2026-09-30"), "handover_to": "Night team", **CLOSED},
                {"id": "P3", "actual_finish": T("2026-10-15"), "finish": T("2026-12-31"), **CLOSED},
                {"id": "P4", "finish": T("2026-08-31"), "successor": "Depot", "handover_to": "Bo", **CLOSED},
                {"id": "P5", "finish": T("2024-08-31"), **CLOSED},
                {"id": "P6", **CLOSED},
                {"id": "P7", "finish": T("2026-09-30"), "status": "Cancelled"},
                {"id": "P8", "finish": T("2026-09-30"), "status": "On hold"},
                {"id": "P9", "finish": T("2026-11-30"), "status": "Active"},
            ]
        )
    )
    assert rows(found, "id", "closed", "missing") == [
        ("P3", T("2026-10-15"), "Nobody takes over"),
        ("P2", T("2026-09-30"), "Successor operation not named"),
        ("P4", T("2026-08-31"), "Successor is no operation of the register"),
        ("P6", pd.NaT, "Nobody takes over"),
    ]


def test_where_a_sheet_names_no_successors_a_taker_is_enough(view: Looked):
    items = [
        {"id": "P1", "finish": T("2026-09-30"), "handover_to": "Bo", **CLOSED},
        {"id": "P2", "finish": T("2026-09-30"), **CLOSED},
    ]
    assert unfollowed(view(items))["id"].tolist() == ["P2"]


def test_a_closed_project_without_successor_asks_for_a_decision(summary: Callable[..., Summary]):
    items = [
        RUN,
        {"id": "P1", "title": "Old depot", "successor": "Depot", **CLOSED},
        {"id": "P2", "title": "Roof", **CLOSED},
    ]
    found = summary([*items, {"id": "P3", "title": "Shed", "successor": "O1", **CLOSED}])
    told = [one for one in found.findings if one.code == "S07"]
    assert [(one.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), one.read) for one in told] == [("3", "Depot"), ("4", "")]
    assert told[0].message.startswith("The project is closed, and its successor is no operation of the register.")
    asked = found.tables["decisions"]
    assert rows(asked, "decision", "who")[0] == (
        "Name the operation that carries on what P1 Old depot left: it is closed.",
        "Ana",
    )


def test_where_a_sheet_never_says_what_comes_after_one_finding_stands_for_all(summary: Callable[..., Summary]):
    found = summary([{"id": "P1", **CLOSED}, {"id": "P2", **CLOSED}]).findings
    (told,) = [one for one in found if one.code == "S07"]
    assert told.count == 2
    assert told.ranges.count(" ") == 1


def test_lessons_are_one_a_line_with_how_they_stand_and_for_whom(view: Looked):
    found = lessons(
        view(
            [
                {**READY, "lesson": "- Order cables early\n- Test at night\n", "lesson_status": "Adopted"},
                {**BARE, "lesson": "Ask the neighbours", "handover_to": "Bo"},
                {"id": "P3", "lesson": "Never on a Friday", "lesson_status": "proposed", **CLOSED},
                {"id": "P4", "lesson": "Use red paint", "lesson_status": "rejected"},
                {"id": "P5", "lesson": " "},
            ]
        )
    )
    assert rows(found, "id", "lesson", "standing", "operation") == [
        ("P3", "Never on a Friday", "Open", ""),
        ("P2", "Ask the neighbours", "Not told", "Bo"),
        ("P1", "Order cables early", "Taken up", "Run the depot"),
        ("P1", "Test at night", "Taken up", "Run the depot"),
        ("P4", "Use red paint", "Not taken up", ""),
    ]


@pytest.mark.parametrize("table", [handover, unfollowed, lessons])
def test_nothing_to_look_at_is_an_empty_table(view: Looked, table: Callable[[View], pd.DataFrame]):
    assert table(view([])).empty


def test_a_step_of_a_plan_hands_over_to_no_operation(view: Looked):
    ending = [
        {"id": "1", "title": "Data pipeline"},
        {"id": "1.1", "title": "Ingestion"},
        {"id": "7.2", "title": "Release 7.2"},
        {"id": "P1", "title": "Project Closure & Lessons Learned"},
        {"id": "P2", "title": "Planning portal"},
    ]
    rows_of = [{**one, "finish": T("2026-10-20")} for one in ending]
    assert sorted(handover(view(rows_of))["id"]) == ["1", "7.2", "P2"]
    assert sorted(unfollowed(view([{**one, **CLOSED} for one in rows_of]))["id"]) == ["1", "7.2", "P2"]
