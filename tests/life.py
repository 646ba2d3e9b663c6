"""Three months of one organisation's life: its registers, made from what happens in each month."""

from __future__ import annotations

from collections.abc import Mapping

HEADINGS = (
    "ID", "Title", "Type", "Department", "Team", "Accountable", "Responsible", "Start", "Finish", "Frequency",
    "Effort (h)", "% complete", "Status", "Successor",
)  # fmt: skip
PEOPLE_HEADINGS = ("Name", "Department", "Team", "Weekly hours", "To")
Row = dict[str, str]


def _row(*cells: str) -> Row:
    return dict(zip(HEADINGS, cells, strict=True))


_AUGUST: tuple[Row, ...] = (
    _row("A-01", "Replace the pumps at Weir Lane", "Project", "Works", "Blue", "Ana Roy", "Ana Roy", "2026-03-02", "2026-12-18", "", "400", "40 %", "Active", ""),
    _row("A-02", "Build the new intranet", "Project", "Office", "Web", "Bo Lee", "Di Kay", "2026-02-02", "2026-09-30", "", "300", "90 %", "Active", "Run the intranet"),
    _row("A-03", "Read the meters", "Operation", "Works", "Blue", "Ana Roy", "Cy Fox", "", "", "weekly", "12", "", "Active", ""),
    _row("A-04", "Answer the calls", "Operation", "Office", "Desk", "Ana Roy", "Cy Fox", "", "", "daily", "3", "", "Active", ""),
    _row("A-05", "Clear the archive", "Project", "Office", "Desk", "Bo Lee", "Bo Lee", "2026-06-01", "2026-12-31", "", "120", "20 %", "Active", ""),
    _row("A-06", "Improve the website", "Project", "Office", "Web", "Bo Lee", "Di Kay", "2026-05-04", "2027-02-26", "", "200", "30 %", "Active", ""),
    _row("A-07", "Move the depot", "Project", "Works", "Green", "Ana Roy", "Cy Fox", "2026-01-05", "2026-08-31", "", "500", "80 %", "Active", ""),
    _row("A-08", "Repair the fences", "Project", "Works", "Green", "Ana Roy", "Cy Fox", "2026-07-01", "2027-01-29", "", "80", "10 %", "Active", ""),
    _row("A-09", "Run the payroll", "Operation", "Office", "Desk", "Di Kay", "Di Kay", "", "", "monthly", "30", "", "Active", ""),
    _row("A-11", "Maintain the vehicles", "Operation", "Works", "Blue", "Ana Roy", "Cy Fox", "", "", "monthly", "16", "", "Active", ""),
)  # fmt: skip
_INTRANET = _row("A-12", "Run the intranet", "Operation", "Office", "Web", "Bo Lee", "Bo Lee", "", "", "weekly", "4", "", "Active", "")  # fmt: skip
_SURVEY = _row("A-10", "Survey the roofs", "Project", "Works", "Blue", "Ana Roy", "Ana Roy", "2026-10-01", "2027-03-31", "", "90", "0 %", "Active", "")  # fmt: skip

_SEPTEMBER: Mapping[str, Row] = {
    "A-01": {"Finish": "2027-01-29", "% complete": "50 %"},
    "A-02": {"Status": "Closed", "% complete": "100 %"},
    "A-07": {"Finish": "2026-09-30"},
    "A-11": {"Team": "Green"},
}
"""A slip, a project that closes into an operation, an end rolled forward, a move; progress moves without a change."""
_OCTOBER: Mapping[str, Row] = {
    "A-04": {"Accountable": "Bo Lee"},
    "A-05": {
        "Type": "Operation",
        "Start": "",
        "Finish": "",
        "Frequency": "weekly",
        "Effort (h)": "4",
        "% complete": "",
    },
    "A-07": {"Finish": "2026-11-30"},
    "A-09": {"Accountable": "Cy Fox", "Responsible": "Cy Fox"},
}
"""An item re-owned, one whose data make it an operation, the end rolled forward again, the leaver's work given on."""
GONE = "A-08"
DECIDED = "A-06"
"""Called an operation by a person in October."""

EXPECTED: Mapping[str, set[tuple[str, str]]] = {
    "2026-08": set(),
    "2026-09": {("A-01", "Slipped"), ("A-02", "Closed"), ("A-07", "Slipped"), ("A-11", "Moved"), ("A-12", "New")},
    "2026-10": {
        ("A-04", "Re-owned"), ("A-05", "Reclassified"), ("A-06", "Reclassified"), ("A-07", "Slipped"), ("A-08", "Gone"),
        ("A-09", "Re-owned"), ("A-10", "New"),
    },
}  # fmt: skip
"""Every change of each month, by ID."""


def register(month: str) -> str:
    """The register of a month as a text table."""
    rows = [dict(row) for row in _AUGUST]
    if month >= "2026-09":
        rows = [row | _SEPTEMBER.get(row["ID"], {}) for row in rows] + [dict(_INTRANET)]
    if month >= "2026-10":
        rows = [row | _OCTOBER.get(row["ID"], {}) for row in rows if row["ID"] != GONE] + [dict(_SURVEY)]
    return "\n".join("|".join(line) for line in [HEADINGS, *(tuple(row.values()) for row in rows)])


def people(month: str) -> str:
    """The People sheet of a month; Di Kay leaves at the end of September."""
    left = "2026-09-30" if month >= "2026-09" else ""
    rows = [
        PEOPLE_HEADINGS, ("Ana Roy", "Works", "Blue", "37.5", ""), ("Bo Lee", "Office", "Web", "37.5", ""),
        ("Cy Fox", "Works", "Green", "37.5", ""), ("Di Kay", "Office", "Desk", "37.5", left),
    ]  # fmt: skip
    return "\n".join("|".join(row) for row in rows)
