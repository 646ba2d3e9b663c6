"""When people are away: days a year and spans of days, in one cell or two."""

from __future__ import annotations

import pytest

from pipeline.ingest import ingest
from pipeline.ingest.leave import read_leave
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD

REGISTER = "ID|Title|Owner\n1|Replace pumps|Ana Roy"


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("2026-10-05 to 2026-10-16", "2026-10-05/2026-10-16"),
        ("5-16 Oct 2026; 21.12.2026-31.12.2026", "2026-10-05/2026-10-16; 2026-12-21/2026-12-31"),
        ("5.–16.10.2026", "2026-10-05/2026-10-16"),
        ("5 Oct 2026, 7 Oct 2026", "2026-10-05/2026-10-05; 2026-10-07/2026-10-07"),
        ("August 2026", "2026-08-01/2026-08-31"),
    ],
)
def test_spans_of_leave(text: str, spans: str):
    assert read_leave(text, "day first").spans == spans


@pytest.mark.parametrize(("text", "days"), [("25", 25.0), ("12,5", 12.5), ("10 days", 10.0), ("2 weeks", None)])
def test_days_a_year(text: str, days: float | None):
    read = read_leave(text, "day first")
    assert (read.days if read.read else None, read.spans) == (days, "")


def test_a_people_sheet_says_leave_in_any_of_its_columns(make_workbook):
    people = (
        "Name|Country|Region|Leave|Leave dates|Leave from|Leave to\n"
        "Ana Roy|DE|Bayern|25|5-9 Oct 2026|2026-12-28|2026-12-31\n"
        "Bo Lee||||soon|2026-10-05|\n"
        "Cy Fox|||12.10.2026 - 16.10.2026|||"
    )
    found = ingest((make_workbook(Register=REGISTER, People=people),), IngestSettings(), PERIOD)
    staff = found.people.set_index("name")
    assert staff["leave"].to_list() == ["2026-10-05/2026-10-09; 2026-12-28/2026-12-31", "", "2026-10-12/2026-10-16"]
    assert staff["leave_days"].fillna(0).to_list() == [25.0, 0.0, 0.0]
    assert staff.loc["Ana Roy", ["country", "region", "file", "sheet", "cell"]].to_list() == [
        "DE", "Bayern", "register.xlsx", "People", "A2",
    ]  # fmt: skip
    told = {one.code: one for one in found.findings if one.sheet == "People"}
    assert (told["R40"].cell, told["R40"].read) == ("E3", "soon")
    assert (told["R62"].cell, told["R62"].read) == ("F3", "5 Oct 2026")
    assert "It is not counted. Write the first and the last day of the leave." in told["R62"].message
