"""Parquet registers: typed columns become the cells that a workbook would hold; what is no table of cells is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.ingest import ingest
from pipeline.ingest.reader import DATE, DURATION, ERROR, FLAG, NUMBER, TEXT, read_files
from pipeline.model import Period
from pipeline.settings import IngestSettings

COLUMNS = {
    "ID": pa.array(["007", "NA", ""]).dictionary_encode(),
    "Title": ["Run the =1+1 archive", "Zähler tauschen", "New depot"],
    "Start": [date(2026, 1, 5), None, date(2026, 3, 1)],
    "Finish": pa.array([datetime(2026, 6, 30), datetime(2026, 7, 1, 12, 30), None], pa.timestamp("ns")),
    "Seen": pa.array([datetime(2026, 6, 30, 22, 0, tzinfo=UTC)] * 3, pa.timestamp("us", "Europe/Berlin")),
    "Budget": [Decimal("1200.00"), None, Decimal("0.50")],
    "Share": [0.25, float("nan"), float("inf")],
    "Count": pa.array([2**63, None, 3], pa.uint64()),
    "Live": [True, None, False],
    "Length": [timedelta(hours=36), timedelta(minutes=90), None],
    "Hour": pa.array([time(13, 30), None, None], pa.time32("s")),
    "Empty": pa.nulls(3),
}


def written(path: Path, columns: dict[str, object] = COLUMNS, **options: int) -> Path:
    pq.write_table(pa.table(columns), path, **options)
    return path


def test_every_type_becomes_the_cell_that_a_workbook_would_hold(tmp_path: Path) -> None:
    (raw,) = read_files((written(tmp_path / "register.parquet", row_group_size=2),), IngestSettings())
    sheet = raw.sheets[0]
    texts = {column[0].as_py(): column.to_pylist()[1:] for column in sheet.texts}
    kinds = {
        column[0].as_py(): set(kinds[1:].tolist()) - {0} for column, kinds in zip(sheet.texts, sheet.kinds, strict=True)
    }
    assert texts == {
        "ID": ["007", "NA", ""],
        "Title": ["Run the =1+1 archive", "Zähler tauschen", "New depot"],
        "Start": ["2026-01-05", "", "2026-03-01"],
        "Finish": ["2026-06-30", "2026-07-01 12:30:00", ""],
        "Seen": ["2026-07-01"] * 3,
        "Budget": ["1200", "", "0.5"],
        "Share": ["0.25", "", "#NUM!"],
        "Count": ["9223372036854775808", "", "3"],
        "Live": ["TRUE", "", "FALSE"],
        "Length": ["36", "1.5", ""],
        "Hour": ["13.5", "", ""],
        "Empty": ["", "", ""],
    }
    assert kinds == {
        "ID": {TEXT}, "Title": {TEXT}, "Start": {DATE}, "Finish": {DATE}, "Seen": {DATE}, "Budget": {NUMBER},
        "Share": {NUMBER, ERROR}, "Count": {NUMBER}, "Live": {FLAG}, "Length": {DURATION}, "Hour": {DURATION},
        "Empty": set(),
    }  # fmt: skip


def test_its_rows_are_those_of_a_sheet_whose_first_row_has_the_names_of_the_columns(tmp_path: Path) -> None:
    register = ingest((written(tmp_path / "register.parquet"),), IngestSettings(), Period(2026, 10))
    assert register.items["row"].tolist() == [2, 3, 4]
    assert register.cells["id"].tolist() == ["007", "NA", ""]
    assert register.files[0].sheets[0].sheet == "Parquet"


@pytest.mark.parametrize(
    ("columns", "settings", "reason"),
    [
        ({"Title": ["a"], "Who": [["Ada", "Bo"]]}, {}, "lists or bytes, not single values ('Who': list<"),
        ({"Title": pa.array([b"\xff"]).cast(pa.binary())}, {}, "('Title': binary)"),
        ({"Title": ["a"] * 9}, {"max_cells": 9}, "The cells span 10; the limit is 9."),
        ({"Title": [f"{number:0400}" for number in range(4000)]}, {"max_unpacked_mb": 1}, "It unpacks to "),
    ],
)
def test_what_is_no_table_of_cells_or_beyond_a_limit_is_refused(
    tmp_path: Path, columns: dict[str, object], settings: dict[str, int], reason: str
) -> None:
    path = written(tmp_path / "register.parquet", columns)
    (raw,) = read_files((path,), IngestSettings(**settings))
    assert raw.refusal is not None
    assert reason in raw.refusal.what


@pytest.mark.parametrize(
    ("cut", "reason"),
    [
        (lambda whole: whole[:-3], "The file ends before its end"),
        (lambda whole: b"ID,Title\n1,a\n", "is no Parquet file"),
        (lambda whole: whole[:4] + b"\xff" * (len(whole) - 8) + whole[-4:], "nothing could be read from it"),
    ],
)
def test_a_damaged_file_is_refused_in_words(tmp_path: Path, cut, reason: str) -> None:  # type: ignore[no-untyped-def]
    path = written(tmp_path / "register.parquet")
    path.write_bytes(cut(path.read_bytes()))
    (raw,) = read_files((path,), IngestSettings())
    assert raw.refusal is not None
    assert reason in f"{raw.refusal.what} {raw.refusal.hint}"
