"""Page 'People and responsibility', and verdicts that people decided: sentences, sums, caps, and room."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model import Decision, Summary
from pipeline.render.exhibits import EXHIBITS, annex, answering, load_heat, people
from pipeline.render.facts import Facts
from tests.render.conftest import needs_pdf, page_of, pages_of, pdf_of
from tests.render.organisation_sample import MONTHLY, make_organisation, summary_of

PAYROLL = {**MONTHLY, "title": "Payroll", "effort": 400.0, "accountable": "Ana", "responsible": "Ana"}
QUIET = {**PAYROLL, "effort": 20.0, "deputy": "Bo"}


@pytest.fixture(scope="module")
def organisation() -> Summary:
    return make_organisation()


def said(name: str, summary: Summary) -> str:
    return EXHIBITS[name].message(Facts(summary))


@pytest.mark.parametrize(("staff", "level"), [(12, "person"), (40, "team")])
def test_beyond_twenty_people_the_map_is_by_team(staff: int, level: str) -> None:
    facts = Facts(make_organisation(90, staff, 3))
    heat = load_heat.load_heat(facts, 14)
    assert heat.level == level
    assert len(heat.months) == load_heat.MONTHS
    assert (f"{staff} people" in EXHIBITS["load_heat"].what(facts)) == (level == "team")


def test_beyond_fourteen_teams_the_map_is_by_department() -> None:
    facts = Facts(make_organisation(90, 60, 16))
    heat = load_heat.load_heat(facts, 14)
    assert heat.level == "department"
    assert heat.rest == "and 2 more"


def test_hours_without_any_capacity_are_over_it_and_come_first(organisation: Summary) -> None:
    people = organisation.tables["workload"]
    somebody = load_heat.load_heat(Facts(organisation), 14).rows[-1].person
    gone = people.assign(capacity_hours=people["capacity_hours"].mask(people["person"] == somebody, 0.0))
    gone["hours"] = gone["hours"].mask(gone["person"] == somebody, 128.0)
    first = load_heat.load_heat(
        Facts(replace(organisation, tables={**organisation.tables, "workload": gone})), 14
    ).rows[0]
    assert first.person == somebody
    assert set(first.cells) == {load_heat.HeatCell(5, "128 h")}


def test_cells_print_the_load_of_the_tables(organisation: Summary) -> None:
    facts = Facts(organisation)
    first = load_heat.load_heat(facts, 5).rows[0]
    table = organisation.tables["workload"]
    own = table[(table["person"] == first.person) & (table["month"] == "2026-10-01")]
    assert first.cells[0].text == facts.language.percent(own["load"].iloc[0])


def test_hours_over_and_free_are_those_of_the_table(organisation: Summary) -> None:
    facts, table = Facts(organisation), organisation.tables["people"]
    over = facts.language.hours(table.loc[table["load"] > 1, "over_hours"].sum())
    free = facts.language.hours(table.loc[table["free_hours"] >= 1, "free_hours"].sum())
    assert over in said("most_over", organisation)
    assert free in said("most_free", organisation)


def test_over_and_its_quiet_twin() -> None:
    assert "over capacity" in said("most_over", summary_of([PAYROLL]))
    assert said("most_over", summary_of([QUIET])) == "Nobody is over capacity in October"
    assert said("most_over", summary_of([{"title": "Move"}])) == "Whether anybody is over capacity is unknown"
    assert said("most_free", summary_of([PAYROLL])) == "Nobody has hours free in October"


def test_lists_say_where_the_others_are(organisation: Summary) -> None:
    facts = Facts(organisation)
    free = load_heat.with_room(facts)
    assert load_heat.listed(free, 1, facts).rest == f"and {len(free) - 1} more"


def test_work_that_hangs_on_one_person() -> None:
    assert said("alone", summary_of([PAYROLL])) == "One operation has no deputy and hangs on one person"
    assert said("alone", summary_of([QUIET])) == "No operation hangs on one person without a deputy"
    assert said("alone", summary_of([{**MONTHLY, "title": "A"}])) == "Nobody is named who does an operation"


def test_those_alone_add_up_to_the_table(organisation: Summary) -> None:
    listed = answering.alone(Facts(organisation))
    assert listed["items"].sum() == len(organisation.tables["single_points"])
    assert listed["hours"].sum() == pytest.approx(organisation.tables["single_points"]["month_hours"].sum())


def test_counts_beyond_the_limits() -> None:
    many = [{**QUIET, "title": f"Service {at}", "effort": 1.0} for at in range(30)]
    facts = Facts(summary_of(many))
    assert EXHIBITS["span"].message(facts) == "One person is accountable for more than the limits allow"
    assert "items" in answering.span_rows(facts, 3).rows[0]["passed"]
    assert said("span", summary_of([QUIET])) == "Nobody is accountable for more than the limits allow"


def test_faults_by_department_add_up_to_the_table(organisation: Summary) -> None:
    facts = Facts(organisation)
    counts = answering.fault_counts(facts, 1)
    assert counts.total[1] == len(organisation.tables["faults"])
    assert bool(counts.rest) == (answering.fault_departments(facts) > 1)
    assert sum(counts.rows[0][1]) == counts.rows[0][2]
    assert str(len(organisation.tables["faults"])) in EXHIBITS["fault_counts"].message(facts)


def test_no_fault_is_said() -> None:
    quiet = summary_of([QUIET])
    assert said("fault_counts", quiet) == "Each active item has one accountable person and somebody responsible"
    assert not EXHIBITS["fault_counts"].speaks(Facts(quiet))


def test_a_department_has_its_own_map_and_faults() -> None:
    rows = [{**PAYROLL, "department": "IT"}, {**PAYROLL, "department": "HR", "responsible": "Bo", "accountable": ""}]
    facts = Facts(summary_of(rows, scope="IT"))
    assert [row.person for row in load_heat.load_heat(facts, 9).rows] == ["Ana"]
    assert answering.fault_departments(facts) == 0


@pytest.mark.parametrize("size", [(3, 2, 1), (60, 12, 3), (300, 40, 14)])
def test_the_plan_shows_no_more_than_there_is(size: tuple[int, int, int]) -> None:
    facts = Facts(make_organisation(*size))
    plan = people.plan(facts)
    assert plan.heat <= people.HEAT
    assert plan.people <= people.LISTED
    assert plan.departments <= min(people.DEPARTMENTS, answering.fault_departments(facts))
    assert plan.faults <= facts.count("faults")


def test_without_people_the_page_is_left_out_or_lists_faults() -> None:
    page = page_of(summary_of([{**MONTHLY, "title": "Payroll", "effort": 3.0}]))
    assert 'id="fault_counts"' in page
    assert 'id="load_heat"' not in page


@needs_pdf
def test_each_page_fits_its_sheet() -> None:
    pages = pages_of(pdf_of(make_organisation(300, 40, 14)))
    for title in ("Run and handover", "People and responsibility"):
        assert sum(title in one for one in pages) == 1


def test_decisions_of_people_are_listed_with_their_reasons() -> None:
    summary = summary_of([QUIET, PAYROLL])
    decision = Decision("", "Payroll", "", "project", "Lena", "2026-10-02", "It ends in May", "2026-12-31")
    given = {0: decision, 1: replace(decision, why="")}
    told = replace(summary, portfolio=replace(summary.portfolio, decided=given))
    assert said("decided", summary) == "No verdict was decided by a person"
    assert said("decided", told) == "Two verdicts were decided by people; one gives no reason"
    assert annex.decided(Facts(told))[0]["why"] == "It ends in May"
    assert "It ends in May" in page_of(told)


def test_somebody_whom_the_reader_may_not_see_is_not_named() -> None:
    summary = summary_of([{**QUIET, "department": "IT"}], scope="IT")
    decision = Decision("", "Payroll", "", "project", "Lena", "2026-10-02", "It ends in May")
    told = replace(summary, portfolio=replace(summary.portfolio, decided={0: decision}))
    assert annex.decided(Facts(told))[0]["who"] == ""


def test_hours_free_are_those_of_people_whose_capacity_is_known():
    people = [{"name": "Ana Roy", "weekly_hours": 37.5}]
    small = {**PAYROLL, "id": "X2", "responsible": "Anna Roi", "effort": 1.0}
    facts = Facts(summary_of([{**PAYROLL, "responsible": "Ana Roy"}, small], people))
    assert load_heat.with_assumed_capacity(facts) == {"Anna Roi"}
    assert "Anna Roi" not in [row["person"] for row in load_heat.with_room(facts)]
    assert "is left out" in load_heat.free_note(facts)
