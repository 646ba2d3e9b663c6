"""The page docs/worked-example.md: its register is run, and every figure printed on it is compared with the result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from pipeline.flow import Run
from pipeline.model import Period, Summary
from pipeline.settings import IngestSettings, Settings, SummariseSettings

PAGE = (Path(__file__).parents[1] / "docs" / "worked-example.md").read_text(encoding="utf-8")


def tables_in(text: str) -> Iterator[list[list[str]]]:
    """Each Markdown table of the page: its rows of cells, the heading first."""
    for block in re.findall(r"(?:^\|.*\n)+", text, re.M):
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in block.splitlines()]
        yield [rows[0], *rows[2:]]


REGISTER, PEOPLE, *WORKED = tables_in(PAGE)
FIGURES = [row for table in WORKED if table[0][-1] == "value" for row in table[1:]]


def sheet(rows: list[list[str]]) -> str:
    return "\n".join("|".join(row) for row in rows)


@pytest.fixture(scope="module")
def summary(tmp_path_factory) -> Summary:
    from openpyxl import Workbook

    from tests.conftest import fill

    book = Workbook()
    fill(book.active, sheet(REGISTER))
    fill(book.create_sheet("People"), sheet(PEOPLE))
    path = tmp_path_factory.mktemp("worked") / "register.xlsx"
    book.save(path)
    settings = Settings(
        ingest=IngestSettings(input=path.parent),
        summarise=SummariseSettings(hours_per_week=40, months_before=0, months_after=1),
    )
    return Run(settings, Period(2026, 10), (path,)).summaries[0]


def found(summary: Summary, table: str, row: str, column: str) -> object:
    """The value at a table's row, named by its first columns' values (`Bo Lee, 2026-11`; `all`: the sum)."""
    if table == "figures":
        return summary.figures[row].value
    frame = summary.tables[table]
    if row == "all":
        return frame[column].sum()
    if row == "rows":
        return float(len(frame))
    wanted = row.split(", ")
    keys = [name for name in ("id", "person", "function", "department", "month", "fault", "check") if name in frame]
    texts = pd.DataFrame({name: _text(frame[name]) for name in keys})
    match = pd.concat([(texts == one).any(axis=1) for one in wanted], axis=1).all(axis=1)
    (value,) = frame.loc[match, column]
    return value


def _text(column: pd.Series) -> pd.Series:
    return column.dt.strftime("%Y-%m") if pd.api.types.is_datetime64_any_dtype(column) else column.astype(str)


def reckoned(expression: str) -> float:
    """The arithmetic of the column `by hand`: numbers, + − × ÷ ( ) and `over(a, b)` = the excess of a above b."""
    plain = expression.replace("×", "*").replace("÷", "/").replace("−", "-")
    assert re.fullmatch(r"(?:[\d.+\-*/(), ]|over)+", plain), expression
    return float(eval(plain, {"__builtins__": {}}, {"over": lambda one, other: max(0, one - other)}))


@pytest.mark.parametrize(("what", "table", "row", "column", "hand", "value"), FIGURES)
def test_the_printed_value_is_the_pipelines(
    summary: Summary, what: str, table: str, row: str, column: str, hand: str, value: str
):
    got = found(summary, table.strip("`"), row, column.strip("`"))
    if value == "n/a":
        assert got is None or pd.isna(got)
    elif re.fullmatch(r"-?[\d.]+ ?%?", value):
        printed = float(value.rstrip(" %")) / (100 if value.endswith("%") else 1)
        digits = len(value.rstrip(" %").partition(".")[2]) + (2 if value.endswith("%") else 0)
        assert got == pytest.approx(printed, abs=0.5 * 10**-digits + 1e-9)
        if hand:
            assert reckoned(hand) == pytest.approx(float(got), abs=1e-9)  # type: ignore[arg-type]
    elif isinstance(got, pd.Timestamp):
        assert f"{got:%Y-%m-%d}" == value
    else:
        assert str(got) == value


def test_the_page_shows_every_formula() -> None:
    said = {row[0] for row in FIGURES}
    assert {row[1].strip("`") for row in FIGURES} >= {
        "people", "workload", "months", "register", "figures", "single_points", "faults", "control", "handover",
        "measures",
    }  # fmt: skip
    assert len(said) >= 25


def test_every_row_was_read_and_judged_as_its_type_says(summary: Summary):
    table = summary.tables["register"]
    assert len(table) == len(REGISTER) - 1
    assert (table["kind"] == table["type"].str.casefold()).all()


def test_nothing_about_the_example_is_unexpected(summary: Summary):
    found = {one.code for one in (*summary.portfolio.register.findings, *summary.findings) if one.level == "error"}
    assert found == set()
