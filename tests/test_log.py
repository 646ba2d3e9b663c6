"""The log: one JSON object a line, nothing but what is declared, no addresses, and never in the way."""

from __future__ import annotations

import json
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.log import EVENTS, Log, harmless

NOW = datetime(2026, 11, 2, 6, 0, 1, 250_000, tzinfo=UTC)


def lines(log: Log) -> list[dict]:
    return [json.loads(line) for line in log.path.read_text().splitlines()]


def test_a_line_is_one_object_with_its_moment(tmp_path: Path) -> None:
    log = Log(tmp_path / "deep" / "log", lambda: NOW)
    log.note("begun", period="2026-10", by="watch")
    log.note("known", file="a\nb\x1b[31m of ann.roy@example.org.xlsx")
    assert [{**one, "process": 0} for one in lines(log)] == [
        {"time": "2026-11-02T06:00:01.250Z", "event": "begun", "process": 0, "period": "2026-10", "by": "watch"},
        {"time": "2026-11-02T06:00:01.250Z", "event": "known", "process": 0, "file": "a?b?[31m of [address]"},
    ]


def test_only_what_is_declared_is_written(tmp_path: Path) -> None:
    log = Log(tmp_path / "log")
    with pytest.raises(KeyError, match="begun has no cell"):
        log.note("begun", cell="salary")
    with pytest.raises(KeyError):
        log.note("anything")
    assert not log.path.exists()
    fields = frozenset().union(*EVENTS.values())
    assert not fields & {"cell", "value", "title", "subject", "address", "recipient", "to", "message", "text"}


@given(st.text(max_size=200))
def test_no_text_keeps_an_address_or_breaks_a_line(text: str) -> None:
    said = harmless(f"{text} ann@example.org {text}")
    assert "ann@example.org" not in said
    assert said.isprintable()


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    log = Log(tmp_path / "log")
    log.note("stopped", by="watch")
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    log = Log(tmp_path / "file" / "log")
    log.note("stopped", by="watch")
    assert "the log cannot be written" in log.problem
    log.path = tmp_path / "log"
    log.note("stopped", by="watch")
    assert log.problem == ""


def test_old_lines_go_and_with_them_what_is_no_line(tmp_path: Path) -> None:
    now = [NOW]
    log = Log(tmp_path / "log", lambda: now[0])
    assert log.shorten(1) == 0
    for day in range(10):
        now[0] = NOW + timedelta(days=day)
        log.note("stopped", by="watch")
    with log.path.open("a") as file:
        file.write("half a li\n")
    assert log.shorten(3) == 7
    assert [one["time"][:10] for one in lines(log)] == [f"2026-11-{day:02}" for day in (8, 9, 10, 11)]
    before = log.path.read_bytes()
    assert log.shorten(3) == 0
    assert log.path.read_bytes() == before
