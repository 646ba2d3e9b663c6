"""A long sheet is written by two processes, and nobody can tell."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.parser import halves
from pipeline.parser.cells import Row
from pipeline.parser.halves import Written, write_sheet
from pipeline.parser.kinds import ERROR, Mark

ROWS: list[Row] = [[f"Item {at}", at, dt.date(2026, 1, 1 + at % 28), "  " if at % 5 else ""] for at in range(101)]
MARKS: list[Mark] = [(3, 1, ERROR, "#REF!"), (77, 1, ERROR, "#N/A"), (100, 3, ERROR, "#DIV/0!")]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork: every sheet is written whole")


def table(folder: Path, written: Written) -> pa.Table:
    parts = [pa.ipc.open_file(pa.OSFile(str(folder / file))).read_all() for file in written.files]
    return pa.concat_tables(parts).combine_chunks()


def written(folder: Path, rows=lambda: ROWS) -> Written:
    folder.mkdir()
    return write_sheet(folder, "sheet0", rows, len(ROWS), 4, MARKS)


@pytest.fixture
def two(monkeypatch):
    """Any sheet is long enough for two, and there are two processors."""
    monkeypatch.setattr(halves, "_WORTH_A_FORK", 1)
    monkeypatch.setattr(halves, "cores", lambda: 2)


def test_two_halves_are_what_one_process_writes(tmp_path, two, monkeypatch):
    both = written(tmp_path / "both")
    monkeypatch.setattr(halves, "cores", lambda: 1)
    whole = written(tmp_path / "whole")
    assert (len(both.files), len(whole.files)) == (2, 1)
    assert table(tmp_path / "both", both).equals(table(tmp_path / "whole", whole))
    assert (both.rows, both.filled, both.blank) == (whole.rows, whole.filled, whole.blank)
    assert whole.rows == 101
    assert whole.blank == sum(row[3] == "  " for row in ROWS)


def test_when_the_other_process_dies_its_half_is_written_here(tmp_path, two):
    here = os.getpid()

    def rows() -> Iterator[Row]:
        for at, row in enumerate(ROWS):
            if at == 60 and os.getpid() != here:
                raise MemoryError
            yield row

    mended = written(tmp_path / "mended", rows)
    whole = written(tmp_path / "whole")
    assert table(tmp_path / "mended", mended).equals(table(tmp_path / "whole", whole))
    assert (mended.rows, mended.filled) == (whole.rows, whole.filled)


def test_where_no_further_process_is_allowed_both_halves_are_written_here(tmp_path, two, monkeypatch):
    def none() -> int:
        raise BlockingIOError("Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", none)
    alone = written(tmp_path / "alone")
    monkeypatch.setattr(halves, "cores", lambda: 1)
    whole = written(tmp_path / "whole")
    assert table(tmp_path / "alone", alone).equals(table(tmp_path / "whole", whole))
    assert (alone.rows, alone.filled, alone.blank) == (whole.rows, whole.filled, whole.blank)


def test_the_other_process_has_ended_when_this_one_fails(tmp_path, two, monkeypatch):
    here, fork, forks = os.getpid(), os.fork, []
    monkeypatch.setattr(os, "fork", lambda: forks.append(fork()) or forks[-1])

    def rows() -> Iterator[Row]:
        if os.getpid() == here:
            raise ValueError("no rows")
        yield from ROWS

    with pytest.raises(ValueError, match="no rows"):
        written(tmp_path / "failed", rows)
    with pytest.raises(ChildProcessError):
        os.waitpid(forks[0], os.WNOHANG)
