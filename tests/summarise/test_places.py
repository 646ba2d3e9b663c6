"""A finding names a cell, which a marked copy can colour, also where its column is not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.flow import Run
from pipeline.model import Period
from pipeline.settings import Settings


def test_rows_that_one_finding_stands_for_are_named_in_order_by_cells_that_are_there(
    make_workbook: Callable[..., Path],
) -> None:
    table = """
    Task|Owner|Actual start|Actual finish
    Old depot|Ana|2026-06-01|2026-10-05
    New roof|Ana|2026-06-01|2026-10-20
    """
    work = Run(Settings(), Period(2026, 10), (make_workbook(Register=table),))
    (told,) = [one for one in work.findings if one.code == "S07"]
    assert (told.cell, told.ranges) == ("A2", "A2 A3")
    assert told.message.startswith("2 like this (A2 A3), such as: ")
    assert not work.marked.problems
