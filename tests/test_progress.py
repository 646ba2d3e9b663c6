"""How far a long step is: one changing line at a terminal, a line a minute in a log, and nothing left behind."""

from __future__ import annotations

import pytest

from pipeline.cli import progress
from pipeline.cli.progress import BETWEEN, Progress


def test_a_terminal_shows_one_line_that_is_gone_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    tell = Progress(watched=True)
    tell(1, 2, "2026-10_owner_\x1b[2Jada.pdf")
    tell(2, 2, "2026-10_owner_bo.pdf")
    first, last = capsys.readouterr().err.split("\r")[1:]
    assert first == "  1 of 2: 2026-10_owner_ [2Jada.pdf"
    assert last == ""


def test_a_log_has_a_line_a_minute(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    now = 1_000.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    tell = Progress(watched=False)
    for over in range(1, 4):
        tell(over, 9, "a.pdf")
    now += BETWEEN
    tell(4, 9, "a.pdf")
    tell(5, 9, "a.pdf")
    assert capsys.readouterr().err == "  4 of 9 files\n"
