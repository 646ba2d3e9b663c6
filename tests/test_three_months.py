"""Three registers of one organisation, published month after month: every change is found, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests import life

MONTHS = ("2026-08", "2026-09", "2026-10")
Rows = list[dict[str, object]]


@pytest.fixture
def published(ask: Callable[..., tuple[int, str, str]], make_workbook: Callable[..., Path]) -> Mapping[str, Path]:
    """The workbook of each month, published from its register alone."""
    Path("pipeline.toml").write_text('[render]\nformats = ["xlsx"]\n[render.packs]\ndepartment = {make = false}\n')
    for month in MONTHS:
        make_workbook("input/register.xlsx", Register=life.register(month), People=life.people(month))
        if month == "2026-10":
            decided = ask("decide", life.DECIDED, "operation", "--because", "It never ends", "--who", "Bo Lee")
            assert decided[0] == 0, decided
        code, _, err = ask("run", "--period", month, "--archive")
        assert code == 0, err
    return {month: Path("output", month, f"{month}_pmo.xlsx") for month in MONTHS}


def sheet(path: Path, name: str) -> Rows:
    """The rows of a sheet's table, by heading; its table begins at the first row with several filled cells."""
    lines = list(load_workbook(path, data_only=True)[name].iter_rows(values_only=True))
    head = next(at for at, row in enumerate(lines) if sum(cell is not None for cell in row) > 3)
    return [dict(zip(lines[head], row, strict=True)) for row in lines[head + 1 :] if any(row)]  # type: ignore[arg-type]


def test_every_change_of_each_month_is_found_and_nothing_else(published: Mapping[str, Path]):
    for month, path in published.items():
        found = [(row["ID"], row["Kind of change"]) for row in sheet(path, "Changes") if row["Kind of change"]]
        assert sorted(found) == sorted(life.EXPECTED[month]), month
    october = {row["ID"]: row for row in sheet(published["2026-10"], "Changes")}
    assert october["A-05"]["Why"] == "The data changed"
    assert october["A-06"]["Why"] == "A person's decision"
    assert (october["A-07"]["Before"], october["A-07"]["Now"], october["A-07"]["Days"]) == (
        "2026-09-30", "2026-11-30", 61,
    )  # fmt: skip
    assert (october["A-09"]["Before"], october["A-09"]["Now"]) == ("Di Kay", "Cy Fox")
    faults = [(row["ID"], row["Fault"], row["Who"]) for row in sheet(published["2026-10"], "Faults")]
    assert faults == [("A-06", "Responsible has left", "Di Kay")]
    assumed = [" ".join(str(cell) for cell in row if cell) for path in published.values()
              for row in [sum(load_workbook(path)["Assumptions"].iter_rows(values_only=True), ())]]  # fmt: skip
    assert ["No earlier period is published here" in text for text in assumed] == [True, False, False]
