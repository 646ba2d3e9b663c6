"""Which files of a folder are registers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.ingest.discover import discover, unread


def test_what_a_run_published_inside_the_input_is_not_read_again(tmp_path: Path) -> None:
    for name in ("q4.xlsx", "more/q5.xlsx", "output/2026-10/report.xlsx", "output/2026-10/registers/q4.xlsx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "output" / "2026-10" / "run.json").write_text(
        json.dumps({"outputs": [{"name": "report.xlsx"}], "versions": {"workregister": "1"}})
    )
    assert [path.relative_to(tmp_path).as_posix() for path in discover((tmp_path,))] == ["q4.xlsx", "more/q5.xlsx"]
    copies = tmp_path / "output" / "2026-10" / "registers"
    assert discover((copies,)) == (copies / "q4.xlsx",), "copies can be named outright"


@pytest.mark.parametrize("record", ["{}", "[]", "nonsense", '{"outputs": []}', '{"outputs": 1, "versions": ["x"]}'])
def test_a_file_that_is_called_like_the_record_of_a_run_hides_nothing(tmp_path: Path, record: str) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "q4.xlsx").write_text("x")
    (tmp_path / "more" / "run.json").write_text(record)
    assert discover((tmp_path,)) == (tmp_path / "more" / "q4.xlsx",)


def test_files_of_other_kinds_are_named_and_hidden_ones_and_a_folders_own_note_are_not(tmp_path: Path) -> None:
    for name in ("q4.xlsx", "other.tsv", ".hidden.tsv", "~$q4.xlsx", "half.tmp.tsv", "README.md"):
        (tmp_path / name).write_text("x")
    assert unread((tmp_path,)) == (tmp_path / "other.tsv",)
    assert discover((tmp_path,)) == (tmp_path / "q4.xlsx",)
