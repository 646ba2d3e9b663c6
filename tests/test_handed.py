"""What another process takes over is what was handed out, and its columns lie in one file, each once."""

from __future__ import annotations

import pickle
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest

from pipeline import handed as module
from pipeline.handed import Handed, handed

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="files are opened by number on Linux alone")
FRAME = pd.DataFrame({"title": pd.Series(["Roof", "", "Wägen"], dtype="str"), "hours": [1.5, np.nan, 3.0]})


def _size_and_frame(held: Handed) -> tuple[int, pd.DataFrame]:
    return len(held.head), held.taken()["items"]


@LINUX
def test_a_process_reads_the_columns_where_they_lie() -> None:
    held = handed({"items": FRAME, "again": np.arange(100_000)})
    assert len(held.head) < 10_000
    with ProcessPoolExecutor(1, mp_context=get_context("forkserver")) as pool:
        size, frame = pool.submit(_size_and_frame, held).result()
    assert size == len(held.head)
    pd.testing.assert_frame_equal(frame, FRAME)


@LINUX
def test_a_column_that_several_frames_share_lies_there_once() -> None:
    column, text = np.arange(100_000), pd.Series(["plan"] * 100_000, dtype="str")
    once = column.nbytes + text.nbytes
    held = handed([pd.DataFrame({"a": column}, copy=False), pd.DataFrame({"b": column, "c": text}, copy=False), text])
    assert held.kept
    assert once <= held.kept.tell() < once + 1000
    first, second, third = held.taken()
    assert (first["a"].to_numpy() == column).all()
    assert (second["b"].to_numpy() == column).all()
    pd.testing.assert_series_equal(third, text)


@LINUX
def test_where_the_disk_is_full_each_process_gets_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.tempfile, "TemporaryFile", lambda: open("/dev/full", "wb", buffering=0))  # noqa: SIM115
    held = pickle.loads(pickle.dumps(handed(FRAME)))
    assert not held.path
    pd.testing.assert_frame_equal(held.taken(), FRAME)


@pytest.mark.parametrize("value", [{}, {"hours": np.zeros(0)}])
def test_a_value_without_columns_is_handed_too(value: dict[str, np.ndarray]) -> None:
    taken = handed(value).taken()
    assert taken.keys() == value.keys()


def test_elsewhere_each_process_gets_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.sys, "platform", "darwin")
    held = pickle.loads(pickle.dumps(handed(FRAME)))
    pd.testing.assert_frame_equal(held.taken(), FRAME)
