"""Versions of one register never add up; different registers do; which is used, and why, is told."""

from __future__ import annotations

import pytest

from pipeline.ingest import ingest
from pipeline.model import Period
from pipeline.settings import IngestSettings

HEAD = "ID|Title|Owner|Finish|% complete"


def table(*items: int, share: int = 0) -> str:
    return "\n".join([HEAD, *(f"{item}|Work item number {item}|Ana Roy|2026-12-31|{share}%" for item in items)])


def read(path, period=(2026, 10)):
    return ingest((path,), IngestSettings(), Period(*period))


def set_aside(register):
    return {one.sheet if one.file == "register.xlsx" else one.file for one in register.findings if one.code == "R03"}


@pytest.mark.parametrize(
    ("names", "period", "used", "why"),
    [
        (("register-oct.xlsx", "register-nov final (2).xlsx"), (2026, 10), "register-oct.xlsx", "named for 2026-10"),
        (("register-oct.xlsx", "register-nov final (2).xlsx"), (2026, 11), "register-nov final (2).xlsx", "2026-11"),
        (("plan 2025.xlsx", "plan 2026.xlsx"), (2025, 12), "plan 2025.xlsx", "its year, 2025"),
        (("list_old.xlsx", "list.xlsx"), (2026, 10), "list.xlsx", "called old, a copy or a draft"),
        (("Copy of list.xlsx", "list.xlsx"), (2026, 10), "list.xlsx", "called old, a copy or a draft"),
        (("list v1.2.xlsx", "list v1.10.xlsx"), (2026, 10), "list v1.10.xlsx", "higher version number"),
        (("list 2026-10-02.xlsx", "list 2026-10-30.xlsx"), (2026, 10), "list 2026-10-30.xlsx", "named for 2026-10"),
        (("list 20260901.xlsx", "list 20261001.xlsx"), (2026, 10), "list 20261001.xlsx", "named for 2026-10"),
        (("list 09-2026.xlsx", "list 10-2026.xlsx"), (2026, 9), "list 09-2026.xlsx", "named for 2026-09"),
    ],
)
def test_the_file_for_the_period_is_used(make_workbook, tmp_path, names, period, used, why):
    for name in names:
        make_workbook(name, Plan=table(1, 2, 3))
    register = read(tmp_path, period)
    assert set(register.items["file"]) == {used}
    (one,) = [one for one in register.findings if one.code == "R03"]
    assert used in one.message
    assert why in one.message


def test_monthly_tabs_are_versions_and_the_one_for_the_period_is_used(make_workbook):
    tabs = {"Aug": table(1, 2, 3), "Sep": table(1, 2, 3, 4), "Okt": table(2, 3, 4, 5), "Nov": table(4, 5, 6)}
    register = read(make_workbook(**tabs))
    assert set(register.items["sheet"]) == {"Okt"}
    assert set_aside(register) == {"Aug", "Sep", "Nov"}


@pytest.mark.parametrize("tabs", [("2026-09", "2026-10"), ("Sept 26", "Oct 26"), ("septembre", "octobre")])
def test_tabs_named_in_other_ways(make_workbook, tabs):
    register = read(make_workbook(**{name: table(1, 2, 3) for name in tabs}))
    assert set(register.items["sheet"]) == {tabs[1]}


def test_the_month_of_a_tab_is_of_the_year_its_file_names(make_workbook):
    path = make_workbook("plan 2025.xlsx", **{"Nov": table(1, 2, 3), "Dec": table(1, 2, 3)})
    assert set(read(path).items["sheet"]) == {"Dec"}


def test_a_year_of_tabs_in_which_items_come_and_go_is_one_register(make_workbook):
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct"]
    tabs = {name: table(*range(2 * at, 2 * at + 5)) for at, name in enumerate(months)}
    register = read(make_workbook(**tabs))
    assert set(register.items["sheet"]) == {"Oct"}
    assert set_aside(register) == set(months[:-1])


def test_monthly_tabs_of_different_work_add_up(make_workbook):
    register = read(make_workbook(Sep=table(1, 2, 3), Oct=table(4, 5, 6)))
    assert len(register.items) == 6


def test_departments_on_tabs_with_the_same_headings_add_up(make_workbook):
    register = read(make_workbook(Finance=table(1, 2), HR=table(11, 12), Legal=table(21, 22)))
    assert len(register.items) == 6
    assert set_aside(register) == set()


def test_the_same_row_in_two_registers_is_told(make_workbook, tmp_path):
    make_workbook("north.xlsx", Plan=HEAD + "\nA1|Replace pumps|Ana|2026-12-31|0%\nA2|Read meters|Bo|2026-12-31|0%")
    make_workbook(
        "south.xlsx", Work="Ref|Activity|Lead|Frequency\nA1|Replace pumps|Ana|weekly\nS2|Sweep streets|Cy|daily"
    )
    register = read(tmp_path)
    assert len(register.items) == 4
    (one,) = [one for one in register.findings if one.code == "R21"]
    assert (one.file, "north.xlsx, Plan!A2" in one.message) == ("south.xlsx", True)


def test_like_tables_on_one_sheet_are_no_versions(register):
    """
    Team North
    Task|Owner|Status
    Check doors|Ana|open
    Order salt|Ana|open
    |
    Team South
    Task|Owner|Status
    Check doors|Bo|open
    Order salt|Bo|open
    """
    assert len(register.items) == 4
