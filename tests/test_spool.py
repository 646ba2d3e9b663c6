"""Finished files wait on the disk, each by itself."""

from __future__ import annotations

import pickle
import tempfile
from typing import Any

import pytest

from pipeline.model import Report
from pipeline.spool import Spool, Spooled


def test_what_is_put_aside_is_read_back_in_any_order(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pipeline.spool._PIECE", 7)
    spool, contents = Spool(), [b"one", b"", b"three" * 10_000, b"\x00four"]
    kept = [spool.put(content) for content in contents]
    assert all(isinstance(one, Spooled) for one in kept)
    reports = [Report(f"{at}.pdf", "pmo", "", "pdf", one) for at, one in enumerate(kept)]
    assert [report.content for report in reversed(reports)] == contents[::-1]
    assert isinstance(late := spool.put(b"late"), Spooled)
    assert late.read() == b"late"
    assert reports[2].content == contents[2]


def test_where_the_disk_is_full_the_bytes_stay_in_memory(monkeypatch: pytest.MonkeyPatch):
    class Full:
        def seek(self, _: int) -> None: ...

        def write(self, _: bytes) -> Any:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", Full)
    assert Spool().put(b"content") == b"content"


def test_where_no_file_can_be_opened_the_bytes_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Any:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("tempfile.TemporaryFile", none)
    assert Spool().put(b"content") == b"content"


def test_a_file_is_opened_once_something_is_put_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []
    make = tempfile.TemporaryFile
    monkeypatch.setattr("tempfile.TemporaryFile", lambda: opened.append(make()) or opened[-1])
    spool = Spool()
    assert not opened
    for content in (b"one", b"two"):
        spool.put(content)
    assert len(opened) == 1


def test_what_was_put_aside_goes_to_another_process_as_its_bytes() -> None:
    assert pickle.loads(pickle.dumps(Spool().put(b"content"))) == b"content"
