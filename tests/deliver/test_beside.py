"""What a check leaves is whole, and never takes the place of what people edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.deliver import lay_out
from pipeline.errors import DeliveryError


def test_files_of_several_checks_stand_side_by_side(tmp_path: Path):
    folder = tmp_path / "output" / "check"
    assert lay_out({"a-marked.xlsx": b"1", "a.findings.csv": b"2"}, folder)[0] == folder / "a-marked.xlsx"
    lay_out({"b-marked.xlsx": b"3"}, folder)
    lay_out({"a-marked.xlsx": b"4"}, folder)
    assert {path.name: path.read_bytes() for path in folder.glob("[ab]*")} == {
        "a-marked.xlsx": b"4", "a.findings.csv": b"2", "b-marked.xlsx": b"3",
    }  # fmt: skip


def test_a_copy_in_which_people_mended_cells_is_kept(tmp_path: Path):
    lay_out({"a-marked.xlsx": b"ours"}, tmp_path)
    (tmp_path / "a-marked.xlsx").write_bytes(b"mended")
    lay_out({"a-marked.xlsx": b"ours anew"}, tmp_path)
    assert (tmp_path / "a-marked.xlsx").read_bytes() == b"ours anew"
    assert (tmp_path / "a-marked.kept-1.xlsx").read_bytes() == b"mended"


def test_a_file_that_was_there_before_is_kept(tmp_path: Path):
    (tmp_path / "a.findings.csv").write_bytes(b"theirs")
    lay_out({"a.findings.csv": b"ours"}, tmp_path)
    assert (tmp_path / "a.findings.kept-1.csv").read_bytes() == b"theirs"


def test_a_link_is_not_written_through(tmp_path: Path):
    (tmp_path / "theirs.txt").write_bytes(b"theirs")
    (tmp_path / "a.csv").symlink_to(tmp_path / "theirs.txt")
    lay_out({"a.csv": b"ours"}, tmp_path)
    assert (tmp_path / "theirs.txt").read_bytes() == b"theirs"


@pytest.mark.parametrize("name", ["../a.csv", "a/b.csv", "con.csv", ""])
def test_names_lead_nowhere_else(tmp_path: Path, name: str):
    with pytest.raises(DeliveryError):
        lay_out({name: b""}, tmp_path / "check")
    assert not (tmp_path / "check").exists()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path):
    (tmp_path / "check").write_bytes(b"a file")
    with pytest.raises(DeliveryError, match="cannot be written to"):
        lay_out({"a.csv": b""}, tmp_path / "check")
