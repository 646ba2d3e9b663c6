"""A month is run once: not before it is due, not twice, once after a pause, and again where it failed or was killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.deliver.locks import SCHEDULING, locked
from pipeline.errors import DeliveryError
from pipeline.model import Period
from pipeline.schedule.record import FILE, Record, read_record, write_record
from pipeline.schedule.turn import ASKED_EVERY, Turn, ask
from tests.schedule.test_rule import MONTHS, ZONES, rule

ROOT = Path(__file__).parents[2]
DUE = datetime(2026, 10, 30, 6, 0, tzinfo=UTC)
"""When October is due by the rule of `rule()`."""
FAKED = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)
"""The library by which a process has another clock."""


class Asked:
    """A schedule that is asked at moments of a test's own."""

    def __init__(self, output: Path, zone: str = "Europe/Berlin") -> None:
        self.output, self.rule = output, rule(zone=zone)
        self.runs: list[tuple[Period, datetime]] = []
        self.succeeds = True
        self.now = DUE

    def at(self, now: datetime) -> Turn:
        self.now = now
        return ask(self.rule, self.output, self._run, lambda: self.now)

    def _run(self, period: Period) -> bool:
        self.runs.append((period, self.now))
        return self.succeeds

    @property
    def periods(self) -> list[Period]:
        return [period for period, _ in self.runs]


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    one = Asked(tmp_path / "output")
    one.at(DUE - timedelta(days=20))
    return one


def moments(zone: str) -> Iterator[datetime]:
    """Every fifth day of 24 months at two times, and every 15 minutes around the time at which each is due."""
    one, begin = rule(zone=zone), datetime(2026, 1, 3, tzinfo=UTC)
    daily = {begin + timedelta(hours=60) * number for number in range(730 * 24 // 60)}
    near = {one.due_in(month).at + ASKED_EVERY * step for month in MONTHS for step in range(-3, 4)}
    return iter(sorted(daily | near))


@pytest.mark.parametrize("zone", ZONES)
def test_each_of_24_months_is_run_once_and_at_once(tmp_path: Path, zone: str) -> None:
    asked = Asked(tmp_path, zone)
    for now in moments(zone):
        asked.at(now)
    assert asked.periods == MONTHS
    for period, at in asked.runs:
        assert timedelta() <= at - asked.rule.due_in(period).at < ASKED_EVERY
        local = at.astimezone(ZoneInfo(zone))
        assert (local.year, local.month) == (period.year, period.month)


def test_what_was_missed_is_caught_up_once_and_older_months_are_told(asked: Asked) -> None:
    asked.at(DUE)
    later = DUE + timedelta(days=100)
    assert asked.at(later) == Turn(Period(2027, 1), True, (Period(2026, 11), Period(2026, 12)))
    assert asked.at(later + ASKED_EVERY) == Turn()
    assert asked.periods == [Period(2026, 10), Period(2027, 1)]


def test_what_failed_is_tried_again_ever_more_rarely(asked: Asked) -> None:
    asked.succeeds = False
    begins = [now for step in range(4 * 24 * 3) if asked.at(now := DUE + ASKED_EVERY * step).run]
    pauses = [(later - one) / ASKED_EVERY for one, later in pairwise(begins)]
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 96]
    asked.succeeds = True
    assert asked.at(DUE + timedelta(days=5)).succeeded
    assert asked.at(DUE + timedelta(days=6)) == Turn()


def test_one_that_was_killed_is_run_again(asked: Asked) -> None:
    def killed(period: Period) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask(asked.rule, asked.output, killed, lambda: DUE)
    assert asked.at(DUE + timedelta(minutes=1)) == Turn()
    assert asked.at(DUE + ASKED_EVERY).run == Period(2026, 10)


def test_a_schedule_begins_when_it_is_first_asked(tmp_path: Path) -> None:
    assert Asked(tmp_path / "late").at(DUE + timedelta(days=2)) == Turn()
    assert Asked(tmp_path / "same day").at(DUE + timedelta(hours=2)).run == Period(2026, 10)


def test_a_clock_that_goes_back_runs_nothing_again(asked: Asked) -> None:
    asked.at(DUE)
    for days in (1, 30, 400):
        assert asked.at(DUE - timedelta(days=days)).run is None
    assert asked.at(DUE + timedelta(hours=1)) == Turn()


def test_one_that_was_first_asked_by_a_clock_that_was_ahead_begins_when_the_clock_is_right(tmp_path: Path) -> None:
    asked = Asked(tmp_path)
    asked.at(datetime(2036, 1, 10, tzinfo=UTC))
    right = DUE - timedelta(days=5)
    assert asked.at(right) == Turn(ahead=datetime(2036, 1, 9, tzinfo=UTC))
    assert asked.at(right + ASKED_EVERY) == Turn()
    assert asked.at(DUE).run == Period(2026, 10)


def test_what_failed_by_a_clock_that_was_ahead_is_tried_again_by_the_right_one(asked: Asked) -> None:
    asked.succeeds = False
    asked.at(DUE + timedelta(days=20))
    assert asked.at(DUE + timedelta(hours=1)).run == Period(2026, 10)


def test_two_that_ask_at_once_run_it_once(asked: Asked) -> None:
    with locked(asked.output, SCHEDULING, "running what is scheduled"), pytest.raises(DeliveryError, match="process"):
        asked.at(DUE)
    assert asked.runs == []
    assert asked.at(DUE).run == Period(2026, 10)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"since": "2026-01-01T00:00:00", "done": {}, "tried": null}', "\x00"]
)
def test_nothing_is_run_on_the_word_of_a_damaged_record(asked: Asked, text: str) -> None:
    (asked.output / FILE).write_text(text)
    with pytest.raises(DeliveryError, match="cannot be read") as caught:
        asked.at(DUE)
    assert "Delete the file" in caught.value.hint
    assert asked.runs == []


