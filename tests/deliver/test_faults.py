"""Disk errors, a full disk and a kill at each system call by which something is written: old or new, never half."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.decisions import read_decisions
from pipeline.deliver import lay_out, publish
from pipeline.deliver.private import write_private
from pipeline.deliver.publish import amend_record
from pipeline.deliver.record import keep
from pipeline.deliver.whole import write_whole
from pipeline.log import Log
from pipeline.model import Decision, Period, Report
from pipeline.remember import remember_words
from pipeline.schedule.record import Record, read_record, write_record
from pipeline.settings import DeliverSettings
from tests.deliver.faulting import faulted

PERIOD = Period(2026, 10)
NOW = datetime(2026, 11, 2, tzinfo=UTC)
CALLS = ("openat", "write", "fsync", "rename")
FAULTS = ("error=EIO", "error=ENOSPC", "signal=KILL")
_CLEARED = re.compile(r"\.a\.eml\.\d+\.new")
"""Half a mail, which the outbox clears away: tests/deliver/ledger."""
EVERY_FAULT = os.environ.get("PIPELINE_FAULTS") == "all"
"""Each fault at each call takes a minute; by default each call has one of them, in turn."""


@dataclass(frozen=True)
class Output:
    """Something that is written: `put` it with a text, and `read` what a person finds, "" for nothing."""

    put: Callable[[Path, str], Any]
    read: Callable[[Path], str]


def _publish(home: Path, text: str) -> None:
    report = Report("report.pdf", "report", "", "pdf", text.encode())
    publish((report,), {"said": text}, DeliverSettings(output=home), PERIOD, {"registers/a.xlsx": text.encode()})


def _published(home: Path) -> str:
    folder = home / str(PERIOD)
    if not folder.exists() and (home / f".{PERIOD}.old").exists():
        folder = home / f".{PERIOD}.old"  # between the renames of a swap; the next start puts it back
    names = ("report.pdf", "registers/a.xlsx")
    (text,) = {(folder / name).read_text() for name in names}
    assert f'"said": "{text}"' in (folder / "run.json").read_text()
    return text


def _decide(home: Path, text: str) -> None:
    keep([Decision("A-1", "T", "", "project", text, "2026-11-02", "", "", "", "k")], home / "decisions.csv")


def _decided(home: Path) -> str:
    return read_decisions(home / "decisions.csv")[-1].who


def _amend(home: Path, text: str) -> None:
    if not (home / str(PERIOD)).exists():
        publish((), {"more": ""}, DeliverSettings(output=home), PERIOD)
    amend_record({"more": text}, DeliverSettings(output=home), PERIOD)


def _amended(home: Path) -> str:
    return re.search(r'"more": "(\w*)"', (home / str(PERIOD) / "run.json").read_text())[1]


def _scheduled(home: Path) -> str:
    return "old" if not read_record(home).done else "new"


def _logged(home: Path, text: str) -> None:
    log = Log(home / "log", lambda: NOW)
    log.note("stopped", by=text)
    log.path.write_bytes(log.path.read_bytes().splitlines(keepends=True)[-1]) if text == "old" else None


def _last_line(home: Path) -> str:
    return re.search(r'"by": "(\w+)"', (home / "log").read_text().splitlines()[-1])[1]


def _file(name: str) -> Callable[[Path], str]:
    return lambda home: (home / name).read_text()


OUTPUTS = {
    "reports": Output(_publish, _published),
    "run.json": Output(_amend, _amended),
    "marked copies": Output(lambda home, text: lay_out({"a.xlsx": text.encode()}, home), _file("a.xlsx")),
    "decisions": Output(_decide, _decided),
    "settings": Output(lambda home, text: remember_words(home / "p.toml", {"x": text}, {}), lambda home: re.search(r'x = "(\w+)"', (home / "p.toml").read_text())[1]),
    "schedule": Output(lambda home, text: write_record(Record(NOW) if text == "old" else Record(NOW).with_done(PERIOD, NOW), home), _scheduled),
    "exports": Output(lambda home, text: write_whole(home / "a.csv", text.encode()), _file("a.csv")),
    "mails": Output(lambda home, text: write_private(home / "a.eml", text.encode()), _file("a.eml")),
    "log": Output(_logged, _last_line),
}  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize("name", OUTPUTS)
def test_every_output_is_old_or_new(tmp_path: Path, name: str) -> None:
    output, points = OUTPUTS[name], 0
    for at, call in enumerate(CALLS):
        for nth in range(1, 40):
            faults = FAULTS if EVERY_FAULT else (FAULTS[(at + nth) % 3],)
            reached = [
                _old_or_new(output, call, fault, nth, tmp_path / f"{call}-{nth}-{fault[-3:]}") for fault in faults
            ]
            points += sum(reached)
            if not any(reached):
                break
    assert points >= (2 if name == "log" else 4)


def _old_or_new(output: Output, call: str, fault: str, nth: int, home: Path) -> bool:
    home.mkdir()
    output.put(home, "old")
    names = {path.relative_to(home) for path in home.rglob("*")}
    status, reached = faulted(lambda: output.put(home, "new"), call, fault, nth, home.with_suffix(".trace"))
    where = f"{fault} at {call} {nth}"
    found = output.read(home)
    assert found in ("old", "new"), where
    assert found == "new" or reached, where
    if os.WIFEXITED(status) and not os.WEXITSTATUS(status) and output is not OUTPUTS["log"]:
        assert found == "new", f"{where}: told as done"
    output.put(home, "new")
    assert output.read(home) == "new", where
    left = {path.relative_to(home) for path in home.rglob("*") if not _CLEARED.fullmatch(path.name)} - names
    assert left == set(), f"{where}: left behind"
    return reached
