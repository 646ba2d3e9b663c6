"""Who is what on each item, what hangs on one person and what hangs loose, on registers worked by hand."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from pipeline.model import Summary
from pipeline.summarise.executives import executives, governance
from pipeline.summarise.orphans import leaving, orphans
from pipeline.summarise.raci import raci
from pipeline.summarise.scope import View
from pipeline.summarise.span import concentration, span

Looked = Callable[..., View]
T = pd.Timestamp


def rows(table: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return list(table[list(columns)].itertuples(index=False, name=None))


def test_the_matrix_has_one_row_for_each_item_and_person(view: Looked):
    found = raci(
        view(
            [
                {"id": "A1", "accountable": "Ana", "responsible": "Ana; Bo", "consulted": "Cy", "informed": "cy; Dee"},
                {"id": "A2", "owner": "Bo", "sponsor": "Dee", "deputy": "Ana"},
                {"id": "A3", "owner": "Bo", "status": "Closed"},
            ]
        )
    )
    assert rows(found, "id", "person", "raci", "sponsor", "deputy") == [
        ("A1", "Ana", "R/A", False, False),
        ("A1", "Bo", "R", False, False),
        ("A1", "Cy", "C/I", False, False),
        ("A1", "Dee", "I", False, False),
        ("A2", "Bo", "R/A", False, False),
        ("A2", "Ana", "", False, True),
        ("A2", "Dee", "", True, False),
    ]


def test_faults_are_counted_by_department(summary: Callable[..., Summary]):
    it = [{"id": f"I{n}", "department": "IT", "accountable": "Ana", "responsible": "Bo"} for n in range(4)]
    found = summary(
        [
            *it,
            {"id": "I4", "department": "IT", "kind": "operation", "accountable": "Cy", "responsible": "Bo"},
            {"id": "H1", "department": "HR", "responsible": "Bo"},
            {"id": "H2", "department": "HR", "accountable": "Ana; Bo", "responsible": "Bo"},
        ]
    ).tables["fault_counts"]
    assert rows(found, "department", "fault", "items", "of", "share") == [
        ("HR", "Nobody accountable", 1, 2, 0.5),
        ("HR", "Several accountable", 1, 2, 0.5),
        ("IT", "One accountable for most", 4, 5, 0.8),
        ("IT", "Hangs on one person", 1, 5, 0.2),
    ]


def test_one_person_accountable_for_more_than_the_set_share_is_told(view: Looked):
    it = [{"id": f"I{n}", "department": "IT", "accountable": "Ana" if n < 3 else "Bo"} for n in range(6)]
    hr = [{"id": f"H{n}", "department": "HR", "accountable": "Ana"} for n in range(4)]
    found = concentration(view([*it, *hr, {"id": "X", "department": "IT"}]))
    # Half of IT's six is not more than half; HR has only four; seven of all ten is.
    assert rows(found, "department", "person", "items", "of", "share") == [("", "Ana", 7, 10, 0.7)]
    assert len(concentration(view([*it, *hr], max_accountable_share=0.8))) == 0


def test_span_counts_items_projects_and_reports_against_their_bounds(view: Looked):
    items = [{"id": f"P{n}", "department": "IT", "accountable": "Ana"} for n in range(3)]
    items += [{"id": "O1", "department": "HR", "accountable": "Ana", "kind": "operation"}, {"id": "P9", "owner": "Bo"}]
    people = [
        {"name": "Ana", "department": "IT", "aliases": "A. Silva"},
        {"name": "Bo", "department": "IT", "manager": "A. Silva"},
        {"name": "Cy", "department": "IT", "manager": "Ana"},
        {"name": "Old", "department": "IT", "manager": "Ana", "finish": T("2026-09-30")},
        {"name": "Eve", "department": "IT", "manager": "Eve"},
    ]
    found = span(view(items, people, max_accountabilities=4, max_projects=2, max_reports=1))
    columns = ["person", "home", "projects", "operations", "items", "departments", "reports", "over"]
    assert rows(found, *columns) == [
        ("Ana", "IT", 3, 1, 4, 2, 2, "Projects; Reports"),
        ("Bo", "IT", 1, 0, 1, 0, 0, ""),
    ]


def test_loose_ends_are_people_without_work_and_departments_without_a_head(view: Looked):
    items = [
        {"id": "A", "department": "IT", "owner": "Bo"},
        {"id": "B", "department": "Law", "owner": "Bo"},
        {"id": "C", "department": "IT", "owner": "Idle", "status": "Closed"},
    ]
    people = [
        {"name": "Ana", "department": "IT"},
        {"name": "Bo", "department": "IT", "manager": "Ana"},
        {"name": "Idle", "department": "HR", "manager": "Gone"},
        {"name": "Gone", "department": "HR", "finish": T("2026-10-30")},
        {"name": "Next", "department": "HR", "start": T("2026-11-02")},
    ]
    assert rows(orphans(view(items, people)), "what", "name", "department", "items") == [
        ("Person named on no item", "Idle", "HR", 0),
        ("Department without a head", "HR", "HR", 0),
        ("Department without people", "Law", "Law", 1),
    ]
    assert rows(orphans(view(items, people, scope="Law")), "what", "name") == [("Department without people", "Law")]
    assert orphans(view(items, [{"name": "Bo"}])).empty


def test_work_whose_only_person_leaves_is_told_operations_first(view: Looked):
    items = [
        {"id": "P1", "owner": "Soon"},
        {"id": "O1", "owner": "Soon", "deputy": "Bo", "kind": "operation"},
        {"id": "O2", "owner": "Later", "kind": "operation"},
        {"id": "O3", "responsible": "Soon; Bo", "kind": "operation"},
        {"id": "O4", "owner": "Gone", "kind": "operation"},
        {"id": "O5", "kind": "operation"},
    ]
    people = [
        {"name": "Soon", "finish": T("2026-11-30")},
        {"name": "Later", "finish": T("2027-03-31")},
        {"name": "Gone", "finish": T("2026-10-26")},
        {"name": "Bo"},
    ]
    found = leaving(view(items, people))
    assert rows(found, "id", "person", "days_left", "deputy") == [
        ("O4", "Gone", -5, ""),
        ("O1", "Soon", 30, "Bo"),
        ("P1", "Soon", 30, ""),
    ]
    assert "O2" in leaving(view(items, people, leaving_within_days=151))["id"].tolist()


GOVERNED = [
    {"id": "P1", "department": "IT"},
    {"id": "O1", "department": "IT", "kind": "operation"},
    {"id": "P2", "department": "Law", "executive": "Grace"},
    {"id": "O2", "department": "Law", "kind": "operation", "executive": "Grace"},
    {"id": "O3", "department": "HR", "kind": "operation"},
    {"id": "U1", "department": "IT", "kind": "mixed"},
]
SHEET = [
    {"name": "Ana", "department": "HR", "executive": "Hal"},
    {"name": "Bo", "department": "HR", "executive": "Hal"},
    {"name": "Cy", "department": "HR", "executive": "Ida"},
]


def test_executives_are_those_of_the_register_and_the_people_sheet_where_none_are_set(view: Looked):
    looked = view(GOVERNED, SHEET)
    columns = ["executive", "projects", "operations", "items", "both", "departments", "told_bys"]
    assert rows(executives(looked), *columns) == [
        ("", 1, 1, 3, False, "IT", ""),
        ("Grace", 1, 1, 2, True, "Law", "Register"),
        ("Hal", 0, 1, 1, False, "HR", "People sheet"),
    ]
    assert rows(governance(looked), "department", "projects_by", "operations_by", "both") == [
        ("HR", "", "Hal", False),
        ("IT", "", "", False),
        ("Law", "Grace", "Grace", True),
    ]


def test_the_executives_that_are_set_come_before_the_register(view: Looked):
    chosen = {
        "COO": {"person": "Olga", "governs": ["operations"]},
        "CPO": {"governs": ["projects"]},
        "CIO": {"person": "Grace", "departments": ["it"]},
    }
    looked = view(GOVERNED, SHEET, executives=chosen)
    assert rows(executives(looked), "executive", "projects", "operations", "items", "both") == [
        ("CIO (Grace)", 1, 1, 3, True),
        ("COO (Olga)", 0, 2, 2, False),
        ("CPO", 1, 0, 1, False),
    ]
    only = view(GOVERNED, SHEET, executives={"CIO": {"person": "Grace", "departments": ["IT"]}})
    assert rows(governance(only), "department", "projects_by") == [
        ("HR", ""),
        ("IT", "CIO (Grace)"),
        ("Law", "CIO (Grace)"),  # the register's Grace is the one of the settings
    ]


@pytest.mark.parametrize("table", [raci, span, concentration, orphans, leaving, executives, governance])
def test_nothing_to_look_at_is_an_empty_table(view: Looked, table: Callable[[View], pd.DataFrame]):
    assert table(view([])).empty
