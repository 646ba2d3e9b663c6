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

    `missed` are months that were due while nobody asked, and are not made up for. `ahead` is the moment at which the
    schedule was said to begin, by a clock that was ahead; it begins now instead. None where that was not so.
    """

    run: Period | None = None
    succeeded: bool = True
    missed: tuple[Period, ...] = ()
    ahead: datetime | None = None


def ask(rule: Rule, output: Path, run: Callable[[Period], bool], clock: Callable[[], datetime]) -> Turn:
    """Run the month that is due, if one is and it has not been run; `run` says whether it succeeded.

    Raises DeliveryError where the record cannot be kept, or where another process is at it.
    """
    output.mkdir(parents=True, exist_ok=True)
    with locked(output, SCHEDULING, "running what is scheduled"):
        now = clock().astimezone(UTC)
        before = read_record(output) or Record(now - GRACE)
        record = begins_in_time(before, now)
        ahead = before.since if record is not before else None
        due = rule.latest(now)
        if not is_due(due, record, now):
            if ahead or (not record.done and record.tried is None):
                write_record(record, output)
            return Turn(ahead=ahead)
        write_record(begun(record, due, now), output)
        succeeded = run(due.period)
        if succeeded:
            write_record(record.with_done(due.period, clock().astimezone(UTC)), output)
        return Turn(due.period, succeeded, missed(rule, record, due), ahead)


def begins_in_time(record: Record, now: datetime) -> Record:
    """The record; one that begins after now, since it was first asked by a clock that was ahead, begins now.

    One that has run a month counts nothing that was due before: by a clock that went back, that would be run again.
    """
    if record.since <= now:
        return record
    return replace(record, since=now if record.done else now - GRACE)


def is_due(due: Due, record: Record, now: datetime) -> bool:
    """Whether a month is to be run now."""
    if due.at <= record.since or due.period in record.done:
        return False
    tried = record.tried
    return tried is None or tried.period != due.period or not now < tried.again <= now + LONGEST


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