def test_the_record_reads_as_it_was_written(tmp_path: Path) -> None:
    record = Record(DUE).with_done(Period(2026, 10), DUE + timedelta(minutes=3))
    write_record(record, tmp_path)
    first = (tmp_path / FILE).read_bytes()
    assert read_record(tmp_path) == record
    write_record(record, tmp_path)
    assert (tmp_path / FILE).read_bytes() == first
    assert json.loads(first)["done"] == {"2026-10": "2026-10-30T06:03:00+00:00"}


def test_without_a_record_nothing_is_run(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DeliveryError, match="no space left on device"):
        asked.at(DUE)
    assert asked.runs == []


CLOCKED = """
    import json, sys
    from datetime import UTC, datetime, timedelta
    from pathlib import Path
    sys.path.insert(0, {root!r})
    from pipeline.schedule.turn import ask
    from tests.schedule.test_rule import MONTHS, ZONES, rule

    home, clock = Path(sys.argv[1]), Path(sys.argv[2])
    runs = {{zone: [] for zone in ZONES}}
    for zone in ZONES:
        one = rule(zone=zone)
        due = [one.due_in(month).at for month in MONTHS]
        asked = [at + timedelta(minutes=late) for at in due for late in (-3 * 24 * 60, -1, 1, 16, 24 * 60)]
        for moment in asked:
            clock.write_text(f"@{{moment:%Y-%m-%d %H:%M:%S}}")
            assert abs(datetime.now(UTC) - moment) < timedelta(seconds=2), datetime.now(UTC)
            ask(one, home / zone, lambda month: not runs[zone].append(str(month)), lambda: datetime.now(UTC))
    print(json.dumps(runs))
"""


@pytest.mark.skipif(FAKED is None, reason="faketime is not installed")
def test_each_month_is_run_once_by_the_clock_of_the_machine(tmp_path: Path) -> None:
    script, clock = tmp_path / "clocked.py", tmp_path / "clock"
    script.write_text(textwrap.dedent(CLOCKED.format(root=str(ROOT))))
    clock.write_text("@2026-01-03 00:00:00")
    faked = {"LD_PRELOAD": str(FAKED), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1", "TZ": "UTC"}
    command = [sys.executable, script, tmp_path, clock]
    done = subprocess.run(command, env=os.environ | faked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {zone: [str(month) for month in MONTHS] for zone in ZONES}
