"""Page 'Run and handover': what each exhibit says and lists, that its sums are the tables', and that it fits."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from pipeline.model import Period, Summary
from pipeline.render import fit
from pipeline.render.charts.measure import fitted, text_width
from pipeline.render.exhibits import EXHIBITS, board, board_room, run, run_parts
from pipeline.render.facts import Facts
from pipeline.render.go_lives import headline
from tests.render.conftest import page_of
from tests.render.organisation_sample import MONTHLY, PROJECT, T, make_organisation, summary_of
from tests.render.sample import make_summary


@pytest.fixture(scope="module")
def organisation() -> Summary:
    return make_organisation()


def said(name: str, summary: Summary) -> str:
    return EXHIBITS[name].message(Facts(summary))


def test_departments_add_up_to_the_tables(organisation: Summary) -> None:
    facts = Facts(organisation)
    total = run_parts.parts(facts, 2).total
    assert total["operations"] == facts.count("operations")
    assert total["run_hours"] == pytest.approx(facts.now.run if facts.now else 0)
    assert total["alone"] == facts.count("single_points")


def test_departments_beyond_the_room_stand_in_the_workbook(organisation: Summary) -> None:
    listed = run_parts.parts(Facts(organisation), 3)
    assert len(listed.rows) == 3
    assert listed.rest == "and one more"
    assert listed.rows[0]["run_hours"] >= listed.rows[1]["run_hours"]


def test_hours_are_not_compared_in_a_first_month(organisation: Summary) -> None:
    assert run_parts.parts(Facts(organisation), 3).since == ""
    assert "more than" not in said("run_parts", organisation)


def _after(now: float, september: dict[str, float | None]) -> Facts:
    """One operation of so many hours, and run hours of the month before by department, "" for the organisation."""
    rows = [{**MONTHLY, "title": name, "department": name, "effort": now, "responsible": name} for name in "AB"]
    made = summary_of(rows, [{"name": name, "department": name} for name in "AB"])
    month = pd.Timestamp(2026, 9, 1)
    then = [
        {"level": "department" if name else "organisation", "name": name, "month": month, "run_hours": hours,
         "rules_changed": False}
        for name, hours in september.items()
    ]  # fmt: skip
    trend = pd.concat([made.tables["trend"], pd.DataFrame(then)], ignore_index=True)
    return Facts(replace(made, previous=Period(2026, 9), tables={**made.tables, "trend": trend}))


def test_hours_of_departments_that_came_and_went_are_in_the_change() -> None:
    facts = _after(10.0, {"": 27.0, "A": 15.0, "Gone": 12.0})
    listed = run_parts.parts(facts, 5)
    assert {row["department"]: row["since"] for row in listed.rows} == {"A": -5, "B": 10}
    assert listed.total["since"] == pytest.approx(20 - 27)
    assert run_parts.operations_message(facts) == "Two operations take 20 h in October, 7 h less than in September"


def test_an_unknown_month_before_is_not_compared() -> None:
    facts = _after(10.0, {"": None, "A": None})
    assert run_parts.operations_message(facts) == "Two operations take 20 h in October"
    assert run_parts.parts(facts, 5).total["since"] is None


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "No active item is judged an operation"),
        ([{**MONTHLY, "title": "Payroll"}], "One operation, of unknown hours"),
        ([{**MONTHLY, "title": "Payroll", "effort": 12.0}], "One operation takes 12 h in October"),
    ],
)
def test_operations_are_counted_with_their_hours(rows: list[dict[str, object]], words: str) -> None:
    assert said("run_parts", summary_of(rows)) == words


def test_the_wave_says_what_ended_projects_free() -> None:
    ending = {**PROJECT, "title": "Move", "finish": T("2026-11-13"), "responsible": "Ana"}
    summary = summary_of([ending, {**MONTHLY, "title": "Payroll", "effort": 10.0, "responsible": "Ana"}])
    facts = Facts(summary)
    waves = run_parts.waves(facts)
    table = summary.tables["load_wave"]
    last = table[table["month"] == table["month"].max()]
    assert waves[-1].freed == pytest.approx(last["freed_hours"].sum())
    assert waves[0].freed == 0
    assert "ended projects free" in said("wave", summary)
    assert run_parts.wave_note(facts) == (
        "One project that ends from November to April names no operation of the register; what it adds is unknown."
    )


def test_no_ending_project_makes_no_wave() -> None:
    summary = summary_of([{**MONTHLY, "title": "Payroll", "effort": 10.0}])
    assert not EXHIBITS["wave"].speaks(Facts(summary))
    assert said("wave", summary) == "No ending project frees or adds known hours in the months ahead"


def test_the_board_totals_every_handover(organisation: Summary) -> None:
    facts = Facts(organisation)
    listed = board.board(facts, 2)
    projects = organisation.tables["projects"].set_index("item")["month_hours"]
    wanted = projects.reindex(organisation.tables["handover"]["item"]).sum()
    assert listed.total == pytest.approx(wanted)
    assert listed.rest == f"and {facts.count('handover') - 2} more"


def test_a_successor_by_id_is_named() -> None:
    ending = {**PROJECT, "id": "P1", "title": "Move", "finish": T("2026-11-13"), "handover_to": "Desk"}
    service = {**MONTHLY, "id": "S1", "title": "Payroll", "effort": 10.0}
    summary = summary_of([{**ending, "successor": "S1"}, service])
    assert board.board(Facts(summary), 5).rows[0]["successor"] == "S1 Payroll"
    assert said("board", summary) == "One project hands over by 13 Nov; its taker and its operation are named"


def test_a_successor_that_is_no_operation_stands_as_it_was_read() -> None:
    ending = {**PROJECT, "id": "P1", "title": "Move", "finish": T("2026-11-13"), "successor": "Payroll desk"}
    assert board.board(Facts(summary_of([ending])), 5).rows[0]["successor"] == "Payroll desk"


def test_no_handover_is_said(organisation: Summary) -> None:
    assert said("board", summary_of([{**MONTHLY, "title": "Payroll"}])) == "No project is about to hand over"
    assert said("board", organisation).endswith("name both taker and operation")


def test_renewals_are_in_order_with_the_value_that_is_known() -> None:
    late = {**MONTHLY, "title": "Lifts", "finish": T("2026-10-20")}
    soon = {**MONTHLY, "title": "Licences", "finish": T("2026-12-01"), "budget": 5000.0}
    summary = summary_of([soon, late])
    listed = board.renewals(Facts(summary), 9)
    assert [row["title"] for row in listed.rows] == ["Lifts", "Licences"]
    assert listed.total == 5000
    assert EXHIBITS["renewals"].note(Facts(summary)) == "The value of one is unknown and in no total."
    assert said("renewals", summary) == "Two operations end or renew by 1 Dec; one of them past their end"


def test_no_renewal_is_said_in_a_line() -> None:
    summary = summary_of([{**MONTHLY, "title": "Payroll"}])
    assert not EXHIBITS["renewals"].speaks(Facts(summary))
    assert "No operation ends or renews soon." in said("run_silent", summary)


@pytest.mark.parametrize("size", [(3, 2, 1), (60, 12, 3), (300, 40, 14)])
def test_the_plan_shows_no_more_than_there_is(size: tuple[int, int, int]) -> None:
    facts = Facts(make_organisation(*size))
    plan = run.plan(facts)
    assert plan.parts <= run.PARTS
    assert plan.board <= min(run.BOARD, facts.count("handover"))
    assert plan.renewals <= min(run.RENEWALS, facts.count("renewals"))
    assert plan.largest + plan.renewals <= facts.count("operations")


def test_without_operations_and_handovers_the_page_is_left_out() -> None:
    page = page_of(summary_of([{**PROJECT, "title": "Move", "finish": T("2027-09-01")}]))
    assert 'id="run"' not in page
    assert "No active item is judged an operation." in page


def test_hostile_titles_stay_text() -> None:
    page = page_of(make_summary(40, 6, title="<script>alert(1)</script>"))
    assert "<script>alert" not in page


def test_a_long_title_takes_two_lines_of_the_board_and_its_columns_fill_the_page() -> None:
    ending = {**PROJECT, "id": "P1", "finish": T("2019-10-27"), "handover_to": "Desk", "successor": "S1"}
    service = {**MONTHLY, "id": "S1", "title": "Payroll", "effort": 10.0}
    titles = ("Move", "Network segmentation of control systems and laboratories")
    short, long = (Facts(summary_of([{**ending, "title": title}, service])) for title in titles)
    made = board.board(long, 1)
    assert sum(made.room.columns) == pytest.approx(board_room.ACROSS)
    assert fitted(titles[1], made.room.title_letters, board_room.TEXT) == titles[1], "there is room: nothing is cut"
    assert text_width("27 Oct 2019", board_room.TEXT, bold=True) <= made.room.day
    assert board_room.heights(made.rows, long)[0] > board_room.heights(board.board(short, 1).rows, short)[0]


def test_a_plan_takes_the_lines_that_titles_take() -> None:
    ending = {**PROJECT, "finish": T("2026-11-13"), "handover_to": "Desk", "successor": "Network segmentation desk"}
    short, long = (
        run.plan(Facts(summary_of([{**ending, "id": f"P{at}", "title": title} for at in range(60)])))
        for title in (
            "Move",
            "Replace the chlorine dosing at the works of Otterford and Brackwell; retire the gas store",
        )
    )
    assert 0 < long.board <= short.board <= run.BOARD


def test_what_a_decision_asks_ends_with_a_whole_word_and_takes_three_lines_at_most() -> None:
    """On paper; the page reckons its charts with the same text."""
    asked = "Settle whether 11 items are projects or operations: " + ", ".join(
        f"PO-{at:03d} Pay structure review" for at in range(9)
    )
    summary = make_summary(30, 8)
    facts = Facts(summary)
    said = fit.decision(asked, facts)
    assert said.endswith("…")
    assert asked.startswith(said[:-1])
    assert asked[len(said) - 1] in " ,"
    assert fit.wrapped(said, 0.64 * 504 - 6, 8.5) == 3
    assert fit.decision(asked, Facts(summary, medium="screen")) == asked


def test_a_median_slip_of_a_week_is_no_plural() -> None:
    moved = {**PROJECT, "title": "Move", "baseline_finish": T("2026-11-06"), "finish": T("2026-11-13")}
    assert headline(Facts(summary_of([moved]))) == "The one go-live to April 2027 has moved, by a week."
