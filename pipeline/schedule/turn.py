"""One asking of the schedule: the month that is due is run once, later if nobody asked in time, again if it failed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.deliver.locks import SCHEDULING, locked
from pipeline.model import Period
from pipeline.schedule.record import Record, Tried, read_record, write_record
from pipeline.schedule.rule import Due, Rule

ASKED_EVERY = timedelta(minutes=15)
"""How often the system asks; the program knows what is due, so that no clock of the system's has to."""
GRACE = timedelta(days=1)
"""What was due so shortly before a schedule is first asked counts as due."""
LONGEST = timedelta(days=1)
"""What failed is tried again after 15 minutes, then 30, and so on, and at the latest after so long."""


@dataclass(frozen=True)
class Turn:
    """What an asking came to: the month that was run, and whether that succeeded; None where nothing was due.

    `missed` are months that were due while nobody asked, and are not made up for.
    """

    run: Period | None = None
    succeeded: bool = True
    missed: tuple[Period, ...] = ()


def ask(rule: Rule, output: Path, run: Callable[[Period], bool], clock: Callable[[], datetime]) -> Turn:
    """Run the month that is due, if one is and it has not been run; `run` says whether it succeeded.

    Raises DeliveryError where the record cannot be kept, or where another process is at it.
    """
    output.mkdir(parents=True, exist_ok=True)
    with locked(output, SCHEDULING, "running what is scheduled"):
        now = clock().astimezone(UTC)
        record = read_record(output) or Record(now - GRACE)
        due = rule.latest(now)
        if not is_due(due, record, now):
            if not record.done and record.tried is None:
                write_record(record, output)
            return Turn()
        write_record(begun(record, due, now), output)
        succeeded = run(due.period)
        if succeeded:
            write_record(record.with_done(due.period, clock().astimezone(UTC)), output)
        return Turn(due.period, succeeded, missed(rule, record, due))


def is_due(due: Due, record: Record, now: datetime) -> bool:
    """Whether a month is to be run now."""
    if due.at <= record.since or due.period in record.done:
        return False
    tried = record.tried
    return tried is None or tried.period != due.period or now >= tried.again


def begun(record: Record, due: Due, now: datetime) -> Record:
    """The record of a month that is being run: should this process be killed, it is tried again."""
    tried = record.tried
    times = tried.times if tried and tried.period == due.period else 0
    pause = min(ASKED_EVERY * 2 ** min(times, 10), LONGEST)
    return replace(record, tried=Tried(due.period, times + 1, now + pause))


def missed(rule: Rule, record: Record, due: Due) -> tuple[Period, ...]:
    """The months between what was done last and what is due, which nobody asked for in time."""
    since = max([record.since, *record.done.values()])
    return tuple(one.period for one in rule.between(since, due.at) if one.period not in record.done)
