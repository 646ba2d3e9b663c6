"""Which items hold others: each name is looked for where it was written first."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.classify import classify
from pipeline.ingest import ingest
from pipeline.settings import ClassifySettings, IngestSettings, SummariseSettings
from pipeline.summarise.hierarchy import containers
from pipeline.summarise.work import gather
from tests.conftest import PERIOD


def held(*rows: tuple[str, str, str], places: tuple[str, ...] = (), over: tuple[int, ...] = ()) -> list[int]:
    """The rows that hold others; a row is its ID, title and parent, its place `file/sheet`."""
    frame = pd.DataFrame(rows, columns=["id", "title", "parent"], dtype="string[pyarrow]")
    spots = [one.split("/") for one in places or ["a/S"] * len(rows)]
    frame = frame.assign(file=[file for file, _ in spots], sheet=[sheet for _, sheet in spots], table=0)
    active = pd.Series([row not in over for row in range(len(rows))])
    return containers(frame, active).to_numpy().nonzero()[0].tolist()


def test_by_id_or_title_in_any_case() -> None:
    assert held(("P-1", "Metering", ""), ("P-2", "Meters", "p-1"), ("P-3", "Tanks", ""), ("P-4", "Pipes", "TANKS")) == [
        0,
        2,
    ]
    assert held(("P-1", "Metering", ""), ("P-2", "Meters", "")) == []


def test_each_sheet_has_its_own_numbers() -> None:
    rows = (("1", "Plan", ""), ("2", "Draw", "1"), ("1", "Buy", ""), ("2", "Sell", ""))
    assert held(*rows, places=("a/S", "a/S", "a/T", "a/T")) == [0]
    assert held(*rows, places=("a/S", "a/S", "b/S", "b/S")) == [0]


def test_a_programme_on_another_sheet_or_in_another_file_is_found() -> None:
    rows = (("P-1", "Metering", ""), ("7", "Meters", "P-1"), ("P-1", "Namesake", ""))
    assert held(*rows, places=("a/Programmes", "a/Projects", "b/Other")) == [0]
    assert held(*rows[:2], places=("b/Programmes", "a/Projects")) == [0]


def test_those_that_name_themselves_or_each_other_hold_nobody() -> None:
    assert held(("1", "Plan", "1"), ("2", "Draw", "3"), ("3", "Fit", "Draw"), ("4", "Buy", "3")) == [2]
    crossed = (("1", "Plan", "2"), ("2", "Draw", ""), ("1", "Buy", ""), ("2", "Sell", "1"))
    assert held(*crossed, places=("a/S", "a/S", "a/T", "a/T")) == [1, 2]


def test_what_is_over_holds_only_what_goes_on() -> None:
    rows = (("1", "Programme", ""), ("2", "Stage", "1"), ("3", "Task", "2"))
    assert held(*rows, over=(1,)) == [0, 1]
    assert held(*rows, over=(1, 2)) == [1]


def test_hours_of_an_outline_are_those_of_its_lowest_rows(make_workbook) -> None:
    """Two sheets that number their rows alike have nothing to do with each other."""
    head, row = "WBS|Title|Department|Owner|Type|Start|Finish|Effort (h)", "|Water|Ana|Project|2026-10-01|2026-10-31|"
    outline = [head, f"1|Plan{row}40", f"1.1|Measure{row}16", f"1.2|Draw{row}24"]
    plain = [head, f"1|Buy{row}7", f"2|Sell{row}5"]
    book = make_workbook(Works="\n".join(outline), Trade="\n".join(plain))
    register = ingest((book,), IngestSettings(), PERIOD)
    work = gather(classify(register, ClassifySettings(), PERIOD, ()), SummariseSettings(), PERIOD)
    assert work.allocations["hours"].sum() == pytest.approx(16 + 24 + 7 + 5)
