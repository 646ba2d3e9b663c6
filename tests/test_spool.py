"""Finished files wait on the disk, each by itself."""

from __future__ import annotations

import pickle
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


def test_what_was_put_aside_goes_to_another_process_as_its_bytes() -> None:
    assert pickle.loads(pickle.dumps(Spool().put(b"content"))) == b"content"
