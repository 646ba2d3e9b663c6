"""Versions of one register never add up; different registers do; which is used, and why, is told."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.fields import FIELDS
from pipeline.ingest import ingest
from pipeline.ingest.header import Header
from pipeline.ingest.headings import Headings
from pipeline.ingest.reader import TEXT, RawSheet
from pipeline.ingest.table import Table, read_table
from pipeline.ingest.version_names import read_name
from pipeline.ingest.versions import choose_versions
from pipeline.model import Period
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD

HEAD = "ID|Title|Owner|Finish|% complete"
KNOWN = Headings(FIELDS)
FEBRUARY = Period(2026, 2)


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
    assert one.remedy == "Remove the file from the input folder if it is no longer needed."


def test_monthly_tabs_are_versions_and_the_one_for_the_period_is_used(make_workbook):
    tabs = {"Aug": table(1, 2, 3), "Sep": table(1, 2, 3, 4), "Okt": table(2, 3, 4, 5), "Nov": table(4, 5, 6)}
    register = read(make_workbook(**tabs))
    assert set(register.items["sheet"]) == {"Okt"}
    assert set_aside(register) == {"Aug", "Sep", "Nov"}
    remedies = {one.remedy for one in register.findings if one.code == "R03"}
    assert remedies == {"Remove the sheet from its file if it is no longer needed."}


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


def listed(file: str, sheet: str, *rows: str) -> Table:
    """The table of these rows, the first its headings, `|` between cells."""
    cells = [row.split("|") for row in rows]
    texts = tuple(pa.array(column) for column in zip(*cells, strict=True))
    raw = RawSheet(sheet, texts, tuple(np.full(len(rows), TEXT) for _ in texts))
    read = read_table(file, raw, Header(0, 0, tuple(cells[0]), 1.0), KNOWN)
    assert isinstance(read, Table)
    return read


def made(file: str, sheet: str, items: str, *, owner: str = "Ana Roy") -> Table:
    """A table of one item for each letter of `items`, with an ID that is no plain number."""
    return listed(file, sheet, "ID|Title|Owner", *(f"P{ord(item)}|Work item {item}|{owner}" for item in items))


def told(tables, period=PERIOD):
    """The places of the tables that are used, and what is told of the others."""
    used, findings = choose_versions(tables, period)
    return {(one.file, one.sheet.name) for one in used}, {
        (one.code, one.file, one.sheet, one.message) for one in findings
    }


CHAIN = [made("plan.xlsx", *tab) for tab in (("Jan", "abcd"), ("Feb", "cdef"), ("Mar", "efgh"))]
COPIED = [made("finance.xlsx", "S", "abcd"), made("hr.xlsx", "S", "efgh"), made("everything.xlsx", "S", "abcdefgh")]
ANY = st.lists(
    st.builds(
        made,
        st.sampled_from(["plan.xlsx", "plan v2.xlsx", "plan-feb.xlsx", "hr.xlsx"]),
        st.sampled_from(["Jan", "Feb", "Mar", "List", "List old", "Work"]),
        st.text("abcdef", min_size=1, max_size=5),
        owner=st.sampled_from(["Ana Roy", "Bo Lee"]),
    ),
    max_size=6,
    unique_by=lambda one: (one.file, one.sheet.name),
)


@given(st.permutations(CHAIN))
@settings(deadline=None)
def test_tabs_of_which_each_repeats_part_of_the_last_are_one_register(tabs):
    assert told(tabs, FEBRUARY)[0] == {("plan.xlsx", "Feb")}


@given(st.permutations(COPIED))
@settings(deadline=None)
def test_a_list_of_everything_does_not_tie_the_registers_it_was_copied_from(files):
    assert told(files)[0] == {("finance.xlsx", "S"), ("hr.xlsx", "S")}


@given(ANY, st.randoms())
@settings(deadline=None, max_examples=50)
def test_the_order_of_tabs_and_files_decides_nothing(tables, chance):
    assert told(chance.sample(tables, len(tables)), FEBRUARY) == told(tables, FEBRUARY)


@pytest.mark.parametrize("column", ["Owner", "Department"])
@pytest.mark.parametrize(("names", "count"), [(("finance", "hr"), 2), (("work v1", "work v2"), 1)])
def test_like_rows_of_other_people_are_other_items_unless_the_files_are_of_one_name(names, count, column):
    tables = [
        listed(
            f"{name}.xlsx", "Plan", f"ID|Title|{column}|Status", *(f"{at}|Report {at}|{cell}|Open" for at in range(5))
        )
        for name, cell in zip(names, ("Ana", "Bo"), strict=True)
    ]
    assert len(told(tables)[0]) == count


def test_plain_numbers_do_not_make_versions_of_registers_with_a_few_titles_alike():
    tables = [
        listed(
            f"{name}.xlsx",
            "Plan",
            "ID|Title|Owner",
            *(f"{at}|{'Report' if at < 2 else name} {at}|Ana" for at in range(5)),
        )
        for name in ("finance", "hr")
    ]
    assert len(told(tables)[0]) == 2


@pytest.mark.parametrize(("name", "count"), [("south", 2), ("north old", 1)])
def test_one_shared_row_is_too_little_to_set_a_register_aside(name, count):
    assert len(told([made("north.xlsx", "Plan", "abc"), made(f"{name}.xlsx", "Plan", "a")])[0]) == count


@pytest.mark.parametrize(
    ("name", "beside", "month"),
    [
        ("register-nov", (2026, 10), "2026-11"),
        ("register-nov", (2025, 11), "2025-11"),
        ("register-mar", (2026, 10), "2026-03"),
        ("Januar", (2026, 12), "2027-01"),
        ("März", (2026, 4), "2026-03"),
    ],
)
def test_a_month_without_a_year_is_the_one_that_lies_best(name, beside, month):
    assert str(read_name(f"{name}.xlsx", "Plan", lambda: Period(*beside)).month) == month


def test_the_days_on_which_rows_were_updated_tell_the_year_of_a_month():
    tables = [
        listed(
            f"register-{name}.xlsx",
            "Plan",
            "ID|Title|Owner|Last updated",
            *(f"{at}|Work {at}|Ana|{day}" for at in range(3)),
        )
        for name, day in (("nov", "2025-11-28"), ("dec", "2025-12-30"))
    ]
    used, ((_, _, _, message),) = told(tables)
    assert used == {("register-dec.xlsx", "Plan")}
    assert "its month, 2025-12, is the latest up to 2026-10" in message


@pytest.mark.parametrize(
    ("names", "period", "why"),
    [
        (
            ("list 2026-10-02", "list 2026-10-30"),
            (2026, 10),
            "both are named for 2026-10, and its file comes last by name",
        ),
        (("list-nov", "list"), (2026, 10), "the other is named for 2026-11, after 2026-10"),
        (
            ("list 2026-12", "list 2026-11"),
            (2026, 10),
            "both are named for months after 2026-10, and its month, 2026-11,",
        ),
    ],
)
def test_the_reason_says_what_is_so(names, period, why):
    used, findings = told([made(f"{name}.xlsx", "Plan", "abc") for name in names], Period(*period))
    assert used == {(f"{names[1]}.xlsx", "Plan")}
    assert [why in message for code, *_, message in findings if code == "R03"] == [True]


def test_a_register_of_a_later_month_is_used_and_told():
    used, findings = told([made("register-nov.xlsx", "Plan", "abc")], Period(2026, 10))
    assert used == {("register-nov.xlsx", "Plan")}
    ((code, file, sheet, message),) = findings
    assert (code, file, sheet) == ("R29", "register-nov.xlsx", "Plan")
    assert "speaks of 2026-11, which is after 2026-10; it is used" in message
