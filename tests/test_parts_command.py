"""`pipeline parts` says what it read, found and wrote; what stops it is told in one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Ask = Callable[..., tuple[int, str, str]]
ROWS = """ID,Title,Responsible,Start,Finish,Frequency,Status,Effort
W-1,Replace pumps,Ana Roy,2026-06-01,2026-11-30,,In progress,300 h
W-2,Read meters,Bo Lee,,,monthly,Live,12 h
W-3,Replace the roof,Bo Lee,2026-01-05,2026-03-27,,Closed,80 h
,,,2026-01-05,,,,80 h
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two parts; work is done in this process."""
    monkeypatch.setattr("pipeline.parts.breadth", lambda address: 0)
    folder = tmp_path / "parts"
    folder.mkdir()
    for name in ("1.csv", "2.CSV"):
        (folder / name).write_text(ROWS)
    return folder


def test_the_answer_counts_parts_rows_and_verdicts(ask: Ask, folder: Path, tmp_path: Path) -> None:
    code, out, err = ask("parts", folder, "--output", tmp_path / "out", "--period", "2026-10")
    assert code == 0
    assert err.splitlines() == ["Reading 2 parts", "Judging 2 parts", "Adding up 2 parts"]
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "2 parts, 8 rows: 6 used, 2 refused" in lines
    assert "projects, operations, undecided 2 / 2 / 0, and 2 closed or otherwise not active" in lines
    assert "verdicts-*.parquet 6 rows" in lines
    assert lines[-1] == "parts.json the record, of 2026-10"


def test_the_record_is_the_answer_for_programs(ask: Ask, folder: Path, tmp_path: Path) -> None:
    _, out, _ = ask("parts", folder, "--output", tmp_path / "out", "--period", "2026-10", "--json")
    assert json.loads(out) == json.loads((tmp_path / "out" / "parts.json").read_text())
    assert [one["rows"]["used"] for one in json.loads(out)["parts"]] == [3, 3]


def test_what_stops_it_is_told_with_an_exit_code(ask: Ask, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, _, err = ask("parts", tmp_path / "nothere", "--output", out)
    assert (code, "cannot be read" in err) == (3, True)
    code, _, err = ask("parts", folder, "--output", folder / "results")
    assert (code, "lies in the folder of the parts" in err) == (2, True)
    (folder / "3.xlsx").touch()
    code, _, err = ask("parts", folder, "--output", out)
    assert (code, "3.xlsx" in err) == (3, True)
    assert not out.exists()
