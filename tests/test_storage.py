"""Files of parts are found whole or told by name, and written as any other file is."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import fsspec
import pytest

from pipeline.errors import DeliveryError, RegisterError
from pipeline.storage import fetched, listed, put, removed, there, within


@pytest.mark.parametrize("scheme", ["", "memory://"])
def test_parts_have_endings_of_any_case_and_anything_else_is_told_by_name(tmp_path: Path, scheme: str) -> None:
    folder = f"{scheme}{tmp_path}"
    for name in ("1.csv", "2.CSV", "3.Parquet", "_SUCCESS", ".hidden"):
        put(folder, name, b"x")
    assert [one.rpartition("/")[2] for one in listed(folder)] == ["1.csv", "2.CSV", "3.Parquet"]
    assert [fetched(one) for one in listed(folder)] == [b"x"] * 3
    put(folder, "4.xlsx", b"x")
    put(f"{folder}/sub", "part.csv", b"x")
    with pytest.raises(RegisterError, match=r"holds what is no part: 4\.xlsx, sub\. Write what belongs"):
        listed(folder)
    for number in range(9):
        put(folder, f"more-{number}.txt", b"x")
    with pytest.raises(RegisterError, match=r"4\.xlsx, more-0\.txt, .* and 6 more\."):
        listed(folder)
    removed(folder, ["4.xlsx", "never.there"])
    assert not there(folder, "4.xlsx")
    assert there(folder, "1.csv")


def test_a_folder_that_is_not_there_and_an_address_without_its_library_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RegisterError, match=r"nothere: cannot be read \(no such file or directory\)\. Look at"):
        listed(str(tmp_path / "nothere"))
    with pytest.raises(RegisterError, match=r"memory://nothere: cannot be read"):
        listed("memory://nothere")
    with pytest.raises(RegisterError, match=r"what://x: cannot be read \(protocol not known: what\)"):
        listed("what://x")
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(RegisterError, match=r"s3://x/y: a library for such addresses is missing .* Install fsspec"):
        listed("s3://x/y")
    (tmp_path / "file").touch()
    with pytest.raises(DeliveryError, match=r"file: cannot be written to"):
        put(str(tmp_path / "file"), "a", b"")


def test_a_library_of_one_kind_of_address_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def lack(_: str) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(fsspec.core, "url_to_fs", lack)
    with pytest.raises(RegisterError, match=r"\(Install s3fs to access S3\)"):
        listed("s3://x/y")


def test_a_file_is_written_with_the_rights_of_any_other(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    put(str(tmp_path), "file", b"")
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("other", "file")}
    assert len(modes) == 1
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["file", "other"]


def test_what_lies_in_a_folder_is_told_from_what_lies_beside_it(tmp_path: Path) -> None:
    assert within("s3://x/y/z", "s3://x/y/")
    assert within(str(tmp_path / "a" / ".." / "b"), f"file://{tmp_path}/b")
    assert not within("s3://x/yz", "s3://x/y")
    assert not within("s3://x", "s3://x/y")
