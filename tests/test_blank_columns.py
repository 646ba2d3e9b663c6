"""Columns without a value are one in memory, and frames taken that way are those that pandas takes."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from pipeline.blank_columns import rows_of, shared

ROWS = 5000


@pytest.fixture
def frame() -> pd.DataFrame:
    numbers = np.arange(ROWS)
    made = {
        "title": pd.Series([f"Item {number}" for number in numbers], dtype="string[pyarrow]"),
        "risk": pd.Series([""] * ROWS, dtype="string[pyarrow]"),
        "level": pd.Series([""] * ROWS, dtype="string[pyarrow]"),
        "unknown": pd.Series([pd.NA] * ROWS, dtype="string[pyarrow]"),
        "effort": np.full(ROWS, np.nan),
        "cost": np.full(ROWS, np.nan),
        "progress": np.where(numbers, numbers / ROWS, np.nan),
        "updated": np.full(ROWS, np.datetime64("NaT"), dtype="datetime64[s]"),
        "done": np.full(ROWS, np.datetime64("NaT"), dtype="datetime64[s]"),
        "row": numbers,
        "kind": pd.Series(["", None] * (ROWS // 2), dtype=object),
    }
    return pd.DataFrame(made).set_axis(numbers + 7)


def address(column: pd.Series) -> int:
    if column.dtype == "string":
        return pa.chunked_array(pa.array(column.array)).chunk(0).buffers()[1].address
    return column.to_numpy().__array_interface__["data"][0]


def test_blank_columns_of_a_kind_are_one(frame: pd.DataFrame) -> None:
    one = shared(frame)
    pd.testing.assert_frame_equal(one, frame)
    assert address(one["risk"]) == address(one["level"]) != address(one["unknown"])
    assert address(one["effort"]) == address(one["cost"]) != address(one["progress"])
    assert address(one["updated"]) == address(one["done"])
    assert not np.shares_memory(one["progress"], frame["progress"])


def test_rows_are_those_that_pandas_takes(frame: pd.DataFrame) -> None:
    mask = frame["row"] % 5 != 1
    assert address(rows_of(frame, mask)["effort"]) in (address(frame["effort"]), address(frame["cost"]))
    places = np.random.default_rng(7).integers(0, ROWS, ROWS + 9)
    for where, taken in ((mask, frame[mask]), (places, frame.iloc[places]), (list(places), frame.iloc[places])):
        made = rows_of(frame, where)
        pd.testing.assert_frame_equal(made, taken)
        assert address(made["risk"]) == address(made["level"])
        assert address(made["effort"]) == address(made["cost"])
        assert address(made["updated"]) == address(made["done"])


@pytest.mark.parametrize("rows", [0, 3, ROWS])
def test_few_rows_and_all_of_them(frame: pd.DataFrame, rows: int) -> None:
    pd.testing.assert_frame_equal(rows_of(frame, frame["row"] < rows), frame[:rows])
    pd.testing.assert_frame_equal(rows_of(frame[:0], []), frame[:0])
    pd.testing.assert_frame_equal(shared(frame[:0]), frame[:0])


def test_a_part_of_a_text_is_no_blank(frame: pd.DataFrame) -> None:
    texts = pd.Series(["said"] + [""] * (ROWS - 1), dtype="string[pyarrow]", index=frame.index)
    made = shared(frame.assign(level=texts)[1:])
    assert address(made["risk"]) == address(made["level"])
    assert shared(frame.assign(level=texts)).loc[7, "level"] == "said"


WRITTEN = {"effort": 5.0, "updated": pd.Timestamp("2026-01-01"), "risk": "high"}
WAYS = {
    "shared": shared,
    "all but one": lambda frame: rows_of(frame, frame["row"] < ROWS - 1),
    "one in two": lambda frame: rows_of(frame, frame["row"] % 2 == 0),
    "some twice": lambda frame: rows_of(frame, [*range(ROWS), 3, 4]),
    "few": lambda frame: rows_of(frame, frame["row"] < 9),
    "all": lambda frame: rows_of(frame, frame["row"] < ROWS),
    "in another process": lambda frame: pickle.loads(pickle.dumps(shared(frame), protocol=5)),
}


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("alone", [False, True], ids=["with another of its kind", "alone of its kind"])
def test_writing_to_one_shows_nowhere_else(frame: pd.DataFrame, way: str, name: str, alone: bool) -> None:
    if alone:
        frame = frame.drop(columns=["level", "cost", "done"])
    column = frame.columns.get_loc(name)
    for written_is_made in (True, False):
        source = frame.copy()
        made = WAYS[way](source)
        written, other = (made, source) if written_is_made else (source, made)
        others = [one for one in frame if one != name]
        before, after = other.copy(), written[others].copy()
        written.iloc[2, column] = WRITTEN[name]
        assert written.iloc[2, column] == WRITTEN[name]
        pd.testing.assert_frame_equal(other, before)
        pd.testing.assert_frame_equal(written[others], after)


def test_names_may_repeat(frame: pd.DataFrame) -> None:
    twice = pd.concat([frame, frame[["risk", "row"]]], axis=1)
    pd.testing.assert_frame_equal(rows_of(twice, twice["effort"].isna().to_numpy()), twice)
    pd.testing.assert_frame_equal(shared(twice), twice)
